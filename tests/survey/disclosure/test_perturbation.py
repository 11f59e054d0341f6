"""Noise by cell keys in place of hiding: who reads everything learns little of anybody, and errors stay right."""

import copy
import json
import re
import shutil
import stat
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from exposure import NAMES, Survey, figure, indicator
from scipy.special import ndtr
from sweeps import often

from wavebook.charts.words import notes_of
from wavebook.core.problems import ProblemsError
from wavebook.core.units import MOST_NOISE
from wavebook.definitions import load_definitions
from wavebook.figures import KEY_COLUMNS, Key, everything, load
from wavebook.figures.excerpt import Excerpts
from wavebook.language.words import words_in
from wavebook.pages import panels
from wavebook.pages.downloads import write_figures
from wavebook.pages.figure_tables import figures_tables, waves_table
from wavebook.survey import estimates, protection, record, wave
from wavebook.survey.answers import responses
from wavebook.survey.disclosure import looks, perturbation, subtraction, suppression
from wavebook.survey.disclosure.cellkeys import FILE, Secret, cell_keys
from wavebook.survey.disclosure.history import History
from wavebook.survey.estimation import contrasts
from wavebook.survey.estimation.coarsening import Contrast

NOISE = 'method = "cell_key"'


class Lab:
    """A survey that is estimated once, and perturbed with as many secrets as it takes."""

    def __init__(self, survey):
        self.definitions = d = load_definitions(survey.root)
        self.settings = suppression.read_settings(protection.disclosure_of(d, "2016"))
        self.declared = d.waves["2016"].responses
        self.answers = responses.read_responses(survey.root, d, "2016")
        frame, design, _ = estimates.weighed(survey.root, "2016", self.answers, self.declared)
        self.run = estimates.run_of(frame, design, d, self.answers.place)
        table = estimates.estimates(self.run, d, self.settings)
        self.table = record.identified(table, "2016", self.declared)

        sample = estimates.sample_of(self.run)
        groups = {"weight": sample.weight, "breakdowns": sample.breakdowns, "population": sample.population}
        self.keys, self.units = cell_keys(frame, secret(0), "2016", sample.columns, **groups), sample.units

    def publish(self, seed):
        """The rows with noise of one secret, as a table has them.

        The sums of keys, which tell cells apart, are those of one secret; the noise that follows is of each.
        """
        keys = replace(self.keys, secret=secret(seed))
        found = perturbation.perturb(self.table, keys, self.settings, {}, units=self.units)
        places = {name: item.decimals for name, item in self.definitions.indicators.items()}
        return record.rounded(found.table, places, dict.fromkeys(places, 2))

    def deviations(self, seed):
        """The standard deviation of the noise in each value, which only who knows the secret knows so well."""
        names = self.table["indicator"] + ("." + self.table["category"]).where(self.table["category"] != "", "")
        questions = names.groupby(self.table["indicator"]).agg(lambda columns: sorted(set(columns)))
        keys = replace(self.keys, secret=secret(seed))
        maker = perturbation._Maker(self.table, names, questions, keys, self.settings, {}, self.units)
        rows = self.table.itertuples(index=False)
        return np.array([self.settings.noise * maker.reach(row, 1.0) / row.n for row in rows])


def secret(seed):
    return Secret(int(seed).to_bytes(32, "big"))


def codes(error):
    return {problem.code for problem in error.value.problems}


def towns(rng, count=40, sizes=(8, 26), weighted=True):
    """Respondents of small towns, with a number each."""
    town = np.repeat([f"t{i:02}" for i in range(count)], rng.integers(*sizes, count))
    n = len(town)
    people = {"respondent": range(n), "town": town, "used": rng.binomial(1, 0.6, n)}
    people["grade"] = np.clip(np.round(rng.normal(7, 1.4, n)), 1, 10).astype(int)
    return pd.DataFrame(people | ({"w": rng.uniform(0.5, 2, n).round(3)} if weighted else {}))


class Numbered(Survey):
    """A survey whose respondents have a number."""

    def __init__(self, root, people, units, **more):
        super().__init__(root, people.drop(columns="respondent"), units, **more)
        self.declaration = self.declaration.replace(
            'locator = "file"\n', 'locator = "file"\nrespondent = "respondent"\n'
        )
        self.declare()
        self.answer(people)


def survey(root, people, units=None, rules=NOISE, decimals=1, **more):
    kind = Numbered if "respondent" in people else Survey
    more = {"weighted": "w" in people} | more
    return kind(root, people, units or {"used": "percent", "grade": "grade"}, rules=rules, decimals=decimals, **more)


# --- what is published ---


