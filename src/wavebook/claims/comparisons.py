"""Statements that compare figures with each other: answers, groups, indicators."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from itertools import pairwise

from wavebook.claims import words
from wavebook.claims.evidence import Evidence, Finding, UntestableError, all_of, unknown
from wavebook.claims.predicate import Predicate, Way, statement
from wavebook.claims.series import _universal
from wavebook.claims.words import Said
from wavebook.definitions.breakdowns import CROSS
from wavebook.figures import Figure, Key, MissingFigureError
from wavebook.language.wording import exact


@statement
def more(one: str, two: str, times: float = 1) -> Predicate:
    """The first figure is higher than ``times`` the second. Refuted where it is shown to be as low or lower."""
    factor = "" if times == 1 else f"{times:g} × "

    def test(evidence: Evidence) -> Finding:
        a, b = evidence.pair(one, two)
        told = f"{a.key} {a.printed}, {b.key} {b.printed}"
        if factor and min(a.printed, b.printed) < 0:
            raise UntestableError(f"{told}: below nought there is no {factor.strip(' ×')} times as much")
        return evidence.positive([(1, a), (-exact(times), b)]).told(told)

    part = words.phrase("times", times=words.factor(times)) if factor else words.plain("")
    second = words.figure(two) if factor else words.other(two, one)
    said = Said("more", {"one": words.figure(one), "two": second, "times": part})
    sizes = (float(times), 100 / float(times)) if factor else ()
    rivals = () if factor else (lambda: more(two, one),)
    return Predicate(
        f"{one} is more than {factor}{two}",
        test,
        said,
        lambda: tuple(make() for make in rivals),
        sizes=sizes,
        ways=("more",),
    )


@statement
def ranked(*keys: str) -> Predicate:
    """Each figure is higher than the next one."""
    if len(keys) < 2:
        raise TypeError("ranked: an order is of two figures or more")

    def test(evidence: Evidence) -> Finding:
        pairs = [evidence.pair(a, b) for a, b in pairwise(keys)]
        told = ", ".join(f"{k} {evidence.figure(k).printed}" for k in keys)
        return all_of(evidence.positive([(1, a), (-1, b)]) for a, b in pairs).told(told)

    names = [words.other(key, keys[0]) if n else words.figure(key) for n, key in enumerate(keys)]
    said = Said("ranked", {"keys": words.listed(names)})
    return Predicate(" > ".join(keys), test, said, ways=("ranked",))


@statement
def always_more(one: str, two: str, *, known: bool = False) -> Predicate:
    """The first figure is higher than the second in every wave in which both were asked, or both are ``known``."""

    def test(evidence: Evidence) -> Finding:
        both = set.intersection(*(set(evidence.asked(text)) for text in (one, two)))
        ones, twos = ({f.key.wave: f for f in evidence.series(text, 0, both)} for text in (one, two))
        pairs = [(a, twos[wave]) for wave, a in ones.items() if wave in twos]
        if not pairs:
            raise UntestableError(f"{one} and {two} share no wave")
        evidence.apart(*pairs[0], one, two)
        if pairs[0][0].unit != pairs[0][1].unit:
            raise UntestableError(f"{one} is in {pairs[0][0].unit.described}, {two} in {pairs[0][1].unit.described}")
        told = ", ".join(f"{a.printed} and {b.printed} ({a.key.wave})" for a, b in pairs)
        return evidence.complete(all_of(evidence.positive([(1, a), (-1, b)]) for a, b in pairs).told(told), known)

    said = Said("always_more", {"one": words.figure(one, dated=False), "two": words.figure(two, dated=False)})
    return _universal(Predicate(f"{one} is always more than {two}", test, said), known)


@statement
def largest(text: str, among: Iterable[str] = (), *, known: bool = False, across: str = "") -> Predicate:
    """The figure is higher than all others of its kind: answers to its question, or else groups of its breakdown.

    Of a combination (``grade@sex=woman,age=18_34``), ``across="age"`` compares the ages of women, and ``across="sex"``
    the sexes at that age.

    ``among`` names the answers or groups meant. Without it, all declared ones are meant, and all that the question has:
    an indicator that is not ``complete`` leaves the statement open. ``known`` restricts it to those that sources give.
    """
    return _outdoes(text, _named(among), known, across, "largest", 1)


@statement
def smallest(text: str, among: Iterable[str] = (), *, known: bool = False, across: str = "") -> Predicate:
    """The figure is lower than all others of its kind; see ``largest``."""
    return _outdoes(text, _named(among), known, across, "smallest", -1)


def _named(among: Iterable[str]) -> tuple[str, ...]:
    """The answers or groups that are meant; one of them may stand by itself."""
    return (among,) if isinstance(among, str) else tuple(among)


def _outdoes(text: str, among: tuple[str, ...], known: bool, across: str, name: str, sign: int) -> Predicate:
    def test(evidence: Evidence) -> Finding:
        top = evidence.figure(text)
        others = evidence.known(_others(evidence, top, among, across))
        if not others:
            raise UntestableError(f"{text} has no others to compare with")
        told = ", ".join(f"{_short(f.key)} {f.printed}" for f in (top, *others))
        finding = all_of(evidence.positive([(sign, top), (-sign, f)]) for f in others).told(told)
        indicator = evidence.figures.definitions.indicators[top.key.indicator]
        if finding.truth and top.key.category and not (indicator.complete or among or known):
            return unknown(f"{told}; the question has more answers than are declared")
        return evidence.complete(finding, known)

    def said(figures) -> str:
        key = text.partition("@")[0]
        keys = [key.partition(".")[0] + f".{item}" for item in among] if "." in key else []
        if keys:
            return words.listed([words.figure(k, dated=False) for k in keys])(figures)
        if among:
            return ", ".join(among)
        told = words.phrase("others" if "." in key else "other_parts")(figures)
        return f"{told} ({_breakdown(figures, across)})" if across else told

    more = (f" among {', '.join(among)}" if among else "") + (f" across {across}" if across else "")

    def rivals() -> tuple[Predicate, ...]:
        return (_outdoes(text, among, known, across, "smallest" if sign > 0 else "largest", -sign),)

    told = Said(name, {"what": words.figure(text), "among": said})
    ways: tuple[Way, ...] = ("most",) if sign > 0 else ("least",)
    return _universal(Predicate(f"{text} is the {name}{more}", test, told, rivals, ways=ways), known)


def _others(evidence: Evidence, top: Figure, among: tuple[str, ...], across: str) -> list[Key]:
    d, key = evidence.figures.definitions, top.key
    if key.category:
        if across:
            raise UntestableError(f"{key.name} is compared with other answers; across is for groups")
        names = among or d.indicators[key.indicator].categories
        return [key._replace(category=name) for name in names if name != key.category]
    if not key.parts:
        return []
    own = evidence.figures.own
    free = [by for by, segment in key.parts if len(key.parts) == 1 or (by, segment) != own]
    if across and across not in free:
        raise UntestableError(f"{key} is not split by {across}, but by {' and '.join(free)}")
    if not across and len(free) > 1:
        raise UntestableError(f'{key} is of two breakdowns: say which is compared, as across="{free[-1]}"')
    by = across or free[0]
    names = among or d.segments[by].values
    fixed = dict(key.parts)
    return [key._replace(segment=CROSS.join((fixed | {by: name}).values())) for name in names if name != fixed[by]]


def _short(key: Key) -> str:
    return key.category or key.segment or key.indicator


@statement
def in_each(breakdown: str, make: Callable[..., Predicate], *keys: str, known: bool = False, **options) -> Predicate:
    """A statement holds in each segment of a breakdown: ``in_each("theme", more, "grade", "grade_before")``.

    ``make`` is the predicate, ``keys`` are its figures without segment. A segment without these figures leaves it open,
    unless only the ``known`` ones are meant.
    """

    if known and "known" in inspect.signature(make).parameters:
        options["known"] = True

    def test(evidence: Evidence) -> Finding:
        declared = evidence.figures.definitions.segments.get(breakdown)
        if declared is None:
            raise UntestableError(f"there is no breakdown {breakdown}")
        findings = []
        for segment in declared.values:
            there = [_in_segment(key, breakdown, segment) for key in keys]
            try:
                findings.append(make(*there, **options).test(evidence))
            except (UntestableError, MissingFigureError) as error:
                if not (known and isinstance(error, MissingFigureError)):
                    findings.append(unknown(str(error)))
                evidence.known(evidence.figures.resolve(key) for key in there if ".." not in key)
        if not findings:
            raise UntestableError(f"no segment of {breakdown} has these figures")
        return all_of(findings)

    inner = make(*keys, **{name: value for name, value in options.items() if name != "known"})
    parts = {"inner": inner.said.text, "breakdown": lambda figures: _breakdown(figures, breakdown)}
    predicate = Predicate(
        f"in each {breakdown}: {inner.text}",
        test,
        Said("in_each", parts),
        margins=inner.margins,
        sizes=inner.sizes,
        ways=inner.ways,
    )
    return _universal(predicate, known)


def _in_segment(key: str, breakdown: str, segment: str) -> str:
    name, _, selectors = key.partition("@")
    return f"{name}@{','.join(filter(None, [f'{breakdown}={segment}', selectors]))}"


def _breakdown(figures, name: str) -> str:
    declared = figures.definitions.segments.get(name)
    return declared[figures.language] if declared else name
