"""Citations and the list of sources in the page's language; pybtex itself writes English only."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

from docutils import nodes
from pybtex import plugin
from pybtex.richtext import Text as Rich
from pybtex.style import FormattedEntry
from pybtex.style.formatting.unsrt import Style as Unsrt
from pybtex.style.formatting.unsrt import date
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.template import field as entry_field
from pybtex.style.template import href, join, optional, sentence, tag, words
from pybtex_docutils import Backend
from sphinxcontrib.bibtex.plugin import register_plugin as register_reference_style
from sphinxcontrib.bibtex.style.referencing import BracketStyle, PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from wavebook.language.words import LANGUAGES, words_in
from wavebook.site import speed

# pybtex-docutils has no public way to render a tag of one's own; a test fails when this one disappears.
HOOKED = ("pybtex_docutils:Backend.tags",)


class _AuthorYear(BaseLabelStyle):
    """Labels in the list of sources that are those of the citations: Kanne e.a., 2016."""

    others: ClassVar[str]

    def format_labels(self, sorted_entries):
        """Make a label for each entry; a letter tells apart those of one author and year."""
        labels = []
        for entry in sorted_entries:
            people = entry.persons.get("author", [])
            first = str(Rich.from_latex(" ".join([*people[0].prelast_names, *people[0].last_names])))
            labels.append(f"{first}{self.others if len(people) > 1 else ''}, {entry.fields['year']}")
        for place, label in enumerate(labels):
            same = labels.count(label) > 1
            yield label + (chr(ord("a") + labels[:place].count(label)) if same else "")


class _Style(Unsrt):
    """Author, title, institution with report number, date and a link on the title's address."""

    language: ClassVar[str]
    made: ClassVar[dict[tuple[str, ...], FormattedEntry]] = {}
    default_sorting_style = "author_year_title"

    def format_entry(self, label, entry, bib_data=None):
        """A source as the list shows it: made once in a process, as all languages and editions share it."""
        make = partial(super().format_entry, label, entry, bib_data)
        if "crossref" in entry.fields:  # it shows data of another entry
            return make()
        return speed.kept(self.made, (self.language, label, entry.key, repr(entry)), make)

    def format_names(self, role, as_sentence=True):
        from pybtex.style.template import names

        word = words_in(self.language).references["and"]
        found = names(role, sep=", ", sep2=word, last_sep=word)
        return sentence[found] if as_sentence else found

    def dutch(self, part):
        """The source's own text, marked as Dutch in another edition."""
        return part if self.language == "nl" else tag("nl")[part]

    def format_web_refs(self, e):
        return sentence[optional[href[entry_field("url", raw=True), entry_field("url", raw=True)]]]

    format_url = format_web_refs

    def get_techreport_template(self, e):
        number = words[words_in(self.language).references["report"], entry_field("number")]
        return join(sep=" ")[
            self.format_names("author"),
            self.dutch(self.format_title(e, "title")),
            sentence[self.dutch(entry_field("institution")), optional[number], date],
            self.format_web_refs(e),
        ]

    def get_misc_template(self, e):
        return join(sep=" ")[
            self.format_names("author"),
            self.dutch(self.format_title(e, "title")),
            sentence[
                optional[self.dutch(entry_field("howpublished"))], optional[self.dutch(entry_field("journal"))], date
            ],
            self.format_web_refs(e),
        ]

    get_article_template = get_misc_template


def _people(language: str) -> PersonStyle:
    words_ = words_in(language).references
    return PersonStyle(sep=", ", sep2=words_["and"], last_sep=words_["and"], other=words_["others"])


def _brackets(sep: str = ", ") -> BracketStyle:
    return BracketStyle(left="(", right=")", sep=sep)


def _marked_dutch(rawsource: str, text: str, *children: nodes.Node) -> nodes.inline:
    return nodes.inline(rawsource, text, *children, classes=["language-nl"])  # docutils turns it into a lang attribute


def register() -> None:
    """Make the styles ``wavebook_nl`` and ``wavebook_en`` known to pybtex and sphinxcontrib-bibtex."""
    setattr(Backend, "tags", {**Backend.tags, "nl": _marked_dutch})  # noqa: B010
    for language in LANGUAGES:
        label = type(f"Label_{language}", (_AuthorYear,), {"others": words_in(language).references["others"]})
        plugin.register_plugin("pybtex.style.labels", f"wavebook_{language}", label)
        names = {"language": language, "default_label_style": f"wavebook_{language}"}
        style = type(f"Style_{language}", (_Style,), names)

        @dataclass
        class Reference(AuthorYearReferenceStyle):
            person: PersonStyle = field(default_factory=partial(_people, language))
            bracket_parenthetical: BracketStyle = field(default_factory=lambda: _brackets("; "))
            bracket_textual: BracketStyle = field(default_factory=_brackets)

        plugin.register_plugin("pybtex.style.formatting", f"wavebook_{language}", style)
        register_reference_style("sphinxcontrib.bibtex.style.referencing", f"wavebook_{language}", Reference)
