"""The causes of the problems of a book: a made-up one with a wave of which half is missing, and with a wrong name."""

import re

import lending
import pytest

import book

WAVE = """
[waves.2016]
name.nl = "meting 2016"
name.en = "measurement of 2016"
bureau = "Vraagbaak"
client.nl = "de bibliotheek"
client.en = "the library"
source = "vraagbaak2015"
published = true

[[breaks]]
"""
KNOWN = {"mark_library": "7.2,grade", "mark_desk": "7.0,grade", "books_per_visit": "2.5,count", "questions": "70,count"}
MISTYPED = "Ook {value}`mark_libary@2014` en {fact}`towsn`, {value}`mark_libary@2010`.\n\n"
ALL = ("mark_band_library", "way_used", "app_used", "mark_website")


def _made(folder):
    root = lending.copy(folder, english=True)
    book.edit(root, "data/waves.toml", "\n[[breaks]]\n", WAVE)
    head = (root / "data/figures/2014.csv").read_text(encoding="utf-8").partition("\n")[0]
    rows = [f"2016,{name},total,,,,{value},,,,,,published,vraagbaak2015,p. 1" for name, value in KNOWN.items()]
    rows.append("2016,topics,total,,,,7,count,,,,,,published,vraagbaak2015,p. 1")
    (root / "data/figures/2016.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    for page in ("book/lenen.md", "book/en/lenen.md"):
        text = (root / page).read_text(encoding="utf-8")
        (root / page).write_text(re.sub(r"(?m)^## ", f"{MISTYPED}## ", text, count=1), encoding="utf-8")
    lending.twins(root)
    return root, {name: book.wavebook(root, name) for name in ("check", "build")}


@pytest.fixture(scope="module")
def wave(tmp_path_factory):
    return book.once(tmp_path_factory, "causes", _made)


def counted(run):
    return re.search(r"(\d+ problems in \d+ places)(?:; nothing was published| marked)", run.err + run.out)[1]


def test_every_command_lists_and_counts_the_same(wave):
    runs = wave[1]
    assert {name: counted(run) for name, run in runs.items()} == dict.fromkeys(runs, counted(runs["check"]))
    assert [p for p in runs["check"].problems if p.code != "W452"] == runs["build"].problems  # without the notices


@pytest.mark.slow
def test_a_draft_and_a_comparison_of_waves_count_them_the_same(wave):
    root, runs = wave
    draft, compared = book.wavebook(root, "build", "--draft"), book.wavebook(root, "diff", "2014", "2016")
    assert counted(draft) == counted(runs["check"])
    assert f"to publish  {counted(draft)} to solve" in compared.out


def test_a_missing_figure_is_one_problem_with_every_place_in_both_languages(wave):
    found = {p.text.split(", which")[0].removeprefix("has no "): p for p in wave[1]["check"].of("W448")}
    assert set(found) == set(ALL)
    app = found["app_used"]
    assert app.place == "data/figures/2016.csv"
    assert re.search(r"book/app\.md:\d+, \d+, \d+ .*notebooks/app\.ipynb, cell 5", app.text)
    assert re.search(r"book/en/app\.md:\d+, \d+, \d+ ", app.text)
    assert "@latest" in app.action


def test_what_only_follows_from_a_cause_is_no_problem_of_its_own(wave):
    codes = {p.code for p in wave[1]["check"].problems}
    assert not {"W401", "W405", "W304", "W412"} & codes


def test_a_name_that_is_wrong_in_several_places_is_one_problem_with_the_name_that_was_meant(wave):
    found = [p.text for p in wave[1]["check"].of("W449")]
    assert [text.split(" book/")[0] for text in found] == [
        "there is no indicator mark_libary; the nearest is mark_library.",
        "there is no fact towsn.",
    ]


def test_a_statement_that_is_untrue_in_both_languages_is_one_problem_with_both_texts(wave):
    (above,) = [p for p in wave[1]["check"].of("W403") if "balie-boven" in p.text]
    assert above.place == "notebooks/lenen.ipynb"
    assert len(re.findall(r"book/(?:en/)?lenen\.md:\d+  “", above.text)) == 2


def test_pages_that_nobody_read_are_one_problem_and_the_last(wave):
    last = wave[1]["check"].problems[-1]
    assert (last.code, last.place) == ("W413", "book")
    assert "book/app.md" in last.text
    assert "book/en/app.md" in last.text
