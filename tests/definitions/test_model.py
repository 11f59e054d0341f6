import pytest

from wavebook.definitions import Definitions, Indicator, ResponseFile, Text, load_definitions
from wavebook.definitions.measurements import Wave
from wavebook.definitions.model import Base


@pytest.mark.parametrize(
    ("first", "last", "crossed"),
    [("2010", "2013", 0), ("2013", "2014", 1), ("2010", "2014", 1), ("2014", "2010", 1), ("2014", "2014", 0)],
)
def test_a_comparison_crosses_the_breaks_between_its_waves(small, first, last, crossed):
    assert len(load_definitions(small.root).breaks_between("grade", first, last)) == crossed


def test_a_comparison_inside_a_break_crosses_it_too(small):
    small.edit("waves.toml", "from = 2013", "from = 2010")  # somewhere between 2010 and 2014: before or after 2013
    d = load_definitions(small.root)
    assert d.breaks_between("grade", "2010", "2013")
    assert d.breaks_between("grade", "2013", "2014")


def test_a_break_of_one_indicator_leaves_the_others_whole(small):
    small.edit("waves.toml", 'kind = "noted"', 'kind = "full"\nindicators = ["grade"]')
    small.edit("waves.toml", 'bureau = "Twee"', 'bureau = "Een"')
    d = load_definitions(small.root)
    assert d.full_break("grade", "2010", "2014")
    assert not d.full_break("share", "2010", "2014")


def test_both_of_two_authors_are_known_and_of_more_the_first(small):
    small.edit("references.bib", "{Jansen, Jan}", "{de Vries, Piet and Jansen, Jan}")
    source = load_definitions(small.root).sources["report"]
    assert (source.author, source.second, source.others) == ("de Vries", "Jansen", False)
    small.edit("references.bib", "and Jansen, Jan}", "and Jansen, Jan and Zee, A}")
    source = load_definitions(small.root).sources["report"]
    assert (source.author, source.second, source.others) == ("de Vries", "", True)


@pytest.mark.parametrize(
    ("columns", "more", "several"),
    [
        ({"channel": "v1"}, {}, False),
        ({"channel": ["v1", "v2"]}, {}, True),
        ({"channel": {"post": "v1", "phone": "v2"}}, {}, True),
        ({"channel": "$set"}, {}, True),
        ({"channel": "v1"}, {"separator": ";"}, True),
        ({"channel": "v1"}, {"separator": {"other": ";"}}, False),
        ({"other": ["v1", "v2"]}, {}, False),
    ],
)
def test_a_question_has_several_answers_where_its_columns_hold_them(columns, more, several):
    text = Text(nl="a", en="a")
    told = {"unit": "percent", "decimals": 0, "base": "people", "name": text, "definition": text}
    indicator = Indicator(**told, categories={"post": text, "phone": text})
    file = ResponseFile.model_validate({"source": "report", "locator": "x", "columns": columns, **more})
    wave = Wave(bureau="Een", source="report", responses=file)
    d = Definitions(
        bases={"people": Base(nl="mensen", en="people")},
        indicators={"channel": indicator, "other": indicator, "grade": Indicator(**told)},
        waves={"2014": wave, "2013": Wave(bureau="Een", source="report")},
    )
    assert d.has_several_answers("channel", "2014") is several
    assert not d.has_several_answers("channel", "2013")
    assert not d.has_several_answers("grade", "2014")


def test_an_edition_has_the_facts_that_were_told_when_it_came_out(small):
    small.edit("context.toml", "[towns]\n", "[towns]\nsince = 2014\n")
    assert [*small.load().definitions.facts] == ["towns"]
    earlier = small.load(wave="2013").definitions
    assert ([*earlier.facts], [*earlier.later]) == ([], ["towns"])
    d = small.load().definitions
    assert d.told_until("2014") is d
