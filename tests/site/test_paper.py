"""The print edition is a book of the story: what stands in it, where links lead, the foot of its pages."""

from __future__ import annotations

import re
from itertools import pairwise

import printed
import pytest
from docutils import nodes
from docutils.utils import new_document

from wavebook.site import paper
from wavebook.site.paper import SHEETS


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> str:
    return printed.html(tmp_path_factory)


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> str:
    return printed.html(tmp_path_factory, paper=["about", "code"], sheet="letter")


def headings(page: str) -> list[tuple[str, str]]:
    found = re.findall(r"<(h[1-6])[^>]*>(.*?)</\1>", page)
    return [(level, printed.text(re.sub(r"<a .*", "", told))) for level, told in found]


def test_it_is_the_story_with_an_opening_notes_and_an_imprint(page):
    first = [told for level, told in headings(page) if level in ("h1", "h2")]
    assert first == ["Klein boek", "Inhoud", "Inleiding", "Een", "Bronnen", "Noten", "Over deze publicatie"]


def test_no_heading_skips_a_level(page, whole):
    for text in (page, whole):
        levels = [int(level[1]) for level, _ in headings(text)]
        assert levels[0] == 1
        assert [b for a, b in pairwise(levels) if b > a + 1] == []


def test_pages_about_the_publication_and_notebooks_come_when_asked_for(page, whole):
    chapters = [told for level, told in headings(whole) if level == "h2"]
    assert "Cijfers" in chapters
    assert "wave: int = 2014" in printed.text(whole).replace(" : ", ": ")
    assert "wave" not in printed.text(page).lower().replace("wavebook", "")


def test_each_edition_has_its_own_sentence(page):
    assert "Zie noot." in page
    assert "Druk op" not in page


def test_a_link_leads_to_its_place_or_is_text(page, whole):
    assert re.search(r'<a [^>]*href="#opening">.*?eerste deel.*?</a>', page)
    assert "in <a" not in (told := re.search(r"of bij (.*?)\.</p>", page, re.DOTALL)[1])
    assert printed.text(told) == "alle cijfers"
    assert re.search(r'<a [^>]*href="#cijfers">.*?alle cijfers', whole)


def test_every_id_is_there_once_and_every_link_has_its_place(page, whole):
    for text in (page, whole):
        ids = re.findall(r' id="([^"]+)"', text)
        assert sorted(ids) == sorted(set(ids))
        assert {*re.findall(r'href="#([^"]+)"', text)} - {*ids} == set()
        assert {*re.findall(r'data-page="([^"]+)"', text)} - {*ids} == set()


def test_its_contents_list_every_chapter_and_section(page):
    listed = re.search(r'<nav class="contents".*?</nav>', page, re.DOTALL)[0]
    assert [told for _, told in headings(page)[2:] if f"<span>{told}</span>" not in listed] == []


def test_the_cover_says_what_the_settings_say(page):
    cover = page[page.index('class="cover"') : page.index('class="contents"')]
    assert "Onder &lt;de&gt; titel" in cover
    assert "a@b.example" in cover


def test_the_foot_of_a_page_names_book_and_chapter(page, whole):
    for chapter in ("Inleiding", "Een", "Noten"):
        assert f'"Klein boek \\b7  {chapter}"' in page
    assert f"size: {SHEETS['a4'][0]};" in page
    assert f"size: {SHEETS['letter'][0]};" in whole


def test_a_section_whose_name_another_page_has_too_has_one_of_its_own():
    twice = [nodes.section("", nodes.paragraph(ids=["p"]), ids=["bronnen"]) for _ in range(3)]
    doctree = new_document("")
    doctree += twice
    paper._once(doctree)
    assert [section["ids"] for section in twice] == [["bronnen"], ["bronnen-2"], ["bronnen-3"]]
    assert [section[0]["ids"] for section in twice] == [["p"], [], []]
