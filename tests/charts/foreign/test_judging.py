"""Charts held against the figures: what is drawn is what was selected."""

import json

import altair as alt
import pandas as pd
import pytest
from opinions import divided, opinions

from wavebook.charts import renderer
from wavebook.charts.foreign.backing import Backing
from wavebook.charts.foreign.judging import Judge
from wavebook.charts.foreign.scene import scene_of
from wavebook.charts.foreign.specification import specification

FIGURES = opinions()
ALL, NOW = FIGURES.select("oordeel", waves="all"), FIGURES.select("oordeel")
FRAME, LATEST = ALL.frame, NOW.frame


def judged(chart, selection):
    vega = json.loads(renderer.compiled(json.dumps(specification(chart))))
    return Judge("a", vega, scene_of(vega), Backing(selection)).problems()


def bars(frame, value="value"):
    return alt.Chart(frame).mark_bar().encode(x=f"{value}:Q", y="label:N")


def lines(frame):
    return alt.Chart(frame).mark_line(point=True).encode(x="date:T", y="value:Q", color="label:N")


def pivoted(**changed):
    wide = FRAME.pivot(index="wave", columns="label", values="value").reset_index()
    for name, value in changed.items():
        wide.loc[0, name] = value
    return wide


def differences(times=1):
    ends = FRAME.pivot(index="label", columns="wave", values="value").reset_index()
    return ends.assign(verschil=times * (ends["2014"] - ends["2008"]))[["label", "verschil"]]


def shape(number):
    ring = [[4 + number, 51], [4 + number, 52], [5 + number, 52], [5 + number, 51], [4 + number, 51]]
    return {"type": "Feature", "id": f"c{number}", "geometry": {"type": "Polygon", "coordinates": [ring]}}


