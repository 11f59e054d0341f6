import pytest

from wavebook.survey.files.surveyfile import Variable
from wavebook.survey.inspection.likeness import (
    ALIKE,
    SAME,
    YES_NO,
    Rarity,
    codes_for,
    codes_within,
    likeness_of,
    meaning_of,
    nearest,
    plain_code,
    without_missing,
)


def test_texts_are_alike_whatever_their_case_and_spaces():
    assert likeness_of("Rapport  cijfer", "rapport_CIJFER") == 1.0
    assert likeness_of("telefoon", "telefoons") == pytest.approx(16 / 17)  # twice the letters in common, by all
    assert likeness_of("telefoon", "balie") == 0.0
    assert likeness_of("", "") == 0.0


def test_of_texts_of_very_different_lengths_nothing_is_said():
    assert likeness_of("telefoon", "telefoon " * 3) == 0.0


def test_long_texts_without_a_word_in_common_are_not_alike():
    assert likeness_of("abcdefghij abcdefghik ab", "abxcdefghil abxcdefghim ab") == 0.0


@pytest.mark.parametrize(
    "other",
    [
        "Hoe ontevreden bent u over de snelheid waarmee de gemeente uw aanvraag heeft afgehandeld?",
        "Hoe tevreden bent u over de snelheid waarmee de gemeente uw aanvragen heeft afgehandeld?",
    ],
)
def test_texts_with_one_other_word_are_never_the_same(other):
    text = "Hoe tevreden bent u over de snelheid waarmee de gemeente uw aanvraag heeft afgehandeld?"
    assert ALIKE < likeness_of(text, other) < SAME


def test_numbers_count_as_words_and_accents_as_nothing():
    start = "Kunt u aangeven hoe vaak u in het afgelopen jaar bij het gemeentehuis bent geweest voor een"
    assert likeness_of(f"{start} kind van 4", f"{start} kind van 5") < SAME
    assert likeness_of(f"{start} idee", f"{start} ideé") >= SAME


def test_rare_words_and_numbers_tell_which_of_many_like_questions_is_meant():
    items = [f"Hoe tevreden bent u over de dienst op het punt {word}?" for word in ("snelheid", "gemak", "kosten")]
    rarity = Rarity(items)
    asked = "Hoe tevreden was u over de dienst, wat betreft de snelheden?"
    assert max(items, key=lambda text: rarity.likeness(asked, text)) == items[0]
    ages = ["Hoeveel kinderen tot 4 jaar?", "Hoeveel kinderen tot 18 jaar?"]
    rarity = Rarity(ages)
    assert rarity.likeness("Hoeveel kinderen jonger dan 18 jaar?", ages[1]) > rarity.likeness(
        "Hoeveel kinderen jonger dan 18 jaar?", ages[0]
    )
    assert rarity.likeness("", "") == 0


def test_the_nearest_is_like_enough_or_there_is_none():
    choices = {"phone": ["telefoon"], "desk": ["balie"]}
    assert nearest("telefoons", choices) == "phone"
    assert nearest("brief", choices) is None
    assert nearest("telefoons", choices, least=0.97) is None


@pytest.mark.parametrize(
    ("label", "meaning"),
    [("Ja", "yes"), ("niet genoemd", "no"), ("weet niet", "missing"), ("iets anders", None), ("misschien", None)],
)
def test_words_of_yes_and_no(label, meaning):
    assert meaning_of(label, YES_NO) == meaning


def test_among_categories_something_else_is_other():
    named = {"phone": ["telefoon"]}
    assert codes_for({"1": "telefoon", "2": "anders, namelijk", "3": "balie"}, named) == {
        "1": "phone",
        "2": "other",
        "3": None,
    }


def test_codes_without_noughts_in_ranges_and_without_those_the_file_calls_missing():
    assert (plain_code("007"), plain_code("0"), plain_code("A0")) == ("7", "0", "A0")
    assert codes_within("1..2", {"1": "", "2": "", "3": ""}) == ["1", "2"]
    assert codes_within("blank", {"1": ""}) == []
    assert without_missing(Variable("v", "number", missing=((98.0, 99.0),)), {"1": "a", "98": "b"}) == {"1": "a"}
