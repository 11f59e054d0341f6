"""Accuracy of a figure: the bounds that rounding leaves, its sampling error, and the basis of that error."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from wavebook.core import memory
from wavebook.definitions import Definitions, Sample
from wavebook.figures.figure import Figure
from wavebook.language.wording import exact

Basis = Literal["exact", "measured", "declared", "figures only"]
BASES: tuple[Basis, ...] = ("exact", "measured", "declared", "figures only")  # from strong to weak
Z95 = 1.959963984540054  # standard normal quantile at 0.975


@dataclass(frozen=True)
class Accuracy:
    """The accuracy of one figure, in its own unit.

    Before rounding, the value lay between ``low`` (itself included if ``closed[0]``) and ``high``. ``se`` is its
    standard error, with ``df`` degrees of freedom; None where no source gives it and it does not follow from what is
    declared. ``people`` is the size of the simple random sample that a share's sample equals; None for other figures.
    """

    low: Decimal
    high: Decimal
    closed: tuple[bool, bool]
    se: float | None
    df: float
    basis: Basis
    people: float | None = None

    def reach(self, alpha: float, df: float, *, up: bool) -> float:
        """Compute how far above ``high`` (or below ``low``) the true value may lie, at two-sided ``alpha`` with ``df``.

        For a share it is exact, as a normal reach is too short near 0 and 100: for 0 of 100 people it would be nil.

        Source: Clopper and Pearson (1934), Biometrika 26; for designs Korn and Graubard (1998), Survey Methodology 24.
        """
        if not self.se:
            return 0.0
        quantile = critical(alpha, df)
        if self.people is None:
            return quantile * self.se
        share = float(self.high if up else self.low) / 100
        share = 1 - share if up else share  # the upper end of a share is the lower end of its complement
        if share <= 0 or not quantile:
            return 0.0
        people = self.people * (critical(alpha, math.inf) / quantile) ** 2
        end = float(memory.special().betaincinv(people * share, people * (1 - share) + 1, alpha / 2)) if people else 0.0
        return 100 * (share - (0.0 if math.isnan(end) else end))  # that far out, SciPy gives none


def critical(alpha: float, df: float) -> float:
    """Student's t quantile that two-sided ``alpha`` leaves on both sides; the normal one for infinite ``df``."""
    special = memory.special()
    quantile = -float(special.stdtrit(df, alpha / 2) if math.isfinite(df) else special.ndtri(alpha / 2))
    return quantile if quantile >= 0 else math.inf  # SciPy gives up, or reverses the sign, far out with few degrees


def accuracy(figure: Figure, definitions: Definitions) -> Accuracy:
    """The accuracy of a figure that has a value.

    *Measured*: the table has its standard error or interval. *Declared*: it follows from the number of respondents, the
    effective number, or the standard deviation that the table or ``[[waves.<wave>.samples]]`` declares: the square root
    of p(100 − p)/n for a share, of variance/n for a mean. *Figures only*: neither. *Exact*: a whole number of things
    other than people, of which no sample was drawn and nothing was rounded.
    """
    if _is_exact(figure, definitions):
        value = exact(figure.number)
        return Accuracy(value, value, (True, True), 0.0, math.inf, "exact")
    se, df, basis = _error(figure, definitions)
    people = _people(figure, definitions, se, basis) if figure.unit.is_share else None
    half = _half(figure, basis)
    value = exact(figure.number)
    low, high, closed = value - half, value + half, (value > 0 or not half, value < 0 or not half)
    least, most = (Decimal(end) for end in figure.unit.range)
    if low < least:
        low, closed = least, (True, closed[1])
    if high > most:
        high, closed = most, (closed[0], True)
    return Accuracy(low, high, closed, se, df, basis, people)


def _is_exact(figure: Figure, definitions: Definitions) -> bool:
    people = definitions.bases[definitions.indicators[figure.key.indicator].base].people
    return not people and figure.unit.kind == "count" and not figure.decimals and figure.number % 1 == 0


