from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from auditor.document import Gap
from auditor.readers.archive import check_package, members
from auditor.readers.filetype import file_type
from auditor.readers.limits import Limits
from tests.readers.make_office import LIMITS, understate


@pytest.fixture
def pack(tmp_path):
    def pack(parts, name="a.zip"):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, data in parts.items():
                archive.writestr(member, data)
        return tmp_path / name

    return pack


def listed(path, limits=LIMITS):
    """Return each member with its bytes, or with the Chinese reason."""
    return [
        (name, found.reason.zh if isinstance(found, Gap) else found.read_bytes())
        for name, found in members(path, path.name, limits)
    ]


def test_documents_are_given_out_and_cleaned_up(pack):
    path = pack({"甲/一.txt": "好", "甲/": "", "__MACOSX/._x": "x", ".hidden": "x", "~$一.docx": "x", "乙.CSV": "a"})
    seen = []
    for name, found in members(path, "a.zip", LIMITS):
        assert isinstance(found, Path) and found.exists()
        seen.append((name, found.suffix, found))
    assert [(name, ending) for name, ending, _ in seen] == [("a.zip/甲/一.txt", ".txt"), ("a.zip/乙.CSV", ".csv")]
    assert not any(found.exists() for _, _, found in seen)


@pytest.mark.parametrize("codec", ["gb18030", "utf-8"])
def test_names_without_a_declared_encoding(tmp_path, codec):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("AAAAAAAAAAAA.txt", "x")
    spelled = "绩效目标".encode(codec)
    data = (tmp_path / "a.zip").read_bytes().replace(b"AAAAAAAAAAAA", spelled.ljust(12, b"_"))
    (tmp_path / "a.zip").write_bytes(data)
    assert listed(tmp_path / "a.zip")[0][0].startswith("a.zip/绩效目标")


@pytest.mark.parametrize("name", ["../../etc/x.txt", "/etc/x.txt", "C:\\x.txt", "a/../../x.txt", "..\\x.txt"])
def test_paths_that_lead_out_are_refused(pack, name):
    ((shown, reason),) = listed(pack({name: "x"}))
    assert "包外" in reason
    assert ".." not in shown


def test_links_nested_archives_and_nothing(pack, tmp_path):
    inner = pack({"x.txt": "x"}, "inner.zip").read_bytes()
    assert "还有压缩包" in listed(pack({"b.zip": inner, "c.docx": inner}))[0][1]
    assert "还有压缩包" in listed(pack({"c.docx": inner}))[0][1]
    assert "没有任何文档" in listed(pack({"甲/": ""}))[0][1]
    link = zipfile.ZipInfo("l.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "l.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "链接" in listed(tmp_path / "l.zip")[0][1]


def test_encrypted_members(pack):
    path = pack({"a.txt": "secret", "b.txt": "open"})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    path.write_bytes(data)
    (_, reason), (_, text) = listed(path)
    assert ("密码" in reason, text) == (True, b"open")
    assert "密码" in check_package(path, "a", "XLSX", LIMITS).reason.zh


def test_limits_are_checked_before_expanding(pack, monkeypatch):
    path = pack({"a.txt": bytes(70 * 2**20)})
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    for limits in (LIMITS, Limits(expanded_mib=60), Limits(file_mib=0)):
        ((_, reason),) = listed(path, limits)
        assert "压缩炸弹" in reason or "上限" in reason
        assert check_package(path, "a", "XLSX", limits).stage == "limit"


def test_size_on_disk_of_a_member(pack):
    assert "上限" in listed(pack({"a.txt": bytes(2 * 2**20)}), Limits(file_mib=1))[0][1]


def test_understated_size_stays_bounded(pack):
    path = understate(pack({"a.txt": bytes(2**20)}), "a.txt", 100)
    ((_, reason),) = listed(path)
    assert "损坏" in reason


@pytest.mark.parametrize("cut", [0, 10, 60, -5])
def test_damaged_archives(pack, cut):
    path = pack({"a.txt": "x" * 100, "b.txt": "y"})
    path.write_bytes(path.read_bytes()[:cut])
    ((_, reason),) = listed(path)
    assert "损坏" in reason


def test_damaged_member_does_not_stop_the_others(pack):
    path = pack({"a.txt": bytes(range(256)) * 20, "b.txt": "y"})
    data = bytearray(path.read_bytes())
    data[60:80] = b"\xff" * 20
    path.write_bytes(data)
    (_, first), (_, second) = listed(path)
    assert ("损坏" in first, second) == (True, b"y")


def test_huge_directory_is_not_listed(pack, monkeypatch):
    path = pack({"a.txt": "x"})
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = (2**30).to_bytes(4, "little")
    path.write_bytes(data)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert "目录" in listed(path)[0][1]
    assert file_type(path) == "zip"
