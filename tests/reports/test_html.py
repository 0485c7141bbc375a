"""The HTML report as a file: whole, self-contained, small, and harmless whatever the documents say."""

import hashlib
import html
import re
from base64 import b64encode
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports.make_report import report as made

from auditor import Auditor, read
from auditor.finding import Member
from auditor.outcome import TextSubject
from auditor.reports.html import HtmlOptions, render
from auditor.reports.html.inert import inert
from auditor.reports.html.network import networks
from auditor.reports.html.sides import shared_spans, sides
from auditor.reports.html.spans import Stretch, Tint, marked, tints
from auditor.wording import AuditorError

HOSTILE = [
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "</noscript><img src=x onerror=window.pwned=1>",
    "</style><style>*{display:none}</style>",
    "\"'><svg onload=window.pwned=1>",
    "' onmouseover=window.pwned=1 x='",
    "javascript:window.pwned=1",
    "-->]]>{{ 7*7 }}{% raw %}&lt;b&gt;&#60;b",
    "\u202e倒\u2066排\u200f",
    "\x00\x07\x1b[31m\x85\r",
    "\ud800半个\uffff",
]
TAGS = [
    "html",
    "head",
    "meta",
    "title",
    "style",
    "script",
    "body",
    "main",
    "h1",
    "h2",
    "h4",
    "p",
    "a",
    "section",
    "dl",
    "dt",
    "dd",
    "div",
    "table",
    "caption",
    "tr",
    "th",
    "td",
    "thead",
    "tbody",
    "details",
    "summary",
    "figure",
    "figcaption",
    "svg",
    "text",
    "rect",
    "line",
    "circle",
    "span",
    "b",
    "i",
    "u",
    "q",
    "small",
    "sup",
    "mark",
    "ins",
    "ul",
    "ol",
    "li",
    "br",
    "form",
    "label",
    "input",
    "select",
    "option",
    "button",
    "output",
    "noscript",
]


class Seen(HTMLParser):
    """Every tag and attribute of a page, the text between them, and the contents of script and style."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text, self.code = [], [], [], {"script": [], "style": []}

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        (self.code.get(self.lasttag, self.text) if self.tags[-1:] == [self.lasttag] else self.text).append(data)


def seen(page):
    parser = Seen()
    parser.feed(page)
    parser.close()
    return parser


def words(page):
    """The page's words without markup and without the numbers of findings, in one line."""
    plain = re.sub(r"<(script|style)>.*?</\1>|<sup>[\d,]*</sup>|<[^>]*>", "", page, flags=re.S)
    return flat(html.unescape(plain))


def flat(text):
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def report(request):
    from conftest import SAMPLES

    return Auditor().report([read(path) for path in sorted(SAMPLES.glob("county-*.txt"))])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_the_audit_says_stands_in_the_page(report, language):
    said = words(render(report, HtmlOptions(language)))
    for document in report.documents:
        for project in document.projects:
            texts = [project.name, project.goal, *(indicator.name for indicator in project.indicators)]
            assert all(flat(text.text) in said for text in texts if text)
    for finding in report.findings:
        assert flat(inert(finding.message.say(language))) in said
        assert flat(inert(finding.suggestion.say(language))) in said
    for document in report.scores:
        reasons = {
            part.reason.say(language) for one in document for score in one for part in score.parts if part.met is False
        }
        assert all(flat(reason) in said for reason in reasons)


def test_the_worst_project_comes_first(report):
    page = render(report, HtmlOptions())
    shown = [int(quality) for quality in re.findall(r'<summary><span class="q g\d">. (\d+)<', page)]
    assert len(shown) > 20
    assert shown == sorted(shown)


def test_what_was_not_checked_is_told_above_the_projects():
    one = made("原文")
    reason = replace(one.gaps[0].reason, zh="第三页无法读取", en="page three cannot be read")
    page = render(replace(one, gaps=(replace(one.gaps[0], reason=reason),)), HtmlOptions())
    assert page.index("第三页无法读取") < page.index("id=list")
    assert "处未检查，不等于没有问题" in page
    assert "处未检查" not in render(replace(one, gaps=()), HtmlOptions())


def test_what_a_person_must_judge_is_marked_so():
    page = render(made("原文"), HtmlOptions())
    assert page.count("<tr class=hu>") == 2 + 1  # two questions, one point that no rule looked at
    assert "□优 □良 □中 □差" in page


def test_equal_reports_give_equal_pages(report):
    assert render(report, HtmlOptions()) == render(replace(report), HtmlOptions())


def test_page_asks_for_nothing_from_outside(report):
    page = seen(render(report, HtmlOptions()))
    addresses = [value for name, value in page.attributes if name in ("href", "src", "action", "data", "srcset")]
    assert addresses
    assert all(value.startswith("#") for value in addresses)
    assert not re.search(r"url\(|@import|https?:", "".join(page.code["style"]))


def test_policy_names_exactly_the_style_and_the_script_of_the_page(report):
    page = render(report, HtmlOptions())
    policy = dict(re.findall(r"(\w+)-src '(sha256-[^']+)'", html.unescape(page)))
    for tag in ("style", "script"):
        (code,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, flags=re.S)
        assert policy[tag] == "sha256-" + b64encode(hashlib.sha256(code.encode()).digest()).decode()


