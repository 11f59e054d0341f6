"""Cells in which a spreadsheet could not compute anything: #N/B, #REF!, Err:502, in whichever language it speaks."""

from __future__ import annotations

import re

import polars as pl

ERROR = r"^(?:#[¡¿]?[A-ZÀ-Þ/0]+(?: [A-ZÀ-Þ/0]+)*[!?]?|(?:Err|Fout|Fehler|Erreur|Error):[0-9]{3})$"
"""What such a cell holds: #N/A, #N/B, #DEEL/0!, #BEZUG!, #VALEUR!, #¿NOMBRE?, Fout:502. It tells of nobody."""


def is_error(text: pl.Expr) -> pl.Expr:
    """Tell of a column of texts whether a cell holds an error."""
    return text.str.contains(ERROR)


def said_error(text: object) -> bool:
    """Tell whether a text is an error, which a message may quote however few have it."""
    return isinstance(text, str) and re.match(ERROR, text) is not None
