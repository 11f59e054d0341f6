"""Which tables there are, and whose figures make their columns."""

import pytest
from bannered import bannered
from small import SmallBook

from wavebook.core.problems import ProblemsError
from wavebook.pages.banners import layout as layouts
from wavebook.pages.banners.layout import Layout, Options


@pytest.fixture
def small(tmp_path):
    return bannered(SmallBook(tmp_path))


def names(layout):
    return {group.name: [(column.name, column.letter) for column in group.columns] for group in layout.groups}


def test_all_breakdowns_stand_side_by_side_in_their_order(small):
    assert names(Layout(small.load(), Options())) == {
        "Totaal": [("Iedereen", "")],
        "Leeftijd": [("18–34", "A"), ("35 en ouder", "B")],
        "Thema": [("Werk", "A"), ("School", "B")],
    }


def test_a_table_has_the_breakdowns_that_its_indicator_has(small):
    tables = {table.indicator: [group.name for group in table.groups] for table in Layout(small.load(), Options())}
    assert tables == {"grade": ["Totaal", "Leeftijd", "Thema"], "share": ["Totaal", "Thema"]}


def test_some_breakdowns_will_do(small):
    assert [*names(Layout(small.load(), Options(breakdowns=("age",))))] == ["Totaal", "Leeftijd"]


def test_crossed_breakdowns_are_columns_too(small):
    small.edit("indicators.toml", "[bases.people]", '[[crossings]]\nof = ["theme", "age"]\n\n[bases.people]')
    for segment in ("work*18_34", "work*35_up"):
        small.add("2014", indicator="grade", segment_by="theme*age", segment=segment, value="7", unit="grade")
    assert names(Layout(small.load(), Options()))["Thema × leeftijd"] == [
        ("Werk, 18–34", "A"),
        ("Werk, 35 en ouder", "B"),
    ]


def test_parts_of_everyone_are_columns_unless_the_tables_are_of_one(small):
    small.add("2014", indicator="grade", population="citizens", value="7", unit="grade")
    assert names(Layout(small.load(), Options()))["Wie"] == [("Burgers", "")]
    own = Layout(small.load(population="citizens"), Options())
    assert names(own) == {"Totaal": [("Burgers", "")]}
    assert own.indicators == ["grade"]


def test_many_segments_have_no_letters(small, monkeypatch):
    monkeypatch.setattr(layouts, "LETTERS", "A")
    assert names(Layout(small.load(), Options()))["Thema"] == [("Werk", ""), ("School", "")]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"breakdowns": ("town",)}, "W532 --breakdown town"),
        ({"since": "2014"}, "W532 --since 2014"),
        ({"since": "1999"}, "W532 --since 1999"),
    ],
)
def test_what_is_not_known_is_named(small, options, code):
    with pytest.raises(ProblemsError, match=code):
        Layout(small.load(), Options(**options))


def test_nothing_comes_before_the_first_wave(small):
    with pytest.raises(ProblemsError, match="W532 --since previous"):
        Layout(small.load(wave="2010"), Options(since="previous"))


def test_a_wave_without_figures_has_no_tables(small):
    with pytest.raises(ProblemsError, match=r"W530 wave 2013: has no figures of burgers"):
        Layout(small.load(wave="2013", population="citizens"), Options())


def test_more_columns_than_a_sheet_has_are_refused(small, monkeypatch):
    monkeypatch.setattr(layouts, "MOST_COLUMNS", 3)
    with pytest.raises(ProblemsError, match="W531"):
        Layout(small.load(), Options())


def test_nothing_is_compared_across_a_full_break(small):
    (table, *_) = Layout(small.load(), Options(since="previous"))
    assert [figure.number for figure in table.before.values()] == [6.8]
    small.edit("waves.toml", '"noted"', '"full"')
    (table, *_) = Layout(small.load(), Options(since="previous"))
    assert (table.before, [item.kind for item in table.breaks]) == ({}, ["full"])
