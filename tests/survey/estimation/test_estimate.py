"""Survey estimates: against R's survey package, an oracle on single rows, and answers by hand."""

import json
from functools import cache

import numpy as np
import polars as pl
import pytest
from scipy import stats
from sweeps import often
from textbook import WHAT, made_up, textbook_columns, textbook_ratio, textbook_variance

from book import ROOT
from wavebook.core.problems import ProblemsError
from wavebook.survey.estimation.covariances import covariance
from wavebook.survey.estimation.design import Band, Design, Mean, Multiple, Share, Total, columns_of
from wavebook.survey.estimation.estimate import change, difference, estimate, percent
from wavebook.survey.estimation.weights import calibrate

GOLDEN = ROOT / "tests" / "golden"
ANSWERS = json.loads((GOLDEN / "golden.json").read_text())
CASES = {case["id"]: case for case in ANSWERS["cases"]}

# --- golden: every number of every case against R ---

METHODS = {"logit": "logit", "xlogit": "logit", "mean": "mean", "asin": "asin", "beta": "beta"}
CHANNEL = Share("channel", "channel", {code: str(code) for code in range(1, 6)})
MR = Multiple("mr", {f"mr{i}": f"mr{i}" for i in range(1, 6)})
SINGLE = {
    "grade1": Mean("grade1", "grade1"),
    "grade2": Mean("grade2", "grade2"),
    "grade3": Mean("grade3", "grade3"),
    "mr1": Band("mr1", "mr1", [1]),
    "mr3": Band("mr3", "mr3", [1]),
    "yes": Band("yes", "yes", [1]),
    "rare": Band("rare", "rare", [1]),
    "channel": CHANNEL,
    "mr": MR,
    "hichol": Band("hichol", "HI_CHOL", [1]),
    "race": Share("race", "race", {code: str(code) for code in range(1, 5)}),
}


def inapplicable(case: dict) -> str | None:
    """Why a case is not for us, or None."""
    if case.get("skipped"):
        return "R itself stopped: this version has no Wilson interval"
    if case["id"].endswith(".likelihood"):
        return "R reads it off a spline through a profile likelihood; the project uses logit intervals"
    return None


@cache
def rows(file: str, keep: str | None = None) -> pl.DataFrame:
    frame = pl.read_csv(GOLDEN / file, infer_schema_length=None)
    return frame if keep is None else frame.filter(pl.sql_expr(keep.replace("==", "=")))


def golden_design(name: str, **options) -> tuple[pl.DataFrame, Design]:
    declared = ANSWERS["designs"][name.split()[0]]
    design = Design(
        declared["weights"],
        declared.get("strata", ()),
        declared.get("psu", ()),
        nest=declared.get("nest", False),
        **options,
    )
    return rows(declared["csv"], declared.get("filter")), design


@cache
def golden_table(name: str, method: str = "logit", lonely: str = "fail") -> pl.DataFrame:
    """All estimates of one design in one pass, with all breakdowns."""
    frame, design = golden_design(name, lonely=lonely)
    here = [item for item in SINGLE.values() if set(columns_of(item)) <= set(frame.columns)]
    breakdowns = [b for b in ("population", "theme", "life_event", "organisation", "race", "agecat") if b in frame]
    return estimate(frame, design, here, breakdowns, share_interval=method, replacement=False)


@cache
def golden_shares(name: str, method: str) -> pl.DataFrame:
    """What cases ask of one kind of interval: shares of one answer, of everyone and by theme."""
    frame, design = golden_design(name)
    here = [item for item in SINGLE.values() if isinstance(item, Band) and set(columns_of(item)) <= set(frame.columns)]
    breakdowns = ["theme"] if "theme" in frame else []
    return estimate(frame, design, here, breakdowns, share_interval=method, replacement=False)


def everyone(table: pl.DataFrame, indicator: str) -> pl.DataFrame:
    return table.filter(pl.col("segment_by").is_null(), pl.col("indicator") == indicator)


