"""Documents against each other: a department's form and its project table, an upper level's table and a lower one's."""

from auditor.links.department import department_links
from auditor.links.levels import level_links
from auditor.links.pairs import compare, linked

__all__ = ["compare", "department_links", "level_links", "linked"]
