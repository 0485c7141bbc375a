"""Where tests find things, and when they may skip."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Everywhere else the examples of property tests are new in every run; a submission must not fail by chance.
settings.register_profile("ci", derandomize=True, print_blob=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "corpus" / "samples" / "documents"


def pytest_addoption(parser):
    parser.addoption(
        "--rewrite-golden", action="store_true", help="write golden cases anew; read the diff before committing"
    )


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Where CI=true nothing may skip for lack of a package that could be installed."""
    outcome = yield
    report = outcome.get_result()
    reason = report.longrepr[2] if report.skipped and isinstance(report.longrepr, tuple) else ""
    if os.environ.get("CI") and "apt-get" in reason:
        report.outcome, report.longrepr = "failed", f"{reason} (CI must not skip for lack of a package)"


def shared_folder() -> Path | None:
    """The folder with the real documents and their labels, which are not part of the project."""
    folder = Path(os.environ.get("AUDITOR_SHARED") or ROOT.parent / "shared")
    return folder if (folder / "seeds").is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = shared_folder()
    if folder is None:
        pytest.skip("the real documents are absent: put them into ../shared or name their folder in AUDITOR_SHARED")
    return folder


@pytest.fixture(scope="session")
def seed(shared):
    """Path of a real document by its number, such as seed("000")."""

    def find(number: str) -> Path:
        return next((shared / "seeds").glob(f"{number}*.txt"))

    return find


@pytest.fixture(scope="session")
def samples() -> Path:
    return SAMPLES


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch, tmp_path_factory):
    """Commands look for settings upwards from the working folder; tests start from an empty one."""
    monkeypatch.chdir(tmp_path_factory.mktemp("cwd"))
