"""Bounds on the size of files, and on the amount read at once."""

from __future__ import annotations

IN_MEMORY = 200_000_000  # bytes of needed columns; a larger file passes through Parquet beside it
# Bounds on what a few bytes of a compressed file may expand to. Respondents: more people than most countries have. A
# workbook is laid out in memory whole, with every cell up to the last one: 100 bytes each, so 2 GB, and as much text.
ROWS, CELLS, LETTERS = 100_000_000, 20_000_000, 2_000_000_000
SAMPLE_ROWS = 10_000  # rows of a large text file, to find its columns of numbers
