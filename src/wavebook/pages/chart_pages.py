"""A chart on a page of its own, without scripts, and the frame in which another site shows it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from wavebook.charts import svg
from wavebook.charts.theme import wrap
from wavebook.core.languages import below
from wavebook.core.writing import json_file
from wavebook.language.words import words_in
from wavebook.pages import chart_kit
from wavebook.pages.chart_alone import ChartAlone, Sourced, address
from wavebook.pages.parts import part, whole

CARD = (1200, 630)
"""px of the picture that represents a chart, or a page, where a link to it is shared."""
_SIDES, _TOP = 32, 24  # px around what a frame shows, as in theme/static/chart.css
_NARROWEST, _WIDE = 280, 544  # px of room: a frame on a phone of 320, and from where on the wide drawing is shown
_ROW = 48  # px of a row of a table, some of which take two lines
_WIDEST = {"narrow": 352, "wide": 608}  # px that a drawing gets at most on its page


def height(chart: ChartAlone) -> int:
    """The px that a frame needs to show headline, picture and source at any width from 280 px, without scrolling."""
    return max(_height(chart, room) for room in (_NARROWEST, _WIDEST["narrow"], _WIDE - 1, _WIDE, _WIDEST["wide"]))


def _height(chart: ChartAlone, room: int) -> int:
    """The same where lines are ``room`` px long."""
    variant = "wide" if room >= _WIDE else "narrow"
    across, up = svg.size(chart.payload["svg"][variant])
    drawn = up * min(room, _WIDEST[variant]) / across
    if table := chart.payload.get("html"):
        drawn = _ROW * table.count("<tr")
    told = words_in(chart.language).travel["story"].format(title=chart.story_title)
    source = "; ".join(chart.payload["sources"]) + chart.licence + " " * 12
    languages = "".join(f" · {words_in(code).name}" for code in chart.twins if code != chart.language)
    texts = ((chart.headline, 20, 26), (chart.subtitle, 15, 21), (source, 13, 19), (told + languages, 13, 27))
    lines = sum(pixels * len(wrap(text, room, size)) for text, size, pixels in texts if text)
    warned = sum(8 + 22 * len(wrap(text, room, 15)) + 9 for text in chart.warnings)
    return round(warned + _TOP + drawn + lines + 4 + 8 + 13)


def frame(chart: ChartAlone) -> str:
    """HTML for another site that shows the chart; empty where the address of the site is not known.

    What stands below the chart on its page can be scrolled to, so that enlarged text is never cut off.
    """
    if not chart.url:
        return ""
    return (
        f'<iframe src="{escape(chart.url)}" title="{escape(" ".join(chart.headline.split()))}" width="100%" '
        f'height="{height(chart)}" loading="lazy" style="border:0;max-width:{_WIDEST["wide"] + _SIDES}px"></iframe>'
    )


def oembed(chart: ChartAlone) -> bytes:
    """The frame as oEmbed 1.0, for systems that make one of a link: https://oembed.com."""
    card = f"{chart.site}social/{chart.name}.png"
    pictured = {"thumbnail_url": card, "thumbnail_width": CARD[0], "thumbnail_height": CARD[1]}
    return json_file(
        {
            "version": "1.0",
            "type": "rich",
            "title": chart.headline,
            "author_name": chart.author,
            "provider_name": chart.book.title,
            "provider_url": chart.site,
            "html": frame(chart),
            "width": _WIDEST["wide"] + _SIDES,
            "height": height(chart),
            **({} if chart.book.among else pictured),
        }
    )


