"""What a node of a page stands in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from docutils import nodes

Kind = TypeVar("Kind", bound=nodes.Element)


def above(node: nodes.Node) -> Iterator[nodes.Element]:
    """All that a node stands in, the nearest first."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def nearest(node: nodes.Node, *kinds: type[Kind]) -> Kind | None:
    """The node itself, or what it stands in, that is of one of these kinds; the nearest, None where there is none."""
    if isinstance(node, kinds):
        return node
    return next((holder for holder in above(node) if isinstance(holder, kinds)), None)


def is_in(node: nodes.Node, *kinds: type[nodes.Element]) -> bool:
    """Whether the node, or something that it stands in, is of one of these kinds."""
    return nearest(node, *kinds) is not None


def around(node: nodes.Node) -> nodes.Node:
    """The first that is not inline: the node itself, or what it stands in."""
    while isinstance(node, (nodes.Inline, nodes.Text)) and node.parent is not None:
        node = node.parent
    return node


def block_of(node: nodes.Node) -> nodes.TextElement | None:
    """The block of text that an inline node stands in."""
    found = around(node)
    return found if isinstance(found, nodes.TextElement) else None


def line_of(node: nodes.Node) -> int:
    """The line of the nearest that knows its own."""
    return next((line for found in (node, *above(node)) if (line := getattr(found, "line", None))), 1)
