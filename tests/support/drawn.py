"""Figures by hand for charts to draw, and what stands in the drawing."""

import re
import xml.etree.ElementTree as ET
from itertools import combinations

import pandas as pd

from wavebook import charts
from wavebook.charts.options import read
from wavebook.charts.rows import series_of
from wavebook.charts.theme import text_width
from wavebook.charts.through_time.line_plan import Plan
from wavebook.definitions import Break, Definitions, Fact, Indicator, Text
from wavebook.definitions.breakdowns import Breakdown
from wavebook.definitions.measurements import Wave
from wavebook.definitions.model import Base, Source
from wavebook.figures import COLUMNS, Figures, figures_of


def words(text):
    return Text(nl=text, en=text)


FACTS = {
    "towns": Fact(date="2015-08", value=39, of=393, name=words("gemeenten"), source="report", locator="page 1"),
    "target": Fact(date="2008", value=7, name=words("doel"), source="report", locator="page 1"),
}
MEASURED = Wave(name=words("meting"), bureau="Een", client=words("wij"), source="report")
SOURCES = {"report": Source(author="Jansen", others=False, title="Het rapport", year="2015")}


def edition(rows, *, breaks=(), baseline="2008", wave="2014", language="nl", facts=None, segments=None, **indicators):
    """Figures of hand-made rows ``(wave, key, value, more)``; indicators are name=(unit, categories).

    ``segments`` is {name: names of segments}, which are s0, s1 and so on in keys.
    """
    breakdowns = {
        name: Breakdown(nl=name, en=name, values={f"s{i}": words(text) for i, text in enumerate(names)})
        for name, names in (segments or {}).items()
    }
    declared = {
        name: Indicator(
            unit=unit,
            decimals=1 if unit == "grade" else 0,
            base="people",
            name=words(name),
            definition=words("Wat er is gevraagd"),
            categories={f"c{i}": words(text) for i, text in enumerate(categories)},
        )
        for name, (unit, categories) in indicators.items()
    }
    definitions = Definitions(
        languages=("nl", "en"),
        bases={"people": Base(nl="mensen", en="people")},
        populations={"total": words("iedereen")},
        indicators=declared,
        waves=dict.fromkeys(sorted({row[0] for row in rows}), MEASURED),
        breaks=tuple(Break.model_validate(b) for b in breaks),
        facts=facts or FACTS,
        segments=breakdowns,
        sources=SOURCES,
    )
    table = []
    for year, name, value, *more in rows:
        indicator, _, category = name.partition(".")
        empty = dict.fromkeys(("n", "n_effective", "se", "ci_low", "ci_high"))
        row = {**dict.fromkeys(COLUMNS, ""), **empty, "wave": year, "indicator": indicator, "category": category}
        row |= {"population": "", "value": value, "unit": declared[indicator].unit.name, "status": "published"}
        row |= {"source": "report", "locator": "tabel 1", **(more[0] if more else {})}
        table.append(row)
    frame = pd.DataFrame(table, columns=COLUMNS)
    made = figures_of(frame, definitions)
    return Figures(definitions, made, wave=wave, baseline=baseline, population="", language=language)


def broken(kind):
    return {"from": "2010", "to": "2013", "kind": kind, "reason": words("ander bureau")}


# Hard to lay out: four series that cross and end close together, many waves, intervals, long names, breaks that lie
# close together, a bar of the full width, and numbers wider than the space between ticks.
LONG = ("zeer tevreden over de dienstverlening", "tevreden <b>", "neutraal & meer", "ontevreden")


def layers(spec):
    """All unit layers of a spec, however deep."""
    for layer in spec.get("layer", []):
        yield from layers(layer) if "layer" in layer else [layer]


def rows_of(chart, mark, field):
    """The data rows of the layers with this mark whose rows have ``field``."""
    data = [(layer["mark"]["type"], layer["data"]["values"]) for layer in layers(chart.to_dict())]
    return [row for kind, rows in data if kind == mark for row in rows if field in row]


