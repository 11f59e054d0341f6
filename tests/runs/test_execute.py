import json
import os
import re
import tempfile

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from papermill.iorw import papermill_io

from wavebook.charts import svg
from wavebook.core import files
from wavebook.runs import execute

EDITION = {"wave": "2014", "baseline": "2010", "population": "total", "language": "nl"}
PARAMETERS = 'wave: int = 2014\nbaseline: int = 2010\npopulation: str = "total"\nlanguage: str = "nl"'
LOAD = (
    "from wavebook import claims\nfrom wavebook.figures import load\n\n"
    "figures = load(wave=wave, baseline=baseline, population=population, language=language)"
)
JUDGE = 'claims.judge(figures, {"groei": claims.rises("grade")})'
CHART = f'from IPython.display import display\ndisplay({{"{svg.MIME}": {{"name": "lijn", "wave": wave}}}}, raw=True)'


class Workshop:
    """The small book with notebooks, and what running them gave."""

    def __init__(self, small):
        self.small, self.root = small, small.root
        self.pages = self.root / "book" / "notebooks"

    def notebook(self, name, *sources, parameters=PARAMETERS):
        cells = [new_markdown_cell(f"# {name}")]
        if parameters:
            cells.append(new_code_cell(parameters, metadata={"tags": ["parameters"]}))
        cells += [new_code_cell(source) for source in sources]
        for number, cell in enumerate(cells):
            cell.id = f"cell-{number}"
        kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
        path = self.root / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(new_notebook(cells=cells, metadata=kernel), path)

    def run(self, *, here=True, **changed):
        """Run them ``here``, in forks of this process, which cost less than kernels; test_shell.py compares the two."""
        return execute.run_notebooks(self.root, EDITION | changed, pages=self.pages, here=here)

    def left(self):
        """Everything that runs have made."""
        made = [*self.pages.rglob("*"), *(self.root / "_build").rglob("*")]
        names = {path.relative_to(self.root).as_posix() for path in made if path.is_file()}
        return {name for name in names if not name.startswith("_build/.wavebook/data/")}  # what runs may read


@pytest.fixture
def shop(small):
    return Workshop(small)


def told(results):
    return [f"{p.code} {p.place}: {p.found}" for p in results.problems]


# --- what a run gives -------------------------------------------------------------------------------------


def test_a_run_gives_charts_and_verdicts_by_name_and_where_they_were_made(shop):
    shop.notebook("een", LOAD, CHART, JUDGE)
    results = shop.run(here=False)
    assert results.problems == []
    assert results.ran == ["een"]
    assert results.charts == {"lijn": {"name": "lijn", "wave": "2014"}}
    assert results.claims["groei"]["outcome"] == "holds"
    assert results.origin == {"lijn": "notebooks/een.ipynb", "groei": "notebooks/een.ipynb"}


def test_a_notebook_runs_for_the_edition_that_is_asked(shop):
    shop.notebook("een", LOAD, CHART, JUDGE)
    results = shop.run(wave="2013")
    assert results.charts["lijn"]["wave"] == "2013"
    assert results.claims["groei"]["figures"] == ["grade@2010", "grade@2013"]


def test_the_executed_notebook_becomes_a_page(shop):
    shop.notebook("een", LOAD, JUDGE)
    shop.run()
    page = json.loads((shop.pages / "een.ipynb").read_text(encoding="utf-8"))
    assert any("groei: holds" in json.dumps(cell) for cell in page["cells"])


def test_the_page_of_a_notebook_that_went_goes_too(shop):
    shop.notebook("een", LOAD)
    shop.notebook("twee", LOAD)
    shop.run()
    (shop.root / "notebooks" / "twee.ipynb").unlink()
    shop.run()
    assert [path.name for path in shop.pages.iterdir()] == ["een.ipynb"]


