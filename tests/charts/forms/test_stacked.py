"""Ordered answers as parts of a whole, of figures made by hand."""

from itertools import pairwise

import pytest
from drawn import broken, codes, edition, layers, rows_of, texts

from wavebook import charts
from wavebook.charts.theme import colour
from wavebook.core.problems import ProblemsError
from wavebook.definitions import ResponseFile

SCALE = ("zeer ontevreden", "ontevreden", "neutraal", "tevreden", "zeer tevreden", "weet niet")
SHARES = {"brieven": (9, 21, 26, 31, 8, 5), "balie": (2, 5, 11, 45, 34, 3), "site": (12, 23, 18, 30, 12, 5)}


def answers(shares=SHARES, scale=SCALE, year="2014", **more):
    rows = [
        (year, f"{name}.c{i}", value, *([] if value is not None else [{"status": "suppressed"}]))
        for name, values in shares.items()
        for i, value in enumerate(values)
    ]
    return edition(rows, **dict.fromkeys(shares, ("percent", scale)), **more)


def bars(chart):
    """The parts of each bar from left to right, as (left, right, fill), the highest bar first; not the legend."""
    found = {}
    for row in rows_of(chart, "rect", "fill"):
        if row["y2"] - row["y"] > 20:
            found.setdefault(row["y"], []).append((row["x"], row["x2"], row["fill"]))
    return [sorted(found[y]) for y in sorted(found)]


def gaps(chart):
    plain = [row for row in rows_of(chart, "rect", "x") if row.keys() == {"x", "x2", "y", "y2"}]
    return [row for row in plain if row["y2"] - row["y"] == 26]


def test_parts_follow_each_other_in_the_declared_order_and_are_as_long_as_their_shares():
    chart = charts.stacked("a", answers().select(*SHARES), apart="c5")
    for bar, shares in zip(bars(chart), SHARES.values(), strict=True):
        assert all(one[1] == pytest.approx(other[0]) for one, other in pairwise(bar[:-1]))
        whole = sum(x2 - x for x, x2, _ in bar)
        assert [round(100 * (x2 - x) / whole) for x, x2, _ in bar] == list(shares)
    assert chart.payload["table"]["head"][1:] == [text.capitalize() for text in SCALE]
    assert [row[0] for row in chart.payload["table"]["rows"]] == ["Brieven", "Balie", "Site"]


def test_around_a_middle_one_half_of_it_lies_on_each_side_for_every_row():
    chart = charts.stacked("a", answers().select(*SHARES), middle="c2", apart="c5")
    middles = {round((bar[2][0] + bar[2][1]) / 2, 6) for bar in bars(chart)}
    rule = rows_of(chart, "rule", "x")[0]["x"]
    assert middles == {round(rule, 6)}
    fills = [fill for *_, fill in bars(chart)[0]]
    names = ("minus-2", "minus-1", "zero", "plus-1", "plus-2", "grid")
    assert fills == [colour(name) for name in names]


def test_a_middle_between_two_answers_is_where_they_meet():
    four = {name: (*values[:2], values[2] + values[3], values[4] + values[5]) for name, values in SHARES.items()}
    chart = charts.stacked("a", answers(four, SCALE[:4]).select(*SHARES), middle=["c1", "c2"])
    rule = rows_of(chart, "rule", "x")[0]["x"]
    assert all(bar[1][1] == pytest.approx(rule) == bar[2][0] for bar in bars(chart))


def test_answers_apart_begin_at_one_place_to_the_right_of_all_others():
    chart = charts.stacked("a", answers().select(*SHARES), apart="c5")
    starts = {bar[-1][0] for bar in bars(chart)}
    assert len(starts) == 1
    assert starts.pop() > max(bar[-2][1] for bar in bars(chart)) + 10


def test_rows_are_sorted_by_the_answers_right_of_the_middle_or_by_those_highlighted():
    chosen = answers().select(*SHARES)
    around = charts.stacked("a", chosen, middle="c2", apart="c5", sort="descending")
    assert [row[0] for row in around.payload["table"]["rows"]] == ["Balie", "Site", "Brieven"]
    lit = charts.stacked("a", chosen, apart="c5", highlight=["c0", "c1"], sort="ascending")
    assert [row[0] for row in lit.payload["table"]["rows"]] == ["Balie", "Brieven", "Site"]
    assert {fill for *_, fill in bars(lit)[0][2:]} == {colour("grid")}
    assert colour("grid") not in [fill for *_, fill in bars(lit)[0][:2]]


