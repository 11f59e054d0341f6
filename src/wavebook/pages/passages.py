"""The passages of a page that readers can find: sentences and headings, rows of tables, lines of code.

Each has the nearest address on the page, so that a search leads to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from docutils import nodes
from sphinx import addnodes

from wavebook.core.units import Language
from wavebook.pages.chart_kit import chart, chart_kit
from wavebook.pages.checks import raw_html
from wavebook.pages.row_pages import row_index
from wavebook.pages.sentences import sentences
from wavebook.pages.tables import data_table
from wavebook.pages.uses import Generated, break_mark, draft_note

HEADING, SENTENCE, ROW, CODE = "h", "s", "r", "c"
_BETWEEN = " · "  # the cells of a row
_SPACE = re.compile(r"[ \t\r\n]+")
# Nothing of these is text that a reader sees where it stands.
_NO_TEXT = (
    *(nodes.comment, nodes.substitution_definition, nodes.system_message, nodes.image, nodes.footnote_reference),
    *(addnodes.index, addnodes.toctree, break_mark, draft_note),
)
_LISTED = "toctree-wrapper"  # the class of a list of pages


@dataclass
class Passages:
    """The passages of one page: its ``title``, and by section (its address and heading) what stands there.

    A passage is (section, kind, address or "", text); a section without a number of its own is the page itself.
    """

    title: str = ""
    sections: list[tuple[str, str]] = field(default_factory=lambda: [("", "")])
    found: list[tuple[int, str, str, str]] = field(default_factory=list)

    def add(self, section: int, kind: str, address: str, text: str) -> None:
        """Add a passage, unless it says nothing."""
        if text := _SPACE.sub(" ", text).strip():
            self.found.append((section, kind, "" if address == self.sections[section][0] else address, text))


def passages(doctree: nodes.document, language: Language) -> Passages:
    """The passages of a page as it is shown, in the order in which they stand."""
    made = Passages()
    _Walk(made, language).within(doctree, 0, "")
    return made


@dataclass
class _Walk:
    made: Passages
    language: Language

    def within(self, holder: nodes.Element, section: int, address: str) -> None:
        """Add what stands in ``holder``, of ``section``; ``address`` is the nearest above it."""
        if isinstance(holder, nodes.section):
            section = self._section(holder)
            address = self.made.sections[section][0]
        for child in holder.children:
            if isinstance(child, _NO_TEXT) or not isinstance(child, nodes.Element) or _LISTED in child["classes"]:
                continue
            if isinstance(child, nodes.title) and isinstance(holder, nodes.section):
                continue
            self._block(child, section, address)

    def _block(self, block: nodes.Element, section: int, address: str) -> None:
        address = next(iter(block.get("ids", ())), address)
        if isinstance(block, chart):
            self.within(block, section, address)
        elif isinstance(block, chart_kit):
            for row in block["payload"]["table"]["rows"]:
                self._row(map(str, row), section, address)
        elif isinstance(block, data_table):
            self._table(block, section, address)
        elif isinstance(block, row_index):
            for name, text in block["series"]:
                self.made.add(section, ROW, name, text)
        elif isinstance(block, nodes.table):
            for row in block.findall(nodes.row):
                self._row((_text(cell)[0] for cell in row.children), section, next(iter(row["ids"]), address))
        elif isinstance(block, nodes.literal_block):
            for line in block.astext().splitlines():
                self.made.add(section, CODE, address, line)
        elif isinstance(block, nodes.raw):
            if not _is_drawn(block) and isinstance(block.parent, (nodes.section, nodes.container)):
                for row in block.astext().split("</tr>"):  # of a notebook's own table
                    self._row(map(raw_html.text, re.split("</t[dh]>", row)), section, address)
        elif isinstance(block, nodes.TextElement):
            self._sentences(block, section, address)
        else:
            self.within(block, section, address)

    def _section(self, section: nodes.section) -> int:
        """Begin a section; the first is the page itself, whatever its heading."""
        title = next((child for child in section.children if isinstance(child, nodes.title)), None)
        text = _SPACE.sub(" ", _text(title)[0]).strip()
        if not self.made.title:
            self.made.title = text
            self.made.add(0, HEADING, "", text)
            return 0
        self.made.sections.append((next(iter(section["ids"]), ""), text))
        place = len(self.made.sections) - 1
        self.made.add(place, HEADING, "", text)
        return place

    def _sentences(self, block: nodes.TextElement, section: int, address: str) -> None:
        text, places = _text(block)
        for low, high in sentences(text, self.language):
            own = next((name for place, name in places if low <= place < high), address)
            self.made.add(section, SENTENCE, own, text[low:high])

    def _table(self, table: data_table, section: int, address: str) -> None:
        pieces = [_text(holder)[0] for holder in table.children[1:]]
        for name, cells in table["rows"]:
            told = ("".join(piece if isinstance(piece, str) else pieces[piece] for piece in cell) for cell in cells)
            self._row(told, section, name or address)

    def _row(self, cells: Iterable[str], section: int, address: str) -> None:
        self.made.add(section, ROW, address, _BETWEEN.join(cell.strip() for cell in cells if cell.strip()))


def _is_drawn(block: nodes.raw) -> bool:
    """Tell whether a piece of HTML is a picture, or made by a role."""
    return isinstance(block, Generated) or block.get("format") != "html" or "<svg" in block.astext()


def _text(block: nodes.Node | None) -> tuple[str, list[tuple[int, str]]]:
    """The text of a block as readers see it, and where in it which address stands."""
    text, places = "", []
    for node in _inline(block):
        if isinstance(node, nodes.Text):
            text += _SPACE.sub(" ", node.astext())
        else:
            places += [(len(text), name) for name in node["ids"][:1]]
    return text, places


def _inline(holder: nodes.Node | None) -> Iterator[nodes.Text | nodes.Element]:
    for child in holder.children if holder is not None else ():
        if isinstance(child, nodes.Text):
            yield child
        elif isinstance(child, nodes.Element) and not isinstance(child, (*_NO_TEXT, nodes.raw)):
            yield child
            yield from _inline(child)
