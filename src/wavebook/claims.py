"""Statements about the figures, as named predicates that are tested on every build.

A predicate knows three things a reader forgets. *Rounding*: a published 6.7 is anything from 6.65 up to
6.75, and two values that print alike are not different. *Intervals*: where a standard error is known, a
difference must exceed what chance explains (two-sided, 95 %). *Breaks*: nothing is compared across a full
break, and what crosses a noted one carries its remark. What these leave open *cannot be tested*.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise, product
from statistics import NormalDist
from typing import Literal

from wavebook.figures import Figure, Figures, Key, MissingFigureError
from wavebook.wording import Direction, exact

MIME = "application/vnd.wavebook.claims+json"
Outcome = Literal["holds", "fails", "untestable"]
Z95 = 1.959963984540054  # standard normal quantile at 0.975


@dataclass(frozen=True)
class Verdict:
    """What a test found: the outcome, why, the figures behind it, the noted breaks it crosses, what holds instead."""

    outcome: Outcome
    reason: str
    figures: tuple[str, ...] = ()
    breaks: tuple[tuple[int, int], ...] = ()
    instead: str = ""
    p_values: tuple[float, ...] = ()


class UntestableError(Exception):
    """What cannot be tested; the message says why."""


class OpenError(UntestableError):
    """What known figures leave open, because rounding allows both true and false."""


@dataclass
class Evidence:
    """What a predicate looked at while it was tested."""

    figures: Figures
    critical: float = Z95
    seen: dict[Key, None] = field(default_factory=dict)
    crossed: dict[tuple[int, int], None] = field(default_factory=dict)
    p_values: list[float] = field(default_factory=list)

    def figure(self, text: str | Key) -> Figure:
        """The figure that ``text`` names, noted as evidence."""
        figure = self.figures[text]
        self.seen[figure.key] = None
        return figure

    def span(self, text: str) -> tuple[Figure, Figure]:
        """The first and last figure of a change, noted as evidence, if they may be compared."""
        first, last = self.figures.between(text)
        return self.line([first, last])

    def direction(self, terms: list[tuple[int | Decimal, Figure]], constant: Decimal = Decimal(0)) -> Direction:
        """The sign of a sum of figures, at this evidence's critical value; see ``direction``."""
        total, error = _total([(Decimal(c), f) for c, f in terms], constant)
        if error:
            self.p_values.append(math.erfc(abs(float(total)) / error / math.sqrt(2)))
        return direction(terms, constant, self.critical)

    def line(self, figures: list[Figure]) -> tuple[Figure, ...]:
        """Figures of one series, noted as evidence, if no full break lies between them."""
        for figure in figures:
            self.seen[figure.key] = None
        for a, b in pairwise(figures):
            for indicator in dict.fromkeys((a.key.indicator, b.key.indicator)):
                self._cross(indicator, a.key.wave, b.key.wave)
        return tuple(figures)

    def _cross(self, indicator: str, first: int, last: int) -> None:
        for item in self.figures.definitions.breaks_between(indicator, first, last):
            if item.kind == "full":
                raise UntestableError(f"the series {indicator} breaks between {item.start} and {item.end}")
            self.crossed[item.start, item.end] = None

    def every(self, pairs: Iterable[tuple[Figure, Figure]], wanted: Direction = "up") -> bool:
        """Whether each pair goes from the second figure to the first in the direction ``wanted``.

        One that does not settles it, whatever rounding leaves open of another.
        """
        left_open = None
        for one, two in pairs:
            try:
                if self.direction([(1, one), (-1, two)]) != wanted:
                    return False
            except OpenError as error:
                left_open = error
        if left_open:
            raise left_open
        return True


@dataclass(frozen=True)
class Predicate:
    """A statement that can be tested: ``text`` in English for editors, ``test`` gives truth and reason."""

    text: str
    test: Callable[[Evidence], tuple[bool, str]]
    rivals: Callable[[], tuple[Predicate, ...]] = tuple

    def verdict(self, figures: Figures, critical: float = Z95) -> Verdict:
        """Whether the statement holds on ``figures``; a missing figure makes it untestable.

        When it fails, ``instead`` says which of its rivals holds.
        """
        outcome, reason, evidence = self._outcome(figures, critical)
        instead = ""
        if outcome == "fails":
            true = (rival.text for rival in self.rivals() if rival._outcome(figures, critical)[0] == "holds")
            instead = next(true, "")
        p_values = tuple(evidence.p_values)
        return Verdict(outcome, reason, tuple(map(str, evidence.seen)), tuple(evidence.crossed), instead, p_values)

    def _outcome(self, figures: Figures, critical: float) -> tuple[Outcome, str, Evidence]:
        evidence = Evidence(figures, critical)
        try:
            holds, reason = self.test(evidence)
        except (UntestableError, MissingFigureError) as error:
            return "untestable", str(error), evidence
        return ("holds" if holds else "fails"), reason, evidence

    def __invert__(self) -> Predicate:
        def test(evidence: Evidence) -> tuple[bool, str]:
            holds, reason = self.test(evidence)
            return not holds, reason

        return Predicate(f"not ({self.text})", test)

    def __and__(self, other: Predicate) -> Predicate:
        return _join(self, other, all, "and")

    def __or__(self, other: Predicate) -> Predicate:
        return _join(self, other, any, "or")


