"""Citations and the list of sources in the page's language; pybtex itself writes English only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

from docutils import nodes
from pybtex import plugin
from pybtex.richtext import Text as Rich
from pybtex.style import FormattedEntry
from pybtex.style.formatting.unsrt import Style as Unsrt
from pybtex.style.formatting.unsrt import pages as unsrt_pages
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle
from pybtex.style.template import field as entry_field
from pybtex.style.template import href, join, node, optional, sentence, tag, words
from pybtex_docutils import Backend
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.plugin import register_plugin as register_reference_style
from sphinxcontrib.bibtex.roles import CiteRole
from sphinxcontrib.bibtex.style.referencing import BracketStyle, PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from wavebook.core.problems import Problem
from wavebook.core.units import Language
from wavebook.definitions.references import is_key, is_others, language_of, letters, plain, settle
from wavebook.language.wording import named
from wavebook.language.words import words_in
from wavebook.pages.checks.prose import figure_in
from wavebook.pages.records import Book, Record, book_of, note, place_of
from wavebook.site import speed

# pybtex-docutils has no public way to render a tag of one's own; a test fails when this one disappears.
HOOKED = ("pybtex_docutils:Backend.tags",)
STYLE = "wavebook"


def _authors(entry) -> list[str]:
    """The last names of the authors of an entry, as text."""
    people = entry.persons.get("author", [])
    return [str(Rich.from_latex(" ".join([*person.prelast_names, *person.last_names]))) for person in people]


class _Alphabet(BaseSortingStyle):
    """The order of the labels: by first author, what one wrote alone first, then by the second author and the year."""

    def sorting_key(self, entry):
        """What an entry is sorted by: its names as they are read, without capitals, accents and signs of LaTeX."""
        names = [plain(name) for name in _authors(entry)]
        second = names[1] if len(names) == 2 else ""
        title, year = (plain(entry.fields.get(name, "")) for name in ("title", "year"))
        return (*names[:1], min(len(names), 3), second, year, title)


class _AuthorYear(BaseLabelStyle):
    """Labels in the list of sources that are those of the citations: Kanne e.a., 2016."""

    language: ClassVar[str]

    def format_labels(self, sorted_entries):
        """Make a label for each entry; a letter tells apart those of one author and year."""
        labels = []
        for entry in sorted_entries:
            first, *more = _authors(entry)
            second = more[0] if len(more) == 1 else ""
            labels.append(f"{named(first, second, len(more) > 1, self.language)}, {entry.fields['year']}")
        for place, label in enumerate(labels):
            same = labels.count(label) > 1
            yield label + (chr(ord("a") + labels[:place].count(label)) if same else "")


@node
def _names(children, context, role, word, others):
    """The names of all people in a role; those that an entry does not name are told in a word."""
    people, style = context["entry"].persons[role], context["style"]
    told = [style.format_name(person, style.abbreviate_names) for person in people if not is_others(person)]
    if len(told) < len(people):
        return join[join(sep=", ")[told], others].format_data(context)
    return join(sep=", ", sep2=word, last_sep=word)[told].format_data(context)


class _Style(Unsrt):
    """Author, title, institution with report number, date and a link on the title's address."""

    language: ClassVar[str]
    made: ClassVar[dict[tuple[str, ...], FormattedEntry]] = {}
    default_sorting_style = STYLE

    def format_entry(self, label, entry, bib_data=None):
        """A source as the list shows it: made once in a process, as all languages and editions share it."""
        make = partial(self.make, label, entry, bib_data)
        if "crossref" in entry.fields:  # it shows data of another entry
            return make()
        return speed.kept(self.made, (self.language, label, entry.key, repr(entry)), make)

    def make(self, label, entry, bib_data):
        """Format any type of entry in one way: a template for each, as pybtex has, knows few types and English only."""
        context = {"entry": entry, "style": self, "bib_data": bib_data}
        return FormattedEntry(entry.key, self.work(entry).format_data(context), label)

    def format_names(self, role, as_sentence=True):
        said = words_in(self.language).references
        found = _names(role=role, word=said["and"], others=said["others"])
        return sentence[found] if as_sentence else found

    def format_title(self, e, which_field, as_sentence=True):
        """A title as it was typed; pybtex would take the capitals from nouns in German and from names."""
        found = entry_field(which_field)
        return sentence[found] if as_sentence else found

    def own(self, e, part):
        """The source's own text, marked where it is known to be in another language than the page."""
        language = language_of(e.fields.get("langid", ""))
        return part if language in (None, self.language) else tag(f"language-{language}")[part]

    def format_web_refs(self, e):
        url = entry_field("url", raw=True)
        return sentence[optional[href(url)[url]]]

    format_url = format_web_refs

    def work(self, e):
        """A work of any type: what it is part of, who published it, and when, as far as its entry says so."""
        kind = [entry_field("type")] if "type" in e.fields else []
        if "number" in e.fields and "volume" not in e.fields and (kind or e.type in _REPORTS):
            kind = [words[(*(kind or [words_in(self.language).references["report"]]), entry_field("number"))]]
        shown = [name for name in _AROUND if name in e.fields]
        return join(sep=" ")[
            self.format_names("author"),
            self.own(e, self.format_title(e, "title")),
            sentence[
                *(self.own(e, entry_field(name)) for name in shown),
                *_volume(e),
                *kind,
                entry_field("year"),
            ],
            optional[sentence[self.own(e, entry_field("note"))]],
            self.format_web_refs(e) if "url" in e.fields else sentence[optional[self.format_doi(e)]],
        ]