def golden_mean(case: dict, what: str) -> dict:
    result = everyone(golden_table(case["design"]), what)
    value, se = result["value"].to_numpy(), result["se"].to_numpy()
    reach = stats.norm.ppf(0.975) * se
    return {
        "est": value,
        "se": se,
        "vcov": golden_covariance(case["design"], what),
        "ci_normal": np.stack([value - reach, value + reach], axis=1),
        "df": result["df"][0],
        "ci_t": t_interval(result),
        "deff": result["deff"],
    }


def t_interval(result: pl.DataFrame) -> np.ndarray:
    """R's confint(svymean) also has t intervals for shares; the estimator has them by another method name."""
    reach = stats.t.ppf(0.975, result["df"].to_numpy()) * result["se"].to_numpy()
    if (result["measure"] != "share").all():
        return result.select("ci_low", "ci_high").to_numpy()
    return np.stack([result["value"].to_numpy() - reach, result["value"].to_numpy() + reach], axis=1)


def golden_covariance(design: str, what: str, breakdown: str | None = None) -> np.ndarray:
    frame, design = golden_design(design)
    return covariance(frame, design, [SINGLE[what]], breakdown)[1]


def golden_by(case: dict, what: str, breakdown: str) -> dict:
    result = golden_table(case["design"]).filter(pl.col("segment_by") == breakdown, pl.col("indicator") == what)
    result = result.sort(pl.col("category").cast(pl.Int64, strict=False), "segment", maintain_order=True)
    computed = {"est": result["value"], "se": result["se"], "unwtd_n": result["n"][: len(case["groups"])]}
    if "vcov" in case:
        computed["vcov"] = golden_covariance(case["design"], what, breakdown)
    return computed


def golden_by_two(case: dict) -> dict:
    frame, design = golden_design(case["design"])
    result = estimate(frame, design, [SINGLE["hichol"]], ["RIAGENDR"], population="race")
    result = result.filter(pl.col("segment").is_not_null(), pl.col("population") != "")
    result = result.sort("segment", "population")
    groups = [f"{p}|{s}" for p, s in result.select("population", "segment").iter_rows()]
    assert groups == case["groups"]
    return {"est": result["value"], "se": result["se"], "unwtd_n": result["n"]}


def golden_ciprop(case: dict, what: str, method: str, theme: str | None = None) -> dict:
    table = golden_shares(case["design"].split()[0], METHODS[method])
    if theme:
        result = table.filter(pl.col("segment_by") == "theme", pl.col("segment") == theme, pl.col("indicator") == what)
    else:
        result = everyone(table, what)
    row = result.row(0, named=True)
    return {"est": row["value"], "se": row["se"], "ci": [row["ci_low"], row["ci_high"]], "df": row["df"]}


@cache
def golden_changes(design: str) -> pl.DataFrame:
    frame, drawn = golden_design(design)
    here = [SINGLE[name] for name in ("grade1", "grade3", "mr1", "yes")]
    return change(frame, drawn, here, "wave", 1, 2, ["theme"])


def golden_change(case: dict, what: str, theme: str | None = None) -> dict:
    table = golden_changes(case["design"]).filter(pl.col("indicator") == what)
    row = table.filter(pl.col("segment").eq_missing(pl.lit(theme))).row(0, named=True)
    computed = {"est": row["change"], "se": row["se"]}
    if theme:
        return computed
    covariance_of_waves = (row["se_before"] ** 2 + row["se_after"] ** 2 - row["se"] ** 2) / 2
    return computed | {
        "wave_est": [row["before"], row["after"]],
        "wave_se": [row["se_before"], row["se_after"]],
        "wave_cov": covariance_of_waves,
        "t": row["statistic"],
        "df": row["df"],
        "p": row["p"],
        "t_ci": [row["ci_low"], row["ci_high"]],
    }


def golden_ttest(case: dict) -> dict:
    frame, design = golden_design(case["design"])
    row = change(frame, design, [SINGLE["hichol"]], "RIAGENDR", 1, 2).row(0, named=True)
    interval = [row["ci_low"], row["ci_high"]]
    return {"est": row["change"], "statistic": row["statistic"], "df": row["df"], "p": row["p"], "ci": interval}


