"""Stacked bars in both widths: nothing is cut off, and small parts can be reached."""

from itertools import combinations

import spotted
from drawn import edition, texts

from wavebook import charts
from wavebook.charts.svg import size

SCALE = ("helemaal mee oneens", "mee oneens", "niet eens, niet oneens", "mee eens", "helemaal mee eens", "weet niet")
NAMES = ("de_overheid_houdt_rekening_met_mij", "post", "zuil")
SHARES = ((0, 1, 1, 1, 97, 0), (100, 0, 0, 0, 0, 0), (16, 17, 17, 17, 16, 17))


def chart():
    rows = [("2014", f"{n}.c{i}", v) for n, shares in zip(NAMES, SHARES, strict=True) for i, v in enumerate(shares)]
    figures = edition(rows, **dict.fromkeys(NAMES, ("percent", SCALE)))
    note = {"post.c0": "een opmerking die te lang is voor één regel, en dus op meer dan één regel staat"}
    return charts.stacked("a", figures.select(*NAMES), middle="c2", apart="c5", note=note)


def test_no_text_is_cut_off_and_none_lies_over_another():
    for svg in chart().payload["svg"].values():
        width, height = size(svg)
        found = texts(svg)
        assert all(left > -2 and right < width + 2 and bottom < height + 2 for _, left, _, right, bottom in found)
        for a, b in combinations(found, 2):
            assert a[3] <= b[1] + 1 or b[3] <= a[1] + 1 or a[4] <= b[2] + 1 or b[4] <= a[2] + 1, (a, b)


def test_each_part_has_an_area_even_without_any_width():
    for areas, _ in spotted.boxes(chart().payload):
        assert len(areas) == 18
        assert all(min(area[2] - area[0], area[3] - area[1]) > 8 for area in areas)
        assert spotted.overlapping(areas, 0.5) == []


def test_what_nobody_answered_apart_has_room_for_its_value():
    rows = [("2014", f"post.c{i}", value) for i, value in enumerate((50, 50, 0))]
    found = edition(rows, post=("percent", ("ja", "nee", "weet niet")))
    svg = charts.stacked("a", found.select("post"), apart="c2").payload["svg"]["wide"]
    assert max(right for *_, right, _ in texts(svg)) < size(svg)[0]