def test_forty_small_towns_are_published_with_noise_and_hidden_without(tmp_path, tally):
    people = towns(np.random.default_rng(1))
    noisy = survey(tmp_path / "noise", people)
    table = noisy.estimate()
    shown = table["status"].eq("perturbed")
    hidden = survey(tmp_path / "hidden", people, rules="").estimate()["status"].eq("suppressed")
    assert len(table) == len(hidden) == 82
    assert shown.sum() >= 66
    assert hidden.sum() == 80
    assert set(table["status"]) == {"perturbed", "suppressed"}
    assert len(load_figures(noisy.root)) == shown.sum()
    tally("figures of forty small towns shown with noise", int(shown.sum()))
    tally("figures of forty small towns hidden by suppression", int(hidden.sum()))


def load_figures(root):
    return [f for f in everything(root)[1] if f.value is not None]


@pytest.mark.slow
def test_an_estimate_says_what_either_method_costs(tmp_path):
    people = towns(np.random.default_rng(1), 12)
    noisy, plain = survey(tmp_path / "noise", people), survey(tmp_path / "plain", people, rules="")
    noisy.estimate()
    plain.estimate()
    told = "\n".join(noisy.report.protection)
    assert re.search(r"\d of 26 figures are hidden, all others have noise of 2 respondents", told)
    assert re.search(r"the noise is \d+% of the sampling error in the middle figure, \d+% at most", told)
    assert "guesses it right at most 67 times in 100, by 3 figures" in told
    assert "by suppression 24 of 26 figures would be hidden" in told
    told = "\n".join(plain.report.protection)
    assert "24 of 26 figures are hidden" in told
    assert re.search(
        r'with method = "cell_key" and noise of 2 respondents about \d would be hidden, and noise be', told
    )


@pytest.mark.slow
def test_the_order_of_rows_shows_in_no_file(tmp_path):
    people = towns(np.random.default_rng(2), 6).drop(columns="respondent")
    made = survey(tmp_path, people)
    made.margins(town={f"t{i:02}": 100 + i for i in range(6)})
    files = ("data/figures/2016.csv", "data/responses/2016.json")
    seen = set()
    for seed in range(3):
        made.answer(people.sample(frac=1, random_state=seed))
        wave.estimate_wave(made.root, "2016")
        seen.add(tuple((made.root / name).read_bytes() for name in files))
    assert len(seen) == 1


def test_a_group_of_too_few_is_hidden_even_so(tmp_path):
    people = towns(np.random.default_rng(3), 20, sizes=(1, 12))
    lab = Lab(survey(tmp_path, people, rules=f"{NOISE}\nsmallest = 6"))
    for seed in range(12):
        shown = lab.publish(seed)["status"].eq("perturbed")
        assert lab.table["n"][shown].min() >= 6


@pytest.mark.slow
def test_what_is_shown_tells_little_of_how_many_there_are(tmp_path):
    """Of a group of just ``smallest`` one in forty is shown, so that being shown proves little."""
    sizes = {"a": 4, "b": 5, "c": 40}
    people = pd.DataFrame({"town": [name for name, n in sizes.items() for _ in range(n)]})
    people = people.assign(respondent=range(len(people)), used=[0, 1] * 24 + [0])
    lab = Lab(survey(tmp_path, people))
    shown = pd.DataFrame([lab.publish(seed).set_index("segment")["status"].eq("perturbed") for seed in range(300)])
    assert shown["a"].sum() == 0
    assert 0 < shown["b"].mean() < 0.06
    assert shown["c"].all()


# --- the noise ---


@pytest.mark.parametrize("draws", often([60, 200], 60))
def test_every_figure_has_noise_of_the_declared_size(tmp_path, draws):
    """In respondents: what a value is off by, over what the heaviest respondent can move it by."""
    people = towns(np.random.default_rng(4), 4, sizes=(60, 90))
    lab = Lab(survey(tmp_path, people, rules=f"{NOISE}\nnoise = 3\n"))
    true = lab.table
    off, bases = [], []
    for seed in range(draws):
        table = lab.publish(seed)
        heaviest = true["largest_weight"] / true["weight"]
        span = true["unit"].map(lambda unit: unit.high - unit.low)
        off.append((table["value"] - true["value"]) / (span * heaviest))
        bases.append(table["n"] - true["n"])
    off, bases = np.array(off), np.array(bases)
    assert np.abs(off.mean(axis=0)).max() < 4.5 * 3.75 / np.sqrt(draws)
    assert (off.std(axis=0) >= 2.6).all()  # as declared, and at most 25 % more for weights counted coarsely
    assert (off.std(axis=0) <= 3 * 1.25 * 1.15).all()
    assert bases.std(axis=0) == pytest.approx(3, abs=0.5)
    assert np.abs(off).max() <= 1.25 * 3 * MOST_NOISE


