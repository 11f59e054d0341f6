"""The difference that a test turns on, and the words for it in each language."""

import re

import pytest
from by_hand import made
from test_words import SERIES, WORDS

from wavebook.claims import (
    about,
    above,
    always_more,
    always_rises,
    judge,
    linear,
    more,
    rises,
    stable,
    uncertain,
    undecided,
    unknown,
    widens,
)
from wavebook.claims.closest import Weighing, closest, kind_of
from wavebook.claims.words import turned_on
from wavebook.language.words import LANGUAGES

NAMED = WORDS | {name: said | dict.fromkeys(("de", "fr"), said["en"]) for name, said in WORDS.items()}


def told(predicate, language="nl", series=SERIES):
    """What readers are told of each statement that a predicate joins."""
    figures = made(series, words=NAMED, language=language)
    (verdict,) = judge(figures, {"a": predicate}).verdicts.values()
    return [re.sub(r"[\u00a0\u202f]", " ", turned_on(part["closest"], figures)) for part in verdict["parts"]]


MEASURED = {"share.a": {"2010": (30.0, 1.0), "2014": (40.0, 1.0)}}
TOLD = [
    (rises("grade"), SERIES, "verschil 0,5 punt; afronding scheelt hooguit 0,1"),
    (stable("share.b", within=4), SERIES, "verschil 2 procentpunt; afronding scheelt hooguit 1"),
    (above("share.a", 25), SERIES, "15 procentpunt van de grens; afronding scheelt hooguit 0,5"),
    (about("share.a", 0.4, within=2), SERIES, "0 procentpunt ernaast; afronding scheelt hooguit 0,5"),
    (about("share.a", 3 / 7, within=4), SERIES, "2,9 procentpunt ernaast; afronding scheelt hooguit 0,5"),
    (
        widens("share.a", "share.b", by=5),
        SERIES,
        "het verschil veranderde met 8 procentpunt; afronding scheelt hooguit 2",
    ),
    (
        always_more("share.a", "share.b"),
        SERIES,
        "op het krapste punt: verschil 10 procentpunt; afronding scheelt hooguit 1",
    ),
    (
        undecided(above("grade", 7)),
        SERIES,
        "0,0 punt van de grens; afronding scheelt hooguit 0,05",
    ),
    (more("share.a", "share.b", times=1.5), SERIES, ""),  # a difference from a multiple says nothing to readers
    (linear("grade", within=1), SERIES | {"grade": {"2008": 6.5, "2010": 6.6, "2014": 6.7}}, ""),
    (unknown("share.b@2008"), SERIES, ""),
]


@pytest.mark.parametrize(("predicate", "series", "dutch"), TOLD, ids=lambda v: getattr(v, "text", ""))
def test_readers_are_told_the_difference_that_decides_and_what_rounding_does_to_it(predicate, series, dutch):
    assert told(predicate, series=series) == [dutch]


def test_what_chance_explains_is_told_where_errors_are_known_at_the_level_of_the_test():
    # 2.0 percentage points beyond each end at 5 %: 1.96 times the square root of 1 + 1
    (text,) = told(rises("share.a"), series=MEASURED)
    assert text.endswith("toeval verklaart hooguit 2,8")
    figures = made(MEASURED | {"share.b": {"2010": (30.0, 1.0), "2014": (31.0, 1.0)}}, words=NAMED)
    both = judge(figures, {"a": rises("share.a"), "b": uncertain(rises("share.b"))}).verdicts
    assert both["b"]["parts"][0]["closest"]["truth"] is None


@pytest.mark.parametrize(
    ("language", "grade"),
    [
        ("en", "a difference of 0.5 points; rounding accounts for at most 0.1"),
        ("de", "Unterschied 0,5 Punkte; Rundung macht höchstens 0,1 aus"),
        ("fr", "écart de 0,5 point ; l’arrondi y change au plus 0,1"),
    ],
)
def test_it_is_told_in_the_language_of_the_page(language, grade):
    assert told(rises("grade"), language) == [grade]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize(("predicate", "series", "dutch"), TOLD, ids=lambda v: getattr(v, "text", ""))
def test_every_language_tells_the_same_of_each_predicate(predicate, series, dutch, language):
    (text,) = told(predicate, language, series)
    assert re.findall(r"\d", text) == re.findall(r"\d", dutch)
    assert not re.search(r"[{}@_]|\s\s|^\s|\s$", text)


def test_statements_joined_by_and_are_told_one_by_one_and_their_denial_as_a_whole():
    joined = rises("grade") & (rises("share.a") & rises("share.b"))
    assert [text.partition(";")[0] for text in told(joined)] == [
        "verschil 0,5 punt",
        "verschil 10 procentpunt",
        "verschil 2 procentpunt",
    ]
    assert told(~joined) == [""]  # one of three decides, of any unit
    assert told(rises("grade") | rises("share.a")) == [""]


def test_the_closest_of_several_is_the_one_nearest_to_another_verdict():
    series = {"grade": {"2008": 6.0, "2010": 6.2, "2014": 7.0}}
    assert told(always_rises("grade"), series=series)[0].startswith("op het krapste punt: verschil 0,2 punt")
    far, near = (Weighing("apart", "k", size, 0.1, None, True, size - 0.1) for size in (0.8, 0.2))
    assert closest([far, near])["size"] == 0.2
    assert closest([far, Weighing("apart", "k", 1, 0.1, None, False, 0.9)]) is None
    assert closest([]) is None


def test_only_plain_differences_are_told():
    assert kind_of([(1, "a"), (-1, "b"), (-1, "c"), (1, "d")]) == "gap"
    assert kind_of([(1, "a"), (1, "b")]) is None
    assert kind_of([(1, "a"), (-1, "a")]) is None
    assert (kind_of([(1, "a")]), kind_of([(-1, "a")], near=True)) == ("limit", "aim")
