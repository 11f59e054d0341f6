import pandas as pd
import polars as pl

from wavebook.survey.disclosure.dominance import contributions, heaviest
from wavebook.survey.disclosure.rules import Settings

FRAME = pl.LazyFrame(
    {
        "theme": ["a", "a", "a", "b", None],
        "population": ["x", "y", "y", "x", "x"],
        "weight": [1.0, 2.0, 3.0, 4.0, 5.0],
        "amount": [10.0, -8.0, None, 4.0, 1.0],
    }
)


def found(table, **key):
    mine = table
    for name, value in key.items():
        mine = mine[mine[name] == value]
    return mine[["largest", "second_largest", "total"]].to_numpy().tolist()


def test_the_two_largest_weighted_contributions_of_every_group():
    table = contributions(FRAME, "weight", ["amount"], ["theme"], None)
    # weighted amounts: 10, 16, none, 16, 5
    assert found(table, segment="") == [[16.0, 16.0, 47.0]]
    assert found(table, segment="a") == [[16.0, 10.0, 26.0]]
    assert found(table, segment="b") == [[16.0, 0.0, 16.0]]
    assert set(table["indicator"]) == {"amount"}


def test_without_weights_all_count_alike():
    assert found(contributions(FRAME, None, ["amount"], [], None)) == [[10.0, 8.0, 23.0]]


def test_populations_are_groups_and_so_are_their_segments():
    table = contributions(FRAME, "weight", ["amount"], ["theme"], "population")
    assert found(table, population="x", segment="") == [[16.0, 10.0, 31.0]]
    assert found(table, population="y", segment="a") == [[16.0, 0.0, 16.0]]


def test_without_amounts_there_are_no_contributions():
    assert contributions(FRAME, "weight", [], ["theme"], None).empty


def rows(*groups):
    return pd.DataFrame(groups, columns=["segment_by", "segment", "weight"]).assign(
        population="", indicator="amount", category=""
    )


def test_the_largest_weights_of_a_group_are_those_of_all_in_it_unless_they_dominate():
    table = heaviest(rows(("", "", 12.0), ("theme", "a", 5.0)), FRAME, "weight", Settings(2, "us", 50.0))
    assert table["largest_weight"].tolist() == [5.0, 2.0]  # of a, 3 of 5 dominates; who weighs 3 gave no answer
    assert table["second_largest_weight"].tolist() == [4.0, 1.0]
