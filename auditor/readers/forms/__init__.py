"""Official forms: which one a file holds, and its reading as that form."""

from auditor.readers.forms.recognise import understand

__all__ = ["understand"]
