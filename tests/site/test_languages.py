"""Pages in every language, and what becomes of the notebooks when one of the languages fails."""

import time

import pytest
from leaf import put_notebook
from small import SmallBook, speak

from wavebook.core.problems import Problem, ProblemsError
from wavebook.runs import execute
from wavebook.site import languages
from wavebook.site.languages import clear, make_below, make_pages
from wavebook.site.sphinx import Report

SLOW = "import time; time.sleep(120)"


@pytest.fixture
def runs(monkeypatch):
    """What every run of Sphinx was asked, in place of runs; an exception in ``fails`` is raised for its language."""
    asked, fails = [], {}

    def run_sphinx(root, work, builder, *, language="nl", outdir, results=None, **options):
        asked.append((language, work, outdir, results))
        if language in fails:
            raise fails[language]
        if results and not fails:
            results.result(60)
        return Report(pages=1, written=["index"])

    monkeypatch.setattr(languages, "run_sphinx", run_sphinx)
    return asked, fails


@pytest.fixture
def root(tmp_path):
    made = SmallBook(tmp_path).root
    (made / "book" / "en").mkdir(parents=True)
    (made / "book" / "en" / "index.md").write_text("# T\n")
    put_notebook(made)
    return made


def told(caught):
    return [problem.place for problem in caught.value.problems]


def test_each_language_is_made_once_with_the_results_of_its_own_notebooks(root, runs, tmp_path):
    report = make_pages(root, tmp_path / "work", "dummy", draft=True)
    (nl, work, out, dutch), (en, work_en, out_en, english) = runs[0]
    assert (nl, en) == ("nl", "en")
    assert (work_en, out_en) == (work / "en", out / "en")
    assert [future.result().parameters["language"] for future in (dutch, english)] == ["nl", "en"]
    assert (report.pages, report.written) == (2, ["index", "en/index"])


def test_a_site_keeps_no_pages_in_a_language_that_the_book_has_no_longer(root, runs, tmp_path):
    for name in ("en", "nl", "data"):
        (tmp_path / "site" / name).mkdir(parents=True)
    clear(tmp_path / "site", ("nl", "en"))
    assert {path.name for path in (tmp_path / "site").iterdir()} == {"en", "data"}
    speak(root, "nl")
    make_pages(root, tmp_path / "work", "html", outdir=tmp_path / "site", draft=True)
    assert {path.name for path in (tmp_path / "site").iterdir()} == {"data"}
    assert [language for language, *_ in runs[0]] == ["nl"]


def test_another_language_may_be_that_of_the_root(root, runs, tmp_path):
    speak(root, "en", "nl")
    report = make_pages(root, tmp_path / "work", "dummy", draft=True)
    (en, work, out, english), (nl, work_nl, out_nl, dutch) = runs[0]
    assert (en, nl) == ("en", "nl")
    assert (work_nl, out_nl) == (work / "nl", out / "nl")
    assert [future.result().parameters["language"] for future in (english, dutch)] == ["en", "nl"]
    assert report.written == ["index", "nl/index"]


def test_copies_of_notebooks_are_taken_out_of_the_site_also_when_the_english_pages_fail(root, runs, tmp_path):
    site = tmp_path / "site"
    for fails in (False, True):
        (site / "jupyter_execute").mkdir(parents=True)
        if fails:
            runs[1]["en"] = OSError()
            with pytest.raises(OSError):  # noqa: PT011
                make_below(root, tmp_path / "work", "html", site, "en")
        else:
            make_below(root, tmp_path / "work", "html", site, "en")
        assert not (site / "jupyter_execute").exists()


def test_what_is_wrong_in_both_languages_comes_at_once(root, runs, tmp_path, monkeypatch):
    before = languages.run_sphinx

    def with_problem(*arguments, **options):
        report = before(*arguments, **options)
        report.problems.append(Problem("W401", "book/index.md:1", "x", "y"))
        return report

    monkeypatch.setattr(languages, "run_sphinx", with_problem)
    runs[1]["en"] = ProblemsError([Problem("W503", "book/en/index.md", "x", "y")])
    with pytest.raises(ProblemsError) as caught:
        make_pages(root, tmp_path / "work", "dummy", draft=False)
    assert told(caught) == ["book/en/index.md", "book/index.md:1"]


def test_a_draft_is_there_although_another_language_cannot_be_made(root, runs, tmp_path):
    runs[1]["en"] = ProblemsError([Problem("W503", "book/en/index.md", "x", "y")])
    report = make_pages(root, tmp_path / "work", "dummy", draft=True)
    assert (report.written, [problem.place for problem in report.problems]) == (["index"], ["book/en/index.md"])
    runs[1]["nl"] = ProblemsError([Problem("W503", "book/index.md", "x", "y")])
    with pytest.raises(ProblemsError):
        make_pages(root, tmp_path / "work", "dummy", draft=True)


def test_with_somebody_who_waits_the_english_notebooks_wait_too(root, runs, tmp_path):
    order = []
    make_pages(root, tmp_path / "work", "dummy", draft=True, halfway=lambda: order.append(len(runs[0])))
    assert order == [1]
    assert [results is None for *_, results in runs[0]] == [False, True]


def test_one_of_many_editions_runs_its_notebooks_within_its_own_run_of_sphinx(root, runs, tmp_path):
    make_pages(root, tmp_path / "work", "dummy", draft=False, archive={"among": "2014/"})
    assert [results for *_, results in runs[0]] == [None, None]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("error", [ProblemsError([]), KeyError(), KeyboardInterrupt(), SystemExit(1)], ids=repr)
def test_whatever_is_raised_in_a_language_no_notebook_is_waited_for(root, runs, tmp_path, language, error):
    put_notebook(root, SLOW)
    runs[1][language] = error
    began = time.monotonic()
    with pytest.raises(type(error)):
        make_pages(root, tmp_path / "work", "dummy", draft=False)
    assert time.monotonic() - began < 60


def test_a_notebook_that_raises_is_told_while_the_other_language_fails(root, runs, tmp_path):
    put_notebook(root, "1 / 0")
    runs[1]["en"] = ProblemsError([Problem("W503", "book/en/index.md", "x", "y")])
    with pytest.raises(ProblemsError) as caught:
        make_pages(root, tmp_path / "work", "dummy", draft=False)
    assert told(caught) == ["book/en/index.md"]


def test_a_line_that_cannot_be_told_ends_the_build(root, monkeypatch, tmp_path):
    """As when nobody reads the terminal any more."""

    def run_sphinx(root, work, builder, *, results, **options):
        return results.result()

    def gone(line):
        raise BrokenPipeError

    monkeypatch.setattr(languages, "run_sphinx", run_sphinx)
    with pytest.raises(BrokenPipeError):
        make_pages(root, tmp_path / "work", "dummy", draft=True, tell=gone)


def test_what_keeps_the_notebooks_from_running_is_raised_and_not_waited_for(root, monkeypatch, tmp_path):
    def run_sphinx(root, work, builder, *, results, **options):
        return results.result()

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(languages, "run_sphinx", run_sphinx)
    monkeypatch.setattr(execute, "_readable", full)
    with pytest.raises(OSError, match="No space"):
        make_pages(root, tmp_path / "work", "dummy", draft=True)
