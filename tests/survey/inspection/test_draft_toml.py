"""Drafts as TOML."""

import dataclasses
import tomllib

from wavebook.survey.inspection.draft_toml import answer_tables, indicator_tables, unit_tables, words
from wavebook.survey.inspection.drafts import Draft


def read(*parts):
    return tomllib.loads("\n".join(line for part in parts for line in part))


SCORE = Draft(
    "trust", "How much trust?", "score", {"": "v1"}, codes={"88": "missing"}, ends=(0.0, 10.0), missing=("99",)
)
CHOICE = Draft(
    "used", 'Which "one"?', "choice", {"": "v2"}, {"a": "A b", "c": "C"}, {"1": "a", "2": "c"}, complete=False
)


def test_an_indicator_is_declared_whole():
    found = read(indicator_tables(CHOICE, ["de"], "people"))["indicators"]["used"]
    assert found == {
        "unit": "percent",
        "decimals": 0,
        "base": "people",
        "name": 'Which "one"?',
        "definition": 'Which "one"?',
        "complete": False,
        "categories": {"a": "A b", "c": "C"},
    }


def test_a_book_of_several_languages_has_each_text_in_all():
    assert tomllib.loads(f"x = {words('a b', ['de', 'fr'])}") == {"x": {"de": "a b", "fr": "a b"}}


AMOUNT = Draft("income", "What is your income?", "amount", {"": "v4"})


def test_a_score_has_its_scale_and_an_amount_its_currency():
    found = read(indicator_tables(SCORE, ["en"], "people"))["indicators"]["trust"]
    assert (found["unit"], found["scale"]) == ("score", [0, 10])
    euros = dataclasses.replace(AMOUNT, currency="EUR")
    assert read(indicator_tables(euros, ["en"], "people"))["indicators"]["income"]["unit"] == "EUR"
    assert read(unit_tables([SCORE, euros])) == {}


def test_amounts_in_an_unknown_currency_have_one_unit_that_is_declared():
    assert read(indicator_tables(AMOUNT, ["en"], "people"))["indicators"]["income"]["unit"] == "amount"
    sex = Draft("sex", "Gender", "breakdown", {"": "v3"}, {"male": "Male"}, {"1": "male"})
    assert read(unit_tables([AMOUNT, SCORE, AMOUNT, sex])) == {"units": {"amount": {"kind": "amount"}}}


def test_the_answers_are_read_as_drafted():
    found = read(answer_tables([SCORE, CHOICE], "waves.x.responses"))["waves"]["x"]["responses"]
    assert found == {
        "columns": {"trust": "v1", "used": "v2"},
        "codes": {"trust": {"88": "missing"}, "used": {"1": "a", "2": "c"}},
        "missing_in": {"trust": [99]},
        "ranges": {"trust": [0, 10]},
    }


def test_what_is_in_doubt_stands_in_comments():
    doubted = Draft(
        "trust", "Trust?", "score", {"": "v1"}, ends=(0.0, 6.0), missing=("99",), doubt="is this its scale?"
    )
    lines = [*unit_tables([doubted]), *indicator_tables(doubted, ["en"], "people")]
    assert "# Look first: is this its scale?" in lines
    assert read(lines) == {}
    assert read(answer_tables([doubted], "w")) == {"w": {"columns": {}}}


def test_a_breakdown_is_declared_with_its_segments():
    sex = Draft("sex", "Gender", "breakdown", {"": "v3"}, {"male": "Male"}, {"1": "male"})
    assert read(indicator_tables(sex, ["en"], "people")) == {
        "segments": {"sex": {"en": "Gender", "values": {"male": "Male"}}}
    }
