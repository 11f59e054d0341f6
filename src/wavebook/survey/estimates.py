"""The estimates of one wave: its answers weighted, their sums, and the correlations of estimates."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl

from wavebook.core.problems import Problem, fail
from wavebook.core.units import Unit
from wavebook.definitions import Definitions, ResponseFile
from wavebook.figures import NUMBER_COLUMNS
from wavebook.survey.answers import responses
from wavebook.survey.disclosure import dominance, perturbation, suppression
from wavebook.survey.estimation import contrasts, estimate, margins, weights
from wavebook.survey.estimation.design import Band, Design, Mean
from wavebook.survey.estimation.sample import Run, run_over
from wavebook.survey.files.opening import has_file
from wavebook.survey.record import table_of


def weighed(
    root: Path, year: str, answers: responses.Responses, declared: ResponseFile
) -> tuple[pl.LazyFrame, Design, dict | None]:
    """The answers with their final weight, the design, and the report of calibration (None when there was none)."""
    columns = answers.frame.collect_schema().names()
    weight, sizes = (name if name in columns else None for name in ("weight", "population_size"))
    strata, clusters = (name if name in columns else () for name in ("strata", "clusters"))
    drawn = Design(weight, strata, clusters, sizes, lonely=declared.lonely)
    path = root / "data" / "margins" / f"{year}.csv"
    if not path.is_file():
        if declared.weighting is not None:
            place = f"data/waves.toml, waves.{year}.responses.weighting"
            found = f"needs data/margins/{year}.csv, which is missing"
            fail(Problem("W160", place, found, "Add it with the columns column,category,total."))
        return answers.frame, drawn, None
    totals = margins.read_margins(path)
    chosen = declared.weighting.model_dump() if declared.weighting else {}
    made = weights.calibrate(answers.frame, totals, weight=weight, source=answers.place, **chosen)
    frame = answers.frame.with_columns(made.weight.alias("_calibrated"))
    report = asdict(made.report)
    report["margins"] = made.report.margins.to_dicts()
    return frame, replace(drawn, weight="_calibrated", base_weight=weight, calibrated_on=tuple(totals)), report


def measured(frame: pl.LazyFrame, d: Definitions) -> list[str]:
    """The columns that hold an indicator, or a category of one."""
    return [name for name in frame.collect_schema() if name.partition(".")[0] in d.indicators]


def run_of(
    frame: pl.LazyFrame, design: Design, d: Definitions, place: str, asked: contrasts.Questions | None = None
) -> Run:
    """The sums behind all estimates; with ``asked``, also those behind their correlations."""
    names = measured(frame, d)
    shares = [name for name in names if d.indicators[name.partition(".")[0]].unit.is_share]
    wanted = [Band(name, name, values=[1]) if name in shares else Mean(name, name) for name in names]
    schema = frame.collect_schema().names()
    breakdowns = [name for name in schema if name in d.breakdowns]
    population = "population" if "population" in schema else None
    together, apart = (asked.pairs, asked.exclusive) if asked else ((), ())
    return run_over(frame, design, wanted, breakdowns, population, together=together, apart=apart, source=place)


def kept_contrasts(root: Path, year: str, run: Run, asked, d: Definitions, result: pd.DataFrame, least: int) -> bytes:
    """The correlations of estimates, where these tell nothing about people; also with the panel's earlier waves."""
    found = [*contrasts.contrasts(run, year, asked, d)]
    tables = [result]
    panel = d.waves[year].panel
    for earlier in (w for w in d.before(year) if panel and d.waves[w].panel == panel):
        before = table_of(root, earlier, d)
        if before is not None and (declared := d.waves[earlier].responses) and has_file(root, earlier):
            answers = responses.read_responses(root, d, earlier)
            frame, design, _ = weighed(root, earlier, answers, declared)
            waves = (earlier, run_of(frame, design, d, answers.place)), (year, run)
            found += contrasts.panel_contrasts(*waves, asked, d)
            tables.append(before)
    return contrasts.table(found, tables, least)