@pytest.mark.slow
def test_different_cells_have_independent_noise(tmp_path):
    lab = Lab(survey(tmp_path, towns(np.random.default_rng(5), 5, sizes=(60, 90))))
    tables = [lab.publish(seed) for seed in range(100)]
    drawn = np.hstack([np.array([t[name] for t in tables], float) for name in ("value", "n")])
    bases = np.arange(len(lab.table), 2 * len(lab.table))
    found = np.corrcoef(drawn.T)
    same_base = {(i, j) for i in bases for j in bases if lab.table["segment"][i % 12] == lab.table["segment"][j % 12]}
    others = [found[i, j] for i in range(len(found)) for j in range(i) if (i, j) not in same_base]
    assert np.abs(others).max() < 4.5 / np.sqrt(len(tables))
    assert all(found[pair] > 0.999 for pair in same_base)


def test_the_same_people_in_the_same_cell_have_the_same_noise(tmp_path):
    """In another breakdown, for another indicator with the same base, asked again, and in a revision."""
    people = towns(np.random.default_rng(6), 5, sizes=(20, 40))
    people["region"] = people["town"].map({"t00": "north"}).fillna("south")
    made = survey(tmp_path, people)
    table = made.estimate()
    numbers = ["value", "n", "n_effective", "se", "ci_low", "ci_high"]
    for name in ("used", "grade"):
        one, other = (figure(table, name, where) for where in ("town=t00", "region=north"))
        assert [getattr(one, x) for x in numbers] == [getattr(other, x) for x in numbers]
        assert one.n == figure(table, "used", "town=t00").n
    assert made.estimate().equals(table)
    people.loc[people["town"].eq("t03").idxmax(), "used"] ^= 1
    made.answer(people)
    after = made.estimate(revise="an answer was wrong")
    told = [key for key in KEY_COLUMNS if key != "wave"]
    moved = table.merge(after, on=told)
    moved = moved[moved["value_x"].ne(moved["value_y"]) & moved["value_x"].notna()]
    assert set(moved["indicator"]) == {"used"}
    assert set(moved["segment"]) == {"", "t03", "south"}
    again = table.merge(after, on=told)
    assert again["n_x"].equals(again["n_y"])
    assert set(after["status"][after["indicator"].eq("used") & after["segment"].eq("t03")]) == {"perturbed_revised"}


def test_answers_that_nobody_gave_do_not_share_their_noise(tmp_path):
    """With noise of those who gave it alone, equal figures would tell that nobody did."""
    n = 40
    people = pd.DataFrame({"respondent": range(n), "a": 0, "b": 0, "c": 1, "d": 1})
    lab = Lab(survey(tmp_path, people, dict.fromkeys("abcd", "percent")))
    values = np.array([lab.publish(seed)["value"] for seed in range(30)])
    ends = np.isin(values, [0, 100])
    assert 0.3 < ends.mean() < 0.7
    assert (values.min(), values.max()) == (0, 100)
    inside = [row[(row > 0) & (row < 100)] for row in values]
    assert all(len(set(np.minimum(row, 100 - row))) == len(row) for row in inside)


@pytest.mark.slow
def test_ends_of_the_scale_pull_figures_inwards_by_what_is_documented(tmp_path):
    """0.4 of a deviation where nobody gave an answer, nothing in the middle."""
    people = pd.DataFrame({"respondent": range(40), "none": 0, "half": [0, 1] * 20, "all": 1})
    lab = Lab(survey(tmp_path, people, dict.fromkeys(("none", "half", "all"), "percent")))
    values = pd.concat([lab.publish(seed) for seed in range(250)]).groupby("indicator")["value"].mean()
    deviation = 100 * 2 / 40
    expected = {"none": 0.399 * deviation, "half": 50, "all": 100 - 0.399 * deviation}
    assert dict(values) == pytest.approx(expected, abs=4 * deviation / np.sqrt(250))


# --- errors ---


def drawn_survey(rng, kind):
    """One sample from a population of towns: people, and what is true of each town."""
    count = 12
    truth = pd.DataFrame({"used": rng.beta(3, 2, count), "grade": rng.normal(7, 0.6, count)})
    truth.index = [f"t{i:02}" for i in range(count)]
    town = np.repeat(truth.index, rng.integers(12, 80, count))
    n = len(town)
    group = rng.normal(0, 0.6, 60)[(cluster := rng.integers(0, 60, n))] if kind == "clusters" else np.zeros(n)
    mean = truth.loc[town].reset_index(drop=True)
    used = rng.random(n) < np.clip(mean["used"] + 0.15 * group, 0, 1)
    grade = np.clip(np.round(rng.normal(mean["grade"] + group, 1.3)), 1, 10)
    people = pd.DataFrame({"respondent": range(n), "town": town, "used": used.astype(int), "grade": grade.astype(int)})
    if kind == "weights":
        people["w"] = rng.gamma(4, 0.25, n).round(3) + 0.1
    return (people.assign(c=cluster) if kind == "clusters" else people), truth


