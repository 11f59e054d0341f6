"""Marks on a door post, of figures made by hand."""

from itertools import combinations

import pytest
from drawn import codes, edition, rows_of, texts

from wavebook import ProblemsError, charts

ROWS = {
    "een": {"2008": 6.7, "2009": 6.6, "2010": 6.7, "2013": 6.8, "2014": 6.9},
    "twee": {"2008": 7.0, "2009": 6.9, "2010": 6.9, "2013": 7.1, "2014": 7.1},
}


def chart_of(rows=ROWS, **options):
    cells = [(year, name, value) for name, values in rows.items() for year, value in values.items()]
    return charts.post("a", edition(cells, **dict.fromkeys(rows, ("grade", ()))).select(*rows, waves="all"), **options)


def strokes(chart):
    """The marks, the highest first, as (middle, height)."""
    found = [
        row for row in rows_of(chart, "rule", "series") if row["y"] == row["y2"] and abs(row["x"] - row["x2"]) > 20
    ]
    return sorted(((row["x"] + row["x2"]) / 2, row["y"], row["series"]) for row in found)


def test_each_series_has_a_side_and_a_mark_for_each_value_that_readers_see():
    marks = strokes(chart_of())
    left, right = ([y for x, y, series in marks if series == name] for name in ROWS)
    assert len(left) == 4
    assert len(right) == 3
    assert max(x for x, _, series in marks if series == "een") < min(x for x, _, series in marks if series == "twee")


def test_marks_are_as_high_as_their_values():
    marks = {series: [] for series in ROWS}
    for _, y, series in sorted(strokes(chart_of()), key=lambda mark: mark[1]):
        marks[series].append(y)
    step = (marks["een"][-1] - marks["een"][0]) / 3  # from 6.9 to 6.6
    assert marks["een"] == pytest.approx([marks["een"][0] + i * step for i in range(4)])
    assert marks["twee"] == pytest.approx([marks["een"][0] - 2 * step, marks["een"][0] - step, marks["een"][0]])


def test_waves_of_the_same_value_share_a_label_and_the_newest_is_bold():
    shown = " ".join(text for text, *_ in texts(chart_of().payload["svg"]["wide"]))
    for label in ("6,9 · 2014", "6,7 · 2008, 2010", "7,1 · 2013, 2014", "6,9 · 2009, 2010"):
        assert label in shown


def many(start):
    return {str(year): start + (year - 2000) * 0.02 for year in range(2000, 2015)}


@pytest.mark.parametrize("rows", [ROWS, {"een": ROWS["een"]}, {"een": many(6.5), "twee": many(6.6)}], ids=str)
@pytest.mark.parametrize(("variant", "width"), [("wide", 640), ("narrow", 320)])
def test_labels_stay_apart_and_within_the_picture(rows, variant, width):
    found = texts(chart_of(rows).payload["svg"][variant])
    assert all(left >= -0.5 and right <= width + 0.5 for _, left, _, right, _ in found)
    for one, other in combinations(found, 2):
        apart = one[3] <= other[1] + 1 or other[3] <= one[1] + 1 or one[4] <= other[2] + 1 or other[4] <= one[2] + 1
        assert apart, (one, other)


def test_what_is_not_highlighted_is_grey():
    plain, lit = (chart_of(**asked).payload["svg"]["wide"] for asked in ({}, {"highlight": "een"}))
    assert plain.count("--chart-1") > lit.count("--chart-1") > 0
    assert "--chart-2" not in plain  # the side tells the series apart


def test_every_wave_can_be_explored_and_is_told():
    payload = chart_of().payload
    assert len(payload["points"]) == 10
    assert payload["summary"].startswith("Streepjes op een deurpost. Een: 6,7 in 2008,")
    assert len(payload["table"]["rows"]) == 5


def test_a_post_has_two_sides():
    with pytest.raises(ProblemsError) as error:
        chart_of({name: {"2014": 6.5} for name in ("een", "twee", "drie")})
    assert codes(error) == ["W333"]
