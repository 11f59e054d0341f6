"""Keys made from labels, and words for amounts and scales."""

import re

import pytest

from wavebook.survey.inspection.naming import BACKGROUND, currency_in, is_scale, name_for, names_for, scale_in, slug


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Très satisfait", "tres_satisfait"),
        ("55+", "from_55_plus"),
        ("???", "answer"),
        ("Straße", "strasse"),
        ("A-b", "a_b"),
    ],
)
def test_a_key_is_made_of_letters_and_digits(text, key):
    assert slug(text) == key


def test_a_key_is_short_and_ends_at_a_word():
    assert slug("How much do you agree or disagree with this sentence") == "how_much_do_you_agree_or_disagree_with"
    assert len(slug("x" * 90)) == 40


def test_keys_differ_and_mean_nothing_else():
    assert names_for(["Yes", "yes!", "Other", "A", "a"]) == ["yes_asked", "yes_asked_2", "other_asked", "a", "a_2"]
    assert name_for("weight") == "weight_asked"


def test_currencies_and_scales_are_read_from_the_question():
    assert [currency_in(text) for text in ("in euro", "£ a week", "income")] == ["EUR", "GBP", ""]
    assert [scale_in(text) for text in ("0-10", "from 1 to 5", "2010-2014", "1 tot en met 7")] == [
        (0, 10),
        (1, 5),
        None,
        (1, 7),
    ]
    assert is_scale("How satisfied are you?")
    assert not is_scale("Hours of separate work")


def test_words_of_the_background_are_whole_words():
    assert re.search(BACKGROUND, "agea", re.IGNORECASE)
    assert not re.search(BACKGROUND, "alternative languages are average", re.IGNORECASE)
