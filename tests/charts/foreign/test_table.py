"""A table of an editor's own, on the page as a table and held against the figures."""

import pytest
from drawn import codes
from opinions import opinions

from wavebook import charts
from wavebook.core.problems import ProblemsError

ALL = opinions().select("oordeel", waves="all")
TOLD = "Het oordeel in drie jaren, een rij voor elk antwoord"


def pivoted(values="text"):
    wide = ALL.frame.pivot(index="label", columns="wave_label", values=values)
    return wide.rename_axis(None, axis=1).rename_axis("Oordeel")


def made(table, selection=ALL):
    return charts.table("tabel", table, selection, summary=TOLD).payload


def wrong(table, selection=ALL):
    with pytest.raises(ProblemsError) as error:
        charts.table("tabel", table, selection, summary=TOLD)
    return [(problem.code, problem.found) for problem in error.value.problems]


def test_a_table_comes_on_the_page_as_one_with_all_that_a_chart_has():
    own, other = made(pivoted()), charts.lines("tabel", ALL).payload
    assert own.keys() == {*other.keys(), "html"}
    assert (own["csv"], own["sources"], own["summary"]) == (other["csv"], other["sources"], f"{TOLD}.")
    assert '<th scope="row">tevreden</th><td class="num">30%</td><td class="num">32%</td>' in own["html"]
    assert {name: svg.count("<text") for name, svg in own["svg"].items()} == {"wide": 20, "narrow": 21}


def test_a_styled_table_is_taken_and_a_long_one():
    assert "<td" in made(pivoted("value").style.format("{:.0f}"))["html"]
    long = ALL.frame[["wave_label", "label", "text"]]
    assert "38%" in made(long.rename(columns={"wave_label": "Jaar", "label": "Oordeel", "text": "Aandeel"}))["html"]


def test_a_number_that_is_another_figures_is_named_with_its_row_and_column():
    table = pivoted()
    table.loc["tevreden", "2014"] = "38%"
    ((code, found),) = wrong(table)
    assert code == "W344"
    assert found == "row 3 (tevreden): '38%' shows 38, which no selected figure of its row and column is"


def test_numbers_in_another_notation_are_told_once():
    assert wrong(pivoted("value").astype(float)) == [
        ("W347", "writes numbers as '20.0', in 12 cells, which is not how nl does")
    ]


def test_names_of_columns_are_no_headings_for_readers():
    assert ("W347", "has the heading label, the name of a column of selection.frame") in wrong(
        ALL.frame[["label", "text"]]
    )


def test_numbers_in_headings_are_figures_too():
    ((code, found),) = wrong(pivoted().rename(columns={"2014": "2014 (n = 999)"}))
    assert (code, found) == ("W344", "the text '2014 (n = 999)' shows 999, which no selected figure is")


def test_many_wrong_numbers_are_counted():
    found = wrong(pivoted().map(lambda text: "99%"))
    assert len(found) == 9
    assert found[0] == ("W344", "4 more cells show what is of no selected figure")


def test_what_is_no_table_is_told_with_all_else_that_is_wrong():
    with pytest.raises(ProblemsError) as error:
        charts.table("Tabel", 3, ALL)
    assert codes(error) == ["W331", "W341", "W347"]
