"""The pages of a book in order."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from wavebook.pages import records
from wavebook.pages.records import read_trend


def test_pages_below_another_come_in_order_and_once_also_where_they_lie_below_each_other():
    env = SimpleNamespace(toctree_includes={"index": ["een", "twee"], "een": ["index", "drie"], "twee": ["drie"]})
    assert records.below(env, "index") == ["een", "drie", "twee"]
    assert records.below(env, "drie") == []


@pytest.mark.parametrize(
    ("text", "form", "key"),
    [
        ("rose<grade@2010..2014>", "rose", "grade@2010..2014"),
        ("grade", "", "grade"),
        ("<grade>", "", "grade"),
        ("rose <grade", "rose ", "grade"),
        ("a<b<c>", "a", "b<c"),
        ("", "", ""),
        ("more\nlines<grade>", "more\nlines", "grade"),
    ],
)
def test_a_trend_has_a_form_and_a_key(text, form, key):
    assert read_trend(text) == (form, key)
