"""Population totals by margin, and what keeps them and respondents from meeting."""

import polars as pl
import pytest

from wavebook.core.problems import ProblemsError
from wavebook.survey.estimation.margins import problems_of, read_margins


def problems(call):
    with pytest.raises(ProblemsError) as caught:
        call()
    return [(problem.code, problem.place) for problem in caught.value.problems]


def test_margins_file_becomes_totals_by_column_and_category(tmp_path):
    file = tmp_path / "2016.csv"
    file.write_text("column,category,total\nsex,1,4000\nsex,2,6000\nage,65+,10000\n")
    assert read_margins(file) == {"sex": {"1": 4000, "2": 6000}, "age": {"65+": 10000}}


def test_margins_file_names_every_row_that_is_not_usable(tmp_path):
    file = tmp_path / "2016.csv"
    file.write_text("column,category,total\nsex,f,4.000.000\nsex,m,10\nsex,m,20\nage,,5\nage,old,-1\n")
    assert [place.rpartition(", ")[2] for _, place in problems(lambda: read_margins(file))] == [
        "row 2",
        "row 4",
        "row 5",
        "row 6",
    ]


def test_margins_file_with_other_columns_is_refused(tmp_path):
    file = tmp_path / "2016.csv"
    file.write_text("variable,category,total\nsex,f,10\n")
    assert problems(lambda: read_margins(file)) == [("W160", str(file))]


def test_totals_of_which_some_have_a_mark_for_thousands_are_refused(tmp_path):
    path = tmp_path / "2016.csv"
    path.write_text("column,category,total\nsex,m,1.050\nsex,f,950\n", encoding="utf-8")
    with pytest.raises(ProblemsError, match=r"W160 .*row 2: the point in the total may be for thousands"):
        read_margins(path)
    path.write_text("column,category,total\nsex,m,1.050\nsex,f,0.950\n", encoding="utf-8")
    with pytest.raises(ProblemsError, match="W160"):
        read_margins(path)
    path.write_text("column,category,total\nsex,m,48.250\nsex,f,51.750\n", encoding="utf-8")
    assert read_margins(path) == {"sex": {"m": 48.25, "f": 51.75}}


@pytest.mark.parametrize("text", ["", "column,category,total\n", "column,category,total\nsex,f\n"])
def test_a_file_without_totals_is_refused(tmp_path, text):
    file = tmp_path / "2016.csv"
    file.write_text(text)
    assert {code for code, _ in problems(lambda: read_margins(file))} == {"W160"}


@pytest.mark.parametrize("total", ["inf", "nan", "x", "", "-0.5"])
def test_a_total_is_a_number_of_people(tmp_path, total):
    file = tmp_path / "2016.csv"
    file.write_text(f"column,category,total\nsex,m,5\nsex,f,{total}\n")
    assert problems(lambda: read_margins(file)) == [("W160", f"{file}, row 3")]
    file.write_text("column,category,total\nsex,m,5\nsex,f,0\n")
    assert read_margins(file) == {"sex": {"m": 5, "f": 0}}


def groups(*rows, **totals):
    """Respondents by category of sex: how many, and with what base weight."""
    names = ["sex ", "_n", "_missing", "_negative", "_infinite"]
    filled = [(*row, *[0] * (5 - len(row))) for row in rows]
    return pl.DataFrame(filled, dict.fromkeys(names, pl.Int64) | {"sex ": pl.String}, orient="row").with_columns(
        **totals
    )


def found(table, margins, totals=()):
    return [
        (problem.code, problem.place, problem.found) for problem in problems_of(table, margins, "w", "file", totals)
    ]


SEXES = {"sex": {"f": 60, "m": 40}}


def test_margins_and_respondents_that_meet_have_no_problems():
    assert found(groups(("f", 6), ("m", 4)), SEXES) == []


def test_categories_must_be_there_on_both_sides():
    assert found(groups(("f", 6), ("x", 4)), SEXES) == [
        ("W162", "margins, sex = m", "there are no respondents for 40 people"),
        ("W163", "file, column sex = x", "the margin lacks this category (4 respondents)"),
    ]
    assert found(groups(("f", 6), (None, 1)), {"sex": {"f": 60}}) == [
        ("W165", "file, column sex", "the value is missing (1 respondent)")
    ]


def test_who_counts_for_nothing_need_not_be_in_a_margin():
    assert found(groups(("f", 6), ("m", 4), ("x", 0)), SEXES) == []
    assert found(groups(("f", 6), ("m", 0)), {"sex": {"f": 60, "m": 0}}) == []


def test_a_total_of_nought_has_no_respondents():
    assert found(groups(("f", 6), ("m", 4)), {"sex": {"f": 60, "m": 0}}) == [
        ("W163", "margins, sex = m", "the population is 0, but there are answers (4 respondents)")
    ]
    ((code, _, told),) = found(groups(("f", 6), ("m", 4)), {"sex": {"f": 60, "m": -1}})
    assert (code, told) == ("W160", "-1 is not a population total")


def test_very_many_categories_are_counted_and_not_named():
    many = [(f"x{k}", 1) for k in range(21)]
    assert len(found(groups(("f", 6), ("m", 4), *many[:20]), SEXES)) == 20
    assert found(groups(("f", 6), ("m", 4), *many), SEXES) == [
        ("W163", "file, column sex", "the margin lacks 21 categories that respondents have (21 respondents)")
    ]


def test_base_weights_that_cannot_be_are_counted():
    assert found(groups(("f", 6, 1, 2, 3), ("m", 4, 1, 0, 0)), SEXES) == [
        ("W166", "file, column w", "the base weight is missing (2 respondents)"),
        ("W166", "file, column w", "the base weight is negative (2 respondents)"),
        ("W166", "file, column w", "the base weight is infinite or undefined (3 respondents)"),
    ]


def test_somebody_must_count():
    assert ("W166", "file", "no respondent has a base weight above 0") in found(groups(("f", 0), ("m", 0)), SEXES)


def test_margins_are_of_one_population():
    table = groups(("f", 6), ("m", 4)).with_columns(pl.lit("all").alias("age "))
    assert found(table, SEXES | {"age": {"all": 100.0002}}) == [
        ("W164", "margins", "the totals contradict each other: sex 100, age 100.0002")
    ]
    assert found(table, SEXES | {"age": {"all": 100.00009}}) == []


def test_a_total_of_numbers_needs_a_number_of_everybody():
    table = groups(("f", 6), ("m", 4)).with_columns(income=pl.Series([1.0, None]))
    assert found(table, SEXES, ["income"]) == [("W165", "file, column income", "no number (4 respondents)")]
    assert found(table.with_columns(income=pl.Series(["1", "2.5"])), SEXES, ["income"]) == []
