"""The head of each page for machines: descriptions, linked data, and addresses."""

from __future__ import annotations

import json
import re
import struct
from html import unescape
from pathlib import Path

import lending
import pytest
from docutils import nodes
from lending import ADDRESS

from wavebook.pages import downloads
from wavebook.site import head

PAGES = (*lending.PAGES, *lending.APPENDIX)


def top(site: Path, name: str) -> str:
    return (site / f"{name}.html").read_text(encoding="utf-8").split("</head>")[0]


def metas(site: Path, name: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', top(site, name))
    return {key: unescape(value) for key, value in found}


def linked(site: Path, name: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', top(site, name))[1])


@pytest.mark.parametrize("name", [*PAGES, *(f"en/{name}" for name in PAGES)])
def test_a_page_describes_itself_in_its_own_words(site, name):
    said = metas(site, name)
    text = re.sub(r"<[^>]+>", "", (site / f"{name}.html").read_text(encoding="utf-8"))
    begin = said["description"].rstrip("…")[:40]
    assert said["description"] == said["og:description"]
    assert 20 < len(said["description"]) <= 200
    assert not set("<>") & set(said["description"])
    assert begin.replace("*", "") in re.sub(r"\s+", " ", unescape(text)).replace("*", "")
    locales = ("en_GB", "nl_NL") if name.startswith("en/") else ("nl_NL", "en_GB")
    assert (said["og:locale"], said["og:locale:alternate"]) == locales


def test_a_description_holds_the_numbers_of_the_page(site):
    assert "6,9" in metas(site, "index")["description"]
    assert "6.9" in metas(site, "en/index")["description"]


def described(words: str) -> str:
    return head._summary(nodes.section("", nodes.paragraph("", words)))


def test_a_long_description_ends_between_words():
    said = described("Zin van een paar woorden, " * 20)
    assert len(said) <= 200
    assert re.fullmatch(r"(Zin van een paar woorden, )*Zin( van( een( paar( woorden)?)?)?)?…", said)


def test_a_description_of_one_endless_word_is_cut_too():
    assert described("x" * 300) == "x" * 199 + "…"


@pytest.mark.parametrize("name", [*PAGES, *(f"en/{name}" for name in PAGES)])
def test_the_picture_of_a_page_is_there_in_the_size_it_says(site, name):
    said = metas(site, name)
    picture = (site / f"{name}.html").parent / said["og:image"]
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    assert (str(width), str(height)) == (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert len(said["og:image:alt"]) > 15


@pytest.mark.parametrize("name", PAGES)
def test_linked_data_have_what_readers_of_schema_org_need(site, name):
    about = linked(site, name)
    assert about["@context"] == "https://schema.org"
    assert about["inLanguage"] == "nl"
    assert about["temporalCoverage"] == "2008/2014"
    if name == "data":
        assert about["@type"] == "Dataset"
        assert 50 <= len(about["description"]) <= 5000
        assert len(about["variableMeasured"]) == len(list((site / "data").glob("*.json")))
        assert about["name"] == "Alle cijfers: De leesplank"
        offered = {part["contentUrl"]: part["encodingFormat"] for part in about["distribution"]}
        assert offered.keys() == {path.relative_to(site).as_posix() for path in (site / "data").iterdir()}
        assert all(downloads.MEDIA[path.rpartition(".")[2]] == kind for path, kind in offered.items())
    else:
        assert about["@type"] == "Article"
        assert len(about["headline"]) <= 110
        assert about["author"]["name"]


def test_no_text_can_end_the_script_that_holds_the_linked_data():
    hostile = {"name": "</script><script>alert(1)</script>&\u2028"}
    safe = head._script_safe(hostile)
    assert not set("<>&\u2028") & set(safe)
    assert json.loads(safe) == hostile


def test_without_an_address_nothing_claims_to_be_absolute(site):
    assert "og:url" not in metas(site, "index")
    assert "canonical" not in top(site, "index")
    assert not (site / "sitemap.xml").exists()


@pytest.mark.parametrize(("name", "address"), [("lenen", ADDRESS), ("en/lenen", f"{ADDRESS}en/")])
def test_with_an_address_a_page_names_its_own(addressed, name, address):
    said = metas(addressed, name)
    assert said["og:url"] == f"{address}lenen.html"
    assert said["og:image"] == f"{address}social/cijfers.png"
    assert f'<link rel="canonical" href="{address}lenen.html">' in top(addressed, name)
    assert linked(addressed, name)["url"] == f"{address}lenen.html"


@pytest.mark.parametrize("name", [*PAGES, *(f"en/{name}" for name in PAGES)])
def test_search_engines_get_both_languages_of_a_page_at_absolute_addresses_or_none(site, addressed, name):
    dutch = name.removeprefix("en/")
    pair = {("nl", f"{ADDRESS}{dutch}.html"), ("en", f"{ADDRESS}en/{dutch}.html")}
    named = re.compile(r'<link rel="alternate" hreflang="(\w+)" href="([^"]*)">')
    assert set(named.findall(top(addressed, name))) == pair
    assert named.findall(top(site, name)) == []


@pytest.mark.parametrize("name", ["404", "en/404"])
def test_with_an_address_the_page_for_what_is_missing_works_at_any_depth(addressed, name):
    html = (addressed / f"{name}.html").read_text(encoding="utf-8")
    links = re.findall(r'(?:href|src|action)="([^"#]+)"', html)
    assert len(links) > 10
    assert [link for link in links if not link.startswith("https://")] == []
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html
    assert f"{name}.html" not in html
