"""What of a page would vanish, or come out as something else, without a word of the parser.

========  ==========================================================================================
Code      Problem
========  ==========================================================================================
W462      A page has no title, or several; a heading says nothing.
W463      A row of a table has other cells than its head: the last are dropped, or stay empty.
W464      A footnote is referred to nowhere, and is left out.
W465      A fence names something that is neither a directive nor a language.
========  ==========================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes

from wavebook.core import hints
from wavebook.pages.ancestors import line_of

_CODE = re.compile(r"^( {0,3})(`{3,}|~{3,})(?![`{]).*?(?:^ {0,3}\2|\Z)", re.MULTILINE | re.DOTALL)
_OPENS = re.compile(r"[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(?:`{3,}|~{3,}|:{3,})")
_NOTE = re.compile(r"^[ >]{0,8}\[\^([^\]\s]+)\]:", re.MULTILINE)
_PLAIN = re.compile(r"^[ >]{0,8}:{3,}[ \t]*([a-z][\w-]*)[ \t]*([^{}\n]*)$", re.MULTILINE)
_ODD = re.compile(r"^[ >]{0,8}(:{3,}(?!:)[ \t]*(?!\{[\w:+.-]+\}|\{\.)\S*[{}()\[\]].*)$", re.MULTILINE)
_TEMPLATE = re.compile(r"^[ >]{0,8}(\{%.*?%\})", re.MULTILINE)
_LATEX = re.compile(
    r"(?<![\\\w])(?:\\{1,2}\(((?:[^\n]|\n(?!\s*\n))+?)\\{1,2}\)|\\{1,2}\[((?:[^\n]|\n(?!\s*\n))+?)\\{1,2}\])"
)
_IS_TEX = re.compile(r"[\\^_={]|\A\s*[A-Za-z]\s*\Z")
_SHOWN = re.compile(
    r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|\$\$.*?\$\$|\$[^$\n]+\$|\\begin\{(\w+\*?)\}.*?\\end\{\2\}", re.DOTALL
)
_WIDE = re.compile(r"^[ >]{0,8}[:：`｀]{3,}[ \t]*｛.*$", re.MULTILINE)
_AS_IT_IS = {"", "default", "none", "text", "python3", "default3", "myst-ansi", "ipython3", "ipython"}
_OF_TEXT = (
    *("admonition", "attention", "bibliography", "caution", "csv-table", "danger", "epigraph", "figure", "glossary"),
    *("hint", "image", "important", "include", "list-table", "note", "rubric", "seealso", "sidebar", "tip", "warning"),
)
_USUAL = ("bash", "css", "html", "javascript", "json", "markdown", "python", "sql", "text", "toml", "xml", "yaml")
_ELSEWHERE = ("abstract", "bug", "details", "example", "failure", "info", "question", "quote", "spoiler", "success")
_OURS = ("chart", "figures", "facts", "waves", "notes", "claims", "changes")


def headings(document: nodes.document) -> Iterator[tuple[int, str, str]]:
    """Lines at which a page lacks a title, has another one, or has a heading that says nothing; and what to do."""
    titled = [part for part in document.children if isinstance(part, nodes.section)]
    if any(isinstance(part, nodes.title) for part in document.children):
        titled = titled[:1]  # a page of docutils, which makes its first heading the title of the whole
    elif not titled:
        yield 0, "the page has no title", "Begin it with a line such as # Title."
    for section in titled[1:]:
        yield line_of(section), "the page has another title", "Write ## for a section of the page, or make it a page."
    for title in document.findall(nodes.title):
        if isinstance(title.parent, nodes.section) and not title.astext().strip() and not _shows(title):
            yield line_of(title.parent), "a heading says nothing", "Write its text behind the #, or remove it."


def _shows(title: nodes.title) -> bool:
    return next(iter(title.findall(nodes.image)), None) is not None


def rows(text: str, table: nodes.table) -> Iterator[tuple[int, str]]:
    """The lines of a table of MyST whose number of cells is not that of its columns."""
    lines = text.split("\n")
    start = (table.line or 0) - 1
    if not 0 <= start < len(lines) - 1 or "-" not in lines[start + 1] or set(lines[start + 1]) - set(" \t|:->"):
        return
    columns = _cells(lines[start + 1])
    for number, line in enumerate(lines[start + 2 :], start + 3):
        if not line.strip(" \t>") or "|" not in line:
            return
        if (cells := _cells(line)) != columns:
            what = "the last are dropped" if cells > columns else "the others stay empty"
            yield number, f"a row has {cells} cells and its table {columns} columns: {what}"


def _cells(line: str) -> int:
    inner = re.sub(r"(?<!\\)\|$", "", line.strip(" \t>").removeprefix("|").rstrip())
    return len(re.split(r"(?<!\\)\|", inner))


def unreferred(text: str) -> Iterator[tuple[int, str]]:
    """The lines of footnotes that a page refers to nowhere, with their names."""
    plain = _without_code(text)
    for match in _NOTE.finditer(plain):
        if not re.search(rf"\[\^{re.escape(match[1])}\](?!:)", plain):
            yield plain.count("\n", 0, match.start(1)) + 1, match[1]


def fences(text: str) -> Iterator[tuple[int, str, str]]:
    """The lines of fences whose name is that of a directive, without its braces, or with others; and what to do."""
    plain = _without_code(text)
    for match in _PLAIN.finditer(plain):
        line, name = plain.count("\n", 0, match.start(1)) + 1, match[1]
        if is_directive(name):
            yield line, f":::{name} is no directive, and its text stands by itself", f"Write :::{{{name}}}."
        elif name in _ELSEWHERE or (match[2].strip() and not re.match(r"[\[(]", match[2])):
            lost = (
                f", and “{match[2].strip()[:60]}” vanishes" if match[2].strip() else ", and its text stands by itself"
            )
            yield line, f":::{name} is no directive{lost}", "Write it as :::{note}, or :::{admonition} and its title."
    for match in _ODD.finditer(plain):
        found = f"{match[1].strip()[:60]} is no directive, and its text stands by itself"
        yield plain.count("\n", 0, match.start(1)) + 1, found, "Write it as :::{name}, without spaces in the braces."
    for match in _WIDE.finditer(plain):
        yield plain.count("\n", 0, match.end()) + 1, "a directive has braces of full width", "Write it as :::{name}."


def indented(text: str, block: nodes.literal_block) -> str:
    """The first line of a block of code that is one because it is indented; empty for any other."""
    lines = text.split("\n")
    first = block.astext().split("\n")[0]
    at = (block.line or 0) - 1
    if 0 <= at < len(lines) and _OPENS.match(lines[at]) and lines[at].strip() != first.strip():
        return ""  # it stands between fences, in an item of a list
    near = (line.expandtabs(4) for line in lines[max(at - 1, 0) : at + 2] if line.strip() == first.strip())
    line = next(near, "")
    return line.strip() if line.startswith("    ") and line[4:].rstrip() == first.rstrip() else ""


def formulas(text: str) -> Iterator[tuple[int, str]]:
    r"""The lines of formulas in the brackets of LaTeX, which MyST takes for plain ones: \\(x^2\\), \\[ ... \\]."""
    plain = _SHOWN.sub(_blanked, _without_code(text))
    for match in _LATEX.finditer(plain):
        if _IS_TEX.search(match[1] or match[2]):
            yield plain.count("\n", 0, match.start()) + 1, match[0]


def templates(text: str) -> Iterator[tuple[int, str]]:
    """The lines that begin with a tag of a template, which is taken for attributes and vanishes."""
    plain = _without_code(text)
    for match in _TEMPLATE.finditer(plain):
        yield plain.count("\n", 0, match.start(1)) + 1, match[1]


def language(name: str) -> tuple[str, str] | None:
    """What is wrong with the language of a block of code, and what to do; None if it can be coloured."""
    from docutils.utils.code_analyzer import Lexer, LexerError

    if name.lower() in _AS_IT_IS:
        return None
    if is_directive(name):
        return f"{name} is no language, and a directive has braces", f"Write it as :::{{{name}}}."
    try:
        Lexer("", name, "short")
    except LexerError:
        near = hints.nearest(name, _USUAL)
        return f"{name} is no language that can be coloured", f"Write {near or 'text'} instead."
    return None


def is_directive(name: str) -> bool:
    """Tell whether this is the name of a directive that pages use."""
    return name in (*_OURS, *_OF_TEXT)


def _without_code(text: str) -> str:
    return _CODE.sub(_blanked, text)


def _blanked(match: re.Match) -> str:
    return re.sub(r"[^\n]", "", match[0])
