"""Numbers to their last digit: against exact fractions, with zeros that are zero, whatever the order of the rows."""

from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from sweeps import often

from wavebook.survey.estimation.covariances import covariance
from wavebook.survey.estimation.design import Band, Design, Mean, Multiple, Ratio, Share, Total
from wavebook.survey.estimation.estimate import change, estimate, significant

ITEMS = [Mean("mean", "y"), Band("band", "hit", values=[1]), Ratio("ratio", "y", "x")]


def exact(frame, top, bottom, inside, clustered):
    """Value, standard error and design effect from fractions: of every number in the frame, all binary digits count."""
    w, a, b = ([Fraction(x) for x in frame[name]] for name in ("w", top, bottom))
    w = [x if i else Fraction(0) for x, i in zip(w, inside, strict=True)]
    base = sum(x * y for x, y in zip(w, b, strict=True))
    r = sum(x * y for x, y in zip(w, a, strict=True)) / base
    z = [x * (y - r * v) / base for x, y, v in zip(w, a, b, strict=True)]
    totals: dict = {}
    for stratum, unit, score in zip(frame["stratum"], frame["town" if clustered else "person"], z, strict=True):
        units = totals.setdefault(stratum, {})
        units[unit] = units.get(unit, 0) + score
    variance = Fraction(0)
    for units in totals.values():
        n, mean = len(units), sum(units.values()) / len(units)
        variance += Fraction(n, n - 1) * sum((t - mean) ** 2 for t in units.values())
    n, ww = sum(inside), sum(w)
    spread = sum(x * (y - r * v) ** 2 for x, y, v in zip(w, a, b, strict=True))
    simple = spread / ww / (n - 1) * (ww / base) ** 2
    return float(r), float(variance) ** 0.5, float(variance / simple)


def wide(seed, orders=12, middle=0.0):
    """Weights over many orders of magnitude, and answers about ``middle``."""
    rng, n = np.random.default_rng(seed), 120
    frame = {
        "w": 10 ** rng.uniform(-orders / 2, orders / 2, n),
        "y": middle + rng.normal(0, 1, n),
        "x": rng.gamma(2, 1, n),
        "hit": (rng.random(n) < 0.5).astype(float),
        "one": np.ones(n),
        "stratum": rng.integers(0, 3, n),
        "town": rng.integers(0, 5, n),
        "person": np.arange(n),
        "group": rng.choice(["a", "b"], n),
    }
    return pl.DataFrame(frame)


@pytest.mark.parametrize("clustered", [False, True], ids=["people", "clusters"])
@pytest.mark.parametrize("stratified", [False, True], ids=["one stratum", "strata"])
@pytest.mark.parametrize(("orders", "middle"), [(12, 0.0), (12, 7.0), (16, 7.0), (0, 1e6), (1, 1e9)])
@pytest.mark.parametrize("seed", often(range(3), 0))
def test_weights_over_many_orders_and_far_means_keep_their_digits(seed, orders, middle, stratified, clustered):
    frame = wide(seed, orders, middle)
    frame = frame if stratified else frame.with_columns(stratum=0)
    design = Design("w", "stratum", "town" if clustered else (), nest=True)
    table = estimate(frame, design, ITEMS, ["group"])
    for segment in (None, "a", "b"):
        inside = [segment is None or x == segment for x in frame["group"]]
        for name, top, bottom in (("mean", "y", "one"), ("band", "hit", "one"), ("ratio", "y", "x")):
            value, se, effect = exact(frame, top, bottom, inside, clustered)
            row = table.filter(pl.col("segment").eq_missing(pl.lit(segment)), pl.col("indicator") == name)
            row = row.row(0, named=True)
            assert row["value"] == pytest.approx(value, rel=1e-11)
            assert row["se"] == pytest.approx(se, rel=1e-7)
            assert row["deff"] == pytest.approx(effect, rel=1e-7)


@pytest.mark.parametrize("calibrated", [(), "group"])
def test_a_change_and_a_covariance_keep_their_digits_too(calibrated):
    near, far = (wide(4, 2, middle) for middle in (3.0, 3e8 + 3.0))
    design = Design("w", "stratum", "town", nest=True, calibrated_on=calibrated)
    for clusters in ("town", ()):
        design = Design("w", "stratum", clusters, nest=True, calibrated_on=calibrated)
        rows = [change(frame, design, ITEMS[:1], "group", "a", "b") for frame in (near, far)]
        assert rows[1]["se"][0] == pytest.approx(rows[0]["se"][0], rel=1e-6)
        assert rows[1]["change"][0] == pytest.approx(rows[0]["change"][0], abs=1e-6)
    matrices = [
        covariance(frame, Design("w", "stratum", "town", nest=True), ITEMS[:2], "group")[1] for frame in (near, far)
    ]
    assert matrices[1] == pytest.approx(matrices[0], rel=1e-5, abs=1e-9)


