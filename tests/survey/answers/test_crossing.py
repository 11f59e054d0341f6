import numpy as np
import pandas as pd
import polars as pl
import pytest
from exposure import ELSE, Survey, figure

from wavebook.definitions import load_definitions
from wavebook.survey.answers.crossing import with_crossings


def people(rng, n):
    """A made-up survey on trust in a broadcaster: sex, age, a grade, and whether somebody watches."""
    made = pd.DataFrame(
        {
            "sex": rng.choice(["man", "woman"], n),
            "age": rng.choice(["18_34", "35_64", "65_up"], n, p=[0.25, 0.5, 0.25]),
            "trust": rng.integers(1, 11, n),
            "watches": rng.integers(0, 2, n),
        }
    )
    return made


@pytest.fixture
def rng():
    return np.random.default_rng(7)


UNITS = {"trust": "grade", "watches": "percent"}


def test_a_crossing_equals_a_column_that_was_made_of_the_combination(tmp_path, rng):
    """Estimates, errors and intervals, weighted and with strata unknown to the crossing."""
    answered = people(rng, 1500)
    answered["both"] = answered["sex"] + "_" + answered["age"]
    answered["w"] = rng.uniform(0.5, 2, len(answered))
    made = Survey(tmp_path, answered, UNITS, decimals=1, weighted=True, crossings=[("sex", "age")])
    table = made.estimate()
    numbers = ["value", "n", "n_effective", "se", "ci_low", "ci_high"]
    crossed, plain = (
        table[table["segment_by"].eq(name)].assign(segment=lambda t: t["segment"].str.replace("*", "_"))
        for name in ("sex*age", "both")
    )
    one, other = (part.set_index(["indicator", "segment"])[numbers].sort_index() for part in (crossed, plain))
    assert len(one) == 12
    assert one.equals(other)


def test_who_is_in_no_segment_of_one_is_in_no_combination(tmp_path, rng):
    answered = people(rng, 900)
    answered.loc[answered.index[:150], "age"] = ELSE
    table = Survey(tmp_path, answered, UNITS, crossings=[("sex", "age")]).estimate()
    for sex in ("man", "woman"):
        inside = [figure(table, "trust", f"sex*age={sex}*{age}").n for age in ("18_34", "35_64", "65_up")]
        assert sum(inside) == (answered["sex"].eq(sex) & answered["age"].ne(ELSE)).sum()


def test_a_combination_of_which_there_is_nobody_has_no_row(tmp_path, rng):
    answered = people(rng, 900)
    answered = answered[~(answered["sex"].eq("man") & answered["age"].eq("18_34"))].reset_index(drop=True)
    table = Survey(tmp_path, answered, UNITS, crossings=[("age", "sex")]).estimate()
    cells = set(table.loc[table["segment_by"].eq("age*sex"), "segment"])
    assert len(cells) == 5
    assert "18_34*man" not in cells


def test_a_wave_without_one_of_the_two_has_no_crossing(tmp_path, rng):
    made = Survey(tmp_path, people(rng, 300), UNITS, crossings=[("sex", "age")])
    frame = with_crossings(pl.LazyFrame({"sex": ["man"], "trust": [7]}), load_definitions(made.root))
    assert frame.collect_schema().names() == ["sex", "trust"]
