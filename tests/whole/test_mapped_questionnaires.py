"""Of made-up questionnaires of two waves no question is surely taken for another, and none silently."""

import pytest
from answered import WAVE, Book
from questionnaires import DECLARED, WAYS, Questionnaire, file_of, plan_of, sets_of
from sweeps import often

from wavebook.definitions import ResponseFile
from wavebook.survey.answers.changes import all_changes
from wavebook.survey.answers.columns import Columns
from wavebook.survey.answers.described import questions_of_wave
from wavebook.survey.inspection.proposals import propose

EACH = 25
"""Questionnaires of one case: quick enough for every run."""


@pytest.fixture(scope="module")
def declared(tmp_path_factory):
    book = Book(tmp_path_factory.mktemp("book"))
    book.write("indicators.toml", DECLARED)
    book.write("waves.toml", "baseline = 2016\n" + WAVE.format(year="2016"))
    return book.definitions()


def questions(d, plan, items, wave):
    found = questions_of_wave(Columns(d, wave, plan, file_of(items)))
    return {name: item.__class__(**{**vars(item), "wave": wave}) for name, item in found.items()}


@pytest.mark.parametrize("case", often(range(40), 0))
def test_no_question_is_surely_taken_for_another_and_none_silently(declared, tally, case):
    sure = unsure = followed = told = 0
    for seed in range(case * EACH, (case + 1) * EACH):
        made = Questionnaire(seed)
        plan = ResponseFile.model_validate(plan_of(made.first))
        before = questions(declared, plan, made.first, "2016")
        who = {item.name: item.identity for item in made.first if item.name and not item.group}
        boxes = {(item.name, item.way): item.identity for item in made.first if item.group}
        groups = {item.name: item.group for item in made.first if item.group}
        sets = {
            name: {i.group for i in made.second if i.column in s.columns} for name, s in sets_of(made.second).items()
        }
        there = {item.column: item.identity for item in made.second}
        for proposal in propose(file_of(made.second), declared, plan, before, declared=False):
            name = proposal.name
            for category, choice in proposal.choices.items():
                if not choice.sure or name not in who.keys() | groups.keys():
                    unsure += name in who.keys() | groups.keys()
                    continue
                sure += 1
                if name in who:
                    assert there[choice.column] == who[name], (seed, made.changes, proposal)
                elif category:
                    assert there[choice.column] == boxes[name, category], (seed, made.changes, proposal)
                else:
                    assert sets[choice.column] == {groups[name]}, (seed, made.changes, proposal)
                    read = {c: way for c, way in proposal.codes.items() if way in WAYS and c not in proposal.doubts}
                    assert {c: there[c] for c in read} == {c: boxes[name, way] for c, way in read.items()}
        # the block of the last wave, pasted as it was
        known = {name: column for name, (column,) in ((n, c[""]) for n, c in plan.columns.items()) if column in there}
        pasted = plan.model_copy(update={"columns": {name: {"": (column,)} for name, column in known.items()}})
        if not known:
            continue
        after = questions(declared, pasted, made.second, "2018")
        changed = {change.name for change in all_changes(before, after)}
        wrong = {name for name, column in known.items() if there[column] != who[name]}
        assert wrong <= changed, (seed, made.changes, wrong - changed)
        told += len(wrong)
        followed += len(known) - len(wrong)
    assert sure > 100
    assert told
    tally("variables of made-up questionnaires followed to the next wave for sure, each to the right one", sure)
    tally("variables of made-up questionnaires left to an editor", unsure)
    tally("variables of made-up questionnaires that were another's under an old name, each of them told", told)
