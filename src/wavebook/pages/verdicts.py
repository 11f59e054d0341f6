"""The list of all tested sentences of a book, with their tests and the results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from docutils import nodes

from wavebook.claims.words import name_of
from wavebook.core.text import capital
from wavebook.figures import Figures, Key
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages.records import Record
from wavebook.pages.tables import Cell, table


def claim_tables(
    rows: Sequence[tuple[str, str, Record]], figures: Figures, verdicts: Mapping[str, dict]
) -> list[nodes.Element]:
    """Every tested sentence of the book, with its test, the figures tested, and the verdict with its basis.

    ``rows`` are (address, page title, record), ``verdicts`` those of the notebooks by name. Sentences that rest on a
    source alone follow in a table of their own.
    """
    words = words_in(figures.language).tables

    def sentence(address: str, title: str, record: Record) -> Cell:
        said = capital(record.shown)
        link = nodes.reference("", title, refuri=address, internal=True)
        return [f"{said} (", link, ")"]

    tested = []
    for address, title, record in (row for row in rows if row[2].kind == "claim"):
        verdict = verdicts.get(record.text)
        rests = record.outcome != "open" or record.keys
        outcome = words[record.outcome] + (f" ({words[verdict['basis']]})" if verdict and rests else "")
        said = verdict["said"] if verdict else ""
        tested.append(("", [sentence(address, title, record), said, _covers(verdict, figures), outcome]))
    head = [words[k] for k in ("sentence", "tested", "covers", "verdict")]
    made: list[nodes.Element] = [table(head, tested, f"{words['tests']}. {words['scroll']}")]
    reported = [
        ("", [sentence(*row), ", ".join(_short_sources(row[2].text, figures))])
        for row in rows
        if row[2].kind == "reported"
    ]
    if reported:
        made.append(nodes.paragraph("", words["reported_are"]))
        made.append(table([words["sentence"], words["source"]], reported, f"{words['reported']}. {words['scroll']}"))
    return made


def _covers(verdict: dict | None, figures: Figures) -> str:
    """The figures that a test looked at, by wave, and those it is about that no source gives."""
    if verdict is None:
        return ""
    words, language = words_in(figures.language).tables, figures.language
    seen = [Key.read(text) for text in verdict["figures"]]
    told = [
        wording.headed(figures.called(key.wave), ", ".join(figures[k].text(language, "chart") for k in keys), language)
        for key, keys in ((next(iter(group)), group) for group in _by_wave(seen, figures))
    ]
    d = figures.definitions
    for name in verdict["facts"]:
        fact = d.facts[name]
        told.append(
            wording.headed(
                wording.date(fact.date, language), wording.number(fact.value, fact.decimals, language), language
            )
        )
    absent = [Key.read(text) for text in verdict["absent"]]
    if absent:
        what = dict.fromkeys(
            figures.called(key.wave) if key.wave != figures.wave else name_of(figures, key) for key in absent
        )
        told.append(words["not_known"].format(what=wording.listing(list(what), language)))
    return wording.in_series(told, language)


def _by_wave(keys: Iterable[Key], figures: Figures) -> list[list[Key]]:
    ordered = sorted(keys, key=lambda key: figures.definitions.order(key.wave))
    return [list(group) for _, group in groupby(ordered, key=lambda key: key.wave)]


def _short_sources(names: str, figures: Figures) -> list[str]:
    known = figures.definitions.sources
    language = figures.language
    return [wording.cited(known[name], language) if name in known else name for name in names.split(",") if name]
