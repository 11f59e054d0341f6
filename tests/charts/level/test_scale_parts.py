"""The answers of a scale: their sides, their colours, and what is missing of a whole."""

import pytest
from drawn import edition

from wavebook.charts.level.facets import facets_of
from wavebook.charts.level.scale_parts import answers_of, is_over, missing_in, scale_of, stretches_of
from wavebook.charts.theme import colour

NAMES = ("nooit", "soms", "vaak", "altijd", "weet niet")


def row_of(*values, names=NAMES):
    rows = [
        ("2014", f"a.c{i}", value, *([] if value is not None else [{"status": "suppressed"}]))
        for i, value in enumerate(values)
    ]
    selection = edition(rows, a=("percent", names)).select("a")
    [row] = rows = facets_of(selection, "category")
    return row, answers_of(selection, rows), selection.figures


@pytest.mark.parametrize(
    ("middle", "apart", "sides"),
    [
        ((), (), "right right right right right"),
        (("c1",), (), "left middle right right right"),
        (("c1", "c2"), ("c4",), "left left right right apart"),
        ((), ("c0",), "right right right right apart"),
    ],
)
def test_an_answer_lies_on_the_side_that_the_options_say(middle, apart, sides):
    _, columns, figures = row_of(20, 20, 20, 20, 20)
    scale = scale_of(columns, middle, apart, figures)
    assert " ".join(scale.sides) == sides
    assert len({paint.fill for paint in scale.paints.values()}) == 5


def test_few_answers_are_far_apart_in_colour():
    _, columns, figures = row_of(50, 50, names=NAMES[:2])
    assert [p.fill for p in scale_of(columns, (), (), figures).paints.values()] == [colour("ramp-2"), colour("ramp-4")]


def test_what_no_figure_gives_is_missing_and_hidden_answers_are_named():
    row, columns, figures = row_of(20, None, 30, 25, None)
    missing, hidden = missing_in(row, scale_of(columns, (), (), figures), figures)
    assert missing == 25
    assert [column.label for column in hidden] == ["soms", "weet niet"]
    row, columns, figures = row_of(33, 33, 33, names=NAMES[:3])
    assert missing_in(row, scale_of(columns, (), (), figures), figures) == (0, [])


def test_parts_are_more_than_their_whole_only_beyond_rounding():
    assert not is_over(row_of(34, 34, 33, names=NAMES[:3])[0], row_of(1)[2])
    assert is_over(row_of(34, 34, 35, names=NAMES[:3])[0], row_of(1)[2])


def test_stretches_lie_around_the_middle_and_apart_from_zero():
    row, columns, figures = row_of(20, 40, 20, 10, 10)
    found = stretches_of(row, scale_of(columns, ("c1",), ("c4",), figures), figures)
    assert [(part.start, part.stop) for part in found] == [(-40, -20), (-20, 20), (20, 40), (40, 50), (0, 10)]
    assert [part.apart for part in found] == [False] * 4 + [True]
