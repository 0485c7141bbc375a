"""Read an OFD file (GB/T 33190, the format that Chinese offices exchange): zip + XML, through the PDF table finder."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.document import Gap, Place
from auditor.readers.archive import BAD_ZIP, check_package
from auditor.readers.content import Content
from auditor.readers.gaps import damaged, declares_entities, nothing_read, protected, refused
from auditor.readers.limits import Limits
from auditor.readers.pages.continued import TableJoiner
from auditor.readers.pages.ofd_page import local, numbers, read_objects
from auditor.readers.pages.page_gaps import damaged_pages, pages_left_out, picture_page, unfit
from auditor.readers.pages.tables import find_tables

if TYPE_CHECKING:
    from lxml import etree

_A4 = (210.0, 297.0)
_FEW_CHARACTERS = 40


class _EntitiesError(ValueError):
    """A part declares a document type."""


@dataclass
class _Package:
    """The open zip file and the parts that it names in the way OFD writes paths."""

    zip: zipfile.ZipFile
    names: dict[str, str] = field(default_factory=dict)

    def part(self, path: str) -> etree._Element:
        """Parse the part at `path`. Raises KeyError when it is missing, ValueError when it is no plain XML."""
        from lxml import etree

        data = self.zip.read(self.names[posixpath.normpath(path).lstrip("/").lower()])
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise ValueError(f"{path}: {error.msg}") from error
        # The stubs of lxml do not know this attribute.
        if getattr(root.getroottree().docinfo, "doctype"):  # noqa: B009
            raise _EntitiesError(path)
        return root


@dataclass(frozen=True)
class _PageAddress:
    """Where a page is described: its part, the page size of its document in mm, and its document's templates."""

    path: str
    size: tuple[float, float]
    templates: dict[str, str]


def read_ofd(path: Path, name: str, limits: Limits) -> Content:
    """Read the OFD file at `path`, called `name` in all places; never raises for what is in the file.

    Places, joined tables and gaps are as `read_pdf` gives them. Nothing outside the file is opened, and nothing is
    expanded whose declared size passes the limits.
    """
    found = unfit(path, name, "OFD", limits) or check_package(path, name, "OFD", limits)
    if found is not None:
        return refused(found)
    try:
        with zipfile.ZipFile(path) as file:
            names = {posixpath.normpath(one.replace("\\", "/")).lstrip("/").lower(): one for one in file.namelist()}
            package = _Package(file, names)
            if "ofd.xml" not in names and any(one.endswith("encryptions.xml") for one in names):
                return refused(protected(name))
            return _read_pages(package, name, limits)
    except _EntitiesError:
        return refused(declares_entities(name, "OFD"))
    except (KeyError, ArithmeticError, *BAD_ZIP) as error:
        return refused(damaged(name, "OFD", _detail(error)))


def _detail(error: Exception) -> str:
    return f"{error.args[0]}" if error.args else type(error).__name__


def _read_pages(package: _Package, name: str, limits: Limits) -> Content:
    pages = list(_addresses(package))
    joiner = TableJoiner(name, limits)
    damaged_at: list[int] = []
    gaps: list[Gap] = []
    hint: tuple[tuple[float, float], ...] = ()
    for number, address in enumerate(pages[: limits.pages], start=1):
        place = Place(name, page=number)
        try:
            size, layers = _layers(package, address)
            ink, pictures = read_objects(number, size, layers)
        except _EntitiesError:
            raise
        except (KeyError, ArithmeticError, *BAD_ZIP):
            damaged_at.append(number)
            hint = ()
            continue
        written = sum(not glyph.char.isspace() for glyph in ink.glyphs)
        if (pictures > 0 and not written) or (pictures > 0.5 and written < _FEW_CHARACTERS):
            gaps.append(picture_page(name, place))
        page, hint = find_tables(ink, hint)
        joiner.add(page)
    gaps += damaged_pages(name, damaged_at)
    gaps += pages_left_out(name, len(pages), limits)
    content = joiner.finish(gaps)
    return content if content.blocks or content.gaps else refused(nothing_read(name))


def _addresses(package: _Package) -> Iterator[_PageAddress]:
    """All pages of all documents of the file, in order."""
    roots = [element for element in package.part("OFD.xml").iter() if local(element) == "DocRoot"]
    if not roots:
        raise ValueError("DocRoot")
    for root in roots:
        path = (root.text or "").strip()
        document = package.part(path)
        folder = posixpath.dirname(path)
        size = _page_size(document) or _A4
        templates = {
            element.get("ID", ""): _beside(folder, element.get("BaseLoc", ""))
            for element in document.iter()
            if local(element) == "TemplatePage"
        }
        for pages in (element for element in document if local(element) == "Pages"):
            for page in pages:
                if local(page) == "Page":
                    yield _PageAddress(_beside(folder, page.get("BaseLoc", "")), size, templates)


def _beside(folder: str, path: str) -> str:
    """A path as the file gives it: from the root of the package, or from the folder of the part that names it."""
    return path if path.startswith("/") else posixpath.join(folder, path)


def _page_size(root: etree._Element) -> tuple[float, float] | None:
    """Width and height in mm of the first physical box below `root`, if there is a sound one."""
    for element in root.iter():
        if local(element) == "PhysicalBox":
            box = numbers(element.text)
            if len(box) == 4 and box[2] > 0 and box[3] > 0:
                return box[2], box[3]
    return None


def _layers(package: _Package, address: _PageAddress) -> tuple[tuple[float, float], list[etree._Element]]:
    """The size in mm and the layers of a page, with those of the templates that it lays below or above itself."""
    page = package.part(address.path)
    layers = _own_layers(page)
    for element in page:
        if local(element) == "Template":
            layers += _own_layers(package.part(address.templates[element.get("TemplateID", "")]))
    return _page_size(page) or address.size, layers


def _own_layers(page: etree._Element) -> list[etree._Element]:
    contents = [element for element in page if local(element) == "Content"]
    return [layer for content in contents for layer in content if local(layer) == "Layer"]
