"""Files under a password: opened with the right one, and otherwise a Gap that says what to do."""

import io
import sys

import pytest

from auditor.readers import read, read_content
from auditor.readers.limits import Limits
from auditor.readers.office.password import is_locked
from auditor.readers.workers import Job, read_all
from tests.readers.make_office import FORMATS, LIMITS, SAMPLE, expected, grid, ole, write_csv

SECRET = "预算 2025"


def locked_file(tmp_path, kind):
    """Write the sample and lock it."""
    ooxml = pytest.importorskip("msoffcrypto.format.ooxml", reason="the extra `password` is not installed")
    FORMATS[kind][0](SAMPLE, tmp_path / f"plain.{kind}")
    path = tmp_path / f"locked.{kind}"
    with path.open("wb") as out:
        ooxml.OOXMLFile(io.BytesIO((tmp_path / f"plain.{kind}").read_bytes())).encrypt(SECRET, out)
    return path


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_right_password_opens_the_file(tmp_path, kind):
    path = locked_file(tmp_path, kind)
    content = read_content(path, path.name, LIMITS, SECRET)
    assert grid(content.blocks[-1]) == expected(SAMPLE)
    assert content.gaps == ()
    assert content.blocks[-1].place.file == path.name


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_wrong_password_says_so(tmp_path, kind):
    path = locked_file(tmp_path, kind)
    assert "密码不正确" in read(path, password="x").gaps[0].reason.zh
    assert "--password" in read(path, password="").gaps[0].reason.zh


def test_without_a_password_the_option_is_named(tmp_path):
    (tmp_path / "f.xlsx").write_bytes(ole("EncryptedPackage", "EncryptionInfo"))
    (gap,) = read(tmp_path / "f.xlsx").gaps
    assert "--password" in gap.reason.zh
    assert "--password" in gap.reason.en


def test_without_the_library_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "msoffcrypto", None)
    (tmp_path / "f.xlsx").write_bytes(ole("EncryptedPackage", "EncryptionInfo"))
    (gap,) = read(tmp_path / "f.xlsx", password=SECRET).gaps
    assert "indicator-auditor[password]" in gap.reason.zh


def test_a_damaged_locked_file_is_a_gap(tmp_path):
    pytest.importorskip("msoffcrypto", reason="the extra `password` is not installed")
    (tmp_path / "f.xlsx").write_bytes(ole("EncryptedPackage", "EncryptionInfo"))
    (gap,) = read(tmp_path / "f.xlsx", password=SECRET).gaps
    assert "未读取" in gap.reason.zh


@pytest.mark.parametrize("kind", [*FORMATS, "csv"])
def test_a_password_that_is_not_needed_changes_nothing(tmp_path, kind):
    path = tmp_path / f"f.{kind}"
    (FORMATS[kind][0] if kind in FORMATS else write_csv)(SAMPLE, path)
    assert not is_locked(path)
    assert read(path, password=SECRET) == read(path)


def test_workers_are_told_the_password(tmp_path):
    path = locked_file(tmp_path, "xlsx")
    (document,) = read_all([Job(path, path.name)], Limits(), password="x")
    assert "密码不正确" in document.gaps[0].reason.zh
    (document,) = read_all([Job(path, path.name)], Limits(), password=SECRET)
    assert not any("密码" in gap.reason.zh for gap in document.gaps)


def test_a_locked_file_beyond_the_limit_is_not_opened(tmp_path):
    path = locked_file(tmp_path, "xlsx")
    assert read(path, limits=Limits(file_mib=0), password=SECRET).gaps[0].stage == "limit"


def test_a_pdf_is_given_the_password(tmp_path):
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    encryption = pytest.importorskip("reportlab.lib.pdfencrypt")
    path = tmp_path / "f.pdf"
    page = canvas.Canvas(str(path), encrypt=encryption.StandardEncryption("secret", canPrint=0))
    page.drawString(72, 720, "budget")
    page.save()
    assert "--password" in read(path).gaps[0].reason.zh
    assert "密码不正确" in read(path, password="x").gaps[0].reason.zh
    assert not any("密码" in gap.reason.zh for gap in read(path, password="secret").gaps)
