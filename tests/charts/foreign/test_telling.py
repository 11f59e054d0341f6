"""The words beside a chart of an editor's own."""

from opinions import opinions

from wavebook.charts.foreign.backing import Backing
from wavebook.charts.foreign.telling import summary_of, summary_problems, table_of

FIGURES = opinions()


def test_a_table_has_a_column_for_each_wave_and_no_guess():
    assert table_of(FIGURES.select("oordeel.c3", "cijfer", waves="all")) == {
        "head": ["Onderwerp", "2008", "2010", "2014"],
        "rows": [["Ontevreden", "9%", "7%", "11%"], ["Cijfer", "6,4", "–", "6,8 (6,5 tot 7,0)"]],
    }


def test_a_summary_is_one_line_in_the_language_of_the_figures():
    assert summary_of("a", " drie hele\n woorden ", FIGURES) == ("drie hele woorden", [])
    assert summary_of("a", {"nl": "drie hele woorden", "en": "no"}, FIGURES) == ("drie hele woorden", [])
    text, (problem,) = summary_of("a", {"en": "three whole words"}, FIGURES)
    assert (text, problem.code, problem.found) == ("", "W341", "has no summary in nl")


def test_each_number_of_a_summary_that_is_of_no_figure_is_named():
    found = summary_problems(
        "a", "van 9 naar 13 in 2014, en weer 13", Backing(FIGURES.select("oordeel.c3", waves="all"))
    )
    assert [problem.found for problem in found] == ["its summary shows 13, which no selected figure is"]
