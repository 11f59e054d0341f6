"""Dots in both widths: nothing is cut off, and each can be reached."""

from itertools import combinations

import pytest
import spotted
from drawn import edition, texts

from wavebook import charts
from wavebook.charts.svg import size

NAMES = ("de_overheid_houdt_rekening_met_mij_en_de_mijnen", "post", "zuil")
YEARS = ("2008", "2010", "2013", "2014")


@pytest.fixture(scope="module", params=[0, 2])
def chart(request):
    around = request.param
    rows = [
        (year, f"{name}.c0", value + i, {"ci_low": value + i - around, "ci_high": value + i + around} if around else {})
        for i, year in enumerate(YEARS)
        for name, value in zip(NAMES, (2, 50, 94), strict=True)
    ]
    figures = edition(rows, **dict.fromkeys(NAMES, ("percent", ("ja",))))
    return charts.dots(
        "a", figures.select(*NAMES, waves="all"), reference="post.c0", note={"post": "een opmerking " * 9}
    )


def test_no_text_is_cut_off_and_none_lies_over_another(chart):
    for svg in chart.payload["svg"].values():
        width, height = size(svg)
        found = texts(svg)
        assert all(left > -2 and right < width + 2 and bottom < height + 2 for _, left, _, right, bottom in found)
        for a, b in combinations(found, 2):
            assert a[3] <= b[1] + 1 or b[3] <= a[1] + 1 or a[4] <= b[2] + 1 or b[4] <= a[2] + 1, (a, b)


def test_each_dot_has_an_area_of_its_own(chart):
    for areas, _ in spotted.boxes(chart.payload):
        assert len(areas) == 12
        assert all(min(area[2] - area[0], area[3] - area[1]) > 8 for area in areas)
        assert spotted.overlapping(areas, 0.5) == []
