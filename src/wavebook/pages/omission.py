"""What an edition leaves out of a page, so that nothing half remains.

In an edition about a segment, the sentence with a statement that does not hold or with a figure that is not there is
left out, or replaced by the alternative after it (``[…]{.else #name}``); so is all that is nothing without it. Other
editions leave out the alternatives alone: what is wrong there is a problem. This is the only place that decides so.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from docutils import nodes

from wavebook.pages.records import Record

Span = tuple[int, int]

# Words that end in a full stop within a sentence. A longer sentence left out is no harm, half of one is.
_ABBREVIATED = set(
    "aant afb afl afz alg approx art bijl bijv blz bv ca cf co dd dept dhr dr drs ed eds eng enz est etc "
    "evt excl fig gem gov hfst hoofdst inc incl ing ir jl jr max mevr min mr mrs ms mv nl no nos nr nrs "
    "ong pag par para plm pp pres prof red resp sec sept sr st tab tel tfn vgl viz vlg vol vs zg zgn".split()
)
_STOP = re.compile(r"[.!?…]+[)\]’”\"'»]*(?=\s|$)\s*")
_OPENS = re.compile(r"[‘“\"'«(\[]*")
_APOSTROPHE = re.compile(r"[’'][a-z] \S")  # ’s Ochtends, ’t Gaat
_BRACKETS = {"(": ")", "[": "]", "“": "”", "«": "»", "‘": "’"}
_SPLIT = (nodes.inline, nodes.emphasis, nodes.strong)  # a sentence may end inside these, not inside other inline nodes
_NO_TEXT = "\ufffc"


@dataclass(frozen=True)
class Sentence:
    """Part of a block's text: the alternatives and other marked nodes in it, and why it may not be shown."""

    span: Span
    text: str
    marked: tuple[nodes.Element, ...]
    wrong: tuple[nodes.Element, ...]
    alternative: bool
    local: bool  # for editions about a segment only
    typed: str = ""  # what of its text no role made


@dataclass
class Page:
    """A page as far as it was cut.

    ``left_out`` has, by the identity of a record, the words that went with it, what stands in their place, whether what
    is wrong with it is thereby settled, and whether it was an alternative that is not needed.
    """

    document: nodes.document
    about_segment: bool
    left_out: dict[int, tuple[str, str, bool, bool]] = field(default_factory=dict)
    problems: list[tuple[nodes.Element, str, str]] = field(default_factory=list)
    checked: bool = False


def leave_out(document: nodes.document, *, about_segment: bool, bare: Callable[[], list[nodes.Element]]) -> Page:
    """Take out of a page what its edition does not show; what every edition must refuse is in ``problems``.

    ``bare`` finds sizes of changes whose direction went with another sentence.
    """
    page = Page(document, about_segment)
    _cut(page)
    page.checked = True
    for node in document.findall(nodes.inline):  # an alternative that is shown is a statement like any other
        node["classes"] = ["claim" if name == "else" else name for name in node["classes"]]
    if about_segment:
        for node in bare():
            node["unfit"] = True
        _cut(page)
    return page


def settle(noted: list[Record], page: Page) -> list[Record]:
    """The records of a page after the cut: what is left out is no problem any more, and says what it was."""
    settled = []
    for record in noted:
        if id(record) in page.left_out:
            text, instead, settles, spare = page.left_out[id(record)]
            why = record.problem.found if record.problem and not record.reason else record.reason
            problem = None if settles else record.problem
            record = replace(record, problem=problem, reason=why, left_out=text, instead=instead, spare=spare)
        settled.append(record)
    return settled


# --- sentences --------------------------------------------------------------------------------------------


def sentences(
    text: str, whole: Sequence[Span] = (), starts: Sequence[int] = (), ends: Sequence[int] = ()
) -> list[Span]:
    """Where the sentences of ``text`` begin and end; together they are all of it.

    In doubt there is no end, so that what goes is never half a sentence. None ends inside a span of ``whole`` or
    between brackets or quotes; one always begins at ``starts`` and ends at ``ends``.
    """
    stops = {match.end() for match in _STOP.finditer(text) if _ends(text, match, whole)}
    stops |= {*starts, *(_after(text, place) for place in ends if not _depth(text[:place]))}
    inside = {place for low, high in whole for place in stops if low < place < high}
    places = sorted({0, len(text), *(stops - inside)})
    return [span for span in itertools.pairwise(places) if span[0] < span[1]]


def _after(text: str, place: int) -> int:
    return place + len(re.match(r"[.!?…’”\"')\]]*\s*", text[place:])[0])


