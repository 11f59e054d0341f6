"""Dumbbells, of figures made by hand."""

import pytest
from drawn import broken, codes, edition

from wavebook import charts
from wavebook.core.problems import ProblemsError


def test_a_difference_is_taken_before_rounding():
    rows = [("2008", "a", 10.4), ("2014", "a", 11.6)]
    chart = charts.change("a", edition(rows, a=("percent", ())).select("a", waves="both"))
    assert chart.payload["table"]["rows"] == [["A", "10%", "12%", "+1 procentpunt"]]


def test_nothing_is_compared_across_a_full_break():
    rows = [(year, "a", 6.5) for year in ("2008", "2010", "2013", "2014")]
    found = edition(rows, breaks=[broken("full")], a=("grade", ()))
    with pytest.raises(ProblemsError, match="across a full break") as error:
        charts.change("a", found.select("a", waves="both"))
    assert codes(error) == ["W334"]
