"""A change from one wave to the next is a question until somebody says whether the series breaks there."""

import pytest

BREAK = """
[[breaks]]
from = 2013
to = 2014
kind = "noted"
reason.nl = "ander bureau"
reason.en = "other bureau"
"""
SAME = """
[[same]]
from = {0}
to = {1}
despite = {2}
reason.nl = "vergeleken in een proef"
reason.en = "compared in a trial"
"""


@pytest.fixture
def unbroken(small):
    """The small book, whose bureau changes in 2014, without its break."""
    text = small.path("waves.toml").read_text()
    small.write("waves.toml", text[: text.index("[[breaks]]")])
    return small


def declare(book, more):
    book.write("waves.toml", book.path("waves.toml").read_text() + more)


def test_another_bureau_is_a_question_that_names_both_waves_and_both_answers(unbroken):
    with pytest.raises(Exception, match="W219") as caught:
        unbroken.load()
    (problem,) = caught.value.problems
    assert problem.found == (
        "differs from 2013 in bureau (Een; then Twee), and nothing says whether the series breaks there"
    )
    assert problem.place.startswith("data/waves.toml")
    assert problem.place.endswith("waves.2014")
    for answer in (
        '[[breaks]] with from = "2013", to = "2014"',
        '[[same]] with from = "2013", to = "2014", despite = ',
    ):
        assert answer in problem.action


def test_a_break_or_its_denial_answers(unbroken):
    text = unbroken.path("waves.toml").read_text()
    for answer in (BREAK, SAME.format(2013, 2014, '["bureau"]'), SAME.format(2010, 2014, '["bureau"]')):
        unbroken.write("waves.toml", text + answer)
        assert unbroken.load()


@pytest.mark.parametrize(
    ("what", "one", "other"),
    [
        ("panel", '"Noord"', '"Zuid"'),
        ("mode", '{ nl = "aan de deur", en = "at the door" }', '{ nl = "online", en = "online" }'),
        ("population", '{ nl = "15 en ouder", en = "15 and over" }', '{ nl = "18 en ouder", en = "18 and over" }'),
        ("weighting", '{ nl = "naar leeftijd", en = "by age" }', '{ nl = "naar regio", en = "by region" }'),
    ],
)
def test_each_way_to_measure_is_asked_about_once_it_is_known_of_two_waves(small, what, one, other):
    small.edit("waves.toml", "[waves.2010]\n", f"[waves.2010]\n{what} = {one}\n")
    assert small.load()
    small.edit("waves.toml", "[waves.2013]\n", f"[waves.2013]\n{what} = {other}\n")
    (found,) = small.problems()
    assert found.startswith("W219 data/waves.toml, waves.2013: differs from 2010 in")
    assert what in found


def test_a_wave_of_which_it_is_unknown_does_not_hide_a_change(small):
    text = small.path("waves.toml").read_text().replace("from = 2013\nto = 2014", "from = 2010\nto = 2013")
    small.write("waves.toml", text.replace('bureau = "Twee"', 'bureau = "Een"'))
    small.edit("waves.toml", "[waves.2010]\n", '[waves.2010]\npanel = "Noord"\n')
    small.edit("waves.toml", "[waves.2014]\n", '[waves.2014]\npanel = "Zuid"\n')
    assert small.load()  # a break lies between the two
    declared = small.path("waves.toml").read_text()
    small.write("waves.toml", declared[: declared.index("[[breaks]]")])
    (found,) = small.problems()
    assert "waves.2014: differs from 2010 in panel (Noord; then Zuid)" in found


def test_capitals_and_spaces_are_no_change(small):
    small.edit("waves.toml", "[waves.2010]\n", '[waves.2010]\npanel = "Panel  Noord"\n')
    small.edit("waves.toml", "[waves.2013]\n", '[waves.2013]\npanel = "panel noord"\n')
    assert small.load()


def test_a_break_for_some_indicators_leaves_the_question_for_the_others(unbroken):
    declare(unbroken, BREAK.replace("kind", 'indicators = ["grade"]\nkind'))
    (found,) = unbroken.problems()
    assert found.endswith("breaks there for share")
    declare(unbroken, SAME.format(2013, 2014, '["bureau"]'))
    assert unbroken.load()


def test_a_denial_is_about_the_changes_that_it_names_only(unbroken):
    declare(unbroken, SAME.format(2013, 2014, '["bureau"]'))
    unbroken.edit("waves.toml", "[waves.2013]\n", '[waves.2013]\npanel = "Noord"\n')
    unbroken.edit("waves.toml", "[waves.2014]\n", '[waves.2014]\npanel = "Zuid"\n')
    (found,) = unbroken.problems()
    assert "in panel (Noord; then Zuid)," in found


def test_a_made_up_wave_is_not_compared_with_the_series(unbroken):
    unbroken.edit("waves.toml", "[waves.2014]\n", "[waves.2014]\nmade_up = true\n")
    assert unbroken.load()


def test_denials_about_waves_in_another_order_or_unknown_are_listed_at_once(small):
    declare(small, SAME.format(2013, 2014, '["bureau"]'))
    declare(small, SAME.format(2014, 2013, '["bureau"]'))
    declare(small, SAME.format(2013, 1999, '["bureau"]'))
    assert small.problems() == [
        "W203 data/waves.toml, same, number 2: from is not before to",
        "W204 data/waves.toml, same, number 3: wave 1999 is not declared",
    ]


def test_denials_of_nothing_and_of_a_break_are_listed_at_once(small):
    declare(small, SAME.format(2013, 2014, '["bureau", "panel"]'))
    assert small.problems() == [
        "W220 data/waves.toml, same, number 1: panel did not change between 2013 and 2014, as far as it is declared",
        "W220 data/waves.toml, same, number 1: says that nothing breaks, and break number 1 says that everything does",
    ]
