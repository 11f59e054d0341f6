"""Parts that an edition leaves out of a page, so that no half of anything remains.

An edition about a segment leaves out every sentence with a statement that does not hold or a figure that is not there,
or replaces it by the alternative after it (``[…]{.else #name}``); it also leaves out all that makes no sense without
it. Other editions leave out only the alternatives: a fault there is a problem. Only this module decides so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from docutils import nodes

from wavebook.core.units import Language
from wavebook.pages.ancestors import block_of, is_in, nearest
from wavebook.pages.blocks import Sentence, plain, read_block, replace_node, tidy, trim
from wavebook.pages.records import Record
from wavebook.pages.sentences import Span
from wavebook.pages.uses import Generated, Used


@dataclass
class Page:
    """A page as far as it has been cut.

    ``left_out`` has, by the number of a record, the words that were left out with it, the words in their place, whether
    its fault is thereby settled, and whether it was an alternative that is not needed. ``neutral`` are captions of
    which nothing is left.
    """

    document: nodes.document
    language: Language
    about_segment: bool
    left_out: dict[int, tuple[str, str, bool, bool]] = field(default_factory=dict)
    problems: list[tuple[nodes.Element, str, str]] = field(default_factory=list)
    neutral: list[nodes.caption] = field(default_factory=list)
    checked: bool = False


def leave_out(
    document: nodes.document, language: Language, *, about_segment: bool, bare: Callable[[], Sequence[Used]]
) -> Page:
    """Take out of a page the parts that its edition does not show; faults in every edition are in ``problems``.

    ``bare`` finds sizes of changes whose direction was left out with another sentence.
    """
    page = Page(document, language, about_segment)
    _cut(page)
    page.checked = True
    for node in document.findall(nodes.inline):  # an alternative that is shown is a statement like any other
        node["classes"] = ["claim" if name == "else" else name for name in node["classes"]]
    if about_segment:
        for change in bare():
            change.become_unfit()
        _cut(page)
    return page


def settle(noted: list[Record], page: Page) -> list[Record]:
    """The records of a page after the cut: one that is left out is no longer a problem, and tells what it was."""
    settled = []
    for number, record in enumerate(noted):
        if number in page.left_out:
            text, instead, settles, spare = page.left_out[number]
            why = record.problem.found if record.problem and not record.reason else record.reason
            problem = None if settles else record.problem
            record = replace(record, problem=problem, reason=why, left_out=text, instead=instead, spare=spare)
        settled.append(record)
    return settled


def _cut(page: Page) -> None:
    marked = [n for n in page.document.findall(nodes.Element) if _is_marked(n)]
    if page.about_segment:
        for node in [n for n in marked if isinstance(n, Used) and n.use.decoration and n.use.unfit]:
            _forget(page, node)
            replace_node(node)
        for figure in [n for n in marked if isinstance(n, nodes.figure)]:
            _remove(page, figure)
    blocks = {id(block): block for block in map(block_of, marked) if block is not None}
    for block in blocks.values():
        if not _attached(block, page.document) or is_in(block, nodes.raw, Generated):
            continue
        first, lost = _cut_block(page, block)
        _follow(page, block, first, lost)


def _is_marked(node: nodes.Element) -> bool:
    """Tell whether showing the text around a node depends on that node."""
    held = node.attributes  # of every node of every page: an Element's own methods take three times as long
    unfit = "use" in held and held["use"].unfit
    return unfit or "else" in held["classes"] or {"claim", "segment"} <= {*held["classes"]}


def _check(page: Page, found: list[Sentence], stated: list[tuple[nodes.Element, Span]]) -> None:
    """Check that an alternative is a sentence of its own, right after one that may not hold."""
    for node, (low, _) in stated:
        if "else" in node["classes"]:
            place = next(i for i, s in enumerate(found) if s.span[0] <= low < s.span[1])
            said = plain(node.astext())
            alone = found[place].span[0] == low and len(found[place].text) <= len(said) + 2
            if not alone or place == 0 or not _may_fail(found[place - 1], stated):
                what = f"the alternative “{said}” is not a sentence of its own right after a statement"
                page.problems.append((node, "W416", what))


def _may_fail(sentence: Sentence, stated: list[tuple[nodes.Element, Span]]) -> bool:
    """Tell whether a sentence ends and holds a statement or a number, so that an alternative can replace it."""
    ended = re.search(r"[.!?…][’”\"')\]]*$", sentence.text)
    is_stated = any(plain(node.astext()) == sentence.text for node, _ in stated)
    tested = any("claim" in node["classes"] or isinstance(node, Generated) for node in sentence.marked)
    return sentence.alternative or (tested and bool(ended or is_stated))


def _shown(page: Page, found: list[Sentence]) -> list[bool]:
    """Tell which sentences the edition shows: an alternative only where the sentence it replaces is not shown."""
    shown, open_ = [], False
    for sentence in found:
        if not page.about_segment:
            shown.append(not sentence.alternative and not sentence.local)
            continue
        shown.append(not sentence.wrong and (open_ or not sentence.alternative))
        open_ = not shown[-1] and (open_ or not sentence.alternative)
    return shown


def _cut_block(page: Page, block: nodes.Element) -> tuple[bool, bool]:
    """Take sentences out of a block; tell whether its first one went, and whether any went without an alternative."""
    pieces, found, stated = read_block(block, page.language)
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
        trim(piece, [sentence.span for sentence in hidden])
    if hidden:
        tidy(block)
    return first, lost


def _attached(node: nodes.Node, document: nodes.document) -> bool:
    while node is not document:
        parent = node.parent
        if parent is None or not any(child is node for child in parent.children):
            return False
        node = parent
    return True


def _follow(page: Page, block: nodes.Element, first: bool, lost: bool) -> None:
    """Remove the nodes that make no sense without the sentences taken out."""
    row = nearest(block, nodes.row)
    if row is not None and lost:
        _remove(page, row if isinstance(row.parent, nodes.tbody) else nearest(row, nodes.table) or row)
    elif isinstance(block, nodes.caption) and not block.children:
        page.neutral.append(block)
    elif isinstance(block, nodes.title) and not block.children:
        _remove_heading(page, block)
    elif first and (isinstance(block, nodes.term) or _leads(block)):
        _remove(page, block.parent)
    elif not block.children and not isinstance(block, (nodes.caption, nodes.title)):
        _remove(page, block)


def _leads(block: nodes.Element) -> bool:
    """Tell whether a block opens an item of a list: the rest of the item depends on it."""
    return isinstance(block.parent, nodes.list_item) and block.parent.children[0] is block


def _forget(page: Page, node: nodes.Element, text: str = "", instead: str = "", spare: bool = False) -> None:
    """Note that a node and everything below it is left out with the words ``text``, or else with its own."""
    for held in node.findall(Used):
        if held.use.number is not None:
            said = text or plain(node.astext())
            page.left_out.setdefault(held.use.number, (said, instead, held.use.unfit, spare))


def _remove(page: Page, node: nodes.Element) -> None:
    """Take out a node, the text that led up to it, and the nodes that hold nothing without it."""
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
    """Tell whether a node holds nothing but headings, columns of a table, and marks without words."""
    silent = (nodes.title, nodes.thead, nodes.colspec, nodes.target, nodes.comment, nodes.term, nodes.attribution)
    return all(isinstance(child, silent) for child in node.children)


def _remove_last_sentence(page: Page, block: nodes.paragraph) -> None:
    pieces, found, _ = read_block(block, page.language)
    for piece in pieces:
        trim(piece, [found[-1].span])
    for node in found[-1].marked:
        _forget(page, node, found[-1].text)
    tidy(block)
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
