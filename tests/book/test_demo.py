"""The demonstration of this book: what is planted in it, and what of it comes back."""

import re

import polars as pl
import pytest
from answered import column

from book import ROOT
from wavebook.core.problems import ProblemsError
from wavebook.definitions import load_definitions
from wavebook.figures import load
from wavebook.survey.answers.responses import read_responses
from wavebook.survey.demo import MADE_UP, make_wave
from wavebook.survey.files.opening import open_file


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return make_wave(tmp_path_factory.mktemp("demo"), root=ROOT)


@pytest.fixture(scope="module")
def answers(demo):
    return read_responses(demo.root, load_definitions(demo.root), demo.wave)


def test_planted_truths_come_back_under_weights(demo, answers):
    frame = answers.frame.collect()
    for name, truth in demo.truths.items():
        value = pl.col(name) * (100 if frame[name].dtype == pl.Int8 else 1)
        known = frame.filter(pl.col(name).is_not_null())
        mean = known.select((value * pl.col("weight")).sum() / pl.col("weight").sum()).item()
        spread = known.select(value.std()).item()
        assert abs(mean - truth) < 6 * spread / known.height**0.5, name


def test_without_weights_the_planted_share_is_wrong(demo, answers):
    share = 100 * answers.frame.select(pl.col("mijnoverheid_used").mean()).collect().item()
    assert share > demo.truths["mijnoverheid_used"] + 4


def test_what_is_planted_differs_from_the_published_figures_and_the_rest_does_not(demo):
    newest = load(ROOT, wave=demo.before).series("grade_chain")[-1].value
    assert demo.truths["grade_chain"] == round(newest + 0.4, 1)
    assert demo.truths["grade_organisation"] == 7.1
    assert "grade_organisation" in demo.nulls
    definitions = load_definitions(demo.root)
    assert definitions.full_break("channel_used", demo.before, demo.wave)
    assert not definitions.full_break("grade_chain", demo.before, demo.wave)


def test_the_same_seed_gives_the_same_answers_and_another_does_not(demo, answers, tmp_path):
    def marks(folder, **options):
        made = make_wave(folder, root=ROOT, **options)
        return column(read_responses(made.root, load_definitions(made.root), made.wave), "grade_chain")

    assert marks(tmp_path / "same") == column(answers, "grade_chain")
    assert marks(tmp_path / "other", seed=1) != column(answers, "grade_chain")


def test_the_demonstration_says_everywhere_that_it_is_made_up(demo):
    file = open_file(demo.path)
    wave = load_definitions(demo.root).waves[demo.wave]
    assert "VERZONNEN" in file.title
    assert MADE_UP in file.notes
    assert wave.made_up
    assert wave.source == wave.responses.source == "demo"
    assert "verzonnen" in wave.name.nl
    assert "made-up" in wave.name.en
    assert (demo.root / "data" / "waves.toml").read_text(encoding="utf-8").startswith(f"# {MADE_UP}")
    assert "VERZONNEN" in load_definitions(demo.root).sources["demo"].title


def test_the_demonstration_never_enters_a_real_book(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "waves.toml").write_text("baseline = 2008\n")
    with pytest.raises(ProblemsError, match="W110"):
        make_wave(tmp_path, root=ROOT)
    assert [p.name for p in (tmp_path / "data").iterdir()] == ["waves.toml"]


def test_a_second_made_up_wave_joins_the_first(tmp_path):
    make_wave(tmp_path, root=ROOT, planted={}, wave="2016", respondents=400)
    later = make_wave(tmp_path, root=ROOT, wave="2018", respondents=400)
    assert {"2016", "2018"} <= load_definitions(tmp_path).waves.keys()
    assert read_responses(tmp_path, load_definitions(tmp_path), "2018").wave == later.wave


def test_all_planted_defects_are_listed_at_once_with_their_counts(tmp_path):
    demo = make_wave(tmp_path, root=ROOT, defects=True)
    with pytest.raises(ProblemsError) as error:
        read_responses(demo.root, load_definitions(demo.root), demo.wave)
    found = {}
    for problem in error.value.problems:
        column = re.sub(r"^.*?(, (column|set) |$)", "", problem.place)
        found[problem.code, column] = problem.found
    assert found.keys() == demo.defects.keys()
    for key, count in demo.defects.items():
        assert count is None or re.search(rf"\b{count} respondent", found[key]), found[key]
    assert "opmerking" not in str(error.value)
