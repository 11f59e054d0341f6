import csv
import io
import json

import pytest

from wavebook.core import writing


def test_a_table_has_its_columns_in_order_and_no_others():
    rows = [{"n": 12, "wave": "2014", "unit": "grade"}, {"wave": "2010", "n": None}, {"wave": "2008"}]
    assert writing.csv_table(["wave", "n"], rows) == "wave,n\n2014,12\n2010,\n2008,\n"


@pytest.mark.parametrize("cell", ["a,b", 'zegt "ja"', "twee\nregels", " ", "é"])
def test_every_cell_is_read_back_as_it_was(cell):
    text = writing.csv_lines([[cell, "b"]])
    assert list(csv.reader(io.StringIO(text, newline=""))) == [[cell, "b"]]


def test_a_record_is_read_back_and_ends_its_last_line():
    content = {"b": ["één", 1.5, None], "a": {}}
    made = writing.json_file(content)
    assert json.loads(made) == content
    assert "één".encode() in made
    assert made.endswith(b"}\n")
    assert list(json.loads(writing.json_file(content, in_order=True))) == ["a", "b"]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("=1+1", "'=1+1"), ("-", "-"), ("bladzijde 12", "bladzijde 12"), ("zie;=1+1", "zie;'=1+1"), ("@x", "'@x")],
)
def test_no_spreadsheet_takes_a_text_for_a_formula(cell, safe):
    assert writing.as_text(cell) == safe
