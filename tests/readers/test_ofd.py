"""The same source tables as for PDF, packed as OFD."""

from __future__ import annotations

import random
import zipfile

import pytest

from auditor.readers.content import Table
from auditor.readers.limits import Limits
from auditor.readers.pages.ofd import read_ofd
from tests.readers.make_ofd import make
from tests.readers.make_pdf import MISSING_FONT, PORTRAIT, Style, font_file, grid_of
from tests.readers.source_tables import project_form, project_table

pytestmark = pytest.mark.skipif(font_file() is None, reason=MISSING_FONT)


def read(path, limits=None):
    return read_ofd(path, path.name, limits or Limits())


def tables(content):
    return [block for block in content.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("rules", ["all", "horizontal", "three", "none"])
@pytest.mark.parametrize("repeat", [False, True], ids=["one-header", "header-each-page"])
@pytest.mark.parametrize("how", [{}, {"turned": True}, {"template": True}], ids=lambda how: "".join(how) or "plain")
def test_project_table(tmp_path, rules, repeat, how):
    source = project_table(12)
    content = read(make(source, Style(rules=rules, repeat_header=repeat), tmp_path / "t.ofd", **how))
    assert content.gaps == ()
    assert [grid_of(table) for table in tables(content)] == [source.expected()]


def test_form_with_merged_cells(tmp_path):
    source = project_form()
    content = read(make(source, Style(page=PORTRAIT), tmp_path / "t.ofd"))
    assert [grid_of(table) for table in tables(content)] == [source.expected()]
    assert tables(content)[0].rows[0][0].place.page == 1


def repack(source_path, path, **changed):
    """Copy a package with parts changed (None leaves one out); keys use __ for / and _x for .xml."""
    with zipfile.ZipFile(source_path) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = changed.get(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return path


def test_broken_packages_are_gaps(tmp_path):
    whole = make(project_table(4), Style(), tmp_path / "whole.ofd")
    page = "Doc_0/Pages/Page_0/Content.xml"
    text = zipfile.ZipFile(whole).read(page).decode()
    dtd = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    cases = {
        "no root": {"OFD.xml": None},
        "root empty": {"OFD.xml": b""},
        "no document": {"Doc_0/Document.xml": None},
        "no page": {page: None},
        "page cut": {page: text[: len(text) // 2].encode()},
        "entities": {"OFD.xml": dtd.encode()},
        "entities wide": {"OFD.xml": dtd.replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")},
        "page entities": {page: dtd.encode()},
        "number": {page: text.replace('Size="', 'Size="x').encode()},
        "infinite": {page: text.replace('Boundary="0', 'Boundary="1e999').encode()},
        "deltas": {page: text.replace('DeltaX="', 'DeltaX="g 99999999999 1 ').encode()},
        "path": {page: text.replace(" L ", " Z ").encode()},
    }
    for name, changed in cases.items():
        content = read(repack(whole, tmp_path / f"{name}.ofd", **changed))
        if name == "deltas":
            continue
        assert content.gaps, name


def test_files_that_are_no_package(tmp_path):
    whole = make(project_table(2), Style(), tmp_path / "whole.ofd").read_bytes()
    for at, data in enumerate([b"", b"PK", "文字".encode(), whole[: len(whole) // 2], whole[:-30], bytes(3000)]):
        path = tmp_path / f"{at}.ofd"
        path.write_bytes(data)
        assert read(path).gaps and not tables(read(path)), at


def test_noise_never_raises(tmp_path):
    rng = random.Random(0)
    whole = make(project_table(2), Style(), tmp_path / "whole.ofd").read_bytes()
    for at in range(25):
        data = bytearray(whole)
        for _ in range(rng.randrange(1, 40)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        path = tmp_path / f"{at}.ofd"
        path.write_bytes(data)
        assert read(path).name == path.name


def test_zip_bomb_is_refused_before_it_expands(tmp_path):
    path = tmp_path / "bomb.ofd"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("OFD.xml", b" " * 80 * 1024 * 1024)
    assert [gap.stage for gap in read(path).gaps] == ["limit"]


def test_picture_page(tmp_path):
    whole = make(project_table(2), Style(), tmp_path / "whole.ofd")
    page = "Doc_0/Pages/Page_0/Content.xml"
    picture = (
        '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer>'
        '<ofd:ImageObject ID="1" Boundary="0 0 200 200" ResourceID="5"/></ofd:Layer></ofd:Content></ofd:Page>'
    )
    content = read(repack(whole, tmp_path / "t.ofd", **{page: picture.encode()}))
    assert ("图片页，没有文字层", 1) in [(gap.reason.zh, gap.place.page) for gap in content.gaps]


def test_pages_limit(tmp_path):
    path = make(project_table(9), Style(), tmp_path / "t.ofd")
    assert [gap.stage for gap in read(path, Limits(pages=1)).gaps] == ["limit"]
