"""Notes at the end of a print edition: where numbers come from, remarks on comparisons, addresses on the web.

A panel cannot be opened on paper. So a number carries the number of a note, and a note tells of a whole series: what
was asked, of whom, and the value, source and place in it of each wave that the text names.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from docutils import nodes
from markupsafe import Markup
from sphinx import addnodes

from wavebook.core.text import capital
from wavebook.definitions import Fact
from wavebook.figures import Figure, Figures, Key
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages import figure_tables, panels
from wavebook.pages.ancestors import is_in, nearest
from wavebook.pages.parts import part
from wavebook.pages.uses import break_mark, live_link, remark


@dataclass
class Note:
    """A note: its title and text, the figures of a series by wave, and the fact or sources that it cites."""

    title: str = ""
    text: str | Markup = ""
    figures: dict[str, Figure] = field(default_factory=dict)
    cited: set[str] = field(default_factory=set)
    marks: int = 0


class Notes:
    """All notes of a print edition, each once, in the order in which its text first asks for one."""

    def __init__(self, figures: Figures):
        self.figures = figures
        self._notes: dict[Hashable, Note] = {}

    def __len__(self) -> int:
        return len(self._notes)

    def mark(self, tree: nodes.Element) -> None:
        """Put a note behind every number, remark and address in a tree that asks for one, and take the remarks out."""
        remarks = dict(_remarks(tree))
        listed = {link["refuri"] for source in tree.findall(nodes.citation) for link in _links(source)}
        for link in list(tree.findall(nodes.reference)):
            if isinstance(link, live_link):
                note = self._of_number(link)
                shown: list[nodes.Node] = [nodes.inline("", "", *link.children, classes=link["classes"])]
                if note is not None and not is_in(link, nodes.title):
                    shown.append(self._mark(note))
                link.replace_self(shown)
            elif isinstance(link, break_mark):
                told = remarks.get((_page(link), link["refuri"].rpartition("#")[2]), "")
                link.replace_self([self._mark(("remark", told), Note(text=told))] if told else [])
            elif _is_elsewhere(link) and link["refuri"] not in listed and not is_in(link, nodes.citation, nodes.title):
                address = link["refuri"]
                if address.removeprefix("mailto:") not in link.astext():
                    note = self._mark(("address", address), Note(text=part("source_link", address, address)))
                    link.parent.insert(link.parent.index(link) + 1, note)
        for made in list(tree.findall(remark)):
            made.parent.remove(made)

    def _of_number(self, link: live_link) -> Hashable | None:
        """The note on a live number, which is made if it is new; None if it has no origin."""
        use, d = link.use, self.figures.definitions
        facts = {f"fact-{name.replace('_', '-')}": fact for name, fact in d.facts.items()}
        if fact := facts.get(use.anchor):
            self._notes.setdefault(use.anchor, self._fact(fact))
            return use.anchor
        name = None
        for text in reversed(use.keys):
            figure = self.figures[Key.read(text)]
            name = figure.key._replace(wave="")
            note = self._notes.setdefault(name, Note(*self._of_series(figure.key)))
            note.figures[figure.key.wave] = figure
            note.cited.add(figure.source)
        return name

    def _of_series(self, key: Key) -> tuple[str, str]:
        """What a series is of, and who was asked."""
        figures, language = self.figures, self.figures.language
        who = panels.asked(figures, key)
        told = wording.headed(words_in(language).panels["asked"], wording.in_series(who, language), language)
        return capital(panels.subject(figures, key)), told if who else ""

    def _fact(self, fact: Fact) -> Note:
        language = self.figures.language
        value = wording.headed(wording.date(fact.date, language), figure_tables.fact_value(fact, language), language)
        source = self.figures.sourced(fact.source, fact.locator)
        return Note(
            capital(fact.name[language]), Markup("<b>{}</b>, {}.").format(value, _cited(source)), cited={fact.source}
        )

    def _mark(self, name: Hashable, note: Note | None = None) -> nodes.Node:
        """The mark of a note in the text."""
        if note is not None:
            self._notes.setdefault(name, note)
        found = self._notes[name]
        found.marks += 1
        number = [*self._notes].index(name) + 1
        said = words_in(self.figures.language).paper["note"].format(n=number)
        return nodes.raw("", part("note_mark", number, found.marks, said), format="html")

    def html(self, tree: nodes.Element) -> Markup:
        """The list of notes, and of the sources that they cite and no list of sources in the tree has."""
        words = words_in(self.figures.language).paper
        told = [(n, note.title, note.text, [*self._lines(note)], note.marks) for n, note in enumerate(self, 1)]
        return part("endnotes", words, told) + part("sources_cited", words, [*self._unlisted(tree)])

    def _unlisted(self, tree: nodes.Element) -> Iterator[tuple[str, str, str | None, str]]:
        """Each source as notes cite it, its title, the language of that if it is another, and its address."""
        listed = [" ".join(source.astext().split()) for source in tree.findall(nodes.citation)]
        language = self.figures.language
        for key in sorted({source for note in self for source in note.cited}):
            source = self.figures.definitions.sources[key]
            if not any(source.title in text for text in listed):
                line = self.figures.sourced(key, "")
                yield line.cited, source.title, wording.foreign(source.title, source.language, language), line.url

    def __iter__(self) -> Iterator[Note]:
        return iter(self._notes.values())

    def _lines(self, note: Note) -> Iterator[tuple[str, str, Markup]]:
        """Wave and value, what is known of its accuracy, and the source, of each figure of a series."""
        figures, language = self.figures, self.figures.language
        for figure in sorted(note.figures.values(), key=figures.time):
            value = wording.headed(figures.called(figure.key.wave), figure.text(language, "chart"), language)
            said = [wording.headed(name, text, language) for name, text in panels.known(figures, figure)]
            yield value, wording.in_series(said, language), _cited(figures.sourced(figure.source, figure.locator))


def _cited(source) -> Markup:
    """A source and the place in it, each in its language."""
    cited = part("source_link", source.cited, source.url)
    return Markup("{}, {}").format(cited, part("said_in", source.place, source.language))


def _remarks(tree: nodes.Element) -> Iterator[tuple[tuple[str, str], str]]:
    """The remarks of each page, by page and id."""
    for made in tree.findall(remark):
        for line in made.findall(nodes.paragraph):
            told = "".join(child.astext() for child in line if not isinstance(child, nodes.reference))
            yield (_page(made), line["ids"][0]), told.removeprefix("* ").strip()


def _page(node: nodes.Node) -> str:
    """The page that a node of the whole book stands on; empty for the opening page."""
    page = nearest(node, addnodes.start_of_file)
    return page["docname"] if page is not None else ""


def _links(node: nodes.Element) -> Iterator[nodes.reference]:
    return (link for link in node.findall(nodes.reference) if _is_elsewhere(link))


def _is_elsewhere(link: nodes.reference) -> bool:
    return link.get("refuri", "").lower().startswith(("https://", "http://", "mailto:"))
