"""Who made a publication, for whom and when, and how to cite it: under its title, and at the foot of every page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sphinx.config import Config

from wavebook.core.problems import Problem
from wavebook.definitions.model import Correction, Revision
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages import technical_notes
from wavebook.pages.records import Book

BASED_ON = "based_on"  # the option with the source that the publication retells


class Line(NamedTuple):
    """A line of the imprint; ``href`` where it leads somewhere."""

    label: str
    text: str
    href: str = ""


def byline(book: Book, config: Config) -> list[str]:
    """Who wrote it, after whom, when it came out and when it changed: the parts of one line under the title."""
    words = words_in(book.language).theme.words
    source = book.figures.definitions.sources.get(_option(config, BASED_ON))
    people = wording.named(source.author, source.second, source.others, book.language) if source else ""
    after = words["based_on"].format(source=f"{people} ({source.year}{source.letter})") if source else ""
    dates = [words[name].format(date=wording.date(day, book.language)) for name, day in _days(book)]
    return [*filter(None, [", ".join(filter(None, (config.author, after)))]), *(dates or [words["unreleased"]])]


def lines(book: Book, config: Config) -> Iterator[Line]:
    """The imprint, as far as it is known."""
    words, language = words_in(book.language).theme.words, book.language
    d, wave = book.figures.definitions, book.figures.wave
    if config.author:
        yield Line(words["makers"], config.author)
    if client := d.waves[wave].client:
        yield Line(words["commissioner"], client[language])
    if publisher := _option(config, "publisher"):
        yield Line(words["publisher"], publisher)
    if contact := _option(config, "contact"):
        yield Line(words["contact"], contact, contact if "://" in contact else f"mailto:{contact}")
    year = book.released[:4] or words_in(language).tables["no_year"]
    named = {"author": config.author, "year": year, "title": book.title, "wave": book.figures.called(wave)}
    yield Line(words["cite"], f"{words['cited'].format(**named)} {book.lasting(config.html_baseurl or '')}".strip())


def source(book: Book, config: Config) -> str:
    """Who measured, in what report, for whom: as the settings say, or else as the waves are declared."""
    return _option(config, "source") or technical_notes.source_line(
        book.figures.definitions, book.figures.wave, book.language
    )


def problems(book: Book, config: Config) -> Iterator[Problem]:
    """List what the settings name that is not there."""
    named, known = _option(config, BASED_ON), book.figures.definitions.sources
    if named and named not in known:
        place = f"_config.yml, html_theme_options.{BASED_ON}"
        found = f"{named} is no source{book.results.nearest(named, known)}"
        yield Problem("W204", place, found, "Name an entry of data/references.bib.")
    yield from _stale(book, _option(config, "source"))
    contact = _option(config, "contact")
    if contact and "://" not in contact and "@" not in contact:
        place = "_config.yml, html_theme_options.contact"
        yield Problem(
            "W203", place, f"{contact!r} is no address", "Write an e-mail address, or one that begins with https://."
        )


def _stale(book: Book, typed: str) -> Iterator[Problem]:
    """Report a source line that names the report of another wave, and not that of this one."""
    d, wave = book.figures.definitions, book.figures.wave
    titles = {key: d.sources[w.report].title for key, w in d.waves.items() if w.report and book.figures.is_shown(key)}
    others, own = [key for key, title in titles.items() if key != wave and title in typed], titles.get(wave)
    if others and (own is None or own not in typed):
        place = "_config.yml, html_theme_options.source"
        found = f"names the report of {others[-1]}, not that of {wave}" + (f", which is {own}" if own else "")
        yield Problem("W224", place, found, "Remove it: it then follows from data/waves.toml.")


def _option(config: Config, name: str) -> str:
    return str(config.html_theme_options.get(name) or "").strip()


def _days(book: Book) -> Iterator[tuple[str, str]]:
    """The day on which the edition came out and, if it changed after that, the last day on which it did."""
    if not book.released:
        return
    d = book.figures.definitions
    yield "released", book.released
    both: list[Correction | Revision] = [*d.corrections, *d.revisions]
    changed = [c.date for c in both if book.figures.is_shown(c.wave)]
    if changed and max(changed) > book.released:
        yield "changed", max(changed)
