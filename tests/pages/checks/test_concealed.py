"""Characters that nobody sees, on a page that names them by number."""

import pytest
from docutils import nodes
from docutils.utils import new_document

from wavebook.pages.checks import concealed
from wavebook.pages.uses import Generated

SOURCE = "# T\n\nGoed &amp; vlug,\nzoals ver&#8203;trouwen\n"


def page(*children):
    made = new_document("page")
    made += nodes.section("", *children)
    return made


def paragraph(text, line=3):
    made = nodes.paragraph("", "", nodes.Text(text))
    made.line = line
    return made


class Made(nodes.container, Generated):
    """What the library makes."""


@pytest.mark.parametrize(
    "child",
    [
        paragraph("ver\u200btrouwen"),
        nodes.raw("", "<b>ver&#8203;trouwen</b>", format="html"),
        nodes.raw("", "<b>ver&zwnj;trouwen</b>", format="html"),
        nodes.image("", uri="x.png", alt="ver\u00adtrouwen"),
        nodes.paragraph("", "", nodes.reference("", "x", refuri="https://a.nl", reftitle="ver\u00adtrouwen")),
    ],
)
def test_one_is_found_in_text_html_and_the_words_of_a_picture(child):
    assert len([*concealed.concealed(page(paragraph("goed"), child))]) == 1


@pytest.mark.parametrize(
    "child",
    [
        paragraph("Müller – één ❤\ufe0f"),
        nodes.literal_block("", "ver&#8203;trouwen"),
        nodes.raw("", "<b>caf&eacute; &nbsp; &quot;</b>", format="html"),
        Made("", nodes.raw("", "<i>&#8203;</i>", format="html")),
    ],
)
def test_what_is_seen_is_left_alone(child):
    assert [*concealed.concealed(page(child))] == []


def test_the_line_is_that_on_which_it_is_written():
    assert concealed.line_in(SOURCE, paragraph("x", 3).children[0]) == 4
    assert concealed.line_in("a\n\nb\n", paragraph("x", 3).children[0]) == 3
