"""One wave, from respondents to the figures table: check, weigh, estimate, suppress, write."""

from __future__ import annotations

import csv
import datetime
import io
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

from wavebook.core.files import one_at_a_time, write_whole
from wavebook.core.problems import Problem, fail, raise_all
from wavebook.core.writing import csv_lines, json_file
from wavebook.definitions import REVISIONS, Definitions, load_definitions
from wavebook.figures import COLUMNS, KEY_COLUMNS, NUMBER_COLUMNS, PERTURBED, PERTURBED_REVISED, Key, read_wave
from wavebook.language.wording import round_half_up
from wavebook.survey.answers import questions, responses
from wavebook.survey.disclosure import costs, dominance, looks, perturbation, suppression, worlds
from wavebook.survey.disclosure.history import History, anew, fingerprint, reweighed
from wavebook.survey.disclosure.nesting import overlaps
from wavebook.survey.estimation import contrasts, estimate, margins, weights
from wavebook.survey.estimation.design import Band, Design, Mean
from wavebook.survey.estimation.sample import Run, run_over
from wavebook.survey.files.opening import has_file

MADE_HERE = ("estimated", "suppressed", "revised", PERTURBED, PERTURBED_REVISED)
DIGITS = 2  # of a standard error: an uncertainty has no more (Guide to the Expression of Uncertainty, 7.2.6)


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
    protection: list[str]


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
    settings = suppression.read_settings(_disclosure(definitions, year))
    frame, design, weighting = _weighed(root, year, answers, declared)
    asked = contrasts.questions(_measured(frame, definitions), definitions, declared)
    run = _run(frame, design, definitions, place, asked)
    table = _estimates(run, definitions, settings)
    before = _before(root, year, definitions)
    entered = before[~before["status"].isin(MADE_HERE)] if before is not None else None
    published = definitions.waves[year].published
    past = History.read(root / "data" / "responses" / f"{year}.json")
    table = _row_columns(table, year, declared)
    breakdowns = [name for name in frame.collect_schema() if name in definitions.segments]
    names = _columns(frame, definitions)
    within, astray = overlaps(frame, design.weight, breakdowns, names, settings.minimum_base)
    raise_all(looks.transitions(root, year, before if published else None, past.public, table, settings))
    secret = looks.the_secret(root, definitions) if settings.method == "cell_key" else None
    sample = _sample(run)
    perturbed = perturbation.perturbed(secret, sample, table, declared, settings) if secret else None
    single = {name for pair in asked.exclusive for name in pair}
    counted = looks.per_answer(_units(frame, definitions), single, declared, sample)
    places = {name: indicator.decimals for name, indicator in definitions.indicators.items()}
    if perturbed:
        made, why = perturbed.suppression, perturbed.why
        exact = worlds.Precision(dict.fromkeys(table["indicator"], worlds.MOST), 0, 0)
    else:
        made = suppression.suppress(
            table,
            settings,
            known=past.known(before, table) if published and before is not None else entered,
            within=within,
            astray=astray,
            revising=published,
            folder=answers.staging.folder,
        )
        why = suppression.primary(table, settings)
        exact = worlds.precision(frame, design.weight, table.assign(status=made.table["status"]), why, settings, places)
    result = _joined(_rounded(made.table, places, exact.decimals), entered)
    changed = _changed(before, result, definitions) if published and before is not None else []
    if changed and not revise:
        action = 'Say why: wavebook estimate --revise "reason". Readers will find it on the revision page.'
        found = f"is published, and {len(changed)} of its figures would change ({changed[0][0]} first)"
        fail(Problem("W169", f"data/figures/{year}.csv", found, action))
    numbers = _numbers(table, made.table, result, why, places, exact, frame, names)
    if changed and not perturbed:
        figures = f"data/figures/{year}.csv"
        again = (last := past.behind(before)) is not None and anew(last, numbers)
        raise_all(suppression.differences(before, result, settings, figures, anew=again))
        if again:
            raise_all(reweighed(past.editions(numbers), settings, within, figures))
    looked = past.looks(published=published and before is not None, changed=bool(changed))
    raise_all(looks.too_many(year, counted, looked, settings) if perturbed else ())
    revised = {figure for figure, *_ in changed} | {r.figure for r in definitions.revisions}
    for status, told in (("estimated", "revised"), (PERTURBED, PERTURBED_REVISED)):
        result.loc[result["status"].eq(status) & _names(result).isin(revised), "status"] = told
    if perturbed:
        others = {"known": entered, "within": within, "astray": astray, "folder": answers.staging.folder}
        protection = [*costs.noise(perturbed, settings), looks.told(counted, looked, settings)]
        protection += costs.suppressing(table, settings, **others)
    else:
        protection = [*costs.suppression(table, made, why, exact)]
        protection += costs.perturbing(table, made, sample, declared, settings, answers.respondents)
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
        protection,
    )
    kept = _contrasts(root, year, run, asked, definitions, result, settings.minimum_base)
    path = root / "data" / "correlations" / f"{year}.csv"
    write_whole(path, kept) if kept else path.unlink(missing_ok=True)
    kept = asdict(report) | {"editions": past.with_edition(numbers, published=published)}
    kept |= looks.kept(settings, secret) if secret else {}
    _write(root, year, result, kept, [(*change, revise, revise_en) for change in _told_again(changed, result)])
    questions.save_codebook(root, year, answers.questions)
    return report


def _numbers(table, made, result, why, places, exact, frame, names) -> pd.DataFrame:
    """All estimates and what is behind them, with ``printed`` and the ``half`` width of its rounding."""
    numbers = fingerprint(table, frame, names).assign(status=made["status"], why=why)
    numbers = numbers.merge(
        result[[*KEY_COLUMNS, "value"]].rename(columns={"value": "printed"}), how="left", on=KEY_COLUMNS
    )
    decimals = numbers["indicator"].map(places) + numbers["indicator"].map(exact.decimals)
    numbers["weight"] = numbers["weight"] if "weight" in numbers else numbers["n"]
    return numbers.assign(half=0.5 * 10.0**-decimals)