def _join(one: Predicate, two: Predicate, combine: Callable, word: str) -> Predicate:
    def test(evidence: Evidence) -> tuple[bool, str]:
        truths, reasons, errors = [], [], []
        for predicate in (one, two):
            try:
                holds, reason = predicate.test(evidence)
                truths.append(holds)
                reasons.append(reason)
            except (UntestableError, MissingFigureError) as error:
                errors.append(error)
        # Kleene's logic: one false settles "and", one true settles "or", whatever the other turns out to be.
        decided = combine([*truths, *([combine is all] * len(errors))])
        if errors and decided == (combine is all):
            kind = OpenError if all(isinstance(error, OpenError) for error in errors) else UntestableError
            raise kind("; ".join(map(str, errors)))
        return decided, "; ".join(reasons)

    return Predicate(f"({one.text} {word} {two.text})", test)


# --- what rounding and chance leave of a difference -------------------------------------------------------


def direction(
    terms: Iterable[tuple[int | Decimal, Figure]], constant: Decimal = Decimal(0), critical: float = Z95
) -> Direction:
    """The sign of Σ cᵢ·figureᵢ + constant, as far as rounding and sampling error let it be known.

    Figures without a standard error count as rounded: half a unit of their last decimal either way. Others are
    taken as independent estimates; their total must exceed ``critical`` standard errors.

    Raises
    ------
    OpenError
        The figures, within their rounding, allow more than one answer.
    """
    terms = [(Decimal(c), f) for c, f in terms]
    total, error = _total(terms, constant)
    if sum((c * f.printed for c, f in terms), constant) == 0:
        return "same"  # what prints alike is not different
    size, chance = abs(total), exact(critical * error) if error else Decimal(0)
    rounded = [c for c, f in terms if f.se is None]
    slack = sum(abs(c) * Decimal(5).scaleb(-f.decimals - 1) for c, f in terms if f.se is None)
    if error and size + slack <= chance:
        return "same"
    # A rounding interval holds its lower end only: a total as large as the slack is reached by sums alone.
    reached = size - slack == chance and all(c * total > 0 for c in rounded)
    if rounded and (size - slack < chance or reached):
        raise OpenError("the published figures are rounded, which leaves the sign open")
    return "up" if total > 0 else "down"


def _total(terms: list[tuple[Decimal, Figure]], constant: Decimal) -> tuple[Decimal, float]:
    """Σ cᵢ·figureᵢ + constant and its standard error; 0 where none is known."""
    total = sum((c * exact(f.value) for c, f in terms), constant)
    return total, math.sqrt(sum(float(c) ** 2 * f.se**2 for c, f in terms if f.se is not None))


def holm(p_values: Iterable[float], alpha: float = 0.05) -> float:
    """The p-value up to which Holm's procedure rejects, at family-wise level ``alpha``.

    It separates what is rejected from what is not, and lies between the two.

    Source: Holm (1979), A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6.

    >>> round(holm([0.01, 0.04, 0.03]), 4)
    0.0167
    """
    ordered = sorted(p_values)
    steps = [alpha / (len(ordered) - place) for place in range(len(ordered))]
    passed = next((place for place, p in enumerate(ordered) if p > steps[place]), len(ordered))
    return steps[max(passed, 1) - 1] if steps else alpha


def change_direction(evidence: Evidence, text: str) -> Direction:
    """The direction of the change that ``text`` names; see ``Figures.between``."""
    first, last = evidence.span(text)
    return evidence.direction([(1, last), (-1, first)])


# --- predicates about one series --------------------------------------------------------------------------


def _told(*figures: Figure) -> str:
    return " → ".join(f"{f.printed} ({f.key.wave})" for f in figures)


