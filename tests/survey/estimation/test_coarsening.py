import pytest

from wavebook.figures import Key
from wavebook.survey.estimation.coarsening import Contrast, Shown, rounded, steps


def key(indicator):
    return Key("2016", indicator, "", "", "", "")


def step(n, minimum, *, joint=True, value=0.5):
    shown = {key(name): Shown(True, value, (value * (1 - value)) ** 0.5, n) for name in "ab"}
    return steps([Contrast(key("a"), key("b"), 0.0, joint)], shown, minimum)[0]


@pytest.mark.parametrize(
    ("correlation", "step", "told"), [(0.234, 0.05, 0.25), (-0.234, 0.1, -0.2), (-0.001, 0.02, 0.0)]
)
def test_a_correlation_is_told_in_steps(correlation, step, told):
    assert rounded(correlation, step) == pytest.approx(told)


def test_a_pair_that_tells_of_nobody_has_the_finest_step():
    assert step(100, 30, joint=False) == 0.02


def test_steps_are_as_coarse_as_the_smallest_group_asks_for():
    # a step of x leaves x times n times sd times sd of people open: 1000 x 0.25 = 250 for each 1
    assert step(1000, 5) == 0.02
    assert step(1000, 12) == 0.05
    assert step(1000, 25) == 0.1


def test_what_cannot_be_uncertain_enough_is_not_told():
    assert step(20, 30) is None
