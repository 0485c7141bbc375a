"""Makes OFD files (GB/T 33190) from the pages that make_pdf lays out."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.readers.make_pdf import Sheet, Source, Style, lay_out_pages, text_width

_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_MM = 25.4 / 72


def write_ofd(sheets: Sequence[Sheet], path: Path, *, turned: bool = False, template: bool = False) -> Path:
    """Draw the pages; `turned` sets them sideways by CTM, `template` puts the rules into a template page each."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("OFD.xml", _ofd())
        package.writestr("Doc_0/Document.xml", _document(sheets, turned, template))
        for at, sheet in enumerate(sheets):
            rules = _rules(sheet, turned)
            if template:
                package.writestr(f"Doc_0/Tpls/Tpl_{at}/Content.xml", _page(rules, ""))
                use = f'<ofd:Template TemplateID="{900 + at}" ZOrder="Background"/>'
                package.writestr(f"Doc_0/Pages/Page_{at}/Content.xml", _page(_texts(sheet, turned), use))
            else:
                package.writestr(f"Doc_0/Pages/Page_{at}/Content.xml", _page(rules + _texts(sheet, turned), ""))
    return path


def make(source: Source, style: Style, path: Path, **how: bool) -> Path:
    return write_ofd(lay_out_pages(source, style), path, **how)


def _ofd() -> str:
    return (
        f'{_HEAD}<ofd:OFD {_NS} DocType="OFD" Version="1.1"><ofd:DocBody><ofd:DocInfo/>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )


def _document(sheets: Sequence[Sheet], turned: bool, template: bool) -> str:
    width, height = sheets[0].width * _MM, sheets[0].height * _MM
    if turned:
        width, height = height, width
    box = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {width:.3f} {height:.3f}</ofd:PhysicalBox></ofd:PageArea>"
    templates = "".join(
        f'<ofd:TemplatePage ID="{900 + at}" BaseLoc="Tpls/Tpl_{at}/Content.xml"/>' for at in range(len(sheets))
    )
    pages = "".join(f'<ofd:Page ID="{at + 1}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(sheets)))
    common = f"<ofd:CommonData>{box}{templates if template else ''}</ofd:CommonData>"
    return f"{_HEAD}<ofd:Document {_NS}>{common}<ofd:Pages>{pages}</ofd:Pages></ofd:Document>"


def _page(objects: str, use: str) -> str:
    layer = f'<ofd:Content><ofd:Layer ID="2" Type="Body">{objects}</ofd:Layer></ofd:Content>'
    return f"{_HEAD}<ofd:Page {_NS}>{use}{layer}</ofd:Page>"


def _place(sheet: Sheet, turned: bool) -> str:
    """Boundary and CTM of an object that has the whole page for its space."""
    width, height = sheet.width * _MM, sheet.height * _MM
    if not turned:
        return f'Boundary="0 0 {width:.3f} {height:.3f}"'
    return f'Boundary="0 0 {height:.3f} {width:.3f}" CTM="0 -1 1 0 0 {width:.4f}"'


def _rules(sheet: Sheet, turned: bool) -> str:
    return "".join(
        f'<ofd:PathObject ID="3" {_place(sheet, turned)} LineWidth="0.2"><ofd:AbbreviatedData>'
        f"M {x0 * _MM:.4f} {y0 * _MM:.4f} L {x1 * _MM:.4f} {y1 * _MM:.4f}</ofd:AbbreviatedData></ofd:PathObject>"
        for x0, y0, x1, y1 in sheet.rules
    )


def _texts(sheet: Sheet, turned: bool) -> str:
    return "".join(_text(sheet, turned, *text) for text in sheet.texts)


def _text(sheet: Sheet, turned: bool, x: float, y: float, size: float, text: str) -> str:
    steps = [f"{text_width(char, size) * _MM:.4f}" for char in text[:-1]]
    return (
        f'<ofd:TextObject ID="4" {_place(sheet, turned)} Font="1" Size="{size * _MM:.4f}">'
        f'<ofd:TextCode X="{x * _MM:.4f}" Y="{y * _MM:.4f}" DeltaX="{_grouped(steps)}">{escape(text)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def _grouped(steps: list[str]) -> str:
    """Runs of equal steps in the short form `g count value`."""
    parts: list[str] = []
    at = 0
    while at < len(steps):
        end = at
        while end < len(steps) and steps[end] == steps[at]:
            end += 1
        parts.append(f"g {end - at} {steps[at]}" if end - at > 2 else " ".join(steps[at:end]))
        at = end
    return " ".join(parts)
