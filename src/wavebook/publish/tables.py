"""The tables book: all figures of a wave by group, as a workbook for those who commissioned the survey."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wavebook.core import files, languages
from wavebook.core.units import Language
from wavebook.figures import load
from wavebook.pages.banners import pages, workbook
from wavebook.pages.banners.about import Publication
from wavebook.pages.banners.layout import Layout, Options
from wavebook.pages.downloads import slug
from wavebook.site.settings import settings


def make(
    root: Path,
    asked: Options,
    *,
    wave: str | None = None,
    population: str = "",
    language: Language | None = None,
    output: Path | None = None,
    as_pages: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> list[tuple[Path, int]]:
    """Write the tables of a wave to _build/tables/, one file a language; each file with its number of tables.

    ``as_pages`` makes pages beside each file, in a folder of its name. A file is replaced whole, and none is when the
    tables of some language cannot be made.

    Raises
    ------
    ProblemsError
        Every fault of declarations, figures or settings, or tables that cannot be made (W530–W532).
    """
    planned: list[tuple[Path, Layout, Publication]] = []
    for code in [language] if language else languages.declared(root):
        figures = load(root, wave=wave, population=population, language=code)
        config = settings(root, code)
        title, author, url = (str(config.get(name) or "") for name in ("html_title", "author", "html_baseurl"))
        told = Publication.of(title, author, url, config.get("html_theme_options", {}))
        parts = [slug(told.title) or "tables", figures.wave, figures.population, code]
        name = f"{'-'.join(filter(None, parts))}.xlsx"
        planned.append(((output or root / "_build" / "tables") / name, Layout(figures, asked), told))
    made: list[tuple[Path, int]] = []
    for path, layout, told in planned:
        tell(f"writing {path.name}")
        with files.writing(path.resolve()) as file:
            made.append((path, workbook.write(file, layout, told)))
        if as_pages:
            folder = path.with_suffix("")
            made.append((folder / pages.INDEX, pages.write(folder.resolve(), layout, told)))
    return made
