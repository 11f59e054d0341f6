"""What stands below the headline of a chart: what its drawing does not say."""

import pytest
from drawn import edition

from wavebook import charts
from wavebook.charts.subtitle import subtitle
from wavebook.charts.svg import texts
from wavebook.figures import Figures

CLIENTS = "Mensen"
ROWS = [(year, name, value) for year in ("2008", "2010", "2014") for name, value in (("a", 6.5), ("b", 7.0))]
SHARES = [("2008", "c.c0", 30), ("2014", "c.c0", 40), ("2014", "c.c1", 50)]


@pytest.fixture(scope="module")
def found() -> Figures:
    return edition([*ROWS, *SHARES], a=("grade", ()), b=("grade", ()), c=("percent", ("telefoon", "balie")))


def of(figures: Figures, *keys: str, drawn: str = "<text>zwijgt</text>", waves: str = "wave") -> str:
    return subtitle(figures.select(*keys, waves=waves).keys, figures, [drawn])


@pytest.mark.parametrize(
    ("keys", "waves", "said"),
    [
        (["a"], "wave", f"A, rapportcijfer (1–10), {CLIENTS.lower()}, 2014"),
        (["a", "b"], "all", f"Rapportcijfer (1–10), {CLIENTS.lower()}, 2008–2014"),  # the drawing names what differs
        (["c.c0"], "both", f"C, telefoon, percentage, {CLIENTS.lower()}, 2008 en 2014"),
        (["c.c0", "c.c1"], "wave", f"C, percentage, {CLIENTS.lower()}, 2014"),
        (["a", "c.c0"], "both", f"{CLIENTS}, 2008 en 2014"),  # of two units
        ([], "wave", ""),
    ],
)
def test_it_says_what_of_whom_and_when(found, keys, waves, said):
    assert of(found, *keys, waves=waves) == said


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        ("<text>Rapportcijfer\n(1–10)</text><text>’08</text><tspan>’14</tspan>", CLIENTS),
        ("<text>rapportcijfer (1–10), as van 6 tot 8</text><text>’08</text>", f"{CLIENTS}, 2008–2014"),
        (f"<text>2008</text><text>2014</text><text>{CLIENTS}</text>", "Rapportcijfer (1–10)"),
    ],
)
def test_it_repeats_nothing_that_is_drawn(found, drawn, said):
    assert of(found, "a", "b", waves="all", drawn=drawn.replace("\n", "</text><text>")) == said


def test_it_names_the_answer_that_several_questions_share():
    rows = [("2014", "a.c0", 40), ("2014", "b.c0", 50)]
    same = edition(rows, a=("percent", ("tevreden",)), b=("percent", ("tevreden",)))
    assert subtitle(same.select("a", "b").keys, same, [""]) == "Tevreden, percentage, mensen, 2014"
    other = edition(rows, a=("percent", ("tevreden",)), b=("percent", ("blij",)))
    assert subtitle(other.select("a", "b").keys, other, [""]) == "Percentage, mensen, 2014"


def test_what_one_width_leaves_out_is_said(found):
    keys = found.select("a", waves="wave").keys
    assert subtitle(keys, found, ["<text>A, 2014</text>", "<text>A</text>"]).endswith(", 2014")


def test_a_symbol_beside_numbers_is_their_unit(found):
    assert "percentage" not in of(found, "c.c0", drawn="<text>40%</text>")


def test_every_form_has_one_and_it_is_only_of_whom_where_the_drawing_says_the_rest(found):
    made = [
        charts.lines("lines", found.select("a", "b", waves="all")),
        charts.bars("bars", found.select("c")),
        charts.part("part", found.select("c.c0")),
        charts.change("change", found.select("a", "c.c0", waves="both")),
    ]
    assert [chart.payload["subtitle"] for chart in made] == [CLIENTS] * 4


def test_a_group_of_all_figures_is_named_and_those_who_were_not_asked_are_not(small):
    figures = small.load()
    keys = figures.select("grade@theme=work").keys
    assert subtitle(keys, figures, ["<text>2014</text>"]).endswith(", mensen, werk")
    small.edit("indicators.toml", 'en = "people"\n', 'en = "people"\npeople = false\n')
    assert subtitle(keys, small.load(), ["<text>2014</text>"]).endswith("rapportcijfer (1–10)")


def test_waves_with_spaces_in_their_names_have_spaces_between():
    months = [("2020-03", "a", 6.5), ("2020-09", "a", 6.6), ("2021-03", "a", 6.7)]
    figures = edition(months, baseline="2020-03", wave="2021-03", a=("grade", ()))
    assert of(figures, "a", waves="all").endswith(", maart 2020 – maart 2021")


def test_the_texts_of_a_drawing_are_read_as_readers_see_them():
    assert texts('<svg><text x="1">a &amp; b</text><g><text><tspan>c</tspan><tspan>d</tspan></text></g></svg>') == [
        "a & b",
        "c",
        "d",
    ]
