"""One wave, from respondents to the table of figures: check, weight, estimate, suppress, write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from wavebook.core import outputs
from wavebook.core.files import write_whole
from wavebook.core.languages import EDITORS
from wavebook.core.problems import Problem, raise_all
from wavebook.core.turns import one_at_a_time
from wavebook.core.units import Language
from wavebook.definitions import Definitions, load_definitions
from wavebook.figures import PERTURBED, PERTURBED_REVISED
from wavebook.figures import published as kept_figures
from wavebook.language import wording
from wavebook.survey.answers import questions, responses
from wavebook.survey.answers.balances import parts_of
from wavebook.survey.disclosure import balances, costs, looks, perturbation, suppression, worlds
from wavebook.survey.disclosure.history import History, anew, reweighed
from wavebook.survey.disclosure.nesting import overlaps
from wavebook.survey.estimates import (
    estimates,
    factors,
    judged,
    kept_contrasts,
    measured,
    run_of,
    sample_of,
    shortened,
    spread_of_weights,
    units,
    weighed,
)
from wavebook.survey.estimation import contrasts
from wavebook.survey.inspection import mappings
from wavebook.survey.record import (
    behind,
    changes,
    entered_by_hand,
    identified,
    in_units,
    keys_of,
    public_changes,
    public_table,
    rounded,
    table_of,
    with_entered,
    write_wave,
)


@dataclass(frozen=True)
class Estimation:
    """The result of estimating a wave, for the editor and for the review.

    It holds no respondent's answers, but sizes and reasons from which a suppressed figure may be computed: it stays
    beside the respondents.
    """

    wave: str
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
def estimate_wave(
    root: Path, year: str, *, revise: str | None = None, reasons: Mapping[Language, str] | None = None
) -> Estimation:
    """Write data/figures/<year>.csv from data/responses/<year>.*; everything, or nothing.

    Rows of the table that were entered by hand (status published or provisional) are kept.

    Parameters
    ----------
    root
        The book's folder.
    year
        The wave; data/waves.toml must describe its file under ``[waves.<year>.responses]``.
    revise
        The reason for changing figures of a published wave, in the book's first language; goes into data/revisions.csv
        with old and new values.
    reasons
        The same in each other language of the book.

    Raises
    ------
    ProblemsError
        Every problem of the file, the weights, the estimates or the disclosure rules (W1xx), or W169 when a
        published wave would change without a reason.
    """
    tables = (f"data/{name}/{year}.csv" for name in ("figures", "correlations"))
    outputs.no_links(root, "data/figures", "data/correlations", *tables, "data/revisions.csv")
    definitions = load_definitions(root)
    said = _reasons(definitions, revise, reasons or {})
    answers = responses.read_responses(root, definitions, year)
    declared, place = answers.declared, answers.place
    raise_all(mappings.problems(root, year, definitions, place, answers.questions))
    settings = suppression.read_settings(_disclosure(definitions, year))
    frame, design, weighting = weighed(root, year, answers, declared)
    asked = contrasts.questions(measured(frame, definitions), definitions, declared)
    run = run_of(frame, design, definitions, place, asked)
    table = estimates(run, definitions, settings)
    before = table_of(root, year, definitions)
    entered = before[entered_by_hand(before, declared)] if before is not None else None
    public = public_table(root, year, definitions, before) if definitions.waves[year].published else None
    past = History.read(root / "data" / "responses" / f"{year}.json", definitions.population)
    past = History(in_units(past.rows, definitions))
    table = identified(table, year, declared)
    breakdowns = [name for name in frame.collect_schema() if name in definitions.breakdowns]
    names = factors(frame, definitions)
    within, astray = overlaps(frame, design.weight, breakdowns, names, settings.minimum_base)
    raise_all(looks.transitions(root, year, public, past.public, table, settings))
    made_of = parts_of(definitions, names)
    derived, table = table[table["indicator"].isin(made_of)], balances.without(table, made_of)
    noisy = settings.method == "cell_key"
    raise_all(balances.refused(made_of) if noisy else judged(frame, definitions))
    secret = looks.the_secret(root, definitions) if settings.method == "cell_key" else None
    sample = sample_of(run)
    perturbed = perturbation.perturbed(secret, sample, table, declared, settings) if secret else None
    single = {name for pair in asked.exclusive for name in pair}
    counted = looks.per_answer(units(frame, definitions), single, declared, sample)
    places = {name: indicator.decimals for name, indicator in definitions.indicators.items()}
    if perturbed:
        made, why = perturbed.suppression, perturbed.why
        exact = worlds.Precision(dict.fromkeys(table["indicator"], worlds.MOST), 0, 0)
    else:
        made = suppression.suppress(
            table,
            settings,
            known=balances.without(past.known(public, table) if public is not None else entered, made_of),
            within=within,
            astray=astray,
            revising=definitions.waves[year].published,
            folder=answers.staging.folder,
        )
        why = suppression.primary(table, settings)
        exact = worlds.precision(frame, design.weight, table.assign(status=made.table["status"]), why, settings, places)
    more = {**exact.decimals, **balances.decimals(made_of, places, exact.decimals)}
    every = pd.concat([made.table, balances.following(derived, made.table, made_of)]) if made_of else made.table
    result = with_entered(rounded(every, places, more), entered)
    changed = changes(public, result) if public is not None else []
    raise_all(_unexplained(year, changed, said))
    numbers = behind(table, made.table, result, why, places, exact, frame, names)
    if changed and public is not None and not perturbed:
        figures = f"data/figures/{year}.csv"
        again = (last := past.behind(public)) is not None and anew(last, numbers)
        raise_all(suppression.differences(public, result, settings, figures, anew=again))
        if again:
            raise_all(reweighed(past.editions(numbers), settings, within, figures))
    looked = past.looks(published=public is not None, changed=bool(changed))
    raise_all(looks.too_many(year, counted, looked, settings) if perturbed else ())
    revised = {figure for figure, *_ in changed} | {r.figure for r in definitions.revisions}
    for status, told in (("estimated", "revised"), (PERTURBED, PERTURBED_REVISED)):
        result.loc[result["status"].eq(status) & keys_of(result).isin(revised), "status"] = told
    if perturbed:
        others = {"known": entered, "within": within, "astray": astray, "folder": answers.staging.folder}
        protection = [*costs.noise(perturbed, settings), looks.told(counted, looked, settings)]
        protection += costs.suppressing(table, settings, **others)
    else:
        protection = [*costs.suppression(table, made, why, exact)]
        protection += costs.perturbing(table, made, sample, declared, settings, answers.respondents)
    effect, effective = shortened(spread_of_weights(frame, design))
    report = Estimation(
        year,
        int((result["status"] != "suppressed").sum()),
        answers.respondents,
        answers.dropped,
        effect,
        effective,
        shortened(weighting),
        [str(notice) for notice in answers.notices],
        [str(item) for item in made.report],
        [f"{figure}: {old} → {new}" for figure, old, new in changed],
        protection,
    )
    kept = kept_contrasts(root, year, run, asked, definitions, result, settings.minimum_base)
    path = root / "data" / "correlations" / f"{year}.csv"
    write_whole(path, kept) if kept else path.unlink(missing_ok=True)
    published = definitions.waves[year].published
    private = asdict(report) | {"editions": past.with_edition(numbers, published=published)}
    private |= looks.kept(settings, secret) if secret else {}
    recorded = list(public_changes(changed, result))
    write_wave(root, year, result, private, recorded, said, population=definitions.population)
    if published:
        kept_figures.keep(root, definitions, year)
    questions.save_codebook(root, year, answers.questions)
    return report


def _reasons(definitions: Definitions, revise: str | None, others: Mapping[Language, str]) -> dict[Language, str]:
    """The reason for a revision in each language of the book; empty where nobody gave one."""
    first, *further = definitions.languages
    action = f"Choose from: {', '.join(further)}." if further else f"Give the reason in {first} with --revise."
    raise_all(
        Problem("W501", f"--reason {code}=", "is no further language of this book", action)
        for code in others
        if code not in further
    )
    return {first: revise or "", **{code: others.get(code, "") for code in further}}


def _unexplained(year: str, changed: list[tuple[str, str, str]], said: Mapping[Language, str]) -> Iterator[Problem]:
    """Report figures of a published wave that would change without a reason in each language of the book."""
    first, *further = said
    if changed and not all(text.strip() for text in said.values()):
        lacking = wording.listing([code for code, text in said.items() if not text.strip()], EDITORS)
        found = f"is published, and {len(changed)} of its figures would change ({changed[0][0]} first)"
        found += f"; the reason is not given in {lacking}" if said[first] else ""
        options = "".join([' --revise "reason"', *(f' --reason {code}="reason"' for code in further)])
        action = f"Give a reason: wavebook estimate {year}{options}. Readers will find it on the revision page."
        yield Problem("W169", f"data/figures/{year}.csv", found, action)


def _disclosure(definitions: Definitions, year: str) -> dict:
    declared = definitions.disclosure
    if declared is None:
        return {}
    own = {"method": definitions.method_of(year), "noise": definitions.noise_of(year)}
    return declared.model_dump(exclude_none=True) | {name: value for name, value in own.items() if value is not None}


def summary(report: Estimation) -> str:
    """A summary of an estimation for editors, in a few lines."""
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
