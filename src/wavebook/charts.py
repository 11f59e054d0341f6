"""The few chart forms of the book and their one theme: figures in, a Chart with pictures, table and words out."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from wavebook.definitions import Break, Fact, Language
from wavebook.figures import COLUMNS, Figure, Figures, Key, Selection
from wavebook.problems import Problem, raise_all
from wavebook.wording import exact, listing, number, quantity

MIME = "application/vnd.wavebook.chart+json"

# Light-mode values. Contrast on white 8.5, 4.5, 14.4, 3.2; steps in lightness between them 3 or more, so they
# differ in greyscale; at least 16 CIELAB apart under protanopia, deuteranopia and tritanopia.
COLOURS = {
    "--chart-1": "#14507d",
    "--chart-2": "#c05a07",
    "--chart-3": "#33204f",
    "--chart-4": "#2f9f97",
    "--chart-muted": "#5f6b76",
    "--chart-text": "#1b232b",
    "--chart-grid": "#d5dbe1",
    "--chart-surface": "#ffffff",
}
SHAPES = ("circle", "square", "triangle-up", "diamond")
WIDTHS = {"wide": 640, "narrow": 320}

_SIZE, _LINE = 13, 16  # px: of letters and from line to line; the same in both variants, so a phone scales nothing
_DRAWN_FONT = "Liberation Sans"  # bundled with vl-convert: the same on every machine
_PAGE_FONT = "var(--font-sans, system-ui, sans-serif)"
_FILE_FONT = "'Liberation Sans', Arial, Helvetica, sans-serif"

_WORDS = {
    "nl": {
        "lines": "Lijngrafiek",
        "bars": "Staafdiagram",
        "part": "Balk van 100 procent, deels gevuld",
        "tally": "Stippendiagram met één stip per eenheid",
        "change": "Halterdiagram van {first} naar {last}",
        "grade": "rapportcijfer (1–10)",
        "percent": "percentage",
        "percentage_point": "procentpunten",
        "count": "aantal",
        "window": "{unit}, as van {low} tot {high}",
        "break": "breuk in de reeks",
        "break_short": "breuk",
        "noted": "Tussen {start} en {end}: {reason}.",
        "full": "Niet te vergelijken over {start}–{end}: {reason}.",
        "interval": "De streepjes tonen het 95%-betrouwbaarheidsinterval.",
        "no_n": "Aantal respondenten niet bekend.",
        "unknown": "niet bekend",
        "per_wave": "{n} per meting",
        "span": "{low} tot {high}",
        "of": "{value} van {of}",
        "lower": "ten minste {value}",
        "upper": "ten hoogste {value}",
        "in": "{value} in {wave}",
        "from_to": "van {first} naar {last}",
        "state": "Stand: {date}.",
        "year": "Jaar",
        "topic": "Onderwerp",
        "value": "Waarde",
        "all": "totaal",
        "difference": "Verschil",
        "source": "Bron",
        "months": "januari februari maart april mei juni juli augustus september oktober november december",
    },
    "en": {
        "lines": "Line chart",
        "bars": "Bar chart",
        "part": "Bar of 100 per cent, partly filled",
        "tally": "Dot chart with one dot per unit",
        "change": "Dumbbell chart from {first} to {last}",
        "grade": "grade (1–10)",
        "percent": "percentage",
        "percentage_point": "percentage points",
        "count": "number",
        "window": "{unit}, axis from {low} to {high}",
        "break": "break in the series",
        "break_short": "break",
        "noted": "Between {start} and {end}: {reason}.",
        "full": "Not comparable across {start}–{end}: {reason}.",
        "interval": "The whiskers show the 95% confidence interval.",
        "no_n": "Number of respondents unknown.",
        "unknown": "unknown",
        "per_wave": "{n} per wave",
        "span": "{low} to {high}",
        "of": "{value} of {of}",
        "lower": "at least {value}",
        "upper": "at most {value}",
        "in": "{value} in {wave}",
        "from_to": "from {first} to {last}",
        "state": "As of {date}.",
        "year": "Year",
        "topic": "Topic",
        "value": "Value",
        "all": "total",
        "difference": "Difference",
        "source": "Source",
        "months": "January February March April May June July August September October November December",
    },
}
_LOCALES = {
    "nl": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€\u00a0", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""]},
}


@dataclass(frozen=True)
class Chart:
    """A finished chart; the last expression of a notebook cell shows it.

    ``json`` is the payload that pages read: name, form, svg (wide and narrow), spec, table, csv, figures, sources,
    notes, summary, language, wave and baseline, in sorted order.
    """

    name: str
    json: str

    @property
    def payload(self) -> dict:
        """What ``json`` holds, as a fresh dict."""
        return json.loads(self.json)

    def to_dict(self) -> dict:
        """The Vega-Lite specification of the wide variant."""
        return self.payload["spec"]

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        payload = self.payload
        return {MIME: payload, "image/svg+xml": _picture(payload), "text/plain": payload["summary"]}


class Row(NamedTuple):
    """A label with the figures drawn beside it."""

    label: str
    figures: tuple[Figure, ...]


Group = tuple[str, list[Row]]  # a heading and the rows below it


# --- the forms --------------------------------------------------------------------------------------------


def lines(name: str, selection: Selection) -> Chart:
    """Series through the waves on a true time axis, each labelled at its end.

    Breaks are drawn and named; a full break interrupts the lines. Percentages and counts start at zero; grades
    have a window, which the axis states.

    Raises
    ------
    ProblemsError
        The name is no slug (W331), there are no figures or of several units (W332), or more than four series
        (W333).
    """
    figures, series = selection.figures, _series(selection)
    _check(
        name,
        selection,
        (len(series) > len(SHAPES), "W333", f"has {len(series)} series", "Draw at most four; make two charts."),
    )
    words = _WORDS[figures.language]
    breaks = figures.breaks(selection.keys)
    years = sorted({key.wave for key in selection.keys})
    by_year = [{f.key.wave: f for f in row.figures} for row in series]
    table = {
        "head": [words["year"], *(_capital(row.label) for row in series)],
        "rows": [[str(y), *(_said(found.get(y), figures.language) for found in by_year)] for y in years],
    }
    told = [
        f"{_capital(row.label)}: "
        + listing(
            [words["in"].format(value=_said(f, figures.language, "prose"), wave=f.key.wave) for f in row.figures],
            figures.language,
        )
        for row in series
    ]
    return _chart(
        name,
        "lines",
        selection,
        lambda width: _draw_lines(series, years, breaks, figures, width),
        table=table,
        told=[words["lines"], *told],
        breaks=breaks,
    )


def bars(name: str, selection: Selection) -> Chart:
    """Horizontal bars from zero, the largest first, with the value at the end.

    Figures of another indicator, segment or wave get a group with its own heading below the first.

    Raises ProblemsError: the name is no slug (W331), units differ (W332), or a full break is crossed (W334).
    """
    figures, groups = selection.figures, _groups(selection)
    _check(name, selection, _across_full_break(selection))
    words, language = _WORDS[figures.language], figures.language
    labels = dict.fromkeys(row.label for _, rows in groups for row in rows)
    found = [{row.label: row.figures[0] for row in rows} for _, rows in groups]
    table = {
        "head": [words["topic"], *(heading for heading, _ in groups)],
        "rows": [[_capital(text), *(_said(group.get(text), language) for group in found)] for text in labels],
    }
    told = [
        f"{heading}: " + listing([f"{row.label} {_said(row.figures[0], language, 'prose')}" for row in rows], language)
        for heading, rows in groups
    ]
    return _chart(
        name,
        "bars",
        selection,
        lambda width: _draw_bars(groups, language, width),
        table=table,
        told=[words["bars"], *told],
        breaks=figures.breaks(selection.keys),
    )


def part(name: str, selection: Selection) -> Chart:
    """One percentage as the filled part of a bar of 100 %.

    Raises ProblemsError: the name is no slug (W331), or the selection is not exactly one percentage (W332).
    """
    chosen, figures = list(selection), selection.figures
    one = len(chosen) == 1 and chosen[0].unit == "percent"
    _check(name, None, (not one, "W332", "is not of exactly one percentage", "Select one figure."))
    figure, language = chosen[0], figures.language
    key, declared = figure.key, figures.definitions.indicators[figure.key.indicator]
    category = declared.categories[key.category][language] if key.category else ""
    named = filter(None, (declared.name[language], category, figures.segment_label(key), str(key.wave)))
    text = _capital(", ".join(named))
    table = {
        "head": [_WORDS[language]["topic"], _WORDS[language]["value"]],
        "rows": [[text, _said(figure, language)]],
    }
    return _chart(
        name,
        "part",
        selection,
        lambda width: _draw_part(figure, text, language, width),
        table=table,
        told=[_WORDS[language]["part"], f"{text}: {_said(figure, language, 'prose')}"],
    )


def tally(name: str, figures: Figures, fact: str) -> Chart:
    """A dated fact of data/context.toml as dots, one for each of its ``of``, the counted ones filled.

    Raises ProblemsError: the name is no slug (W331), or the fact is unknown or no part of a whole of at most a
    thousand (W335).
    """
    known = figures.definitions.facts
    whole = known[fact].of if fact in known else None
    drawable = whole is not None and 0 <= known[fact].value <= whole <= 1000
    action = f"Choose a fact with `of`: {', '.join(key for key, item in known.items() if item.of)}."
    _check(name, None, (not drawable, "W335", f"cannot be drawn from the fact {fact}", action))
    told, language, words = known[fact], figures.language, _WORDS[figures.language]
    count = number(told.value, 0, language)
    if told.bound:
        count = words[told.bound].format(value=count)
    text = words["of"].format(value=count, of=number(whole, 0, language))
    date = _date(told.date, language)
    columns = ["fact", "date", "value", "of", "bound", "source", "locator"]
    return _chart(
        name,
        "tally",
        figures,
        lambda width: _draw_tally(told, text, f"{told.name[language]}, {date}", language, width),
        table={
            "head": [words["topic"], words["value"]],
            "rows": [[_capital(told.name[language]), count], [_capital(words["all"]), number(whole, 0, language)]],
        },
        told=[words["tally"], f"{_capital(text)} {told.name[language]}, {date}"],
        csv_text=_csv(columns, [{"fact": fact, **told.model_dump()}]),
        sources=[f"{figures.definitions.sources[told.source].short()} ({told.locator})"],
        notes=[words["state"].format(date=date)],
    )


def change(name: str, selection: Selection) -> Chart:
    """From baseline to wave, one dumbbell a figure, a panel for each unit.

    Raises
    ------
    ProblemsError
        The name is no slug (W331), nothing is selected (W332), or a figure has no pair of waves or crosses a full
        break (W334).
    """
    figures, language = selection.figures, selection.figures.language
    first, last = figures.baseline, figures.wave
    rows = _series(selection)
    unpaired = [row.label for row in rows if [f.key.wave for f in row.figures] != [first, last]]
    action = 'Select it with waves="both", or leave it out.'
    _check(
        name,
        selection,
        (unpaired, "W334", f"needs {first} and {last} of {', '.join(unpaired)}", action),
        _across_full_break(selection),
        mixed=True,
    )
    words = _WORDS[language]
    units = dict.fromkeys(f.unit for f in selection)
    panels = [[row for row in rows if row.figures[0].unit == unit] for unit in units]
    rows = [row for panel in panels for row in panel]
    head = [words["topic"], str(first), str(last), words["difference"]]
    table = {
        "head": head,
        "rows": [
            [_capital(row.label), *(_said(f, language) for f in row.figures), _difference(row, language)]
            for row in rows
        ],
    }
    told = [
        f"{_capital(row.label)}: "
        + words["from_to"].format(
            first=_said(row.figures[0], language, "prose"), last=_said(row.figures[1], language, "prose")
        )
        for row in rows
    ]
    return _chart(
        name,
        "change",
        selection,
        lambda width: _draw_change(panels, (first, last), figures, width),
        table=table,
        told=[words["change"].format(first=first, last=last), *told],
        breaks=figures.breaks(selection.keys),
    )


# --- what the forms share ---------------------------------------------------------------------------------


def _check(name: str, selection: Iterable[Figure] | None, *checks: tuple, mixed: bool = False) -> None:
    """Raise all problems at once; ``checks`` are (whether it is wrong, code, what is found, what to do)."""
    units = sorted({figure.unit for figure in selection or ()})
    action = "Select figures of one unit, or use charts.change."
    checks += (
        (selection is not None and not units, "W332", "has no figures", "Select at least one."),
        (len(units) > 1 and not mixed, "W332", f"mixes {' and '.join(units)}", action),
    )
    problems = [Problem(code, f"chart {name}", text, action) for wrong, code, text, action in checks if wrong]
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        action = "Use lower-case letters, digits and hyphens; it becomes an address."
        problems.append(Problem("W331", f"chart {name!r}", "the name is not a slug", action))
    raise_all(problems)


def _across_full_break(selection: Selection) -> tuple:
    """For ``_check``: the indicators of which two waves with a full break between them would be compared."""
    waves: dict[str, list[int]] = {}
    for key in selection.keys:
        waves.setdefault(key.indicator, []).append(key.wave)
    full_break = selection.figures.definitions.full_break
    broken = [name for name, years in waves.items() if full_break(name, min(years), max(years))]
    return broken, "W334", f"compares {', '.join(broken)} across a full break", "Leave it out."


def _chart(
    name: str,
    form: str,
    origin: Selection | Figures,
    draw: Callable[[int], alt.LayerChart],
    *,
    table: dict,
    told: list[str],
    breaks: Iterable[Break] = (),
    csv_text: str | None = None,
    sources: list[str] | None = None,
    notes: list[str] | None = None,
) -> Chart:
    """Draw both widths and put the payload together."""
    selected = isinstance(origin, Selection)
    figures = origin.figures if selected else origin
    keys = origin.keys if selected else ()
    breaks_said = [_break_note(b, figures.language) for b in breaks]
    with debug_mode(False):  # Altair's checks of every part cost twice as much as drawing; the tests check the specs
        specs = {variant: draw(width).to_dict(validate=False) for variant, width in WIDTHS.items()}
    payload = {
        "name": name,
        "form": form,
        "svg": {variant: _render(spec, f"{name}-{variant}") for variant, spec in specs.items()},
        "spec": specs["wide"],
        "table": table,
        "csv": csv_text or _csv(COLUMNS, [{**f.key._asdict(), **_plain(f)} for f in origin]),
        "figures": [str(key) for key in keys],
        "sources": figures.sources(keys) if sources is None else sources,
        "notes": [*breaks_said, *(_notes(origin) if notes is None else notes)],
        "summary": " ".join([f"{sentence}." for sentence in told] + breaks_said),
        "language": figures.language,
        "wave": figures.wave,
        "baseline": figures.baseline,
    }
    return Chart(name, json.dumps(payload, ensure_ascii=False, sort_keys=True, allow_nan=False))


def _series(selection: Selection) -> list[Row]:
    """One row for each figure of the selection regardless of wave, oldest first, with a label of its own."""
    figures = selection.figures
    found: dict[Key, list[Figure]] = {}
    for figure in selection:
        found.setdefault(figure.key._replace(wave=0), []).append(figure)
    labels = {key: figures.label(key) for key in found}
    for more in (
        figures.segment_label,
        lambda key: figures.definitions.populations[key.population][figures.language],
        lambda key: figures.definitions.indicators[key.indicator].name[figures.language],
    ):
        for label in {label for label, times in Counter(labels.values()).items() if times > 1}:
            added = {key: more(key) for key in found if labels[key] == label}
            if len(set(added.values())) > 1:
                labels |= {key: f"{label}, {text}" if text else label for key, text in added.items()}
    return [Row(labels[key], tuple(sorted(rows, key=lambda f: f.key.wave))) for key, rows in found.items()]


def _groups(selection: Selection) -> list[Group]:
    """The figures in groups that can share a heading, each group sorted from large to small."""
    figures, language = selection.figures, selection.figures.language
    groups: dict[str, list[Row]] = {}
    for figure in selection:
        key, indicator = figure.key, figures.definitions.indicators[figure.key.indicator]
        name = indicator.name[language]
        parts = [name, figures.segment_label(key)] if key.category else [name]
        if not key.category and not key.segment:
            parts = [_WORDS[language][figure.unit]]
        if key.population != figures.population:
            parts.append(figures.definitions.populations[key.population][language])
        heading = _capital(", ".join([*filter(None, parts), str(key.wave)]))
        groups.setdefault(heading, []).append(Row(figures.label(key), (figure,)))
    return [(heading, sorted(rows, key=lambda row: -row.figures[0].value)) for heading, rows in groups.items()]


def _said(figure: Figure | None, language: Language, style: str = "chart") -> str:
    """A value, with its interval where it has one; "–" where there is no figure."""
    if figure is None:
        return "–"
    text = figure.text(language, style)
    if figure.ci_low is None or figure.ci_high is None:
        return text
    ends = [
        quantity(end, figure.unit, figure.decimals, language, style="bare") for end in (figure.ci_low, figure.ci_high)
    ]
    return f"{text} ({_WORDS[language]['span'].format(low=ends[0], high=ends[1])})"


def _difference(row: Row, language: Language) -> str:
    """The change of a row with its sign, taken before rounding."""
    first, last = row.figures
    unit = "percentage_point" if last.unit == "percent" else last.unit
    size = exact(last.value) - exact(first.value)
    return quantity(size, unit, last.decimals, language, style="chart", signed=True)


def _break_note(item: Break, language: Language) -> str:
    reason = item.reason[language]
    return _WORDS[language][item.kind].format(start=item.start, end=item.end, reason=reason)


def _notes(selection: Selection) -> list[str]:
    """What was asked, of how many, and what the whiskers are."""
    figures, language = selection.figures, selection.figures.language
    words = _WORDS[language]
    asked = [
        f"{_capital(declared.name[language])}: {_small(declared.definition[language])}."
        for declared in (
            figures.definitions.indicators[name] for name in dict.fromkeys(k.indicator for k in selection.keys)
        )
    ]
    whiskers = [words["interval"]] if any(f.ci_low is not None for f in selection) else []
    return [*asked, _respondents(list(selection), language), *whiskers]


def _respondents(chosen: list[Figure], language: Language) -> str:
    """The n behind a chart; by wave when the waves differ."""
    words = _WORDS[language]
    waves: dict[str, list[str]] = {}
    for wave in sorted({f.key.wave for f in chosen}):
        text = _span([f.n for f in chosen if f.key.wave == wave and f.n is not None], language)
        waves.setdefault(text, []).append(str(wave))
    unknown = waves.pop("", [])
    if not waves:
        return words["no_n"]
    parts = [f"{text} ({listing(years, language)})" for text, years in waves.items()]
    if len(waves) > 3 or (len(waves) == 1 and not unknown):
        every = _span([f.n for f in chosen if f.n is not None], language)
        parts = [words["per_wave"].format(n=every) if len(waves) > 1 else every]
    if unknown:
        parts.append(f"{words['unknown']} ({listing(unknown, language)})")
    return f"n = {'; '.join(parts)}."


def _span(counts: list[int], language: Language) -> str:
    """ "900 tot 1.100", one number when they are alike, and nothing when there are none."""
    ends = [number(n, 0, language) for n in sorted({min(counts), max(counts)})] if counts else []
    return _WORDS[language]["span"].format(low=ends[0], high=ends[1]) if len(ends) == 2 else "".join(ends)


def _date(text: str, language: Language) -> str:
    """A date of the declarations in words: "2015-08" is augustus 2015."""
    year, *rest = text.split("-")
    month = [_WORDS[language]["months"].split()[int(part) - 1] for part in rest[:1]]
    day = [str(int(part)) for part in rest[1:]]
    return " ".join([*day, *month, year])


def _plain(figure: Figure) -> dict:
    """The columns of a figure after its key, as the data files write them."""
    columns = {column: getattr(figure, column) for column in COLUMNS[6:]}
    if figure.decimals == 0 and figure.value == int(figure.value):
        columns["value"] = int(figure.value)
    return columns


def _csv(columns: list[str], rows: list[dict]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    """For use after a colon; names such as DigiD keep their capitals."""
    word = text.split(" ")[0]
    return text[:1].lower() + text[1:] if word[1:].islower() else text


# --- drawing: every position is set here, so nothing depends on how wide a machine's fonts are -------------


class Axis(NamedTuple):
    """A linear scale: ``low`` lies at ``start`` px and ``high`` at ``stop`` px."""

    low: float
    high: float
    start: float
    stop: float

    def px(self, value: float) -> float:
        """Where ``value`` lies."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.stop - self.start)

    def scale(self) -> alt.Scale:
        """The same for Vega-Lite."""
        return alt.Scale(domain=[self.low, self.high], range=[self.start, self.stop], nice=False, zero=False)


