"""What explains a number or a term beside it: for pointer, keyboard, touch and screen reader, and without script."""

from __future__ import annotations

import re

import lending
import pytest

import book

pytestmark = pytest.mark.browser

SEVEN_ONE = 'main a.figure-value[href="data.html#mark-desk-2014"]'
PANEL = ".panel:popover-open"


@pytest.fixture(
    scope="module",
    params=[
        pytest.param({"width": 1280, "height": 800}, id="wide"),
        pytest.param({"width": 320, "height": 640}, id="narrow", marks=pytest.mark.slow),
    ],
)
def context(request, browser):
    context = browser.new_context(viewport=request.param)
    yield context
    context.close()


@pytest.fixture
def page(site, context):
    opened = context.new_page()
    opened.goto((site / "lenen.html").as_uri())
    yield opened
    opened.close()


def test_a_press_on_a_number_shows_where_it_comes_from(page):
    page.locator(SEVEN_ONE).first.click()
    said = page.locator(PANEL).inner_text()
    for part in ("Rapportcijfer van 1 tot 10", "2014: 7,1", "aantal niet bekend", "niet te berekenen", "figuur 2.1"):
        assert part in said
    assert page.url.endswith("lenen.html")


def test_what_a_panel_says_is_what_the_row_says_that_it_leads_to(page):
    page.locator(SEVEN_ONE).first.click()
    page.locator(PANEL).get_by_role("link").last.click()
    row = page.locator("#mark-desk-2014")
    assert page.url.endswith("data.html#mark-desk-2014")
    assert "7,1" in row.inner_text()
    assert "figuur 2.1" in row.inner_text()


def test_a_panel_lies_beside_its_number_within_the_screen(page):
    for number in page.locator("main a.figure-value").all():
        number.click()
        own, panel = number.bounding_box(), page.locator(PANEL).bounding_box()
        width, height = page.viewport_size["width"], page.viewport_size["height"]
        assert panel["x"] >= 0
        assert panel["x"] + panel["width"] <= width
        assert panel["y"] >= own["y"] + own["height"] - 1 or panel["y"] + panel["height"] <= own["y"] + 1
        assert panel["y"] < height
        page.keyboard.press("Escape")


def test_a_panel_gives_its_text_the_whole_width_when_text_is_twice_as_large(site, browser):
    context = browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    opened = context.new_page()
    opened.goto((site / "lenen.html").as_uri())
    opened.add_style_tag(content="html { font-size: 200%; }")
    for number in opened.locator("main a.figure-value").all():
        number.click()
        widths = opened.locator(f"{PANEL} dd").evaluate_all("all => all.map((dd) => dd.clientWidth)")
        assert min(widths) > 200
        assert opened.locator(PANEL).evaluate("panel => panel.scrollWidth <= panel.clientWidth")
        opened.keyboard.press("Escape")
    context.close()


@pytest.mark.parametrize("close", ["again", "Escape", "elsewhere"])
def test_a_panel_closes_by_another_press_by_escape_and_by_a_press_elsewhere(page, close):
    number = page.locator(SEVEN_ONE).first
    number.click()
    if close == "again":
        number.click()
    elif close == "Escape":
        page.keyboard.press("Escape")
    else:
        page.mouse.click(5, 5)
    assert page.locator(PANEL).count() == 0


def test_a_panel_shows_while_its_number_has_the_keyboards_focus(page):
    first = page.locator("main a.figure-value").first
    for _ in range(60):
        page.keyboard.press("Tab")
        if first.evaluate("element => element === document.activeElement"):
            break
    assert page.locator(PANEL).count() == 1
    page.keyboard.press("Escape")
    assert page.locator(PANEL).count() == 0
    assert first.evaluate("element => element === document.activeElement")
    page.keyboard.press("Tab")
    assert first.evaluate("element => element !== document.activeElement")


def test_enter_on_a_number_follows_the_link_to_its_row(page):
    page.locator(SEVEN_ONE).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/data.html#mark-desk-2014")


def test_a_number_is_described_to_a_screen_reader_in_a_dozen_words(page):
    page.locator(SEVEN_ONE).first.evaluate("element => element.id = 'sought'")
    tools = page.context.new_cdp_session(page)
    found = tools.send(
        "DOM.querySelector", {"nodeId": tools.send("DOM.getDocument")["root"]["nodeId"], "selector": "#sought"}
    )
    node = tools.send("Accessibility.getPartialAXTree", {"nodeId": found["nodeId"], "fetchRelatives": False})["nodes"][
        0
    ]
    assert node["role"]["value"] == "link"
    assert node["name"]["value"] == "7,1"
    said = node["description"]["value"]
    assert "2014" in said
    assert len(said.split()) <= 12


