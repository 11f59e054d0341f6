"""HTML that editors type, or that a cell of a notebook gives: only what a page can show without a script.

The policy of every page (see ``theme/layout.html``) blocks scripts, inline styles and whatever is elsewhere. A browser
says nothing when it leaves these out, so they are named here. Anything that is no element of HTML vanishes too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# Elements with what to do about them; all others that are not ELEMENTS are no HTML.
_BLOCKED = {
    "script": "a page runs no script of its own: show a chart of wavebook.charts, or a picture",
    "style": "put the style in book/_static/house-style.css, and give the element a class",
    "link": "put the style in book/_static/house-style.css",
    **dict.fromkeys(
        ("iframe", "frame", "object", "embed", "applet"), "a page shows nothing from elsewhere: link to it"
    ),
    **dict.fromkeys(("video", "audio", "track"), "a page plays nothing: link to it"),
    **dict.fromkeys(
        ("form", "input", "button", "select", "textarea", "option", "label", "fieldset", "legend", "output"),
        "there is nothing that could answer it",
    ),
    **dict.fromkeys(("base", "meta", "html", "head", "body", "title", "frameset"), "the theme writes it"),
}
_MISPLACED = {
    "h1": "write the title of a page as # Title, and that of a section as ##",
    "main": "the theme writes it: write div or section",
    "math": "write a formula between dollars",
    **dict.fromkeys(("canvas", "dialog", "noscript", "slot", "template"), "it needs a script, and a page runs none"),
    **dict.fromkeys(("map", "area", "menu"), "write a list of links"),
    **dict.fromkeys(
        ("acronym", "big", "blink", "center", "font", "marquee", "nobr", "strike", "tt"),
        "it is out of HTML: write *text*, **text**, ~~text~~ or {abbr}`text (its meaning)`, or give an element a class",
    ),
}
_TEXT = (
    "a abbr b bdi bdo br cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u "
    "var wbr"
)
_BLOCKS = (
    "address article aside blockquote dd details div dl dt figcaption figure footer h2 h3 h4 h5 h6 header hr img li "
    "meter nav ol p picture pre progress section source summary ul caption col colgroup table tbody td tfoot th thead "
    "tr"
)
_DRAWN = (
    "svg g path rect circle ellipse line polyline polygon text tspan defs desc use symbol lineargradient stop clippath"
)
ELEMENTS = {*_TEXT.split(), *_BLOCKS.split(), *_DRAWN.split()}
_VOID = "area base br col embed hr img input link meta param source track wbr"
_EMPTY = {*_VOID.split(), *_DRAWN.split()}
_LOADS = {"src", "srcset", "poster", "data", "background"}
AS_IT_IS = ("code", "kbd", "pre", "samp", "var", "script", "style", "svg", "tt")
_SAID = ("alt", "title", "aria-label", "aria-description", "aria-valuetext", "summary", "label", "placeholder")


class Fault(NamedTuple):
    """A fault of a piece of HTML: what, what to do, the lines before it in that piece, and what is typed there."""

    found: str
    action: str
    line: int = 0
    typed: str = ""


class Move(NamedTuple):
    """An element that is opened or closed, the lines before that in its piece of HTML, and what is typed there."""

    tag: str
    opens: bool
    line: int
    typed: str


class _Reader(HTMLParser):
    """Reads HTML and keeps what is wrong with it, its text, and the elements that it opens and closes."""

    def __init__(self, lines: list[str], *, output: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = lines
        self.output = output
        self.found: list[Fault] = []
        self.words: list[str] = []
        self.said: list[str] = []
        self.prose: list[str] = []
        self.moves: list[Move] = []
        self.hidden = ""
        self.as_it_is = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.hidden = tag if tag in ("script", "style") else self.hidden
        self.as_it_is += tag in AS_IT_IS
        if self._is_of_pandas(tag, given):
            given.pop("style", None)
        elif action := _BLOCKED.get(tag):
            self._note(f"<{tag}> is blocked on every page", action)
        elif action := _MISPLACED.get(tag):
            self._note(f"<{tag}> is no element for the text of a page", action)
        elif tag not in ELEMENTS:
            self._note(f"<{tag}> is no element of HTML and would vanish", "write it as code, between backticks")
        for name, value in given.items():
            self._look_at(tag, name, value.strip())
        self.said += [given[name] for name in _SAID if given.get(name)]
        if tag in ("meter", "progress"):
            self.said.append(given.get("value", ""))  # which readers see as a bar
        if tag in ("ol", "li"):
            self.said.append(given.get("start" if tag == "ol" else "value", "").removeprefix("1"))
        broken = "\n" * (self.get_starttag_text() or "").count("\n")
        self.said.append(broken)
        self.prose.append(f" {broken}")
        if tag not in _EMPTY:
            self._move(tag, opens=True)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in ELEMENTS and tag not in _EMPTY:
            self.moves.pop()
            self._note(f"<{tag}/> is not closed by its slash", f"write <{tag}></{tag}>")
        self.as_it_is -= tag in AS_IT_IS

    def _note(self, found: str, action: str) -> None:
        self.found.append(Fault(found, action, *self._here))

    def _move(self, tag: str, *, opens: bool) -> None:
        self.moves.append(Move(tag, opens, *self._here))

    @property
    def _here(self) -> tuple[int, str]:
        line = self.getpos()[0] - 1
        return line, self.lines[line][self.getpos()[1] :].partition(">")[0]

    def _is_of_pandas(self, tag: str, given: dict[str, str]) -> bool:
        """Tell whether this is the style that pandas gives to every table, which readers do not miss."""
        return self.output and (
            (tag == "style" and "scoped" in given) or (tag == "tr" and given.get("style") == "text-align: right;")
        )

    def _look_at(self, tag: str, name: str, value: str) -> None:
        if name == "style":
            action = "give the element a class, and that a style in book/_static/house-style.css"
            self._note(f'<{tag} style="{value}"> is blocked on every page', action)
        elif name == "hidden":
            action = "remove it, or write a note for editors as <!-- note -->"
            self._note(f"hidden of <{tag}> leaves in the page what nobody sees", action)
        elif name.startswith("on"):
            self._note(f"{name} of <{tag}> is blocked on every page", "a page runs no script of its own")
        elif name in ("href", "xlink:href") and tag in _DRAWN.split() and not value.startswith("#"):
            self._note(f'<{tag} {name}="{value[:60]}"> shows what is not copied to the site', "draw it here")
        elif name in ("href", "xlink:href", "action") and value.lower().startswith(
            ("javascript:", "data:", "vbscript:")
        ):
            self._note(f'<{tag} {name}="{value}"> is blocked on every page', "link to an address")
        elif name in _LOADS and tag not in _BLOCKED:
            action = "write it as ![its text](file), so that it comes with the site"
            self._note(f'<{tag} {name}="{value[:60]}"> shows what is not copied to the site', action)

    def handle_pi(self, data: str) -> None:
        self._refuse_note(f"<?{data}"[:60])

    def unknown_decl(self, data: str) -> None:
        self._refuse_note(f"<![{data}"[:60])

    def handle_decl(self, decl: str) -> None:
        self._refuse_note(f"<!{decl}"[:60])

    def _refuse_note(self, start: str) -> None:
        self._note(f"{start} is no element, and stays in the page", "write a note as <!-- note -->")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = "" if tag == self.hidden else self.hidden
        self.as_it_is = max(self.as_it_is - (tag in AS_IT_IS), 0)
        self.prose.append(" ")
        if tag not in _EMPTY:
            self._move(tag, opens=False)

    def handle_data(self, data: str) -> None:
        self.prose.append("\n" * data.count("\n") if self.as_it_is else data)
        if not self.hidden:
            self.words.append(data)
            self.said.append(data)


def faults(html: str, *, output: bool = False) -> Iterator[Fault]:
    """What is wrong with a piece of HTML, each fault where it is first; ``output`` if a notebook gave it."""
    reader, bare = _read(html, output=output), _bare(html)
    if "<!--" in bare:
        told = "a comment is not closed, and the rest of the page is in it"
        yield Fault(told, "close it by -->", bare[: bare.index("<!--")].count("\n"))
    if "-->" in bare:
        told = "a comment ends twice, and what is behind its first end is shown"
        yield Fault(told, "write no comment within another", bare[: bare.index("-->")].count("\n"))
    first: dict[tuple[str, str], Fault] = {}
    for fault in reader.found:
        first.setdefault((fault.found, fault.action), fault)
    yield from first.values()


def text(html: str) -> str:
    """The text that readers see of a piece of HTML."""
    return " ".join(_read(html).words)


def said(html: str) -> str:
    """All that a piece of HTML says: its text, and what readers hear, or find when they point at it."""
    return " ".join(_read(html).said)


def prose(html: str) -> str:
    """The text of a piece of HTML on its own lines, without what is code, and a blank for each element.

    >>> prose("<p>Een <kbd>*</kbd>\\n<b>twee</b></p>")
    ' Een   \\n twee  '
    """
    return "".join(_read(html).prose)


def moves(html: str) -> list[Move]:
    """The elements that a piece of HTML opens and closes, in order."""
    return _read(html).moves


def without_comments(html: str) -> str:
    """A piece of HTML without what an editor noted in it."""
    return _COMMENT.sub("", html)


def _bare(html: str) -> str:
    """A piece of HTML with the line ends alone of what an editor noted in it."""
    return _COMMENT.sub(lambda note: "\n" * note[0].count("\n"), html)


def _read(html: str, *, output: bool = False) -> _Reader:
    bare = _bare(html)
    reader = _Reader(bare.split("\n"), output=output)
    reader.feed(bare)
    reader.close()
    return reader
