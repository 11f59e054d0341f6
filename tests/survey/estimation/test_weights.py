"""Raking and linear calibration: by hand, against independent algorithms, and every margin that cannot be met.

R's raked weights and their standard error are a golden case in test_estimate.py.
"""

import numpy as np
import polars as pl
import pytest

from wavebook.core.problems import ProblemsError
from wavebook.survey.estimation.weights import calibrate, design_effect

SEXES = pl.DataFrame({"sex": ["f", "f", "f", "m"]})


def made_up(seed: int) -> tuple[pl.DataFrame, dict[str, dict[str, float]]]:
    """Four hundred people, and margins of a population that is built differently."""
    rng = np.random.default_rng(seed)
    n = 400
    frame = pl.DataFrame(
        {
            "sex": rng.choice(["f", "m"], n, p=[0.6, 0.4]),
            "age": rng.choice(["18-34", "35-64", "65+"], n, p=[0.2, 0.5, 0.3]),
            "region": rng.integers(1, 5, n),
            "w": rng.gamma(6, 0.2, n) + 0.2,
        }
    )
    margins = {
        "sex": {"f": 5100.0, "m": 4900.0},
        "age": {"18-34": 2800.0, "35-64": 4700.0, "65+": 2500.0},
        "region": {"1": 2000.0, "2": 3000.0, "3": 2600.0, "4": 2400.0},
    }
    return frame, margins


def dummies(frame: pl.DataFrame, margins: dict) -> tuple[np.ndarray, np.ndarray]:
    pairs = [(name, category) for name, categories in margins.items() for category in categories]
    x = np.stack([(frame[name].cast(pl.String) == category).to_numpy() for name, category in pairs], axis=1)
    return x.astype(float), np.array([margins[name][category] for name, category in pairs])


def problems(call) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsError) as caught:
        call()
    return [(problem.code, problem.place) for problem in caught.value.problems]


def weighed(frame: pl.DataFrame, margins: dict, **options) -> pl.Series:
    return frame.select(weight=calibrate(frame, margins, **options).weight)["weight"]


# --- by hand ---


@pytest.mark.parametrize("method", ["raking", "linear"])
def test_one_margin_shares_the_population_among_its_respondents(method):
    weights = weighed(SEXES, {"sex": {"f": 60, "m": 40}}, method=method)
    assert weights.to_list() == pytest.approx([20, 20, 20, 40])


def test_base_weights_keep_their_proportions_within_a_category():
    frame = SEXES.with_columns(w=pl.Series([1.0, 2.0, 3.0, 5.0]))
    weights = weighed(frame, {"sex": {"f": 60, "m": 40}}, weight="w")
    assert weights.to_list() == pytest.approx([10, 20, 30, 40])


def test_report_tells_what_unequal_weights_cost():
    """Weights 20, 20, 20, 40: 4 · 2800 / 100²."""
    report = calibrate(SEXES, {"sex": {"f": 60, "m": 40}}).report
    assert report.design_effect_before == 1
    assert report.design_effect == pytest.approx(1.12)
    assert report.effective_n == pytest.approx(4 / 1.12)
    assert (report.smallest, report.largest) == pytest.approx((0.8, 1.6))
    assert (report.factor_low, report.factor_high) == pytest.approx((0.8, 1.6))
    assert (report.n, report.population, report.converged) == (4, 100, True)
    assert report.margins.rows() == [
        ("sex", "f", 60, 3, 75, pytest.approx(60)),
        ("sex", "m", 40, 1, 25, pytest.approx(40)),
    ]


def test_total_rescales_to_mean_one():
    weights = weighed(SEXES, {"sex": {"f": 60, "m": 40}}, total=4)
    assert weights.to_list() == pytest.approx([0.8, 0.8, 0.8, 1.6])


def test_respondents_of_base_weight_zero_stay_at_zero():
    frame = SEXES.with_columns(w=pl.Series([1.0, 1.0, 0.0, 1.0]))
    weighting = calibrate(frame, {"sex": {"f": 60, "m": 40}}, weight="w")
    assert frame.select(weighting.weight).to_series().to_list() == pytest.approx([30, 30, 0, 40])
    assert weighting.report.n == 3


def test_numeric_codes_of_spss_meet_the_text_of_the_margins():
    frame = pl.DataFrame({"sex": [1.0, 1.0, 2.0]})
    assert weighed(frame, {"sex": {"1": 4, "2": 6}}).to_list() == pytest.approx([2, 2, 6])


