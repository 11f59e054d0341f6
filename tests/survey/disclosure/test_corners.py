"""Crossed breakdowns: an attacker who adds and subtracts segments, combinations and those outside them."""

import itertools

import numpy as np
import pandas as pd
import pytest
from exposure import ELSE, Survey, figure
from scipy.optimize import linprog
from sweeps import often

MINIMUM = 30


def people(seed, *, n=420, outside=0.0):
    """A made-up survey about a library: sex, age, whether somebody borrows; some combinations are small."""
    rng = np.random.default_rng(seed)
    made = pd.DataFrame({"sex": rng.choice(["man", "woman"], n, p=[0.35, 0.65])})
    made["age"] = rng.choice(["18_34", "35_64", "65_74", "75_up"], n, p=[0.12, 0.48, 0.28, 0.12])
    for name in ("sex", "age"):
        made.loc[rng.random(n) < outside, name] = ELSE
    made["borrows"] = (rng.random(n) < 0.6).astype(int)
    return made


def ranges(table, answered):
    """An attacker's bounds on the size of each group: of the combinations, and of those outside one or both."""
    ways = {name: [*sorted(set(answered[name]) - {ELSE}), ELSE] for name in ("sex", "age")}
    atoms = [*itertools.product(*ways.values())]

    def inside(by, segment):
        wanted = dict(zip(by.split("*"), segment.split("*"), strict=True)) if by else {}
        return [float(all(dict(zip(ways, atom, strict=True))[k] == v for k, v in wanted.items())) for atom in atoms]

    shown = table[table["status"].ne("suppressed")]
    rows = [inside(row.segment_by, row.segment) for row in shown.itertuples()]
    bounds = [(0, None if ((answered["sex"] == s) & (answered["age"] == a)).any() else 0) for s, a in atoms]
    found = {}
    for by, values in (("sex", ways["sex"]), ("age", ways["age"]), ("sex*age", ["*".join(atom) for atom in atoms])):
        for segment in values:
            goal = np.array(inside(by, segment))
            truth = sum(
                g * ((answered["sex"] == s) & (answered["age"] == a)).sum()
                for g, (s, a) in zip(goal, atoms, strict=True)
            )
            ends = [linprog(sign * goal, A_eq=rows, b_eq=shown["n"], bounds=bounds) for sign in (1, -1)]
            low, high = (
                sign * end.fun if end.status == 0 else np.inf * sign for sign, end in zip((1, -1), ends, strict=True)
            )
            found[by, segment] = truth, low if np.isfinite(low) else 0, high if ends[1].status == 0 else np.inf
    return found


def small_ones_are_safe(made, answered):
    table = made.estimate()
    hidden = table[table["status"].eq("suppressed")]
    assert len(hidden)
    for (by, segment), (truth, low, high) in ranges(table, answered).items():
        if 0 < truth < MINIMUM:
            assert high - low >= MINIMUM - 1e-6, (by, segment, truth, low, high)


@pytest.mark.parametrize(("seed", "outside"), often([(1, 0.0), (2, 0.08), (3, 0.2)], (3, 0.2)))
def test_no_small_combination_follows_from_segments_and_other_combinations(tmp_path, seed, outside):
    answered = people(seed, outside=outside)
    small_ones_are_safe(Survey(tmp_path, answered, {"borrows": "percent"}, crossings=[("sex", "age")]), answered)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 40))
def test_no_small_combination_follows_in_many_surveys(tmp_path, seed):
    answered = people(seed, n=300 + 20 * (seed - 20), outside=seed % 4 * 0.05)
    small_ones_are_safe(Survey(tmp_path, answered, {"borrows": "percent"}, crossings=[("sex", "age")]), answered)


