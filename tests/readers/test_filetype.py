from __future__ import annotations

import os
import shutil
import time
import zipfile

import pytest

from auditor.readers import read
from auditor.readers.encoding import NotText, damage, decode
from auditor.readers.filetype import FILE_TYPES, file_type, refusal
from tests.readers.make_office import FORMATS, SAMPLE, ole, write_csv, write_xls, write_xlsx

CHINESE = "项目名称,总计\n河道保洁项目,31.49\n社区食堂,20\n" * 3


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("ending", ["", ".txt", ".pdf"])
def test_content_decides_whatever_the_ending(tmp_path, kind, ending):
    path = tmp_path / f"表{ending}"
    FORMATS[kind][0](SAMPLE, path)
    assert file_type(path) == kind


@pytest.mark.parametrize("name", ["a b.x", "引'号\".x", "-rf.x", "绩效 目标（一）.x", "a\nb.x"])
def test_odd_names(tmp_path, name):
    write_xlsx(SAMPLE, tmp_path / name)
    assert file_type(tmp_path / name) == "xlsx"


@pytest.mark.parametrize(
    ("data", "ending", "kind"),
    [
        (b"", ".xlsx", "empty"),
        (b"  \n", ".txt", "empty"),
        (b"%PDF-1.7\n", ".docx", "pdf"),
        (b"\xef\xbb\xbf%PDF-1.7\n", "", "pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), ".pdf", "image"),
        (b"\xff\xd8\xff\xe0", ".docx", "image"),
        (b"Rar!\x1a\x07\x01\0", ".zip", "archive"),
        (b"{\\rtf1 x}", ".doc", "office"),
        (ole("WordDocument"), ".doc", "doc"),
        (ole("WordDocument"), ".wps", "wps"),
        (ole("WordDocument"), ".xls", "doc"),
        (ole("Workbook"), ".et", "xls"),
        (ole("Book"), ".doc", "xls"),
        (ole("EncryptedPackage", "EncryptionInfo"), ".xlsx", "encrypted"),
        (ole("PowerPoint Document"), ".doc", "office"),
        (ole("Other"), ".et", "et"),
        (ole("Workbook")[:600], ".xls", "xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600, ".doc", "doc"),
        (b"PK\x03\x04" + bytes(40), ".docx", "zip"),
        (os.urandom(4) + bytes(range(256)) * 20, ".txt", "unknown"),
        (b"<!-- x -->\n<TABLE><tr>", ".xls", "html"),
        ("\ufeff<!DOCTYPE html><html>".encode("utf-16-le"), ".xls", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", ".x", "html"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', ".xls", "office"),
        (b'<?xml version="1.0"?><a/>', ".txt", "unknown"),
        (CHINESE.encode(), ".csv", "csv"),
        ("项目名称,总计,目标\n河道保洁项目,31.49,一\n社区食堂,20,二\n".encode("gb18030"), ".txt", "csv"),
        (CHINESE.replace(",", "\t").encode(), ".tsv", "csv"),
        ("绩效目标表\n项目名称 总计\n完成任务，推动工作。\n".encode(), ".csv", "text"),
        ("部门名称\t某局\t\n基本支出\t7,148.41\t\n".encode(), ".txt", "text"),
    ],
)
def test_single_files(tmp_path, data, ending, kind):
    path = tmp_path / f"f{ending}"
    path.write_bytes(data)
    assert file_type(path) == kind


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 0.8, 0.98])
def test_truncated_packages_are_damaged_not_unsupported(tmp_path, kind, share):
    FORMATS[kind][0](SAMPLE, tmp_path / "a")
    data = (tmp_path / "a").read_bytes()
    path = tmp_path / f"b.{kind}"
    path.write_bytes(data[: int(len(data) * share)])
    assert file_type(path) == kind
    (gap,) = read(path).gaps
    assert "已损坏或不完整" in gap.reason.zh


def test_a_package_that_is_no_spreadsheet_keeps_its_refusal(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("[Content_Types].xml", "")
        package.writestr("xl/workbook.bin", "x" * 2000)
    assert file_type(tmp_path / "a.xlsx") == "office"
    (tmp_path / "b.xlsx").write_bytes((tmp_path / "a.xlsx").read_bytes()[:-200])
    assert file_type(tmp_path / "b.xlsx") == "office"


def test_what_is_no_file_neither_hangs_nor_raises(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    started = time.monotonic()
    found = [
        file_type(path)
        for path in (tmp_path / "pipe", "/dev/zero", tmp_path, tmp_path / "loop", tmp_path / "no", "a\0b")
    ]
    assert found == ["not_a_file"] * 3 + ["unreadable"] * 3
    assert time.monotonic() - started < 2


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_forbidden_file(tmp_path):
    path = tmp_path / "f"
    path.write_text("x")
    path.chmod(0)
    assert file_type(path) == "unreadable"


def test_only_ends_of_a_large_file_are_read(tmp_path):
    path = tmp_path / "f.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    os.truncate(path, 20 * 1024**3)
    assert file_type(path) == "pdf"


def test_every_type_is_either_read_or_refused_with_advice():
    read = {"pdf", "ofd", "xlsx", "xls", "docx", "html", "csv", "text", "zip"}
    for kind in FILE_TYPES:
        gap = refusal(kind, "表.x")
        assert (gap is None) == (kind in read)
        assert gap is None or ("请" in gap.reason.zh and "lease" in gap.reason.en)
    assert ".docx" in refusal("wps", "x").reason.zh
    assert ".xlsx" in refusal("et", "x").reason.zh


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"),
        ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", [CHINESE, "年度指标值：≥100%，㎡、①\n", "项目A1\n"])
def test_encodings(codec, encoding, text):
    assert decode(text.encode(codec)) == (text, encoding)


def test_rare_characters_of_gb18030_and_big5():
    assert decode("𠮷野项目绩效目标表，完成年度任务".encode("gb18030"))[0].startswith("𠮷野")
    assert decode(("年度預算績效目標與指標，提升服務品質。" * 20).encode("big5"))[0].startswith("年度預算")


def test_cut_within_a_character():
    assert decode("绩效目标".encode()[:-1], whole=False)[0] == "绩效目"
    assert decode("绩效目标绩效目标".encode("gb18030")[:-1], whole=False)[0] == "绩效目标绩效目"


def test_few_damaged_bytes_are_read_and_reported():
    text, encoding = decode(("绩效目标指标\n" * 50).encode() + b"\xff\n" + "完成任务".encode())
    assert encoding == "utf-8"
    (gap,) = damage(text, "f")
    assert gap.place.line == 51
    assert damage("好", "f") == ()


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\0" * 100, b"a\0b\0\0c"])
def test_binary_is_refused(data):
    with pytest.raises(NotText):
        decode(data)


def test_copies_under_wrong_endings_are_read_alike(tmp_path):
    write_xls(SAMPLE, tmp_path / "a.xls")
    shutil.copy(tmp_path / "a.xls", tmp_path / "a.csv")
    write_csv(SAMPLE, tmp_path / "b.xls")
    assert (file_type(tmp_path / "a.csv"), file_type(tmp_path / "b.xls")) == ("xls", "csv")
