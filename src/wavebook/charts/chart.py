"""A finished chart: its pictures, table and words in one payload, and the checks before it is drawn."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypedDict

import altair as alt

from wavebook.charts import drawing, pictures, svg
from wavebook.charts.words import Point, break_note, notes_of
from wavebook.core.problems import Problem, raise_all
from wavebook.core.writing import as_text, csv_table
from wavebook.definitions import Break
from wavebook.figures import COLUMNS, Figure, Figures, Key, Selection, SourceLine
from wavebook.language.words import words_in


@dataclass(frozen=True)
class Chart:
    """A finished chart; the last expression of a notebook cell shows it.

    ``json`` is the payload that pages read: name, form, svg (wide and narrow), spec, vega (wide and narrow), points,
    table, csv, figures, sources, places, notes, summary, language, wave and baseline, in sorted order. The
    specifications are JSON themselves, so that copying a run's outputs need not look into them. The points are the
    texts for a reader who explores the chart, one for each area in it, in that order.
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


def or_absent(form: Callable[[str, Selection], Chart]) -> Callable[[str, Selection], Chart]:
    """Make a form draw nothing where an edition about a segment has none of its figures."""

    @functools.wraps(form)
    def draw(name: str, selection: Selection) -> Chart:
        if selection.figures.segment and not selection.keys:
            return Chart.absent(name, selection.figures)
        return form(name, selection)

    return draw


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


class Basis(NamedTuple):
    """The figures that a chart rests on: as a file, by key, with their sources and notes for readers."""

    csv: str
    keys: Sequence[Key]
    sources: list[SourceLine]
    notes: list[str]


def basis_of(selection: Selection) -> Basis:
    """The basis of a chart of a selection."""
    whole = selection.figures.definitions.population
    rows = [{**f.key._asdict(), "population": f.key.population or whole, **_plain(f)} for f in selection]
    return Basis(csv_of(COLUMNS, rows), selection.keys, selection.figures.sources(selection.keys), notes_of(selection))


def compose(
    name: str,
    form: str,
    figures: Figures,
    basis: Basis,
    draw: Callable[[int], alt.LayerChart],
    *,
    points: list[list[Point]],
    table: Table,
    told: list[str],
    breaks: Iterable[Break] = (),
) -> Chart:
    """Draw both widths and put the payload together; ``told`` are the sentences that describe the picture."""
    breaks_said = [break_note(b, figures) for b in breaks]
    drawn = drawing.draw_both(name, draw)
    payload = {
        "name": name,
        "form": form,
        "svg": drawn.svg,
        "spec": drawn.spec,
        "vega": drawn.vega,
        "points": [{"row": i, **point} for i, row in enumerate(points) for point in row],
        "table": table,
        "csv": basis.csv,
        "figures": [str(key) for key in basis.keys],
        "sources": [str(source) for source in basis.sources],
        "places": basis.sources,
        "notes": [*breaks_said, *basis.notes],
        "summary": " ".join([f"{sentence}." for sentence in told] + breaks_said),
        "language": figures.language,
        "wave": figures.definitions.plain(figures.wave),
        "baseline": figures.definitions.plain(figures.baseline),
    }
    return Chart(name, json.dumps(payload, ensure_ascii=False, sort_keys=True, allow_nan=False))


def _plain(figure: Figure) -> dict[str, object]:
    """The columns of a figure after its key, as the data files write them."""
    columns = figure.cells
    if figure.decimals == 0 and (value := figure.number) == int(value):
        columns["value"] = int(value)
    return columns


def csv_of(columns: Sequence[str], rows: Iterable[dict[str, object]]) -> str:
    """Rows as CSV, in which no cell is a formula."""
    return csv_table(columns, [{k: as_text(v) if isinstance(v, str) else v for k, v in row.items()} for row in rows])
