"""The design of a sample as the file holds it: each row's respondent, weight, stratum, cluster and population size."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from wavebook.core.problems import Problem, how_many
from wavebook.survey.answers.checks import Check, Checks
from wavebook.survey.answers.columns import Columns
from wavebook.survey.answers.lookalikes import in_error
from wavebook.survey.files.codes import Column
from wavebook.survey.files.errors import is_error
from wavebook.survey.files.folding import looks
from wavebook.survey.files.quoting import counted


class Sampling:
    """The columns of the design, put in ``frame``: expressions by the project's names."""

    def __init__(self, source: Columns, checks: Checks, frame: dict[str, pl.Expr]):
        self.source, self.checks, self.frame = source, checks, frame

    def add(self) -> None:
        """Put respondent, weight, strata, clusters and sizes in the frame, with the checks they need."""
        plan, actual, checks = self.source.plan, self.source.actual, self.checks
        if plan.respondent in actual:
            self.frame["respondent"] = self.source.column(actual[plan.respondent]).identity
            checks.add(checks.numbered(actual[plan.respondent]))
        if plan.weight in actual:
            self.frame["weight"] = self._quantity(actual[plan.weight])
            checks.add(checks.weighed(plan.weight, self.frame["weight"]))
        for role, kind, columns in (("strata", "stratum", plan.strata), ("clusters", "cluster", plan.clusters)):
            if columns and all(column in actual for column in columns):
                parts = [self.source.column(actual[column]) for column in columns]
                whole = pl.concat_str([part.identity for part in parts], separator="|")
                self.frame[role] = parts[0].cell if len(parts) == 1 else whole
                checks.add(checks.drawn(kind, columns, self.frame[role]))
                checks.add(beside_groups(checks, parts, kind))
        strata, clusters = self.frame.get("strata"), self.frame.get("clusters")
        self._population_size(strata)
        if "population_size" in self.frame:
            checks.add(checks.sized(self.frame["population_size"], strata, clusters))
        if strata is not None and clusters is not None:
            checks.add(checks.nested(strata, clusters))

    def _population_size(self, strata: pl.Expr | None) -> None:
        size = self.source.plan.population_size
        if isinstance(size, str) and size in self.source.actual:
            self.frame["population_size"] = self._quantity(self.source.actual[size])
        elif isinstance(size, dict) and strata is not None:
            columns = [self.source.column(self.source.actual[column]).identity for column in self.source.plan.strata]
            stratum, value = pl.concat_str(columns, separator="|"), pl.lit(None, pl.Float64)
            for name, number in size.items():
                value = pl.when(stratum == name).then(pl.lit(float(number))).otherwise(value)
            self.frame["population_size"] = value
        elif isinstance(size, float | int):
            self.frame["population_size"] = pl.lit(float(size))

    def _quantity(self, name: str) -> pl.Expr:
        """A weight or size; text that is not a number is reported, and is missing."""
        column = self.source.column(name)
        check = self.checks.written if column.text else self.checks.stored
        relative = name == self.source.actual.get(self.source.plan.weight or "")
        self.checks.add(check(column, column.cell.is_not_null(), relative=relative))
        return pl.when(~column.within(self.source.file.variables[name].missing)).then(column.number).cast(pl.Float64)


def beside_groups(checks: Checks, columns: Iterable[Column], role: str) -> Check:
    """Tell of strata or clusters whose names look the same (W149), and report those that are an error (W137)."""
    texts = [column for column in columns if column.text]
    found = yield {column.name: is_error(column.cell).sum() for column in texts}
    for column in texts:
        where = f"{checks.place}, column {column.name}"
        if found[column.name]:
            yield in_error(where, counted(checks.raw, column.cell, is_error(column.cell), checks.person), checks.enough)
        names = checks.raw.select(name=column.cell, look=looks(column.cell)).unique().group_by("look").len()
        if twice := names.filter(pl.col("len") > 1).select(pl.len()).collect(engine="streaming").item():
            what = f"has names of a {role} that look the same and are counted apart ({how_many(twice, 'name')})"
            yield Problem("W149", where, what, f"Write each {role} in one way, if these are the same.")