def test_runs_in_several_threads_never_move_the_process_to_another_folder(shop, monkeypatch):
    here, moves, chdir = os.getcwd(), set(), os.chdir
    monkeypatch.setattr(os, "chdir", lambda path: (moves.add(str(path)), chdir(path)))
    shop.notebook("een", "import os", CHART.replace('"wave": wave', '"folder": os.getcwd()'))
    shop.notebook("twee", "1")
    papermill_io.get_handler("local").cwd("/")  # as earlier runs side by side may leave it
    assert shop.run(here=False).charts["lijn"]["folder"] != here
    assert moves <= {here}


# --- what runs again --------------------------------------------------------------------------------------


def test_what_has_run_is_not_run_again(shop):
    shop.notebook("een", LOAD, CHART, JUDGE)
    first = shop.run(here=False)
    page = shop.pages / "een.ipynb"
    written = page.stat().st_mtime_ns
    second = shop.run(here=False)
    assert (second.ran, second.charts, second.claims) == ([], first.charts, first.claims)
    assert page.stat().st_mtime_ns == written


def test_only_a_changed_notebook_runs_again(shop):
    shop.notebook("een", LOAD)
    shop.notebook("twee", LOAD)
    shop.run()
    shop.notebook("twee", LOAD, "figures")
    assert shop.run().ran == ["twee"]


def test_what_is_saved_while_a_notebook_begins_to_run_is_not_kept_as_what_was_there_before(shop):
    shop.notebook("een", LOAD, JUDGE)
    path = shop.root / "notebooks" / "een.ipynb"
    before = path.read_bytes()
    meanwhile = execute.run_notebooks(shop.root, EDITION, here=True, tell=lambda _: shop.notebook("een", LOAD, CHART))
    assert (set(meanwhile.charts), set(meanwhile.claims)) == ({"lijn"}, set())
    path.write_bytes(before)
    assert set(shop.run().claims) == {"groei"}


def test_changed_data_run_again_and_change_the_verdict(shop):
    shop.notebook("een", LOAD, JUDGE)
    shop.run()
    shop.small.row("2014", 2, value="6.5")
    results = shop.run()
    assert (results.ran, results.claims["groei"]["outcome"]) == (["een"], "fails")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("indicators.toml", "Rapportcijfer", "Schoolcijfer"),
        ("waves.toml", "ander bureau", "nieuw bureau"),
        ("context.toml", "gemeenten", "steden"),
        ("references.bib", "Jansen", "Pietersen"),
    ],
)
def test_changed_declarations_run_again(shop, file, old, new):
    shop.notebook("een", "1")
    shop.run()
    shop.small.edit(file, old, new)
    results = shop.run()
    assert (results.ran, results.why) == (["een"], {"een": f"ran: data/{file} changed"})


SEGMENT = PARAMETERS + '\nsegment: str = ""'


def test_a_run_depends_on_what_its_edition_may_read_and_no_more(shop):
    shop.notebook("een", "1", parameters=SEGMENT)
    work, all_, earlier = {"segment": "theme=work"}, {}, {"wave": "2013"}
    for edition in (work, all_, earlier):
        shop.run(**edition)
    shop.small.row("2014", 4, value="5.5", status="published")  # of theme=school
    assert [shop.run(**edition).ran for edition in (work, all_, earlier)] == [[], ["een"], []]
    shop.small.row("2014", 3, value="5.5")  # of theme=work
    assert [shop.run(**edition).ran for edition in (work, all_, earlier)] == [["een"], ["een"], []]
    shop.small.row("2014", 2, value="5.5")  # of everyone
    assert [shop.run(**edition).ran for edition in (work, all_, earlier)] == [["een"], ["een"], []]
    shop.small.row("2010", 2, value="5.5")
    assert [shop.run(**edition).ran for edition in (work, all_, earlier)] == [["een"], ["een"], ["een"]]


def test_a_run_reads_only_what_its_edition_may_show(shop):
    read = "from pathlib import Path\n" + CHART.replace(
        '"wave": wave', '"read": Path("../data/figures/2014.csv").read_text()'
    )
    shop.notebook("een", read, parameters=SEGMENT)
    shop.small.row("2014", 4, value="3.1415", status="published")  # of theme=school
    assert "3.1415" not in shop.run(segment="theme=work").charts["lijn"]["read"]
    assert "3.1415" in shop.run().charts["lijn"]["read"]


