"""Sentences of two editions: what holds in which."""

from dataclasses import replace

import pytest
from waves import FALLS, claim, edition

from wavebook.core.problems import Problem
from wavebook.pages.records import Record
from wavebook.publish.review.differences import Edition
from wavebook.publish.review.sentences import compare_sentences, state, words_that_hold
from wavebook.runs.execute import Results
from wavebook.site.sphinx import Report


def compared(old, new):
    return compare_sentences(old, new, ("nl", "en"))


def test_a_sentence_that_flips_says_what_would_hold_in_the_words_it_has():
    (found,) = compared(edition(claim("holds")), edition(claim("fails"), steeg=FALLS))
    assert (found.standing, found.verdict["instead"], found.words) == ("flipped", "grade falls", "“steeg” → “daalde”")


@pytest.mark.parametrize(
    ("before", "after", "standing"),
    [
        ("holds", "holds", "holds"),
        ("holds", "fails", "flipped"),
        ("open", "fails", "flipped"),
        ("fails", "fails", "false"),
        ("holds", "open", "lost"),
        ("holds", "not certain", "unsure"),
        ("open", "open", "open"),
        ("not certain", "open", "open"),
        ("not certain", "holds", "now"),
        ("fails", "holds", "now"),
    ],
)
def test_a_sentence_stands_as_both_verdicts_say(before, after, standing):
    (found,) = compared(edition(claim(before)), edition(claim(after)))
    assert found.standing == standing


def test_without_an_earlier_edition_a_failing_sentence_still_comes_forward():
    (found,) = compared(Edition(missing="none"), edition(claim("fails")))
    assert (found.standing, found.before) == ("flipped", None)


def test_a_trend_word_that_turns_is_to_be_read_again():
    old, new = (edition(Record("trend", "grade", 4, word)) for word in ("steeg", "daalde"))
    (found,) = compared(old, new)
    assert (found.standing, state(found.before), state(found.after)) == ("turned", "steeg", "daalde")


def test_a_trend_word_that_cannot_be_chosen_is_lost():
    problem = Problem("W401", "book/index.md:4", "there is no figure", "Add it.")
    new = edition(Record("trend", "grade", 4, problem=problem))
    (found,) = compared(edition(Record("trend", "grade", 4, "steeg")), new)
    assert found.standing == "lost"


def test_a_sentence_that_holds_and_turned_since_the_wave_before_stands_apart():
    notice = Problem("W452", "book/index.md:3", "“x” holds against 2010, and the opposite since 2014: 6.9 → 6.8", "y")
    (found,) = compared(edition(claim("holds")), edition(replace(claim("holds"), notice=notice)))
    assert found.standing == "recent"
    (found,) = compared(edition(claim("fails")), edition(replace(claim("holds"), notice=notice)))
    assert found.standing == "now"


def test_a_change_without_direction_is_one_sentence_and_not_two():
    problem = Problem("W407", "book/index.md:4", "stands without a trend", "Use the trend role.")
    both = edition(Record("change", "grade", 4, "0,2 punt"), Record("change", "grade", 4, problem=problem))
    assert len(compared(both, both)) == 1


def test_the_same_sentence_in_english_is_its_twin():
    pages = {"book/index.md": [claim("fails")], "book/en/index.md": [claim("fails", "The grade rose.")]}
    new = Edition(Report(records=pages), Results(claims={"steeg": FALLS}))
    (found,) = compared(Edition(), new)
    assert (found.language, found.twins[0].text, found.twins[0].words) == ("nl", "The grade rose.", "“rose” → “fell”")


def test_sentences_that_no_longer_hold_come_first():
    old = edition(claim("holds", name="a", line=1), claim("holds", name="b", line=9))
    new = edition(claim("holds", name="a", line=1), claim("fails", name="b", line=9))
    assert [s.record.text for s in compared(old, new)] == ["b", "a"]


@pytest.mark.parametrize(
    ("sentence", "predicate", "instead", "words"),
    [
        ("Meer dan toen.", "grade rises", "grade is stable within 0", "“meer dan” → “vrijwel evenveel als”"),
        ("Zij daalden.", "share.yes@theme=work,2010..2014 falls", "share.yes@theme=work rises", "“daalden” → “stegen”"),
        ("Het ging omhoog.", "grade rises", "grade falls", "“daalde”"),
        ("Het is meer.", "a is more than b", "b is more than a", ""),
        ("Het steeg.", "(grade rises and share rises)", "", ""),
    ],
)
def test_trend_words_are_offered_in_the_form_of_the_sentence(sentence, predicate, instead, words):
    assert words_that_hold(sentence, predicate, instead, "nl") == words
