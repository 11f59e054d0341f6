"""Questions worded otherwise than before, and what answers for them."""

from types import SimpleNamespace

import pytest
from answered import COLUMNS

from wavebook.survey.answers.questions import Question
from wavebook.survey.answers.rewording import answered_changes

BEFORE = {
    "mark": Question("Wat vindt u?", {"1": "slecht"}, ("v1",), "2010"),
    "used": Question("Gebruikt?", {}, ("v2",), "2014"),
}
ASKED = {"mark": Question("Wat vond u?", {"1": "slecht"}, ("v1",)), "used": Question("Gebruikt?", {}, ("v2",))}


class Broken:
    """Declarations with one break, between 2012 and 2013, of these indicators."""

    segments = ("theme",)

    def __init__(self, *indicators):
        self.indicators = indicators

    def breaks_between(self, indicator, first, last):
        within = first < "2013" and last > "2012" and (not self.indicators or indicator in self.indicators)
        return (SimpleNamespace(indicators=self.indicators),) if within else ()


@pytest.fixture
def changes(book):
    """What stops and what is told of questions that are put in 2016."""

    def made(after, before=BEFORE, d=None, reworded=""):
        book.declare(reworded + COLUMNS + 'mark = "v1"')
        plan = book.definitions().waves["2016"].responses
        return answered_changes(d or Broken("other"), "2016", plan, "file", before, after)

    return made


def test_what_is_worded_as_before_stops_nothing(changes):
    assert changes(BEFORE) == ([], [])
    assert changes({}) == ([], [])


def test_what_is_worded_otherwise_stops_with_what_to_write(changes):
    ((stop,), told) = changes(ASKED)
    assert told == []
    assert (stop.code, stop.place) == ("W145", "file, column v1")
    assert stop.found == "the question of mark was “Wat vindt u?” and is “Wat vond u?”"
    assert stop.action == (
        "Correct [waves.2016.responses.columns] if it is not what that says. Answer for it under mark in "
        "data/mappings/2016.toml, which wavebook inspect file --mapping writes."
    )


def test_a_label_that_is_worded_otherwise_is_one_of_codes(changes):
    ((stop,), _) = changes({"mark": Question("Wat vindt u?", {"1": "matig"}, ("v1",))})
    assert stop.code == "W146"
    assert stop.found == "the label of code 1 of mark was “slecht” and is “matig”"
    assert stop.action.startswith("Correct [waves.2016.responses.codes] ")


def test_a_question_of_another_may_have_been_swapped(changes):
    ((stop,), _) = changes({"mark": Question("Gebruikt?", {}, ("v1",))})
    assert stop.code == "W189"
    assert stop.found == "the question of mark is “Gebruikt?”, which was that of used"
    assert "if the two are swapped" in stop.action


def test_a_reason_answers_for_all_that_is_worded_otherwise(changes):
    after = {"mark": Question("Wat vond u?", {"1": "matig"}, ("v1",))}
    stops, told = changes(after, reworded='reworded = { mark = "idem" }\n')
    assert stops == []
    assert [(problem.code, problem.action) for problem in told] == [
        (code, "It means the same: idem") for code in ("W146", "W145")
    ]


def test_a_break_that_names_the_indicator_answers_for_it_and_one_of_all_does_not(changes):
    stops, (told,) = changes(ASKED, d=Broken("mark"))
    assert (stops, told.action) == ([], "A break is declared for it.")
    assert len(changes(ASKED, d=Broken())[0]) == 1
    themed = [{"theme": Question(text, {}, ("v1",), "2010")} for text in ("Waarover?", "Waarom?")]
    assert changes(themed[1], themed[0], d=Broken())[0] == []
    categories = [{f"mark.{name}": item for name, item in (("a", questions["mark"]),)} for questions in (BEFORE, ASKED)]
    assert changes(categories[1], categories[0], d=Broken("mark"))[0] == []


def test_a_break_before_the_question_was_last_put_answers_for_nothing(changes):
    later = {"mark": Question("Wat vindt u?", {"1": "slecht"}, ("v1",), "2014")}
    assert len(changes(ASKED, later, d=Broken("mark"))[0]) == 1
    unknown = {"mark": Question("Wat vindt u?", {"1": "slecht"}, ("v1",))}
    assert len(changes(ASKED, unknown, d=Broken("mark"))[0]) == 1


def test_a_reason_for_what_did_not_change_is_a_problem(changes):
    ((stop,), _) = changes(BEFORE, reworded='reworded = { used = "idem" }\n')
    assert (stop.code, stop.place) == ("W188", "data/waves.toml, [waves.2016.responses.reworded] used")
    assert stop.found == "is worded as before"
    ((stop,), _) = changes(BEFORE, reworded='reworded = { usde = "idem" }\n')
    assert stop.found == "is not a question in both this wave and an earlier one"
