"""Lines between two waves, of figures made by hand."""

import pytest
from drawn import broken, codes, edition, layers, rows_of, texts

from wavebook import charts
from wavebook.charts.theme import colour
from wavebook.core.problems import ProblemsError

SHARES = {"bus": (44, 50), "tram": (79, 70), "trein": (69, 69), "fiets": (28, 29), "boot": (61, 60), "veer": (35, 30)}


def chosen(shares=SHARES, unit="percent", around=0.0, **more):
    rows = [
        (year, name, value, {"ci_low": value - around, "ci_high": value + around} if around else {})
        for name, pair in shares.items()
        for year, value in zip(("2008", "2014"), pair, strict=True)
    ]
    return edition(rows, **dict.fromkeys(shares, (unit, ())), **more).select(*shares, waves="both")


def strokes(chart):
    """The lines as (left, right) in px of height, by series, and whether each is dashed."""
    made = [part for part in layers(chart.to_dict()) if part["mark"].get("strokeWidth") == 2.5]
    return {
        row["series"]: (row["y"], row["y2"], "strokeDash" in part["mark"])
        for part in made
        for row in part["data"]["values"]
    }


def test_a_line_runs_from_the_first_value_to_the_second_and_both_stand_at_its_ends():
    chart = charts.slope("a", chosen())
    found = strokes(chart)
    assert found["bus"][0] > found["bus"][1]
    assert found["tram"][0] < found["tram"][1]
    assert found["trein"][0] == found["trein"][1]
    for svg, times in ((chart.payload["svg"]["wide"], 2), (chart.payload["svg"]["narrow"], 1)):
        shown = [text for text, *_ in texts(svg)]
        assert {"2008", "2014", "44%", "50%"} <= set(shown)
        assert shown.count("fiets") == times
    assert chart.payload["table"]["rows"][0] == ["Bus", "44%", "50%", "+6 procentpunt"]


def test_a_rounded_figure_beside_an_estimate_makes_a_level_line():
    chart = charts.slope("a", chosen({"a": (7.0, 6.97), "b": (6.6, 7.1)}, "grade"))
    assert strokes(chart)["a"][0] == strokes(chart)["a"][1]
    assert chart.payload["table"]["rows"][0] == ["A", "7,0", "7,0", "0,0"]


def test_up_to_four_lines_have_colours_shapes_and_intervals_of_their_own_and_more_have_none():
    few = charts.slope("a", chosen({name: SHARES[name] for name in ("bus", "tram", "trein")}, around=2))
    many = charts.slope("a", chosen(around=2))
    for chart, hues, spans in ((few, 3, 6), (many, 1, 0)):
        dots = [part["mark"] for part in layers(chart.to_dict()) if part["mark"]["type"] == "point"]
        assert len({dot["fill"] for dot in dots}) == len({dot["shape"] for dot in dots}) == hues
        thin = [
            part
            for part in layers(chart.to_dict())
            if part["mark"].get("strokeWidth") == 2 and part["mark"]["type"] == "rule"
        ]
        assert sum(len(part["data"]["values"]) for part in thin) == spans
    assert "De tabel noemt het 95%-betrouwbaarheidsinterval." in many.payload["notes"]


def test_what_is_not_highlighted_is_grey_and_values_stand_where_asked():
    chart = charts.slope("a", chosen(), highlight="veer", label=["veer"], note={"veer": "gestopt in 2013"})
    dots = [part["mark"]["fill"] for part in layers(chart.to_dict()) if part["mark"]["type"] == "point"]
    assert (dots.count(colour("1")), dots.count(colour("muted"))) == (1, 5)
    shown = [text for text, *_ in texts(chart.payload["svg"]["wide"])]
    assert [text for text in shown if "%" in text] == ["35%¹", "30%¹"]
    assert "¹ gestopt in 2013" in shown


def test_a_noted_break_is_named_and_its_lines_are_dashed():
    rows = [(year, name, 6.5) for name in ("a", "b") for year in ("2008", "2010", "2013", "2014")]
    found = edition(rows, breaks=[{**broken("noted"), "indicators": ["a"]}], a=("grade", ()), b=("grade", ()))
    chart = charts.slope("a", found.select("a", "b", waves="both"))
    assert (strokes(chart)["a"][2], strokes(chart)["b"][2]) == (True, False)
    assert "breuk in de reeks" in [text for text, *_ in texts(chart.payload["svg"]["wide"])]
    assert "Tussen 2010 en 2013: ander bureau." in chart.payload["summary"]


def test_a_reference_is_a_level_rule_and_scale_and_height_are_those_of_the_plot():
    chart = charts.slope("a", chosen(), reference="boot@2008", scale=(0, 100), height=400)
    assert strokes(chart)["bus"][0] == pytest.approx(400 * 0.56)
    [rule] = [row for row in rows_of(chart, "rule", "x2") if "y2" not in row]
    assert rule["y"] == pytest.approx(400 * 0.39)
    assert any("61%" in text for text, *_ in texts(chart.payload["svg"]["narrow"]))


def test_of_many_lines_the_description_tells_how_many_rose_and_which_changed_most():
    rows = SHARES | {"taxi": (20, 31)}
    summary = charts.slope("a", chosen(rows)).payload["summary"]
    assert summary.startswith("Hellingdiagram van 2008 naar 2014. 3 hoger, 3 lager, 1 gelijk.")
    assert "Grootste stijging: taxi, van 20 procent naar 31 procent." in summary
    assert "Grootste daling: tram, van 79 procent naar 70 procent." in summary


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ProblemsError) as error:
        charts.slope("a", chosen({f"i{i}": (i, i + 1) for i in range(21)}))
    assert codes(error) == ["W360"]
    with pytest.raises(ProblemsError) as error:
        charts.slope("a", edition([("2014", "a", 50)], a=("percent", ())).select("a"))
    assert codes(error) == ["W334"]
    mixed = edition(
        [(y, n, 6) for y in ("2008", "2014") for n in ("a", "b")], a=("percent", ()), b=("grade", ())
    ).select("a", "b", waves="both")
    with pytest.raises(ProblemsError) as error:
        charts.slope("a", mixed)
    assert codes(error) == ["W332"]
    rows = [(year, "a", 6.5) for year in ("2008", "2010", "2013", "2014")]
    with pytest.raises(ProblemsError) as error:
        charts.slope("a", edition(rows, breaks=[broken("full")], a=("grade", ())).select("a", waves="both"))
    assert codes(error) == ["W334"]
