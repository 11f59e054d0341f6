"""Which pairs of figures are kept in data/correlations/, and that they tell nothing about people."""

import csv
import math
import shutil

import lending
import numpy as np
import pandas as pd
import polars as pl
import pytest
from mapped import map_wave
from measures import UNITS
from scipy.optimize import linprog
from sweeps import often

from wavebook.core.problems import ProblemsError
from wavebook.definitions import ResponseFile, load_definitions
from wavebook.figures import COLUMNS, Key, load
from wavebook.survey import demo, wave
from wavebook.survey.estimation import coarsening, contrasts
from wavebook.survey.estimation.coarsening import Contrast, Shown
from wavebook.survey.estimation.contrasts import Questions
from wavebook.survey.estimation.design import Band, Design, Mean
from wavebook.survey.estimation.estimate import change
from wavebook.survey.estimation.sample import run_over

ITEMS = [Mean("grade", "grade"), *(Band(f"share.{x}", f"share.{x}", values=[1]) for x in ("yes", "no"))]
PAIRS = Questions(frozenset({("share.yes", "share.no"), ("grade", "share.yes")}), frozenset())


def people(n=400, seed=0):
    rng = np.random.default_rng(seed)
    yes = rng.random(n) < 0.4
    frame = {
        "respondent": [f"r{k}" for k in range(n)],
        "grade": np.clip(rng.normal(7, 1, n) + yes, 1, 10),
        "share.yes": yes.astype(int),
        "share.no": ((rng.random(n) < 0.3) | yes & (rng.random(n) < 0.5)).astype(int),
        "theme": rng.choice(["work", "school"], n),
        "population": rng.choice(["citizens", "others"], n),
        "region": rng.integers(0, 3, n),
        "town": rng.integers(0, 12, n),
        "weight": rng.gamma(4, 0.25, n),
    }
    return pl.DataFrame(frame)


DESIGNS = {
    "people": Design("weight"),
    "strata": Design("weight", "region"),
    "clusters": Design("weight", "region", "town", nest=True),
    "calibrated": Design("weight", "region", calibrated_on="theme"),
    "calibrated clusters": Design("weight", "region", "town", nest=True, calibrated_on="theme"),
}


def sums(frame, design, together=PAIRS.pairs):
    return run_over(frame, design, ITEMS, ["theme"], "population", together=together)


def found(frame, design, definitions):
    run = sums(frame, design)
    return {(str(c.one), str(c.other)): c for c in contrasts.contrasts(run, "2014", PAIRS, definitions)}


@pytest.fixture
def definitions(small):
    return load_definitions(small.root)


# --- the correlation ---


def by_change(frame, design, item, column, one, other):
    """The correlation of two groups' estimates that their errors and that of their difference imply."""
    row = change(frame, design, [item], column, one, other).row(0, named=True)
    squares = row["se_before"] ** 2 + row["se_after"] ** 2 - row["se"] ** 2
    return squares / (2 * row["se_before"] * row["se_after"])


@pytest.mark.parametrize("name", DESIGNS)
def test_two_segments_correlate_as_the_error_of_their_difference_says(name, definitions):
    frame, design = people(), DESIGNS[name]
    pairs = found(frame, design, definitions)
    expected = by_change(frame, design, ITEMS[0], "theme", "school", "work")
    ours = pairs["grade@theme=school,2014", "grade@theme=work,2014"]
    assert ours.correlation == pytest.approx(expected, abs=1e-9)
    assert not ours.joint


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("one", ["theme=work,", "population=citizens,", "theme=work,population=citizens,", ""])
def test_two_questions_of_a_group_correlate_as_the_error_of_their_difference_says(name, one, definitions):
    """The two answers below each other, each respondent a cluster (or in its own), are one question in two groups."""
    frame, design = people(), DESIGNS[name]
    inside = pl.lit(True)
    for part in filter(None, one.split(",")):
        column, value = part.split("=")
        inside &= pl.col(column) == value
    halves = [
        frame.with_columns(y=pl.when(inside).then(column).cast(pl.Float64), half=pl.lit(half))
        for half, column in enumerate(("share.yes", "share.no"))
    ]
    clusters = design.clusters or ("respondent",)
    stacked = Design("weight", design.strata, clusters, nest=True, calibrated_on=design.calibrated_on)
    expected = by_change(pl.concat(halves), stacked, Mean("y", "y"), "half", 0, 1)
    ours = found(frame, design, definitions)[f"share.yes@{one}2014", f"share.no@{one}2014"]
    # below each other a margin's residuals are half as large a part of the sum, but in the same proportion
    assert ours.correlation == pytest.approx(expected, abs=1e-9 if not design.calibrated_on else 0.02)
    assert ours.joint


