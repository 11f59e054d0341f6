"""Questions with several answers."""

import pytest

from wavebook.survey.files.surveyfile import ResponseSet, SurveyFile, Variable
from wavebook.survey.inspection.boxes import box_drafts, is_box, split
from wavebook.survey.inspection.summaries import ColumnSummary


def column(name, *given, question="", labels=None, empty=0):
    variable = Variable(name, "text", question, labels or {})
    return ColumnSummary(variable, 50 * len(given), empty, 0, len(given), None, None, False, known=tuple(given))


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Which do you use? [Phone]", ("Which do you use?", "Phone")),
        ("Which do you use? - Selected Choice - Phone", ("Which do you use?", "Phone")),
        ("Which do you use?: Phone", ("Which do you use?", "Phone")),
        ("Phone", ("", "Phone")),
    ],
)
def test_a_question_and_its_answer_are_told_apart(question, parts):
    assert split(question) == parts


@pytest.mark.parametrize(
    ("given", "labels", "ticked"),
    [
        (["1"], {}, True),
        (["Phone"], {}, True),
        (["0", "1"], {"0": "Not marked", "1": "Marked"}, True),
        (["Yes", "No"], {}, True),
        (["0"], {}, False),
        (["1", "2"], {}, False),
        (["1", "2"], {"1": "Agree", "2": "Maybe"}, False),
        (["a", "b"], {}, False),
        ([], {}, False),
    ],
)
def test_a_box_holds_one_answer_ticked_or_not(given, labels, ticked):
    assert is_box(column("v1", *given, labels=labels), "Phone") is ticked


def file_of(*columns, sets=()):
    variables = {item.variable.name: item.variable for item in columns}
    file = SurveyFile("2016.csv", variables, None, {item.name: item for item in sets})
    return dict(box_drafts(file, {item.variable.name: item for item in columns}))


def test_columns_with_the_name_of_their_own_answer_are_boxes_of_a_question_that_is_not_known():
    found = file_of(column("Phone", "Phone", empty=9), column("Desk", "Desk"), column("Age", "a", "b"))
    assert found["Phone"]["columns"] == {"phone": "Phone", "desk": "Desk"}
    assert found["Phone"]["doubt"] == "what was the question?"


def test_one_box_alone_is_no_question_with_several_answers():
    assert file_of(column("Q: [Phone]", "1"), column("Age", "a")) == {}


def test_boxes_of_two_questions_are_two():
    names = ["Use? [Phone]", "Use? [Desk]", "Like? [Phone]", "Like? [Desk]"]
    assert [*file_of(*(column(name, "1", question=name) for name in names))] == ["Use? [Phone]", "Like? [Phone]"]


def test_a_set_gives_its_answers_by_its_columns_or_by_their_codes():
    ticks = [column(f"k{i}", "1", question=text) for i, text in enumerate(["Phone", "Other", "Don't know"])]
    counted = ResponseSet("$used", "Which do you use?", tuple(item.variable.name for item in ticks), "1")
    (draft,) = file_of(*ticks, sets=[counted]).values()
    assert draft["codes"] == {"k0": "phone", "k1": "other", "k2": "other"}
    assert (draft["columns"], draft["complete"], draft["text"]) == ({"": "$used"}, False, "Which do you use?")
    labels = {"1": "Phone", "2": "Desk", "9": "Don't know"}
    coded = [column(f"c{i}", "1", "2", "9", labels=labels) for i in range(2)]
    (draft,) = file_of(*coded, sets=[ResponseSet("$c", "Which?", ("c0", "c1"), None)]).values()
    assert draft["codes"] == {"1": "phone", "2": "desk", "9": "missing"}
