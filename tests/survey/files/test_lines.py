import csv
import io

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from opened import answers, problems

from wavebook.core.problems import ProblemsError
from wavebook.survey.files.lines import looked_through
from wavebook.survey.files.opening import open_file


@settings(max_examples=4 * settings.default.max_examples, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text('";\na', max_size=30), st.integers(1, 3), st.integers(1, 9))
@example('"\n""\n"', 2, 1)  # two quotes in a cell that goes on in the next block are no cell
def test_lines_that_are_uneven_are_counted_as_pythons_reader_does(tmp_path, text, width, block):
    path = tmp_path / "2016.csv"
    path.write_text(text)
    rows = list(csv.reader(io.StringIO(text + "\nend", newline=""), delimiter=";"))
    found = looked_through(path, "utf-8", ";", width, block)
    if rows[-1] == ["end"]:
        shifted = [row for row in rows[:-1] if len(row) != width and (len(row) > width or any(map(str.strip, row)))]
        filled = [row for row in rows[:-1] if width == 1 or len(row) > width or any(map(str.strip, row))]
        records = [*csv.reader(io.StringIO(text, newline=""), delimiter=";")]
        filled = filled[: len(records)]  # an end without a line of its own is no line
        if all(len(row) == width + 1 and not row[-1].strip() for row in filled):
            shifted = []  # each ends with the mark
        assert (found.uneven, found.records) == (len(shifted), len(records))
    else:
        assert found.uneven  # a quote that nothing closes; Python takes all that follows for one field


@pytest.mark.parametrize(
    ("content", "place", "found"),
    [
        ("a;b\n1;2\n3;4;5\n1;2;3\n", "2016.csv:3", "this line has 3 fields, and its columns are 2, as in 1 other line"),
        ('a;b\n1;"x\ny"\n3\n4;5\n', "2016.csv:4", "this line has 1 field, and its columns are 2"),
        ("sep=;\na;b\n1;2\n3;4;5\n6;7\n", "2016.csv:4", "this line has 3 fields, and its columns are 2"),
    ],
)
def test_the_first_line_whose_answers_may_have_shifted_is_named(folder, content, place, found):
    (folder / "2016.csv").write_text(content)
    assert problems(open_file, folder / "2016.csv") == [f"W103 data/responses/{place}: cannot be read: {found}."]


def test_lines_that_a_program_ends_with_a_mark_are_right(folder):
    path = folder / "2016.csv"
    path.write_text("a;b\n1;2;\n3;4;\n\n")
    assert answers(path) == {"a": ["1", "3"], "b": ["2", "4"]}
    path.write_text("a;b\n1;2;\n3;4;5\n")
    assert problems(open_file, path)


def test_lines_that_begin_with_their_number_are_told_from_others(folder):
    path = folder / "2016.csv"
    path.write_text('"a";"b"\n"1";5;6\n"2";7;8\n')
    with pytest.raises(ProblemsError, match=r"(?s)2016\.csv:2: .*as R writes lines"):
        open_file(path)
    path.write_text("a;b\n5;6\n1;7;8\n")
    with pytest.raises(ProblemsError, match=r"(?s)2016\.csv:3: .*Save or export it again"):
        open_file(path)
