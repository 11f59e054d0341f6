"""The names of waves for readers."""

from __future__ import annotations

from wavebook.core import periods
from wavebook.core.units import Language
from wavebook.definitions import Definitions
from wavebook.language import wave_names
from wavebook.language.wave_names import WaveName


def called(d: Definitions, wave: str, language: Language, *, short: bool = False) -> WaveName:
    """Name of a wave: its declared label, or else the period that its key names, or else the key.

    Where a key names another period than the one that is declared, as for three months up to March 2024, the name is of
    the months declared. A ``short`` name is for an axis; there the key takes the place of a declared label.
    """
    declared = d.waves[wave]
    own, of_key = declared.label is not None, periods.named(wave)
    other = declared.period is not None and of_key is not None and declared.period != of_key
    if short:
        return WaveName(wave if own or other else wave_names.of_axis(wave, language) or wave)
    if declared.label is not None:
        name = WaveName(declared.label[language])
    elif declared.period is not None and other:
        name = wave_names.of_months(declared.period, language)
    else:
        name = wave_names.named(wave, language)
    if declared.prose is None and of_key and not own:
        return name
    return wave_names.of_label(name, declared.prose[language] if declared.prose else name, language)