def assert_harmless(page):
    found = seen(page)
    assert set(found.tags) <= set(TAGS)
    assert found.tags.count("style") == 1 >= found.tags.count("script")
    assert not [
        name for name, _ in found.attributes if name.startswith("on") or name in ("style", "srcdoc", "formaction")
    ]
    assert all(value.startswith("#") for name, value in found.attributes if name == "href")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\ud800-\udfff]", page)
    page.encode("utf-8")


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("only", [None, 1])
def test_hostile_text_in_every_field_is_only_text(text, only):
    page = render(made(text), HtmlOptions("zh", Member(text, only) if only else None))
    assert_harmless(page)
    assert flat(inert(text)) in words(page)


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=60), st.sampled_from(["zh", "en"]))
def test_any_text_in_every_field_is_only_text(text, language):
    assert_harmless(render(made(text), HtmlOptions(language)))


def test_long_cells_and_many_findings_are_written():
    long = "很长的单元格" * 5462
    one = made(long[:32767], document="a.txt")
    page = render(one, HtmlOptions())
    assert long[:32767] in words(page)
    many = tuple(
        replace(one.findings[3], fingerprint=f"{number:x}", span=(number, number + 9)) for number in range(20_000)
    )
    page = render(replace(made("短"), findings=tuple(replace(one, document="短") for one in many)), HtmlOptions())
    assert page.count("<li class=ii") == 1  # findings that say the same are gathered, however many they are


def test_a_page_for_one_project_holds_that_project_alone(report):
    document = report.documents[1]
    chosen, other = document.projects[4], document.projects[15]
    page = render(report, HtmlOptions("zh", Member(document.name, chosen.row)))
    assert chosen.title in page
    assert "<noscript>" not in page
    assert other.goal.text not in page
    with pytest.raises(AuditorError, match="第9999行"):
        render(report, HtmlOptions("zh", Member(document.name, 9999)))


def test_a_report_without_scores_reviews_relevance_is_still_a_page():
    bare = replace(
        made("原文"), scores=(), reviews=(), relevance=(), titles=(), findings=(), reuse=(), pairings=(), gaps=()
    )
    assert "没有问题" in render(bare, HtmlOptions())
    assert render(replace(bare, documents=(), profiles=()), HtmlOptions())


def test_size_stays_small(report):
    page = render(report, HtmlOptions())
    projects = sum(len(document.projects) for document in report.documents)
    assert len(page.encode()) < 80_000 + projects * 6_000


spans = st.tuples(st.integers(-3, 40), st.integers(-3, 40))


@given(
    st.text(max_size=30),
    st.lists(st.tuples(spans, st.sampled_from(["error", "warning", "info"]), st.integers(1, 9)), max_size=6),
    st.lists(st.tuples(spans, st.integers(0, 9)), max_size=4),
)
def test_marking_never_changes_the_words(text, stretches, coloured):
    shown = marked(text, [Stretch(*one) for one in stretches], [Tint(*one) for one in coloured])
    assert html.unescape(re.sub(r"<sup>[\d,]+</sup>|</?(?:mark|b)[^>]*>", "", shown)) == inert(text)


def test_marks_show_the_gravest_finding_and_the_numbers():
    shown = marked(
        "一二三四五六", [Stretch((0, 4), "info", 1), Stretch((2, 5), "error", 2), Stretch(None, "warning", 3)]
    )
    assert shown == (
        "<mark class=i>一二</mark><mark class=e>三四</mark><sup>1</sup><mark class=e>五</mark><sup>2</sup>六<sup>3</sup>"
    )


def test_words_of_a_subject_are_coloured_where_they_stand():
    from auditor.outcome import SubjectWord

    text = "修建水 库，管好水库"
    about = TextSubject(
        ("水利",), (SubjectWord("水库", (2, 5)), SubjectWord("管好", (0, 2)), SubjectWord("无", (0, 1)))
    )
    assert [tint.span for tint in tints(text, about, 0)] == [(2, 5), (6, 8)]
    assert marked(text, words=tints(text, about, 3)) == "修建<b class=s3>水 库</b>，<b class=s3>管好</b>水库"
    assert tints(text, None, 0) == ()


@given(st.text(alphabet="学校安全工程12", max_size=30), st.text(alphabet="学校安全工程12", max_size=30))
def test_shared_spans_are_equal_and_in_order_in_both_texts(own, twin):
    ends = (0, 0)
    for (start, end), (other, last) in shared_spans(own, twin):
        assert own[start:end] == twin[other:last]
        assert start >= ends[0] and other >= ends[1] and start < end
        ends = end, last
    found = sides(own, twin)
    assert re.sub("</?(?:u|ins)>", "", found.own) == own
    assert re.sub("</?(?:u|ins)>", "", found.twin) == twin
    assert found.shared == 100 or own != twin


def test_sides_show_what_differs():
    found = sides("建成中小学校5所", "建成幼儿园区8所")
    assert found.own == "<u>建成</u><ins>中小学校5所</ins>"
    assert found.twin == "<u>建成</u><ins>幼儿园区8所</ins>"
    assert sides("a" * 5000, "b" * 5000).shared is None


def test_networks_join_groups_that_share_a_project():
    from auditor.finding import ReuseGroup

    a, b, c, d, e = (Member("x", row) for row in range(5))
    groups = (
        ReuseGroup("goal", "same_programme", 1.0, (d, e)),
        ReuseGroup("goal", "near", 0.9, (a, b)),
        ReuseGroup("indicator_set", "copied", 1.0, (b, c)),
    )
    assert [(one.relation, one.members) for one in networks(groups)] == [
        ("copied", (a, b, c)),
        ("same_programme", (d, e)),
    ]
