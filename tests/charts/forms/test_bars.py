"""Bars, of figures made by hand."""

import pytest
from crossed import cross
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


# combinations of two breakdowns

COMBINED = [f"grade@theme={theme},age={age}" for theme in ("work", "school") for age in ("18_34", "35_up")]


def test_bars_of_combinations_are_grouped_by_one_breakdown_and_coloured_by_the_other(small):
    chart = charts.bars("a", cross(small).load(language="en").select(*COMBINED))
    assert chart.payload["table"]["head"] == ["Topic", "Grade, work, 2014", "Grade, school, 2014"]
    assert chart.payload["table"]["rows"] == [["18–34", "7.2", "6.4"], ["35 and over", "6.8", "6.1"]]
    drawn = rows_of(chart, "rect", "value")
    fills = {row["value"]: row["fill"] for row in drawn}
    assert fills[7.2] == fills[6.4] != fills[6.8] == fills[6.1]
    assert "Grade, school, 2014: 18–34 6.4" in chart.payload["summary"]


def test_in_an_edition_about_one_segment_its_combinations_are_bars_of_the_other(small):
    figures = cross(small).load(language="en", segment="theme=work")
    chart = charts.bars("a", figures.select("grade@age=18_34", "grade@age=35_up"))
    assert chart.payload["table"]["rows"] == [["18–34", "7.2"], ["35 and over", "6.8"]]


def test_lines_of_combinations_are_named_by_both(small):
    cross(small)
    for name, value in (("work*18_34", "7.0"), ("work*35_up", "6.0")):
        small.add(2013, indicator="grade", segment_by="theme*age", segment=name, value=value, unit="grade")
    chart = charts.lines("a", small.load(language="en").select(*COMBINED[:2], waves="all"))
    assert chart.payload["table"]["head"] == ["Year", "Work, 18–34", "Work, 35 and over"]
    assert chart.payload["table"]["rows"] == [["2013", "7.0", "6.0"], ["2014", "7.2", "6.8"]]
