"""What people said of pages: read with which figures, and beside which text of the other language."""

import pytest
from page import Page, book_with

from wavebook.core import front_matter
from wavebook.core.problems import Problem
from wavebook.pages.records import Record, records
from wavebook.site import checks, reviewing


@pytest.fixture
def page(small):
    """A page of a book of three waves, of which the last two are published."""
    for wave in ("2013", "2014"):
        small.edit("waves.toml", f"[waves.{wave}]\n", f"[waves.{wave}]\npublished = true\n")
    return Page(book_with(small.load(), small.root), small.root / "book", "# T\n")


def told(problems) -> list[tuple[str, str]]:
    return [(problem.code, problem.found) for problem in problems]


def reviews(page, reviewed: str, figures) -> list[tuple[str, str]]:
    page.env.metadata["index"]["reviewed"] = reviewed
    book = page.env.get_domain("").book
    book.figures = figures
    return told([*reviewing.unreviewed(page.env, book), *reviewing.read_later(page.env, book)])


def test_a_page_is_read_with_the_figures_of_its_edition(page, small):
    assert reviews(page, "2014", small.load()) == []
    assert reviews(page, "2013", small.load()) == [("W413", "is reviewed for 2013, not for 2014")]
    assert reviews(page, "1999", small.load()) == [("W413", "is reviewed for 1999, not for 2014")]


def test_a_review_for_a_later_wave_does_for_the_one_that_the_book_is_about_now(page, small):
    small.edit("waves.toml", "[waves.2014]\npublished = true\n", "[waves.2014]\n")
    assert small.load().wave == "2013"
    found = "was last read with the figures of 2014, and here has those of 2013"
    assert reviews(page, "2014", small.load()) == [("W454", found)]
    assert reviews(page, "2013", small.load()) == []
    assert reviews(page, "2013", small.load(wave="2014")) == [("W413", "is reviewed for 2013, not for 2014")]


def test_a_review_for_a_later_wave_does_for_an_edition_that_came_out(page, small):
    assert reviews(page, "2014", small.load(wave="2013"))[0][0] == "W413"
    small.edit("waves.toml", "[waves.2013]\n", "[waves.2013]\nreleased = 2015-01-01\n")
    assert reviews(page, "2014", small.load(wave="2013"))[0][0] == "W454"


def test_the_wave_is_read_as_it_is_typed_and_without_what_is_said_of_it(page, small):
    path = small.root / "book" / "index.md"
    path.write_text("---\nreviewed: 2014  # A. de Vries, 2015-05-02: read twice\n---\n\nreviewed: 2013\n")
    assert reviews(page, "2014", small.load()) == []


def test_a_page_in_another_language_follows_what_readers_see_of_the_first(page, small):
    twin = small.root / "book" / "index.md"
    book = page.env.get_domain("").book
    assert reviewing.Unfinished(page.env, book).pages == {}
    book.figures = small.load(language="en")
    assert [*reviewing.Unfinished(page.env, book).pages] == ["book/index.md"]
    page.env.metadata["index"] |= {"twin": front_matter.twin_of(twin), "reviewed": "2014"}
    assert reviewing.Unfinished(page.env, book).pages == {}
    twin.write_text("---\nreviewed: 2014\n---\n\n# T  <!-- mine -->\n")
    page.env.found_docs.add("alone")  # has no twin
    assert reviewing.Unfinished(page.env, book).pages == {}
    twin.write_text("# Title\n")
    assert [*reviewing.Unfinished(page.env, book).pages] == ["book/index.md"]


def test_all_that_is_wrong_on_an_unfinished_page_is_one_problem(page, small):
    book = page.env.get_domain("").book
    book.figures = small.load(language="en")
    (small.root / "book" / "index.md").write_text("# T\n\n[It went up.]{.claim #it-rose} {fact}`towns`\n")
    wrong = [
        Problem("W403", "book/index.md:9", "no longer holds", "x"),
        Problem("W401", "book/index.md:14", "is gone", "x"),
        Problem("W413", "book/index.md", "is reviewed for 2013", "x"),
        Problem("W430", "book/index.md:3", "asks for what is elsewhere", "x"),
        Problem("W403", "book/index2.md:9", "no longer holds", "x"),
    ]
    unfinished = reviewing.Unfinished(page.env, book)
    *others, (problem) = unfinished.grouped(wrong, ["it-rose", "it-fell", "towns"])
    assert others == wrong[3:]  # what stops a draft too, and another page
    assert problem == Problem(
        "W414",
        "book/index.md",
        "its twin book/index.md changed since the two were compared; it does not show it-rose, towns yet; "
        "3 problems on it may be due to that (W401, W403, W413, on lines 9, 14)",
        "Bring the page in line with it, then run wavebook review book/index.md. Each problem by itself: "
        "wavebook check --each.",
    )
    assert (unfinished.is_waiting("it-rose"), unfinished.is_waiting("rose")) == (True, False)
    assert [unfinished.waits(problem) for problem in wrong] == [True, True, True, False, False]
    page.env.metadata["index"] |= {"twin": front_matter.twin_of(small.root / "book" / "index.md"), "reviewed": "2014"}
    assert reviewing.Unfinished(page.env, book).grouped(wrong, ["towns"]) == wrong


def test_what_waits_is_kept_problem_by_problem(page, small):
    book = page.env.get_domain("").book
    book.figures = small.load(language="en")
    wrong = Problem("W403", "book/index.md:9", "no longer holds", "x")
    records(page.env)["index"] = [Record("claim", "a", 9, problem=wrong), Record("value", "b", 3)]
    assert checks.waiting(page.env) == [wrong]
    page.env.metadata["index"]["twin"] = front_matter.twin_of(small.root / "book" / "index.md")
    assert checks.waiting(page.env) == []


def test_an_unfinished_page_alone_is_told_without_a_count(page, small):
    book = page.env.get_domain("").book
    book.figures = small.load(language="en")
    (problem,) = reviewing.Unfinished(page.env, book).grouped([], [])
    assert problem.found == "its twin book/index.md changed since the two were compared"


def test_a_wave_in_preparation_is_told_in_the_edition_that_the_book_is_about(page, small):
    book = page.env.get_domain("").book
    assert told(reviewing.in_preparation(book)) == []
    small.edit("waves.toml", "[waves.2014]\npublished = true\n", "[waves.2014]\n")
    book.figures = small.load()
    (problem,) = reviewing.in_preparation(book)
    assert (problem.code, problem.place) == ("W453", "data/waves.toml, waves.2014")
    assert problem.found == "is not published, so the book is about 2013"
    assert [p.code for p in checks.notices(page.env)] == ["W453"]
    for other in (small.load(wave="2014"), small.load(language="en"), small.load(wave="2010")):
        book.figures = other
        assert told(reviewing.in_preparation(book)) == []