@pytest.mark.slow
@pytest.mark.parametrize("kind", often(["equal", "weights"], "weights"))
def test_published_intervals_hold_the_truth(tmp_path, kind, tally):
    assert_covered(tmp_path, kind, 12, tally)


def assert_covered(folder, kind, repeats, tally):
    covered = coverage(folder, kind, repeats, np.random.default_rng(8))
    assert covered["size"] > 80 * repeats
    assert 0.935 < covered["mean"] < 0.985, covered
    tally(f"published intervals of figures with noise, {kind}", int(covered["size"]))
    tally(f"of those that held the truth, in tenths of a per cent, {kind}", round(1000 * covered["mean"]))


def coverage(folder, kind, repeats, rng):
    held = []
    for k in range(repeats):
        people, truth = drawn_survey(rng, kind)
        lab = Lab(survey(folder / str(k), people))
        for _ in range(4):
            table = lab.publish(rng.integers(2**60))
            rows = table[table["status"].eq("perturbed") & table["segment"].ne("")]
            true = [truth.loc[r.segment, r.indicator] * (100 if r.unit.is_share else 1) for r in rows.itertuples()]
            held += list((rows["ci_low"] <= true) & (true <= rows["ci_high"]))
    return {"mean": np.mean(held), "size": len(held)}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["equal", "weights"])
def test_published_intervals_hold_the_truth_of_many_surveys(tmp_path, kind, tally):
    assert_covered(tmp_path, kind, 100, tally)


def test_errors_follow_from_the_perturbed_value_alone(tmp_path):
    """Two surveys with other answers and the same perturbed value and base would have the same error and interval."""
    lab = Lab(survey(tmp_path, towns(np.random.default_rng(9), 6, sizes=(30, 60), weighted=False)))
    for seed in range(20):
        table = lab.publish(seed)
        for row in table[table["indicator"].eq("used")].itertuples():
            p = (row.n * row.value / 100 + 2) / (row.n + 4)
            assert row.se == pytest.approx(100 * np.hypot(np.sqrt(p * (1 - p) / row.n), 2 / row.n), rel=0.05)
            if row.ci_low > 0 and row.ci_high < 100:
                assert (row.ci_low + row.ci_high) / 2 == pytest.approx(row.value, abs=0.1)
            assert 1 <= row.n_effective <= row.n


@pytest.mark.slow
def test_one_answer_moves_the_design_effect_by_less_than_its_noise_is_made_for(tmp_path):
    rng = np.random.default_rng(10)
    people, _ = drawn_survey(rng, "clusters")
    cluster, people = people["c"], people.drop(columns="c")
    moves = []
    for k in range(12):
        found = []
        for answer in (0, 1):
            people.loc[k, "used"] = answer
            made = survey(tmp_path / f"{k}-{answer}", people)
            made.declaration = made.declaration.replace('locator = "file"', 'locator = "file"\nclusters = "c"')
            made.declare()
            made.answer(people.assign(c=cluster))
            lab = Lab(made)
            row = lab.table[lab.table["segment"].eq("") & lab.table["indicator"].eq("used")].iloc[0]
            found.append(row["n"] * (row["se"] / 100) ** 2 / (row["value"] / 100 * (1 - row["value"] / 100)))
        moves.append(abs(found[1] - found[0]))
    unit = 12 * np.sqrt(row["n"] / lab.units * max(1, min(found))) / row["n"]
    assert max(moves) < unit
    assert lab.publish(1)["status"].eq("perturbed").any()


def test_nothing_that_is_published_equals_what_was_found_more_often_than_chance(tmp_path):
    lab = Lab(survey(tmp_path, towns(np.random.default_rng(11))))
    true = lab.table.copy()
    places = {name: item.decimals for name, item in lab.definitions.indicators.items()}
    exact = record.rounded(true, places, dict.fromkeys(places, 2))
    equal = {name: [] for name in ("value", "n", "se", "ci_low", "ci_high")}
    for seed in range(20):
        table = lab.publish(seed)
        for name, found in equal.items():
            found += list((table[name] == exact[name])[table["status"].eq("perturbed")])
    share = {name: np.mean(found) for name, found in equal.items()}
    at_ends = np.isin(exact["value"], [0, 100]).mean()
    assert share["value"] < 0.001 + at_ends
    assert share["n"] == pytest.approx(2 * ndtr(0.25) - 1, abs=0.04)  # whole numbers, noise of two
    assert max(share["se"], share["ci_low"], share["ci_high"]) < 0.02


