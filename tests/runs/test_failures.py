"""Cells that failed: their problems, and what is missing because of them."""

import json

import nbformat
import pytest

from wavebook.core.problems import Problem
from wavebook.runs import failures


def cell(source, error=None, message="x", tags=()):
    made = nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})
    if error:
        made.outputs = [nbformat.v4.new_output("error", ename=error, evalue=message, traceback=[])]
    return made


def problems(*cells):
    return failures.problems(nbformat.v4.new_notebook(cells=list(cells)), "notebooks/bus.ipynb")


def test_every_missing_figure_is_listed_and_of_other_errors_the_first():
    found = problems(
        cell("wave = 2014", tags=["injected-parameters"]),
        cell("a", "MissingFigureError", "there is no figure bus@2016"),
        cell("b", "ValueError", "no\n  good."),
        cell("c", "KeyError"),
        cell("d", "AbsentFigureError", "there is no figure tram@2016"),
        cell("e", "SystemExit", "0"),
        cell("f", "FirstWaveError", "there is no wave before"),
    )
    assert [(p.code, p.place.rpartition(" ")[2]) for p in found] == [
        ("W304", "1"),
        ("W303", "2"),
        ("W304", "4"),
        ("W434", "6"),
    ]
    assert found[1].found == "ValueError: no good"


def test_a_command_that_ipython_does_not_know_is_an_error_though_the_run_goes_on(tmp_path):
    unknown = cell("lines = %sql SELECT 'wegen'")
    told = "UsageError: Line magic function `%sql` not found."
    unknown.outputs = [nbformat.v4.new_output("stream", name="stderr", text=f"een waarschuwing\n{told}\n")]
    later = cell("charts.lines('wegen', lines)", "NameError", "name 'lines' is not defined")
    (found,) = problems(unknown, later)
    assert (found.code, found.place, found.found) == ("W303", "notebooks/bus.ipynb, cell 1", told.removesuffix("."))
    notebook = nbformat.v4.new_notebook(cells=[unknown, later])
    (first, _) = failures.failed(nbformat.writes(notebook), tmp_path, [found])
    assert first.makes("wegen")
    unknown.outputs[0].name = "stdout"
    assert problems(unknown) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("lines = select('bus')", ["W304"]),
        ("lines, more = select('bus'), 2", ["W304"]),
        ("others = select('bus')", ["W304", "W303"]),  # the name is unknown for another reason
    ],
)
def test_a_name_that_a_cell_would_have_given_had_it_not_failed_is_no_other_problem(code, found):
    later = cell("charts.lines('bus', lines)", "NameError", "name 'lines' is not defined")
    assert [p.code for p in problems(cell(code, "MissingFigureError"), later)] == found


def test_what_a_cell_would_have_made_follows_from_its_own_problem(tmp_path):
    cells = [
        cell("figures = load()"),
        cell("charts.bars('wegen', ways)", "MissingFigureError"),
        cell('claims.judge(f, {"snel": quick, "heel-snel": quick})', "MissingFigureError"),
        cell("charts.bars('later', ways)", "TypeError"),
        cell("charts.bars('laatst', ways)", "TypeError"),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    told = failures.problems(notebook, "notebooks/bus.ipynb")
    found = failures.failed(nbformat.writes(notebook), tmp_path / "bus.ipynb", told)

    def behind(name):
        return [p.place[-1] for made in found if made.makes(name) for p in made.problems]

    assert {name: behind(name) for name in ("wegen", "snel", "later", "nergens", "load")} == {
        "wegen": ["2"],
        "snel": ["3"],
        "later": ["4"],
        "nergens": [],
        "load": [],
    }
    assert behind("laatst") == ["2"]  # that of the notebook, as its own error was not the first


def test_all_of_a_notebook_that_did_not_run_follows_from_why(tmp_path):
    path = tmp_path / "bus.ipynb"
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=[cell("charts.bars('wegen', ways)")])))
    why = [Problem("W302", "notebooks/bus.ipynb", "has no parameter wave", "Add it.")]
    assert [made.makes("wegen") for made in failures.failed(None, path, why)] == [True]


NAMED = json.dumps({"cells": [{"cell_type": "code", "source": 'charts.bars("wegen", ways)', "metadata": {}}]})


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps({"cells": [1]}), json.dumps({"cells": [{}]})])
def test_what_is_no_notebook_would_have_made_nothing(tmp_path, content):
    path = tmp_path / "bus.ipynb"
    path.write_text(content)
    found = failures.failed(None, path, [Problem("W301", "notebooks/bus.ipynb", "cannot be read", "Restore it.")])
    assert not any(made.makes("wegen") for made in found)
    assert not any(made.makes("wegen") for made in failures.failed(None, tmp_path / "none.ipynb", []))


@pytest.mark.parametrize(
    "damaged", [NAMED[:-2], NAMED.replace("{}", "{}," * 3), NAMED[:-1] + ',"x":[' + "[]," * 100_001]
)
def test_what_a_damaged_notebook_names_follows_from_the_damage(tmp_path, damaged):
    path = tmp_path / "bus.ipynb"
    path.write_text(damaged)
    assert [made.makes("wegen") for made in failures.failed(None, path, [])] == [True]


def test_an_error_is_said_on_one_line_as_an_editor_understands_it():
    assert failures.one_line(ValueError("no\n  good.")) == "no good"
    assert failures.one_line(RecursionError("maximum recursion depth exceeded")) == "it is nested too deep"
