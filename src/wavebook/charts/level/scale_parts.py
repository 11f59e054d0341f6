"""The answers of a scale as parts of one whole: their order, their sides, their colours, and what is missing of it."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import Literal, NamedTuple

from wavebook.charts.level.facets import Column, Facet, columns_of
from wavebook.charts.naming import fits
from wavebook.charts.options import declared_rank
from wavebook.charts.theme import SIDES, STEPS, colour
from wavebook.core.units import MOST_NOISE
from wavebook.figures import Figure, Figures, Key, Selection

MOST_ASIDE = 3  # answers on one side of the middle that readers can tell apart
Side = Literal["left", "middle", "right", "apart"]


class Paint(NamedTuple):
    """The colour of a part, and that of text on it."""

    fill: str
    ink: str


GREY = Paint(colour("grid"), colour("text"))


@dataclass(frozen=True)
class Scale:
    """The answers of a scale in order, and on which side of the middle each lies.

    Without a middle, all lie to the right of their common start. ``apart`` are answers outside the scale, as
    don't know.
    """

    columns: list[Column]
    sides: list[Side]

    @property
    def has_middle(self) -> bool:
        """Tell whether bars lie around a middle."""
        return "left" in self.sides or "middle" in self.sides

    def on(self, *sides: Side) -> list[Column]:
        """The answers on these sides, in order."""
        return [column for column, side in zip(self.columns, self.sides, strict=True) if side in sides]

    @property
    def paints(self) -> dict[str, Paint]:
        """The colour of each answer, by the part of its column."""
        found = {column.part: GREY for column in self.on("apart")}
        if not self.has_middle:
            steps = self.on("right")
            return found | {c.part: _step(i, len(steps)) for i, c in enumerate(steps)}
        left, right = self.on("left"), self.on("right")
        found |= {c.part: _side("zero") for c in self.on("middle")}
        found |= {c.part: _side(f"minus-{_distance(i, len(left))}") for i, c in enumerate(reversed(left))}
        return found | {c.part: _side(f"plus-{_distance(i, len(right))}") for i, c in enumerate(right)}


def _distance(place: int, count: int) -> int:
    """How far from the middle the colour of an answer is: one alone is in the stronger colour."""
    return 2 if count == 1 else place + 1


def _side(name: str) -> Paint:
    return Paint(colour(name), colour(SIDES[name]))


def _step(place: int, count: int) -> Paint:
    chosen = {1: (4,), 2: (2, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5)}.get(count, (1, 2, 3, 4, 5))
    step = chosen[min(place, STEPS - 1)]
    return Paint(colour(f"ramp-{step}"), colour(f"ramp-text-{step}"))


def scale_of(columns: list[Column], middle: tuple[str, ...], apart: tuple[str, ...], figures: Figures) -> Scale:
    """The answers in order; ``middle`` names the one in the middle, or the two between which it lies."""
    outside = [column for column in columns if any(fits(name, column.key, figures) for name in apart)]
    inside = [column for column in columns if column not in outside]
    named = [i for i, column in enumerate(inside) if any(fits(name, column.key, figures) for name in middle)]
    cut = named[-1] if named else 0
    sides: list[Side] = []
    for i in range(len(inside)):
        sides.append("left" if i < cut else "right")
    if len(named) == 1:
        sides[cut] = "middle"
    for _ in outside:
        sides.append("apart")
    return Scale([*inside, *outside], sides)


def answers_of(selection: Selection, rows: list[Facet]) -> list[Column]:
    """The answers of a selection in the order of their declaration, with those that are hidden in one of its rows."""
    figures, columns = selection.figures, columns_of(selection, "category")
    for row in rows:
        for name, text in figures.definitions.indicators[row.key.indicator].categories.items():
            key = row.key._replace(category=name)
            if name not in [column.part for column in columns] and figures.is_suppressed(key):
                columns.append(Column(name, text[figures.language], key))
    return sorted(columns, key=lambda column: declared_rank(figures, column.key)[1])


def missing_in(row: Facet, scale: Scale, figures: Figures) -> tuple[float, list[Column]]:
    """The share of a row that no figure gives, zero if rounding explains it, and the answers that are hidden."""
    hidden = [c for c in scale.columns if c.part not in row.cells and figures.is_suppressed(_key_in(row, c))]
    rest = 100 - fsum(figure.number for figure in row.cells.values())
    return (rest if rest > _rounding(row, figures) else 0), hidden


def is_over(row: Facet, figures: Figures) -> bool:
    """Tell whether the parts of a row are more than their whole."""
    return fsum(figure.number for figure in row.cells.values()) > 100 + _rounding(row, figures)


def _key_in(row: Facet, column: Column) -> Key:
    return row.key._replace(category=column.key.category)


def _rounding(row: Facet, figures: Figures) -> float:
    """How far the parts of a row can be from their whole through rounding and noise alone."""
    return fsum(0.5 * 10.0**-figure.decimals + _noise(figure, figures) for figure in row.cells.values()) + 1e-9


def _noise(figure: Figure, figures: Figures) -> float:
    if not figure.is_perturbed:
        return 0
    noise = figures.definitions.noise_of(figure.key.wave) or 0
    return MOST_NOISE * noise / figure.n * 100 if figure.n else 1


class Stretch(NamedTuple):
    """A part in its place: from where to where in per cent, and its figure; None for what is not shown."""

    start: float
    stop: float
    figure: Figure | None
    part: str
    apart: bool = False


def gap_side(row: Facet, scale: Scale, figures: Figures) -> str | None:
    """The side of what is missing in a row, None if it is on several: where nothing is hidden, beyond all answers."""
    _, hidden = missing_in(row, scale, figures)
    sides = {side for column, side in zip(scale.columns, scale.sides, strict=True) if column in hidden}
    beyond = "apart" if scale.has_middle or scale.on("apart") else "right"
    return None if len(sides) > 1 else next(iter(sides), beyond)


def stretches_of(row: Facet, scale: Scale, figures: Figures) -> list[Stretch]:
    """The parts of a row from left to right, zero at the middle; what stands apart begins at zero itself."""
    missing, hidden = missing_in(row, scale, figures)
    whole = 1 if missing else 100 / (fsum(figure.number for figure in row.cells.values()) or 100)
    side = (gap_side(row, scale, figures) or "apart") if missing else ""
    sizes: dict[str, list[tuple[str, float]]] = {name: [] for name in ("left", "middle", "right", "apart")}
    for column, where in zip(scale.columns, scale.sides, strict=True):
        if column.part in row.cells:
            sizes[where].append((column.part, row.cells[column.part].number * whole))
        elif missing and len(hidden) == 1 and column in hidden:
            sizes[where].append(("", missing))  # in its place
    if missing and len(hidden) != 1:
        sizes[side].insert(0 if side == "left" else len(sizes[side]), ("", missing))
    left, middle = (fsum(size for _, size in sizes[name]) for name in ("left", "middle"))
    made: list[Stretch] = []
    for names, start in ((("left", "middle", "right"), -left - middle / 2), (("apart",), 0.0)):
        for part, size in (item for name in names for item in sizes[name]):
            made.append(Stretch(start, start + size, row.cells.get(part), part, names == ("apart",)))
            start += size
    return made
