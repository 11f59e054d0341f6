"""What is said of an edition that may not go out yet, on every page and whatever leaves it."""

from __future__ import annotations

from wavebook.core.units import Language
from wavebook.figures import Figures
from wavebook.language import wording
from wavebook.language.words import words_in


def until(figures: Figures) -> str:
    """The moment until which an edition is under embargo, as files write it; empty if it is not."""
    moment = figures.definitions.waves[figures.wave].embargo
    return moment.isoformat() if moment else ""


def told(figures: Figures, language: Language) -> str:
    """The same for readers who have it early, in a sentence or two; empty if it is not."""
    moment = figures.definitions.waves[figures.wave].embargo
    if moment is None:
        return ""
    minutes = round((moment.utcoffset() or moment - moment).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    zone = "UTC" if not minutes else f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")
    day = wording.date(moment.date().isoformat(), language)
    return words_in(language).theme.words["embargo"].format(day=day, time=f"{moment:%H:%M}", zone=zone)
