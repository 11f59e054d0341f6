"""What an attacker of whole editions can compute, through the public way in: respondents, margins, revisions."""

import io
import json

import numpy as np
import pandas as pd
import polars as pl
import pytest
from exposure import Survey, figure, places
from measures import UNITS
from scipy.optimize import Bounds, LinearConstraint, milp
from sweeps import often

from wavebook.core.problems import ProblemsError
from wavebook.survey import wave
from wavebook.survey.disclosure.suppression import Settings, audit, suppress
from wavebook.survey.disclosure.worlds import _span
from wavebook.survey.estimation.weights import calibrate

# weights help the attacker


def raked(root, seed, unit="percent", least=8):
    """An edition raked to its themes, two of which are hidden: the table, the margins, and the truth about both."""
    chance = np.random.default_rng(seed)
    sizes = [int(chance.integers(*span)) for span in ((least, 25), (35, 60), (200, 400), (200, 400))]
    theme = np.repeat(list("abcd"), sizes)
    if unit == "percent":
        answers = (chance.random(len(theme)) < chance.uniform(0.25, 0.75)).astype(int)
    else:
        answers = chance.integers(3, 11, len(theme))
    people = pd.DataFrame({"theme": theme, "answer": answers})
    margins = {name: int(n * chance.uniform(0.5, 1.6) * 100) for name, n in zip("abcd", sizes, strict=True)}
    survey = Survey(root, people, {"answer": unit}, decimals=0 if unit == "percent" else 1)
    survey.margins(theme=margins)
    return survey.estimate(), margins, people.groupby("theme")["answer"].agg(["size", "sum"])


def solutions(table, margins, unit="percent"):
    """Every (size, sum of answers) of theme a that gives the published figure of everyone, to its last decimal.

    He knows the margins, the size of everyone and of the themes that are shown, and that respondents are whole.
    """
    low, high, per = (0, 1, 100) if unit == "percent" else (1, 10, 1)
    everyone, shown = figure(table, "answer"), [s for s in "abcd" if figure(table, "answer", f"theme={s}").n > 0]
    assert set(shown) == {"c", "d"}
    n = int(everyone.n - sum(figure(table, "answer", f"theme={s}").n for s in shown))
    known = sum(margins[s] * figure(table, "answer", f"theme={s}").value for s in shown)
    half = 0.5 * 10.0 ** -places(table["value"])
    room = half * (sum(margins.values()) + sum(margins[s] for s in shown)) + 1e-6
    rest = everyone.value * sum(margins.values()) - known
    found = []
    for size in range(1, min(n, 30)):
        one = np.arange(low * size, high * size + 1)
        two = np.arange(low * (n - size), high * (n - size) + 1)
        off = per * (margins["a"] * one[:, None] / size + margins["b"] * two[None, :] / (n - size)) - rest
        found += [(size, int(one[k])) for k in np.flatnonzero((np.abs(off) <= room).any(axis=1))]
    return found


def withstands(root, seed, unit="percent"):
    """Whether what an attacker knows of theme a is as wide as it must be: a tenth of the scale."""
    table, margins, truth = raked(root, seed, unit)
    found = solutions(table, margins, unit)
    assert tuple(truth.loc["a"]) in found
    figures = [total / size for size, total in found]
    return max(figures) - min(figures) >= (0.1 if unit == "percent" else 0.9)


@pytest.mark.parametrize(("seed", "unit"), often([(0, "percent"), (1, "percent"), (2, "grade")], (2, "grade")))
def test_margins_and_whole_respondents_do_not_give_a_hidden_figure(tmp_path, seed, unit):
    assert withstands(tmp_path, seed, unit)


@pytest.mark.slow
def test_margins_and_whole_respondents_give_no_hidden_figure_of_many_editions(tmp_path, tally):
    for seed in range(100, 140):
        for unit in ("percent", "grade"):
            assert withstands(tmp_path / f"{seed}-{unit}", seed, unit)
    tally("hidden figures of raked editions attacked with margins and whole respondents, and not computed back", 80)


