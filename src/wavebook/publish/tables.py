"""The tables book: all figures of a wave by group, as a workbook for those who commissioned the survey."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from wavebook.core import files, languages
from wavebook.core.units import Language
from wavebook.figures import load
from wavebook.pages.banners import workbook
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
    tell: Callable[[str], None] = lambda _: None,
) -> list[tuple[Path, int]]:
    """Write the tables of a wave to _build/tables/, one file a language; each file with its number of tables.

    A file is replaced whole, and none is when the tables of some language cannot be made.

    Raises
    ------
    ProblemsError
        Every fault of declarations, figures or settings, or tables that cannot be made (W530–W532).
    """
    planned: list[tuple[Path, Layout, Publication]] = []
    for code in [language] if language else languages.declared(root):
        figures = load(root, wave=wave, population=population, language=code)
        told = publication(settings(root, code))
        parts = [slug(told.title) or "tables", figures.wave, figures.population, code]
        name = f"{'-'.join(filter(None, parts))}.xlsx"
        planned.append(((output or root / "_build" / "tables") / name, Layout(figures, asked), told))
    made: list[tuple[Path, int]] = []
    for path, layout, told in planned:
        tell(f"writing {path.name}")
        with files.writing(path.resolve()) as file:
            made.append((path, workbook.write(file, layout, told)))
    return made


def publication(config: dict[str, Any]) -> Publication:
    """The publication by its settings."""
    options: dict[str, str] = config.get("html_theme_options", {})
    return Publication(
        title=str(config.get("html_title", "")),
        author=str(config.get("author", "")),
        licence=str(options.get("licence") or ""),
        licence_url=str(options.get("licence_url") or ""),
        url=str(config.get("html_baseurl") or ""),
    )
