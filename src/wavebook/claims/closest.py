"""The difference that a test turns on, as readers are told of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

Weighs = Literal["apart", "gap", "limit", "aim"]
_KINDS: dict[int, Weighs] = {1: "limit", 2: "apart", 4: "gap"}  # by the number of figures


@dataclass(frozen=True)
class Weighing:
    """A sum that was weighed: the difference of two figures, or of two such differences, or the distance to a number.

    That number is a limit to be passed, or an aim to be near.

    ``key`` is one of its figures, whose unit it has; ``rounding`` is what rounding can change of its ``size``, and
    ``chance`` what chance explains (None: nobody knows). ``slack`` is what then remains before the verdict turns.
    """

    kind: Weighs
    key: str
    size: float
    rounding: float
    chance: float | None
    truth: bool | None
    slack: float


def kind_of(terms: Iterable[tuple[int | Decimal, str]], *, near: bool = False) -> Weighs | None:
    """The kind of a sum of figures (coefficient, key); None for one whose size says nothing to readers.

    ``near`` is a sum that must be near 0, and not above it.

    >>> kind_of([(1, "a"), (-1, "b")]), kind_of([(1, "a"), (Decimal("-1.5"), "b")])
    ('apart', None)
    """
    together: dict[str, Decimal] = {}
    for coefficient, key in terms:
        together[key] = together.get(key, Decimal(0)) + coefficient
    factors = [factor for factor in together.values() if factor]
    if any(abs(factor) != 1 for factor in factors) or (len(factors) > 1 and sum(factors, Decimal(0))):
        return None
    kind = _KINDS.get(len(factors))
    return "aim" if near and kind == "limit" else kind


def closest(weighed: Sequence[Weighing]) -> dict[str, Any] | None:
    """The weighing that came nearest to another verdict, and ``among`` how many; None if they did not go one way."""
    if not weighed or len({item.truth for item in weighed}) > 1 or len({item.kind for item in weighed}) > 1:
        return None
    nearest = min(weighed, key=lambda item: item.slack)
    told = {name: getattr(nearest, name) for name in ("kind", "key", "size", "rounding", "chance", "truth")}
    return told | {"among": len(weighed)}
