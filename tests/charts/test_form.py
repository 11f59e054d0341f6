"""What editors call: a form around the sketch of a selection."""

import inspect

import pytest
from drawn import edition

from wavebook import ProblemsError, charts
from wavebook.charts.chart import Sketch
from wavebook.charts.form import form
from wavebook.charts.forms.bars import bars

ROWS = [("2008", "way.c0", 50), ("2014", "way.c0", 20), ("2014", "way.c1", 70)]


def selected():
    return edition(ROWS, way=("percent", ("post", "telefoon"))).select("way")


@form("highlight", "note", "reference")
def plain(name, selection, options):
    """Draw bars whatever the options are."""
    return bars.sketch(name, selection, bars_options(options))


def bars_options(options):
    return type(options)(options.figures)


def test_a_form_shows_its_options_in_its_signature():
    assert list(inspect.signature(plain).parameters) == ["name", "selection", "highlight", "note", "reference"]
    assert plain.__doc__ == "Draw bars whatever the options are."


def test_a_sketch_can_be_drawn_without_a_chart():
    selection = selected()
    sketch = bars.sketch("a", selection, bars_options(plain_options(selection)))
    assert isinstance(sketch, Sketch)
    assert len([point for row in sketch.points for point in row]) == 2


def plain_options(selection):
    from wavebook.charts.options import Options

    return Options(selection.figures)


def test_references_and_remarks_are_in_basis_lines_and_description():
    chart = plain("a", selected(), reference="way.c0@2008", note={"c1": "nieuw nummer"}).payload
    assert chart["form"] == "plain"
    assert chart["figures"] == ["way.c0@2014", "way.c1@2014", "way.c0@2008"]
    assert len(chart["csv"].splitlines()) == 4
    for text in (chart["summary"], " ".join(chart["notes"])):
        assert "Post, 2008: 50%." in text
        assert "Telefoon, 2014: nieuw nummer." in text


def test_the_subtitle_is_of_what_is_drawn_and_not_of_what_it_is_compared_with():
    alone, compared = (plain("a", selected(), **asked).payload for asked in ({}, {"reference": "way.c0@2008"}))
    assert compared["subtitle"] == alone["subtitle"]
    assert "2008" not in compared["subtitle"]


def test_wrong_name_figures_and_options_are_told_at_once():
    figures = edition([*ROWS, ("2014", "grade", 6.5)], way=("percent", ("post", "telefoon")), grade=("grade", ()))
    with pytest.raises(ProblemsError) as error:
        charts.bars("A B", figures.select("way", "grade"), hight=200)
    assert [problem.code for problem in error.value.problems] == ["W331", "W332", "W336"]
    assert {problem.place for problem in error.value.problems} == {"chart 'A B'", "chart A B"}


def test_wrong_options_alone_stop_a_chart():
    with pytest.raises(ProblemsError, match="W337 chart a: has highlight 'c8'"):
        plain("a", selected(), highlight="c8")
