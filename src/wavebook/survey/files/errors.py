"""Cells in which a spreadsheet could not compute anything: #N/B, #REF!, Err:502, in whichever language it speaks."""

from __future__ import annotations

import polars as pl

ERROR = r"^(?:#[¡¿]?[\p{Lu}/0]+(?: [\p{Lu}/0]+)*[!?]?|(?:Err|Fout|Fehler|Erreur|Error):[0-9]{3})$"
"""What such a cell holds: #N/A, #N/B, #DEEL/0!, #BEZUG!, #VALEUR!, #¿NOMBRE?, Fout:502."""


def is_error(text: pl.Expr) -> pl.Expr:
    """Tell of a column of texts whether a cell holds an error."""
    return text.str.contains(ERROR)
