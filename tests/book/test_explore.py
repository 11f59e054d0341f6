"""Charts that readers of the book explore: nothing is loaded before, and pointer, touch and keyboard show the same."""

from __future__ import annotations

import gzip
import re
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page
from sweeps import often

import book

pytestmark = pytest.mark.browser

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
SHOWN = ".told > .shown"
EXPLORED = "svg[role=application]"
MARKS = ".spots [aria-label]"


@dataclass
class Reader:
    """A page in a browser, with what it asked for and all that it said in the console."""

    page: Page
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def explore(self, name: str, *, key: str = "Enter") -> Locator:
        """Press the button under a chart by keyboard; gives the figure once its first point has the focus."""
        figure = self.page.locator(f"#fig-{name}")
        figure.locator(".explore").focus()
        self.page.keyboard.press(key)
        figure.locator(f"{MARKS}:focus").wait_for(timeout=10_000, state="attached")
        return figure


@contextmanager
def reading(browser, address: str, viewport: dict = WIDE, **settings):
    context = browser.new_context(viewport=viewport, **settings)
    page = context.new_page()
    reader = Reader(page)
    page.on("request", lambda request: reader.requests.append(request.url))
    page.on("requestfailed", lambda request: reader.said.append(f"failed: {request.url}"))
    page.on("console", lambda message: reader.said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: reader.said.append(str(error)))
    page.goto(address)
    try:
        yield reader
    finally:
        context.close()
    assert reader.said == []  # where the policy stops anything, the console says so


@pytest.fixture
def grades(site, browser):
    """The page with both line charts."""
    with reading(browser, (site / "een-overheid.html").as_uri()) as reader:
        yield reader


# --- what is loaded, and when -----------------------------------------------------------------------------


@pytest.mark.parametrize("where", often(["disk", "server"], "disk"))
def test_nothing_is_loaded_to_explore_but_a_script_of_a_few_kb_with_the_page(site, served, browser, where):
    root = f"{served}/" if where == "server" else f"{site.as_uri()}/"
    with reading(browser, f"{root}een-overheid.html") as reader:
        before = [url for url in reader.requests if "favicon" not in url]
        for name in ("rapportcijfers", "tevreden-ontevreden"):
            reader.explore(name)
        assert reader.page.locator(EXPLORED).count() == 4
        assert [url for url in reader.requests if "favicon" not in url] == before
        assert [url for url in before if re.search(r"explore|/charts/", url)] == [f"{root}_static/explore.js"]
    assert len(gzip.compress((site / "_static/explore.js").read_bytes())) < 4000


def test_without_script_there_is_no_button(site, browser):
    with reading(browser, (site / "een-overheid.html").as_uri(), java_script_enabled=False) as reader:
        assert reader.page.locator(".explore").count() == 2
        assert not any(button.is_visible() for button in reader.page.locator(".explore").all())


# --- what is shown ----------------------------------------------------------------------------------------


