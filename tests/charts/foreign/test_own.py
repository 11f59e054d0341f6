"""A chart of an editor's own has what every chart has."""

import xml.etree.ElementTree as ET

import altair as alt
import pytest
from drawn import codes, texts
from opinions import opinions

from wavebook import charts
from wavebook.charts.theme import COLOURS
from wavebook.core.problems import ProblemsError

TOLD = "Liggende staven, van zeer tevreden tot ontevreden"
FIGURES = opinions()
NOW = FIGURES.select("oordeel")


def bars(frame):
    return alt.Chart(frame).mark_bar().encode(x="value:Q", y=alt.Y("label:N", sort=None))


@pytest.fixture(scope="module")
def chart():
    return charts.own("eigen", bars(NOW.frame), NOW, summary=TOLD)


@pytest.fixture(scope="module")
def built_in():
    return charts.bars("eigen", NOW)


def test_it_has_every_part_of_a_payload(chart, built_in):
    own, other = chart.payload, built_in.payload
    assert own.keys() == other.keys()
    assert (own["form"], own["csv"], own["figures"]) == ("own", other["csv"], other["figures"])
    assert (own["sources"], own["notes"]) == (other["sources"], other["notes"])
    assert own["summary"] == f"{TOLD}."
    assert own["table"] == {
        "head": ["Onderwerp", "Waarde"],
        "rows": [
            ["Zeer tevreden over de dienstverlening", "38%"],
            ["Tevreden", "29%"],
            ["Neutraal", "22%"],
            ["Ontevreden", "11%"],
        ],
    }


def test_it_fills_both_widths_and_no_text_leaves_them(chart):
    for variant, width in (("wide", 640), ("narrow", 320)):
        svg = chart.payload["svg"][variant]
        assert svg.startswith(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} ')
        found = texts(svg)
        assert all(left >= 0 and right <= width for _, left, _, right, _ in found), found


def test_long_names_stand_in_lines_beside_their_bars(chart):
    shown = [text for text, *_ in texts(chart.payload["svg"]["narrow"])]
    assert shown[shown.index("zeer tevreden") :][:3] == ["zeer tevreden", "over de", "dienstverlening"]


def test_its_colours_are_those_of_the_house(chart):
    for svg in chart.payload["svg"].values():
        painted = {e.get(name, "") for e in ET.fromstring(svg).iter() for name in ("fill", "stroke")} - {""}
        assert painted
        assert all(colour.startswith("var(--chart-") or colour in ("none", "transparent") for colour in painted)


def test_names_of_columns_are_no_titles(chart):
    shown = {text for text, *_ in texts(chart.payload["svg"]["wide"])}
    assert "Percentage" in shown
    assert not shown & {"value", "label"}


def test_numbers_are_written_as_in_its_language():
    grade = FIGURES.select("cijfer")
    drawn = alt.Chart(grade.frame).mark_text().encode(text=alt.Text("value:Q", format=".1f"))
    shown = charts.own("cijfer", drawn, grade, summary="Het cijfer als getal").payload["svg"]["wide"]
    assert [text for text, *_ in texts(shown)] == ["6,8"]


def test_each_figure_has_an_area_to_explore_in_both_widths(chart):
    points = chart.payload["points"]
    assert [point["says"][1] for point in points] == ["38%", "29%", "22%", "11%"]
    for spots in chart.payload["spots"].values():
        areas = [point["area"] for point in spots["points"]]
        assert all(width >= 24 and height >= 24 for _, _, width, height, _ in areas)
        tops = [y for _, y, *_ in areas]
        assert len(tops) == 4
        assert tops == sorted(tops)


def test_the_same_chart_is_drawn_alike_each_time(chart):
    assert charts.own("eigen", bars(NOW.frame), NOW, summary=TOLD).json == chart.json


def test_all_that_is_wrong_with_what_is_given_is_told_at_once():
    with pytest.raises(ProblemsError) as error:
        charts.own("Een Naam", object(), NOW)
    assert codes(error) == ["W331", "W341", "W342"]


@pytest.mark.parametrize("summary", ["", "  ", "een twee", {"en": "Bars of opinions, from high to low"}, None])
def test_a_chart_without_words_is_refused(summary):
    with pytest.raises(ProblemsError) as error:
        charts.own("a", bars(NOW.frame), NOW, summary=summary)
    assert codes(error) == ["W341"]


def test_numbers_in_the_words_are_figures_too():
    with pytest.raises(ProblemsError) as error:
        charts.own("a", bars(NOW.frame), NOW, summary="Staven: 39 procent is zeer tevreden")
    assert codes(error) == ["W344"]


def test_what_is_wider_than_a_page_is_refused():
    with pytest.raises(ProblemsError) as error:
        charts.own("a", bars(NOW.frame).properties(width=700), NOW, summary=TOLD)
    assert codes(error) == ["W345"]


def test_a_chart_of_nothing_is_refused():
    with pytest.raises(ProblemsError) as error:
        charts.own("a", bars(NOW.frame[:0]), NOW, summary=TOLD)
    assert codes(error) == ["W342"]


def test_an_edition_about_a_segment_without_the_figures_leaves_it_out(small):
    figures = small.load(segment="theme=school")
    made = charts.own("a", None, figures.select("grade@theme=school"), summary=TOLD)
    assert made.payload["absent"]


def test_words_for_several_languages_are_those_of_the_edition():
    figures = opinions("en")
    now, words = figures.select("oordeel"), {"nl": TOLD, "en": "Level bars, from content to not"}
    assert charts.own("a", bars(now.frame), now, summary=words).payload["summary"] == f"{words['en']}."


def test_colours_of_the_house_can_be_named():
    assert charts.colour("muted") == f"var(--chart-muted, {COLOURS['--chart-muted']})"


def test_a_colour_that_a_page_hides_is_refused():
    with pytest.raises(ProblemsError) as error:
        charts.own("a", bars(NOW.frame).mark_bar(color="black"), NOW, summary=TOLD)
    assert codes(error) == ["W348"]
    assert error.value.problems[0].found == "draws in black, which a dark page hides (contrast 1.2)"


@pytest.mark.parametrize("form", [charts.own, charts.picture, charts.table])
def test_what_is_no_selection_is_named(form):
    with pytest.raises(ProblemsError) as error:
        form("a", bars(NOW.frame), ["oordeel"], summary=TOLD)
    assert codes(error) == ["W332"]
