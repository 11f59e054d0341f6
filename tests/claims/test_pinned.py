"""Statements pinned to a wave: the same verdict as in its edition, in that of any later one."""

import pytest
from waves import add_wave, grade

from wavebook import claims
from wavebook.claims import as_of, falls, more, rises, stable


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    from small import SmallBook

    made = SmallBook(tmp_path_factory.mktemp("pinned"))
    add_wave(made, "2016")
    grade(made, "2016", "5.0")
    return made


def told(book, predicate, **edition):
    return predicate.verdict(book.load(**edition))


@pytest.mark.parametrize(
    "predicate",
    [
        rises("grade"),
        falls("grade"),
        rises("grade@previous"),
        stable("grade", within=5),
        more("grade", "grade@baseline"),
    ],
)
def test_a_later_edition_has_the_verdict_of_that_wave(book, predicate):
    then = told(book, predicate, wave="2014")
    now = told(book, as_of(2014, predicate), wave="2016")
    assert (now.outcome, now.reason, now.figures) == (then.outcome, then.reason, then.figures)
    assert now.instead == (f"{then.instead}, as of 2014" if then.instead else "")
    assert "wave" not in now.waves
    assert "previous" not in now.waves


def test_it_turns_without_the_pin(book):
    assert told(book, rises("grade"), wave="2014").outcome == "holds"
    assert told(book, rises("grade"), wave="2016").outcome == "fails"


def test_words_are_about_that_wave_and_its_denial_too(book):
    now, then = book.load(wave="2016"), book.load(wave="2014")
    for predicate in (rises("grade"), ~rises("grade"), rises("grade") & more("grade", "grade@baseline")):
        assert as_of("2014", predicate).said.text(now) == predicate.said.text(then)
    assert as_of(2014, rises("grade")).text == "grade rises, as of 2014"


def test_beside_a_statement_about_the_wave_of_the_edition_each_names_its_own(book):
    both = told(book, as_of(2014, rises("grade")) & falls("grade"), wave="2016")
    assert both.outcome == "holds"
    assert both.waves == ("baseline", "2014", "wave")


def test_it_is_not_about_today_and_open_in_an_earlier_edition(book):
    figures = book.load(wave="2016")
    pinned = as_of(2014, rises("grade", now=True))
    assert claims.judge(figures, {"a": pinned}).verdicts["a"]["now"] is False
    earlier = told(book, as_of(2016, falls("grade")), wave="2014")
    assert (earlier.outcome, earlier.reason) == ("open", "2016 comes after 2014, the wave of this edition")
    assert as_of(2016, falls("grade")).said.text(book.load(wave="2014"))
    assert told(book, as_of(1999, falls("grade")), wave="2014").outcome == "open"
