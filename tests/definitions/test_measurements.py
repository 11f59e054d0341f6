"""A wave as it is declared, from one that only its bureau is known of to one with every number."""

import pytest
from pydantic import ValidationError

from wavebook.definitions.measurements import Same, Sample, Wave


@pytest.mark.parametrize(
    ("numbers", "rate"),
    [
        ({}, None),
        ({"responded": 25}, None),
        ({"screened": 100, "responded": 25}, None),  # who was screened was not asked all, so this is no response
        ({"drawn": 100, "responded": 25}, 25),
        ({"drawn": 100, "screened": 50, "responded": 25}, 25),
        ({"response": 31.5}, 31.5),
        ({"drawn": 200, "responded": 63, "response": 32.0}, 32),
    ],
)
def test_the_response_is_of_those_drawn_and_unknown_where_they_are(numbers, rate):
    assert Wave(bureau="Een", source="report", **numbers).rate == rate


def test_fieldwork_is_two_days_or_months(small):
    told = {"bureau": "Een", "source": "report"}
    assert Wave(**told, fieldwork="2014-10..2014-11") == Wave(**told, fieldwork=["2014-10-01", "2014-11-30"])
    with pytest.raises(ValidationError, match="is not a period"):
        Wave(**told, fieldwork="late 2014")


def test_a_denial_of_a_break_says_what_changed():
    told = {"from": "2013", "to": "2014", "reason": {"nl": "proef", "en": "trial"}}
    assert Same.model_validate({**told, "despite": ["mode"]}).despite == ("mode",)
    for wrong in ([], ["client"]):
        with pytest.raises(ValidationError, match="despite"):
            Same.model_validate({**told, "despite": wrong})


def test_a_sample_is_told_by_a_source_or_assumed_and_not_both():
    told = {"n": 100, "source": "report", "locator": "p. 1"}
    assert Sample(**told, indicators=("grade",)).is_about("grade")
    assert not Sample(**told, indicators=("grade",)).is_about("share")
    with pytest.raises(ValidationError, match="and not both"):
        Sample(**told, assumption={"nl": "zo", "en": "so"})