def test_a_group_that_weighs_little_does_not_hide_one_that_weighs_much():
    """Theme b can move the whole by 1 of its 1,000, theme a weighs 40 times as much: a would be known to within 3."""
    rows = [("", 400, 1000, 50.0), ("a", 20, 40, 40.0), ("b", 80, 1, 50.0)]
    rows += [("c", 120, 400, 50.0), ("d", 180, 559, 50.7)]
    names = "segment n weight value".split()
    table = pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows])
    table = table.assign(wave="2016", indicator="share", population="", category="", unit=UNITS["percent"])
    table = table.assign(segment_by=np.where(table["segment"] == "", "", "theme"), status="estimated", source="s")
    table = table.assign(locator="", **dict.fromkeys(("n_effective", "se", "ci_low", "ci_high"), np.nan))
    settings = Settings(30, "test", 50)
    made = suppress(table, settings)
    hidden = set(made.table.loc[made.table["status"] == "suppressed", "segment"])
    assert {"a", "c"} <= hidden or {"a", "d"} <= hidden
    only_b = table.assign(status=np.where(table["segment"].isin(["a", "b"]), "suppressed", "estimated"))
    (attacked,) = [a for a in audit(table, only_b, settings) if a.key.segment == "a"]
    assert not attacked.safe
    assert attacked.high - attacked.low < 3


# published numbers


def test_an_estimate_is_published_with_few_decimals_and_reads_as_the_unrounded_one_does(tmp_path):
    chance = np.random.default_rng(1)
    people = pd.DataFrame({"theme": chance.choice(list("ab"), 900), "w": chance.uniform(0.5, 2, 900)})
    people["mark"] = chance.integers(1, 11, 900)
    table = Survey(tmp_path, people, {"mark": "grade"}, decimals=1, weighted=True).estimate()
    assert places(table["value"]) <= 3
    assert places(table[["ci_low", "ci_high"]].stack()) <= 2
    assert places(table["n_effective"]) == 0
    assert all(len(f"{se:g}".replace(".", "").lstrip("0")) <= 2 for se in table["se"])
    assert figure(table, "mark").value == pytest.approx(np.average(people["mark"], weights=people["w"]), abs=0.0006)
    assert (table["ci_low"] <= table["value"]).all()
    assert (table["value"] <= table["ci_high"]).all()


def test_what_protecting_costs_is_told(tmp_path):
    people = pd.DataFrame({"theme": np.repeat(list("abc"), [20, 80, 300]), "mark": np.tile([4, 6, 7, 9], 100)})
    survey = Survey(tmp_path, people, {"mark": "grade"})
    survey.margins(theme={"a": 30, "b": 70, "c": 300})
    survey.estimate()
    told = wave.summary(survey.report)
    assert "2 of 4 figures are hidden: 1 by themselves, 1 to protect those" in told


# one respondent who weighs most


def heavy(root, *, answered=True, part="theme"):
    """A survey in which one of forty people of theme a has 96 per cent of its weight."""
    chance = np.random.default_rng(3)
    people = pd.DataFrame({"theme": np.repeat(list("abc"), [40, 100, 200]), "w": 1.0})
    people["mark"] = chance.integers(1, 11, 340).astype(float)
    people["used"] = chance.integers(0, 2, 340).astype(float)
    people.loc[7, "w"] = 39 * 24.0
    if not answered:
        people.loc[7, "used"] = np.nan
    return Survey(root, people, {"mark": "grade", "used": "percent"}, decimals=1, weighted=True)


def test_a_group_of_which_one_respondent_has_nearly_all_the_weight_is_not_shown(tmp_path):
    table = heavy(tmp_path).estimate()
    for name in ("mark", "used"):
        assert figure(table, name, "theme=a").status == "suppressed"
    assert figure(table, "mark").status == "suppressed"  # of everyone he has 76 per cent


