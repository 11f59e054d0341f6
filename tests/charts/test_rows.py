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


THEMES = [{"segment_by": "theme", "segment": segment} for segment in ("education", "work_income")]


def headings(selection):
    return [
        (heading, [row.label for row in rows]) for heading, rows in groups_of(selection, Options(selection.figures))
    ]


def test_segments_of_which_one_answer_is_selected_are_one_group_and_of_several_answers_a_group_each():
    rows = [("2014", f"a.c{i}", 40 + i + 5 * j, theme) for i in (0, 1) for j, theme in enumerate(THEMES)]
    found = edition([*rows, ("2014", "a.c0", 30)], a=("percent", ("ja", "nee")))
    one = [("A, ja, 2014", ["werk en inkomen", "onderwijs en opleiding", "iedereen"])]
    assert headings(found.select("a.c0@theme=*", "a.c0")) == one
    both = headings(found.select("a@theme=education", "a@theme=work_income"))
    assert both == [
        ("A, onderwijs en opleiding, 2014", ["nee", "ja"]),
        ("A, werk en inkomen, 2014", ["nee", "ja"]),
    ]


def test_questions_with_different_answers_are_groups_of_their_own():
    rows = [("2014", "a.c0", 40), ("2014", "b.c0", 50)]
    same = edition(rows, a=("percent", ("ja",)), b=("percent", ("ja",)))
    assert headings(same.select("a", "b")) == [("Ja, 2014", ["b", "a"])]
    other = edition(rows, a=("percent", ("ja",)), b=("percent", ("nee",)))
    assert headings(other.select("a", "b")) == [("A, 2014", ["ja"]), ("B, 2014", ["nee"])]
