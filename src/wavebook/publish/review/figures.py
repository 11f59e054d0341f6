"""The figures of two waves, with those that moved by more than chance explains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

import polars as pl

from wavebook.claims import Evidence
from wavebook.core.multiplicity import adjusted, last_step
from wavebook.figures import Figure, Figures, Key
from wavebook.figures.accuracy import accuracy
from wavebook.language import wording
from wavebook.publish.review.differences import Move
from wavebook.survey.estimation import estimate

ALPHA = 0.05


class Test(NamedTuple):
    """The test of a change; without an interval where only one of the errors is known."""

    p: float
    low: float | None
    high: float | None
    half_known: bool


def compare_figures(figures: Figures) -> list[Move]:
    """Every figure of the baseline and the wave of ``figures``, with its change.

    Waves are independent samples. Nothing is computed across a full break, or of a suppressed figure.
    """
    table = {f.key: f for f in figures}
    keys = {key._replace(wave=figures.wave): None for key in table if key.wave in (figures.baseline, figures.wave)}
    pairs = {key: (table.get(key._replace(wave=figures.baseline)), table.get(key)) for key in keys}
    barred = {key: _barred(figures, key, *pair) for key, pair in pairs.items()}
    compared = {
        key: (old, new) for key, (old, new) in pairs.items() if old is not None and new is not None and not barred[key]
    }
    tests = _tests(figures, compared)
    # Holm's last step: the level that k of m differences passed, and no other; the same for rounded ones
    found = sum(test.p <= ALPHA for test in tests.values())
    level = last_step(found, len(tests), ALPHA)
    moves = {key: Move(key, *_called(figures, key), barred[key], *pairs[key]) for key in keys}
    moves |= {key: _moved(figures, moves[key], *pair, level, tests.get(key)) for key, pair in compared.items()}
    return list(moves.values())


def in_order(moves: Iterable[Move]) -> list[Move]:
    """Sort everyone first, then other populations, then each breakdown; within these by importance."""
    return sorted(moves, key=lambda m: (m.key.segment_by, m.key.population != "", m.group, m.order))


def _barred(figures: Figures, key: Key, before: Figure | None, after: Figure | None) -> str:
    """The verdict on two figures that are not compared; empty on all others."""
    if any(f is not None and f.status == "suppressed" for f in (before, after)):
        return "suppressed"
    if before is None or after is None:
        return "new" if before is None else "vanished"
    return "full" if figures.definitions.full_break(key.indicator, figures.baseline, figures.wave) else ""


def _tests(figures: Figures, pairs: dict[Key, tuple[Figure, Figure]]) -> dict[Key, Test]:
    """Interval and adjusted p-value of changes of which at least one error is known.

    An unknown one counts as zero, which makes p too small.
    """
    errors = {key: [accuracy(f, figures.definitions).se for f in pair] for key, pair in pairs.items()}
    pairs = {key: pair for key, pair in pairs.items() if any(errors[key])}
    before, after = (
        pl.DataFrame(
            [(str(key), pair[side].value, errors[key][side] or 0.0) for key, pair in pairs.items()],
            schema={"indicator": pl.String, "value": pl.Float64, "se": pl.Float64},
            orient="row",
        )
        for side in (0, 1)
    )
    rows = estimate.difference(before, after).to_dicts()
    tests: dict[Key, Test] = {}
    for key, row, p in zip(pairs, rows, adjusted(row["p"] for row in rows), strict=True):
        if p is None:
            raise ValueError(f"the change of {key} has no p-value")
        half_known = None in errors[key]
        low, high = (None, None) if half_known else (row["ci_low"], row["ci_high"])
        tests[key] = Test(p, low, high, half_known)
    return tests


def _called(figures: Figures, key: Key) -> tuple[str, str]:
    """The names of a figure's group and of the figure itself."""
    d, said = figures.definitions, figures.language
    indicator = d.indicators[key.indicator]
    label = indicator.name[said] + (f": {indicator.categories[key.category][said]}" if key.category else "")
    group = [f"{d.breakdowns[key.segment_by][said]}: {figures.segment_label(key)}"] if key.segment_by else []
    people = d.people(key.population)
    if key.population or not key.segment_by:
        group += [": ".join([*(() if key.population else ("everyone",)), *((people[said],) if people else ())])]
    return ", ".join(group), label


