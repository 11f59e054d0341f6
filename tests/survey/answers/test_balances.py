import polars as pl
import pytest
from commuting import Commuting

from wavebook.definitions import load_definitions
from wavebook.survey.answers.balances import answer, parts_of


@pytest.fixture
def declared(tmp_path):
    return load_definitions(Commuting(tmp_path / "book").root)


def test_a_balance_is_made_where_all_its_shares_are_measured(declared):
    parts = ("advice.promoter", "advice.detractor")
    assert parts_of(declared, ["trust", *parts]) == {"nps": parts}
    assert parts_of(declared, ["trust", "advice.promoter"]) == {}


def test_each_respondent_counts_for_against_or_not(declared):
    answers = pl.DataFrame({"advice.promoter": [1, 0, 0, None], "advice.detractor": [0, 1, 0, None]})
    columns = {name: pl.col(name) for name in answers.columns}
    assert answers.select(answer(declared, "nps", columns)).to_series().to_list() == [100, -100, 0, None]
