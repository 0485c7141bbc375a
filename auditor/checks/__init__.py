"""Rules that need code: one module a family, one function a check.

A check takes a Subject (or a Batch, for rules that look at the batch) and the Profile in force and yields Marks. It
knows nothing of ids, severities or wording; a rule file names it as `module.function` and gives its parameters.
"""
