"""The tables book beside the pages, for readers: where there is one, it is a download of the edition."""

from __future__ import annotations

import io

from docutils import nodes

from wavebook.figures import Figures
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages.banners.about import Publication

NAME = "tables.xlsx"
MOST = 20_000
"""The most figures of a book of which each build makes it; for a larger one there is the command."""


def is_there(figures: Figures) -> bool:
    """Tell whether an edition has a tables book: its wave has breakdowns, and it is not about one of their segments."""
    if figures.segment or len(figures) > MOST:
        return False
    words = figures.rows.words
    return bool((words["wave"].having(figures.wave) & ~words["segment_by"].having("")).any())


def content(figures: Figures, publication: Publication) -> bytes:
    """The workbook of an edition."""
    from wavebook.pages.banners.layout import Layout, Options
    from wavebook.pages.banners.workbook import write

    file = io.BytesIO()
    write(file, Layout(figures, Options()), publication)
    return file.getvalue()


def link(figures: Figures) -> list[nodes.Element]:
    """A line with the link to it, for a page of figures; none where there is none."""
    if not is_there(figures):
        return []
    words = words_in(figures.language).banners
    heading = nodes.Text(wording.headed(words["title"], "", figures.language))
    there = nodes.reference("", words["workbook"], refuri=f"data/{NAME}", internal=True)
    return [nodes.paragraph("", "", heading, there, classes=["downloads"])]
