"""The excerpts in the READMEs are what the program prints."""

import re

import pytest
from conftest import ROOT
from typer.testing import CliRunner

from auditor.cli import app

EXCERPT = re.compile(r"<!-- excerpt: (.*?) -->\n(.*?)<!-- /excerpt -->", re.DOTALL)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_excerpts_are_real(name, samples):
    (command, shown), *_ = EXCERPT.findall((ROOT / name).read_text(encoding="utf-8"))
    verb, *options = command.split()
    printed = CliRunner().invoke(app, [verb, str(samples), *options[:2], "--top", "0"]).stdout.splitlines()
    lines = [line for line in shown.splitlines() if line.strip() and not line.startswith("```")]
    assert len(lines) > 6
    assert [line for line in lines if line not in printed] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_both_commands_stand_at_the_top(name):
    head = (ROOT / name).read_text(encoding="utf-8")[:1200]
    assert "make demo" in head and "make test" in head


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md"])
def test_every_command_and_option_named_exists(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for verb in set(re.findall(r"^auditor (\w+)", text, re.MULTILINE)):
        assert CliRunner().invoke(app, [verb, "--help"]).exit_code == 0, verb
    targets = set(re.findall(r"`?make (\w+)", text))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)
