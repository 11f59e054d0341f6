"""One run of Sphinx, and what it says as problems."""

import logging
import pickle
from contextlib import nullcontext

import pytest
from page import Page, book_with
from sphinx.errors import ConfigError, ExtensionError

from wavebook.core.problems import Problem, ProblemsError
from wavebook.pages.records import Record, records
from wavebook.site import application, checks, enclosure, sphinx
from wavebook.site.application import Given
from wavebook.site.sphinx import Report


def test_a_report_takes_in_that_of_another_language():
    problem = Problem("W401", "a", "b", "c")
    report = Report(ran=["n"], written=["index"], pages=2, records={"book/index.md": []}, claims={"nl": {}})
    other = Report(
        *(None, ["m"], ["een"], 1, [problem]), records={"book/en/een.md": []}, why={"x": "y"}, claims={"en": {}}
    )
    report.add(other, "en")
    assert (report.ran, report.written, report.pages) == (["n", "m"], ["index", "en/een"], 3)
    assert (report.problems, report.why) == ([problem], {"x": "y"})
    assert list(report.records) == ["book/index.md", "book/en/een.md"]
    assert list(report.claims) == ["nl", "en"]


def test_what_stops_sphinx_is_told_at_the_page_that_it_reads(loaded, tmp_path):
    page = Page(book_with(loaded, tmp_path), tmp_path / "book")
    page.env.temp_data = {"docname": "index"}
    stopped = sphinx._stopped(KeyError("x"), page.env.app)
    assert (stopped.code, stopped.place) == ("W503", "book/index.md")
    assert "stops Sphinx with KeyError: 'x'" in stopped.found
    assert "too deep" in sphinx._stopped(RecursionError(), page.env.app).found
    page.env.temp_data = {}
    assert sphinx._stopped(KeyError("x"), page.env.app).place == "_config.yml"
    assert sphinx._stopped(KeyError("x"), None).place == "_config.yml"


def test_nothing_is_noted_that_nobody_sees():
    before = logging.root.manager.disable
    with sphinx._only_warnings():
        assert not logging.getLogger("x").isEnabledFor(logging.INFO)
        assert logging.getLogger("x").isEnabledFor(logging.WARNING)
    assert logging.root.manager.disable == before


PROBLEM = Problem("W403", "book/index.md:3", "x", "y")


def raised(monkeypatch, tmp_path, error, refused=()):
    """What comes of an error in Sphinx."""

    def fails(*_, **__):
        raise error

    monkeypatch.setattr(application, "Application", fails)
    monkeypatch.setattr(enclosure, "refused", lambda: list(refused))
    monkeypatch.setattr(enclosure, "closed", nullcontext)
    with pytest.raises(BaseException) as caught:  # noqa: PT011
        sphinx._run(tmp_path, Given(), {})
    return caught.value


@pytest.mark.parametrize(
    ("error", "place", "found"),
    [
        (ConfigError("no such thing."), "_config.yml", "no such thing"),
        (ExtensionError("[etoc] wrong"), "_toc.yml", "[etoc] wrong"),
        (ExtensionError("cannot load the master document"), "_toc.yml", "cannot load the master document"),
        (
            ExtensionError("x", pickle.UnpicklingError()),
            "_build/.wavebook",
            "what earlier builds kept there is damaged",
        ),
        (ExtensionError("x", EOFError()), "_build/.wavebook", "what earlier builds kept there is damaged"),
        (KeyError("k"), "_config.yml", "stops Sphinx with KeyError: 'k'"),
    ],
)
def test_what_sphinx_raises_is_a_problem_at_its_place(monkeypatch, tmp_path, error, place, found):
    problems = raised(monkeypatch, tmp_path, error).problems
    assert [(p.code, p.place, p.found) for p in problems] == [("W503", place, found)]


@pytest.mark.parametrize("error", [OSError(28, "full"), MemoryError(), KeyboardInterrupt(), ProblemsError([PROBLEM])])
def test_what_is_no_mistake_of_the_book_goes_on_as_it_is(monkeypatch, tmp_path, error):
    assert raised(monkeypatch, tmp_path, error) is error