def test_nor_is_what_everyone_and_the_others_leave_of_it(tmp_path):
    survey = heavy(tmp_path)
    survey.people.loc[300, "w"] = 39 * 24.0
    survey.answer(survey.people)
    table = survey.estimate()
    assert figure(table, "mark", "theme=a").status == figure(table, "mark", "theme=c").status == "suppressed"
    assert figure(table, "mark").status == "estimated"


def test_who_did_not_answer_dominates_nothing(tmp_path):
    table = heavy(tmp_path, answered=False).estimate()
    assert figure(table, "used", "theme=a").status == "estimated"
    assert figure(table, "mark", "theme=a").status == "suppressed"


def test_a_group_outside_the_segments_of_which_one_respondent_has_nearly_all_the_weight_is_protected(tmp_path):
    survey = heavy(tmp_path)
    survey.people.loc[300:, "theme"] = None
    survey.people.loc[[7, 300], "w"] = 1.0, 150.0
    survey.answer(survey.people)
    table = survey.estimate()
    assert {figure(table, "mark", f"theme={s}").status for s in "abc"} == {"suppressed", "estimated"}
    assert figure(table, "mark").status == "estimated"


# groups that overlap


def of_ages(root, ages, **more):
    """A survey with two breakdowns by age, in which 35 to 64 and 35 to 59 differ by the five who are 60 to 64."""
    chance = np.random.default_rng(5)
    people = pd.DataFrame({"age": np.repeat([20, 40, 62, 70], ages)})
    people["coarse"] = np.where(people["age"] < 35, "young", np.where(people["age"] < 65, "from35to64", "old"))
    people["fine"] = np.where(people["age"] < 35, "below35", np.where(people["age"] < 60, "from35to59", "from60"))
    people["mark"] = chance.integers(1, 11, len(people))
    return Survey(root, people.drop(columns="age"), {"mark": "grade"}, decimals=1, **more)


def hidden_of(table, *segments):
    return {s for s in segments if figure(table, "mark", s).status == "suppressed"}


def test_two_groups_that_differ_by_five_people_are_not_both_shown(tmp_path):
    table = of_ages(tmp_path, [100, 200, 5, 90]).estimate()
    assert hidden_of(table, "coarse=from35to64", "fine=from35to59")
    # nor does the difference follow from those that are left: everyone is these three, twice
    assert len(hidden_of(table, "coarse=young", "coarse=from35to64", "coarse=old")) != 1
    assert len(hidden_of(table, "fine=below35", "fine=from35to59", "fine=from60")) != 1


def test_two_groups_that_differ_by_enough_people_are_both_shown(tmp_path):
    table = of_ages(tmp_path, [100, 200, 40, 90]).estimate()
    assert not hidden_of(table, "coarse=from35to64", "fine=from35to59")


def events(root, strays):
    """A survey of life events within themes, one of them too small; some of its neighbours are coded elsewhere."""
    chance = np.random.default_rng(6)
    event = np.repeat(["moving", "renting", "school", "study"], [10, 120, 150, 140])
    theme = np.repeat(["housing", "education"], [130, 290]).astype(object)
    theme[20 : 20 + strays] = "education"
    people = pd.DataFrame({"theme": theme, "event": event, "mark": chance.integers(1, 11, len(event))})
    return Survey(root, people, {"mark": "grade"}, decimals=1)


@pytest.mark.parametrize("strays", often([0, 1, 4], 1))
def test_one_respondent_coded_elsewhere_does_not_switch_protection_off(tmp_path, strays):
    table = events(tmp_path, strays).estimate()
    assert "event=moving" in hidden_of(table, "event=moving")
    # housing less renting is moving, but for those few
    assert hidden_of(table, "theme=housing", "event=renting")


