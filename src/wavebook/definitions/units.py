"""Declared units: [units.NAME] of data/indicators.toml, made into what figures have."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator
from pydantic_core import PydanticCustomError

from wavebook.core.hints import after
from wavebook.core.problems import Problem
from wavebook.core.units import (
    BALANCE,
    BUILT_IN,
    COUNT,
    INDEX,
    PERCENT,
    SCORE,
    Duration,
    Forms,
    Unit,
    built_in,
    is_currency,
)
from wavebook.definitions.base import Declaration, Text, Words

DeclaredKind = Literal["share", "score", "count", "amount", "duration", "index", "balance"]
Ends = tuple[float, float]
_BASES: Mapping[str, Unit] = {
    "share": PERCENT,
    "score": SCORE,
    "count": COUNT,
    "amount": Unit("amount", "amount"),
    "duration": Unit("duration", "duration", 0),
    "index": INDEX,
    "balance": BALANCE,
}


class Difference(Declaration):
    """The unit of a difference, where it has one of its own: a percentage point, a point."""

    one: Text
    many: Text


class Measure(Declaration):
    """A unit that a book declares; ``made`` is what its figures have.

    ``kind`` follows from ``currency`` and ``duration``. A score has a ``scale``; ``bounds`` are those of one answer in
    another unit. Words that it lacks are those of the library for its kind. ``decimals`` and ``alike`` are those of
    indicators that do not say.
    """

    kind: DeclaredKind | None = None
    one: Text | None = None
    many: Text | None = None
    symbol: Text | Words | None = None
    axis: Text | None = None
    difference: Difference | None = None
    decimals: int | None = Field(default=None, ge=0, le=6)
    alike: float | None = Field(default=None, gt=0)
    scale: Ends | None = Field(default=None, strict=False)
    bounds: Ends | None = Field(default=None, strict=False)
    currency: str = ""
    duration: Duration | None = None
    clock: bool = False
    base: float | None = None

    @property
    def of_kind(self) -> DeclaredKind | None:
        """Its kind, as it is declared or follows."""
        return self.kind or ("amount" if self.currency else "duration" if self.duration else None)

    def made(self, name: str) -> Unit:
        """The unit of this name."""
        base = _BASES[self.of_kind or "count"]
        low, high = self.scale or self.bounds or base.ends
        apart = base.apart
        if self.difference:
            apart = Unit(f"{name}_difference", "points", forms=Forms(self.difference.one, self.difference.many))
        symbol = _Everywhere(self.symbol) if isinstance(self.symbol, str) else self.symbol
        return Unit(
            name,
            base.kind,
            low,
            high,
            apart,
            self.decimals,
            self.alike,
            self.currency,
            self.duration,
            self.clock,
            self.base or base.base,
            Forms(self.one, self.many, symbol, self.axis),
        )

    def problems(self, name: str) -> Iterator[Problem]:
        """Report what is missing, or cannot be (W216)."""
        kind, currency, duration = self.of_kind, self.currency, self.duration
        scored, timed = kind == "score", kind == "duration"
        known = bool(built_in(name))
        ends = [(field, ends) for field, ends in (("scale", self.scale), ("bounds", self.bounds)) if ends]
        checks: tuple[tuple[object, str, str, str], ...] = (
            (known, "", "is the name of a unit that is known already", "Give it another name, or remove it."),
            (kind is None, "", "has no kind", "Give it a kind, a currency or a duration."),
            (
                bool(self.one) != bool(self.many),
                "",
                "has words for one or for many, and not for both",
                "Add the other.",
            ),
            (currency and not is_currency(currency), "currency", f"{currency} is not a currency", "Write, say, EUR."),
            (currency and kind != "amount", "currency", f"does not go with the kind {kind}", "Remove one of the two."),
            (timed and not duration, "duration", "is missing", "Say what is counted, such as minute."),
            (duration and not timed, "duration", f"does not go with the kind {kind}", "Remove one of the two."),
            (
                self.clock and duration not in ("minute", "hour"),
                "clock",
                "is for minutes and hours only",
                "Remove it, or count those.",
            ),
            (self.base is not None and kind != "index", "base", f"does not go with the kind {kind}", "Remove it."),
            (self.scale and not scored, "scale", f"does not go with the kind {kind}", "Write bounds, or kind = score."),
            (self.bounds and scored, "bounds", "does not go with the kind score, which has a scale", "Write scale."),
            (
                kind in ("share", "balance") and self.bounds,
                "bounds",
                f"does not go with the kind {kind}, whose ends are known",
                "Remove it.",
            ),
            *((low >= high, field, f"{low:g} is not below {high:g}", "Swap them.") for field, (low, high) in ends),
        )
        for wrong, field, found, action in checks:
            if wrong:
                place = f"data/indicators.toml, units.{name}" + (f".{field}" if field else "")
                yield Problem("W216", place, found, action)


class _Everywhere:
    """A text that is the same in every language."""

    def __init__(self, text: str):
        self.text = text

    def __getitem__(self, language: str) -> str:
        return self.text


def measured(indicator: Any, units: Mapping[str, Measure]) -> Any:
    """The table of an indicator with its unit in place of the name of one, and what follows from it."""
    name = indicator.get("unit") if isinstance(indicator, Mapping) else None
    if not isinstance(name, str):
        return indicator
    unit = units[name].made(name) if name in units else built_in(name)
    if unit is None:
        return indicator
    scale = indicator.get("scale")
    if unit.is_score and not unit.is_bounded and isinstance(scale, list) and len(scale) == 2:
        unit = unit.on(*scale) if all(isinstance(end, int | float) for end in scale) else unit
    decimals = {} if unit.decimals is None else {"decimals": unit.decimals}
    return {**decimals, **indicator, "unit": unit}


def _known(value: object) -> Unit:
    unit = built_in(value) if isinstance(value, str) else value
    if not isinstance(unit, Unit):
        raise PydanticCustomError("words", "is not a unit{close}", {"close": after(value, BUILT_IN)})
    return unit


Measured = Annotated[Unit, PlainValidator(_known)]
"""A unit, which declarations name."""


def wrong_use(name: str, unit: Unit, scale: Ends | None, categories: bool) -> Iterator[Problem]:
    """Report what an indicator asks of its unit that it cannot give (W217)."""
    place = f"data/indicators.toml, indicators.{name}"
    if scale and not (unit.is_score and unit.ends == scale):
        found = f"the unit is {unit.described}" if unit.is_score else f"does not go with the kind {unit.kind}"
        yield Problem("W217", f"{place}.scale", found, "Remove it, or name another unit.")
    elif scale and scale[0] >= scale[1]:
        yield Problem("W217", f"{place}.scale", f"{scale[0]:g} is not below {scale[1]:g}", "Swap them.")
    elif unit.is_score and not (math.isfinite(unit.low) and math.isfinite(unit.high)):
        yield Problem("W217", f"{place}.scale", "is missing", "Say what a score goes from and to: scale = [1, 5].")
    if categories and not unit.is_share:
        found = f"do not go with the kind {unit.kind}"
        yield Problem("W217", f"{place}.categories", found, "Remove them, or name a unit of shares.")