def golden_total(case: dict) -> dict:
    frame, design = golden_design(case["design"])
    table, matrix = covariance(frame, design, [Total("hichol", "HI_CHOL")])
    row = table.row(0, named=True)
    reach = stats.norm.ppf(0.975) * row["se"]
    return {
        "est": row["value"],
        "se": row["se"],
        "vcov": matrix,
        "ci_normal": [row["value"] - reach, row["value"] + reach],
        "df": row["df"],
        "ci_t": [row["ci_low"], row["ci_high"]],
    }


def golden_rake(case: dict) -> dict:
    frame, design = golden_design(case["design"])
    total = frame["weight"].sum()
    shares = {
        "population": {"business": 0.4, "citizen": 0.6},
        "theme": dict(zip("ABCDEF", (0.25, 0.25, 0.2, 0.15, 0.1, 0.05), strict=True)),
    }
    margins = {name: {key: x * total for key, x in categories.items()} for name, categories in shares.items()}
    weights = frame.select(calibrate(frame, margins, weight="weight").weight).to_series()
    design = Design("raked", calibrated_on=("population", "theme"))
    row = estimate(frame.with_columns(raked=weights), design, [SINGLE["grade1"]]).row(0, named=True)
    return {"N": weights.sum(), "weights": weights, "mean_grade1": row["value"], "se_mean_grade1": row["se"]}


def golden_lonely(case: dict, rule: str) -> dict:
    table = golden_table(case["design"], lonely=rule)
    result = pl.concat([everyone(table, "yes"), everyone(table, "rare")])
    return {"est": result["value"], "se": result["se"], "df": result["df"][0]}


def golden_answer(case: dict) -> dict:
    """What the estimator says to the call that a case's name stands for."""
    match case["id"].split(".")[1:]:
        case ["mean", what]:
            return golden_mean(case, what)
        case ["by", "race_gender"]:
            return golden_by_two(case)
        case ["by", "race" | "agecat" as breakdown]:
            return golden_by(case, "hichol", breakdown)
        case ["by", what, breakdown]:
            return golden_by(case, what, breakdown)
        case ["ciprop", what, method]:
            return golden_ciprop(case, what, method)
        case ["ciprop", what, "themeF", method]:
            return golden_ciprop(case, what, method, "F")
        case ["change", what]:
            return golden_change(case, what)
        case ["change", what, theme]:
            return golden_change(case, what, theme.removeprefix("theme"))
        case ["ttest", "gender"]:
            return golden_ttest(case)
        case ["total"]:
            return golden_total(case)
        case ["rake"]:
            return golden_rake(case)
        case ["adjust" | "average" | "remove" | "certainty" as rule]:
            return golden_lonely(case, rule)
    raise AssertionError(f"nobody tests {case['id']}")


def tolerance(case: dict, field: str) -> float:
    if field == "weights":
        return 1e-9
    return 1e-7 if case["id"].endswith(".logit") and field == "ci" else 1e-8


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not inapplicable(case)])
def test_every_number_of_a_golden_case_equals_r(name):
    case = CASES[name]
    computed = golden_answer(case)
    expected = {k: v for k, v in case.items() if k not in ("id", "design", "call", "names", "groups")}
    assert computed.keys() == expected.keys()
    for field, value in expected.items():
        ours, theirs = (np.squeeze(np.asarray(x, dtype=float)) for x in (computed[field], value))
        assert ours.shape == theirs.shape
        # The covariance of independent waves is 0: no relative distance, so against the variances.
        scale = 1e-8 * np.prod(expected["wave_se"]) if field == "wave_cov" else 0.0
        np.testing.assert_allclose(ours, theirs, rtol=tolerance(case, field), atol=scale, err_msg=field)


def test_golden_cases_are_all_tested_but_those_with_a_reason():
    reasons = {name: inapplicable(case) for name, case in CASES.items()}
    left_out = {name for name, reason in reasons.items() if reason}
    assert len(CASES) == 241
    assert {name.rpartition(".")[2] for name in left_out} == {"wilson", "likelihood"}
    assert len(left_out) == 13 + 19


# --- an oracle on single rows: the textbook, respondent by respondent, no code shared with the estimator ---


