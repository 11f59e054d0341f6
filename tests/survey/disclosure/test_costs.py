"""What editors are told that protecting costs readers, by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import polars as pl
import pytest
from estimates import SETTINGS, row, table_of

from wavebook.definitions import ResponseFile
from wavebook.figures import Key
from wavebook.survey.disclosure import costs
from wavebook.survey.disclosure.perturbation import Perturbed, Sample
from wavebook.survey.disclosure.suppression import Suppression
from wavebook.survey.disclosure.worlds import Precision

FEW = "fewer than 30 respondents"
TABLE = table_of(
    row(100, 7.0), row(10, 6.0, segment="theme=a"), row(40, 7.0, segment="theme=b"), row(50, 7.2, segment="theme=c")
)
ALL = Precision({"grade": 2}, 0, 0)


def hiding(*rows):
    table = TABLE.copy()
    table.loc[list(rows), "status"] = "suppressed"
    return Suppression(table, (), ())


def told(*rows, exact=ALL):
    return list(costs.suppression(TABLE, hiding(*rows), pd.Series(["", FEW, "", ""]), exact))


def test_where_nothing_is_hidden_there_is_nothing_to_tell():
    assert told() == []


def test_what_is_hidden_by_itself_and_for_others_is_told_apart():
    assert told(1) == ["1 of 4 figures are hidden: 1 by themselves, 0 to protect those"]
    assert told(1, 2, 3) == ["3 of 4 figures are hidden: 1 by themselves, 2 to protect those"]


def test_fewer_decimals_are_told_with_the_indicators_that_have_them():
    _, none, one = told(1, exact=Precision({"b": 1, "a": 0, "c": 2, "d": 0}, 3, 3))
    assert (
        none == "a, d: published with 0 more decimals than readers see, not 2, as another would tell on a hidden figure"
    )
    assert one == "b: published with 1 more decimal than readers see, not 2, as another would tell on a hidden figure"


def test_it_is_told_where_only_some_hidden_figures_were_tried():
    assert told(1, exact=replace(ALL, tried=3, unsafe=7))[1:] == [
        "whether decimals tell on hidden figures was tried for 3 of 7"
    ]
    assert told(1, exact=replace(ALL, tried=7, unsafe=7))[1:] == []
    assert told(1, exact=replace(ALL, tried=0, unsafe=7))[1:] == []  # of equal weights none need be


def test_figures_that_stay_too_well_known_are_named():
    keys = tuple(Key("2016", "grade", "", "theme", name, "") for name in "ab")
    assert told(1, exact=replace(ALL, open=keys))[1:] == [
        "not shown to withstand someone who knows the weight of every respondent: "
        "grade@theme=a,2016, grade@theme=b,2016"
    ]


def test_noise_is_told_as_a_part_of_the_sampling_error():
    found = Perturbed(hiding(1).table, pd.Series(), pd.Series([0.1, np.nan, 0.25, 0.4]))
    assert list(costs.noise(found, replace(SETTINGS, noise=2.5))) == [
        "1 of 4 figures are hidden, all others have noise of 2.5 respondents",
        "the noise is 25% of the sampling error in the middle figure, 40% at most; both are in the published errors",
    ]
    assert len(list(costs.noise(replace(found, share=pd.Series([np.nan])), SETTINGS))) == 1


def test_where_there_is_noise_it_is_told_what_suppression_would_hide():
    assert list(costs.suppressing(TABLE, SETTINGS)) == [
        "by suppression 2 of 4 figures would be hidden, and none would have noise"
    ]


def test_where_suppression_can_protect_nothing_that_is_told():
    public = TABLE[TABLE["n"] > 30]
    assert list(costs.suppressing(TABLE, SETTINGS, known=public)) == [
        "suppression could not protect the figures that it would have to hide"
    ]


@pytest.fixture
def perturbing():
    """What is told of noise instead of hiding these rows, in a survey of so many."""
    people = pl.LazyFrame({"theme": ["a"] * 4 + ["b"] * 40 + ["c"] * 50, "grade": [7.0, 8.0] * 47})
    sample = Sample(people, ("grade",), None, ("theme",), None, 0.0)
    table = TABLE.assign(n=[94.0, 4, 40, 50])
    declared = ResponseFile.model_construct(ranges={})

    def told(*hidden, respondents=94):
        return list(costs.perturbing(table, hiding(*hidden), sample, declared, SETTINGS, respondents))

    return told


def test_where_figures_are_hidden_it_is_told_what_noise_would_hide(perturbing):
    (found,) = perturbing(1, 2)
    assert found.startswith(
        'with method = "cell_key" and noise of 2 respondents about 1 would be hidden, and noise be '
    )
    assert found.endswith(" of the sampling error in the middle figure")


def test_noise_is_not_tried_where_nothing_is_hidden_or_there_are_too_many(perturbing):
    assert perturbing() == []
    assert perturbing(1, respondents=costs.MOST + 1) == []
    assert perturbing(1, respondents=costs.MOST) != []
