"""Editions that may not go out before a moment: what is out, what is refused, what readers of a preview are told."""

import datetime
import re

import leaf
import pytest

import book
from wavebook.definitions.base import Release
from wavebook.language.words import words_in
from wavebook.pages import embargo
from wavebook.publish import build

LATE, PAST = "2999-12-01T06:00:00+01:00", "2020-12-01T06:00:00+01:00"


def out(small, released, published=True):
    text = small.path("waves.toml").read_text(encoding="utf-8")
    text = re.sub(r"^(published|released) = .*\n", "", text, flags=re.MULTILINE)
    lines = "published = true\n" * published + (f"released = {released}\n" if released else "")
    for wave, more in (("2013", "published = true\n"), ("2014", lines)):
        text = text.replace(f"[waves.{wave}]\n", f"[waves.{wave}]\n{more}")
    small.write("waves.toml", text)
    return small.load


@pytest.mark.parametrize(
    ("released", "current", "day"),
    [
        (LATE, "2013", "2999-12-01"),
        (f'"{LATE}"', "2013", "2999-12-01"),
        ("2999-12-01 06:00:00Z", "2013", "2999-12-01"),
        (PAST, "2014", "2020-12-01"),
        ("2999-12-01", "2014", "2999-12-01"),  # a day is no embargo: a build does not depend on the clock for it
        ("", "2014", None),
    ],
)
def test_a_book_is_about_the_newest_wave_that_is_out(small, released, current, day):
    load = out(small, released)
    assert load().wave == current
    d = load(wave="2014").definitions
    assert (d.waves["2014"].released, d.waves["2014"].is_out) == (day, current == "2014")
    assert d.in_preparation == ([] if current == "2014" else ["2014"])
    assert bool(embargo.until(load(wave="2014"))) == (current == "2013")
    assert not embargo.until(load(wave="2013"))


def test_an_embargo_ends_at_its_moment_wherever_the_clock_stands():
    now = datetime.datetime.now(datetime.UTC)
    for hours in (-11, 0, 14):
        zone = datetime.timezone(datetime.timedelta(hours=hours))
        for seconds, to_come in ((60, True), (-60, False)):
            moment = (now + datetime.timedelta(seconds=seconds)).astimezone(zone)
            assert Release(moment.date().isoformat(), moment).is_to_come == to_come


@pytest.mark.parametrize(
    ("released", "said"),
    [
        ("2026-12-01T06:00:00", "is a time without its zone"),
        ('"2026-12-01T06:00"', "is a time without its zone"),
        ('"2026-12-01 at six"', "is not a date"),
        ("06:00:00", "is not a date"),
        ("20261201", "is not a date"),
    ],
)
def test_a_moment_has_a_day_and_a_zone(small, released, said):
    out(small, released)
    (problem,) = small.problems()
    assert problem.startswith("W203 data/waves.toml, waves.2014.released: ")
    assert said in problem


@pytest.mark.parametrize("language", ["nl", "en", "de", "fr"])
@pytest.mark.parametrize(("zone", "said"), [("+01:00", "UTC+1"), ("-03:30", "UTC−3:30"), ("Z", "UTC")])
def test_who_has_an_edition_early_is_told_until_when(small, language, zone, said):
    figures = out(small, f"2999-12-01T06:00:00{zone}")(wave="2014")
    told = embargo.told(figures, language)
    assert f"({said})" in told
    assert "06:00" in told
    assert "2999" in told
    assert words_in(language).theme.words["embargoed"].endswith(".")
    assert embargo.told(out(small, "2020-12-01")(), language) == ""


def test_a_preview_says_so_on_each_page_and_nothing_is_published_before_the_moment(tmp_path):
    root, web = leaf.make_leaf(tmp_path / "book"), tmp_path / "web"
    book.edit(root, "data/waves.toml", "[waves.2014]\n", f"[waves.2014]\npublished = true\nreleased = {LATE}\n")
    run = book.wavebook(root, "build", "--wave", "2014", keep=root / "_build" / "kept" / "early")
    assert [p.code for p in run.problems] == ["W543"]
    assert "Onder embargo." in run.page("index")
    assert "1 december 2999, om 06:00 uur (UTC+1)" in run.page("index")
    refused = book.wavebook(root, "publish", str(web), "--wave", "2014")
    assert (refused.code, [p.code for p in refused.problems]) == (1, ["W542"])
    assert not list(web.rglob("*.html"))
    book.edit(root, "data/waves.toml", LATE, PAST)
    run = book.wavebook(root, "publish", str(web))
    assert (run.code, run.err) == (0, "")
    html = (web / "index.html").read_text(encoding="utf-8")
    assert "embargo" not in html
    assert "1 december 2020" in html


def test_a_site_is_not_kept_as_it_is_beyond_the_first_moment_that_passes(small):
    out(small, LATE)
    assert build._until(small.root) == "2999-12-01T05:00:00+00:00"
    assert not build._is_over("2999-12-01T05:00:00+00:00")
    assert build._is_over("2020-12-01T05:00:00+00:00")
    out(small, PAST)
    assert build._until(small.root) is None
    assert not build._is_over(None)