def _moves(text: str, wanted: Direction, verb: str) -> Predicate:
    def test(evidence: Evidence) -> tuple[bool, str]:
        first, last = evidence.span(text)
        found = evidence.direction([(1, last), (-1, first)])
        return found == wanted, f"{last.key.name} {_told(first, last)}"

    def rivals() -> tuple[Predicate, ...]:
        return tuple(other(text) for other in (rises, falls, stable) if other.__name__ != verb)

    return Predicate(f"{text} {verb}", test, rivals)


def rises(text: str) -> Predicate:
    """The figure is higher in the last wave: ``rises("grade_chain@2010..2014")``."""
    return _moves(text, "up", "rises")


def falls(text: str) -> Predicate:
    """The figure is lower in the last wave."""
    return _moves(text, "down", "falls")


def stable(text: str, within: float = 0) -> Predicate:
    """The figure changes by at most ``within`` (in its own unit); by default, not at all as printed."""

    def test(evidence: Evidence) -> tuple[bool, str]:
        first, last = evidence.span(text)
        apart = abs(last.printed - first.printed)
        same = apart <= exact(within) or evidence.direction([(1, last), (-1, first)]) == "same"
        return same, f"{last.key.name} {_told(first, last)}"

    return Predicate(f"{text} is stable within {within:g}", test, lambda: (rises(text), falls(text)))


def always_rises(text: str) -> Predicate:
    """The figure rises between every two neighbouring waves of its series."""

    def test(evidence: Evidence) -> tuple[bool, str]:
        series = _series(evidence, text, 2)
        return (
            evidence.every([(b, a) for a, b in pairwise(series)]),
            f"{text} {_told(*series)}",
        )

    return Predicate(f"{text} always rises", test)


def linear(text: str) -> Predicate:
    """One straight line over the years passes through every value of the series within its rounding.

    Where standard errors are known, within the 95 % interval.
    """

    def test(evidence: Evidence) -> tuple[bool, str]:
        series = _series(evidence, text, 3)
        return _line_fits([_bounds(f) for f in series]), f"{text} {_told(*series)}"

    return Predicate(f"{text} is linear", test)


def peaks(text: str, wave: int) -> Predicate:
    """The series is nowhere higher than in ``wave``, and lower in every other one."""
    return _extreme(text, wave, "up", "peaks")


def bottoms(text: str, wave: int) -> Predicate:
    """The series is nowhere lower than in ``wave``, and higher in every other one."""
    return _extreme(text, wave, "down", "bottoms")


def _extreme(text: str, wave: int, side: Direction, verb: str) -> Predicate:
    def test(evidence: Evidence) -> tuple[bool, str]:
        series = _series(evidence, text, 2)
        top = evidence.figure(evidence.figures.resolve(text)._replace(wave=wave))
        others = [f for f in series if f.key != top.key]
        return evidence.every([(top, f) for f in others], side), f"{text} {_told(*series)}"

    return Predicate(f"{text} {verb} in {wave}", test)


def _series(evidence: Evidence, text: str, least: int) -> tuple[Figure, ...]:
    series = evidence.line(evidence.figures.series(text))
    if len(series) < least:
        raise UntestableError(f"{text} has {len(series)} of the {least} waves this needs")
    return series


@dataclass(frozen=True)
class Gate:
    """Where a line must pass at ``x``: from ``low`` up to ``high``, which itself counts only if it is ``closed``."""

    x: int
    low: Fraction
    high: Fraction
    closed: bool

    def lets(self, y: Fraction) -> bool:
        """Whether a line at height ``y`` passes."""
        return self.low <= y < self.high or (self.closed and y == self.high)


def _bounds(figure: Figure) -> Gate:
    """What a value may really be: a published 13 is 12.5 up to 13.5, an estimate its 95 % interval."""
    value = exact(figure.value)
    half = Decimal(5).scaleb(-figure.decimals - 1) if figure.se is None else exact(Z95 * figure.se)
    return Gate(figure.key.wave, Fraction(value - half), Fraction(value + half), figure.se is not None)


def _line_fits(gates: list[Gate]) -> bool:
    """Whether some line passes all gates.

    The lines that pass when every gate is closed form a polygon whose corners each go through an end of two
    gates. Their average touches an end only where the whole polygon does, so it passes if any line does.
    """
    corners = []
    for one, two in combinations(gates, 2):
        for y1, y2 in product((one.low, one.high), (two.low, two.high)):
            slope = (y2 - y1) / (two.x - one.x)
            heights = [y1 + slope * (gate.x - one.x) for gate in gates]
            if all(gate.low <= y <= gate.high for gate, y in zip(gates, heights, strict=True)):
                corners.append(heights)
    middle = [sum(ys) / len(corners) for ys in zip(*corners, strict=True)]
    return bool(corners) and all(gate.lets(y) for gate, y in zip(gates, middle, strict=True))


