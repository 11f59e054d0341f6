"""The tables book beside the pages, for readers: where there is one, it is a download of the edition."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes

from wavebook.core import hashes
from wavebook.core.files import write_whole
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


@dataclass(frozen=True)
class Beside:
    """The tables book beside the pages; ``kept`` tells what it was made from, ``code`` stands for all but figures."""

    publication: Publication
    kept: Path | None = None
    code: str = ""

    def write(self, folder: Path, figures: Figures) -> None:
        """Write it, unless what is there was made from the same; nothing for an edition without one."""
        if not is_there(figures):
            return
        path = folder / NAME
        made_from = f"{self.code}\0{self.publication}\0{figures!r}\0{figures.rows.digest}"
        if self.kept and path.is_file():
            with suppress(OSError):
                if self.kept.read_text() == _stamp(made_from, path.read_bytes()):
                    return
        made = self._content(figures)
        write_whole(path, made)
        if self.kept:
            write_whole(self.kept, _stamp(made_from, made).encode())

    def _content(self, figures: Figures) -> bytes:
        from wavebook.pages.banners.layout import Layout, Options
        from wavebook.pages.banners.workbook import write

        file = io.BytesIO()
        write(file, Layout(figures, Options()), self.publication)
        return file.getvalue()


def _stamp(made_from: str, content: bytes) -> str:
    return f"{hashes.of(made_from)} {hashes.of(content)}"


def link(figures: Figures) -> list[nodes.Element]:
    """A line with the link to it, for a page of figures; none where there is none."""
    if not is_there(figures):
        return []
    words = words_in(figures.language).banners
    heading = nodes.Text(wording.headed(words["title"], "", figures.language))
    there = nodes.reference("", words["workbook"], refuri=f"data/{NAME}", internal=True)
    return [nodes.paragraph("", "", heading, there, classes=["downloads"])]
