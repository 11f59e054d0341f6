"""Statements about one series, its direction and shape, and about two that move apart or together."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, pairwise

from wavebook.claims import words
from wavebook.claims.evidence import Evidence, Finding, OpenError, UntestableError, all_of
from wavebook.claims.predicate import Predicate, Way, statement
from wavebook.claims.words import Said
from wavebook.figures import Figure
from wavebook.language.wording import Direction, exact


def _told(*figures: Figure) -> str:
    return " → ".join(f"{f.printed} ({f.key.wave})" for f in figures)


def _change(text: str, name: str, sign: int) -> Predicate:
    def test(evidence: Evidence) -> Finding:
        first, last = evidence.span(text)
        return evidence.positive([(sign, last), (-sign, first)]).told(f"{last.key.name} {_told(first, last)}")

    def rivals() -> tuple[Predicate, ...]:
        return (falls if sign > 0 else rises)(text), stable(text)

    return Predicate(f"{text} {name}", test, _said(name, text), rivals, ways=_ways(sign))


def _ways(sign: int) -> tuple[Way, ...]:
    return ("up",) if sign > 0 else ("down",)


def _said(name: str, text: str, **parts: words.Part) -> Said:
    ends = {"first": words.wave(text), "last": words.wave(text, -1)}
    return Said(name, {"what": words.figure(text, dated=False), **ends, **parts})


@statement
def rises(text: str) -> Predicate:
    """The figure is higher in the last wave: ``rises("grade@2020..2024")``, by default since the baseline.

    Refuted where it is shown to be as high or lower.
    """
    return _change(text, "rises", 1)


@statement
def falls(text: str) -> Predicate:
    """The figure is lower in the last wave. Refuted where it is shown to be as low or higher."""
    return _change(text, "falls", -1)


@statement
def stable(text: str, within: float | None = None) -> Predicate:
    """The figure changed by at most ``within`` in its own unit; by default its indicator's ``alike``.

    Shown by two one-sided tests, so never by a small sample; refuted where it is shown to have changed more. The
    sentence tells readers the margin.
    """

    def test(evidence: Evidence) -> Finding:
        first, last = evidence.span(text)
        finding = evidence.within([(1, last), (-1, first)], exact(_margin(evidence, last, within)))
        return finding.told(f"{last.key.name} {_told(first, last)}")

    margin = "" if within is None else f" within {within:g}"
    said = _said("stable", text, margin=_margin_said(text, within))
    return Predicate(
        f"{text} is stable{margin}",
        test,
        said,
        lambda: (rises(text), falls(text)),
        _owed(text, within),
        sizes=_sizes(within),
        ways=("same",),
    )


def _margin(evidence: Evidence, figure: Figure, within: float | None) -> float:
    return evidence.figures.definitions.indicators[figure.key.indicator].margin if within is None else within


def _margin_said(text: str, within: float | None) -> words.Part:
    def said(figures) -> str:
        indicator = figures.definitions.indicators.get(text.partition("@")[0].partition(".")[0])
        return words.amount(text, indicator.margin if within is None and indicator else within or 0)(figures)

    return said


def _owed(text: str, within: float | None) -> tuple[tuple[str, float], ...]:
    """The margin that a sentence must tell; an indicator's own is told to all readers elsewhere."""
    return () if within is None else ((text, within),)


def _sizes(margin: float | None) -> tuple[float, ...]:
    return (float(margin),) if margin else ()


@statement
def always_rises(text: str, *, known: bool = False) -> Predicate:
    """The figure rises between every two neighbouring waves in which it was asked, or of those that are ``known``."""
    return _always(text, "always_rises", 1, known)


@statement
def always_falls(text: str, *, known: bool = False) -> Predicate:
    """The figure falls between every two neighbouring waves; see ``always_rises``."""
    return _always(text, "always_falls", -1, known)