@pytest.mark.parametrize("finite", [False, True], ids=["infinite", "finite"])
@pytest.mark.parametrize("clustered", [False, True], ids=["people", "clusters"])
@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("seed", often(range(3), 0))
def test_value_and_error_in_a_group_equal_the_textbook(seed, what, clustered, finite):
    frame = made_up(seed, clustered)
    design = Design(
        "w", "stratum", "cluster" if clustered else (), population_size="size" if finite else None, nest=True
    )
    table = estimate(frame, design, [WHAT[what]], ["group"], population="kind")
    top, bottom, answered = textbook_columns(frame, what)
    stratum = frame["stratum"].to_list()
    size = dict(zip(stratum, frame["size"].to_list(), strict=True)) if finite else None
    kind, group = frame["kind"].to_numpy(), frame["group"].to_numpy()
    for population in ("", "x"):
        for segment in (None, "a", "b"):
            inside = answered & (segment is None or group == segment) & (population == "" or kind == population)
            r, z = textbook_ratio(frame["w"].to_numpy(), top, bottom, inside)
            row = table.filter(pl.col("population") == population, pl.col("segment").eq_missing(pl.lit(segment))).row(
                0, named=True
            )
            error = textbook_variance(z, stratum, frame["cluster"].to_list(), size) ** 0.5
            assert row["value"] == pytest.approx(r, rel=1e-12)
            assert row["se"] == pytest.approx(error, rel=1e-10)
            assert row["n"] == (inside & (frame["w"].to_numpy() > 0)).sum()


@pytest.mark.parametrize("clustered", [False, True], ids=["people", "panel"])
@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("seed", often(range(3), 0))
def test_change_and_its_error_equal_the_textbook(seed, what, clustered):
    frame = made_up(seed, clustered)
    design = Design("w", "stratum", "cluster" if clustered else (), nest=True)
    row = (
        change(frame, design, [WHAT[what]], "wave", 1, 2, ["group"]).filter(pl.col("segment") == "a").row(0, named=True)
    )
    top, bottom, answered = textbook_columns(frame, what)
    wave, inside = frame["wave"].to_numpy(), answered & (frame["group"].to_numpy() == "a")
    (before, z1), (after, z2) = (
        textbook_ratio(frame["w"].to_numpy(), top, bottom, inside & (wave == number)) for number in (1, 2)
    )
    variance = textbook_variance(z2 - z1, frame["stratum"].to_list(), frame["cluster"].to_list())
    assert row["change"] == pytest.approx(after - before, rel=1e-10)
    assert row["se"] == pytest.approx(variance**0.5, rel=1e-10)


@pytest.mark.parametrize("clustered", [False, True], ids=["people", "clusters"])
@pytest.mark.parametrize("base", [None, "start"], ids=["raking", "linear"])
@pytest.mark.parametrize("what", WHAT)
def test_error_of_calibrated_weights_is_that_of_regression_residuals(what, base, clustered):
    frame = made_up(4, clustered).with_columns(
        start=pl.col("w") * pl.when(pl.col("kind") == "x").then(1.3).otherwise(0.7)
    )
    clusters = "cluster" if clustered else ()
    design = Design("w", "stratum", clusters, nest=True, calibrated_on=("kind", "group"), base_weight=base)
    table = estimate(frame, design, [WHAT[what]], ["wave"])
    w, wave = frame["w"].to_numpy(), frame["wave"].to_numpy()
    top, bottom, answered = textbook_columns(frame, what)
    _, z = textbook_ratio(w, top, bottom, answered & (wave == 2))
    counted = w > 0
    margins = frame.select("kind", "group").to_dummies().to_numpy().astype(float)[counted]
    root = np.sqrt(frame["start"].to_numpy()[counted]) if base else np.ones(counted.sum())
    u = z[counted] / w[counted]
    fit = margins @ np.linalg.lstsq(margins * root[:, None], u * root, rcond=None)[0]
    residual = np.zeros(len(w))
    residual[counted] = w[counted] * (u - fit)
    error = textbook_variance(residual, frame["stratum"].to_list(), frame["cluster"].to_list()) ** 0.5
    assert table.filter(pl.col("segment") == "2")["se"][0] == pytest.approx(error, rel=1e-9)


