"""The words by which columns of a sample are named."""

import pytest

from wavebook.survey.inspection.roles import named_as


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("respondent", ["id", "respnr", "Resp_id", "caseid", "idno", "RespondentID", "Response ID", "volgnummer"]),
        ("weight", ["weegfactor", "pspwght", "dweight", "wgt", "W1_weight", "Gewichtung", "poids", "wt"]),
        ("strata", ["stratum", "Strat", "STRATA", "stratification_cell"]),
        ("clusters", ["psu", "cluster", "Cluster_nr"]),
        ("filter", ["completed", "Finished", "compleet", "afgerond"]),
    ],
)
def test_names_of_a_role_are_known(role, names):
    assert [name for name in names if not named_as(role, name)] == []


@pytest.mark.parametrize(
    ("role", "text"),
    [
        ("strata", "demonstration"),
        ("strata", "strategy"),
        ("respondent", "ideology"),
        ("respondent", "video"),
        ("weight", "wealth"),
        ("clusters", "clustering coefficient of something else entirely"),
        ("weight", "Would you like to lose weight in the coming year?"),
    ],
)
def test_words_that_hold_such_a_name_are_not_it(role, text):
    assert not named_as(role, text)
