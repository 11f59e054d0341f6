"""Colours that an editor chose, on a light and on a dark page."""

import altair as alt
import pytest
from opinions import opinions

from wavebook.charts.foreign.colours import contrast, unseen
from wavebook.charts.foreign.specification import specification
from wavebook.charts.theme import colour

FRAME = opinions().select("oordeel").frame
BARS = alt.Chart(FRAME).encode(x="value:Q", y="label:N")
DOMAIN = list(FRAME["label"])


def found(chart):
    return {(name, page) for name, page, _ in unseen(specification(chart))}


def test_contrast_is_that_of_wcag():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    "chart",
    [
        BARS.mark_bar(),
        BARS.mark_bar(color="steelblue"),
        BARS.mark_bar(color=colour("grid"), stroke="transparent"),
        BARS.mark_bar().encode(color=alt.value("#c05a07")),
        BARS.mark_bar().encode(color=alt.Color("label:N").scale(range=["#2f7f97", "rgb(192, 90, 7)"])),
        BARS.mark_bar().encode(color=alt.Color("label:N").scale(scheme="dark2")),
        BARS.mark_bar().encode(color=alt.Color("label:N").scale(domain=DOMAIN, range=[colour("1")])),
    ],
)
def test_colours_of_the_house_and_middle_ones_are_seen_on_both_pages(chart):
    assert found(chart) == set()


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (BARS.mark_bar(color="lightyellow"), {("lightyellow", "a light")}),
        (BARS.mark_bar(color="black"), {("black", "a dark")}),
        (BARS.mark_line(stroke="#002"), {("#002", "a dark")}),
        (BARS.mark_bar().encode(fill=alt.value("#eee")), {("#eee", "a light")}),
        (
            BARS.mark_bar().encode(color=alt.condition("datum.value > 30", alt.value("#111"), alt.value("lightgrey"))),
            {("#111", "a dark"), ("lightgrey", "a light")},
        ),
        (
            BARS.mark_bar().encode(color=alt.Color("label:N").scale(range=["#eef", "navy"])),
            {("#eef", "a light"), ("navy", "a dark")},
        ),
        (BARS.mark_bar() + BARS.mark_text(color="white"), {("white", "a light")}),
        (BARS.mark_bar().configure_mark(color="#fdfdfd"), {("#fdfdfd", "a light")}),
    ],
)  # fmt: skip
def test_a_colour_like_that_of_a_page_is_named(chart, said):
    assert found(chart) == said
