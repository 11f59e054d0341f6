"""A sample as its rows show it, and what is wrong with it."""

import numpy as np
import polars as pl
import pytest

from wavebook.core.problems import ProblemsError
from wavebook.survey.estimation import sample
from wavebook.survey.estimation.design import Band, Design, Mean, Share, Total
from wavebook.survey.estimation.estimate import change, estimate
from wavebook.survey.estimation.sample import Sample, run_over, text_of

GRADES = pl.DataFrame({"grade": [5, 6, 7, 8, 9, None], "side": ["l", "l", "l", "r", "r", "r"]})


def one(table):
    (row,) = table.iter_rows(named=True)
    return row


def problems(call):
    with pytest.raises(ProblemsError) as caught:
        call()
    return {problem.code: f"{problem.place}: {problem.found}" for problem in caught.value.problems}


def test_columns_that_do_not_exist_or_hold_text_are_all_named():
    frame = pl.DataFrame({"grade": ["7", "8"]})
    found = problems(lambda: estimate(frame, Design("w"), [Mean("grade", "grade")], ["theme"]))
    assert set(found) == {"W150", "W151"}
    with pytest.raises(ProblemsError) as caught:
        estimate(frame, Design("w"), [Mean("grade", "grade")], ["theme"], source="2016.sav")
    places = [problem.place for problem in caught.value.problems]
    assert places == [f"2016.sav, column {name}" for name in ("grade", "theme", "w")]


def test_weights_that_are_missing_negative_or_undefined_are_counted():
    frame = pl.DataFrame({"grade": [7.0] * 5, "w": [1.0, None, -1.0, float("nan"), float("inf")]})
    with pytest.raises(ProblemsError) as caught:
        estimate(frame, Design("w"), [Mean("grade", "grade")])
    assert [(problem.code, problem.found) for problem in caught.value.problems] == [
        ("W152", "the weight is infinite or undefined (2 respondents)"),
        ("W152", "the weight is missing (1 respondent)"),
        ("W152", "the weight is negative (1 respondent)"),
    ]


def test_missing_strata_and_clusters_are_both_reported():
    frame = pl.DataFrame({"grade": [7, 8], "h": [1, None], "c": [None, None]})
    with pytest.raises(ProblemsError) as caught:
        estimate(frame, Design(strata="h", clusters="c"), [Mean("grade", "grade")])
    assert [problem.code for problem in caught.value.problems] == ["W153", "W153"]


def test_cluster_in_two_strata_is_an_error_unless_numbers_start_again():
    frame = pl.DataFrame({"grade": [1, 2, 3, 4], "h": [1, 1, 2, 2], "c": [1, 2, 1, 2]})
    item = [Mean("grade", "grade")]
    assert set(problems(lambda: estimate(frame, Design(strata="h", clusters="c"), item))) == {"W154"}
    assert one(estimate(frame, Design(strata="h", clusters="c", nest=True), item))["df"] == 2


def test_answer_outside_the_categories_is_an_error_that_counts():
    frame = pl.DataFrame({"channel": [1, 2, 7, 7, None]})
    found = problems(lambda: estimate(frame, Design(), [Share("channel", "channel", {1: "phone", 2: "web"})]))
    assert found == {"W155": "respondents, column channel: answers that are not a category of channel (2 respondents)"}


@pytest.mark.parametrize("size", [[3, 4], [1, 1]], ids=["uneven", "smaller than the sample"])
def test_population_size_must_fit_the_sample(size):
    frame = pl.DataFrame({"grade": [1, 2], "size": size})
    assert set(problems(lambda: estimate(frame, Design(population_size="size"), [Mean("grade", "grade")]))) == {"W156"}


def test_stratum_with_one_cluster_stops_and_is_named_unless_a_rule_is_stated():
    frame = pl.DataFrame({"grade": [1, 2, 3, 5], "h": ["n", "n", "n", "south"]})
    found = problems(lambda: estimate(frame, Design(strata="h"), [Mean("grade", "grade")]))
    assert found == {"W157": "respondents, column h: stratum south has only one respondent"}
    assert one(estimate(frame, Design(strata="h", lonely="adjust"), [Mean("grade", "grade")]))["se"] is not None


