import pytest

from wavebook.core.problems import ProblemsError
from wavebook.core.tables import read_csv, read_parts


def rows(tmp_path, content: str | bytes):
    path = tmp_path / "t.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_csv(path, "t.csv", ["a", "b"], "W212")


def test_rows_are_texts_by_their_line(tmp_path):
    table, uneven = rows(tmp_path, '\ufeffb,a\n\n1,"two\nlines"\n,é\n')
    assert not uneven
    assert {line: list(row) for line, row in zip(table.index, table.itertuples(index=False), strict=True)} == {
        3: ["two\nlines", "1"],
        5: ["é", ""],
    }


def test_a_row_with_a_cell_too_many_or_too_few_is_named_and_the_others_are_read(tmp_path):
    table, uneven = rows(tmp_path, "a,b\n1\n2,3\n4,5,6\n")
    assert [problem.place for problem in uneven] == ["t.csv:2", "t.csv:4"]
    assert list(table.index) == [3]


def test_rows_are_read_so_many_at_a_time_by_their_lines(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('a,b\r1,2\r\n3,"4\n5"\n\n6,7\n8\n')
    found = list(read_parts(path, "t.csv", ["a", "b"], "W212", rows=2))
    assert [list(table.index) for table, _ in found] == [[2, 3], [6]]
    assert [[problem.place for problem in uneven] for _, uneven in found] == [[], ["t.csv:7"]]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", "t.csv: is empty"),
        ("a;b\n1;2\n", "t.csv: has ';' between its cells"),
        ("a,c\n", "t.csv: column b is missing"),
        ("a,b,c\n", "t.csv: column 'c' is not known"),
        ("a,b,b\n", "t.csv: column b is there twice"),
        ('a,b\n"1,2\n', "t.csv:2: cannot be read as CSV"),
        (b"a,b\n1,\xff\n", "t.csv:2: is not UTF-8"),
        ("a,b\n1,\x07\n", "t.csv:2: holds a control character"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_with_its_place(tmp_path, content, found):
    with pytest.raises(ProblemsError, match=f"W212 {found}"):
        rows(tmp_path, content)
