"""English pages, linked with the Dutch ones, and made after them when another program runs Sphinx."""

from types import SimpleNamespace

import pytest
from page import Page, book_with

from wavebook.core.problems import Problem, ProblemsError
from wavebook.site import translation
from wavebook.site.application import Application, Given
from wavebook.site.checks import UntrueError
from wavebook.site.sphinx import Report


@pytest.fixture
def app(small, tmp_path):
    def made(language="nl", *, builder="html", draft=False):
        book = book_with(small.load(language=language), tmp_path, draft=draft)
        app = Page(book, tmp_path / "book").env.app
        app.builder, app.doctreedir, app.outdir = SimpleNamespace(name=builder), "work/doctrees", "out"
        app.config.wavebook_archive = '{"place": "2014/"}'
        return app

    for page in ("index", "een", "en/index", "en/een", "alleen"):
        path = tmp_path / "book" / f"{page}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return made


@pytest.fixture
def english(monkeypatch):
    """What the English pages were asked, and what is wrong with them."""
    asked, wrong = [], []

    def make_below(*given, **options):
        asked.append((given, options))
        return Report(problems=list(wrong))

    monkeypatch.setattr(translation, "make_below", make_below)
    return asked, wrong


def test_after_the_dutch_pages_of_another_program_come_the_english_of_the_same_edition(app, english, tmp_path):
    translation._make(app(), None)
    (((root, work, builder, out, language), options),) = english[0]
    assert (root, str(work), builder, str(out), language) == (tmp_path, "work", "html", "out", "en")
    edition = {"wave": "2014", "baseline": "2010", "population": "", "segment": ""}
    assert options == {"draft": False, "archive": {"place": "2014/"}, "within": True, **edition}


def test_not_after_a_failure_nor_for_english_pages_another_form_or_our_own_commands(app, english):
    ours = Application.__new__(Application)
    ours.given = Given()
    translation._make(app(), ValueError())
    translation._make(ours, None)
    translation._make(app(builder="latex"), None)
    translation._make(app("en"), None)
    assert english[0] == []


def test_what_is_wrong_with_them_fails_the_run_that_is_no_draft(app, english, monkeypatch):
    problem = Problem("W403", "book/en/index.md:1", "x", "y")
    english[1].append(problem)
    with pytest.raises(UntrueError) as caught:
        translation._make(app(), None)
    assert caught.value.problems == (problem,)
    translation._make(app(draft=True), None)

    def stopped(*_, **__):
        raise ProblemsError([problem])

    monkeypatch.setattr(translation, "make_below", stopped)
    with pytest.raises(UntrueError):
        translation._make(app(draft=True), None)


@pytest.mark.parametrize(
    ("language", "page", "href"),
    [
        ("nl", "index", "en/index.html"),
        ("en", "index", "../index.html"),
        ("nl", "alleen", None),
        ("nl", "search", "en/search.html"),
        ("en", "search", "../search.html"),
        ("nl", "notebooks/n", "../en/notebooks/n.html"),
        ("en", "notebooks/n", "../../notebooks/n.html"),
    ],
)
def test_a_page_leads_to_its_twin(app, language, page, href):
    context = {}
    translation._link(app(language), page, "page.html", context, None)
    assert [other["href"] for other in context.get("alternates", [])] == ([href] if href else [])
    if href:
        (other,) = context["alternates"]
        expected = ("en", "English") if language == "nl" else ("nl", "Nederlands")
        assert (other["lang"], other["label"]) == expected
        assert "address" not in other


def test_search_engines_get_the_address_of_the_twin_where_the_site_has_one(app):
    context = {"pageurl": "https://x.nl/en/een.html"}
    translation._link(app("en"), "een", "page.html", context, None)
    assert context["alternates"][0]["address"] == "https://x.nl/een.html"


def test_the_english_come_after_all_that_ends_a_build():
    said = {}
    translation.setup(SimpleNamespace(connect=lambda event, what, priority=500: said.setdefault(event, priority)))
    assert said["build-finished"] > 600