SHAPES = alt.Data(values=[shape(number) for number in range(4)])
RIGHT = {
    "bars": (lambda: bars(LATEST), NOW),
    "lines": (lambda: lines(FRAME), ALL),
    "the wave as a name": (lambda: alt.Chart(FRAME).mark_point().encode(x="wave:O", y="value", color="label"), ALL),
    "a sum of one row": (lambda: bars(LATEST, "sum(value)"), NOW),
    "panels": (lambda: bars(FRAME).facet("wave:O"), ALL),
    "parts of a whole": (lambda: alt.Chart(FRAME).mark_bar().encode(x="value:Q", y="wave:O", color="label:N"), ALL),
    "stretched parts": (
        lambda: alt.Chart(FRAME).mark_bar().encode(x=alt.X("value:Q", stack="normalize"), y="wave", color="label"),
        ALL,
    ),
    "a circle": (lambda: alt.Chart(LATEST).mark_arc().encode(theta="value:Q", color="label:N"), NOW),
    "a column for each name": (lambda: alt.Chart(pivoted()).mark_line().encode(x="wave:O", y="tevreden:Q"), ALL),
    "folded columns": (
        lambda: alt.Chart(pivoted())
        .transform_fold(["tevreden", "neutraal"], as_=["wie", "hoe"])
        .mark_line()
        .encode(x="wave:O", y="hoe:Q", color="wie:N"),
        ALL,
    ),
    "differences": (lambda: bars(differences(), "verschil"), ALL),
    "shares of one": (lambda: bars(LATEST.assign(value=LATEST["value"] / 100)), NOW),
    "values as texts": (lambda: alt.Chart(LATEST).mark_text().encode(y="label", text="text"), NOW),
    "values in format": (
        lambda: alt.Chart(LATEST).mark_text().encode(y="label", text=alt.Text("value:Q", format="d")),
        NOW,
    ),
    "a rule at zero": (lambda: bars(LATEST) + alt.Chart().mark_rule().encode(x=alt.datum(0)), NOW),
    "a title": (lambda: bars(LATEST).properties(title="38% is zeer tevreden in 2014"), NOW),
    "ranks": (
        lambda: alt.Chart(FRAME)
        .transform_window(rang="rank()", sort=[alt.SortField("value", "descending")], groupby=["wave"])
        .mark_line()
        .encode(x="wave:N", y="rang:O", color="label:N"),
        ALL,
    ),
    "a map": (
        lambda: alt.Chart(SHAPES)
        .mark_geoshape()
        .encode(color="value:Q")
        .transform_lookup("id", alt.LookupData(LATEST, "category", ["value", "label"])),
        NOW,
    ),
    "less than was selected": (lambda: bars(LATEST[:2]), NOW),
}  # fmt: skip
WRONG = {
    "another number": (
        lambda: bars(LATEST.assign(value=[38, 44, 22, 11])),
        NOW,
        "W344",
        "row 2, column value: 44, which no selected figure with the names in that row is",
    ),
    "numbers of each other": (
        lambda: bars(LATEST[["label", "value"]].assign(value=[11, 29, 22, 38])),
        NOW,
        "W344",
        "row 1, column value: 11, which",
    ),
    "rows without names": (
        lambda: alt.Chart(pd.DataFrame({"a": [12]})).mark_point().encode(x="a:Q"),
        NOW,
        "W344",
        "row 1, column a: 12, which no selected figure is",
    ),
    "a mean": (lambda: bars(FRAME, "mean(value)"), ALL, "W344", "column mean of value: 19.66"),
    "a count": (lambda: alt.Chart(FRAME).mark_bar().encode(x="count()", y="label"), ALL, "W344", "count of rows: 3"),
    "a computed number": (
        lambda: alt.Chart(LATEST).transform_calculate(d="datum.value * 2").mark_bar().encode(x="d:Q", y="label:N"),
        NOW,
        "W344",
        "row 1, column d: 76",
    ),
    "a column of another name": (
        lambda: alt.Chart(pivoted(tevreden=41)).mark_line().encode(x="wave:O", y="tevreden:Q"),
        ALL,
        "W344",
        "row 1, column tevreden: 41",
    ),
    "a wrong difference": (lambda: bars(differences(2), "verschil"), ALL, "W344", "column verschil: 4"),
    "another day": (
        lambda: lines(FRAME.assign(date=FRAME["date"] + pd.Timedelta(days=400))), ALL, "W344", "column date: the day 20"
    ),
    "a text": (
        lambda: alt.Chart(LATEST.assign(t=["38%", "29%", "22%", "12%"])).mark_text().encode(y="label", text="t"),
        NOW,
        "W344",
        "row 4, column text: '12%' shows 12",
    ),
    "a name": (lambda: bars(LATEST.assign(label=["a", "b 99%", "c", "d"])), NOW, "W344", "'b 99%' shows 99"),
    "a rule": (
        lambda: bars(LATEST) + alt.Chart().mark_rule().encode(x=alt.datum(25)), NOW, "W344", "draws 25, a number"
    ),
    "a title": (lambda: bars(LATEST).properties(title="40% is blij"), NOW, "W344", "the text '40% is blij' shows 40"),
    "waves on each other": (lambda: bars(FRAME), ALL, "W344", "stacks oordeel.c0@2008 and oordeel.c0@2010"),
    "parts that are no whole": (
        lambda: alt.Chart(LATEST[:2]).mark_arc().encode(theta="value:Q", color="label:N"),
        NOW,
        "W344",
        "stretches parts that are 67% together",
    ),
    "places in px": (
        lambda: alt.Chart(LATEST.assign(p=[5, 15, 25, 35])).mark_point().encode(x=alt.X("p:Q", scale=None), y="label"),
        NOW,
        "W344",
        "column p: 5",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_figures_are_drawn_in_any_form(name):
    chart, selection = RIGHT[name]
    assert judged(chart(), selection) == []


@pytest.mark.parametrize("name", WRONG)
def test_what_no_figure_backs_is_named_with_its_row_and_column(name):
    chart, selection, code, found = WRONG[name]
    problems = judged(chart(), selection)
    assert any(problem.code == code and found in problem.found for problem in problems), problems
    assert all(problem.place == "chart a" and problem.action for problem in problems)


def test_many_wrong_numbers_are_counted_after_the_first():
    problems = judged(lines(FRAME.assign(value=range(200, 212))), ALL)
    assert any("4 more numbers" in problem.found for problem in problems)
    assert len(problems) == 9


@pytest.mark.parametrize(("detail", "codes"), [(["label"], ["W334"]), (["label", "stretch"], [])])
def test_no_line_runs_through_a_full_break(detail, codes):
    selection = divided().select("oordeel", waves="all")
    chart = alt.Chart(selection.frame).mark_line().encode(x="date:T", y="value", detail=detail)
    assert [problem.code for problem in judged(chart, selection)] == codes


def test_no_line_runs_through_waves_of_which_nothing_is_known():
    grade = FIGURES.select("cijfer", waves="all")  # of 2010 there is none
    plain = alt.Chart(grade.frame).mark_line().encode(y="value:Q", detail="indicator:N")
    (problem,) = judged(plain.encode(x="date:T"), grade)
    assert problem.found == "draws a line through 2010, of which cijfer is not known"
    assert judged(plain.encode(x="date:T", detail="stretch:N"), grade) == []
    assert judged(plain.encode(x="wave:N"), grade) == []  # a slope between two waves, with no place for others


def test_a_slope_may_leave_out_waves_that_are_known():
    ends = FIGURES.select("oordeel", waves="both")
    assert judged(lines(ends.frame), ends) == []
    assert set(ends.frame["stretch"]) == {1}
