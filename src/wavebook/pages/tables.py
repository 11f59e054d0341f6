"""Tables of a page: one node each, written as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from docutils import nodes
from markupsafe import Markup

from wavebook.definitions import Language
from wavebook.figures import Figures
from wavebook.pages.parts import part
from wavebook.pages.uses import Generated

Cite = Callable[[str], list[nodes.Node]]


Cell = str | Sequence[str | nodes.Node]


class data_table(Generated, nodes.General, nodes.Element):
    """A table whose cells are mostly plain text: one node, however long.

    The first child is all its text, for the search index; the others hold the markup that cells refer to by number.
    """


def table(
    head: list[str],
    rows: Sequence[tuple[str, Sequence[Cell]]],
    label: str,
    numeric: Iterable[int] = (),
    language: Mapping[int, Language] | None = None,
) -> data_table:
    """A table that scrolls by itself on a narrow screen; ``rows`` are (id, cells).

    ``numeric`` are columns of numbers, ``language`` is that of columns in a language other than the page's.
    """
    node = data_table(label=label)
    places: dict[nodes.Node, int] = {}

    def piece(content: str | nodes.Node) -> str | int:
        if isinstance(content, str):  # docutils' own text is too
            return str(content)
        return places.setdefault(content, len(places))

    made = [
        (name, [[cell] if isinstance(cell, str) else [*map(piece, cell)] for cell in cells]) for name, cells in rows
    ]
    said = dict.fromkeys(text for _, cells in made for cell in cells for text in cell if isinstance(text, str))
    node += nodes.Text(" ".join(said))
    node += [nodes.inline("", "", content.deepcopy()) for content in places]
    node.attributes |= {"head": head, "rows": made, "numeric": set(numeric), "language": language or {}}
    return node


def visit_table(self, node: data_table) -> None:
    """Write the whole table."""
    markup = []
    for holder in node.children[1:]:
        start = len(self.body)
        for child in holder.children:
            for element in child.findall(nodes.Element):
                element["ids"] = []  # a piece stands in many cells, and an id may stand on a page once
            child.walkabout(self)
        markup.append((Markup("".join(self.body[start:])), len(holder.astext())))
        del self.body[start:]
    self.body.append(table_html(node, markup))
    raise nodes.SkipNode


def table_html(node: data_table, markup: Sequence[tuple[Markup, int]] = ()) -> Markup:
    """The whole table; ``markup`` is HTML with the length of its text, for each piece that is not plain text."""

    def cell(column: int, parts: list[str | int]) -> tuple[str, str | None, list[str]]:
        made = [(piece, len(piece)) if isinstance(piece, str) else markup[piece] for piece in parts]
        width = "num" if column in node["numeric"] else "long" if sum(length for _, length in made) > 15 else ""
        return width, node["language"].get(column), [html for html, _ in made]

    head = [(column in node["numeric"], text) for column, text in enumerate(node["head"])]
    rows = [(name, [cell(column, parts) for column, parts in enumerate(cells)]) for name, cells in node["rows"]]
    return part("table", node["label"], head, rows)


class Places:
    """Cells with a source and the place in it; each is made once, however many rows there are."""

    def __init__(self, figures: Figures, cite: Cite):
        self._figures, self._cite = figures, cite
        self._made: dict[tuple[str, str], Cell] = {}

    def told(self, source: str, locator: str) -> Cell:
        """The cell; the place is marked where it is in another language than the page."""
        if (source, locator) not in self._made:
            cited = self._made.setdefault((source, ""), self._cite(source))
            language = self._figures.sourced(source, locator).language
            place = nodes.inline("", locator, classes=[f"language-{language}"]) if language else None
            self._made[source, locator] = [*cited, ", ", place] if place else [*cited, f", {locator}"]
        return self._made[source, locator]


def listed(items: list[list[nodes.Node]]) -> list[nodes.Node]:
    """Nodes of several items with commas between them."""
    return [node for i, item in enumerate(items) for node in ([nodes.Text(", ")] if i else []) + item]
