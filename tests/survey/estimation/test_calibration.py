import numpy as np
import polars as pl
import pytest

from wavebook.survey.estimation.calibration import calibrated, factor_at, gaps_of, largest, raked, targets_of

CODES = [np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])]
TARGETS = [np.array([40.0, 60.0]), np.array([30.0, 70.0])]
BASE = np.full(4, 25.0)


def test_margins_have_one_sum():
    first, second = targets_of({"a": {"x": 1, "y": 3}, "b": {"p": 2, "q": 2.000001}}, 100)
    assert first.tolist() == [25, 75]
    assert second.sum() == pytest.approx(100)


def test_raking_equal_weights_multiplies_the_margins():
    effects, _ = raked(CODES, TARGETS, BASE, 200)
    weights = BASE * np.exp(effects[0][CODES[0]] + effects[1][CODES[1]])
    assert weights == pytest.approx([12, 28, 18, 42])  # 0.4 x 0.3 of 100, and so on


@pytest.mark.parametrize(
    ("method", "bounds"), [("raking", (0.0, np.inf)), ("linear", (-np.inf, np.inf)), ("logit", (0.1, 3.0))]
)
def test_calibrated_weights_meet_the_margins(method, bounds):
    effects, _ = calibrated(CODES, TARGETS, BASE, method, bounds, 200)
    u = effects[0][CODES[0]] + effects[1][CODES[1]]
    assert largest(gaps_of(CODES, TARGETS, BASE * factor_at(method, u, bounds))) < 1e-9


def test_linear_weights_are_those_of_regression():
    effects, _ = calibrated(CODES, TARGETS, BASE, "linear", (-np.inf, np.inf), 200)
    u = effects[0][CODES[0]] + effects[1][CODES[1]]
    assert BASE * (1 + u) == pytest.approx([10, 30, 20, 40])  # 25 - 5 - 10, 25 - 5 + 10, 25 + 5 - 10, 25 + 5 + 10


def test_the_logit_lies_between_its_bounds_and_leaves_what_is_right():
    u = np.array([-100.0, 0.0, 100.0])
    assert factor_at("logit", u, (0.5, 2.0)) == pytest.approx([0.5, 1.0, 2.0])
    found = pl.DataFrame({"u": u}).select(factor_at("logit", pl.col("u"), (0.5, 2.0))).to_series()
    assert found.to_numpy() == pytest.approx([0.5, 1.0, 2.0])
    with pytest.raises(ValueError, match="no bounds"):
        factor_at("logit", u, None)
