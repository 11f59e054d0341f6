"""Linearised scores and their variances, by hand."""

import numpy as np
import polars as pl
import pytest

from wavebook.survey.estimation.design import Band, Design, Mean, Ratio, Total
from wavebook.survey.estimation.families import families
from wavebook.survey.estimation.linearisation import degrees, linearise, scores_of, variances
from wavebook.survey.estimation.sample import run_over

FIVE = pl.DataFrame({"grade": [5.0, 6, 7, 8, 9], "town": [1, 1, 2, 2, 3], "w": [2.0] * 5})
STRATA = pl.DataFrame({"grade": [1.0, 3, 5, 9], "h": [1, 1, 2, 2]})


def linear(frame, design=None, item=None, breakdowns=(), across=None):
    """The linearised estimates of the last family, its variances and degrees of freedom."""
    run = run_over(frame, design or Design(), [item or Mean("grade", "grade")], breakdowns, None, across)
    *_, family = families(run)
    found = linearise(family, run)
    scores = scores_of(family, found, run, sides=bool(across))
    n = np.array([[row] for row in family.rows[run.terms[0].sums["n"]]])
    return found, variances(family, scores, run)[:, 0], degrees(family, run, n)[:, 0]


def test_a_mean_by_hand():
    found, variance, df = linear(FIVE)
    assert [found.value.item(), found.r.item(), found.base.item(), found.n.item()] == [7, 7, 5, 5]
    assert found.simple.item() == pytest.approx(10 / 4 / 5)  # s² / n
    assert variance.tolist() == pytest.approx([5 / 4 * 10 / 25])
    assert df.tolist() == [4]


def test_who_did_not_answer_was_drawn_all_the_same():
    _, variance, df = linear(pl.concat([FIVE.select("grade"), pl.DataFrame({"grade": [None]}, {"grade": pl.Float64})]))
    assert variance.tolist() == pytest.approx([6 / 5 * 10 / 25])
    assert df.tolist() == [4]


def test_clusters_are_summed_first():
    _, variance, df = linear(FIVE, Design(clusters="town"))
    assert variance.tolist() == pytest.approx([3 / 2 * (3**2 + 1**2 + 2**2) / 25])  # 11 less 14, 15 less 14, 9 less 7
    assert df.tolist() == [2]


def test_weights_of_all_alike_change_no_estimate():
    found, variance, _ = linear(FIVE, Design("w"))
    assert (found.value.item(), found.base.item()) == (7, 10)
    assert variance.tolist() == pytest.approx([5 / 4 * 10 / 25])
    assert found.simple_left.item() == pytest.approx(1 / 2)  # ten in the population, five drawn


def test_strata_have_their_own_mean():
    _, variance, df = linear(STRATA, Design(strata="h"))
    # scores a quarter of -3.5 and -1.5, and of 0.5 and 4.5: 1/4 and 1/2 from their means
    assert variance.tolist() == pytest.approx([2 * 2 * (1 / 16) + 2 * 2 * (1 / 4)])
    assert df.tolist() == [2]


def test_what_was_drawn_is_known():
    _, variance, _ = linear(FIVE.with_columns(size=pl.lit(10)), Design(population_size="size"))
    assert variance.tolist() == pytest.approx([1 / 2 * 5 / 4 * 10 / 25])


def test_people_of_whom_some_were_drawn_from_a_cluster_add_what_they_leave_unsure():
    frame = pl.DataFrame({"grade": [1.0, 3, 5, 9], "town": [1, 1, 2, 2], "towns": [4] * 4, "people": [4] * 4})
    design = Design(clusters="town", population_size="towns", people_size="people")
    _, variance, _ = linear(frame, design)
    # towns: half left, 2 · ((4 - 9)² + (14 - 9)²) / 16; people: half of the towns, half left, 2 · (2 · 1 + 2 · 4) / 16
    assert variance.tolist() == pytest.approx([1 / 2 * 2 * 50 / 16 + 1 / 2 * 1 / 2 * 2 * 10 / 16])