def test_a_segment_and_the_whole_by_hand(definitions):
    """Of four people: z of the segment (5, 7) is (-1, 1)/2, of the whole (5, 7, 6, 6) it is (-1, 1, 0, 0)/4."""
    frame = pl.DataFrame(
        {"grade": [5.0, 7, 6, 6], "theme": ["work", "work", "school", "school"], "share.yes": [1, 0, 1, 0]}
    ).with_columns(pl.col("share.yes").alias("share.no"), population=pl.lit("citizens"), weight=1.0)
    pairs = found(frame, Design("weight"), definitions)
    ours = pairs["grade@theme=work,2014", "grade@2014"]
    assert ours.correlation == pytest.approx((1 / 8 + 1 / 8) / math.sqrt(2 / 4 * 2 / 16))
    assert pairs["grade@population=citizens,2014", "grade@2014"].correlation == pytest.approx(1)
    assert pairs["share.yes@2014", "share.no@2014"].correlation == pytest.approx(1)


def test_the_pairs_that_claims_are_made_of_are_all_there(definitions):
    pairs = set(found(people(), Design("weight"), definitions))
    for one, other in [
        ("share.yes@2014", "share.no@2014"),
        ("grade@2014", "share.yes@2014"),
        ("grade@theme=work,2014", "grade@2014"),
        ("grade@population=citizens,2014", "grade@2014"),
        ("grade@population=citizens,2014", "grade@population=others,2014"),
        ("grade@theme=work,population=citizens,2014", "grade@population=citizens,2014"),
        ("grade@theme=work,population=citizens,2014", "grade@theme=work,2014"),
        ("grade@theme=school,2014", "grade@theme=work,2014"),
        ("grade@theme=work,population=citizens,2014", "grade@theme=work,population=others,2014"),
    ]:
        assert (one, other) in pairs
    assert ("grade@2014", "share.no@2014") not in pairs


def test_segments_of_a_large_breakdown_are_paired_with_the_whole_only(definitions, monkeypatch):
    monkeypatch.setattr(contrasts, "MOST_SEGMENTS", 1)
    pairs = set(found(people(), Design("weight"), definitions))
    assert ("grade@theme=work,2014", "grade@2014") in pairs
    assert not any(
        "theme=" in one and "theme=" in other for one, other in pairs if one.split("@")[0] == other.split("@")[0]
    )


# --- what is asked ---


def file(**columns):
    return ResponseFile.model_validate({"source": "s", "locator": "l", "columns": columns})


def test_categories_of_one_column_exclude_each_other_and_check_boxes_do_not(definitions):
    names = ["grade", "share.yes", "share.no"]
    one = contrasts.questions(names, definitions, file(share="v1", grade="v2"))
    several = contrasts.questions(names, definitions, file(share={"yes": "v1", "no": "v2"}))
    response_set = contrasts.questions(names, definitions, file(share="$set"))
    coded = contrasts.questions(names, definitions, file(share=["v1", "v2"]))
    assert {q.pairs for q in (one, several, response_set, coded)} == {frozenset({("share.yes", "share.no")})}
    assert one.exclude("share.no", "share.yes")
    assert not any(q.exclude("share.yes", "share.no") for q in (several, response_set, coded))


SECOND = """
[indicators.second]
unit = "{unit}"
decimals = 1
base = "people"
name.nl = "tweede"
name.en = "second"
definition.nl = "Tweede cijfer"
definition.en = "Second grade"
compare = ["{other}"]
"""


