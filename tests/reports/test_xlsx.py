"""The workbook and the annotated copies, read back by two other programs."""

import hashlib
import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.utils.escape import unescape

from auditor.audit import Auditor
from auditor.document import Gap, Place
from auditor.readers import read
from auditor.report import Waived, Waiver
from auditor.reports.xlsx import annotate, render
from auditor.reports.xlsx.cells import CELL_LIMIT, clean, fitting, units
from auditor.wording import AuditorError, Wording

SHEETS = ["总览", "项目", "指标", "问题清单", "雷同组", "勾稽", "未检查", "规则说明"]
HOSTILE = [
    "=HYPERLINK(\"http://x\",\"点我\")", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "<script>alert(1)</script>",
    "'引号\"", "\x00\x01\x1b", "\u202e倒着写", "_x0041_", "&amp;{{ 7*7 }}{% raw %}", "\ud800", "http://a.b/", "\uffff",
]  # fmt: skip


@pytest.fixture(scope="module")
def auditor():
    return Auditor()


@pytest.fixture(scope="module")
def report(auditor):
    from conftest import SAMPLES

    return auditor.report([read(path) for path in sorted(SAMPLES.glob("*.txt"))])


def opened(content, **options):
    return openpyxl.load_workbook(io.BytesIO(content), **options)


