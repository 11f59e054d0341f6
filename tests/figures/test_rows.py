"""Rows by column are the figures that they were made of, found by key."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavebook.core.units import GRADE, PERCENT
from wavebook.figures import KEY_COLUMNS, Figure, Key
from wavebook.figures.rows import Column, Rows

NAMES = st.sampled_from(["", "a", "b", "c_d"])
NUMBERS = st.none() | st.floats(0, 100)
KEYS = st.builds(Key, st.sampled_from(["2010", "2012", "2014"]), NAMES, NAMES, NAMES, NAMES, NAMES)
FIGURES = st.builds(
    Figure,
    *(KEYS, NUMBERS, st.sampled_from([GRADE, PERCENT]), st.integers(0, 2), st.none() | st.integers(0, 10**15)),
    *([NUMBERS] * 4),
    *(st.sampled_from(["published", "suppressed"]), NAMES, NAMES),
)


@given(st.lists(FIGURES), KEYS)
def test_rows_are_a_mapping_of_the_figures_by_key(figures, key):
    by_key = {figure.key: figure for figure in figures}
    made = Rows.of(figures)
    assert dict(made) == by_key
    assert list(made) == list(by_key)
    assert made.get(key) == by_key.get(key)
    assert (key in made) == (key in by_key)
    again = Rows(made.words, made.numbers)  # without the figures that it was made of
    assert dict(again) == by_key
    assert [type(f.n) for f in again.values()] == [type(f.n) for f in by_key.values()]
    assert repr(list(again.in_parts())) == repr(list(by_key.values()))


def test_very_many_figures_are_gone_through_in_parts(monkeypatch):
    monkeypatch.setattr("wavebook.figures.rows._KEPT", 3)
    monkeypatch.setattr("wavebook.figures.rows._PART", 2)
    key = Key("2014", "a", "", "", "", "")
    numbers = (0.5, GRADE, 1, None, None, 0.25, None, None, "published", "x", "y")
    figures = [Figure(key._replace(segment=str(at)), *numbers) for at in range(7)]
    assert list(Rows.of(figures).values()) == figures


@given(st.lists(FIGURES))
def test_some_rows_are_those_figures_in_that_order(figures):
    made = Rows.of(figures)
    places = np.arange(len(made))[::-2]
    assert list(made.take(places).values()) == list(made.values())[::-2]


def test_a_figure_that_was_made_is_the_same_object_when_asked_again(small):
    made = Rows.of(list(small.load()))
    made = Rows(made.words, made.numbers)
    assert all(made[key] is made[key] for key in made)


def test_rows_with_the_same_figures_have_one_hash_and_others_another(small):
    figures = list(small.load())
    made = Rows.of(figures)
    some = Rows.of([*figures[2:], replace(figures[0], source="x")])
    assert made.digest == Rows.of(figures).digest
    assert Rows.of(figures[2:]).digest == some.take(np.arange(len(figures) - 2)).digest
    for changed in ({"value": 0.5}, {"n": 7}, {"source": "x"}, {"key": figures[-1].key._replace(category="x")}):
        assert Rows.of([*figures[:-1], replace(figures[-1], **changed)]).digest != made.digest


def test_more_keys_than_a_number_of_64_bits_can_tell_apart_are_told_apart():
    codes, values = np.arange(3, dtype=np.int32), [*range(10_000)]
    words = {name: Column(codes, values) for name in KEY_COLUMNS}
    rows = Rows(words, {"value": np.zeros(3)})
    assert [rows.find(Key(*[at] * 6)) for at in range(4)] == [0, 1, 2, None]


@pytest.mark.parametrize(("contents", "used"), [("abba", ["a", "b"]), ("", []), ("ba", ["b", "a"])])
def test_a_column_has_each_content_once(contents, used):
    column = Column.of(contents)
    assert column.used() == used
    assert column.having("a", "z").tolist() == [letter == "a" for letter in contents]
