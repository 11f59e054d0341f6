"""The book, loaded before any page is read."""

from concurrent.futures import Future
from types import SimpleNamespace

import pytest
from page import Page, book_with

from wavebook.core.beside import Beside
from wavebook.core.problems import Problem, ProblemsError
from wavebook.runs.execute import Results, parameters_of
from wavebook.site import enclosure, loading
from wavebook.site.application import Application, Given
from wavebook.site.checks import UntrueError


@pytest.fixture
def app(small, monkeypatch):
    """An application on the small book; ``ran`` lists how its notebooks were asked to run."""
    page = Page(book_with(small.load()), small.root / "book")
    page.env.get_domain("").book = None
    app = Application.__new__(Application)
    app.given, app.env, app.srcdir, app.confdir = Given(), page.env, small.root / "book", None
    names = {f"wavebook_{name}": None for name in loading.EDITION}
    settings = {
        **names,
        "wavebook_draft": False,
        "wavebook_archive": '{"place": "x/"}',
        "html_title": "Boek",
        "wavebook_rows": 1000,
    }

    class Config(SimpleNamespace):
        def __getitem__(self, name):
            return getattr(self, name)

    app.config = Config(language="nl", **settings)
    app.builder = SimpleNamespace()
    app.ran = []

    def run_notebooks(root, parameters, **options):
        app.ran.append((root, parameters, options))
        return Results(parameters=parameters)

    monkeypatch.setattr(loading.execute, "run_notebooks", run_notebooks)
    with enclosure.closed() as run:
        yield app
        run.app = None


def book_of(app):
    loading._load(app)
    return app.env.get_domain("").book


def test_the_book_has_its_figures_settings_and_what_its_notebooks_made(app, small):
    book = book_of(app)
    assert (book.root, book.draft, book.archive, book.title) == (small.root, False, {"place": "x/"}, "Boek")
    assert (book.figures.wave, book.figures.baseline, book.language) == ("2014", "2010", "nl")
    ((root, parameters, options),) = app.ran
    assert (root, parameters) == (small.root, parameters_of(book.figures))
    assert (options["pages"], options["here"]) == (small.root / "book/notebooks", False)
    assert book.results.parameters == parameters
    assert book.code


def test_an_edition_is_that_of_the_settings(app):
    app.config.wavebook_wave, app.config.wavebook_segment = "2014", "theme=work"
    app.config.wavebook_draft, app.config.language = True, "en"
    book = book_of(app)
    assert (book.figures.segment, book.draft, book.language) == ("theme=work", True, "en")
    assert book.title == "Boek: work"


def test_what_a_command_gives_is_not_loaded_again(app, small):
    figures, future, beside = small.load(wave="2013"), Future(), Beside()
    results = Results(parameters=parameters_of(figures))
    future.set_result(results)
    app.given = Given(figures, future, beside)
    book = book_of(app)
    assert book.figures is figures
    assert book.results is results
    assert book.beside is beside
    assert app.ran == []


def test_results_of_something_that_was_saved_since_are_not_those_of_the_book(app):
    future = Future()
    future.set_result(Results(parameters={"wave": 1}))
    app.given = Given(results=future)
    book_of(app)
    assert len(app.ran) == 1


def test_one_of_many_editions_runs_its_notebooks_in_its_own_process(app):
    app.config.wavebook_archive = '{"among": "x/"}'
    book_of(app)
    assert app.ran[0][2]["here"] is True


def test_what_is_wrong_with_the_figures_stops_the_run_and_no_notebook_begins(app, small):
    small.row("2014", 2, value="99")
    with pytest.raises(UntrueError) as caught:
        loading._load(app)
    assert {p.code[:2] for p in caught.value.problems} == {"W2"}
    assert app.ran == []


def test_a_table_that_gives_a_hidden_figure_away_stops_the_run(app, monkeypatch):
    problem = Problem("W190", "data/figures/2014.csv", "x", "y")

    def leaks(root):
        raise ProblemsError([problem])

    monkeypatch.setattr(loading.subtraction, "check", leaks)
    with pytest.raises(UntrueError) as caught:
        loading._load(app)
    assert caught.value.problems == (problem,)
    assert app.ran == []


def test_a_setting_that_leads_outside_the_book_stops_the_run(app):
    app.confdir = app.srcdir
    app.config.html_logo = "/etc/passwd"
    with pytest.raises(UntrueError) as caught:
        loading._load(app)
    assert [p.code for p in caught.value.problems] == ["W419"]


def test_notebooks_may_reach_for_what_pages_may_not(app, monkeypatch):
    resting = []

    def run_notebooks(root, parameters, **options):
        resting.append(enclosure._this().resting)
        return Results(parameters=parameters)

    monkeypatch.setattr(loading.execute, "run_notebooks", run_notebooks)
    loading._load(app)
    assert resting == [True]
    assert not enclosure._this().resting
