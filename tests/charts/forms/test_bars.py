"""Bars, of figures made by hand."""

import pytest
from drawn import broken, codes, edition, rows_of

from wavebook import charts
from wavebook.core.problems import ProblemsError


def test_bars_run_from_large_to_small():
    rows = [("2014", "a.c0", 20), ("2014", "a.c1", 50), ("2014", "a.c2", 35), ("2008", "a.c0", 1)]
    chart = charts.bars("a", edition(rows, a=("percent", ("een", "twee", "drie"))).select("a"))
    drawn = sorted(rows_of(chart, "rect", "value"), key=lambda row: row["y"])
    assert [row["value"] for row in drawn] == [50, 35, 20]
    assert [row[0] for row in chart.payload["table"]["rows"]] == ["Twee", "Drie", "Een"]


def test_a_bar_shows_its_interval_and_its_value_keeps_clear_of_it():
    rows = [("2014", "a", 98, {"ci_low": 95, "ci_high": 100}), ("2008", "a", 50)]
    chart = charts.bars("a", edition(rows, a=("percent", ())).select("a"))
    assert {(row["low"], row["high"]) for row in rows_of(chart, "rule", "low")} == {(95, 100)}
    assert rows_of(chart, "text", "end")[0]["end"] == 100


def test_bars_of_two_waves_do_not_cross_a_full_break():
    rows = [("2008", "a", 50), ("2010", "a", 51), ("2013", "a", 52), ("2014", "a", 53)]
    found = edition(rows, breaks=[broken("full")], a=("percent", ()))
    with pytest.raises(ProblemsError) as error:
        charts.bars("a", found.select("a", waves="both"))
    assert codes(error) == ["W334"]
