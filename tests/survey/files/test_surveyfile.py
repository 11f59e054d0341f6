"""A respondent file as its maker left it."""

import dataclasses

import pytest

from wavebook.survey.files.surveyfile import SurveyFile, Variable, question_in


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("Wat vindt u?", "Wat vindt u?"),
        ("Hoe oud", "Hoe oud"),
        ("v12", ""),
        ("leeftijd", ""),
        (" leeftijd ", ""),
        ("", ""),
    ],
)
def test_a_name_of_several_words_is_a_question(name, question):
    assert question_in(name) == question


def test_what_a_file_does_not_say_is_empty():
    file = SurveyFile("file", {"v1": Variable("v1", "number")}, None)
    assert (file.sets, file.title, file.notes, file.problems, file.notices) == ({}, "", (), (), ())
    assert (file.variables["v1"].question, file.variables["v1"].labels, file.variables["v1"].missing) == ("", {}, ())
    assert file.sets is not SurveyFile("file", {}, None).sets  # no two files share them


def test_what_a_file_says_does_not_change():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Variable("v1", "number").question = "Wat?"
