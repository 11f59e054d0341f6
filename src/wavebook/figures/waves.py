"""The names of waves for readers."""

from __future__ import annotations

from wavebook.core import periods
from wavebook.core.units import Language
from wavebook.definitions import Definitions
from wavebook.language import wording


def called(d: Definitions, wave: str, language: Language, *, short: bool = False) -> str:
    """Name of a wave: its declared label, or else the period that its key names, or else the key.

    Where a key names another period than the one that is declared, as for three months up to March 2024, the name is of
    the months declared. A ``short`` name is for an axis; there the key takes the place of a declared label.
    """
    declared = d.waves[wave]
    if declared.label is not None:
        return wave if short else declared.label[language]
    if declared.period is None or declared.period == periods.named(wave) or periods.named(wave) is None:
        return wording.period(wave, language, short=short) or wave
    return wave if short else wording.months(declared.period, language)
