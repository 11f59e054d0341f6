"""A chart on a page of its own, and the frame in which another site shows it."""

import gzip
import json
from dataclasses import replace

import lending
import pytest
from drawn import alone
from lxml import html
from small import SmallBook
from sweeps import often

from wavebook.language.words import words_in
from wavebook.pages import chart_pages


@pytest.fixture(scope="module")
def chart(loaded):
    return alone(loaded, "share.yes", site="https://x.nl/boek/", licence_url="https://l.nl/4", twins=("nl", "en"))


def read(chart, **more):
    return html.fromstring(chart_pages.page(chart, **more).decode())


def test_a_page_has_headline_picture_table_source_licence_and_citation_and_no_script(chart):
    page = read(chart)
    assert [h.text for h in page.iter("h1")] == ["Kop & staart."]
    assert {d.getparent().get("class") for d in page.iter("svg")} == {"chart-wide", "chart-narrow"}
    assert len({d.get("aria-labelledby") for d in page.iter("svg")}) == 2
    assert [cell.text for cell in page.iter("th")][-1] == "2014"
    text = " ".join(page.text_content().split())
    for part in ("Jansen, 2015 (page 1) · CC BY 4.0", "Het rapport, page 1.", "‘Kop & staart’. In: Boek"):
        assert part in text
    assert not list(page.iter("script"))
    assert {a.get("href") for a in page.iter("a") if "download" in a.attrib} == {
        f"kaart.{kind}" for kind in ("xlsx", "csv", "svg", "png")
    }
    assert page.xpath("//p[@class='story']/a[1]/@href") == ["../een.html#fig-kaart"]
    assert page.xpath("//p[@class='story']/a[2]/@href") == ["../en/charts/kaart.html"]
    assert all(a.get("target") == "_top" for a in page.xpath("//p[@class='story']/a"))


def test_a_page_names_its_twins_its_card_and_its_oembed(chart):
    page = read(chart)
    links = {
        (link.get("rel"), link.get("hreflang") or link.get("type")): link.get("href") for link in page.iter("link")
    }
    assert links["canonical", None] == "https://x.nl/boek/charts/kaart.html"
    assert links["alternate", "en"] == "https://x.nl/boek/en/charts/kaart.html"
    assert links["alternate", "application/json+oembed"] == "https://x.nl/boek/charts/kaart.oembed.json"
    named = {meta.get("property"): meta.get("content") for meta in page.iter("meta")}
    assert named["og:image"] == "https://x.nl/boek/social/kaart.png"
    assert named["og:title"] == "Kop & staart."


def test_without_an_address_nothing_asks_for_one(chart):
    page = read(replace(chart, site=""))
    assert {link.get("rel") for link in page.iter("link")} == {"stylesheet", "icon"}
    assert not page.xpath("//textarea")
    assert chart_pages.frame(replace(chart, site="")) == ""


def test_a_frame_is_lazy_sized_and_named_and_the_page_shows_it_as_text(chart):
    code = chart_pages.frame(chart)
    (shown,) = read(chart).xpath("//textarea")
    assert shown.text == code
    frame = html.fromstring(code)
    assert frame.get("src") == chart.url
    assert (frame.get("title"), frame.get("loading"), frame.get("width")) == ("Kop & staart.", "lazy", "100%")
    assert int(frame.get("height")) == chart_pages.height(chart)


def test_a_longer_headline_needs_a_higher_frame(chart):
    assert chart_pages.height(replace(chart, headline="Kop. " * 40)) > chart_pages.height(chart)


def test_oembed_gives_the_same_frame(chart):
    told = json.loads(chart_pages.oembed(chart))
    assert told["html"] == chart_pages.frame(chart)
    assert (told["version"], told["type"], told["title"]) == ("1.0", "rich", "Kop & staart.")
    assert {"width", "height"} <= told.keys()
    assert told["thumbnail_url"].endswith("/social/kaart.png")


