"""The declarations of a book: the checked contents of the TOML and BibTeX files in ``data/``."""

from wavebook.core.units import LARGEST, Language, Unit
from wavebook.definitions.base import Day, Declaration, Text
from wavebook.definitions.loading import REVISIONS, load_definitions
from wavebook.definitions.measurements import Break, Sample, Wave
from wavebook.definitions.model import (
    Definitions,
    Deviation,
    Disclosure,
    Fact,
    Indicator,
    Revision,
    meanings_of,
)
from wavebook.definitions.responses import ResponseFile
from wavebook.definitions.waves import WaveKey, in_order, is_wave_key, wave_key

__all__ = [
    "LARGEST",
    "REVISIONS",
    "Break",
    "Day",
    "Declaration",
    "Definitions",
    "Deviation",
    "Disclosure",
    "Fact",
    "Indicator",
    "Language",
    "ResponseFile",
    "Revision",
    "Sample",
    "Text",
    "Unit",
    "Wave",
    "WaveKey",
    "in_order",
    "is_wave_key",
    "load_definitions",
    "meanings_of",
    "wave_key",
]
