"""The second book of the repository: published figures of another survey, by quarter, built and published."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import framed
import pytest

import book

EXAMPLE = book.ROOT / "examples" / "new-zealand"
# What the edition about the first quarter of 2021 did not have yet.
NOT_YET = {
    "book/work.md": [
        r"## Jobs\n.*?\n(?=## Pay)",
        r"\nIn \{wave\}`2021Q2` women earned.*?\n\n?$",
        r"reviewed: 2021Q2",
    ],
    "notebooks/work.ipynb": [r'    "        \\"jobs-fell\\": [^\n]*\n'],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> book.Run:
    root = shutil.copytree(
        EXAMPLE, tmp_path_factory.mktemp("example") / "book", ignore=shutil.ignore_patterns("_build")
    )
    return book.wavebook(root, "build", keep=root.parent / "site")


def test_it_builds_strictly(built):
    assert built.code == 0, built.err


def test_every_kind_of_figure_is_on_a_page_in_its_own_form(built):
    work, life = (re.sub(r"<[^>]+>", "", built.page(name)) for name in ("work", "life"))
    assert "NZ$26.37" in work  # an amount
    assert "omen, aged 15 to 24" in " ".join(work.split())  # a breakdown of two
    assert "7.8" in life  # a score from 0 to 10
    assert "Q3 2020" in work  # a quarter, on an axis


@pytest.mark.browser
def test_of_its_figures_on_a_phone_at_least_65_percent_is_picture_and_message(built, browser):
    found = framed.shares(browser, sorted(built.kept.glob("*.html")))
    assert len(found) == 4
    assert {name: share for name, share in found.items() if share < 0.65} == {}


def test_it_shares_no_word_with_the_other_book(built):
    for page in built.kept.glob("*.html"):
        assert 'lang="nl"' not in page.read_text("utf-8")


def test_every_figure_has_a_source_that_may_be_shown_again():
    licence = (EXAMPLE / "LICENCE.md").read_text("utf-8")
    assert "CC BY 4.0" in licence
    for table in (EXAMPLE / "data" / "figures").glob("*.csv"):
        for line in table.read_text("utf-8").splitlines()[1:]:
            assert re.search(r",published,\w+,.+$", line), line


@pytest.mark.slow
def test_two_waves_are_published_one_after_the_other(tmp_path):
    root = shutil.copytree(EXAMPLE, tmp_path / "book", ignore=shutil.ignore_patterns("_build"))
    for page in (root / "book").glob("*.md"):
        page.write_text(page.read_text("utf-8").replace("reviewed: 2021Q2", "reviewed: 2021Q1"), "utf-8")
    for name, patterns in NOT_YET.items():
        text = (root / name).read_text("utf-8")
        for pattern in patterns:
            text = re.sub(pattern, "", text, flags=re.DOTALL)
        (root / name).write_text(text, "utf-8")
    web = tmp_path / "web"
    first = book.wavebook(root, "publish", str(web), "--wave", "2021Q1")
    assert first.code == 0, first.err
    shutil.rmtree(root)
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns("_build"))
    second = book.wavebook(root, "publish", str(web))
    assert second.code == 0, second.err
    assert sorted(path.name for path in web.iterdir() if (path / "index.html").is_file()) == ["2021Q1", "2021Q2"]
    assert book.wavebook(root, "verify", str(web)).code == 0
    frozen = Path(web, "2021Q1", "index.html").read_text("utf-8")
    assert "Go to the newest edition" in frozen
