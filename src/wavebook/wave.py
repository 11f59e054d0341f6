"""One wave, from respondents to the figures table: check, weigh, estimate, suppress, write."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import permutations
from pathlib import Path

import pandas as pd
import polars as pl

from wavebook import contrasts, disclosure, estimate, questions, responses, weights
from wavebook.definitions import REVISIONS, Definitions, load_definitions
from wavebook.figures import COLUMNS, KEY_COLUMNS, NUMBER_COLUMNS, Key, read_wave
from wavebook.files import one_at_a_time, write_whole
from wavebook.measures import Band, Design, Mean
from wavebook.problems import Problem, raise_all
from wavebook.sample import Run, run_over
from wavebook.surveyfile import has_file

MADE_HERE = ("estimated", "suppressed", "revised")
DECIMALS = 6  # of an estimate in the table: far beyond its error, and the same on every machine


@dataclass(frozen=True)
class Estimation:
    """What estimating a wave did, for the editor and for the review.

    Holds no answer of any respondent, but sizes and reasons from which a suppressed figure may be computed: it stays
    beside the respondents.
    """

    wave: int
    figures: int
    respondents: int
    dropped: int
    design_effect: float
    effective_n: float
    weighting: dict | None
    notices: list[str]
    suppressed: list[str]
    revised: list[str]


@one_at_a_time
def estimate_wave(root: Path, year: int, *, revise: str | None = None, revise_en: str = "") -> Estimation:
    """Write data/figures/<year>.csv from data/responses/<year>.*; everything, or nothing.

    Rows of the table that were entered by hand (status published or provisional) are kept.

    Parameters
    ----------
    root
        The book's folder.
    year
        The wave; data/waves.toml must describe its file under ``[waves.<year>.responses]``.
    revise
        Why the figures of a published wave change; goes into data/revisions.csv with old and new values.
    revise_en
        The same in English; without it English readers get the Dutch words.

    Raises
    ------
    ProblemsError
        Every problem of the file, the weights, the estimates or the disclosure rules (W1xx), or W169 when a
        published wave would change without a reason.
    """
    definitions = load_definitions(root)
    answers = responses.read_responses(root, definitions, year)
    declared = definitions.waves[year].responses
    place = answers.place
    settings = disclosure.read_settings(_disclosure(definitions))
    frame, design, weighting = _weighed(root, year, answers, declared)
    asked = contrasts.questions(_measured(frame, definitions), definitions, declared)
    run = _run(frame, design, definitions, place, asked)
    table = _estimates(run, definitions)
    before = _before(root, year, definitions)
    entered = before[~before["status"].isin(MADE_HERE)] if before is not None else None
    published = definitions.waves[year].published
    made = disclosure.suppress(
        _row_columns(table, year, declared),
        settings,
        known=before if published else entered,
        within=_nested(frame, definitions),
        revising=published,
        folder=answers.staging.folder,
    )
    result = _joined(made.table, entered)
    changed = _changed(before, result, definitions) if published and before is not None else []
    if changed and not revise:
        action = 'Say why: wavebook estimate --revise "reason". Readers will find it on the revision page.'
        found = f"is published, and {len(changed)} of its figures would change ({changed[0][0]} first)"
        raise_all([Problem("W169", f"data/figures/{year}.csv", found, action)])
    if changed:
        raise_all(disclosure.differences(before, result, settings, f"data/figures/{year}.csv"))
    revised = {figure for figure, *_ in changed} | {r.figure for r in definitions.revisions}
    result.loc[result["status"].eq("estimated") & _names(result).isin(revised), "status"] = "revised"
    report = Estimation(
        year,
        int((result["status"] != "suppressed").sum()),
        answers.respondents,
        answers.dropped,
        *_short(_spread(frame, design)),
        _short(weighting),
        [str(notice) for notice in answers.notices],
        [str(item) for item in made.report],
        [f"{figure}: {old} → {new}" for figure, old, new in changed],
    )
    kept = _contrasts(root, year, run, asked, definitions, result, settings.minimum_base)
    path = root / "data" / "correlations" / f"{year}.csv"
    write_whole(path, kept) if kept else path.unlink(missing_ok=True)
    _write(root, year, result, report, [(*change, revise, revise_en) for change in _told_again(changed, result)])
    questions.save_codebook(root, year, answers.questions)
    return report


def _disclosure(definitions: Definitions) -> dict:
    declared = definitions.disclosure
    return declared.model_dump(exclude_none=True) if declared is not None else {}


def _weighed(root: Path, year: int, answers, declared) -> tuple[pl.LazyFrame, Design, dict | None]:
    """The answers with their final weight, the design, and what calibration did (None when there was none)."""
    columns = answers.frame.collect_schema().names()
    names = {
        "weight": "weight",
        "strata": "strata",
        "clusters": "clusters",
        "population_size": "population_size",
    }
    design = {field: name for field, name in names.items() if name in columns}
    path = root / "data" / "margins" / f"{year}.csv"
    if not path.is_file():
        if declared.weighting is not None:
            place = f"data/waves.toml, waves.{year}.responses.weighting"
            found = f"needs data/margins/{year}.csv, which is missing"
            raise_all([Problem("W160", place, found, "Add it with the columns column,category,total.")])
        return answers.frame, Design(**design, lonely=declared.lonely), None
    margins = weights.read_margins(path)
    chosen = declared.weighting.model_dump() if declared.weighting else {}
    made = weights.calibrate(answers.frame, margins, weight=design.get("weight"), source=answers.place, **chosen)
    frame = answers.frame.with_columns(made.weight.alias("_calibrated"))
    report = asdict(made.report)
    report["margins"] = made.report.margins.to_dicts()
    design |= {"base_weight": design.get("weight"), "weight": "_calibrated"}
    return frame, Design(**design, lonely=declared.lonely, calibrated_on=tuple(margins)), report


def _measured(frame: pl.LazyFrame, d: Definitions) -> list[str]:
    """The columns that hold an indicator, or a category of one."""
    return [name for name in frame.collect_schema() if name.partition(".")[0] in d.indicators]


def _run(
    frame: pl.LazyFrame, design: Design, d: Definitions, place: str, asked: contrasts.Questions | None = None
) -> Run:
    """The sums behind all estimates; with ``asked``, also those behind how they move together."""
    names = _measured(frame, d)
    shares = [name for name in names if d.indicators[name.partition(".")[0]].unit == "percent"]
    wanted = [Band(name, name, values=[1]) if name in shares else Mean(name, name) for name in names]
    schema = frame.collect_schema().names()
    breakdowns = [name for name in schema if name in d.segments]
    population = "population" if "population" in schema else None
    pairs = {"together": asked.pairs, "apart": asked.exclusive} if asked else {}
    return run_over(frame, design, wanted, breakdowns, population, **pairs, source=place)


def _contrasts(root: Path, year: int, run: Run, asked, d: Definitions, result: pd.DataFrame, least: int) -> bytes:
    """How the estimates move together, where that tells nothing about people; also in the panel's earlier waves."""
    found = [*contrasts.contrasts(run, year, asked, d)]
    tables = [result]
    panel = d.waves[year].panel
    for earlier in sorted(w for w, wave in d.waves.items() if panel and w < year and wave.panel == panel):
        before = _before(root, earlier, d)
        if before is not None and d.waves[earlier].responses and has_file(root, earlier):
            answers = responses.read_responses(root, d, earlier)
            frame, design, _ = _weighed(root, earlier, answers, d.waves[earlier].responses)
            waves = (earlier, _run(frame, design, d, answers.place)), (year, run)
            found += contrasts.panel_contrasts(*waves, asked, d)
            tables.append(before)
    return contrasts.table(found, tables, least)


