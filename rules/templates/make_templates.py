"""Makes the Word templates of this folder anew: python rules/templates/make_templates.py [FOLDER]

The templates are ordinary Word files; an office may edit a copy in Word or WPS instead of this script. Equal library
versions make equal files.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
FILL_IN = "FFF2CC"
FONTS = {
    "zh": {"body": "仿宋", "title": "宋体", "heading": "黑体", "latin": "Times New Roman"},
    "en": {"body": "Times New Roman", "title": "Times New Roman", "heading": "Arial", "latin": "Times New Roman"},
}
# Other names of the same faces, for machines that have them under those.
ALIASES = {"仿宋": "FangSong", "宋体": "SimSun", "黑体": "SimHei"}

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "letter": "关于退回修改绩效目标的意见",
        "number": "〔　　　〕　　号",
        "to": "{{ letter.department }}：",
        "opening": "根据预算绩效管理有关要求，我们对你单位报送的绩效目标（{{ letter.documents|join('、') }}）进行了审核，"
        "共 {{ letter.projects }} 个项目，其中 {{ letter.to_change }} 个项目需要修改，涉及错误 {{ letter.errors }} 处、"
        "警告 {{ letter.warnings }} 处。现将意见退回，请逐条核对修改后，于",
        "date": "　　　　年　　月　　日",
        "closing": "前重新报送。对意见有不同看法的，请说明理由一并反馈。"
        "{% if letter.advice %}另有改进建议 {{ letter.advice }} 条供参考，不要求逐条修改。{% endif %}",
        "unchecked": "另有 {{ letter.unchecked }} 处未能审核（不等于没有问题），请一并核对：",
        "chapter": "{{ chapter.number }}、{{ chapter.title }}{% if chapter.place %}（{{ chapter.place }}）{% endif %}",
        "opinion": "{{ one.number }}．【{{ one.severity }}】{% if one.indicators %}{{ one.indicators }}：{% endif %}"
        "{{ one.finding }}（{{ one.rule }}）",
        "place": "位置：{{ one.place or '见项目' }}{% if one.quote %}　原文：“{{ one.quote }}”{% endif %}",
        "evidence": "依据：{{ one.evidence }}",
        "suggestion": "建议：{{ one.suggestion }}",
        "sign": "（审核单位名称、印章）",
        "none": "本次审核没有需要退回修改的问题。",
        "table": "项目支出绩效目标审核表",
        "project": "项目名称", "department": "主管部门", "unit": "预算单位", "amount": "项目金额", "source": "来源",
        "source_value": "{{ table.document }}，第 {{ table.row }} 个项目", "prefilled": "预填结果",
        "prefilled_value": "{{ table.grade }}（{{ table.quality }} 分），{{ table.conclusion }}",
        "shape1": "一、审核要点", "shape2": "二、检查情况",
        "columns1": "审核内容|审核要点|分值|预填等级|预填依据|审核人意见",
        "columns2": "序号|检查内容|预填结论|涉及指标|问题",
        "overall": "综合意见", "reviewer": "审核人：　　　　　　复核人：　　　　　　日期：　　　　　　",
        "note": "预填内容由程序 {{ version }} 根据申报文本生成，仅供参考，以审核人意见为准。",
        "page": "— %s —",
    },
    "en": {
        "letter": "Required changes to the performance goals",
        "number": "No.            ",
        "to": "To: {{ letter.department }}",
        "opening": "We have reviewed the performance goals that you submitted ({{ letter.documents|join(', ') }}): "
        "{{ letter.projects }} projects, of which {{ letter.to_change }} need changes, with {{ letter.errors }} errors and "
        "{{ letter.warnings }} warnings. They are listed below. Please check each point, make the changes and submit the "
        "goals again by ",
        "date": "                         ",
        "closing": ". Where you see a point differently, please give your reasons with your answer."
        "{% if letter.advice %} There are {{ letter.advice }} further pieces of advice, which need not be followed.{% endif %}",
        "unchecked": "{{ letter.unchecked }} places could not be checked, which does not mean that they are clean:",
        "chapter": "{{ chapter.number }}. {{ chapter.title }}{% if chapter.place %} ({{ chapter.place }}){% endif %}",
        "opinion": "({{ one.number }}) [{{ one.severity }}] {% if one.indicators %}{{ one.indicators }}: {% endif %}"
        "{{ one.finding }} ({{ one.rule }})",
        "place": "Place: {{ one.place or 'see the project' }}{% if one.quote %}; text: “{{ one.quote }}”{% endif %}",
        "evidence": "Evidence: {{ one.evidence }}",
        "suggestion": "Suggestion: {{ one.suggestion }}",
        "sign": "(name and seal of the reviewing office)",
        "none": "Nothing has to be sent back for changes.",
        "table": "Review of a project's performance goal",
        "project": "Project", "department": "Department", "unit": "Unit", "amount": "Amount", "source": "Source",
        "source_value": "{{ table.document }}, project {{ table.row }}", "prefilled": "Pre-filled result",
        "prefilled_value": "{{ table.grade }} ({{ table.quality }} of 100): {{ table.conclusion }}",
        "shape1": "1. Questions of the review", "shape2": "2. Points checked",
        "columns1": "Subject|Question|Pts|Grade (pre-filled)|Findings behind it|Reviewer's opinion",
        "columns2": "No.|Point checked|Pre-filled result|Indicators|Findings",
        "overall": "Overall opinion", "reviewer": "Reviewer:                    Checked by:                    Date:               ",
        "note": "Pre-filled by the program, version {{ version }}, from the submitted text; the reviewer's opinion decides.",
        "page": "%s",
    },
}  # fmt: skip


# Paragraph styles: size, face and what else differs from plain. An office changes a look once, in its style.
STYLES: dict[str, dict[str, Any]] = {
    "title": {"size": 22, "face": "title", "bold": True, "align": CENTER, "new_page": True, "after": 6},
    "reference": {"size": 12, "align": CENTER, "after": 14},
    "addressee": {"size": 14, "after": 4},
    "letter": {"size": 14, "indent": 2},
    "chapter": {"size": 14, "face": "heading", "indent": 2, "before": 8, "keep": True},
    "opinion": {"size": 14, "indent": 2, "before": 3},
    "detail": {"size": 12, "left": 2, "color": "404040"},
    "suggestion": {"size": 12, "left": 2, "color": "1F4E79"},
    "signature": {"size": 14, "align": RIGHT, "before": 12},
    "table title": {"size": 18, "face": "title", "bold": True, "align": CENTER, "new_page": True, "after": 8},
    "section": {"size": 12, "face": "heading", "before": 10, "after": 4, "keep": True},
    "cell": {"size": 10.5, "align": CENTER, "spacing": 1.0},
    "head": {"size": 10.5, "bold": True, "align": CENTER, "spacing": 1.0},
    "small": {"size": 9, "spacing": 1.0},
    "sign": {"size": 11, "before": 14},
    "note": {"size": 9, "before": 4, "color": "595959"},
}
SMALLER = {"en": {"title": 18, "letter": 12, "addressee": 12, "chapter": 12, "opinion": 12, "detail": 10, "suggestion": 10, "signature": 12, "cell": 9, "head": 9}}  # fmt: skip
FILL_IN_STYLE = "Audit fill in"


class Maker:
    """A template while it is written from top to bottom."""

    def __init__(self, language: str) -> None:
        self.words, self.fonts = WORDS[language], FONTS[language]
        self.document = docx.Document()
        for paragraph in list(self.document.paragraphs):
            paragraph._p.getparent().remove(paragraph._p)
        for name, look in STYLES.items():
            size = SMALLER.get(language, {}).get(name, look["size"])
            self._style(f"Audit {name}", WD_STYLE_TYPE.PARAGRAPH, {**look, "size": size})
        self._style(FILL_IN_STYLE, WD_STYLE_TYPE.CHARACTER, {"size": 9, "color": "7F6000"})
        _shade(self.document.styles[FILL_IN_STYLE].element.get_or_add_rPr(), FILL_IN)
        self._page()

    def _style(self, name: str, kind: Any, look: dict[str, Any]) -> None:
        style = self.document.styles.add_style(name, kind)
        self._face(style, look)
        if kind == WD_STYLE_TYPE.CHARACTER:
            return
        form, size = style.paragraph_format, look["size"]
        form.alignment = look.get("align")
        form.page_break_before = look.get("new_page", False)
        form.keep_with_next = look.get("keep", False)
        form.first_line_indent = Pt(size * look.get("indent", 0))
        form.left_indent = Pt(size * look.get("left", 0))
        form.space_before, form.space_after = Pt(look.get("before", 0)), Pt(look.get("after", 0))
        form.line_spacing = look.get("spacing", 1.25)

    def _face(self, style: Any, look: dict[str, Any]) -> None:
        face = look.get("face", "body")
        style.font.size, style.font.bold = Pt(look["size"]), look.get("bold", False)
        style.font.name = self.fonts["heading"] if face == "heading" else self.fonts["latin"]
        style.element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), self.fonts[face])
        if "color" in look:
            style.font.color.rgb = RGBColor.from_string(look["color"])

    def line(self, text: str, style: str, within: Any = None) -> Any:
        """Add a paragraph in a style of this template."""
        return (within or self.document).add_paragraph(text, style=f"Audit {style}")

    def blank(self, paragraph: Any, text: str) -> None:
        """Add room for a person to write in, marked as such."""
        _shade(paragraph.add_run(text)._r.get_or_add_rPr(), FILL_IN)
        paragraph.add_run("{{ fill_in }}", style=FILL_IN_STYLE)

    def tag(self, text: str, within: Any = None) -> None:
        """Add a paragraph that holds a tag only and vanishes when the template is filled in."""
        (within or self.document).add_paragraph(text)

    def table(self, widths: Sequence[float], header: str | None = None) -> Any:
        """Add a table with lines; the header row is repeated on every page."""
        table = self.document.add_table(rows=0, cols=len(widths))
        table.style = "Table Grid"
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        if header:
            row = self.row(table, widths, header.split("|"), fill="D9E2F3")
            repeated = OxmlElement("w:tblHeader")
            row._tr.get_or_add_trPr().append(repeated)
        return table

    def row(self, table: Any, widths: Sequence[float], texts: Sequence[str | Sequence[str]], **look: Any) -> Any:
        """Add a row; a text starting with ◦ is small and left-aligned, a list of texts gives paragraphs."""
        row = table.add_row()
        for cell, width, text in zip(row.cells, widths, texts, strict=True):
            cell.width = Cm(width)
            _middle(cell, look.get("fill", ""))
            cell._tc.remove(cell.paragraphs[0]._p)
            for part in [text] if isinstance(text, str) else text:
                style = "head" if look.get("fill") else "small" if part.startswith("◦") else "cell"
                self.line(part.removeprefix("◦"), style, cell)
        return row

    def tag_row(self, table: Any, tag: str) -> None:
        """Add a row that holds a tag only and vanishes when the template is filled in."""
        table.add_row().cells[0].paragraphs[0].add_run(tag)

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.2)
        section.left_margin, section.right_margin = Cm(2.6), Cm(2.4)
        section.footer_distance = Cm(1.2)
        paragraph = section.footer.paragraphs[0]
        paragraph.style = "Audit cell"
        before, after = self.words["page"].split("%s")
        paragraph.add_run(before)
        for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("", "1"), ("end", "")):
            _field(paragraph.add_run("" if text == "PAGE" else text), kind, text)
        paragraph.add_run(after)


def _field(run: Any, kind: str, text: str) -> None:
    if kind:
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)
    elif text == "PAGE":
        code = OxmlElement("w:instrText")
        code.set(qn("xml:space"), "preserve")
        code.text = " PAGE "
        run._r.append(code)


def _shade(properties: Any, fill: str) -> None:
    """Fill the background of what these properties (of a run, a style or a cell) belong to."""
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shade.set(qn(f"w:{key}"), value)
    properties.append(shade)


def _middle(cell: Any, fill: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    if fill:
        _shade(properties, fill)
    align = OxmlElement("w:vAlign")
    align.set(qn("w:val"), "center")
    properties.append(align)


def _letters(make: Maker) -> None:
    words = make.words
    make.tag("{%p for letter in letters %}")
    make.line(words["letter"], "title")
    make.blank(make.line("", "reference"), words["number"])
    make.line(words["to"], "addressee")
    opening = make.line(words["opening"], "letter")
    make.blank(opening, words["date"])
    opening.add_run(words["closing"])
    make.tag("{%p if letter.gaps %}")
    make.line(words["unchecked"], "letter")
    make.tag("{%p for gap in letter.gaps %}")
    make.line("· {{ gap }}", "detail")
    make.tag("{%p endfor %}")
    make.tag("{%p endif %}")
    make.tag("{%p for chapter in letter.chapters %}")
    make.line(words["chapter"], "chapter")
    make.tag("{%p for one in chapter.opinions %}")
    make.line(words["opinion"], "opinion")
    make.line(words["place"], "detail")
    make.tag("{%p if one.evidence %}")
    make.line(words["evidence"], "detail")
    make.tag("{%p endif %}")
    make.line(words["suggestion"], "suggestion")
    make.tag("{%p endfor %}")
    make.tag("{%p endfor %}")
    make.line("", "signature")
    make.blank(make.line("", "signature"), words["sign"])
    make.blank(make.line("", "signature"), words["date"])
    make.tag("{%p endfor %}")
    make.tag("{%p if nothing_to_return %}")
    make.line(words["none"], "letter")
    make.tag("{%p endif %}")


def _facts(make: Maker) -> None:
    words, widths = make.words, (2.4, 6.6, 2.4, 4.6)
    table = make.table(widths)
    pairs = (
        (words["project"], "◦{{ table.title }}", words["amount"], "◦{{ table.amount }}"),
        (words["department"], "◦{{ table.department }}", words["unit"], "◦{{ table.unit }}"),
        (words["source"], f"◦{words['source_value']}", words["prefilled"], f"◦{{% cellbg table.fill %}}{words['prefilled_value']}"),
    )  # fmt: skip
    for pair in pairs:
        make.row(table, widths, pair)


def _tables(make: Maker) -> None:
    words = make.words
    make.tag("{%p for table in tables %}")
    make.line(words["table"], "table title")
    _facts(make)
    make.line(words["shape1"], "section")
    widths = (2.0, 3.7, 1.2, 1.6, 4.8, 2.7)
    table = make.table(widths, words["columns1"])
    make.tag_row(table, "{%tr for group in table.groups %}")
    make.tag_row(table, "{%tr for cell in group.cells %}")
    findings = ["◦{{ cell.reason }}", "{%p for line in cell.findings %}", "◦{{ line }}", "{%p endfor %}"]
    opinion = "◦{% cellbg 'FFFDE7' %}{% if cell.by_person %}{{ fill_in }}{% endif %}"
    question = ["{{ cell.principle }}", "◦{{ cell.question }}"]
    make.row(
        table, widths,
        ("{% vm %}{{ group.title }}", question, "{{ cell.points }}", "{% cellbg cell.fill %}{{ cell.grade }}", findings, opinion),
    )  # fmt: skip
    make.tag_row(table, "{%tr endfor %}")
    make.tag_row(table, "{%tr endfor %}")
    _overall(make, table, widths)
    make.line(words["shape2"], "section")
    widths = (1.1, 4.8, 2.3, 2.2, 5.6)
    table = make.table(widths, words["columns2"])
    make.tag_row(table, "{%tr for check in table.checks %}")
    lines = ["{%p for line in check.findings %}", "◦{{ line }}", "{%p endfor %}"]
    lines += ["{%p if not check.findings %}", "◦", "{%p endif %}"]
    verdict = "{% cellbg check.fill %}{{ check.verdict }}"
    make.row(table, widths, ("{{ check.number }}", "◦{{ check.title }}", verdict, "{{ check.indicators }}", lines))
    make.tag_row(table, "{%tr endfor %}")
    make.blank(make.line("", "sign"), words["reviewer"])
    make.line(words["note"], "note")
    make.tag("{%p endfor %}")


def _overall(make: Maker, table: Any, widths: Sequence[float]) -> None:
    """Add the last row of the first shape: the reviewer's own words, over the whole width."""
    row = make.row(table, widths, (make.words["overall"], "◦{{ fill_in }}", "", "", "", ""))
    first, last = row.cells[1], row.cells[len(widths) - 1]
    for cell in row.cells[2:]:
        for paragraph in cell.paragraphs[1:]:
            cell._tc.remove(paragraph._p)
    merged = first.merge(last)
    for paragraph in merged.paragraphs[1:]:
        merged._tc.remove(paragraph._p)
    _shade(merged._tc.get_or_add_tcPr(), "FFFDE7")
    row.height = Cm(1.6)


def make_template(language: str) -> bytes:
    """Return the template of a language as a DOCX file."""
    make = Maker(language)
    _letters(make)
    _tables(make)
    core = make.document.core_properties
    core.title = core.author = core.comments = core.last_modified_by = ""
    core.created = core.modified = datetime(2000, 1, 1)
    out = io.BytesIO()
    make.document.save(out)
    return _settled(out.getvalue())


def _settled(package: bytes) -> bytes:
    """Name the fonts' aliases, and take the time of writing out of the package."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "word/fontTable.xml":
                known = "".join(
                    f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in ALIASES.items()
                )
                content = re.sub(rb"</w:fonts>", known.encode() + b"</w:fonts>", content)
            new.writestr(zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def main() -> None:
    """Write both templates."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    for language in WORDS:
        (folder / f"report.{language}.docx").write_bytes(make_template(language))


if __name__ == "__main__":
    main()
