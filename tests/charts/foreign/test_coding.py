"""What the marks of a specification encode."""

import pytest

from wavebook.charts.foreign.coding import (
    Coded,
    codings,
    everywhere,
    marks_in,
    prettily,
    scales_in,
    stacks_in,
    transforms_in,
)

SCALES = {"x": "linear", "t": "time", "colour": "ordinal", "y": "band"}


@pytest.mark.parametrize(
    ("entry", "kind", "field"),
    [
        ({"scale": "x", "field": "a"}, "number", "a"),
        ({"scale": "t", "field": "a"}, "time", "a"),
        ({"scale": "y", "field": "a"}, "name", "a"),
        ({"field": "a"}, "px", "a"),
        ({"scale": "x", "field": "a\\.b"}, "number", "a.b"),
        ({"scale": "x", "field": "['a b']"}, "number", "a b"),
        ({"scale": "x", "signal": 'datum["a"] + 1'}, "number", "a"),
        ({"signal": 'scale("x", datum["a"])'}, "number", "a"),
        ([{"test": "x", "value": 3}, {"scale": "x", "field": "a"}], "number", "a"),
        ({"scale": "x", "value": 1, "offset": {"scale": "y", "field": "a"}}, "name", "a"),
    ],
)
def test_a_field_is_found_however_it_is_written(entry, kind, field):
    coded, _ = codings({"encode": {"update": {"x": entry}}}, SCALES)
    assert coded == [Coded("x", field, kind)]


def test_texts_and_constants_are_told_apart_from_what_is_only_for_a_screen_reader():
    update = {
        "text": {"signal": 'format(datum["a"], "")'},
        "description": {"signal": 'datum["b"]'},
        "y": {"scale": "x", "value": 15},
        "x": {"value": 12},
        "width": {"field": {"group": "width"}},
        "fill": {"scale": "colour", "value": 3},
    }
    coded, constants = codings({"name": "m", "encode": {"update": update}}, SCALES)
    assert coded == [Coded("text", "a", "text")]
    assert [(c.mark, c.channel, c.value) for c in constants] == [("m", "y", 15)]


def test_marks_scales_and_steps_are_found_however_deep():
    inner = {"marks": [{"type": "rect", "name": "b"}], "scales": [{"name": "y", "type": "band"}]}
    stack = {"type": "stack", "field": "v", "as": ["a", "b"], "groupby": ["g"]}
    vega = {
        "data": [{"values": [{"transform": [{"type": "no"}]}]}, {"transform": [stack]}],
        "marks": [{"type": "group", **inner}, {"type": "symbol", "name": "a"}],
        "scales": [{"name": "x"}],
    }
    assert [mark["name"] for mark in marks_in(vega)] == ["b", "a"]
    assert scales_in(vega) == {"x": "linear", "y": "band"}
    assert [step["type"] for step in transforms_in(vega)] == ["stack"]
    assert [(s.field, s.ends, s.offset, s.groups) for s in stacks_in(vega)] == [("v", ("a", "b"), "zero", ("g",))]
    assert list(everywhere(vega, "groupby")) == [["g"]]


@pytest.mark.parametrize(
    ("field", "told"),
    [("sum_v", "sum of v"), ("mean_a_b", "mean of a_b"), ("__count", "count of rows"), ("summary", "summary")],
)
def test_a_computed_column_is_named_as_its_editor_wrote_it(field, told):
    assert prettily(field) == told
