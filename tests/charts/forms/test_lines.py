"""Lines, of figures made by hand."""

import pytest
from drawn import broken, codes, crowded_charts, edition, layers, rows_of, texts, words

from wavebook import charts
from wavebook.core.problems import ProblemsError


@pytest.fixture(scope="module")
def crowded():
    return crowded_charts()


def test_breaks_that_lie_close_together_are_all_named_in_short(crowded):
    shown = [text for text, *_ in texts(crowded["lijnen"].payload["svg"]["wide"])]
    assert shown.count("breuk") == 3


def test_a_full_break_interrupts_the_line():
    rows = [(year, "cijfer", 6.5) for year in ("2008", "2010", "2013", "2014")]
    found = edition(rows, breaks=[broken("full")], cijfer=("grade", ()))
    chart = charts.lines("cijfer", found.select("cijfer", waves="all"))
    assert [row["part"] for row in rows_of(chart, "line", "part")] == [0, 0, 1, 1]
    assert "Niet te vergelijken over 2010–2013: ander bureau." in chart.payload["notes"]


def test_an_edition_before_the_break_shows_none():
    rows = [(year, "cijfer", 6.5) for year in ("2008", "2010", "2013", "2014")]
    breaks = [{"from": "2013", "to": "2014", "kind": "noted", "reason": words("ander bureau")}]
    found = edition(rows, breaks=breaks, wave="2013", cijfer=("grade", ()))
    chart = charts.lines("cijfers", found.select("cijfer", waves="all"))
    assert not rows_of(chart, "rule", "x")
    assert not [note for note in chart.payload["notes"] if note.startswith("Tussen")]


def test_intervals_are_drawn_only_where_they_are_known():
    rows = [("2008", "cijfer", 6.5), ("2014", "cijfer", 6.9, {"ci_low": 6.8, "ci_high": 7.04})]
    chart = charts.lines("cijfer", edition(rows, cijfer=("grade", ())).select("cijfer", waves="all"))
    assert [(r["year"], r["low"], r["high"]) for r in rows_of(chart, "rule", "low")] == [(2014, 6.8, 7.04)]
    assert chart.payload["table"]["rows"] == [["2008", "6,5"], ["2014", "6,9 (6,8 tot 7,0)"]]
    assert "De streepjes tonen het 95%-betrouwbaarheidsinterval." in chart.payload["notes"]


def test_a_first_value_keeps_clear_of_its_interval():
    rows = [("2008", "a", 30, {"ci_low": 20, "ci_high": 40}), ("2014", "a", 31)]
    chart = charts.lines("a", edition(rows, a=("percent", ())).select("a", waves="all"))
    line = next(part for part in layers(chart.to_dict()) if part["mark"]["type"] == "line")
    (low, high), (start, stop) = (line["encoding"]["y"]["scale"][name] for name in ("domain", "range"))
    label = next(row for row in rows_of(chart, "text", "text") if row["text"] == "30%")
    assert label["y"] < start + (40 - low) / (high - low) * (stop - start) - 7


def test_a_wave_that_was_not_measured_is_a_dash_in_the_table():
    rows = [("2008", "a", 6.5), ("2014", "a", 6.9), ("2014", "b", 7.1)]
    chart = charts.lines("ab", edition(rows, a=("grade", ()), b=("grade", ())).select("a", "b", waves="all"))
    assert chart.payload["table"] == {
        "head": ["Jaar", "A", "B"],
        "rows": [["2008", "6,5", "–"], ["2014", "6,9", "7,1"]],
    }


def test_a_series_that_stopped_names_the_year_of_its_last_value():
    rows = [("2008", "a", 20), ("2010", "a", 30), ("2008", "b", 10), ("2014", "b", 12)]
    chart = charts.lines("ab", edition(rows, a=("percent", ()), b=("percent", ())).select("a", "b", waves="all"))
    assert "30% (2010)" in [text for text, *_ in texts(chart.payload["svg"]["wide"])]


def test_more_than_four_lines_are_too_many():
    names = [f"i{i}" for i in range(5)]
    found = edition([("2014", name, 6.5) for name in names], **dict.fromkeys(names, ("grade", ())))
    with pytest.raises(ProblemsError) as error:
        charts.lines("veel", found.select(*names))
    assert codes(error) == ["W333"]
