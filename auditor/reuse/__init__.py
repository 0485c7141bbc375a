"""Text that stands in several projects: which rows share it, and whether they are one programme. Pure functions."""

from auditor.reuse.programme import programme, same_programme
from auditor.reuse.search import Border, BorderPair, explain_cut, reuse_groups
from auditor.reuse.twins import twins

__all__ = ["Border", "BorderPair", "explain_cut", "programme", "reuse_groups", "same_programme", "twins"]