def page(chart: ChartAlone, *, icon: str = "") -> bytes:
    """The page of a chart; ``icon`` is the address of the site's picture, from this page."""
    book, language = chart.book, chart.language
    words = words_in(language)
    up = "../../../" if book.among and book.below else "../../"
    static = f"{up if book.among else '../'}{book.below if book.among else ''}_static/"
    frozen = words.theme.words["frozen"].format(wave=book.figures.called(book.figures.wave))
    return whole(
        "chart.html",
        chart=chart,
        words=words.theme.words,
        told=words.travel,
        tables=words.tables,
        colon=words.notation.colon,
        semicolon=words.notation.semicolon,
        properties=_properties(chart),
        card=not book.among,
        static=static,
        icon=icon or f"{static}favicon.svg",
        alternates=[(code, _twin(chart, code, chart.site)) for code in chart.twins],
        twins=[(code, _twin(chart, code, ""), words_in(code).name) for code in chart.twins if code != language],
        oembed=f"{chart.site}{address(chart.name, 'oembed.json')}",
        classes=" ".join(chart_kit.classes(chart.payload)),
        drawings=list(_drawings(chart)),
        in_place=Markup(chart.payload.get("html", "")),
        frozen=frozen if book.archive.get("place") else "",
        newest=f"../{'../' if book.below else ''}../{book.below}index.html",
        table=chart.payload["table"],
        files=[(kind, f"{chart.name}.{kind}") for kind in book.chart_files],
        about=[(term, [text for _, text in group]) for term, group in groupby(_about(chart), lambda item: item[0])],
        frame=frame(chart),
    ).encode()


def _drawings(chart: ChartAlone) -> Iterator[tuple[str, Markup]]:
    """Both widths as inline SVG with a name and a description; the page shows the one that fits.

    None for a table, which is on the page as one.
    """
    if chart.payload.get("html"):
        return
    told: dict[str, Any] = {"title": chart.headline, "description": chart.payload["summary"]}
    for width, drawing in chart.payload["svg"].items():
        identity = f"chart-{chart.name}-{width}"
        yield width, Markup(svg.described(drawing, id=identity, language=chart.language, **told))


def _about(chart: ChartAlone) -> Iterator[tuple[str, str | Markup]]:
    """What the page says of the chart, with links, and what is in another language marked."""
    sources = {str(source): source for source in chart.sources}
    for term, text in chart.about:
        if text in sources:
            yield term, _sourced(sources[text])
        elif text == chart.url:
            yield term, _url(text)
        elif chart.licence_url and text.endswith(chart.licence_url):
            yield term, part("link", chart.licence_url, chart.licence or chart.licence_url)
        else:
            yield term, text


def _sourced(source: Sourced) -> Markup:
    """A source in full."""
    title = Markup("<cite>{}</cite>").format(part("said_in", source.title, source.title_language))
    place = part("said_in", source.place, source.place_language)
    told = Markup("{}. {}, {}.").format(source.cited, title, place) if source.title else f"{source.cited}, {place}."
    return Markup("{} {}").format(told, _url(source.url)) if source.url else Markup(told)


def _url(address: str) -> Markup:
    """A link that shows its address, which paper then need not repeat."""
    return Markup('<a class="url" href="{}">{}</a>').format(address, address)


def _properties(chart: ChartAlone) -> list[tuple[str, str]]:
    """OpenGraph: what a system shows where somebody shares the address."""
    root = chart.site or "../"
    card = {
        "og:image": f"{root}social/{chart.name}.png",
        "og:image:width": str(CARD[0]),
        "og:image:height": str(CARD[1]),
        "og:image:alt": chart.payload["summary"],
    }
    named = {
        "og:title": chart.headline,
        "og:description": chart.subtitle,
        "og:type": "article",
        "og:locale": words_in(chart.language).locale,
        "og:site_name": chart.book.title,
        "og:url": chart.url,
        **({} if chart.book.among else card),
    }
    return [(name, value) for name, value in named.items() if value]


def _twin(chart: ChartAlone, language: str, site: str) -> str:
    """The address of the same chart's page in another language: from this page, or absolute with that of its folder."""
    book = chart.book
    folder, own = below(language, book.languages), book.below
    if site:
        return urljoin(site.removesuffix(own) if own else site, f"{folder}{address(chart.name)}")
    return f"{'../../' if own else '../'}{folder}{address(chart.name)}"