BESIDE = "import hulp\nfrom pathlib import Path\n" + CHART.replace(
    '"wave": wave',
    '"read": [hulp.WORD, Path("woorden/lijst.txt").read_text(), Path("../data/regions.csv").read_text()]',
)


@pytest.mark.parametrize("here", [False, True])
def test_a_notebook_finds_what_stands_beside_it_and_in_data_as_in_jupyter(shop, here):
    shop.notebook("een", BESIDE)
    (shop.root / "notebooks" / "hulp.py").write_text("WORD = 'hulp'")
    (shop.root / "notebooks" / "woorden").mkdir()
    (shop.root / "notebooks" / "woorden" / "lijst.txt").write_text("lijst")
    shop.small.write("regions.csv", "regio")
    results = execute.run_notebooks(shop.root, EDITION, here=here)
    assert told(results) == []
    assert results.charts["lijn"]["read"] == ["hulp", "lijst", "regio"]


def test_what_a_notebook_reads_beside_it_or_in_data_runs_it_again_when_it_changes(shop):
    shop.notebook("een", BESIDE)
    (shop.root / "notebooks" / "woorden").mkdir()
    changes = {
        "notebooks/hulp.py": ["WORD = 1", "WORD = 2"],
        "notebooks/woorden/lijst.txt": ["a", "b"],
        "data/regions.csv": ["c", "d"],
    }
    for name, (first, _) in changes.items():
        (shop.root / name).write_text(first)
    assert told(shop.run()) == []
    for name, (_, second) in changes.items():
        (shop.root / name).write_text(second)
        results = shop.run()
        assert (results.ran, results.why) == (["een"], {"een": f"ran: {name} changed"})
        assert second[-1] in str(results.charts["lijn"]["read"])
    (shop.root / "notebooks" / "__pycache__").mkdir()
    (shop.root / "notebooks" / "__pycache__" / "hulp.cpython-311.pyc").write_text("x")
    (shop.root / "data" / "notes.txt").write_text("x")
    assert shop.run().ran == []


def test_a_file_beside_the_notebooks_that_is_too_large_to_go_along_is_named(shop, monkeypatch):
    shop.notebook("een", "1")
    (shop.root / "notebooks" / "groot.csv").write_text("x" * 2_000)
    monkeypatch.setattr(files, "TABLE", 1_000)
    assert [text.partition(" is larger")[0] for text in told(shop.run())] == [
        "W301 notebooks/groot.csv: cannot be read:"
    ]


def test_each_run_says_why_it_ran_or_not(shop, monkeypatch, tmp_path_factory):
    shop.notebook("een", LOAD)
    shop.notebook("een-en-meer", LOAD)
    assert shop.run().why["een"] == "ran: no earlier run is kept"
    assert shop.run().why["een"] == "kept: nothing that it depends on changed"
    shop.notebook("een", LOAD, "figures")
    assert shop.run().why == {
        "een": "ran: the notebook itself changed",
        "een-en-meer": "kept: nothing that it depends on changed",
    }
    assert shop.run(language="en").why["een"] == "ran: parameter language was nl and is en"
    shop.small.row("2014", 2, value="6.5")
    assert shop.run().why["een"] == "ran: data/figures/2014.csv changed"
    (shop.root / "requirements.txt").write_text("polars\n")
    assert shop.run().why["een"] == "ran: requirements.txt changed"
    more = tmp_path_factory.mktemp("library") / "more.py"
    more.write_text("")
    library = files.library()
    monkeypatch.setattr(files, "library", lambda: [*library, more])
    assert shop.run().why["een"] == "ran: the library's code changed"


def test_changed_pins_run_again(shop):
    shop.notebook("een", "1")
    shop.run()
    (shop.root / "requirements.txt").write_text("pandas==3.0.0\n")
    assert shop.run().ran == ["een"]


