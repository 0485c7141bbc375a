"""Text that stands in several projects: which rows share it, and whether they are one programme. Pure functions."""

from auditor.reuse.exact import exact_groups
from auditor.reuse.programme import programme, same_programme
from auditor.reuse.twins import twins

__all__ = ["exact_groups", "programme", "same_programme", "twins"]
