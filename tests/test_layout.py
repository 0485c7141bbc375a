"""The layout a newcomer walks through: imports go downwards, modules and functions stay small, heavy things stay out."""

import ast
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "auditor"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "_bundled" not in path.parts)

# From the ground up; a module may import from its own layer's folder and from anything below.
LAYERS = [
    {"version", "wording", "bundled"},
    {"text", "nearest", "collection"},
    {"quantity", "words", "lexicon", "reference_words"},
    {"generic"},
    {"document"},
    {"finding", "taxonomy", "readers", "inputs", "claim", "classify"},
    {"outcome"},
    {"report"},
    {"subjects", "profile", "measures", "rewrite"},
    {"kinds", "reuse", "relevance", "scoring"},
    {"links"},
    {"checks"},
    {"rule"},
    {"rulebook", "examples", "settings"},
    {"waivers", "assess", "evaluation", "review"},
    {"audit"},
    {"reports"},
    {"cli", "web", "spark"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


def first_part(module: str) -> str:
    return module.removeprefix("auditor.").split(".")[0]


def imports(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typed = {
        id(sub)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for sub in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typed:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("auditor"):
            names = [f"auditor.{alias.name}" for alias in node.names] if node.module == "auditor" else [node.module]
            yield from names
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("auditor."))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_downwards(path):
    own = first_part(".".join(path.relative_to(PACKAGE).with_suffix("").parts))
    if own in ("__init__", "__main__"):
        return
    for module in imports(path):
        target = first_part(module)
        assert target in LEVEL, f"{target} has no place in the layers"
        assert target == own or LEVEL[target] < LEVEL[own], f"{path.name} imports upwards: {module}"


def test_readers_and_reports_know_only_documents_and_findings():
    ground = {"version", "wording", "bundled", "text", "nearest", "collection", "lexicon", "document"}
    allowed = {"readers": ground | {"readers"}, "reports": ground | {"finding", "outcome", "report", "reports"}}
    for folder, names in allowed.items():
        for path in (PACKAGE / folder).rglob("*.py"):
            assert {first_part(module) for module in imports(path)} <= names, path.name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 60, node.name


def test_jieba_is_imported_in_one_module_only():
    users = [path.as_posix() for path in MODULES if "import jieba" in path.read_text(encoding="utf-8")]
    assert [user for user in users if not user.endswith("auditor/words/dictionary.py")] == []


def test_no_pickles_and_nothing_executed_from_data():
    for path in MODULES:
        names = {
            node.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)
        }
        assert not names & {"eval", "exec", "pickle", "marshal"}, path.name


def test_no_utils():
    assert not [path for path in MODULES if path.stem in {"utils", "helpers", "common", "misc"}]
