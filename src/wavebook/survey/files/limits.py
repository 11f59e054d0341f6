"""Bounds on the size of files, and on the amount read at once."""

from __future__ import annotations

IN_MEMORY = 200_000_000  # bytes of needed columns; a larger file passes through Parquet beside it
# Bounds on what a few bytes of a compressed file may expand to. Respondents: more people than most countries have. A
# workbook is laid out in memory whole, with every cell up to the last one: 70 bytes each if it is filled, which takes
# four millionths of a second too, and its texts twice.
ROWS, CELLS, FILLED, LETTERS, UNPACKED = 100_000_000, 10_000_000, 5_000_000, 150_000_000, 1_000_000_000
TAGS = 10 * FILLED  # of a workbook: a cell with a text of its own has six, and a text that it shares four
TEXT, SHEETS, MERGED = 1_000_000, 1_000, 100_000  # letters of a text, of which Excel takes 32,767; sheets
ELEMENTS = 500_000  # of a part beside cells and texts: Excel has at most 65,490 formats
MARKED = 500_000  # cells of a workbook that are read in another way than its reader does
COLUMNS = 20_000  # Excel has 16,384; each takes a millisecond to look at, and a line of a report
MOST_CELLS = 2_000_000_000  # of a file that is not laid out in memory: minutes to look at
FEW_CELLS, DENSEST = 200_000_000, 100  # of more cells, each byte of a Parquet file stands for a hundred at most
LISTED, TEXTS = 5_000_000, 100_000_000  # values in lists, and letters, of a column of a small Parquet file
# What SPSS says of columns: the largest dictionaries take some MB. Its own compressed blocks hold 4 MB each.
DICTIONARY, LABELS, NOTES, BLOCK, PACKED = 50_000_000, 2_000_000, 20_000, 64_000_000, 250_000_000
LINE = 10_000_000  # characters of a line of text: as many columns, with a question of 500 letters above each
SAMPLE_ROWS = 10_000  # rows of a large text file, to find its columns of numbers


def check_width(columns: int) -> None:
    """Raise OSError for a file with more columns than a survey has."""
    if columns > COLUMNS:
        raise OSError(f"it has {columns:,} columns, and at most {COLUMNS:,} are read")
