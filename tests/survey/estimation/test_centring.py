"""Sums from about the mean of each group, by hand."""

import numpy as np
import polars as pl
import pytest

from wavebook.survey.estimation.centring import centred
from wavebook.survey.estimation.design import Band, Design, Mean, Ratio
from wavebook.survey.estimation.families import families
from wavebook.survey.estimation.sample import run_over

ITEMS = [Mean("grade", "grade"), Ratio("ratio", "grade", "size"), Band("band", "grade", low=6)]
FRAME = pl.DataFrame(
    {
        "grade": [5.0, 6, 8, None],
        "size": [1.0, 2, 2, 1],
        "w": [1.0, 2, 1, 1],
        "theme": ["a", "a", "b", "b"],
        "wave": [1, 2, 1, 2],
        "town": [1, 2, 2, 3],
    }
)


def sums(centre, lost=(0, 1), design=None, **more):
    """The roles of each lost term by row of the last family, from these centres by part × term."""
    run = run_over(FRAME, design or Design("w"), ITEMS, **more)
    *_, family = families(run)
    found, same, terms = centred(family, run, np.array(centre, float), list(lost))
    assert same is run
    assert found.rows["part"].to_list() == family.rows["part"].to_list()
    assert terms[2] == run.terms[2]  # the digits of a share were not lost
    return (
        found,
        run,
        [
            {role: found.rows[name].to_list() for role, name in terms[k].sums.items() if name in found.rows.columns}
            for k in lost
        ],
    )


def test_a_mean_is_summed_from_its_centre():
    _, _run, (mean, _) = sums([[6, 0, 0]])
    # a − c is -1, 0 and 2, with weights of 1, 2 and 1
    assert {role: mean[role] for role in ("a", "b", "v", "vab", "vbb")} == {
        "a": [1],
        "b": [4],
        "v": [5],
        "vab": [1],
        "vbb": [4],
    }
    assert {role: mean[role] for role in ("aa", "ab", "bb")} == {"aa": [5], "ab": [1], "bb": [6]}
    assert mean["n"] == [3]


def test_a_ratio_is_summed_from_its_centre_times_its_base():
    _, _, (_, ratio) = sums([[0, 3, 0]])
    # 5 − 3, 6 − 6 and 8 − 6
    assert (ratio["a"], ratio["b"], ratio["v"], ratio["vab"]) == ([4], [7], [8], [6])


def test_each_group_has_its_own_centre():
    _, _, (mean, _) = sums([[5, 0, 0], [8, 0, 0]], breakdowns=["theme"])
    assert (mean["a"], mean["v"]) == ([2, 0], [2, 0])


def test_each_side_of_a_change_has_its_own_centre():
    _, _, (mean, _) = sums([[6, 0, 0], [5, 0, 0]], across=("wave", 1, 2))
    assert (mean["a"], mean["v"]) == ([1, 2], [5, 2])


def test_clusters_keep_their_rows():
    _, _, (mean, _) = sums([[6, 0, 0]], design=Design("w", clusters="town"))
    assert mean["a"] == [-1, 2, 0]


def test_the_regression_on_margins_is_of_the_same_numbers():
    found, _run, (mean, _) = sums([[6, 0, 0]], design=Design("w", calibrated_on="theme"))
    assert mean["qa"] == [-1, 2]  # each counts alike: 5 − 6 and 6 − 6, and 8 − 6
    assert found.fits is found.rows
    clustered, _, _ = sums([[6, 0, 0]], design=Design("w", clusters="town", calibrated_on="theme"))
    name = next(name for name in clustered.fits.columns if name.startswith("qa:centred 0"))
    assert clustered.fits[name].to_list() == [-1, 2]


@pytest.mark.parametrize("centre", [0.0, 6.0, 1e3])
def test_whatever_the_centre_the_sums_give_the_same_estimate(centre):
    _, _, (mean, _) = sums([[centre, 0, 0]])
    assert mean["a"][0] / mean["b"][0] + centre == pytest.approx(25 / 4)
