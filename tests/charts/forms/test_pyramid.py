"""Pyramids, of figures made by hand."""

import pytest
from crossed import cross
from drawn import broken, codes, edition, rows_of, texts

from wavebook import charts
from wavebook.core.problems import ProblemsError

AGES = ("0–24", "25–49", "50–74", "75 en ouder")


def people(years=("2008", "2014"), unit="percent", **more):
    """Shares of men and women by age; those of the first wave are larger by ten."""
    rows = [
        (y, f"{name}.c{i}", 20 + 5 * i + (3 if name == "vrouw" and i > 1 else 0) + 10 * (y == "2008"))
        for y in years
        for name in ("man", "vrouw")
        for i in range(4)
    ]
    return edition(rows, man=(unit, AGES), vrouw=(unit, AGES), **more)


def names(payload, width="wide"):
    """The categories as they stand from the top down."""
    shown = sorted((top, text) for text, _, top, *_ in texts(payload["svg"][width]) if text in (*AGES, "75 en ouder"))
    return [text for _, text in shown]


def test_the_first_category_is_at_the_bottom_unless_another_order_is_asked_for():
    chosen = people().select("man", "vrouw")
    for width in ("wide", "narrow"):
        assert names(charts.pyramid("a", chosen).payload, width) == [*reversed(AGES)]
    assert names(charts.pyramid("a", chosen, sort="declared").payload) == [*AGES]
    assert names(charts.pyramid("a", chosen, order=["c2"]).payload)[0] == "50–74"
    assert charts.pyramid("a", chosen).payload["table"]["rows"][0] == ["75 en ouder", "35%", "38%"]


def test_bars_grow_from_the_middle_to_both_sides():
    chart = charts.pyramid("a", people().select("man", "vrouw"), scale=(0, 100))
    bars = rows_of(chart, "rect", "fill")
    left = [row for row in bars if row["x2"] < 320]
    right = [row for row in bars if row["x"] > 320]
    assert len(left) == len(right) == 4
    assert len({row["x2"] for row in left}) == len({row["x"] for row in right}) == 1
    assert [row["x2"] - row["x"] for row in left] < [row["x2"] - row["x"] for row in right]


def test_a_second_wave_is_an_outline_with_its_value_in_brackets():
    chart = charts.pyramid("a", people().select("man", "vrouw", waves="both"))
    shown = [text for text, *_ in texts(chart.payload["svg"]["wide"])]
    assert {"2014", "(2008)", "35% (45%)"} <= {*shown}
    outlined = [row for row in rows_of(chart, "rect", "x") if "fill" not in row and "at" not in row]
    assert len(outlined) >= 8
    assert chart.payload["table"]["head"] == ["Onderwerp", "Man, 2008", "Man, 2014", "Vrouw, 2008", "Vrouw, 2014"]
    assert "".join(chart.payload["points"][0]["says"]) == "75 en ouder, Man: 35%; 45% in 2008"


def test_the_description_tells_highest_and_widest_and_which_side_is_higher():
    summary = charts.pyramid("a", people().select("man", "vrouw")).payload["summary"]
    assert summary.startswith("Piramide met Man links en Vrouw rechts. Het hoogst: Man, 75 en ouder, 35 procent.")
    assert "Het grootste verschil: 75 en ouder, met 35 procent (Man) tegen 38 procent (Vrouw)." in summary
    assert "Vrouw is hoger in 2 van de 4 rijen." in summary


def test_values_are_written_as_asked_and_nothing_leaves_the_picture():
    def written(**options):
        payload = charts.pyramid("a", people().select("man", "vrouw"), **options).payload
        for width, most in (("wide", 641), ("narrow", 321)):
            assert all(left >= -1 and right <= most for _, left, _, right, _ in texts(payload["svg"][width]))
        return sum("%" in text for text, *_ in texts(payload["svg"]["wide"]))

    assert [written(), written(label="peaks"), written(label="none"), written(label="man.c1")] == [8, 2, 0, 1]


def test_intervals_are_drawn_on_both_sides():
    more = {"ci_low": 8, "ci_high": 14}
    rows = [("2014", f"{name}.c{i}", 10, more) for name in ("man", "vrouw") for i in range(3)]
    found = edition(rows, man=("percent", AGES[:3]), vrouw=("percent", AGES[:3]))
    chart = charts.pyramid("a", found.select("man", "vrouw"), highlight="man")
    spans = rows_of(chart, "rule", "x2")
    assert len(spans) == 6 * 2  # with their halos
    assert any("streepjes" in note for note in chart.payload["notes"])
    assert sum("muted" in row["fill"] for row in rows_of(chart, "rect", "fill")) == 3


def test_a_crossing_is_a_pyramid_of_its_breakdown_with_two_segments(small):
    chosen = cross(small).load(language="en").select("grade@theme=*,age=*")
    assert charts.pyramid("a", chosen).payload["table"]["head"] == ["Topic", "Work", "School"]


def test_what_is_no_pyramid_is_refused():
    lone = people().select("man")
    three = people(("2008", "2010", "2014")).select("man", "vrouw", waves="all")
    for chosen in (lone, three):
        with pytest.raises(ProblemsError) as error:
            charts.pyramid("a", chosen)
        assert codes(error) == ["W368"]
    with pytest.raises(ProblemsError) as error:
        charts.pyramid("a", people().select("man", "vrouw"), scale=(10, 100))
    assert codes(error) == ["W339"]
    apart = people(("2008", "2010", "2013", "2014"), breaks=[broken("full")])
    with pytest.raises(ProblemsError) as error:
        charts.pyramid("a", apart.select("man", "vrouw", waves="both"))
    assert codes(error) == ["W334"]
    below = edition(
        [("2014", f"{n}.c{i}", -5 if i else 5) for n in "ab" for i in range(3)],
        a=("balance", AGES[:3]),
        b=("balance", AGES[:3]),
    )
    with pytest.raises(ProblemsError) as error:
        charts.pyramid("a", below.select("a", "b"))
    assert codes(error) == ["W369"]
