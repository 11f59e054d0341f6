"""What pages of notebooks show of charts and verdicts."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from lxml import html
from page import Page, book_with

from wavebook import claims
from wavebook.pages import notebook_output


def cells(env):
    """The cells of the table of one verdict."""
    verdict = {"predicate": "grade rose", "outcome": "holds", "reason": "6.7 < 6.9"}
    output = SimpleNamespace(mime_type=claims.MIME, content={"cijfer-hoger": verdict})
    renderer = SimpleNamespace(renderer=SimpleNamespace(sphinx_env=env))
    made = notebook_output.OutputRenderer.handle_mime(renderer, output, False)
    assert [type(node) for node in made] == [nodes.raw]
    return html.fromstring(made[0].astext()).findall(".//td")


def test_verdicts_in_a_notebook_need_nothing_that_another_book_has_not():
    name, tested, _, reason = cells(SimpleNamespace(config=SimpleNamespace(language="en"), domains={}))
    assert (name.text_content(), name.get("lang")) == ("cijfer-hoger", None)
    assert (tested.text_content(), reason.text_content(), reason.get("lang")) == ("grade rose", "6.7 < 6.9", None)


@pytest.mark.parametrize(("language", "marked"), [("nl", None), ("en", "nl")])
def test_names_of_statements_are_in_the_language_of_the_root(small, tmp_path, language, marked):
    env = Page(book_with(small.load(language=language)), tmp_path).env
    env.domains = {"wavebook": env.get_domain("wavebook")}
    assert cells(env)[0].get("lang") == marked