def test_values_stand_in_their_parts_in_a_colour_that_can_be_read_there():
    chart = charts.stacked("a", answers().select(*SHARES), middle="c2", apart="c5")
    inks = {
        row["text"]: layer["mark"]["color"]
        for layer in layers(chart.to_dict())
        if layer["mark"]["type"] == "text"
        for row in layer["data"]["values"]
    }
    assert (inks["34"], inks["45"], inks["11"]) == (colour("on-side"), colour("text"), colour("text"))
    few = charts.stacked("a", answers().select(*SHARES), apart="c5", label="none")
    assert not [text for text, *_ in texts(few.payload["svg"]["wide"]) if text.isdigit()]
    ends = charts.stacked("a", answers().select("balie"), apart="c5", label=["c3"])
    assert [text for text, *_ in texts(ends.payload["svg"]["wide"]) if text[:1].isdigit()] == ["45%"]


def test_a_hidden_answer_is_a_gap_in_its_place_that_words_explain():
    chart = charts.stacked(
        "a", answers({"brieven": (9, None, 26, 31, 8, 5)}).select("brieven"), middle="c2", apart="c5"
    )
    [gap] = gaps(chart)
    left, middle = bars(chart)[0][:2]
    assert gap["x"] == pytest.approx(left[1])
    assert gap["x2"] == pytest.approx(middle[0])
    assert "Verborgen: te weinig deelnemers" in [text for text, *_ in texts(chart.payload["svg"]["narrow"])]
    assert chart.payload["table"]["rows"][0][1:4] == ["9%", "–", "26%"]


def test_two_hidden_answers_on_one_side_are_one_gap_at_its_end():
    both = {"brieven": (9, 21, 26, 31, 8, 5), "site": (None, None, 28, 30, 12, 5)}
    chart = charts.stacked("a", answers(both).select(*both), middle="c2", apart="c5")
    [gap] = gaps(chart)
    assert gap["x2"] == pytest.approx(bars(chart)[1][0][0])
    assert chart.payload["table"]["rows"][1][1:3] == ["–", "–"]


def test_parts_that_were_not_selected_are_a_gap_at_the_end():
    chart = charts.stacked("a", answers().select("brieven.c0", "brieven.c1"))
    [gap] = gaps(chart)
    bar = bars(chart)[0]
    assert "Niet getoond" in [text for text, *_ in texts(chart.payload["svg"]["narrow"])]
    assert (gap["x2"] - gap["x"]) / (gap["x2"] - bar[0][0]) == pytest.approx(0.7, abs=0.01)


def test_rounding_makes_no_gap_and_the_bar_is_whole():
    thirds = {"brieven": (33, 33, 33), "balie": (50, 25, 25)}
    chart = charts.stacked("a", answers(thirds, SCALE[:3]).select(*thirds))
    assert gaps(chart) == []
    assert bars(chart)[0][-1][1] == pytest.approx(bars(chart)[1][-1][1])


def test_waves_of_items_are_rows_under_headings():
    rows = [
        (year, f"{name}.c{i}", v)
        for name in ("brieven", "balie")
        for year, vs in (("2008", (60, 40)), ("2014", (45, 55)))
        for i, v in enumerate(vs)
    ]
    found = edition(rows, brieven=("percent", ("nee", "ja")), balie=("percent", ("nee", "ja")))
    chart = charts.stacked("a", found.select("brieven", "balie", waves="both"))
    assert [row[0] for row in chart.payload["table"]["rows"]] == [
        "Brieven, 2008",
        "Brieven, 2014",
        "Balie, 2008",
        "Balie, 2014",
    ]


def test_points_say_row_answer_and_value_and_lie_below_each_other():
    points = charts.stacked("a", answers().select(*SHARES), apart="c5").payload["points"]
    assert "".join(points[0]["says"]) == "Brieven, zeer ontevreden: 9%"
    assert [point["wave"] for point in points[:7]] == [0, 1, 2, 3, 4, 5, 0]
    assert len(points) == 18


