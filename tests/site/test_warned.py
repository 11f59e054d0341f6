"""Sphinx's warnings as problems at the places that editors know."""

import json
from pathlib import Path

import pytest
from page import Page, book_with

from wavebook.site import warned


@pytest.mark.parametrize(
    ("warning", "place", "found"),
    [
        ("/b/book/een.md:7: WARNING: unknown document: x.", "book/een.md:7", "unknown document: x"),
        ("/b/book/een.md: WARNING: not read", "book/een.md", "not read"),
        ("/b/book/een.md:<autosummary>: WARNING: x", "/b/book/een.md:<autosummary>", "x"),
        ("WARNING: no such theme", "Sphinx", "no such theme"),
        ("something else", "Sphinx", "something else"),
        ("/b/book/een.md:7: ERROR: no format", "book/een.md:7", "no format"),
        ("/b/book/notebooks/n.ipynb:80002: WARNING: x", "notebooks/n.ipynb, cell 8", "x"),
        ("/b/book/en/notebooks/n.ipynb:80002: WARNING: x", "notebooks/n.ipynb, cell 8", "x"),
        ("/b/book/n.ipynb:80002: WARNING: x", "book/n.ipynb, cell 8", "x"),
    ],
)
def test_a_warning_is_a_problem_at_its_line(warning, place, found):
    problem = warned.as_problem(warning, Path("/b"))
    assert (problem.code, problem.place, problem.found) == ("W412", place.removeprefix("/b/"), found)


def test_a_claim_that_a_page_makes_twice_is_no_warning(loaded, tmp_path):
    app = Page(book_with(loaded, tmp_path, claims={"a": {}}), tmp_path).env.app
    line = 'index.md:1: WARNING: Duplicate explicit target name: "{}".'
    told = "\n".join([line.format("a"), "", line.format("b")])
    assert [p.found for p in warned.problems(app, told, tmp_path)] == ['Duplicate explicit target name: "b"']
    assert len(warned.problems(None, told, tmp_path)) == 2


def test_a_warning_of_several_lines_is_one_problem():
    told = "/b/een.md:7: ERROR: no format.\nUse a role instead.\n\n/b/twee.md:1: WARNING: x\n"
    assert [(p.place, p.found) for p in warned.problems(None, told, Path("/b"))] == [
        ("een.md:7", "no format. Use a role instead"),
        ("twee.md:1", "x"),
    ]


def test_a_cell_is_numbered_without_the_one_with_the_parameters_of_a_run(tmp_path):
    folder = tmp_path / "book" / "notebooks"
    folder.mkdir(parents=True)
    cells = [{"metadata": {"tags": tags}} for tags in ([], ["parameters"], ["injected-parameters"], [], [])]
    (folder / "n.ipynb").write_text(json.dumps({"cells": cells}))
    places = [warned.as_problem(f"{folder}/n.ipynb:{n}0002: WARNING: x", tmp_path).place for n in (2, 4)]
    assert places == ["notebooks/n.ipynb, cell 2", "notebooks/n.ipynb, cell 3"]


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("Unknown directive type: 'chrat' [myst.directive_unknown]", "chart"),
        ('Unknown interpreted text role "vaule" [myst.role_unknown]', "value"),
        ('Unknown interpreted text role "ciet:p" [myst.role_unknown]', "cite:p"),
    ],
)
def test_a_misspelt_name_has_the_nearest_beside_it(said, near):
    assert warned.as_problem(f"een.md:7: WARNING: {said}", Path("/b")).action == f"Correct it; the nearest is {near}."
