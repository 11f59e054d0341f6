"""A finished chart: its pictures, table and words in one payload, and the checks before it is drawn."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypedDict

from wavebook.charts import columns, drawing, pictures, svg
from wavebook.charts.options import Options, remarks
from wavebook.charts.subtitle import subtitle
from wavebook.charts.words import Point, break_note, notes_of
from wavebook.core.problems import Problem, raise_all
from wavebook.core.writing import as_text, csv_table
from wavebook.definitions import Break
from wavebook.figures import Figure, Figures, Key, Selection, SourceLine
from wavebook.language.words import words_in


@dataclass(frozen=True)
class Chart:
    """A finished chart; the last expression of a notebook cell shows it.

    ``json`` is the payload that pages read: name, form, svg (wide and narrow), spec, spots (wide and narrow), points,
    table, csv, figures, facts, sources, places, notes, summary, subtitle, language, wave and baseline, in sorted order.
    The specification is JSON itself, so that copying a run's outputs need not look into it. The points are the texts
    for a reader who explores the chart, and the spots where each of them lies, in the same order.
    """

    name: str
    json: str

    @classmethod
    def absent(cls, name: str, figures: Figures) -> Chart:
        """A chart without any figure in an edition about a segment: pages leave it out."""
        words = words_in(figures.language).charts["absent"].format(about=figures.about)
        return cls(name, json.dumps({"name": name, "absent": words}, ensure_ascii=False))

    @property
    def payload(self) -> dict[str, Any]:
        """The content of ``json``, as a fresh dict."""
        return json.loads(self.json)

    def to_dict(self) -> dict[str, Any]:
        """The Vega-Lite specification of the wide variant."""
        return json.loads(self.payload["spec"])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        payload = self.payload
        if "absent" in payload:
            return {svg.MIME: payload, "text/plain": payload["absent"]}
        # Not as image/svg+xml: myst-nb would write that to a file that no page shows.
        return {
            svg.MIME: payload,
            "text/html": f"<div>{pictures.picture(payload)}</div>",
            "text/plain": payload["summary"],
        }


class NothingToDrawError(Exception):
    """Error that an edition about a segment has nothing for a form to compare: pages leave the chart out."""


Check = tuple[object, str, str, str]


def check(name: str, selection: Iterable[Figure] | None, *checks: Check, mixed: bool = False) -> None:
    """Raise all problems at once; ``checks`` are (whether it is wrong, code, what is wrong, what to do)."""
    units = sorted({figure.unit.described for figure in selection or ()})
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


def across_full_break(selection: Selection) -> Check:
    """A check for indicators compared between two waves with a full break between them."""
    waves: dict[str, list[str]] = {}
    for key in selection.keys:
        waves.setdefault(key.indicator, []).append(key.wave)
    d = selection.figures.definitions
    broken = [n for n, w in waves.items() if d.full_break(n, min(w, key=d.order), max(w, key=d.order))]
    return broken, "W334", f"compares {', '.join(broken)} across a full break", "Leave it out."


class Table(TypedDict):
    """The figures of a chart as a table of texts."""

    head: list[str]
    rows: list[list[str]]


class Sketch(NamedTuple):
    """What a form makes of a selection: how each width is drawn, and the words for those who do not see it.

    ``draw`` takes a width in px, or is what was drawn; ``points`` has the texts for a reader who explores, one for each
    area of the drawing, by series; ``told`` are the sentences that describe the picture, and ``notes`` what the notes
    below it say first. ``whiskers`` says whether it draws the intervals; in a form that does not, the table has them.
    ``html`` is shown on a page in place of the picture.
    """

    draw: Callable[[int], drawing.Drawable] | drawing.Drawn
    points: list[list[Point]]
    table: Table
    told: list[str]
    breaks: Iterable[Break] = ()
    whiskers: bool = True
    notes: Sequence[str] = ()
    html: str = ""


class Basis(NamedTuple):
    """The figures that a chart rests on: as a file, by key, with their sources and notes for readers."""

    csv: str
    keys: Sequence[Key]
    sources: list[SourceLine]
    notes: list[str]
    remarks: Sequence[str] = ()  # those of the notes that describe what is drawn too
    facts: Sequence[str] = ()
    compared: Collection[Key] = ()  # those of the keys that are no more than compared with


def basis_of(selection: Selection, options: Options | None = None, *, whiskers: bool = True) -> Basis:
    """The basis of a chart of a selection, with what its options compare it with and remark on it."""
    figures, references = selection.figures, options.references if options else ()
    keys = tuple(dict.fromkeys([*selection.keys, *(r.key for r in references if r.key)]))
    whole = figures.definitions.population
    chosen = [figures[key] for key in keys]
    rows = [
        {**f.key._asdict(), "population": f.key.population or whole, **_plain(f), **columns.labels_of(f, figures)}
        for f in chosen
    ]
    sources = list(dict.fromkeys([*figures.sources(keys), *(r.source for r in references if not r.key)]))
    said = remarks(options, selection) if options else []
    if references:
        said = [*(f"{r.text}." for r in references), *said]
    notes = [*notes_of(selection, whiskers=whiskers), *said]
    facts = [r.fact for r in references if r.fact]
    return Basis(csv_of(columns.FIGURES, rows), keys, sources, notes, said, facts, {*keys} - {*selection.keys})


def compose(name: str, form: str, figures: Figures, basis: Basis, sketch: Sketch) -> Chart:
    """Draw both widths and put the payload together."""
    breaks_said = [break_note(b, figures) for b in sketch.breaks]
    points = [{"row": i, **point} for i, row in enumerate(sketch.points) for point in row]
    series = [point["series"] for row in sketch.points for point in row]
    drawn = sketch.draw if isinstance(sketch.draw, drawing.Drawn) else drawing.draw_both(name, sketch.draw, series)
    payload = {
        "name": name,
        "form": form,
        "svg": drawn.svg,
        "spec": drawn.spec,
        "spots": drawn.spots,
        "points": points,
        "table": sketch.table,
        "csv": basis.csv,
        "figures": [str(key) for key in basis.keys],
        "facts": [*basis.facts],
        "sources": [str(source) for source in basis.sources],
        "places": basis.sources,
        "notes": [*breaks_said, *sketch.notes, *basis.notes],
        "summary": " ".join([f"{sentence}." for sentence in sketch.told] + [*breaks_said, *basis.remarks]),
        "subtitle": subtitle([key for key in basis.keys if key not in basis.compared], figures, drawn.svg.values()),
        "language": figures.language,
        "wave": figures.definitions.plain(figures.wave),
        "baseline": figures.definitions.plain(figures.baseline),
    }
    payload |= {"html": sketch.html} if sketch.html else {}
    return Chart(name, json.dumps(payload, ensure_ascii=False, sort_keys=True, allow_nan=False))


def _plain(figure: Figure) -> dict[str, object]:
    """The columns of a figure after its key, as the data files write them."""
    columns = figure.cells
    if figure.decimals == 0 and (value := figure.number) == int(value):
        columns["value"] = int(value)
    return columns


def csv_of(names: Sequence[str], rows: Iterable[dict[str, object]]) -> str:
    """Rows as CSV, in which no cell is a formula."""
    return csv_table(names, [{k: as_text(v) if isinstance(v, str) else v for k, v in row.items()} for row in rows])
