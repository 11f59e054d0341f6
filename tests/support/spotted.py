"""The areas and marks of a chart's points, as readers who explore it meet them."""

from itertools import combinations


def boxes(payload: dict) -> list[tuple[list[list[float]], list[list[float]]]]:
    """The areas and the rings of each width, as x, y, x2 and y2."""
    return [
        ([_corners(p["area"]) for p in spots["points"]], [_corners(p["rings"][0]) for p in spots["points"]])
        for spots in payload["spots"].values()
    ]


def overlapping(areas: list[list[float]], most: float = 0.11) -> list[tuple[list[float], list[float]]]:
    """The pairs of areas that share more than an edge of ``most`` px: they are rounded to a tenth."""
    return [
        (a, b)
        for a, b in combinations(areas, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > most and min(a[3], b[3]) - max(a[1], b[1]) > most
    ]


def _corners(shape: list[float]) -> list[float]:
    x, y, width, height, _ = shape
    return [x, y, x + width, y + height]
