"""The pages of a book in order."""

from __future__ import annotations

from types import SimpleNamespace

from wavebook.pages import records


def test_pages_below_another_come_in_order_and_once_also_where_they_lie_below_each_other():
    env = SimpleNamespace(toctree_includes={"index": ["een", "twee"], "een": ["index", "drie"], "twee": ["drie"]})
    assert records.below(env, "index") == ["een", "drie", "twee"]
    assert records.below(env, "drie") == []
