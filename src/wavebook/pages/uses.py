"""Nodes that this library puts in pages, each with a description of its use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from docutils import nodes
from sphinx import addnodes

Made = TypeVar("Made", bound=nodes.Element)


@dataclass(frozen=True)
class Use:
    """One use of the figures on a page.

    ``kind``, ``text`` and ``line`` are what the editor typed and where, ``number`` the place of its record among those
    of the page, ``keys`` the figures behind it, ``breaks`` the noted breaks that it compares across, ``basis`` that of
    the errors of a comparison, ``direction`` that of a trend, ``outcome`` a statement's verdict. ``anchor`` and
    ``panel`` (identity, HTML) give the origin of a number, ``cell`` is the number as a table has it. An ``unfit`` use
    may not be shown; a ``decoration`` is left out without the words around it.
    """

    kind: str
    text: str = ""
    line: int = 0
    number: int | None = None
    keys: tuple[str, ...] = ()
    breaks: tuple[tuple[str, str], ...] = ()
    basis: str = "exact"
    direction: str | None = None
    outcome: str = "holds"
    anchor: str = ""
    panel: tuple[str, str] = ("", "")
    cell: str = ""
    unfit: bool = False
    decoration: bool = False


class Used(nodes.Element):
    """A node that shows the figures, or is about them: ``use`` describes it."""

    @property
    def use(self) -> Use:
        """The use; kept among the node's attributes, so that copies have it too."""
        return self.attributes["use"]

    def become_unfit(self) -> None:
        """Note that it may not be shown."""
        self.attributes["use"] = replace(self.use, unfit=True)


class Generated(nodes.Element):
    """A node whose words were not typed by an editor."""


def _visited_as(kind: type[nodes.Element]) -> Callable[[type[Made]], type[Made]]:
    """Have visitors treat nodes of a class as those of ``kind``: docutils looks at a class’s name, not its bases.

    Pickles use the qualified name, which stays.
    """

    def rename(cls: type[Made]) -> type[Made]:
        cls.__name__ = kind.__name__
        return cls

    return rename


@_visited_as(nodes.inline)
class live(Used, Generated, nodes.inline):
    """A number or word that a role made."""


@_visited_as(nodes.reference)
class live_link(Used, Generated, nodes.reference):
    """A number that a role made, with a row of its own among all figures."""


@_visited_as(nodes.inline)
class statement(Used, nodes.inline):
    """A sentence that is bound to a test, or an alternative to one."""

    @property
    def name(self) -> str:
        """The claim that it is bound to; also where the page makes it twice."""
        return (self["names"] or self["dupnames"] or self["ids"] or [""])[0]


@_visited_as(addnodes.pending_xref)
class lost_xref(Used, addnodes.pending_xref):
    """A reference to a chart that this edition lacks."""


@_visited_as(nodes.inline)
class draft_note(Generated, nodes.inline):
    """A note in a draft on a statement that does not hold."""


@_visited_as(nodes.inline)
class of_wave(Generated, nodes.inline):
    """The wave of a figure that is the newest there is, behind it."""


@_visited_as(nodes.reference)
class break_mark(Generated, nodes.reference):
    """An asterisk that leads from a comparison to a remark on it."""


@_visited_as(nodes.container)
class remark(Generated, nodes.container):
    """The remarks on the comparisons of a page."""


@_visited_as(nodes.section)
class made_section(Generated, nodes.section):
    """A section that a directive made."""


@_visited_as(nodes.paragraph)
class made_paragraph(Generated, nodes.paragraph):
    """A paragraph that a directive made."""


@_visited_as(nodes.raw)
class drawn(Generated, nodes.raw):
    """HTML that a role made."""


def use_of(node: nodes.Node) -> Use | None:
    """The use of a node that a role made; None for all other nodes."""
    return node.use if isinstance(node, (live, live_link)) else None