# --- predicates about several figures ---------------------------------------------------------------------


def more(one: str, two: str, times: float = 1) -> Predicate:
    """The first figure is higher than ``times`` the second."""

    def test(evidence: Evidence) -> tuple[bool, str]:
        a, b = _pair(evidence, one, two)
        found = evidence.direction([(1, a), (-exact(times), b)])
        return found == "up", f"{a.key} {a.printed}, {b.key} {b.printed}"

    factor = "" if times == 1 else f"{times:g} × "
    return Predicate(f"{one} is more than {factor}{two}", test, lambda: () if factor else (more(two, one),))


def _pair(evidence: Evidence, one: str, two: str) -> tuple[Figure, Figure]:
    a, b = evidence.figure(one), evidence.figure(two)
    evidence.line(sorted((a, b), key=lambda f: f.key.wave))
    if a.unit != b.unit:
        raise UntestableError(f"{one} is in {a.unit}, {two} in {b.unit}")
    return a, b


def ranked(*keys: str) -> Predicate:
    """Each figure is higher than the next one."""

    def test(evidence: Evidence) -> tuple[bool, str]:
        pairs = [_pair(evidence, a, b) for a, b in pairwise(keys)]
        told = ", ".join(f"{k} {evidence.figure(k).printed}" for k in keys)
        return evidence.every(pairs), told

    return Predicate(" > ".join(keys), test)


def always_more(one: str, two: str) -> Predicate:
    """The first figure is higher than the second in every wave that has both."""

    def test(evidence: Evidence) -> tuple[bool, str]:
        ones = {f.key.wave: f for f in _series(evidence, one, 1)}
        pairs = [(ones[f.key.wave], f) for f in _series(evidence, two, 1) if f.key.wave in ones]
        if not pairs:
            raise UntestableError(f"{one} and {two} share no wave")
        told = ", ".join(f"{a.printed} and {b.printed} ({a.key.wave})" for a, b in pairs)
        return evidence.every(pairs), told

    return Predicate(f"{one} is always more than {two}", test)


def largest(text: str, among: Iterable[str] = ()) -> Predicate:
    """The category is the largest of its indicator's, or of those in ``among``."""
    among = tuple(among)

    def test(evidence: Evidence) -> tuple[bool, str]:
        top = evidence.figure(text)
        categories = among or evidence.figures.definitions.indicators[top.key.indicator].categories
        others = [evidence.figure(top.key._replace(category=name)) for name in categories if name != top.key.category]
        if not others:
            raise UntestableError(f"{text} has no other categories to compare with")
        told = ", ".join(f"{f.key.category} {f.printed}" for f in (top, *others))
        return evidence.every([(top, f) for f in others]), told

    return Predicate(f"{text} is the largest", test)


def majority(text: str) -> Predicate:
    """More than half."""
    return above(text, 50)


def above(text: str, limit: float | str) -> Predicate:
    """The figure is higher than ``limit``, whatever was rounded off.

    ``limit`` is a number in the figure's own unit, or ``fact:name``. As ``text``, ``fact:name`` takes a context
    fact's value as a part of its whole, in percent.
    """
    return _limit(text, limit, "up", "above")


def below(text: str, limit: float | str) -> Predicate:
    """The figure is lower than ``limit``, whatever was rounded off; see ``above``."""
    return _limit(text, limit, "down", "below")


def _limit(text: str, limit: float | str, side: Direction, word: str) -> Predicate:
    def test(evidence: Evidence) -> tuple[bool, str]:
        number = _fact(evidence, limit).value if isinstance(limit, str) else limit
        if text.startswith("fact:"):
            percent = _percent(evidence, text)
            beyond = percent > number if side == "up" else percent < number
            return beyond, f"{text} {percent:.4g} %, limit {number:g}"
        figure = evidence.figure(text)
        found = evidence.direction([(1, figure)], -exact(number))
        return found == side, f"{figure.key} {figure.printed}, limit {number:g}"

    return Predicate(f"{text} is {word} {limit}", test, lambda: (_limit(text, limit, *_other_side(side)),))


def _other_side(side: Direction) -> tuple[Direction, str]:
    return ("down", "below") if side == "up" else ("up", "above")


def about(text: str, share: float, within: float = 1) -> Predicate:
    """A percentage is about ``share`` (such as 1/7), give or take ``within`` percentage points.

    ``fact:name`` takes a context fact's value as a part of its whole.
    """

    def test(evidence: Evidence) -> tuple[bool, str]:
        percent = _percent(evidence, text) if text.startswith("fact:") else evidence.figure(text).printed
        return abs(percent - 100 * Decimal(repr(share))) <= exact(within), f"{text} {percent:.4g} %"

    return Predicate(f"{text} is about {share:.3g}", test)