def test_no_public_file_holds_a_number_that_was_found(told, tmp_path):
    """Tables, revisions and downloads: against the numbers behind them, which lie beside the answers."""
    root = shutil.copytree(told, tmp_path / "book")
    history = History.read(root / "data/responses/2016.json").rows
    true = {round(value, digits) for value in history["value"] for digits in (1, 2, 3)} - {0.0, 100.0}
    write_figures(tmp_path / "site", load(root), title="T", licence={"name": "", "path": ""})
    public = [path for path in root.rglob("*.csv") if "responses" not in path.parts]
    public += [path for path in (tmp_path / "site").rglob("*") if path.suffix in (".csv", ".json")]
    assert len(public) >= 6
    for path in public:
        found = {float(text) for text in re.findall(r"(?<![\w.])\d+\.\d{2,3}(?![\w.])", path.read_text())}
        assert len(found & true) <= 1, path  # two of a thousand numbers can agree by chance


# --- attacks: all is known but the secret and one answer ---


def bayes(lab_of, seeds, rows=slice(None)):
    """How often the likelier of two worlds is the right one, from the values of their tables.

    ``lab_of`` has for each world the labs whose tables readers have seen, one an edition.
    """
    right = []
    for seed in seeds:
        world = seed % 2
        score = 0.0
        for mine, (zero, one) in zip(lab_of[world], zip(*lab_of, strict=True), strict=True):
            seen, sd = mine.publish(seed)["value"].to_numpy(), mine.deviations(seed)
            off = [(seen - lab.table["value"].to_numpy()) / sd for lab in (zero, one)]
            likely = [np.where(np.abs(z) <= MOST_NOISE + 1e-3, -(z**2) / 2, -1e6) for z in off]
            score += np.nansum((likely[1] - likely[0])[rows])
        right.append((score > 0) == world)
    return float(np.mean(right)), float(np.sqrt(0.25 / len(right)))


def assert_bounded(attack, secrets):
    """The attack is no better than the bound, and not much worse, so that it is an attack; how good it is, and that."""
    editions, figures = attack
    accuracy, error = bayes(editions, range(secrets))
    bound = looks.guessed(2.0, figures) / 100
    assert bound - 0.06 - 3 * error <= accuracy <= bound + 3 * error
    return accuracy, bound


def worlds_of(folder, people, change, **more):
    """Two surveys that differ in one answer."""
    labs = []
    for answer in (0, 1):
        labs.append(Lab(survey(folder / str(answer), change(people.copy(), answer), {"used": "percent"}, **more)))
    return labs


def answered(people, answer):
    people.loc[0, "used"] = answer
    return people


def differencing(folder):
    """35-64 less 35-59 is five people, of whom four are known: they are in everyone, and in a group of each age."""
    rng = np.random.default_rng(12)
    age = rng.integers(35, 60, 60).tolist() + rng.integers(20, 35, 50).tolist()
    people = pd.DataFrame({"age": [60, 61, 62, 63, 64, *age]})
    people = people.assign(respondent=range(len(people)), used=rng.binomial(1, 0.5, len(people)))
    people["broad"] = np.where(people["age"] >= 35, "from35", "other")
    people["narrow"] = np.where(people["age"].between(35, 59), "from35", "other")
    zero, one = worlds_of(folder, people.drop(columns="age"), answered)
    return [[zero], [one]], 3


def whole_table(folder):
    """All groups, populations and weights, and it is about the heaviest respondent."""
    rng = np.random.default_rng(13)
    people = towns(rng, 4, sizes=(30, 40)).drop(columns="grade")
    people["population"] = np.where(rng.random(len(people)) < 0.5, "citizens", "businesses")
    people.loc[0, "w"] = people["w"].max() + 0.001
    zero, one = worlds_of(folder, people, answered)
    return [[zero], [one]], 4


def revision(folder):
    """An answer was corrected, no one knows from what to what; the tables before and after are known."""
    people = towns(np.random.default_rng(14), 4, sizes=(30, 40), weighted=False).drop(columns="grade")
    zero, one = worlds_of(folder, people, answered)
    return [[zero, one], [one, zero]], 2 * 2


@pytest.mark.parametrize("attack", often([differencing, whole_table, revision], differencing))
def test_who_knows_all_but_one_answer_guesses_it_no_better_than_is_told(tmp_path, attack):
    assert_bounded(attack(tmp_path), 60)


@pytest.mark.slow
@pytest.mark.parametrize("attack", [differencing, whole_table, revision])
def test_who_knows_all_but_one_answer_guesses_it_no_better_over_many_secrets(tmp_path, attack, tally):
    accuracy, bound = assert_bounded(attack(tmp_path), 600)
    name = f"answers attacked by who knows all others and every weight, {attack.__name__}"
    tally(name, 600)
    tally(f"{name}: guessed, in tenths of a per cent", round(1000 * accuracy))
    tally(f"{name}: bound, in tenths of a per cent", round(1000 * bound))