@pytest.mark.parametrize("clustered", [False, True], ids=["people", "panel"])
def test_error_of_a_change_under_calibrated_weights_is_that_of_regression_residuals(clustered):
    frame = made_up(6, clustered).filter(pl.col("w") > 0)
    design = Design("w", "stratum", "cluster" if clustered else (), nest=True, calibrated_on=("kind", "group"))
    w, wave = frame["w"].to_numpy(), frame["wave"].to_numpy()
    top, bottom, answered = textbook_columns(frame, "mean")
    z1, z2 = (textbook_ratio(w, top, bottom, answered & (wave == number))[1] for number in (1, 2))
    margins, u = frame.select("kind", "group").to_dummies().to_numpy().astype(float), (z2 - z1) / w
    residual = w * (u - margins @ np.linalg.lstsq(margins, u, rcond=None)[0])
    error = textbook_variance(residual, frame["stratum"].to_list(), frame["cluster"].to_list()) ** 0.5
    assert change(frame, design, [WHAT["mean"]], "wave", 1, 2)["se"][0] == pytest.approx(error, rel=1e-9)


def raked_errors(base_weight, reps=400):
    """Error over true error of a raked mean, where base weights go with the answer and the margins interact."""
    rng, size = np.random.default_rng(7), 20_000
    a, b = rng.integers(0, 3, size), rng.integers(0, 2, size)
    y = 6 + 0.8 * a - 0.6 * b + 0.9 * (a == 2) * (b == 1) + rng.normal(0, 1, size)
    drawn = np.exp(0.7 * (y - y.mean()))
    drawn = np.minimum(1, 600 * drawn / drawn.sum())
    answers = np.array([0.5, 0.8, 1.0])[a] * np.array([1.0, 0.6])[b]
    margins = {name: {str(k): float(n) for k, n in enumerate(np.bincount(x))} for name, x in (("a", a), ("b", b))}
    values, errors = [], []
    for _ in range(reps):
        here = rng.random(size) < drawn * answers
        frame = pl.DataFrame({"a": a[here], "b": b[here], "y": y[here], "base": 1 / drawn[here]})
        frame = frame.with_columns(calibrate(frame, margins, weight="base").weight.alias("w"))
        row = estimate(frame, Design("w", calibrated_on=("a", "b"), base_weight=base_weight), [Mean("y", "y")])
        values.append(row["value"][0])
        errors.append(row["se"][0])
    return np.mean(errors) / np.std(values, ddof=1)


@pytest.mark.slow
def test_errors_of_raked_weights_come_nearer_to_the_truth_with_the_base_weight():
    assert 0.8 < raked_errors("base") < 1.05
    assert raked_errors(None) > 1.2


def test_error_of_a_total_is_that_of_the_jackknife():
    """For a total, leaving out a cluster at a time and Taylor linearisation are the same number."""
    frame = made_up(1, True)
    score = (frame["w"] * frame["grade"].fill_null(0)).to_numpy()
    stratum, cluster = frame["stratum"].to_numpy(), frame["cluster"].to_numpy()
    variance = 0.0
    for h in np.unique(stratum):
        here = np.unique(cluster[stratum == h])
        n = len(here)
        for c in here:
            replicate = np.where((stratum == h) & (cluster == c), 0.0, score)
            replicate = np.where((stratum == h) & (cluster != c), replicate * n / (n - 1), replicate)
            variance += (n - 1) / n * (replicate.sum() - score.sum()) ** 2
    row = estimate(frame, Design("w", "stratum", "cluster", nest=True), [Total("it", "grade")]).row(0, named=True)
    assert row["value"] == pytest.approx(score.sum(), rel=1e-12)
    assert row["se"] == pytest.approx(variance**0.5, rel=1e-10)


# --- by hand ---

GRADES = pl.DataFrame({"grade": [5, 6, 7, 8, 9, None], "side": ["l", "l", "l", "r", "r", "r"]})


def one(table: pl.DataFrame, segment: str | None = None, category: str | None = None) -> dict:
    mine = pl.col("segment").eq_missing(pl.lit(segment)) & pl.col("category").eq_missing(pl.lit(category))
    return table.filter(mine).row(0, named=True)


