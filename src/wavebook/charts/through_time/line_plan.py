"""The plan of a line chart: its series, which of them are in colour, and which values are written beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from wavebook.charts.layout import Row
from wavebook.charts.marks import HUES
from wavebook.charts.naming import fits
from wavebook.charts.options import Options
from wavebook.charts.series import Link, links, rows_as_known
from wavebook.charts.theme import colour
from wavebook.definitions import Break
from wavebook.figures import Figure, Figures, Key

SHAPES = ("circle", "square", "triangle-up", "diamond")
MOST = 20  # series, whose names stand beside each other in one column
QUIET = colour("muted")


@dataclass(frozen=True)
class Plan:
    """Series to draw as lines, with what was asked of them; ``rows`` have their figures as exactly as all are known."""

    rows: list[Row]
    breaks: Sequence[Break]
    options: Options

    @classmethod
    def of(cls, series: Sequence[Row], breaks: Sequence[Break], options: Options) -> Plan:
        """A plan for these series."""
        return cls(rows_as_known(series), breaks, options)

    @property
    def figures(self) -> Figures:
        """The figures of the edition."""
        return self.options.figures

    @cached_property
    def drawn(self) -> list[Figure]:
        """All figures, series by series."""
        return [figure for row in self.rows for figure in row.figures]

    @cached_property
    def many(self) -> bool:
        """Whether there are more series than colours."""
        return len(self.rows) > len(HUES)

    @cached_property
    def lit(self) -> list[bool]:
        """For each series whether it is in colour: what is highlighted, or all unless there are too many for that.

        Then none is: colour for some of them would say that these matter more, which nobody has said.
        """
        if self.many and not self.options.highlight:
            return [False] * len(self.rows)
        lit = [self.options.is_lit(*(figure.key for figure in row.figures)) for row in self.rows]
        return lit if any(lit) or self.many else [True] * len(lit)  # what is highlighted is not in this edition

    @cached_property
    def hues(self) -> list[str]:
        """The colour of each series: of up to four its own whatever is highlighted, of more the next one."""
        left = iter(HUES)
        own = iter(HUES) if not self.many else None
        found: list[str] = []
        for lit in self.lit:
            hue = next(own) if own else next(left) if lit else QUIET
            found.append(hue if lit else QUIET)
        return found

    @cached_property
    def shapes(self) -> list[str]:
        """The shape of the dots of each series, each colour having its own."""
        return [SHAPES[HUES.index(hue)] if hue in HUES else SHAPES[0] for hue in self.hues]

    @cached_property
    def waves(self) -> list[str]:
        """The waves on the axis, oldest first: those of the figures, and the unknown ones between them."""
        found = {figure.key.wave for figure in self.drawn} | {w for link in self.links for w in link.waves}
        return sorted(found, key=self.figures.definitions.order)

    @cached_property
    def between(self) -> list[list[Link]]:
        """For each series what lies between its figures."""
        return [links(row.figures, self.figures) for row in self.rows]

    @cached_property
    def links(self) -> list[Link]:
        """What lies between the figures of all series."""
        return [link for own in self.between for link in own]

    @cached_property
    def written(self) -> set[Key]:
        """The figures whose values are written: by default the ends of each series, its highest and its lowest.

        Of more series than colours, those that are grey have their last value only.
        """
        label = self.options.label or "peaks"
        if not isinstance(label, str) or label in ("all", "none"):
            return {figure.key for figure in self.drawn if self.options.is_labelled(figure.key)}
        found: set[Key] = set()
        for row, lit in zip(self.rows, self.lit, strict=True):
            ends = [row.figures[0], row.figures[-1]] if lit or not self.many else [row.figures[-1]]
            found |= {figure.key for figure in ends}
            if label == "peaks" and (lit or not self.many):
                found |= {figure.key for figure in peaks(row.figures)}
        return found

    def dotted(self, dense: bool) -> list[list[Figure]]:
        """For each series the figures that have a dot.

        A grey one among many has one at its end. Where dots would touch each other (``dense``), only those have one
        whose values are written. Wherever no line leads to a figure or from it, it has one.
        """
        found = []
        for row, lit, between in zip(self.rows, self.lit, self.between, strict=True):
            bonds = ["", *(link.bond for link in between), ""]
            alone = {f.key for f, sides in zip(row.figures, pairwise(bonds), strict=True) if "known" not in sides}
            chosen = alone | {row.figures[-1].key} | (self.written if dense and (lit or not self.many) else set())
            some = dense or (self.many and not lit)
            found.append([figure for figure in row.figures if not some or figure.key in chosen])
        return found

    @cached_property
    def notes(self) -> list[tuple[Figure, str]]:
        """Each remark with its point: the newest one that its name fits, of a series in colour if there is one."""
        found = []
        ranked = [row for _, row in sorted(zip(self.lit, self.rows, strict=True), key=lambda pair: not pair[0])]
        for name, text in self.options.notes.items():
            of = (f for row in ranked for f in reversed(row.figures) if fits(name, f.key, self.figures))
            found += [(figure, text) for figure in [next(of, None)] if figure]
        return found


def peaks(series: Sequence[Figure]) -> list[Figure]:
    """The highest and the lowest figure of a series, where readers see another value than at both of its ends."""
    ends = {series[0].printed, series[-1].printed}
    found = (pick(series, key=lambda f: f.printed) for pick in (max, min))
    return list(dict.fromkeys(figure for figure in found if figure.printed not in ends))
