import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opened import problems

from wavebook.survey.files.lines import looked_through
from wavebook.survey.files.opening import open_file


@settings(max_examples=4 * settings.default.max_examples, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text('";\na', max_size=30), st.integers(1, 3), st.integers(1, 9))
def test_lines_that_are_uneven_are_counted_as_pythons_reader_does(tmp_path, text, width, block):
    path = tmp_path / "2016.csv"
    path.write_text(text)
    rows = list(csv.reader(io.StringIO(text + "\nend", newline=""), delimiter=";"))
    found = looked_through(path, "utf-8", ";", width, block)
    if rows[-1] == ["end"]:
        shifted = [row for row in rows[:-1] if len(row) != width and (len(row) > width or any(map(str.strip, row)))]
        records = [*csv.reader(io.StringIO(text, newline=""), delimiter=";")]
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
