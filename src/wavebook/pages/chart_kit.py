"""A chart on a page: its figure, and what stands under it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape

from docutils import nodes

from wavebook.charts import svg
from wavebook.figures import Figures
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages.records import book_of
from wavebook.pages.tables import scrolling
from wavebook.pages.uses import Used

UP, CITED = "<up>", "<cited>"  # no text can hold these, since all text is escaped


class chart(Used, nodes.figure):
    """A chart with its caption: drawings by width (``svg``), their ``summary`` and ``language``, and its ``name``."""


class chart_kit(nodes.Element):
    """What stands under a chart: source, notes, table and downloads, as ready HTML."""


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
    """Put what stands under a chart outside its caption."""
    page, config = self.builder.current_docname, self.builder.config
    figure = node.parent
    address = f"{config.html_baseurl or ''}{self.builder.get_target_uri(page)}#{figure['ids'][0]}"
    caption = " ".join(next(figure.findall(nodes.caption)).astext().split())
    cited = escape(citation(book_of(self.builder.env), config, address, caption))
    html = node["html"].replace(UP, "../" * page.count("/")).replace(CITED, cited)
    self.body.append("</figcaption>\n" + html)
    raise nodes.SkipNode


def chart_svg(node: nodes.Element, identity: str, caption: str) -> str:
    """Both widths of a chart as inline SVG with a name and a description; the page shows the one that fits."""
    html = []
    for width, drawing in node["svg"].items():
        named = svg.described(
            drawing,
            id=f"{identity}-{width}",
            title=caption,
            description=node["summary"],
            language=node["language"],
        )
        html.append(f'<div class="chart-{width}">{named}</div>')
    return "\n".join(html) + "\n"


def chart_table(payload: dict, caption: str) -> str:
    """The figures of a chart as HTML: a table that opens by a press, named after the chart's caption."""
    words = words_in(payload["language"]).tables
    cells = "".join(f'<th scope="col">{escape(text)}</th>' for text in payload["table"]["head"])
    rows = "".join(
        f'<tr><th scope="row">{escape(first)}</th>' + "".join(f"<td>{escape(text)}</td>" for text in rest) + "</tr>"
        for first, *rest in payload["table"]["rows"]
    )
    shown = scrolling(f"{words['data']}: {caption}", cells, rows)
    return f'<details class="chart-data"><summary>{words["data"]}</summary>{shown}</details>'


def kit_html(payload: dict, figures: Figures, kinds: Iterable[str], caption: str) -> str:
    """Source, notes, table, downloads (files of these ``kinds``) and citation of a chart as HTML.

    ``UP`` stands for the way to the site's root, ``CITED`` for what is known when the page is written.
    """
    words, name = words_in(figures.language).tables, payload["name"]
    notes = f'<p class="note">{escape(" ".join(payload["notes"]))}</p>' if payload["notes"] else ""
    source = wording.in_dutch(escape("; ".join(payload["sources"])), figures.language)
    links = [f'<a href="{UP}charts/{name}.{kind}" download>{kind.upper()}</a>' for kind in kinds]
    links.append(f'<a href="#fig-{name}">{words["permalink"]}</a>')
    return (
        f'<p class="source">{words["source"]}: {source}</p>{notes}'
        f"{chart_table(payload, caption)}"
        f'<p class="chart-downloads">{_explore(name, words)} {" ".join(links)}</p>'
        f'<details class="chart-cite"><summary>{words["cite"]}</summary><p>{CITED} '
        f"{words['source']}: {source}.</p></details>\n"
    )


def _explore(name: str, words: Mapping[str, str]) -> str:
    """The button that lets a chart be explored; hidden until the script that it needs runs."""
    told = {"other": "done", "hint": "hint", "role": "explored", "failed": "failed"}
    data = "".join(f' data-{attribute}="{escape(words[key])}"' for attribute, key in told.items())
    return f'<button type="button" class="explore" value="{name}" hidden{data}>{words["explore"]}</button>'


def neutral_caption(payload: dict, figures: Figures) -> str:
    """What a chart is about, without saying what there is to see."""
    names = dict.fromkeys(re.split(r"[.@]", key)[0] for key in payload["figures"])
    declared = [figures.definitions.indicators[name].name[figures.language] for name in names]
    said = wording.listing(declared, figures.language) if declared else payload["table"]["rows"][0][0]
    return f"{said[:1].upper()}{said[1:]}."


def citation(book, config, address: str, caption: str) -> str:
    """How a chart is cited: maker, year of the edition, caption, publication and where it stands."""
    words = words_in(book.language).tables
    return words["cited"].format(
        author=config.author,
        year=book.released[:4] or words["no_year"],
        caption=caption.rstrip("."),
        title=config.html_title,
        wave=book.figures.wave,
        address=f"{address}.",
    )