def _half(figure: Figure, basis: Basis) -> Decimal:
    """Half a unit of the last decimal that the figure was rounded to.

    The last decimal is the last one written, even if readers see fewer; but for a figure without an error that has more
    decimals than readers see, nobody knows how it was rounded.
    """
    value, decimals = exact(figure.number), figure.decimals
    if basis == "measured" and value != figure.printed:
        decimals = -int(value.normalize().as_tuple().exponent)
    return Decimal(5).scaleb(-decimals - 1)


def _error(figure: Figure, definitions: Definitions) -> tuple[float | None, float, Basis]:
    declared = _declared(figure, definitions)
    if figure.se is not None:
        df = min(_implied_df(figure), figure.n - 1 if figure.n and figure.n > 1 else math.inf)
        if not figure.se and figure.unit.is_share:  # all answered alike, which bounds the others' answers up to n
            return declared, df, "figures only" if declared is None else "measured"
        return figure.se, df, "measured"
    if figure.interval is not None:
        low, high = figure.interval
        reach = max(high - figure.number, figure.number - low)
        return reach / Z95, math.inf, "measured"
    return declared, math.inf, "figures only" if declared is None else "declared"


def _people(figure: Figure, definitions: Definitions, se: float | None, basis: Basis) -> float | None:
    """The size of a simple random sample that would estimate a share equally well."""
    share = figure.number / 100
    if basis == "measured" and se and 0 < share < 1 and (figure.se or figure.interval):
        return share * (1 - share) / (se / 100) ** 2
    return _sampled(figure, definitions).get("people") if se else None


def _implied_df(figure: Figure) -> float:
    """The degrees of freedom behind an interval that is clearly wider than the normal one."""
    if figure.interval is None or not figure.se:
        return math.inf
    (low, high), value, se = figure.interval, figure.number, figure.se
    if figure.unit.is_share and low > 0 and high < 100 and _lopsided(low, value, high):
        se /= value * (1 - value / 100)
        low, value, high = (math.log(end / (100 - end)) for end in (low, value, high))  # as such intervals are made
    ratio = (high - low) / 2 / se
    if ratio < 1.9623:  # more than a thousand
        return math.inf
    special = memory.special()
    few, many = 1.0, 1000.0
    for _ in range(40):
        middle = math.sqrt(few * many)
        few, many = (middle, many) if special.stdtrit(middle, 0.975) > ratio else (few, middle)
    return few


def _lopsided(low: float, value: float, high: float) -> bool:
    return abs(low + high - 2 * value) > 0.01 * (high - low)


def samples_of(figure: Figure, definitions: Definitions) -> list[Sample]:
    """List the samples that the figure's wave declares, those for all indicators before those that name its own.

    A declaration is about everyone: it does not say how many of them are in a segment.
    """
    key = figure.key
    if key.segment_by or key.population:
        return []
    declared = definitions.waves[key.wave].samples
    return [s for named in (False, True) for s in declared if bool(s.indicators) == named and s.is_about(key.indicator)]


def _declared(figure: Figure, definitions: Definitions) -> float | None:
    """The standard error that follows from the declarations; None where they are not enough."""
    known = _sampled(figure, definitions)
    if "people" not in known:
        return None
    if figure.unit.is_share:
        half = 0.5 * 10.0**-figure.decimals  # of all values that print alike, the one that varies most
        share = min(max(50.0, figure.number - half), figure.number + half)
        return math.sqrt(max(share * (100 - share), 0.0) / known["people"])
    return known["deviation"] / math.sqrt(known["people"]) if "deviation" in known else None


def _sampled(figure: Figure, definitions: Definitions) -> dict[str, float]:
    """Collect what the table or its wave declares about the people behind a figure, and their effective number."""
    if not definitions.bases[definitions.indicators[figure.key.indicator].base].people:
        return {}
    known: dict[str, float] = {}
    for sample in samples_of(figure, definitions):
        if sample.n is not None and sample.n_effective is None:
            known.pop("n_effective", None)  # a more particular n without an effective one
        known |= {name: value for name in Sample.NUMBERS if (value := getattr(sample, name)) is not None}
    counts = figure.n_effective or (min(figure.n, known.get("n_effective", math.inf)) if figure.n else None)
    people = counts or known.get("n_effective") or known.get("n")
    return known | ({"people": people} if people else {})
