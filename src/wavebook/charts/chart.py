"""The few chart forms of the book and their one theme: figures in, a Chart with pictures, table and words out."""

from __future__ import annotations

import csv
import functools
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wavebook.charts import drawing, svg
from wavebook.charts.drawing import Group, Row
from wavebook.core.problems import Problem, raise_all
from wavebook.core.writing import as_text
from wavebook.definitions import Break, Language
from wavebook.figures import COLUMNS, Figure, Figures, Key, Selection
from wavebook.language.wording import date, exact, listing, number, quantity
from wavebook.language.words import words_in


@dataclass(frozen=True)
class Chart:
    """A finished chart; the last expression of a notebook cell shows it.

    ``json`` is the payload that pages read: name, form, svg (wide and narrow), spec, vega (wide and narrow), points,
    table, csv, figures, sources, notes, summary, language, wave and baseline, in sorted order. The specifications are
    JSON themselves: what copies a run's outputs need not look into them. The points are what a reader who explores the
    chart is told of each area in it, in that order.
    """

    name: str
    json: str

    @classmethod
    def absent(cls, name: str, figures: Figures) -> Chart:
        """A chart of which an edition about a segment has no figure: pages leave it out."""
        words = words_in(figures.language).charts["absent"].format(about=figures.about)
        return cls(name, json.dumps({"name": name, "absent": words}, ensure_ascii=False))

    @property
    def payload(self) -> dict:
        """What ``json`` holds, as a fresh dict."""
        return json.loads(self.json)

    def to_dict(self) -> dict:
        """The Vega-Lite specification of the wide variant."""
        return json.loads(self.payload["spec"])

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        payload = self.payload
        if "absent" in payload:
            return {svg.MIME: payload, "text/plain": payload["absent"]}
        # Not as image/svg+xml: myst-nb would write that to a file that no page shows.
        return {svg.MIME: payload, "text/html": f"<div>{svg.picture(payload)}</div>", "text/plain": payload["summary"]}


# --- the forms --------------------------------------------------------------------------------------------


def _or_absent(form: Callable[[str, Selection], Chart]) -> Callable[[str, Selection], Chart]:
    """A form that draws nothing where an edition about a segment has none of its figures."""

    @functools.wraps(form)
    def draw(name: str, selection: Selection) -> Chart:
        if selection.figures.segment and not selection.keys:
            return Chart.absent(name, selection.figures)
        return form(name, selection)

    return draw


@_or_absent
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
        (len(series) > len(drawing.SHAPES), "W333", f"has {len(series)} series", "Draw at most four; make two charts."),
    )
    words = words_in(figures.language).charts
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
        lambda width: drawing.lines(series, years, breaks, figures, width),
        points=[
            [_point(row.label, f, f"{row.label}, {f.key.wave}", figures.language) for f in row.figures]
            for row in series
        ],
        table=table,
        told=[words["lines"], *told],
        breaks=breaks,
    )


@_or_absent
def bars(name: str, selection: Selection) -> Chart:
    """Horizontal bars from zero, the largest first, with the value at the end.

    Figures of another indicator, segment or wave get a group with its own heading below the first.

    Raises ProblemsError: the name is no slug (W331), units differ (W332), or a full break is crossed (W334).
    """
    figures, groups = selection.figures, _groups(selection)
    _check(name, selection, _across_full_break(selection))
    words, language = words_in(figures.language).charts, figures.language
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
        lambda width: drawing.bars(groups, language, width),
        points=[
            [_point(row.label, row.figures[0], f"{row.label}. {heading}", language)]
            for heading, rows in groups
            for row in rows
        ],
        table=table,
        told=[words["bars"], *told],
        breaks=figures.breaks(selection.keys),
    )