def _moved(figures: Figures, move: Move, before: Figure, after: Figure, level: float, test: Test | None) -> Move:
    """The change between two figures that may be compared; ``level`` is the two-sided one of each test."""
    d, verdict = figures.definitions, _verdict(figures, before, after, level)
    crossed = d.breaks_between(move.key.indicator, figures.baseline, figures.wave)
    remarks = [f"across the noted break {figures.called(b.start)}–{figures.called(b.end)}" for b in crossed]
    unknown = [figures.called(f.key.wave) for f in (before, after) if accuracy(f, d).se is None]
    if unknown and verdict in ("rose", "fell"):
        remarks.append(f"beyond rounding; error of {' and '.join(unknown)} not known")
    against = _other_way(figures, verdict, after, level)
    if against:
        remarks.insert(
            0, f"{'lower' if verdict == 'rose' else 'higher'} than in {figures.called(against)}, the baseline"
        )
    change = wording.exact(_value(after)) - wording.exact(_value(before))
    found = replace(move, verdict=verdict, change=change, remark="; ".join(remarks), against=against)
    return replace(found, **test._asdict()) if test else found


def _other_way(figures: Figures, verdict: str, after: Figure, level: float) -> str:
    """The baseline of the book, if it is an earlier wave and the figure moved the other way since; else empty."""
    d, key = figures.definitions, after.key._replace(wave=figures.definitions.baseline)
    earlier = d.order(d.baseline) < d.order(figures.baseline)
    if verdict not in ("rose", "fell") or not earlier or not figures.has(key):
        return ""
    if d.full_break(key.indicator, key.wave, after.key.wave):
        return ""
    fell = Evidence(figures, level).positive([(-1, after), (1, figures[key])]).truth
    return d.baseline if fell is (verdict == "rose") else ""


def _value(figure: Figure) -> float:
    if figure.value is None:
        raise ValueError(f"{figure.key} is suppressed: it is compared with nothing")
    return figure.value


def _verdict(figures: Figures, before: Figure, after: Figure, level: float) -> str:
    if before.printed == after.printed:
        return "alike"
    found = Evidence(figures, level).positive([(1, after), (-1, before)])
    if found.truth is not None:
        return "rose" if found.truth else "fell"
    return "chance" if found.kinds == {"chance"} else "open"


def without_errors(moves: Iterable[Move], before: str, after: str) -> Iterator[str]:
    """A line for each wave with unknown errors."""
    for wave, side in ((before, "before"), (after, "after")):
        shown = [f for f in (getattr(m, side) for m in moves) if f is not None and f.status != "suppressed"]
        without = sum(f.se is None for f in shown)
        if without:
            yield f"Sampling error of {without} of the {len(shown)} figures of {wave}: their changes have no interval."


def only_in(figures: Figures, here: str, there: str) -> list[str]:
    """Indicators, answers, segments and populations with figures in only one of the waves."""
    d, said = figures.definitions, figures.language
    seen: dict[str, dict[tuple[str, ...], str]] = {here: {}, there: {}}
    for key in (f.key for f in figures if f.key.wave in seen):
        item, found = d.indicators[key.indicator], seen[key.wave]
        found[key.indicator,] = f"indicator “{item.name[said]}” ({key.indicator}), base: {d.bases[item.base][said]}"
        if key.category:
            found[key.indicator, key.category] = f"answer “{item.categories[key.category][said]}” ({key.name})"
        if key.segment_by:
            found["", key.segment_by, key.segment] = f"{key.segment_by} “{figures.segment_label(key)}”"
        if people := d.people(key.population):
            found["", key.population] = f"population “{people[said]}”"
    gone = seen[here].keys() - seen[there].keys()  # an indicator that is gone takes its answers with it
    return sorted(seen[here][part] for part in gone if len(part) == 1 or part[:1] not in gone)
