"""A table that is read by column is as it is row by row, and none with a fault is."""

from __future__ import annotations

import csv
import io

import pytest
from crossed import AGES, cross, without_populations
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wavebook.core import files
from wavebook.core.problems import ProblemsError
from wavebook.definitions import load_definitions
from wavebook.figures import COLUMNS, figures_of, load_table, parted
from wavebook.figures.quick import load_rows

TABLE = "figures/2014.csv"
NUMBERS = """7 6.9 7.0 1.234 12.345 1234 1.000 1e3 1000 -5 -.5 5. . - +7 ٧ nan inf 0.5 99.5 100.5 10,5 1_000 0x1 1-2
True NA 1000000000000001 2014 2013""".split()
NAMES = """grade share total citizens theme work school yes no maybe percent published estimated provisional suppressed
perturbed revised report Grade é""".split()
ODD = (
    "",
    " ",
    " 7",
    "7 ",
    "9" * 400,
    "page 1",
    'say "x"',
    "a\nb",
    "\u202e",
    "a\u200bb",
    "❤\ufe0f",
    "\x07",
    "\x85",
    "grade ",
)
CELLS = [*NUMBERS, *NAMES, *ODD]
EDITS = st.tuples(st.integers(0, 6), st.sampled_from(COLUMNS), st.sampled_from(CELLS))


def by_row(root, definitions):
    """What reading row by row gives, or None where it finds a problem."""
    try:
        return figures_of(load_table(root, definitions), definitions)
    except ProblemsError:
        return None


def in_parts(root, definitions):
    """What reading a large table gives, or None where it finds a problem."""
    try:
        return list(parted.load_parts(root, definitions).values())
    except ProblemsError:
        return None


def compare(small, whole=True, parts=True):
    definitions = load_definitions(small.root)
    slow, quick = by_row(small.root, definitions), load_rows(small.root, definitions, whole=whole)
    if quick is not None:
        assert slow == list(quick.values())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "PIECE", 150)  # a few rows
        pieces = load_rows(small.root, definitions, whole=whole)
        patch.setattr(parted, "_ROWS", 2)
        if parts:
            assert in_parts(small.root, definitions) == slow
    if pieces is not None:
        assert slow == list(pieces.values())
    assert pieces is not None or quick is None
    return slow, quick


def test_the_book_of_this_repository_is_read_by_column(root):
    definitions = load_definitions(root)
    quick = load_rows(root, definitions, whole=True)
    assert list(quick.values()) == by_row(root, definitions)


@pytest.mark.parametrize("rules", ["", '[disclosure]\nminimum_base = 30\ndominance_share = 50\nsource = "x"\n'])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(EDITS, max_size=3))
def test_a_table_is_read_the_same_or_left_alone(small, rules, edits):
    """Cells of a faultless table are replaced by others; the methods of ``small`` give it back afterwards."""
    before = {name: small.path(name).read_bytes() for name in (TABLE, "waves.toml")}
    small.edit("waves.toml", "baseline = 2010\n", f"baseline = 2010\n{rules}")
    rows = list(csv.DictReader(io.StringIO(before[TABLE].decode(), newline="")))
    rows[0] |= {"n": "20", "n_effective": "18.5", "se": "0.1", "ci_low": "6.7", "ci_high": "7.1"}
    for at, column, cell in edits:
        rows[at][column] = cell
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    small.write(TABLE, text.getvalue())
    try:
        assert compare(small, parts=not edits)[1] is not None or edits
    finally:
        for name, content in before.items():
            small.write(name, content)


LINE = "2014,grade,total,,,,6.9,grade,,,,,,published,report,page 1"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n2014,share,total,,,yes", "\n\n2014,share,total,,,yes"),  # a blank line
        (LINE, LINE + ","),  # a cell too many
        (LINE, LINE.removesuffix(",page 1")),  # one too few
        (LINE, LINE.replace("page 1", '"page 1')),  # a quote that is not closed
        (LINE, LINE.replace("page 1", 'pa"ge" 1')),  # quotes inside a cell
        (LINE, LINE.replace("page 1", '"page" 1')),
        (LINE, LINE.replace("page 1", '"page\n1"')),  # a line end inside one
        (LINE, f"{LINE}\n{LINE}"),  # twice
        (LINE, f"{LINE}\r"),
        ("wave,indicator", "indicator,wave"),
        ("wave,indicator", "wave;indicator"),
    ],
)
def test_a_table_of_a_rare_form_or_with_a_fault_is_left_to_the_other_reader(small, old, new):
    small.edit(TABLE, old, new)
    if "\r" not in new:  # a lone one among other line ends
        assert compare(small)[1] is None
    compare(small)


