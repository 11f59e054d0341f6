"""How well a figure is known: what rounding left of it, its sampling error, and what that error rests on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from wavebook.definitions import Definitions, Sample
from wavebook.figures import RANGES, Figure
from wavebook.wording import exact, round_half_up

Basis = Literal["exact", "measured", "declared", "figures only"]
BASES: tuple[Basis, ...] = ("exact", "measured", "declared", "figures only")  # from strong to weak
Z95 = 1.959963984540054  # standard normal quantile at 0.975
_ESTIMATED = ("estimated", "revised")


@dataclass(frozen=True)
class Accuracy:
    """What is known of one figure, in its own unit.

    Before rounding the value lay from ``low`` (which itself counts if it is ``closed[0]``) to ``high``. ``se`` is its
    standard error, with ``df`` degrees of freedom; None where no source tells and nobody declared what it follows from.
    """

    low: Decimal
    high: Decimal
    closed: tuple[bool, bool]
    se: float | None
    df: float
    basis: Basis


def accuracy(figure: Figure, definitions: Definitions) -> Accuracy:
    """The accuracy of a figure that has a value.

    *Measured*: the table has its standard error or interval. *Declared*: it follows from the number of respondents, the
    effective number, or the standard deviation that the table or ``[[waves.<wave>.samples]]`` declares: the square root
    of p(100 − p)/n for a share, of variance/n for a mean. *Figures only*: neither. *Exact*: a whole number of things
    that are no people, of which no sample was drawn and nothing was rounded.
    """
    if _is_exact(figure, definitions):
        value = exact(figure.value)
        return Accuracy(value, value, (True, True), 0.0, math.inf, "exact")
    se, df, basis = _error(figure, definitions)
    half = _half(figure, basis)
    value = exact(figure.value)
    low, high, closed = value - half, value + half, (value > 0 or not half, value < 0 or not half)
    least, most = (Decimal(end) for end in RANGES.get(figure.unit, (-math.inf, math.inf)))
    if low < least:
        low, closed = least, (True, closed[1])
    if high > most:
        high, closed = most, (closed[0], True)
    return Accuracy(low, high, closed, se, df, basis)


def _is_exact(figure: Figure, definitions: Definitions) -> bool:
    people = definitions.bases[definitions.indicators[figure.key.indicator].base].people
    return not people and figure.unit == "count" and not figure.decimals and figure.value == int(figure.value)


def _half(figure: Figure, basis: Basis) -> Decimal:
    """Half a unit of the decimal that the figure was rounded to; 0 where its value has more decimals than that.

    Estimates of respondents are kept with one decimal more than readers see.
    """
    decimals = figure.decimals + (figure.status in _ESTIMATED)
    rounded = exact(figure.value) == round_half_up(figure.value, decimals)
    return Decimal(5).scaleb(-decimals - 1) if rounded or basis != "measured" else Decimal(0)


def _error(figure: Figure, definitions: Definitions) -> tuple[float | None, float, Basis]:
    if figure.se is not None:
        return figure.se, _implied_df(figure), "measured"
    if figure.ci_low is not None:
        reach = max(figure.ci_high - figure.value, figure.value - figure.ci_low)
        return reach / Z95, math.inf, "measured"
    se = _declared(figure, definitions)
    return se, math.inf, "figures only" if se is None else "declared"


def _implied_df(figure: Figure) -> float:
    """The degrees of freedom that an interval clearly wider than the normal one was made with."""
    if figure.ci_low is None or not figure.se:
        return math.inf
    ratio = (figure.ci_high - figure.ci_low) / 2 / figure.se
    if figure.unit == "percent" and figure.ci_low > 0 and figure.ci_high < 100:  # made on the logit scale
        share = figure.value / 100
        low, high = (math.log(end / (100 - end)) for end in (figure.ci_low, figure.ci_high))
        ratio = max(ratio, (high - low) / 2 * share * (1 - share) * 100 / figure.se)
    if ratio < 2:  # more than sixty
        return math.inf
    from scipy import special

    few, many = 1.0, 1000.0
    for _ in range(40):
        middle = math.sqrt(few * many)
        few, many = (middle, many) if special.stdtrit(middle, 0.975) > ratio else (few, middle)
    return few


def samples_of(figure: Figure, definitions: Definitions) -> list[Sample]:
    """What the figure's wave declares of the people behind it, the general before what names its indicator.

    A declaration is about everyone: nobody said how many of them are in a segment.
    """
    key = figure.key
    if key.segment_by or key.population != "total":
        return []
    declared = definitions.waves[key.wave].samples
    return [s for named in (False, True) for s in declared if bool(s.indicators) == named and s.is_about(key.indicator)]


def _declared(figure: Figure, definitions: Definitions) -> float | None:
    """The standard error that follows from what is declared; None where that is not enough."""
    known: dict[str, float] = {}
    for sample in samples_of(figure, definitions):
        if sample.n is not None and sample.n_effective is None:
            known.pop("n_effective", None)  # a more particular n without an effective one
        known |= {name: value for name in Sample.NUMBERS if (value := getattr(sample, name)) is not None}
    known |= {name: value for name in ("n", "n_effective") if (value := getattr(figure, name))}
    people = known.get("n_effective") or known.get("n")
    if not people or not definitions.bases[definitions.indicators[figure.key.indicator].base].people:
        return None
    if figure.unit == "percent":
        half = 0.5 * 10.0**-figure.decimals  # of all that prints alike, what varies most
        share = min(max(50.0, figure.value - half), figure.value + half)
        return math.sqrt(max(share * (100 - share), 0.0) / people)
    deviation = known.get("deviation")
    return None if deviation is None else deviation / math.sqrt(people)
