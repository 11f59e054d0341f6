"""The sparks of a page, drawn together: on one axis of time, and those of one list or table on one scale."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from wavebook.charts import sparks
from wavebook.pages.ancestors import above
from wavebook.pages.records import book_of
from wavebook.pages.uses import drawn

_SETS = (nodes.bullet_list, nodes.enumerated_list, nodes.definition_list, nodes.table)


class SparkTransform(SphinxTransform):
    """Draw the sparks of a page again, now that all of them are known."""

    default_priority = 875  # after the parts that this edition does not show are gone (870)

    def apply(self, **kwargs) -> None:
        """Change the page's doctree in place."""
        figures = book_of(self.env).figures
        sets: dict[nodes.Node, list[drawn]] = {}
        for node in self.document.findall(drawn):
            if "spark" in node:
                sets.setdefault(_set_of(node), []).append(node)
        series = [[figures.series(node["spark"]) for node in together] for together in sets.values()]
        for together, pictures in zip(sets.values(), sparks.sparks(series, figures), strict=True):
            for node, picture in zip(together, pictures, strict=True):
                node[:] = [nodes.Text(picture)]


def _set_of(node: nodes.Node) -> nodes.Node:
    """The outermost list or table that holds a node, or else its page."""
    *_, page = around = [*above(node)]
    return next((holder for holder in reversed(around) if isinstance(holder, _SETS)), page)


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.add_transform(SparkTransform)
