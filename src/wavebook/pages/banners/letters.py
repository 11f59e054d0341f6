"""The letters of a row: for each column those of the columns of its breakdown whose figures are shown to be lower."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import numpy as np

from wavebook.claims.pairwise import ANYTHING, NOTHING, Bounds, Estimate, Pairs
from wavebook.figures import Figure, Figures
from wavebook.figures.accuracy import Accuracy, Basis, accuracy, samples_of
from wavebook.pages.banners.layout import Column, Options, Table

LEAST = 30
"""The fewest respondents behind a figure that is compared."""
LEVEL, LOWER_LEVEL = 0.05, 0.10
UP, DOWN = "▲", "▼"


class Judge:
    """Comparison of the figures of tables; ``options`` say how."""

    def __init__(self, figures: Figures, options: Options):
        self.figures, self.options = figures, options

    def letters(self, table: Table, category: str) -> Mapping[Column, str]:
        """By column of a row its letters: capitals at 95 %, small ones at 90 % alone."""
        found: dict[Column, str] = {}
        for group in table.groups:
            if group.is_lettered:
                found |= self._of_group(table, category, group.columns)
        return found

    def _of_group(self, table: Table, category: str, columns: Sequence[Column]) -> Iterator[tuple[Column, str]]:
        compared = [(c, *e) for c in columns if (e := self.estimate(table.known(c, category)))]
        if len(compared) < 2:
            return iter(())
        names = [name for _, name, _ in compared]
        i, j = np.triu_indices(len(compared), 1)
        bounds = [self._bounds(names[a], names[b]) for a, b in zip(i.tolist(), j.tolist(), strict=True)]
        pairs = Pairs.within([estimate for *_, estimate in compared], bounds)
        judged = pairs.holm if self.options.holm else pairs.higher
        sure = judged(LEVEL)
        likely = judged(LOWER_LEVEL) if self.options.ninety else sure
        own: dict[Column, list[str]] = {column: [] for column, *_ in compared}
        for a, b, certain, other in zip(i.tolist(), j.tolist(), sure.tolist(), likely.tolist(), strict=True):
            if way := certain or other:
                high, low = (a, b) if way > 0 else (b, a)
                letter = compared[low][0].letter
                own[compared[high][0]].append(letter if certain else letter.lower())
        return ((column, "".join(sorted(found, key=str.upper))) for column, found in own.items() if found)

    def moved(self, table: Table, category: str) -> Mapping[Column, str]:
        """By column of a row, the sign that its figure is shown to be higher or lower than in the earlier wave."""
        both = [(c, table.known(c, category), table.earlier(c, category)) for c in table.columns]
        found = [(c, self.estimate(now), self.estimate(then)) for c, now, then in both]
        pairs = [(c, now, then) for c, now, then in found if now and then]
        if not pairs:
            return {}
        bounds = [self.figures.correlation_of(now[0], then[0]) for _, now, then in pairs]
        shown = Pairs.across([now[1] for _, now, _ in pairs], [then[1] for *_, then in pairs], bounds).higher(LEVEL)
        return {c: UP if way > 0 else DOWN for (c, *_), way in zip(pairs, shown.tolist(), strict=True) if way}

    def estimate(self, figure: Figure | None) -> tuple[str, Estimate] | None:
        """The name of a figure and what it is compared by; None where it is not to be compared."""
        if figure is None or (self._people(figure) or 0) < LEAST:
            return None
        found = Estimate(self._accuracy(figure), Decimal(figure.printed))
        return (str(figure.key), found) if found.is_sampled else None

    def _people(self, figure: Figure) -> int | None:
        """The respondents behind a figure, in the table or as its wave declares them; None where nobody says."""
        declared = [s.n for s in samples_of(figure, self.figures.definitions) if s.n] if figure.n is None else ()
        return declared[-1] if declared else figure.n

    def basis(self, figure: Figure) -> Basis:
        """What the error of a figure rests on."""
        return self._accuracy(figure).basis

    def _accuracy(self, figure: Figure) -> Accuracy:
        return accuracy(figure, self.figures.definitions)

    def _bounds(self, one: str, other: str) -> Bounds:
        known = self.figures.correlation_of(one, other)
        return known or (NOTHING if self.options.independent else ANYTHING)
