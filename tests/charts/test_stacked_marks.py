"""Stacked bars in both widths: nothing is cut off, and small parts can be reached."""

import json
from itertools import combinations

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
    for spec in chart().payload["vega"].values():
        data = {item["name"]: item["values"] for item in json.loads(spec)["data"] if "values" in item}
        areas = next(
            rows for rows in data.values() if rows[:1] and rows[0].keys() == {"x", "x2", "y", "y2"} and len(rows) == 18
        )
        assert all(min(area["x2"] - area["x"], area["y2"] - area["y"]) > 8 for area in areas)
        for one, other in combinations(areas, 2):
            across, down = (min(one[f"{d}2"], other[f"{d}2"]) - max(one[d], other[d]) for d in "xy")
            assert min(across, down) < 0.5
