"""The bundled samples against the defects planted in them."""

import json

from typer.testing import CliRunner

from auditor.audit import Auditor
from auditor.cli import app
from auditor.readers import read
from auditor.reports.html.charts import class_counts

FILING = ("T501", "T503", "T505", "T506")

# Planted where no rule can tell yet: task blocks of a department form are no scope of F102.
LATER = {
    ("city-education-projects.txt", 12, None, "M404"),  # 校医 among the indicators is taken for 专职教师
    ("county-water-department.txt", 1, None, "F102"),
}


def test_every_planted_defect_is_found_and_nothing_else(samples):
    report = Auditor().report([read(path) for path in sorted(samples.glob("*.txt"))])
    ran = {tally.rule for tally in report.tally}
    lines = (samples.parent / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    planted = {(t["document"], t["row"], t["indicator"], t["rule"]) for t in map(json.loads, lines) if t["rule"] in ran}
    found = {(f.document, f.row, f.indicator, f.rule) for f in report.findings}
    assert found == planted - LATER
    assert not report.gaps


def test_samples_are_what_render_makes(samples, tmp_path):
    import importlib.util

    spec = importlib.util.spec_from_file_location("render", samples.parent / "render.py")
    render = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(render)
    import tomllib

    for path in sorted((samples.parent / "source").glob("*.toml")):
        source = tomllib.loads(path.read_text(encoding="utf-8"))
        committed = (samples / source["file"]).read_bytes()
        make = render.department_form_text if "units" not in source else None
        text = make(source) if make else render.project_table_text(source, **source.get("layout", {}))
        assert text.encode() == committed


def test_a_class_is_called_wrong_only_where_a_rule_says_so(samples):
    report = Auditor().report([read(path) for path in sorted(samples.glob("*.txt"))])
    spoken = {(one.document, one.row, one.indicator) for one in report.findings if one.rule in FILING}
    wrong = {
        (document.name, project.row, indicator.ordinal)
        for document, of_document in zip(report.documents, report.scores, strict=True)
        for project, of_project in zip(document.projects, of_document, strict=True)
        for indicator, score in zip(project.indicators, of_project, strict=True)
        if score.filed and score.guess and not score.guess.abstained and not score.guess.filed_stands
    }
    assert len(wrong) > 5
    assert wrong <= spoken
    counts = class_counts(report)
    assert sum(count for (filed, right), count in counts.items() if filed and right not in (filed, "?")) == len(wrong)


def test_a_defensible_class_is_named_beside_the_one_filed(samples):
    shown = CliRunner().invoke(
        app, ["review", str(samples / "city-education-projects.txt"), "-p", "22", "--lang", "en"]
    )
    assert shown.exit_code == 0
    assert "social or quality" in " ".join(shown.stdout.split())