def test_indicators_are_compared_where_the_editor_declares_it(small):
    text = small.path("indicators.toml").read_text() + SECOND.format(unit="grade", other="grade")
    small.write("indicators.toml", text)
    asked = contrasts.questions(["second", "grade"], load_definitions(small.root), file(grade="v2"))
    assert asked.pairs == {("second", "grade")}


@pytest.mark.parametrize(
    ("unit", "other", "expected"),
    [
        ("grade", "grad", "W204 .*indicator grad is not declared"),
        ("grade", "share", "W203 .*compare: share is a percent, not a grade"),
        ("grade", "second", "W203 .*compare: names the indicator itself"),
    ],
)
def test_what_cannot_be_compared_is_a_problem(small, unit, other, expected):
    small.write("indicators.toml", small.path("indicators.toml").read_text() + SECOND.format(unit=unit, other=other))
    with pytest.raises(ProblemsError, match=expected):
        load_definitions(small.root)


# --- what may be told ---

YES, NO = Key.read("share.yes@2014"), Key.read("share.no@2014")


def figures(*rows):
    """A table of shares of ``n`` people drawn at random: category, share and n of each."""
    made = []
    for category, p, n in rows:
        cells = dict.fromkeys(COLUMNS) | {
            "wave": "2014",
            "indicator": "share",
            "population": "",
            "category": category,
        }
        cells |= {"segment_by": "", "segment": "", "value": 100 * p, "unit": UNITS["percent"], "n": n, "n_effective": n}
        made.append(cells | {"se": 100 * math.sqrt(p * (1 - p) / n), "status": "estimated"})
    return pd.DataFrame(made)


def told(pair, *rows, least=30):
    text = contrasts.table([pair], [figures(*rows)], least).decode()
    return [tuple(row) for row in csv.reader(text.splitlines()[1:])]


def test_a_step_leaves_the_number_who_gave_both_answers_uncertain():
    """1,000 people, halves: a correlation of 0.01 is 2.5 people, so a step of 0.1 is 25 of them, and 0.2 is 50."""
    pair = Contrast(YES, NO, 0.234, joint=True)
    rows = ("yes", 0.5, 1000), ("no", 0.5, 1000)
    assert told(pair, *rows, least=25) == [(str(YES), str(NO), "0.20", "0.05")]
    assert told(pair, *rows, least=26) == [(str(YES), str(NO), "0.20", "0.1")]
    assert told(pair, *rows, least=125) == [(str(YES), str(NO), "0.00", "0.25")]
    assert told(pair, *rows, least=126) == []


def test_answers_of_a_few_are_not_told_of():
    """Of 1,000 people 40 and 50 gave the answers: no step leaves thirty numbers that are possible."""
    assert told(Contrast(YES, NO, 0.1, joint=True), ("yes", 0.04, 1000), ("no", 0.05, 1000)) == []


def test_what_cannot_be_counts_as_known():
    """Half of 200 and half of 200: 100 at most gave both, so of a step's 25 below a correlation of 1 half is left."""
    assert told(Contrast(YES, NO, 1.0, joint=True), ("yes", 0.5, 200), ("no", 0.5, 200), least=12)[0][3] == "0.25"
    assert told(Contrast(YES, NO, 1.0, joint=True), ("yes", 0.5, 200), ("no", 0.5, 200), least=13) == []


def test_where_nothing_is_told_of_people_the_step_is_the_finest():
    assert told(Contrast(YES, NO, -0.333), ("yes", 0.04, 50), ("no", 0.05, 50))[0][2:] == ("-0.34", "0.01")


@pytest.mark.parametrize("hidden", [{"status": "suppressed"}, {"se": None}, {"se": 0.0}, {"n_effective": None}])
def test_a_figure_that_is_not_shown_with_its_error_is_in_no_pair(hidden):
    table = figures(("yes", 0.5, 1000), ("no", 0.5, 1000))
    pair = Contrast(YES, NO, 0.2)
    assert contrasts.table([pair], [table], 30)
    for name, value in hidden.items():
        table[name] = table[name].astype(object)
        table.loc[1, name] = value
    assert contrasts.table([pair], [table.infer_objects()], 30) == b""