@_or_absent
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
    named = filter(None, (declared.name[language], category, figures.apart(key), str(key.wave)))
    text = _capital(", ".join(named))
    table = {
        "head": [words_in(language).charts["topic"], words_in(language).charts["value"]],
        "rows": [[text, _said(figure, language)]],
    }
    return _chart(
        name,
        "part",
        selection,
        lambda width: drawing.part(figure, text, language, width),
        points=[[_point(text, figure, text, language)]],
        table=table,
        told=[words_in(language).charts["part"], f"{text}: {_said(figure, language, 'prose')}"],
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
    told, language, words = known[fact], figures.language, words_in(figures.language).charts
    count = number(told.value, 0, language)
    if told.bound:
        count = words[told.bound].format(value=count)
    text = words["of"].format(value=count, of=number(whole, 0, language))
    day = date(told.date, language)
    columns = ["fact", "date", "value", "of", "bound", "source", "locator"]
    return _chart(
        name,
        "tally",
        figures,
        lambda width: drawing.tally(told, text, f"{told.name[language]}, {day}", width),
        points=[[{"series": fact, "wave": 0, "says": [f"{_capital(told.name[language])}, {day}: ", text, ""]}]],
        table={
            "head": [words["topic"], words["value"]],
            "rows": [[_capital(told.name[language]), count], [_capital(words["all"]), number(whole, 0, language)]],
        },
        told=[words["tally"], f"{_capital(text)} {told.name[language]}, {day}"],
        csv_text=_csv(columns, [{"fact": fact, **told.model_dump()}]),
        sources=[f"{figures.definitions.sources[told.source].short(language)} ({told.locator})"],
        notes=[words["state"].format(date=day)],
    )


@_or_absent
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
    words = words_in(language).charts
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
        lambda width: drawing.change(panels, (first, last), figures, width),
        points=[_pair_points(row, language) for row in rows],
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
    draw: Callable[[int], object],
    *,
    points: list[list[dict]],
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
    drawn = drawing.draw_both(name, draw)
    payload = {
        "name": name,
        "form": form,
        "svg": drawn.svg,
        "spec": drawn.spec,
        "vega": drawn.vega,
        "points": [{"row": i, **point} for i, row in enumerate(points) for point in row],
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
        figures.apart,
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
        parts = [name, figures.apart(key)] if key.category else [name]
        if not key.category and not figures.apart(key):
            parts = [words_in(language).axes[figure.unit]]
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
    low, high = _interval(figure, language)
    return f"{text} ({words_in(language).charts['span'].format(low=low, high=high)})"


def _interval(figure: Figure, language: Language) -> list[str]:
    """The ends of its interval, without a unit."""
    ends = (figure.ci_low, figure.ci_high)
    return [quantity(end, figure.unit, figure.decimals, language, style="bare") for end in ends]


def _point(series: str, figure: Figure, what: str, language: Language, *more: str) -> dict:
    """What a reader is told of a figure: ``says`` is the text before its value, the value, and the text behind it."""
    words, known = words_in(language).charts, []
    if figure.ci_low is not None and figure.ci_high is not None:
        low, high = _interval(figure, language)
        known.append(words["ci"].format(low=low, high=high))
    if figure.n is not None:
        known.append(f"n = {number(figure.n, 0, language)}")
    if figure.status in words_in(language).marks:
        known.append(words[figure.status])
    says = [f"{_capital(what)}: ", figure.text(language, "chart"), "".join(f"; {part}" for part in (*known, *more))]
    return {"series": series, "wave": figure.key.wave, "says": says}


def _pair_points(row: Row, language: Language) -> list[dict]:
    """The two points of a row; the later one says how far it is from the earlier one."""
    first, last = row.figures
    since = words_in(language).charts["since"].format(wave=first.key.wave, size=_difference(row, language))
    return [
        _point(row.label, figure, f"{row.label}, {figure.key.wave}", language, *more)
        for figure, more in ((first, ()), (last, (since,)))
    ]


def _difference(row: Row, language: Language) -> str:
    """The change of a row with its sign, taken before rounding."""
    first, last = row.figures
    unit = "percentage_point" if last.unit == "percent" else last.unit
    size = exact(last.value) - exact(first.value)
    return quantity(size, unit, last.decimals, language, style="chart", signed=True)


def _break_note(item: Break, language: Language) -> str:
    reason = item.reason[language]
    return words_in(language).charts[item.kind].format(start=item.start, end=item.end, reason=reason)


def _notes(selection: Selection) -> list[str]:
    """What was asked, of how many, and what the whiskers are."""
    figures, language = selection.figures, selection.figures.language
    words = words_in(language).charts
    asked = [
        f"{_capital(declared.name[language])}: {_small(declared.definition[language])}."
        for declared in (
            figures.definitions.indicators[name] for name in dict.fromkeys(k.indicator for k in selection.keys)
        )
    ]
    whiskers = [words["interval"]] if any(f.ci_low is not None for f in selection) else []
    shown = {figure.status for figure in selection}
    marked = [f"{mark} {words[status]}." for status, mark in words_in(language).marks.items() if status in shown]
    return [*asked, _respondents(list(selection), language), *whiskers, *marked]


def _respondents(chosen: list[Figure], language: Language) -> str:
    """The n behind a chart; by wave when the waves differ."""
    words = words_in(language).charts
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
    return words_in(language).charts["span"].format(low=ends[0], high=ends[1]) if len(ends) == 2 else "".join(ends)


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
    writer.writerows({k: as_text(v) if isinstance(v, str) else v for k, v in row.items()} for row in rows)
    return text.getvalue()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    """For use after a colon; names such as DigiD keep their capitals."""
    word = text.split(" ")[0]
    return text[:1].lower() + text[1:] if word[1:].islower() else text
