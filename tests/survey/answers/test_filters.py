import polars as pl

from wavebook.core.spans import span
from wavebook.survey.answers.filters import Part, nobody_kept
from wavebook.survey.files.codes import Column

RAW = pl.LazyFrame({"done": [1.0, 1.0, 1.0, 2.0, 2.0, 2.0], "kind": ["a"] * 5 + ["Jan"]})


def told(*parts, raw=RAW):
    made = []
    for name, code in parts:
        column = Column(name, text=name == "kind")
        made.append(Part(name.upper(), column, [code], column.within([span(code)])))
    return [(problem.place, problem.found) for problem in nobody_kept(raw, "a.sav", "[waves.2016.responses]", made)]


def test_each_part_that_keeps_nobody_says_what_its_column_holds():
    (kept,) = told(("done", "1"), ("kind", "b"))
    assert kept[0] == "a.sav, column kind"
    assert kept[1] == (
        "filter KIND = b keeps none of 6 respondents; it holds “a” (5 respondents) and another text of 3 characters "
        "(1 respondent)"
    )


def test_of_parts_that_keep_nobody_together_the_first_that_keeps_none_of_the_rest_is_named():
    ((place, found),) = told(("done", "1"), ("kind", "Jan"))
    assert place == "a.sav, column kind"
    assert found == "filter KIND = Jan keeps 1 respondent, and none of the 3 that the parts before it keep"


def test_a_file_without_respondents_says_so():
    assert told(("done", "1"), raw=RAW.head(0)) == [("a.sav", "no respondents are left")]
    assert told() == [("a.sav", "no respondents are left")]