def rows(content, sheet):
    """The rows of a sheet below its header, as calamine reads them: a dict each."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    header, *body = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [dict(zip(header, row, strict=True)) for row in body]


def parts(content):
    package = zipfile.ZipFile(io.BytesIO(content))
    return {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}


@pytest.fixture(scope="module")
def content(report, auditor):
    return render(report, "zh", auditor.rulebook.rules)


def test_the_sheets_of_both_languages(report, content):
    assert opened(content).sheetnames == SHEETS
    english = opened(render(report, "en"))
    assert english.sheetnames == [
        "Overview",
        "Projects",
        "Indicators",
        "Findings",
        "Reuse",
        "Links",
        "Not checked",
        "Rules",
    ]
    assert [cell.value for cell in english["Findings"][1]][:2] == ["severity", "rule"]


def test_every_finding_is_a_row_with_all_that_is_needed_to_judge_it(report, content):
    found = rows(content, "问题清单")
    assert sorted(row["标识"] for row in found) == sorted(finding.fingerprint for finding in report.findings)
    of = {finding.fingerprint: finding for finding in report.findings}
    for row in found:
        finding = of[row["标识"]]
        assert (row["规则"], row["问题"]) == (finding.rule, finding.message.zh)
        assert (row["修改建议"], row["原文"]) == (finding.suggestion.zh, finding.quote)
        assert row["采纳/不采纳"] == row["说明"] == ""
    twin = next(row for row in found if row["规则"] == "R301")
    assert twin["证据"].startswith("文字相同的另一项目（")


def test_projects_and_indicators_are_all_there_with_their_scores(report, content):
    projects, indicators = rows(content, "项目"), rows(content, "指标")
    expected = [
        (document.name, project.row, review.quality if review.quality is not None else "")
        for document, reviews in zip(report.documents, report.reviews, strict=True)
        for project, review in zip(document.projects, reviews, strict=True)
    ]
    assert [(row["文件"], row["序"], row["质量"]) for row in projects] == expected
    scores = [score for document in report.scores for project in document for score in project]
    assert [row["可衡量性"] for row in indicators] == [
        score.score if score.score is not None else "" for score in scores
    ]
    assert sum(row["错误"] for row in projects) == sum(
        finding.severity == "error" and finding.row is not None for finding in report.findings
    )


def test_links_lead_to_rows_of_the_same_project_and_back(report, content):
    book = opened(content)
    projects, findings = book["项目"], book["问题清单"]
    linked = [cell for row in projects.iter_rows(min_row=2) for cell in row[2:3] if cell.hyperlink]
    assert len(linked) == len(
        {(one.document, one.row) for one in report.findings if one.severity != "info" and one.row}
    )
    for cell in linked:
        sheet, area = cell.hyperlink.location.split("!")
        assert sheet == "'问题清单'"
        for row in findings[area]:
            assert (row[3].value, row[5].value) == (projects.cell(cell.row, 1).value, cell.value)
            assert row[5].hyperlink.location == f"'项目'!A{cell.row}"
    rule = findings["B2"]
    assert book["规则说明"][rule.hyperlink.location.split("!")[1]].value == rule.value


def test_the_reviewer_chooses_from_a_list_and_advice_is_folded(content):
    sheet = opened(content)["问题清单"]
    validation = sheet.data_validations.dataValidation[0]
    assert validation.formula1 == '"采纳,不采纳,已豁免"'
    assert str(validation.sqref) == f"O2:O{sheet.max_row}"
    hidden = {sheet.cell(row, 1).value for row, look in sheet.row_dimensions.items() if look.hidden}
    assert hidden == {"建议"}
    assert set(sheet.auto_filter.filterColumn[0].filters.filter) == {"错误", "警告"}


def test_sheets_print_on_a4_across_with_their_header_on_every_page(content):
    for sheet in opened(content):
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        if sheet.title != "总览":
            assert sheet.freeze_panes and sheet.print_title_rows == "$1:$1"
            assert sheet.auto_filter.ref


def test_equal_reports_are_equal_files(report, content, auditor):
    assert hashlib.sha256(render(report, "zh", auditor.rulebook.rules)).digest() == hashlib.sha256(content).digest()


def hostile(report, text):
    """The report with `text` in every field that comes from outside."""
    place = Place(text, sheet=text, cell="A1")
    findings = tuple(
        replace(
            one, quote=text, message=Wording(text, text), suggestion=Wording(text, text), project=text, place=place,
            evidence=tuple(replace(piece, quote=text, what=Wording(text, text), place=place) for piece in one.evidence),
        )
        for one in report.findings
    )  # fmt: skip
    gaps = (Gap(report.documents[0].name, "read", Wording(text, text), place, quote=text),)
    documents = tuple(
        replace(
            document,
            department=text,
            projects=tuple(
                replace(
                    project,
                    unit=text,
                    name=replace(project.name, text=text) if project.name else None,
                    goal=replace(project.goal, text=text) if project.goal else None,
                )
                for project in document.projects
            ),
        )
        for document in report.documents
    )
    return replace(report, findings=findings, gaps=gaps, documents=documents)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_in_a_cell_runs_and_the_text_stays(report, text):
    content = render(hostile(report, text), "zh")
    assert not [name for name, part in parts(content).items() if "sheets" in name and "<f>" in part]
    assert "externalLink" not in "".join(parts(content)) and 'TargetMode="External"' not in "".join(
        parts(content).values()
    )
    quotes = {row[8].value for row in opened(content)["问题清单"].iter_rows(min_row=2)}
    assert {unescape(quote or "") for quote in quotes} == {clean(text)}
    assert {row["原文"].strip() for row in rows(content, "问题清单")} == {clean(text).strip()}


def test_a_long_cell_is_cut_and_says_so(report):
    text = "长" * 40_000
    one = replace(report.findings[0], quote=text)
    quote = rows(render(replace(report, findings=(one,)), "zh"), "问题清单")[0]["原文"]
    assert len(quote) == CELL_LIMIT
    assert "全文共 40000 字" in quote[-80:]


@given(st.text(), st.integers(100, 300))
def test_fitting_keeps_what_fits_and_never_exceeds_the_limit(text, limit):
    cut = fitting(text, limit)
    assert units(cut) <= limit
    assert (cut == clean(text)) is (units(clean(text)) <= limit)


@given(st.text(st.characters(codec="utf-16", exclude_categories=["Cs"]) | st.sampled_from("\x00\x0b\r\u202e\ud800")))
def test_cleaning_is_settled_after_one_turn_and_leaves_nothing_xml_forbids(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any(char < " " and char not in "\n\t" for char in cleaned)
    cleaned.encode()


def test_a_full_sheet_goes_on_on_a_second_one_with_its_links(report):
    content = render(report, "zh", rows=41)
    book = opened(content)
    pages = [name for name in book.sheetnames if name.startswith("问题清单")]
    assert pages[:3] == ["问题清单", "问题清单 (2)", "问题清单 (3)"]
    assert sum(book[name].max_row - 1 for name in pages) == len(report.findings)
    assert {book[name]["A1"].value for name in pages} == {"级别"}
    for row in book["问题清单 (2)"].iter_rows(min_row=2):
        if row[5].hyperlink:
            sheet, at = row[5].hyperlink.location.split("!")
            target = book[sheet.strip("'")][at]
            assert target.value == row[3].value
            assert target.offset(0, 2).value == row[5].value


@pytest.mark.slow
def test_a_hundred_thousand_findings(report):
    many = tuple(
        replace(one, fingerprint=f"{at:05d}{number:011d}")
        for at in range(-(-100_000 // len(report.findings)))
        for number, one in enumerate(report.findings)
    )[:100_000]
    bare = replace(
        report, findings=many, documents=(), reviews=(), scores=(), profiles=(), exempt=frozenset(), reuse=()
    )
    content = render(replace(bare, pairings=()), "zh")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert len(book.get_sheet_by_name("问题清单").to_python()) == 100_001


def test_an_empty_report_says_so_on_every_sheet(report):
    empty = replace(
        report,
        documents=(),
        findings=(),
        gaps=(),
        reuse=(),
        pairings=(),
        reviews=(),
        scores=(),
        profiles=(),
        relevance=(),
    )
    book = opened(render(empty, "zh"))
    assert book["未检查"]["A2"].value == "全部内容均已检查"
    assert book["问题清单"]["A2"].value.startswith("没有发现问题")


def test_gaps_are_listed_and_announced_on_the_first_sheet(report):
    gap = Gap("坏.pdf", "read", Wording("文件损坏", "damaged"), Place("坏.pdf", page=3), quote="片段")
    content = render(replace(report, gaps=(gap,)), "zh")
    assert [row["原文"] for row in rows(content, "未检查")] == ["片段"]
    said = [cell.value for row in opened(content)["总览"].iter_rows(max_row=8) for cell in row if cell.value]
    assert any("不等于没有问题" in str(value) for value in said)


def test_waived_findings_are_listed_as_such(report):
    first, *others = report.findings
    waiver = Waiver("c", 1, first.rule, "", "", "", "历年惯例", "张三", "2027-12-31")
    listed = rows(render(replace(report, findings=tuple(others), waived=(Waived(first, waiver),)), "zh"), "问题清单")
    assert (listed[-1]["标识"], listed[-1]["采纳/不采纳"]) == (first.fingerprint, "已豁免")
    assert "张三" in listed[-1]["说明"]


# --- annotated copies ---


@pytest.fixture(scope="module")
def workbook(report, tmp_path_factory):
    """A project table as a finance system exports it, with a merged title, a comment of its own and an awkward name."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "绩效 'A'&<B>"
    sheet.append(["项目支出绩效目标表"])
    sheet.merge_cells("A1:D1")
    sheet.append(["项目名称", "总计", "绩效目标", "绩效指标"])
    document = next(one for one in report.documents if one.name == "county-water-projects.txt")
    for project in document.projects:
        text = "".join(
            f"{one.ordinal}、{one.level1_code}-{one.level1.text}；{one.level2_code}-{one.level2.text}；{one.name.text}；"
            f"实施周期指标值:{one.cycle_target.text}；年度指标值:{one.annual_target.text}。"
            for one in project.indicators
            if one.level1 and one.level2 and one.cycle_target and one.annual_target
        )
        sheet.append(
            ["    " + project.title, float(project.budget.total), project.goal.text if project.goal else "", text]
        )
    sheet["C11"].comment = Comment("科长：请核实", "李")
    sheet["F3"] = "=SUM(B3:B25)"
    path = tmp_path_factory.mktemp("annotate") / "源表.xlsx"
    book.save(path)
    return path


