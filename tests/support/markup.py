"""What is wrong with the markup of a page, as a validator would say it, where browsers forgive everything.

The rules are those of the HTML standard and of html-validate that pages of this library could break; see ``faults``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
BLOCK = frozenset(
    "address article aside blockquote details dialog div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr main nav ol p pre search section table ul li dt dd".split()
)
PHRASING = frozenset("p h1 h2 h3 h4 h5 h6 pre span strong em b i small code sup sub cite q label dt summary".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"td", "th"},
    "colgroup": {"col"},
}
PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "caption": {"table"},
    "figcaption": {"figure"},
    "summary": {"details"},
}
INTERACTIVE = frozenset("a button details input select textarea label".split())
NATIVE = {  # roles that an element has without saying so, or that an element of its own has
    "region": "section",
    "list": "ul",
    "listitem": "li",
    "main": "main",
    "navigation": "nav",
    "banner": "header",
    "contentinfo": "footer",
    "button": "button",
    "link": "a",
    "heading": "h2",
    "figure": "figure",
    "table": "table",
    "complementary": "aside",
}
REFERRING = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-details", "headers", "popovertarget")
NOT_EMPTY = ("action", "href", "src", "id", "for", "class", "lang", "aria-label", "role")
TEXTLESS = ("img", "svg", "input")
NAMED = HEADINGS | {"button", "title", "summary", "caption", "figcaption", "dt", "label"}


@dataclass
class Element:
    """An element that is open: its children so far, and whether it says something."""

    tag: str
    given: dict[str, str | None]
    line: int
    children: list[str] = field(default_factory=list)
    says: bool = False
    terms: list[str] = field(default_factory=list)
    text: str = ""


class _Reader(HTMLParser):
    """Reads a page and keeps what is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.named: list[str] = []
        self.anchors: list[str] = []
        self.levels: list[int] = []
        self.seen: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.open: list[Element] = []

    def fault(self, text: str) -> None:
        self.faults.append(f"line {self.getpos()[0]}: {text}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if len(given) < len(attrs):
            self.fault(f"{tag} has an attribute twice")
        inside = [element.tag for element in self.open]
        if "svg" not in inside:
            self.placed(tag, inside)
            self.given(tag, given)
        self.ids += filter(None, [given.get("id")])
        self.named += [name for key in REFERRING for name in (given.get(key) or "").split()]
        if (given.get("href") or "").startswith("#"):
            self.anchors.append((given["href"] or "")[1:])
        if tag == "label" and given.get("for"):
            self.labelled.add(given["for"] or "")
        if tag in ("input", "select", "textarea") and given.get("type") != "hidden":
            self.fields.append(given | {"within": "label" if "label" in inside else ""})
        if tag in HEADINGS:
            self.levels.append(int(tag[1]))
        self.seen[tag] += "svg" not in inside
        if tag in TEXTLESS or given.get("aria-label"):
            self.say()
        if tag not in VOID:
            self.open.append(Element(tag, given, self.getpos()[0], says=bool(given.get("aria-label"))))
        if self.get_starttag_text().rstrip().endswith("/>") and "svg" not in [*inside, tag]:
            self.fault(f"{tag} ends in a slash")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def placed(self, tag: str, inside: list[str]) -> None:
        """Tell where an element may not be."""
        parent = inside[-1] if inside else ""
        if self.open:
            self.open[-1].children.append(tag)
        if tag not in CHILDREN.get(parent, {tag}) and tag not in ("script", "template"):
            self.fault(f"{tag} in {parent}")
        if parent not in PARENTS.get(tag, {parent}):
            self.fault(f"{tag} in {parent}")
        around = next((one for one in reversed(inside) if one in PHRASING), "")
        fine = (around == "dt" and tag not in HEADINGS) or (around == "summary" and tag in HEADINGS)
        if tag in BLOCK and around and not fine:
            self.fault(f"{tag} in {around}")
        held = next((one for one in ("a", "button") if one in inside), "")
        if held and tag in INTERACTIVE:
            self.fault(f"{tag} in {held}")
        if tag == "form" and "form" in inside:
            self.fault("form in form")
        if tag == "figcaption" and parent == "figure" and len(self.open[-1].children) > 1:
            self.fault("figcaption is not the first in figure")
        if tag == "summary" and parent == "details" and len(self.open[-1].children) > 1:
            self.fault("summary is not the first in details")
        if parent == "details" and self.open[-1].children[0] != "summary":
            self.fault("details without summary")

    def given(self, tag: str, given: dict[str, str | None]) -> None:
        """Tell what an element may not have, or lacks."""
        for name in NOT_EMPTY:
            if name in given and not (given[name] or "").strip():
                self.fault(f"{tag} has an empty {name}")
        for name in given:
            if name == "style" or name.startswith("on"):
                self.fault(f"{tag} has {name}, which the policy of the page forbids")
        role = given.get("role") or ""
        if role in NATIVE and tag not in ("svg", "g"):
            self.fault(f"{tag} has role {role}, where {NATIVE[role]} would do")
        if tag == "button" and given.get("type") not in ("button", "submit"):
            self.fault("button has no type")
        if tag == "img" and "alt" not in given:
            self.fault("img has no alt")
        if tag == "iframe" and not given.get("title"):
            self.fault("iframe has no title")
        if tag == "th" and not given.get("scope") and all(one.tag != "thead" for one in self.open):
            self.fault("th beside cells has no scope")
        if tag == "html" and not given.get("lang"):
            self.fault("html has no lang")
        if tag == "a" and given.get("target") == "_blank" and "noopener" not in (given.get("rel") or ""):
            self.fault("a opens a window that can reach this one")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            self.fault(f"{tag} is closed")
            return
        if not self.open or self.open[-1].tag != tag:
            self.fault(f"{tag} is closed where {self.open[-1].tag if self.open else 'nothing'} is open")
            while any(element.tag == tag for element in self.open) and self.open.pop().tag != tag:
                pass
            return
        closed = self.open.pop()
        if closed.says:
            self.say()
        named = tag in NAMED or (tag == "a" and "href" in closed.given)
        if named and not closed.says and not closed.text.strip():
            self.fault(f"{tag} says nothing")
        if tag == "dt" and self.open:
            term = closed.text.strip()
            if term in self.open[-1].terms and self.open[-1].tag == "dl":
                self.fault(f"dl has {term!r} twice")
            self.open[-1].terms.append(term)
        if tag == "dl" and set(closed.children) & {"dt", "dd"} and closed.children[0] != "dt":
            self.fault("dl does not begin with dt")
        if tag in ("ul", "ol", "dl", "table", "tr") and not closed.children:
            self.fault(f"{tag} is empty")
        if self.open:
            self.open[-1].text += closed.text

    def handle_data(self, data: str) -> None:
        if not self.open:
            return
        self.open[-1].text += data
        if data.strip():
            self.say()
            if self.open[-1].tag in CHILDREN:
                self.fault(f"text in {self.open[-1].tag}")

    def say(self) -> None:
        if self.open:
            self.open[-1].says = True


def faults(text: str) -> list[str]:
    """What is wrong with a page: nesting, content models, names that lead nowhere, what has no name, headings."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return [*reader.faults, *_of_whole(reader)]


def _of_whole(page: _Reader) -> Iterator[str]:
    yield from (f"{element.tag} of line {element.line} stays open" for element in page.open)
    yield from (f"id {name} stands {times} times" for name, times in Counter(page.ids).items() if times > 1)
    there = set(page.ids)
    yield from (f"{name} is referred to and is no id" for name in sorted({*page.named} - there))
    yield from (f"#{name} leads nowhere" for name in sorted({*page.anchors} - there - {"", "top"}))
    for given in page.fields:
        said = given.get("aria-label") or given.get("aria-labelledby") or given["within"]
        if not (said or given.get("id") in page.labelled or given.get("type") in ("submit", "button")):
            yield f"a field {given.get('name') or given.get('id')} has no label"
    for tag in ("main", "h1", "title"):
        if page.seen[tag] != 1:
            yield f"{page.seen[tag]} times {tag}"
    for before, level in zip([0, *page.levels], page.levels, strict=False):
        if level > before + 1:
            yield f"h{level} after h{before}"
