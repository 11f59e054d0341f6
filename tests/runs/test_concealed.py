"""Characters that nobody sees, in the cells of a notebook and what they show."""

import nbformat
import pytest

from wavebook.runs import concealed


def notebook(source="", *outputs):
    cells = [nbformat.v4.new_markdown_cell("# T ❤\ufe0f"), nbformat.v4.new_code_cell(source, outputs=list(outputs))]
    return nbformat.v4.new_notebook(cells=cells)


def shown(**data):
    return nbformat.v4.new_output("display_data", data={name.replace("_", "/"): value for name, value in data.items()})


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (
            notebook("x = 'ver\u200btrouwen'"),
            "holds an invisible character (U+200B, zero width space) after “x",
        ),
        (notebook("x = 'a\ud83d'"), "holds half a character (U+D83D) after “x = 'a”"),
        (
            notebook("x", shown(text_plain="ver\u200btrouwen")),
            "shows an invisible character (U+200B",
        ),
        (notebook("x", shown(application_json={"a": [{"b\u202e": 1}]})), "shows an invisible character (U+202E"),
        (
            notebook("x", nbformat.v4.new_output("stream", text="\x1b[31mé\u2060")),
            "shows an invisible char",
        ),
    ],
)
def test_a_cell_that_holds_or_shows_one_is_named(made, found):
    (problem,) = concealed.problems(made, "notebooks/a.ipynb")
    assert (problem.code, problem.place) == ("W545", "notebooks/a.ipynb, cell 2")
    assert problem.found.startswith(found)


@pytest.mark.parametrize(
    "made",
    [
        notebook("x = 'één'"),
        notebook(r"x = '\u200b'"),  # which a page may never see
        notebook("x", nbformat.v4.new_output("stream", text="\x1b[31mrood é")),  # colours of a terminal
        notebook("x", nbformat.v4.new_output("error", ename="KeyError", evalue="a\u200b", traceback=[])),
        notebook("x", shown(image_svg="<svg>−5 €</svg>")),
    ],
)
def test_all_else_is_left_alone(made):
    assert concealed.problems(made, "notebooks/a.ipynb") == []
