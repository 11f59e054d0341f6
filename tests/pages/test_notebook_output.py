"""What pages of notebooks show of charts and verdicts."""

from types import SimpleNamespace

from docutils import nodes
from lxml import html

from wavebook import claims
from wavebook.pages import notebook_output


def test_verdicts_in_a_notebook_need_nothing_that_another_book_has_not():
    verdict = {"predicate": "grade rose", "outcome": "holds", "reason": "6.7 < 6.9"}
    env = SimpleNamespace(config=SimpleNamespace(language="en"))
    output = SimpleNamespace(mime_type=claims.MIME, content={"cijfer-hoger": verdict})
    made = notebook_output.OutputRenderer.handle_mime(
        SimpleNamespace(renderer=SimpleNamespace(sphinx_env=env)), output, False
    )
    assert [type(node) for node in made] == [nodes.raw]
    name, tested, _, reason = html.fromstring(made[0].astext()).findall(".//td")
    assert (name.text_content(), name.get("lang")) == ("cijfer-hoger", None)
    assert (tested.text_content(), reason.text_content(), reason.get("lang")) == ("grade rose", "6.7 < 6.9", None)
