"""What the respondents of a wave say, and as much of it as may be published: with figures hidden, or with noise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import polars as pl

from wavebook.core.problems import Problem, raise_all
from wavebook.definitions import Definitions
from wavebook.survey.answers import responses
from wavebook.survey.answers.balances import parts_of
from wavebook.survey.disclosure import balances, costs, looks, perturbation, suppression, worlds
from wavebook.survey.disclosure.cellkeys import Secret
from wavebook.survey.disclosure.groups import Astray, Nesting
from wavebook.survey.disclosure.history import History, anew, reweighed
from wavebook.survey.disclosure.nesting import overlaps
from wavebook.survey.estimates import estimates, factors, measured, run_of, sample_of, units, weighed
from wavebook.survey.estimation import contrasts
from wavebook.survey.estimation.design import Design
from wavebook.survey.estimation.sample import Run
from wavebook.survey.inspection import mappings
from wavebook.survey.record import (
    behind,
    entered_by_hand,
    identified,
    in_units,
    public_table,
    rounded,
    table_of,
    with_entered,
)


@dataclass(frozen=True)
class Estimates:
    """What the respondents of a wave say, before anything of it is hidden.

    Attributes
    ----------
    every
        All estimates, in the columns of the figures table and those that ``suppression.suppress`` asks for.
    within, astray
        Segments that lie in those of another breakdown, as ``nesting.overlaps`` gives them.
    """

    wave: str
    definitions: Definitions
    answers: responses.Responses
    settings: suppression.Settings
    frame: pl.LazyFrame
    design: Design
    weighting: dict | None
    asked: contrasts.Questions
    run: Run
    every: pd.DataFrame
    within: Nesting
    astray: Astray

    @classmethod
    def of(cls, root: Path, definitions: Definitions, wave: str) -> Estimates:
        """The estimates of a wave; raises ProblemsError for every problem of its file, mapping and weights (W1xx)."""
        answers = responses.read_responses(root, definitions, wave)
        raise_all(mappings.problems(root, wave, definitions, answers.place, answers.questions))
        settings = suppression.read_settings(disclosure_of(definitions, wave))
        frame, design, weighting = weighed(root, wave, answers, answers.declared)
        asked = contrasts.questions(measured(frame, definitions), definitions, answers.declared)
        run = run_of(frame, design, definitions, answers.place, asked)
        every = identified(estimates(run, definitions, settings), wave, answers.declared)
        breakdowns = [name for name in frame.collect_schema() if name in definitions.breakdowns]
        named = factors(frame, definitions)
        lying = overlaps(frame, design.weight, breakdowns, named, settings.minimum_base)
        return cls(wave, definitions, answers, settings, frame, design, weighting, asked, run, every, *lying)

    @property
    def is_noisy(self) -> bool:
        """Whether figures are protected by noise in all of them."""
        return self.settings.method == "cell_key"

    @cached_property
    def made_of(self) -> dict[str, tuple[str, ...]]:
        """The indicators that follow from others, as balances do, with those."""
        return parts_of(self.definitions, factors(self.frame, self.definitions))

    @cached_property
    def table(self) -> pd.DataFrame:
        """The estimates that follow from no others."""
        return balances.without(self.every, self.made_of)

    @property
    def following(self) -> pd.DataFrame:
        """The estimates that follow from others."""
        return self.every[self.every["indicator"].isin(self.made_of)]

    @property
    def places(self) -> dict[str, int]:
        """The decimals of each indicator that readers see."""
        return {name: indicator.decimals for name, indicator in self.definitions.indicators.items()}


@dataclass(frozen=True)
class Before:
    """What was known of a wave before: its table, as far as it is public or entered by hand, and its history."""

    public: pd.DataFrame | None
    entered: pd.DataFrame | None
    history: History

    @classmethod
    def of(cls, root: Path, found: Estimates) -> Before:
        """What was known before these estimates."""
        d, wave = found.definitions, found.wave
        table = table_of(root, wave, d)
        entered = table[entered_by_hand(table, found.answers.declared)] if table is not None else None
        public = public_table(root, wave, d, table) if d.waves[wave].published else None
        history = History.read(root / "data" / "responses" / f"{wave}.json", d.population)
        return cls(public, entered, History(in_units(history.rows, d)))


class Noise(NamedTuple):
    """The noise in a wave's table, the secret that it follows from, and how many figures one answer counts in."""

    made: perturbation.Perturbed
    secret: Secret
    counted: int