def test_what_the_margins_explain_is_taken_off():
    _, variance, _ = linear(STRATA, Design(calibrated_on="h"))
    assert variance.tolist() == pytest.approx([4 / 3 * (1 + 1 + 4 + 4) / 16])
    _, clustered, _ = linear(
        STRATA.with_columns(town=pl.Series([1, 1, 1, 2])), Design(clusters="town", calibrated_on="h")
    )
    assert clustered.tolist() == pytest.approx([2 * 2 * 2**2 / 16])  # -1, 1 and -2 in one town, 2 in the other


def test_a_group_has_the_variance_of_the_whole_sample():
    found, variance, df = linear(STRATA, breakdowns=["h"])
    assert found.value[:, 0].tolist() == [2, 7]
    assert variance.tolist() == pytest.approx([4 / 3 * 2 / 4, 4 / 3 * 8 / 4])  # all others score 0
    assert df.tolist() == [1, 1]


def test_a_ratio_and_a_total_by_hand():
    frame = pl.DataFrame({"x": [2.0, 4, 6], "y": [1.0, 1, 2]})
    found, variance, _ = linear(frame, item=Ratio("r", "x", "y"))
    assert (found.value.item(), found.base.item()) == (3, 4)
    assert variance.tolist() == pytest.approx([3 / 2 * (1 + 1 + 0) / 16])  # 2 - 3, 4 - 3, 6 - 6
    found, variance, _ = linear(frame, item=Total("t", "x"))
    assert (found.value.item(), found.r.item(), found.base.item()) == (12, 0, 1)
    assert variance.tolist() == pytest.approx([3 / 2 * (4 + 16 + 36 - 12**2 / 3)])


def test_a_share_by_hand():
    found, variance, _ = linear(pl.DataFrame({"grade": [1, 0, 0, 0]}), item=Band("s", "grade", values=[1]))
    assert (found.value.item(), found.count.item()) == (1 / 4, 1)
    assert variance.tolist() == pytest.approx([1 / 4 * 3 / 4 / 3])  # p · (1 - p) / (n - 1)


@pytest.mark.parametrize(
    ("answers", "item", "same"),
    [
        ([7.1, 7.1, 7.1], Mean("grade", "grade"), True),
        ([7.1, 7.1, 7.2], Mean("grade", "grade"), False),
        ([7.1, None, None], Mean("grade", "grade"), True),
        ([1.0, 1.0, 1.0], Band("s", "grade", values=[1]), True),
        ([0.0, 0.0, 0.0], Band("s", "grade", values=[1]), True),
        ([1.0, 0.0, 0.0], Band("s", "grade", values=[1]), False),
        ([7.0, 7.0, 7.0], Total("t", "grade"), False),
    ],
)
def test_answers_that_are_all_the_same_are_told(answers, item, same):
    assert linear(pl.DataFrame({"grade": answers}), item=item)[0].same.tolist() == [[same]]


def test_a_change_is_taken_cluster_by_cluster():
    frame = pl.DataFrame({"grade": [5.0, 6, 7, 6, 8, 7], "who": [1, 2, 3, 1, 2, 3], "wave": [1, 1, 1, 2, 2, 2]})
    found, variance, _ = linear(frame, Design(clusters="who"), across=("wave", 1, 2))
    assert found.value[:, 0].tolist() == [6, 7]
    assert variance.tolist() == pytest.approx([3 / 2 * (0 + 1 + 1) / 9])  # risen by 1, 2 and 0, in the mean by 1


def test_where_digits_would_be_lost_the_respondents_are_summed_once_more():
    far = FIVE.with_columns(grade=pl.col("grade") + 1e8)
    found, variance, _ = linear(far)
    assert found.value.item() == 1e8 + 7
    assert variance.tolist() == pytest.approx([1 / 2], rel=1e-12)