def _colour(name: str) -> str:
    return f"var(--chart-{name}, {COLOURS[f'--chart-{name}']})"


_HUES = [_colour(str(i)) for i in range(1, 5)]


def _width(text: str, size: int = _SIZE, bold: bool = False) -> float:
    """The room in px that ``text`` takes in the widest of the common sans-serif fonts, DejaVu Sans."""
    narrow, wide = "fijlrt.,:;’'|!()[]- ", "mwMW%@…"
    em = sum(0.38 if c in narrow else 0.95 if c in wide else 0.64 for c in text)
    return size * em * (1.1 if bold else 1)


def _wrap(text: str, width: float, size: int = _SIZE) -> list[str]:
    """``text`` in lines of at most ``width`` px; a word that is wider stands alone."""
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and _width(longer, size) > width:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def _spread(wanted: list[float], heights: list[float], low: float, high: float) -> list[float]:
    """Centres near ``wanted`` at which blocks of ``heights`` stay apart, between ``low`` and ``high``."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    centres = list(wanted)
    for _ in range(200):
        for upper, lower in pairwise(order):
            overlap = (heights[upper] + heights[lower]) / 2 - (centres[lower] - centres[upper])
            if overlap > 0:
                centres[upper] -= overlap / 2
                centres[lower] += overlap / 2
        for i in order:
            centres[i] = min(max(centres[i], low + heights[i] / 2), high - heights[i] / 2)
    return centres


def _ticks(unit: str, values: list[float]) -> list[float]:
    """Round axis values around ``values``: from zero, but for grades a window of at least one and a half."""
    low, high = min(values), max(values)
    if unit == "grade":
        step = 0.5 if high - low < 2 else 1
        start, stop = math.floor(max(1, low - 0.05) / step), math.ceil(min(10, high + 0.05) / step)
        while (stop - start) * step < 1.5:
            below = low - start * step <= stop * step - high
            below = (below or stop * step >= 10) and start * step > 1
            start, stop = (start - 1, stop) if below else (start, stop + 1)
    else:
        low, high = min(low, 0), max(high, 0)
        size = max(high - low, 1e-9) / 5
        power = 10 ** math.floor(math.log10(size))
        step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= size)
        start, stop = math.floor(low / step), math.ceil(high / step)
    return [round(i * step, 6) for i in range(start, stop + 1)]


def _decimals(ticks: list[float]) -> int:
    return max(max(0, -exact(tick).normalize().as_tuple().exponent) for tick in ticks)


def _tick_texts(ticks: list[float], unit: str, language: Language) -> list[str]:
    style = "bare" if unit == "percentage_point" else "chart"
    return [quantity(tick, unit, _decimals(ticks), language, style=style) for tick in ticks]


def _axis_title(drawn: list[Figure], ticks: list[float], figures: Figures) -> str:
    """What the axis shows, and for grades from where to where: they do not start at zero."""
    unit, words = drawn[0].unit, _WORDS[figures.language]
    title = words[unit]
    if unit == "grade":
        texts = _tick_texts(ticks, unit, figures.language)
        title = words["window"].format(unit=title, low=texts[0], high=texts[-1])
    indicators = {f.key.indicator for f in drawn}
    if len(indicators) == 1:
        title = f"{figures.definitions.indicators[indicators.pop()].name[figures.language]}, {title}"
    return _capital(title)


def _extent(figures: Iterable[Figure]) -> list[float]:
    """All values that must fit on an axis, ends of intervals included."""
    return [v for f in figures for v in (f.value, f.ci_low, f.ci_high) if v is not None]


def _mark(figure: Figure, language: Language) -> str:
    """The value as it stands in the drawing; "procentpunt" stands in the heading, once."""
    return figure.text(language, "bare" if figure.unit == "percentage_point" else "chart")


def _has_interval(figure: Figure) -> bool:
    return figure.ci_low is not None and figure.ci_high is not None


def _layer(rows: list[dict], mark: str, style: dict, **encoding) -> list[alt.Chart]:
    """One kind of mark for ``rows``; nothing when there are none."""
    chart = alt.Chart(alt.Data(values=rows))
    return [getattr(chart, f"mark_{mark}")(**style).encode(**encoding)] if rows else []


def _px(channel, field: str = ""):
    """A position that ``field`` gives in px; by default the field of that name."""
    return channel(f"{field or channel.__name__.lower()}:Q", scale=None, axis=None)


def _at() -> dict:
    """Positions in px, from the fields x and y."""
    return {"x": _px(alt.X), "y": _px(alt.Y)}


def _text(rows: list[dict], **style) -> list[alt.Chart]:
    """Texts at x and y in px, the first line centred on y; an encoding in ``style`` goes before."""
    where = {**_at(), **{name: style.pop(name) for name in ("x", "y") if name in style}}
    look = {"align": "left", "baseline": "middle", "lineBreak": "\n", "lineHeight": _LINE}
    look |= {"fontSize": _SIZE, "color": _colour("text"), **style}
    return _layer(rows, "text", look, **where, text=alt.Text("text:N"))


def _haloed(rows: list[dict], **style) -> list[alt.Chart]:
    """Texts that stay readable on a line."""
    halo = {"stroke": _colour("surface"), "strokeWidth": 4, "strokeJoin": "round"}
    return [*_text(rows, **style, **halo), *_text(rows, **style)]


def _block(x: float, y: float, lines: list[str]) -> dict:
    """Lines of text of which the first has its top at ``y``."""
    return {"x": x, "y": y + _LINE / 2, "text": "\n".join(lines)}


def _frame(layers: list, width: float, height: float, language: Language, *, own_x=False, **margin: float):
    """The layers on a plot of ``width`` × ``height`` px with the theme; ``own_x``: each keeps its own x scale."""
    return alt.layer(  # all at once: each further method of Altair's would copy the whole chart
        *layers,
        width=width,
        height=height,
        padding={"left": 0, "right": 0, "top": 2, "bottom": 2, **margin},
        autosize=alt.AutoSizeParams(type="none"),
        resolve={"scale": {"x": "independent" if own_x else "shared"}},
        config=_theme(language),
    )


def _theme(language: Language) -> dict:
    quiet = _colour("muted")
    return {
        "background": "transparent",
        "font": _DRAWN_FONT,
        "locale": {"number": _LOCALES[language]},
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": _SIZE,
            "labelColor": _colour("text"),
            "labelOverlap": False,
            "labelLimit": 0,
            "labelFlush": False,
            "titleFontSize": _SIZE,
            "titleFontWeight": "normal",
            "titleColor": _colour("text"),
            "gridColor": _colour("grid"),
            "domainColor": quiet,
            "tickColor": quiet,
        },
    }


def _draw_lines(series: list[Row], years: list[int], breaks: list[Break], figures: Figures, width: int):
    language, wide = figures.language, width == WIDTHS["wide"]
    drawn = [f for row in series for f in row.figures]
    ticks = _ticks(drawn[0].unit, _extent(drawn))
    texts = _tick_texts(ticks, drawn[0].unit, language)
    title = _wrap(_axis_title(drawn, ticks, figures), width)
    ends = [_end_label(row, years[-1], wide, language) for row in series]
    left, right = 10 + max(map(_width, texts)), 18 + max(end.width for end in ends)
    top = _LINE * len(title) + (32 if breaks else 10)
    plot_width, plot_height = width - left - right, 250 if wide else 260
    first, last = (years[0], years[-1]) if len(years) > 1 else (years[0] - 1, years[0] + 1)
    across = Axis(first, last, 16, plot_width - 6)
    up = Axis(ticks[0], ticks[-1], plot_height, 0)

    labels = [row.label for row in series]
    x = alt.X("year:Q", scale=across.scale(), axis=_year_axis(years, across))
    y = alt.Y("value:Q", scale=up.scale(), axis=_value_axis(ticks, drawn[0].unit, title, (-left, 2 - top)))
    scale = alt.Scale(domain=labels, range=_HUES[: len(labels)])
    hue = alt.Color("series:N", legend=None, scale=scale)
    shape = alt.Shape("series:N", legend=None, scale=alt.Scale(domain=labels, range=list(SHAPES[: len(labels)])))
    points = [{"year": f.key.wave, "value": f.value, "series": row.label} for row in series for f in row.figures]
    parts = [_part_of_line(f, years[0], figures) for f in drawn]
    strokes = [{**point, "part": part} for point, part in zip(points, parts, strict=True)]
    stroke = {"strokeWidth": 2.5, "strokeJoin": "round"}
    starts = _first_values(series, across, up, language)
    layers = [
        *_break_marks(breaks, across, plot_width, plot_height, _WORDS[language]),
        *_layer(strokes, "line", stroke, x=x, y=y, color=hue, detail=alt.Detail("part:N")),
        *_whiskers(series, x, hue),
        *_layer(points, "point", {"filled": True, "opacity": 1, "size": 70}, x=x, y=y, color=hue, shape=shape),
        *_end_marks(series, ends, across, up, plot_width + 10, hue),
        *_haloed(starts, align="center"),
    ]
    return _frame(layers, plot_width, plot_height, language, left=left, right=right, top=top, bottom=26)


def _year_axis(years: list[int], across: Axis) -> alt.Axis:
    """The measured years, and no others: in full, as ’09, or only those there is room for."""

    def fits(width: float) -> bool:
        return all(across.px(b) - across.px(a) >= width + 3 for a, b in pairwise(years))

    label = "datum.label" if fits(_width("2008")) else "'’' + slice(datum.label, 2)"
    if not fits(_width("’08")):
        room = math.ceil((_width("’08") + 3) / (across.px(1) - across.px(0)))
        label = f"({years[-1]} - datum.value) % {room} == 0 ? {label} : ''"
    return alt.Axis(values=years, format="d", labelExpr=label, title=None, grid=False, tickSize=4)


def _value_axis(ticks: list[float], unit: str, title: list[str], corner: tuple[float, float]) -> alt.Axis:
    return alt.Axis(
        values=ticks,
        format=f",.{_decimals(ticks)}f",
        labelExpr="datum.label + '%'" if unit == "percent" else "datum.label",
        labelPadding=6,
        domain=False,
        ticks=False,
        title=title,
        titleX=corner[0],
        titleY=corner[1],
        titleAngle=0,
        titleAlign="left",
        titleAnchor="start",
        titleBaseline="top",
        titleLineHeight=_LINE,
    )


def _part_of_line(figure: Figure, first: int, figures: Figures) -> int:
    """How many full breaks lie between the first year and this figure: the line stops at each."""
    crossed = figures.definitions.breaks_between(figure.key.indicator, first, figure.key.wave)
    return sum(b.kind == "full" for b in crossed)


def _break_marks(breaks: list[Break], across: Axis, width: float, height: float, words: dict) -> list[alt.Chart]:
    """An upright rule between the two waves, named at its top; all names short where one in full does not fit."""
    rules = [{"x": across.px((b.start + b.end) / 2), "y": -20} for b in breaks]
    quiet = _colour("muted")
    for name in (words["break"], words["break_short"]):
        named, room, free = {"right": [], "left": []}, _width(name) + 10, -20.0
        for rule, after in zip(rules, [*(r["x"] for r in rules[1:]), width + 8], strict=bool(rules)):
            before = rule["x"] - room >= free
            text = {"x": rule["x"] + (-6 if before else 6), "y": -13, "text": name}
            if before or rule["x"] + room <= after:
                named["right" if before else "left"].append(text)
            free = rule["x"] + (0 if before else room)
        if sum(map(len, named.values())) == len(rules):
            break
    return [
        *_layer(rules, "rule", {"strokeDash": [4, 3], "color": quiet}, **_at(), y2=alt.value(height)),
        *(text for side in named for text in _text(named[side], align=side)),
    ]


class EndLabel(NamedTuple):
    """The value and the name at the end of a line; the name beside the value, or below it where it is narrow."""

    value: str
    name: list[str]
    indent: float
    width: float
    height: float


def _end_label(row: Row, last_year: int, wide: bool, language: Language) -> EndLabel:
    figure = row.figures[-1]
    value = _mark(figure, language)
    if figure.key.wave != last_year:
        value += f" ({figure.key.wave})"
    indent = _width(value, bold=True) + 5 if wide else 0
    name = _wrap(row.label, 150 if wide else 92)
    width = max(_width(value, bold=True), indent + max(map(_width, name)))
    return EndLabel(value, name, indent, width, _LINE * (len(name) + (not wide)) + 4)


def _end_marks(series: list[Row], ends: list[EndLabel], across: Axis, up: Axis, x: float, hue) -> list[alt.Chart]:
    """Labels at the ends of the lines, kept apart, with a thin line to an end that is not beside its label."""
    wanted = [up.px(row.figures[-1].value) for row in series]
    centres = _spread(wanted, [end.height for end in ends], -_LINE, up.start + _LINE)
    values, names, leaders = [], [], []
    for row, end, want, centre in zip(series, ends, wanted, centres, strict=True):
        y = centre - end.height / 2 + 2
        values.append(_block(x, y, [end.value]))
        names.append(_block(x + end.indent, y + (0 if end.indent else _LINE), end.name))
        tip = across.px(row.figures[-1].key.wave)
        if abs(centre - want) > end.height / 2 or tip < across.stop:
            leader = {"x": tip + 7, "x2": x - 3, "y": want, "y2": y + _LINE / 2, "series": row.label}
            leaders.append(leader)
    thin = {"strokeWidth": 1}
    return [
        *_layer(leaders, "rule", thin, **_at(), x2=alt.X2("x2"), y2=alt.Y2("y2"), color=hue),
        *_text(values, fontWeight="bold"),
        *_text(names),
    ]


def _first_values(series: list[Row], across: Axis, up: Axis, language: Language) -> list[dict]:
    """The first value of each line above or below its point, where nothing else is in the way."""
    starts = [row.figures[0] for row in series if len(row.figures) > 1]
    taken = [(across.px(f.key.wave), up.px(f.value)) for row in series for f in row.figures]
    rows = []
    for figure in starts:
        x, y = across.px(figure.key.wave), up.px(figure.value)
        highest = figure.value == max(f.value for f in starts if f.key.wave == figure.key.wave)
        reach = max(abs(up.px(value) - y) for value in _extent([figure]))
        for side in (-14, 15) if highest else (15, -14):
            spot = (x, y + side + math.copysign(reach, side))
            if all(math.dist(spot, other) > 13 for other in taken) and spot[1] < up.start:
                taken.append(spot)
                rows.append({"x": spot[0], "y": spot[1], "text": _mark(figure, language)})
                break
    return rows


def _whiskers(series: list[Row], x: alt.X, hue: alt.Color) -> list[alt.Chart]:
    """Upright intervals where they are known."""
    rows = [
        {"year": f.key.wave, "low": f.ci_low, "high": f.ci_high, "series": row.label}
        for row in series
        for f in row.figures
        if _has_interval(f)
    ]
    return _layer(rows, "rule", {"strokeWidth": 2}, x=x, y=alt.Y("low:Q"), y2=alt.Y2("high"), color=hue)


def _level_whiskers(rows: list[dict], axis: Axis, colour: str, halo: bool = False) -> list[alt.Chart]:
    """Level intervals; rows have ``low``, ``high`` and ``y`` in px. A halo makes them show on a bar too."""
    where = {"x": alt.X("low:Q", axis=None, scale=axis.scale()), "x2": alt.X2("high"), "y": _px(alt.Y)}
    around = {"strokeWidth": 6, "color": _colour("surface")}
    return [
        *(_layer(rows, "rule", around, **where) if halo else []),
        *_layer(rows, "rule", {"strokeWidth": 2, "color": colour}, **where),
    ]


class Bar(NamedTuple):
    """A bar: its figure, its top in px, its thickness in px and its colour."""

    figure: Figure
    y: float
    thick: float
    fill: str


def _draw_bars(groups: list[Group], language: Language, width: int):
    wide = width == WIDTHS["wide"]
    drawn = [row.figures[0] for _, rows in groups for row in rows]
    names = {row.label: _wrap(row.label, 210 if wide else width) for _, rows in groups for row in rows}
    left = max(_width(line) for lines in names.values() for line in lines) + 10 if wide else 0
    indicators = list(dict.fromkeys(f.key.indicator if f.key.category else "" for f in drawn))
    headings, labels, bars, y = [], [], [], 0.0
    for heading, rows in groups:
        lines = _wrap(heading, 0.94 * width)  # bold is wider
        headings.append(_block(-left, y, lines))
        y += _LINE * len(lines) + 8
        for row in rows:
            key = row.figures[0].key
            fill = _HUES[indicators.index(key.indicator if key.category else "") % len(_HUES)]
            tall = _LINE * len(names[row.label])
            room, thick = (max(tall, 18), 18) if wide else (tall + 17, 14)
            labels.append(_block(-10 if wide else 0, y + (room - tall) / 2 if wide else y, names[row.label]))
            bars.append(Bar(row.figures[0], y + (room - thick) / 2 if wide else y + tall + 3, thick, fill))
            y += room + 10
        y += 18
    axis = _bar_axis(drawn, width - left, language)
    layers = [
        *_bar_layers(bars, axis),
        *_bar_values(bars, axis, language),
        *_text(headings, fontWeight="bold"),
        *_text(labels, align="right" if wide else "left"),
    ]
    return _frame(layers, width - left, y - 28, language, left=left, bottom=4)


def _bar_axis(drawn: list[Figure], width: float, language: Language) -> Axis:
    """From zero to the whole (100 %, or a ten) or a round number, so wide that every value fits at its bar's end."""
    low, high = min(0, *_extent(drawn)), {"percent": 100, "grade": 10}.get(drawn[0].unit)
    high = high or max(_ticks(drawn[0].unit, _extent(drawn)))
    rooms = [
        (width - 10 - _width(_mark(f, language), bold=True)) * (high - low) / max(max(0, *_extent([f])) - low, 1e-9)
        for f in drawn
    ]
    return Axis(low, high, 0, min(width, *rooms))


