"""The charts of the gallery in a book: each form as readers meet it, by keyboard, on a phone and in the dark."""

from __future__ import annotations

import re
import shutil

import pytest
from leaf import put_notebook
from plain import built

from book import ROOT
from wavebook.publish.reader import CHECKS, Reader

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LOADED = "figures = load(wave=wave, baseline=baseline, language=language)"
PAGE = (ROOT / "docs" / "gallery.md").read_text("utf-8")
CELLS = [cell.strip() for cell in re.findall(r"```\{code-cell\} python\n(.*?)```", PAGE, re.DOTALL)]
NAMES = [name for cell in CELLS for name in re.findall(r'^charts\.\w+\(\s*"([\w-]+)"', cell, re.MULTILINE)]


@pytest.fixture(scope="module")
def read(tmp_path_factory, browser):
    """What every check finds on the page with all charts, by check; and its HTML."""
    root = tmp_path_factory.mktemp("gallery") / "book"
    shutil.copytree(ROOT / "docs" / "gallery", root)
    (root / "_toc.yml").write_text("format: jb-book\nroot: index\n", "utf-8")
    put_notebook(root, CELLS[0].replace('figures = load("gallery")', LOADED), *CELLS[1:])
    shown = "".join(f":::{{chart}} {name}\nThe chart called {name.replace('-', ' ')}.\n:::\n\n" for name in NAMES)
    top, sources = (
        "---\nreviewed: 2024\n---\n\n# Gallery\n\n{cite:p}`madeup`\n\n",
        "## Sources\n\n```{bibliography}\n```\n",
    )
    (root / "book").mkdir()
    (root / "book" / "index.md").write_text(f"{top}{shown}{sources}", "utf-8")
    built(root)
    site = root / "_build" / "html"
    return Reader(browser, site).read("index"), (site / "index.html").read_text("utf-8")


def test_every_chart_of_the_gallery_is_on_the_page(read):
    assert len(NAMES) > 20
    assert re.findall(r'<figure class="chart[^"]*" id="fig-([\w-]+)"', read[1]) == NAMES


@pytest.mark.parametrize("check", CHECKS)
def test_the_page_passes(read, check):
    found = read[0][check]
    assert found.faults == []
    assert found.seen


def test_each_chart_has_a_name_a_description_and_a_table(read):
    figures = re.findall(r"<figure.*?</figure>", read[1], re.DOTALL)
    assert len(figures) == len(NAMES)
    for figure in figures:
        assert figure.count("<title ") == figure.count("<desc ") == 2
        assert "<table" in figure