def test_the_source_in_a_panel_leads_to_where_it_can_be_read(page):
    page.locator(SEVEN_ONE).first.click()
    assert page.locator(f"{PANEL} dd a").first.get_attribute("href").startswith("https://")


def test_a_panel_leaves_the_text_of_its_number_in_sight(page):
    number = page.locator(SEVEN_ONE).first
    number.scroll_into_view_if_needed()
    number.click()
    text = number.evaluate("one => one.closest('p').getBoundingClientRect().toJSON()")
    panel = page.locator(PANEL).evaluate("one => one.getBoundingClientRect().toJSON()")
    assert panel["top"] >= text["bottom"] or panel["bottom"] <= text["top"]


def test_a_remark_leads_back_to_its_mark(page):
    mark = page.locator("main a.break-mark").first
    mark.click()
    page.locator(".remark a").first.click()
    assert page.url.endswith(f"#{mark.get_attribute('id')}")


def test_a_touch_shows_a_panel(site, browser):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    opened = context.new_page()
    opened.goto((site / "lenen.html").as_uri())
    opened.locator(SEVEN_ONE).first.tap()
    assert "2014: 7,1" in opened.locator(PANEL).inner_text()
    context.close()


def test_a_change_is_explained_by_both_of_its_figures(page):
    page.locator("main a.figure-value", has_text="0,4 punt").first.click()
    said = page.locator(PANEL).inner_text()
    assert "2008: 6,2" in said
    assert "2014: 6,6" in said


def test_a_dated_fact_is_explained_too(page, site):
    page.goto((site / "app.html").as_uri())
    page.locator('main a.figure-value[href="data.html#fact-branches-connected"]').first.click()
    said = page.locator(PANEL).inner_text()
    assert "augustus 2015" in said
    assert "De Vries" in said


def test_a_term_is_explained_where_a_page_first_says_it(page):
    terms = page.locator("main a.term")
    said = [text.lower() for text in terms.all_inner_texts()]
    assert said[0] == "loket"
    assert len(set(page.locator("main a.term").evaluate_all("all => all.map(a => a.href)"))) == len(said)
    terms.first.click()
    assert "de plek waar" in page.locator(PANEL).inner_text()
    page.locator(PANEL).get_by_role("link").click()
    assert page.url.endswith("begrippen.html#term-loket")
    assert "de plek waar" in page.locator("#term-loket").inner_text()


def test_no_term_is_marked_in_a_heading_a_caption_a_table_or_another_link(page):
    assert page.locator(":is(h1, h2, h3, figcaption, table, a a) a.term").count() == 0


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_axe_finds_nothing_wrong_with_an_open_panel(site, browser, scheme):
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
    opened = context.new_page()
    opened.goto((site / "lenen.html").as_uri())
    opened.locator(SEVEN_ONE).first.click()
    found = Axe().run(opened, context=PANEL, options={"preload": False}).response["violations"]
    assert [f"{v['id']}: {v['nodes'][0]['html'][:100]}" for v in found] == []
    context.close()


def test_a_panel_that_is_not_shown_takes_no_room_and_is_not_printed(page):
    assert not page.locator(".panel").first.is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".panel").first.is_visible()


@pytest.mark.slow
def test_a_change_in_the_glossary_reaches_the_pages_that_use_the_term(tmp_path_factory, tmp_path):
    root = lending.copy(tmp_path / "book", lending.fresh(tmp_path_factory))
    assert book.wavebook(root, "build").code == 0
    book.edit(root, "book/begrippen.md", "| loket | de plek waar", "| loket | de tafel waar")
    assert book.wavebook(root, "build").code == 0
    html = (root / "_build" / "html" / "lenen.html").read_text(encoding="utf-8")
    assert "Loket: de tafel waar" in html


def test_forms_of_an_unknown_term_are_named_with_their_line(tmp_path_factory, tmp_path):
    root = lending.copy(tmp_path / "book", lending.fresh(tmp_path_factory))
    book.edit(root, "book/begrippen.md", "  loket: loketten", "  ketting: kettingen")
    found = book.wavebook(root, "build").of("W415", "book/begrippen.md")
    assert re.search("'ketting'", found[0].text)
