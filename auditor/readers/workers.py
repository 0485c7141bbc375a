"""Risky files are read in worker processes, so that one that crashes or hangs its parser costs only its own worker."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from auditor.document import Document, Gap, Place
from auditor.readers.filetype import file_type
from auditor.readers.gaps import gap
from auditor.readers.limits import MEBIBYTE, Limits

IN_PROCESS = frozenset({"text"})
"""Types whose reading is plain Python over decoded text."""


class Job(NamedTuple):
    """One file to read: its path and what reports call it."""

    path: Path
    name: str


class Worker:
    """One child process that reads files, one at a time; made again after a crash, a hang or too much memory."""

    def __init__(self, limits: Limits, password: str | None = None) -> None:
        self._limits = limits
        self._password = password
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def read(self, job: Job) -> list[Document]:
        """Read one file in the child; whatever happens to the child becomes a Gap."""
        pipe = self._started()
        try:
            pipe.send(job)
            if not pipe.poll(self._limits.seconds):
                self.close()
                return [_failed(job, _too_slow(job, self._limits))]
            answer = pipe.recv()
        except (EOFError, OSError):
            self.close()
            return [_failed(job, _crashed(job))]
        if isinstance(answer, MemoryError):
            self.close()
            return [_failed(job, _too_big(job, self._limits))]
        found: list[Document] = answer
        return found

    def _started(self) -> Connection:
        if self._process is None or not self._process.is_alive() or self._pipe is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, self._limits, self._password), daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe

    def close(self) -> None:
        """End the child."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None


def _serve(pipe: Connection, limits: Limits, password: str | None) -> None:
    """Read files until the parent goes away; runs in the child."""
    from auditor.readers import read_documents

    _bound_memory(limits)
    while True:
        try:
            job = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            pipe.send(read_documents(job.path, job.name, limits, password))
        except MemoryError as error:
            pipe.send(error)
            return


def _bound_memory(limits: Limits) -> None:
    """Let the child have what it has now and `memory_mib` more, where the system can bound it."""
    if sys.platform == "win32":
        return
    import resource

    status = Path("/proc/self/statm")
    used = int(status.read_text().split()[0]) * resource.getpagesize() if status.exists() else 0
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + limits.memory_mib * MEBIBYTE, hard))


def read_all(
    jobs: Sequence[Job],
    limits: Limits,
    workers: int = 1,
    step: Callable[[str], None] = lambda name: None,
    password: str | None = None,
) -> list[Document]:
    """Read all files in their order; `step` is called after each. An archive gives several documents.

    Text is read here; every other type in one of `workers` child processes. `password` opens the files under one.
    """
    from auditor.readers import read_documents

    risky = {at for at, job in enumerate(jobs) if file_type(job.path) not in IN_PROCESS}
    found: dict[int, list[Document]] = {}
    for at, job in enumerate(jobs):
        if at not in risky:
            found[at] = read_documents(job.path, job.name, limits)
            step(job.name)
    with _pool(limits, min(workers, len(risky)), password) as read_one, ThreadPoolExecutor(max(1, workers)) as threads:
        for at, documents in zip(sorted(risky), threads.map(read_one, [jobs[at] for at in sorted(risky)]), strict=True):
            found[at] = documents
            step(jobs[at].name)
    return [document for at in range(len(jobs)) for document in found[at]]


@contextmanager
def _pool(limits: Limits, size: int, password: str | None) -> Iterator[Callable[[Job], list[Document]]]:
    """Yield a function that reads one file in whichever of `size` workers is free."""
    free: SimpleQueue[Worker] = SimpleQueue()
    workers = [Worker(limits, password) for _ in range(size)]
    for worker in workers:
        free.put(worker)

    def read_one(job: Job) -> list[Document]:
        worker = free.get()
        try:
            return worker.read(job)
        finally:
            free.put(worker)

    try:
        yield read_one
    finally:
        for worker in workers:
            worker.close()


def _failed(job: Job, reason: Gap) -> Document:
    return Document(job.name, "other", Place(job.name), gaps=(reason,))


def _crashed(job: Job) -> Gap:
    return gap(
        job.name,
        "读取此文件时解析程序异常退出，此文件未审核，其他文件不受影响。请用原软件打开并重新保存后再提交。",
        "The parser crashed on this file, which was not checked; other files are not affected. "
        "Please open it in its own program, save it again and resubmit it.",
    )


def _too_slow(job: Job, limits: Limits) -> Gap:
    return gap(
        job.name,
        f"读取此文件超过 {limits.seconds:g} 秒，已停止，此文件未审核。请拆分文件，或调高 seconds 上限。",
        f"Reading this file took more than {limits.seconds:g} seconds and was stopped; it was not checked. "
        "Please split it, or raise the limit `seconds`.",
        stage="limit",
    )


def _too_big(job: Job, limits: Limits) -> Gap:
    return gap(
        job.name,
        f"读取此文件需要的内存超过 {limits.memory_mib} MiB，已停止，此文件未审核。请拆分文件，或调高 memory_mib 上限。",
        f"Reading this file needs more than {limits.memory_mib} MiB of memory; it was not checked. "
        "Please split it, or raise the limit `memory_mib`.",
        stage="limit",
    )