def test_design_effect_of_equal_weights_is_one():
    assert design_effect(pl.DataFrame({"w": [3.0, 3.0, 3.0, 0.0]}), "w") == pytest.approx((1, 3))
    assert design_effect(pl.DataFrame({"w": [1.0, 3.0]}), "w") == pytest.approx((2 * 10 / 16, 16 / 10))


# --- against algorithms of another kind ---


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"method": "linear"},
        {"bounds": (0.4, 2.2)},
        {"method": "linear", "bounds": (0.4, 2.2)},
        {"trim": 3.0},
        {"bounds": (0.3, 2.5), "trim": 3.5},
    ],
    ids=str,
)
def test_all_margins_are_met_to_the_last_digits(seed, options):
    frame, margins = made_up(seed)
    weighting = calibrate(frame, margins, weight="w", **options)
    x, totals = dummies(frame, margins)
    np.testing.assert_allclose(x.T @ frame.select(weighting.weight).to_series().to_numpy(), totals, rtol=1e-10)
    assert weighting.report.gap < 1e-11


@pytest.mark.parametrize("seed", range(3))
def test_linear_weights_are_those_of_the_regression_estimator(seed):
    """w = d·(1 + x'(Σd x x')⁻(T − Σd x)), in one step."""
    frame, margins = made_up(seed)
    x, totals = dummies(frame, margins)
    d = frame["w"].to_numpy() * 10_000 / frame["w"].sum()
    expected = d * (1 + x @ np.linalg.lstsq(x.T @ (d[:, None] * x), totals - x.T @ d, rcond=None)[0])
    np.testing.assert_allclose(weighed(frame, margins, weight="w", method="linear"), expected, rtol=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_bounds_too_wide_to_matter_give_the_raked_weights(seed):
    """Two algorithms, proportional fitting and Newton's, agree."""
    frame, margins = made_up(seed)
    fitted, newton = (weighed(frame, margins, weight="w", bounds=bounds) for bounds in (None, (0.001, 1000)))
    np.testing.assert_allclose(fitted, newton, rtol=1e-9)
    assert calibrate(frame, margins, weight="w", bounds=(0.001, 1000)).report.bounded == 0


def test_raking_keeps_the_odds_ratios_of_the_sample():
    """What defines raking: factors multiply by margin, so cross-products within the table stay."""
    frame, margins = made_up(5)
    factor = weighed(frame, margins, weight="w") / frame["w"]
    cells = frame.with_columns(f=factor.log()).group_by("sex", "age", "region").agg(pl.col("f").mean())
    x, _ = dummies(cells, margins)
    fit = x @ np.linalg.lstsq(x, cells["f"].to_numpy(), rcond=None)[0]
    np.testing.assert_allclose(cells["f"].to_numpy(), fit, atol=1e-10)


@pytest.mark.parametrize("method", ["raking", "linear"])
def test_bounds_and_trim_hold_for_every_respondent(method):
    frame, margins = made_up(1)
    weighting = calibrate(frame, margins, weight="w", method=method, bounds=(0.6, 1.9), trim=2.5)
    weights = frame.select(weighting.weight).to_series().to_numpy()
    factor = weights / (frame["w"].to_numpy() * 10_000 / frame["w"].sum())
    assert factor.min() >= 0.6 - 1e-12
    assert factor.max() <= 1.9 + 1e-12
    assert weights.max() <= 2.5 * weights.mean() * (1 + 1e-12)
    held = np.isclose(factor, 0.6) | np.isclose(factor, 1.9) | np.isclose(weights, 2.5 * weights.mean())
    assert weighting.report.bounded == held.sum() > 0


@pytest.mark.parametrize("method", ["raking", "linear"])
def test_weights_between_bounds_follow_the_margins_alone(method):
    """Where no bound holds, log factor (raking) or factor (linear) is a sum of one number per category."""
    frame, margins = made_up(1)
    weights = weighed(frame, margins, weight="w", method=method, bounds=(0.6, 1.9)).to_numpy()
    factor = weights / (frame["w"].to_numpy() * 10_000 / frame["w"].sum())
    free = (factor > 0.6 + 1e-9) & (factor < 1.9 - 1e-9)
    assert 0 < free.sum() < len(free)
    u = np.log(factor[free]) if method == "raking" else factor[free]
    x = dummies(frame, margins)[0][free]
    np.testing.assert_allclose(u, x @ np.linalg.lstsq(x, u, rcond=None)[0], atol=1e-9)


# --- margins that cannot be met say which ---


def test_category_without_respondents_and_category_without_margin_are_both_named():
    margins = {"sex": {"f": 60, "x": 40}}
    assert problems(lambda: calibrate(SEXES, margins)) == [
        ("W162", "margins, sex = x"),
        ("W163", "respondents, column sex = m"),
    ]


def test_all_problems_come_at_once():
    frame = pl.DataFrame({"sex": ["f", None], "age": ["old", "young"], "w": [1.0, -1.0]})
    margins = {"sex": {"f": 60}, "age": {"old": 50, "middle": 20}}
    codes = {code for code, _ in problems(lambda: calibrate(frame, margins, weight="w"))}
    assert codes == {"W162", "W164", "W166"}
    frame = frame.with_columns(w=pl.lit(1.0))
    codes = {code for code, _ in problems(lambda: calibrate(frame, margins, weight="w"))}
    assert codes == {"W162", "W163", "W164", "W165"}


def test_totals_that_contradict_each_other_are_shown():
    frame = SEXES.with_columns(age=pl.lit("old"))
    with pytest.raises(ProblemsError, match=r"W164 .*sex 100, age 110"):
        calibrate(frame, {"sex": {"f": 60, "m": 40}, "age": {"old": 110}})


def test_totals_that_differ_by_rounding_are_taken_as_equal():
    frame = SEXES.with_columns(age=pl.lit("old"))
    weights = weighed(frame, {"sex": {"f": 60, "m": 40}, "age": {"old": 100.00001}})
    assert weights.sum() == pytest.approx(100)


def test_population_of_zero_with_respondents_is_an_error():
    assert problems(lambda: calibrate(SEXES, {"sex": {"f": 60, "m": 0}})) == [("W163", "margins, sex = m")]


def test_column_that_does_not_exist_is_an_error():
    assert problems(lambda: calibrate(SEXES, {"age": {"old": 1}}, weight="w")) == [
        ("W161", "respondents, column age"),
        ("W161", "respondents, column w"),
    ]


def test_base_weights_are_checked_and_counted():
    frame = SEXES.with_columns(w=pl.Series([1.0, None, float("nan"), -1.0]))
    with pytest.raises(ProblemsError) as caught:
        calibrate(frame, {"sex": {"f": 60, "m": 40}}, weight="w")
    found = [problem.found for problem in caught.value.problems if problem.code == "W166"]
    assert found == [
        "the base weight is infinite or undefined (1 respondent)",
        "the base weight is missing (1 respondent)",
        "the base weight is negative (1 respondent)",
    ]


@pytest.mark.parametrize("bounds", [None, (0.01, 50)], ids=["raking", "bounded"])
def test_margins_that_exclude_each_other_in_the_sample_are_named(bounds):
    """All women are young and all men are old, but the population has more women than young people."""
    frame = pl.DataFrame({"sex": ["f", "f", "m", "m"], "age": ["young", "young", "old", "old"]})
    margins = {"sex": {"f": 60, "m": 40}, "age": {"young": 50, "old": 50}}
    found = problems(lambda: calibrate(frame, margins, bounds=bounds))
    assert {code for code, _ in found} == {"W167"}
    assert {place for _, place in found} <= {
        f"margins, {x}" for x in ("sex = f", "sex = m", "age = young", "age = old")
    }


def test_bounds_too_narrow_name_the_categories_out_of_reach():
    margins = {"sex": {"f": 60, "m": 40}}
    assert problems(lambda: calibrate(SEXES, margins, bounds=(0.5, 1.5))) == [("W167", "margins, sex = m")]


def test_trim_too_tight_names_the_categories_out_of_reach():
    assert problems(lambda: calibrate(SEXES, {"sex": {"f": 60, "m": 40}}, trim=1.5)) == [("W167", "margins, sex = m")]


def test_negative_weights_of_linear_calibration_are_an_error():
    frame = pl.DataFrame({"sex": ["f"] * 9 + ["m"], "age": ["old"] * 8 + ["young"] * 2})
    margins = {"sex": {"f": 5, "m": 95}, "age": {"old": 5, "young": 95}}
    frame = pl.concat([frame, pl.DataFrame({"sex": ["m"], "age": ["old"]})])
    assert ("W168", "respondents") in problems(lambda: calibrate(frame, margins, method="linear"))
    assert weighed(frame, margins).min() > 0


@pytest.mark.parametrize("options", [{"bounds": (1.1, 2)}, {"trim": 0.9}, {"method": "magic"}], ids=str)
def test_options_that_make_no_sense_are_refused(options):
    with pytest.raises(ValueError, match=next(iter(options))):
        calibrate(SEXES, {"sex": {"f": 60, "m": 40}}, **options)
