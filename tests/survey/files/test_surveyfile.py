"""A respondent file as its maker left it."""

import dataclasses

import pytest

from wavebook.survey.files.surveyfile import ResponseSet, SurveyFile, Variable, as_seen, question_in


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


def test_what_a_file_says_is_used_as_readers_see_it_and_whoever_reads_it_is_told():
    variables = {
        "v1": Variable("v1", "number", "Hoe te\u00advreden?", {"1": "zeer\u200b", "2": "niet"}),
        "v2": Variable("v2", "number", "Hoe oud?", {"1": "\uf0b7 jong"}),
        "v3": Variable("v3", "number", "Waar?", {"1": "❤\ufe0f"}),
    }
    said = SurveyFile("x.sav", variables, None, {"$m": ResponseSet("$m", "a\u202e", (), None)}, "T\u2028U", ("n\x07",))
    seen = as_seen(said)
    assert [(v.question, [*v.labels.values()]) for v in seen.variables.values()] == [
        ("Hoe tevreden?", ["zeer", "niet"]),
        ("Hoe oud?", [" jong"]),
        ("Waar?", ["❤\ufe0f"]),
    ]
    assert (seen.sets["$m"].label, seen.title, seen.notes) == ("a", "T U", ("n",))
    (notice,) = seen.notices
    assert (notice.code, notice.place) == ("W197", "x.sav, column v1 and 1 more column")
    assert notice.found.endswith("holds an invisible character (U+00AD, soft hyphen) after “Hoe te”")


def test_a_file_without_such_characters_gives_no_notice():
    assert as_seen(SurveyFile("x.sav", {"v1": Variable("v1", "number", "Één?")}, None)).notices == ()
