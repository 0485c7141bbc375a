"""What a project, its goal and its indicators are about, and whether they speak of one thing."""

from auditor.relevance.judgement import Relevance, judge
from auditor.relevance.subject import SubjectProfile, subject_of

__all__ = ["Relevance", "SubjectProfile", "judge", "subject_of"]
