"""Every notebook runs from a fresh kernel, uses public names only, and holds no logic of its own."""

import ast
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path, tmp_path):
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}})
    client.execute()
    assert any(cell.get("outputs") for cell in notebook.cells if cell.cell_type == "code")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_holds_no_logic(path):
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                assert not isinstance(node, ast.ClassDef), "classes belong in the package"
                if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("auditor"):
                    assert not any(alias.name.startswith("_") for alias in node.names), "private names"


def test_there_are_notebooks():
    assert {path.stem for path in NOTEBOOKS} >= {"relevance", "indicator-class"}
    assert Path(ROOT / "notebooks").is_dir()
