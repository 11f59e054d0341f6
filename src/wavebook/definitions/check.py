"""Checks of declarations against each other: undeclared names, overlapping codes, dates out of order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from wavebook.core.hints import after, nearest
from wavebook.core.problems import Problem
from wavebook.core.spans import overlap, span
from wavebook.definitions import continuity, same_names, technical, waves
from wavebook.definitions.measurements import Break, Same
from wavebook.definitions.model import Definitions, meanings_of
from wavebook.definitions.responses import DESIGN, ResponseFile, Weighting
from wavebook.definitions.units import wrong_use


def problems(d: Definitions) -> Iterator[Problem]:
    """List names that are not declared, bases that are not used, and declarations that contradict each other."""
    yield from _in_units(d)
    yield from _in_indicators(d)
    yield from _in_crossings(d)
    yield from _in_segments(d)
    yield from same_names.problems(d)
    yield from _in_waves(d)
    yield from [*_in_breaks(d)] or continuity.problems(d)
    yield from technical.problems(d)
    yield from _in_unknown(d)
    yield from _in_changes(d)
    yield from _in_facts(d)
    for base in d.bases.keys() - {i.base for i in d.indicators.values()}:
        place = f"data/indicators.toml, bases.{base}"
        yield Problem("W205", place, "no indicator uses this base", "Remove it, or use it.")


def _declared(name: str, known: Iterable[str], place: str, what: str) -> Iterator[Problem]:
    """Report a name that is not among ``known``."""
    if name not in known:
        close = nearest(name, known)
        hint = f"Declare it, or write {close}." if close else "Declare it."
        yield Problem("W204", place, f"{what} {name} is not declared", hint)


def _in_units(d: Definitions) -> Iterator[Problem]:
    for name, measure in d.units.items():
        yield from measure.problems(name)
    for name in d.units.keys() - {indicator.unit.name for indicator in d.indicators.values()}:
        place = f"data/indicators.toml, units.{name}"
        yield Problem("W205", place, "no indicator has this unit", "Remove it, or use it.")
    for name, indicator in d.indicators.items():
        yield from wrong_use(name, indicator.unit, indicator.scale, bool(indicator.categories))
        yield from _balance_problems(d, name)


def _balance_problems(d: Definitions, name: str) -> Iterator[Problem]:
    """Report a balance that is not made of shares of the same people."""
    indicator = d.indicators[name]
    place, parts = f"data/indicators.toml, indicators.{name}", (*indicator.plus, *indicator.minus)
    if parts and not (indicator.plus and indicator.minus and indicator.unit.kind == "balance"):
        found = "plus and minus go together, and with a unit of the kind balance"
        yield Problem("W217", place, found, "Add the other, and say unit = balance.")
    if len(set(parts)) < len(parts):
        yield Problem("W217", place, "a share counts twice", "Name each share once, under plus or under minus.")
    shares = {
        f"{other}.{category}" if category else other: one.base
        for other, one in d.indicators.items()
        if one.unit.is_share
        for category in (one.categories or ("",))
    }
    for part in parts:
        if part not in shares:
            yield Problem("W217", place, f"{part} is not a share{after(part, shares)}", "Correct it.")
        elif shares[part] != indicator.base:
            yield Problem("W217", place, f"{part} is about {shares[part]}, not {indicator.base}", "Give both one base.")
    for year, wave in d.waves.items():
        if parts and wave.responses and name in wave.responses.columns:
            where = f"data/waves.toml, waves.{year}.responses.columns.{name}"
            yield Problem("W217", where, "is a balance of shares, and has a column", "Remove the column.")


def _in_indicators(d: Definitions) -> Iterator[Problem]:
    for name, indicator in d.indicators.items():
        yield from _declared(indicator.base, d.bases, f"data/indicators.toml, indicators.{name}.base", "base")
        for year in indicator.waves or ():
            yield from _declared(year, d.waves, f"data/indicators.toml, indicators.{name}.waves", "wave")
        place = f"data/indicators.toml, indicators.{name}.compare"
        for other in indicator.compare:
            yield from _declared(other, d.indicators, place, "indicator")
            if other == name:
                yield Problem("W203", place, "names the indicator itself", "Name another, or remove it.")
            elif other in d.indicators and d.indicators[other].unit != indicator.unit:
                found = f"{other} is a {d.indicators[other].unit.described}, not a {indicator.unit.described}"
                yield Problem("W203", place, found, "Name an indicator of the same unit, or remove it.")


def _in_crossings(d: Definitions) -> Iterator[Problem]:
    """List crossings of what is not declared, or is no crossing."""
    for number, crossing in enumerate(d.crossings, 1):
        place = f"data/indicators.toml, crossings, number {number}"
        for name in crossing.of:
            yield from _declared(name, d.segments, place, "breakdown")
        if set(crossing.of) in [set(earlier.of) for earlier in d.crossings[: number - 1]]:
            yield Problem("W203", place, f"crosses {' and '.join(crossing.of)} again", "Keep one of the two.")
        for inner, outer in (crossing.of, crossing.of[::-1]):
            if inner in d.segments and outer in _above(d, inner):
                found = f"{inner} lies within {outer}, so every combination is one segment of {inner} or nobody"
                yield Problem("W203", place, found, f"Remove it: figures by {inner} say the same.")


def _in_segments(d: Definitions) -> Iterator[Problem]:
    """List breakdowns with a name that they cannot have, and segments without a parent that they should have."""
    for name, breakdown in d.segments.items():
        place = f"data/indicators.toml, segments.{name}"
        if name == "population":
            yield Problem("W203", place, "is what keys call a population, not a breakdown", "Give it another name.")
        if breakdown.within is None:
            if breakdown.parents:
                yield Problem("W203", f"{place}.parents", "are of no breakdown", "Name that one with within.")
            continue
        yield from _declared(breakdown.within, d.segments, f"{place}.within", "breakdown")
        if name in _above(d, name):
            yield Problem("W203", f"{place}.within", "leads back to itself", "Name the larger one in the smaller one.")
        for value in breakdown.values.keys() - breakdown.parents.keys():
            action = f"Say in which {breakdown.within} it lies, in [segments.{name}.parents]."
            yield Problem("W203", f"{place}.parents", f"{value} is missing", action)
        for value, parent in breakdown.parents.items():
            yield from _declared(value, breakdown.values, f"{place}.parents", "segment")
            if breakdown.within in d.segments:
                known = d.segments[breakdown.within].values
                yield from _declared(parent, known, f"{place}.parents.{value}", breakdown.within)


def _above(d: Definitions, name: str) -> list[str]:
    """The breakdowns within whose segments those of ``name`` lie, the nearest first; ends where it comes back."""
    found: list[str] = []
    while (breakdown := d.segments.get(name)) and breakdown.within and breakdown.within not in found:
        found.append(name := breakdown.within)
    return found


def _in_waves(d: Definitions) -> Iterator[Problem]:
    yield from waves.problems({key: wave.period or waves.period_of(key) for key, wave in d.waves.items()}, d.indicators)
    yield from _declared(d.baseline, d.waves, "data/waves.toml, baseline", "wave")
    for year, wave in d.waves.items():
        named = {"source": wave.source, "report": wave.report}
        named |= {"described.source": wave.described.source} if wave.described else {}
        for name, source in named.items():
            if source is not None:
                yield from _declared(source, d.sources, f"data/waves.toml, waves.{year}.{name}", "source")
        for number, sample in enumerate(wave.samples, 1):
            place = f"data/waves.toml, waves.{year}.samples, number {number}"
            if sample.source:
                yield from _declared(sample.source, d.sources, place, "source")
            for name in sample.indicators:
                yield from _declared(name, d.indicators, place, "indicator")
        if wave.responses:
            place = f"data/waves.toml, waves.{year}.responses"
            yield from _declared(wave.responses.source, d.sources, f"{place}.source", "source")
            yield from _response_problems(d, wave.responses, place)


def _in_breaks(d: Definitions) -> Iterator[Problem]:
    for number, item in enumerate(d.breaks, 1):
        place = f"data/waves.toml, breaks, number {number}"
        for year in (item.start, item.end):
            yield from _declared(year, d.waves, place, "wave")
        for name in item.indicators:
            yield from _declared(name, d.indicators, place, "indicator")
        yield from _in_order(d, item, place)
        for other, earlier in enumerate(d.breaks[: number - 1], 1):
            shared = not item.indicators or not earlier.indicators or set(item.indicators) & set(earlier.indicators)
            if (earlier.start, earlier.end) == (item.start, item.end) and earlier.kind != item.kind and shared:
                found = f"is {item.kind}, and number {other} says {earlier.kind} of the same"
                yield Problem("W203", place, found, "Keep one of the two.")
    for number, denied in enumerate(d.same, 1):
        place = f"data/waves.toml, same, number {number}"
        for year in (denied.start, denied.end):
            yield from _declared(year, d.waves, place, "wave")
        yield from _in_order(d, denied, place)


def _in_order(d: Definitions, item: Break | Same, place: str) -> Iterator[Problem]:
    if {item.start, item.end} <= d.waves.keys() and d.order(item.start) >= d.order(item.end):
        yield Problem("W203", place, "from is not before to", "Put the earlier wave in from.")


def _in_changes(d: Definitions) -> Iterator[Problem]:
    for line, revision in enumerate(d.revisions, 2):
        yield from _declared(revision.wave, d.waves, f"data/revisions.csv:{line}", "wave")
    for number, correction in enumerate(d.corrections, 1):
        place = f"data/corrections.toml, corrections, number {number}"
        yield from _declared(correction.wave, d.waves, place, "wave")
        if correction.identity in [c.identity for c in d.corrections[: number - 1]]:
            yield Problem("W203", place, "repeats an earlier one", "Keep one of the two.")


def _in_unknown(d: Definitions) -> Iterator[Problem]:
    """List names in ``[[unknown]]`` that are not declared."""
    for number, item in enumerate(d.unknown, 1):
        place = f"data/waves.toml, unknown, number {number}"
        yield from _declared(item.wave, d.waves, place, "wave")
        for text in item.figures:
            name, _, selectors = text.partition("@")
            indicator, _, category = name.strip().partition(".")
            yield from _declared(indicator, d.indicators, place, "indicator")
            if category and indicator in d.indicators:
                yield from _declared(category, d.indicators[indicator].categories, place, f"answer of {indicator}")
            for part in filter(None, map(str.strip, selectors.split(","))):
                by, _, segment = (piece.strip() for piece in part.partition("="))
                known = {**{b: d.segments[b].values for b in d.segments}, "population": d.populations}
                yield from _declared(by, known, place, "breakdown")
                if by in known:
                    yield from _declared(segment, known[by], place, by)


def _in_facts(d: Definitions) -> Iterator[Problem]:
    for name, fact in d.facts.items():
        if round(fact.value, fact.decimals) != fact.value:
            found = f"{fact.value:g} has more decimals than the {fact.decimals} that readers see"
            action = "Write decimals = with their number, and the value as its source has it."
            yield Problem("W203", f"data/context.toml, {name}.value", found, action)
        if fact.of is not None and fact.value > fact.of:
            found = f"{fact.value} cannot be part of {fact.of}"
            yield Problem("W203", f"data/context.toml, {name}.value", found, "Correct one of the two.")
        yield from _declared(fact.source, d.sources, f"data/context.toml, {name}.source", "source")
        if fact.since is not None:
            yield from _declared(fact.since, d.waves, f"data/context.toml, {name}.since", "wave")


def _response_problems(d: Definitions, file: ResponseFile, place: str) -> Iterator[Problem]:
    """List names, categories and meanings in a wave's responses that are not declared."""
    for name in file.columns:
        if name != "population" and name not in d.segments and name not in d.indicators:
            action = "Declare it in data/indicators.toml, or correct its spelling."
            yield Problem("W204", f"{place}.columns.{name}", "is not an indicator, breakdown or population", action)
        elif name in DESIGN:
            yield Problem("W203", f"{place}.columns.{name}", "is a name of the design", "Rename it everywhere.")
    for table in ("codes", "ranges", "asked_if", "separator"):
        names = getattr(file, table)
        for name in names.keys() - file.columns.keys() if isinstance(names, dict) else ():
            yield Problem("W204", f"{place}.{table}.{name}", "has no column", f"Add it to {place}.columns.")
    for name in file.separator if isinstance(file.separator, dict) else ():
        if name in file.columns and not (name in d.indicators and d.indicators[name].categories):
            found = "has no categories, so a cell cannot hold several of them"
            yield Problem("W203", f"{place}.separator.{name}", found, "Remove it.")
    for name, columns in file.columns.items():
        if name == "population" or name in d.segments or name in d.indicators:
            yield from _column_problems(d, file, place, name, columns)
    if file.weighting is not None:
        yield from _weighting_problems(file.weighting, f"{place}.weighting")
    for name, (low, high) in file.ranges.items():
        if low >= high:
            yield Problem("W203", f"{place}.ranges.{name}", "the first is not below the last", "Swap them.")


