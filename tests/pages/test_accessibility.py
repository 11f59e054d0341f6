"""What a book says of readers who need more than most, and the results of tests on its pages."""

from __future__ import annotations

import re
import shutil

import lending
import pytest

import book
from wavebook.core.problems import ProblemsError
from wavebook.definitions import load_definitions
from wavebook.language.words import LANGUAGES, words_in
from wavebook.pages import accessibility
from wavebook.publish import reader

DEVIATIONS = load_definitions(lending.SOURCE).deviations


@pytest.fixture
def root(tmp_path):
    """A book of which only what matters here is there."""
    shutil.copytree(lending.SOURCE / "book", tmp_path / "book", ignore=shutil.ignore_patterns("notebooks"))
    shutil.copy2(lending.SOURCE / "_toc.yml", tmp_path)
    (tmp_path / "data").mkdir()
    return tmp_path


def sections(root, language="nl") -> str:
    made = accessibility.report(root, load_definitions(lending.SOURCE), language)
    return "\n".join(section.astext() for section in made)


def kept(root, **other) -> accessibility.Results:
    """Results of all pages and checks of ``root``, with one fault; ``other`` replaces a part."""
    checks = {name: {"seen": 1234, "faulty": ["search"] if name == "no-script" else []} for name in reader.CHECKS}
    told = {"date": "2026-11-27", "chromium": "156.0", "axe": "4.12", "look": accessibility.look(root)}
    told["pages"] = accessibility.site_pages(root, ("nl", "en"))
    return accessibility.Results(**{**told, "checks": checks, **other})


def test_the_checks_that_readers_are_told_of_are_those_that_run():
    assert accessibility.CHECKS.keys() == reader.CHECKS.keys()
    assert all(words.checks.keys() == reader.CHECKS.keys() for words in LANGUAGES.values())


def test_results_go_stale_with_pages_checks_and_look_but_not_with_a_sentence(root):
    results = kept(root)
    with (root / "book" / "index.md").open("a", encoding="utf-8") as page:
        page.write("\nEen zin erbij.\n")
    assert accessibility.changed(root, results, ("nl", "en")) == []
    style = root / "book" / "_static" / "house-style.css"
    style.parent.mkdir(exist_ok=True)
    style.write_text("h1 { color: red }\n", encoding="utf-8")
    book.edit(root, "_toc.yml", "      - file: begrippen\n", "      - file: begrippen\n      - file: nieuw\n")
    fewer = {name: found for name, found in results.checks.items() if name != "axe"}
    assert accessibility.changed(root, results, ("nl", "en")) == ["pages", "look"]
    assert accessibility.changed(root, kept(root, checks=fewer), ("nl", "en")) == ["checks"]


def test_readers_see_when_with_what_and_on_how_many_pages(root):
    accessibility.save(root, kept(root))
    said = sections(root)
    pages = len(accessibility.site_pages(root, ("nl", "en")))
    for part in ("27 november 2026", "Chromium 156.0", "axe-core 4.12", f"{pages} van {pages}", f"{pages - 1} van"):
        assert part in said
    assert "1.234" in said
    assert "Daarna is er iets veranderd" not in said
    assert "27 November 2026" in sections(root, "en")


def test_readers_are_told_when_nothing_was_tested_and_when_the_results_are_of_something_else(root):
    assert "nog niet getoetst" in sections(root)
    accessibility.save(root, kept(root, look="another"))
    assert "Daarna is er iets veranderd: de vormgeving." in sections(root)


@pytest.mark.parametrize("content", ["{", '{"date": "2026-11-27"}', "[]"])
def test_results_that_cannot_be_read_are_an_editors_problem(root, content):
    accessibility.path(root).write_text(content, encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        accessibility.load(root)
    assert [(p.code, p.place) for p in caught.value.problems] == [("W202", "data/accessibility.json")]
    assert "make accessibility" in caught.value.problems[0].action


@pytest.mark.parametrize(("name", "fields"), [("toegankelijkheid", "nl"), ("en/toegankelijkheid", "en")])
def test_each_deviation_stands_on_the_page_in_the_four_fields_of_the_dutch_statement(site, name, fields):
    html = (site / f"{name}.html").read_text(encoding="utf-8")
    words = words_in(fields).accessibility
    assert DEVIATIONS
    for word in ("cause", "effect", "alternative", "measure"):
        assert len(re.findall(rf"<dt>{words[word]}", html)) == len(DEVIATIONS)
    assert f'href="toegankelijkheid.html">{ {"nl": "Toegankelijkheid", "en": "Accessibility"}[fields] }<' in (
        (site / name.replace("toegankelijkheid", "index")).with_suffix(".html").read_text(encoding="utf-8")
    )


def test_the_pages_that_are_read_are_those_of_the_site(site):
    pages = accessibility.site_pages(lending.SOURCE, ("nl", "en"))
    assert sorted(pages) == sorted(p.relative_to(site).with_suffix("").as_posix() for p in site.rglob("*.html"))