@pytest.mark.parametrize("weighted", [False, True])
def test_a_union_of_groups_that_differs_from_another_by_few_is_not_shown_beside_it(tmp_path, weighted):
    """Of the fine groups two are one of the coarse ones and five people, who are not in the table themselves."""
    chance = np.random.default_rng(7)
    fine = np.repeat(["a", "b", "c"], [120, 130, 200])
    coarse = np.where(fine == "c", "other", "both")
    coarse[:5] = "other"
    people = pd.DataFrame({"fine": fine, "coarse": coarse, "mark": chance.integers(1, 11, 450)})
    if weighted:
        people["w"] = chance.uniform(0.5, 2, 450)
    table = Survey(tmp_path, people, {"mark": "grade"}, decimals=1, weighted=weighted).estimate()
    assert hidden_of(table, "fine=a", "fine=b", "coarse=both")
    assert hidden_of(table, "fine=c", "coarse=other")


# every table that was public


def test_margins_that_are_corrected_give_no_second_equation_in_the_hidden_figures(tmp_path):
    """Themes a and b are hidden in both tables: two equations in two unknown shares, if both were public."""
    chance = np.random.default_rng(0)
    people = pd.DataFrame({"theme": np.repeat(list("abcd"), [20, 45, 300, 300])})
    people["used"] = chance.integers(0, 2, 665)
    survey = Survey(tmp_path, people, {"used": "percent"})
    survey.margins(theme={"a": 2000, "b": 6000, "c": 30000, "d": 40000})
    survey.estimate()
    before = (tmp_path / "data/figures/2016.csv").read_bytes()
    survey.margins(theme={"a": 9000, "b": 4000, "c": 30000, "d": 35000})
    with pytest.raises(ProblemsError) as error:
        survey.estimate(revise="the margins were wrong")
    assert {p.code for p in error.value.problems} == {"W191"}
    assert (tmp_path / "data/figures/2016.csv").read_bytes() == before
    assert survey.revisions() == []


def test_margins_may_be_corrected_where_nothing_is_hidden(tmp_path):
    people = pd.DataFrame({"theme": np.repeat(list("ab"), 300), "used": np.tile([0, 1, 1], 200)})
    people.loc[people["theme"] == "b", "used"] = 0
    people.loc[599, "used"] = 1
    survey = Survey(tmp_path, people, {"used": "percent"})
    survey.margins(theme={"a": 2000, "b": 6000})
    survey.estimate()
    survey.margins(theme={"a": 3000, "b": 5000})
    table = survey.estimate(revise="the margins were wrong")
    assert figure(table, "used").status == "revised"
    assert {row["figure"] for row in survey.revisions()} == {"used@2016"}


def corrected(root, change, **more):
    """The problems of a revision in which somebody ``change``-d the answers, of a survey without small groups."""
    chance = np.random.default_rng(8)
    people = pd.DataFrame({"theme": np.repeat(list("ab"), 150), "mark": chance.integers(2, 10, 300)})
    people["used"] = chance.integers(0, 2, 300)
    survey = Survey(root, people, {"mark": "grade", "used": "percent"}, decimals=1, **more)
    survey.estimate()
    people = people.copy()
    change(people)
    survey.answer(people)
    try:
        survey.estimate(revise="corrected")
    except ProblemsError as error:
        return {p.code for p in error.problems}
    return set()


def one_answer(people):
    people.loc[3, "used"] = 1 - people.loc[3, "used"]


def one_mark(people):
    people.loc[3, "mark"] += 1


def two_swapped(people):
    people.loc[[3, 200], "theme"] = "b", "a"
    people.loc[[3, 200], "mark"] = 2, 10


def everybody(people):
    people.loc[[*range(120), *range(150, 270)], "used"] = 1
    people["mark"] = 1 + people["mark"] // 2