def _ends(text: str, match: re.Match, whole: Sequence[Span]) -> bool:
    """Whether a sentence ends with this punctuation."""
    if any(low <= match.start() < high for low, high in whole) or _depth(text[: match.end()]):
        return False
    rest = text[match.end() :]
    if not rest:
        return True
    if rest[0] == _NO_TEXT:
        return True
    word = re.search(r"[\w.’'-]*$", text[: match.start()])[0].lower()
    if match[0].startswith(".") and _is_abbreviated(word):
        return False
    first = rest[_OPENS.match(rest).end() :][:1]
    if first.isdigit():
        return len(word) > 4 or word.isdigit() or not match[0].startswith(".")
    return first.isupper() or bool(_APOSTROPHE.match(rest))


def _is_abbreviated(word: str) -> bool:
    """Whether a word before a full stop is an abbreviation, such as bijv. or n.v.t., or an initial."""
    dotted = "." in word.strip(".") and not re.fullmatch(r"[\d.]+", word)
    return word in _ABBREVIATED or dotted or (len(word) == 1 and word.isalpha())


def _depth(text: str) -> int:
    """How many brackets and quotes are open at the end of ``text``; an apostrophe closes none."""
    open_: list[str] = []
    for mark in text:
        if open_ and mark == open_[-1]:
            open_.pop()
        elif mark in _BRACKETS:
            open_.append(_BRACKETS[mark])
        elif mark == '"':
            open_.append('"')
    return len(open_)


# --- one block of text ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """A text node, or an inline node that is never split, with its place in the text of its block."""

    node: nodes.Node
    span: Span


def _pieces(block: nodes.Element, start: int = 0) -> Iterator[Piece]:
    for child in block.children:
        if type(child) in _SPLIT and not child.get("wavebook"):
            for piece in _pieces(child, start):
                yield piece
                start = piece.span[1]
        else:
            text = child.astext() if not isinstance(child, nodes.raw) else ""
            end = start + len(text or _NO_TEXT)
            yield Piece(child, (start, end))
            start = end


def _text(piece: Piece) -> str:
    return (piece.node.astext() if not isinstance(piece.node, nodes.raw) else "") or _NO_TEXT


def _within(node: nodes.Node, block: nodes.Element) -> Iterator[nodes.Element]:
    """The node and the inline nodes around it, up to its block."""
    while node is not block:
        if isinstance(node, nodes.Element):
            yield node
        node = node.parent


def read_block(block: nodes.Element) -> tuple[list[Piece], list[Sentence], list[tuple[nodes.Element, Span]]]:
    """The pieces of a block, its sentences, and its statements with their places."""
    pieces = list(_pieces(block))
    text = "".join(map(_text, pieces))
    around = [(piece, list(_within(piece.node, block))) for piece in pieces]
    spans: dict[int, tuple[nodes.Element, int, int]] = {}
    for piece, nodes_ in around:
        for node in nodes_:
            if {"claim", "else"} & set(node["classes"]):
                _, low, high = spans.get(id(node), (node, *piece.span))
                spans[id(node)] = (node, min(low, piece.span[0]), max(high, piece.span[1]))
    stated = [(node, (low, high)) for node, low, high in spans.values()]
    whole = [piece.span for piece in pieces if not isinstance(piece.node, nodes.Text)]
    whole += [span for _, span in stated]
    starts = [low for node, (low, _) in stated if "else" in node["classes"]]
    ends = [high for _, (low, high) in stated if re.search(r"[.!?…]\W*$", text[low:high])]
    found = []
    for low, high in sentences(text, whole, starts, ends):
        marked = {id(n): n for piece, ns in around if piece.span[0] < high and low < piece.span[1] for n in ns}
        held = tuple(marked.values())
        wrong = tuple(n for n in held if n.get("unfit") and not (n.get("decoration")))
        alternative = any("else" in n["classes"] and spans[id(n)][1] == low for n in held if id(n) in spans)
        local = any("claim" in n["classes"] and "segment" in n["classes"] for n in held)
        typed = " ".join(
            _text(piece)[max(low - piece.span[0], 0) : high - piece.span[0]]
            for piece in pieces
            if isinstance(piece.node, nodes.Text) and piece.span[0] < high and low < piece.span[1]
        )
        found.append(Sentence((low, high), _plain(text[low:high]), held, wrong, alternative, local, typed))
    return pieces, found, stated


def _plain(text: str) -> str:
    return " ".join(text.replace(_NO_TEXT, " ").split())


