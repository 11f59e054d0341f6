"""What each estimate needs from the rows, by hand."""

import polars as pl
import pytest

from wavebook.core.problems import ProblemsError
from wavebook.survey.estimation.design import Band, Design, Mean, Multiple, Ratio, Share, Total
from wavebook.survey.estimation.estimate import estimate
from wavebook.survey.estimation.totals import MISSING, Sums, is_number, terms_of


def problems(call):
    with pytest.raises(ProblemsError) as caught:
        call()
    return {problem.code for problem in caught.value.problems}


def test_code_that_a_numeric_column_cannot_hold_is_an_error():
    frame = pl.DataFrame({"channel": [1, 2]})
    found = problems(lambda: estimate(frame, Design(), [Share("channel", "channel", {"phone": "phone"})]))
    assert set(found) == {"W151"}


FRAME = pl.DataFrame(
    {
        "w": [1.0, 2.0, 3.0, 0.0, None],
        "y": [5.0, 7.0, None, 9.0, 8.0],
        "x": [2.0, 1.0, 4.0, 1.0, 1.0],
        "t": ["a", "b", "a", None, "b"],
    }
)


def summed(*items, design=None, frame=FRAME):
    """The terms of these indicators, and all their sums over the rows."""
    made = Sums(design or Design("w"), frame.schema)
    made.of_design(design or Design("w"))
    terms = terms_of(items, made, "here")
    rows = frame.select(*made.columns.values())
    found = rows.select(*made.sums.values(), *made.fits.values(), *made.margins.values()).row(0, named=True)
    return terms, found, made


def roles(term, found, *wanted):
    return [found[term.sums[role]] for role in wanted]


def test_a_mean_sums_answers_of_who_has_a_weight():
    (term,), found, _ = summed(Mean("m", "y"))
    assert roles(term, found, "n", "a", "b", "v") == [2, 1 * 5 + 2 * 7, 3, 25 + 2 * 49]
    assert roles(term, found, "aa", "ab", "bb", "low", "high") == [25 + 4 * 49, 5 + 4 * 7, 5, 5, 7]


def test_undefined_is_no_answer():
    (term,), found, _ = summed(Mean("m", "y"), frame=FRAME.with_columns(y=pl.Series([5.0, float("nan"), 1, 1, 1])))
    assert roles(term, found, "n", "a") == [2, 5 + 3]


def test_a_share_counts_those_of_a_category():
    terms, found, _ = summed(Share("s", "t", {"a": "one", "b": "other"}))
    assert [(term.category, *roles(term, found, "n", "c", "a", "b")) for term in terms] == [
        ("one", 3, 2, 4, 6),
        ("other", 3, 1, 2, 6),
    ]


def test_codes_of_one_category_are_one_estimate():
    (term,), found, _ = summed(Share("s", "t", {"a": "one", "b": "one"}))
    assert roles(term, found, "c", "a") == [3, 6]


@pytest.mark.parametrize(
    ("band", "count"),
    [
        ({"low": 5}, 2),
        ({"low": 5.1}, 1),
        ({"high": 5}, 1),
        ({"low": 5, "high": 7}, 2),
        ({"low": 6, "high": 6.9}, 0),
        ({"values": [7, 9]}, 1),
    ],
)
def test_a_band_holds_its_ends(band, count):
    (term,), found, _ = summed(Band("b", "y", **band))
    assert roles(term, found, "n", "c") == [2, count]


def test_a_text_lies_between_no_two_numbers():
    *_, made = summed(Band("b", "t", low=1))
    assert [(problem.code, problem.place) for problem in made.problems] == [("W151", "here, column t")]


def test_of_several_answers_empty_is_no_of_who_gave_one():
    frame = pl.DataFrame({"p": [1, None, None], "q": [None, 1, None], "w": [1.0, 2.0, 4.0]})
    terms, found, _ = summed(Multiple("m", {"a": "p", "b": "q"}), frame=frame)
    assert [(term.category, *roles(term, found, "n", "c", "b")) for term in terms] == [("a", 2, 1, 3), ("b", 2, 1, 3)]