def _bar_layers(bars: list[Bar], axis: Axis, outline: str | None = None) -> list[alt.Chart]:
    """Bars from zero with their intervals, each on a track that shows the whole."""
    boxes = [{"value": bar.figure.value, "y": bar.y, "y2": bar.y + bar.thick, "fill": bar.fill} for bar in bars]
    tracks = [{"y": bar.y, "y2": bar.y + bar.thick} for bar in bars if bar.figure.unit in ("percent", "grade")]
    spans = [
        {"low": bar.figure.ci_low, "high": bar.figure.ci_high, "y": bar.y + bar.thick / 2}
        for bar in bars
        if _has_interval(bar.figure)
    ]
    across = {"y": _px(alt.Y), "y2": alt.Y2("y2")}
    whole = {"x": alt.value(axis.start), "x2": alt.value(axis.stop), **across}
    value = {"x": alt.X("value:Q", axis=None, scale=axis.scale()), "x2": alt.X2Datum(0), **across}
    fill = alt.Color("fill:N", scale=None, legend=None)
    return [
        *_layer(tracks, "rect", {"color": _colour("grid"), "opacity": 0.55}, **whole),
        *_layer(boxes, "rect", {"opacity": 1}, **value, color=fill),
        *(_layer(tracks, "rect", {"filled": False, "stroke": outline, "opacity": 1}, **whole) if outline else []),
        *_level_whiskers(spans, axis, _colour("text"), halo=True),
    ]


