"""Counts of looks at the same answers: the figures and editions with noise that they count in, and the methods.

Noise that is drawn once hides an answer; each further figure with its own noise that counts the answer gives a little
of it away. Someone who knows all answers but one, all weights and groups, guesses that one no better than ``guessed``
says. A figure without noise would give it away at once, so an edition of one method is never followed by one of the
other.
"""

from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from scipy.special import ndtr

from wavebook.core.problems import Problem, fail, raise_all
from wavebook.core.units import Unit
from wavebook.definitions import Definitions, ResponseFile
from wavebook.figures import KEY_COLUMNS, PERTURBED, PERTURBED_REVISED
from wavebook.survey.disclosure.cellkeys import CUT_OFF, FILE, Secret
from wavebook.survey.disclosure.perturbation import Sample
from wavebook.survey.disclosure.rules import Settings

NOISY = (PERTURBED, PERTURBED_REVISED)
_FOLDER = "data/responses"


def guessed(noise: float, figures: float) -> float:
    """The chance of guessing an answer right, in per cent, from this many figures that count it.

    That of the best guess between two answers that were equally likely before. A normal deviation of ``noise`` against
    a shift of one, for each figure; of a normal that is cut, no more than ``CUT_OFF`` is lost for each.
    """
    return 100 * float(ndtr(math.sqrt(figures) / (2 * noise)) + figures * CUT_OFF)


def enough(guess: float, figures: float) -> float:
    """The least noise, in tenths of a respondent, with which no answer is guessed more often."""
    noise = 0.5
    while guessed(noise, figures) > guess and noise < 100:
        noise = round(noise + 0.1, 1)
    return noise


def per_answer(units: Mapping[str, Unit], single: Container[str], file: ResponseFile, sample: Sample) -> int:
    """The number of figures of one edition that the answer to one question counts in, at most.

    ``units`` are those of the columns of the wave, ``single`` the columns of questions with one answer each. Indicators
    that are read from one column of the file are one question. A choice counts in two categories, the one given and the
    one that could have been. Errors of means and of a design rest on everyone's spread, which is one more look.
    """
    of: dict[str, int] = {}
    for name, unit in units.items():
        figures = (2 if name in single else 1) * (sample.groups + (bool(sample.units) or not unit.is_share))
        indicator = name.partition(".")[0]
        of[indicator] = max(of.get(indicator, 0), figures)
    questions: dict[str, int] = defaultdict(int)
    for indicator, figures in of.items():
        for column in {c for columns in file.columns.get(indicator, {}).values() for c in columns} or {indicator}:
            questions[column] += figures
    return max(questions.values(), default=0)


@dataclass(frozen=True)
class Record:
    """The record of how a wave's table was perturbed, kept beside its respondents."""

    wave: str
    secret: str
    noise: float
    smallest: int

    @classmethod
    def of(cls, path: Path) -> Record | None:
        """The record in the report of a wave's last estimate; None where there is none."""
        try:
            kept = json.loads(path.read_bytes()).get("cell_key")
            return cls(path.stem, str(kept["secret"]), float(kept["noise"]), int(kept["smallest"])) if kept else None
        except (ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError):
            return None


def kept(settings: Settings, secret: Secret) -> dict[str, dict]:
    """The part of an estimate's report that records how it was perturbed."""
    told = {"secret": secret.fingerprint, "noise": settings.noise, "smallest": settings.smallest}
    return {"cell_key": told}


def the_secret(root: Path, d: Definitions) -> Secret:
    """The secret of a book, made if no table has been perturbed so far.

    Raises ProblemsError: W194 if it is gone, or differs from that of a table; W199 if the noise of a table was not the
    size that readers are told.
    """
    folder, place = root / "data" / "responses", f"{_FOLDER}/{FILE}"
    records = [record for path in sorted(folder.glob("*.json")) if (record := Record.of(path))]
    tables = sorted((root / "data" / "figures").glob("*.csv"))
    perturbed = {path.stem for path in tables if _is_perturbed(path)} | {record.wave for record in records}
    back = (
        "Restore it from where the answers are kept. If no table that was made with it has left this machine, remove "
        "{waves} and estimate again."
    )
    waves = ", ".join(f"data/figures/{wave}.csv and {_FOLDER}/{wave}.json" for wave in sorted(perturbed))
    try:
        secret = Secret.read(folder)
    except (ValueError, OSError):
        fail(Problem("W194", place, "is not as wavebook wrote it", back.format(waves=waves)))
    if secret is None and perturbed:
        found = f"is missing, and the noise of {', '.join(sorted(perturbed))} was made with it"
        fail(Problem("W194", place, found, back.format(waves=waves)))
    if secret is None:
        return Secret.make(folder)
    raise_all(_others(records, secret, d, place, back.format(waves=waves)))
    return secret