def test_changed_library_code_runs_again(shop, monkeypatch, tmp_path):
    shop.notebook("een", "1")
    shop.run()
    (tmp_path / "code.py").write_text("x = 1")
    monkeypatch.setattr(files, "library", lambda: [tmp_path / "code.py"])
    assert shop.run().ran == ["een"]


def test_the_library_is_its_code():
    assert {"evidence.py", "figures.py", "wording.py"} <= {path.name for path in files.library()}


def test_a_respondents_file_runs_nothing(shop):
    shop.notebook("een", "1")
    shop.run()
    shop.small.write("responses/2014.csv", "secret\n")
    assert shop.run().ran == []


def test_another_edition_runs_and_the_first_is_still_there(shop):
    shop.notebook("een", LOAD)
    shop.run()
    assert shop.run(wave="2013").ran == ["een"]
    assert shop.run().ran == []


def test_a_few_editions_are_kept_and_older_ones_forgotten(shop, monkeypatch):
    monkeypatch.setattr(execute, "KEPT_RUNS", 2)
    shop.notebook("een", "1")
    for wave in ("2010", "2013", "2014"):
        shop.run(wave=wave)
    assert shop.run(wave="2014").ran == shop.run(wave="2013").ran == []
    assert shop.run(wave="2010").ran == ["een"]


def test_a_rerun_gives_the_same_bytes_without_times_and_paths(shop, tmp_path):
    shop.notebook("een", LOAD, CHART, JUDGE, "figures.select('grade'), object()")
    shop.run(here=False)
    once = (shop.pages / "een.ipynb").read_bytes()
    for path in (shop.root / "_build").rglob("*.ipynb"):
        path.unlink()
    assert shop.run(here=False).ran == ["een"]
    assert (shop.pages / "een.ipynb").read_bytes() == once
    text = once.decode()
    assert str(tmp_path) not in text
    assert tempfile.gettempdir() not in text
    assert "papermill" not in text
    assert not re.search(r"\d{4}-\d\d-\d\dT\d\d:\d\d", text)


# --- what goes wrong --------------------------------------------------------------------------------------


def test_a_book_without_notebooks_is_a_problem(shop):
    assert told(shop.run()) == ["W301 notebooks/: there are no notebooks"]


def test_a_file_that_is_no_notebook_is_named(shop):
    shop.notebook("een", "1")
    (shop.root / "notebooks" / "twee.ipynb").write_text("{")
    results = shop.run(here=False)
    assert [p.place for p in results.problems if p.code == "W301"] == ["notebooks/twee.ipynb"]
    assert results.ran[:1] == ["een"] or "een" in results.ran


def test_every_parameter_that_a_notebook_lacks_is_named(shop):
    shop.notebook("een", "1", parameters="wave: int = 2014\nregion: str = ''")
    assert told(shop.run()) == ["W302 notebooks/een.ipynb: has no parameters baseline, population, language"]


def test_a_notebook_without_parameters_says_so_once(shop):
    shop.notebook("een", "1", parameters=None)
    assert told(shop.run()) == ["W302 notebooks/een.ipynb: has no cell tagged parameters"]


@pytest.mark.parametrize("kernel", [{"name": "conda-env-survey-py", "display_name": "x", "language": "python"}, None])
def test_a_notebook_of_a_kernel_that_is_not_here_or_of_none_runs(shop, kernel):
    shop.notebook("een", "1")
    path = shop.root / "notebooks" / "een.ipynb"
    content = json.loads(path.read_text())
    content["metadata"] = {"kernelspec": kernel} if kernel else {}
    path.write_text(json.dumps(content))
    results = shop.run(here=False)
    assert (told(results), results.ran) == ([], ["een"])


def test_a_failing_cell_is_named_and_what_follows_from_it_is_not(shop):
    shop.notebook("een", "x = 1", "y = 1 / 0", "z = y")
    assert told(shop.run(here=False)) == ["W303 notebooks/een.ipynb, cell 4: ZeroDivisionError: division by zero"]


