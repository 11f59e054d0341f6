"""Notebooks as their editors wrote them, wherever."""

import pytest
from nbformat import from_dict
from nbformat.v4 import new_code_cell, new_notebook

from wavebook.runs import source

NAMES = ("wave", "baseline", "population")


def notebook(code, *, tags=("parameters",), **metadata):
    made = new_notebook(cells=[new_code_cell(code, metadata={"tags": [*tags]})])
    made.metadata.update(from_dict(metadata))
    return made


def told(made):
    return [f"{p.code} {p.found}" for p in source.problems(made, NAMES, "n.ipynb")]


@pytest.mark.parametrize(
    "code",
    [
        "wave = 1\nbaseline = 2\npopulation = 'total'",
        "wave: int = 1  # a = b\nbaseline: 'int' = 2 #=\npopulation: str = 'a=b'  # leeg = iedereen",
        "wave: int = \\\n    1\nbaseline = (\n  2\n)\npopulation = '''a\nb = c'''",
        "%matplotlib inline\n!ls = x\nwave = baseline = 1; population = ''",
        "wave, baseline = 1, 2\npopulation: str",
        "wave = {'x=y': [1, 2]}\nbaseline: dict[str, int] | None = None\npopulation = lambda a=1: a",
    ],
)
def test_a_parameter_is_known_however_it_is_written(code):
    assert told(notebook(code)) == []


def test_those_that_are_lacking_are_one_problem():
    assert told(notebook("wave = 1  # baseline = 2")) == ["W302 has no parameters baseline, population"]
    assert told(notebook("wave = baseline = 1\nif wave:\n    population = 1")) == ["W302 has no parameter population"]
    assert told(notebook("wave = 1", tags=())) == ["W302 has no cell tagged parameters"]


def test_a_cell_that_python_cannot_read_is_left_to_the_run():
    assert told(notebook("wave = (")) == []


@pytest.mark.parametrize("language", ["R", "julia"])
def test_another_language_is_named(language):
    found = [f"W315 is written in {language}, and notebooks are run in Python"]
    assert told(notebook("x", kernelspec={"name": "x", "language": language})) == found
    assert told(notebook("x", language_info={"name": language})) == found


@pytest.mark.parametrize("kernel", [{}, {"name": "conda-env-x", "language": "python"}, {"name": "../x"}])
def test_a_kernel_that_is_not_here_becomes_this_python(kernel):
    made = notebook("x", kernelspec=kernel)
    source.settle(made)
    assert made.metadata.kernelspec.name == "python3"
