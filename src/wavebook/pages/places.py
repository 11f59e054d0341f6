"""The line on which something stands: of the page that is read, or of a file that it includes.

A node has the first line of its block. Where MyST gives none, as in the cells of a table, or lines were joined, the
text is looked for nearby: never in the front matter, and on the next line that has it when it is asked for again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole

from wavebook.core import front_matter
from wavebook.core.problems import at_line
from wavebook.pages.ancestors import above, is_in, line_of, nearest, set_off
from wavebook.pages.records import book_of, source_of

_WHOLE = (nodes.raw, nodes.literal_block, nodes.math_block, nodes.meta)  # which may hold empty lines
_BEFORE = 3  # lines by which what a page includes or fills in may be late
# Roles whose text is no text of the page, attributes and addresses: digits in these are not typed.
_AS_TEXT = "abbr|code|command|doc|download|file|guilabel|kbd|literal|math|ref|samp|sub|sup|term"
_NOT_TYPED = re.compile(
    rf"<!--.*?-->|\{{(?!(?:{_AS_TEXT})\}})[^}}\n]*\}}(?<!`)(`{{1,2}})(?!`)[^`]+\1(?!`)|\{{\.[^}}]*\}}|\]\([^)\s]*",
    re.DOTALL,
)


@dataclass
class Source:
    """The text of a file, and where each of its lines begins."""

    text: str

    @cached_property
    def typed(self) -> str:
        """The text with blanks for what is not typed as text."""
        return _NOT_TYPED.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), self.text)

    @cached_property
    def begins(self) -> list[int]:
        """The place of each line."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def first(self) -> int:
        """The first line after the front matter."""
        top = front_matter.marks(self.text)
        return self.text[: self.text.index(top) + len(top)].count("\n") + 2 if top else 1

    def begin(self, line: int) -> int:
        """The place at which a line begins."""
        return self.begins[min(max(line, 1), len(self.begins)) - 1]

    def line(self, place: int) -> int:
        """The line of a place."""
        return self.text.count("\n", 0, place) + 1

    def end(self, line: int) -> int:
        """The place at which the block that holds a line ends: before the next empty line."""
        empty = re.compile(r"^[ \t]*$", re.MULTILINE).search(self.text, self.begin(line))
        return empty.start() if empty else len(self.text)

    def filled(self, line: int) -> int:
        """The line, or the one above it that is not empty."""
        lines = self.text.split("\n")[:line]
        return next((n for n in range(len(lines), 0, -1) if lines[n - 1].strip()), line)


def source(env: BuildEnvironment, path: str) -> Source:
    """The text of a file that the page being read is made from, read once for it."""
    kept = env.temp_data.setdefault("wavebook_sources", {})
    if path not in kept:
        kept[path] = Source(Path(path).read_text(encoding="utf-8-sig"))
    return kept[path]


def find_line(
    env: BuildEnvironment,
    needle: str,
    start: int | None,
    *,
    path: str = "",
    typed: bool = False,
    broken: int = 0,
    near: bool = False,
) -> int:
    """The line of ``needle`` in a block that begins at ``start``; ``broken`` lines into it, if it is there.

    Else it is the next line that has it, from where it was found the last time; ``near`` for one in that block only.
    ``typed`` skips what is not text.
    """
    page = source(env, path or env.doc2path(env.docname))
    start = max(start or 1, 1)
    text = page.typed if typed else page.text
    begin, end = page.begin(start), page.end(start + broken) if near else len(text)
    passed, again = env.temp_data.setdefault("wavebook_passed", {}), (needle, path, start if near else 0)
    before = max(passed.get(again, begin), begin)
    exact = page.begin(start + broken), page.begin(start + broken + 1)
    ranges = [(max(exact[0], before), exact[1])] if broken else []
    ranges += [(before, end), (begin, end)]
    ranges.append((page.begin(max(start - _BEFORE, page.first)), begin if near else end))
    if start <= page.first and not near:
        ranges.append((0, end))
    for pattern in _patterns(needle, typed=typed):
        for low, high in ranges:
            if match := pattern.search(text, low, high):
                passed[again] = match.end()
                return page.line(match.start())
    return page.filled(start + broken)


def _patterns(needle: str, *, typed: bool) -> Iterator[re.Pattern[str]]:
    """What finds a needle: as a word by itself; of something typed, then as a part of one."""
    words = r"\s+".join(map(re.escape, needle.split()))
    if not typed:
        yield re.compile(rf"{words}(?![\w-])")
        return
    words = words.replace(",", r"(?:,|\{,\})").replace("%", r"\\?%")  # as a formula has them
    yield re.compile(rf"(?<![\w.,]){words}(?![\w%]|[.,]\d)")
    yield re.compile(words)


def place_in(env: BuildEnvironment, node: nodes.Node, needle: str = "", *, typed: bool = False, broken: int = 0) -> str:
    """The place of a node, or of ``needle`` in its block, as problems name it."""
    path = _path_of(env, node)
    line = _row_line(env, node, path) or line_of(node)
    if needle:
        near = not (isinstance(set_off(node), _WHOLE) or is_in(node, nodes.entry))
        line = find_line(env, needle, line, path=path, typed=typed, broken=broken, near=near)
    return _named(env, path, line)


def _named(env: BuildEnvironment, path: str, line: int) -> str:
    file = Path(path).relative_to(book_of(env).root).as_posix() if path else source_of(env, env.docname)
    return at_line(file, line)


def of_role(role: SphinxRole) -> tuple[str, int]:
    """The place of a role as it is typed, as problems name it, and its line."""
    env, needle = role.env, f"{{{role.name}}}`{role.text}`"
    path = _included(env, role.get_source_info()[0])
    line = find_line(env, needle, role.lineno, path=path)
    return _named(env, path, line), line


def text_at(env: BuildEnvironment, place: str) -> str:
    """The line of a page, or of a file that it includes, at a place."""
    path = book_of(env).root / place.rpartition(":")[0]
    page = source(env, str(path) if path.is_file() else env.doc2path(env.docname))
    return page.text[page.begin(line_in(place)) :].partition("\n")[0]


def line_in(place: str) -> int:
    """The line that a place names."""
    return int(place.rpartition(":")[2])


def _path_of(env: BuildEnvironment, node: nodes.Node) -> str:
    """The file of the book that a node was included from; empty for the page itself."""
    block = set_off(node)
    named = next((holder.source for holder in (block, *above(block)) if getattr(holder, "source", None)), None)
    return _included(env, named)


def _included(env: BuildEnvironment, named: str | None) -> str:
    if not named or named == env.doc2path(env.docname):
        return ""
    path = Path(named)
    return named if path.is_file() and path.is_relative_to(book_of(env).root) else ""


def _row_line(env: BuildEnvironment, node: nodes.Node, path: str) -> int | None:
    """The line of the row of a table of MyST that a node stands in; its cells have none of their own."""
    row = nearest(node, nodes.row)
    table = nearest(row, nodes.table) if row is not None else None
    if row is None or table is None or not table.line:
        return None
    page, part = source(env, path or env.doc2path(env.docname)), row.parent
    rule = page.text[page.begin(table.line + 1) :].partition("\n")[0]
    if "-" not in rule or not set(rule) <= set(" \t|:->"):
        return None  # it is made by a directive, and its cells have lines
    return table.line + (part.index(row) + 2 if isinstance(part, nodes.tbody) else 0)