@pytest.mark.slow
def test_subtracting_two_groups_leaves_the_noise_of_two_figures(tmp_path):
    """Of five people, noise of nearly three."""
    (_, (lab,)), _ = differencing(tmp_path)
    off = []
    for seed in range(120):
        table = lab.publish(seed)
        wide, less = (figure(table, "used", f"{by}=from35") for by in ("broad", "narrow"))
        off.append((wide.value * 65 - less.value * 60) / 100)
    assert np.std(off) == pytest.approx(2 * np.sqrt(2), rel=0.25)


def test_which_figures_a_revision_moves_does_not_tell_the_answer(tmp_path):
    editions, _ = revision(tmp_path)
    moved = [
        set(np.flatnonzero(before.publish(5)["value"].ne(after.publish(5)["value"]))) for before, after in editions
    ]
    assert moved[0] == moved[1]
    assert len(moved[0]) == 2


def test_weighing_anew_draws_new_noise(tmp_path):
    """With the same noise, the difference of two tables would be an equation in the answers alone."""
    people = towns(np.random.default_rng(15), 4, sizes=(30, 40)).drop(columns="grade")
    labs = []
    for k, weights in enumerate((people["w"], people["w"] * np.where(people.index % 2, 1.01, 1.0))):
        labs.append(Lab(survey(tmp_path / str(k), people.assign(w=weights.round(5)), {"used": "percent"})))
    for seed in range(8):
        one, two = (lab.publish(seed)["value"] - lab.table["value"] for lab in labs)
        assert (np.abs(one - two) > 1e-6).all()


# --- amounts ---


@pytest.mark.slow
def test_an_amount_has_noise_of_the_largest_one(tmp_path):
    rng = np.random.default_rng(16)
    people = towns(rng, 3, sizes=(40, 60)).drop(columns=["used", "grade"])
    people["spent"] = rng.gamma(2, 100, len(people)).round()
    people.loc[people["town"].eq("t00"), "spent"] = 0.0  # nobody spent: no noise would say so
    lab = Lab(survey(tmp_path, people, {"spent": "count"}))
    off = np.array([lab.publish(seed)["value"] - lab.table["value"] for seed in range(200)])
    rows = lab.table
    for k, row in enumerate(rows.itertuples()):
        reach = row.largest / row.weight
        assert off[:, k].std() >= 2 * reach * 0.85 * (0.55 if row.segment == "t00" else 1)
        assert off[:, k].std() > 0
    assert (lab.publish(1)["value"] >= 0).all()


# --- the secret ---


@pytest.fixture(scope="module")
def public(tmp_path_factory):
    """Surveys that were published by each method, and their tables; for tests that only look, or copy."""
    people = towns(np.random.default_rng(20), 3, sizes=(31, 60))
    made = {rules: survey(tmp_path_factory.mktemp("public"), people, rules=rules) for rules in (NOISE, "")}
    return {rules: (one, one.estimate()) for rules, one in made.items()}


def copied(public, folder, rules=NOISE):
    """Such a survey to change, and its table."""
    made, table = public[rules]
    made = copy.copy(made)
    made.root = shutil.copytree(made.root, folder, dirs_exist_ok=True)
    return made, table


def test_the_secret_is_made_once_for_its_owner_alone_and_is_told_nowhere(tmp_path, public):
    made, _ = copied(public, tmp_path)
    path = tmp_path / "data/responses" / FILE
    key = path.read_text().strip()
    assert re.fullmatch("[0-9a-f]{64}", key)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    made.estimate()
    assert path.read_bytes() == before
    for other in tmp_path.rglob("*"):
        if other.is_file() and other != path:
            assert key.encode() not in other.read_bytes()
    assert key not in repr(Secret.read(path.parent))
    kept = json.loads((tmp_path / "data/responses/2016.json").read_text())["cell_key"]
    assert kept == {"noise": 2.0, "smallest": 5, "secret": Secret.read(path.parent).fingerprint}


@pytest.mark.parametrize("spoil", ["gone", "other", "broken"])
def test_a_table_is_not_made_with_another_secret(tmp_path, public, spoil):
    made, before = copied(public, tmp_path)
    path = tmp_path / "data/responses" / FILE
    if spoil == "gone":
        path.unlink()
    else:
        path.write_text("00" * 32 if spoil == "other" else "zz")
    with pytest.raises(ProblemsError) as error:
        made.estimate()
    assert codes(error) == {"W194"}
    assert made.table().equals(before)
    assert path.exists() == (spoil != "gone")


def test_without_the_record_of_its_noise_a_public_table_is_not_made_anew(tmp_path, public):
    made, _ = copied(public, tmp_path)
    (tmp_path / "data/responses/2016.json").unlink()
    with pytest.raises(ProblemsError) as error:
        made.estimate()
    assert codes(error) == {"W194"}


# --- from one method to the other, and too many looks ---


