"""Many items as dots on level rows, of figures made by hand."""

import pytest
from drawn import broken, codes, edition, layers, rows_of, texts

from wavebook import charts
from wavebook.charts.theme import colour
from wavebook.core.problems import ProblemsError

SHARES = {"bus": 44, "tram": 79, "trein": 69, "fiets": 28, "boot": 61, "veer": 35}


def asked(shares=SHARES, years=("2014",), around=0.0, **more):
    rows = [
        (
            year,
            f"{name}.c0",
            value - 8 * back,
            {"ci_low": value - 8 * back - around, "ci_high": value - 8 * back + around},
        )
        if around
        else (year, f"{name}.c0", value - 8 * back)
        for back, year in enumerate(reversed(years))
        for name, value in shares.items()
    ]
    return edition(rows, **dict.fromkeys(shares, ("percent", ("tevreden",))), **more)


def drawn(chart):
    """The dots as (left to right, top to bottom, fill), shape by shape; without those of the legend."""
    made = [part for part in layers(chart.to_dict()) if part["mark"]["type"] == "point"]
    return [
        (row["x"], row["y"], part["mark"]["shape"], part["mark"]["fill"])
        for part in made
        for row in part["data"]["values"]
        if "series" in row
    ]


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ({}, "Tram", "Fiets"),
        ({"sort": "ascending"}, "Fiets", "Tram"),
        ({"sort": "selected"}, "Bus", "Veer"),
        ({"order": ["veer", "boot"]}, "Veer", "Fiets"),
    ],
)
def test_items_are_ranked_as_asked(sort, first, last):
    rows = charts.dots.sketch("a", *optioned(asked().select(*SHARES), **sort)).table["rows"]
    assert (rows[0][0], rows[-1][0]) == (first, last)


def optioned(selection, **options):
    from wavebook.charts.options import read

    made, wrong = read(options, charts.dots.takes, "dots", selection)
    assert not wrong
    return selection, made


def test_a_dot_lies_at_its_value_with_its_interval_and_its_value_beside_that():
    chart = charts.dots("a", asked(around=3).select(*SHARES))
    dots = sorted(drawn(chart), key=lambda dot: dot[1])
    assert [dot[0] for dot in dots] == sorted((dot[0] for dot in dots), reverse=True)
    spans = [row for row in rows_of(chart, "rule", "fill") if "series" in row]
    assert len(spans) == 6
    assert all(any(span["x"] < x < span["x2"] and span["y"] == y for span in spans) for x, y, *_ in dots)
    values = [
        row for row in rows_of(chart, "text", "text") if row["text"].endswith("%") and row["y"] in {d[1] for d in dots}
    ]
    assert all(row["x"] > max(span["x2"] for span in spans if span["y"] == row["y"]) for row in values)
    assert chart.payload["table"]["head"] == ["Onderwerp", "Tevreden, 2014"]
    assert chart.payload["table"]["rows"][0] == ["Tram", "79% (76 tot 82)"]


def test_waves_are_dots_of_differing_shapes_on_a_row_named_in_a_legend():
    chart = charts.dots("a", asked(years=("2008", "2014")).select(*SHARES, waves="both"))
    assert {dot[2] for dot in drawn(chart)} == {"circle", "square"}
    assert len({dot[3] for dot in drawn(chart)}) == 2
    assert {"2008", "2014"} <= {text for text, *_ in texts(chart.payload["svg"]["narrow"])}
    assert chart.payload["table"]["rows"][0] == ["Tram", "71%", "79%"]
    assert len({y for _, y, *_ in drawn(chart)}) == 6
    assert "2008: het laagst: fiets (20 procent), het hoogst: tram (71 procent)" in chart.payload["summary"]


def test_dots_with_intervals_have_a_line_each_and_dots_that_would_touch_too():
    spread = charts.dots("a", asked(years=("2008", "2014"), around=2).select(*SHARES, waves="both"))
    assert len({y for _, y, *_ in drawn(spread)}) == 12
    near = edition([("2008", "bus.c0", 50), ("2014", "bus.c0", 50)], bus=("percent", ("tevreden",)))
    close = charts.dots("a", near.select("bus", waves="both"))
    assert len({y for _, y, *_ in drawn(close)}) == 2


