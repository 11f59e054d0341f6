"""The rows of a chart and their labels."""

from drawn import edition

from wavebook import charts
from wavebook.charts.options import Options
from wavebook.charts.rows import groups_of


def test_labels_tell_rows_apart_by_what_differs_and_no_more():
    rows = [(year, f"{name}.c0", 6.5) for year in ("2008", "2014") for name in ("keten", "organisatie")]
    found = edition(rows, keten=("grade", ("goed",)), organisatie=("grade", ("goed",)))
    chart = charts.change("oordeel", found.select("keten", "organisatie", waves="both"))
    assert [row[0] for row in chart.payload["table"]["rows"]] == ["Goed, keten", "Goed, organisatie"]


REGIONS = tuple(f"regio {letter}" for letter in "abcdefg")


def headings(selection):
    groups = groups_of(selection, Options(selection.figures))
    return [(heading, [row.label for row in rows]) for heading, rows in groups]


def regional(*answers):
    rows = [
        ("2014", f"a.c{i}", 40 + 2 * j - 5 * i, {"segment_by": "region", "segment": f"s{j}"})
        for i in answers
        for j in range(len(REGIONS))
    ]
    return edition([*rows, ("2014", "a.c0", 39)], a=("percent", ("ja", "nee")), segments={"region": REGIONS})


def test_seven_regions_of_which_one_answer_is_selected_are_one_group_with_everyone_among_them():
    [(heading, labels)] = headings(regional(0).select("a.c0@region=*", "a.c0"))
    assert heading == "A, ja, 2014"
    assert labels == [*reversed(REGIONS), "iedereen"]


def test_segments_of_which_several_answers_are_selected_are_a_group_each():
    found = headings(regional(0, 1).select("a@region=s0", "a@region=s1"))
    assert found == [("A, regio a, 2014", ["ja", "nee"]), ("A, regio b, 2014", ["ja", "nee"])]


def test_questions_with_different_answers_are_groups_of_their_own():
    rows = [("2014", "a.c0", 40), ("2014", "b.c0", 50)]
    same = edition(rows, a=("percent", ("ja",)), b=("percent", ("ja",)))
    assert headings(same.select("a", "b")) == [("Ja, 2014", ["b", "a"])]
    other = edition(rows, a=("percent", ("ja",)), b=("percent", ("nee",)))
    assert headings(other.select("a", "b")) == [("A, 2014", ["ja"]), ("B, 2014", ["nee"])]
