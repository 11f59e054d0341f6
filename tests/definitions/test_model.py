import pytest

from wavebook.definitions import load_definitions


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
    d = load_definitions(small.root)
    assert d.full_break("grade", "2010", "2014")
    assert not d.full_break("share", "2010", "2014")


def test_of_two_authors_the_first_is_known_and_that_there_are_others(small):
    small.edit("references.bib", "{Jansen, Jan}", "{de Vries, Piet and Jansen, Jan}")
    source = load_definitions(small.root).sources["report"]
    assert (source.author, source.others) == ("de Vries", True)
