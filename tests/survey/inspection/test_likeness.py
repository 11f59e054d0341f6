import pytest

from wavebook.survey.files.surveyfile import Variable
from wavebook.survey.inspection.likeness import (
    YES_NO,
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
    assert likeness_of("abcdefghij abcdefghik ab", "abcdefghil abcdefghim ab") == 0.0


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
