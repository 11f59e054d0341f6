"""The picture that represents a page where it is shared: that of its first chart, or else the book's first."""

from __future__ import annotations

from sphinx.application import Sphinx

from wavebook.pages.chart_pages import CARD
from wavebook.pages.records import book_of, charts_of, in_order, records

SIZE = CARD  # px, the size that consumers of OpenGraph crop least


def picture(app: Sphinx, pagename: str) -> tuple[str, str]:
    """Address and text of the picture that represents a page; empty for one of many editions, which has none."""
    if book_of(app.env).among:
        return "", ""
    for name in (pagename, *in_order(app.env)):
        for chart, headline in charts_of(records(app.env).get(name, ())).items():
            return f"social/{chart}.png", headline
    return "", ""
