"""The estimates of one wave, by hand."""

import pandas as pd
import polars as pl
import pytest
from answered import CODES, COLUMNS, Book

from wavebook.core.problems import ProblemsError
from wavebook.core.units import PERCENT
from wavebook.survey import estimates
from wavebook.survey.disclosure.rules import Settings
from wavebook.survey.estimation.contrasts import Questions

SETTINGS = Settings(minimum_base=2, source="test", dominance_share=50)
DECLARED = COLUMNS + 'mark = "v1"\nused = "v2"\nvisits = "v3"\ntheme = "t"\npopulation = "p"\n' + CODES
DECLARED += 'theme = { 1 = "education", 2 = "housing" }\npopulation = { 1 = "citizens", 2 = "other" }\n'
DATA = {"v1": [5, 6, 8, 9], "v2": [1, 0, 0, 0], "v3": [1, 2, 3, 10], "t": [1, 1, 2, 2], "p": [1, 2, 1, 1]}


@pytest.fixture
def made(tmp_path):
    """A wave that is read and weighed: its frame, design and report, its sums, and all that is declared."""
    book = Book(tmp_path)

    def weighed(more="", margins="", asked=None, after="", **data):
        answers = book.read(more + DECLARED + after, DATA | data)
        if margins:
            (tmp_path / "data/margins").mkdir(exist_ok=True)
            (tmp_path / "data/margins/2016.csv").write_text("column,category,total\n" + margins)
        d = book.definitions()
        frame, design, report = estimates.weighed(tmp_path, "2016", answers, d.waves["2016"].responses)
        return frame, design, report, estimates.run_of(frame, design, d, answers.place, asked), d

    return weighed


def test_without_margins_weights_are_those_of_the_file(made):
    _, design, report, *_ = made()
    assert (design.weight, design.strata, design.clusters, design.population_size, report) == (None, (), (), None, None)
    more = 'weight = "w"\nstrata = "h"\nclusters = "c"\npopulation_size = "n"\nlonely = "adjust"\n'
    _, design, *_ = made(more, w=[1.0] * 4, h=[1, 1, 2, 2], c=[1, 2, 3, 4], n=[9] * 4)
    assert (design.weight, design.strata, design.clusters) == ("weight", ("strata",), ("clusters",))
    assert (design.population_size, design.lonely) == ("population_size", "adjust")


def test_weights_are_calibrated_to_margins_from_those_of_the_file(made):
    frame, design, report, *_ = made('weight = "w"\n', "theme,education,30\ntheme,housing,10\n", w=[1.0, 2.0, 1.0, 1.0])
    assert (design.weight, design.base_weight, design.calibrated_on) == ("_calibrated", "weight", ("theme",))
    assert frame.select("_calibrated").collect().to_series().to_list() == pytest.approx([10, 20, 5, 5])
    assert len(report["margins"]) == 2


def test_weighting_without_margins_is_a_problem(made):
    with pytest.raises(ProblemsError) as error:
        made(after='[waves.2016.responses.weighting]\nmethod = "linear"\n')
    assert [problem.code for problem in error.value.problems] == ["W160"]


def test_what_is_measured_are_indicators_and_their_categories(made):
    frame, *_, d = made()
    assert estimates.measured(frame, d) == ["mark", "used", "visits"]
    assert estimates.factors(frame, d) == {"mark": 1, "used": 100, "visits": 1}
    found = {name: unit.name for name, unit in estimates.units(frame, d).items()}
    assert found == {"mark": "grade", "used": "percent", "visits": "count"}


def test_sums_are_by_breakdown_and_population_and_products_of_what_is_asked(made):
    *_, run, _ = made()
    assert (dict(run.breakdowns), run.population) == ({"theme": "theme"}, "population")
    assert {term.indicator: term.measure for term in run.terms} == {"mark": "mean", "used": "share", "visits": "mean"}
    assert run.products == {}
    *_, run, _ = made(asked=Questions(frozenset({("mark", "used")}), frozenset()))
    assert run.products.keys() == {(0, 1)}


def test_estimates_are_rows_of_the_table_of_figures(made):
    *_, run, d = made()
    table = estimates.estimates(run, d, SETTINGS).set_index(["indicator", "population", "segment"])
    assert table.loc[("mark", "", ""), "value"].item() == 7
    assert table.loc[("mark", "", "housing"), "value"].item() == 8.5
    assert table.loc[("mark", "citizens", ""), "n"].item() == 3
    assert table.loc[("used", "", ""), ["value", "n_cell", "unit"]].to_list() == [25, 1, PERCENT]
    visits = table.loc[("visits", "", ""), ["largest", "second_largest", "total"]]
    assert visits.to_list() == [10, 3, 16]
    assert pd.isna(table.loc[("mark", "", ""), "largest"])  # no amount
    assert "weight" not in table


def test_weighted_estimates_tell_who_weighs_most(made):
    *_, run, d = made('weight = "w"\n', w=[1.0, 2.0, 1.0, 1.0])
    table = estimates.estimates(run, d, SETTINGS)
    everyone = table[table["indicator"].eq("mark") & table["population"].eq("") & table["segment"].eq("")]
    assert everyone[["weight", "largest_weight"]].to_numpy().tolist() == [[5, 2]]


def test_unequal_weights_leave_fewer_respondents(made):
    frame, design, *_ = made()
    assert estimates.spread_of_weights(frame, design) == (1, 4)
    frame, design, *_ = made('weight = "w"\n', w=[1.0, 3.0, 1.0, 3.0])
    assert estimates.spread_of_weights(frame, design) == pytest.approx((4 * 20 / 64, 64 / 20))


def test_the_sample_says_what_was_drawn_where_it_is_more_than_weights(made):
    *_, run, _ = made()
    sample = estimates.sample_of(run)
    assert (sample.columns, sample.breakdowns, sample.population) == (
        ("mark", "used", "visits"),
        ("theme",),
        "population",
    )
    assert (sample.weight, sample.units, sample.groups) == (None, 0, 4)
    *_, run, _ = made('clusters = "c"\n', c=[1, 1, 2, 3])
    assert estimates.sample_of(run).units == 3


def test_numbers_have_ten_digits():
    found = estimates.shortened({"a": [1 / 3, (1e-4 / 3, 2)], "b": "x", "c": 123456789.123456})
    assert found == {"a": [0.3333333333, (0.000033333333, 2)], "b": "x", "c": 123456789.1}


def test_breakdowns_and_populations_that_are_not_there_are_not_asked_for(tmp_path):
    book = Book(tmp_path)
    answers = book.read(COLUMNS + 'mark = "v1"', {"v1": [5, 6]})
    run = estimates.run_of(answers.frame, estimates.Design(), book.definitions(), "file")
    assert (dict(run.breakdowns), run.population) == ({}, None)
    assert pl.Series(estimates.estimates(run, book.definitions(), SETTINGS)["value"]).to_list() == [5.5]
