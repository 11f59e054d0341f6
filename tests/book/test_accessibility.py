"""Every page of both editions as readers meet it who need more than most, and what the book says of that."""

from __future__ import annotations

import pytest

import book
from wavebook.definitions import load_definitions
from wavebook.pages import accessibility
from wavebook.publish import reader

PAGES = accessibility.site_pages(book.ROOT, ("nl", "en"))
DEVIATIONS = load_definitions(book.ROOT).deviations
# A page of each kind; the others, made of the same parts, are read in the long run and by `make accessibility`.
KINDS = {"puberteit", "data", "search"}


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


# --- what it keeps of that ------------------------------------------------------------------------------


def test_the_book_shows_the_results_of_its_own_pages_checks_and_look():
    results = accessibility.load(book.ROOT)
    assert results is not None, "make accessibility"
    assert accessibility.changed(book.ROOT, results, ("nl", "en")) == [], "make accessibility"


def test_what_the_results_call_faulty_is_described_and_the_other_way_round():
    results = accessibility.load(book.ROOT)
    assert {(check, page) for check, found in results.checks.items() for page in found.faulty} == set(FOUND)


def test_every_deviation_names_a_check_and_pages_that_are_there_or_neither():
    for deviation in DEVIATIONS:
        assert bool(deviation.check) == bool(deviation.pages)
        assert deviation.check in ("", *reader.CHECKS)
        assert set(deviation.pages) <= set(PAGES)


def test_the_pages_are_those_of_the_site(site):
    assert sorted(PAGES) == sorted(p.relative_to(site).with_suffix("").as_posix() for p in site.rglob("*.html"))
