import pickle

import pytest

from wavebook.core.problems import Problem, ProblemsError, by_place, fail, how_many, natural, printable, raise_all


def test_problems_come_in_order_and_once():
    late, early = Problem("W215", "b", "x", "y."), Problem("W202", "a", "x", "y.")
    with pytest.raises(ProblemsError) as caught:
        raise_all([late, early, late])
    assert caught.value.problems == (early, late)


def test_a_problem_reads_as_code_place_finding_and_action():
    assert str(Problem("W213", "a.csv:2", "value is empty", "Fill it.")) == (
        "W213 a.csv:2: value is empty.\n     Fill it."
    )


def test_no_problem_raises_nothing():
    assert raise_all([]) is None


def test_lines_are_in_the_order_of_a_file():
    lines = [Problem("W213", f"a.csv:{line}", "x", "y.") for line in (14, 9, 100)]
    with pytest.raises(ProblemsError) as caught:
        fail(*lines)
    assert [p.place for p in caught.value.problems] == ["a.csv:9", "a.csv:14", "a.csv:100"]
    assert sorted(["10 a", "9 b", "b 2", "b 11"], key=natural) == ["9 b", "10 a", "b 2", "b 11"]


def test_by_place_the_problems_of_one_line_stand_together():
    found = [Problem("W402", "a:9", "x", "y."), Problem("W401", "a:14", "x", "y."), Problem("W410", "a:9", "x", "y.")]
    assert [p.code for p in sorted(found, key=by_place)] == ["W402", "W410", "W401"]


def test_problems_reach_another_process_whole():
    error = ProblemsError([Problem("W213", "a.csv:2", "value is empty", "Fill it.")])
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_what_a_terminal_would_obey_is_not_printed():
    assert printable("a\x1b[31m\nb") == "a [31m b"


@pytest.mark.parametrize(("count", "said"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows")])
def test_a_message_says_how_many_there_are(count, said):
    assert how_many(count, "row") == said
