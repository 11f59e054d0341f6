from wavebook.survey.files.surveyfile import ResponseSet, SurveyFile, Variable
from wavebook.survey.inspection.choices import Choice, Proposal, questions_of


def proposal(codes=None, **choices):
    return Proposal("channel", {name.strip("_"): choice for name, choice in choices.items()}, codes or {}, {})


def test_a_proposal_is_sure_where_all_columns_that_were_found_are():
    assert proposal(a=Choice("v1", "", sure=True), b=Choice("", "none")).sure
    assert not proposal(a=Choice("v1", "", sure=True), b=Choice("v2", "")).sure
    assert not proposal(a=Choice("", "none")).sure
    assert proposal(a=Choice(("v1", "v2"), ""), b=Choice("v3", "")).columns == ["v1", "v2", "v3"]


def file():
    variables = {name: Variable(name, "number", f"vraag {name}") for name in ("V1", "k1", "k2")}
    sets = {"$k": ResponseSet("$k", "Welke?", ("k1", "k2"), "1")}
    return SurveyFile("a.sav", variables, lambda columns, staging, names=(): (None, []), sets)


def test_a_proposed_column_asks_its_question_by_the_name_that_the_file_has():
    found = dict(questions_of(file(), [proposal(phone=Choice("v1", "")), proposal(other=Choice("k1", ""))]))
    assert {key: (question.text, question.columns) for key, question in found.items()} == {
        "channel.phone": ("vraag V1", ("V1",))
    }


def test_a_set_asks_its_own_question_and_those_of_its_columns_that_are_published():
    found = dict(questions_of(file(), [proposal({"k1": "phone", "k2": "other"}, _=Choice("$k", ""))]))
    assert {key: question.text for key, question in found.items()} == {"channel": "Welke?", "channel.phone": "vraag k1"}
