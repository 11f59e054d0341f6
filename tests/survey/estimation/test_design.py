"""How respondents were drawn and what is asked of them, as it is declared."""

import pytest

from wavebook.survey.estimation.design import Band, Design, Mean, Multiple, Ratio, Share, Total, columns_of


@pytest.mark.parametrize(
    "others", [{"clusters": ()}, {"population_size": None}, {"calibrated_on": "y"}, {"lonely": "average"}]
)
def test_a_second_stage_needs_a_first(others):
    with pytest.raises(ValueError, match=r"people_size|average"):
        Design(**{"clusters": "town", "population_size": "towns", "people_size": "people"} | others)


def test_one_column_may_be_written_without_a_list():
    one, two, none = Design(strata="h"), Design(strata=["h", "g"]), Design(strata=None)
    assert (one.strata, two.strata, none.strata) == (("h",), ("h", "g"), ())
    assert Design(clusters="c", calibrated_on="x", calibrated_totals="y").margins == ("x", "y")


def test_a_design_reads_each_column_once_and_in_order():
    design = Design("w", ("h", "c"), "c", population_size="N", people_size="M", base_weight="w")
    assert list(design.columns()) == ["h", "c", "w", "N", "M"]
    assert list(Design(calibrated_on="h", calibrated_totals="x", base_weight="d").columns()) == ["h", "x", "d"]
    assert list(Design().columns()) == []


def test_a_rule_for_strata_of_one_is_one_that_there_is():
    assert Design(lonely="certainty").lonely == "certainty"
    with pytest.raises(ValueError, match="lonely must be one of fail, adjust, average, remove, certainty, not 'guess'"):
        Design(lonely="guess")


def test_the_rule_average_does_not_go_with_a_second_stage():
    with pytest.raises(ValueError, match="average"):
        Design(clusters="c", population_size="N", people_size="M", lonely="average")


@pytest.mark.parametrize(
    ("item", "columns"),
    [
        (Mean("m", "y"), ["y"]),
        (Share("s", "y", {1: "a"}), ["y"]),
        (Band("b", "y", low=1), ["y"]),
        (Multiple("m", {"a": "x", "b": "y"}), ["x", "y"]),
        (Ratio("r", "x", "y"), ["x", "y"]),
        (Total("t", "y"), ["y"]),
    ],
)
def test_an_indicator_reads_its_columns(item, columns):
    assert columns_of(item) == columns
