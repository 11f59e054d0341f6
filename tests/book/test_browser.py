"""What a reader gets: what a visit costs, what a page may do, where its links lead, and how search works."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import framed
import pytest
from sweeps import often

import book
from wavebook.figures import load
from wavebook.pages import accessibility

pytestmark = pytest.mark.browser

PAGES = accessibility.site_pages(book.ROOT, ("nl", "en"))
DUTCH = [name for name in PAGES if not name.startswith("en/")]

# Words of Sphinx, docutils, myst-nb and of this library's own English, as whole words in a Dutch page.
ENGLISH_WORDS = (
    "Search|Searching|Next|Previous|Contents|Table of|Navigation|Skip to|Toggle|Menu toggle|Home|Permalink|Link to|"
    "Note|Warning|Tip|Important|See also|Figure|Source|Show|Hide|Copy|Copyright|Created using|Built with|Last updated|"
    "Back to top|On this page|Download source|View page|Edit on|Index|predicate|outcome|holds|fails|untestable|"
    "Theme|Light mode|Dark mode|Bibliography|Footnotes|Quick|Go|Page|Chart|Data|Table|Download as|respondents"
)


# --- what a first visit costs -----------------------------------------------------------------------------

COUNT_SHIFTS = """
    window.shift = 0;
    new PerformanceObserver((list) => { for (const e of list.getEntries()) window.shift += e.value; })
        .observe({type: "layout-shift", buffered: true});
"""


@dataclass
class Cost:
    """What the first view of a page takes: requests, bytes over the line, and how far the page jumped."""

    addresses: list[str]
    transferred: int
    shift: float


@pytest.fixture(scope="session")
def newcomer(browser):
    """A tab that has never been anywhere: what it asks for, and how much of that came over the line."""
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.add_init_script(COUNT_SHIFTS)
    tools, addresses, sizes = context.new_cdp_session(page), [], []
    tools.on("Network.requestWillBeSent", lambda event: addresses.append(event["request"]["url"]))
    tools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    tools.send("Network.enable")
    tools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield page, addresses, sizes
    context.close()


ONE_OF_EACH_KIND = [
    *("index", "puberteit", "verantwoording", "data", "search"),
    *("notebooks/puberteit", "charts/rapportcijfers", "en/een-overheid", "en/search"),
]


@pytest.fixture(scope="module", params=often(PAGES, *ONE_OF_EACH_KIND))
def cost(request, served, newcomer):
    page, addresses, sizes = newcomer
    page.goto("about:blank")
    addresses.clear(), sizes.clear()
    page.goto(f"{served}/{request.param}.html")
    page.mouse.wheel(0, 20_000)
    page.wait_for_timeout(50)
    return served, Cost([*addresses], int(sum(sizes)), page.evaluate("window.shift"))


def test_a_first_view_takes_at_most_100_kb_in_8_requests_to_the_site_itself(cost):
    served, seen = cost
    assert 5_000 < seen.transferred <= 100_000
    assert len(seen.addresses) <= 8
    assert [address for address in seen.addresses if not address.startswith(served)] == []


def test_nothing_jumps_while_a_page_loads(cost):
    assert cost[1].shift == 0


@pytest.mark.parametrize("name", PAGES)
def test_every_asset_that_a_page_links_is_one_that_it_needs(site, name):
    html = (site / f"{name}.html").read_text(encoding="utf-8")
    assert ("notebook.css" in html) == ('class="highlight' in html or "cell docutils" in html)
    assert ("wavebook.js" in html) == (" popover id=" in html)
    assert ("explore.js" in html) == ('class="explore"' in html)
    assert not re.search(r'<script src="[^"]*charts/', html)
    assert ("searchindex.js" in html) == name.endswith("search")


# --- the policy that pages carry --------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_page_forbids_inline_script_and_foreign_sources(site, name):
    html = (site / f"{name}.html").read_text(encoding="utf-8")
    head = html[: html.index("<title>")]
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', head)[1]
    allowed = {part.split()[0]: part.split()[1:] for part in policy.split("; ")}
    assert allowed["default-src"] == ["'none'"]
    assert all(sources in (["'self'"], ["'none'"]) for sources in allowed.values())
    assert {"style-src", "form-action", "base-uri"} <= allowed.keys()
    assert ("script-src" in allowed) == ("charts/" not in name)  # the page of a chart has none: the default holds


@pytest.mark.parametrize("where", ["disk", "server"])
def test_an_inline_script_in_a_page_does_not_run(site, served, browser, tmp_path, where):
    context = browser.new_context()
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    html = (site / "puberteit.html").read_text(encoding="utf-8")
    hostile = html.replace(
        "</h1>", "</h1><script>document.title = 'ran'</script><img src=x onerror=\"document.title='ran'\">"
    )
    address = (site if where == "disk" else tmp_path).joinpath("puberteit.html").as_uri()
    address = f"{served}/puberteit.html" if where == "server" else address
    page.route(address, lambda route: route.fulfill(body=hostile, content_type="text/html"))
    page.goto(address)
    page.wait_for_timeout(100)
    assert page.title() != "ran"
    assert any("Content Security Policy" in line for line in said)
    context.close()


# --- without script ---------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def scriptless(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", ["een-overheid", "meer-digitaal"])
def test_all_that_is_behind_a_chart_opens_without_script(site, scriptless, name):
    scriptless.goto((site / f"{name}.html").as_uri())
    held = {".chart-about": ".note", ".chart-data": "table", ".chart-files": "a", ".chart-share": ".chart-cite"}
    for details, content in held.items():
        opened = scriptless.locator(f"figure.chart {details}").first
        inside = opened.locator(content).first
        assert not inside.is_visible()
        opened.locator("summary").focus()
        scriptless.keyboard.press("Enter")
        assert inside.is_visible()


def test_a_link_to_a_number_leads_to_its_row_without_script(site, scriptless):
    scriptless.goto((site / "index.html").as_uri())
    scriptless.locator('a.figure-value[href$="#grade-chain-2014"]').first.click()
    assert scriptless.url.endswith("/data.html#grade-chain-2014")
    assert "6,9" in scriptless.locator("#grade-chain-2014").inner_text()


# --- what the files themselves say ------------------------------------------------------------------------


class Document(HTMLParser):
    """A page's links, ids, live numbers, language, and the words a reader or screen reader meets outside code."""

    SILENT = ("script", "style", "pre", "code", "noscript")

    def __init__(self):
        super().__init__()
        self.ids, self.links, self.numbers, self.words = set(), [], [], []
        self.rows: dict[str, str] = {}
        self.language = ""
        self._silent, self._row, self._number = 0, None, None

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "html":
            self.language = found.get("lang", "")
        if found.get("id"):
            self.ids.add(found["id"])
        self.links += [found[a] for a in ("href", "src") if found.get(a)]
        self.words += [found[a] for a in ("title", "aria-label", "alt", "placeholder") if found.get(a)]
        if tag in self.SILENT:
            self._silent += 1
        if tag == "tr":
            self._row = found.get("id")
            self.rows[self._row] = ""
        if tag == "a" and "figure-value" in (found.get("class") or "").split():
            self._number = [found.get("href", ""), ""]

    def handle_endtag(self, tag):
        if tag in self.SILENT:
            self._silent -= 1
        if tag == "tr":
            self._row = None
        if tag == "a" and self._number:
            self.numbers.append(tuple(self._number))
            self._number = None

    def handle_data(self, text):
        if self._row:
            self.rows[self._row] += text
        if self._number:
            self._number[1] += text
        if not self._silent:
            self.words.append(text)


