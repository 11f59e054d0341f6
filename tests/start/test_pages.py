"""The pages of a new book."""

from types import SimpleNamespace

import pytest

from wavebook.start import pages
from wavebook.survey.inspection.drafts import Draft


def test_marks_of_myst_in_labels_are_text():
    assert pages.escaped("*a* [b]{c} $5 <d> `e`") == r"\*a\* \[b\]\{c\} \$5 \<d\> \`e\`"


def test_a_translated_page_names_its_original_by_its_stamp():
    text = pages.twinned("---\nreviewed: x\n---\n", "original")
    assert text.startswith("---\ntwin: ")
    assert text != pages.twinned("---\nreviewed: x\n---\n", "another")


@pytest.mark.parametrize(("heading", "typed"), [("Trust in 2024", True), ("Trust", False), ("Two thirds", True)])
def test_a_number_in_a_title_is_declared_as_typed(heading, typed):
    plan = SimpleNamespace(options=SimpleNamespace(root="en", wave="2024-03", title=heading))
    page = pages.Pages(plan, "en", [], {}, "s")._page(heading, "text")
    assert (f'"{heading}": "label"' in page) is typed
    assert 'reviewed: "2024-03"' in page


def test_the_first_question_with_several_answers_is_drawn():
    score = pages.Shown(Draft("a", "A", "score", {}), ("a",))
    choice = pages.Shown(Draft("b", "B", "choice", {}, {"x": "X"}), ("b.x",))
    assert pages.charted([score, choice]) is choice
    assert pages.charted([score]) is score
    assert choice.answer("b.x") == "X"
