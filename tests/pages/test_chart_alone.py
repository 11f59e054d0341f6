"""A chart outside its story, and what it says of itself."""

from dataclasses import replace

import pytest
from drawn import SOURCES, alone, edition

from wavebook.definitions.model import Source
from wavebook.pages import chart_alone

ROWS = [("2008", "way.c0", 50, {"n": 900}), ("2014", "way.c0", 20, {"n": 1100}), ("2014", "way.c1", 70)]
BREAK = {"from": "2008", "to": "2014", "kind": "noted", "reason": {"nl": "ander bureau", "en": "other bureau"}}


@pytest.fixture(scope="module")
def chart():
    return alone(edition(ROWS, breaks=[BREAK], way=("percent", ("post", "telefoon"))), site="https://x.nl/boek/")


def test_its_files_have_addresses_in_one_folder():
    assert chart_alone.address("kaart") == "charts/kaart.html"
    assert chart_alone.address("kaart", "xlsx") == "charts/kaart.xlsx"


def test_it_tells_what_of_whom_when_by_whom_and_what_to_mind(chart):
    told = dict(chart.about)
    assert told["Wat is gemeten"] == "Way: Wat er is gevraagd."
    assert told["Bij wie"] == "Mensen; iedereen."
    assert told["Wanneer"] == "2008 en 2014."
    assert told["Bron"] == "Jansen, 2015. Het rapport, tabel 1."
    assert told["Breuk in de reeks"] == "Tussen 2008 en 2014: ander bureau."
    assert told["Opmerking"] == "n = 900 (2008); 1.100 (2014)."
    assert told["Licentie"] == "CC BY 4.0"
    assert told["Publicatie"] == "Boek: Één"
    assert told["Adres"] == "https://x.nl/boek/charts/kaart.html"
    assert told["Zo citeert u deze grafiek"].startswith("Wij (z.j.). ‘Kop & staart’. In: Boek, meting 2014. https://")
    assert "Verschenen op" not in told


def test_without_an_address_of_the_site_it_has_none(chart):
    without = replace(chart, site="")
    assert (without.url, "Adres" in dict(without.about)) == ("", False)
    assert without.cited.endswith("meting 2014.")


def test_a_picture_carries_source_in_full_address_and_licence(chart):
    imprint = chart.imprint
    assert imprint.headline == "Kop & staart."
    assert "Bron: Jansen, 2015. Het rapport, tabel 1." in imprint.below
    assert imprint.below[-1] == "Boek: Één · https://x.nl/boek/charts/kaart.html · CC BY 4.0"
    assert chart.card.below == ["Boek.", "Bron: Jansen, 2015 (tabel 1)."]


def test_two_sources_that_are_named_alike_are_told_apart(chart):
    figures = chart.book.figures
    other = Source(author="Jansen", others=False, title="Een ander rapport", year="2015", url="https://r.nl")
    d = figures.definitions
    d = d.model_copy(update={"sources": {"a": other, **SOURCES}})
    book = replace(chart.book, figures=replace_definitions(figures, d))
    assert [source.title for source in replace(chart, book=book).sources] == ["Het rapport"]
    unknown = {**chart.payload, "places": [("Iemand, 1999", "p. 3", None, "")]}
    assert [str(s) for s in replace(chart, payload=unknown).sources] == ["Iemand, 1999, p. 3."]


def replace_definitions(figures, definitions):
    from copy import copy

    made = copy(figures)
    made.definitions = definitions
    return made


def test_what_is_made_up_or_a_draft_says_so_wherever_it_goes(small):
    small.edit("waves.toml", "[waves.2014]\n", "[waves.2014]\nmade_up = true\n")
    made = alone(small.load(), "share.yes")
    made.book.draft = True
    assert [text.split(".")[0] for text in made.warnings] == ["Verzonnen cijfers", "Concept"]
    assert set(made.warnings) <= set(made.imprint.below)
    assert made.card.below[0] == "Verzonnen cijfers."


def test_in_an_edition_about_a_segment_its_figures_are_those_that_it_names(small):
    made = alone(small.load(segment="theme=work"), "grade", headline="Cijfer.")
    everyone = {**made.payload, "figures": ["share.yes@2014", "grade@theme=work,2014"]}
    told = dict(replace(made, payload=everyone).about)
    assert told["Bron"] == "Jansen, 2015. Het rapport, page 1."