def _check(page: Page, found: list[Sentence], stated: list[tuple[nodes.Element, Span]]) -> None:
    """An alternative is a sentence of its own, right after one that may not hold."""
    for node, (low, _) in stated:
        if "else" in node["classes"]:
            place = next(i for i, s in enumerate(found) if s.span[0] <= low < s.span[1])
            said = _plain(node.astext())
            alone = found[place].span[0] == low and len(found[place].text) <= len(said) + 2
            if not alone or place == 0 or not _may_fail(found[place - 1], stated):
                what = f"the alternative “{said}” is no sentence of its own right after a statement"
                page.problems.append((node, "W416", what))


def _may_fail(sentence: Sentence, stated: list[tuple[nodes.Element, Span]]) -> bool:
    """Whether a sentence ends and holds a statement or a number, so that an alternative can stand in for it."""
    ended = re.search(r"[.!?…][’”\"')\]]*$", sentence.text)
    is_stated = any(_plain(node.astext()) == sentence.text for node, _ in stated)
    tested = any("claim" in node["classes"] or node.get("wavebook") for node in sentence.marked)
    return sentence.alternative or (tested and bool(ended or is_stated))


def _shown(page: Page, found: list[Sentence]) -> list[bool]:
    """Which sentences the edition shows: an alternative only where what it stands in for is not shown."""
    shown, open_ = [], False
    for sentence in found:
        if not page.about_segment:
            shown.append(not sentence.alternative and not sentence.local)
            continue
        shown.append(not sentence.wrong and (open_ or not sentence.alternative))
        open_ = not shown[-1] and (open_ or not sentence.alternative)
    return shown


def _cut_block(page: Page, block: nodes.Element) -> tuple[bool, bool]:
    """Take sentences out of a block; whether its first one went, and whether any went without an alternative."""
    pieces, found, stated = read_block(block)
    if not page.checked:
        _check(page, found, stated)
    shown = _shown(page, found)
    hidden = [sentence for sentence, kept in zip(found, shown, strict=True) if not kept]
    worded = [i for i, sentence in enumerate(found) if sentence.text and not sentence.alternative]
    lost = False
    first = False
    for i, (sentence, kept) in enumerate(zip(found, shown, strict=True)):
        if kept:
            continue
        chain = []
        for j in range(i + 1, len(found)):
            if not found[j].alternative:
                break
            chain.append(j)
        instead = next((found[j].text for j in chain if shown[j]), "") if not sentence.alternative else ""
        for node in sentence.marked:
            _forget(page, node, sentence.text, instead, sentence.alternative or not page.about_segment)
        if not sentence.alternative and sentence.text:
            lost = lost or not instead
            first = first or (i == worded[0] and not instead)
    for piece in pieces:
        _trim(piece, [sentence.span for sentence in hidden])
    if hidden:
        _tidy(block)
    return first, lost


def _trim(piece: Piece, hidden: list[Span]) -> None:
    low, high = piece.span
    over = [(max(a, low), min(b, high)) for a, b in hidden if a < high and low < b]
    if not over:
        return
    if not isinstance(piece.node, nodes.Text):
        _replace(piece.node)
        return
    text, place, kept = piece.node.astext(), low, ""
    for a, b in over:
        kept += text[place - low : a - low]
        place = b
    kept += text[place - low :]
    _replace(piece.node, *([nodes.Text(kept)] if kept else []))


def _replace(node: nodes.Node, *others: nodes.Node) -> None:
    """Put others in the place of a node; docutils itself takes one text for another with the same words."""
    place = next(i for i, child in enumerate(node.parent.children) if child is node)
    node.parent[place : place + 1] = others


def _tidy(block: nodes.Element) -> None:
    """Without inline nodes that hold nothing and without space at either end."""
    for node in reversed(list(block.findall(nodes.Inline))):
        if type(node) in _SPLIT and not node.children:
            node.parent.remove(node)
    for place, strip in ((0, str.lstrip), (-1, str.rstrip)):
        if block.children and isinstance(block.children[place], nodes.Text):
            kept = strip(block.children[place].astext())
            _replace(block.children[place], *([nodes.Text(kept)] if kept else []))


# --- the page ---------------------------------------------------------------------------------------------


def _cut(page: Page) -> None:
    marked = [n for n in page.document.findall(nodes.Element) if _is_marked(n)]
    if page.about_segment:
        for node in [n for n in marked if n.get("decoration") and n.get("unfit")]:
            _forget(page, node)
            _replace(node)
        for node in [n for n in marked if isinstance(n, nodes.figure)]:
            _remove(page, node)
    blocks = {id(block): block for block in map(block_of, marked) if block is not None}
    for block in blocks.values():
        if not _attached(block, page.document) or _generated(block):
            continue
        first, lost = _cut_block(page, block)
        _follow(page, block, first, lost)