def texts(svg):
    """Every text of an SVG line by line as (text, left, top, right, bottom) in px, set wide; halos left out."""
    found = []

    def walk(element, x, y, inherited):
        inherited = {**inherited, **element.attrib}
        move = re.fullmatch(r"translate\((.+),(.+)\)", element.get("transform", "translate(0,0)"))
        x, y = x + float(move[1]), y + float(move[2])
        if element.tag.endswith("text") and "stroke" not in inherited:
            letters, down = float(inherited["font-size"]), 0.0
            for line in [element, *element]:
                down += float(line.get("dy", 0))
                if line.text:
                    width = text_width(line.text, letters, inherited.get("font-weight") == "bold")
                    left = x - {"end": 1, "middle": 0.5}.get(inherited.get("text-anchor"), 0) * width
                    found.append((line.text, left, y + down - 0.75 * letters, left + width, y + down + 0.2 * letters))
            return
        for child in element:
            walk(child, x, y, {k: v for k, v in inherited.items() if k != "transform"})

    walk(ET.fromstring(svg), 0, 0, {})
    return found


def codes(error):
    return [problem.code for problem in error.value.problems]


def crowded_charts():
    """Charts of them, by name."""
    years = ("2008", "2009", "2010", "2012", "2013", "2014", "2015", "2016", "2018")
    rows = []
    for i, year in enumerate(years):
        for category, start in {"c0": 41, "c1": 38, "c2": 36, "c3": 12}.items():
            value = start + i * 7 % 5
            if category != "c2" or year < "2016":
                interval = {"ci_low": value - 2, "ci_high": value + 2}
                rows.append((year, f"oordeel.{category}", value, interval))
        rows += [(year, f"cijfer.c{k}", 6.8 + k / 50 + int(year) / 1e4) for k in range(4)]
        rows += [(year, "gevallen", 1234567 + 1000 * i), (year, "vol", 100)]
    breaks = [
        {"from": "2012", "to": "2013", "kind": "noted", "reason": words("ander bureau")},
        {"from": "2013", "to": "2014", "kind": "noted", "reason": words("ander panel")},
        {"from": "2016", "to": "2018", "kind": "full", "reason": words("andere vraag")},
    ]
    units = {"oordeel": ("percent", LONG), "cijfer": ("grade", LONG), "gevallen": ("count", ()), "vol": ("percent", ())}
    found = edition(rows, breaks=breaks, baseline="2014", wave="2016", **units)
    later = edition(rows, breaks=breaks, baseline="2014", wave="2018", **units)
    pairs = found.select("oordeel.c0", "oordeel.c1", "cijfer", "gevallen", waves="both")
    return {
        "lijnen": charts.lines("lijnen", later.select("oordeel", waves="all")),
        "cijfers": charts.lines("cijfers", later.select("cijfer", waves="all")),
        "staven": charts.bars("staven", found.select("oordeel.c0", "oordeel.c3", "vol", waves="both")),
        "deel": charts.part("deel", found.select("oordeel.c0")),
        "halters": charts.change("halters", pairs),
    }


def alone(figures, name="way", *, root=None, headline="Kop & staart.", **more):
    """A chart outside its story: of shares in two waves, with a break and a number of respondents."""
    from page import book_with

    from wavebook.pages.chart_alone import ChartAlone

    selection = figures.select(name, waves="all")
    payload = charts.lines("kaart", selection).payload
    book = book_with(figures, root)
    book.title = "Boek"
    more = {"story": "een.html#fig-kaart", "story_title": "Één", "author": "Wij", "licence": "CC BY 4.0", **more}
    return ChartAlone(payload, book, headline, **more)


def shown(chart, width="wide"):
    """The texts of a chart in one width, line by line."""
    return [text for text, *_ in texts(chart.payload["svg"][width])]


def apart(found):
    """Tell whether no two texts of a drawing overlap."""
    pairs = combinations(found, 2)
    return all(a[3] <= b[1] + 1 or b[3] <= a[1] + 1 or a[4] <= b[2] + 1 or b[4] <= a[2] + 1 for a, b in pairs)


PROVINCES = ("Groningen", "Fryslân", "Drenthe", "Overijssel", "Flevoland", "Gelderland", "Utrecht", "Zeeland")


def provinces():
    """Eight series that end close together, with a break."""
    rows = [
        (year, f"a.c{i}", 40 + 3 * (i * 5 % 7) + i * at % 5)
        for at, year in enumerate(("2008", "2009", "2010", "2013", "2014"))
        for i in range(8)
    ]
    return edition(rows, breaks=[broken("noted")], a=("percent", PROVINCES)).select("a", waves="all")


def plan_of(selection, **asked):
    """The plan of lines of a selection."""
    options, wrong = read(asked, charts.lines.takes, "lines", selection)
    assert not wrong
    return Plan.of(series_of(selection), selection.figures.breaks(selection.keys), options)