def test_stratum_that_was_taken_whole_needs_no_rule_for_its_one_cluster():
    frame = pl.DataFrame({"grade": [1, 2, 4, 9], "h": ["n", "n", "n", "s"], "size": [50, 50, 50, 1]})
    errors = [
        one(estimate(frame, Design(strata="h", population_size="size", lonely=rule), [Mean("grade", "grade")]))["se"]
        for rule in ("fail", "average", "remove")
    ]
    assert errors[0] > 0
    assert errors == pytest.approx([errors[0]] * 3)


def test_infinite_answers_are_an_error():
    frame = pl.DataFrame({"grade": [1.0, float("inf")]})
    assert set(problems(lambda: estimate(frame, Design(), [Mean("grade", "grade")]))) == {"W158"}


@pytest.mark.parametrize("breakdowns", [[], ["grade"], ["grade", "w"]], ids=["everyone", "one", "two"])
@pytest.mark.parametrize("weights", [[], [0, 0]], ids=["no rows", "no weight"])
def test_nobody_to_count_is_an_error(weights, breakdowns):
    frame = pl.DataFrame({"grade": [7] * len(weights), "w": weights}, schema={"grade": pl.Int64, "w": pl.Float64})
    assert set(problems(lambda: estimate(frame, Design("w"), [Mean("grade", "grade")], breakdowns))) == {"W159"}


def test_wave_that_nobody_belongs_to_is_an_error():
    frame = pl.DataFrame({"grade": [7, 8], "wave": ["2014", "2014"]})
    found = problems(lambda: change(frame, Design(), [Mean("grade", "grade")], "wave", "2014", "2016"))
    assert found == {"W159": "respondents, column wave: no respondent has the value 2016"}


@pytest.mark.parametrize("items", [[], [Mean("grade", "grade"), Band("grade", "grade", [7])]], ids=["none", "twice"])
def test_indicators_are_named_once_and_at_least_one(items):
    with pytest.raises(ValueError, match="indicator"):
        estimate(GRADES, Design(), items)


# the design


def drawn(frame, design, **more):
    return run_over(frame, design, [Mean("grade", "grade")], **more).sample


def test_people_or_clusters_are_counted_by_stratum():
    frame = pl.DataFrame({"grade": [1] * 5, "h": ["n", "n", "n", "z", "z"], "c": [1, 1, 2, 1, 2], "N": [6, 6, 6, 4, 4]})
    people = drawn(frame, Design(strata="h", population_size="N"))
    assert (people.n.tolist(), people.left.tolist()) == ([3, 2], [0.5, 0.5])
    clusters = drawn(frame, Design(strata="h", clusters="c", nest=True, population_size="N"))
    assert clusters.n.tolist() == [2, 2]
    assert clusters.left.tolist() == pytest.approx([2 / 3, 1 / 2])
    assert clusters.unit_stratum.tolist() == [0, 0, 1, 1]
    assert drawn(frame, Design()).n.tolist() == [5]
    assert drawn(frame, Design()).left.tolist() == [1]


def test_a_stratum_of_one_has_the_factor_of_its_rule():
    made = Sample(np.array([4.0, 1, 1]), np.array([0.5, 1, 0]), np.arange(3), pl.DataFrame())
    adjusted, averaged, removed = (made.factor(rule).tolist() for rule in ("adjust", "average", "remove"))
    assert adjusted == pytest.approx([2 / 3, 1, 0])  # what was taken whole adds nothing
    assert averaged == pytest.approx([2 / 3, np.nan, 0], nan_ok=True)
    assert removed == pytest.approx([2 / 3, 0, 0])


def test_the_second_stage_counts_for_the_part_of_clusters_that_was_drawn():
    made = Sample(
        np.array([2.0]),
        np.array([0.75]),
        np.array([0, 0]),
        pl.DataFrame(),
        people=np.array([3.0, 2.0]),
        people_left=np.array([0.5, 0.8]),
    )
    assert made.people_factor("fail").tolist() == pytest.approx([0.25 * 0.5 * 3 / 2, 0.25 * 0.8 * 2])
    with pytest.raises(ValueError, match="nobody was drawn from clusters"):
        Sample(np.array([2.0]), np.array([1.0]), np.array([0]), pl.DataFrame()).people_factor("fail")


