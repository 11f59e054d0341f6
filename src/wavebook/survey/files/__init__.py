"""Respondent files as they are: formats, columns, values, and what of them may be quoted."""
