"""Cells in which a spreadsheet could not compute anything: #N/B, #REF!, Err:502, in whichever language it speaks."""

from __future__ import annotations

import re

import polars as pl

UNCOMPUTED = "#NOT COMPUTED!"
"""The text of a formula whose result is not in the file: made by a program, and never opened in a spreadsheet."""
_SAID = """
#N/A #N/B #NV #N/D #I/T #SAKNAS! #PUUTTUU! #BRAK! #ND
#REF! #VERW! #BEZUG! #RIF! #REFERENCE! #REFERENS! #VIITTAUS! #ADR! #¡REF!
#DIV/0! #DEEL/0! #¡DIV/0! #DIVISION/0! #JAKO/0! #DZIEL/0!
#VALUE! #WAARDE! #WERT! #VALEUR! #VALORE! #¡VALOR! #VALOR! #VÆRDI! #VÄRDEFEL! #VERDI! #ARVO! #ARG!
#NAME? #NAAM? #NOM? #¿NOMBRE? #NOME? #NAVN? #NAMN? #NIMI? #NAZWA?
#NUM! #GETAL! #ZAHL! #NOMBRE! #¡NUM! #NÚM! #OGILTIGT! #LUKU! #LICZBA!
#NULL! #LEEG! #NUL! #¡NULO! #NULO! #NULLO! #SKÄRNING! #TYHJÄ! #ZERO!
#SPILL! #OVERLOOP! #ÜBERLAUF! #EPARS! #EXPANSIÓN! #CALC! #BEREKENEN! #KALK! #CALCUL! #FIELD! #VELD! #BLOCKED! #BUSY!
#UNKNOWN! #CONNECT! #EXTERNAL! #GETTING_DATA
"""  # of Excel in a dozen languages
_KNOWN = sorted({*_SAID.split(), UNCOMPUTED})
ERROR = f"^(?:{'|'.join(map(re.escape, _KNOWN))}|(?:Err|Fout|Fehler|Erreur|Error):[0-9]{{3}})$"
"""What such a cell holds; it tells of nobody. LibreOffice has Fout:502."""


def is_error(text: pl.Expr) -> pl.Expr:
    """Tell of a column of texts whether a cell holds an error."""
    return text.str.contains(ERROR)


def said_error(text: object) -> bool:
    """Tell whether a text is an error, which a message may quote however few have it."""
    return isinstance(text, str) and re.match(ERROR, text) is not None