def problems(call) -> dict[str, str]:
    with pytest.raises(ProblemsError) as caught:
        call()
    return {problem.code: f"{problem.place}: {problem.found}" for problem in caught.value.problems}


def test_mean_without_weights_has_error_s_over_root_n():
    """Of 5 … 9 the variance is 2.5, times 6/5 · 5/6 as the sixth was drawn too: deviations 10/25 · 6/5."""
    row = one(estimate(GRADES, Design(), [Mean("grade", "grade")]))
    assert (row["value"], row["n"], row["df"], row["df_answered"]) == (7, 5, 5, 4)
    assert row["se"] == pytest.approx((10 / 25 * 6 / 5) ** 0.5)
    assert row["ci_high"] == pytest.approx(7 + 2.570582 * row["se"], rel=1e-6)


def test_design_effect_is_one_and_n_effective_is_n_when_everyone_counts_alike():
    row = one(estimate(GRADES.drop_nulls(), Design(), [Mean("grade", "grade")]))
    assert row["deff"] == pytest.approx(1)
    assert row["n_effective"] == pytest.approx(5)


def test_equal_weights_change_nothing_whatever_their_size():
    heavy = GRADES.with_columns(w=pl.lit(0.1))
    plain, weighted = (
        estimate(frame, Design(weight), [Mean("grade", "grade")], ["side"])
        for frame, weight in ((GRADES, None), (heavy, "w"))
    )
    for name in ("value", "n", "se", "ci_low", "deff", "df"):
        assert plain[name].to_list() == pytest.approx(weighted[name].to_list(), rel=1e-12)


def test_share_counts_those_who_gave_the_answer():
    row = one(estimate(GRADES, Design(), [Band("high", "grade", low=8)]))
    assert (row["value"], row["n"], row["count"], row["measure"]) == (0.4, 5, 2, "share")


def test_logit_interval_of_a_share_by_hand():
    """Ten people, three yes: se² = .21/9; logit ± t(9) · se/.21."""
    frame = pl.DataFrame({"yes": [1] * 3 + [0] * 7})
    row = one(estimate(frame, Design(), [Band("yes", "yes", [1])]))
    se = (0.21 / 9) ** 0.5
    edges = np.log(0.3 / 0.7) + np.array([-1, 1]) * 2.262157 * se / 0.21
    assert row["se"] == pytest.approx(se)
    assert [row["ci_low"], row["ci_high"]] == pytest.approx(1 / (1 + np.exp(-edges)), rel=1e-6)


def test_finite_population_correction_leaves_what_was_not_drawn():
    frame = GRADES.drop_nulls().with_columns(size=pl.lit(10))
    plain, corrected = (
        one(estimate(frame, Design(population_size=size), [Mean("grade", "grade")])) for size in (None, "size")
    )
    assert corrected["se"] == pytest.approx(plain["se"] * (1 - 5 / 10) ** 0.5)


def test_whole_population_drawn_has_no_error():
    frame = GRADES.drop_nulls().with_columns(size=pl.lit(5))
    row = one(estimate(frame, Design(population_size="size"), [Mean("grade", "grade")]))
    assert (row["se"], row["ci_low"], row["ci_high"]) == (0, 7, 7)


@pytest.mark.parametrize(("answers", "value"), [([1, 1, 1], 1), ([0, 0, 0], 0)])
def test_share_that_all_or_nobody_has_comes_without_error_and_interval(answers, value):
    row = one(estimate(pl.DataFrame({"yes": answers}), Design(), [Band("yes", "yes", [1])]))
    assert row["value"] == value
    assert [row[name] for name in ("se", "ci_low", "ci_high", "deff", "n_effective")] == [None] * 5


def test_mean_of_equal_grades_comes_without_error_despite_rounding():
    rng = np.random.default_rng(3)
    frame = pl.DataFrame({"grade": [7.1] * 50, "w": rng.gamma(2, 1, 50)})
    row = one(estimate(frame, Design("w"), [Mean("grade", "grade")]))
    assert row["value"] == pytest.approx(7.1)
    assert (row["se"], row["ci_low"]) == (None, None)


