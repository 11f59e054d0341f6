"""The texts in the plot of lines."""

import re

import pytest
from drawn import apart, edition, layers, rows_of, shown, texts, words

from wavebook import charts, claims
from wavebook.definitions import Fact


@pytest.fixture(scope="module")
def peaked():
    """A series with a peak and a trough that its ends are not."""
    values = {"2008": 13, "2009": 21, "2010": 17, "2013": 8, "2014": 14}
    facts = {"target": Fact(value=18, date="2010", name=words("streefwaarde"), source="report", locator="p. 1")}
    return edition([(year, "a", value) for year, value in values.items()], a=("percent", ()), facts=facts)


@pytest.mark.parametrize(
    ("label", "values"),
    [
        (None, ["13%", "14%", "21%", "8%"]),
        ("peaks", ["13%", "14%", "21%", "8%"]),
        ("ends", ["13%", "14%"]),
        ("none", []),
        ("all", ["13%", "14%", "17%", "21%", "8%"]),
        ("2010", ["17%"]),
    ],
)
def test_the_values_that_are_asked_for_are_written(peaked, label, values):
    chart = charts.lines("a", peaked.select("a", waves="all"), label=label)
    for width in ("wide", "narrow"):
        written = [text for text in shown(chart, width) if re.fullmatch(r"\d+%", text)]
        assert sorted(text for text in written if int(text[:-1]) % 5) == values


def test_a_peak_that_a_claim_names_is_written_without_being_asked_for(peaked):
    assert claims.peaks("a", "2009").verdict(peaked).outcome == "holds"
    drawn = shown(charts.lines("a", peaked.select("a", waves="all")))
    assert peaked["a@2009"].text("nl", "chart") in drawn


def test_a_remark_stands_near_its_point_with_a_line_to_it(peaked):
    chart = charts.lines("a", peaked.select("a", waves="all"), note={"2009": "nieuwe wet"})
    leader = next(row for row in rows_of(chart, "rule", "y2") if "series" not in row)
    axis = next(part for part in layers(chart.to_dict()) if part["mark"]["type"] == "line")["encoding"]["x"]["scale"]
    assert leader["x"] == pytest.approx(axis["range"][0] + (axis["range"][1] - axis["range"][0]) / 6)
    for svg in chart.payload["svg"].values():
        assert "nieuwe wet" in [text for text, *_ in texts(svg)]
        assert apart(texts(svg))
    assert "2009: nieuwe wet." in " ".join(chart.payload["notes"])


def test_what_is_compared_with_is_a_rule_with_its_name_and_value(peaked):
    chart = charts.lines("a", peaked.select("a", waves="all"), reference="target")
    for width in ("wide", "narrow"):
        assert "Streefwaarde: 18%" in " ".join(shown(chart, width))
        assert apart(texts(chart.payload["svg"][width]))
    assert [row["y"] for row in rows_of(chart, "rule", "x2") if row["x"] == 0] == [pytest.approx(250 * (1 - 18 / 25))]


def test_a_peak_without_a_place_beside_it_stands_farther_off_with_a_line_to_it():
    rows = [(str(2000 + at), f"a.c{i}", 50 + 2 * i + (at == 8 and i == 1)) for at in range(18) for i in range(4)]
    found = edition(rows, baseline="2000", wave="2017", a=("percent", ("een", "twee", "drie", "vier")))
    chart = charts.lines("a", found.select("a", waves="all"))
    assert "53%" in shown(chart)
    (leader,) = [row for row in rows_of(chart, "rule", "y2") if "series" not in row]
    assert abs(leader["y2"] - leader["y"]) > 10
