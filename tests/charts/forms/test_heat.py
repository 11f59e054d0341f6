"""Heat tables, of figures made by hand."""

import pytest
from crossed import cross
from drawn import broken, codes, edition, rows_of, texts

from wavebook import charts
from wavebook.core.problems import ProblemsError

TOPICS = ("zorg", "veiligheid", "onderwijs", "wonen")


def topics():
    """Four topics in three waves; one figure is hidden, one is unknown."""
    rows = [(y, f"t.c{i}", 30 + 10 * i + j) for j, y in enumerate(("2008", "2010", "2014")) for i in range(4)]
    rows = [row for row in rows if row[:2] != ("2008", "t.c3")]
    rows = [row if row[:2] != ("2010", "t.c1") else (*row[:2], None, {"status": "suppressed"}) for row in rows]
    return edition(rows, t=("percent", TOPICS)).select("t", waves="all")


def test_cells_have_their_values_and_those_without_say_why():
    payload = charts.heat("a", topics()).payload
    assert payload["table"]["head"] == ["Onderwerp", "2008", "2010", "2014"]
    assert payload["table"]["rows"][1] == ["Veiligheid", "40%", "verborgen", "42%"]
    assert payload["table"]["rows"][3] == ["Wonen", "–", "61%", "62%"]
    for width in ("wide", "narrow"):
        shown = [text for text, *_ in texts(payload["svg"][width])]
        assert shown.count("×") == shown.count("–") == 2  # in a cell and in the legend
        assert "verborgen: te weinig deelnemers" in shown
        assert {"30%", "62%", "onder 40%", "60% en hoger"} <= {*shown}


def test_text_on_a_step_has_the_colour_of_that_step():
    chart = charts.heat("a", topics(), scale=(0, 100))
    inks = {row["text"]: row["ink"] for row in rows_of(chart, "text", "ink")}
    assert "ramp-text-2" in inks["30%"]
    assert "ramp-text-4" in inks["62%"]
    assert "--chart-text," in inks["×"]
    fills = [row["fill"] for row in rows_of(chart, "rect", "fill")]
    assert sum("ramp-4" in fill for fill in fills) == 2 + 1  # two cells, and the legend


def test_what_is_not_highlighted_is_grey_in_the_picture():
    chart = charts.heat("a", topics(), highlight="2014")
    cells = rows_of(chart, "rect", "fill")[-10:]
    assert sum("grid" in row["fill"] for row in cells) == 6


def test_the_description_names_ends_and_patterns_and_what_is_missing():
    summary = charts.heat("a", topics()).payload["summary"]
    assert "Het hoogst: Wonen, 2014, 62 procent." in summary
    assert "Het laagst: Zorg, 2008, 30 procent." in summary
    assert "Wonen is het hoogst in 2 van de 3 kolommen." in summary
    assert "2014 is het hoogst in 4 van de 4 rijen." in summary
    assert "Verborgen wegens te weinig deelnemers (1): Veiligheid, 2010." in summary
    assert "Niet bekend (1): Wonen, 2008." in summary


def test_readers_explore_cell_by_cell_and_up_and_down_in_a_column():
    points = charts.heat("a", topics()).payload["points"]
    assert [(point["row"], point["wave"]) for point in points] == [(i, j) for i in range(4) for j in range(3)]
    assert "".join(points[0]["says"]) == "Zorg, 2008: 30%"
    assert "".join(points[4]["says"]) == "Veiligheid, 2010: verborgen: te weinig deelnemers"
    assert "".join(points[9]["says"]) == "Wonen, 2008: niet bekend"


def test_remarks_are_numbered_in_their_cells_and_stand_below():
    payload = charts.heat("a", topics(), note={"t.c0@2014": "Na de brand.", "2008": "Per post gevraagd."}).payload
    shown = [text for text, *_ in texts(payload["svg"]["wide"])]
    assert {"30%¹", "32%²", "¹ Per post gevraagd.", "² Na de brand."} <= {*shown}
    assert "Zorg, 2014: Na de brand." in payload["notes"]


def test_intervals_are_told_and_not_drawn():
    rows = [("2014", f"t.c{i}", 30 + i, {"ci_low": 28, "ci_high": 40}) for i in range(4)]
    payload = charts.heat("a", edition(rows, t=("percent", TOPICS)).select("t")).payload
    assert payload["table"]["rows"][0] == ["Zorg", "30% (28 tot 40)"]
    assert "De tabel noemt het 95%-betrouwbaarheidsinterval." in payload["notes"]
    assert not any("streepjes" in note for note in payload["notes"])
    assert "95%-interval 28 tot 40" in "".join(payload["points"][0]["says"])


def test_columns_that_do_not_fit_follow_below_where_it_is_narrow():
    names = [f"groep met een naam {i}" for i in range(12)]
    rows = [("2014", f"{q}.c{i}", 1234 + i) for q in "ab" for i in range(12)]
    found = edition(rows, a=("count", names), b=("count", names))
    payload = charts.heat("a", found.select("a", "b")).payload
    found = texts(payload["svg"]["narrow"])
    assert [text for text, *_ in found].count("A") == 2
    assert all(left >= -1 and right <= 321 for _, left, _, right, _ in found)
    assert len(payload["points"]) == 24


def test_too_many_columns_and_waves_apart_by_a_break_are_refused():
    names = [f"n{i}" for i in range(13)]
    rows = [("2014", f"{q}.c{i}", 1) for q in "ab" for i in range(13)]
    many = edition(rows, a=("percent", names), b=("percent", names)).select("a", "b")
    with pytest.raises(ProblemsError) as error:
        charts.heat("a", many)
    assert codes(error) == ["W365"]
    apart = edition([(y, "a", 5) for y in ("2008", "2010", "2013", "2014")], breaks=[broken("full")], a=("grade", ()))
    with pytest.raises(ProblemsError) as error:
        charts.heat("a", apart.select("a", waves="all"))
    assert codes(error) == ["W334"]


def test_a_crossing_is_a_table_of_both_breakdowns(small):
    chart = charts.heat("a", cross(small).load(language="en").select("grade@theme=*,age=*"))
    assert chart.payload["table"]["head"] == ["Topic", "18–34", "35 and over"]
    assert chart.payload["table"]["rows"] == [["Work", "7.2", "6.8"], ["School", "6.4", "6.1"]]