def test_one_respondent_has_a_value_and_nothing_else():
    frame = pl.DataFrame({"grade": [8, 6, 7], "who": ["a", "b", "b"]})
    row = one(estimate(frame, Design(), [Mean("grade", "grade")], ["who"]), "a")
    assert (row["value"], row["n"], row["se"], row["ci_low"], row["df"]) == (8, 1, None, None, 0)


def test_group_where_nobody_answered_is_there_without_a_value():
    frame = pl.DataFrame({"grade": [8, 6, None, None], "who": ["a", "a", "b", "b"]})
    row = one(estimate(frame, Design(), [Mean("grade", "grade")], ["who"]), "b")
    assert (row["n"], row["value"], row["se"], row["ci_low"]) == (0, None, None, None)


def test_question_that_nobody_answered_has_no_value():
    frame = pl.DataFrame({"grade": [None, None]})
    row = one(estimate(frame, Design(), [Mean("grade", "grade")]))
    assert (row["n"], row["value"]) == (0, None)


def test_undefined_answers_are_missing_answers():
    frame = pl.DataFrame({"grade": [6.0, 8.0, float("nan")]})
    row = one(estimate(frame, Design(), [Mean("grade", "grade")]))
    assert (row["n"], row["value"]) == (2, 7)


def test_respondents_of_weight_zero_are_drawn_but_not_counted():
    frame = pl.DataFrame({"grade": [6, 8, 1], "w": [1, 1, 0]})
    row = one(estimate(frame, Design("w"), [Mean("grade", "grade")]))
    assert (row["value"], row["n"], row["df"]) == (7, 2, 1)
    assert row["se"] == pytest.approx((3 / 2 * 0.5) ** 0.5)


def test_respondent_without_a_segment_counts_for_everyone_only():
    frame = pl.DataFrame({"grade": [6, 8, 10], "who": ["a", "a", None]})
    table = estimate(frame, Design(), [Mean("grade", "grade")], ["who"])
    assert table.select("segment", "value").rows() == [(None, 8), ("a", 7)]


def test_breakdown_is_printed_under_its_given_name_and_whole_codes_without_decimals():
    frame = pl.DataFrame({"grade": [6, 8], "v12": [1.0, 2.0]})
    table = estimate(frame, Design(), [Mean("grade", "grade")], {"theme": "v12"})
    assert table.drop_nulls("segment").select("segment_by", "segment").rows() == [("theme", "1"), ("theme", "2")]


def test_codes_of_one_category_are_taken_together():
    frame = pl.DataFrame({"channel": [1, 2, 3, 3]})
    item = Share("channel", "channel", {"1": "phone", 2.0: "other", 3: "other"})
    table = estimate(frame, Design(), [item])
    assert table.select("category", "value", "count").rows() == [("phone", 0.25, 1), ("other", 0.75, 3)]


def test_text_answers_are_categories_too():
    frame = pl.DataFrame({"channel": ["web", "web", "desk", None]})
    table = estimate(frame, Design(), [Share("channel", "channel", {"web": "website", "desk": "counter"})])
    assert table.select("category", "count", "n").rows() == [("website", 2, 3), ("counter", 1, 3)]


def test_empty_means_not_chosen_for_those_who_chose_something():
    frame = pl.DataFrame({"phone": [1, None, None], "mail": [1, 1, None]})
    table = estimate(frame, Design(), [Multiple("used", {"phone": "phone", "mail": "mail"})])
    assert table.select("category", "value", "n").rows() == [("phone", 0.5, 2), ("mail", 1.0, 2)]


def test_panel_change_has_the_covariance_of_the_same_people():
    """Everyone rises by exactly 1: no doubt about the change, much about each wave."""
    frame = pl.DataFrame({"who": [1, 2, 3, 4] * 2, "wave": [1] * 4 + [2] * 4, "grade": [4, 6, 7, 9, 5, 7, 8, 10]})
    row = one(change(frame, Design(clusters="who"), [Mean("grade", "grade")], "wave", 1, 2))
    assert row["change"] == pytest.approx(1)
    assert row["se"] == pytest.approx(0, abs=1e-12)
    assert row["se_before"] > 1


