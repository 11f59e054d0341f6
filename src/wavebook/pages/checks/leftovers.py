"""Text of a page that looks like markup: it did not parse, and readers would see it as it is typed.

It is looked for in what became text, block by block, so that whatever is code, or did parse, is out of it. What editors
mean as text they write with a backslash (``\\*``), or between backticks.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field

from docutils import nodes

from wavebook.pages.ancestors import around, is_cited, is_in
from wavebook.pages.checks import raw_html
from wavebook.pages.roles import ROLES
from wavebook.pages.uses import Generated

_CODE, _OTHER = "\0", "\1"  # stand for what is no text
_NO_TEXT = (nodes.raw, nodes.comment, nodes.math, nodes.math_block, nodes.docinfo, nodes.system_message, Generated)
_NAMES = "|".join(
    (*ROLES, "spark", "credit", "cite:[pt]", "abbr", "doc", "math", "numref", "ref", "sub", "sup", "term")
)
_ROLE = "Write a role as {name}`text`, with the backticks directly behind it, or put it between backticks as code."
_TEMPLATE = "It is of another program: write what it stands for, or put it between backticks."
_FORMULA = "Write a formula as $x$, without spaces inside the dollars and no digit before or after them."
_SIGN_ITSELF = "Type the sign itself, or \\: for a colon."
_ITEM = "Begin an item of a list with - and a space."
_FILES = r"[^()\[\]\s]+\.(?:md|html?|pdf|ipynb|csv|xlsx|docx?|png|jpe?g|gif|svg|webp)"
_TAGS = "|".join(sorted(raw_html.ELEMENTS))
_ATTRIBUTES = "Put attributes right behind a [piece of text] or a picture, or on a line above; a label as (name)=."
_WITHIN_HTML = "Within HTML nothing else is read: write it as HTML, or leave an empty line before and after it."
_ICONS = "fa[brs]?|fontawesome|material|octicons|simple|heroicons"
_EMOJI = rf"(?:{_ICONS})-[\w-]+|[a-z][a-z0-9]*_\w+|\+1|-1|" + (
    "x|bug|bulb|book|bell|boom|calendar|check|clap|construction|eyes|exclamation|fire|gear|heart|info|key|link|lock|"
    "mag|memo|ok|pencil|pushpin|question|rocket|smile|sparkles|star|tada|thumbsup|thumbsdown|warning|wave|wink|wrench"
)
_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"\{[a-zA-Z][\w:.+-]*\}[`‘'´]?[^\s`\0\1]{0,40}", _ROLE),
    (r"\{\s*[.#][\w-]+[^{}]*\}?|\{\s*[\w:-]+\s?=\s?[“”\"'‘’\w][^{}]*\}", _ATTRIBUTES),
    (r"\{[^{}\0\n]+\}(?=\0)", _ROLE),
    (r"\{\{[^{}]*\}?\}?", "Close it by }}, and declare it under substitutions."),
    (r"[｛｝｀［］]+[^\s\0\1]*|：{2,}.*", "Type these signs as { } ` [ ] :, without full width."),
    (rf"(?:[(\[（]\s*(?:{_NAMES})\s*[)\]）]|(?<![\w{{]):[\w:-]+:|(?<![\w-])(?:{_NAMES})|\{{\}})(?=\0)", _ROLE),
    (rf"\{{\s*(?:{_NAMES})\s*\}}?(?=\0)|(?<![\w-])(?:{_NAMES})\s*\}}(?=\0)", _ROLE),
    (r"(?<=\0)__?(?!\w)", "Write a link as [text](address)."),
    (r"^\.\. [\w-]+::.*", "Write a directive as :::{name}, and close it by :::."),
    (r"^\.\. (?=\S).*", "Write a note for editors as <!-- note -->, which stays out of the site."),
    (r"^\[(?:TOC|toc)\]$", "Leave it out: each page has its contents beside it."),
    (r"\{![^{}\n]*!\}|(?<!\})\}\}", _TEMPLATE),
    (r"<(?:www\.[^<>\s]+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/[^<>\s]*)?)>", "Write an address as <https://...>."),
    (r"\[\^[^\]\s]+\]", "Write the footnote too: [^name]: its text."),
    (r"\[\[[^\[\]]+\]\]", "Write a link as [text](page.md)."),
    (r"\[[^\[\]]+\]\[[^\[\]]*\]", "Define what it refers to: [name]: address."),
    (r"\[-?@[\w:.-]+[^\]\n]*\]?|\\cite\w*", "Cite a source as {cite:p}`key`."),
    (r"!?\[[^\[\]]*\]\(", "Close the link or picture by ), without spaces in the address."),
    (rf"!?\[[^\[\]\n]*\][ \n]\((?:https?:|mailto:|#|/|{_FILES})[^)\n]*\)?", "Put the address behind the text at once."),
    (rf"\([^()\n]+\)\[(?:https?:|{_FILES})[^\]\n]*\]?", "Write a link as [text](address)."),
    (r"\[[^\[\]]{0,40}(?=[^\[\]]*\Z)", "Close it by ], or write \\[ for the sign itself."),
    (r"^(?::{3,}|`{3,}|~{3,}).*|`", "Close it: what opens has as many of these signs as what closes."),
    (r"\$\$", "Close the formula by $$, on lines of its own."),
    (r"^\|.*\|[ \t]*$", "A table has a line of dashes under its head, with as many columns."),
    (r"^#{1,6}(?:[^\W\d]|#|[^\S \t\n]).*", "Put one space behind one to six #, or write \\# for the sign itself."),
    (r"\*\*+\S*|(?<![\w*\0\1])\*(?=\w)\S*", "Close it by as many *, without a space inside, or write \\*."),
    (r"(?<![\w\0\1/.])__?(?=[^\W_])(?!\w+[./]\w)\S*", "Close it by as many _, or write \\_ for the sign itself."),
    (r"~~\S*", "Close it by ~~, without a space inside."),
    (r"&#?\w+;", "It is no name of a character: type the character itself."),
    (r"^[•●▪■◦‣].*|\A[-+](?=[^\W\d_]).*|^[-+](?=[^\W\d_]).*(?=\n[-+][^\W\d_])", _ITEM),
    (r"^[-+*]\[[ xX]?\]", _ITEM),
    (r"^([–—→➢➤►▶✓✔✗*·]) ?(?=\S).*(?=\n\1)|\A\[[ xX]?\](?=\s)", _ITEM),
    (r"^\(?(?:[a-z]|[ivx]+)[.)] .*(?=\n\(?(?:[a-z]|[ivx]+)[.)] )", _ITEM),
    (r"^(?:[·o–—§ü•→]|\(?\w{1,3}[.)])\t.*|^\(@\w*\) .*|^\d{1,2}[.)](?=[^\W\d]).*(?=\n\d{1,2}[.)][^\W\d])", _ITEM),
    (r"(?<=\0)\{=\w+\}", "Write HTML as it is, or leave it out."),
    (r"\\(?=\s|\Z)", "Leave the backslash out, or end the line with it."),
    (rf"</?(?:{_TAGS})(?=[\s>/])[^>]*>?", "Close the element by >, with its attributes between straight quotes."),
    (r"^//\s.*|\{#\s.*|(?<!\w)<!.*", "Write a note for editors as <!-- note -->, which stays out of the site."),
    (r"(?<=\])\{[^{}\n\0\1]+\}", "Begin each attribute with its sign, as in [text]{.claim #name}."),
    (r"\{%.*?(?:%\}|$)|\{:[^{}\n]*\}", _TEMPLATE),
    (r"^\([\w-]+\) ?=\s*$|\([\w-]+\)=(?=\s|\Z)", "Write a label as (name)=, on a line of its own above what it is of."),
    (r"^:(?=\w)[^:\n]*$", "Put a space behind : to say what the term above means."),
    (r"(?<![~\w])~(?![\s~])[^~\n]*(?<!\s)~(?![~\w])", "Write ~~text~~ to strike it out, or {sub}`text`."),
    (r"(?<![=\w])==(?![\s=])[^=\n]*==(?!=)|(?<![+\w])\+\+(?![\s+])[^+\n]*\+\+(?!\+)", "Write *text* or **text**."),
    (r"^\[![\w-]+\].*", "Write it as :::{note}, and close it by :::."),
    (r"^\*\[[^\]\n]+\]:.*", "Write an abbreviation as {abbr}`CBS (its meaning)`."),
    (r"\^\[[^\]\n]+\]", "Write the footnote as [^name], and its text as [^name]: text."),
    (r"^(?:<{7}|>{7}|\|{7})(?:\s.*)?$", "Two versions of the page were not brought together: choose between them."),
    (r"^={3,}(?: +={3,})+$", "A table has | between its cells, and a line of dashes under its head."),
    (r"^(?:!!!|\?\?\?\+?) +\w.*", "Write it as :::{note}, and close it by :::."),
    (r"^===[+!]? *[“”\"‘’'„«].*", "Write a heading; tabs need sphinx_design."),
    (rf"(?<![\w:/]):(?:[a-z][a-z0-9_-]{{2,}}|{_EMOJI}):(?![\w:/])", _SIGN_ITSELF),
    (r"\$(?=[^$\n]*[\\^_={}])[^$\n]+\$|\$ ?[A-Za-z](?: ?[-+*/<>] ?[A-Za-z\d]+)* ?\$", _FORMULA),
    (r"\^[^\s^]{1,12}\^", "Write {sup}`text`."),
    (r"(?<=\w)~[^\s~]{1,12}~(?!~)", "Write {sub}`text`."),
    (r"(?<=[^\W\d])~(?=[\d\\\0])", "Type a no-break space."),
    (r"(?<![\w@])@(?:fig|tbl|tab|eq|sec|lst|thm)[-:]\w[\w:-]*", "Refer to it as {numref}`name`, or [](#name)."),
    (r"^: \S.*", "Put what a term means right below it, and the title of a table in :::{table}."),
    (r"^\[[^\]\n]+\]:\s*(?:\w+:\S|www\.|#|/|\.\.?/).*", "Write an address without spaces: [name]: address."),
    (r"%%[^%\n]+%%", "Write a note for editors as <!-- note -->, which stays out of the site."),
    (r"^==+ [^=\n]+ ==+$|^h[1-6]\. \S.*", "Write a heading as ## Title."),
    (r"[‘’']{2,}(?=\w)[^‘’'\n]+[‘’']{2,}", "Write *text* or **text**."),
    (r"\[https?://\S+ [^\]\n]+\]|https?://[^\s\[\]]+\[[^\]\d\n][^\]\n]*\]", "Write a link as [text](address)."),
    (r"^(?:image|include|video)::\S+\[.*", "Write a picture as ![its text](file)."),
    (r"\[(?:#[\w-]*|\*|\d+)\]_(?!\w)", "Write a footnote as [^name], and its text as [^name]: text."),
    (r"(?<![\w|])\|[^\W\d_][\w-]+\|_?(?![\w|])", "Write {{ name }}, and declare it under substitutions."),
    (r"^\| .*(?=\n\| )", "End a line by a backslash, or write a table with a line of dashes under its head."),
    (r"\w ?::$", "End it with one colon, and put code between lines of ```."),
    (r"^(?:([\^+~*#])\1{2,}|[\"“”]{3,})$", "Write a heading as ## Title."),
    (r"\[/(?:b|i|u|s|url|img|quote|code|color|size|list)\]", "Write *text*, **text** or [text](address)."),
    (r"(?<![\w:\\/])\\[A-Za-z]{2,}", "It is a command of LaTeX: write it in MyST, or a formula between dollars."),
)  # fmt: skip
_LIST = re.compile(r"^[ \t]*(?:[-*+]|#{1,6})[ \t]+\S.*", re.MULTILINE)  # which HTML shows as text
_LEFT = tuple((re.compile(pattern, re.MULTILINE), action) for pattern, action in _PATTERNS)
_UNENDED = re.compile(r"(?<!\w)&([a-zA-Z]{2,8})\b(?!;)")
_CITED = re.compile(r"(?<!\S)@([\w:-]+)")
_SIGN = re.compile(r"[^\w\s\0\1]|_")


@dataclass
class _Block:
    text: str = ""
    parts: list[tuple[int, nodes.Text]] = field(default_factory=list)

    def node(self, place: int) -> nodes.Text:
        return next(node for start, node in reversed(self.parts) if start <= place)


@dataclass(frozen=True)
class Leftover:
    """A piece of text that looks like markup: what is seen, what to do, its node, and the lines above in its block."""

    text: str
    action: str
    node: nodes.Text
    broken: int

    @property
    def sign(self) -> str:
        """The sign by which it looks like markup."""
        found = _SIGN.search(self.text)
        return found[0] if found else ""


def leftovers(
    document: nodes.document, sources: Container[str] = (), leave: Callable[[nodes.Text], bool] = lambda _: False
) -> Iterator[Leftover]:
    """The pieces of text of a page that look like markup; ``sources`` are keys, ``leave`` tells what is no page's."""
    blocks: dict[int, _Block] = {}
    coded = False
    for node in document.findall(nodes.Text):
        block = blocks.setdefault(id(around(node)), _Block())
        block.parts.append((len(block.text), node))
        coded = _is_coded(node, coded=coded)
        block.text += _CODE if coded else _shown(node, leave)
    for raw in document.findall(nodes.raw):
        inner = next(iter(raw.children), None)
        if "html" in raw.get("format", "").split() and isinstance(inner, nodes.Text) and not is_in(raw, Generated):
            yield from _within_html(inner, leave)
    for block in blocks.values():
        passed = 0
        for start, end, action in sorted(_found(block.text, sources)):
            if start >= passed:
                passed = end
                text = block.text[start:end].replace(_OTHER, "…").strip(f" \n{_CODE}")
                yield Leftover(text, action, block.node(start), block.text.count("\n", 0, start))


