from decimal import Decimal

import pytest
from measures import UNITS

from wavebook.figures import Figure, Key


def figure(value, **more) -> Figure:
    known = {"n": None, "n_effective": None, "se": None, "ci_low": None, "ci_high": None, "status": "published"} | more
    key = Key("2014", "grade", "", "", "", "")
    return Figure(key=key, value=value, unit=UNITS["grade"], decimals=1, source="report", locator="page 1", **known)


def test_a_value_is_rounded_half_up_as_readers_see_it():
    assert figure(6.85).printed == Decimal("6.9")
    assert figure(6.85).text("nl") == "6,9"
    assert figure(6.85).text("en") == "6.9"


def test_a_figure_that_may_change_is_marked():
    assert figure(6.9, status="provisional").text("nl") != figure(6.9).text("nl")
    assert figure(6.9, status="provisional").text("nl").startswith("6,9\u00a0[")


def test_a_suppressed_figure_has_no_number_to_count_with():
    hidden = figure(None, status="suppressed")
    assert hidden.text("nl") == "–"
    for ask in (lambda: hidden.number, lambda: hidden.printed):
        with pytest.raises(ValueError, match="grade@2014 is suppressed"):
            ask()


def test_an_interval_has_two_ends_or_there_is_none():
    assert figure(6.9, ci_low=6.8, ci_high=7.0).interval == (6.8, 7.0)
    assert figure(0.0, ci_low=0.0, ci_high=0.0).interval == (0.0, 0.0)
    assert figure(6.9).interval is None
