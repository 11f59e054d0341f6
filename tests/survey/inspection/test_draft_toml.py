"""Drafts as TOML."""

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


def test_a_scale_is_a_unit_that_is_declared_once():
    assert read(unit_tables([SCORE, SCORE]))["units"] == {"score_0_10": {"kind": "score", "low": 0, "high": 10}}


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