def test_a_table_in_place_of_a_picture_is_on_its_page_as_one(chart):
    table = '<div class="table-scroll"><table><tr><th>a</th></tr><tr><td>1</td></tr></table></div>'
    page = read(replace(chart, payload={**chart.payload, "html": table}))
    assert not list(page.iter("svg"))
    assert len(list(page.iter("table"))) == 2
    tall = replace(chart, payload={**chart.payload, "html": table.replace("<tr>", "<tr></tr><tr>" * 40)})
    assert chart_pages.height(tall) > chart_pages.height(chart)


def test_a_picture_keeps_its_own_ground(chart):
    picture = replace(chart, payload=chart.payload | {"form": "picture"})
    assert read(chart).find(".//figure").get("class") == "chart"
    assert read(picture).find(".//figure").get("class") == "chart chart-picture"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    book = SmallBook(tmp_path_factory.mktemp("small"))
    return {language: alone(book.load(language=language), "share.yes", twins=("nl", "en")) for language in ("nl", "en")}


@pytest.mark.parametrize(
    ("language", "archive", "static", "newest"),
    [
        ("nl", {}, "../_static/", ""),
        ("en", {}, "../_static/", ""),
        ("nl", {"place": "2014/"}, "../_static/", "../../index.html"),
        ("en", {"place": "2014/"}, "../_static/", "../../../en/index.html"),
        ("nl", {"among": "2014-a/"}, "../../_static/", ""),
        ("en", {"among": "2014-a/"}, "../../../en/_static/", ""),
    ],
)
def test_every_edition_finds_its_styles_and_a_frozen_one_the_newest(drawn, language, archive, static, newest):
    chart = drawn[language]
    page = read(replace(chart, book=replace(chart.book, archive=archive)))
    assert page.xpath("//link[@rel='stylesheet']/@href")[0] == f"{static}house-style.css"
    assert page.xpath("//p[@class='frozen']/a/@href") == ([newest] if newest else [])
    other = "../en/charts/kaart.html" if language == "nl" else "../../charts/kaart.html"
    assert page.xpath("//p[@class='story']/a[2]/@href") == [other]
    assert bool(page.xpath("//meta[@name='twitter:card']")) == ("among" not in archive)
    assert words_in(language).travel["about"] in page.text_content()


# --- in a browser -------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("every", often([4, 1], 4))  # each fourth chart, or all
def test_a_frame_shows_picture_and_source_at_every_width_without_scrolling(addressed, browser, tmp_path, every):
    page = browser.new_page()
    paths = sorted((addressed / "charts").glob("*.oembed.json"))[::every]
    assert paths
    for path in paths:
        code = json.loads(path.read_text(encoding="utf-8"))["html"]
        code = code.replace(lending.ADDRESS, f"{addressed.as_uri()}/").replace('loading="lazy"', "")
        (tmp_path / "host.html").write_text(f"<!DOCTYPE html><body style='margin:0'>{code}", encoding="utf-8")
        page.goto((tmp_path / "host.html").as_uri())
        (shown,) = page.main_frame.child_frames
        for width in (312, 414, 575, 576, 680):
            page.set_viewport_size({"width": width, "height": 900})
            last, room, across, wide = shown.evaluate(
                "() => [document.querySelector('.story').getBoundingClientRect().bottom, innerHeight, "
                "document.documentElement.scrollWidth, document.documentElement.clientWidth]"
            )
            assert last <= room, f"{path.stem} at {width} px"
            assert across <= wide, f"{path.stem} at {width} px"
    page.close()


@pytest.mark.browser
def test_a_page_of_a_chart_asks_for_little_and_is_light(site, browser):
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    path = next((site / "charts").glob("*.html"))
    page.goto(path.as_uri())
    assert len(asked) <= 5
    assert len(gzip.compress(path.read_bytes())) < 6_000
    page.close()