@pytest.mark.parametrize("change", [one_answer, one_mark, two_swapped])
def test_a_revision_on_the_same_bases_that_a_few_answers_cause_is_refused(tmp_path, change):
    assert corrected(tmp_path, change) == {"W175"}


def test_the_owner_of_the_data_may_allow_it(tmp_path):
    assert corrected(tmp_path, one_answer, rules="revise_few = true") == set()


def test_a_revision_that_many_answers_cause_is_made(tmp_path):
    assert corrected(tmp_path, everybody) == set()


def test_what_an_edition_before_the_last_showed_is_known_still(tmp_path):
    """Theme c is shown, then hidden, and b the other way round: with the first table, a follows from the third."""
    marks = np.random.default_rng(9).integers(1, 11, (4, 300))

    def people(b):
        sizes = [10, b, 100, 300]
        mark = np.concatenate([row[:size] for row, size in zip(marks, sizes, strict=True)])
        return pd.DataFrame({"theme": np.repeat(list("abcd"), sizes), "mark": mark})

    survey = Survey(tmp_path, people(45), {"mark": "grade"}, decimals=1)
    first = survey.estimate()
    assert hidden_of(first, *(f"theme={s}" for s in "abcd")) == {"theme=a", "theme=b"}
    rules = survey.declaration
    survey.declaration = rules.replace("minimum_base = 30", "minimum_base = 120")
    survey.declare(published=True)
    second = survey.estimate(revise="stricter rules")
    assert "theme=c" in hidden_of(second, "theme=c")
    survey.declaration = rules
    survey.declare(published=True)
    survey.answer(people(150))
    third = survey.estimate(revise="more respondents")
    left = hidden_of(third, *(f"theme={s}" for s in "abd"))
    # c is known from the first table, so a must hide behind another
    assert len(left) > 1
    assert "theme=a" in left


def test_a_table_that_was_published_with_more_decimals_may_be_written_with_fewer(tmp_path):
    people = pd.DataFrame({"theme": np.repeat(list("ab"), 150), "mark": np.tile([4, 5, 7], 100), "w": 1.0})
    people["w"] = np.tile([1.0, 1.5, 0.7], 100)
    survey = Survey(tmp_path, people, {"mark": "grade"}, decimals=1, weighted=True)
    table = survey.estimate()
    (tmp_path / "data/responses/2016.json").unlink()
    path = tmp_path / "data/figures/2016.csv"
    path.write_text(path.read_text().replace(f",{figure(table, 'mark').value},", ",5.125017,"))
    assert figure(survey.estimate(revise="fewer decimals"), "mark").value == pytest.approx(5.125)


# the reason that shows


@pytest.mark.parametrize("nonresponse", [0, 3])
def test_that_a_group_is_hidden_for_one_question_and_shown_for_another_does_not_tell_that_all_answered_alike(
    tmp_path, nonresponse
):
    chance = np.random.default_rng(10)
    people = pd.DataFrame({"theme": np.repeat(list("abc"), [60, 90, 200]), "mark": chance.integers(1, 11, 350)})
    people["used"] = chance.integers(0, 2, 350).astype(float)
    people.loc[people["theme"] == "a", "used"] = 1.0
    people.loc[: nonresponse - 1, "used"] = np.nan
    table = Survey(tmp_path, people, {"mark": "grade", "used": "percent"}, decimals=1).estimate()
    assert {figure(table, name, "theme=a").status for name in ("mark", "used")} == {"suppressed"}
    # nor does its size follow, from which the reason would
    shown = [s for s in "bc" if figure(table, "mark", f"theme={s}").status != "suppressed"]
    assert len(shown) < 2
    assert figure(table, "mark").n == 350