def _weighting_problems(weighting: Weighting, place: str) -> Iterator[Problem]:
    if weighting.bounds and not 0 <= weighting.bounds[0] < 1 < weighting.bounds[1]:
        yield Problem("W203", f"{place}.bounds", "does not lie around 1", "Write, say, [0.3, 3].")
    if weighting.method == "logit" and (weighting.bounds is None or weighting.trim is not None):
        action = "Give bounds, and no trim; or choose raking."
        yield Problem("W203", place, "the method logit needs bounds and takes no trim", action)


def _column_problems(
    d: Definitions, file: ResponseFile, place: str, name: str, columns: Mapping[str, tuple[str, ...]]
) -> Iterator[Problem]:
    indicator = d.indicators.get(name) if name not in d.segments else None
    categories = indicator.categories if indicator and indicator.unit.is_share else {}
    for category, sources in columns.items():
        where = f"{place}.columns.{name}"
        if category and not (category in categories or (categories and category == "other")):
            yield Problem("W204", f"{where}.{category}", "is not a category", f"Declare it at {name}.categories.")
        elif (not categories and len(sources) > 1) or (category not in ("", "other") and len(sources) > 1):
            yield Problem("W203", where, "needs one column and has several", "Keep one.")
        known, codes = meanings_of(d, name, category), file.meanings(name, category)
        if categories and not category and codes.get("blank") == "no":  # none of them
            codes = {code: meaning for code, meaning in codes.items() if code != "blank"}
        yield from _code_problems(codes, known, f"{place}.codes.{name}")
    for category in file.codes.get(name, {}).keys() - columns.keys() - {""}:
        yield Problem("W204", f"{place}.codes.{name}.{category}", "has no column", f"Add it to {name}.")


def _code_problems(codes: dict[str, str | float], known: tuple[str, ...], where: str) -> Iterator[Problem]:
    spans = [(code, span(code)) for code in codes if code != "blank"]
    for number, (code, one) in enumerate(spans):
        for other, earlier in spans[:number]:
            ranged = one[0] != one[1] or earlier[0] != earlier[1]
            dated = isinstance(one[0], str) and ranged and re.search("[0-9]", code + other)
            if overlap(one, earlier) and not dated:
                yield Problem("W203", where, f"codes {other} and {code} overlap", "Give each code once.")
    for code, meaning in codes.items():
        if known and meaning not in known:
            choices = ", ".join(known)
            yield Problem("W204", f"{where}.{code}", f"{meaning} is not declared", f"One of: {choices}.")
        elif not known and meaning != "missing" and isinstance(meaning, str):
            yield Problem("W203", f"{where}.{code}", f"{meaning} is not a number", "Write a number, or missing.")