def test_of_any_pair_that_is_told_the_number_who_gave_both_may_be_one_of_many():
    """All that the attacker has: two shares, the number of people, the correlation. Every count is tried."""
    rng, kept = np.random.default_rng(1), 0
    for _ in range(300):
        n = int(rng.integers(100, 3000))
        both, one, other, _ = rng.multinomial(n, rng.dirichlet([1, 1, 1, 1]))
        p, q = (both + one) / n, (both + other) / n
        if not (0 < p < 1 and 0 < q < 1):
            continue
        spread = math.sqrt(p * (1 - p) * q * (1 - q))
        pair = Contrast(YES, NO, (both / n - p * q) / spread, joint=True)
        for *_, middle, within in told(pair, ("yes", p, n), ("no", q, n)):
            counts = np.arange(max(0, round(n * (p + q - 1))), round(n * min(p, q)) + 1)
            possible = np.abs((counts / n - p * q) / spread - float(middle)) <= float(within) + 1e-9
            assert possible[counts == both]
            assert possible.sum() >= 30
            kept += 1
    assert kept > 150


def by_population(p, t):
    """A theme within a population."""
    return "" if p is None else f"p{p}", "theme" if t is not None else "", f"t{t}" if t is not None else ""


def by_sex(p, t):
    """A theme crossed with a sex."""
    found = {name: f"{name[0]}{value}" for name, value in (("sex", p), ("theme", t)) if value is not None}
    return "", "*".join(found), "*".join(found.values())


def whole_survey(rng, named):
    """Three answers that exclude each other and a check-box, by two themes and two populations or sexes.

    What its table says of them, and all pairs; the people behind each number, by population × theme × answer.
    """
    n = int(rng.integers(400, 4000))
    population, theme, choice = (rng.integers(0, k, n) for k in (2, 2, 3))
    choice = rng.choice(3, n, p=rng.dirichlet([4, 4, 4]))
    ticked = rng.random(n) < rng.uniform(0.1, 0.9) * np.array([1, 0.7, 0.5])[choice]
    people = {
        (p, t, c): int((ticked & (population == p) & (theme == t) & (choice == c)).sum())
        for p in (0, 1)
        for t in (0, 1)
        for c in range(3)
    }
    shown, pairs, behind = {}, [], []
    for p, t in [(None, None), (0, None), (1, None), *((x, y) for x in (None, 0, 1) for y in (0, 1))]:
        inside = (p is None or population == p) & (t is None or theme == t) & np.ones(n, bool)
        group = named(p, t)
        answers = {f"a{c}": choice == c for c in range(3)} | {"": ticked}
        for name, answer in answers.items():
            share = answer[inside].mean()
            key = Key("2014", "a" if name else "x", *group, name)
            shown[key] = Shown(True, share, math.sqrt(share * (1 - share)), inside.sum())
        keys = [Key("2014", "a", *group, f"a{c}") for c in range(3)]
        pairs += [Contrast(keys[0], keys[1], -0.5), Contrast(keys[0], keys[2], -0.5), Contrast(keys[1], keys[2], -0.5)]
        for c, key in enumerate(keys):
            other = Key("2014", "x", *group, "")
            correlation = np.corrcoef(choice[inside] == c, ticked[inside])[0, 1]
            pairs.append(Contrast(key, other, correlation, joint=True))
            cells = [k for k in people if k[2] == c and p in (None, k[0]) and t in (None, k[1])]
            behind.append((len(pairs) - 1, cells, key, other))
    return shown, pairs, behind, people


