"""Quantiles, two stages and calibration: every number against R's survey package."""

import json

import numpy as np
import polars as pl
import pytest

from book import ROOT
from wavebook.core.problems import ProblemsError
from wavebook.survey.estimation.design import Design, Mean, Total
from wavebook.survey.estimation.estimate import estimate
from wavebook.survey.estimation.quantiles import quantiles
from wavebook.survey.estimation.weights import calibrate

GOLDEN = ROOT / "tests" / "golden"
CASES = json.loads((GOLDEN / "methods.json").read_text())["cases"]


def rows(case):
    """The rows of a case, with the columns that R had besides those of the file."""
    frame = pl.read_csv(GOLDEN / case["file"], infer_schema_length=None)
    for column, values in case["keep"].items():
        frame = frame.filter(pl.col(column).is_in(values))
    age, people = 18 + pl.col("id") * 7919 % 63, 300 + pl.col("psu") % 50
    return frame.with_columns(age=age, psus=pl.lit(40), people=people)


def named(prefix):
    return [name for name in CASES if name.startswith(prefix)]


def segment(domain):
    return domain["value"][0] if domain else None


@pytest.mark.parametrize("name", named("quantile"))
def test_quantiles_and_their_intervals_equal_r(name):
    case, interval = CASES[name], name.rpartition(".")[2].removeprefix("x")
    frame, design = rows(case), Design(case["weight"], case.get("strata", ()), case.get("clusters", ()))
    answers = iter(case["answers"]["rows"])
    tables = [quantiles(frame, design, item["column"], item["p"], "theme", interval=interval) for item in case["items"]]
    for domain in case["domains"]:
        for item, table in zip(case["items"], tables, strict=True):
            table = table.filter(pl.col("segment").eq_missing(pl.lit(segment(domain))))
            theirs = next(answers)
            for field, column in (("est", "value"), ("se", "se"), ("low", "ci_low"), ("high", "ci_high")):
                ours = table[column].to_numpy()
                expected = np.array(theirs[field], dtype=float)
                if field == "se":
                    expected[np.isnan(np.array(theirs["low"], float) + np.array(theirs["high"], float))] = np.nan
                if field != "est":  # nobody is above the largest answer: R says 0, and the sample cannot tell
                    expected[np.array(theirs["est"]) == frame[item["column"]].max()] = np.nan
                np.testing.assert_allclose(ours, expected, rtol=1e-8, err_msg=f"{domain} {item} {field}")


@pytest.mark.parametrize("name", named("stages"))
def test_errors_of_two_stages_equal_r(name):
    case = CASES[name]
    sizes = dict(zip(("population_size", "people_size"), case["sizes"], strict=True))
    design = Design(case["weight"], case["strata"], case["clusters"][0], **sizes, lonely=case["lonely"])
    items = [
        Total(i["column"], i["column"]) if i["kind"] == "total" else Mean(i["column"], i["column"])
        for i in case["items"]
    ]
    table = estimate(rows(case), design, items, ["theme"])
    answers = iter(case["answers"]["rows"])
    for domain in case["domains"]:
        for item in items:
            here = pl.col("segment").eq_missing(pl.lit(segment(domain))) & pl.col("indicator").eq(item.indicator)
            row, theirs = table.filter(here).row(0, named=True), next(answers)
            assert [row["value"], row["se"]] == pytest.approx([theirs["est"], theirs["se"]], rel=1e-8)


# --- by hand ---


def test_the_median_of_five_and_its_weights():
    frame = pl.DataFrame({"y": [3.0, 1, 2, 5, 4], "w": [1.0, 1, 1, 1, 1]})
    assert quantiles(frame, Design("w"), "y")["value"].to_list() == [3]
    heavy = frame.with_columns(w=pl.when(pl.col("y") == 5).then(4.0).otherwise(1.0))
    assert quantiles(heavy, Design("w"), "y", [0.5, 0.51, 0.25])["value"].to_list() == [4, 5, 2]


def test_missing_answers_and_weights_of_zero_are_in_no_quantile():
    frame = pl.DataFrame({"y": [None, 1.0, 2, 3, float("nan"), 9], "w": [1.0, 1, 1, 1, 1, 0]})
    row = quantiles(frame, Design("w"), "y").row(0, named=True)
    assert (row["value"], row["n"]) == (2, 3)


def test_answers_that_are_all_the_same_have_a_median_and_no_interval():
    row = quantiles(pl.DataFrame({"y": [4.0] * 9}), Design(), "y").row(0, named=True)
    assert [row[name] for name in ("value", "se", "ci_low", "ci_high")] == [4, None, None, None]


@pytest.mark.parametrize(("column", "code"), [("z", "W150"), ("name", "W151")])
def test_a_column_without_numbers_has_no_quantile(column, code):
    with pytest.raises(ProblemsError, match=code):
        quantiles(pl.DataFrame({"y": [1.0], "name": ["a"]}), Design(), column)


def test_a_quantile_lies_between_none_and_all():
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantiles(pl.DataFrame({"y": [1.0]}), Design(), "y", [1.0])


TOWNS = pl.DataFrame({"town": [1, 1, 2, 2], "towns": [4] * 4, "people": [10, 10, 4, 4], "y": [1.0, 3, 5, 9]})
STAGES = Design(clusters="town", population_size="towns", people_size="people")


