import numpy as np

from wavebook.figures import Key
from wavebook.survey.disclosure.groups import Strays, links


def key(segment_by="", segment="", population=""):
    return Key("2016", "used", population, segment_by, segment, "")


def found(rows, within=(), astray=None):
    keys = [key(*row[:-1]) for row in rows]
    return [
        (link.whole, link.parts, link.rest, link.complete)
        for link in links(keys, np.array([float(row[-1]) for row in rows]), within, astray or {})
    ]


def test_segments_fill_everyone():
    assert found([(100,), ("theme", "a", 60), ("theme", "b", 40)]) == [(0, [1, 2], "those outside a and b", True)]


def test_segments_that_overlap_are_pairs_with_those_outside_each():
    links = found([(100,), ("theme", "a", 60), ("theme", "b", 50)])
    assert links == [(0, [1], "those outside a", False), (0, [2], "those outside b", False)]


def test_populations_fill_the_total_in_every_segment():
    rows = [(100,), ("", "", "x", 70), ("", "", "y", 30), ("theme", "a", 40), ("theme", "a", "x", 40)]
    assert (0, [1, 2], "those outside x and y", True) in found(rows)
    assert (3, [4], "those outside a", False) in found(rows)  # y has no row in a


def test_three_parts_are_named_by_their_breakdown():
    rows = [(100,), *(("theme", name, 30) for name in "abc")]
    assert found(rows) == [(0, [1, 2, 3], "those outside theme", True)]


def test_segments_fill_the_segment_that_they_lie_within():
    rows = [(100,), ("theme", "a", 60), ("event", "p", 40), ("event", "q", 20)]
    within = {(("event", "p"), ("theme", "a")), (("event", "q"), ("theme", "a"))}
    assert (1, [2, 3], "those outside p and q", True) in found(rows, within)


def test_those_astray_are_told_with_the_pair():
    keys = [key("theme", "a"), key("event", "p")]
    astray = {(("event", "p"), ("theme", "a"), "", "used"): Strays(3, 3.0, 50.0)}
    (link,) = links(keys, np.array([60.0, 43.0]), {(("event", "p"), ("theme", "a"))}, astray)
    assert link.strays == (Strays(3, 3.0, 50.0),)
    assert link.near


def test_those_astray_make_no_overlap():
    keys = [key("theme", "a"), key("event", "p"), key("event", "q")]
    within = {(("event", name), ("theme", "a")) for name in "pq"}
    astray = {(("event", "p"), ("theme", "a"), "", "used"): Strays(3, 3.0, 50.0)}
    (link,) = links(keys, np.array([60.0, 43.0, 20.0]), within, astray)  # 43 less 3, and 20, fill 60
    assert link.parts == [1, 2]
