"""Each statement of the book leads to its proof, and the proof leads back."""

import re

import pytest
from lxml import html

import book

STATED = {"claim", "reported", "trend"}


def words(element) -> str:
    """The text of an element as readers see it, without marks and numbers of notes."""
    return " ".join(element.text_content().replace("✓", "").replace("*", "").split())


@pytest.fixture(scope="module", params=["", "en/"])
def pages(request, site):
    """The pages in a language by name."""
    names = ("index", *book.PAGES, "verantwoording")
    return {name: html.parse(str(site / f"{request.param}{name}.html")).getroot() for name in names}


def proofs(pages):
    """Every item of the list."""
    return pages["verantwoording"].xpath("//ul[contains(@class, 'proofs')]/li")


def test_each_statement_of_a_page_is_in_the_list_with_its_words(pages):
    listed = {link.get("href"): words(link) for item in proofs(pages) for link in item[0].xpath(".//a")}
    for name, page in pages.items():
        for node in page.xpath("//span[@id][@class]"):
            if not STATED & set(node.get("class").split()):
                continue
            address = f"{'' if name == 'verantwoording' else f'{name}.html'}#{node.get('id')}"
            told = re.sub(r"\s*\([^()]*\d{4}[^()]*\)", "", words(node))  # without the citations in it
            assert listed.pop(address, None) in (words(node), told)
    assert listed == {}


def test_each_item_holds_the_whole_sentence_that_it_leads_to(pages):
    for item in proofs(pages):
        sentence = words(item[0])
        for link in item[0].xpath(".//a"):
            name, _, anchor = link.get("href").partition("#")
            (node,) = pages[name.removesuffix(".html") or "verantwoording"].xpath(f"//*[@id='{anchor}']")
            assert words(link) in sentence
            assert words(link) in words(node)
        assert re.search(r"[.?!:]\W*$", sentence) or item[0].xpath(".//a")[-1].tail in (None, ""), sentence


def test_each_tested_sentence_leads_to_its_item_and_only_these_do(pages):
    items = {item.get("id"): item for item in proofs(pages)}
    marked = set()
    for page in pages.values():
        for mark in page.xpath("//a[contains(@class, 'proof-mark')]"):
            anchor = mark.get("href").partition("#")[2]
            assert mark.get("aria-label") in ("getoetst", "tested")
            assert anchor in items
            marked.add(anchor)
    tested = {name for name, item in items.items() if not item.xpath(".//a[contains(@href, '#reported-')]")}
    assert marked == tested


def test_each_tested_item_gives_test_verdict_and_live_figures_and_the_others_a_source(pages):
    for item in proofs(pages):
        rows = [dt.text_content() for dt in item.xpath(".//dt")]
        if item.xpath(".//a[contains(@href, '#reported-')]"):
            assert rows in (["Bron", "Uitkomst"], ["Source", "Verdict"])
            continue
        assert rows[0] in ("Toets", "Test")
        assert rows[-1] in ("Uitkomst", "Verdict")
        verdict = item.xpath(".//dd")[-1].text_content()
        assert re.match(r"Klopt|Holds", verdict)
        unknown = re.search(r"geen cijfer voor|give no figure", item.text_content())
        assert unknown or item.xpath(".//a[contains(@class, 'figure-value')]")


def test_the_counts_above_the_list_are_those_of_its_items(pages):
    items = proofs(pages)
    reported = [item for item in items if item.xpath(".//a[contains(@href, '#reported-')]")]
    (told,) = re.findall(r"(?:Getoetste zinnen|Sentences tested): (\d+)\..*?: (\d+)\.", words(pages["verantwoording"]))
    assert told == (str(len(items) - len(reported)), str(len(reported)))
    assert len(items) > 40


# --- words in their sense ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "terms", "absent"),
    [
        ("menselijker-contact", {"term-ontevreden-over-een-onderdeel"}, {"term-ontevreden-over-de-keten"}),
        ("en/menselijker-contact", {"term-dissatisfied-with-a-part"}, {"term-dissatisfied-with-the-chain"}),
        ("een-overheid", {"term-ontevreden-over-de-keten"}, {"term-ontevreden-over-een-onderdeel"}),
        ("en/een-overheid", {"term-dissatisfied-with-the-chain"}, {"term-dissatisfied-with-a-part"}),
        ("verantwoording", {"term-toets"}, set()),
        ("toegankelijkheid", set(), {"term-toets"}),
        ("en/toegankelijkheid", set(), {"term-test"}),
    ],
)
def test_a_word_with_two_senses_leads_to_the_right_one(site, name, terms, absent):
    page = html.parse(str(site / f"{name}.html")).getroot()
    led = {link.get("href").partition("#")[2] for link in page.xpath("//a[@class='term']")}
    assert terms <= led
    assert not absent & led
