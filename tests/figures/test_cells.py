"""Cells of a table, found as bytes: each where a reader of CSV finds it, and none that is not certain."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavebook.figures import COLUMNS
from wavebook.figures.cells import Cells, DoubtError, check_text

ROW = "2014,grade,total,,,,6.9,grade,1000,900.5,0.1,6.7,7.1,estimated,report,page 1\n"
N = np.array([1000.0])


def cells_of(body, columns=COLUMNS):
    """The cells of each row, quotes included."""
    cells = Cells.of(body.encode(), columns)
    before = np.concatenate([[-1], cells.ends.T.ravel()[:-1]])
    return [body.encode()[start + 1 : end].decode() for start, end in zip(before, cells.ends.T.ravel(), strict=True)]


@pytest.mark.parametrize("last", ["page 1", "a, b", 'say "x"', '"', "é, ü", ',"', ""])
def test_cells_end_where_a_reader_of_csv_says(last):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([[*COLUMNS[:-1], last], [last, *COLUMNS[1:]]])
    body = text.getvalue()
    read = [cell for row in csv.reader(io.StringIO(body)) for cell in row]
    found = cells_of(body)
    assert [cell[1:-1].replace('""', '"') if cell[:1] == '"' else cell for cell in found] == read


@pytest.mark.parametrize(
    "body",
    [
        ROW.replace("total,", ""),
        ROW.replace("page 1", 'page "1'),
        ROW.replace("page 1", '"page\n1"'),
        ROW + "\n",
        "x\n",
    ],
)
def test_a_row_of_another_form_is_doubted(body):
    with pytest.raises(DoubtError):
        Cells.of(body.encode(), COLUMNS)


@pytest.mark.parametrize("cell", ["6.9", "-6", "7.", ".5", ""])
def test_numbers_are_digits_with_a_point_and_a_sign(cell):
    Cells.of(ROW.replace("6.9", cell).encode(), COLUMNS).check_numbers(N)


@pytest.mark.parametrize("cell", ["6e1", "+6", " 6", "٧", "inf", "6_0", '"6"', "x" * 256, "6" * 300])
@pytest.mark.parametrize("place", ["6.9", "900.5", "7.1"])
def test_what_is_no_number_or_very_long_is_doubted(cell, place):
    with pytest.raises(DoubtError):
        Cells.of(ROW.replace(place, cell).encode(), COLUMNS).check_numbers(N)


@pytest.mark.parametrize(("cell", "n"), [("1.0", 1), ("1000.", 1000), ("007", 7), ("", 5), ("-7", -7), ("99", 100)])
def test_numbers_of_people_are_digits_alone(cell, n):
    with pytest.raises(DoubtError):
        Cells.of(ROW.replace("1000", cell).encode(), COLUMNS).check_numbers(np.array([float(n)]))


@pytest.mark.parametrize(("cell", "n"), [("0", 0), ("9", 9), ("10", 10), ("1000000000000000", 1e15), ("", np.nan)])
def test_any_number_of_people_may_be(cell, n):
    Cells.of(ROW.replace("1000", cell).encode(), COLUMNS).check_numbers(np.array([float(n)]))


@pytest.mark.parametrize(
    ("cell", "may"), [("1.234", True), ("123.456", True), ("0.123", False), ("1234.567", False), ("1.23", False)]
)
def test_a_number_with_three_decimals_may_be_a_thousand_times_as_many(cell, may):
    found = Cells.of((ROW + ROW.replace("6.9", cell)).encode(), COLUMNS)
    assert found.thousands("value").tolist() == [False, may]


@pytest.mark.parametrize("content", [b"a\tb", b"a\rb", b"\x7f", b"\xff", "a\u202eb".encode(), "\x85".encode()])
def test_a_text_with_what_no_reader_sees_is_doubted(content):
    check_text("a\né".encode())
    with pytest.raises(DoubtError):
        check_text(content)


TEXTS = st.text(st.sampled_from('ab,"é 01'), max_size=12) | st.sampled_from(
    ["", "x" * 31, "x" * 32, "x" * 33, "x" * 40]
)


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=12), st.booleans())
def test_columns_of_texts_hold_what_a_reader_of_csv_finds(rows, quoted):
    text = io.StringIO()
    how = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(text, lineterminator="\n", quoting=how).writerows([one, two, three, "end"] for one, two, three in rows)
    names = ["one", "two", "three", "end"]
    cells = Cells.of(text.getvalue().encode(), names)
    for place, name in enumerate(names[:3]):
        codes, contents = cells.texts(name)
        assert [contents[code] for code in codes] == [row[place] for row in rows]
        assert contents == list(dict.fromkeys(row[place] for row in rows))