def test_a_ratio_is_of_who_has_both():
    (term,), found, _ = summed(Ratio("r", "y", "x"))
    assert roles(term, found, "n", "a", "b", "v", "vab", "vbb", "ww") == [2, 19, 4, 123, 24, 6, 3]
    assert roles(term, found, "aa", "ab", "bb", "aw", "bw") == [221, 38, 8, 33, 6]


def test_a_total_has_no_base():
    (term,), found, _ = summed(Total("t", "y"))
    assert roles(term, found, "n", "a") == [2, 19]
    assert "b" not in term.sums
    assert term.bottom is None


def test_whatever_uses_a_sum_asks_for_it_once():
    *_, one = summed(Mean("m", "y"))
    *_, both = summed(Mean("m", "y"), Band("b", "y", low=6))
    assert {name for name in both.sums if name not in one.sums} == {"c:1", "a:1", "ab:1"}


def test_with_clusters_no_products_are_needed():
    *_, made = summed(Mean("m", "y"), design=Design("w", clusters="t"))
    assert not any(name.startswith(("aa:", "ab:", "bb:")) for name in made.sums)
    *_, staged = summed(Mean("m", "y"), design=Design("w", clusters="t", population_size="x", people_size="x"))
    assert "aa:0" in staged.sums


def test_what_no_design_can_have_is_counted():
    design = Design("w", strata="t", population_size="x")
    _, found, _ = summed(
        Mean("m", "y"), design=design, frame=FRAME.with_columns(w=pl.Series([-1.0, float("inf"), 1, 0, None]))
    )
    assert (found["_rows"], found["_drawn"], found["_smallest"], found["_largest"]) == (5, 2, 1, 4)
    counted = {name: count for name, count in found.items() if name.startswith("_bad:") and count}
    assert counted == {
        f"_bad:t:{MISSING}": 1,
        "_bad:w:the weight is missing": 1,
        "_bad:w:the weight is negative": 1,
        "_bad:w:the weight is infinite or undefined": 1,
    }


def test_calibrated_weights_need_sums_for_the_regression():
    (term,), found, _made = summed(Mean("m", "y"), design=Design("w", calibrated_on="t"))
    assert roles(term, found, "qa", "qb") == [12, 2]  # all count alike
    assert (found["_w"], found["_ww"], found["_q"]) == (6, 14, 3)
    (term,), found, _ = summed(Mean("m", "y"), design=Design("w", calibrated_on="t", base_weight="x"))
    assert roles(term, found, "qa", "qb") == [17, 3]
    assert summed(Mean("m", "y"))[2].fits == {}


def products(*items, **more):
    terms, _, made = summed(*items)
    names = made.product(0, 1, terms, **({"one_base": False, "apart": False} | more))
    rows = FRAME.select(*made.columns.values())
    found = rows.select(*made.sums.values()).row(0, named=True)
    return {role: found[name] for role, name in names.items()}


def test_two_estimates_have_products_of_who_is_in_both():
    assert products(Mean("m", "y"), Mean("n", "x")) == {"aa": 10 + 28, "ab": 5 + 28, "ba": 2 + 4, "bb": 5}
    assert products(Mean("m", "y"), Total("t", "x")) == {"aa": 38, "ba": 6}
    assert products(Mean("m", "y"), Band("b", "y", low=6), one_base=True) == {"aa": 28, "ab": 33, "ba": 4, "bb": 5}
    assert "aa" not in products(Mean("m", "y"), Mean("n", "x"), apart=True)


def test_numbers_are_those_that_count():
    assert [is_number(kind) for kind in (pl.Int8(), pl.Float64(), pl.Boolean(), pl.Null(), pl.String())] == [
        True,
        True,
        True,
        True,
        False,
    ]
