"""Pairs of figures of two waves: their order, differences and words."""

import pytest
from drawn import edition

from wavebook.charts.options import Options, read
from wavebook.charts.pairs import by_change, difference, pair_checks, pair_points, pairs_told
from wavebook.charts.rows import series_of

PAIRS = {"a": (40, 45), "b": (50, 48), "c": (30, 42)}


def chosen(pairs=PAIRS, unit="percent"):
    rows = [(y, name, value) for name, pair in pairs.items() for y, value in zip(("2008", "2014"), pair, strict=True)]
    return edition(rows, **dict.fromkeys(pairs, (unit, ()))).select(*pairs, waves="both")


@pytest.mark.parametrize(("sort", "order"), [(None, "abc"), ("descending", "cab"), ("ascending", "bac")])
def test_pairs_are_sorted_by_their_change(sort, order):
    options, _ = read({"sort": sort}, ("sort",), "change", chosen())
    assert "".join(row.label for row in by_change(series_of(chosen()), options)) == order


@pytest.mark.parametrize(
    ("pair", "unit", "size"),
    [
        ((10.4, 11.6), "percent", "+1 procentpunt"),
        ((7.0, 6.97), "grade", "0,0"),
        ((6.97, 7.08), "grade", "+0,1"),
        ((50, 48), "percent", "−2 procentpunt"),
    ],
)
def test_a_difference_is_as_exact_as_its_figures_are_known(pair, unit, size):
    [row] = series_of(chosen({"a": pair}, unit))
    assert difference(row, "nl") == size


def test_few_pairs_are_told_one_by_one_and_the_later_point_tells_the_difference():
    rows = series_of(chosen())
    assert pairs_told(rows, chosen().figures)[1] == "B: van 50 procent naar 48 procent"
    assert "".join(pair_points(rows[0], chosen().figures)[1]["says"]).endswith("verschil met 2008: +5 procentpunt")


def test_a_figure_without_its_pair_is_named():
    single = edition([("2014", "a", 50)], a=("percent", ())).select("a")
    wrong = [found for is_wrong, _, found, _ in pair_checks(series_of(single), single) if is_wrong]
    assert wrong == ["needs 2008 and 2014 of a"]
    assert Options(single.figures).sort is None