def _bar_values(bars: list[Bar], axis: Axis, language: Language) -> list[alt.Chart]:
    rows = [
        {
            "end": max(0, *_extent([bar.figure])),
            "y": bar.y + bar.thick / 2,
            "text": _mark(bar.figure, language),
        }
        for bar in bars
    ]
    return _text(rows, x=alt.X("end:Q", axis=None, scale=axis.scale()), dx=6, fontWeight="bold")


def _draw_part(figure: Figure, text: str, language: Language, width: int):
    value = _mark(figure, language)
    indent = _width(value, 30, bold=True) + 10
    title = _wrap(text, width - indent)
    tall = max(_LINE * len(title), 34)
    bar = Bar(figure, tall + 8, 30, _HUES[0])
    zero, whole = (quantity(share, "percent", 0, language, style="chart") for share in (0, 100))
    layers = [
        *_bar_layers([bar], Axis(0, 100, 0.5, width - 0.5), outline=_colour("muted")),
        *_text([{"x": 0, "y": tall / 2, "text": value}], fontSize=30, fontWeight="bold"),
        *_text([_block(indent, (tall - _LINE * len(title)) / 2, title)]),
        *_text([{"x": 1, "y": tall + 52, "text": zero}]),
        *_text([{"x": width - 1, "y": tall + 52, "text": whole}], align="right"),
    ]
    return _frame(layers, width, tall + 60, language)