def _is_coded(node: nodes.Text, *, coded: bool) -> bool:
    """Tell whether a text stands between <code> and </code> in a line."""
    if not isinstance(node.parent, nodes.raw):
        return coded
    moves = raw_html.moves(node.astext())
    return moves[0].opens if len(moves) == 1 and moves[0].tag in raw_html.AS_IT_IS else coded


def _within_html(node: nodes.Text, leave: Callable[[nodes.Text], bool]) -> Iterator[Leftover]:
    """What would be markup elsewhere, and is text within HTML."""
    text = "" if leave(node) else raw_html.prose(node.astext())
    passed = 0
    for start, end in sorted((*((start, end) for start, end, _ in _found(text, ())), *_spans(text))):
        if start >= passed:
            passed = end
            yield Leftover(text[start:end].strip(), _WITHIN_HTML, node, text.count("\n", 0, start))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    yield from (found.span() for found in _LIST.finditer(text))


def fields(document: nodes.document) -> Iterator[Leftover]:
    """The fields of a page that were meant as something else: a role with a colon before its name, an emoji."""
    for part in document.findall(nodes.field):
        name, body = part.children
        is_code = [type(inner) for inner in body.findall() if not isinstance(inner, nodes.Text)][-1:] == [nodes.literal]
        told = body.astext().strip()
        sign = re.fullmatch(_EMOJI, name.astext())
        if not told or sign or (is_code and re.fullmatch(_NAMES, name.astext())):
            (text, *_) = name.findall(nodes.Text)
            yield Leftover(
                f":{name.astext()}:",
                _ROLE if told and not sign else _SIGN_ITSELF,
                text,
                0,
            )


def _shown(node: nodes.Text, leave: Callable[[nodes.Text], bool]) -> str:
    if is_in(node, nodes.literal, nodes.literal_block):
        return _CODE
    if is_in(node, *_NO_TEXT) or is_cited(node) or leave(node):
        return _OTHER + "\n" * node.astext().count("\n")
    return node.astext()


def _found(text: str, sources: Container[str]) -> Iterator[tuple[int, int, str]]:
    for pattern, action in _LEFT:
        yield from ((match.start(), match.end(), action) for match in pattern.finditer(text))
    for match in _UNENDED.finditer(text):
        if f"{match[1]};" in html.entities.html5:
            yield match.start(), match.end(), "Type the character itself, or close its name by a semicolon."
    for match in _CITED.finditer(text):
        if match[1] in sources:
            yield match.start(), match.end(), f"Cite it as {{cite:p}}`{match[1]}`."
