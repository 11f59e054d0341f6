import pickle

import pytest

from wavebook.core.problems import (
    Problem,
    ProblemsError,
    by_place,
    counted,
    fail,
    grouped,
    how_many,
    natural,
    printable,
    raise_all,
    refusal,
)

NO_FIGURE = Problem("W448", "data/figures/2016.csv", "has no bus, which 2014 has", "Take another.")
NO_OTHER = Problem("W448", "data/figures/2016.csv", "has no tram, which 2014 has", "Take another.")


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


def at(place, *causes, code="W401", found="there is no figure bus@2016"):
    return Problem(code, place, found, "Correct it.", because=causes)


def test_all_that_one_cause_brings_is_one_problem_with_its_places_file_by_file():
    places = ["book/index.md:12", "book/index.md:9", "book/en/index.md:10", "notebooks/bus.ipynb, cell 3"]
    (one,) = grouped([*(at(place, NO_FIGURE) for place in places), at("book/index.md:9", NO_FIGURE)])
    assert (one.code, len(one.touches)) == ("W448", 4)
    assert str(one) == (
        "W448 data/figures/2016.csv: has no bus, which 2014 has.\n"
        "     book/en/index.md:10\n     book/index.md:9, 12\n     notebooks/bus.ipynb, cell 3\n     Take another."
    )


def test_a_cause_in_one_place_is_told_there():
    alone = at("book/index.md:9", NO_FIGURE)
    assert grouped([alone]) == [alone]
    assert str(grouped([alone])[0]) == "W401 book/index.md:9: there is no figure bus@2016.\n     Correct it."


def test_a_problem_that_has_two_causes_is_a_place_of_each_or_itself_where_nothing_else_is():
    cell = at("notebooks/bus.ipynb, cell 3", NO_FIGURE, NO_OTHER, code="W304")
    assert grouped([cell]) == [cell]
    bus, tram = grouped([cell, at("book/index.md:9", NO_FIGURE)])
    assert [len(bus.touches), len(tram.touches)] == [2, 1]
    assert tram.found == NO_OTHER.found


def test_what_follows_from_a_problem_that_is_reported_never_hides_it():
    cell = Problem("W303", "notebooks/bus.ipynb, cell 3", "ValueError: no", "Open the notebook.")
    (one,) = grouped([at("book/index.md:9", cell, code="W405"), cell])
    assert (one.code, one.place, one.places) == ("W303", cell.place, ("book/index.md:9",))


def test_a_cause_behind_a_cause_is_the_one_that_is_told():
    cell = at("notebooks/bus.ipynb, cell 3", NO_FIGURE, code="W304")
    (one,) = grouped([cell, at("book/index.md:9", cell, code="W405")])
    assert [touch.code for touch in one.touches] == ["W405", "W304"]


def test_groups_of_one_language_and_of_the_next_become_one():
    cell = at("notebooks/bus.ipynb, cell 3", NO_FIGURE, NO_OTHER, code="W304")
    dutch, english = ([cell, at(place, NO_FIGURE)] for place in ("book/index.md:9", "book/en/index.md:10"))
    together = grouped([*dutch, *english])
    assert grouped([*grouped(dutch), *grouped(english)]) == grouped([*grouped(dutch), *english]) == together
    assert grouped(together) == together
    assert ProblemsError([*dutch, *english]).problems == tuple(together)


def test_a_statement_that_two_pages_make_is_told_once_with_its_words_in_each():
    cause = Problem("W403", "notebooks/bus.ipynb", "no longer holds (up: bus 3 → 2)", "Rewrite the sentence.")
    said = {"book/index.md:9": "De bus won.", "book/en/index.md:9": "The bus won."}
    (one,) = grouped(at(place, cause, code="W403", found=f"“{text}” no longer holds") for place, text in said.items())
    assert str(one).split("\n     ") == [
        "W403 notebooks/bus.ipynb: no longer holds (up: bus 3 → 2).",
        "book/en/index.md:9  “The bus won.”",
        "book/index.md:9  “De bus won.”",
        "Rewrite the sentence.",
    ]


@pytest.mark.parametrize(
    ("found", "parts"),
    [
        ("“De bus won.” no longer holds (up)", ("“De bus won.”", "no longer holds (up)")),
        ("“De “bus” won.” no longer holds", ("", "“De “bus” won.” no longer holds")),
        ("says “more”, and no error is known", ("", "says “more”, and no error is known")),
        ("“De bus won.”", ("", "“De bus won.”")),
    ],
)
def test_what_readers_see_stands_apart_from_what_is_said_of_it(found, parts):
    assert at("book/index.md:9", found=found).parts == parts


def test_problems_come_as_they_are_solved_what_touches_most_first_and_reading_last():
    read = Problem("W413", "book", "nobody reviewed these pages", "Read each.")
    pages = [at(f"book/{page}.md", read, code="W413") for page in "abcd"]
    bus = [at(f"book/index.md:{line}", NO_FIGURE) for line in (4, 5)]
    tram = [at(f"book/index.md:{line}", NO_OTHER, found="there is no tram") for line in (4, 5, 6)]
    single = [Problem("W416", "book/b.md:4", "x", "y."), Problem("W401", "book/b.md:2", "x", "y.")]
    order = [(p.code, len(p.touches)) for p in grouped([*pages, *single, *bus, *tram])]
    assert order == [("W448", 3), ("W448", 2), ("W401", 0), ("W416", 0), ("W413", 4)]


def test_every_command_counts_problems_and_the_places_that_they_touch_alike():
    alone = Problem("W416", "book/b.md:4", "x", "y.")
    bus = [at(f"book/index.md:{line}", NO_FIGURE) for line in (4, 5)]
    assert counted([]) == "0 problems"
    assert counted(grouped([alone])) == "1 problem"
    assert counted(grouped([alone, *bus])) == "2 problems in 3 places"


def test_a_refusal_is_each_problem_and_their_number():
    one = Problem("W401", "a.md:3", "x", "y.")
    assert refusal(ProblemsError([one])) == f"{one}\n\n1 problem; nothing was published."
