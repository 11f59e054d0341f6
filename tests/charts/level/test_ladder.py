"""Rows below each other, their legend, and the rules of references."""

from itertools import pairwise

from wavebook.charts.layout import Axis
from wavebook.charts.level.ladder import Rung, ladder, legend, reference_layers, reference_room
from wavebook.charts.options import Reference
from wavebook.charts.theme import text_width

GROUPS = [("Eerste", [Rung("kort", 18), Rung("een lange naam " * 4, 18)]), ("", [Rung("los", 30, ["een opmerking"])])]


def test_names_stand_beside_rows_and_above_them_where_it_is_narrow():
    wide, narrow = ladder(GROUPS, 640), ladder(GROUPS, 320)
    assert wide.left > 100
    assert narrow.left == 0
    assert len(wide.bodies) == len(narrow.bodies) == 3
    assert narrow.height > wide.height
    for placed in (wide, narrow):
        assert all(above[1] <= below[0] for above, below in pairwise(placed.rooms))
        assert all(
            room[0] < body[0] < body[1] < room[1] for room, body in zip(placed.rooms, placed.bodies, strict=True)
        )


def test_a_remark_makes_room_below_its_row():
    plain = ladder([("", [Rung("los", 30)])], 640)
    noted = ladder([("", [Rung("los", 30, ["een opmerking"])])], 640)
    assert noted.height > plain.height + 12
    assert noted.remarks[0]["y"] > noted.bodies[0][1]


def test_a_legend_wraps_and_its_entries_keep_apart():
    signs, texts, height = legend(["zeer ontevreden", "ontevreden", "neutraal", "tevreden", "zeer tevreden"], 300, 0)
    assert len(signs) == len(texts) == 5
    assert len({sign.y for sign in signs}) > 1
    assert all(sign.x + 14 < text["x"] for sign, text in zip(signs, texts, strict=True))
    assert height > max(sign.y for sign in signs) + 8


def test_each_reference_has_lines_of_its_own_within_the_picture():
    references = [
        Reference("streefwaarde: 80%", 80, None, None),
        Reference("een lang doel van 40% " * 4, 40, None, None),
    ]
    assert reference_room([], 320) == 0
    assert reference_room(references[:1], 320) < reference_room(references, 640) < reference_room(references, 320)
    placed = ladder([("", [Rung("los", 30)])], 320, top=reference_room(references, 320))
    names = reference_layers(references, Axis(0, 100, 0, 300), placed, 0, 320)[-1].to_dict()["data"]["values"]
    for row in names:
        half = max(map(text_width, row["text"].split("\n"))) / 2
        assert row["x"] - half >= 0
        assert row["x"] + half <= 320
