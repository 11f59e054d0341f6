"""The feed of editions, revisions and corrections."""

import xml.etree.ElementTree as ET
from types import SimpleNamespace

import pytest
from page import Page, book_with

from wavebook.site import feed

ATOM = {"a": "http://www.w3.org/2005/Atom"}
REVISIONS = "date,wave,figure,before,after,reason,reason_en\n2016-01-02,2014,grade@2014,6.8,6.9,fout,\n"
CORRECTION = """
[[corrections]]
date = 2016-03-01
wave = 2013
pages = ["index"]
what.nl = "Er stond <b>."
what.en = "It said <b>."
reason.nl = "Slordig."
reason.en = "Careless."
"""


@pytest.fixture
def app(small, tmp_path):
    """An application for an edition of a book with something to tell."""
    small.edit("waves.toml", "[waves.2014]\n", '[waves.2014]\nreleased = "2015-02-03"\n')
    small.write("revisions.csv", REVISIONS)
    small.write("corrections.toml", CORRECTION)

    def made(language="nl", wave=None, baseurl="", name="html", **archive):
        book = book_with(small.load(language=language, wave=wave), tmp_path)
        book.title, book.archive = "Boek & meer", archive
        app = Page(book, tmp_path / "book").env.app
        app.config.html_baseurl, app.config.author = baseurl, "Wij & zij"
        app.builder, app.outdir = SimpleNamespace(name=name), str(tmp_path / "site")
        return app

    (tmp_path / "site").mkdir()
    return made


def test_followers_are_told_the_newest_first(app):
    assert [(entry.day, entry.title) for entry in feed.entries(app())] == [
        ("2016-03-01", "Fout verbeterd in de uitgave over 2013"),
        ("2016-01-02", "Cijfer herzien in de uitgave over 2014"),
        ("2015-02-03", "Uitgave over de meting van 2014"),
    ]
    texts = [entry.text for entry in feed.entries(app())]
    assert texts == [
        "Er stond <b>. Slordig.",
        "cijfer: was 6,8, is nu 6,9. fout",
        "Boek & meer. Uitgave over de meting van 2014.",
    ]


def test_an_earlier_edition_knows_nothing_of_later_ones(app):
    assert [day for day, *_ in feed.entries(app(wave="2013"))] == ["2016-03-01"]


def test_a_reason_in_dutch_alone_is_told_in_dutch(app):
    assert any(entry.text.endswith(" fout") for entry in feed.entries(app("en")))


def read(app):
    feed._write(app, None)
    return ET.parse(f"{app.outdir}/feed.xml").getroot()


def test_an_entry_keeps_its_identity_wherever_the_site_lies_and_leads_to_what_it_tells_of(app):
    made = app(baseurl="https://x.nl/")
    made.env.metadata["wijzigingen"] = {"wavebook_changes": True}
    there, here = read(made), read(app())

    def ids(root):
        return [entry.find("a:id", ATOM).text for entry in root.findall("a:entry", ATOM)]

    assert ids(there) == ids(here)
    assert len(set(ids(here))) == 3
    links = [[link.get("href") for link in root.findall("a:entry/a:link", ATOM)] for root in (there, here)]
    assert links[0] == [
        "https://x.nl/wijzigingen.html#corrections",
        "https://x.nl/wijzigingen.html#revisions",
        "https://x.nl/index.html",
    ]
    assert links[1] == ["index.html"] * 3
    assert here.find("a:title", ATOM).text == "Boek & meer"
    assert here.find("a:author/a:name", ATOM).text == "Wij & zij"
    assert here.find("a:updated", ATOM).text == "2016-03-01T00:00:00Z"
    assert here.find("a:entry/a:summary", ATOM).text == "Er stond <b>. Slordig."
    own = [link.get("href") for link in there.findall("a:link", ATOM)]
    assert own == ["https://x.nl/feed.xml", "https://x.nl/index.html"]


@pytest.mark.parametrize(
    ("language", "held", "way"),
    [
        ("nl", ["index.html"], "https://x.nl/2014/index.html"),
        ("en", ["index.html", "en/index.html"], "https://x.nl/2014/en/index.html"),
        ("en", ["index.html"], "https://x.nl/en/index.html"),
    ],
)
def test_an_edition_that_lies_frozen_is_what_its_entry_leads_to(app, language, held, way):
    base = "https://x.nl/" if language == "nl" else "https://x.nl/en/"
    made = read(app(language, baseurl=base, editions={"2014": held, "2013": []}))
    assert made.findall("a:entry/a:link", ATOM)[-1].get("href") == way


@pytest.mark.parametrize(
    ("language", "page", "archive", "way"),
    [
        ("nl", "index", {}, "feed.xml"),
        ("nl", "deel/een", {}, "../feed.xml"),
        ("nl", "deel/een", {"place": "2013/"}, "../../feed.xml"),
        ("en", "index", {"place": "2013/"}, "../../en/feed.xml"),
        ("en", "index", {}, "feed.xml"),
    ],
)
def test_the_way_to_the_feed_of_the_newest_edition(app, language, page, archive, way):
    assert feed.address(app(language, **archive), page) == way


def test_only_the_newest_edition_writes_a_feed_and_one_without_news_removes_it(app, small, tmp_path):
    path = tmp_path / "site" / "feed.xml"
    feed._write(app(), ValueError())
    feed._write(app(name="dummy"), None)
    assert not path.exists()
    feed._write(app(), None)
    assert path.is_file()
    feed._write(app(place="2014/"), None)
    assert not path.exists()
    path.touch()
    small.path("corrections.toml").unlink()
    feed._write(app(wave="2013"), None)
    assert not path.exists()


def test_the_role_is_a_link_with_what_was_typed(app):
    made = app()
    made.env.app = made
    role = feed.FeedRole()
    role.text = "Volg <ons>"
    role.inliner = SimpleNamespace(document=SimpleNamespace(settings=SimpleNamespace(env=made.env)))
    (node,), messages = role.run()
    assert (node.astext(), node["format"]) == ('<a href="feed.xml">Volg &lt;ons&gt;</a>', "html")
    assert messages == []