def test_of_many_values_the_description_tells_the_ends_and_of_few_all():
    many = charts.stacked("a", answers().select(*SHARES), apart="c5").payload["summary"]
    assert many.count("Ontevreden:") == 0
    assert "Zeer ontevreden: brieven 9 procent" in many
    assert many.endswith("De tabel heeft alle waarden.")
    few = charts.stacked("a", answers().select("balie"), apart="c5").payload["summary"]
    assert "Ontevreden: balie 5 procent" in few


def test_intervals_are_in_the_table_and_so_says_the_note():
    rows = [("2014", "brieven.c0", 40, {"ci_low": 38, "ci_high": 42}), ("2014", "brieven.c1", 60)]
    payload = charts.stacked("a", edition(rows, brieven=("percent", ("nee", "ja"))).select("brieven")).payload
    assert payload["table"]["rows"] == [["Brieven", "40% (38 tot 42)", "60%"]]
    assert "De tabel noemt het 95%-betrouwbaarheidsinterval." in payload["notes"]


def test_a_remark_stands_below_its_row_with_the_name_of_its_part():
    chart = charts.stacked(
        "a", answers().select(*SHARES), apart="c5", note={"balie.c3": "sinds 2010 ook digitaal", "site": "nieuw"}
    )
    shown = [text for text, *_ in texts(chart.payload["svg"]["wide"])]
    assert "Tevreden: sinds 2010 ook digitaal" in shown
    assert "nieuw" in shown


EIGHT = tuple(f"a{i}" for i in range(8))
WRONG = [
    ({"x": (60, 30, 40)}, SCALE[:3], {}, "W356", "more than their whole, in x"),
    ({"x": (12,) * 8}, EIGHT, {}, "W355", "has 8 answers"),
    ({"x": (12,) * 8}, EIGHT, {"middle": "c2"}, "W355", "has 5 answers on one side"),
    ({"x": (None, 30, 40, None)}, SCALE[:4], {"middle": "c2"}, "W358", "in x"),
]


@pytest.mark.parametrize(("shares", "scale", "asked", "code", "found"), WRONG)
def test_what_cannot_be_stacked_rightly_is_refused(shares, scale, asked, code, found):
    with pytest.raises(ProblemsError, match=found) as error:
        charts.stacked("a", answers(shares, scale).select(*shares), **asked)
    assert codes(error) == [code]


def test_items_with_different_answers_and_grades_are_refused():
    rows = [("2014", "a.c0", 40), ("2014", "a.c1", 60), ("2014", "b.c0", 40), ("2014", "b.c1", 60), ("2014", "g", 6.5)]
    found = edition(rows, a=("percent", ("ja", "nee")), b=("percent", ("goed", "slecht")), g=("grade", ()))
    with pytest.raises(ProblemsError) as error:
        charts.stacked("a", found.select("a", "b"))
    assert codes(error) == ["W357"]
    with pytest.raises(ProblemsError) as error:
        charts.stacked("a", found.select("g"))
    assert codes(error) == ["W356"]


def test_waves_across_a_full_break_are_refused():
    rows = [(year, f"a.c{i}", v) for year in ("2008", "2010", "2013", "2014") for i, v in enumerate((40, 60))]
    found = edition(rows, breaks=[broken("full")], a=("percent", ("ja", "nee")))
    with pytest.raises(ProblemsError) as error:
        charts.stacked("a", found.select("a", waves="both"))
    assert codes(error) == ["W334"]


def test_answers_of_which_people_gave_several_are_refused_even_if_they_add_up():
    found = answers({"brieven": (33, 33, 34)}, SCALE[:3])
    columns = {f"c{i}": f"v{i}" for i in range(3)}
    told = {"source": "report", "locator": "x", "columns": {"brieven": columns}}
    wave = found.definitions.waves["2014"].model_copy(update={"responses": ResponseFile.model_validate(told)})
    found.definitions = found.definitions.model_copy(update={"waves": {"2014": wave}})
    with pytest.raises(ProblemsError, match="of which people gave several, to brieven") as error:
        charts.stacked("a", found.select("brieven"))
    assert codes(error) == ["W356"]
