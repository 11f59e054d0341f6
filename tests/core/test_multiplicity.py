"""Tests that are judged together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavebook.core.multiplicity import adjusted, holm_level, last_step

sets = st.lists(st.floats(0, 0.2), max_size=8)


@pytest.mark.parametrize(
    ("p_values", "rejected"),
    [
        ([0.05], 1),
        ([0.051], 0),
        ([0.01, 0.04, 0.03], 1),  # 0.01 ≤ 0.05/3, 0.03 > 0.05/2
        ([0.01, 0.02, 0.03], 3),
        ([0.02, 0.02, 0.02], 0),
        ([0.0, 0.9], 1),
    ],
)
def test_holm_rejects_the_smallest_first(p_values, rejected):
    assert sum(p <= holm_level(p_values, 0.05) for p in p_values) == rejected


def test_without_tests_the_level_is_that_of_a_single_one():
    assert holm_level([], 0.05) == 0.05


@given(sets)
def test_holm_rejects_what_its_definition_does(p_values):
    ordered = sorted(p_values)
    passed = [p <= 0.05 / (len(ordered) - place) for place, p in enumerate(ordered)]
    rejected = ordered[: passed.index(False)] if False in passed else ordered
    assert [p for p in ordered if p <= holm_level(p_values, 0.05)] == rejected


@given(sets)
def test_the_level_and_adjusted_p_values_say_the_same(p_values):
    level, made = holm_level(p_values, 0.05), adjusted(p_values)
    for p, q in zip(p_values, made, strict=True):
        assert (p <= level) == (q <= 0.05) or q == pytest.approx(0.05)
    if not any(q == pytest.approx(0.05) for q in made):
        assert last_step(sum(q <= 0.05 for q in made), len(made), 0.05) == level


def test_holm_and_benjamini_hochberg_by_hand():
    p = [0.01, None, 0.02, 0.03, 0.5]
    assert adjusted(p) == pytest.approx([0.04, None, 0.06, 0.06, 0.5])
    assert adjusted(p, "benjamini-hochberg") == pytest.approx([0.04, None, 0.04, 0.04, 0.5])
    assert adjusted([0.6, 0.7]) == [1.0, 1.0]
    assert adjusted([]) == []


def test_what_is_no_number_stays_out_of_the_set():
    assert adjusted([0.02, float("nan"), 0.01]) == pytest.approx([0.02, None, 0.02])


def test_a_method_that_is_not_known_is_refused():
    with pytest.raises(ValueError, match="bonferroni"):
        adjusted([0.1], "bonferroni")
