"""A small book of which figures have errors and numbers, in two breakdowns, one cell of it hidden; its tables book."""

import io

import openpyxl
import pytest
from crossed import AGES

from wavebook.definitions.model import Source
from wavebook.pages.banners import workbook
from wavebook.pages.banners.about import Publication
from wavebook.pages.banners.layout import Layout, Options

ABOUT = Publication("Boek & meer", "Iemand", "CC BY 4.0", "https://x.nl/licentie", "https://x.nl/")
# indicator, breakdown, segment, category: value, standard error, n; of 2014
FIGURES = {
    ("grade", "", "", ""): ("6.93", "0.02", "2000"),
    ("grade", "theme", "work", ""): ("7.21", "0.04", "900"),
    ("grade", "theme", "school", ""): ("6.54", "0.05", "700"),
    ("grade", "age", "18_34", ""): ("6.8", "0.1", "25"),
    ("grade", "age", "35_up", ""): ("7.4", "0.05", "900"),
    ("share", "", "", "yes"): ("14.26", "0.8", "2000"),
    ("share", "", "", "no"): ("70.1", "1", "2000"),
    ("share", "theme", "work", "yes"): ("22.4", "1.4", "900"),
    ("share", "theme", "school", "yes"): ("10.2", "1.2", "700"),
    ("share", "theme", "work", "no"): None,
    ("share", "theme", "school", "no"): ("66.6", "1.8", "690"),
}


def emptied(small):
    """The small book without figures in its last wave; what is declared for them is used in its first."""
    table = small.path("figures/2014.csv")
    table.write_text(table.read_text().splitlines()[0] + "\n")
    small.add("2010", indicator="grade", population="citizens", value="6.6", unit="grade")
    small.add("2010", indicator="share", category="maybe", value="7", unit="percent")
    for segment in ("work", "school"):
        small.add("2010", indicator="grade", segment_by="theme", segment=segment, value="6.6", unit="grade")
    return small


def bannered(small):
    """The small book with these figures in its last wave, by age too."""
    small.edit("indicators.toml", "[bases.people]", AGES.partition("\n\n")[2] + "\n[bases.people]")
    emptied(small)
    for (indicator, by, segment, category), told in FIGURES.items():
        unit = "grade" if indicator == "grade" else "percent"
        cells = {"indicator": indicator, "segment_by": by, "segment": segment, "category": category, "unit": unit}
        if told is None:
            small.add("2014", **cells, status="suppressed")
            continue
        value, se, n = told
        ends = [f"{float(value) + way * 1.96 * float(se):.4f}" for way in (-1, 1)]
        numbers = {"value": value, "se": se, "n": n, "n_effective": n, "ci_low": ends[0], "ci_high": ends[1]}
        small.add("2014", **cells, **numbers, status="estimated")
    return small


def sourced(figures):
    """Figures by hand, with the source that they name."""
    figures.definitions.sources["s"] = Source(author="Jansen", others=False, title="Rapport", year="2015")
    return figures


def book_of(figures, publication=ABOUT, **options):
    """The bytes of a tables book, read by a program that readers use."""
    return openpyxl.load_workbook(io.BytesIO(bytes_of(figures, publication, **options)))


def bytes_of(figures, publication=ABOUT, **options):
    file = io.BytesIO()
    workbook.write(file, Layout(figures, Options(**options)), publication)
    return file.getvalue()


def rows_of(sheet):
    """The rows of a table's sheet by name and figure, each with its cells by the name of the column."""
    names = [cell.value for cell in sheet[5]]
    found = {}
    for row in sheet.iter_rows(min_row=7):
        if row[0].value is None:
            break
        found[row[0].value, row[1].value] = {
            name: cell for name, cell in zip(names[2:], row[2:], strict=True) if cell.value is not None
        }
    return found


def values_of(row):
    return {
        name: cell.value if isinstance(cell.value, str) else pytest.approx(cell.value) for name, cell in row.items()
    }
