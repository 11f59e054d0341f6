"""Figures that are declared unknown: where a number would stand, readers see why there is none."""

import leaf
import pytest

import book
from wavebook import charts, claims
from wavebook.figures import MissingFigureError, absence, unknown

DECLARED = """
[[unknown]]
wave = 2014
figures = [{figures}]
reason.nl = "niet gevraagd"
reason.en = "not asked"
"""


def declare(small, figures='"share.maybe"', drop=True):
    """Let nobody know a figure of the last wave."""
    if drop:
        rows = small.path("figures/2014.csv").read_text(encoding="utf-8")
        small.write("figures/2014.csv", "".join(r for r in rows.splitlines(True) if ",maybe," not in r))
        small.add("2013", indicator="share", category="maybe", value="3", unit="percent")
    small.write("waves.toml", small.path("waves.toml").read_text(encoding="utf-8") + DECLARED.format(figures=figures))
    return small


@pytest.mark.parametrize(
    ("figures", "key", "said"),
    [
        ("share.maybe", "share.maybe", True),
        ("share.maybe", "share.maybe@2013", False),
        ("share.maybe", "share.maybe@theme=work", True),
        ("share.maybe@theme=work", "share.maybe", False),
        ("share.maybe@theme=work", "share.maybe@theme=work", True),
        ("share.maybe@population=total", "share.maybe@population=citizens", False),
        ("share.maybe@population = total", "share.maybe", True),
        ("share.maybe@population=citizens", "share.maybe@population=citizens", True),
    ],
)
def test_what_is_unknown_is_named_as_a_figure_is(small, figures, key, said):
    found = declare(small, f'"{figures}"').load()
    assert unknown.reason_of(found, found.resolve(key)) == ("niet gevraagd" if said else "")


@pytest.mark.parametrize("name", ["shaer", "share.nope", "share@thema=work", "share@theme=wrok", "share@population=x"])
def test_a_name_that_is_not_declared_is_found(small, name):
    assert [p.split(": ")[0] for p in declare(small, f'"{name}"').problems()] == [
        "W204 data/waves.toml, unknown, number 1"
    ]


def test_a_figure_that_is_there_is_not_unknown(small):
    assert declare(small, '"share"').problems() == [
        "W544 data/waves.toml, unknown, number 1: share.yes@2014 is declared unknown, and is there"
    ]


def test_a_statement_about_it_is_open_and_the_cause_says_so(small):
    figures = declare(small).load()
    for predicate in (claims.rises("share.maybe@2013..2014"), ~claims.rises("share.maybe@2013..2014")):
        verdict = predicate.verdict(figures)
        assert verdict.outcome == "open"
        assert "it is declared unknown: niet gevraagd" in verdict.reason
    with pytest.raises(MissingFigureError) as caught:
        figures["share.maybe"]
    (cause,) = absence.causes(figures, str(caught.value))
    assert cause.found == "has no share.maybe, which is declared unknown: niet gevraagd"


def test_a_chart_goes_without_it_and_says_why(small):
    figures = declare(small).load()
    payload = charts.bars("antwoorden", figures.select("share.yes", "share.maybe")).payload
    assert payload["figures"] == ["share.yes@2014"]
    assert "Antwoord, misschien (2014): onbekend (niet gevraagd)." in payload["notes"]
    assert charts.bars("antwoorden", figures.select("share")).payload["notes"][-1].startswith("Antwoord, misschien")
    with pytest.raises(MissingFigureError, match="declared unknown"):
        figures.select("share.maybe")
    assert figures.select("share.yes").unknown == ()


def test_on_a_page_the_reason_stands_where_the_number_would(tmp_path):
    root = leaf.make_leaf(tmp_path)
    data = root / "data/figures/2014.csv"
    data.write_text("".join(r for r in data.read_text().splitlines(True) if ",maybe," not in r), encoding="utf-8")
    other = "2013,share,total,,,maybe,3,percent,,,,,,published,report,page 1\n"
    (root / "data/figures/2013.csv").open("a", encoding="utf-8").write(other)
    page = "Het is {value}`share.maybe`.\n\n| a | b |\n|---|---|\n| c | {value}`share.maybe` |\n"
    (root / "book" / "index.md").write_text(leaf.TOP + page + leaf.END, encoding="utf-8")
    assert [p.code for p in book.wavebook(root, "check").problems] == ["W448"]
    with (root / "data/waves.toml").open("a", encoding="utf-8") as file:
        file.write(DECLARED.format(figures='"share.maybe"'))
    run = book.wavebook(root, "build", keep=root / "_build" / "kept" / "known")
    assert (run.code, run.err) == (0, "")
    assert ">onbekend (niet gevraagd)</span>." in run.page("index")
    assert ">niet gevraagd</span></td>" in run.page("index").replace("</p>", "")