@pytest.mark.parametrize("cell", ['"page 1, table 2"', '"say ""x"""', '""', "§ 2", "page 1"])
def test_quoted_cells_and_letters_of_any_language_are_read(small, cell):
    small.edit(TABLE, LINE, LINE.replace("page 1", cell))
    slow, quick = compare(small)
    assert (quick is None) == (cell == '""')
    assert (slow is None) == (cell == '""')


def test_line_ends_of_another_system_a_mark_and_a_missing_last_end_change_nothing(small):
    text = small.path(TABLE).read_text(encoding="utf-8")
    for other in (text.replace("\n", "\r\n"), "\ufeff" + text, text.rstrip("\n"), text + "\n\n"):
        small.write(TABLE, other.encode())
        assert compare(small)[1] is not None


@pytest.mark.parametrize("gone", ["2014,share,total,,,maybe", "2014,grade,citizens", "2014,grade,total,theme,work"])
def test_what_is_declared_and_unused_is_for_the_other_reader_except_in_an_excerpt(small, gone):
    text = small.path(TABLE).read_text(encoding="utf-8")
    small.write(TABLE, "".join(line for line in text.splitlines(keepends=True) if not line.startswith(gone)))
    assert compare(small) == (None, None)
    small.write("EXCERPT", "x")
    assert compare(small, whole=False)[1] is not None


def test_a_wave_without_a_table_and_a_table_without_a_wave_are_for_the_other_reader(small):
    small.write("figures/2015.csv", small.path(TABLE).read_bytes())
    assert compare(small) == (None, None)
    small.path("figures/2015.csv").unlink()
    small.path("figures/2013.csv").unlink()
    assert compare(small) == (None, None)


def test_a_crossing_that_no_figure_uses_is_for_the_other_reader(small):
    small.edit("indicators.toml", "[bases.people]", AGES + "\n[bases.people]")
    for age in ("18_34", "35_up"):
        small.add("2014", indicator="grade", segment_by="age", segment=age, value="7", unit="grade")
    assert compare(small) == (None, None)
    small.write("EXCERPT", "x")
    assert compare(small, whole=False)[1] is not None


def test_crossed_breakdowns_are_read_by_column(small):
    cross(small)
    quick = compare(small)[1]
    assert {"work*18_34", "school*35_up"} <= {figure.key.segment for figure in quick.values()}
    for cell in ("work*", "work", "work*18_34*35_up", "18_34*work"):
        small.add("2014", indicator="grade", segment_by="theme*age", segment=cell, value="7", unit="grade")
        assert compare(small)[1] is None
        text = small.path(TABLE).read_text(encoding="utf-8")
        small.write(TABLE, text[: text.rstrip("\n").rindex("\n") + 1].encode())
    assert compare(small)[1] is not None


@pytest.mark.parametrize("column", [True, False], ids=["an empty column", "no column"])
def test_tables_of_a_book_without_populations_are_read_by_column(small, column):
    without_populations(small, column)
    assert compare(small)[1] is not None


def test_a_table_without_the_column_of_a_declared_population_is_left_to_the_other_reader(small):
    before = small.path("indicators.toml").read_bytes()
    without_populations(small, column=False)
    small.write("indicators.toml", before)
    assert compare(small) == (None, None)


@pytest.mark.parametrize("count", [1, 255, 256, 257, 300, 512])
def test_a_number_with_any_number_of_odd_characters_is_left_to_the_other_reader(small, count):
    small.row("2014", 2, value=" " * count + "6.9")
    assert compare(small)[1] is None
