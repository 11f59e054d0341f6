"""Small multiples of several forms, of figures made by hand."""

import json

import pytest
from crossed import cross
from drawn import codes, edition, texts

from wavebook import charts
from wavebook.core.problems import ProblemsError

TOPICS = ("zorg", "veiligheid", "onderwijs")
WAVES = ("2008", "2010", "2014")


def topics():
    rows = [(y, f"t.c{i}", 30 + 15 * i + 2 * j) for j, y in enumerate(WAVES) for i in range(3)]
    return edition(rows, t=("percent", TOPICS))


def specs(payload):
    return json.loads(payload["spec"])["concat"]


def scales(payload, channel):
    found = [
        layer["encoding"][channel]["scale"]["domain"]
        for part in specs(payload)
        for layer in part["layer"]
        if (layer["encoding"].get(channel) or {}).get("scale")
    ]
    return {tuple(domain) for domain in found}


def test_lines_of_each_answer_share_a_scale_unless_it_is_not_wanted():
    chosen = topics().select("t", waves="all")
    together = charts.multiples("a", chosen, form=charts.lines, by="category").payload
    assert scales(together, "y") == {(0, 80)}
    apart = charts.multiples("a", chosen, form=charts.lines, by="category", shared=False).payload
    assert len(scales(apart, "y")) == 3
    own = charts.multiples("a", chosen, form=charts.lines, by="category", scale=(0, 100)).payload
    assert scales(own, "y") == {(0, 100)}


def test_each_panel_has_its_heading_at_both_widths_and_readers_explore_all_in_order():
    payload = charts.multiples("a", topics().select("t", waves="all"), form=charts.lines, by="category").payload
    for width in ("wide", "narrow"):
        shown = [text for text, *_ in texts(payload["svg"][width])]
        assert [text for text in shown if text in ("Zorg", "Veiligheid", "Onderwijs")] == [
            "Zorg",
            "Veiligheid",
            "Onderwijs",
        ]
        assert all(
            left >= 0 and right <= (641 if width == "wide" else 321)
            for _, left, _, right, _ in texts(payload["svg"][width])
        )
        assert len({tuple(point["origin"]) for point in payload["spots"][width]["points"]}) == 3
    assert len(payload["points"]) == 9
    assert ["".join(point["says"]) for point in payload["points"]][3] == "Veiligheid, 2008: 45%"
    assert [point["row"] for point in payload["points"]] == [0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_one_table_holds_all_parts_below_or_beside_each_other():
    chosen = topics().select("t", waves="all")
    beside = charts.multiples("a", chosen, form=charts.lines, by="category").payload["table"]
    assert beside["head"] == ["Jaar", "Zorg", "Veiligheid", "Onderwijs"]
    assert beside["rows"][0] == ["2008", "30%", "45%", "60%"]
    rows = [(y, f"{name}.c{i}", 30) for y in WAVES for name in "tu" for i in range(3)]
    both = edition(rows, t=("percent", TOPICS), u=("percent", TOPICS)).select("t", "u", waves="all")
    below = charts.multiples("a", both, form=charts.heat, by="indicator").payload["table"]
    assert below["head"] == ["Wat", "Onderwerp", "2008", "2010", "2014"]
    assert [row[:2] for row in below["rows"]][2:4] == [["T", "Onderwijs"], ["U", "Zorg"]]


def test_the_description_tells_ends_and_the_way_of_each_part():
    summary = charts.multiples("a", topics().select("t", waves="all"), form=charts.lines, by="category").payload[
        "summary"
    ]
    assert summary.startswith("3 grafieken van dezelfde vorm. Lijngrafiek. Het hoogst: Onderwijs, 2014, 64 procent.")
    assert "Zorg: van 30 procent in 2008 naar 34 procent in 2014." in summary
    by_wave = charts.multiples("a", topics().select("t", waves="all"), form=charts.bars, by="wave").payload["summary"]
    assert "2010: 32 procent (zorg) tot 62 procent (onderwijs)." in by_wave


def test_values_in_different_units_are_not_compared():
    found = edition([("2014", "a.c0", 5), ("2014", "b", 6.5)], a=("percent", ("x",)), b=("grade", ()))
    payload = charts.multiples("a", found.select("a", "b"), form=charts.bars, by="indicator").payload
    assert "Het hoogst" not in payload["summary"]
    assert payload["summary"].endswith("A: 5 procent. B: 6,5.")


def test_options_are_those_of_the_form_and_order_also_that_of_the_parts():
    chosen = topics().select("t", waves="all")
    payload = charts.multiples("a", chosen, form=charts.lines, by="category", order=["c2"]).payload
    assert payload["table"]["head"] == ["Jaar", "Onderwijs", "Zorg", "Veiligheid"]
    with pytest.raises(ProblemsError) as error:
        charts.multiples("a", chosen, form=charts.part, by="category", height=200)
    assert "W336" in codes(error)


def test_a_breakdown_that_is_crossed_may_name_the_parts(small):
    chosen = cross(small).load(language="en").select("grade@theme=*,age=*")
    payload = charts.multiples("a", chosen, form=charts.bars, by="age").payload
    assert payload["summary"].count("18–34") >= 1
    assert {"18–34", "35 and over"} <= {text for text, *_ in texts(payload["svg"]["wide"])}
    assert len(charts.multiples("a", chosen, form=charts.bars).payload["points"]) == 4


def test_one_figure_each_stands_in_two_columns_where_it_is_narrow():
    payload = charts.multiples("a", topics().select("t"), form=charts.part, by="category").payload
    lefts = {round(left) for text, left, *_ in texts(payload["svg"]["narrow"]) if text in ("Zorg", "Veiligheid")}
    assert len(lefts) == 2


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"form": charts.lines, "by": "cathegory"}, "W370"),
        ({"form": charts.lines, "by": "population"}, "W370"),
        ({"form": charts.tally, "by": "category"}, "W370"),
        ({"form": charts.lines, "by": "theme"}, "W370"),
    ],
)
def test_what_parts_nothing_is_told(settings, code):
    with pytest.raises(ProblemsError) as error:
        charts.multiples("a", topics().select("t", waves="all"), **settings)
    assert codes(error) == [code]


