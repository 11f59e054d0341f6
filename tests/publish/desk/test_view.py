"""The pages of the desk and its buttons, without a server."""

import re

import pytest
from waves import CELLS, notebook

from wavebook.core.problems import Problem, ProblemsError
from wavebook.publish.desk import edits, view
from wavebook.publish.desk.view import Desk, marked

MATTER = "index-claim-steeg-1"


@pytest.fixture
def desk(book, found, monkeypatch):
    monkeypatch.setattr(view, "review", lambda *_, **__: found)
    made = Desk(book.root, {"wave": "2016"}, "/token")
    made.look()
    return made


def form(page: str, action: str) -> dict[str, str]:
    """What the first form with this button sends."""
    for found in re.findall(r"<form.*?</form>", page, re.DOTALL):
        if f'value="{action}"' in found:
            sent = dict(re.findall(r'<input[^>]*? name="([^"]+)" value="([^"]*)"', found))
            return sent | {"do": action}
    raise AssertionError(f"no button {action}")


def text(book, name="book/index.md"):
    return (book.root / name).read_text(encoding="utf-8")


def test_before_the_first_review_it_waits_and_says_what_is_wrong(book):
    made = Desk(book.root, {}, "/token")
    assert "This page opens by itself" in made.page("")
    made.problems = (Problem("W212", "data/figures/2014.csv:3", "has <9> cells", "Mend it."),)
    assert "has &lt;9&gt; cells" in made.page("")


def test_one_segment_or_one_wave_has_no_desk(book):
    for edition, said in (({"segment": "theme=work"}, "is about everyone"), ({"wave": "1999"}, "W501")):
        made = Desk(book.root, edition)
        made.look()
        assert said in made.page("")


def test_the_list_has_what_moved_and_each_statement_first_what_no_longer_holds(desk):
    page = desk.page("")
    assert page.index("No longer true (1)") < page.index("Reworded automatically: reread (1)")
    assert f'href="/token/-/desk/{MATTER}"' in page
    assert "a sentence no longer holds" in page
    assert 'href="/token/-/desk/read/book/en/index.md"' in page


def test_a_matter_has_its_figures_words_that_would_hold_charts_and_the_page_beside(desk):
    page = desk.page(MATTER)
    assert "6.0 to 6.4" in page
    assert "[Het cijfer <ins>daalde</ins>.]{.claim #steeg}" in page
    assert page.count("<figcaption>") == 2
    assert 'src="/token/index.html#steeg"' in page
    assert 'rel="next"' in page
    assert 'rel="prev"' in desk.page("index-trend-grade-1")


@pytest.mark.parametrize("path", ["none", "read/none", "read/../book/index.md", "changes", "pin", "pin/2014/"])
def test_there_is_no_other_page(desk, path):
    assert desk.page(path) == ""


def test_a_sentence_is_edited_and_the_edit_undone(book, desk):
    before = text(book)
    desk.do(MATTER, form(desk.page(MATTER), "reword") | {"words": "[Het zakte.]{.claim #steeg}"})
    assert text(book) == before.replace("Het cijfer steeg.", "Het zakte.")
    page = desk.page(MATTER)
    assert "Saved in book/index.md, line 6." in page
    assert "The book is being tested again" in page
    assert "Saved in" not in desk.page(MATTER)
    desk.do("", form(page, "undo"))
    assert text(book) == before


def test_words_that_would_hold_are_accepted(book, desk):
    desk.do(MATTER, form(desk.page(MATTER), "accept"))
    assert "[Het cijfer daalde.]" in text(book)
    assert "[The grade fell.]" in text(book, "book/en/index.md")


def test_a_matter_is_pinned_in_each_language(book, desk):
    desk.do(MATTER, form(desk.page(MATTER), "pin") | {"wave": "2014"})
    assert "[Het cijfer steeg ({wave}`2014`).]" in text(book)
    assert "[The grade rose ({wave}`2014`).]" in text(book, "book/en/index.md")
    assert "claims.as_of(2014, " in text(book, "notebooks/cijfers.ipynb")