@cache
def read(path: Path) -> Document:
    document = Document()
    document.feed(path.read_text(encoding="utf-8"))
    return document


@pytest.mark.parametrize("name", PAGES)
def test_every_internal_link_and_fragment_leads_somewhere(site, name):
    page = site / f"{name}.html"
    dead = []
    for link in read(page).links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        if not target.is_file() or (
            parts.fragment and target.suffix == ".html" and unquote(parts.fragment) not in read(target).ids
        ):
            dead.append(link)
    assert dead == []


def in_digits(spoken):
    """Round millions as a table has them: 1.400.000 for 1,4 miljoen, 1,400,000 for 1.4 million."""
    mark = "," if "million" in spoken[0] else "."
    return f"{spoken[1]}{mark}{spoken[2] or 0}00{mark}000"


@pytest.mark.parametrize("name", [n for n in PAGES if not n.endswith(("search", "404"))])
def test_every_live_number_links_to_the_row_that_holds_it(site, name):
    page = site / f"{name}.html"
    wrong = []
    for link, shown in read(page).numbers:
        path, _, fragment = link.partition("#")
        row = read((page.parent / path).resolve() if path else page).rows.get(fragment)
        shown = re.sub(r"^(\d)(?:[.,](\d))? mil\w+", in_digits, shown)
        digits = re.match(r"[\d.,]*\d", shown)
        difference = "punt" in shown or "point" in shown  # a change links to its last figure
        if row is None or (digits and not difference and digits[0] not in row):
            wrong.append((link, shown, row))
    assert wrong == []


@pytest.mark.parametrize("name", [name for name in PAGES if name.removeprefix("en/") in book.PAGES])
def test_a_page_shows_each_of_its_charts(site, name):
    source = (book.ROOT / "book" / f"{name}.md").read_text(encoding="utf-8")
    assert (site / f"{name}.html").read_text(encoding="utf-8").count('<figure class="chart"') == source.count("{chart}")


