"""Respondent files: formats, columns, values, and the quoting of these."""
