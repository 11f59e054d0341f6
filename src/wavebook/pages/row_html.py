"""HTML of pages of figures and of their index, and the names by which a script finds a row."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from docutils import nodes
from markupsafe import Markup, escape

from wavebook.core.text import capital
from wavebook.figures import Figures
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages import columns, downloads, figure_tables
from wavebook.pages.banners import download
from wavebook.pages.parts import part
from wavebook.pages.records import Book, book_of
from wavebook.pages.row_pages import FOLDER, Layout, RowPage, about, anchor_of, row_index, title

NAMES = f"{FOLDER}/names.js"
"""The names of segments and categories, which the index loads when a reader searches or comes with an old address."""
_BETWEEN = "\0"  # in no text of a book
ANCHORS = 2000
"""The most rows about everyone that have their anchor in the index too."""


def body(figures: Figures, page: RowPage, index: str) -> str:
    """One page of figures; ``index`` is the address of the page that lists them all."""
    words, language = words_in(figures.language).tables, figures.language
    name, rows = title(figures, page), figures.rows.take(page.rows)
    kinds, whole = downloads.series_files(figures, page.indicator), page.breakdown is None
    shown = columns.columns_of(figures, page.indicator, rows, whole=whole)
    without = columns.unknown(rows) if figures.of_people(page.indicator) else ()
    made = {
        "title": name,
        "text": figure_tables.about(figures, page.indicator, rows if whole else None),
        "series": wording.headed(words["series"], "", language),
        "files": [(kind.upper(), f"../data/{page.indicator}.{kind}") for kind in kinds],
        "index": index,
        "all": words["all_series"],
        "marks": [*figure_tables.legend(figures, rows), *filter(None, [" ".join(columns.said(without, language))])],
        "label": f"{name}. {words['scroll']}",
        "head": [(column in columns.NUMERIC, words[column]) for column in shown],
        "rows": Markup("\n".join(_rows(figures, page, shown))),
    }
    return str(part("row_page", made))


def _rows(figures: Figures, page: RowPage, shown: Sequence[str]) -> Iterator[str]:
    """The rows as a small table has them, but for the link of each source to the list of sources."""
    waves, series, sources = {}, {}, {}
    for figure in figures.rows.take(page.rows).in_parts():
        key, named = figure.key, (figure.source, figure.locator)
        if key.wave not in waves:
            waves[key.wave] = escape(figures.called(key.wave))
        of = key[1:]
        if of not in series:
            what = figure_tables.what_of(figures, key)
            series[of] = f"<td{_wide(what)}>{escape(what)}</td>" if "what" in shown else ""
        if named not in sources:
            told = figures.sourced(*named)
            said = Markup("{}, {}").format(told.cited, part("said_in", told.place, told.language))
            sources[named] = f"<td{_wide(f'{told.cited}, {told.place}')}>{said}</td>"
        numbers = figure_tables.numbers_of(figures, figure)
        value, n, interval = str(escape(_BETWEEN.join(numbers))).split(_BETWEEN)
        respondents = f'<td class="num">{n}</td>' if "n" in shown else ""
        reach = f"<td{_wide(numbers[2])}>{interval}</td>" if "ci" in shown else ""
        yield (
            f'<tr id="{key.anchor}"><td>{waves[key.wave]}</td>{series[of]}<td class="num">{value}</td>'
            f"{respondents}{reach}{sources[named]}</tr>"
        )


def _wide(text: str) -> str:
    return ' class="long"' if len(text) > 15 else ""


# --- the index --------------------------------------------------------------------------------------------


def index_node(layout: Layout) -> row_index:
    """The place of the index on a page, with the names of all series for the search."""
    figures = layout.figures
    series = [
        (_entry(name), wording.headed(item.name[figures.language], item.definition[figures.language], figures.language))
        for name in figures.rows.words["indicator"].used()
        for item in [figures.definitions.indicators[name]]
    ]
    return row_index("", series=series)


def _entry(indicator: str) -> str:
    """The address of an indicator in the index."""
    return indicator.replace("_", "-")


def visit_index(self, node: row_index) -> None:
    """Write the index; on a page that holds the whole book there are no pages to lead to."""
    book = book_of(self.builder.env)
    single = self.builder.name == "singlehtml"
    here = self.builder.current_docname

    def address(name: str) -> str:
        return "" if single else self.builder.get_relative_uri(here, name)

    self.body.append(index_html(book, address))
    raise nodes.SkipNode


def index_html(book: Book, address: Callable[[str], str]) -> str:
    """The list of all pages of figures; ``address`` gives that of a page, and nothing where pages have none."""
    figures, layout = book.figures, book.layout
    words, language, d = words_in(book.language).tables, figures.language, figures.definitions
    anchors = _anchors(layout)
    groups: dict[str, list[dict]] = {}
    for page in layout.pages:
        groups.setdefault(page.indicator, []).append(
            {
                "href": address(page.name),
                "text": about(figures, page) or words["all_rows"],
                "by": page.breakdown,
                "first": ",".join(map(str, page.first)),
                "last": ",".join(map(str, page.last)),
                "rows": anchors.get(page.name, ()),
            }
        )
    listed = [
        {
            "id": _entry(name),
            "name": capital(d.indicators[name].name[language]),
            "text": d.indicators[name].definition[language],
            "pages": pages,
        }
        for name, pages in groups.items()
    ]
    count = wording.number(len(figures), 0, language)
    legend = list(figure_tables.legend(figures, figures.rows))
    script = address("x").removesuffix("x.html") + NAMES if address("x") else ""
    more = words_in(language).banners if download.is_there(figures) else {}
    tables = (
        {"file": download.NAME, "title": wording.headed(more["title"], "", language), "text": more["workbook"]}
        if more
        else {}
    )
    return str(part("row_index", words, words["pages_are"].format(count=count), listed, script, legend, tables))


def _anchors(layout: Layout) -> dict[str, list[tuple[str, str]]]:
    """By page, the anchors of the newest figures about everyone, and what each is of.

    An address in an earlier, smaller table leads to the entry in the index where no script can lead to the row.
    """
    figures, rows, order = layout.figures, layout.figures.rows, layout.figures.definitions.order
    everyone = np.flatnonzero(rows.words["segment_by"].having(""))
    newest = sorted(map(int, everyone), key=lambda row: order(rows.words["wave"].at(row)), reverse=True)[:ANCHORS]
    found: dict[str, list[tuple[str, str]]] = {}
    for key in sorted((rows.key(row) for row in newest), key=lambda key: (key.category, order(key.wave))):
        told = ", ".join(filter(None, (figures.label(key) if key.category else "", figures.called(key.wave))))
        found.setdefault(layout.page_of(key), []).append((key.anchor, told))
    return found


def names_script(layout: Layout) -> bytes:
    """The script with the names of segments, and their parts of an anchor, in the order of the pages."""
    figures, d = layout.figures, layout.figures.definitions
    rows, language = figures.rows, figures.language

    def label(by: str, segment: str) -> str:
        return figures.segment_label(key._replace(segment_by=by, segment=segment))

    key = next(iter(rows))
    segments = {
        by: [[anchor_of(rows, by, value), label(by, value)] for value in values]
        for by, values in layout.segments.items()
    }
    categories = {
        name.replace("_", "-"): [re.sub(r"[^a-z0-9]+", "-", value) for value in d.indicators[name].categories]
        for name in rows.words["indicator"].used()
        if d.indicators[name].categories
    }
    told = json.dumps({"segments": segments, "categories": categories, "language": language}, ensure_ascii=False)
    return f"rowNames({told.replace('<', chr(92) + 'u003c')});\n".encode()
