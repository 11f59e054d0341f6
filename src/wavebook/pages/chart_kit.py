"""A chart on a page: its figure, and the lines under it."""

from __future__ import annotations

import re

from docutils import nodes
from markupsafe import Markup

from wavebook.charts import svg
from wavebook.core.text import capital
from wavebook.figures import Figures
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages.parts import part
from wavebook.pages.records import book_of
from wavebook.pages.uses import Used


class chart(Used, nodes.figure):
    """A chart with its caption: drawings by width (``svg``), their ``summary`` and ``language``, and its ``name``."""


class chart_kit(nodes.Element):
    """The lines under a chart: sources, notes and figures of its ``payload``, and files of these ``kinds``.

    ``caption`` is the chart's, before anything was left out of it, and ``language`` the page's.
    """


def visit_chart(self, node: chart) -> None:
    """Open a figure with both widths of its chart."""
    caption = next(node.findall(nodes.caption)).astext()
    identity = node["ids"][0]
    self.body.append(self.starttag(node, "figure"))
    self.body.append(chart_svg(node, identity, caption))


def depart_chart(self, node: chart) -> None:
    """Close it."""
    self.body.append("</figure>\n")


def visit_kit(self, node: chart_kit) -> None:
    """Put the lines under a chart outside its caption."""
    page, config = self.builder.current_docname, self.builder.config
    figure = node.parent
    address = f"{config.html_baseurl or ''}{self.builder.get_target_uri(page)}#{figure['ids'][0]}"
    caption = " ".join(next(figure.findall(nodes.caption)).astext().split())
    cited = citation(book_of(self.builder.env), config, address, caption)
    self.body.append(f"</figcaption>\n{kit_html(node, '../' * page.count('/'), cited)}\n")
    raise nodes.SkipNode


def chart_svg(node: nodes.Element, identity: str, caption: str) -> Markup:
    """Both widths of a chart as inline SVG with a name and a description; the page shows the one that fits."""
    told = {"title": caption, "description": node["summary"], "language": node["language"]}
    drawn = [
        (width, svg.described(drawing, id=f"{identity}-{width}", **told)) for width, drawing in node["svg"].items()
    ]
    return part("chart", [(width, Markup(drawing)) for width, drawing in drawn])


def chart_table(payload: dict, caption: str) -> Markup:
    """The figures of a chart: a table that opens on a click, named after the chart's caption."""
    words, shown = words_in(payload["language"]).tables, payload["table"]
    return part("chart_table", words, caption, shown["head"], shown["rows"])


def kit_html(kit: chart_kit, up: str, cited: str) -> Markup:
    """Source, notes, table, downloads and citation of a chart; ``up`` is the way to the site's root."""
    payload, language = kit["payload"], kit["language"]
    words, table = words_in(language).tables, chart_table(payload, kit["caption"])
    notes = " ".join(payload["notes"])
    return part("chart_kit", words, payload["name"], payload["places"], notes, table, kit["kinds"], up, cited)


def neutral_caption(payload: dict, figures: Figures) -> str:
    """The subject of a chart, without a description of what it shows."""
    names = dict.fromkeys(re.split(r"[.@]", key)[0] for key in payload["figures"])
    declared = [figures.definitions.indicators[name].name[figures.language] for name in names]
    said = wording.listing(declared, figures.language) if declared else payload["table"]["rows"][0][0]
    return f"{capital(said)}."


def citation(book, config, address: str, caption: str) -> str:
    """The citation of a chart: author, year of the edition, caption, publication and address."""
    words = words_in(book.language).tables
    return words["cited"].format(
        author=config.author,
        year=book.released[:4] or words["no_year"],
        caption=caption.rstrip("."),
        title=book.title,
        wave=book.figures.called(book.figures.wave),
        address=f"{address}.",
    )