def test_change_from_a_side_where_all_say_the_same_cannot_be_tested():
    frame = pl.DataFrame({"wave": [1, 1, 1, 2, 2, 2], "yes": [0, 0, 0, 1, 0, 1]})
    row = one(change(frame, Design(strata="wave"), [Band("yes", "yes", [1])], "wave", 1, 2))
    assert row["change"] == pytest.approx(2 / 3)
    assert (row["se"], row["ci_low"], row["p"], row["se_before"]) == (None, None, None, None)
    assert row["se_after"] is not None


def test_difference_of_two_tables_equals_the_change_of_independent_waves():
    frame, design = golden_design("gen_both_indep")
    items = [SINGLE["grade1"], SINGLE["yes"]]
    within = Design("weight", "stratum", "psu")
    tables = [estimate(frame.filter(pl.col("wave") == wave), within, items, ["theme"]) for wave in (1, 2)]
    apart, together = difference(*tables), change(frame, design, items, "wave", 1, 2, ["theme"])
    assert apart.select("indicator", "segment").equals(together.select("indicator", "segment"))
    for name in ("change", "se", "n_before", "n_after"):
        assert apart[name].to_list() == pytest.approx(together[name].to_list(), rel=1e-10)
    assert one(apart)["df"] == one(together)["df"] == 279


def test_difference_of_published_figures_uses_the_normal_distribution_and_needs_errors():
    figures = pl.DataFrame({"indicator": ["a", "b"], "value": [6.0, 6.0], "se": [0.3, None]})
    later = pl.DataFrame({"indicator": ["a", "b"], "value": [7.0, 7.0], "se": [0.4, 0.4]})
    table = difference(figures, later)
    assert table["change"].to_list() == [1, 1]
    assert table["se"].to_list() == [0.5, None]
    assert table["p"].to_list() == [pytest.approx(0.0455003, rel=1e-5), None]


def test_percent_turns_shares_and_leaves_means():
    table = percent(estimate(GRADES, Design(), [Mean("grade", "grade"), Band("high", "grade", low=8)]))
    assert table["value"].to_list() == [7, 40]
    assert table["se"][1] == pytest.approx(100 * (0.24 / 5 * 6 / 5) ** 0.5)


def test_intervals_hold_the_truth_as_often_as_they_say():
    """4,000 made-up surveys of 40 clusters; three standard errors of such a count are 1 %."""
    rng = np.random.default_rng(7)
    surveys, clusters, people = 4000, 40, 4
    effect = rng.normal(0, 1, (surveys, clusters, 1)) + rng.normal(0, 1, (surveys, clusters, people))
    number = np.arange(surveys).repeat(clusters * people)
    cluster = np.arange(surveys * clusters).repeat(people)
    frame = pl.DataFrame({"survey": number, "cluster": cluster, "y": effect.ravel()})
    design = Design(strata="survey", clusters="cluster")
    table = estimate(frame, design, [Mean("y", "y")], ["survey"]).drop_nulls("segment")
    held = ((table["ci_low"] < 0) & (table["ci_high"] > 0)).mean()
    assert 0.94 < held < 0.96


# --- passes over the rows ---


def test_several_breakdowns_give_what_one_at_a_time_gives():
    frame = made_up(2, True)
    design = Design("w", "stratum", "cluster", population_size="size", nest=True)
    together = estimate(frame, design, [WHAT["mean"]], ["group", "kind"])
    apart = [estimate(frame, design, [WHAT["mean"]], [name]) for name in ("group", "kind")]
    apart = pl.concat([apart[0], apart[1].drop_nulls("segment")])
    for name in ("value", "se", "n", "df"):
        assert together[name].to_list() == pytest.approx(apart[name].to_list(), rel=1e-12)


def test_files_are_scanned_lazily(tmp_path):
    frame = made_up(3, False)
    frame.write_csv(tmp_path / "wave.csv")
    lazy = pl.scan_csv(tmp_path / "wave.csv")
    design = Design("w", "stratum")
    assert estimate(lazy, design, [WHAT["mean"]])["se"][0] == pytest.approx(
        estimate(frame, design, [WHAT["mean"]])["se"][0], rel=1e-12
    )