@pytest.mark.parametrize(
    ("before", "after"),
    [("", NOISE), (NOISE, ""), (NOISE, f"{NOISE}\nnoise = 3"), (NOISE, f"{NOISE}\nsmallest = 9")],
)
def test_a_public_table_is_not_followed_by_one_of_another_method(tmp_path, public, before, after):
    made, table = copied(public, tmp_path, before)
    made.declaration = made.declaration.replace(f'source = "test"\n{before}', f'source = "test"\n{after}')
    made.declare(published=True)
    with pytest.raises(ProblemsError) as error:
        made.estimate(revise="another method")
    assert "W193" in codes(error) or codes(error) == {"W199"}
    assert made.table().equals(table)
    assert not (tmp_path / "data/revisions.csv").exists()


def test_a_draft_may_change_its_method(tmp_path):
    people = towns(np.random.default_rng(21), 4, sizes=(31, 60))
    made = survey(tmp_path, people, rules="")
    wave.estimate_wave(tmp_path, "2016")
    made.declaration = made.declaration.replace('source = "test"\n', f'source = "test"\n{NOISE}\n')
    made.declare()
    wave.estimate_wave(tmp_path, "2016")
    assert set(made.table()["status"]) == {"perturbed"}


def test_a_wave_keeps_the_method_that_it_says(tmp_path, public):
    made, table = copied(public, tmp_path, "")
    made.declaration = made.declaration.replace('source = "test"\n', f'source = "test"\n{NOISE}\n')
    made.declaration = made.declaration.replace("#published", 'method = "suppression"\n#published')
    made.declare(published=True)
    assert made.estimate().equals(table)


def test_an_answer_that_counts_in_too_many_figures_stops_the_estimate(tmp_path):
    made = survey(tmp_path, towns(np.random.default_rng(23), 4, sizes=(31, 60)), rules=f"{NOISE}\nnoise = 0.5")
    with pytest.raises(ProblemsError, match=r"guess it right 96 times in 100, not 80\.\s+Set noise = 1\.1") as error:
        made.estimate()
    assert codes(error) == {"W198"}
    assert not (tmp_path / "data/figures/2016.csv").exists()


def test_each_revision_is_one_more_look(tmp_path):
    people = towns(np.random.default_rng(24), 4, sizes=(31, 60))
    made = survey(tmp_path, people, rules=f"{NOISE}\nguess = 75")
    made.estimate()
    assert "editions" not in "".join(made.report.protection)
    people.loc[0, "used"] ^= 1
    made.answer(people)
    made.estimate(revise="an answer was wrong")
    assert "2 editions" in "".join(made.report.protection)
    people.loc[1, "used"] ^= 1
    made.answer(people)
    with pytest.raises(ProblemsError) as error:
        made.estimate(revise="an answer was wrong")
    assert codes(error) == {"W198"}
    assert {row["figure"].partition("@")[0] for row in made.revisions()} == {"used"}
    assert {float(row["after"]) for row in made.revisions()} <= set(made.table()["value"])


# --- what follows from a table is not asked of noise ---


def test_correlations_are_not_published(public):
    (plain, _), (made, _) = public[""], public[NOISE]
    assert (plain.root / "data/correlations/2016.csv").is_file()
    assert not (made.root / "data/correlations/2016.csv").exists()


@pytest.mark.parametrize("which", [0, 1])
def test_no_pair_has_a_figure_with_noise_at_either_end(tmp_path, which):
    """As in a panel of which one wave has noise and the other none."""
    people = towns(np.random.default_rng(25), 4, sizes=(60, 90)).drop(columns="grade")
    table = Lab(survey(tmp_path, people, {"used": "percent"}, rules="")).table
    keys = [Key(*key) for key in table[KEY_COLUMNS].itertuples(index=False, name=None)]
    pair = [Contrast(keys[0], keys[1], 0.5)]
    assert contrasts.table(pair, [table], 30)
    table.loc[which, "status"] = "perturbed_revised" if which else "perturbed"
    assert contrasts.table(pair, [table], 30) == b""


def test_bases_with_noise_give_no_group_away(tmp_path):
    """Everyone less the segments shown is a group of few; with noise that is no size."""
    made = survey(tmp_path, towns(np.random.default_rng(26), 6, sizes=(16, 20)))
    made.estimate()
    d, figures = everything(tmp_path)
    figures = [figure for figure in figures if figure.key.segment != "t00"]
    assert list(subtraction.problems(d, figures)) == []
    exact = [replace(figure, status="published") for figure in figures]
    assert {problem.code for problem in subtraction.problems(d, exact)} == {"W190"}


