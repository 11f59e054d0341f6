"""Statements that compare a figure, or a dated fact as a part of its whole, with a number."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from wavebook.claims import words
from wavebook.claims.evidence import Evidence, Finding, UntestableError, unknown
from wavebook.claims.predicate import Predicate, statement
from wavebook.claims.words import Said
from wavebook.language.wording import exact

_NO_LIMIT = Fraction(10**18)
_RIVALS = {  # the more telling one first
    "above": ("below", "at_most"),
    "below": ("above", "at_least"),
    "at_least": ("below",),
    "at_most": ("above",),
}


@statement
def majority(text: str) -> Predicate:
    """More than half: of a share, or of a fact's whole."""
    half = above(text, 50)

    def test(evidence: Evidence) -> Finding:
        if not text.startswith("fact:"):
            _check_share(evidence, text)
        return half.test(evidence)

    return replace(half, test=test)


def _check_share(evidence: Evidence, text: str) -> None:
    figure = evidence.figure(text)
    if not figure.unit.is_share:
        raise UntestableError(f"{text} is in {figure.unit.described}, and no share")


@statement
def above(text: str, limit: float | str) -> Predicate:
    """The figure is higher than ``limit``, however it was rounded. Refuted where it is shown to be at most that.

    ``limit`` is a number in the figure's own unit, or ``fact:name``. As ``text``, ``fact:name`` takes a context
    fact's value as a part of its whole, in percent.
    """
    return _limit(text, limit, "above")


@statement
def below(text: str, limit: float | str) -> Predicate:
    """The figure is lower than ``limit``, however it was rounded; see ``above``."""
    return _limit(text, limit, "below")


@statement
def at_least(text: str, limit: float | str) -> Predicate:
    """The figure is ``limit`` or higher, however it was rounded; see ``above``."""
    return _limit(text, limit, "at_least")


@statement
def at_most(text: str, limit: float | str) -> Predicate:
    """The figure is ``limit`` or lower, however it was rounded; see ``above``."""
    return _limit(text, limit, "at_most")


def _limit(text: str, limit: float | str, name: str) -> Predicate:
    sign, strictly = (1 if name in ("above", "at_least") else -1), name in ("above", "below")

    def test(evidence: Evidence) -> Finding:
        low, high = _of_fact(evidence, limit) if isinstance(limit, str) else (Fraction(exact(limit)),) * 2
        wanted = _range(low, high)
        if text.startswith("fact:"):
            least, most = _percent(evidence, text)
            told = f"{text} {_range(least, most)} %, limit {wanted}"
            ends = (least - high, most - low) if sign > 0 else (low - most, high - least)
            return _settled(*ends, strictly).told(told)
        figure = evidence.figure(text)
        told = f"{figure.key} {figure.printed}, limit {wanted}"
        lowest, highest = figure.unit.ends
        if high < lowest or low > highest:  # as every figure would be on one side of it
            raise UntestableError(f"{text} is in {figure.unit.described}, and the limit is {wanted}")
        hard, easy = (high, low) if sign > 0 else (low, high)  # of the values that the limit may have
        finding = evidence.positive([(sign, figure)], -sign * _decimal(hard), strictly=strictly)
        if low == high or finding.truth:
            return finding.told(told)
        easily = evidence.positive([(sign, figure)], -sign * _decimal(easy), strictly=strictly, told=False)
        if easily.truth is False:
            return Finding(False, told)
        return unknown(f"{told}, which is not known exactly")

    said = Said(name, {"what": words.figure(text), "limit": words.limit(text, limit)})
    sizes = () if isinstance(limit, str) else (float(limit),)
    spoken = f"{text} is {name.replace('_', ' ')} {limit}"

    def rivals() -> tuple[Predicate, ...]:
        return tuple(_limit(text, limit, other) for other in _RIVALS[name])

    return Predicate(spoken, test, said, rivals, sizes=sizes, ways=("over",) if sign > 0 else ("under",))


def _settled(low: Fraction, high: Fraction, strictly: bool) -> Finding:
    """The finding that a value between ``low`` and ``high`` is above 0, or at least 0 if not ``strictly``."""
    if low > 0 or (low == 0 and not strictly):
        return Finding(True)
    if high < 0 or (high == 0 and strictly):
        return Finding(False)
    return unknown("")


@statement
def about(text: str, share: float, within: float = 1) -> Predicate:
    """A percentage lies at most ``within`` percentage points from ``share`` (such as 1/7), however it was rounded.

    ``fact:name`` takes a context fact's value as a part of its whole. Unless it is the one point that *about* means
    everywhere, the sentence tells readers the margin.
    """
    aim = Fraction(100 * share).limit_denominator(10**6)

    def test(evidence: Evidence) -> Finding:
        margin = exact(within)
        if text.startswith("fact:"):
            low, high = _percent(evidence, text)
            inside = _settled(Fraction(margin) - max(abs(low - aim), abs(high - aim)), Fraction(margin), False)
            if not inside.truth and (low > aim + Fraction(margin) or high < aim - Fraction(margin)):
                inside = Finding(False)
            return inside.told(f"{text} {_range(low, high)} %")
        _check_share(evidence, text)
        figure = evidence.figure(text)
        return evidence.within([(1, figure)], margin, -_decimal(aim)).told(f"{figure.key} {figure.printed}")

    limit = words.amount(text, round(100 * share, 1), apart=False)
    said = Said("about", {"what": words.figure(text), "limit": limit, "margin": words.amount(text, within)})
    return Predicate(
        f"{text} is about {share:.3g} within {within:g}",
        test,
        said,
        margins=() if within == 1 else ((text, within),),
        sizes=(float(aim), float(within)),
        ways=("none",),
    )


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def _range(low: Fraction, high: Fraction) -> str:
    if low == high:
        return f"{float(low):.4g}"
    return f"at least {float(low):.4g}" if high == _NO_LIMIT else f"{float(low):.4g} to {float(high):.4g}"


def _percent(evidence: Evidence, text: str) -> tuple[Fraction, Fraction]:
    """The bounds on a fact's value as a part of its whole, in percent."""
    fact = evidence.fact(text)
    if not fact.of:
        raise UntestableError(f"{text} has no whole")
    low, high = _of_fact(evidence, text)
    return 100 * low / fact.of, min(100 * high / fact.of, Fraction(100))


def _of_fact(evidence: Evidence, text: str) -> tuple[Fraction, Fraction]:
    """The bounds on a fact's value: it may be rounded, and a source may say that it was more, or less."""
    fact = evidence.fact(text)
    value, half = Fraction(exact(fact.value)), Fraction(1, 2 * 10**fact.decimals) if fact.decimals else Fraction(0)
    low = Fraction(0) if fact.bound == "upper" else value - half
    return low, Fraction(fact.of or _NO_LIMIT) if fact.bound == "lower" else value + half
