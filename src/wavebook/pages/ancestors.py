"""Ancestors of a node of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from docutils import nodes

Kind = TypeVar("Kind", bound=nodes.Element)


def above(node: nodes.Node) -> Iterator[nodes.Element]:
    """Ancestors of a node, the nearest first."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def nearest(node: nodes.Node, *kinds: type[Kind]) -> Kind | None:
    """The nearest of these kinds among the node and its ancestors; None if there is none."""
    if isinstance(node, kinds):
        return node
    return next((holder for holder in above(node) if isinstance(holder, kinds)), None)


def is_in(node: nodes.Node, *kinds: type[nodes.Element]) -> bool:
    """Tell whether the node or one of its ancestors is of one of these kinds."""
    return nearest(node, *kinds) is not None


def around(node: nodes.Node) -> nodes.Node:
    """The nearest of the node and its ancestors that is not inline."""
    while isinstance(node, (nodes.Inline, nodes.Text)) and node.parent is not None:
        node = node.parent
    return node


def set_off(node: nodes.Node) -> nodes.Node:
    """The nearest of the node and its ancestors that is not within a line: a block, a picture or HTML by itself."""
    while isinstance(node, (nodes.Inline, nodes.Text)) and isinstance(node.parent, nodes.TextElement):
        node = node.parent
    return node


def block_of(node: nodes.Node) -> nodes.TextElement | None:
    """The block of text around an inline node."""
    found = around(node)
    return found if isinstance(found, nodes.TextElement) else None


def line_of(node: nodes.Node) -> int:
    """The line of the block of a node, or of the nearest ancestor that has one: what is within a line has any."""
    block = set_off(node)
    return next((line for found in (block, *above(block)) if (line := getattr(found, "line", None))), 1)


def is_cited(node: nodes.Node) -> bool:
    """Tell whether a node is part of a citation of sources."""
    return any(holder.get("refdomain") == "cite" for holder in above(node))
