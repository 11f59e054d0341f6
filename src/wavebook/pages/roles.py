"""Roles that editors type within a line: live numbers and words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from wavebook import claims
from wavebook.charts import sparks
from wavebook.claims import Evidence, OpenError, UntestableError, words
from wavebook.core.problems import Problem
from wavebook.core.text import capital
from wavebook.figures import AbsentFigureError, Figure, FirstWaveError, MissingFigureError, unknown
from wavebook.figures.published import Change
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages import panels, technical_notes
from wavebook.pages.places import of_role
from wavebook.pages.records import (
    Book,
    Record,
    book_of,
    fact_in,
    note,
    read_trend,
    typed_in,
    wave_typed,
)
from wavebook.pages.uses import Use, drawn, live, live_link


@dataclass(frozen=True)
class Shown:
    """Something that a role puts on the page: its text, in a table cell if that differs, and the figures behind it."""

    text: str
    cell: str = ""
    figures: tuple[Figure, ...] = ()
    breaks: tuple[tuple[str, str], ...] = ()
    basis: str = "exact"
    direction: str | None = None


def _unknown(book: Book, text: str) -> Shown | None:
    """What stands in the place of a figure that is declared unknown: that it is, and why; None for any other."""
    key = book.figures.resolve(text)
    if book.figures.has(key) or not (reason := unknown.reason_of(book.figures, key)):
        return None
    return Shown(unknown.told(book.figures, key)[1], reason)


def _value(book: Book, text: str) -> Shown:
    """A figure with its unit; in a table cell in its short form. ``{value}`grade@theme=work,baseline` ``."""
    if absent := _unknown(book, text):
        return absent
    figure = book.figures[text]
    return Shown(figure.text(book.language), figure.text(book.language, "chart"), (figure,))


def _number(book: Book, text: str) -> Shown:
    """A figure without its unit. ``{number}`grade` ``."""
    if absent := _unknown(book, text):
        return absent
    figure = book.figures[text]
    return Shown(figure.text(book.language, "bare"), figures=(figure,))


def _word(book: Book, text: str) -> Shown:
    """A number as people say it: zeven, 1,4 miljoen. ``{word}`fact:towns` ``, also with ``.of``.

    Of a figure or a dated fact: a whole number up to twelve is in letters, and round millions and billions have that
    word. Any other number stays in digits, as rounding it would say something else than the source.
    """
    name, _, part = text.removeprefix("fact:").partition(".")
    _not_later(book, name if text.startswith("fact:") else "")
    fact = book.figures.definitions.facts.get(name) if text.startswith("fact:") and part in ("", "of") else None
    if fact and (value := fact.of if part else fact.value) is not None:
        if value == int(value):
            return Shown(wording.number_word(int(value), book.language))
        return Shown(wording.number(value, fact.decimals, book.language))
    if absent := _unknown(book, text):
        return absent
    figure = book.figures[text]
    whole = figure.printed == int(figure.printed)  # as everything else on the page shows it: 2.3 events print as 2
    shown = wording.number_word(figure.printed, book.language) if whole else figure.text(book.language, "bare")
    return Shown(shown, figures=(figure,))


def _n(book: Book, text: str) -> Shown:
    """The number of respondents behind a figure, or that it is not known. ``{n}`grade` ``."""
    if absent := _unknown(book, text):
        return absent
    figure = book.figures[text]
    unknown = words_in(book.language).tables["unknown"]
    return Shown(unknown if figure.n is None else wording.number(figure.n, 0, book.language), figures=(figure,))


def _change(book: Book, text: str) -> Shown:
    """The size of a change, without its direction, in the unit of differences. ``{change}`grade@2010..2014` ``."""
    evidence = Evidence(book.figures)
    first, last = evidence.span(text)
    if first.value is None or last.value is None:
        raise AbsentFigureError(f"{text} has no value at one end")
    apart = wording.exact(last.value) - wording.exact(first.value)
    size = wording.difference(apart, last.unit, last.decimals, book.language)
    return Shown(size, figures=(first, last), breaks=tuple(evidence.crossed), basis=evidence.basis)


def _trend(book: Book, text: str) -> Shown:
    """The word for the direction of a change, in the form of a rise. ``{trend}`rose <grade@2010..2014>` ``."""
    form, key = read_trend(text)
    evidence = Evidence(book.figures)
    direction = claims.direction(evidence, key)
    form = form.strip() or words_in(book.language).trends[0][0]
    found = tuple(book.figures[key] for key in evidence.seen)
    word = wording.trend_word(form, direction, book.language)
    return Shown(word, "", found, tuple(evidence.crossed), evidence.basis, direction or "not certain")


def _compared(book: Book, text: str) -> Shown:
    """A figure beside an earlier one, as a phrase: 0.2 points higher than in 2014. ``{compared}`grade@previous` ``.

    Since the baseline unless the key says since when. It says so as well where the figure did not move, chance or
    rounding may explain it, a break forbids to compare, or the earlier figure is not known: it stays true and a phrase.
    """
    key, last = book.figures.ends(text)
    words, wave = words_in(book.language).compared, book.figures.called(key.wave)
    if not book.figures.has(key):
        return Shown(words["unknown"].format(wave=wave), figures=(book.figures[last],))
    if book.figures.definitions.full_break(key.indicator, key.wave, last.wave):
        return Shown(words["barred"].format(wave=wave), figures=(book.figures[last],))
    evidence = Evidence(book.figures)
    before, now = evidence.span(text)
    try:
        direction = claims.direction(evidence, text)
    except OpenError:
        direction = None
    apart = wording.exact(now.number) - wording.exact(before.number)
    if before.printed == now.printed:
        how = "alike"
    elif direction in (None, "same"):
        how = direction or "unsure"
    elif wording.round_half_up(apart, now.decimals):
        how = direction
    else:
        how = "higher" if direction == "up" else "lower"
    size = wording.difference(apart, now.unit, now.decimals, book.language)
    told = words[how].format(size=size, wave=wave)
    return Shown(told, figures=(before, now), breaks=tuple(evidence.crossed), basis=evidence.basis)


def _wave(book: Book, text: str) -> Shown:
    """A wave as running text has it after a preposition, with its article: the third quarter of 2020, Round 8.

    With ``in`` before its key, as in ``{wave}`in 2020Q3` ``, it has the preposition for when it was too, which German
    and French join to the article: im 3. Quartal 2020, au troisième trimestre 2020. With ``In``, it begins a sentence.
    In a cell of a table it is the short name. ``{wave}`grade@latest` `` is the wave of the newest such figure.
    """
    form, key = wave_typed(text)
    if form.strip() not in ("", "in", "In"):
        raise MissingFigureError(f"a wave has no form {form}; write in, In or nothing before it")
    name = book.figures.called(book.figures.wave_of(key))
    if form:
        return Shown(capital(name.within) if form[0] == "I" else name.within)
    return Shown(name.the, str(name) if name.the != name else "")


def _segment(book: Book, text: str) -> Shown:
    """The subject of the edition if it is a segment of this breakdown, else all of them. ``{segment}`theme` ``."""
    if text not in book.figures.definitions.segments:
        known = book.figures.definitions.segments
        raise MissingFigureError(f"there is no breakdown {text}{book.results.nearest(text, known)}")
    return Shown(book.figures.about if book.figures.own[0] == text else book.figures.whole(text))


def _fact(book: Book, text: str) -> Shown:
    """A dated fact; with ``.of`` the number that it is part of, with ``.date`` its date. ``{fact}`towns.of` ``."""
    name, _, part = text.partition(".")
    facts = book.figures.definitions.facts
    _not_later(book, name)
    if name not in facts or part not in ("", "of", "date") or (part == "of" and facts[name].of is None):
        raise MissingFigureError(f"there is no fact {text}{book.results.nearest(name, facts)}")
    fact = facts[name]
    if part == "date":
        return Shown(wording.date(fact.date, book.language))
    if part == "of" and fact.of is not None:
        return Shown(wording.number(fact.of, 0, book.language))
    return Shown(wording.number(fact.value, fact.decimals, book.language))


def _not_later(book: Book, name: str) -> None:
    """Raise AbsentFigureError for a fact that only later editions tell."""
    if later := book.figures.definitions.later.get(name):
        wave = book.figures.wave
        raise AbsentFigureError(f"the fact {name} is told since {later.since}, and this is the edition about {wave}")


def _margin(book: Book, text: str) -> Shown:
    """The margin that a claim's test allows, which its sentence must tell. ``{margin}`name-of-the-claim` ``."""
    verdict = book.results.claims.get(text)
    if verdict is None or not verdict["margins"]:
        found = "has no margin" if verdict else f"is not a claim{book.results.nearest(text, book.results.claims)}"
        raise MissingFigureError(f"{text} {found}")
    if len({size for _, size in verdict["margins"]}) > 1:
        raise MissingFigureError(f"{text} has several margins; split the claim")
    return Shown(words.amount(*verdict["margins"][0])(book.figures))