@pytest.fixture(scope="module")
def audited(auditor, workbook):
    return auditor.report([read(workbook)])


def test_findings_stand_at_their_cells_and_the_original_is_untouched(audited, workbook):
    before = workbook.read_bytes()
    copy = opened(annotate(audited, workbook.name, workbook))
    assert workbook.read_bytes() == before
    sheet = copy.worksheets[0]
    grave = [finding for finding in audited.findings if finding.severity != "info" and finding.place.cell]
    assert grave
    for finding in grave:
        cell = sheet[finding.place.cell]
        assert finding.message.zh in cell.comment.text
        assert cell.fill.fgColor.rgb[-6:] in {"F8CBAD", "FFEB9C"}
    commented = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert commented == {finding.place.cell for finding in grave} | {"C11"}
    assert sheet["F3"].value == "=SUM(B3:B25)"


def test_a_comment_that_was_there_stays(audited, workbook):
    finding = replace(audited.findings[0], severity="error", place=replace(audited.findings[0].place, cell="C11"))
    copy = opened(annotate(replace(audited, findings=(finding,)), workbook.name, workbook))
    text = copy.worksheets[0]["C11"].comment.text
    assert text.startswith("科长：请核实")
    assert finding.message.zh in text


def test_findings_without_a_cell_are_listed_and_a_cell_inside_a_merged_area_leads_to_its_first(audited, workbook):
    one = audited.findings[0]
    places = [
        replace(one.place, cell="C1"),
        replace(one.place, cell=None),
        replace(one.place, sheet="没有这张表"),
        replace(one.place, cell="坏地址"),
        replace(one.place, cell="A99999999"),
    ]
    findings = tuple(replace(one, severity="error", place=place, quote="=1+1") for place in places)
    copy = opened(annotate(replace(audited, findings=findings), workbook.name, workbook))
    assert "A1" in {cell.coordinate for cell in copy.worksheets[0][1] if cell.comment}
    listed = copy["审核意见"]
    assert listed.max_row == 2 + len(findings)
    assert [bool(listed.cell(row, 3).hyperlink) for row in range(3, 8)] == [True, False, False, False, False]
    assert {(cell.value, cell.data_type) for (cell,) in listed["E3:E7"]} == {("=1+1", "s")}


