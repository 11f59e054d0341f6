"""Rankings beside a picture."""

from drawn import edition

from wavebook.charts.maps.ranking import MOST, Ranked, ranking
from wavebook.charts.options import Options, Reference


def ranked(count, sort=None, references=(), **options):
    names = [f"nummer {i}" for i in range(count)]
    found = edition([("2014", f"a.c{i}", 90 - i) for i in range(count)], a=("percent", names)).select("a")
    rows = [Ranked(i, name, figure, "red", "") for i, (name, figure) in enumerate(zip(names, found, strict=True))]
    rows = rows[::-1] if sort == "ascending" else rows
    references = tuple(Reference(f"Gemiddeld: {value}%", value, None, None) for value in references)
    made = Options(found.figures, sort=sort, references=references, **options)
    layers, spots, _ = ranking(rows, made, found.figures, 220, (10, 0))
    texts = [row for layer in layers for row in layer.to_dict()["data"]["values"] if "text" in row]
    return [row["text"] for row in sorted(texts, key=lambda row: (row["y"], row["x"]))], spots


def test_each_row_has_its_name_and_value_and_a_place():
    texts, spots = ranked(3)
    assert texts == ["Van hoog naar laag", "nummer 0", "90%", "nummer 1", "89%", "nummer 2", "88%"]
    assert [*spots] == [0, 1, 2]
    assert spots[0].y2 <= spots[1].y


def test_of_many_rows_both_ends_are_shown_and_what_is_highlighted():
    texts, spots = ranked(30)
    assert [*spots] == [*range(9), *range(21, 30)]
    assert "… 12 ertussen" in texts
    texts, spots = ranked(30, highlight=("c15",))
    assert 15 in spots
    assert {"… 6 ertussen", "… 5 ertussen"} <= {*texts}
    assert len(ranked(MOST)[1]) == MOST


def test_what_is_compared_with_has_its_place_in_the_ranking():
    assert ranked(3, references=[89])[0][3:6] == ["Gemiddeld: 89%", "nummer 1", "89%"]
    assert ranked(3, references=[10])[0][-1] == "Gemiddeld: 10%"
    assert ranked(3, "ascending", [88.5])[0][:4] == ["Van laag naar hoog", "nummer 2", "88%", "Gemiddeld: 88.5%"]
    assert ranked(3, "selected", [90])[0][0] == "Alle waarden"
    assert ranked(3, "selected", [90])[0][-1] == "Gemiddeld: 90%"