def _is_marked(node: nodes.Element) -> bool:
    """Whether it depends on a node if the text around it is shown."""
    held = node.attributes  # of every node of every page: an Element's own methods take three times as long
    return bool(held.get("unfit") or "else" in held["classes"] or {"claim", "segment"} <= {*held["classes"]})


def block_of(node: nodes.Node) -> nodes.Element | None:
    """The block of text that an inline node stands in."""
    while isinstance(node, nodes.Inline):
        node = node.parent
    return node if isinstance(node, nodes.TextElement) else None


def _attached(node: nodes.Node, document: nodes.document) -> bool:
    while node is not document:
        parent = node.parent
        if parent is None or not any(child is node for child in parent.children):
            return False
        node = parent
    return True


def _generated(node: nodes.Node) -> bool:
    while node is not None:
        if isinstance(node, nodes.raw) or (isinstance(node, nodes.Element) and node.get("wavebook")):
            return True
        node = node.parent
    return False


def _follow(page: Page, block: nodes.Element, first: bool, lost: bool) -> None:
    """What is nothing without the sentences that went."""
    entry = _above(block, nodes.entry)
    if entry is not None and lost:
        row = _above(entry, nodes.row)
        _remove(page, row if isinstance(row.parent, nodes.tbody) else _above(row, nodes.table))
    elif isinstance(block, nodes.caption) and not block.children:
        block["neutral"] = True
    elif isinstance(block, nodes.title) and not block.children:
        _remove_heading(page, block)
    elif first and (isinstance(block, nodes.term) or _leads(block)):
        _remove(page, block.parent)
    elif not block.children and not isinstance(block, (nodes.caption, nodes.title)):
        _remove(page, block)


def _leads(block: nodes.Element) -> bool:
    """Whether a block opens an item of a list: the rest of the item leans on it."""
    return isinstance(block.parent, nodes.list_item) and block.parent.children[0] is block


def _above(node: nodes.Node, kind: type) -> nodes.Element | None:
    while node is not None and not isinstance(node, kind):
        node = node.parent
    return node


def _forget(page: Page, node: nodes.Element, text: str = "", instead: str = "", spare: bool = False) -> None:
    """Note that a node and all below it is left out with the words ``text``, or else its own."""
    for held in node.findall(nodes.Element):
        if "record" in held:
            said = text or _plain(node.astext())
            page.left_out.setdefault(id(held["record"]), (said, instead, bool(held.get("unfit")), spare))


def _remove(page: Page, node: nodes.Element) -> None:
    """Take a node out, what led up to it, and what holds nothing without it."""
    parent, place = node.parent, node.parent.index(node)
    _forget(page, node)
    parent.remove(node)
    before = parent.children[place - 1] if place else None
    if isinstance(before, nodes.paragraph) and before.astext().rstrip().endswith(":"):
        _remove_last_sentence(page, before)
    if _is_empty(parent) and not isinstance(parent, nodes.document) and parent.parent is not None:
        top = isinstance(parent, nodes.section) and isinstance(parent.parent, nodes.document)
        if not top:
            _remove(page, parent)


def _is_empty(node: nodes.Element) -> bool:
    """Whether a node holds nothing but headings, columns of a table, and marks that say nothing."""
    silent = (nodes.title, nodes.thead, nodes.colspec, nodes.target, nodes.comment, nodes.term, nodes.attribution)
    return all(isinstance(child, silent) for child in node.children)


def _remove_last_sentence(page: Page, block: nodes.paragraph) -> None:
    pieces, found, _ = read_block(block)
    for piece in pieces:
        _trim(piece, [found[-1].span])
    for node in found[-1].marked:
        _forget(page, node, found[-1].text)
    _tidy(block)
    if not block.children:
        _remove(page, block)


def _remove_heading(page: Page, title: nodes.title) -> None:
    """Let the text below a heading join what comes before it; links to the heading lead to its first line."""
    section = title.parent
    if not isinstance(section, nodes.section):
        _remove(page, section)  # an admonition without its title
        return
    if isinstance(section.parent, nodes.document):
        page.problems.append((section, "W417", "the page's title does not hold here and has no alternative"))
        title += nodes.Text("…")
        return
    parent, place = section.parent, section.parent.index(section)
    target = nodes.target("", "", ids=section["ids"], names=section["names"])
    for name in section["ids"]:
        page.document.ids[name] = target
    rest = [target, *section.children[1:]]
    parent.remove(section)
    before = parent.children[place - 1] if place else None
    if isinstance(before, nodes.section):
        before.extend(rest)
    else:
        parent.insert(place, rest)