def _draw_tally(fact: Fact, count: str, text: str, language: Language, width: int):
    """Dots as dashes without length: one line draws a row of them, in a hundredth of the bytes."""
    columns = 40 if width == WIDTHS["wide"] else 20
    pitch = width / columns
    title = _wrap(text, width)
    top = 46 + _LINE * len(title)
    counted, rest = [], []
    for row in range(math.ceil(fact.of / columns)):
        start, stop = row * columns, min((row + 1) * columns, fact.of)
        filled = min(max(fact.value, start), stop)
        for strips, first, end in ((counted, start, filled), (rest, filled, stop)):
            x = (first - start + 0.5) * pitch
            if end > first:
                strips.append({"x": x, "x2": x + (end - first - 1) * pitch + 0.5, "y": top + (row + 0.5) * pitch})

    def dots(rows: list[dict], size: float, colour: str) -> list[alt.Chart]:
        look = {"strokeDash": [0, pitch], "strokeCap": "round", "strokeWidth": size * pitch, "color": colour}
        return _layer(rows, "rule", look, **_at(), x2=alt.X2("x2"))

    size = 30 if _width(count, 30, bold=True) < width else 20
    layers = [
        *_text([{"x": 0, "y": 18, "text": count}], fontSize=size, fontWeight="bold"),
        *_text([_block(0, 38, title)]),
        *dots(counted, 0.75, _HUES[0]),
        *dots(rest, 0.3, _colour("muted")),
    ]
    return _frame(layers, width, top + math.ceil(fact.of / columns) * pitch, language)


