"""A figure of matplotlib as SVG for a page."""

import sys
import xml.etree.ElementTree as ET
from types import SimpleNamespace

import pytest
from plotted import Axes, Figure, Grammar

from wavebook.charts.foreign.matplotlib_svg import NoFigureError, drawn_by
from wavebook.charts.svg import size


def refused(figure, width=640):
    with pytest.raises(NoFigureError) as error:
        drawn_by(figure, width, "a")
    assert error.value.action
    return error.value.code, str(error.value)


def test_nothing_is_left_that_a_page_blocks_and_text_stays_text():
    svg = drawn_by(Figure(), 640, "a-wide")
    assert " style=" not in svg
    assert "<style" not in svg
    assert "<metadata" not in svg
    assert "mix-blend-mode" not in svg
    root = ET.fromstring(svg)
    text = next(e for e in root.iter() if e.tag.endswith("text"))
    assert (text.text, text.get("text-anchor")) == ("oordeel", "end")
    assert 'id="a-wide-m1"' in svg
    assert 'href="#a-wide-m1"' in svg
    assert 'clip-path="url(#a-wide-p1)"' in svg
    assert "#1f77b4" in svg


@pytest.mark.parametrize(("width", "height"), [(640, 460.8), (320, 345.6)])
def test_it_has_the_width_of_the_page_and_its_text_the_same_size(width, height):
    figure = Figure()
    svg = drawn_by(figure, width, "a")
    assert size(svg) == (width, height)
    inner = next(e for e in ET.fromstring(svg).iter() if e.tag.endswith("svg") and e.get("width"))
    across = float(inner.get("viewBox").split()[2])
    assert width / across == pytest.approx(96 / 72)
    assert figure.size == (6.4, 4.8)


def test_axes_functions_and_plots_that_draw_figures_are_taken():
    for given in (Axes(Figure()), lambda width: Figure(), Grammar()):
        assert "oordeel" in drawn_by(given, 320, "a")


def test_a_figure_without_a_ground_gets_a_white_one():
    figure = Figure()
    figure.get_facecolor = lambda: (1.0, 1.0, 1.0, 0.0)
    drawn_by(figure, 640, "a")
    assert figure.saved[-1][1]["facecolor"] == "white"


def test_what_is_no_figure_or_does_not_draw_is_named():
    assert refused(3) == ("W342", "is drawn by something that is no figure: int")

    class Broken(Figure):
        def savefig(self, file, **options):
            raise RuntimeError("no\n font.")

    assert refused(Broken()) == ("W342", "cannot be drawn: RuntimeError: no font")


@pytest.mark.parametrize(
    ("more", "code", "found"),
    [
        ('<image xlink:href="data:image/png;base64,AA"/>', "W343", "holds an image made of dots"),
        ('<a xlink:href="https://example.org"><path d="M0 0"/></a>', "W343", "holds a link"),
        ("<script>x()</script>", "W342", "is drawn with <script>, which a page does not show"),
        ("<foreignObject/>", "W342", "is drawn with <foreignObject>, which a page does not show"),
        ("<g>", "W342", "is drawn as SVG that cannot be read"),
    ],
)
def test_what_a_page_does_not_show_is_refused(more, code, found):
    said = refused(Figure(more))
    assert said[0] == code
    assert said[1].startswith(found)


def test_nothing_outside_the_drawing_is_referred_to():
    more = '<use xlink:href="https://example.org/a.svg#b"/>'
    more += '<path d="M0 0L1 1" fill="url(https://example.org/#a)" onclick="x()"/>'
    svg = drawn_by(Figure(more), 640, "a")
    assert "example.org" not in svg
    assert "onclick" not in svg


def test_entities_are_refused():
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg viewBox="0 0 1 1"><text>&amp;a;</text></svg>'
    assert refused(Figure(svg=bomb)) == ("W342", "is drawn as SVG with entities")


def test_text_that_a_phone_has_no_room_for_is_named():
    drawn_by(Figure(text=5), 640, "a")
    assert refused(Figure(text=5), 320) == ("W345", "has no room for its text where it is 320 px wide")


def test_a_ground_of_white_is_left_to_the_page():
    assert "#ffffff" not in drawn_by(Figure(), 640, "a")


def test_a_figure_is_closed_so_that_no_cell_shows_it_too(monkeypatch):
    closed = []
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", SimpleNamespace(close=closed.append))
    figure = Figure()
    figure.number = 1
    drawn_by(figure, 640, "a")
    assert closed == [figure]
