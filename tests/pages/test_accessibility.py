"""Every page of both editions as readers meet it who need more than most, and what the book says of that."""

from __future__ import annotations

import re
import shutil

import pytest

import book
from wavebook.core.problems import ProblemsError
from wavebook.definitions import load_definitions
from wavebook.language.words import LANGUAGES, words_in
from wavebook.pages import accessibility
from wavebook.publish import reader

PAGES = accessibility.site_pages(book.ROOT, ("nl", "en"))
DEVIATIONS = load_definitions(book.ROOT).deviations
# A page of each kind; the others, made of the same parts, are read in the long run and by `make accessibility`.
KINDS = {"index", "puberteit", "data", "search"}


def in_time(page: str, *values: str):
    """A parameter of a test: the page, among the long ones if it is not of ``KINDS``."""
    return pytest.param(*values, page, marks=[] if page in KINDS else pytest.mark.slow)


FOUND = [(d.check, page) for d in DEVIATIONS for page in PAGES if page.removeprefix("en/") in d.pages]


@pytest.fixture(scope="session")
def reading(site, browser):
    return reader.Reader(browser, site)


# --- every page, in a browser -----------------------------------------------------------------------------


def visited(page, reading, factory) -> dict[str, reader.Found]:
    return book.once(factory, f"visit-{page.replace('/', '-')}", lambda _: reading.read(page))


@pytest.fixture(params=[in_time(page) for page in PAGES], scope="module")
def visit(request, reading, tmp_path_factory):
    return request.param, visited(request.param, reading, tmp_path_factory)


@pytest.mark.browser
@pytest.mark.parametrize("check", reader.CHECKS)
def test_a_page_passes(visit, check, tally):
    page, found = visit
    assert found[check].faults == [] or accessibility.excused(DEVIATIONS, check, page)
    tally("things on pages looked at as readers with other needs meet them", found[check].seen)


@pytest.mark.browser
@pytest.mark.parametrize(("check", "page"), [in_time(page, check) for check, page in FOUND])
def test_a_deviation_is_still_there(reading, tmp_path_factory, check, page):
    assert visited(page, reading, tmp_path_factory)[check].faults != []


# --- what the book keeps of it ----------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path):
    """A book of which only what matters here is there."""
    shutil.copytree(book.ROOT / "book", tmp_path / "book", ignore=shutil.ignore_patterns("notebooks"))
    shutil.copy2(book.ROOT / "_toc.yml", tmp_path)
    (tmp_path / "data").mkdir()
    return tmp_path


def sections(root, language="nl") -> str:
    made = accessibility.report(root, load_definitions(book.ROOT), language)
    return "\n".join(section.astext() for section in made)


def kept(root, **other) -> accessibility.Results:
    """Results of all pages and checks of ``root``, with one fault; ``other`` replaces a part."""
    checks = {name: {"seen": 1234, "faulty": ["search"] if name == "no-script" else []} for name in reader.CHECKS}
    told = {"date": "2026-11-27", "chromium": "156.0", "axe": "4.12", "look": accessibility.look(root)}
    told["pages"] = accessibility.site_pages(root, ("nl", "en"))
    return accessibility.Results(**{**told, "checks": checks, **other})


def test_the_book_shows_the_results_of_its_own_pages_checks_and_look():
    results = accessibility.load(book.ROOT)
    assert results is not None, "make accessibility"
    assert accessibility.changed(book.ROOT, results, ("nl", "en")) == [], "make accessibility"


def test_what_the_results_call_faulty_is_described_and_the_other_way_round():
    results = accessibility.load(book.ROOT)
    assert {(check, page) for check, found in results.checks.items() for page in found.faulty} == set(FOUND)


def test_the_checks_that_readers_are_told_of_are_those_that_run():
    assert accessibility.CHECKS.keys() == reader.CHECKS.keys()
    assert all(words.checks.keys() == reader.CHECKS.keys() for words in LANGUAGES.values())


def test_every_deviation_names_a_check_and_pages_that_are_there_or_neither():
    for deviation in DEVIATIONS:
        assert bool(deviation.check) == bool(deviation.pages)
        assert deviation.check in ("", *reader.CHECKS)
        assert set(deviation.pages) <= set(PAGES)


def test_the_pages_are_those_of_the_site(site):
    assert sorted(PAGES) == sorted(p.relative_to(site).with_suffix("").as_posix() for p in site.rglob("*.html"))


def test_results_go_stale_with_pages_checks_and_look_but_not_with_a_sentence(root):
    results = kept(root)
    with (root / "book" / "index.md").open("a", encoding="utf-8") as page:
        page.write("\nEen zin erbij.\n")
    assert accessibility.changed(root, results, ("nl", "en")) == []
    style = root / "book" / "_static" / "house-style.css"
    style.write_text(style.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    book.edit(root, "_toc.yml", "      - file: begrippen\n", "      - file: begrippen\n      - file: nieuw\n")
    fewer = {name: found for name, found in results.checks.items() if name != "axe"}
    assert accessibility.changed(root, results, ("nl", "en")) == ["pages", "look"]
    assert accessibility.changed(root, kept(root, checks=fewer), ("nl", "en")) == ["checks"]


def test_readers_see_when_with_what_and_on_how_many_pages(root):
    accessibility.save(root, kept(root))
    said = sections(root)
    pages = len(accessibility.site_pages(root, ("nl", "en")))
    for part in ("27 november 2026", "Chromium 156.0", "axe-core 4.12", f"{pages} van {pages}", f"{pages - 1} van"):
        assert part in said
    assert "1.234" in said
    assert "Daarna is er iets veranderd" not in said
    assert "27 November 2026" in sections(root, "en")


def test_readers_are_told_when_nothing_was_tested_and_when_the_results_are_of_something_else(root):
    assert "nog niet getoetst" in sections(root)
    accessibility.save(root, kept(root, look="another"))
    assert "Daarna is er iets veranderd: de vormgeving." in sections(root)


@pytest.mark.parametrize("content", ["{", '{"date": "2026-11-27"}', "[]"])
def test_results_that_cannot_be_read_are_an_editors_problem(root, content):
    accessibility.path(root).write_text(content, encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        accessibility.load(root)
    assert [(p.code, p.place) for p in caught.value.problems] == [("W202", "data/accessibility.json")]
    assert "make accessibility" in caught.value.problems[0].action


@pytest.mark.parametrize(("name", "fields"), [("toegankelijkheid", "nl"), ("en/toegankelijkheid", "en")])
def test_each_deviation_stands_on_the_page_in_the_four_fields_of_the_dutch_statement(site, name, fields):
    html = (site / f"{name}.html").read_text(encoding="utf-8")
    words = words_in(fields).accessibility
    assert DEVIATIONS
    for word in ("cause", "effect", "alternative", "measure"):
        assert len(re.findall(rf"<dt>{words[word]}", html)) == len(DEVIATIONS)
    assert f'href="toegankelijkheid.html">{ {"nl": "Toegankelijkheid", "en": "Accessibility"}[fields] }<' in (
        (site / name.replace("toegankelijkheid", "index")).with_suffix(".html").read_text(encoding="utf-8")
    )