def table_of(figure: Locator) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the table under a chart."""
    cells = "rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent))"
    head, *rows = figure.locator(".chart-data tr").evaluate_all(cells)
    return head, rows


def lines(head, rows):
    return [f"{series}, {row[0]}: {row[i]}" for i, series in enumerate(head[1:], 1) for row in rows if row[i] != "–"]


def bars(head, rows):
    groups = [(heading, i) for i, heading in enumerate(head[1:], 1)]
    return sorted(f"{row[0]}. {heading}: {row[i]}" for heading, i in groups for row in rows if row[i] != "–")


def change(head, rows):
    first, last = head[1:3]
    word = {"Verschil": "verschil met", "Difference": "difference from"}[head[3]]
    told = [(f"{r[0]}, {first}: {r[1]}", f"{r[0]}, {last}: {r[2]}; {word} {first}: {r[3]}") for r in rows]
    return [text for pair in told for text in pair]


CHARTS = [
    ("een-overheid", "rapportcijfers", lines, WIDE),
    ("een-overheid", "tevreden-ontevreden", lines, NARROW),
    ("menselijker-contact", "aspecten", bars, NARROW),
    ("meer-digitaal", "kanalen", bars, WIDE),
    ("puberteit", "overzicht", change, WIDE),
    ("en/een-overheid", "rapportcijfers", lines, NARROW),
    ("en/puberteit", "overzicht", change, NARROW),
]


@pytest.mark.parametrize(("name", "chart", "form", "viewport"), often(CHARTS, CHARTS[6]))
def test_pointer_and_keyboard_show_what_the_table_says(site, browser, name, chart, form, viewport):
    with reading(browser, (site / f"{name}.html").as_uri(), viewport) as reader:
        picture = reader.page.locator(f"#fig-{chart} [role=img]").filter(visible=True).bounding_box()
        figure = reader.explore(chart)
        drawn = figure.locator(EXPLORED).filter(visible=True).bounding_box()
        assert [drawn[k] for k in ("width", "height")] == [picture[k] for k in ("width", "height")]
        expected = form(*table_of(figure))
        by_keyboard, announced = [], []
        for _ in expected:
            by_keyboard.append(figure.locator(SHOWN).inner_text())
            announced.append(reader.page.locator(":focus").get_attribute("aria-label"))
            reader.page.keyboard.press("ArrowRight")
        by_pointer = []
        for mark in figure.locator(MARKS).filter(visible=True).all():
            mark.hover()
            by_pointer.append(figure.locator(SHOWN).inner_text())
        assert by_pointer == by_keyboard == announced
        assert (sorted(by_keyboard) if form is bars else by_keyboard) == expected
        assert reader.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_bars_are_walked_from_top_to_bottom_and_none_hides_behind_what_is_told(site, browser):
    with reading(browser, (site / "menselijker-contact.html").as_uri(), {"width": 320, "height": 400}) as reader:
        figure, tops = reader.explore("aspecten"), []
        for _ in range(10):
            mark, told = reader.page.locator(":focus").bounding_box(), figure.locator(".told").bounding_box()
            assert 0 <= mark["y"] < mark["y"] + mark["height"] <= told["y"] < told["y"] + told["height"] <= 401
            tops.append(mark["y"] + reader.page.evaluate("scrollY"))
            reader.page.keyboard.press("ArrowDown")
        assert tops == sorted(set(tops))
        assert figure.locator(MARKS).filter(visible=True).count() == 10


def test_keys_lead_along_a_series_to_the_other_series_and_to_both_ends(grades):
    figure = grades.explore("rapportcijfers")
    walked = []
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp", "End", "ArrowRight", "Home", "ArrowLeft"):
        grades.page.keyboard.press(key)
        walked.append(figure.locator(SHOWN).inner_text().partition(":")[0])
    one, other = "Keten", "Afzonderlijke organisatie"
    expected = [
        (one, "2009"),
        (other, "2009"),
        (other, "2009"),
        (one, "2009"),
        (other, "2014"),
        (other, "2014"),
        (one, "2008"),
    ]
    assert walked == [f"{series}, {year}" for series, year in (*expected, (one, "2008"))]


@pytest.mark.slow
def test_the_point_that_shows_has_a_ring_and_a_value_and_other_series_recede(grades):
    figure = grades.explore("rapportcijfers")
    for _ in range(2):
        grades.page.keyboard.press("ArrowRight")
    drawn = figure.locator(".chart-wide svg")
    marks = [drawn.locator(f"[data-of='{number}']") for number in (0, 1)]
    ring = drawn.locator(".ring")
    dot = drawn.locator("[data-of='0'] path[transform], path[data-of='0'][transform]").nth(2)
    assert ring.count() == 1
    inner, outer = dot.bounding_box(), ring.bounding_box()
    assert outer["x"] < inner["x"] < inner["x"] + inner["width"] < outer["x"] + outer["width"]
    assert outer["y"] < inner["y"] < inner["y"] + inner["height"] < outer["y"] + outer["height"]
    assert drawn.locator(".spots text").all_text_contents() == ["6,7"]
    grades.page.wait_for_timeout(200)
    own, other = (m.evaluate_all("all => all.map((mark) => Number(getComputedStyle(mark).opacity))") for m in marks)
    assert min(own) == 1
    assert max(other) < 0.5
    grades.page.keyboard.press("Tab")
    assert figure.locator(SHOWN).inner_text().startswith("Wijs een cijfer aan")
    assert ring.count() == 0


def test_a_finger_shows_the_same(site, browser):
    with reading(browser, (site / "een-overheid.html").as_uri(), NARROW, has_touch=True, is_mobile=True) as reader:
        figure = reader.page.locator("#fig-rapportcijfers")
        figure.locator(".explore").tap()
        figure.locator(SHOWN).get_by_text("Tik een cijfer aan").wait_for()
        figure.locator(f'{MARKS}[aria-label^="Keten, 2013"]').filter(visible=True).tap()
        assert figure.locator(SHOWN).inner_text() == "Keten, 2013: 6,8"


@pytest.mark.slow
def test_what_is_shown_stays_while_the_pointer_moves_to_it(grades):
    figure = grades.explore("rapportcijfers")
    last = figure.locator(MARKS).filter(visible=True).nth(4)
    last.hover()
    figure.locator("figcaption").hover()
    assert figure.locator(SHOWN).inner_text() == "Keten, 2014: 6,9"
    grades.page.locator("h1").hover()
    assert figure.locator(SHOWN).inner_text() == "Keten, 2008: 6,7"  # which has the focus


# --- in and out -------------------------------------------------------------------------------------------


def test_escape_and_a_second_press_give_the_static_picture_back(grades):
    figure = grades.page.locator("#fig-rapportcijfers")
    button, picture = figure.locator(".explore"), figure.get_by_role("img", name="De keten zakte")
    assert picture.is_visible()
    for leave in ("Escape", "second press"):
        grades.explore("rapportcijfers", key="Space")
        assert button.inner_text() == "Klaar"
        assert not picture.is_visible()
        if leave == "Escape":
            grades.page.keyboard.press("Escape")
            assert button.evaluate("button => button === document.activeElement")
        else:
            button.click()
        assert button.inner_text() == "Verken"
        assert picture.is_visible()
        assert figure.locator(f"{EXPLORED}, .spots, .told, .receding, svg > g[aria-hidden]").count() == 0
    button.click()
    figure.locator(SHOWN).wait_for()
    picture_of_it = figure.locator(MARKS).filter(visible=True).first
    picture_of_it.hover()
    button.evaluate("button => button.blur()")
    grades.page.keyboard.press("Escape")  # nothing has the focus: the pointer tells which
    assert picture.is_visible()


@pytest.mark.slow
def test_a_double_press_opens_a_chart_once(grades):
    figure = grades.page.locator("#fig-rapportcijfers")
    figure.locator(".explore").dblclick()
    figure.locator(SHOWN).wait_for()
    assert figure.locator(".told").count() == 1
    assert figure.locator(EXPLORED).count() == 2


def test_a_chart_is_one_stop_for_tab_and_no_trap(grades):
    figure = grades.explore("rapportcijfers")
    grades.page.keyboard.press("ArrowRight")
    grades.page.keyboard.press("Tab")
    assert grades.page.locator(":focus").evaluate("e => Boolean(e.closest('.chart-kit'))")
    grades.page.keyboard.press("Shift+Tab")
    assert grades.page.locator(":focus").get_attribute("aria-label") == "Keten, 2009: 6,6"
    grades.page.keyboard.press("Shift+Tab")  # to what is above the picture
    assert not grades.page.locator(":focus").evaluate("e => Boolean(e.closest('.chart-area, svg'))")
    assert figure.locator(f"{MARKS}[tabindex='0']").filter(visible=True).count() == 1


@pytest.mark.parametrize(
    ("name", "scheme", "viewport"),
    often(
        [("een-overheid", "light", NARROW), ("meer-digitaal", "dark", WIDE), ("en/puberteit", "dark", NARROW)],
        ("en/puberteit", "dark", NARROW),
    ),
)
def test_axe_finds_nothing_wrong_with_a_chart_that_is_explored(site, browser, name, scheme, viewport):
    from axe_playwright_python.sync_playwright import Axe

    with reading(browser, (site / f"{name}.html").as_uri(), viewport, color_scheme=scheme) as reader:
        for button in reader.page.locator(".explore").all():
            reader.explore(button.evaluate("button => button.closest('figure').id").removeprefix("fig-"))
        found = Axe().run(reader.page, options={"preload": False}).response["violations"]
        assert [(v["id"], node["html"][:100]) for v in found for node in v["nodes"]] == []


def test_a_screen_reader_meets_the_points_and_no_english_of_the_machinery(grades):
    figure = grades.explore("rapportcijfers")
    chart, *points = [line.strip(" -':") for line in figure.locator(".chart-wide").aria_snapshot().splitlines()]
    assert chart == f'application "{figure.locator(".caption-text").inner_text().removesuffix("✓")}"'
    assert points[:2] == ['img "Keten, 2008: 6,7"', 'img "Keten, 2009: 6,6"']
    assert len(points) == 10
    roles = figure.locator("[aria-roledescription]")
    assert set(roles.evaluate_all("all => all.map((e) => e.ariaRoleDescription)")) == {"grafiek om te verkennen"}


def test_paper_shows_the_static_picture(grades):
    figure = grades.explore("rapportcijfers")
    grades.page.emulate_media(media="print")
    assert figure.locator(".chart-wide > svg").is_visible()
    assert not any(part.is_visible() for part in figure.locator(".spots, .told").all())
    faded = "all => all.filter((mark) => getComputedStyle(mark).opacity !== '1').length"
    assert figure.locator("[data-of]").evaluate_all(faded) == 0


@pytest.mark.slow
def test_nothing_moves_for_readers_who_ask_for_that(site, browser):
    for motion, moves in (("no-preference", True), ("reduce", False)):
        with reading(browser, (site / "een-overheid.html").as_uri(), reduced_motion=motion) as reader:
            dot = reader.explore("rapportcijfers").locator("[data-of]").first
            assert (dot.evaluate("dot => getComputedStyle(dot).transitionDuration") != "0s") == moves


def test_charts_of_more_than_two_points_can_be_explored_and_no_others(site):
    offered = set()
    for name in (*book.PAGES, *(f"en/{page}" for page in book.PAGES)):
        html = (site / f"{name}.html").read_text(encoding="utf-8")
        for figure in re.findall(r'<figure class="chart" id="fig-(.*?)</figure>', html, re.DOTALL):
            values = len(re.findall("<td>(?!–)", figure))
            assert ('class="explore"' in figure) == (values > 2)
            offered.add((figure.partition('"')[0], values > 2))
    assert {("rapportcijfers", True), ("kanalen", True), ("mijnoverheid", False), ("gemeenten", False)} <= offered