@pytest.mark.parametrize("name", [*book.PAGES, "verantwoording"])
def test_a_page_with_numbers_has_them_live(site, name):
    source = (book.ROOT / "book" / f"{name}.md").read_text(encoding="utf-8")
    typed = len(re.findall(r"\{(?:value|number|word|n|change|fact)\}`", source))
    html = (site / f"{name}.html").read_text(encoding="utf-8")
    proofs = "".join(re.findall(r'<ul class="proofs.*?</section>', html, re.DOTALL))  # whose numbers nobody types
    assert len(read(site / f"{name}.html").numbers) - proofs.count("figure-value") == typed


def test_no_two_pages_of_an_edition_have_the_same_title(site):
    for pages in (DUTCH, [name for name in PAGES if name not in DUTCH]):
        html = [(site / f"{name}.html").read_text(encoding="utf-8") for name in pages]
        titles = [re.search(r"<title>(.*?)</title>", text)[1] for text in html]
        assert [title for title in titles if titles.count(title) > 1] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_declares_its_language(site, name):
    assert read(site / f"{name}.html").language == ("en" if name.startswith("en/") else "nl")


@pytest.mark.parametrize("name", DUTCH)
def test_a_dutch_page_has_no_english_of_the_machinery(site, name):
    words = " · ".join(read(site / f"{name}.html").words)
    assert re.findall(rf"(?<![\w’'-])(?:{ENGLISH_WORDS})(?![\w’'-])", words) == []


def test_a_finding_with_a_series_has_it_drawn_for_eyes_alone(site, scriptless):
    scriptless.goto((site / "index.html").as_uri())
    drawn = scriptless.locator(".findings li svg.spark")
    assert drawn.count() == 3
    for line in drawn.all():
        assert line.get_attribute("aria-hidden") == "true"
        assert line.bounding_box()["width"] > 80
    since = [key for key in load(book.ROOT).select("grade_chain", waves="all").keys if int(key.wave) >= 2014]
    # none across the break; after it a line where there are two waves
    assert drawn.first.locator("path").count() == 3 + (len(since) > 1)
    assert drawn.nth(1).locator("path[stroke-dasharray]").count() == 1  # through the waves that nobody knows


@pytest.mark.parametrize("name", ["een-overheid", "en/een-overheid"])
def test_a_chart_says_how_it_is_cited(site, scriptless, name):
    scriptless.goto((site / f"{name}.html").as_uri())
    shared = scriptless.locator("#fig-rapportcijfers .chart-share")
    shared.locator("summary").click()
    said = shared.locator(".chart-cite").inner_text()
    caption = scriptless.locator("#fig-rapportcijfers .caption-text").inner_text().removesuffix("✓").rstrip(".")
    assert f"‘{caption}’" in said
    assert "een-overheid.html#fig-rapportcijfers" in said
    assert "(2026)" in said
    assert "figuur 2.1" in said


@pytest.mark.parametrize("language", ["", "en"])
def test_of_a_figure_on_a_phone_at_least_65_percent_is_picture_and_message(site, browser, language):
    found = framed.shares(browser, [site / language / f"{name}.html" for name in book.PAGES])
    assert len(found) >= 7
    assert {name: share for name, share in found.items() if share < 0.65} == {}


def test_paper_has_source_and_notes_of_a_chart_and_nothing_to_press(site, scriptless):
    scriptless.goto((site / "een-overheid.html").as_uri())
    scriptless.emulate_media(media="print")
    kit = scriptless.locator("#fig-rapportcijfers .chart-kit")
    try:
        assert all(part.is_visible() for part in kit.locator(".source, .note, table").all())
        pressed = kit.locator("summary, .explore, .chart-files *, .chart-share *")
        assert not any(part.is_visible() for part in pressed.all())
    finally:
        scriptless.emulate_media(media="screen")


# --- keyboard and search ----------------------------------------------------------------------------------