_THEN = {"filled": True, "opacity": 1, "size": 80, "strokeWidth": 2}
_THEN |= {"fill": _colour("surface"), "stroke": _colour("muted")}
_NOW = {"filled": True, "opacity": 1, "size": 110, "color": _HUES[0]}


def _draw_change(panels: list[list[Row]], waves: tuple[int, int], figures: Figures, width: int):
    language, wide = figures.language, width == WIDTHS["wide"]
    rows = [row for panel in panels for row in panel]
    names = {row.label: _wrap(row.label, 190 if wide else width) for row in rows}
    left = max(_width(line) for lines in names.values() for line in lines) + 10 if wide else 0
    inset = 14 + max(_width(_mark(f, language)) for row in rows for f in row.figures)
    headings, labels, layers, y = [], [], [], _LINE + 14.0
    for panel in panels:
        drawn = [f for row in panel for f in row.figures]
        ticks = _ticks(drawn[0].unit, _extent(drawn))
        axis = Axis(ticks[0], ticks[-1], inset, width - left - inset)
        title = _wrap(_axis_title(drawn, ticks, figures), 0.94 * width)
        headings.append(_block(-left, y, title))
        y += _LINE * len(title) + 6
        top, placed = y, []
        for row in panel:
            tall = _LINE * len(names[row.label])
            room = max(tall, 20) + 8 if wide else tall + 28
            labels.append(_block(-10 if wide else 0, y + (room - tall) / 2 if wide else y + 4, names[row.label]))
            placed.append((row, y + (room / 2 if wide else tall + 14)))
            y += room
        texts = _tick_texts(ticks, drawn[0].unit, language)
        layers += _scale_marks(ticks, texts, axis, top if wide else y, y)
        layers += _dumbbells(placed, axis, language)
        y += 38
    layers = [
        *layers,
        *_which_is_which(waves, -left),
        *_text(headings, fontWeight="bold"),
        *_text(labels, align="right" if wide else "left"),
    ]
    return _frame(layers, width - left, y - 18, language, left=left, own_x=True)