@pytest.mark.parametrize("cause", [OSError(28, "full"), MemoryError(), ProblemsError([PROBLEM])])
def test_neither_is_it_one_within_an_extension(monkeypatch, tmp_path, cause):
    assert raised(monkeypatch, tmp_path, ExtensionError("x", cause)) is cause


@pytest.mark.parametrize("error", [OSError(), ConfigError("x"), KeyError("x")])
def test_what_was_refused_is_told_in_place_of_what_came_of_it(monkeypatch, tmp_path, error):
    refused = Problem("W419", "book/index.md", "x", "y")
    assert raised(monkeypatch, tmp_path, error, [refused]).problems == (refused,)


def test_an_untrue_book_is_told_with_what_it_is(monkeypatch, tmp_path):
    assert raised(monkeypatch, tmp_path, checks.UntrueError([PROBLEM])).problems == (PROBLEM,)


def test_a_report_says_which_pages_were_written_and_why(loaded, tmp_path):
    page = Page(book_with(loaded, tmp_path, claims={"a": {}}), tmp_path / "book")
    book = page.env.get_domain("").book
    book.results.ran, book.results.why = ["n"], {"n": "ran: x"}
    page.env.found_docs.add("een")
    book.why = {"index": "new"}
    records(page.env).update(index=[Record("value", "x", 1)])
    report = sphinx._report(page.env.app, "en/", ["index", "search", "een"], [PROBLEM])
    assert (report.written, report.pages, report.ran) == (["index", "een"], 2, ["n"])
    assert report.problems == [PROBLEM]
    assert list(report.records) == ["book/index.md"]
    assert report.claims == {"nl": {"a": {}}}
    assert report.why["notebooks/n.ipynb (nl)"] == "ran: x"
    assert report.why["en/index.html"] == "written: new"
    assert report.why["en/een.html"].startswith("written: a part of another page that it shows changed")
    assert "index.html" in sphinx._report(page.env.app, "", ["index"], []).why


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_run_has_the_settings_of_its_language_and_edition(small, monkeypatch, language):
    (small.root / "_config.yml").write_text(
        "languages: [nl, en]\ntitle: Boek\nsphinx: {config: {suppress_warnings: [a]}}\n"
    )
    (small.root / "book" / "en").mkdir(parents=True)
    (small.root / "book" / "en" / "index.md").touch()
    asked = []
    monkeypatch.setattr(sphinx, "_run", lambda root, given, wanted: asked.append((given, wanted)) or (None, [], []))
    monkeypatch.setattr(sphinx, "_report", lambda *told: told)
    told, work = [], small.root / "work"
    for within in (False, True):
        options = {"language": language, "draft": True, "within": within, "wave": "2014", "segment": None}
        sphinx.run_sphinx(small.root, work, "dummy", tell=told.append, archive={"place": "x/"}, **options)
    (given, wanted), (_, inside) = asked
    assert given.figures is given.results is None
    assert wanted["srcdir"] == str(small.root / "book" / ("" if language == "nl" else "en"))
    assert (wanted["outdir"], wanted["doctreedir"]) == (str(work / "dummy"), str(work / f"doctrees-{language}"))
    overrides = wanted["confoverrides"]
    assert (overrides["wavebook_wave"], overrides["wavebook_draft"], overrides["language"]) == ("2014", True, language)
    assert "wavebook_segment" not in overrides
    assert overrides["wavebook_archive"] == '{"place": "x/"}'
    assert overrides["suppress_warnings"] == ["a"]
    assert inside["confoverrides"]["suppress_warnings"][:2] == ["a", "app.add_node"]
    assert told == [f"reading the pages ({language})"] * 2


def test_declarations_are_checked_before_sphinx_meets_them(small, monkeypatch):
    small.write("waves.toml", "baseline =")
    monkeypatch.setattr(sphinx, "_run", lambda *_: pytest.fail("Sphinx ran"))
    with pytest.raises(ProblemsError, match=r"W202 data/waves\.toml"):
        sphinx.run_sphinx(small.root, small.root / "work", "dummy", draft=True)