@pytest.fixture
def reader(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", ["een-overheid", "en/search"])
def test_the_first_stop_of_the_keyboard_leads_to_the_text(site, reader, name):
    reader.goto((site / f"{name}.html").as_uri())
    reader.keyboard.press("Tab")
    assert reader.locator(":focus").bounding_box()["y"] >= 0
    reader.keyboard.press("Enter")
    assert reader.evaluate("document.activeElement.tagName") == "MAIN"


SEARCHED = [
    ("puberteit", "gemeente", "Meer digitaal"),
    ("index", "klacht", "Eén overheid"),  # the page says klachten
    ("en/index", "complaint", "One government"),  # and this one complaints
]


@pytest.mark.parametrize(("name", "typed", "page"), often(SEARCHED, SEARCHED[-1]))
def test_search_from_disk_finds_a_page_by_keyboard_alone(site, reader, name, typed, page):
    said = []
    reader.on("console", lambda message: said.append(message.text))
    reader.on("pageerror", lambda error: said.append(str(error)))
    reader.goto((site / f"{name}.html").as_uri())
    press_until(reader, "document.activeElement.matches('input[type=search]')")
    reader.keyboard.type(typed)
    reader.keyboard.press("Enter")
    reader.locator("#search-results a", has_text=page).first.wait_for(timeout=5000)
    assert f"/search.html?q={typed}" in reader.url
    press_until(
        reader,
        f"document.activeElement.matches('#search-results a') && document.activeElement.textContent === '{page}'",
    )
    reader.keyboard.press("Enter")
    reader.wait_for_function("!location.pathname.endsWith('/search.html')")
    assert reader.locator("h1").inner_text().startswith(page)
    assert said == []


def press_until(page, condition: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(condition):
            return
    raise AssertionError(f"the keyboard does not reach {condition}")


def test_search_says_when_it_finds_nothing(site, reader):
    reader.goto((site / "search.html").as_uri() + "?q=xyzzyplugh")
    reader.get_by_text("‘xyzzyplugh’ staat niet in deze publicatie.").wait_for(timeout=5000)
    assert reader.locator("#search-status").get_attribute("role") == "status"
    assert reader.locator("#search-results *").count() == 1  # an empty list


def test_the_search_page_says_why_it_needs_script(site, scriptless):
    scriptless.goto((site / "search.html").as_uri())
    assert "Zoeken werkt alleen met JavaScript" in scriptless.inner_text("main")


def test_on_a_phone_a_table_fits_or_says_that_it_scrolls(site, browser):
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page, seen = context.new_page(), 0
    for name in ("data", "verantwoording", "begrippen", "toegankelijkheid", "menselijker-contact"):
        page.goto((site / f"{name}.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        for told, wide, fades in page.evaluate(
            """[...document.querySelectorAll('.table-scroll')].map(box => [
                getComputedStyle(box, '::before').content,
                box.scrollWidth > box.clientWidth,
                getComputedStyle(box).maskImage,
            ])"""
        ):
            assert wide == ("schuif" in told.lower()) == ("gradient" in fades), (name, told, wide, fades)
            seen += wide
    context.close()
    assert seen > 5


CLIPPED = """() => {
  let seen = 0;
  const clipped = [];
  for (const cell of [...document.querySelectorAll("td, th")].filter((one) => one.checkVisibility())) {
    const range = document.createRange();
    range.selectNodeContents(cell);
    const text = range.getBoundingClientRect();
    let box = cell.parentElement;
    while (box.parentElement && getComputedStyle(box).overflowX === "visible") box = box.parentElement;
    const told = getComputedStyle(box, "::before").content !== "none" && getComputedStyle(box).maskImage !== "none";
    const edge = box.getBoundingClientRect();
    seen += 1;
    if ((text.right > edge.right + 1 || text.left < edge.left - 1) && !told) clipped.push(cell.textContent);
  }
  return [seen, clipped];
}"""


@pytest.mark.slow
def test_on_a_phone_no_cell_of_a_table_is_cut_unless_the_table_says_that_it_scrolls(site, browser):
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page, cells = context.new_page(), 0
    for name in (name for name in DUTCH if "<table" in (site / f"{name}.html").read_text(encoding="utf-8")):
        page.goto((site / f"{name}.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        seen, clipped = page.evaluate(CLIPPED)
        assert clipped == [], name
        cells += seen
    assert cells > 500
    page.goto((site / "data.html").as_uri())
    page.evaluate("document.querySelectorAll('.table-scroll').forEach((box) => { box.style.maskImage = 'none'; })")
    assert len(page.evaluate(CLIPPED)[1]) > 10  # without the fade
    context.close()


CUT = """() => {
  const cut = [];
  const titles = "h1, h2, h3, h4, .headline, .site-name a, summary, button";
  for (const title of [...document.querySelectorAll(titles)].filter((one) => one.checkVisibility())) {
    if (getComputedStyle(title).hyphens === "auto") cut.push(`${title.localName} is hyphenated`);
    const texts = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const word of texts.currentNode.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        const lines = [...range.getClientRects()].filter(({ width }) => width).map(({ top }) => Math.round(top));
        if (new Set(lines).size > 1) cut.push(word[0]);
      }
    }
  }
  return cut;
}"""


@pytest.mark.slow
def test_with_text_at_twice_its_size_no_word_of_a_title_is_cut_on_a_phone(site, browser):
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    for name in (name for name in [*DUTCH, "en/index", "en/verantwoording"] if "charts/" not in name):
        page.goto((site / f"{name}.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.evaluate(CUT) == [], name
    page.evaluate("document.querySelector('h1').append(' Levensgebeurtenissenonderzoeksbureau')")
    assert page.evaluate(CUT) == ["Levensgebeurtenissenonderzoeksbureau"]
    context.close()
