"""A large table is read in parts, as it is as a whole, and a fault in it is told without reading the rest."""

import pytest
from hostile import codes

from wavebook.core import files
from wavebook.core.problems import ProblemsError
from wavebook.figures import parted

TABLE = "figures/2014.csv"
LAST = "is the last row that was checked"


@pytest.fixture
def large(small, monkeypatch):
    """A small book whose tables are taken for large ones."""
    monkeypatch.setattr(parted, "_ROWS", 3)
    monkeypatch.setattr(files, "PIECE", 1)
    return small


def test_rows_with_a_fault_are_named_and_those_below_are_not_read(large):
    large.row(2014, 3, value="zes")
    large.row(2014, 8, value="acht")
    assert large.problems() == [
        "W213 data/figures/2014.csv:3: value is 'zes', not a number",
        f"W212 data/figures/2014.csv:4: {LAST}",
    ]


def test_a_figure_that_stands_in_two_parts_is_named_by_its_line(large):
    text = large.path(TABLE).read_text()
    large.write(TABLE, text + text.splitlines()[1] + "\n")
    line = text.count("\n") + 1
    assert large.problems() == [f"W215 data/figures/2014.csv:{line}: this figure is in the file twice"]


def test_no_more_than_a_thousand_problems_are_told_of_a_table(large, monkeypatch):
    monkeypatch.setattr(parted, "_ROWS", 10)
    monkeypatch.setattr(parted, "_TOLD", 2)
    for line in range(2, 7):
        large.row(2014, line, value="zes")
    assert large.problems()[2:] == [f"W212 data/figures/2014.csv:8: {LAST}, and 3 further problems are not named"]


def test_rows_of_another_width_end_the_reading(large, monkeypatch):
    from wavebook.core import tables

    monkeypatch.setattr(tables, "_UNEVEN", 3)
    large.write(TABLE, large.path(TABLE).read_text() + "1\n" * 50)
    found = large.problems()
    assert len(found) < 6
    assert found[-1].endswith(LAST)


@pytest.mark.parametrize(
    ("change", "code"), [("gone", "W211"), ("empty", "W211"), ("unused", "W205"), ("other", "W211")]
)
def test_tables_and_declarations_that_do_not_match_are_found_too(large, change, code):
    text = large.path(TABLE).read_text()
    large.write(TABLE, text.replace("page 1", '"page\n1"', 1))  # so that it is not read by column
    if change == "gone":
        large.path("figures/2013.csv").unlink()
    elif change == "empty":
        large.write(TABLE, text.splitlines()[0] + "\n")
    elif change == "unused":
        large.write(TABLE, "".join(line + "\n" for line in text.splitlines() if ",maybe," not in line))
    else:
        large.write("figures/2015.csv", text)
    with pytest.raises(ProblemsError) as error:
        large.load()
    assert codes(error.value) == {code}