def _always(text: str, name: str, sign: int, known: bool) -> Predicate:
    def test(evidence: Evidence) -> Finding:
        series = evidence.series(text, 2)
        finding = all_of(evidence.positive([(sign, b), (-sign, a)]) for a, b in pairwise(series))
        return evidence.complete(finding.told(f"{text} {_told(*series)}"), known)

    told = Predicate(f"{text} {name.replace('_', ' ')}", test, _said(name, text), ways=_ways(sign))
    return _universal(told, known)


def _universal(predicate: Predicate, known: bool) -> Predicate:
    if not known:
        return predicate
    return Predicate(
        f"{predicate.text}, of what is known",
        predicate.test,
        predicate.said.of_known(),
        predicate.rivals,
        predicate.margins,
        known=True,
        sizes=predicate.sizes,
        ways=predicate.ways,
    )


@statement
def linear(text: str, within: float = 0, *, known: bool = False) -> Predicate:
    """Every wave of the series lies at most ``within`` off one straight line over time, by the middles of the waves.

    The best line through points misses the worst of them by half the distance of the middle one of some three from the
    line through the other two (Chebyshev), so every three are weighed. Refuted where three of them are shown to lie
    farther off. A margin of 0 can be refuted, and never be shown from rounded or sampled figures.
    """

    def test(evidence: Evidence) -> Finding:
        series = evidence.series(text, 3)
        bends = []
        for a, b, c in combinations(series, 3):
            x, y, z = (Decimal(repr(evidence.figures.definitions.time(f.key.wave))) for f in (a, b, c))
            terms = [(z - x, b), (y - z, a), (x - y, c)]
            bends.append(evidence.within(terms, 2 * exact(within) * (z - x), times=z - x))
        return evidence.complete(all_of(bends).told(f"{text} {_told(*series)}"), known)

    said = _said("linear" if within else "straight", text, margin=words.amount(text, within))
    owed = _owed(text, within or None)
    margin = f" within {within:g}" if within else ""
    return _universal(Predicate(f"{text} is linear{margin}", test, said, margins=owed, sizes=_sizes(within)), known)


@statement
def peaks(text: str, wave: str | int, *, known: bool = False) -> Predicate:
    """The series is higher in ``wave`` than in every other one, or every other one that is ``known``."""
    return _extreme(text, str(wave), "peaks", 1, known)


@statement
def bottoms(text: str, wave: str | int, *, known: bool = False) -> Predicate:
    """The series is lower in ``wave`` than in every other one, or every other one that is ``known``."""
    return _extreme(text, str(wave), "bottoms", -1, known)


def _extreme(text: str, wave: str, name: str, sign: int, known: bool) -> Predicate:
    def test(evidence: Evidence) -> Finding:
        top = evidence.figure(evidence.figures.resolve(text)._replace(wave=evidence.figures.wave_of(wave)))
        series = evidence.series(text, 2)
        pairs = [evidence.positive([(sign, top), (-sign, f)]) for f in series if f.key != top.key]
        return evidence.complete(all_of(pairs).told(f"{text} {_told(*series)}"), known)

    said = _said(name, text, wave=words.named(wave))
    ways: tuple[Way, ...] = ("most",) if sign > 0 else ("least",)
    return _universal(Predicate(f"{text} {name} in {wave}", test, said, ways=ways), known)


@statement
def widens(one: str, two: str, by: float = 0) -> Predicate:
    """The distance by which the first figure exceeds the second is larger in the last wave, by more than ``by``.

    The first must also be shown to be the higher one, in both waves taken together; else it is open.
    """
    return _gap(one, two, by, "widens", 1)


@statement
def narrows(one: str, two: str, by: float = 0) -> Predicate:
    """The distance by which the first exceeds the second is smaller in the last wave; see ``widens``."""
    return _gap(one, two, by, "narrows", -1)


