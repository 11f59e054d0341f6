import pytest
from opened import answers

from wavebook.survey.files.opening import open_file
from wavebook.survey.files.titles import titles_in

TABLE = "id;c;v\n1;1;7\n2;1;8\n"
READ = {"id": ["1", "2"], "c": ["1", "1"], "v": ["7", "8"]}


@pytest.mark.parametrize(
    ("above", "lines"),
    [
        ("", 0),
        ("sep=;\n", 0),
        ("Export van de enquête\n", 1),
        ("Export, najaar 2016\n\n", 2),
        ("Export;;\n;;\n", 2),
        ('"Export; versie ""2"""\n', 1),
        ("Titel: x\nBron: y\nDatum;1-9-2016\n\n", 4),
    ],
)
def test_lines_above_the_names_of_columns_are_left_out_and_told(folder, above, lines):
    path = folder / "2016.csv"
    path.write_text(above + TABLE, encoding="utf-8")
    assert answers(path) == READ
    told = [notice.found for notice in open_file(path).notices]
    many = f"{lines} line" + "s" * (lines > 1)
    assert told == ([f"has {many} above the names of its columns, left out as a title"] if lines else [])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("v\n7\n8\n7\n", ["v"]),
        ("toelichting\nja, goed\nnee, slecht\nja, best\n", ["toelichting"]),
        ("id;Q;\n;A;B\n1;2;3\n", ["id", "Q: A", "Q: B"]),
        ("a;b\n1;2\n", ["a", "b"]),
    ],
)
def test_what_is_no_title_stays(folder, text, names):
    path = folder / "2016.csv"
    path.write_text(text, encoding="utf-8")
    file = open_file(path)
    assert (list(file.variables), file.notices) == (names, ())


def test_a_row_of_numbers_is_no_row_of_names():
    assert titles_in([["Export", "", ""], ["1", "2", "3"], ["4", "5", "6"]]) == 0
    assert titles_in([["Export", "", ""], ["a", "a", "b"], ["4", "5", "6"]]) == 0
    assert titles_in([["Export", "", ""], ["a", "c", "b"]]) == 0
    assert titles_in([]) == 0
