"""Marks after tested sentences, each of which leads to the sentence in the list of all tested ones."""

from __future__ import annotations

from collections.abc import Container, Iterator

from docutils import nodes

from wavebook.core.units import Language
from wavebook.pages.ancestors import block_of
from wavebook.pages.blocks import SPLIT, Piece, Sentence, read_block, replace_node
from wavebook.pages.uses import Generated, live, statement


class proof_mark(Generated, nodes.Inline, nodes.Element):
    """A small link after a sentence (``refuri``), named in the page's language (``name``); it holds no text."""


def visit_mark(self, node: proof_mark) -> None:
    """Write the whole link."""
    self.body.append(self.starttag(node, "a", "", href=node["refuri"], **{"aria-label": node["label"]}) + "✓</a>")
    raise nodes.SkipNode


def put_marks(doctree: nodes.document, language: Language, addresses: Container[str], base: str, label: str) -> None:
    """Put a mark after each sentence whose first statement is among ``addresses``; it leads to ``base`` and that."""
    stated = [*doctree.findall(statement), *(word for word in doctree.findall(live) if word["ids"])]
    blocks = {id(block): block for node in stated if (block := block_of(node)) is not None}
    for block in blocks.values():
        pieces, sentences, _ = read_block(block, language)
        places: dict[int, list[tuple[int, proof_mark]]] = {}
        for sentence in sentences:
            first = next((a for a in _addresses(sentence) if a in addresses), None)
            if first is None:
                continue
            mark = proof_mark(refuri=f"{base}{first}", label=label, classes=["proof-mark"])
            piece, offset = _end(pieces, sentence)
            places.setdefault(id(piece.node), []).append((offset, mark))
        for piece in pieces:
            if id(piece.node) in places:
                _insert(piece.node, places[id(piece.node)], block)


def _addresses(sentence: Sentence) -> Iterator[str]:
    for node in sentence.marked:
        yield from node["ids"][:1]


def _end(pieces: list[Piece], sentence: Sentence) -> tuple[Piece, int]:
    """The piece in which a sentence ends, and how far in it."""
    low, high = sentence.span
    for piece in reversed([p for p in pieces if p.span[0] < high and low < p.span[1]]):
        text = piece.node.astext()[: high - piece.span[0]].rstrip()
        if text or not isinstance(piece.node, nodes.Text):
            return piece, len(text) if isinstance(piece.node, nodes.Text) else piece.span[1] - piece.span[0]
    raise ValueError("a sentence without words")  # none holds a statement


def _insert(node: nodes.Node, marks: list[tuple[int, proof_mark]], block: nodes.Element) -> None:
    """Put marks at these places in a text, or after a node that is not split; at its end, outside what ends there."""
    text = node.astext()
    last = [mark for place, mark in marks if not isinstance(node, nodes.Text) or place == len(text)]
    inner = [(place, mark) for place, mark in marks if not any(mark is other for other in last)]
    if last:
        holder = node
        while holder.parent is not block and type(holder.parent) in SPLIT and holder.parent.children[-1] is holder:
            holder = holder.parent
        replace_node(holder, holder, *last)
    if inner:
        parts: list[nodes.Node] = []
        done = 0
        for place, mark in inner:
            parts += [nodes.Text(text[done:place]), mark]
            done = place
        replace_node(node, *parts, nodes.Text(text[done:]))
