"""A chart on a page: its message, its picture, and the line under it."""

from __future__ import annotations

import re

from docutils import nodes
from markupsafe import Markup

from wavebook.charts import svg
from wavebook.core.text import capital
from wavebook.definitions import Language
from wavebook.figures import Figures
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages import chart_alone
from wavebook.pages.parts import part
from wavebook.pages.records import book_of
from wavebook.pages.uses import Used


class chart(Used, nodes.figure):
    """A chart with its message: drawings by width (``svg``), their ``summary`` and ``language``, and its ``name``.

    Its children are the headline, a caption if there is more to say, and the line below.
    """


class headline(nodes.caption):
    """The message of a chart, above its picture."""


class chart_caption(nodes.legend):
    """What else a page says of a chart, below its picture."""


class chart_kit(nodes.Element):
    """The line under a chart: sources, notes and figures of its ``payload``, and files of these ``kinds``.

    ``explored`` is what a reader explores, if anything.
    """


def visit_chart(self, node: chart) -> None:
    """Open a figure that is named after its headline."""
    opened = self.starttag(node, "figure", "").removesuffix(">")
    self.body.append(f'{opened} aria-labelledby="{node["ids"][0]}-headline">\n')
    if self.builder.name == "singlehtml":  # on paper, picture and message stay on one page
        self.body.append('<div class="plate">')


def depart_chart(self, node: chart) -> None:
    """Close it."""
    self.body.append("</figure>\n")


def visit_headline(self, node: headline) -> None:
    """Open the message, after its number."""
    self.body.append('<figcaption>\n<p class="headline">')
    self.add_fignumber(node.parent)
    self.body.append(f'<span class="caption-text" id="{node.parent["ids"][0]}-headline">')


def depart_headline(self, node: headline) -> None:
    """Close it, and put the subtitle and both widths of the chart below it."""
    figure, said = node.parent, told(node)
    subtitle = "" if figure["subtitle"].casefold() in said.casefold() else figure["subtitle"]
    self.body.append("</span></p>\n")
    self.body.append(part("subtitle", subtitle))
    self.body.append(f"</figcaption>\n{chart_svg(figure, figure['ids'][0], said)}")
    if self.builder.name == "singlehtml":
        self.body.append("</div>\n")


def visit_caption(self, node: chart_caption) -> None:
    """Open what is said below the picture."""
    self.body.append('<div class="chart-caption">')


def depart_caption(self, node: chart_caption) -> None:
    """Close it."""
    self.body.append("</div>\n")


def visit_kit(self, node: chart_kit) -> None:
    """Put the line under a chart."""
    page, config = self.builder.current_docname, self.builder.config
    figure = node.parent
    book = book_of(self.builder.env)
    address = f"{book.lasting(config.html_baseurl or '')}{self.builder.get_target_uri(page)}#{figure['ids'][0]}"
    said = told(next(figure.findall(nodes.caption)))
    cited = citation(book, config, address, said)
    up = "../" * page.count("/")
    own = f"{up}{chart_alone.address(node['payload']['name'])}" if chart_alone.has_page(self.builder) else ""
    self.body.append(f"{kit_html(node, said, up, cited, own, licence_of(config.html_theme_options))}\n")
    raise nodes.SkipNode


def told(caption: nodes.caption) -> str:
    """The words of a headline."""
    return " ".join(caption.astext().split())


def classes(payload: dict) -> list[str]:
    """The classes of a chart; a picture keeps its own colours."""
    return ["chart", "chart-picture"] if payload.get("form") == "picture" else ["chart"]


def chart_svg(node: nodes.Element, identity: str, caption: str) -> Markup:
    """Both widths of a chart as inline SVG with a name and a description; the page shows the one that fits.

    What has HTML of its own, such as a table, is shown as that.
    """
    if node.get("html"):
        return Markup(node["html"])
    told = {"title": caption, "description": node["summary"], "language": node["language"]}
    drawn = [
        (width, svg.described(drawing, id=f"{identity}-{width}", **told)) for width, drawing in node["svg"].items()
    ]
    return part("chart", [(width, Markup(drawing)) for width, drawing in drawn])


def chart_table(payload: dict, caption: str) -> Markup:
    """The figures of a chart: a table that opens on a click, named after the chart's message."""
    words, shown = words_in(payload["language"]).tables, payload["table"]
    return part("chart_table", words, caption, shown["head"], shown["rows"])


def licence_of(options: dict[str, str]) -> tuple[str, str]:
    """The licence of a book and its address, as its settings have them."""
    return options.get("licence", ""), options.get("licence_url", "")


def kit_html(
    kit: chart_kit, caption: str, up: str, cited: str, own: str = "", licence: tuple[str, str] = ("", "")
) -> Markup:
    """The line under a chart and what is behind it; ``up`` leads to the site’s root, ``own`` to the chart’s page."""
    payload, language = kit["payload"], kit["language"]
    words, table = words_in(language).tables, chart_table(payload, caption)
    short = sources_in_short(payload["places"], language)
    named = payload["name"], payload["places"], payload["notes"]
    alone = (own, words_in(language).travel["own_page"])
    licensed = wording.headed(words_in(language).theme.words["licence"], "", language), *licence
    return part("chart_kit", words, *named, short, kit["explored"], table, kit["kinds"], up, cited, alone, licensed)


def sources_in_short(places: list, language: Language) -> str:
    """The sources of a chart without the places in them; of more than two the first, and how many there are."""
    words, names = words_in(language).tables, [*dict.fromkeys(source for source, *_ in places)]
    if len(names) > 2:
        return words["sources_more"].format(first=names[0], others=len(names) - 1)
    return words["between"].join(names)


def neutral_caption(payload: dict, figures: Figures) -> str:
    """The subject of a chart, in place of a message that does not hold."""
    names = dict.fromkeys(re.split(r"[.@]", key)[0] for key in payload["figures"])
    declared = [figures.definitions.indicators[name].name[figures.language] for name in names]
    said = wording.listing(declared, figures.language) if declared else payload["table"]["rows"][0][0]
    return wording.ended(capital(said))


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
