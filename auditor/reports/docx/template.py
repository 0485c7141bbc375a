"""Filling in a Word template: `{{ names }}`, loops and conditions, and nothing that could run anything else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from auditor.reports.xlsx.cells import clean, undated
from auditor.wording import AuditorError


def fill(template: Path, values: dict[str, Any]) -> bytes:
    """Return the DOCX file at `template` with `values` (texts, numbers, lists and dicts of them) filled in.

    Texts are shown as they are, whatever marks they hold; a template reaches nothing but these values. Raises
    AuditorError for a file that is no DOCX, a mistake in the template and a name that does not exist.
    """
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        document = DocxTemplate(io.BytesIO(template.read_bytes()))
        document.render(_plain(values), environment, autoescape=True)
        out = io.BytesIO()
        document.save(out)
    except (OSError, zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise AuditorError(
            f"DOCX 模板无法使用：{template}：{error or type(error).__name__}",
            f"the DOCX template cannot be used: {template}: {error or type(error).__name__}",
        ) from error
    except (TemplateError, SecurityError, TypeError, ArithmeticError, RecursionError) as error:
        near = "".join(getattr(error, "docx_context", ())).strip().replace("\n", " ")[:80]
        raise AuditorError(
            f"DOCX 模板 {template} 有误：{error}{f'；位置在“{near}”附近' if near else ''}；可用的名称见 rules/templates/README.md",
            f"the DOCX template {template} has a mistake: {error}{f'; near “{near}”' if near else ''}; "
            "rules/templates/README.md lists the names there are",
        ) from error
    return undated(out.getvalue())


def _plain(value: Any) -> Any:
    """Return values whose texts hold no control characters: some of them mean paragraphs and pages to the template."""
    if isinstance(value, str):
        return clean(value).replace("\t", " ")
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value
