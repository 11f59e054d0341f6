"""The search page of a whole site, opened from disk: queries, the page and sentence that they lead to, and how."""

import pytest
from sweeps import often

from wavebook.publish import reader

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def context(browser):
    context = browser.new_context(reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def ask(site, context):
    """Ask for something on the search page of a language; whatever the browser says meanwhile is a fault."""
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    def asked(query, folder=""):
        page.goto((site / folder / "search.html").as_uri())
        page.fill("main form.search input", query)
        page.keyboard.press("Enter")
        page.locator("#search-status:not(:empty)").wait_for()
        return page

    yield asked
    assert said == []
    page.close()


FIRST = "#search-results > ol > li:first-child"


QUERIES = [
    ("", "lénen", "Lenen", "Wie een boek leent, heeft een loket nodig."),
    ("", "loketten", "Lenen", "Wie een boek leent, heeft een loket nodig."),
    ("", "bibliotheken", "Lenen", "De bibliotheek krijgt een"),
    ("", "email", "De app", "Telefoon en balie worden meer gebruikt dan e-mail en website."),
    ("", "LEESAPP", "De app", "gebruikte 22 procent de Leesapp."),
    ("", "begrippen", "Begrippen", "Deze woorden hebben een vaste betekenis."),
    ("en", "desks", "Lending", "desk"),
    ("en", "e-mail", "The app", "e-mail"),
]


@pytest.mark.parametrize(("folder", "query", "title", "sentence"), often(QUERIES, QUERIES[0], QUERIES[5], QUERIES[-1]))
def test_a_query_leads_to_a_page_and_a_whole_sentence_of_it(ask, folder, query, title, sentence):
    page = ask(query, folder)
    assert page.locator(f"{FIRST} h2").inner_text() == title
    assert sentence in page.locator(FIRST).inner_text()


def test_hits_are_marked_under_their_heading_and_lead_to_the_sentence(ask):
    page = ask("catalogus")
    (marked,) = page.locator(f"{FIRST} mark").all_inner_texts()
    assert marked == "catalogus"
    assert page.locator(f"{FIRST} h3").inner_text() == "De bibliotheek krijgt een lager cijfer dan het loket"
    page.locator(f"{FIRST} li a").click()
    page.wait_for_url("**/lenen.html*")
    box = page.locator("main p", has_text="De catalogus steeg").bounding_box()
    assert 0 <= box["y"] < page.viewport_size["height"]


@pytest.mark.parametrize(("folder", "typed", "other"), [("", "biblioteek", "nl"), ("en", "libary", "en")])
def test_a_slip_of_the_hand_is_told_and_what_was_meant_is_shown(ask, folder, typed, other):
    page = ask(typed, folder)
    assert typed in page.locator("#search-status").inner_text()
    assert page.locator(f"{FIRST} mark").count() > 0
    assert page.title().startswith(f"{typed} – ")


def test_a_word_that_is_nowhere_has_offers_that_can_be_followed(ask):
    page = ask("leesapparaat")
    assert page.locator("#search-results li").count() == 0
    page.locator("#search-status a").first.click()
    page.locator("#search-results mark").first.wait_for()
    assert page.locator("#search-status").get_attribute("role") == "status"


def test_each_language_finds_its_own_pages_and_leads_to_the_other_search(site, ask):
    page = ask("loket")
    hrefs = page.locator("#search-results a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    assert hrefs
    assert not [href for href in hrefs if href.startswith(("en/", "../"))]
    page.locator("a.language").click()
    page.wait_for_url("**/en/search.html")
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_header_of_the_search_page_is_that_of_every_page(site, ask):
    page = ask("loket")
    header = page.locator("header").inner_html()
    page.goto((site / "lenen.html").as_uri())
    assert page.locator("header").inner_html().count('role="search"') == header.count('role="search"') == 1
    assert page.locator("header .language").count() == 1


def test_nothing_is_stored_and_nothing_asked_of_another_place(ask):
    page = ask("loket")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


class Asking(reader.Reader):
    """A reader of the search page that has found something."""

    def open(self, name):
        super().open(name)
        self.page.goto(f"{(self.site / 'search.html').as_uri()}?q=loket")
        self.page.evaluate(reader.SCRIPT)
        self.page.evaluate("reader.open()")


def test_what_is_found_is_read_by_all_who_read_a_page(site, browser):
    asking = Asking(browser, site)
    asking.open("search")
    looks = {name: look for name, look in reader.CHECKS.items() if name in ("language", "keyboard", "axe", "reflow")}
    found = {name: look(asking) for name, look in looks.items()}
    assert {name: of.faults for name, of in found.items() if of.faults} == {}
    assert min(of.seen for of in found.values()) > 20
    asking.context.close()
