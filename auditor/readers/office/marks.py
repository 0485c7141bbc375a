"""What a workbook says about single cells beyond their values; calamine keeps it to itself."""

from __future__ import annotations

from collections.abc import Collection
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

    def without(self, cells: Collection[Position], height: int, width: int) -> Marks:
        """Return the marks of a sheet that lacks `cells` and therefore ends at `height` and `width`."""
        left_out = frozenset(cells)
        return Marks(
            {at: code for at, code in self.formats.items() if at not in left_out},
            {at: error for at, error in self.errors.items() if at not in left_out},
            [at for at in self.uncomputed if at not in left_out],
            height,
            width,
        )
