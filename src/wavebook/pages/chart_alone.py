"""A chart outside its story, and what it says of itself there: on a page of its own, in a picture, in a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sphinx.builders import Builder

from wavebook.charts.pictures import Imprint
from wavebook.charts.words import break_note
from wavebook.core.text import capital
from wavebook.core.units import Language
from wavebook.definitions.model import Source
from wavebook.figures import Key
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages import embargo
from wavebook.pages.records import Book

FOLDER = "charts"
"""The folder of a site, within that of a language, with all files of its charts."""


def address(name: str, kind: str = "html") -> str:
    """The address of a chart's page, or of a file of another kind, within the folder of its language."""
    return f"{FOLDER}/{name}.{kind}"


def has_page(builder: Builder) -> bool:
    """Tell whether charts have pages of their own: not under another theme, nor on paper."""
    return (builder.config.html_theme, builder.name) == ("wavebook", "html")


class Sourced(NamedTuple):
    """A source in full with the place in it; the languages are those of title and place where these are others."""

    cited: str
    title: str
    title_language: Language | None
    place: str
    place_language: Language | None
    url: str

    def __str__(self) -> str:
        return f"{self.printed} {self.url}".rstrip()

    @property
    def printed(self) -> str:
        """The same without its address, for where nobody can follow it."""
        return f"{self.cited}. {self.title}, {self.place}." if self.title else f"{self.cited}, {self.place}."


