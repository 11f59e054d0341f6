"""One wave from respondents to figures, as an editor runs it, on the made-up wave."""

import csv
import json
import re
import shutil

import lending
import numpy as np
import pytest
from sweeps import often

from wavebook.core.problems import ProblemsError
from wavebook.figures import load
from wavebook.publish import revising
from wavebook.survey import demo, wave

REASONS = {"en": "weights were wrong"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return demo.make_wave(tmp_path_factory.mktemp("demo") / "book", root=lending.SOURCE)


@pytest.fixture
def root(made, tmp_path):
    return shutil.copytree(made.root, tmp_path / "book")


@pytest.fixture(scope="module")
def once(made, tmp_path_factory):
    root = shutil.copytree(made.root, tmp_path_factory.mktemp("estimated") / "book")
    wave.estimate_wave(root, "2016")
    return root


@pytest.fixture
def estimated(once, tmp_path):
    """The same book after its wave was estimated."""
    return shutil.copytree(once, tmp_path / "book")


@pytest.fixture(scope="module")
def revised_once(once, tmp_path_factory):
    root = shutil.copytree(once, tmp_path_factory.mktemp("revised") / "book")
    publish(root)
    edit(root / "data/waves.toml", r"^weight = .*", "")
    wave.estimate_wave(root, "2016", revise="weights were wrong", reasons=REASONS)
    return root


@pytest.fixture
def revised(revised_once, tmp_path):
    """The same book after its wave was published and weighed otherwise."""
    return shutil.copytree(revised_once, tmp_path / "revised")


def figures(root):
    with (root / "data/figures/2016.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def edit(path, pattern, text):
    old = path.read_text(encoding="utf-8")
    new = re.sub(pattern, text, old, count=1, flags=re.MULTILINE)
    assert new != old
    path.write_text(new, encoding="utf-8")


def publish(root):
    edit(root / "data/waves.toml", r"^made_up = true", "made_up = true\npublished = true")


def codes(error):
    return {problem.code for problem in error.value.problems}


def test_the_planted_truths_lie_within_their_intervals_or_close_by(once, made):
    found = load(once, wave="2016")
    for key, truth in made.truths.items():
        figure = found[f"{key}@2016"] if "@" not in key else found[f"{key},2016"]
        assert abs(figure.value - truth) <= 4 * figure.se, key


def test_estimating_twice_gives_the_same_bytes(estimated):
    first = (estimated / "data/figures/2016.csv").read_bytes()
    wave.estimate_wave(estimated, "2016")
    assert (estimated / "data/figures/2016.csv").read_bytes() == first


def test_a_figure_entered_by_hand_is_kept(estimated):
    path = estimated / "data/figures/2016.csv"
    path.write_text(path.read_text() + "2016,questions,total,,,,72,count,,,,,,published,vraagbaak2015,hoofdstuk 1\n")
    wave.estimate_wave(estimated, "2016")
    assert [row["value"] for row in figures(estimated) if row["indicator"] == "questions"] == ["72.0"]


def test_without_disclosure_rules_nothing_is_written(root):
    edit(root / "data/waves.toml", r"^\[disclosure\](\n.+)*", "")
    with pytest.raises(ProblemsError) as error:
        wave.estimate_wave(root, "2016")
    assert codes(error) == {"W170"}
    assert not (root / "data/figures/2016.csv").exists()


def test_a_group_below_the_minimum_base_is_hidden_and_told_without_its_number(root):
    edit(root / "data/waves.toml", r"^minimum_base = \d+", "minimum_base = 300")
    report = wave.estimate_wave(root, "2016")
    hidden = [row for row in figures(root) if row["status"] == "suppressed"]
    assert hidden
    assert {row[name] for row in hidden for name in ("value", "n", "n_effective", "se", "ci_low", "ci_high")} == {""}
    assert all(int(row["n"]) >= 300 for row in figures(root) if row["status"] == "estimated")
    assert len(report.suppressed) == len(hidden)


def test_a_published_wave_changes_only_with_a_reason(estimated):
    publish(estimated)
    before = (estimated / "data/figures/2016.csv").read_bytes()
    edit(estimated / "data/waves.toml", r"^weight = .*", "")
    with pytest.raises(ProblemsError) as error:
        wave.estimate_wave(estimated, "2016")
    assert codes(error) == {"W169"}
    assert (estimated / "data/figures/2016.csv").read_bytes() == before
    assert not (estimated / "data/revisions.csv").exists()


def test_a_revision_records_old_and_new_values_and_marks_the_figures(once, revised_once):
    old = {row["indicator"]: row["value"] for row in figures(once) if not row["segment"] and not row["category"]}
    with (revised_once / "data/revisions.csv").open(encoding="utf-8") as file:
        records = {row["figure"]: row for row in csv.DictReader(file)}
    row = records["app_used@2016"]
    assert float(row["before"]) != float(row["after"])
    assert row["reason"] == "weights were wrong"
    assert old["app_used"]
    assert {r["status"] for r in figures(revised_once) if r["indicator"] == "app_used"} == {"revised"}


def test_a_table_that_was_changed_by_hand_is_compared_with_how_it_came_out(estimated):
    publish(estimated)
    wave.estimate_wave(estimated, "2016")
    table, kept = estimated / "data/figures/2016.csv", estimated / "data/published/2016.csv"
    assert kept.read_bytes() == table.read_bytes()
    edit(table, r"^(2016,app_used,total,,,,)[0-9.]+", r"\g<1>2.5")
    edit(table, r"^(2016,app_used,total,,,,[^,]*,percent,\d+,[^,]*,[^,]*),[^,]*,[^,]*", r"\1,,")
    with pytest.raises(ProblemsError) as error:
        revising.revise(estimated, reasons={"nl": "hand", **REASONS})
    assert codes(error) == {"W230"}
    wave.estimate_wave(estimated, "2016")
    assert kept.read_bytes() == table.read_bytes()
    edit(estimated / "data/waves.toml", r"^weight = .*", "")
    table.unlink()
    with pytest.raises(ProblemsError) as error:
        wave.estimate_wave(estimated, "2016")
    assert codes(error) == {"W169"}
    wave.estimate_wave(estimated, "2016", revise="weights were wrong", reasons=REASONS)
    assert kept.read_bytes() == table.read_bytes()


def test_a_figure_that_was_entered_and_revised_stays_when_the_wave_is_estimated_once_more(estimated):
    with (estimated / "data/figures/2016.csv").open("a", encoding="utf-8") as file:
        file.write("2016,questions,total,,,,72,count,,,,,,revised,vraagbaak2015,hoofdstuk 1\n")
    wave.estimate_wave(estimated, "2016")
    assert [row["status"] for row in figures(estimated) if row["indicator"] == "questions"] == ["revised"]


def test_a_revised_figure_keeps_its_mark_when_the_wave_is_estimated_once_more(revised):
    table, record = (revised / "data/figures/2016.csv").read_bytes(), (revised / "data/revisions.csv").read_bytes()
    wave.estimate_wave(revised, "2016")
    assert (revised / "data/figures/2016.csv").read_bytes() == table
    assert (revised / "data/revisions.csv").read_bytes() == record


def test_a_revision_that_was_stopped_before_its_table_is_recorded_once(once, revised):
    record = (revised / "data/revisions.csv").read_bytes()
    shutil.copy(once / "data/figures/2016.csv", revised / "data/figures")
    wave.estimate_wave(revised, "2016", revise="weights were wrong", reasons=REASONS)
    assert (revised / "data/revisions.csv").read_bytes() == record


def test_estimating_a_published_wave_again_without_change_needs_no_reason(estimated):
    publish(estimated)
    assert wave.estimate_wave(estimated, "2016").revised == []


def test_weights_are_raked_to_the_margins_of_the_wave(root):
    (root / "data/margins").mkdir()
    (root / "data/margins/2016.csv").write_text(
        "column,category,total\npopulation,made_up_one,900\npopulation,made_up_two,100\n"
    )
    report = wave.estimate_wave(root, "2016")
    margins = {row["category"]: row["after"] for row in report.weighting["margins"]}
    assert margins == pytest.approx({"made_up_one": 900, "made_up_two": 100})


def test_raked_weights_have_the_errors_of_their_base_weights(root):
    def errors():
        wave.estimate_wave(root, "2016")
        return {tuple(row.values())[1:6]: row["se"] for row in figures(root)}

    (root / "data/margins").mkdir()
    (root / "data/margins/2016.csv").write_text(
        "column,category,total\npopulation,made_up_one,900\npopulation,made_up_two,100\n"
    )
    raked = errors()
    edit(root / "data/waves.toml", r"^weight = ", 'weighting = { method = "linear" }\nweight = ')
    # of one margin, raking and linear calibration are the same weights: so must be their errors
    assert errors() == raked


@pytest.mark.parametrize(
    ("weighting", "found"),
    [
        ('{ method = "logit" }', "needs bounds"),
        ('{ method = "logit", bounds = [0.5, 2], trim = 3 }', "takes no trim"),
        ("{ bounds = [1.5, 2] }", "does not lie around 1"),
    ],
)
def test_weighting_that_cannot_be_is_a_problem(root, weighting, found):
    edit(root / "data/waves.toml", r"^weight = ", f"weighting = {weighting}\nweight = ")
    with pytest.raises(ProblemsError, match=found) as error:
        wave.estimate_wave(root, "2016")
    assert codes(error) == {"W203"}


def test_declared_weighting_without_margins_is_a_problem(root):
    edit(root / "data/waves.toml", r"^weight = ", 'weighting = { method = "raking" }\nweight = ')
    with pytest.raises(ProblemsError) as error:
        wave.estimate_wave(root, "2016")
    assert codes(error) == {"W160"}


def test_what_a_review_needs_is_kept_and_holds_no_answers(root):
    report = wave.estimate_wave(root, "2016")
    kept = json.loads((root / "data/responses/2016.json").read_text())
    assert (kept["respondents"], kept["figures"]) == (report.respondents, len(figures(root)))
    assert (root / "data/codebooks/2016.json").is_file()


def test_planted_defects_are_all_listed_at_once_and_nothing_is_written(tmp_path):
    made = demo.make_wave(tmp_path / "book", defects=True, root=lending.SOURCE)
    with pytest.raises(ProblemsError) as error:
        wave.estimate_wave(made.root, "2016")
    assert {code for code, _ in made.defects} <= codes(error)
    assert not (made.root / "data/figures/2016.csv").exists()


DESIGNED = """
[waves.2014.responses]
source = "report"
locator = "2014.csv"
weight = "w"
strata = "h"
{more}
[waves.2014.responses.columns]
grade = "y"
theme = "t"
[waves.2014.responses.codes]
theme = {{ 1 = "work", 2 = "school" }}
"""


RAKED = 'weighting = { method = "raking" }'


@pytest.mark.parametrize(
    ("more", "orders"), often([("", 8), ('clusters = "c"', 8), (RAKED, 8), (RAKED, 3)], (RAKED, 3))
)
def test_the_order_of_rows_shows_in_no_file(small, more, orders):
    text = small.path("waves.toml").read_text().replace("[[breaks]]", DESIGNED.format(more=more) + "\n[[breaks]]")
    small.write("waves.toml", text + '\n[disclosure]\nminimum_base = 5\ndominance_share = 50\nsource = "us"\n')
    if "raking" in more:
        small.write("margins/2014.csv", "column,category,total\ntheme,work,600\ntheme,school,400\n")
    rng, n = np.random.default_rng(3), 700
    columns = (
        rng.gamma(2, 0.5, n),
        rng.integers(0, 4, n),
        rng.integers(0, 9, n),
        rng.integers(1, 11, n),
        rng.integers(1, 3, n),
    )
    lines = [f"{w:.3f},{h},{10 * int(h) + int(c)},{y},{t}" for w, h, c, y, t in zip(*columns, strict=True)]
    files = ("figures/2014.csv", "correlations/2014.csv", "responses/2014.json")
    seen = set()
    for _ in range(orders):
        small.write("responses/2014.csv", "w,h,c,y,t\n" + "\n".join(rng.permutation(lines)) + "\n")
        wave.estimate_wave(small.root, "2014")
        seen.add(tuple(small.path(name).read_bytes() for name in files))
    assert len(seen) == 1
