"""The gallery of the guide: every form and option, each chart in three lines or fewer."""

from __future__ import annotations

import re

import pytest

from book import ROOT
from wavebook import charts
from wavebook.charts.chart import Chart
from wavebook.charts.options import Asked

PAGE = (ROOT / "docs" / "gallery.md").read_text("utf-8")
CELLS = re.findall(r"```\{code-cell\} python\n(.*?)```", PAGE, re.DOTALL)
DRAWN_ELSEWHERE = {"picture", "table"}  # of other libraries, which the guide does not install


@pytest.fixture(scope="module")
def drawn():
    """The charts of the page by name, drawn as the page draws them."""
    names, found = {}, {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT / "docs")
        for cell in CELLS:
            *before, last = re.split(r"\n(?=\S)", cell.strip())
            exec("\n".join(before), names)
            value = eval(last, names) if last.startswith("charts.") else exec(last, names)
            if isinstance(value, Chart):
                found[value.name] = value.payload
    return found


def test_every_cell_but_the_first_makes_a_chart(drawn):
    assert len(drawn) == len(CELLS) - 1 >= 20


def test_a_chart_takes_three_lines_of_code_at_most():
    lines = [[line for line in cell.splitlines() if line and not line.startswith("import")] for cell in CELLS]
    assert [cell for cell in lines if len(cell) > 3] == []


def test_every_form_and_every_option_is_shown(drawn):
    shown = {payload["form"] for payload in drawn.values()} | DRAWN_ELSEWHERE
    assert {form for form in charts.__all__ if form != "colour"} <= shown
    assert {option for option in Asked.__annotations__ if f"{option}=" not in PAGE} <= {"order", "scale"}


def test_every_chart_has_words_a_table_and_pictures_of_little_weight(drawn):
    for name, payload in drawn.items():
        assert len(payload["summary"]) > 20, name
        assert len({row[0] for row in payload["table"]["rows"]}) == len(payload["table"]["rows"]), name
        assert set(payload["svg"]) == {"wide", "narrow"}, name
        assert max(len(picture) for picture in payload["svg"].values()) < 40_000, name


def test_the_figures_of_the_gallery_are_made_up_and_say_so(drawn):
    assert "The figures are made up" in PAGE
    waves = (ROOT / "docs" / "gallery" / "data" / "waves.toml").read_text("utf-8")
    assert waves.count("made_up = true") == waves.count("[waves.")