def _gap(one: str, two: str, by: float, name: str, sign: int) -> Predicate:
    def test(evidence: Evidence) -> Finding:
        a0, a1, b0, b1, told = _gaps(evidence, one, two)
        terms = [(1, a1), (-1, b1), (1, a0), (-1, b0)]
        both = evidence.positive(terms, told=False)
        if not both.truth:
            higher = (
                f"{two} is the higher one: name it first" if both.truth is False else "which is higher is not shown"
            )
            return Finding(None, f"{told}; {higher}", both.kinds or frozenset({"unknown"}))
        findings = [evidence.positive([(sign, a1), (-sign, b1), (-sign, a0), (sign, b0)], -exact(by))]
        if by:  # where the first was the lower one in one wave, the distances differ by less than the gaps
            findings.append(evidence.positive(terms, -exact(by), told=False))
        return all_of(findings).told(told)

    def rivals() -> tuple[Predicate, ...]:
        other = (narrows if sign > 0 else widens)(one, two)
        return ((widens if sign > 0 else narrows)(one, two), other) if by else (other,)

    more = f" by more than {by:g}" if by else ""
    move = "move apart" if sign > 0 else "move closer"
    parts = {"one": words.figure(one, dated=False), "two": words.figure(two, dated=False)}
    parts["by"] = words.phrase("by", by=words.amount(one, by)) if by else words.plain("")
    return Predicate(
        f"{one} and {two} {move}{more}",
        test,
        _said(name, one, **parts),
        rivals,
        _owed(one, by or None),
        sizes=_sizes(by),
        ways=("wider",) if sign > 0 else ("closer",),
    )


def _gaps(evidence: Evidence, one: str, two: str) -> tuple[Figure, Figure, Figure, Figure, str]:
    """Two changes, if they are of one unit, and their names for a message."""
    a0, a1 = evidence.span(one)
    b0, b1 = evidence.span(two)
    evidence.apart(a1, b1, one, two)
    if a0.unit != b0.unit:
        raise UntestableError(f"{one} is in {a0.unit.described}, {two} in {b0.unit.described}")
    spans = [f"{first.key.wave} to {last.key.wave}" for first, last in ((a0, a1), (b0, b1))]
    if spans[0] != spans[1]:
        raise UntestableError(f"{one} is from {spans[0]}, {two} from {spans[1]}: name the same waves")
    before, after = a0.printed - b0.printed, a1.printed - b1.printed
    return a0, a1, b0, b1, f"{one} − {two}: {before} ({a0.key.wave}) → {after} ({a1.key.wave})"


@statement
def gains_on(one: str, two: str) -> Predicate:
    """The first figure rose more than the second, or fell less, whichever is the higher one."""

    def test(evidence: Evidence) -> Finding:
        a0, a1, b0, b1, told = _gaps(evidence, one, two)
        return evidence.positive([(1, a1), (-1, a0), (-1, b1), (1, b0)]).told(told)

    said = _said("gains_on", one, one=words.figure(one, dated=False), two=words.figure(two, dated=False))
    return Predicate(f"{one} gains on {two}", test, said, lambda: (gains_on(two, one),), ways=("gains",))


def direction(evidence: Evidence, text: str) -> Direction | None:
    """The direction of a change that ``text`` names: up, down, or the same within the indicator's margin.

    None where chance leaves it uncertain. Figures that print alike have gone neither up nor down.

    Raises
    ------
    OpenError
        The figures, within their rounding, allow more than one answer.
    """
    first, last = evidence.span(text)
    terms = [(1, last), (-1, first)]
    risen = evidence.positive(terms)
    if risen.truth:
        return "up"
    fallen = evidence.positive([(-1, last), (1, first)])
    if fallen.truth:
        return "down"
    alike = evidence.within(terms, exact(_margin(evidence, last, None)))
    if alike.truth:
        return "same"
    if risen.kinds | alike.kinds == {"chance"} or alike.kinds == {"chance"}:
        return None
    raise OpenError(f"{last.key.name} {_told(first, last)}: rounding leaves open which way it went")
