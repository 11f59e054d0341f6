"""Estimates that are tried until what is left declares what the file holds."""

from dataclasses import replace
from pathlib import Path

import listeners
import pytest

from wavebook.core.problems import Problem, ProblemsError
from wavebook.start import attempt, declare
from wavebook.start.options import Options, completed


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    path = listeners.spss(tmp_path_factory.mktemp("bureau") / "2024.sav")
    return declare.planned(completed(Options(path.parent / "b", file=path)), path)


def doubted(plan, *problems):
    after = attempt.without(plan, problems)
    return {draft.name: draft.doubt for draft in after.drafts if draft.doubt and draft not in plan.drafts}, after


def test_a_question_that_a_problem_names_is_put_in_doubt_with_its_reason(plan):
    place = "data/responses/2024.sav, column news_telly to news_else"
    names, _ = doubted(plan, Problem("W180", place, "hold boxes", "Say who was asked."))
    assert names == {"news": "W180, hold boxes"}
    letter = replace(plan, drafts=[replace(plan.drafts[0], name="a"), *plan.drafts[1:]])
    names, _ = doubted(letter, Problem("W182", "f.sav, column matters", "is a number of it", "Look at a code."))
    assert list(names) == ["a"]  # its own column is matters
    other = next(iter(plan.drafts[1].columns.values()))
    names, _ = doubted(letter, Problem("W182", f"f.sav, column {other}", "is a number", "Look at a code."))
    assert list(names) == [plan.drafts[1].name]
    table = "Give it a meaning under [waves.2024.responses.codes.matters] in data/waves.toml."
    names, _ = doubted(plan, Problem("W104", "data/responses/2024.sav, column x", "code 9 is not there", table))
    assert names == {"matters": "W104, code 9 is not there"}


def test_a_part_of_the_sample_that_a_problem_names_is_left_out(plan):
    _, after = doubted(plan, Problem("W121", "data/responses/2024.sav, column idno", "respondents share it", "Look."))
    assert (after.design, after.doubts) == ({"weight": "pspwght"}, {"respondent": "idno: W121, respondents share it"})


def test_a_problem_of_nothing_that_was_drafted_stays_one(plan, monkeypatch):
    def fails(*_):
        raise ProblemsError([Problem("W507", "this machine", "has too little memory", "Use a larger one.")])

    monkeypatch.setattr(attempt, "estimate_wave", fails)
    with pytest.raises(ProblemsError, match="W507"):
        attempt.estimated(Path("x"), plan, lambda _: None)


def test_it_is_tried_again_without_what_failed_and_given_up_when_nothing_is_left(plan, monkeypatch):
    names = [draft.name for draft in plan.live]
    tried = []

    def fails_for(bad):
        def estimate(root, wave):
            found = [n for n in bad if any(d.name == n for d in tried[-1].live)][:1]
            if found:
                raise ProblemsError([Problem("W104", "f.sav", f"code of {found[0]} is unknown", "Look.")])

        return estimate

    monkeypatch.setattr(attempt, "estimate_wave", fails_for(names[:2]))
    after = attempt.estimated(Path("x"), plan, tried.append)
    assert [draft.name for draft in after.live] == names[2:]
    few = replace(plan, drafts=[draft for draft in plan.drafts if draft.name in names[:2]])
    with pytest.raises(ProblemsError, match="W514"):
        attempt.estimated(Path("x"), few, tried.append)
