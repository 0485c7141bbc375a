"""The letter of required changes and the review tables, read back with python-docx."""

import importlib.util
import io
import zipfile
from dataclasses import replace

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.audit import Auditor
from auditor.bundled import resource
from auditor.document import Gap, Place
from auditor.readers import read
from auditor.reports.docx import departments, render
from auditor.reports.docx.letter import chinese
from auditor.reports.xlsx.cells import clean
from auditor.wording import AuditorError, Wording

TEMPLATES = resource("rules/templates")


@pytest.fixture(scope="module")
def report():
    from conftest import SAMPLES

    return Auditor().report([read(path) for path in sorted(SAMPLES.glob("*.txt"))])


def opened(content):
    return docx.Document(io.BytesIO(content))


def lines(content):
    return [paragraph.text for paragraph in opened(content).paragraphs]


def table_texts(content):
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in opened(content).tables]


def grave(report, department):
    names = {document.name for document in report.documents if document.department == department}
    return [finding for finding in report.findings if finding.document in names and finding.severity != "info"]


def test_a_letter_for_each_department_holds_its_errors_and_warnings_with_their_suggestions(report):
    assert departments(report) == ("云川市教育局", "临溪县水利局")
    for department in departments(report):
        said = lines(render(report, "zh", contents="letters", department=department))
        assert said.count("关于退回修改绩效目标的意见") == 1
        assert f"{department}：" in said
        text = "\n".join(said)
        for finding in grave(report, department):
            assert f"{finding.message.zh}（{finding.rule}）" in text
            assert f"建议：{finding.suggestion.zh}" in text


def test_advice_is_counted_and_not_listed(report):
    advice = [finding for finding in report.findings if finding.severity == "info"]
    text = "\n".join(lines(render(report, "zh", contents="letters")))
    listed = {finding.message.zh for finding in report.findings if finding.severity != "info"}
    assert advice
    assert not [
        finding.message.zh for finding in advice if finding.message.zh not in listed and finding.message.zh in text
    ]
    of_first = sum(finding.document.startswith("city") for finding in advice)
    assert f"另有改进建议 {of_first} 条" in text


def test_projects_are_numbered_as_official_letters_do(report):
    said = lines(render(report, "zh", contents="letters", department="临溪县水利局"))
    chapters = [line for line in said if "（county" in line and "、" in line[:5]]
    assert [line.split("、")[0] for line in chapters] == [chinese(number) for number in range(1, len(chapters) + 1)]


def test_every_judged_project_has_a_review_table_of_both_shapes(report):
    content = render(report, "zh", contents="tables")
    judged = [
        (project, review)
        for document, reviews in zip(report.documents, report.reviews, strict=True)
        for project, review in zip(document.projects, reviews, strict=True)
        if review.cells
    ]
    tables = table_texts(content)
    assert len(tables) == 3 * len(judged)
    for number, (project, review) in enumerate(judged):
        facts, cells, checks = tables[3 * number : 3 * number + 3]
        assert facts[0][1] == (project.title or "（部门整体）")
        body = cells[1:-1]
        assert [row[0] for row in body[::2]] == ["完整性", "相关性", "适当性", "可行性"]
        assert [(row[1].split("\n")[0], row[3]) for row in body] == [
            (one.principle, one.grade or "") for one in review.cells
        ]
        assert [row[1] for row in checks[1:]] == [check.title.zh for check in review.checks]


def test_what_a_person_must_judge_is_left_blank_and_marked(report):
    for _, cells, _ in zip(*[iter(table_texts(render(report, "zh", contents="tables")))] * 3, strict=True):
        by_person = [row for row in cells if row[1].startswith(("实现可能性", "条件充分性"))]
        assert [(row[3], row[5]) for row in by_person] == [("", "（由审核人填写）")] * 2
        assert cells[-1][1] == "（由审核人填写）"
    letter = "\n".join(lines(render(report, "zh", contents="letters")))
    assert "　　　　年　　月　　日（由审核人填写）前重新报送" in letter


def test_grades_stand_with_the_findings_behind_them(report):
    tables = table_texts(render(report, "zh", contents="tables"))
    known = {finding.fingerprint: finding for finding in report.findings}
    reviews = [review for reviews in report.reviews for review in reviews if review.cells]
    for number, review in enumerate(reviews):
        for row, cell in zip(tables[3 * number + 1][1:-1], review.cells, strict=True):
            first = next((known[name] for name in cell.findings if known[name].severity != "info"), None)
            assert first is None or f"[{first.rule}]" in row[4]