def test_cells_of_the_margins_are_numbered_and_summed():
    frame = pl.DataFrame({"grade": [1] * 4, "sex": ["f", "m", "f", "m"], "income": [1.0, 2, 1, 4], "w": [1.0, 2, 3, 4]})
    cells = drawn(frame, Design("w", calibrated_on="sex", calibrated_totals="income")).cells
    assert cells.names.select("_margin0", "_margin1").rows() == [("f", 1.0), ("m", 2.0), ("m", 4.0)]
    assert cells.sums["_w"].to_list() == [4, 2, 4]
    assert cells.sums["_ww"].to_list() == [10, 4, 16]
    assert cells.sums["_q"].to_list() == [2, 1, 1]
    assert cells.columns[:, :2].tolist() == [[1, 0], [0, 1], [0, 1]]
    assert cells.columns[:, 2].sum() == pytest.approx(0)  # from their mean, by their spread
    assert cells.columns[:, 2].std() == pytest.approx(1)
    with pytest.raises(ValueError, match="no margins"):
        _ = drawn(frame, Design("w")).cells


# the passes


def test_passes_of_a_few_sums_give_what_one_gives(monkeypatch):
    frame = pl.DataFrame({"grade": [1.0, 2, 4, 8], "other": [3.0, 1, 4, None], "h": [1, 1, 2, 2]})
    items = [Mean("grade", "grade"), Mean("other", "other"), Total("total", "grade")]
    whole = run_over(frame, Design(strata="h"), items).tables[0]
    monkeypatch.setattr(sample, "FEWEST_SUMS", 1)
    monkeypatch.setattr(sample, "MOST_SUMS", 3)
    assert run_over(frame, Design(strata="h"), items).tables[0].equals(whole)


def test_there_is_a_table_for_each_breakdown():
    run = run_over(GRADES.with_columns(sex=pl.lit("f")), Design(), [Mean("grade", "grade")], ["side", "sex"])
    assert [table["_segment"].unique().sort().to_list() for table in run.tables] == [["l", "r"], ["f"]]
    assert run.breakdowns == {"side": "side", "sex": "sex"}
    assert len(run_over(GRADES, Design(), [Mean("grade", "grade")]).tables) == 1


def test_products_are_summed_of_the_pairs_that_are_asked_for():
    frame = pl.DataFrame({"a": [1, 2], "b": [3, 4], "c": [5, None]})
    items = [Mean(name, name) for name in "abc"]
    run = run_over(frame, Design(), items, together=[("b", "a"), ("a", "c")])
    assert run.products.keys() == {(0, 1), (0, 2)}
    same, other = run.products[0, 1], run.products[0, 2]
    assert same["bb"] == run.terms[0].sums["bb"]  # the same people answered both
    assert other["bb"] == "bb:0:2"
    assert (
        run_over(frame.with_columns(k=pl.Series([1, 2])), Design(clusters="k"), items, together=[("a", "b")]).products
        == {}
    )


def test_many_strata_or_long_names_are_counted_and_not_named():
    def told(names):
        frame = pl.DataFrame({"grade": [1] * (len(names) + 2), "h": [*names, "z", "z"]})
        return problems(lambda: run_over(frame, Design(strata="h"), [Mean("grade", "grade")]))["W157"]

    assert told(list("abcde")).endswith("strata a, b, c, d, e have only one respondent")
    assert told(list("abcdef")).endswith("6 strata have only one respondent")
    assert told(["12345"]).endswith("1 stratum has only one respondent")
    assert told(["x" * 31]).endswith("1 stratum has only one respondent")


def test_whole_numbers_are_named_without_decimals():
    assert [text_of(value) for value in (1.0, 1.5, 2, "a", None, float("inf"))] == ["1", "1.5", "2", "a", "None", "inf"]