def test_what_is_not_highlighted_is_grey():
    chart = charts.dots("a", asked().select(*SHARES), highlight=["bus", "veer"])
    fills = [fill for *_, fill in drawn(chart)]
    assert (fills.count(colour("1")), fills.count(colour("muted"))) == (2, 4)


@pytest.mark.parametrize(("label", "count"), [(None, 6), ("peaks", 2), ("none", 0), (["bus", "tram"], 2), ("all", 6)])
def test_values_are_written_where_asked(label, count):
    chart = charts.dots("a", asked().select(*SHARES), label=label)
    ys = {y for _, y, *_ in drawn(chart)}
    assert (
        len([row for row in rows_of(chart, "text", "text") if row["y"] in ys and row["text"].endswith("%")]) // 2
        == count
    )


def test_a_reference_is_a_rule_with_its_name_and_value_and_a_remark_stands_below_its_row():
    chart = charts.dots("a", asked().select("bus", "tram"), reference="boot.c0", note={"bus": "sinds 2013"})
    shown = [text for text, *_ in texts(chart.payload["svg"]["wide"])]
    assert "Boot, tevreden: 61%" in shown
    assert "sinds 2013" in shown
    rules = [row for row in rows_of(chart, "rule", "y2") if "x2" not in row]
    assert any(row["x"] == pytest.approx(rules[-1]["x"]) for row in rules)
    assert "boot.c0@2014" in chart.payload["figures"]


def test_the_scale_is_the_axis():
    chart = charts.dots("a", asked().select(*SHARES), scale=(20, 80))
    assert {"20%", "80%"} <= {text for text, *_ in texts(chart.payload["svg"]["wide"])}
    with pytest.raises(ProblemsError) as error:
        charts.dots("a", asked().select(*SHARES), scale=(30, 80))
    assert codes(error) == ["W339"]


def test_answers_of_a_scale_keep_their_order_unless_asked_otherwise():
    rows = [("2014", f"a.c{i}", v) for i, v in enumerate((20, 50, 30))]
    found = edition(rows, a=("percent", ("nooit", "soms", "vaak")))
    found.definitions.indicators["a"] = found.definitions.indicators["a"].model_copy(update={"ordered": True})
    assert [r[0] for r in charts.dots("a", found.select("a")).payload["table"]["rows"]] == ["Nooit", "Soms", "Vaak"]
    ranked = charts.dots("a", found.select("a"), sort="descending").payload["table"]["rows"]
    assert [r[0] for r in ranked] == ["Soms", "Vaak", "Nooit"]


def test_what_cannot_be_drawn_is_refused():
    years = ("2008", "2009", "2010", "2013", "2014")
    with pytest.raises(ProblemsError) as error:
        charts.dots("a", asked({"bus": 80}, years).select("bus", waves="all"))
    assert codes(error) == ["W333"]
    with pytest.raises(ProblemsError, match='They differ in "indicator"') as error:
        charts.dots("a", asked().select(*SHARES), beside="segment")
    assert codes(error) == ["W359"]
    with pytest.raises(ProblemsError) as error:
        charts.dots("a", asked({"bus": 80}, years, breaks=[broken("full")]).select("bus", waves="both"))
    assert codes(error) == ["W334"]
    with pytest.raises(ProblemsError) as error:
        charts.dots("a", asked().select())
    assert codes(error) == ["W332"]


def test_each_dot_has_words_of_its_own():
    points = charts.dots("a", asked(years=("2008", "2014")).select("bus", "tram", waves="both")).payload["points"]
    assert ["".join(point["says"]) for point in points] == [
        "Tram, 2008: 71%",
        "Tram, 2014: 79%",
        "Bus, 2008: 36%",
        "Bus, 2014: 44%",
    ]
    assert [point["series"] for point in points] == ["2008", "2014"] * 2
