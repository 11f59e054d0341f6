"""Apostrophes before a word, which Sphinx would take for the opening of a quotation: ’s avonds, de jaren ’90."""

from __future__ import annotations

import re
from functools import cache

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import is_smartquotable

from wavebook.core.units import Language
from wavebook.language.words import words_in


class ApostropheTransform(SphinxTransform):
    """Write such an apostrophe as printers do, where it was typed straight."""

    default_priority = 748  # before Sphinx's quotation marks (750)

    def apply(self, **kwargs: object) -> None:
        """Change the texts of a page."""
        language = self.env.config.language
        for node in [*self.document.findall(nodes.Text)] if self.env.settings["smart_quotes"] else ():
            if "'" in node and is_smartquotable(node):
                node.parent.replace(node, nodes.Text(written(node.astext(), language)))


def written(text: str, language: Language) -> str:
    """A text with the apostrophes of its language before words.

    >>> written("'s Avonds, in de jaren '90, zei hij: 'u bent welkom'", "nl")
    "’s Avonds, in de jaren ’90, zei hij: 'u bent welkom'"
    """
    return _before(language).sub("’", text)


@cache
def _before(language: Language) -> re.Pattern[str]:
    words = words_in(language).prose.shortened or r"(?!)"
    return re.compile(rf"(?<![\w'’])'(?=(?:{words})(?![\w'’])|\d\d(?!\w|'))", re.IGNORECASE)


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.add_transform(ApostropheTransform)