def _estimates(run: Run, d: Definitions) -> pd.DataFrame:
    """All estimates as rows of the figures table, with ``n_cell`` and dominance columns for disclosure control."""
    found = estimate.percent(estimate.estimates_of(run)).filter(pl.col("value").is_not_null())
    rows = pd.DataFrame(found.to_dict(as_series=False))
    parts = rows["indicator"].str.partition(".")
    table = pd.DataFrame(
        {
            "indicator": parts[0],
            "population": rows["population"].fillna("total"),
            "segment_by": rows["segment_by"].fillna(""),
            "segment": rows["segment"].fillna(""),
            "category": parts[2],
            "unit": [d.indicators[name].unit for name in parts[0]],
            **{name: estimate.significant(rows[name].to_numpy(float)) for name in NUMBER_COLUMNS},
        }
    )
    # A share of everyone or no one has no interval of its own: the sample cannot tell how sure it is.
    table["n_cell"] = rows["count"].astype(float)
    return table.merge(_largest(run, d), how="left")


def _largest(run: Run, d: Definitions) -> pd.DataFrame:
    """The largest two weighted contributions and the sum of each amount (a count without categories), by group."""
    frame, population, breakdowns = run.frame, run.population, run.breakdowns
    weight = pl.col(run.design.weight) if run.design.weight else pl.lit(1.0)
    tables = []
    for name in (name for name in _measured(frame, d) if d.indicators[name.partition(".")[0]].unit == "count"):
        for who in dict.fromkeys([None, population]):
            for by in (None, *breakdowns):
                keys = [key for key in (who, by) if key]
                rows = frame.select(*keys, part=(weight * pl.col(name)).abs()).drop_nulls()
                labels = {
                    "indicator": pl.lit(name),
                    "population": pl.col(who).cast(pl.String) if who else pl.lit("total"),
                    "segment_by": pl.lit(by or ""),
                    "segment": pl.col(by).cast(pl.String) if by else pl.lit(""),
                    "category": pl.lit(""),
                }
                sums = ("largest", "second_largest", "total")
                tables.append(_contributions(rows, keys).select(**labels, **{name: name for name in sums}))
    if not tables:
        return pd.DataFrame(columns=[*KEY_COLUMNS[1:], "largest", "second_largest", "total"])
    return pd.DataFrame(pl.concat(tables).to_dict(as_series=False))