def _sample(run: Run) -> perturbation.Sample:
    """Who is behind the estimates of a run."""
    designed = run.design.strata or run.design.clusters or run.design.margins
    columns, units = tuple(term.indicator for term in run.terms), float(run.sample.n.sum()) if designed else 0.0
    return perturbation.Sample(run.frame, columns, run.design.weight, tuple(run.breakdowns), run.population, units)


def _disclosure(definitions: Definitions, year: int) -> dict:
    declared = definitions.disclosure
    if declared is None:
        return {}
    own = {"method": definitions.method_of(year), "noise": definitions.noise_of(year)}
    return declared.model_dump(exclude_none=True) | {name: value for name, value in own.items() if value is not None}


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
            fail(Problem("W160", place, found, "Add it with the columns column,category,total."))
        return answers.frame, Design(**design, lonely=declared.lonely), None
    totals = margins.read_margins(path)
    chosen = declared.weighting.model_dump() if declared.weighting else {}
    made = weights.calibrate(answers.frame, totals, weight=design.get("weight"), source=answers.place, **chosen)
    frame = answers.frame.with_columns(made.weight.alias("_calibrated"))
    report = asdict(made.report)
    report["margins"] = made.report.margins.to_dicts()
    design |= {"base_weight": design.get("weight"), "weight": "_calibrated"}
    return frame, Design(**design, lonely=declared.lonely, calibrated_on=tuple(totals)), report


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


def _estimates(run: Run, d: Definitions, settings: suppression.Settings) -> pd.DataFrame:
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
    table["n_cell"], table["df"] = rows["count"].astype(float), rows["df"].astype(float)
    design, frame = run.design, run.frame
    if design.weight:
        table["weight"] = rows["weight"].astype(float)
    amounts = [name for name in _measured(frame, d) if d.indicators[name.partition(".")[0]].unit == "count"]
    found = dominance.contributions(frame, design.weight, amounts, run.breakdowns, run.population)
    table = table.merge(found, how="left")
    return dominance.heaviest(table, frame, design.weight, settings) if design.weight else table


def _columns(frame: pl.LazyFrame, d: Definitions) -> dict[str, float]:
    """The columns of answers, each with the factor that makes its mean a figure."""
    units = {name: d.indicators[name.partition(".")[0]].unit for name in _measured(frame, d)}
    return {name: 100.0 if unit == "percent" else 1.0 for name, unit in units.items()}


def _units(frame: pl.LazyFrame, d: Definitions) -> dict[str, str]:
    """The columns of answers, each with the unit of its figures."""
    return {name: d.indicators[name.partition(".")[0]].unit for name in _measured(frame, d)}


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


def _rounded(table: pd.DataFrame, places: Mapping[str, int], more: Mapping[str, int]) -> pd.DataFrame:
    """The estimates as they are published: no number says more than it must, as that is what attackers live on.

    The value has the decimals that readers see and as many ``more`` as disclosure control leaves; an interval has one
    more, a standard error two digits; an effective number is whole.
    """
    table = table.copy()
    shown, more = table["indicator"].map(places), table["indicator"].map(more)
    table["value"] = [worlds.as_published(*row) for row in zip(table["value"], shown, more, strict=True)]
    for name in ("ci_low", "ci_high"):
        table[name] = [_half_up(x, d + worlds.LEAST) for x, d in zip(table[name], shown, strict=True)]
    # rounding may not take a value out of its interval
    table["ci_low"] = table[["ci_low", "value"]].min(axis=1).where(table["ci_low"].notna())
    table["ci_high"] = table[["ci_high", "value"]].max(axis=1).where(table["ci_high"].notna())
    size = [DIGITS - 1 - math.floor(math.log10(x)) if x > 0 else 0 for x in table["se"]]
    table["se"] = [_half_up(x, d) for x, d in zip(table["se"], size, strict=True)]
    table["n_effective"] = table["n_effective"].round()
    return table


def _half_up(value: float, decimals: int) -> float:
    return value if pd.isna(value) else float(round_half_up(value, decimals))


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
    return "" if pd.isna(value) else np.format_float_positional(value, trim="-")


def _write(root: Path, year: int, table: pd.DataFrame, report: Mapping, changed: list[tuple]) -> None:
    """The table last: until it is there, nothing has changed for readers."""
    data = root / "data"
    if changed:
        write_whole(data / "revisions.csv", _revisions(data / "revisions.csv", year, changed))
    write_whole(data / "responses" / f"{year}.json", json_file(report, in_order=True), private=True)
    text = table.astype({"n": "Int64"})
    write_whole(data / "figures" / f"{year}.csv", text.to_csv(index=False, lineterminator="\n").encode())


def _revisions(path: Path, year: int, changed: Iterable[tuple[str, ...]]) -> bytes:
    """The record of revisions with these added, but for what a run that was stopped recorded already."""
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ",".join(REVISIONS) + "\n"
    last = {(row["wave"], row["figure"]): row["after"] for row in csv.DictReader(io.StringIO(text, newline=""))}
    today = datetime.date.today().isoformat()
    added = csv_lines(
        [today, year, figure, before, after, *reasons]
        for figure, before, after, *reasons in changed
        if last.get((str(year), figure)) != after
    )
    return (text + added).encode()


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
        ("protection", report.protection),
        ("revised", report.revised),
    ):
        if items:
            lines += [f"{title} ({len(items)}):", *(f"  {item}" for item in items)]
    return "\n".join(lines)
