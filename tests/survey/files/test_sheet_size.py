"""A workbook that would fill the memory, or take minutes, is refused while it is measured."""

import io

import pytest

from wavebook.survey.files import limits
from wavebook.survey.files.sheet_size import Measure

CELL, LONG = "<c><v>1</v></c>", f'<c t="inlineStr"><is><t>{"x" * 900_000}</t></is></c>'
BOMBS = {  # a limit and its value here, the parts, and what is said
    "cells": ("FILLED", 9, [f"<row>{CELL * 10}</row>"], "it has more than 9 cells; as .sav or .csv they are read"),
    "cells of two sheets": ("FILLED", 9, [f"<row>{CELL * 5}</row>"] * 2, "more than 9 cells"),
    "room": ("CELLS", 99, [f'<row r="20">{CELL * 5}</row>'], "room for 100 cells up to the last one"),
    "room by a place": ("CELLS", 99, ['<row><c r="E20"/></row>'], "room for 100 cells"),
    "texts": ("FILLED", 9, ["<si><t>x</t></si>" * 10], "more than 9 texts"),
    "pieces of a text": ("FILLED", 9, ["<si>" + "<r><t>x</t></r>" * 14 + "</si>"], "more than 27 pieces"),
    "letters": ("LETTERS", 2_000_000, [f"<row>{LONG * 3}</row>"], "take more than 2 MB"),
    "one text, often": (
        "LETTERS",
        2_000_000,
        ["<si><t>" + "x" * 900_000 + "</t></si>", "<row>" + '<c t="s"><v>0</v></c>' * 3 + "</row>"],
        "take more than 2 MB",
    ),
    "formats": ("ELEMENTS", 9, ["<numFmt/>" * 10], "more than 9 elements beside its cells"),
    "columns": ("ELEMENTS", 9, ["<col/>" * 10], "more than 9 elements"),
    "names": ("DICTIONARY", 4_000_000, ["<definedName>" + "x" * 900_000 + "</definedName>"] * 5, "4 MB of text beside"),
    "merged": ("MERGED", 9, ["<mergeCell/>" * 10], "more than 9 of its cells are merged"),
    "sheets": ("SHEETS", 9, ["<sheet/>" * 10], "more than 9 sheets"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_expands_beyond_a_limit_is_refused(monkeypatch, name):
    limit, value, parts, said = BOMBS[name]
    monkeypatch.setattr(limits, limit, value)
    with pytest.raises(OSError, match=said):
        measured(*parts)


def measured(*parts):
    measure = Measure()
    for part in parts:
        measure.add(io.BytesIO(f"<x>{part}</x>".encode()))
    return measure


def test_what_is_counted_is_what_there_is():
    texts = "<si><t>abc</t></si><si><r><t>d</t></r><r><t>e</t></r></si>"
    cells = '<row r="3"><c r="B3" t="s"><v>1</v></c></row><row><c t="inlineStr"><is><t>xy</t></is></c></row>'
    measure = measured(texts, cells)
    assert (measure.filled, measure.room, measure.total) == (2, 8, 4)
    assert measure.letters.tolist() == [3, 2]
