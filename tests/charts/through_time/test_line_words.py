"""The description of lines in words."""

from drawn import edition, plan_of, provinces

from wavebook.charts.through_time.line_words import gaps, told

PERCENT = ("percent", ())


def test_few_points_are_told_one_by_one():
    found = edition([("2008", "a", 13), ("2010", "a", 20), ("2014", "a", 8)], a=PERCENT)
    assert told(plan_of(found.select("a", waves="all"))) == [
        "Lijngrafiek",
        "A: 13 procent in 2008, 20 procent in 2010 en 8 procent in 2014",
    ]


def test_a_long_series_is_told_by_its_ends_peaks_and_largest_step():
    rows = [(str(2000 + i), "a", value) for i, value in enumerate((20, 22, 21, 35, 30, 28, 27, 15, 26))]
    found = edition(rows, baseline="2000", wave="2008", a=PERCENT)
    assert told(plan_of(found.select("a", waves="all")))[1] == (
        "A: van 20 procent in 2000 naar 26 procent in 2008; hoogste waarde 35 procent in 2003; "
        "laagste waarde 15 procent in 2007; grootste stap +14 procentpunt, van 2002 naar 2003"
    )


def test_the_largest_step_is_not_across_a_break():
    rows = [(str(2000 + i), "a", value) for i, value in enumerate((20, 20, 21, 50, 50, 50, 49, 49))]
    breaks = [{"from": "2002", "to": "2003", "kind": "noted", "reason": {"nl": "x", "en": "x"}}]
    found = edition(rows, breaks=breaks, baseline="2000", wave="2007", a=PERCENT)
    said = told(plan_of(found.select("a", waves="all")))[1]
    assert said.endswith("grootste stap +1 procentpunt, van 2001 naar 2002")


def test_many_series_are_told_by_their_range_and_largest_moves():
    said = told(plan_of(provinces(), highlight="c7"))
    assert said[:3] == [
        "Lijngrafiek",
        "8 reeksen in 2008: van 40 procent (Groningen) tot 58 procent (Flevoland)",
        "8 reeksen in 2014: van 40 procent (Groningen) tot 59 procent (Flevoland)",
    ]
    assert said[3:5] == [
        "Grootste stijging van 2008 naar 2014: Fryslân, +4 procentpunt",
        "Zeeland: 40 procent in 2008, 42 procent in 2009, 44 procent in 2010, 41 procent in 2013 en 43 procent in 2014",
    ]


def test_unknown_waves_are_told_by_series_where_these_differ():
    rows = [("2008", "a", 20), ("2014", "a", 30), ("2008", "b", 10), ("2013", "b", 12), ("2014", "b", 11)]
    rows += [("2010", "c", 1)]
    found = edition(rows, a=PERCENT, b=PERCENT, c=PERCENT)
    assert gaps(plan_of(found.select("a", "b", waves="all"))) == [
        "De stippellijn overbrugt metingen waarvan het cijfer niet bekend is: a (2010 en 2013); b (2010)"
    ]
    assert gaps(plan_of(found.select("a", waves="all"))) == [
        "De stippellijn overbrugt metingen waarvan het cijfer niet bekend is: 2010 en 2013"
    ]
    assert gaps(plan_of(found.select("c", waves="all"))) == []
