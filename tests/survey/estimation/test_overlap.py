"""Who is in both of two waves, and how their estimates move together: by hand."""

import math

import numpy as np
import polars as pl
import pytest

from wavebook.survey.estimation.covariances import groups
from wavebook.survey.estimation.design import Design, Mean
from wavebook.survey.estimation.overlap import Overlap
from wavebook.survey.estimation.sample import run_over

# means of 6 and 6, with a and b in both: z of them is (-1, 1)/4 first and (-2, 2)/4 then, that of all others 0
FIRST = pl.DataFrame({"respondent": ["a", "b", "c", "d"], "grade": [5.0, 7, 6, 6]})
SECOND = pl.DataFrame({"respondent": ["b", "a", "e", "f"], "grade": [8.0, 4, 6, 6]})
BOTH = (1 * 2 + 1 * 2) / 16
EVERYONE = ("", "", "")
PEOPLE = Design(), Design()


def overlap(first, second, designs=PEOPLE, **more):
    """The two waves, and by group the covariances of their means with each other."""
    runs = [
        run_over(frame, design, [Mean("grade", "grade")], **more)
        for frame, design in zip((first, second), designs, strict=False)
    ]
    made = Overlap(*runs, "respondent")
    found = {}
    if made.known:
        families = [
            [{(g.population, g.segment_by, g.segment): g for g in family} for family in groups(run)] for run in runs
        ]
        for one, other in zip(*families, strict=True):
            breakdown = next(iter(one))[1]
            columns = {"_segment": breakdown} if breakdown else {}
            found |= {
                place: value[0]
                for place, value in made.covariances(one, other, np.array([0]), np.array([0]), **columns)
            }
    return made, found


def test_the_means_of_a_panel_move_together_by_who_is_in_both():
    made, found = overlap(FIRST, SECOND)
    assert made.n.tolist() == [6]  # people in the two waves together
    assert found == {EVERYONE: pytest.approx(6 / 5 * BOTH)}


def test_with_clusters_those_that_are_in_both_count():
    design = Design(clusters="respondent")
    _, found = overlap(FIRST, SECOND, (design, design))
    assert found == {EVERYONE: pytest.approx(6 / 5 * BOTH)}
    unnumbered = [frame.rename({"respondent": "town"}) for frame in (FIRST, SECOND)]
    town = Design(clusters="town")
    assert overlap(*unnumbered, (town, town))[1] == {EVERYONE: pytest.approx(6 / 5 * BOTH)}


def test_what_was_drawn_of_the_population_moves_together_less():
    sizes = Design(population_size="size")
    frames = [frame.with_columns(size=pl.lit(size)) for frame, size in ((FIRST, 8), (SECOND, 16))]
    _, found = overlap(*frames, (sizes, sizes))
    assert found == {EVERYONE: pytest.approx(6 / 5 * BOTH * math.sqrt(1 / 2 * 3 / 4))}


def test_each_group_moves_with_who_is_in_it_in_both_waves():
    first = FIRST.with_columns(theme=pl.Series(["x", "x", "y", "y"]))
    second = SECOND.with_columns(theme=pl.Series(["x", "y", "x", "y"]))
    _, found = overlap(first, second, breakdowns=["theme"])
    # of x: a and b are 6 ∓ 1 first, a alone is not there then but b (8) and e (6), about 7: (1/2) · (1/2)
    x, y = ("", "theme", "x"), ("", "theme", "y")
    assert found == {
        EVERYONE: pytest.approx(6 / 5 * BOTH),
        x: pytest.approx(6 / 5 * (1 / 2 * 1 / 2)),
        y: pytest.approx(0, abs=1e-12),
    }


def test_strata_have_their_own_mean():
    strata = Design(strata="h")
    frames = [frame.with_columns(h=pl.Series([1, 1, 2, 2])) for frame in (FIRST, SECOND)]
    made, found = overlap(*frames, (strata, strata))
    assert made.strata == ["1", "2"]
    assert made.n.tolist() == [2, 4]  # c and d, and e and f, are four
    assert found == {EVERYONE: pytest.approx(2 * BOTH)}


@pytest.mark.parametrize(
    ("first", "second", "designs"),
    [
        (FIRST, SECOND.with_columns(pl.col("respondent") + "x"), PEOPLE),
        (FIRST.drop("respondent"), SECOND, PEOPLE),
        (FIRST, SECOND, (Design(), Design(clusters="respondent"))),
        (FIRST.with_columns(h=1), SECOND.with_columns(h=2), (Design(strata="h"), Design(strata="h"))),
        (FIRST.with_columns(h=1), SECOND, (Design(strata="h"), Design())),
    ],
    ids=["nobody in both", "no numbers", "clusters in one wave", "people who moved", "strata in one wave"],
)
def test_nothing_is_known_where_nobody_is_in_both_or_designs_do_not_match(first, second, designs):
    made, found = overlap(first, second, designs)
    assert not made.known
    assert found == {}
