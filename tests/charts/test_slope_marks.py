"""Lines between two waves in both widths: nothing is cut off, and each end can be reached."""

from itertools import combinations

import pytest
import spotted
from drawn import edition, texts

from wavebook import charts
from wavebook.charts.svg import size

NAMES = tuple(f"{name}_{i}" for i in range(5) for name in ("de_overheid_houdt_rekening_met_mij", "post", "zuil"))


@pytest.fixture(scope="module")
def chart():
    rows = [(year, name, 50 + i % 4) for i, name in enumerate(NAMES) for year in ("2008", "2014")]
    chosen = edition(rows, **dict.fromkeys(NAMES, ("percent", ()))).select(*NAMES, waves="both")
    return charts.slope("a", chosen, note={"post_0": "een opmerking die op meer dan één regel staat " * 2})


def test_no_text_is_cut_off_and_none_lies_over_another(chart):
    for svg in chart.payload["svg"].values():
        width, height = size(svg)
        found = texts(svg)
        for _, left, top, right, bottom in found:
            assert min(left, top) > -2
            assert right < width + 2
            assert bottom < height + 2
        for a, b in combinations(found, 2):
            assert a[3] <= b[1] + 1 or b[3] <= a[1] + 1 or a[4] <= b[2] + 1 or b[4] <= a[2] + 1, (a, b)


def test_each_end_has_an_area_of_its_own(chart):
    for areas, _ in spotted.boxes(chart.payload):
        assert len(areas) == 30
        assert all(min(area[2] - area[0], area[3] - area[1]) > 8 for area in areas)
        assert spotted.overlapping(areas, 0.5) == []
