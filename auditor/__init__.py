"""Quality auditor for budget performance goals and indicators. These are the public names; heavy parts load on use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from auditor.version import __version__

if TYPE_CHECKING:
    from auditor.audit import Auditor
    from auditor.document import Document, Gap
    from auditor.finding import Finding
    from auditor.readers import read
    from auditor.report import Report
    from auditor.rulebook import Rulebook, explain, load_rulebook
    from auditor.settings import Settings

__all__ = [
    "Auditor", "Document", "Finding", "Gap", "Report", "Rulebook", "Settings", "__version__", "explain", "load_rulebook", "read",
]  # fmt: skip

_HOMES = {
    "Auditor": "auditor.audit",
    "Document": "auditor.document",
    "Finding": "auditor.finding",
    "Gap": "auditor.document",
    "Report": "auditor.report",
    "Rulebook": "auditor.rulebook",
    "Settings": "auditor.settings",
    "explain": "auditor.rulebook",
    "load_rulebook": "auditor.rulebook",
    "read": "auditor.readers",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'auditor' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
