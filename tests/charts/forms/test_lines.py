"""Lines, of figures made by hand."""

import re

import pytest
from drawn import PROVINCES, apart, broken, codes, edition, layers, provinces, rows_of, shown, texts, words

from wavebook import charts
from wavebook.core.problems import ProblemsError


@pytest.mark.parametrize(("kind", "words"), [("noted", "breuk"), ("full", "niet te vergelijken")])
def test_no_line_runs_through_a_break_which_has_its_reason_at_the_line(kind, words):
    rows = [(year, "cijfer", 6.5) for year in ("2008", "2010", "2013", "2014")]
    found = edition(rows, breaks=[broken(kind)], cijfer=("grade", ()))
    chart = charts.lines("cijfer", found.select("cijfer", waves="all"))
    assert [row["part"] for row in rows_of(chart, "line", "part")] == [0, 0, 1, 1]
    assert not [layer for layer in layers(chart.to_dict()) if layer["mark"].get("strokeDash") == [0.1, 5]]
    for width in ("wide", "narrow"):
        assert f"{words}: ander bureau" in " ".join(shown(chart, width))
    assert any("ander bureau." in note for note in chart.payload["notes"])


def test_waves_that_nobody_knows_are_dotted_named_and_told():
    rows = [("2008", "a", 20), ("2014", "a", 30), ("2010", "b", 10), ("2013", "b", 12), ("2014", "b", 11)]
    found = edition(rows, a=("percent", ()), b=("percent", ()))
    chart = charts.lines("a", found.select("a", "b", waves="all"))
    dotted = [layer for layer in layers(chart.to_dict()) if layer["mark"].get("strokeDash") == [0.1, 5]]
    assert [row["series"] for layer in dotted for row in layer["data"]["values"]] == ["a"]
    assert [row["part"] for row in rows_of(chart, "line", "part") if row["series"] == "a"] == [0, 1]
    said = "De stippellijn overbrugt metingen waarvan het cijfer niet bekend is: 2010 en 2013."
    assert said in chart.payload["notes"]
    assert said in chart.payload["summary"]
    for width in ("wide", "narrow"):
        assert shown(chart, width).count("onbekend") == 1
    single = charts.lines("a", found.select("a", waves="all"))
    assert {"2010", "2013"} <= set(shown(single))  # on the axis, though nothing is drawn there


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


def test_more_than_twenty_lines_are_too_many():
    names = [f"i{i}" for i in range(21)]
    found = edition([("2014", name, 6.5) for name in names], **dict.fromkeys(names, ("grade", ())))
    with pytest.raises(ProblemsError) as error:
        charts.lines("veel", found.select(*names))
    assert codes(error) == ["W333"]


# --- more than four series ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def many():
    return provinces()


def test_many_series_are_grey_and_each_has_its_name_beside_its_end(many):
    chart = charts.lines("provincies", many)
    for svg in chart.payload["svg"].values():
        found = texts(svg)
        assert set(PROVINCES) <= {text for text, *_ in found}
        assert apart(found)
        assert not {f"var(--chart-{i}" for i in range(1, 5)} & set(re.findall(r"var\(--chart-[a-z0-9]+", svg))


def test_what_is_highlighted_among_many_is_in_colour_with_its_peaks(many):
    chart = charts.lines("provincies", many, highlight=["c7", "c1"], label="peaks")
    hues = next(part for part in layers(chart.to_dict()) if part["mark"]["type"] == "line")["encoding"]["color"][
        "scale"
    ]
    assert [hue.split(",")[0] for hue in hues["range"]] == [
        "var(--chart-muted",
        "var(--chart-1",
        *["var(--chart-muted"] * 5,
        "var(--chart-2",
    ]
    for svg in chart.payload["svg"].values():
        assert apart(texts(svg))
    assert chart.payload["table"] == charts.lines("provincies", many).payload["table"]


def test_more_highlights_than_colours_are_a_problem(many):
    with pytest.raises(ProblemsError) as error:
        charts.lines("provincies", many, highlight=["c0", "c1", "c2", "c3", "c4"])
    assert codes(error) == ["W361"]


# --- options --------------------------------------------------------------------------------------------------


def test_an_axis_holds_what_is_compared_with():
    far = edition([("2008", "a", 10), ("2014", "a", 12), ("2014", "b", 80)], a=("percent", ()), b=("percent", ()))
    chart = charts.lines("a", far.select("a", waves="all"), reference="b")
    line = next(part for part in layers(chart.to_dict()) if part["mark"]["type"] == "line")
    assert line["encoding"]["y"]["scale"]["domain"] == [0, 80]


def test_a_scale_and_a_height_are_as_asked_for_and_the_axis_says_where_it_starts():
    found = edition([("2008", "a", 13), ("2010", "a", 21), ("2014", "a", 8)], a=("percent", ()))
    chart = charts.lines("a", found.select("a", waves="all"), scale=(5, 24), height=400)
    line = next(part for part in layers(chart.to_dict()) if part["mark"]["type"] == "line")
    assert line["encoding"]["y"]["scale"]["domain"] == [5, 24]
    assert line["encoding"]["y"]["scale"]["range"] == [400, 0]
    assert "A, percentage, as van 5% tot 24%" in shown(chart)
    assert {"5%", "10%", "15%", "20%", "24%"} <= set(shown(chart))


def test_the_series_are_in_the_order_that_is_asked_for():
    rows = [(year, f"a.c{i}", 10 * i + 10) for year in ("2008", "2014") for i in range(3)]
    found = edition(rows, a=("percent", ("een", "twee", "drie")))
    chart = charts.lines("a", found.select("a", waves="all"), order=["c2", "c0"])
    assert chart.payload["table"]["head"] == ["Jaar", "Drie", "Een", "Twee"]


def test_a_rounded_figure_beside_an_estimate_is_level_with_it():
    found = edition([("2008", "a", 7.0), ("2014", "a", 6.97)], a=("grade", ()))
    chart = charts.lines("a", found.select("a", waves="all"))
    assert [row["value"] for row in rows_of(chart, "line", "value")] == [7.0, 7.0]
    assert "6.97" in chart.payload["csv"]  # to download, it is as exact as it is known