def test_the_second_stage_adds_what_people_within_a_cluster_leave_unsure():
    """A total of weights 1: towns of 4 and 14, two of four; within, squares of 2 and 8 about the mean."""
    se = estimate(TOWNS, STAGES, [Total("y", "y")])["se"][0]
    first = (1 - 2 / 4) * 2 / 1 * ((4 - 9) ** 2 + (14 - 9) ** 2)
    second = 2 / 4 * ((1 - 2 / 10) * 2 * 2 + (1 - 2 / 4) * 2 * 8)
    assert se == pytest.approx((first + second) ** 0.5)


@pytest.mark.parametrize(
    ("people", "found"),
    [
        ([10, 9, 4, 4], "cluster 1 has more than one"),
        ([10, 10, 1, 1], "cluster 2 has fewer"),
        ([10, 10, None, 4], "missing"),
    ],
)
def test_a_cluster_has_one_size_that_is_no_less_than_was_drawn(people, found):
    with pytest.raises(ProblemsError, match=found):
        estimate(TOWNS.with_columns(people=pl.Series(people)), STAGES, [Total("y", "y")])


def test_a_cluster_of_one_person_needs_a_rule_unless_it_has_no_more():
    with pytest.raises(ProblemsError, match=r"W157 .*column town: cluster 2 has only one respondent"):
        estimate(TOWNS[:3], STAGES, [Total("y", "y")])
    whole = TOWNS[:3].with_columns(people=pl.Series([10, 10, 1]))
    assert estimate(whole, STAGES, [Total("y", "y")])["se"][0] > 0


# --- calibration to numbers, and between bounds ---


def calibrated(case, **options):
    """The rows of a case with the weights that its margins and totals ask for, and the design that they have."""
    frame, asked = rows(case), case["calibration"]
    total = frame["weight"].sum()
    margins = {name: {key: x * total for key, x in found.items()} for name, found in asked["margins"].items()}
    totals = {name: mean * total for name, mean in asked["means"].items()}
    bounds = tuple(asked["bounds"]) if asked.get("bounds") else None
    made = calibrate(frame, margins, totals=totals, weight="weight", method=asked["how"], bounds=bounds)
    marked = {"calibrated_on": tuple(margins), "calibrated_totals": tuple(totals), "base_weight": "weight"}
    drawn = (case.get("strata", ()), case.get("clusters", ()))
    return frame.with_columns(w=made.weight), Design("w", *drawn, **marked)


@pytest.mark.parametrize("name", named("calibration"))
def test_calibrated_weights_and_their_errors_equal_r(name):
    case = CASES[name]
    frame, design = calibrated(case)
    first = case["answers"]["weights"]
    assert frame["w"][: len(first)].to_list() == pytest.approx(first, rel=1e-7)
    table = estimate(frame, design, [Mean(i["column"], i["column"]) for i in case["items"]], ["theme"])
    answers = iter(case["answers"]["rows"])
    for domain in case["domains"]:
        for item in case["items"]:
            here = pl.col("segment").eq_missing(pl.lit(segment(domain))) & pl.col("indicator").eq(item["column"])
            row, theirs = table.filter(here).row(0, named=True), next(answers)
            assert row["value"] == pytest.approx(theirs["est"], rel=1e-8)
            assert row["se"] == pytest.approx(theirs["se"], rel=1e-6)


@pytest.mark.parametrize("name", [name for name in named("calibration") if "people" in name])
def test_margins_totals_and_bounds_are_met(name):
    case = CASES[name]
    frame, _ = calibrated(case)
    total, asked = frame["weight"].sum(), case["calibration"]
    for column, mean in asked["means"].items():
        assert (frame["w"] * frame[column]).sum() == pytest.approx(mean * total, rel=1e-9)
    for column, shares in asked["margins"].items():
        found = dict(frame.group_by(column).agg(pl.col("w").sum()).iter_rows())
        assert found == pytest.approx({key: x * total for key, x in shares.items()}, rel=1e-9)
    if bounds := asked.get("bounds"):
        ratio = frame["w"] / frame["weight"]
        assert bounds[0] - 1e-9 <= ratio.min() <= ratio.max() <= bounds[1] + 1e-9


def test_weights_by_hand_for_one_total():
    """Two people of 20 and 40 and a mean of 35: weights 1/4 and 3/4 of two."""
    frame = pl.DataFrame({"all": ["x", "x"], "age": [20, 40]})
    for method, bounds in (("linear", None), ("raking", None), ("logit", (0.1, 1.9))):
        made = calibrate(frame, {"all": {"x": 2}}, totals={"age": 70}, method=method, bounds=bounds)
        assert frame.select(made.weight).to_series().to_list() == pytest.approx([0.5, 1.5])


def test_a_mean_of_what_was_calibrated_to_has_no_error():
    frame, design = calibrated(CASES["calibration.linear.people"])
    assert estimate(frame, design, [Mean("age", "age")])["se"][0] == 0


@pytest.mark.parametrize(
    ("ages", "total", "options", "found"),
    [
        ([20, None, 40], 90, {}, "W165 .*column age: no number .1 respondent"),
        ([20, 30, 40], 180, {"method": "logit", "bounds": (0.5, 1.5)}, "W167 .*totals, age"),
    ],
)
def test_a_total_that_cannot_be_met_is_a_problem(ages, total, options, found):
    frame = pl.DataFrame({"all": ["x"] * 3, "age": ages})
    with pytest.raises(ProblemsError, match=found):
        calibrate(frame, {"all": {"x": 3}}, totals={"age": total}, **options)


def test_the_logit_has_bounds():
    with pytest.raises(ValueError, match="needs bounds"):
        calibrate(TOWNS, {"town": {"1": 2, "2": 2}}, method="logit")
