"""The look of the house for a chart that an editor drew."""

import json

import altair as alt
import pytest
from opinions import opinions

from wavebook.charts import renderer
from wavebook.charts.foreign.coding import marks_in
from wavebook.charts.foreign.look import finished, housed, locale_of, look_of
from wavebook.charts.foreign.specification import specification
from wavebook.charts.theme import colour

NOW = opinions().select("oordeel")
LOOK = look_of(NOW, narrow=True)
BASE = alt.Chart(NOW.frame).encode(x="category:N", y="label:N")


def vega(chart):
    spec = housed(specification(chart), LOOK)
    return finished(json.loads(renderer.compiled(json.dumps(spec))), LOOK)


def test_an_editors_own_choice_precedes_that_of_the_house():
    chart = BASE.mark_bar().configure(background="red").configure_legend(orient="bottom")
    config = housed(specification(chart), LOOK)["config"]
    assert config["legend"]["orient"] == "bottom"
    assert config["legend"]["labelColor"] == colour("text")
    assert config["background"] == "transparent"


def test_a_scale_of_numbers_is_the_ramp_in_steps_with_texts_that_can_be_read_on_it():
    made = vega(BASE.mark_rect().encode(color="value:Q") + BASE.mark_text().encode(text="value:Q"))
    scales = {scale["name"]: scale for scale in made["scales"]}
    assert (scales["color"]["type"], len(scales["color"]["range"])) == ("quantize", 5)
    assert scales["color_text"]["range"][4] == colour("ramp-text-5")
    text = next(mark for mark in marks_in(made) if mark["type"] == "text")
    assert text["encode"]["update"]["fill"] == {"scale": "color_text", "field": "value"}


def test_names_have_the_colours_of_the_house_in_order():
    made = vega(BASE.mark_bar().encode(color="label:N"))
    assert made["config"]["range"]["category"][:2] == [colour("1"), colour("2")]


def test_titles_that_are_names_of_columns_give_way_to_words_or_to_nothing():
    made = vega(
        alt.Chart(NOW.frame).mark_bar().encode(x="value:Q", y="label:N", color=alt.Color("category:N").title("Wie"))
    )
    titles = [axis.get("title") for axis in made["axes"] if not axis.get("grid")]
    assert titles == ["Percentage", None]
    assert [legend["title"] for legend in made["legends"]] == ["Wie"]


@pytest.mark.parametrize(
    ("language", "decimal", "month", "day"), [("nl", ",", "maart", "zondag"), ("en", ".", "March", "Sunday")]
)
def test_numbers_and_dates_are_those_of_the_language(language, decimal, month, day):
    locale = locale_of(language)
    assert locale["number"]["decimal"] == decimal
    assert locale["time"]["months"][2] == month
    assert locale["time"]["days"][0] == day
    assert len(locale["time"]["shortMonths"]) == 12


def test_points_differ_in_shape_as_in_colour_in_one_legend():
    base = alt.Chart(NOW.frame).encode(x="date:T", y="value:Q", color="label:N")
    made = vega(base.mark_line() + base.mark_point())
    (legend,) = made["legends"]
    assert {"fill", "shape"} <= legend.keys()
    points = next(mark for mark in marks_in(made) if mark["type"] == "symbol")
    assert points["encode"]["update"]["shape"] == {"scale": "shape", "field": "label"}
    own = vega(base.mark_point().encode(shape=alt.value("square")))
    assert all("shape" not in legend for legend in own["legends"])


def test_what_has_a_colour_of_the_ramp_has_an_edge_and_other_marks_have_none():
    made = vega(BASE.mark_rect().encode(color="value:Q") + BASE.mark_bar())
    edges = [mark["encode"]["update"].get("stroke") for mark in marks_in(made) if mark["type"] == "rect"]
    assert edges == [{"value": colour("muted")}, None]


def test_an_axis_of_time_has_a_tick_for_each_year():
    made = vega(alt.Chart(NOW.frame).mark_point().encode(x="date:T", y="value:Q"))
    assert any(axis.get("tickCount") == "year" for axis in made["axes"])
