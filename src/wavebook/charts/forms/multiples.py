"""Small multiples: one chart of a form for each part of a selection, on one scale."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import NamedTuple, TypeVar, Unpack, get_args

from wavebook.charts.chart import Chart, NothingToDrawError, Sketch, Table, basis_of, compose
from wavebook.charts.form import Form
from wavebook.charts.layout import WIDTHS, extent, tick_values
from wavebook.charts.level.facets import differing, name_of, part_of
from wavebook.charts.options import Asked, Finding, Options, Part, read
from wavebook.charts.panels import Panel, Panels
from wavebook.charts.words import Point
from wavebook.core.hints import after
from wavebook.core.problems import Problem, ProblemsError
from wavebook.core.text import capital
from wavebook.figures import Figure, Figures, Key, Selection
from wavebook.language.wording import headed, number
from wavebook.language.words import words_in

Item = TypeVar("Item")

MOST = 16  # panels
_FROM_ZERO = ("bars", "pyramid")
_FLAT = 150  # px of a plot, where the form lets it be chosen


class Piece(NamedTuple):
    """A part of a selection, with its name for readers."""

    label: str
    selection: Selection

    @property
    def key(self) -> Key:
        """A key that stands for it."""
        return self.selection.keys[0]


def multiples(
    name: str, selection: Selection, *, form: Form, by: str = "segment", shared: bool = True, **asked: Unpack[Asked]
) -> Chart:
    """Several charts of one form in a grid, one for each part of the selection, with one table.

    ``by`` says what each is of: "segment", "wave", "category", "indicator", "population", or the name of a breakdown
    that is crossed with another. All have one scale, unless ``shared`` is false. Options are those of ``form``;
    ``order`` also orders the charts.

    Raises
    ------
    ProblemsError
        ``form`` is no form of a selection, or ``by`` says nothing in which the figures differ (W370), there are more
        than sixteen charts (W371), or a chart has a problem of its own.
    """
    figures = selection.figures
    if figures.segment and not selection.keys:
        return Chart.absent(name, figures)
    if not isinstance(form, Form):
        found = f"has form={form!r:.40}, which draws no selection"
        raise ProblemsError([Problem("W370", f"chart {name}", found, "Write, say, form=charts.lines.")])
    options, wrong = read(asked, form.takes, form.name, selection)
    pieces, faults = _pieces(selection, by)
    if figures.segment and len(pieces) < 2 and not faults:
        return Chart.absent(name, figures)
    pieces = dataclasses.replace(options, sort="declared").sorted(
        pieces, lambda p: p.key, lambda p: 0, default="declared"
    )
    if shared:
        options = _on_one_scale(options, selection, form)
    options = dataclasses.replace(options, panel=True, height=options.height or _FLAT)
    problems = [Problem(code, f"chart {name}", found, do) for code, found, do in (*wrong, *faults)]
    sketches: list[Sketch] = []
    for piece in pieces:
        try:
            sketches.append(form.sketch(name, piece.selection, options))
        except NothingToDrawError:
            return Chart.absent(name, figures)
        except ProblemsError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if problems:
        raise ProblemsError(problems)
    basis = basis_of(selection, options, whiskers=sketches[0].whiskers)
    return compose(name, "multiples", figures, basis, _together(pieces, sketches, by, figures))


def _pieces(selection: Selection, by: str) -> tuple[list[Piece], list[Finding]]:
    """The parts of a selection, and what is wrong with parting it so."""
    figures = selection.figures
    breakdowns = figures.definitions.segments
    known = [*get_args(Part), *breakdowns]
    if by not in known:
        return [], [
            ("W370", f"has by={by!r}, which is no part of a key{after(by, known)}", "Name a part of their keys.")
        ]
    found: dict[str, list[Key]] = {}
    for key in selection.keys:
        found.setdefault(_part(by, key), []).append(key)
    faults: list[Finding] = []
    if len(found) < 2 and not figures.segment:
        action = "Name a part in which they differ, or call the form itself."
        faults.append(("W370", f"has by={by!r}, in which its figures do not differ", action))
    if len(found) > MOST:
        faults.append(("W371", f"has {len(found)} charts", f"Draw at most {MOST}."))
    pieces = [Piece(_label(by, keys[0], selection), Selection(figures, tuple(keys))) for keys in found.values()]
    return pieces, faults


def _part(by: str, key: Key) -> str:
    if by in get_args(Part):
        return part_of(by, key)  # type: ignore[arg-type]
    return dict(key.parts).get(by, "")


def _label(by: str, key: Key, selection: Selection) -> str:
    if by in get_args(Part):
        return capital(name_of(by, key, selection))  # type: ignore[arg-type]
    figures, segment = selection.figures, dict(key.parts).get(by)
    return capital(figures.name_of(by, segment) if segment else figures.whole(by))


def _on_one_scale(options: Options, selection: Selection, form: Form) -> Options:
    """The options with a scale that holds the figures of all parts."""
    units = {figure.unit for figure in selection}
    if "scale" not in form.takes or options.scale or len(units) != 1:
        return options
    compared = [reference.value for reference in options.references]
    ticks = tick_values(units.pop(), [*extent(selection), *compared])
    low = min(0, ticks[0]) if form.name in _FROM_ZERO else ticks[0]
    return dataclasses.replace(options, scale=(float(low), float(ticks[-1])))


def _together(pieces: list[Piece], sketches: list[Sketch], by: str, figures: Figures) -> Sketch:
    """One sketch of all: drawings in a grid, points in order, one table, and a description of each."""
    language = figures.language
    words = words_in(language).charts
    columns = _columns(sketches)
    panels = [
        Panel(piece.label, sketch.draw, sum(map(len, sketch.points)))
        for piece, sketch in zip(pieces, sketches, strict=True)
        if callable(sketch.draw)
    ]
    return Sketch(
        lambda width: Panels(panels, width, columns["wide" if width >= WIDTHS["wide"] else "narrow"]),
        points=[
            [_placed(point, piece.label) for point in row]
            for piece, sketch in zip(pieces, sketches, strict=True)
            for row in sketch.points
        ],
        table=_table(pieces, [sketch.table for sketch in sketches], _name(by, pieces, figures)),
        told=[
            words["multiples"].format(n=number(len(pieces), 0, language)),
            sketches[0].told[0],
            *_told(pieces, figures),
        ],
        breaks=_once(item for sketch in sketches for item in sketch.breaks),
        whiskers=sketches[0].whiskers,
        notes=_once(note for sketch in sketches for note in sketch.notes),
    )


def _columns(sketches: list[Sketch]) -> dict[str, int]:
    """The columns of the grid at each width: more where each part has one series, or one figure."""
    series = max(len(sketch.points) for sketch in sketches)
    single = max(len(row) for sketch in sketches for row in sketch.points) == 1
    return {"wide": 3 if series == 1 else 2, "narrow": 2 if series == 1 and single else 1}


def _told(pieces: list[Piece], figures: Figures) -> list[str]:
    """The highest and the lowest of all; then of each part its way from first to last wave, or its two ends."""
    language = figures.language
    words = words_in(language).charts
    told: list[str] = []
    every = [(figure.printed, i, figure) for i, piece in enumerate(pieces) for figure in piece.selection]
    one_unit, alike = len({item[2].unit for item in every}) == 1, len({item[0] for item in every}) == 1
    for what, end in (("highest", max), ("lowest", min)) if one_unit and not alike else ():
        _, i, figure = end(every, key=lambda item: item[0])
        name = ", ".join(filter(None, [pieces[i].label, _own_name(figure, pieces[i])]))
        told.append(words["with_value"].format(what=words[what], name=name, value=figure.text(language, "prose")))
    for piece in pieces:
        found = list(piece.selection)
        if differing(piece.selection) == ["wave"]:
            ends = [end(found, key=lambda f: figures.definitions.order(f.key.wave)) for end in (min, max)]
            first, last = (
                words["in"].format(value=f.text(language, "prose"), wave=figures.called(f.key.wave)) for f in ends
            )
            text = words["from_to"].format(first=first, last=last)
        elif len(found) > 1:
            ends = [end(found, key=lambda f: f.printed) for end in (min, max)]
            low, high = (f"{f.text(language, 'prose')} ({_own_name(f, piece)})" for f in ends)
            text = words["class_between"].format(low=low, high=high)
        else:
            text = found[0].text(language, "prose")
        told.append(headed(piece.label, text, language))
    return told


def _own_name(figure: Figure, piece: Piece) -> str:
    """What sets a figure apart from the others of its part."""
    return ", ".join(name_of(part, figure.key, piece.selection) for part in differing(piece.selection))


def _placed(point: Point, label: str) -> Point:
    """A point that says in which chart it is, unless it does."""
    before, *rest = point["says"]
    if label.casefold() in before.casefold():
        return point
    return {**point, "says": [f"{label}. {before}", *rest]}


def _name(by: str, pieces: list[Piece], figures: Figures) -> str:
    """What stands above the names of the parts in the table."""
    words, breakdowns = words_in(figures.language), figures.definitions.segments
    if by == "segment":
        found = {key.segment_by for piece in pieces for key in piece.selection.keys} - {""}
        by = found.pop() if len(found) == 1 else by
    if by in breakdowns:
        return capital(breakdowns[by][figures.language])
    return words.tables["wave" if by == "wave" else "what"]


def _table(pieces: list[Piece], tables: list[Table], name: str) -> Table:
    """The tables below each other with the name of each part; beside each other where each has columns of its own."""
    if all(table["head"] == tables[0]["head"] for table in tables):
        rows = [[piece.label, *row] for piece, table in zip(pieces, tables, strict=True) for row in table["rows"]]
        return {"head": [name, *tables[0]["head"]], "rows": rows}
    firsts = _once(row[0] for table in tables for row in table["rows"])
    head, rows = [tables[0]["head"][0]], [[first] for first in firsts]
    for piece, table in zip(pieces, tables, strict=True):
        own = table["head"][1:]
        head += [own[0] if piece.label in own[0] else f"{piece.label}, {text}" for text in own]
        cells = {row[0]: row[1:] for row in table["rows"]}
        for row in rows:
            row += cells.get(row[0], ["–"] * len(own))
    return {"head": head, "rows": rows}


def _once(items: Iterable[Item]) -> list[Item]:
    """Each item once, in the order in which they come first."""
    found: list[Item] = []
    for item in items:
        found += [] if item in found else [item]
    return found
