"""The words that a language must have, by the place where readers meet them.

A topic holds texts by name; names in braces are filled in. All languages have the same names and the same braces.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Topic = Mapping[str, str]
Trend = tuple[str, str, str, str]


@dataclass(frozen=True, kw_only=True)
class Notation:
    """The forms of numbers, dates and lists: those of CLDR, and ``first``, ``colon`` and ``semicolon``."""

    own: Mapping[str, str] = field(default_factory=dict)
    """The reason for each form that is not that of CLDR, by its name here."""

    decimal: str
    thousands: str
    percent: str
    """A percentage where room is short, such as in tables: ``{n}%``."""
    currency: str
    """An amount, where ``{sign}`` is empty or a minus: ``{symbol}{sign}{n}``."""
    clock: str = "{hours}:{minutes}"
    """A time in hours and minutes."""
    months: tuple[str, ...]
    """From January, as within a date."""
    alone: tuple[str, ...] = ()
    """The same without a day before them, where they then have another form: 1 grudnia, grudzień."""
    day: str
    """A date: ``{day} {month} {year}``."""
    month: str = "{month} {year}"
    first: str = ""
    """The first day of a month, where it is written in another way than other days: 1er."""
    pair: str
    """The last two items of a list: ``{0} and {1}``."""
    others: str = "{0}, {1}"
    """The items of a list before those."""
    colon: str = ": "
    """Between a heading and what follows it on the same line."""
    semicolon: str = "; "


@dataclass(frozen=True, kw_only=True)
class Prose:
    """The marks by which a text is divided into sentences. In doubt there is no end: half a sentence does harm."""

    abbreviations: frozenset[str]
    """Words in small letters that end in a full stop within a sentence, but for single letters and those like n.v.t."""
    quotes: tuple[tuple[str, str], ...]
    """Marks that open and close quotations."""
    begins: str = ""
    """A regular expression for sentences that begin with a small letter: ’t Gaat."""
    shortened: str = ""
    """Words of which only the end is written, behind an apostrophe, as a regular expression: 's, 't."""
    held: tuple[tuple[str, str], ...] = ()
    """Regular expressions for typed spaces at which no line may end, before ; or within quotation marks, each with the
    space that printers have there."""
    nouns_are_capital: bool = False
    """A word within a sentence may be a noun with a capital, so that none is written small after a colon."""
    ordinals: bool = False
    """A number with a full stop counts off: der 3. Platz."""


@dataclass(frozen=True, kw_only=True)
class Patterns:
    """Regular expressions, ignoring case, that the checks of a page look for in its sentences."""

    number: str
    """A number in words that counts something: fourteen per cent, one in five. A space stands for any space.

    The group ``ratio`` is that of two numbers, of which the first is a part of the second.
    """
    parts: str
    """Words for a half, a third, and so on to a tenth, each a regular expression, with spaces between them."""
    counts: str
    """The numbers from zero to a hundred, with hyphens for what stands between their words, and spaces between them."""
    multiples: str
    """Words by which something became twice as much or half of it, three times, and so on: doubled, tripled.

    Each a regular expression, with spaces between them.
    """
    scales: str
    """Words for a thousand and more behind a number, as in two million."""
    known: str
    """Words of a statement about what is known."""
    further: str
    """Words for something that changed, which figures without an error cannot show."""
    moved: str
    """The rest of a sentence after a verb of change, not of standing still: from this to that."""
    path: str
    """A sentence that goes from one number to another, wherever its verb stands."""
    rose: str
    """Words that say of a figure that it went up; not those that compare it (higher), nor idioms that only look so."""
    fell: str
    """The same of one that went down."""
    same: str
    """The same of one that stayed as it was: remained stable."""
    wider: str
    """Words that say of a distance or a difference that it grew, those that compare it included."""
    closer: str
    """The same of one that became smaller."""
    attributive: str
    """A word for something that changed before what it is of, which may have changed again: the increased gap."""
    every_wave: str
    """Words for all waves, of what happened in each or was never so before: every year, three in a row, a record."""
    each: str
    """Words for each or all of something, of which the group ``of`` is the name: each theme, all age groups."""
    group: str
    """A word for a group of people, whatever divides them, as far as all its forms begin with it."""
    nearly_all: str
    """Words for nearly all people."""
    nearly_none: str
    """Words for hardly anybody, a handful."""
    follows: str
    """Words that tell an order, one thing after another: followed by, then."""
    passing: str
    """Words for a time that passes: now, last year, recently. What they say was true when it was written."""
    screen: str
    """Words for what only a screen can do: to click, to tap. A print edition has no use for a sentence with one."""


@dataclass(frozen=True, kw_only=True)
class Theme:
    """The words around the text of a page, and those shown in place of the English of Sphinx, docutils and myst-nb."""

    words: Topic
    phrases: Topic
    """The phrases of myst-nb for code that can be opened, each with the text shown instead."""
    permalinks: Topic
    """The phrases of Sphinx for links to a heading, a picture and the like, each with the text shown instead."""
    search: Topic
    """Messages of the search page; ``percent`` are the words that readers type for %, divided by a bar."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """One language: its notation for numbers, dates and lists, and all words that its readers see."""

    name: str
    """Its name among its own readers."""
    locale: str
    """Language and country, as in nl_NL."""
    bibtex: str
    """Its name in BibLaTeX."""
    stemmer: str = ""
    """The language, by its code in Sphinx, whose stemmer and stop words the search has; empty for whole words only."""

    notation: Notation
    numbers: tuple[str, ...]
    """From zero, as far as running text writes them out."""
    plurals: Mapping[str, str]
    """CLDR's rules for the numbers before each form of a word but the last."""
    units: Mapping[str, tuple[str, ...]]
    """Words after a number in running text, in the forms of ``plurals``; a no-break space before one stands with it."""
    periods: Topic
    """The names of periods that a wave can have, their short forms for an axis, and two forms for running text.

    ``the_quarter`` follows any preposition, with its article (in German in the dative); ``in_quarter`` has the
    preposition for when it was. Of a wave that fills in another text, ``{wave}`` is the name, ``{wave:the}`` and
    ``{wave:in}`` are these forms: see ``wave_names.py``.
    """
    trends: tuple[Trend, ...]
    """A row a word form: what an editor types, which is the form for a rise, and the forms for a fall, for a change too
    small to speak of, and for one that chance may explain.
    """
    turns: Mapping[str, tuple[tuple[str, ...], ...]]
    """What an editor types of a comparison, each row with the words that can stand in each other's place.

    ``compared``: more and less, before one of ``than``; ``extreme``: the most and the least; ``bound``: above, below,
    at least and at most, before a number; ``half``: the same of one half, with it. What does not fit is left empty.
    ``not``: words that deny, or say that something ended, beside which nothing is certain.
    """
    compared: Topic
    """A figure beside an earlier one, as a phrase after *is* or by itself: 0.2 points higher than in 2014."""
    marks: Topic
    """Beside a figure, by its status, as official statistics have them."""

    charts: Topic
    axes: Topic
    claims: Mapping[str, tuple[str, str]]
    """A statement and its denial, by predicate; parts of sentences have no denial."""
    prose: Prose
    patterns: Patterns

    tables: Topic
    panels: Topic
    downloads: Topic
    travel: Topic
    """Beside a chart outside its story: on its own page, in its pictures and its workbook, whose columns it names."""
    banners: Topic
    """In the tables book: names of its sheets, rows and signs, and what its method is."""
    methods: Topic
    """Of how waves were measured: what is told of one, and the same as ``unknown_`` names of what nobody knows."""
    paper: Topic
    """In the print edition: the parts that it adds, and what these say."""
    accessibility: Topic
    checks: Topic
    """Descriptions of the checks of a page."""
    news: Topic
    """Messages to followers of the site."""
    drafts: Topic
    """Words that are drafted for an editor: of a new wave, of what is made up."""
    references: Topic
    theme: Theme
