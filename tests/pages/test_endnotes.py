"""On paper the origin of a number is a note: one for each series, with all its waves that the text names."""

from __future__ import annotations

import re

import printed
import pytest


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> str:
    return printed.html(tmp_path_factory)


@pytest.fixture(scope="module")
def notes(page) -> list[str]:
    listed = re.search(r'<ol class="notes">(.*?)</ol>', page, re.DOTALL)[1]
    return [printed.text(item) for item in re.findall(r"<li .*?</li>", listed, re.DOTALL)]


def test_each_number_carries_the_note_of_its_series(page):
    assert "Na 6,9 [1]." in printed.text(page)
    assert "Het cijfer was 6,9 [1], na 6,8 [1]. Van ja was het 14 procent [2]." in printed.text(page)


def test_a_note_tells_question_people_waves_and_source(notes):
    assert notes[0].startswith("1 Rapportcijfer. Bij wie: mensen")
    told = notes[0].replace(" ,", ",").replace(" ;", ";")
    assert re.search(r"2010: 6,7\b.*Jansen, 2015, .+; 2013: 6,8\b.*; 2014: 6,9\b.*\.$", told)
    assert notes[1].startswith("2 Ja. Deel dat dit antwoordt.")


def test_a_number_in_a_heading_is_in_the_note_and_has_no_mark(page):
    assert re.search(r"<h3>Een kop met <span[^>]*>6,7</span>(<a |</h3>)", page)


def test_an_address_is_a_note_once_unless_a_source_has_it(page, notes):
    assert [note for note in notes if "elders.example" in note] == ["3 https://elders.example/a"]
    assert not any("report.example" in note for note in notes[2:])
    text = printed.text(page)
    assert "de site [3]" in text
    assert "nog eens [3]" in text
    assert "het rapport [" not in text


def test_marks_lead_to_notes_that_are_there(page, notes):
    assert {*re.findall(r'href="#note-(\d+)"', page)} == {str(number) for number in range(1, len(notes) + 1)}