ROLES: dict[str, Callable[[Book, str], Shown]] = {
    "value": _value,
    "number": _number,
    "word": _word,
    "n": _n,
    "change": _change,
    "trend": _trend,
    "compared": _compared,
    "wave": _wave,
    "segment": _segment,
    "fact": _fact,
    "margin": _margin,
}


class LiveRole(SphinxRole):
    """A number or word that is looked up in the figures: {value}`grade@baseline`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The live text as one node, linked to its row on the data page if it has one."""
        book, text = book_of(self.env), typed_in(self)
        place, line = of_role(self)
        stamp = book.stamp(self.name, text)
        try:
            shown = ROLES[self.name](book, text)
        except (MissingFigureError, UntestableError, KeyError) as error:
            first = isinstance(error, FirstWaveError)
            code = "W402" if isinstance(error, UntestableError) else "W434" if first else "W401"
            found = str(error.args[0]).rstrip(".")
            problem = Problem(code, place, found, f"Correct {{{self.name}}}`{text}`, or add what it names.")
            number = note(self.env, Record(self.name, text, line, stamp=stamp, problem=problem))
            unfit = isinstance(error, (AbsentFigureError, UntestableError))
            return [missing(text, Use(self.name, text, line, number, unfit=unfit))], []
        keys = tuple(str(f.key) for f in shown.figures)
        changed = [book.kept.unexplained[key] for key in keys if key in book.kept.unexplained]
        altered = _altered(place, changed) if changed else None
        number = note(self.env, Record(self.name, text, line, shown.text, keys, stamp=stamp, problem=altered))
        use = Use(self.name, text, line, number, keys, shown.breaks, shown.basis, shown.direction, cell=shown.cell)
        name = fact_in(self.name, text)
        if self.name in ("wave", "trend") or not (shown.figures or name):
            return [live("", shown.text, classes=[self.name], use=use)], []
        if name:
            anchor = f"fact-{name.replace('_', '-')}"
            panel = panels.of_fact(book.figures, name, book.figures.definitions.facts[name])
        else:
            anchor, panel = shown.figures[-1].key.anchor, book.panel(*shown.figures)
        use = replace(use, anchor=anchor, panel=panel, outcome="altered" if changed else use.outcome)
        classes = ["figure-value"]
        return [live_link("", shown.text, classes=classes, internal=True, refuri=f"#{anchor}", use=use)], []