def _contributions(rows: pl.LazyFrame, keys: list[str]) -> pl.DataFrame:
    """The largest two of ``part`` (0 where there is one) and their sum by ``keys``; no row is kept."""
    rows, keys = rows.with_columns(everyone=pl.lit(0)), [*keys, "everyone"]
    part, largest = pl.col("part"), pl.col("largest")
    sums = rows.group_by(keys).agg(largest=part.max(), total=part.sum()).collect(engine="streaming")
    rows = rows.join(sums.lazy(), on=keys)
    ties, below = (part == largest).sum(), pl.when(part < largest).then(part).max()
    second = rows.group_by(keys).agg(ties=ties, below=below).collect(engine="streaming")
    second_largest = pl.when(pl.col("ties") > 1).then(largest).otherwise(pl.col("below").fill_null(0.0))
    return sums.join(second, on=keys).with_columns(second_largest=second_largest).sort(keys)


def _nested(frame: pl.LazyFrame, d: Definitions) -> set:
    """The segments of each breakdown that lies wholly within another, with the segment they lie in.

    Who knows what the segments mean knows that too: a life event is of one theme.
    """
    breakdowns = [name for name in frame.collect_schema() if name in d.segments]
    met = frame.select(breakdowns).unique().collect(engine="streaming") if breakdowns else pl.DataFrame()
    found = set()
    for inner, outer in permutations(breakdowns, 2):
        pairs = met.select(inner, outer).drop_nulls(inner).unique().rows()
        if len(pairs) == len({segment for segment, _ in pairs}) and all(parent for _, parent in pairs):
            found |= {((inner, segment), (outer, parent)) for segment, parent in pairs}
    return found


def _row_columns(table: pd.DataFrame, year: int, declared) -> pd.DataFrame:
    definitions = {"wave": year, "status": "estimated", "source": declared.source, "locator": declared.locator}
    return table.assign(**definitions)


def _short(told):
    """Ten digits of each number: the order of the rows changes what comes after them."""
    match told:
        case float():
            return round(told, 12) if abs(told) < 1e-3 else float(f"{told:.10g}")
        case dict():
            return {name: _short(value) for name, value in told.items()}
        case list() | tuple():
            return type(told)(map(_short, told))
    return told


def _spread(frame: pl.LazyFrame, design: Design) -> tuple[float, float]:
    """Kish's design effect of the weights, and the effective number of respondents."""
    if design.weight is None:
        return 1.0, float(frame.select(pl.len()).collect(engine="streaming").item())
    return weights.design_effect(frame, design.weight)


