"""What goes into a part of a page is text there, whatever it holds; only Markup is markup."""

import pytest
from lxml import html
from markupsafe import Markup

from wavebook.language.words import words_in
from wavebook.pages.parts import part

HOSTILE = """<script>alert("1")</script>'&"""
PARTS = {
    "table": lambda text: (text, [(True, text)], [(text, [(text, text, [text])]), ("", [("", None, [text, text])])]),
    "chart_table": lambda text: (words_in("en").tables, text, [text], [[text, text]]),
    "chart_kit": lambda text: (
        words_in("en").tables,
        text,
        [(text, text, "nl", text)],
        [text],
        text,
        Markup("[]"),
        text,
        [text],
        text,
        text,
        (text, text),
        (text, text, text),
    ),
    "subtitle": lambda text: (text,),
    "panel": lambda text: (text, text, text, [[(text, text)]], text, text),
    "said_in": lambda text: (text, "en"),
    "source_link": lambda text: (text, text),
}


@pytest.mark.parametrize("name", PARTS)
def test_text_stays_text(name):
    said = [str(part(name, *PARTS[name](text))) for text in ("text", HOSTILE)]
    plain, hostile = map(html.fromstring, said)
    assert [node.tag for node in hostile.iter()] == [node.tag for node in plain.iter()]
    assert [node.keys() for node in hostile.iter()] == [node.keys() for node in plain.iter()]
    assert hostile.text_content().count(HOSTILE) == plain.text_content().count("text")


def test_markup_is_markup():
    made = part("table", "a", [(False, "b")], [("", [("", None, [Markup("<b>c</b>")])])])
    assert "<td><b>c</b></td>" in made


def test_text_in_another_language_says_which():
    assert part("said_in", "bijlage", "nl") == '<span lang="nl">bijlage</span>'
    assert part("said_in", "bijlage", None) == "bijlage"


def test_no_space_stands_between_the_rows_and_cells_of_a_table():
    row = ("", [("num", None, ["1"]), ("", "nl", ["a", "b"])])
    made = part("table", "a", [(True, "n"), (False, "m")], [row, row])
    assert made == (
        '<section class="table-scroll" tabindex="0" aria-label="a"><table><thead><tr>'
        '<th scope="col" class="num">n</th><th scope="col">m</th></tr></thead><tbody>'
        '<tr><td class="num">1</td><td lang="nl">ab</td></tr>\n<tr><td class="num">1</td><td lang="nl">ab</td></tr>'
        "</tbody></table></section>"
    )
