import numpy as np
import pandas as pd

from wavebook.figures import Key
from wavebook.survey.disclosure.bases import heaviest, same_respondents, sizes


def test_weights_of_bases_are_one_in_the_mean():
    size, scale = sizes(pd.DataFrame({"weight": [30.0, 10.0, np.nan], "n": [10, 10, 7]}))
    assert scale == 0.5
    assert size.tolist() == [15.0, 5.0, 7.0]  # without a weight the respondents


def test_the_largest_weight_is_on_the_same_scale():
    rows = pd.DataFrame({"weight": [30.0, 10.0], "largest_weight": [6.0, 2.0]})
    assert heaviest(rows, np.array([15.0, 5.0])).tolist() == [3.0, 1.0]
    assert np.isnan(heaviest(rows.drop(columns="largest_weight"), np.array([15.0, 5.0]))).all()


def test_figures_share_respondents_where_their_bases_agree_in_every_group_that_both_have():
    def row(indicator, segment, wave="2016"):
        return Key(wave, indicator, "", "theme" if segment else "", segment, "")

    keys = [row("a", ""), row("a", "x"), row("b", ""), row("b", "x"), row("c", ""), row("c", "x"), row("a", "", "2014")]
    assert same_respondents(keys, np.array([9.0, 4.0, 9.0, 4.0, 9.0, 5.0, 9.0])) == [0, 0, 0, 0, 1, 1, 2]


def test_figures_without_a_group_in_common_may_be_of_others():
    keys = [Key("2016", "a", "", "", "", ""), Key("2016", "b", "", "theme", "x", "")]
    assert same_respondents(keys, np.array([9.0, 9.0])) == [0, 1]


def test_a_base_that_weighs_nothing_counts_its_respondents():
    size, scale = sizes(pd.DataFrame({"weight": [30.0, 0.0], "n": [10, 7]}))
    assert (size.tolist(), scale) == ([10.0, 7.0], 1 / 3)
