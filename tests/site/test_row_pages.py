"""A site with pages of figures: every row once, every link to one resolves, and only what changed is written again."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urldefrag, urljoin

import large
import lending
import pytest

import book
from wavebook.figures import load

ROW = re.compile(r'<tr id="([^"]+)">')
LINK = re.compile(r'href="([^"]+#[^"]+)"')


def pages(run):
    return {name: (run.kept / name).read_text(encoding="utf-8") for name in run.site if name.endswith(".html")}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The book with at most sixty rows on a page, and again after one town's figure changed."""

    def make(folder):
        root = large.make(folder, towns=30, indicators=3, rows=60)
        config = root / "_config.yml"
        config.write_text(
            config.read_text(encoding="utf-8") + f"html: {{baseurl: {lending.ADDRESS}}}\n", encoding="utf-8"
        )
        first = book.wavebook(root, "build", keep=root / "_build" / "first")
        path = root / "data" / "figures" / "2014.csv"
        text = path.read_text(encoding="utf-8")
        row = next(line for line in text.splitlines() if line.startswith("2014,i00,total,town,t00029,"))
        path.write_text(text.replace(row, row.replace("tabel 1", "tabel 2")), encoding="utf-8")
        return root, first, book.wavebook(root, "build", keep=root / "_build" / "second")

    return book.once(tmp_path_factory, "rows", make)


def test_every_row_of_the_table_is_on_one_page(built):
    root, run, _ = built
    assert (run.code, run.err) == (0, "")
    rows = [anchor for name, html in pages(run).items() for anchor in ROW.findall(html)]
    assert sorted(rows) == sorted(figure.key.anchor for figure in load(root))
    assert not ROW.findall(pages(run)["data.html"])


def test_every_link_to_a_place_on_a_page_finds_it(built):
    _, run, _ = built
    found = pages(run)
    links = {(name, link) for name, html in found.items() for link in LINK.findall(html)}
    assert {link for name, link in links if name == "index.html"} >= {
        "figures/i00.html#i00-2014",
        "figures/i00-town.html#i00-town-t00001-2014",
        "figures/choice.html#choice-yes-2014",
    }
    for name, link in links:
        page, anchor = urldefrag(urljoin(name, link))
        assert f'id="{anchor}"' in found[page], (name, link)


def test_a_page_has_no_more_rows_than_it_may_and_its_size_follows(built):
    _, run, _ = built
    for name, html in pages(run).items():
        assert len(ROW.findall(html)) <= 60, name
        assert len(gzip.compress(html.encode())) < 10_000, name


def test_only_pages_that_show_a_changed_figure_are_written_again(built):
    _, first, second = built
    assert second.code == 0, second.err
    changed = {name for name in pages(first) if first.site[name] != second.site[name]}
    assert changed == {"figures/i00-town-3.html"}


def test_search_engines_find_every_page(built):
    _, run, _ = built
    listed = re.findall(r"<loc>([^<]+)</loc>", (run.kept / "sitemap.xml").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(
        f"{lending.ADDRESS}{name}" for name in pages(run) if name not in ("404.html", "search.html")
    )


def test_a_site_without_such_pages_has_no_script_for_them(built):
    _, run, _ = built
    assert "_static/rows.js" in run.site
    assert {"figures/names.js"} == {name for name in run.site if name.startswith("figures/") and name[-5:] != ".html"}


@pytest.mark.browser
def test_an_address_of_a_row_in_an_earlier_small_table_leads_to_the_row(built, browser):
    from playwright.sync_api import expect

    _, run, _ = built
    site = run.kept.resolve().as_uri()
    wanted = {
        "i00-2012": "figures/i00.html",  # it has an entry in the index
        "i01-town-t00000-2010": "figures/i01-town.html",
        "i02-town-t00029-2014": "figures/i02-town-3.html",
        "choice-maybe-2013": "figures/choice.html",
    }
    page = browser.new_page()
    for anchor, name in wanted.items():
        page.goto(f"{site}/data.html#{anchor}")
        page.wait_for_url(f"{site}/{name}#{anchor}")
        assert page.locator(f"[id='{anchor}']").count() == 1
        page.goto("about:blank")
    page.goto(f"{site}/data.html#i01")
    page.fill("#row-search input", "i01 stad 7")
    expect(page.locator(".row-index li li:not([hidden])")).to_have_text(["stad: Stad 0 – Stad 11"])
    expect(page.locator("#rows-found")).to_have_text("Gevonden pagina’s: 1")
    page.close()
