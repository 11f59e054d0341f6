"""The quoting of answers: texts that enough respondents gave identify nobody; of others, only length and number."""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

from wavebook.core.problems import how_many
from wavebook.survey.files.errors import said_error

ENOUGH = 5  # respondents with the same text; more if the owner of the data publishes no group as small
_SHOWN = 5  # texts in one message
_BREAK = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]+\s*")
_LONG = 60  # characters


def counted(raw: pl.LazyFrame, value: pl.Expr, where: pl.Expr, person: pl.Expr | None = None) -> list[tuple[str, int]]:
    """Each value of the rows that satisfy ``where``, with its respondents, most frequent first.

    ``person`` is the person of a row, if somebody has several: a text in five rows of one is theirs alone.
    """
    people = pl.len() if person is None else pl.col("person").n_unique()
    rows = raw.select(where=where, value=value, person=pl.lit(0) if person is None else person)
    counts = rows.filter("where").drop_nulls("value").group_by("value").agg(people.alias("n"))
    return counts.sort("n", "value", descending=[True, False]).collect(engine="streaming").rows()


def quoted(counts: Iterable[tuple[str, int]], enough: int = ENOUGH) -> str:
    """Texts with their numbers of respondents, most frequent first, as a message may quote them.

    >>> quoted([("geen idee", 7), ("van Jan", 1), ("weet ik echt niet", 1)])
    '“geen idee” (7 respondents) and 2 other texts of 7 to 17 characters (2 respondents)'
    """
    counts = list(counts)
    named = [(text, n) for text, n in counts if n >= enough or said_error(text)][:_SHOWN]
    rest = counts[len(named) :] if named == counts[: len(named)] else [item for item in counts if item not in named]
    parts = [f"“{_short(text)}” ({how_many(n)})" for text, n in named]
    if rest:
        low, high = min(len(text) for text, _ in rest), max(len(text) for text, _ in rest)
        length = how_many(low, "character") if low == high else f"{low} to {high} characters"
        single = "another text" if named else "a text"
        what = single if len(rest) == 1 else f"{len(rest)} {'other ' if named else ''}texts"
        parts.append(f"{what} of {length} ({how_many(sum(n for _, n in rest))})")
    return ", ".join(parts[:-1]) + " and " * (len(parts) > 1) + parts[-1] if parts else ""


def said_mark(mark: str, quotes: str = "{}") -> str:
    """A mark between several answers in a cell, as a message names it.

    >>> said_mark(";"), said_mark(",", "“{}”"), said_mark("\\n")
    (';', '“,”', 'a line break')
    """
    return "a line break" if mark == "\n" else quotes.format(mark)


def _short(text: str) -> str:
    text = _BREAK.sub(" ⏎ ", text)
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"
