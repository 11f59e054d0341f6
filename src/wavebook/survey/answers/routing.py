"""Who was asked each question: as declared, or as the empty cells of a file show it; by question, never by column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice

import polars as pl

from wavebook.core.problems import raise_all
from wavebook.survey.answers.columns import Columns
from wavebook.survey.answers.described import text_of
from wavebook.survey.answers.wording import folded
from wavebook.survey.files.codes import any_of
from wavebook.survey.files.staging import Staging
from wavebook.survey.files.values import text_of as code_of
from wavebook.survey.files.values import value_of, within

Asked = Mapping[str, tuple[str, ...]]
"""Questions, and the answers to them that lead to this one: none for everyone, an empty name where it is not known."""

UNKNOWN: Asked = {"": ()}
_SKIPPED = re.compile(
    r"\W*(niet (gevraagd|van toepassing)|n\.? ?v\.? ?t\b|overgeslagen|not (asked|applicable)|n\.?/?a\b|skipped|inap|"
    r"nicht (gefragt|zutreffend)|entfällt|non (posée|concerné|applicable)|sans objet)"
)
_NEARLY_ALL, _MOST = 0.95, 0.8  # of respondents: so many have something in the cell, or fewer than that
_CLEAN = 0.02  # of those with one answer: typing errors, and people who stopped
_CANDIDATES, _ANSWERS = 25, 30  # questions that may lead to others, and the different answers of one


def rows(source: Columns, staging: Staging) -> tuple[pl.LazyFrame, dict[str, pl.Expr]]:
    """All rows of the columns that are declared, and the conditions by which the filter keeps them, by column."""
    plan = source.plan
    texts = (plan.respondent, *plan.strata, *plan.clusters, *plan.formats)
    identities = [source.actual[column] for column in texts if column in source.actual]
    raw, spoilt = source.file.load(list(dict.fromkeys(source.actual.values())), staging, identities)
    source.problems += [] if source.file.problems else spoilt
    source.read_formats(raw)
    return raw, {column: source.condition(column, codes) for column, codes in plan.filter.items()}


def asked_in(source: Columns, staging: Staging) -> dict[str, Asked]:
    """Who was asked what, in a file of which nothing was read yet; raises what is wrong with its columns."""
    raw, kept_by = rows(source, staging)
    raise_all(source.problems)
    return asked(source, raw.filter(*kept_by.values()))


def asked(source: Columns, raw: pl.LazyFrame) -> dict[str, Asked]:
    """Who was asked each question of which that can be told, by its name; ``raw`` are the rows that are kept."""
    found: dict[str, Asked] = {
        name: {_named(source, column): tuple(_answers(source, column, codes)) for column, codes in rules.items()}
        for name, rules in source.plan.asked_if.items()
        if all(column in source.actual for column in rules)
    }
    cells = {name: cell for name in source.columns if name not in found and (cell := _filled(source, name)) is not None}
    shares = _shares(raw, cells)
    found |= {name: {} for name, share in shares.items() if share >= _NEARLY_ALL}
    some = {name: cells[name] for name, share in shares.items() if 0 < share < _MOST}
    return found | (_led_to(source, raw, some) if some else {})


def told(who: Asked) -> str:
    """Who was asked, for people.

    >>> told({}), told({"used": ("ja", "soms")})
    ('everyone', 'those with “ja” or “soms” at used')
    """
    if not who:
        return "everyone"
    if "" in who:
        return "some, and the file does not show whom"
    parts = (
        f"{' or '.join(f'“{label}”' for label in labels) or 'an answer'} at {name}" for name, labels in who.items()
    )
    return f"those with {' and '.join(parts)}"


def differs(then: Asked | None, now: Asked | None) -> bool:
    """Tell whether others were asked, as far as both are known."""
    if then is None or now is None or (then and now and ("" in then or "" in now)):
        return False
    plain = [{name: {folded(label) for label in labels} for name, labels in who.items()} for who in (then, now)]
    return plain[0] != plain[1]


def _filled(source: Columns, name: str) -> pl.Expr | None:
    """The condition of something in a cell of ``name``; None where an empty one is an answer."""
    by_category = source.columns[name]
    tables = source.plan.codes.get(name, {}).values()
    if set(by_category) != {""} or name in source.counted or any("blank" in table for table in tables):
        return None
    columns = [source.actual[column] for column in by_category[""] if column in source.actual]
    return any_of([_reached(source, column) for column in columns]) if columns else None


def _reached(source: Columns, column: str) -> pl.Expr:
    """The condition of something in a cell but a code that says that nobody asked."""
    found = source.column(column)
    skipped = [
        found.span(code) for code, label in source.variable(column).labels.items() if _SKIPPED.match(folded(label))
    ]
    return found.cell.is_not_null() & ~found.within(skipped).fill_null(False) if skipped else found.cell.is_not_null()


def _shares(raw: pl.LazyFrame, cells: Mapping[str, pl.Expr]) -> dict[str, float]:
    """The part of the respondents with something in a cell, by name."""
    todo, shares = iter(cells.items()), dict[str, float]()
    while some := dict(islice(todo, 200)):
        counts = raw.select(pl.len().alias(""), **{name: cell.sum() for name, cell in some.items()})
        row = counts.collect(engine="streaming").row(0, named=True)
        shares |= {name: row[name] / row[""] for name in some if row[""]}
    return shares


def _led_to(source: Columns, raw: pl.LazyFrame, some: Mapping[str, pl.Expr]) -> dict[str, Asked]:
    """The question that leads to each of these, if the answers to one alone decide who has something in a cell."""
    found: dict[str, dict[str, Asked]] = {key: {} for key in some}
    for name, column in islice(_candidates(source), _CANDIDATES):
        sums = {key: cell.sum() for key, cell in some.items() if key != name}
        counts = raw.group_by(code=source.column(column).cell).agg(pl.len().alias(""), **sums)
        table = counts.head(_ANSWERS + 1).collect(engine="streaming")
        if not 1 < table.height <= _ANSWERS or min(table[""].to_list()) < source.enough:
            continue  # an answer of a few respondents is theirs, and tells nothing about a questionnaire
        for key in sums:
            shares = {code: n / whole for code, n, whole in table.select("code", key, "").rows()}
            here = [code for code, share in shares.items() if share > _CLEAN]
            if len(here) < len(shares) and all(shares[code] > _MOST for code in here) and None not in shares:
                codes = sorted(code_of(code) for code in here)
                found[key][column] = {_named(source, column): tuple(_labels(source, column, codes))}
    return {key: next(iter(fits.values())) if len(fits) == 1 else UNKNOWN for key, fits in found.items()}


def _candidates(source: Columns) -> Iterator[tuple[str, str]]:
    """The declared questions with codes in one column, by name."""
    for name, by_category in source.columns.items():
        for column in chain.from_iterable(by_category.values()):
            if column in source.actual and (
                source.plan.codes.get(name) or source.variable(source.actual[column]).labels
            ):
                yield name, source.actual[column]


def _named(source: Columns, column: str) -> str:
    """A column by the name that is read from it, else by its question, else by its own name."""
    actual = source.actual.get(column, column)
    for name, by_category in source.columns.items():
        for category, columns in by_category.items():
            if actual in [source.actual.get(c, c) for c in columns]:
                return f"{name}.{category}" if category else name
    return text_of(source.file.variables[actual]) or actual


def _answers(source: Columns, column: str, codes: tuple[str, ...]) -> Iterator[str]:
    """The labels of the codes of a condition; a code as written where it has none, and a range, which may hold any."""
    labels = source.file.variables[source.actual[column]].labels
    spans = source.column(source.actual[column])
    for code in codes:
        inside = [
            label for one, label in labels.items() if ".." not in code and within(value_of(one), spans.span(code))
        ]
        yield from inside or [code]


def _labels(source: Columns, column: str, codes: list[str]) -> Iterator[str]:
    labels = {code_of(value_of(code)): label for code, label in source.file.variables[column].labels.items()}
    yield from (labels.get(code, code) for code in codes)
