"""Decimals that leave open what respondents in hidden groups answered, against all answers that there can be."""

import itertools

import numpy as np
import polars as pl
import pytest
from estimates import SETTINGS, row, table_of

from wavebook.survey.disclosure.worlds import MOST, as_published, precision


@pytest.mark.parametrize(
    ("value", "shown", "more", "published"),
    [(6.8496, 1, 2, 6.849), (6.8504, 1, 2, 6.85), (6.84, 1, 1, 6.84), (49.996, 0, 2, 50.0), (49.4999, 0, 1, 49.4)],
)
def test_a_published_estimate_reads_as_the_unrounded_one(value, shown, more, published):
    assert as_published(value, shown, more) == published


def test_what_is_not_known_is_published_as_such():
    assert np.isnan(as_published(np.nan, 1, 2))


class Sample:
    """Respondents of two themes, of which everyone together is shown and neither theme."""

    def __init__(self, seed, people=10):
        chance = np.random.default_rng(seed)
        self.weight, self.inside = chance.uniform(0.5, 2, people), np.arange(people) < people // 2
        self.answers = chance.integers(0, 2, people)
        self.frame = pl.LazyFrame(
            {"theme": np.where(self.inside, "a", "b"), "used": self.answers, "w": self.weight},
        )
        rows = [self.row(np.ones(people, bool), ""), self.row(self.inside, "a"), self.row(~self.inside, "b")]
        self.table = table_of(*rows)
        self.table.loc[1:, "status"] = "suppressed"
        self.why = self.table["segment"].map({"": "", "a": "fewer than 30 respondents", "b": ""})

    def figure(self, answers, inside):
        return 100 * answers @ (self.weight * inside) / self.weight[inside].sum()

    def row(self, inside, segment):
        value = self.figure(self.answers, inside)
        more = {"weight": self.weight[inside].sum(), "indicator": "used", "unit": "percent"}
        return row(inside.sum(), value, segment=segment and f"theme={segment}", **more)

    def most(self, places):
        """As many decimals as leave the hidden share 10 points apart in all worlds that there are; -1 for none."""
        worlds = np.array(list(itertools.product((0, 1), repeat=len(self.weight))))
        shown, hidden = (self.figure(worlds, inside) for inside in (self.inside | True, self.inside))
        for more in range(MOST, -1, -1):
            told = as_published(self.table["value"][0], places, more)
            near = np.flatnonzero(np.abs(shown - told) < 2 * 10.0 ** -(places + more))
            same = hidden[[k for k in near if as_published(shown[k], places, more) == told]]
            if same.max() - same.min() >= 10:
                return more
        return -1

    def precision(self, places=0, weight="w"):
        return precision(self.frame, weight, self.table, self.why, SETTINGS, {"used": places})


@pytest.mark.parametrize(
    ("seed", "people", "places", "most"), [(1, 10, 0, 2), (1, 10, 1, 1), (0, 10, 1, 0), (2, 8, 0, 0), (1, 8, 0, -1)]
)
def test_as_many_decimals_are_published_as_leave_a_hidden_figure_open(seed, people, places, most):
    sample = Sample(seed, people)
    assert sample.most(places) == most
    found = sample.precision(places)
    assert found.decimals == {"used": max(most, 0)}
    assert (found.tried, found.unsafe) == (1, 1)
    assert [key.segment for key in found.open] == ["a"] * (most < 0)


def test_respondents_of_equal_weights_tell_no_more_by_decimals():
    found = Sample(1).precision(3, weight=None)
    assert (found.decimals, found.tried, found.unsafe, found.open) == ({"used": MOST}, 0, 1, ())


def test_where_nothing_unsafe_is_hidden_all_decimals_are_published():
    sample = Sample(1)
    sample.why[:] = ""
    found = sample.precision(3)
    assert (found.decimals, found.tried, found.unsafe) == ({"used": MOST}, 0, 0)


def test_a_group_of_nobody_is_not_tried():
    sample = Sample(1)
    sample.table.loc[1, "n"] = 0
    assert sample.precision(3).unsafe == 0