def _scale_marks(ticks: list[float], texts: list[str], axis: Axis, top: float, bottom: float) -> list[alt.Chart]:
    """An axis at ``bottom`` with grid lines from ``top``; Vega-Lite has one axis a view, a panel needs its own."""
    grid = [{"x": axis.px(tick), "y": top, "y2": bottom + 4} for tick in ticks]
    base = [{"x": axis.start, "x2": axis.stop, "y": bottom}]
    room = (max(map(_width, texts)) + 6) / (axis.px(ticks[1]) - axis.px(ticks[0]))
    shown = list(zip(ticks, texts, strict=True))[:: math.ceil(room)]
    below = [{"x": axis.px(tick), "y": bottom + 14, "text": text} for tick, text in shown]
    return [
        *_layer(grid, "rule", {"color": _colour("grid")}, **_at(), y2=alt.Y2("y2")),
        *_layer(base, "rule", {"color": _colour("grid")}, **_at(), x2=alt.X2("x2")),
        *_text(below, align="center"),
    ]


def _which_is_which(waves: tuple[int, int], left: float) -> list[alt.Chart]:
    """The two years beside the dots that stand for them."""
    dots = [{"x": x, "y": _LINE / 2} for x in (left + 6, left + _width("2008") + 46)]
    years = [{**dot, "x": dot["x"] + 12, "text": str(year)} for dot, year in zip(dots, waves, strict=True)]
    return [
        *_layer(dots[:1], "point", _THEN, **_at()),
        *_layer(dots[1:], "point", _NOW, **_at()),
        *_text(years),
    ]


def _dumbbells(placed: list[tuple[Row, float]], axis: Axis, language: Language) -> list[alt.Chart]:
    """Rows with their two values, the intervals above (then) and below (now) the line between them."""
    pairs, spans, beside = [], [], {"right": [], "left": []}
    for row, y in placed:
        then, now = row.figures
        pairs.append({"then": then.value, "now": now.value, "y": y})
        for figure, offset, before in ((then, -9, then.value <= now.value), (now, 9, now.value < then.value)):
            text = {"value": figure.value, "y": y, "text": _mark(figure, language)}
            beside["right" if before else "left"].append(text)
            if _has_interval(figure):
                spans.append({"low": figure.ci_low, "high": figure.ci_high, "y": y + offset})
    then, now, value = (alt.X(f"{name}:Q", axis=None, scale=axis.scale()) for name in ("then", "now", "value"))
    bar = {"strokeWidth": 3, "opacity": 0.5, "color": _colour("muted")}
    y = _px(alt.Y)
    return [
        *_layer(pairs, "rule", bar, x=then, x2=alt.X2("now"), y=y),
        *_level_whiskers(spans, axis, _colour("muted")),
        *_layer([{"then": pair["then"], "y": pair["y"]} for pair in pairs], "point", _THEN, x=then, y=y),
        *_layer([{"now": pair["now"], "y": pair["y"]} for pair in pairs], "point", _NOW, x=now, y=y),
        *_haloed(beside["right"], x=value, align="right", dx=-11),
        *_haloed(beside["left"], x=value, dx=11),
    ]


# --- the one place that mends vl-convert's SVG -------------------------------------------------------------

_NUMBER = re.compile(r"-?\d*\.?\d+(?:e[+-]?\d+)?")
_NUMERIC = set("viewBox d transform x y x1 y1 x2 y2 dx dy width height font-size stroke-width stroke-dasharray".split())
_NEEDLESS = re.compile(r"class|role|aria-.*|pointer-events|font-family|version|xmlns:.*|stroke-miterlimit|cursor")
_DEFAULTS = {("opacity", "1"), ("text-anchor", "start"), ("stroke-width", "1"), ("transform", "translate(0,0)")}
_INHERITED = (
    "fill",
    "stroke",
    "stroke-width",
    "font-weight",
    "text-anchor",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
)


def _render(spec: dict, prefix: str) -> str:
    """The specification as a cleaned SVG."""
    return _clean(vl_convert.vegalite_to_svg(json.dumps(spec, sort_keys=True)), prefix)