def test_the_owner_of_the_data_may_let_the_reason_show(tmp_path):
    people = pd.DataFrame({"theme": np.repeat(list("abc"), 100), "mark": np.tile([4, 5, 8, 9, 2, 6], 50)})
    people["used"] = np.where(people["theme"] == "a", 1, np.tile([0, 1], 150))
    rules = "reason_may_show = true"
    table = Survey(tmp_path, people, {"mark": "grade", "used": "percent"}, decimals=1, rules=rules).estimate()
    assert figure(table, "used", "theme=a").status == "suppressed"
    assert figure(table, "mark", "theme=a").status == "estimated"


def test_what_all_of_a_survey_answer_hides_nothing_else(tmp_path):
    people = pd.DataFrame({"theme": np.repeat(list("ab"), 100), "mark": np.tile([4, 5, 8, 9], 50), "used": 1})
    table = Survey(tmp_path, people, {"mark": "grade", "used": "percent"}, decimals=1).estimate()
    assert figure(table, "mark").status == "estimated"
    assert figure(table, "used").status == "suppressed"


# whole editions, attacked by who knows the weight and the groups of everybody


def random_edition(root, seed):
    """A random weighted survey of two nested breakdowns, some respondents coded elsewhere, and its final weights."""
    chance = np.random.default_rng(seed)
    n = int(chance.integers(150, 700))
    event = chance.choice(["e1", "e2", "e3", "e4", "e5"], n, p=chance.dirichlet(np.full(5, 1.2)))
    theme = np.where(np.isin(event, ["e1", "e2"]), "t1", "t2").astype(object)
    for i in chance.choice(n, chance.integers(0, 3)):
        theme[i] = "t1" if theme[i] == "t2" else "t2"
    people = pd.DataFrame({"theme": theme, "event": event, "population": chance.choice(["men", "women"], n)})
    people["used"] = (chance.random(n) < chance.choice([0.05, 0.3, 0.5])).astype(int)
    people["mark"] = chance.integers(1, 11, n) if chance.random() < 0.7 else chance.choice([6, 7, 8], n)
    known = chance.random() < 0.5
    people["w"] = np.where(people["population"] == "men", 0.7, 1.4) if known else chance.gamma(3, 0.4, n) + 0.1
    rules = "reason_may_show = true" if chance.random() < 0.5 else ""
    minimum = int(chance.integers(8, 40))
    survey = Survey(root, people, {"used": "percent", "mark": "grade"}, rules=rules, minimum=minimum, weighted=True)
    if chance.random() < 0.5:
        margins = {
            name: {c: float(int(k * chance.uniform(0.6, 1.6) * 10)) for c, k in people[name].value_counts().items()}
            for name in ("population", "theme")
        }
        total = sum(margins["population"].values())
        margins["theme"] = {c: t * total / sum(margins["theme"].values()) for c, t in margins["theme"].items()}
        survey.margins(**margins)
        frame = pl.DataFrame(people.to_dict("list"))
        people["w"] = frame.select(calibrate(frame, margins, weight="w").weight).to_series().to_numpy()
    return survey, people, minimum


def of_group(people, row):
    inside = np.full(len(people), True) if row.population == "total" else (people["population"] == row.population)
    return np.asarray(inside & (people[row.segment_by] == row.segment) if row.segment_by else inside)


def reached(table, people, target):
    """How far apart an attacker's bounds on a hidden figure are, in parts of its scale.

    He knows the weights and groups of all respondents, that they are whole, and every published figure.
    """
    low, high, per = (0, 1, 100) if target.indicator == "used" else (1, 10, 1)
    answers, w = people[target.indicator].to_numpy(float), people["w"].to_numpy()
    mine = table[table["indicator"] == target.indicator]
    limits = []
    for row in mine[mine["status"] != "suppressed"].itertuples():
        part = np.where(of_group(people, row), w, 0)
        part = part * per / part.sum()
        limits.append(LinearConstraint(part[None, :], *_span(part @ answers, 0, places(mine["value"]))))
    aim = np.where(of_group(people, target), w, 0)
    aim = aim / aim.sum() / (high - low)
    ends = []
    for sign in (1, -1):
        options = {"node_limit": 3000, "mip_rel_gap": 0.05}
        bounds, whole = Bounds(np.full(len(w), low), np.full(len(w), high)), np.ones(len(w))
        found = milp(sign * aim, constraints=limits, bounds=bounds, integrality=whole, options=options)
        ends.append(aim @ answers if found.x is None else aim @ np.rint(found.x))
    return ends[1] - ends[0]