# --- zero is zero ---


def test_strata_that_each_answer_alike_leave_no_error():
    rng = np.random.default_rng(0)
    frame = pl.DataFrame({"h": rng.integers(0, 5, 300), "w": rng.gamma(2, 1, 300)})
    frame = frame.with_columns(y=pl.col("h") * 0.1 + 6.3, hit=(pl.col("h") > 2).cast(pl.Int8), x=pl.col("h") + 0.7)
    equal = frame.with_columns(w=pl.lit(0.7))
    table = estimate(equal, Design("w", "h"), [*ITEMS, Share("share", "hit", {0: "no", 1: "yes"})])
    assert table["se"].to_list() == [0.0] * 5
    assert table["n_effective"].to_list() == [None] * 5
    for end in ("ci_low", "ci_high"):
        assert table[end].to_list() == pytest.approx(table["value"].to_list(), rel=1e-15)


def test_clusters_that_are_all_alike_leave_no_error():
    frame = pl.DataFrame({"town": [k // 3 for k in range(30)], "y": [0.1, 0.2, 0.7] * 10, "w": [0.3, 1.1, 0.9] * 10})
    row = estimate(frame, Design("w", clusters="town"), ITEMS[:1]).row(0, named=True)
    assert (row["se"], row["n_effective"]) == (0.0, None)


def test_everyone_in_the_population_leaves_no_error():
    frame = pl.DataFrame({"h": [1, 1, 1, 2, 2], "size": [3, 3, 3, 2, 2], "y": [0.1, 0.2, 0.4, 0.9, 0.7]})
    row = estimate(frame, Design(strata="h", population_size="size"), ITEMS[:1]).row(0, named=True)
    assert (row["se"], row["n_effective"]) == (0.0, None)


@pytest.mark.parametrize("clusters", [(), "town"], ids=["people", "clusters"])
def test_what_the_margins_say_has_no_error(clusters):
    frame = wide(1, orders=1)
    design = Design("w", "stratum", clusters, nest=True, calibrated_on=("group", "hit"))
    table = estimate(frame, design, [Band("hit", "hit", values=[1]), Band("group", "group", values=["a"]), ITEMS[0]])
    assert table["se"].to_list()[:2] == [0.0, 0.0]
    assert table["se"][2] > 0


def test_a_small_error_is_not_taken_for_none():
    """One of a thousand strata's respondents differs by a ten-thousandth."""
    frame = pl.DataFrame({"h": [k // 10 for k in range(100)], "y": [float(k // 10) for k in range(100)]})
    frame = frame.with_columns(y=pl.when(pl.int_range(pl.len()) == 5).then(pl.col("y") + 1e-4).otherwise("y"))
    se = estimate(frame, Design(strata="h"), [Mean("y", "y")])["se"][0]
    assert se == pytest.approx(1e-4 / 100, rel=1e-4)


def test_all_answers_alike_have_no_error_that_is_known():
    frame = pl.DataFrame({"y": [0.1] * 7, "w": [0.3, 1e9, 2.7, 0.1, 1e-7, 5.5, 3.3], "hit": [1] * 7, "x": [0.7] * 7})
    table = estimate(frame, Design("w"), ITEMS)
    assert table["se"].to_list() == table["n_effective"].to_list() == [None] * 3
    assert table["value"].to_list() == pytest.approx([0.1, 1, 1 / 7])


# --- order ---


@pytest.mark.parametrize("clusters", [(), "town"], ids=["people", "clusters"])
def test_the_order_of_rows_does_not_show(clusters):
    frame = wide(2, orders=3, middle=6.0)
    frame = pl.concat([frame.with_columns(y=pl.col("y").round(k % 3), part=pl.lit(k)) for k in range(20)])
    frame = frame.with_columns(half=(pl.col("person") % 2).cast(pl.Int8), tenth=pl.col("person") % 8 == 0)
    items = [
        *ITEMS,
        Multiple("answer", {"half": "half", "hit": "hit"}),
        Total("total", "y"),
        Band("tenth", "tenth", [1]),
    ]
    design = Design("w", "stratum", clusters, nest=True)
    names = ("value", "se", "ci_low", "ci_high", "n_effective")

    def written(seed):
        shuffled = frame.sample(fraction=1, shuffle=True, seed=seed)
        table = estimate(shuffled, design, items, ["group"])
        kept = {name: significant(table[name].to_numpy()).round(6) for name in names}
        return pl.DataFrame(kept).write_csv()

    assert len({written(seed) for seed in range(12)}) == 1
