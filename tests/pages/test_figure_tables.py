"""The tables of figures and waves, as far as their rows and columns go."""

import pytest

from wavebook.figures import MissingFigureError
from wavebook.pages.figure_tables import figures_tables, series_of, waves_table


def cite(source):
    return []


def test_a_series_has_the_waves_in_which_it_was_measured(small):
    assert [figure.key.wave for figure in series_of(small.load(), "share.no")] == ["2010", "2014"]


def test_a_series_that_nobody_declared_is_told_with_the_nearest(small):
    with pytest.raises(MissingFigureError, match="grade"):
        series_of(small.load(), "grad")


def test_a_series_that_an_edition_does_not_have_is_empty(small):
    assert series_of(small.load(), "grade@theme=school") == []


def test_waves_that_lack_a_figure_say_so(small):
    small.row(2014, 2, n="900")
    (table,) = waves_table(small.load(), cite, ["share.no"])
    assert table["head"][3:5] == ["Antwoord, nee", "n"]
    assert [cells[4] for _, cells in table["rows"]] == [["onbekend"], ["onbekend"], ["900"]]
    assert [cells[3] for _, cells in table["rows"]] == [["80%"], ["onbekend"], ["70%"]]


def test_every_indicator_has_a_section_and_every_figure_a_row(small):
    figures = small.load()
    sections = [made for made in figures_tables(figures, cite) if made.tagname == "section"]
    assert [section["names"] for section in sections] == [["grade"], ["share"]]
    rows = [name for section in sections for name, _ in section.children[-1]["rows"]]
    assert sorted(rows) == sorted(figure.key.anchor for figure in figures)
