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
from wavebook.survey.answers import questions
from wavebook.survey.disclosure import balances, looks
from wavebook.survey.estimates import judged, kept_contrasts, shortened, spread_of_weights
from wavebook.survey.protection import Before, Estimates, Protected, costs_of, numbers_behind, protected, revealed
from wavebook.survey.record import changes, keys_of, public_changes, write_wave


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
    found = Estimates.of(root, definitions, year)
    before = Before.of(root, found)
    settings, published = found.settings, definitions.waves[year].published
    raise_all(looks.transitions(root, year, before.public, before.history.public, found.every, settings))
    raise_all(balances.refused(found.made_of) if found.is_noisy else judged(found.frame, definitions))
    shown = protected(root, found, before)
    changed = changes(before.public, shown.result) if before.public is not None else []
    raise_all(_unexplained(year, changed, said))
    numbers = numbers_behind(found, shown)
    raise_all(revealed(found, before, shown, numbers) if changed else ())
    looked = before.history.looks(published=published, changed=bool(changed))
    raise_all(looks.too_many(year, shown.noise.counted, looked, settings) if shown.noise else ())
    result = _revised(shown.result, {figure for figure, *_ in changed} | {r.figure for r in definitions.revisions})
    report = _report(found, shown, changed, costs_of(found, before, shown, looked))
    kept = kept_contrasts(root, year, found.run, found.asked, definitions, result, settings.minimum_base)
    path = root / "data" / "correlations" / f"{year}.csv"
    write_whole(path, kept) if kept else path.unlink(missing_ok=True)
    private = asdict(report) | {"editions": before.history.with_edition(numbers, published=published)}
    private |= looks.kept(settings, shown.noise.secret) if shown.noise else {}
    recorded = list(public_changes(changed, result))
    write_wave(root, year, result, private, recorded, said, population=definitions.population)
    if published:
        kept_figures.keep(root, definitions, year)
    questions.save_codebook(root, year, found.answers.questions)
    return report


def _revised(table: pd.DataFrame, figures: set[str]) -> pd.DataFrame:
    """The table with the status of revised figures, by their keys, as readers see it."""
    table = table.copy()
    for status, told in (("estimated", "revised"), (PERTURBED, PERTURBED_REVISED)):
        table.loc[table["status"].eq(status) & keys_of(table).isin(figures), "status"] = told
    return table


def _report(
    found: Estimates, shown: Protected, changed: list[tuple[str, str, str]], protection: list[str]
) -> Estimation:
    effect, effective = shortened(spread_of_weights(found.frame, found.design))
    return Estimation(
        found.wave,
        int((shown.result["status"] != "suppressed").sum()),
        found.answers.respondents,
        found.answers.dropped,
        effect,
        effective,
        shortened(found.weighting),
        [str(notice) for notice in found.answers.notices],
        [str(item) for item in shown.made.report],
        [f"{figure}: {old} → {new}" for figure, old, new in changed],
        protection,
    )


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
