"""The form of a word that goes with a number, by the plural rules of CLDR."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache

_RELATION = re.compile(r"([nivftwce])(?: % (\d+))? (!?=) ([\d.,]+)")


def form_of(forms: Sequence[str], rules: Mapping[str, str], number: Decimal) -> str:
    """The form for a number as it is written: that of the first rule that it meets, or else the last.

    >>> rules = {"one": "i = 1 and v = 0"}
    >>> [form_of(("point", "points"), rules, Decimal(text)) for text in ("1", "1.0", "2")]
    ['point', 'points', 'points']
    """
    place = _place(tuple(rules.values()), f"{abs(number):f}")
    return forms[min(place, len(forms) - 1)]


@lru_cache(4096)
def _place(rules: tuple[str, ...], number: str) -> int:
    """The place of the first rule that a number meets, as it is written; their count if it meets none."""
    values = _operands(number)
    met = (any(all(_holds(part, values) for part in either) for either in _read(rule)) for rule in rules)
    return next((place for place, holds in enumerate(met) if holds), len(rules))


Relation = tuple[str, int, bool, tuple[tuple[int, int], ...]]


@cache
def _read(rule: str) -> tuple[tuple[Relation, ...], ...]:
    """A rule as alternatives, each of relations that hold together; raises ValueError where it is no rule of CLDR."""
    return tuple(tuple(map(_relation, part.split(" and "))) for part in rule.split(" or "))


def _relation(text: str) -> Relation:
    found = _RELATION.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no relation of a plural rule")
    operand, modulus, sign, ranges = found.groups()
    ends = tuple((int(low), int(high or low)) for low, _, high in (part.partition("..") for part in ranges.split(",")))
    return operand, int(modulus or 0), sign == "=", ends


def _operands(number: str) -> dict[str, Decimal]:
    """The size of a number, its whole part, and its decimals with and without zeros at the end, as rules name them."""
    whole, _, decimals = number.partition(".")
    short = decimals.rstrip("0")
    of_text = {"i": whole, "f": decimals, "t": short}
    values = {name: Decimal(text or 0) for name, text in of_text.items()}
    return values | {
        "n": Decimal(number),
        "v": Decimal(len(decimals)),
        "w": Decimal(len(short)),
        "c": Decimal(0),
        "e": Decimal(0),
    }


def _holds(relation: Relation, values: Mapping[str, Decimal]) -> bool:
    operand, modulus, wanted, ranges = relation
    value = values[operand] % modulus if modulus else values[operand]
    return any(value == int(value) and low <= value <= high for low, high in ranges) == wanted