def counts(table, answered, wanted):
    """An attacker's bounds on how many of a combination gave the answer, from all sizes and shares that are shown."""
    atoms = sorted({*answered[["sex", "age"]].itertuples(index=False, name=None)})

    def inside(row):
        parts = dict(zip(row.segment_by.split("*"), row.segment.split("*"), strict=True)) if row.segment_by else {}
        return np.array(
            [all(parts.get(k, v) == v for k, v in zip(("sex", "age"), a, strict=True)) for a in atoms], float
        )

    none, equal, near, ends = np.zeros(len(atoms)), [], [], []
    for row in table[table["status"].ne("suppressed")].itertuples():
        here, half = inside(row), 0.5 * 10.0**-2 + 1e-9
        equal.append((np.concatenate([here, none]), row.n))
        for sign in (1, -1):
            near.append(np.concatenate([none, sign * here]))
            ends.append(sign * row.value / 100 * row.n + half / 100 * row.n)
    for k in range(len(atoms)):  # nobody gives an answer without being there
        near.append(np.concatenate([-np.eye(len(atoms))[k], np.eye(len(atoms))[k]]))
        ends.append(0.0)
    goal = np.concatenate([none, np.array([atom == wanted for atom in atoms], float)])
    sums, totals = zip(*equal, strict=True)
    found = [linprog(s * goal, np.array(near), ends, np.array(sums), totals, method="highs") for s in (1, -1)]
    assert [one.status for one in found] == [0, 0]
    return found[0].fun, -found[1].fun


@pytest.mark.parametrize("seed", [11, 12])
def test_a_combination_that_answered_alike_is_not_computed_from_everything_else(tmp_path, seed):
    answered = people(seed, n=1200)
    wanted = ("man", "75_up")
    alike = answered["sex"].eq("man") & answered["age"].eq("75_up")
    answered.loc[alike, "borrows"] = 1
    made = Survey(tmp_path, answered, {"borrows": "percent"}, crossings=[("sex", "age")])
    table = made.estimate()
    assert figure(table, "borrows", "sex*age=man*75_up").status == "suppressed"
    assert alike.sum() >= MINIMUM  # so it is hidden for its answers, not for its size
    low, high = counts(table, answered, wanted)
    assert low <= alike.sum() <= high
    assert high - low >= 0.1 * alike.sum()  # the protection range


def outside_both(few):
    """No group that is printed is small; ``few`` people are in no segment of either breakdown."""
    parts = [("man", "18_34"), ("man", "35_up"), ("woman", "18_34"), ("woman", "35_up")]
    parts += [("man", ELSE), ("woman", ELSE), (ELSE, "18_34"), (ELSE, "35_up"), (ELSE, ELSE)]
    sizes = [80, 90, 100, 110, 40, 40, 40, 40, few]
    made = pd.DataFrame(
        [part for part, size in zip(parts, sizes, strict=True) for _ in range(size)], columns=["sex", "age"]
    )
    made["borrows"] = np.arange(len(made)) % 2
    return made


@pytest.mark.parametrize(("few", "safe"), [(4, False), (40, True), (0, True)])
def test_those_outside_both_breakdowns_follow_from_everything_together(tmp_path, few, safe):
    """They are printed nowhere: everyone, less two segments, less the four combinations leave them."""
    answered = outside_both(few)
    table = Survey(tmp_path, answered, {"borrows": "percent"}, crossings=[("sex", "age")]).estimate()
    assert table["status"].ne("suppressed").all() == safe
    truth, low, high = ranges(table, answered)["sex*age", f"{ELSE}*{ELSE}"]
    assert truth == few
    assert (low == pytest.approx(high)) == safe
    assert safe or high - low >= MINIMUM


def test_a_hidden_combination_takes_another_with_it_in_its_row_and_in_its_column(tmp_path):
    parts = [(s, a, 200) for s in ("man", "woman") for a in ("18_34", "35_64", "65_up")]
    parts[0] = ("man", "18_34", 10)
    answered = pd.DataFrame([(s, a) for s, a, n in parts for _ in range(n)], columns=["sex", "age"])
    answered["borrows"] = np.arange(len(answered)) % 2
    table = Survey(tmp_path, answered, {"borrows": "percent"}, crossings=[("sex", "age")]).estimate()
    hidden = set(table.loc[table["status"].eq("suppressed"), "segment"])
    assert "man*18_34" in hidden
    assert len(hidden) == 4
    assert all("*" in segment for segment in hidden)  # combinations, before segments


def test_noise_is_the_same_for_the_same_people_in_a_crossing_and_elsewhere(tmp_path):
    answered = people(5, n=600)
    answered["group"] = answered["sex"] + "_" + answered["age"].str[:2]
    rules = 'method = "cell_key"\nguess = 99'
    table = Survey(tmp_path, answered, {"borrows": "percent"}, rules=rules, crossings=[("sex", "age")]).estimate()
    one, other = figure(table, "borrows", "sex*age=woman*35_64"), figure(table, "borrows", "group=woman_35")
    assert one.status == "perturbed"
    assert (one.value, one.n, one.se) == (other.value, other.n, other.se)
