"""Remarks with numbers."""

from drawn import edition

from wavebook.charts.footnotes import Footnotes
from wavebook.charts.options import Options

FOUND = edition([("2008", "a", 5), ("2014", "a", 6)], a=("grade", ())).select("a", waves="all")
FIRST, LAST = FOUND.keys


def test_remarks_are_numbered_as_they_are_met():
    notes = Footnotes(Options(FOUND.figures, notes={"2014": "Nieuw.", "a": "Anders gevraagd."}))
    for key in (LAST, FIRST):
        notes.number(key)
    assert [notes.mark(key) for key in (FIRST, LAST)] == ["²", "¹⁺²"]
    layers, end = notes.layers(100, 300)
    rows = layers[0].to_dict()["data"]["values"]
    assert [row["text"] for row in rows] == ["¹ Nieuw.", "² Anders gevraagd."]
    assert end > rows[-1]["y"] > rows[0]["y"] > 100


def test_without_remarks_nothing_is_drawn():
    notes = Footnotes(Options(FOUND.figures))
    notes.number(FIRST)
    assert (notes.mark(FIRST), notes.layers(100, 300)) == ("", ([], 100))