def attacked(shown, pairs, behind, people, told, least):
    """How uncertain the number behind each pair is, as a part of what it may be, to who knows the whole table."""
    places = {cell: k for k, cell in enumerate(people)}
    rows, tops, sums = [], [], []
    for k, cells, key, other in behind:
        row = np.zeros(len(places))
        row[[places[cell] for cell in cells]] = 1
        one, two = shown[key], shown[other]
        ends = [one.n * max(0.0, one.value + two.value - 1), one.n * min(one.value, two.value)]
        if told[k] is not None:
            middle = one.value * two.value + coarsening.rounded(pairs[k].correlation, told[k]) * one.sd * two.sd
            reach = told[k] / 2 * one.sd * two.sd
            ends = [max(ends[0], one.n * (middle - reach)), min(ends[1], one.n * (middle + reach))]
        rows += [row, -row]
        tops += [ends[1] + 1e-6, -ends[0] + 1e-6]
    for other in {other for *_, other in behind}:
        cells = {cell for _, some, _, key in behind if key == other for cell in some}
        row = np.zeros(len(places))
        row[[places[cell] for cell in cells]] = 1
        sums.append((row, shown[other].n * shown[other].value))
    a_eq, b_eq = np.array([row for row, _ in sums]), np.array([x for _, x in sums])
    for _, cells, key, other in behind:
        row = np.zeros(len(places))
        row[[places[cell] for cell in cells]] = 1
        found = [linprog(s * row, np.array(rows), tops, a_eq, b_eq, method="highs") for s in (1, -1)]
        assert [x.status for x in found] == [0, 0]
        one, two = shown[key], shown[other]
        allowed = one.n * (min(one.value, two.value) - max(0.0, one.value + two.value - 1))
        yield (-found[1].fun - found[0].fun) / min(least, allowed)


def attack_surveys(count, tally, named):
    rng, kept, ranges = np.random.default_rng(2), 0, []
    for _ in range(count):
        shown, pairs, behind, people = whole_survey(rng, named)
        told = coarsening.steps(pairs, shown, 30)
        kept += sum(told[k] is not None for k, *_ in behind)
        ranges += attacked(shown, pairs, behind, people, told, 30)
    tally(
        "numbers of people behind correlations attacked through whole tables, none within the minimum base", len(ranges)
    )
    return kept, np.array(ranges)


@pytest.mark.parametrize("named", [by_population, by_sex])
def test_of_a_whole_survey_no_number_who_gave_both_is_nearly_known(tally, named):
    kept, ranges = attack_surveys(4, tally, named)
    assert kept > 10
    assert ranges.min() > 0.99


@pytest.mark.slow
@pytest.mark.parametrize("named", [by_population, by_sex])
def test_of_many_whole_surveys_no_number_who_gave_both_is_nearly_known(tally, named):
    kept, ranges = attack_surveys(120, tally, named)
    assert kept > 300
    assert ranges.min() > 0.99


# --- a wave ---


@pytest.fixture(scope="module")
def estimated(tmp_path_factory):
    root = demo.make_wave(tmp_path_factory.mktemp("demo") / "book", root=lending.SOURCE).root
    wave.estimate_wave(root, "2016")
    return root


