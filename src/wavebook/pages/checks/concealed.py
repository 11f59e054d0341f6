"""Characters that no reader sees in the text of a page, where its source has them by number or name: ``&#8203;``.

One that stands in the source itself is found before the page is read.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from docutils import nodes

from wavebook.core.unseen import Unseen, unseen
from wavebook.pages.ancestors import is_in, line_of
from wavebook.pages.checks.prose import SAID, SAYING
from wavebook.pages.uses import Generated

_ENTITY = re.compile(r"&#?\w+;")


def concealed(document: nodes.document) -> Iterator[tuple[nodes.Node, Unseen]]:
    """Each text of a page that holds such a character, with the first of these."""
    texts: list[tuple[nodes.Node, str]] = [(node, node.astext()) for node in document.findall(nodes.Text)]
    texts += [(raw, html.unescape(raw.astext())) for raw in document.findall(nodes.raw) if not is_in(raw, Generated)]
    saying = (node for node in document.findall(nodes.Element) if isinstance(node, SAYING))
    texts += [(node, str(node.get(name, ""))) for node in saying for name in SAID]
    for node, text in texts:
        if found := unseen(text):
            yield node, found


def line_in(source: str, node: nodes.Node) -> int:
    """The line of a page's ``source`` on which the character of a text is written."""
    first = line_of(node)
    for number, line in enumerate(source.splitlines()[first - 1 :], first):
        if any(unseen(f"a{html.unescape(entity)}a") for entity in _ENTITY.findall(line)):
            return number
    return first
