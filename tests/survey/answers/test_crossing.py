import itertools
import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import polars as pl
import pytest
from exposure import ELSE, Survey, figure

from wavebook.core.problems import ProblemsError
from wavebook.definitions import load_definitions
from wavebook.definitions.breakdowns import Breakdown, Crossing
from wavebook.survey.answers.crossing import with_crossings
from wavebook.survey.estimation.design import Design, Mean
from wavebook.survey.estimation.estimate import estimate

GOLDEN = Path(__file__).parents[2] / "golden"


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


NESTS = {"town": ("province", {"ede": "east", "arnhem": "east", "goes": "west"})}


def nested(rng, n=900):
    made = people(rng, n)
    made["town"] = rng.choice(["ede", "arnhem", "goes"], n)
    made["province"] = made["town"].map({"ede": "east", "arnhem": "east", "goes": "west"})
    return made


def test_somebody_in_a_town_and_in_another_province_is_told(tmp_path, rng):
    answered = nested(rng)
    wrong = answered.index[answered["town"].eq("ede")][:3]
    answered.loc[wrong, "province"] = "west"
    answered.loc[answered.index[answered["town"].eq("goes")][:2], "province"] = ELSE  # which contradicts nothing
    with pytest.raises(ProblemsError) as error:
        Survey(tmp_path, answered, UNITS, nests=NESTS).estimate()
    (problem,) = error.value.problems
    assert problem.code == "W176"
    assert problem.found == "town ede lies within province east, and respondents are in another (3 respondents)"


def test_a_nest_whose_answers_agree_is_estimated_though_some_are_in_no_town(tmp_path, rng):
    answered = nested(rng)
    answered.loc[answered.index[::5], "town"] = ELSE
    table = Survey(tmp_path, answered, UNITS, nests=NESTS).estimate()
    assert figure(table, "trust", "province=east").n == answered["province"].eq("east").sum()
    assert figure(table, "trust", "town=ede").n == answered["town"].eq("ede").sum()


def test_the_few_of_a_province_who_are_in_no_town_do_not_follow_from_its_towns(tmp_path, rng):
    answered = nested(rng)
    answered.loc[answered.index[answered["town"].eq("goes")][:4], "town"] = ELSE
    table = Survey(tmp_path, answered, UNITS, nests=NESTS).estimate()
    shown = table[table["status"].ne("suppressed") & table["indicator"].eq("trust")]
    sizes = {row.segment: row.n for row in shown.itertuples()}
    assert not {"west", "goes"} <= sizes.keys()


def test_a_crossing_is_what_the_survey_package_of_r_has_for_two_variables():
    golden = json.loads((GOLDEN / "golden.json").read_text(encoding="utf-8"))
    (case,) = [case for case in golden["cases"] if case["id"] == "nhanes.by.race_gender"]
    frame = pl.read_csv(GOLDEN / "nhanes.csv", null_values="NA").rename({"RIAGENDR": "sex"})
    values = {name: dict.fromkeys(map(str, frame[name].unique().drop_nulls().to_list())) for name in ("race", "sex")}
    crossing = Crossing(of=("race", "sex"))
    both = Breakdown.model_construct(values=["*".join(pair) for pair in itertools.product(*values.values())])
    declared = SimpleNamespace(crossings=[crossing], breakdowns={crossing.name: both})
    answered = with_crossings(frame.lazy(), declared)
    design = Design("WTMEC2YR", "SDMVSTRA", "SDMVPSU", nest=True)
    table = estimate(answered, design, [Mean("high", "HI_CHOL")], [crossing.name]).drop_nulls("segment")
    found = {row["segment"]: row for row in table.iter_rows(named=True)}
    for group, value, se, n in zip(*(case[name] for name in ("groups", "est", "se", "unwtd_n")), strict=True):
        ours = found[group.replace("|", "*")]
        np.testing.assert_allclose((ours["value"], ours["se"]), (value, se), rtol=1e-8)
        assert ours["n"] == n