def _clean(svg: str, prefix: str) -> str:
    """vl-convert's SVG without fixed size, background, English texts and dead weight; ids start with ``prefix``.

    Raises ValueError for markup with a document type or entities: vl-convert writes none.
    """
    if "<!" in svg:
        raise ValueError("SVG with a document type or entities is not accepted")
    root = ET.fromstring(svg)
    for child in root.findall("{*}rect"):
        root.remove(child)  # the background
    ids = {e.get("id"): f"{prefix}-{e.get('id')}" for e in root.iter() if e.get("id")}
    _strip(root, ids)
    sizes = Counter(e.get("font-size") for e in root.iter("text"))
    common = min(sizes, key=lambda size: (-sizes[size], size), default=str(_SIZE))
    for element in root.iter("text"):
        if element.get("font-size") == common:
            del element.attrib["font-size"]
    _hoist(root)
    box = root.get("viewBox")
    root.attrib = {"viewBox": box, "font-size": common, "font-family": _PAGE_FONT}
    text = ET.tostring(root, encoding="unicode").replace(" />", "/>")
    return text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _strip(element: ET.Element, ids: dict[str, str]) -> None:
    """Take from ``element`` and all below it whatever shows nothing."""
    element.tag = element.tag.rpartition("}")[2]
    kept: dict[str, str] = {}
    for name, value in element.attrib.items():
        name = name.rpartition("}")[2]
        if name in _NUMERIC:
            value = _NUMBER.sub(_short, value).removesuffix("px")
        for old, new in ids.items():
            value = new if name == "id" and value == old else value.replace(f"#{old})", f"#{new})")
            value = f"#{new}" if name == "href" and value == f"#{old}" else value
        needless = _NEEDLESS.fullmatch(name) or (name, value) in _DEFAULTS
        if not needless and not (element.tag == "line" and value == "0"):
            kept[name] = value
    if "stroke" not in kept:
        kept.pop("stroke-width", None)
    element.attrib = kept
    children = []
    for child in element:
        _strip(child, ids)
        bare = child.tag == "g" and not child.attrib
        if bare:
            children += child
        elif not _invisible(child):
            children.append(child)
    element[:] = children


def _short(match: re.Match) -> str:
    """A number with at most one decimal: a tenth of a pixel."""
    text = f"{round(float(match[0]), 2 if abs(float(match[0])) < 1 else 1):g}"
    return "0" if text == "-0" else text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _invisible(element: ET.Element) -> bool:
    if element.tag in ("g", "text"):
        return len(element) == 0 and not (element.text or "").strip()
    if element.tag != "path":
        return False
    painted = {element.get("fill", "none"), element.get("stroke", "none")} - {"none", "transparent"}
    return not element.get("d") or not painted or element.get("display") == "none"


def _hoist(element: ET.Element) -> None:
    """Say once on a group what all in it, or some in a row, say."""
    for child in element:
        _hoist(child)
    if element.tag != "g":
        return
    _share(element)
    runs = [list(run) for _, run in groupby(element, lambda child: (child.get("fill"), child.get("stroke")))]
    element[:] = []
    for run in runs:
        if len(runs) == 1 or len(run) == 1:
            element.extend(run)
        else:
            group = ET.SubElement(element, "g")
            group.extend(run)
            _share(group)


def _share(group: ET.Element) -> None:
    for name in _INHERITED:
        values = {child.get(name) for child in group}
        if len(group) > 1 and len(values) == 1 and None not in values:
            group.set(name, values.pop())
            for child in group:
                del child.attrib[name]


def described(svg: str, *, id: str, title: str, description: str, language: Language) -> str:
    """``svg`` with a name and a description for screen readers, in ``language``.

    ``id`` must be unique in the page; the name gets ``<id>-title``, the description ``<id>-desc``.
    """
    names = f"{id}-title {id}-desc"
    naming = f'role="img" aria-labelledby={quoteattr(names)} lang={quoteattr(language)}'
    head, _, body = svg.partition(">")
    return (
        f"{head} {naming}><title id={quoteattr(f'{id}-title')}>{_xml(title)}</title>"
        f"<desc id={quoteattr(f'{id}-desc')}>{_xml(description)}</desc>{body}"
    )


def standalone(payload: dict, *, title: str, background: bool = True) -> str:
    """The wide chart as a file of its own: real colours, title, notes and source inside the picture."""
    words, margin, small = _WORDS[payload["language"]], 24, 11
    svg = _with_real_colours(payload["svg"]["wide"])
    width, height = _size(svg)
    heading = _wrap(title, 0.9 * width, 16)
    source = f"{words['source']}: {'; '.join(payload['sources'])}."
    below = [line for note in (*payload["notes"], source) for line in _wrap(note, width, small)]
    top = margin + 21 * len(heading) + 10
    bottom = top + height + 24
    total = (width + 2 * margin, bottom + 15 * len(below) + margin - 15)

    def set_text(lines: list[str], y: float, line: int, style: str) -> str:
        spans = "".join(
            f'<tspan x="{margin}" y="{y + i * line:g}">{_xml(text)}</tspan>' for i, text in enumerate(lines)
        )
        return f"<text {style}>{spans}</text>"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total[0]:g}" height="{total[1]:g}" '
        f'viewBox="0 0 {total[0]:g} {total[1]:g}" font-family="{_FILE_FONT}">',
        f'<rect width="100%" height="100%" fill="{COLOURS["--chart-surface"]}"/>' if background else "",
        set_text(heading, margin + 14, 21, f'font-size="16" font-weight="bold" fill="{COLOURS["--chart-text"]}"'),
        svg.replace("<svg ", f'<svg x="{margin}" y="{top:g}" width="{width:g}" height="{height:g}" ', 1),
        set_text(below, bottom, 15, f'font-size="{small}" fill="{COLOURS["--chart-muted"]}"'),
        "</svg>",
    ]
    naming = {"title": title, "description": payload["summary"], "language": payload["language"]}
    return described("".join(parts), id=payload["name"], **naming) + "\n"


def _picture(payload: dict) -> str:
    """The wide chart in its own size, for Jupyter and for the executed notebooks."""
    svg = _with_real_colours(payload["svg"]["wide"])
    width, height = _size(svg)
    sized = f'<svg width="{width:g}" height="{height:g}" style="background:{COLOURS["--chart-surface"]}" '
    naming = {"title": payload["name"], "description": payload["summary"], "language": payload["language"]}
    return described(svg.replace("<svg ", sized, 1), id=f"{payload['name']}-output", **naming)


def _size(svg: str) -> tuple[float, float]:
    return tuple(float(part) for part in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())


def png(svg: str) -> bytes:
    """A stand-alone SVG as PNG, two pixels for each of its own."""
    return vl_convert.svg_to_png(svg, scale=2)


def _with_real_colours(svg: str) -> str:
    """For a picture outside a page, where nothing sets the custom properties."""
    return re.sub(r"var\(--chart-[a-z0-9]+, (#[0-9a-f]{6})\)", r"\1", svg).replace(_PAGE_FONT, _FILE_FONT)


def _xml(text: str) -> str:
    """``text`` escaped, without the control characters that XML cannot hold."""
    return escape(re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text))