def rows(root):
    with (root / "data/correlations/2016.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_wave_tells_how_its_figures_move_together(estimated):
    known = load(estimated, wave="2016")
    low, high = known.correlation(Key.read("mark_library@theme=novels,2016"), Key.read("mark_library@2016"))
    assert 0.3 < low < high < 0.9
    low, high = known.correlation(Key.read("mark_desk@2016"), Key.read("mark_library@2016"))
    assert -1 < low < high < 1
    assert {float(row["within"]) for row in rows(estimated)} <= {step / 2 for step in coarsening.STEPS}
    assert all(-1 <= float(row["correlation"]) <= 1 for row in rows(estimated))


def test_a_wave_is_estimated_to_the_same_bytes_again(estimated):
    before = (estimated / "data/correlations/2016.csv").read_bytes()
    wave.estimate_wave(estimated, "2016")
    assert (estimated / "data/correlations/2016.csv").read_bytes() == before


@pytest.mark.slow
def test_pairs_of_figures_that_are_suppressed_now_are_gone_and_a_table_without_pairs_too(estimated, tmp_path):
    root = shutil.copytree(estimated, tmp_path / "book")
    waves = root / "data/waves.toml"
    text = waves.read_text(encoding="utf-8")
    for least in (700, 100_000):
        waves.write_text(text.replace("minimum_base = 30", f"minimum_base = {least}"), encoding="utf-8")
        wave.estimate_wave(root, "2016")
        if least == 700:
            assert 0 < len(rows(root)) < len(rows(estimated))
            load(root, wave="2016")
    assert not (root / "data/correlations/2016.csv").exists()


# --- panels ---


def panel(seed=0, moved=False):
    """Two waves of 300 people, 200 of whom are in both and answer much as they did."""
    first, second = people(300, seed), people(300, seed + 1)
    stay = [f"r{k}" for k in range(100, 300)] + [f"new{k}" for k in range(100)]
    second = second.with_columns(respondent=pl.Series(stay))
    kept = second.join(first, on="respondent", how="left", suffix=":first")
    mixed = pl.col("grade:first").fill_null(pl.col("grade")) * 0.6 + pl.col("grade") * 0.4
    columns = ["share.yes", "theme", "population", "region", "town"]
    same = {name: pl.col(f"{name}:first").fill_null(pl.col(name)) for name in columns}
    kept = kept.with_columns(grade=mixed, **same).select(second.columns)
    return first, kept.with_columns(region=(pl.col("region") + 1) % 3) if moved else kept


def between_waves(first, second, designs, definitions):
    runs = [
        (year, sums(frame, design))
        for year, frame, design in zip(("2013", "2014"), (first, second), designs, strict=True)
    ]
    return {(str(c.one), str(c.other)): c for c in contrasts.panel_contrasts(*runs, PAIRS, definitions)}


@pytest.mark.parametrize("name", ["people", "strata", "clusters", "calibrated", "calibrated clusters"])
@pytest.mark.parametrize("seed", often(range(2), 0))
def test_two_waves_of_a_panel_correlate_as_the_error_of_the_change_says(name, seed, definitions):
    first, second = panel(seed)
    pairs = between_waves(first, second, [DESIGNS[name]] * 2, definitions)
    both = pl.concat([frame.with_columns(wave=pl.lit(year)) for year, frame in (("2013", first), ("2014", second))])
    design = DESIGNS[name]
    crossed = both.with_columns(margin=pl.concat_str("wave", *design.calibrated_on, separator=" "))
    margins = ("margin",) if design.calibrated_on else ()
    stacked = Design("weight", design.strata, design.clusters or "respondent", nest=True, calibrated_on=margins)
    for item in ITEMS[:2]:
        table = change(crossed, stacked, [item], "wave", "2013", "2014", ["theme"], population="population")
        places = [("", "", None)]
        if not design.calibrated_on or design.clusters:
            places += [("theme=work,", "", "work"), ("population=citizens,", "citizens", None)]
            places += [("theme=work,population=citizens,", "citizens", "work")]
        for one, population, segment in places:
            keep = pl.col("population").eq(population) & pl.col("segment").eq_missing(pl.lit(segment))
            row = table.filter(keep).row(0, named=True)
            squares = row["se_before"] ** 2 + row["se_after"] ** 2 - row["se"] ** 2
            expected = squares / (2 * row["se_before"] * row["se_after"])
            ours = pairs[f"{item.indicator}@{one}2013", f"{item.indicator}@{one}2014"]
            # a stratum has more members in both waves together than in one, which weighs by n/(n - 1)
            assert ours.correlation == pytest.approx(expected, abs=0.005)
            assert ours.joint


def test_two_tiny_waves_by_hand(definitions):
    """Means of 4 and 4, two people in both: z of a and b is (-1, 1)/4 first and (-2, 2)/4 then, all others are 0."""
    first = pl.DataFrame({"respondent": ["a", "b", "c", "d"], "grade": [5.0, 7, 6, 6]})
    second = pl.DataFrame({"respondent": ["b", "a", "e", "f"], "grade": [8.0, 4, 6, 6]})
    runs = [(year, run_over(frame, Design(), ITEMS[:1])) for year, frame in (("2013", first), ("2014", second))]
    asked = Questions(frozenset(), frozenset())
    (found,) = contrasts.panel_contrasts(*runs, asked, definitions)
    assert (str(found.one), str(found.other), found.joint) == ("grade@2013", "grade@2014", True)
    both = (1 * 2 + 1 * 2) / 16  # Σz·z′, and six people in the two waves together
    errors = math.sqrt(4 / 3 * 2 / 16) * math.sqrt(4 / 3 * 8 / 16)
    assert found.correlation == pytest.approx(6 / 5 * both / errors)


def test_two_questions_correlate_across_the_waves_of_a_panel(definitions):
    pairs = between_waves(*panel(), [DESIGNS["people"]] * 2, definitions)
    assert ("grade@2013", "share.yes@2014") in pairs
    assert ("share.yes@2013", "grade@2014") in pairs
    assert pairs["grade@2013", "share.yes@2014"].correlation > 0.1
    assert ("grade@theme=work,2013", "share.yes@theme=work,2014") not in pairs


@pytest.mark.parametrize(
    ("designs", "moved"),
    [(("people", "clusters"), False), (("strata", "people"), False), (("strata", "strata"), True)],
    ids=["clusters in one wave", "strata in one wave", "people who moved"],
)
def test_waves_whose_designs_do_not_match_have_no_pairs(designs, moved, definitions):
    assert not between_waves(*panel(moved=moved), [DESIGNS[name] for name in designs], definitions)


def test_waves_without_anybody_in_both_have_no_pairs(definitions):
    first, second = panel()
    second = second.with_columns(respondent=pl.lit("x") + pl.col("respondent"))
    assert not between_waves(first, second, [DESIGNS["people"]] * 2, definitions)


RESPONSES = """
panel = "people"
[waves.{year}.responses]
source = "report"
locator = "{year}.csv"
respondent = "nr"
[waves.{year}.responses.columns]
grade = "cijfer"
"""


@pytest.fixture
def two_waves(small):
    """The small book, whose last two waves asked the same hundred people."""
    text = small.path("waves.toml").read_text()
    for year, after in (("2013", "[waves.2014]"), ("2014", "[[breaks]]")):
        text = text.replace(after, RESPONSES.format(year=year) + "\n" + after)
    settings = '\n[disclosure]\nminimum_base = 5\ndominance_share = 50\nsource = "us"\n'
    small.write("waves.toml", text + settings)
    small.row("2014", 4, value="7.0", status="published")
    rng = np.random.default_rng(5)
    first = np.clip(np.round(rng.normal(6, 1.5, 100)), 1, 10).astype(int)
    second = np.clip(first + rng.integers(-1, 2, 100), 1, 10)
    for year, grades in (("2013", first), ("2014", second)):
        lines = [f"{number},{grade}" for number, grade in enumerate(grades)]
        small.write(f"responses/{year}.csv", "nr,cijfer\n" + "\n".join(lines) + "\n")
    small.grades = first, second
    return small


def test_a_wave_of_a_panel_tells_how_it_moves_with_the_one_before(two_waves):
    wave.estimate_wave(two_waves.root, "2013")
    assert not two_waves.path("correlations/2013.csv").exists()
    map_wave(two_waves.root, "2014")
    wave.estimate_wave(two_waves.root, "2014")
    low, high = two_waves.load().correlation(Key.read("grade@2013"), Key.read("grade@2014"))
    assert low <= np.corrcoef(*two_waves.grades)[0, 1] <= high
    assert high - low <= 0.2


@pytest.mark.parametrize("change", ["no panel", "another panel", "no file", "no number"])
def test_without_the_same_people_at_hand_a_wave_tells_nothing_of_the_one_before(two_waves, change):
    wave.estimate_wave(two_waves.root, "2013")
    match change:
        case "no panel":
            two_waves.edit("waves.toml", 'panel = "people"', "")
        case "another panel":
            two_waves.edit("waves.toml", 'panel = "people"', 'panel = "others"')
        case "no file":
            two_waves.path("responses/2013.csv").unlink()
        case "no number":
            two_waves.edit("waves.toml", 'respondent = "nr"', "")
    map_wave(two_waves.root, "2014")
    wave.estimate_wave(two_waves.root, "2014")
    assert not two_waves.path("correlations/2014.csv").exists()
