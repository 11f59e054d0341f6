"""What machines read of the site: heads of pages, citations, downloads and the list of pages."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from docutils import nodes

import book
from book import ADDRESS
from wavebook.pages import downloads, records
from wavebook.site import metadata

CITATIONS = ("citation.bib", "citation.json", "citation.ris")
PAGES = (*book.PAGES, "verantwoording", "begrippen", "data", "verder-lezen", "notebooks/puberteit")


def head(site: Path, name: str) -> str:
    return (site / f"{name}.html").read_text(encoding="utf-8").split("</head>")[0]


def metas(site: Path, name: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', head(site, name))
    return {key: unescape(value) for key, value in found}


def linked(site: Path, name: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', head(site, name))[1])


# --- heads ------------------------------------------------------------------------------------------------


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
    return metadata._summary(nodes.section("", nodes.paragraph("", words)))


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
        assert about["name"] == "Alle cijfers: Overheid in de puberteit"
        offered = {part["contentUrl"]: part["encodingFormat"] for part in about["distribution"]}
        assert offered.keys() == {path.relative_to(site).as_posix() for path in (site / "data").iterdir()}
        assert all(downloads.MEDIA[path.rpartition(".")[2]] == kind for path, kind in offered.items())
    else:
        assert about["@type"] == "Article"
        assert len(about["headline"]) <= 110
        assert about["author"]["name"]


def test_no_text_can_end_the_script_that_holds_the_linked_data():
    hostile = {"name": "</script><script>alert(1)</script>&\u2028"}
    safe = metadata._script_safe(hostile)
    assert not set("<>&\u2028") & set(safe)
    assert json.loads(safe) == hostile


def test_without_an_address_nothing_claims_to_be_absolute(site):
    assert "og:url" not in metas(site, "index")
    assert "canonical" not in head(site, "index")
    assert not (site / "sitemap.xml").exists()


@pytest.mark.parametrize(("name", "address"), [("een-overheid", ADDRESS), ("en/een-overheid", f"{ADDRESS}en/")])
def test_with_an_address_a_page_names_its_own(addressed, name, address):
    said = metas(addressed, name)
    assert said["og:url"] == f"{address}een-overheid.html"
    assert said["og:image"] == f"{address}social/een-overheid.png"
    assert f'<link rel="canonical" href="{address}een-overheid.html">' in head(addressed, name)
    assert linked(addressed, name)["url"] == f"{address}een-overheid.html"


@pytest.mark.parametrize("name", [*PAGES, *(f"en/{name}" for name in PAGES)])
def test_search_engines_get_both_languages_of_a_page_at_absolute_addresses_or_none(site, addressed, name):
    dutch = name.removeprefix("en/")
    pair = {("nl", f"{ADDRESS}{dutch}.html"), ("en", f"{ADDRESS}en/{dutch}.html")}
    named = re.compile(r'<link rel="alternate" hreflang="(\w+)" href="([^"]*)">')
    assert set(named.findall(head(addressed, name))) == pair
    assert named.findall(head(site, name)) == []


@pytest.mark.parametrize("name", ["404", "en/404"])
def test_with_an_address_the_page_for_what_is_missing_works_at_any_depth(addressed, name):
    html = (addressed / f"{name}.html").read_text(encoding="utf-8")
    links = re.findall(r'(?:href|src|action)="([^"#]+)"', html)
    assert len(links) > 10
    assert [link for link in links if not link.startswith("https://")] == []
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html
    assert f"{name}.html" not in html


def test_the_sitemap_lists_every_page_in_both_languages(addressed):
    names = {"": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    urls = ET.parse(addressed / "sitemap.xml").getroot().findall("url", names)
    listed = {url.find("loc", names).text: {a.get("href") for a in url.findall("x:link", names)} for url in urls}
    made = {p.relative_to(addressed).as_posix() for p in addressed.rglob("*.html") if p.stem not in ("search", "404")}
    assert listed.keys() == {f"{ADDRESS}{name}" for name in made}
    assert all(address in pair and len(pair) == 2 for address, pair in listed.items())
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (addressed / "robots.txt").read_text(encoding="utf-8")


def test_a_site_that_lost_its_address_lists_no_pages(addressed):
    moved = addressed.parent / "without"
    assert (moved / "index.html").is_file()
    assert not any((moved / name).exists() for name in ("sitemap.xml", "robots.txt"))


def test_every_file_for_citing_is_linked_from_the_page_with_the_data(site):
    for folder in (site, site / "en"):
        page = (folder / "data.html").read_text(encoding="utf-8")
        linked = set(re.findall(r'href="(citation\.[a-z]+)"', page))
        assert linked == {path.name for path in folder.glob("citation.*")} == set(CITATIONS)


def test_signs_that_latex_reads_as_commands_stay_text_in_bibtex():
    assert metadata._bibtex(r"Burgers & bedrijven: 50% {meer} \input") == r"Burgers \& bedrijven: 50\% meer input"


def test_a_title_with_accents_and_signs_gives_a_name_that_programs_take():
    assert downloads.slug("Eén overheid: burgers & bedrijven (2014)") == "een-overheid-burgers-bedrijven-2014"


# --- downloads --------------------------------------------------------------------------------------------


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_series_together_are_all_figures_and_so_are_the_waves(site):
    everything = sorted(map(str, table(site / "data/figures.csv")))
    series = [p for p in (site / "data").glob("*.csv") if p.with_suffix(".json").exists()]
    waves = [p for p in (site / "data").glob("*.csv") if p.stem.isdigit()]
    assert sorted(str(row) for path in series for row in table(path)) == everything
    assert sorted(str(row) for path in waves for row in table(path)) == everything


def test_a_series_as_json_says_what_was_asked_and_holds_its_rows(site):
    series = json.loads((site / "data/grade_chain.json").read_text(encoding="utf-8"))
    assert series["definition"].startswith("Rapportcijfer van 1 tot 10")
    assert series["breaks"][0]["kind"] == "noted"
    rows = table(site / "data/grade_chain.csv")
    assert [(o["wave"], o["value"]) for o in series["observations"]] == [
        (int(r["wave"]), float(r["value"])) for r in rows
    ]
    assert {o["source"] for o in series["observations"]} == series["sources"].keys()


def test_the_data_package_describes_every_table(site):
    package = json.loads((site / "datapackage.json").read_text(encoding="utf-8"))
    paths = {resource["path"] for resource in package["resources"]}
    assert paths == {p.relative_to(site).as_posix() for p in (site / "data").glob("*.csv")}
    assert len({resource["name"] for resource in package["resources"]}) == len(paths)
    assert package["licenses"] == [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/deed.nl"}]
    for resource in package["resources"]:
        assert re.fullmatch(r"[-a-z0-9._/]+", resource["name"])


def test_text_in_the_workbook_is_never_a_formula(loaded):
    import zipfile

    hostile = '=HYPERLINK("http://example.org","x")'
    rows = [row | {"locator": hostile} for row in downloads.rows_of(loaded)]
    made = downloads.workbook(loaded, rows, "Titel")
    sheet = zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert pd.read_excel(io.BytesIO(made), engine="calamine")["locator"].unique().tolist() == [hostile]


def test_the_workbook_has_the_same_bytes_whenever_it_is_made(loaded):
    rows = downloads.rows_of(loaded)
    assert downloads.workbook(loaded, rows, "Titel") == downloads.workbook(loaded, rows, "Titel")


def test_pages_below_another_come_in_order_and_once_also_where_they_lie_below_each_other():
    env = SimpleNamespace(toctree_includes={"index": ["een", "twee"], "een": ["index", "drie"], "twee": ["drie"]})
    assert records.below(env, "index") == ["een", "drie", "twee"]
    assert records.below(env, "drie") == []


# --- pictures ---------------------------------------------------------------------------------------------


def test_a_picture_is_drawn_again_after_a_run_that_stopped_between_its_two_files(tmp_path, monkeypatch):
    drawing, picture = tmp_path / "a.svg", tmp_path / "a.png"
    monkeypatch.setattr(downloads.pictures, "png", lambda content, scale: content.encode() * scale)
    downloads.write_picture(drawing, picture, "old", scale=1)

    def stop(path, content):
        path.write_bytes(content)
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(downloads, "write_whole", stop)
        with pytest.raises(KeyboardInterrupt):
            downloads.write_picture(drawing, picture, "new", scale=1)
    downloads.write_picture(drawing, picture, "new", scale=1)
    assert (drawing.read_text(), picture.read_text()) == ("new", "new")


def test_an_unchanged_picture_is_not_drawn_again(tmp_path, monkeypatch):
    drawn = []
    monkeypatch.setattr(downloads.pictures, "png", lambda content, scale: drawn.append(content) or b"png")
    for _ in range(2):
        downloads.write_picture(tmp_path / "a.svg", tmp_path / "a.png", "same", scale=1)
    assert drawn == ["same"]
