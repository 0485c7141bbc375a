"""Where rules, models and reference texts lie: inside the wheel, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the path of a shipped file or folder such as `rules/units.csv`.

    Raises FileNotFoundError with both places tried, which means that the installation is incomplete.
    """
    for root in (_PACKAGE / "_bundled", _PACKAGE.parent):
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(
        f"{name} is neither bundled with the package nor in the checkout around it; reinstall indicator-auditor"
    )
