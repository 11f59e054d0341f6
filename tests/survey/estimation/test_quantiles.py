import polars as pl
import pytest

from wavebook.core.problems import ProblemsError
from wavebook.survey.estimation.design import Design
from wavebook.survey.estimation.quantiles import quantiles

FRAME = pl.DataFrame({"y": [1.0, 2.0, 3.0, 4.0, None], "w": [1.0, 1.0, 1.0, 5.0, 1.0], "g": ["a", "a", "b", "b", "b"]})


def test_half_of_the_weights_lie_at_or_under_the_median():
    assert quantiles(FRAME, Design(), "y", [0.5])["value"].to_list() == [2.0]
    assert quantiles(FRAME, Design(weight="w"), "y", [0.5])["value"].to_list() == [4.0]
    assert quantiles(FRAME, Design(weight="w"), "y", [0.125, 0.126])["value"].to_list() == [1.0, 2.0]


def test_each_segment_has_its_own():
    found = quantiles(FRAME, Design(), "y", [0.5], breakdown="g")
    assert dict(zip(found["segment"], found["value"], strict=True)) == {None: 2.0, "a": 1.0, "b": 3.0}


def test_quantiles_are_of_numbers_and_between_0_and_1():
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantiles(FRAME, Design(), "y", [1.0])
    with pytest.raises(ProblemsError, match="W151"):
        quantiles(FRAME, Design(), "g", [0.5])
