"""The figures of a selection as rows and columns."""

import pytest
from crossed import cross
from drawn import edition

from wavebook.charts.level.facets import columns_of, differing, facets_of, grouped

ROWS = [(year, f"{name}.c{i}", 6.5) for name in ("keten", "loket") for year in ("2008", "2014") for i in (0, 1)]


@pytest.fixture(scope="module")
def figures():
    return edition(ROWS, keten=("grade", ("goed", "slecht")), loket=("grade", ("goed", "slecht")))


def named(selection, across):
    return [facet.whole_label for facet in facets_of(selection, across)]


def test_rows_are_named_by_what_differs_within_their_heading(figures):
    both = figures.select("keten", "loket", waves="both")
    assert named(both, "category") == ["Keten, 2008", "Keten, 2014", "Loket, 2008", "Loket, 2014"]
    assert named(both, "wave") == ["Keten, goed", "Keten, slecht", "Loket, goed", "Loket, slecht"]
    assert named(figures.select("keten.c0", "loket.c0"), "category") == ["keten", "loket"]
    assert named(figures.select("keten.c0", "keten.c1"), None) == ["goed", "slecht"]
    assert named(figures.select("keten.c0"), "category") == ["keten"]
    assert named(figures.select("keten.c0"), None) == ["goed"]


def test_columns_are_in_the_order_of_the_declarations(figures):
    chosen = figures.select("loket.c1", "loket.c0", "keten.c1", waves="both")
    assert [column.label for column in columns_of(chosen, "category")] == ["goed", "slecht"]
    assert [column.part for column in columns_of(chosen, "wave")] == ["2008", "2014"]
    assert [column.part for column in columns_of(chosen, "indicator")] == ["keten", "loket"]
    assert differing(chosen) == ["indicator", "category", "wave"]


def test_a_row_has_the_figures_that_there_are(figures):
    [keten, loket] = facets_of(figures.select("keten.c0", "loket.c1"), "category")
    assert (keten.cells.keys(), loket.cells.keys()) == ({"c0"}, {"c1"})
    assert str(loket.key) == "loket.c1@2014"


def test_segments_are_named_and_everyone_beside_them_too(small):
    found = cross(small).load(language="en").select("grade@theme=*", "grade@everyone")
    assert named(found, None) == ["work", "everyone"]
    assert [column.label for column in columns_of(found, "segment")] == ["everyone", "work"]


def test_a_heading_is_there_once(figures):
    facets = facets_of(figures.select("keten", "loket"), None)
    assert [(heading, len(rows)) for heading, rows in grouped(facets)] == [("Keten", 2), ("Loket", 2)]


def test_of_two_crossed_breakdowns_one_may_be_the_columns(small):
    keys = [f"grade@theme={theme},age={age}" for theme in ("work", "school") for age in ("35_up", "18_34")]
    found = cross(small).load(language="en").select(*keys)
    assert [column.label for column in columns_of(found, "age")] == ["18–34", "35 and over"]
    assert named(found, "age") == ["work", "school"]
    assert named(found, "theme") == ["35 and over", "18–34"]
    assert all(len(facet.cells) == 2 for facet in facets_of(found, "age"))