def _altered(place: str, changed: list[Change]) -> Problem:
    """The problem of a number whose figures are not as they were published."""
    return Problem("W225", place, "; ".join(map(str, changed)), "Undo it, or give the reason: wavebook revise.")


def missing(text: str, use: Use) -> live:
    """The mark in a draft for something that cannot be looked up."""
    return live("", f"[{text}?]", classes=["missing"], use=use)


class CreditRole(SphinxRole):
    """Who measured a wave, in what report, for whom, as a source asks to be named. ``{credit}`wave` ``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """One node with the title in italics, marked where it is in another language than the page."""
        book, text = book_of(self.env), typed_in(self)
        place, line = of_role(self)
        stamp = book.stamp(self.name, text)
        try:
            told = technical_notes.credit(book.figures.definitions, book.figures.wave_of(text), book.language)
        except MissingFigureError as error:
            action = f"Correct {{{self.name}}}`{text}`."
            problem = Problem("W401", place, str(error.args[0]).rstrip("."), action)
            number = note(self.env, Record(self.name, text, line, stamp=stamp, problem=problem))
            return [missing(text, Use(self.name, text, line, number))], []
        parts: list[nodes.Node] = [nodes.Text(told.bureau)]
        if told.title:
            marked = [f"language-{told.language}"] if told.language else []
            parts += [nodes.Text(", "), nodes.emphasis("", told.title, classes=marked)]
        if told.commissioned:
            parts.append(nodes.Text(f", {told.commissioned}"))
        number = note(self.env, Record(self.name, text, line, str(told), stamp=stamp))
        return [live("", "", *parts, classes=[self.name], use=Use(self.name, text, line, number))], []


class SparkRole(SphinxRole):
    """A series as a line the size of a word, up to this wave. ``{spark}`grade` ``.

    Those of a page share their axis of time, and those of one list or table their scale as well.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Inline SVG, which ``SparkTransform`` draws again beside the others of its page."""
        book, text = book_of(self.env), typed_in(self)
        place, line = of_role(self)
        unfit = True
        try:
            series = book.figures.series(text)
            found = f"{text} has {len(series)} figures, and a line needs two" if len(series) < 2 else ""
        except (MissingFigureError, KeyError) as error:
            series, found = [], str(error.args[0]).rstrip(".")
            unfit = isinstance(error, AbsentFigureError)
        stamp = book.stamp("spark", text)
        if found:
            code = "W434" if series and book.figures.is_first else "W401"
            problem = Problem(code, place, found, f"Correct {{spark}}`{text}`, or leave it out.")
            number = note(self.env, Record("spark", text, line, stamp=stamp, problem=problem))
            return [missing(text, Use("spark", text, line, number, unfit=unfit, decoration=True))], []
        keys = [f.key for f in series]
        note(self.env, Record("spark", text, line, keys=tuple(map(str, keys)), stamp=stamp))
        svg = sparks.sparks([[series]], book.figures)[0][0]
        return [drawn("", svg, format="html", spark=text)], []