def _others(records: list[Record], secret: Secret, d: Definitions, place: str, back: str) -> Iterator[Problem]:
    """Tables that were made with another secret, or with other noise."""
    for record in records:
        if record.secret != secret.fingerprint:
            found = f"is not the one that the noise of {record.wave} was made with"
            yield Problem("W194", place, found, back)
        elif record.wave in d.waves and d.noise_of(record.wave) not in (record.noise, None):
            found = f"is {d.noise_of(record.wave):g} by data/waves.toml, and was {record.noise:g} in its table"
            action = f"Write noise = {record.noise:g} in [waves.{record.wave}], or estimate that wave again."
            yield Problem("W199", f"the noise of {record.wave}", found, action)


def _is_perturbed(path: Path) -> bool:
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
        return any((row.get("status") or "").strip() in NOISY for row in csv.DictReader(file))


def transitions(
    root: Path, year: str, before: pd.DataFrame | None, public: pd.DataFrame, table: pd.DataFrame, settings: Settings
) -> Iterator[Problem]:
    """Report a wave with a public table that was protected in another way (W193), or in an unknown way (W194).

    ``before`` is the table that is public now, None if there is none; ``public`` are all editions that were, and
    ``table`` has the rows that are estimated.
    """
    place = f"data/figures/{year}.csv"
    tables = [public] if before is None else [public, before]
    statuses = {status for table in tables for status in table["status"]}
    action = f"Leave method, noise and smallest as they were: method and noise may be in [waves.{year}] too."
    exact, noisy = statuses & {"estimated", "revised"}, statuses & {*NOISY}
    if before is not None:  # as are those entered by hand, which the new ones replace
        entered = before[before["status"].isin(["published", "provisional"])]
        exact |= {*entered.merge(table[KEY_COLUMNS], on=KEY_COLUMNS)["status"]}
    if settings.method == "cell_key" and exact:
        found = "was public without noise: with noise it would be a second look at the same people"
        yield Problem("W193", place, found, action)
    if settings.method != "cell_key" and noisy:
        found = "was public with noise: without it, it would be a second look at the same people"
        yield Problem("W193", place, found, action)
    if settings.method == "cell_key" and noisy:
        record = Record.of(root / "data" / "responses" / f"{year}.json")
        if record is None:
            found = "is missing, or does not say with which secret and noise the public table was made"
            yield Problem("W194", f"{_FOLDER}/{year}.json", found, "Restore it from where the answers are kept.")
        elif (record.noise, record.smallest) != (settings.noise, settings.smallest):
            found = f"was public with noise of {record.noise:g} and groups from {record.smallest} respondents"
            yield Problem("W193", place, found, action)


def too_many(year: str, figures: int, editions: int, settings: Settings) -> Iterator[Problem]:
    """Figures and editions that give an answer away more than ``guess`` allows (W198)."""
    found = guessed(settings.noise, figures * editions)
    if found > settings.guess:
        least = enough(settings.guess, figures * editions)
        told = f"each answer counts in up to {figures} figures" + (f" of {editions} editions" if editions > 1 else "")
        told += f", so that someone who knows all others may guess it right {found:.0f} times in 100"
        told += f", not {settings.guess:g}"
        action = f"Set noise = {least:g}, leave out breakdowns, or set guess, under [disclosure] in data/waves.toml."
        if editions > 1:
            action = "Leave the table as it is; the owner of the data may allow more, by guess under [disclosure]."
        yield Problem("W198", f"data/figures/{year}.csv", told, action)


def told(figures: int, editions: int, settings: Settings) -> str:
    """The bound in words for editors."""
    bound = guessed(settings.noise, figures * editions)
    tables = f" and {editions} editions" if editions > 1 else ""
    known = "someone who knows all answers but one guesses it right at most"
    return f"{known} {bound:.0f} times in 100, by {figures} figures{tables}"
