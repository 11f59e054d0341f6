"""Tables of a page: one node each, that is written as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from docutils import nodes

from wavebook.definitions import Language
from wavebook.pages.uses import Generated

Cite = Callable[[str], list[nodes.Node]]


Cell = str | list[str | nodes.Node]


class data_table(Generated, nodes.General, nodes.Element):
    """A table whose cells are text for the most part, and stay that: one node, however long.

    The first child is all its text, for the search; the others hold the markup that cells refer to by number.
    """


def table(
    head: list[str],
    rows: list[tuple[str, list[Cell]]],
    label: str,
    numeric: Iterable[int] = (),
    language: Mapping[int, Language] | None = None,
) -> data_table:
    """A table that scrolls by itself on a narrow screen; ``rows`` are (id, cells).

    ``numeric`` are columns of numbers, ``language`` is that of columns in another one than the page's.
    """
    node, places = data_table(label=label), {}

    def part(content: str | nodes.Node) -> str | int:
        if isinstance(content, str):  # docutils' own text is too
            return str(content)
        return places.setdefault(content, len(places))

    made = [(name, [[cell] if isinstance(cell, str) else [*map(part, cell)] for cell in cells]) for name, cells in rows]
    said = dict.fromkeys(text for _, cells in made for cell in cells for text in cell if isinstance(text, str))
    node += nodes.Text(" ".join(said))
    node += [nodes.inline("", "", content.deepcopy()) for content in places]
    node.attributes |= {"head": head, "rows": made, "numeric": set(numeric), "language": language or {}}
    return node


def visit_table(self, node: data_table) -> None:
    """Write the whole table."""
    markup = []
    for holder in node[1:]:
        start = len(self.body)
        for child in holder:
            child.walkabout(self)
        markup.append(("".join(self.body[start:]), len(holder.astext())))
        del self.body[start:]
    self.body.append(table_html(node, markup))
    raise nodes.SkipNode


def table_html(node: data_table, markup: Sequence[tuple[str, int]] = ()) -> str:
    """The whole table; ``markup`` is HTML, and the length of what it says, for each piece that is not just text."""

    def cell(column: int, parts: list[str | int]) -> str:
        made = [(escape(part), len(part)) if isinstance(part, str) else markup[part] for part in parts]
        width = "num" if column in node["numeric"] else "long" if sum(length for _, length in made) > 15 else ""
        told = {"class": width, "lang": node["language"].get(column)}
        return f"<td{_attributes(told)}>{''.join(html for html, _ in made)}</td>"

    head = "".join(
        f"<th{_attributes({'scope': 'col', 'class': 'num' if i in node['numeric'] else ''})}>{escape(text)}</th>"
        for i, text in enumerate(node["head"])
    )
    rows = "\n".join(
        f"<tr{_attributes({'id': name})}>{''.join(cell(i, parts) for i, parts in enumerate(cells))}</tr>"
        for name, cells in node["rows"]
    )
    return scrolling(node["label"], head, rows)


def _attributes(given: Mapping[str, str | None]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in given.items() if value)


def scrolling(label: str, head: str, rows: str) -> str:
    """A table, by the HTML of its head and its rows, that scrolls by itself."""
    return (
        f'<div class="table-scroll" role="region" tabindex="0" aria-label="{escape(label)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def dutch_column(column: int, page: Language) -> dict[int, Language]:
    """The language of a column that is Dutch in every edition."""
    return {} if page == "nl" else {column: "nl"}


def listed(items: list[list[nodes.Node]]) -> list[nodes.Node]:
    """Nodes of several items with commas between them."""
    return [node for i, item in enumerate(items) for node in ([nodes.Text(", ")] if i else []) + item]
