import datetime

import pytest
from pydantic import ValidationError

from wavebook.definitions.base import Day, Declaration, KnownDate, Name, Text, Words


class Some(Declaration):
    name: Name = "a"
    words: Words = "a"
    day: Day = "2015-06-22"
    known: KnownDate = "2015"


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("name", "grade_2", "grade_2"),
        ("words", " één ", " één "),
        ("day", datetime.date(2015, 6, 22), "2015-06-22"),
        ("day", "2015-06-22", "2015-06-22"),
        ("known", "2015-08", "2015-08"),
    ],
)
def test_a_value_of_its_kind_is_kept(field, value, kept):
    assert getattr(Some.model_validate({field: value}), field) == kept


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "Grade", "pattern"),
        ("words", "  ", "is empty"),
        ("words", "a\x07", "holds a control character"),
        ("day", 20150622, "is not a date"),
        ("day", datetime.datetime(2015, 6, 22, 10), "is not a date"),
        ("day", "22-6-2015", "is not a date"),
        ("known", "2015-13", "is not a date"),
        ("known", "augustus", "pattern"),
        ("other", "x", "Extra inputs"),
    ],
)
def test_another_value_is_refused(field, value, message):
    with pytest.raises(ValidationError, match=message):
        Some.model_validate({field: value})


def test_a_declaration_does_not_change():
    with pytest.raises(ValidationError, match="frozen"):
        Some().name = "b"


def test_a_text_is_had_by_its_language():
    text = Text(nl="cijfer", en="grade")
    assert (text["nl"], text["en"]) == ("cijfer", "grade")


def declared(text, *languages):
    return Text.model_validate(text, context={"languages": languages})


def test_a_text_has_the_languages_of_its_book_those_first_and_may_have_others():
    text = declared({"de": "Note", "en": "grade", "nl": "cijfer"}, "nl", "en")
    assert list(text.words) == ["nl", "en", "de"]
    assert text.said == "cijfer"


def test_a_plain_text_will_do_in_a_book_of_one_language():
    assert declared("grade", "en")["en"] == "grade"
    with pytest.raises(ValidationError, match="dictionary"):
        declared("grade", "en", "nl")


@pytest.mark.parametrize(
    ("given", "missing", "unknown"),
    [({"nl": "a"}, ["en"], []), ({"nl": "a", "en": "b", "xx": "c"}, [], ["xx"]), ({}, ["nl", "en"], [])],
)
def test_a_text_that_lacks_a_language_or_has_an_unknown_one_is_refused(given, missing, unknown):
    with pytest.raises(ValidationError) as caught:
        declared(given, "nl", "en")
    assert caught.value.errors()[0]["ctx"] == {"missing": missing, "unknown": unknown}
