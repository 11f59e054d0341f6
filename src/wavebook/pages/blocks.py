"""One block of a page’s text: its sentences, and the nodes in each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from docutils import nodes

from wavebook.core.units import Language
from wavebook.pages.ancestors import above
from wavebook.pages.sentences import NO_TEXT, Span, sentences
from wavebook.pages.uses import Used, statement

SPLIT = (
    nodes.inline,
    statement,
    nodes.emphasis,
    nodes.strong,
)  # a sentence may end inside these, not inside other inline nodes


@dataclass(frozen=True)
class Sentence:
    """Part of a block's text: the alternatives and other marked nodes in it, and those that rule out showing it."""

    span: Span
    text: str
    marked: tuple[nodes.Element, ...]
    wrong: tuple[nodes.Element, ...]
    alternative: bool
    local: bool  # for editions about a segment only
    typed: str = ""  # the part of its text that no role made


@dataclass(frozen=True)
class Piece:
    """A text node, or an inline node that is never split, with its place in the text of its block."""

    node: nodes.Node
    span: Span


def _pieces(block: nodes.Element, start: int = 0) -> Iterator[Piece]:
    for child in block.children:
        if isinstance(child, nodes.Element) and type(child) in SPLIT:
            for piece in _pieces(child, start):
                yield piece
                start = piece.span[1]
        else:
            text = child.astext() if not isinstance(child, nodes.raw) else ""
            end = start + len(text or NO_TEXT)
            yield Piece(child, (start, end))
            start = end


def _text(piece: Piece) -> str:
    return (piece.node.astext() if not isinstance(piece.node, nodes.raw) else "") or NO_TEXT


def _within(node: nodes.Node, block: nodes.Element) -> list[nodes.Element]:
    """The node and the inline nodes around it, up to its block."""
    around = takewhile(lambda holder: holder is not block, (node, *above(node)))
    return [holder for holder in around if isinstance(holder, nodes.Element)]


def read_block(
    block: nodes.Element, language: Language
) -> tuple[list[Piece], list[Sentence], list[tuple[nodes.Element, Span]]]:
    """The pieces of a block, its sentences, and its statements with their places."""
    pieces = list(_pieces(block))
    text = "".join(map(_text, pieces))
    around = [(piece, _within(piece.node, block)) for piece in pieces]
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
    for low, high in sentences(text, language, whole, starts, ends):
        marked = {id(n): n for piece, ns in around if piece.span[0] < high and low < piece.span[1] for n in ns}
        held = tuple(marked.values())
        wrong = tuple(n for n in held if isinstance(n, Used) and n.use.unfit and not n.use.decoration)
        alternative = any("else" in n["classes"] and spans[id(n)][1] == low for n in held if id(n) in spans)
        local = any("claim" in n["classes"] and "segment" in n["classes"] for n in held)
        typed = " ".join(
            _text(piece)[max(low - piece.span[0], 0) : high - piece.span[0]]
            for piece in pieces
            if isinstance(piece.node, nodes.Text) and piece.span[0] < high and low < piece.span[1]
        )
        found.append(Sentence((low, high), plain(text[low:high]), held, wrong, alternative, local, typed))
    return pieces, found, stated


def pieces_of(pieces: Iterable[Piece], span: Span) -> Iterator[tuple[nodes.Node, str]]:
    """The nodes that stand in a span, each with its text there."""
    for piece in pieces:
        low, high = max(piece.span[0], span[0]), min(piece.span[1], span[1])
        if low < high:
            yield piece.node, _text(piece)[low - piece.span[0] : high - piece.span[0]].replace(NO_TEXT, "")


def plain(text: str) -> str:
    """The words of a text, with single spaces and without marks for what is not text."""
    return " ".join(text.replace(NO_TEXT, " ").split())


def trim(piece: Piece, hidden: list[Span]) -> None:
    """Take the hidden spans out of a piece."""
    low, high = piece.span
    over = [(max(a, low), min(b, high)) for a, b in hidden if a < high and low < b]
    if not over:
        return
    if not isinstance(piece.node, nodes.Text):
        replace_node(piece.node)
        return
    text, place, kept = piece.node.astext(), low, ""
    for a, b in over:
        kept += text[place - low : a - low]
        place = b
    kept += text[place - low :]
    replace_node(piece.node, *([nodes.Text(kept)] if kept else []))


def replace_node(node: nodes.Node, *others: nodes.Node) -> None:
    """Replace a node by others; docutils itself mistakes one text for another with the same words."""
    if (holder := node.parent) is not None:
        place = next(i for i, child in enumerate(holder.children) if child is node)
        holder[place : place + 1] = others


def put_after(node: nodes.Node, other: nodes.Node) -> None:
    """Put another node right after one."""
    if (holder := node.parent) is not None:
        holder.insert(holder.index(node) + 1, other)


def tidy(block: nodes.Element) -> None:
    """Remove inline nodes that hold nothing, and space at either end."""
    for node in reversed(list(block.findall(nodes.Element))):
        if type(node) in SPLIT and not node.children and node.parent is not None:
            node.parent.remove(node)
    for place, strip in ((0, str.lstrip), (-1, str.rstrip)):
        if block.children and isinstance(block.children[place], nodes.Text):
            kept = strip(block.children[place].astext())
            replace_node(block.children[place], *([nodes.Text(kept)] if kept else []))
