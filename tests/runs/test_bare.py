"""Charts and tables of other programs that a cell shows by themselves."""

import altair as alt
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from wavebook.runs.bare import bare, problems, unheld

CHART = alt.Chart(pd.DataFrame({"a": [1]})).mark_bar().encode(x="a:Q")


def shown(renderer):
    with alt.renderers.enable(renderer):
        made = CHART._repr_mimebundle_(None, None)
    return made[0] if isinstance(made, tuple) else made


@pytest.mark.parametrize("renderer", ["default", "html", "mimetype", "jupyterlab", "colab"])
def test_an_altair_chart_is_known_however_it_is_shown(renderer):
    what, action = bare(shown(renderer))
    assert what == "an Altair chart"
    assert "charts.own(" in action


@pytest.mark.parametrize(
    ("data", "what", "call"),
    [
        ({"image/png": "iVBO", "text/plain": "<Figure size 640x480 with 1 Axes>"}, "a matplotlib figure", "picture"),
        ({"text/html": '<div><table class="gt_table" data-x="y">'}, "a styled table", "table"),
        ({"text/html": pd.DataFrame({"a": [1]}).style.to_html()}, "a styled table", "table"),
        ({"application/vnd.plotly.v1+json": {}, "text/html": ""}, "a chart that needs a script", "own"),
        ({"application/papermill.record/text/plain": "alt.LayerChart(...)"}, "an Altair chart", "own"),
    ],
)
def test_what_other_programs_show_is_known(data, what, call):
    found, action = bare(data)
    assert found == what
    assert f"charts.{call}(" in action


@pytest.mark.parametrize(
    "data",
    [
        {"text/plain": "3"},
        {"text/html": pd.DataFrame({"a": [1]}).to_html(), "text/plain": "   a\n0  1"},
        {"image/png": "iVBO"},
        {"text/html": "<b>een boek over altair</b>"},
        {},
    ],
)
def test_anything_else_is_left_alone(data):
    assert bare(data) is None


def notebook(data, *tags, first=()):
    output = new_output("display_data", data)
    cells = [new_code_cell("", metadata={"tags": [*first]}), new_code_cell("", outputs=[output])]
    cells[1].metadata["tags"] = [*tags]
    return new_notebook(cells=cells)


def test_the_cell_is_named_as_its_editor_counts():
    data = {"text/plain": "alt.Chart(...)"}
    (found,) = problems(notebook(data), "notebooks/n.ipynb")
    assert (found.code, found.place) == ("W346", "notebooks/n.ipynb, cell 2")
    (found,) = problems(notebook(data, first=["injected-parameters"]), "notebooks/n.ipynb")
    assert found.place == "notebooks/n.ipynb, cell 1"


def test_what_no_reader_sees_may_be_shown_unless_a_page_can_fetch_it():
    assert not list(problems(notebook({"text/plain": "alt.Chart(...)"}, "remove-output"), "n"))
    glued = {"application/papermill.record/text/plain": "alt.Chart(...)"}
    assert list(problems(notebook(glued, "remove-output"), "n"))


def test_a_figure_with_an_alternative_text_in_its_cell_may_be_shown():
    made = notebook({"image/png": "iVBO", "text/plain": "<Figure size 640x480 with 1 Axes>"})
    made.cells[1].metadata["mystnb"] = {"image": {"alt": "Een lijn die stijgt"}}
    assert not list(problems(made, "n"))


def test_an_output_that_no_notebook_can_hold_is_known_by_its_form():
    class NotebookValidationError(ValueError):
        pass

    said = "{} is not valid\n\nOn instance['data']['application/vnd.vegalite.v6.json']:\n{}"
    assert unheld(NotebookValidationError(said)) == "application/vnd.vegalite.v6.json"
    assert unheld(ValueError(said)) == ""