def test_a_notebook_may_end_itself_as_it_may_for_papermill(shop):
    shop.notebook("groei", LOAD, JUDGE, "import sys\nsys.exit(0)")
    results = shop.run(here=False)
    assert (told(results), [*results.claims]) == ([], ["groei"])
    shop.notebook("groei", LOAD, JUDGE, "import sys\nsys.exit(3)")
    assert told(shop.run(here=False)) == ["W303 notebooks/groei.ipynb, cell 5: SystemExit: 3"]


def test_a_cell_is_counted_as_in_the_notebook_and_not_as_papermill_fills_it_in(shop):
    shop.notebook("een", "nonsense")
    assert told(shop.run(wave="2013")) == [
        "W303 notebooks/een.ipynb, cell 3: NameError: name 'nonsense' is not defined"
    ]


def test_all_missing_figures_of_all_notebooks_are_named_at_once(shop):
    shop.notebook("een", LOAD, 'figures.select("grad", "share.yess")', 'figures["share.maybe@2010"]')
    shop.notebook("twee", LOAD, 'figures.select("share.maybe", waves="both")')
    shop.notebook("vijf", LOAD, JUDGE)
    results = shop.run(here=False)
    assert [problem.split(":")[0] for problem in told(results)] == [
        "W304 notebooks/een.ipynb, cell 4",
        "W304 notebooks/een.ipynb, cell 5",
        "W304 notebooks/twee.ipynb, cell 4",
    ]
    assert "there is no figure grad@2014" in results.problems[0].found
    assert "there is no figure share.yess@2014" in results.problems[0].found
    assert results.claims["groei"]["outcome"] == "holds"


def test_wrong_data_are_named_once_and_not_in_every_cell(shop):
    shop.notebook("een", LOAD, 'figures["grade"]', 'figures["share.yes"]')
    shop.small.row("2014", 2, value="zes")
    (problem,) = shop.run().problems
    assert (problem.code, problem.place) == ("W303", "notebooks/een.ipynb, cell 3")
    assert "csv:2: value is 'zes'" in problem.found


def test_a_failed_run_leaves_nothing_behind(shop, monkeypatch, tmp_path_factory):
    scratch = tmp_path_factory.mktemp("scratch")
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    shop.notebook("een", CHART, "1 / 0")
    results = shop.run(here=False)
    assert results.problems
    assert shop.left() == set()
    assert list(scratch.iterdir()) == []


def test_a_draft_still_gets_what_the_other_cells_made(shop):
    shop.notebook("een", LOAD, 'figures["grad"]', JUDGE)
    results = shop.run()
    assert [problem.code for problem in results.problems] == ["W304"]
    assert results.claims["groei"]["outcome"] == "holds"


def test_a_failed_run_is_tried_again(shop):
    shop.notebook("een", "1 / 0")
    shop.run()
    assert shop.run().ran == ["een"]


def test_a_failed_run_leaves_the_earlier_ones_alone(shop):
    shop.notebook("een", LOAD, JUDGE)
    shop.run()
    before = shop.left()
    shop.notebook("een", "1 / 0")
    shop.run()
    assert shop.left() == before


@pytest.mark.parametrize(
    ("source", "found"), [(CHART, "chart lijn"), (JUDGE, "claim groei")], ids=["a chart", "a claim"]
)
def test_two_of_one_name_are_named_with_both_notebooks(shop, source, found):
    shop.notebook("een", LOAD, source)
    shop.notebook("twee", LOAD, source)
    assert told(shop.run()) == [f"W305 notebooks/twee.ipynb: {found} is also made by notebooks/een.ipynb"]


def test_a_name_used_twice_in_one_notebook_is_a_problem_too(shop):
    shop.notebook("een", LOAD, JUDGE, JUDGE)
    assert told(shop.run()) == ["W305 notebooks/een.ipynb: claim groei is also made by notebooks/een.ipynb"]


def test_every_problem_says_what_to_do(shop):
    shop.notebook("een", "1 / 0")
    shop.notebook("twee", parameters=None)
    assert all(problem.action.endswith(".") for problem in shop.run().problems)
