"""Remarks at the end of a page."""

import textwrap

import pytest
from docutils import nodes

from wavebook.pages import panels, remarks

SAMPLES = """
    [[waves.2014.samples]]
    n = 1000
    source = "report"
    locator = "blz. 3"

    [[waves.2013.samples]]
    indicators = ["grade", "share"]
    deviation = 1.5
    assumption.nl = "zoals eerder"
    assumption.en = "as before"
"""

OF_2014 = """
    [[waves.2014.samples]]
    n = 1000
    n_effective = 800
    source = "report"
    locator = "page 3"

    [[waves.2014.samples]]
    indicators = ["grade"]
    deviation = 1.5
    assumption.nl = "zoals in vergelijkbaar onderzoek"
    assumption.en = "as in similar surveys"
"""


@pytest.fixture
def sampled(small):
    text = small.path("waves.toml").read_text(encoding="utf-8")
    small.write("waves.toml", f"{text}\n{textwrap.dedent(SAMPLES)}")
    return small


def test_samples_are_told_by_wave_with_their_indicators_and_who_says_so(sampled):
    assert remarks.samples_told(sampled.load()) == (
        "2013 (cijfer en antwoord): standaardafwijking van de antwoorden 1,50, aanname: zoals eerder; "
        "2014: 1.000 deelnemers, Jansen, 2015, blz. 3"
    )


def test_an_earlier_edition_tells_of_no_later_sample(sampled):
    told = remarks.samples_told(sampled.load(wave="2013"))
    assert "2013" in told
    assert "2014" not in told


def test_each_remark_stands_once_at_an_address_of_its_own(sampled):
    figures = sampled.load()
    made = remarks.remarks_on(figures, [("2013", "2014"), "chance", "derived"], marked=[("2013", "2014")])
    break_, chance, derived = made.findall(nodes.paragraph)
    assert [node["ids"] for node in (break_, chance, derived)] == [["break-2013-2014"], ["chance"], ["derived"]]
    assert break_.astext().startswith("* Vergelijkingen tussen 2013 of eerder en 2014 of later")
    assert ": ander bureau." in break_.astext()
    assert chance.astext().startswith("Van deze cijfers is geen foutmarge bekend")
    assert remarks.samples_told(figures) in derived.astext()
    assert (made["classes"], made["is_div"]) == (["remark"], True)


def test_a_break_tells_all_its_reasons_and_none_of_another(small):
    breaks = """
    [[breaks]]
    from = {}
    to = {}
    kind = "noted"
    reason.nl = "{}"
    reason.en = "x"
    """
    text = small.path("waves.toml").read_text(encoding="utf-8")
    more = breaks.format("2013", "2014", "andere vraag") + breaks.format("2010", "2013", "iets anders")
    small.write("waves.toml", text + textwrap.dedent(more))
    told = remarks.remarks_on(small.load(), [("2013", "2014")]).astext()
    assert "ander bureau; andere vraag" in told
    assert "iets anders" not in told


def test_readers_are_told_what_an_error_follows_from(small):
    text = small.path("waves.toml").read_text(encoding="utf-8")
    small.write("waves.toml", f"{text}\n{textwrap.dedent(OF_2014)}")
    figures = small.load(language="nl")
    told = remarks.samples_told(figures)
    assert told == (
        "2014: 1.000 deelnemers, evenveel waard als 800 willekeurig gekozen deelnemers, Jansen, 2015, page 3; "
        "2014 (cijfer): standaardafwijking van de antwoorden 1,50, aanname: zoals in vergelijkbaar onderzoek"
    )
    assert told in remarks.remarks_on(figures, ["derived"]).astext()
    _, panel = panels.of_figures(figures, (figures["share.yes"],))
    assert "11,6 tot 16,4 (afgeleid uit het aantal deelnemers)" in panel
