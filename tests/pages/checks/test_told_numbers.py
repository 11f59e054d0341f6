from types import SimpleNamespace

import pytest
from by_hand import made
from docutils import nodes

from wavebook.pages.checks.told_numbers import untested
from wavebook.pages.uses import Use, live

FIGURES = made({"grade": {"2014": 7}})


def said(*parts, sizes=(), facts=(), ways=("any",), around="", language="nl"):
    sentence = nodes.inline("", "", *(nodes.Text(part) if isinstance(part, str) else part for part in parts))
    verdict = {"sizes": sizes, "facts": list(facts), "predicate": "grade rises", "ways": ways}
    book = SimpleNamespace(figures=FIGURES, language=language)
    return [(code, what) for code, what, _ in untested(book, verdict, sentence, around or sentence.astext())]


@pytest.mark.parametrize(
    ("sentence", "sizes", "facts"),
    [
        ("Het cijfer steeg.", (), ()),
        ("Een zevende is ontevreden.", (100 / 7,), ()),
        ("Meer dan de helft belde.", (50.0,), ()),
        ("Ongeveer een op de tien deed mee.", (), ("towns",)),
        ("Er belden twee keer zoveel mensen.", (2.0, 50.0), ()),
    ],
)
def test_a_number_that_was_tested_may_be_said(sentence, sizes, facts):
    assert said(sentence, sizes=sizes, facts=facts) == []


@pytest.mark.parametrize(
    ("sentence", "sizes", "facts", "phrase"),
    [
        ("Twee derde is blij.", (), (), "Twee derde"),
        ("Een zesde is ontevreden.", (100 / 7,), (), "Een zesde"),
        ("Meer dan driekwart belde.", (50.0,), (), "driekwart"),
        ("Een op de vijf deed mee.", (), ("towns",), "Een op de vijf"),
        ("Er belden twee keer zoveel mensen.", (), (), "twee keer zoveel"),
    ],
)
def test_a_number_that_was_not_is_named(sentence, sizes, facts, phrase):
    ((code, what),) = said(sentence, sizes=sizes, facts=facts)
    assert (code, f"says “{phrase}”" in what, "grade rises" in what) == ("W534", True, True)


def test_live_words_are_numbers_of_the_table():
    assert said("Dat is ", live("", "een op de", use=Use("word")), " tien.") == []
    assert len(said("Dat is ", live("", "7", use=Use("value")), ", twee derde.")) == 1


@pytest.mark.parametrize(
    ("sentence", "ways", "count"),
    [
        ("Zestig procent is tevreden.", ["over"], 1),
        ("Een vijfde belde.", ["under"], 1),
        ("Meer dan zestig procent is tevreden.", ["over"], 0),
        ("Zestig procent of meer is tevreden.", ["over"], 0),
        ("De grens van zestig procent is gehaald.", ["over"], 0),
        ("Zestig procent is tevreden.", ["none"], 0),
    ],
)
def test_a_limit_is_no_number_that_was_shown(sentence, ways, count):
    found = said(sentence, sizes=(60.0,) if "estig" in sentence else (20.0,), ways=ways)
    assert [code for code, _ in found] == ["W534"] * count


def test_the_side_of_a_limit_may_stand_before_the_statement():
    assert said("zestig procent is blij", sizes=(60.0,), ways=["over"], around="Meer dan zestig procent is blij.") == []


@pytest.mark.parametrize(
    ("sentence", "sizes", "count"),
    [
        ("Een meerderheid belde.", (), 1),
        ("Dat is een ruime meerderheid.", (0.5,), 1),
        ("Een minderheid belde.", (25.0,), 1),
        ("De meerderheid belde.", (50.0,), 0),
        ("Minderheden doen mee, met meerderheid van stemmen.", (), 0),
    ],
)
def test_the_largest_group_is_no_majority_unless_that_is_tested(sentence, sizes, count):
    assert [code for code, _ in said(sentence, sizes=sizes)] == ["W534"] * count


@pytest.mark.parametrize(
    ("sentence", "language", "times"),
    [
        ("Het aandeel verdubbelde.", "nl", 2),
        ("Dat is een halvering.", "nl", 2),
        ("Het aantal is meer dan verdrievoudigd.", "nl", 3),
        ("The share has doubled.", "en", 2),
        ("The share was halved.", "en", 2),
        ("A ten-fold rise.", "en", 10),
        ("Der Anteil hat sich verdreifacht.", "de", 3),
        ("Der Anteil hat sich fast halbiert.", "de", 2),
        ("La part a quadruplé.", "fr", 4),
        ("La part a été divisée par deux.", "fr", 2),
    ],
)
def test_how_many_times_something_became_is_a_number_as_well(sentence, language, times):
    for sizes in ((), (1.5,), (50.0,), (float(times + 2),)):
        ((code, what),) = said(sentence, sizes=sizes, language=language)
        assert (code, f"about {times} times as much" in what) == ("W534", True)
    for sizes in ((float(times), 100 / times), (0.9 * times,)):
        assert said(sentence, sizes=sizes, language=language) == []


def test_a_half_more_is_not_twice_as_many():
    assert len(said("Er belden twee keer zoveel mensen.", sizes=(1.5, 100 / 1.5))) == 1
    assert said("Halverwege belden mensen dubbel.", language="nl") == []


@pytest.mark.parametrize(
    ("sentence", "language", "size"),
    [
        ("Bijna iedereen is tevreden.", "nl", 80.0),
        ("Vrijwel niemand klaagt.", "nl", 10.0),
        ("Nearly everyone is content.", "en", 90.0),
        ("Only a handful complained.", "en", 5.0),
        ("Fast jeder ist zufrieden.", "de", 90.0),
        ("So gut wie niemand klagt.", "de", 10.0),
        ("Presque tout le monde est content.", "fr", 90.0),
        ("Presque personne ne se plaint.", "fr", 5.0),
    ],
)
def test_nearly_everyone_is_more_than_a_majority(sentence, language, size):
    assert [code for code, _ in said(sentence, sizes=(50.0,), language=language)] == ["W534"]
    assert [code for code, _ in said(sentence, language=language)] == ["W534"]
    assert said(sentence, sizes=(size,), language=language) == []


def test_nearly_all_of_something_else_is_no_share():
    assert said("In vrijwel alle groepen steeg het, bijna allemaal.", sizes=(80.0,)) == []
    assert said("In vrijwel alle groepen steeg het.") == []


@pytest.mark.parametrize(
    ("sentence", "ways", "size", "count"),
    [
        ("Een meerderheid belt, meer dan zestig procent.", ["over"], 60.0, 0),
        ("Een minderheid belt, minder dan een kwart.", ["under"], 25.0, 0),
        ("Een meerderheid belt, meer dan veertig procent.", ["over"], 40.0, 1),
        ("Een minderheid belt, meer dan zestig procent.", ["over"], 60.0, 1),
        ("Een minderheid belt, minder dan zestig procent.", ["under"], 60.0, 1),
    ],
)
def test_a_limit_beyond_a_half_shows_a_majority(sentence, ways, size, count):
    assert len(said(sentence, sizes=(size,), ways=ways)) == count
