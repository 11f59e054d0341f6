"""The review as a whole: what it refuses, and what it says that it cannot know."""

import pytest

from wavebook.core.problems import Problem, ProblemsError
from wavebook.publish.review import compare
from wavebook.publish.review.compare import review


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [("2014", "2016", "wave '2016': is not known"), ("2014", "2013", "wave 2014: does not come before wave 2013")],
)
def test_a_wave_that_cannot_be_reviewed_is_refused(small, before, after, found):
    with pytest.raises(ProblemsError) as caught:
        review(small.root, before, after)
    (problem,) = caught.value.problems
    assert problem.code == "W501"
    assert f"{problem.place}: {problem.found}" == found


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ([], ("2013", "2014")),
        (["2013"], ("2010", "2013")),
        (["2010", "2014"], ("2010", "2014")),
        (["1999", "2014"], ("1999", "2014")),  # which a review refuses
    ],
)
def test_the_newest_wave_is_compared_with_the_one_before_unless_others_are_named(small, named, found):
    assert compare.compared(small.root, named) == found


def test_nothing_can_be_compared_with_the_first_wave(small):
    with pytest.raises(ProblemsError) as caught:
        compare.compared(small.root, ["2010"])
    assert [(p.code, p.place, p.found) for p in caught.value.problems] == [("W501", "wave 2010", "has none before it")]


def test_an_edition_that_cannot_be_is_said_to_be_missing(small, monkeypatch):
    def refuse(*_, **__):
        raise ProblemsError([Problem("W501", "baseline 2010", "does not come before wave 2010", "Choose.")])

    monkeypatch.setattr(compare.build, "check", refuse)
    found = review(small.root, "2010", "2013")
    assert "No sentence or chart of 2010" in found.missing[0]
    assert "baseline 2010" in found.missing[0]


def test_what_is_not_there_is_listed(small, unread):
    found = "\n".join(review(small.root, "2013", "2014").missing)
    assert "no edition of 2014" in found
    assert "error of 2 of the 2 figures of 2013" in found
    assert "data/responses/2014.json" in found
    assert "data/codebooks/2013.json" in found
