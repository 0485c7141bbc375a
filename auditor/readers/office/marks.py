"""What a workbook says about single cells beyond their values; calamine keeps it to itself."""

from __future__ import annotations

from dataclasses import dataclass, field

Position = tuple[int, int]
"""Row and column, 0-based."""


@dataclass
class Marks:
    """Remarks on the cells of one sheet, by position.

    `formats`: number format codes, only of cells that they change; `errors`: `#REF!` and the like; `uncomputed`:
    formulas whose result was never stored; `height` and `width`: rows and columns up to the last cell with content.
    """

    formats: dict[Position, str] = field(default_factory=dict)
    errors: dict[Position, str] = field(default_factory=dict)
    uncomputed: list[Position] = field(default_factory=list)
    height: int = 0
    width: int = 0
