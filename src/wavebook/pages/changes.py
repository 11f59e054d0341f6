"""Changes to editions after they were published: figures revised, mistakes corrected."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from docutils import nodes

from wavebook.core.tables import NUMBER
from wavebook.definitions import Language, Revision
from wavebook.figures import Figures, Key
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages.tables import Cell, Cite, listed, table
from wavebook.pages.uses import made_section

_ABOUT = re.compile(r"(\w+)@[\w-]+ \((\w+) ?(.*)\)")  # words of a question, as ``figures.published`` names them


def changes_tables(figures: Figures, link: Cite) -> list[nodes.Element]:
    """Changes to published editions: revised figures and corrected mistakes, separately, the newest first.

    ``link`` gives the nodes that lead to a page of the book, by its slug.
    """
    words, language, d = words_in(figures.language).tables, figures.language, figures.definitions
    none, root = words["none"], d.languages[0]
    revised: list[tuple[str, list[Cell]]] = [
        (
            r.date,
            [
                wording.date(r.date, language),
                figures.called(r.wave),
                *revised_figure(figures, r),
                _reason(r, language, root),
            ],
        )
        for r in d.revisions
        if figures.is_shown(r.wave)
    ]
    corrected: list[tuple[str, list[Cell]]] = []
    for c in d.corrections:
        if figures.is_shown(c.wave):
            where = listed([link(page) for page in c.pages])
            told = [c.what[language], c.before or none, c.after or none, c.reason[language]]
            corrected.append((c.date, [wording.date(c.date, language), figures.called(c.wave), where, *told]))
    heads = {
        "revisions": ("date", "wave", "what", "before", "after", "reason"),
        "corrections": ("date", "wave", "page", "what", "before", "after", "reason"),
    }
    made: list[nodes.Element] = []
    for name, rows in (("revisions", revised), ("corrections", corrected)):
        section = made_section("", nodes.title("", words[name]), ids=[name], names=[name])
        section += nodes.paragraph("", words[f"{name}_are"] if rows else words[f"no_{name}"])
        if rows:
            newest_first = [("", cells) for _, cells in sorted(rows, key=lambda row: row[0], reverse=True)]
            section += table([words[k] for k in heads[name]], newest_first, f"{words[name]}. {words['scroll']}")
        made.append(section)
    return made


def revised_figure(figures: Figures, revision: Revision) -> tuple[str, str, str]:
    """A revised figure in readers' words, and its value before and after.

    As in the record when the figure or its indicator is gone.
    """
    words, language = words_in(figures.language).tables, figures.language
    if about := _ABOUT.fullmatch(revision.figure):
        return _named(figures, *about.groups()), revision.before or words["none"], revision.after or words["none"]
    try:
        key = Key.read(revision.figure)
        indicator = figures.definitions.indicators[key.indicator]
    except LookupError:
        return revision.figure, revision.before or words["none"], revision.after or words["none"]
    parts = [indicator.name[language], figures.label(key) if key.category else "", figures.segment_label(key)]

    def told(value: str) -> str:
        if "=" in value:
            return _behind(value, language)
        try:
            return wording.quantity(Decimal(value), indicator.unit, indicator.decimals, language, style="chart")
        except InvalidOperation:
            return value or words["none"]

    return ", ".join(filter(None, parts)), told(revision.before), told(revision.after)


def _named(figures: Figures, name: str, kind: str, part: str) -> str:
    """What words of a question, an answer or a group are of, as readers call it."""
    d, language = figures.definitions, figures.language
    labels, words = words_in(language).panels, words_in(language).tables
    files = words_in(language).travel
    if kind == "group":
        breakdown, group = d.breakdowns.get(name), d.segment(name, part)
        return ", ".join([breakdown[language] if breakdown else name, group[language] if group else part])
    indicator = d.indicators.get(name)
    if indicator is None:
        return name
    answer = indicator.categories.get(part) if kind == "answer" else None
    told = {"unit": files["unit"], "base": labels["asked"], "question": words["question"]}
    return ", ".join([indicator.name[language], answer[language] if answer else told.get(kind, part or kind)])


def _behind(value: str, language: Language) -> str:
    """What is behind a figure, where the figure itself stayed as it was: a number of people, an error."""
    words, told = words_in(language), []
    for name, _, said in (part.partition("=") for part in value.split("; ")):
        if name == "status":
            told.append(words.tables["final"] if said == "final" else words.panels.get(said, said))
        else:
            decimals = len(said.partition(".")[2])
            known = NUMBER.fullmatch(said)
            shown = wording.number(Decimal(said), decimals, language) if known else words.tables["none"]
            told.append(f"{words.travel.get(name, name)} {shown}")
    return "; ".join(told)


def _reason(revision: Revision, language: Language, root: Language) -> Cell:
    """The reason why a figure was revised; marked where readers get it in the language of the root."""
    if language == root or language in revision.reasons:
        return revision.reasons.get(language, revision.reason)
    return [nodes.inline("", revision.reason, classes=[f"language-{root}"])]  # docutils makes this a lang attribute
