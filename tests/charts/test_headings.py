"""Headings of columns."""

from itertools import combinations

from drawn import texts

from wavebook.charts.drawing import draw_both
from wavebook.charts.headings import headings, height_of
from wavebook.charts.marks import frame

NAMES = ["Noord-Holland", "Zuid-Holland", "Gelderland", "Utrecht", "Limburg", "Zeeland"]


def drawn(names, cell):
    tall = height_of(names, cell)
    made = draw_both("a", lambda width: frame(headings(names, 100, cell, tall, width), width, tall + 10))
    return texts(made.svg["wide"])


def apart(found):
    return not [
        (a[0], b[0])
        for a, b in combinations(found, 2)
        if a[1] < b[3] and b[1] < a[3] and a[2] + 1 < b[4] and b[2] + 1 < a[4]
    ]


def test_headings_stand_above_their_columns_where_they_fit():
    found = drawn(["18–34 jaar", "35–49 jaar"], 90)
    assert [text for text, *_ in found] == ["18–34 jaar", "35–49 jaar"]
    assert found[0][2] == found[1][2]


def test_headings_that_do_not_fit_are_stairs_inside_the_picture():
    found = drawn(NAMES, 540 / 6)
    assert height_of(NAMES, 90) == 6 * 16
    assert sorted(text for text, *_ in found) == sorted(NAMES)
    assert apart(found)
    assert all(left >= 0 and right <= 640 for _, left, _, right, _ in found)
