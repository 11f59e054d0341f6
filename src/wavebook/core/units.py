"""The units of figures, the scale of each, and the languages in which figures are told."""

from typing import Literal

LARGEST = 10**15  # of a number of people or things: beyond it, floating point no longer holds every whole number

Language = str
"""A language by its code, as in ``book/<code>/``: one that has words in ``wavebook.language``."""
Unit = Literal["grade", "percent", "percentage_point", "count"]
