"""The folder of a demonstration, which never is that of a real book."""

import re

import pytest

from wavebook.core.problems import ProblemsError
from wavebook.language.words import words_in
from wavebook.survey.demo import folder
from wavebook.survey.demo.folder import MARK, append, clear, prepare, prepare_wave, put


def refused(call, *arguments):
    with pytest.raises(ProblemsError) as error:
        call(*arguments)
    return [problem.code for problem in error.value.problems]


@pytest.fixture
def demo(small, tmp_path_factory):
    """A folder for a demonstration of the small book."""
    return tmp_path_factory.mktemp("demo") / "made"


def test_the_declarations_of_a_book_are_copied_and_say_that_they_are_made_up(demo, small):
    before = small.path("waves.toml").read_bytes()
    d = prepare(demo, small.root)
    text = (demo / "data/waves.toml").read_text(encoding="utf-8")
    assert text.startswith(MARK)
    assert sorted(d.waves) == ["2010", "2013", "2014"]
    assert (demo / "data/figures/2014.csv").read_bytes() == small.path("figures/2014.csv").read_bytes()
    assert small.path("waves.toml").read_bytes() == before
    assert d.sources["demo"].title == words_in("nl").drafts["no_findings"]
    assert (d.disclosure.minimum_base, d.disclosure.dominance_share) == (30, 50)


def test_what_is_there_already_is_not_copied_again(demo, small):
    prepare(demo, small.root)
    kept = {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()}
    prepare(demo, small.root)
    assert {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()} == kept


def test_rules_of_disclosure_of_a_book_stay(demo, small):
    path = small.path("waves.toml")
    append(path, '\n[disclosure]\nminimum_base = 50\ndominance_share = 40\nsource = "us"\n')
    assert prepare(demo, small.root).disclosure.minimum_base == 50


def test_a_real_book_is_left_alone(small):
    before = {path: path.read_bytes() for path in small.root.rglob("*") if path.is_file()}
    assert refused(prepare, small.root, small.root) == ["W110"]
    assert {path: path.read_bytes() for path in small.root.rglob("*") if path.is_file()} == before


def test_a_wave_comes_two_years_after_the_newest_or_where_it_is_put(demo, small):
    assert prepare_wave(demo, None, small.root)[1] == "2016"
    assert prepare_wave(demo, "2012", small.root)[1] == "2012"
    assert refused(prepare_wave, demo, "2014", small.root) == ["W110"]


def test_a_book_with_fewer_than_two_populations_gets_two_that_are_made_up(demo, small):
    d, _, populations = prepare_wave(demo, None, small.root)  # it has citizens alone
    assert populations == ("made_up_one", "made_up_two")
    assert set(populations) < set(d.populations)


def test_the_first_two_populations_of_a_book_are_taken(demo, small):
    append(
        small.path("indicators.toml"),
        '\n[populations.firms]\nnl = "b"\nen = "f"\n[populations.more]\nnl = "m"\nen = "m"\n',
    )
    assert prepare_wave(demo, None, small.root)[2] == ("citizens", "firms")


def test_an_earlier_demonstration_is_removed_and_nothing_else(demo, small):
    prepare(demo, small.root)
    assert clear(demo, small.root) == demo
    assert not demo.exists()
    assert clear(demo, small.root) == demo  # nothing is there
    prepare(demo, small.root)
    (demo / "letter.txt").write_text("mine")
    assert clear(demo, small.root) == demo
    assert [path.name for path in demo.iterdir()] == ["letter.txt"]
    assert refused(clear, demo, small.root) == ["W110"]  # now it is no demonstration any more


def test_a_real_book_is_never_removed(small, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    assert refused(clear, small.root, small.root) == ["W110"]
    (other / "data").mkdir()
    (other / "data/waves.toml").write_text("baseline = 2016\n")
    assert refused(clear, other, small.root) == ["W110"]
    assert (other / "data/waves.toml").exists()


def test_texts_are_put_in_place_and_added_at_the_end(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("één b één\n\n\n", encoding="utf-8")
    put(path, "één", "c")
    append(path, "d\n")
    assert path.read_text(encoding="utf-8") == "c b één\nd\n"
    put(path, "d", "e", -1)
    put(path, "e", "f", -1)
    assert path.read_text(encoding="utf-8") == "c b één\nf\n"


def test_one_that_was_killed_as_it_was_laid_is_known_and_made_again(demo, small, monkeypatch):
    with monkeypatch.context() as killed:
        killed.setattr(folder.shutil, "copy", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            prepare(demo, small.root)
    clear(demo, small.root)
    assert prepare(demo, small.root).waves


def test_figures_of_a_book_without_populations_are_about_everyone(demo, small):
    path = small.path("indicators.toml")
    path.write_text(
        re.sub(r"\[populations\.\w+\]\n([^\[]+\n)+", "", path.read_text(encoding="utf-8")), encoding="utf-8"
    )
    for table in small.path("figures").iterdir():
        table.write_text(table.read_text(encoding="utf-8").replace(",citizens,", ",,"), encoding="utf-8")
    d, _, populations = prepare_wave(demo, None, small.root)
    assert set(populations) < {*d.populations}
    rows = [line.split(",") for line in (demo / "data/figures/2014.csv").read_text(encoding="utf-8").splitlines()]
    named = {row[rows[0].index("population")] for row in rows[1:]}
    assert "everyone" in named
    assert "" not in named
