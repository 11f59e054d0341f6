"""The names by which an editor picks figures of a chart: what stands in their keys."""

from __future__ import annotations

from wavebook.definitions.breakdowns import CROSS
from wavebook.figures import Figures, Key, MissingFigureError, Selection
from wavebook.figures.key import EVERYONE, WAVE_NAMES, typed


def fits(name: str, key: Key, figures: Figures) -> bool:
    """Tell whether ``name`` is a part of a key, or the key: with its wave, or without it for every wave.

    Parts are the wave, the indicator, the category (with its indicator or alone), a segment (with its breakdown or
    alone), a combination of segments, the population, and ``everyone`` for a figure of no segment.
    """
    name = name.strip()
    if name in WAVE_NAMES:
        return key.wave == (
            getattr(figures, name) if name != "previous" else figures.definitions.previous(figures.wave)
        )
    if "@" not in name:
        return name in _parts(key, figures)
    try:
        meant = figures.resolve(name)
    except MissingFigureError:
        return False
    parts = typed(name)
    has_wave = any("=" not in part and part != EVERYONE for part in (parts.selectors if parts else ()))
    return (key if has_wave else key._replace(wave=meant.wave)) == meant


def group_of(key: Key, selection: Selection) -> str:
    """Name for readers of the group of a figure beside others: its segments, or everyone among segments.

    In an edition about a segment, that one has its name too. Empty where nothing is split.
    """
    figures = selection.figures
    by = next((by for other in selection.keys for by, _ in other.parts), "")
    return figures.apart(key) or figures.segment_label(key) or (figures.whole(by) if by else "")


def names_in(selection: Selection) -> list[str]:
    """All names that fit a figure of a selection, among which a hint looks for the nearest."""
    return sorted({name for key in selection.keys for name in (*_parts(key, selection.figures), str(key))})


def _parts(key: Key, figures: Figures) -> set[str]:
    segments = {name for by, segment in key.parts for name in (segment, f"{by}={segment}")}
    if len(key.parts) > 1:
        segments |= {key.segment, f"{key.segment_by}={key.segment}", CROSS.join(s for _, s in reversed(key.parts))}
    population = key.population or figures.definitions.population
    return {key.indicator, key.name, key.category, population, key.wave, *segments, "" if key.parts else EVERYONE} - {
        ""
    }
