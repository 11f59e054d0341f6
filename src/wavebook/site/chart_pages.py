"""The files of each chart outside its story: its page, what can be downloaded, and the picture where it is shared."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from sphinx.application import Sphinx

from wavebook.charts import house, pictures
from wavebook.core import hashes
from wavebook.core.files import keep_only, write_whole
from wavebook.core.languages import below
from wavebook.core.problems import Problem
from wavebook.pages import chart_pages, chart_workbook, downloads
from wavebook.pages.chart_alone import FOLDER, ChartAlone, has_page
from wavebook.pages.records import Book, book_of, charts_of, in_order, records
from wavebook.pages.shown import charts_in

OEMBED = "oembed.json"


def charts(app: Sphinx) -> Iterator[ChartAlone]:
    """Every chart of the pages, each once, with the first page that shows it."""
    config, options, book = app.config, app.config.html_theme_options, book_of(app.env)
    found: set[str] = set()
    for page in dict.fromkeys([*in_order(app.env), *sorted(records(app.env))]):
        for name, caption in charts_of(records(app.env).get(page, ())).items():
            if name in found or name not in book.results.charts:
                continue
            found.add(name)
            yield ChartAlone(
                book.results.charts[name],
                book,
                headline=caption,
                story=f"{app.builder.get_target_uri(page)}#fig-{name}",
                story_title=app.env.titles[page].astext(),
                site=config.html_baseurl or "",
                author=config.author,
                licence=options.get("licence", ""),
                licence_url=options.get("licence_url", ""),
                twins=_twins(book, page, name),
            )


def _twins(book: Book, page: str, name: str) -> tuple[str, ...]:
    """The languages in which the twin of a page shows the same chart; empty when there is none but its own."""

    def shows(code: str) -> bool:
        return name in charts_in(book.root / "book" / below(code, book.languages) / f"{page}.md")

    found = tuple(code for code in book.languages if code == book.language or shows(code))
    return found if len(found) > 1 else ()


def names(app: Sphinx) -> set[str]:
    """The names of the pages of charts in the site; none under another theme, or for paper."""
    return {f"{FOLDER}/{chart.name}" for chart in charts(app)} if has_page(app.builder) else set()


def _kinds(app: Sphinx) -> list[str]:
    pages = ["html", *([OEMBED] if app.config.html_baseurl else [])]
    return [*book_of(app.env).chart_files, *(pages if has_page(app.builder) else [])]


def draw_later(app: Sphinx, shown: Iterable[ChartAlone]) -> None:
    """Have the files of charts made while the pages are written; remove those of charts that are gone."""
    book, folder, kinds = book_of(app.env), Path(app.outdir, FOLDER), _kinds(app)
    shown = list(shown)
    keep_only(folder, [f"{chart.name}.{kind}" for chart in shown for kind in kinds])
    keep_only(Path(app.outdir, "social"), [f"{chart.name}.png" for chart in shown if _has_cards(app)])
    for chart in sorted(shown, key=lambda chart: chart.name):
        book.later(write, folder, chart, kinds, kept=Path(app.doctreedir, FOLDER), icon=_icon(app))
        if _has_cards(app):
            kept, card = (Path(place, "social") for place in (app.doctreedir, app.outdir))
            book.later(write_card, kept / f"{chart.name}.svg", card / f"{chart.name}.png", chart)


def _has_cards(app: Sphinx) -> bool:
    """Tell whether charts have pictures to share; drawing them takes too long for many editions."""
    return app.builder.name == "html" and not book_of(app.env).among


def _icon(app: Sphinx) -> str:
    """The address of a book's own icon from the page of a chart."""
    name = app.config.html_favicon
    return f"../_static/{os.path.basename(name)}" if name else ""


def write(folder: Path, chart: ChartAlone, kinds: Iterable[str], *, kept: Path, icon: str = "") -> None:
    """The files of a chart of these kinds; only those that differ are written.

    ``kept`` is a folder in which to note what they were made from, where making them takes longer than comparing.
    """
    palette = house.palette(chart.book.style)
    drawing = partial(pictures.standalone, chart.payload, chart.imprint, palette)
    made = {
        "csv": lambda: chart.payload["csv"].encode(),
        "html": lambda: chart_pages.page(chart, icon=icon),
        OEMBED: lambda: chart_pages.oembed(chart),
    }
    for kind in made.keys() & set(kinds):
        write_whole(folder / f"{chart.name}.{kind}", made[kind]())
    if "xlsx" in kinds:
        _write_workbook(folder / f"{chart.name}.xlsx", chart, kept)
    if "png" in kinds:
        downloads.write_picture(folder / f"{chart.name}.svg", folder / f"{chart.name}.png", drawing(), scale=2)
    else:
        write_whole(folder / f"{chart.name}.svg", drawing().encode())


def _write_workbook(path: Path, chart: ChartAlone, kept: Path) -> None:
    """The workbook of a chart, unless the one that is there was made from the same and is as it was."""
    note, told = kept / f"{chart.name}.xlsx.json", (chart.headline, chart.subtitle, chart.warnings, chart.about)
    made_from = hashes.of(repr((chart.book.code, chart.language, chart.author, chart.payload["csv"], told)))
    with suppress(OSError, ValueError):
        if json.loads(note.read_bytes()) == [made_from, hashes.of(path.read_bytes())]:
            return
    content = chart_workbook.workbook(chart)
    write_whole(path, content)
    write_whole(note, json.dumps([made_from, hashes.of(content)]).encode())


def write_card(kept: Path, card: Path, chart: ChartAlone) -> None:
    """The picture of a chart where it is shared, drawn only if it differs from the one kept as SVG."""
    palette = house.palette(chart.book.style)
    picture = pictures.social(chart.payload, chart.card, card=chart_pages.CARD, palette=palette)
    downloads.write_picture(kept, card, picture, scale=1)


def problems(book: Book) -> Iterator[Problem]:
    """Colours of the house style in which no picture can be drawn, as pages alone know what they mean."""
    for name, value in house.faults(book.style):
        found = f"is {value[:60]}, which pictures to download and to share cannot be drawn in"
        action = "Write it as #rrggbb, rgb(), hsl() or a name of a colour, without transparency."
        yield Problem("W441", f"book/_static/house-style.css, {name}", found, action)