def attacked(root, seed, most):
    """How many hidden figures of a random edition were attacked, and which of them he knows better than he may."""
    survey, people, minimum = random_edition(root, seed)
    table = survey.estimate()
    told = " ".join(survey.report.protection)
    tried, known = 0, []
    for row in table[table["status"] == "suppressed"].itertuples():
        answers = people.loc[of_group(people, row), row.indicator]
        unsafe = len(answers) < minimum or answers.nunique() == 1
        if unsafe and tried < most and f"{row.indicator}@{row.segment_by}={row.segment}" not in told:
            tried += 1
            apart = reached(table, people, row)
            known += [(row.indicator, row.segment, row.population, apart)] if apart < 0.1 - 1e-6 else []
    return tried, known


@pytest.mark.slow
def test_no_hidden_figure_of_an_edition_is_known_to_who_knows_all_but_the_answers(tmp_path):
    tried, known = attacked(tmp_path, 2, 2)
    assert tried == 2
    assert known == []


@pytest.mark.slow
def test_no_hidden_figure_of_many_editions_is_known_to_who_knows_all_but_the_answers(tmp_path, tally):
    tried = 0
    for seed in range(232, 250):
        count, known = attacked(tmp_path / f"{seed}", seed, 8)
        assert known == [], seed
        tried += count
    assert tried > 100
    tally("hidden figures of whole editions attacked by who knows every weight and group, and not computed back", tried)


def test_a_draft_forgets_earlier_drafts_and_no_table_that_was_public(tmp_path):
    people = pd.DataFrame({"theme": np.repeat(list("ab"), 100), "mark": np.tile([4, 5, 7, 9], 50)})
    survey = Survey(tmp_path, people, {"mark": "grade"}, decimals=1)

    def editions():
        kept = json.loads((tmp_path / "data/responses/2016.json").read_text())["editions"]
        table = pd.read_csv(io.StringIO(kept))
        return table.groupby("edition")[["public", "n"]].max().values.tolist()

    wave.estimate_wave(tmp_path, "2016")
    survey.answer(pd.concat([people, people]))
    wave.estimate_wave(tmp_path, "2016")
    assert editions() == [[0, 400]]
    survey.declare(published=True)
    wave.estimate_wave(tmp_path, "2016")
    assert editions() == [[1, 400]]
    survey.declare(published=False)
    survey.answer(people)
    wave.estimate_wave(tmp_path, "2016")
    assert editions() == [[1, 400], [0, 200]]


def test_what_tables_hid_only_its_owner_can_read(tmp_path):
    people = pd.DataFrame({"theme": np.repeat(list("ab"), 100), "mark": np.tile([4, 5, 7, 9], 50)})
    Survey(tmp_path, people, {"mark": "grade"}).estimate()
    assert (tmp_path / "data/responses/2016.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", ["{", '{"editions": 3}', '{"editions": "a,b\\n1,2\\n"}', "[]"])
def test_a_record_that_is_damaged_is_named_and_nothing_is_revised(tmp_path, damage):
    people = pd.DataFrame({"theme": np.repeat(list("ab"), 100), "mark": np.tile([4, 5, 7, 9], 50)})
    survey = Survey(tmp_path, people, {"mark": "grade"}, decimals=1)
    survey.estimate()
    (tmp_path / "data/responses/2016.json").write_text(damage)
    with pytest.raises(ProblemsError) as error:
        survey.estimate()
    assert [p.code for p in error.value.problems] == ["W192"]
