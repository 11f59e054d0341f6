"""Questions about a series: what changed from one wave to the next, and whether that breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from wavebook.core.problems import Problem
from wavebook.definitions.base import Text
from wavebook.definitions.measurements import Changeable, Same, Wave
from wavebook.definitions.model import Definitions

CHANGEABLE: tuple[Changeable, ...] = get_args(Changeable)


def changes(d: Definitions) -> dict[tuple[str, str], list[Changeable]]:
    """What differs between a wave and the last one before it of which the same is known, by these two.

    A made-up wave is compared with made-up ones only: it is not of the series.
    """
    found: dict[tuple[str, str], list[Changeable]] = {}
    last: dict[tuple[Changeable, bool], tuple[str, str]] = {}
    for key, wave in d.waves.items():
        for what in CHANGEABLE:
            now = _plain(_told(wave, what))
            kind: tuple[Changeable, bool] = what, wave.made_up
            if not now:
                continue
            if kind in last and last[kind][1] != now:
                found.setdefault((last[kind][0], key), []).append(what)
            last[kind] = key, now
    return found


def problems(d: Definitions) -> Iterator[Problem]:
    """List changes that are neither a break nor declared to be none, and answers to what nobody asked."""
    changed = changes(d)
    for (start, end), several in changed.items():
        denied = {what for item in d.same if _within(d, (start, end), item) for what in item.despite}
        left: list[Changeable] = [what for what in several if what not in denied]
        bare = _without_break(d, start, end) if left else []
        if bare:
            told = ", ".join(
                f"{what} ({_told(d.waves[start], what)}; then {_told(d.waves[end], what)})" for what in left
            )
            some = "" if len(bare) == len(d.indicators) else f" for {', '.join(bare)}"
            found = f"differs from {start} in {told}, and nothing says whether the series breaks there{some}"
            ends = f'from = "{start}", to = "{end}"'
            despite = ", ".join(f'"{what}"' for what in left)
            action = (
                f"If it breaks, add [[breaks]] with {ends}, its kind and a reason; "
                f"if it is still the same, add [[same]] with {ends}, despite = [{despite}] and a reason."
            )
            yield Problem("W219", f"data/waves.toml, waves.{end}", found, action)
    for number, item in enumerate(d.same, 1):
        place = f"data/waves.toml, same, number {number}"
        if not {item.start, item.end} <= d.waves.keys():
            continue
        inside = {what for pair, several in changed.items() if _within(d, pair, item) for what in several}
        for what in item.despite:
            if what not in inside:
                found = f"{what} did not change between {item.start} and {item.end}, as far as it is declared"
                yield Problem("W220", place, found, f"Take {what} out of despite, or declare what it was.")
        for other, broken in enumerate(d.breaks, 1):
            if not broken.indicators and (broken.start, broken.end) == (item.start, item.end):
                found = f"says that nothing breaks, and break number {other} says that everything does"
                yield Problem("W220", place, found, "Keep one of the two.")


def _told(wave: Wave, what: Changeable) -> str:
    """What a wave declares, in the language of the book's root; empty where it is not known."""
    told = getattr(wave, what)
    return told.said if isinstance(told, Text) else told or ""


def _plain(told: str) -> str:
    """A text without what makes no difference: capitals and spaces."""
    return " ".join(told.casefold().split())


def _within(d: Definitions, pair: tuple[str, str], item: Same) -> bool:
    """Tell whether two waves lie between those that a denial is about."""
    known = {item.start, item.end} <= d.waves.keys()
    return known and d.order(item.start) <= d.order(pair[0]) and d.order(pair[1]) <= d.order(item.end)


def _without_break(d: Definitions, start: str, end: str) -> list[str]:
    """The indicators of which no break lies between two waves."""
    low, high = d.period_of(start), d.period_of(end)
    between = [b for b in d.breaks if (ends := (d.period_of(b.start), d.period_of(b.end))) and _cross(ends, low, high)]
    return [name for name in d.indicators if not any(not b.indicators or name in b.indicators for b in between)]


def _cross(ends: tuple, low: object, high: object) -> bool:
    """Tell whether a break with these periods at its ends lies between two others, as far as all are known."""
    return None not in (*ends, low, high) and ends[0] < high and low < ends[1]
