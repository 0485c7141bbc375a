"""Risky files cost only their own worker: crash, hang and hunger become gaps, the other files are read."""

import os
import signal
import zipfile
from pathlib import Path

import pytest

from auditor.readers.limits import Limits
from auditor.readers.workers import Job, Worker, read_all
from tests.readers.make_office import SAMPLE, write_docx, write_xlsx

TEXT = """某县绩效目标表

部门名称：某县水务局 单位：万元

项目名称 总计 财政拨款 财政专户拨款 其他资金 绩效目标 绩效指标

    河道保洁 20.00 20.00

保洁河道86公里。

1、1-产出指标；11-数量指标；保洁河道长度；实施周期指标值:86公里；年度指标值:86公里。
"""


@pytest.fixture
def workbook(tmp_path):
    write_xlsx(SAMPLE, tmp_path / "表.xlsx")
    return Job(tmp_path / "表.xlsx", "表.xlsx")


@pytest.fixture
def text(tmp_path):
    (tmp_path / "文.txt").write_text(TEXT, encoding="utf-8")
    return Job(tmp_path / "文.txt", "文.txt")


def reasons(documents):
    return [(document.name, [(gap.stage, gap.reason.zh[:12]) for gap in document.gaps]) for document in documents]


def test_order_is_kept_and_text_stays_here(workbook, text):
    seen = []
    documents = read_all([workbook, text, workbook], Limits(), workers=2, step=seen.append)
    assert [document.name for document in documents] == ["表.xlsx", "文.txt", "表.xlsx"]
    assert len(documents[1].projects) == 1
    assert sorted(seen) == ["文.txt", "表.xlsx", "表.xlsx"]


def test_a_file_that_takes_too_long_is_given_up(workbook, text):
    documents = read_all([workbook, text], Limits(seconds=0.001))
    assert documents[0].gaps[0].stage == "limit"
    assert "0.001 秒" in documents[0].gaps[0].reason.zh
    assert documents[1].gaps == ()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_crash_costs_its_own_file_and_the_next_is_read(workbook):
    worker = Worker(Limits())
    try:
        first = worker.read(workbook)
        os.kill(worker._process.pid, signal.SIGKILL)
        worker._process.join()
        worker._process.is_alive = lambda: True  # the parent has not noticed yet
        (crashed,) = worker.read(workbook)
        assert "异常退出" in crashed.gaps[0].reason.zh
        assert worker.read(workbook) == first
    finally:
        worker.close()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory can be bounded on Linux only")
def test_a_file_that_needs_too_much_memory_is_given_up(tmp_path):
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in range(20_000):
        sheet.append([f"单元格{row}-{column}" * 5 for column in range(12)])
    book.save(tmp_path / "大.xlsx")
    (document,) = read_all([Job(tmp_path / "大.xlsx", "大.xlsx")], Limits(memory_mib=8))
    assert document.projects == ()
    assert document.gaps and document.gaps[0].reason.zh


def test_an_archive_gives_a_document_for_each_member(tmp_path, text):
    write_docx(SAMPLE, tmp_path / "表.docx")
    with zipfile.ZipFile(tmp_path / "全部.zip", "w") as archive:
        archive.write(text.path, "甲/文.txt")
        archive.write(tmp_path / "表.docx", "表.docx")
        archive.writestr("~$表.docx", "x")
    documents = read_all([Job(tmp_path / "全部.zip", "全部.zip")], Limits())
    assert sorted(document.name for document in documents) == ["全部.zip/甲/文.txt", "全部.zip/表.docx"]
    assert sum(len(document.projects) for document in documents) >= 1


def test_a_large_text_is_refused(text):
    (document,) = read_all([text], Limits(file_mib=0))
    assert document.gaps[0].stage == "limit"
