"""Bars, of figures made by hand."""

import pytest
from crossed import cross
from drawn import broken, codes, edition, layers, rows_of, texts

from wavebook import charts
from wavebook.charts.theme import colour
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


# options

ROWS = [("2014", f"{name}.c0", value) for name, value in (("bus", 44), ("tram", 79), ("trein", 69))]
EARLIER = [("2008", f"{name}.c0", value) for name, value in (("bus", 50), ("tram", 60), ("trein", 70))]
SATISFIED = edition([*EARLIER, *ROWS], **dict.fromkeys(("bus", "tram", "trein"), ("percent", ("tevreden",))))
NAMES = ("bus", "tram", "trein")


def ranked(chart):
    return [row[0] for row in chart.payload["table"]["rows"]]


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ({}, ["Tram", "Trein", "Bus"]),
        ({"sort": "ascending"}, ["Bus", "Trein", "Tram"]),
        ({"sort": "selected"}, ["Bus", "Tram", "Trein"]),
        ({"order": "trein"}, ["Trein", "Tram", "Bus"]),
    ],
)
def test_questions_with_one_answer_each_are_one_group_in_the_order_that_is_asked_for(asked, order):
    chart = charts.bars("a", SATISFIED.select(*NAMES), **asked)
    assert chart.payload["table"]["head"] == ["Onderwerp", "Tevreden, 2014"]
    assert ranked(chart) == order
    assert len({row["fill"] for row in rows_of(chart, "rect", "value")}) == 1


def test_answers_of_a_scale_keep_their_order_unless_asked_otherwise():
    found = edition([("2014", f"a.c{i}", v) for i, v in enumerate((20, 50, 30))], a=("percent", ("nee", "soms", "ja")))
    found.definitions.indicators["a"] = found.definitions.indicators["a"].model_copy(update={"ordered": True})
    assert ranked(charts.bars("a", found.select("a"))) == ["Nee", "Soms", "Ja"]
    assert ranked(charts.bars("a", found.select("a"), sort="descending")) == ["Soms", "Ja", "Nee"]


def test_highlighted_bars_keep_their_colour_and_labels_stand_where_asked():
    chart = charts.bars("a", SATISFIED.select(*NAMES), highlight="trein", label=["trein"], note={"bus": "nieuw"})
    fills = {row["value"]: row["fill"] for row in rows_of(chart, "rect", "value")}
    assert fills == {79: colour("muted"), 69: colour("1"), 44: colour("muted")}
    shown = [text for text, *_ in texts(chart.payload["svg"]["wide"])]
    assert [text for text in shown if text.endswith("%")] == ["69%"]
    assert "nieuw" in shown


def test_a_reference_and_a_scale_lie_on_the_axis_of_the_bars():
    chart = charts.bars("a", SATISFIED.select("bus"), reference="tram.c0", scale=(0, 80))
    assert "Tram, tevreden: 79%" in [text for text, *_ in texts(chart.payload["svg"]["narrow"])]
    bar = next(
        part for part in layers(chart.to_dict()) if part["mark"]["type"] == "rect" and "scale" in part["encoding"]["x"]
    )
    assert bar["encoding"]["x"]["scale"]["domain"] == [0, 80]
    with pytest.raises(ProblemsError) as error:
        charts.bars("a", SATISFIED.select("bus"), scale=(20, 80))
    assert codes(error) == ["W339"]


def test_waves_stand_beside_each_other_under_a_legend():
    chart = charts.bars("a", SATISFIED.select(*NAMES, waves="both"), beside="wave")
    assert chart.payload["table"]["head"] == ["Onderwerp", "2008", "2014"]
    assert chart.payload["table"]["rows"][0] == ["Tram", "60%", "79%"]
    drawn = sorted(rows_of(chart, "rect", "value"), key=lambda row: row["y"])
    assert [row["value"] for row in drawn] == [60, 79, 70, 69, 50, 44]
    assert [row["fill"] for row in drawn] == [colour("1"), colour("2")] * 3
    assert {"2008", "2014"} <= {text for text, *_ in texts(chart.payload["svg"]["narrow"])}
    assert chart.payload["summary"].startswith("Staafdiagram met naast elkaar: 2008 en 2014. 2008: tram 60 procent")
    assert "".join(chart.payload["points"][1]["says"]) == "Tram, 2014: 79%"


def test_what_does_not_differ_cannot_stand_beside_itself():
    with pytest.raises(ProblemsError) as error:
        charts.bars("a", SATISFIED.select(*NAMES), beside="wave")
    assert codes(error) == ["W359"]


def test_of_many_bars_the_description_tells_the_ends():
    found = edition([("2014", f"a.c{i}", 10 + i) for i in range(9)], a=("percent", tuple("abcdefghi")))
    summary = charts.bars("a", found.select("a")).payload["summary"]
    assert "het laagst: a (10 procent), het hoogst: i (18 procent), verschil: 8 procentpunt" in summary
    assert summary.endswith("De tabel heeft alle waarden.")


# segments and combinations of two breakdowns


def test_segments_are_one_group_with_everyone_among_them(small):
    chart = charts.bars("a", cross(small).load(language="en").select("grade@theme=work", "grade@everyone"))
    assert chart.payload["table"]["head"] == ["Topic", "Grade, 2014"]
    assert sorted(ranked(chart)) == ["Everyone", "Work"]


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


def test_bars_of_one_of_two_crossed_breakdowns_stand_beside_each_other(small):
    chart = charts.bars("a", cross(small).load(language="en").select(*COMBINED), beside="age")
    assert chart.payload["table"]["head"] == ["Topic", "18–34", "35 and over"]
    assert chart.payload["table"]["rows"] == [["Work", "7.2", "6.8"], ["School", "6.4", "6.1"]]
