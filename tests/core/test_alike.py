import pytest

from wavebook.core import alike


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("cafe\u0301", "café"),
        ("\uff17", "7"),
        ("\u0661\u0669", "19"),
        ("\u0967", "1"),
        ("1\u00a0234\u202f5", "1 234 5"),
        ("ja\u200b", "ja"),
        ("\ufeffja\u00ad", "ja"),
        (" ja ", "ja"),
        ("7\u00b2", "7²"),
        ("½", "½"),
        ("a\n\u00e9", "a\né"),
    ],
)
def test_a_text_is_folded_to_what_is_seen(written, seen):
    assert alike.folded(written) == seen
    assert alike.folded(seen) == seen


def test_every_digit_of_unicode_is_known():
    beyond = [chr(code) for code in range(128, 0x110000) if chr(code).isdecimal()]
    assert {*beyond} == alike.digits().keys()
    assert all(int(sign) == int(alike.folded(sign)) for sign in beyond)


def test_texts_that_readers_cannot_tell_apart_are_found():
    assert alike.same(["Bergen", "Zeist", "bergen ", "Cafe\u0301", "Café"]) == [
        ["Bergen", "bergen "],
        ["Cafe\u0301", "Café"],
    ]
    assert alike.same(["0", "O", "Bergen (L)", "Bergen (NH)"]) == []


def test_a_look_leaves_out_capitals_marks_and_spaces():
    assert alike.look("Ja, zeker.") == alike.look("JA\u00a0zeker")
    assert alike.look("ja") != alike.look("nee")
