"""Notebooks as their editors wrote them, wherever."""

import json
from collections import Counter

import pytest
from nbformat import from_dict
from nbformat.v4 import new_code_cell, new_notebook
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from wavebook.runs import concealed, source

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


SAVED = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {"kernelspec": {"name": "python3", "language": "python"}, "language_info": {"name": "python"}},
    "cells": [
        {
            "id": "a",
            "cell_type": "code",
            "execution_count": None,
            "metadata": {"tags": ["parameters"]},
            "outputs": [{"output_type": "stream", "name": "stdout", "text": ["1"]}],
            "source": ["wave = baseline = population = 1"],
        },
        {"id": "b", "cell_type": "markdown", "metadata": {}, "source": "Tekst"},
    ],
}


def with_another(saved, value):
    """Each way to exchange one part of what was saved for ``value``, or to leave that part out."""
    parts = saved.items() if isinstance(saved, dict) else enumerate(saved) if isinstance(saved, list) else ()
    for name, part in parts:
        for other in (value, *with_another(part, value)):
            yield {**saved, name: other} if isinstance(saved, dict) else [*saved[:name], other, *saved[name + 1 :]]
    if isinstance(saved, dict):
        yield from ({key: part for key, part in saved.items() if key != name} for name in saved)


@pytest.mark.parametrize("value", [None, 5, "x", [], {}, [None], {"a": 1}], ids=str)
def test_a_notebook_in_which_something_is_of_another_kind_is_refused_or_read(tmp_path, value):
    outcomes = Counter()
    for changed in with_another(SAVED, value):
        path = tmp_path / "n.ipynb"
        path.write_text(json.dumps(changed), encoding="utf-8")
        try:
            made = load_notebook_node(str(path))
            source.check_shape(made)
        except Exception:  # whatever papermill makes of it
            outcomes["refused"] += 1
            continue
        if not told(made):
            source.settle(made)
            parameterize_notebook(made, dict.fromkeys(NAMES, 1), engine_name=None)
        concealed.problems(made, "n.ipynb")
        outcomes["read"] += 1
    assert min(outcomes["refused"], outcomes["read"]) > 3, outcomes