def test_advice_is_commented_only_when_asked_for(audited, workbook):
    def comments(**options):
        copy = opened(annotate(audited, workbook.name, workbook, **options))
        return sum(bool(cell.comment) for row in copy.worksheets[0].iter_rows() for cell in row)

    assert comments() < comments(advice=True)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_in_comments(audited, workbook, text):
    finding = replace(audited.findings[0], severity="error", message=Wording(text, text), quote=text, project=text)
    finding = replace(finding, place=replace(finding.place, cell="A3"))
    copy = opened(annotate(replace(audited, findings=(finding,)), workbook.name, workbook))
    assert clean(text).strip() in copy.worksheets[0]["A3"].comment.text
    assert copy["审核意见"]["F3"].data_type != "f"


def test_an_annotated_copy_is_the_same_every_time_and_reads_like_its_source(audited, workbook, tmp_path):
    first = annotate(audited, workbook.name, workbook)
    assert first == annotate(audited, workbook.name, workbook)
    (tmp_path / "copy.xlsx").write_bytes(first)
    again = read(tmp_path / "copy.xlsx")
    assert [one.title for one in again.projects] == [one.title for one in audited.documents[0].projects]


def test_a_sheet_of_that_name_is_not_overwritten(audited, workbook, tmp_path):
    book = openpyxl.load_workbook(workbook)
    book.create_sheet("审核意见")["A1"] = "已有内容"
    path = tmp_path / workbook.name
    book.save(path)
    copy = opened(annotate(audited, workbook.name, path))
    assert copy["审核意见"]["A1"].value == "已有内容"
    assert copy.sheetnames[-1] == "审核意见 (2)"


def test_what_is_no_workbook_is_refused_in_words(audited, tmp_path):
    path = tmp_path / "老.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    with pytest.raises(AuditorError, match="不能加批注"):
        annotate(audited, "老.xls", path)
    with pytest.raises(AuditorError, match="不能加批注"):
        annotate(audited, "无.xlsx", tmp_path / "无.xlsx")
