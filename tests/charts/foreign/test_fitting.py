"""Charts of several panels in the two widths."""

import altair as alt
import pytest
from opinions import opinions

from wavebook.charts.foreign.fitting import NoRoomError, fitted
from wavebook.charts.foreign.look import look_of
from wavebook.charts.foreign.specification import specification

ALL = opinions().select("oordeel", waves="all")
BARS = alt.Chart(ALL.frame).mark_bar().encode(x="value:Q", y="label:N")


def of_wave(wave):
    return BARS.transform_filter(alt.datum.wave == wave)


PANELS = {
    "beside each other": of_wave("2008") | of_wave("2014"),
    "by a column": BARS.encode(column="wave:O"),
    "wrapped": BARS.facet("wave:O", columns=3),
    "above each other": of_wave("2008") & (of_wave("2010") | of_wave("2014")),
}


QUICK = {("beside each other", 320), ("by a column", 640), ("wrapped", 320)}
EACH = [(name, width) for name in PANELS for width in (640, 320)]


@pytest.mark.parametrize(
    ("name", "width"), [pytest.param(*one, marks=() if one in QUICK else pytest.mark.slow) for one in EACH]
)
def test_panels_fill_the_width(name, width):
    made = fitted(specification(PANELS[name]), width, look_of(ALL, narrow=width == 320))
    assert width - 12 < made.scene.width <= width + 1
    assert made.scene.left >= -1
    assert made.scene.right <= width + 1


def test_a_legend_has_as_many_columns_as_there_is_room_for():
    chart = alt.Chart(ALL.frame).mark_bar().encode(x="value:Q", y="wave:O", color="label:N")
    for width, columns in ((640, 2), (320, 1)):
        made = fitted(specification(chart), width, look_of(ALL, narrow=width == 320))
        assert made.spec["config"]["legend"]["columns"] == columns


def test_names_below_a_chart_get_lines_or_are_named_where_they_run_over_each_other():
    chart = specification(alt.Chart(ALL.frame).mark_point().encode(x="label:N", y="value:Q"))
    made = fitted(chart, 640, look_of(ALL, narrow=False))
    assert any(text.role == "axis-label" and " over de " in text.text for text in made.scene.written)
    assert not list(made.scene.collisions())
    with pytest.raises(NoRoomError, match="run over each other where it is 320 px wide: 'tevreden' and") as error:
        fitted(chart, 320, look_of(ALL, narrow=True))
    assert "a row of its own" in error.value.action


def test_values_that_are_written_over_each_other_are_named():
    close = alt.Chart(ALL.frame).mark_text().encode(y="value:Q", text="text:N")
    with pytest.raises(NoRoomError, match="run over each other"):
        fitted(specification(close), 640, look_of(ALL, narrow=False))
    haloed = alt.Chart(ALL.frame).mark_text(stroke="white").encode(x="wave:N", y="label:N", text="text:N")
    fitted(specification(haloed + haloed), 640, look_of(ALL, narrow=False))