def test_problems_of_all_parts_come_once_and_too_many_parts_are_refused():
    with pytest.raises(ProblemsError) as error:
        charts.multiples("A b", topics().select("t", waves="all"), form=charts.lines, by="category")
    assert codes(error) == ["W331"]
    names = [f"n{i}" for i in range(17)]
    many = edition([("2014", f"t.c{i}", i) for i in range(17)], t=("percent", names)).select("t")
    with pytest.raises(ProblemsError) as error:
        charts.multiples("a", many, form=charts.part, by="category")
    assert codes(error) == ["W371"]


def test_an_edition_about_one_part_has_no_multiples(small):
    cross(small)
    figures = small.load(segment="theme=work")
    assert charts.multiples("a", figures.select("grade"), form=charts.bars).payload["absent"]


def groups(answers, names):
    """Two questions with so many answers, which are together all, of each group in two waves."""
    rows = [
        (y, f"{q}.c{c}", 100 // answers, {"segment_by": "r", "segment": f"s{i}"})
        for y in ("2008", "2014")
        for q in "tu"
        for c in range(answers)
        for i in range(len(names))
    ]
    asked = ("percent", [f"antwoord {c}" for c in range(answers)])
    return edition(rows, segments={"r": names}, t=asked, u=asked)


@pytest.mark.parametrize(
    ("form", "waves", "by", "answers"),
    [
        (charts.dots, "wave", "indicator", 1),
        (charts.slope, "both", "indicator", 1),
        (charts.change, "both", "segment", 1),
        (charts.pyramid, "wave", "indicator", 3),
        (charts.stacked, "wave", "segment", 2),
    ],
)
def test_every_form_has_multiples_with_a_point_for_each_figure(form, waves, by, answers):
    chosen = groups(answers, ["Noord", "Oost"]).select("t@r=*", "u@r=*", waves=waves)
    payload = charts.multiples("a", chosen, form=form, by=by).payload
    assert len(payload["points"]) == len(chosen.keys) == 2 * 2 * answers * (2 if waves == "both" else 1)
    assert len(specs(payload)) == 2
