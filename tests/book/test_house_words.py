"""The house rules for words of this book: numbers as people say them, one form for per cent in each kind of place."""

import re

import pytest
from lxml import html

APART = "ancestor-or-self::*[self::table or self::figure or self::nav or self::pre or self::code or self::svg]"
SHOWN_ALONE = (
    "ancestor::*[@popover or contains(@class, 'cell') or contains(@class, 'proofs')] or "
    "ancestor::strong/ancestor::*[contains(@class, 'findings')]"
)
RUNNING = f"//article//text()[not({APART}) and not({SHOWN_ALONE})]"
ALONE = (
    "//article//td[contains(@class, 'num')]//text() | //article//*[local-name()='text']//text() | "
    "//article//*[contains(@class, 'findings')]//strong//text()"
)

SENTENCES = {
    "a sign for per cent": r"\d\s?%",
    "millions in digits": r"\d{1,3}[.,]\d00[.,]000",
    "a state that grew, where its services did": (
        r"\boverheid\b[^.]{0,40}\b(?:is|was) (?:\S+ ){0,3}gegroeid\b|\boverheid (?:groeit|groeide)\b|"
        r"\bgovernment (?:has grown|grew|grows|is growing)\b(?! up)"
    ),
    "what we do not know, told as not there": r"niet bewaard|niet te zeggen|nobody can say|not survived",
    "a chart that is not there": r"daarom staat hier geen grafiek|not drawn a chart",
}
WORDS_ALONE = r"\d procent\b|\d per cent\b"


@pytest.fixture(scope="module")
def pages(site):
    """The pages of the book in both languages, but for its notebooks and charts."""
    found = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}
    wanted = [name for name in found if not re.search(r"(^|/)(?:notebooks|charts|search|404)", name)]
    assert len(wanted) >= 22
    return {name: html.document_fromstring(found[name].read_text(encoding="utf-8")) for name in wanted}


@pytest.mark.parametrize("rule", SENTENCES)
def test_no_sentence_breaks_a_rule_of_the_house(pages, rule):
    found = {
        name: [text.strip() for text in page.xpath(RUNNING) if re.search(SENTENCES[rule], text, re.IGNORECASE)]
        for name, page in pages.items()
    }
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_a_number_by_itself_has_the_sign_for_per_cent(pages):
    found = {name: [text for text in page.xpath(ALONE) if re.search(WORDS_ALONE, text)] for name, page in pages.items()}
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_running_text_and_numbers_by_themselves_are_found(pages):
    running, alone = (" ".join(t for page in pages.values() for t in page.xpath(path)) for path in (RUNNING, ALONE))
    assert "29 procent" in running
    assert "1,4 miljoen" in running
    assert "40%" in alone


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("a sign for per cent", "In 2008 was dat 29%."),
        ("millions in digits", "Er waren 1.400.000 accounts."),
        ("a state that grew, where its services did", "De overheid is sinds 2008 gegroeid."),
        ("a state that grew, where its services did", "Government has grown since 2008."),
        ("what we do not know, told as not there", "De titel is niet bewaard."),
        ("a chart that is not there", "Daarom staat hier geen grafiek."),
    ],
)
def test_each_rule_finds_what_it_is_for(rule, text):
    assert re.search(SENTENCES[rule], text, re.IGNORECASE)


@pytest.mark.parametrize(
    "text", ["een overheid die opgroeit", "a government that is growing up", "het aandeel groeide"]
)
def test_growing_up_is_no_growth(text):
    assert not re.search(SENTENCES["a state that grew, where its services did"], text, re.IGNORECASE)
