"""A paragraph that would fill the memory of the parser is refused by its line; what editors write is not."""

import pytest

from wavebook.site import checks, crowded

STARS = "*a **a " * 10_000
ROW = "| **Utrecht** | 6,4 | [bron](https://example.org) |\n"
FINE = {
    "a long text": "Een zin met *nadruk* en {value}`grade`. " * 1_500,
    "many paragraphs": ("*a **a " * 200 + "\n\n") * 100,
    "a table": "| a | b | c |\n|---|:-:|---|\n" + ROW * 5_000,
    "a list": "- **Een** zin met _nadruk_.\n" * 5_000,
    "names of columns": "een_naam_van_een_kolom " * 10_000,
    "code": "```json\n" + '{"a_b": [1, 2]},\n' * 20_000 + "```\n",
    "a closed fence of more ticks": "````\n```\n" + "[_] " * 30_000 + "\n````\n",
}


@pytest.mark.parametrize("name", FINE)
def test_what_editors_write_is_left_alone(name):
    crowded.check(FINE[name])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"# T\n\n{STARS}\n", 3),
        (f"```python\nx\n```\nEen.\n{STARS}", 4),
        ("a\n\n```{note}\n" + STARS, 3),
        ("*" * 20_000, 1),
        ("| a |\n| *x\n" * 20_000, 1),
        ("- a\n- b\n" + "_b " * 15_000, 2),
    ],
)
def test_a_paragraph_of_too_many_signs_is_refused_by_its_first_line(text, line):
    with pytest.raises(ValueError, match=f"^line {line} begins a paragraph of .* signs of markup"):
        crowded.check(text)


def test_a_cell_of_a_notebook_is_looked_at_too():
    notebook = '{"cells": [{"cell_type": "code", "source": "x"}, {"cell_type": "markdown", "source": ["STARS"]}]}'
    checks._check_text(notebook.encode(), ".ipynb")
    with pytest.raises(ValueError, match="cell 2: line 1 begins a paragraph"):
        checks._check_text(notebook.replace("STARS", STARS).encode(), ".ipynb")
