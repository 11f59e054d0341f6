"""Dumbbells, of figures made by hand."""

import pytest
from drawn import broken, codes, edition, layers, rows_of, texts

from wavebook import charts
from wavebook.charts.theme import colour
from wavebook.core.problems import ProblemsError


def test_a_difference_is_taken_before_rounding():
    rows = [("2008", "a", 10.4), ("2014", "a", 11.6)]
    chart = charts.change("a", edition(rows, a=("percent", ())).select("a", waves="both"))
    assert chart.payload["table"]["rows"] == [["A", "10%", "12%", "+1 procentpunt"]]


def test_a_rounded_figure_beside_an_estimate_is_drawn_at_the_same_place():
    rows = [("2008", "a", 7.0), ("2014", "a", 6.97)]
    chart = charts.change("a", edition(rows, a=("grade", ())).select("a", waves="both"))
    assert [(row["then"], row["now"]) for row in rows_of(chart, "rule", "then")] == [(7.0, 7.0)]


def test_nothing_is_compared_across_a_full_break():
    rows = [(year, "a", 6.5) for year in ("2008", "2010", "2013", "2014")]
    found = edition(rows, breaks=[broken("full")], a=("grade", ()))
    with pytest.raises(ProblemsError, match="across a full break") as error:
        charts.change("a", found.select("a", waves="both"))
    assert codes(error) == ["W334"]


def test_pairs_are_sorted_highlighted_and_remarked_on_as_asked():
    rows = [("2008", "a", 40), ("2014", "a", 45), ("2008", "b", 30), ("2014", "b", 42)]
    found = edition(rows, a=("percent", ()), b=("percent", ())).select("a", "b", waves="both")
    chart = charts.change("a", found, sort="descending", highlight="a", note={"b": "nieuw", "2008": "eerste keer"})
    assert [row[0] for row in chart.payload["table"]["rows"]] == ["B", "A"]
    shown = [text for text, *_ in texts(chart.payload["svg"]["wide"])]
    assert {"nieuw", "2008: eerste keer"} <= set(shown)
    dots = [part for part in layers(chart.to_dict()) if part["mark"]["type"] == "point" and "color" in part["mark"]]
    fills = {row.get("series"): part["mark"]["color"] for part in dots for row in part["data"]["values"]}
    assert (fills["a"], fills["b"]) == (colour("1"), colour("muted"))


def test_a_scale_is_that_of_one_unit():
    rows = [(y, name, 5) for y in ("2008", "2014") for name in ("a", "b")]
    found = edition(rows, a=("percent", ()), b=("grade", ()))
    with pytest.raises(ProblemsError) as error:
        charts.change("a", found.select("a", "b", waves="both"), scale=(0, 10))
    assert codes(error) == ["W339"]
    chart = charts.change("a", found.select("a", waves="both"), scale=(0, 100))
    assert "100%" in [row["text"] for row in rows_of(chart, "text", "text")]