def test_all_about_an_indicator_or_on_a_page_is_pinned_once_it_was_shown(book, desk):
    (book.root / "notebooks" / "antwoorden.ipynb").write_text(notebook(*CELLS["antwoorden"]), encoding="utf-8")
    before = text(book)
    for path, link in ((MATTER, "pin/2014/grade"), ("read/book/index.md", "pin/2014/book/index.md")):
        assert f'href="/token/-/desk/{link}"' in desk.page(path)
        page = desk.page(link)
        assert "Het cijfer steeg<ins> ({wave}`2014`)</ins>.]{.claim #steeg}" in page
        assert "as of 2014: steeg" in page
        assert 'href="/token/-/desk/pin/2013/' in page
        assert text(book) == before
        desk.do(link, form(page, "pin"))
        assert "[Het cijfer steeg ({wave}`2014`).]" in text(book)
        assert "{value}`grade@2014`" in text(book)
        assert "Nothing there needs a pin" in desk.page(link)
        desk.do(link, {"do": "undo"})
        assert text(book) == before


def test_what_cannot_be_pinned_says_why(book, desk):
    page = desk.page("pin/2014/book/index.md")  # the notebook of its second statement is not there
    assert "It cannot be pinned as a whole" in page
    assert "W459" in page
    assert 'value="pin"' not in page


def test_a_page_is_marked_as_read_by_whom_and_with_what_note(book, desk):
    desk.do("read/book/index.md", {"do": "review book/index.md", "by": " A. de  Vries", "note": "tables checked"})
    assert re.search(r"^reviewed: 2016  # A. de Vries, \d{4}-\d\d-\d\d: tables checked$", text(book), re.MULTILINE)
    assert 'value="A. de Vries"' in desk.page(MATTER)


@pytest.mark.parametrize(
    ("path", "action"), [*((MATTER, name) for name in ("reword", "accept", "pin")), ("pin/2014/grade", "pin")]
)
def test_what_was_shown_before_a_file_changed_changes_nothing(book, desk, path, action):
    sent = form(desk.page(path), action) | {"wave": "2014", "words": "x"}
    file = book.root / "book" / "index.md"
    file.write_text(text(book) + "\nMeer.\n", encoding="utf-8")
    after = text(book)
    with pytest.raises(ProblemsError) as caught:
        desk.do(path, sent)
    assert [problem.code for problem in caught.value.problems] == ["W457"]
    assert text(book) == after
    assert edits.made(book.root) == []


def test_what_was_typed_and_refused_stays_in_its_box(desk):
    sent = form(desk.page(MATTER), "reword") | {"words": "Een.\n\n<b>Twee."}
    with pytest.raises(ProblemsError) as caught:
        desk.do(MATTER, sent)
    page = desk.page(MATTER, problems=caught.value.problems, typed=sent)
    assert "W458" in page
    assert ">\nEen.\n\n&lt;b&gt;Twee.</textarea>" in page


@pytest.mark.parametrize(
    ("path", "sent", "code"),
    [
        ("none", {"do": "accept"}, "W456"),
        (MATTER, {"do": "drop"}, "W456"),
        (MATTER, {}, "W456"),
        (MATTER, {"do": "reword", "page": "../../etc/passwd", "start": "0", "seen": ""}, "W455"),
        (MATTER, {"do": "review _config.yml"}, "W455"),
    ],
)
def test_what_no_form_sends_changes_nothing(desk, path, sent, code):
    with pytest.raises(ProblemsError) as caught:
        desk.do(path, sent)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_page_is_read_with_each_place_that_no_test_reads(desk):
    page = desk.page("read/book/index.md")
    assert "words around figures" in page.lower()
    assert 'src="/token/index.html"' in page


def test_only_words_that_differ_are_marked():
    assert marked("It <rose>.", "It <fell>.") == "It &lt;<ins>fell</ins>&gt;."
    assert marked("It rose so.", "It so.") == "It so."
