"""The figures of a selection as rows and columns: what stands beside each other on a row, and what below each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, cast, get_args

from wavebook.charts.naming import group_of
from wavebook.charts.options import Part, declared_rank
from wavebook.core.text import capital
from wavebook.definitions.breakdowns import CROSS
from wavebook.figures import Figure, Figures, Key, Selection

PARTS: tuple[Part, ...] = get_args(Part)  # rows are told apart by the last of those that differ, headings by the others


class Column(NamedTuple):
    """What figures in one column share: its part of their keys, its name for readers, and the first of those keys."""

    part: str
    label: str
    key: Key


class Facet(NamedTuple):
    """A row: its heading (empty if all rows share it), its name, and its figures by the part of their column."""

    heading: str
    label: str
    cells: dict[str, Figure]

    @property
    def key(self) -> Key:
        """The key of its first figure."""
        return next(iter(self.cells.values())).key

    @property
    def whole_label(self) -> str:
        """Its name with its heading."""
        return f"{self.heading}, {self.label}" if self.heading else self.label


def part_of(part: Part, key: Key) -> str:
    """This part of a key."""
    return f"{key.segment_by}={key.segment}" if part == "segment" else getattr(key, part)


def differing(selection: Selection, across: str | None = None) -> list[Part]:
    """The parts in which the keys of a selection differ, but for what a column says."""
    keys = [_rest(key, across) for key in selection.keys]
    return [part for part in PARTS if part != across and len({part_of(part, key) for key in keys}) > 1]


def _rest(key: Key, across: str | None) -> Key:
    """A key without its segment of the breakdown whose segments are columns."""
    left = [(by, segment) for by, segment in key.parts if by != across or across in PARTS]
    return key._replace(segment_by=CROSS.join(by for by, _ in left), segment=CROSS.join(one for _, one in left))


def name_of(part: Part, key: Key, selection: Selection) -> str:
    """Name for readers of a part of a key in a selection."""
    figures = selection.figures
    declared = figures.definitions.indicators[key.indicator]
    match part:
        case "wave":
            return figures.called(key.wave)
        case "indicator":
            return declared.name[figures.language]
        case "category":
            return declared.categories[key.category][figures.language] if key.category else figures.label(key)
        case "population":
            return figures.people(key.population)
        case "segment":
            return group_of(key, selection) or figures.label(key)


def columns_of(selection: Selection, across: str) -> list[Column]:
    """The columns of a selection, in the order of the declarations: a part of its keys, or segments of a breakdown."""
    figures, found = selection.figures, dict[str, Key]()
    for key in selection.keys:
        found.setdefault(_column_of(across, key), key)
    made = [Column(part, _column_name(across, key, selection), key) for part, key in found.items()]
    return sorted(made, key=lambda column: _rank(across, column.key, figures))


def _column_of(across: str, key: Key) -> str:
    return part_of(cast(Part, across), key) if across in PARTS else dict(key.parts).get(across, "")


def _column_name(across: str, key: Key, selection: Selection) -> str:
    if across in PARTS:
        return name_of(cast(Part, across), key, selection)
    segment = dict(key.parts).get(across)
    return selection.figures.name_of(across, segment) if segment else selection.figures.whole(across)


def facets_of(selection: Selection, across: str | None) -> list[Facet]:
    """The rows of a selection, in its order; without ``across``, one figure a row, in a column without a name."""
    parts = differing(selection, across)
    outer, inner = (parts[:-1], parts[-1]) if parts else (parts, _own_part(selection, across))
    found: dict[tuple[str, ...], dict[str, Figure]] = {}
    for figure in selection:
        row = tuple(part_of(part, _rest(figure.key, across)) for part in parts)
        found.setdefault(row, {})[_column_of(across, figure.key) if across else ""] = figure
    made = []
    for cells in found.values():
        key = _rest(next(iter(cells.values())).key, across)
        heading = capital(", ".join(name_of(part, key, selection) for part in outer))
        made.append(Facet(heading, name_of(inner, key, selection), cells))
    return made


def grouped(facets: Iterable[Facet]) -> list[tuple[str, list[Facet]]]:
    """Rows by heading, each heading once."""
    groups: dict[str, list[Facet]] = {}
    for facet in facets:
        groups.setdefault(facet.heading, []).append(facet)
    return list(groups.items())


def within_groups(facets: list[Facet], arrange: Callable[[list[Facet]], list[Facet]]) -> list[Facet]:
    """Rows arranged within their groups."""
    return [facet for _, rows in grouped(facets) for facet in arrange(rows)]


def _own_part(selection: Selection, across: str | None) -> Part:
    """The part that names the only row: its category, if that is no column, or else its indicator."""
    return "category" if across != "category" and any(key.category for key in selection.keys) else "indicator"


def _rank(across: str, key: Key, figures: Figures) -> tuple[float, ...]:
    """The place of a column among those that differ in this part only."""
    d = figures.definitions
    if across not in PARTS:
        return (
            ([*d.segments[across].values].index(dict(key.parts).get(across, "")),)
            if across in dict(key.parts)
            else (-1,)
        )
    if across == "wave":
        return (d.order(key.wave),)
    alone = Key(key.wave, key.indicator, "", "", "", "")
    return declared_rank(figures, alone._replace(**_only(across, key)))


def _only(across: str, key: Key) -> dict[str, str]:
    if across == "segment":
        return {"segment_by": key.segment_by, "segment": key.segment}
    return {across: getattr(key, across)}


def common_name(selection: Selection) -> str:
    """Name for readers of what all figures of a selection share."""
    figures, key = selection.figures, selection.keys[0]
    told = {"indicator": True, "category": bool(key.category), "segment": bool(figures.apart(key)), "wave": True}
    shared: list[Part] = [part for part in PARTS if told.get(part) and part not in differing(selection)]
    return capital(", ".join(name_of(part, key, selection) for part in shared))
