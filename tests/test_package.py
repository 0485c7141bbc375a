"""The wheel works where there is no checkout: built, installed into an empty environment, run on a document there."""

import json
import os
import subprocess
import sys
import venv

import pytest
from conftest import ROOT


def run(*args, **kwargs):
    done = subprocess.run([str(arg) for arg in args], capture_output=True, text=True, check=False, **kwargs)
    assert done.returncode in kwargs.pop("codes", (0,)) or done.returncode in (0, 1), done.stderr
    return done


@pytest.mark.slow
def test_wheel_installs_and_audits_outside_the_checkout(tmp_path, samples):
    run(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path / "dist", ROOT)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    home = tmp_path / "elsewhere"
    venv.create(home / "env", with_pip=True)
    python = home / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel)
    where = run(python, "-c", "import auditor, sys; print(auditor.__file__)", cwd=home).stdout
    assert str(home) in where and str(ROOT) not in where
    done = run(python, "-m", "auditor", "check", samples / "county-water-projects.txt", "--format", "json", cwd=home)
    report = json.loads(done.stdout)
    assert report["documents"][0]["projects"] == 23
    assert {"R301", "T501", "F106"} <= {finding["rule"] for finding in report["findings"]}
    for kind in ("html", "xlsx", "docx", "md", "sarif"):
        target = home / f"report.{kind}"
        run(python, "-m", "auditor", "check", samples, "--format", kind, "-o", target, "--fail-on", "never", cwd=home)
        assert target.stat().st_size > 1000
    said = run(python, "-m", "auditor", "classify", "读者满意度", cwd=home).stdout
    assert json.loads(said)["class"] == "31"
    inside = run(
        python,
        "-c",
        "from auditor.bundled import resource; print(len(list(resource('corpus/samples/documents').glob('*.txt'))))",
        cwd=home,
    )
    assert inside.stdout.strip() == "3"
