"""The answers behind a balance, which is one share of people less another: promoters less detractors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from wavebook.definitions import Definitions


def parts_of(d: Definitions, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The balances that can be made of the columns ``names``, each with the shares that it is made of."""
    known = set(names)
    made = {name: (*indicator.plus, *indicator.minus) for name, indicator in d.indicators.items()}
    return {name: parts for name, parts in made.items() if parts and known >= set(parts)}


def answer(d: Definitions, name: str, columns: Mapping[str, pl.Expr]) -> pl.Expr:
    """The answer of each respondent: 100 for each share that counts for the balance, −100 for each against it."""
    indicator = d.indicators[name]
    terms = [(100.0, part) for part in indicator.plus] + [(-100.0, part) for part in indicator.minus]
    return sum((sign * columns[part].cast(pl.Float64) for sign, part in terms), pl.lit(0.0))
