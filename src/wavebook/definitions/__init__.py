"""The declarations of a book: the checked contents of the TOML and BibTeX files in ``data/``."""

from wavebook.core.text import CONTROL
from wavebook.core.units import LARGEST, Language, Unit
from wavebook.definitions.base import Day, Declaration, Text
from wavebook.definitions.loading import REVISIONS, find_root, load_definitions
from wavebook.definitions.model import (
    Break,
    Definitions,
    Deviation,
    Disclosure,
    Fact,
    Indicator,
    Revision,
    Sample,
    meanings_of,
)
from wavebook.definitions.responses import ResponseFile

__all__ = [
    "CONTROL",
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
    "find_root",
    "load_definitions",
    "meanings_of",
]