@dataclass(frozen=True)
class ChartAlone:
    """A chart outside its story.

    ``story`` is the address of its place in the story, from the folder of its language, and ``story_title`` the title
    of that page. ``site`` is the address of that folder, if it is known. ``twins`` are the languages in which the same
    chart has a page too.
    """

    payload: dict[str, Any]
    book: Book
    headline: str
    story: str
    story_title: str
    site: str = ""
    author: str = ""
    licence: str = ""
    licence_url: str = ""
    twins: tuple[Language, ...] = field(default=())

    @property
    def name(self) -> str:
        """Its name."""
        return self.payload["name"]

    @property
    def language(self) -> Language:
        """The language of its page."""
        return self.book.language

    @property
    def subtitle(self) -> str:
        """What, of whom and when; empty where the headline says it already, as where it is the name of the subject."""
        said = self.payload["subtitle"]
        return "" if said.casefold() in self.headline.casefold() else said

    @property
    def url(self) -> str:
        """The absolute address of its page; empty where that of the site is not known."""
        return f"{self.site}{address(self.name)}" if self.site else ""

    @property
    def warnings(self) -> list[str]:
        """What every copy must say: that figures are made up, that this is a draft, or may not go out yet."""
        words = words_in(self.language).theme.words
        found = [f"{words['made_up']} {words['made_up_text']}"] if self.book.made_up else []
        found += filter(None, [embargo.told(self.book.figures, self.language)])
        return [*found, *([f"{words['draft']} {words['draft_text']}"] if self.book.draft else [])]

    @property
    def released(self) -> str:
        """The day of the edition, for readers; empty if it has not come out."""
        return wording.date(self.book.released, self.language) if self.book.released else ""

    @property
    def sources(self) -> list[Sourced]:
        """Its sources in full."""
        d, language = self.book.figures.definitions, self.language
        own = {self.book.figures[key].source for key in self._keys()}
        by_name: dict[str, list[Source]] = {}
        for key in sorted(d.sources, key=lambda key: key not in own):  # those of its figures first
            by_name.setdefault(wording.cited(d.sources[key], language), []).append(d.sources[key])
        found = []
        for cited, place, other, url in self.payload["places"]:
            source = by_name[cited].pop(0) if by_name.get(cited) else None
            title = source.title if source else ""
            beside = wording.foreign(title, source.language, language) if source else None
            found.append(Sourced(cited, title, beside, place, other, url))
        return found

    @property
    def cited(self) -> str:
        """How to cite it: author, year of the edition, headline, publication and address."""
        words, figures = words_in(self.language).tables, self.book.figures
        return (
            words["cited"]
            .format(
                author=self.author,
                year=self.book.released[:4] or words["no_year"],
                caption=self.headline.rstrip("."),
                title=self.book.title,
                wave=figures.called(figures.wave),
                address=f"{self.book.lasting(self.site)}{address(self.name)}." if self.site else "",
            )
            .rstrip()
        )

    @property
    def breaks(self) -> list[str]:
        """Those of its notes that tell of a break in the series."""
        told = {break_note(item, self.book.figures) for item in self.book.figures.definitions.breaks}
        return [note for note in self.payload["notes"] if note in told]

    @property
    def about(self) -> list[tuple[str, str]]:
        """What a reader of the chart alone must know: (what it is, text), without those of which nothing is known."""
        words, theme = words_in(self.language).travel, words_in(self.language).theme.words
        breaks = self.breaks
        told: list[tuple[str, Iterable[str]]] = [
            (words["what"], self._asked()),
            (words["whom"], self._whom()),
            (words["when"], self._when()),
            (theme["source"], map(str, self.sources)),
            (words["breaks"], breaks),
            (words["notes"], (note for note in self._remarks() if note not in breaks)),
            (theme["licence"], [" ".join(filter(None, (self.licence, self.licence_url)))]),
            (words["released"], [self.released]),
            (words["publication"], [f"{self.book.title}: {self.story_title}"]),
            (words["address"], [self.url]),
            (words["citation"], [self.cited]),
        ]
        return [(term, text) for term, texts in told for text in texts if text]

    @property
    def imprint(self) -> Imprint:
        """What a picture of it says: not the questions in full, which its page has; the subtitle says what is shown."""
        language = self.language
        source = words_in(language).theme.words["source"]
        credit = [f"{self.book.title}: {self.story_title}", *filter(None, (self.url, self.licence, self.released))]
        below = [*self.warnings, *self._remarks()]
        below += [wording.headed(source, sourced.printed, language) for sourced in self.sources]
        return Imprint(self.headline, self.subtitle, [*below, " · ".join(credit)])

    @property
    def card(self) -> Imprint:
        """What its picture says where a link to it is shared."""
        source = words_in(self.language).theme.words["source"]
        told = wording.headed(source, wording.in_series(self.payload["sources"], self.language), self.language)
        warned = words_in(self.language).theme.words["made_up"] if self.book.made_up else ""
        return Imprint(
            self.headline, self.subtitle, [*filter(None, (warned, wording.ended(self.book.title), wording.ended(told)))]
        )

    def _keys(self) -> list[Key]:
        return [Key.read(key) for key in self.payload["figures"]]

    def _asked(self) -> Iterator[str]:
        """Each indicator with its definition."""
        d, language = self.book.figures.definitions, self.language
        for name in dict.fromkeys(key.indicator for key in self._keys()):
            declared = d.indicators[name]
            yield wording.headed(
                capital(declared.name[language]), wording.ended(declared.definition[language]), language
            )

    def _remarks(self) -> list[str]:
        """Its notes, but for the definitions of its indicators."""
        asked = {text.casefold() for text in self._asked()}
        return [note for note in self.payload["notes"] if note.casefold() not in asked]

    def _whom(self) -> Iterator[str]:
        """The people behind the figures."""
        figures, d = self.book.figures, self.book.figures.definitions
        keys = [key for key in self._keys() if figures.of_people(key.indicator)]
        bases = dict.fromkeys(d.bases[d.indicators[key.indicator].base][self.language] for key in keys)
        people = dict.fromkeys(figures.people(key.population) for key in keys)
        if said := [*bases, *filter(None, people)]:
            yield f"{capital(wording.in_series(said, self.language))}."

    def _when(self) -> Iterator[str]:
        """The waves of the figures."""
        figures = self.book.figures
        waves = sorted({key.wave for key in self._keys()}, key=figures.definitions.order)
        if waves:
            yield f"{capital(wording.listing([figures.called(wave) for wave in waves], self.language))}."
