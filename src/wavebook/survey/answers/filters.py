"""The reason why a filter keeps nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from wavebook.core.problems import Problem, how_many
from wavebook.survey.files.codes import Column
from wavebook.survey.files.quoting import ENOUGH, counted, quoted


@dataclass(frozen=True)
class Part:
    """A column of a filter, as named in waves.toml, its codes, and the condition for keeping a respondent."""

    name: str
    column: Column
    codes: Sequence[str]
    keeps: pl.Expr

    def __str__(self) -> str:
        return f"filter {self.name} = {', '.join(self.codes)}"


def nobody_kept(
    raw: pl.LazyFrame,
    place: str,
    block: str,
    parts: Sequence[Part],
    person: pl.Expr | None = None,
    enough: int = ENOUGH,
) -> Iterator[Problem]:
    """Report the parts of a filter that keep none of ``raw``, or else the first that keeps none of the rest.

    ``place`` is the file, ``block`` the wave's table in data/waves.toml, for messages. A value that
    ``enough`` respondents gave is quoted; for ``person`` see ``quoting.counted``.
    """
    alone = {f"{i}": part.keeps.sum() for i, part in enumerate(parts)}
    together = {
        f"up to {i}": pl.all_horizontal(*(part.keeps for part in parts[: i + 1])).sum() for i in range(len(parts))
    }
    counts = raw.select(pl.len(), **alone, **together).collect(engine="streaming").row(0, named=True)
    if not counts["len"] or not parts:
        yield Problem("W125", place, "no respondents are left", "Look at the file.")
        return
    action = f"Correct filter under {block} in data/waves.toml."
    empty = [i for i in range(len(parts)) if not counts[f"{i}"]]
    if empty:
        for part in (parts[i] for i in empty):
            values = counted(raw, part.column.identity, pl.lit(True), person)
            what = f"{part} keeps none of {how_many(counts['len'])}; it holds {quoted(values, enough) or 'nothing'}"
            yield Problem("W125", f"{place}, column {part.column.name}", what, action)
        return
    first = next(i for i in range(len(parts)) if not counts[f"up to {i}"])
    what = f"{parts[first]} keeps {how_many(counts[f'{first}'])}, and none of the {counts[f'up to {first - 1}']} "
    what += "that the parts before it keep"
    yield Problem("W125", f"{place}, column {parts[first].column.name}", what, action)