def test_headers_repeat_pages_are_a4_and_numbered(report):
    document = opened(render(report, "zh"))
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert " PAGE " in section.footer._element.xml
    for table in document.tables[1::3] + document.tables[2::3]:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert "w:tblHeader" not in table.rows[1]._tr.xml


def test_gaps_are_named_in_the_letter(report):
    gap = Gap(report.documents[0].name, "read", Wording("第 3 页无法读取", "page 3 unreadable"), Place("x", page=3))
    text = "\n".join(lines(render(replace(report, gaps=(gap,)), "zh", contents="letters")))
    assert "另有 1 处未能审核（不等于没有问题）" in text
    assert "第 3 页无法读取" in text


def test_a_clean_department_gets_no_letter(report):
    clean_report = replace(report, findings=())
    said = lines(render(clean_report, "zh", contents="letters"))
    assert "本次审核没有需要退回修改的问题。" in said
    assert "关于退回修改绩效目标的意见" not in said


def test_english_and_repeated_writing(report):
    content = render(report, "en")
    assert "Required changes to the performance goals" in lines(content)
    assert content == render(report, "en")


@pytest.mark.parametrize("text", ["<w:p>&amp;</w:p>", "{{ 7*7 }}", "{% for x in y %}", "\x00\x07\x0c行", "a\nb\tc", "\u202e倒", "\ud800", "{_{ x"])  # fmt: skip
def test_hostile_text_is_shown_and_nothing_in_it_runs(report, text):
    findings = tuple(
        replace(one, message=Wording(text, text), quote=text, project=text and f"名{text}") for one in report.findings
    )
    content = render(replace(report, findings=findings), "zh")
    shown = clean(text).replace("\t", " ").replace("{_{", "{{")
    said = "\n".join(lines(content))
    assert f"{shown}（" in said
    assert "49" not in [line.strip() for line in said.split("\n")]


def test_an_office_may_replace_the_template(report, tmp_path):
    document = docx.Document(str(TEMPLATES / "report.zh.docx"))
    for paragraph in document.paragraphs:
        if paragraph.text.startswith("关于退回修改"):
            paragraph.runs[0].text = "本单位自己的标题"
    document.save(str(tmp_path / "own.docx"))
    assert "本单位自己的标题" in lines(render(report, "zh", template=tmp_path / "own.docx"))


@pytest.mark.parametrize(
    "body, said",
    [
        ("{{ no_such_name }}", "no_such_name"),
        ("{% for x in letters %}", "有误"),
        ("{{ ''.__class__.__mro__ }}", "有误"),
        ("{{ letters.append(1) }}", "有误"),
        ("{{ 1/0 }}", "有误"),
    ],
)
def test_a_mistake_in_a_template_is_named(report, tmp_path, body, said):
    document = docx.Document()
    document.add_paragraph(body)
    document.save(str(tmp_path / "bad.docx"))
    with pytest.raises(AuditorError, match=said):
        render(report, "zh", template=tmp_path / "bad.docx")


def test_what_is_no_template_is_refused_in_words(report, tmp_path):
    (tmp_path / "no.docx").write_bytes(b"PK\x03\x04 broken")
    for path in (tmp_path / "no.docx", tmp_path / "absent.docx"):
        with pytest.raises(AuditorError, match="模板无法使用"):
            render(report, "zh", template=path)
    with pytest.raises(AuditorError, match="没有“火星局”"):
        render(report, "zh", department="火星局")


def test_the_templates_are_what_their_script_makes():
    spec = importlib.util.spec_from_file_location("make_templates", TEMPLATES / "make_templates.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for language in ("zh", "en"):
        for name in ("word/document.xml", "word/footer1.xml"):
            made, kept = (
                zipfile.ZipFile(file).read(name)
                for file in (io.BytesIO(module.make_template(language)), TEMPLATES / f"report.{language}.docx")
            )
            assert made == kept, f"run python rules/templates/make_templates.py ({language}, {name})"


@pytest.mark.parametrize("number, words", [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (100, "一百"), (103, "一百零三"), (110, "一百一十"), (1010, "一千零一十"), (2000, "二千")])  # fmt: skip
def test_official_numbering(number, words):
    assert chinese(number) == words


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_two_numbers_never_share_their_words(a, b):
    assert (chinese(a) == chinese(b)) is (a == b)
