"""Who made a publication, for whom and when."""

from types import SimpleNamespace

import pytest
from page import book_with

from wavebook.definitions import Text
from wavebook.definitions.base import Release
from wavebook.definitions.model import Correction
from wavebook.site import imprint


def config(author="Wij", baseurl="", **options):
    return SimpleNamespace(author=author, html_baseurl=baseurl, html_theme_options=options)


@pytest.fixture
def make(small, tmp_path):
    """A function that gives a book whose newest wave was released on a day, and was corrected on others."""

    def made(language="nl", released="", corrected=()):
        book = book_with(small.load(language=language), tmp_path)
        d = book.figures.definitions
        newest = d.waves["2014"].model_copy(update={"release": Release(released) if released else None})
        said = {"what": Text(nl="a", en="a"), "reason": Text(nl="b", en="b"), "pages": ("index",)}
        changes = tuple(Correction.model_construct(date=day, wave="2014", **said) for day in corrected)
        book.figures.definitions = d.model_copy(update={"waves": {**d.waves, "2014": newest}, "corrections": changes})
        book.title = "Boek"
        return book

    return made


def test_the_line_under_the_title_has_author_source_and_dates(make):
    book = make(released="2015-03-01", corrected=("2015-02-01", "2016-05-04", "2016-01-01"))
    source = book.figures.definitions.sources["report"]
    assert imprint.byline(book, config(based_on="report")) == [
        f"Wij, naar {source.author} ({source.year})",
        "verschenen op 1 maart 2015",
        "laatst gewijzigd op 4 mei 2016",
    ]


def test_a_change_before_it_came_out_is_none(make):
    assert imprint.byline(make("en", "2015-03-01", ("2015-02-01",)), config()) == ["Wij", "published on 1 March 2015"]


def test_what_has_not_come_out_says_so(make):
    assert imprint.byline(make(), config(author="")) == ["nog niet verschenen"]


def test_every_page_says_who_made_it_for_whom_and_how_to_cite_it(make):
    book = make(released="2015-03-01")
    found = list(imprint.lines(book, config(publisher="Huis", contact="wij@huis.nl", baseurl="https://huis.nl/")))
    client = book.figures.definitions.waves["2014"].client["nl"]
    assert [(line.label, line.text) for line in found] == [
        ("Makers", "Wij"),
        ("Onderzoek in opdracht van", client),
        ("Uitgever", "Huis"),
        ("Contact", "wij@huis.nl"),
        ("Citeer als", "Wij (2015). Boek, meting 2014. https://huis.nl/"),
    ]
    assert [line.href for line in found if line.href] == ["mailto:wij@huis.nl"]


@pytest.mark.parametrize(
    ("archive", "address"),
    [
        ({}, "https://huis.nl/en/"),
        ({"editions": {"2013": ["index.html"]}}, "https://huis.nl/en/"),
        ({"editions": {"2013": [], "2014": []}}, "https://huis.nl/2014/en/"),
    ],
)
def test_what_is_cited_is_the_edition_that_stays_as_it_is(make, archive, address):
    book = make("en", released="2015-03-01")
    book.archive = archive
    assert list(imprint.lines(book, config(baseurl="https://huis.nl/en/")))[-1].text.endswith(f" {address}")


def test_what_is_not_known_is_not_said(make):
    assert [line.label for line in imprint.lines(make(), config(author=""))] == [
        "Onderzoek in opdracht van",
        "Citeer als",
    ]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (
            {"based_on": "raport"},
            "W204 _config.yml, html_theme_options.based_on: raport is no source; the nearest is report",
        ),
        ({"contact": "Jan"}, "W203 _config.yml, html_theme_options.contact: 'Jan' is no address"),
    ],
)
def test_a_setting_that_leads_nowhere_is_named(make, options, found):
    (problem,) = imprint.problems(make(), config(**options))
    assert str(problem).startswith(found)


def test_settings_that_lead_somewhere_are_none(make):
    assert list(imprint.problems(make(), config(based_on="report", contact="https://huis.nl/contact"))) == []


def reported(book, **reports):
    """The same book with reports of its waves."""
    d = book.figures.definitions
    waves = {key: w.model_copy(update={"report": reports.get(f"w{key}")}) for key, w in d.waves.items()}
    source = d.sources["report"]
    sources = {"report": source, "older": source.model_copy(update={"title": "Het oude rapport"})}
    book.figures.definitions = d.model_copy(update={"waves": waves, "sources": sources})
    return book


def test_the_source_at_the_foot_follows_from_the_waves_unless_it_is_typed(make):
    book = reported(make(), w2014="report")
    assert imprint.source(book, config()) == "Twee, *Het rapport*, in opdracht van wij; eerdere metingen Een"
    assert imprint.source(book, config(source="Iemand, *Iets*")) == "Iemand, *Iets*"


def test_a_typed_source_that_is_the_report_of_another_wave_is_named(make):
    book = reported(make(), w2013="older", w2014="report")
    (problem,) = imprint.problems(book, config(source="Een, *Het oude rapport*, voor ons"))
    assert problem.code == "W224"
    assert problem.found == "names the report of 2013, not that of 2014, which is Het rapport"
    for fine in ("Twee, *Het rapport*", "Twee, *Het rapport*; eerder *Het oude rapport*", "Twee", ""):
        assert not list(imprint.problems(book, config(source=fine)))
    (problem,) = imprint.problems(reported(make(), w2013="older"), config(source="Een, *Het oude rapport*"))
    assert problem.found == "names the report of 2013, not that of 2014"