# What a work is part of and who published it, in this order.
_REPORTS = ("techreport", "report")
_AROUND = ("howpublished", "journal", "booktitle", "series", "institution", "school", "organization", "publisher")


def _volume(e) -> list:
    """Volume, number and pages of an article in a volume: 12(3): 45-67."""
    if "volume" not in e.fields or "journal" not in e.fields:
        return []
    number = optional[join["(", entry_field("number"), ")"]]
    return [join[entry_field("volume"), number, optional[join[": ", unsrt_pages]]]]


def _people(language: str) -> PersonStyle:
    words_ = words_in(language).references
    return PersonStyle(sep=", ", sep2=words_["and"], last_sep=words_["and"], other=words_["others"])


def _brackets(sep: str = ", ") -> BracketStyle:
    return BracketStyle(left="(", right=")", sep=sep)


class _Tags(dict):
    """The tags that pybtex knows, and for each language one that marks words as being in it."""

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or str(name).startswith("language-")

    def __missing__(self, name: str) -> partial[nodes.inline]:
        return partial(nodes.inline, classes=[name])  # docutils turns the class into a lang attribute


def register(language: Language) -> None:
    """Make the style ``wavebook``, in the language of the pages, known to pybtex and sphinxcontrib-bibtex."""
    if not isinstance(Backend.tags, _Tags):
        setattr(Backend, "tags", _Tags(Backend.tags))  # noqa: B010
    label = type("_Label", (_AuthorYear,), {"language": language})
    style = type("_StyleOfPage", (_Style,), {"language": language, "default_label_style": STYLE})

    @dataclass
    class Reference(AuthorYearReferenceStyle):
        person: PersonStyle = field(default_factory=partial(_people, language))
        bracket_parenthetical: BracketStyle = field(default_factory=lambda: _brackets("; "))
        bracket_textual: BracketStyle = field(default_factory=_brackets)

    plugin.register_plugin("pybtex.style.sorting", STYLE, _Alphabet, force=True)
    plugin.register_plugin("pybtex.style.labels", STYLE, label, force=True)
    plugin.register_plugin("pybtex.style.formatting", STYLE, style, force=True)
    register_reference_style("sphinxcontrib.bibtex.style.referencing", STYLE, Reference, force=True)


class _Citing(CiteRole):
    """Role that cites sources, and names what it cannot read: Sphinx would stop with an error about its own code."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Cite, or show what was typed and note a problem."""
        if not self.is_read():
            action = "Name sources by their keys, with commas between them, and what is in one in braces: key{p. 3}."
            problem = Problem(
                "W460", place_of(self.env, self.lineno), f"cites {self.target!r}, which is no key of a source", action
            )
            note(self.env, Record("markup", "", self.lineno, self.target, problem=problem))
            return [nodes.literal(self.rawtext, self.target)], []
        for target in parse_citation_targets(self.target):
            if figure := figure_in(f"{target.pre} {target.post}", self.env.config.language):
                action = "Give the place in the source here, and the number as a live one in the sentence."
                found = f"{figure!r} is typed by hand, in a citation of {target.key}"
                problem = Problem("W408", place_of(self.env, self.lineno), found, action)
                note(self.env, Record("markup", "", self.lineno, self.target, problem=problem))
        return super().run()

    def is_read(self) -> bool:
        """Tell whether what is typed are keys of sources; these need not be there."""
        try:
            return all(is_key(target.key) for target in parse_citation_targets(self.target))
        except ValueError:
            return False


class _Sources(BibtexDomain):
    """The sources of a book, cited by roles that name what is wrong."""

    roles: ClassVar = {name: _Citing() for name in BibtexDomain.roles}  # type: ignore[misc]

    def get_filtered_entries(self, bibliography_key):
        """The entries that a list asks for, but for those that no edition before a later wave needs."""
        known = used(book_of(self.env), self.citation_refs)
        return ((key, entry) for key, entry in super().get_filtered_entries(bibliography_key) if entry.key in known)


def used(book: Book, citations: Iterable) -> set[str]:
    """The keys of the sources that an edition uses: cited on its pages, or of its figures, facts and waves."""
    d = book.figures.definitions
    waves = [wave for key, wave in d.waves.items() if book.figures.is_shown(key)]
    found = {target.key for citation in citations for target in citation.targets}
    found |= {fact.source for fact in d.facts.values()} | {wave.source for wave in waves}
    found |= {sample.source for wave in waves for sample in wave.samples if sample.source}
    found |= {wave.described.source for wave in waves if wave.described} | {w.report for w in waves if w.report}
    return found | {*book.figures.rows.words["source"].used()}


def _settle(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Let the list of sources have what source lines have of each entry."""
    sources = env.get_domain("cite")
    if not isinstance(sources, BibtexDomain):
        return
    entries = {entry.key: settle(entry) for entry in sources.bibdata.data.entries.values()}
    fields = {key: entry.fields or {} for key, entry in entries.items()}
    works = {
        key: (_authors(entry) or [""], fields[key].get("year", ""), fields[key].get("title", ""))
        for key, entry in entries.items()
    }
    for key, letter in letters(works).items():
        fields[key]["year"] = f"{works[key][1]}{letter}"


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx, in a book with sources."""
    if "sphinxcontrib.bibtex" in app.extensions:
        app.add_domain(_Sources, override=True)
        app.connect("env-before-read-docs", _settle)
