"""Covariances of estimates: against the textbook, respondent by respondent, with and without clusters."""

import numpy as np
import polars as pl
import pytest
from textbook import WHAT, made_up, textbook_columns, textbook_ratio, textbook_variance

from wavebook.survey.estimation.covariances import between, covariance, groups
from wavebook.survey.estimation.design import Band, Design, Mean, Multiple, Total
from wavebook.survey.estimation.sample import run_over

MARGINS = ("kind", "group")


def textbook_covariance(one, other, *design):
    """By the variance of the sum: no formula for a covariance of its own."""
    return (textbook_variance(one + other, *design) - textbook_variance(one - other, *design)) / 4


def scores(frame, what, inside, margins=()):
    """The linearised scores of each respondent; of calibrated weights, what the margins do not explain."""
    top, bottom, answered = textbook_columns(frame, what)
    w = frame["w"].to_numpy()
    _, z = textbook_ratio(w, top, bottom, answered & inside)
    if not margins:
        return z
    counted = w > 0
    x, u = frame.select(margins).to_dummies().to_numpy().astype(float)[counted], z[counted] / w[counted]
    z[counted] = w[counted] * (u - x @ np.linalg.lstsq(x, u, rcond=None)[0])
    return z


@pytest.mark.parametrize("margins", [(), MARGINS], ids=["fixed weights", "calibrated"])
@pytest.mark.parametrize("finite", [False, True], ids=["infinite", "finite"])
@pytest.mark.parametrize("clustered", [False, True], ids=["people", "clusters"])
@pytest.mark.parametrize("seed", range(2))
def test_covariances_of_questions_groups_and_the_whole_equal_the_textbook(seed, clustered, finite, margins):
    frame = made_up(seed, clustered)
    clusters, size = "cluster" if clustered else (), "size" if finite else None
    design = Design("w", "stratum", clusters, population_size=size, nest=True, calibrated_on=margins)
    items = [Mean("mean", "grade"), Band("band", "grade", low=7, high=9)]
    run = run_over(frame, design, items, {"group": "group"}, "kind", together=[("mean", "band")])
    found = {(g.population, g.segment): g for family in groups(run) for g in family}
    stratum = frame["stratum"].to_list()
    sizes = dict(zip(stratum, frame["size"].to_list(), strict=True)) if finite else None
    drawn = stratum, frame["cluster"].to_list(), sizes
    everyone, kind, group = np.ones(frame.height, bool), frame["kind"].to_numpy(), frame["group"].to_numpy()
    inside = {
        ("", ""): everyone,
        ("x", ""): kind == "x",
        ("", "a"): group == "a",
        ("", "b"): group == "b",
    }
    inside["x", "a"] = inside["x", ""] & inside["", "a"]

    def check(one, i, other, j, *, same_people):
        names = ("mean", "band")
        z, other_z = (scores(frame, names[k], inside[key], margins) for key, k in ((one, i), (other, j)))
        ours = between(run, found[one], np.array([i]), found[other], np.array([j]), same_people=same_people)
        expected = textbook_covariance(z, other_z, *drawn)
        assert ours[0] == pytest.approx(expected, rel=1e-8, abs=1e-12 * np.sqrt((z**2).sum() * (other_z**2).sum()))

    for key in inside:
        check(key, 0, key, 1, same_people=True)
        check(key, 1, key, 0, same_people=True)
        check(key, 0, key, 0, same_people=True)
        check(key, 1, ("", ""), 1, same_people=True)
    check(("x", "a"), 0, ("x", ""), 0, same_people=True)
    check(("x", "a"), 1, ("", "a"), 1, same_people=True)
    check(("", "a"), 0, ("", "b"), 0, same_people=False)


def test_two_questions_with_other_respondents_by_hand():
    """x over all four (mean 2.5), y over the last three (mean 2); weights of 1, no strata."""
    frame = pl.DataFrame({"x": [1.0, 2, 3, 4], "y": [None, 1.0, 2, 3]})
    _, matrix = covariance(frame, Design(), [Mean("x", "x"), Mean("y", "y")])
    zx, zy = np.array([-1.5, -0.5, 0.5, 1.5]) / 4, np.array([0, -1, 0, 1]) / 3
    assert matrix == pytest.approx(4 / 3 * np.array([[zx @ zx, zx @ zy], [zx @ zy, zy @ zy]]))


def test_answers_that_exclude_each_other_and_totals_by_hand():
    """Shares 1/2 and 1/4 of four: covariance -p·q/(n - 1); a total moves with its share as z = y does."""
    frame = pl.DataFrame({"a": [1, 1, 0, 0], "b": [0, 0, 1, 0], "money": [2.0, 2, 0, 0]})
    items = [Multiple("answer", {"a": "a", "b": "b"}), Total("money", "money")]
    _, matrix = covariance(frame, Design(), items)
    assert matrix[0, 1] == pytest.approx(-1 / 2 * 1 / 4 / 3)
    z, y = np.array([1, 1, -1, -1]) / 8, np.array([2, 2, 0, 0])
    assert matrix[0, 2] == pytest.approx(4 / 3 * (z @ (y - y.mean())))


@pytest.mark.parametrize("what", WHAT)
def test_the_diagonal_holds_the_squared_errors(what):
    frame = made_up(3, clustered=False)
    table, matrix = covariance(frame, Design("w", "stratum"), [WHAT[what]], "group")
    assert np.sqrt(np.diag(matrix)) == pytest.approx(table["se"].to_numpy(), rel=1e-10)


def test_no_table_is_as_long_as_the_survey():
    n = 5000
    frame = pl.DataFrame({"x": np.arange(n) % 7, "y": np.arange(n) % 3, "region": np.arange(n) % 4})
    run = run_over(frame, Design(strata="region"), [Mean("x", "x"), Mean("y", "y")], together=[("x", "y")])
    assert [table.height for table in run.tables] == [4]