def _before(root: Path, year: int, definitions: Definitions) -> pd.DataFrame | None:
    path = root / "data" / "figures" / f"{year}.csv"
    return read_wave(path, definitions) if path.is_file() else None


def _joined(made: pd.DataFrame, entered: pd.DataFrame | None) -> pd.DataFrame:
    """The new rows and those entered by hand, in the order of their keys."""
    parts = [made[COLUMNS]]
    if entered is not None and len(entered):
        new = set(made[KEY_COLUMNS].itertuples(index=False, name=None))
        keep = [tuple(key) not in new for key in entered[KEY_COLUMNS].itertuples(index=False, name=None)]
        parts.append(entered[keep][COLUMNS])
    return pd.concat([p for p in parts if len(p)]).sort_values(KEY_COLUMNS, ignore_index=True)


def _names(table: pd.DataFrame) -> pd.Series:
    keys = table[KEY_COLUMNS].itertuples(index=False, name=None)
    return pd.Series([str(Key(*key)) for key in keys], index=table.index, dtype=object)


def _changed(before: pd.DataFrame, after: pd.DataFrame, d: Definitions) -> list[tuple[str, str, str]]:
    """Figures whose value or presence differs: name, old and new value; empty where there is none."""
    old, new = (
        {name: _told(value) for name, value in zip(_names(table), table["value"], strict=True)}
        for table in (before, after)
    )
    return [
        (name, old.get(name, ""), new.get(name, ""))
        for name in sorted(old.keys() | new.keys())
        if old.get(name, "") != new.get(name, "")
    ]


def _told_again(changed: list[tuple[str, str, str]], after: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """The changes without the old value of what is suppressed now: the record of revisions is public."""
    hidden = set(_names(after)[after["status"].eq("suppressed")])
    return ((figure, "" if figure in hidden else old, new) for figure, old, new in changed)


def _told(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.{DECIMALS}g}" if abs(value) < 1 else f"{round(value, DECIMALS):g}"


def _write(root: Path, year: int, table: pd.DataFrame, report: Estimation, changed: list[tuple]) -> None:
    """The table last: until it is there, nothing has changed for readers."""
    data = root / "data"
    if changed:
        write_whole(data / "revisions.csv", _revisions(data / "revisions.csv", year, changed))
    told = json.dumps(asdict(report), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    write_whole(data / "responses" / f"{year}.json", told.encode())
    text = table.round(dict.fromkeys(NUMBER_COLUMNS, DECIMALS)).astype({"n": "Int64"})
    write_whole(data / "figures" / f"{year}.csv", text.to_csv(index=False, lineterminator="\n").encode())


def _revisions(path: Path, year: int, changed: Iterable[tuple[str, ...]]) -> bytes:
    """The record of revisions with these added, but for what a run that was stopped recorded already."""
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ",".join(REVISIONS) + "\n"
    last = {(row["wave"], row["figure"]): row["after"] for row in csv.DictReader(io.StringIO(text, newline=""))}
    out = io.StringIO()
    today = datetime.date.today().isoformat()
    csv.writer(out, lineterminator="\n").writerows(
        [today, year, figure, before, after, *reasons]
        for figure, before, after, *reasons in changed
        if last.get((str(year), figure)) != after
    )
    return (text + out.getvalue()).encode()


def summary(report: Estimation) -> str:
    """What an editor wants to know of an estimation, in a few lines."""
    lines = [
        f"data/figures/{report.wave}.csv: {report.figures} figures from {report.respondents} respondents"
        + (f" ({report.dropped} filtered out)" if report.dropped else ""),
        f"weights: design effect {report.design_effect:.2f}, effective n {report.effective_n:.0f}",
    ]
    if report.weighting:
        w = report.weighting
        lines.append(
            f"calibration: {w['method']}, {w['iterations']} iterations, largest gap {w['gap']:.1e}, "
            f"weights {w['smallest']:.2f} to {w['largest']:.2f} times the mean, {w['bounded']} at a bound"
        )
    for title, items in (
        ("to look at", report.notices),
        ("suppressed", report.suppressed),
        ("revised", report.revised),
    ):
        if items:
            lines += [f"{title} ({len(items)}):", *(f"  {item}" for item in items)]
    return "\n".join(lines)