def estimates(run: Run, d: Definitions, settings: suppression.Settings) -> pd.DataFrame:
    """All estimates as rows of the figures table, with ``n_cell`` and dominance columns for disclosure control."""
    found = estimate.percent(estimate.estimates_of(run)).filter(pl.col("value").is_not_null())
    rows = pd.DataFrame(found.to_dict(as_series=False))
    parts = rows["indicator"].str.partition(".")
    table = pd.DataFrame(
        {
            "indicator": parts[0],
            "population": rows["population"].fillna(""),
            "segment_by": rows["segment_by"].fillna(""),
            "segment": rows["segment"].fillna(""),
            "category": parts[2],
            "unit": [d.indicators[name].unit for name in parts[0]],
            **{name: estimate.significant(rows[name].to_numpy(float)) for name in NUMBER_COLUMNS},
        }
    )
    # A share of everyone or no one has no interval of its own: the sample cannot tell how certain it is.
    table["n_cell"], table["df"] = rows["count"].astype(float), rows["df"].astype(float)
    design, frame = run.design, run.frame
    if design.weight:
        table["weight"] = rows["weight"].astype(float)
    amounts = [name for name, unit in units(frame, d).items() if unit.is_sum]
    largest = dominance.contributions(frame, design.weight, amounts, [*run.breakdowns], run.population)
    table = table.merge(largest, how="left")
    return dominance.heaviest(table, frame, design.weight, settings) if design.weight else table


def judged(frame: pl.LazyFrame, d: Definitions) -> list[Problem]:
    """A problem for each amount without bounds that is negative for somebody: no rule weighs it against the whole."""
    names = [name for name, unit in units(frame, d).items() if unit.low < 0 and not unit.is_bounded]
    least = frame.select(pl.col(name).min() for name in names).collect(engine="streaming").row(0) if names else ()
    found = "is negative for somebody, and its unit has no bounds: its groups cannot be judged for disclosure"
    action = "Declare bounds for its unit, such as [-5000, 50000], that no answer passes."
    return [
        Problem("W172", f"data/indicators.toml, indicators.{name}", found, action)
        for name, value in zip(names, least, strict=True)
        if value is not None and value < 0
    ]


def factors(frame: pl.LazyFrame, d: Definitions) -> dict[str, float]:
    """The columns of answers, each with the factor that makes its mean a figure."""
    units = {name: d.indicators[name.partition(".")[0]].unit for name in measured(frame, d)}
    return {name: 100.0 if unit.is_share else 1.0 for name, unit in units.items()}


def units(frame: pl.LazyFrame, d: Definitions) -> dict[str, Unit]:
    """The columns of answers, each with the unit of its figures."""
    return {name: d.indicators[name.partition(".")[0]].unit for name in measured(frame, d)}


def spread_of_weights(frame: pl.LazyFrame, design: Design) -> tuple[float, float]:
    """Kish's design effect of the weights, and the effective number of respondents."""
    if design.weight is None:
        return 1.0, float(frame.select(pl.len()).collect(engine="streaming").item())
    return weights.design_effect(frame, design.weight)


def shortened(value: Any) -> Any:
    """Every number in ``value`` with ten digits: later ones depend on the order of the rows."""
    match value:
        case float():
            return round(value, 12) if abs(value) < 1e-3 else float(f"{value:.10g}")
        case dict():
            return {name: shortened(part) for name, part in value.items()}
        case list() | tuple():
            return type(value)(map(shortened, value))
    return value


def sample_of(run: Run) -> perturbation.Sample:
    """The respondents behind the estimates of a run."""
    designed = run.design.strata or run.design.clusters or run.design.margins
    columns, units = tuple(term.indicator for term in run.terms), float(run.sample.n.sum()) if designed else 0.0
    return perturbation.Sample(run.frame, columns, run.design.weight, tuple(run.breakdowns), run.population, units)
