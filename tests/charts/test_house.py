"""The colours of a house style, for pictures outside a page."""

import pytest

from wavebook.charts import house
from wavebook.charts.theme import COLOURS

CSS = """
:root { --paper: #FFF; --ink: hsl(210 50% 40%); --chart-1: #ABC; --chart-text: var(--ink);
  --chart-2: rgb(1, 2, 3); --chart-3: var(--none, tomato); /* --chart-4: red; */ --chart-surface: var(--paper) }
p { --chart-4: blue }
@media screen and (prefers-color-scheme: dark) { :root { --chart-1: #000000 } }
"""


def test_pictures_have_the_colours_of_a_light_page():
    found = house.palette(CSS)
    wanted = {"1": "#aabbcc", "2": "#010203", "3": "tomato", "text": "#336699", "surface": "#ffffff"}
    assert {name: found[f"--chart-{name}"] for name in wanted} == wanted
    assert {name for name in COLOURS if found[name] != COLOURS[name]} == {
        f"--chart-{name}" for name in wanted if name != "surface"
    }
    assert list(house.faults(CSS)) == []


@pytest.mark.parametrize(
    "value",
    [
        "#12345",
        "#11223344",
        "oklch(0.5 0.1 20)",
        "transparent",
        "rgb(300, 0, 0)",
        "hsl(x)",
        "var(--none)",
        "rood",
        "var(",
    ],
)
def test_a_value_that_no_picture_can_be_drawn_in_is_named(value):
    assert list(house.faults(f":root {{ --chart-1: {value}; --chart-2: red }}")) == [("--chart-1", value)]
    assert house.palette(f":root {{ --chart-1: {value}; --chart-2: red }}") == COLOURS | {"--chart-2": "red"}


def test_properties_that_mean_each_other_are_no_colour():
    css = ":root { --chart-1: var(--a); --a: var(--chart-1) }"
    assert list(house.faults(css)) == [("--chart-1", "var(--a)")]


@pytest.mark.parametrize("css", ["", "}}{", "/* open", ":root {", "@import url(x); :root { --chart-9: red }"])
def test_a_style_sheet_without_colours_leaves_those_of_the_theme(css):
    assert (house.palette(css), list(house.faults(css))) == (COLOURS, [])


def test_a_book_has_its_own_style_or_that_of_the_theme(tmp_path):
    theme = house.style_sheet(tmp_path)
    assert theme.is_file()
    assert list(house.faults(theme.read_text(encoding="utf-8"))) == []
    own = tmp_path / "book" / "_static" / "house-style.css"
    own.parent.mkdir(parents=True)
    own.touch()
    assert house.style_sheet(tmp_path) == own
