"""Population totals by margin, read from CSV, and mismatches between margins and respondents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import polars as pl

from wavebook.core import files
from wavebook.core.problems import Problem, fail, how_many, raise_all

Margins = Mapping[str, Mapping[str, float]]
SAME_TOTAL = 1e-6
"""Margins may differ this much in their sums (rounding in the source) and still describe one population."""
_DOUBTFUL = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")  # either a thousand or one
_MANY = 20
"""Categories without a total beyond which none is named: such a column may identify people."""


def read_margins(path: Path) -> dict[str, dict[str, float]]:
    """Population totals by margin and category, from a CSV with the columns ``column``, ``category``, ``total``.

    Raises
    ------
    ProblemsError
        W160 for each row that is not usable.
    """
    wanted = ["column", "category", "total"]
    try:
        table = pl.read_csv(files.read(path, files.TABLE), infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        why = getattr(error, "strerror", None) or "it is not CSV in UTF-8 with commas between its cells"
        fail(Problem("W160", str(path), f"cannot be read: {why}", "Save it again."))
    if table.columns != wanted:
        found = f"the columns are {', '.join(table.columns)}"
        fail(Problem("W160", str(path), found, f"Give exactly the columns {', '.join(wanted)}."))
    margins: dict[str, dict[str, float]] = {}
    problems = [] if len(table) else [Problem("W160", str(path), "has no totals", "Add them, or remove the file.")]
    for row, (column, category, total) in enumerate(table.iter_rows(), start=2):
        number = _number(total)
        place = f"{path}, row {row}"
        if not column or not category:
            problems.append(Problem("W160", place, "the column or the category is empty", "Fill both."))
        elif not 0 <= number < np.inf:
            action = "Give the number of people, with a decimal point and no thousands separator."
            problems.append(Problem("W160", place, f"{total} is not a population total", action))
        elif category in margins.setdefault(column, {}):
            problems.append(Problem("W160", place, f"{column} = {category} occurs twice", "Keep one of the rows."))
        else:
            margins[column][category] = number
    doubtful = [row for row, total in enumerate(table["total"], 2) if _DOUBTFUL.fullmatch((total or "").strip())]
    if 0 < len(doubtful) < len(table):  # if all are like that, their proportions are the same either way
        action = "Give the number of people, with a decimal point and no thousands separator."
        found = "the point in the total may be for thousands, and other totals have none of that form"
        problems += [Problem("W160", f"{path}, row {row}", found, action) for row in doubtful]
    raise_all(problems)
    return margins


def _number(text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        return float("nan")


def problems_of(
    groups: pl.DataFrame, margins: Margins, weight: str | None, source: str, totals: Iterable[str] = ()
) -> list[Problem]:
    """Find mismatches between these margins and these respondents."""
    problems = []
    for name in totals:
        number = groups[name].cast(pl.Float64, strict=False)
        if count := int(groups.filter(~number.is_finite().fill_null(False))["_n"].sum()):
            text, action = f"no number ({how_many(count)})", "Fill the column, or leave it out of the totals."
            problems.append(Problem("W165", f"{source}, column {name}", text, action))
    for what, kind in (("missing", "missing"), ("negative", "negative"), ("infinite or undefined", "infinite")):
        if count := int(groups[f"_{kind}"].sum()):
            found = f"the base weight is {what} ({how_many(count)})"
            action = "Give every respondent a number of at least 0."
            problems.append(Problem("W166", f"{source}, column {weight}", found, action))
    counted = groups.filter(pl.col("_n") > 0)
    if not counted.height:
        problems.append(Problem("W166", source, "no respondent has a base weight above 0", "Check the file."))
    for name, categories in margins.items():
        respondents = dict(counted.group_by(f"{name} ").agg(pl.col("_n").sum()).iter_rows())
        problems += _margin_problems(respondents, name, {str(k): v for k, v in categories.items()}, source)
    sums = {name: sum(categories.values()) for name, categories in margins.items()}
    if max(sums.values()) - min(sums.values()) > SAME_TOTAL * max(sums.values()):
        listed = ", ".join(f"{name} {value:,.10g}" for name, value in sums.items())
        action = "Take all margins from one population and one date."
        problems.append(Problem("W164", "margins", f"the totals contradict each other: {listed}", action))
    return problems


def _margin_problems(
    found: Mapping[str | None, int], name: str, categories: Mapping[str, float], source: str
) -> list[Problem]:
    problems = []
    if empty := found.get(None, 0):
        action = "Fill the column, or give these respondents a category with a total of its own."
        problems.append(
            Problem("W165", f"{source}, column {name}", f"the value is missing ({how_many(empty)})", action)
        )
    for category, population in categories.items():
        place = f"margins, {name} = {category}"
        if not 0 <= population < np.inf:
            problems.append(Problem("W160", place, f"{population} is not a population total", "Correct the number."))
        elif population > 0 and category not in found:
            action = "Join the category with another, in the margins and in the data."
            problems.append(Problem("W162", place, f"there are no respondents for {population:,.10g} people", action))
        elif population == 0 and category in found:
            text = f"the population is 0, but there are answers ({how_many(found[category])})"
            problems.append(Problem("W163", place, text, "Correct the total, or leave these respondents out."))
    extra = sorted(category for category in found if category is not None and category not in categories)
    action = "Add its population total, or recode it."
    if len(extra) > _MANY:
        people = how_many(sum(found[category] for category in extra))
        text = f"the margin lacks {len(extra)} categories that respondents have ({people})"
        problems.append(Problem("W163", f"{source}, column {name}", text, "Choose a column with fewer categories."))
        extra = []
    for category in extra:
        text = f"the margin lacks this category ({how_many(found[category])})"
        problems.append(Problem("W163", f"{source}, column {name} = {category}", text, action))
    return problems