@dataclass(frozen=True)
class Protected:
    """A wave as it may be published.

    Attributes
    ----------
    made
        The estimates that follow from no others, as they may be published, with what is hidden of them.
    why
        By row of these, why it may not be shown by itself; empty where it may.
    exact
        The decimals with which each indicator may be published, above those that readers see.
    result
        The table of figures of the wave: estimates, what follows from them, and what was entered by hand.
    noise
        The noise in it; None where figures are hidden instead.
    """

    made: suppression.Suppression
    why: pd.Series
    exact: worlds.Precision
    result: pd.DataFrame
    noise: Noise | None


def protected(root: Path, found: Estimates, before: Before) -> Protected:
    """Protect estimates by the method that the book declares for the wave.

    Raises
    ------
    ProblemsError
        Figures that cannot be protected, or that are public already (W172 to W174), or a secret that is not the one
        of earlier tables (W194, W199).
    """
    noise = None
    if found.is_noisy:
        secret, sample = looks.the_secret(root, found.definitions), sample_of(found.run)
        perturbed = perturbation.perturbed(secret, sample, found.table, found.answers.declared, found.settings)
        made, why = perturbed.suppression, perturbed.why
        exact = worlds.Precision(dict.fromkeys(found.table["indicator"], worlds.MOST), 0, 0)
        single = {name for pair in found.asked.exclusive for name in pair}
        of_columns = units(found.frame, found.definitions)
        noise = Noise(perturbed, secret, looks.per_answer(of_columns, single, found.answers.declared, sample))
    else:
        public, entered = before.public, before.entered
        known = before.history.known(public, found.table) if public is not None else entered
        revising = found.definitions.waves[found.wave].published
        made = suppression.suppress(
            found.table,
            found.settings,
            known=balances.without(known, found.made_of),
            revising=revising,
            **_nested(found),
        )
        why = suppression.primary(found.table, found.settings)
        shown = found.table.assign(status=made.table["status"])
        exact = worlds.precision(found.frame, found.design.weight, shown, why, found.settings, found.places)
    return Protected(made, why, exact, _published(found, before, made, exact), noise)


def _published(
    found: Estimates, before: Before, made: suppression.Suppression, exact: worlds.Precision
) -> pd.DataFrame:
    """The table of figures, with what follows from other figures and what was entered by hand."""
    more = {**exact.decimals, **balances.decimals(found.made_of, found.places, exact.decimals)}
    following = [balances.following(found.following, made.table, found.made_of)] if found.made_of else []
    every = pd.concat([made.table, *following]) if following else made.table
    return with_entered(rounded(every, found.places, more), before.entered)


def _nested(found: Estimates) -> dict:
    return {"within": found.within, "astray": found.astray, "folder": found.answers.staging.folder}


def numbers_behind(found: Estimates, shown: Protected) -> pd.DataFrame:
    """All estimates and the numbers behind them, for the wave's history: see ``record.behind``."""
    named = factors(found.frame, found.definitions)
    tables = found.table, shown.made.table, shown.result
    return behind(*tables, shown.why, found.places, shown.exact, found.frame, named)


def revealed(found: Estimates, before: Before, shown: Protected, numbers: pd.DataFrame) -> Iterator[Problem]:
    """What readers could compute from a table that takes the place of a public one, with that beside it.

    A table with noise is judged by the number of its editions instead: see ``looks.too_many``.
    """
    if before.public is None or shown.noise:
        return
    place, last = f"data/figures/{found.wave}.csv", before.history.behind(before.public)
    again = last is not None and anew(last, numbers)
    raise_all(suppression.differences(before.public, shown.result, found.settings, place, anew=again))
    if again:
        yield from reweighed(before.history.editions(numbers), found.settings, found.within, place)


def costs_of(found: Estimates, before: Before, shown: Protected, looked: int) -> list[str]:
    """The cost to readers of this protection, and of the other method, for editors to compare.

    ``looked`` is the number of editions of the wave that will have been public.
    """
    settings, declared = found.settings, found.answers.declared
    if shown.noise:
        told = [*costs.noise(shown.noise.made, settings), looks.told(shown.noise.counted, looked, settings)]
        return [*told, *costs.suppressing(found.table, settings, known=before.entered, **_nested(found))]
    hidden = costs.suppression(found.table, shown.made, shown.why, shown.exact)
    sample, respondents = sample_of(found.run), found.answers.respondents
    return [*hidden, *costs.perturbing(found.table, shown.made, sample, declared, settings, respondents)]


def disclosure_of(definitions: Definitions, wave: str) -> Mapping[str, object]:
    """The declared rules of disclosure control, with what the wave has of its own."""
    declared = definitions.disclosure
    if declared is None:
        return {}
    own = {"method": definitions.method_of(wave), "noise": definitions.noise_of(wave)}
    return declared.model_dump(exclude_none=True) | {name: value for name, value in own.items() if value is not None}