def test_a_figure_of_few_with_noise_reaches_every_edition(tmp_path):
    made = survey(tmp_path, towns(np.random.default_rng(27), 6, sizes=(12, 20)))
    table = made.estimate()
    few = table[table["n"].lt(30)]
    assert len(few) >= 8
    kept = Excerpts(tmp_path).of(wave="2016", baseline="2016", segment="town=t01")["data/figures/2016.csv"].decode()
    row = figure(table, "used", "town=t01")
    assert f"t01,,{row.value:g}" in kept or f"t01,,{row.value}" in kept


# --- readers are told ---


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    root = tmp_path_factory.mktemp("told")
    made = survey(root, towns(np.random.default_rng(28), 4, sizes=(31, 60)), rules=f"{NOISE}\nnoise = 2.5")
    text = (root / "data/indicators.toml").read_text()
    life = indicator("things_asked", "count", 0).replace('"clients"', '"things"')
    (root / "data/indicators.toml").write_text(f'{text}{life}\n[bases.things]\nnl = "x"\nen = "x"\npeople = false\n')
    made.estimate()
    path = root / "data/figures/2016.csv"
    path.write_text(path.read_text() + "2016,things_asked,total,,,,72,count,,,,,,published,bureau,p. 1\n")
    (root / "data/waves.toml").write_text(
        (root / "data/waves.toml").read_text()
        + f'\n[waves.2015]\nname = {NAMES}\nbureau = "b"\nclient = {NAMES}\nsource = "bureau"\n'
    )
    (root / "data/figures/2015.csv").write_text(
        path.read_text().splitlines()[0] + "\n2015,things_asked,total,,,,70,count,,,,,,published,bureau,p. 1\n"
    )
    text = (root / "data/waves.toml").read_text().replace("baseline = 2016", "baseline = 2015")
    (root / "data/waves.toml").write_text(text)
    return root


@pytest.mark.parametrize(
    ("language", "panel", "page", "legend", "chart"),
    [
        (
            "nl",
            "van 2,5 deelnemers, nooit meer dan dat van 10;",
            "zit er ruis in de cijfers van 2016",
            "met ruis",
            "ruis",
        ),
        (
            "en",
            "of 2.5 respondents, never more than that of 10;",
            "there is noise in the figures of 2016",
            "with noise",
            "noise",
        ),
    ],
)
def test_readers_are_told_that_there_is_noise_and_how_much(told, language, panel, page, legend, chart):
    figures = load(told, language=language)
    shown = figures["used"]
    assert shown.text(language).endswith("[~]")
    assert panel in panels.of_figures(figures, (shown,))[1]
    cite = lambda key: [key]  # noqa: E731
    _, *more = waves_table(figures, cite)
    assert [page in node.astext() for node in more] == [True]
    assert f"[~] {words_in(language).panels['perturbed']}" in figures_tables(figures, cite)[0].astext()
    assert legend in words_in(language).panels["perturbed"]
    assert any(note.startswith("[~] ") and chart in note for note in notes_of(figures.select("used")))
    assert figures.correlation(shown.key, figures["grade"].key) is None
    plain = figures["things_asked"]
    assert "[~]" not in plain.text(language)
    assert panel not in panels.of_figures(figures, (plain,))[1]


def test_downloads_say_how_large_the_noise_is(told, tmp_path):
    write_figures(tmp_path / "data", load(told), title="T", licence={"name": "", "path": ""})
    noise = [{"wave": 2016, "deviation": 2.5, "most": 10.0, "unit": "respondents"}]
    assert json.loads((tmp_path / "data/used.json").read_text())["noise"] == noise
    assert json.loads((tmp_path / "datapackage.json").read_text())["noise"] == noise
    assert "noise" not in json.loads((tmp_path / "data/things_asked.json").read_text())
    assert ",perturbed," in (tmp_path / "data/used.csv").read_text()


def test_noise_of_a_size_that_nothing_says_is_a_problem(told, tmp_path):
    root = shutil.copytree(told, tmp_path / "book")
    path = root / "data/waves.toml"
    path.write_text(path.read_text().replace(NOISE, "").replace("noise = 2.5", ""))
    with pytest.raises(ProblemsError) as error:
        load(root)
    assert codes(error) == {"W199"}


@pytest.mark.parametrize(
    ("rule", "code"),
    [('method = "magic"', "W203"), ("noise = 0", "W203"), ("guess = 50", "W203"), ("smallest = 2.5", "W203")],
)
def test_settings_that_cannot_be_are_problems(tmp_path, rule, code):
    made = survey(tmp_path, towns(np.random.default_rng(29), 3), rules=rule)
    with pytest.raises(ProblemsError) as error:
        made.estimate()
    assert codes(error) == {code}
    name, _, value = rule.partition(" = ")
    given = {"minimum_base": 30, "dominance_share": 50, "source": "x", name: json.loads(value)}
    with pytest.raises(ProblemsError) as error:
        suppression.read_settings(given)
    assert codes(error) == {"W171"}