def _percent(evidence: Evidence, text: str) -> Decimal:
    """A fact's value as a part of its whole."""
    fact = _fact(evidence, text)
    if not fact.of:
        raise UntestableError(f"{text} has no whole")
    return Decimal(100) * fact.value / fact.of


def _fact(evidence: Evidence, text: str):
    name = text.removeprefix("fact:")
    fact = evidence.figures.definitions.facts.get(name)
    if fact is None:
        raise UntestableError(f"there is no fact {name} in data/context.toml")
    return fact


def _gap(evidence: Evidence, one: str, two: str, by: float = 0) -> tuple[Direction, str]:
    a0, a1 = evidence.span(one)
    b0, b1 = evidence.span(two)
    before, after = a0.printed - b0.printed, a1.printed - b1.printed
    told = f"{one} − {two}: {before} ({a0.key.wave}) → {after} ({a1.key.wave})"
    return evidence.direction([(1, a1), (-1, b1), (-1, a0), (1, b0)], -exact(by)), told


def widens(one: str, two: str, by: float = 0) -> Predicate:
    """The distance by which the first exceeds the second is larger in the last wave, by more than ``by``."""

    def test(evidence: Evidence) -> tuple[bool, str]:
        found, told = _gap(evidence, one, two, by)
        return found == "up", told

    more_than = f" by more than {by:g}" if by else ""
    rivals = (widens(one, two), narrows(one, two)) if by else (narrows(one, two),)
    return Predicate(f"{one} and {two} move apart{more_than}", test, lambda: rivals)


def narrows(one: str, two: str) -> Predicate:
    """The distance by which the first exceeds the second is smaller in the last wave."""

    def test(evidence: Evidence) -> tuple[bool, str]:
        found, told = _gap(evidence, one, two)
        return found == "down", told

    return Predicate(f"{one} and {two} move closer", test, lambda: (widens(one, two),))


def unknown(text: str) -> Predicate:
    """The sources give no such figure; a sentence that says so must go when they do."""

    def test(evidence: Evidence) -> tuple[bool, str]:
        key = evidence.figures.resolve(text)
        _check_declared(evidence, key)
        found = [f for f in evidence.figures if f.key == key]
        return not found, f"{key} is {'known' if found else 'not known'}"

    return Predicate(f"{text} is unknown", test)


def _check_declared(evidence: Evidence, key: Key) -> None:
    """A misspelled key has no figure either, which says nothing of the sources."""
    d = evidence.figures.definitions
    indicator = d.indicators.get(key.indicator)
    breakdown = d.segments.get(key.segment_by)
    for name, known in (
        (key.indicator, indicator),
        (key.category, not key.category or (indicator and key.category in indicator.categories)),
        (key.population, key.population in d.populations),
        (f"{key.segment_by}={key.segment}", not key.segment_by or (breakdown and key.segment in breakdown.values)),
    ):
        if not known:
            raise UntestableError(f"{name} is not declared")


def undecided(predicate: Predicate) -> Predicate:
    """What the figures leave open: known figures whose rounding allows both true and false."""

    def test(evidence: Evidence) -> tuple[bool, str]:
        try:
            _, reason = predicate.test(evidence)
        except OpenError as error:
            return True, str(error)
        return False, f"decided after all: {reason}"

    return Predicate(f"undecided whether {predicate.text}", test)


# --- a section's claims -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Claims:
    """The verdicts on a section's claims by name; shows as a table, and as JSON for the pages."""

    verdicts: dict[str, dict]

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, object]:
        lines = [f"{name}: {v['outcome']} ({v['reason']})" for name, v in self.verdicts.items()]
        return {MIME: self.verdicts, "text/plain": "\n".join(lines)}


def judge(figures: Figures, predicates: dict[str, Predicate]) -> Claims:
    """The verdict on every predicate, by the name its sentence has on a page.

    The tests that rest on sampling error are taken together: Holm's procedure keeps the chance of one false
    difference or more in the section at 5 %.
    """
    alone = [predicate.verdict(figures) for predicate in predicates.values()]
    p_values = [p for verdict in alone for p in verdict.p_values]
    critical = -NormalDist().inv_cdf(holm(p_values) / 2)
    verdicts = {}
    for name, predicate in predicates.items():
        verdict = asdict(predicate.verdict(figures, critical))
        verdict.pop("p_values")
        verdicts[name] = {"predicate": predicate.text, **verdict}
    return Claims(json.loads(json.dumps(verdicts)))
