"""What was kept of two waves: reports, questions, labels, and who was asked what."""

import pytest
from waves import codebook, grade

from wavebook.publish.review.compare import review


@pytest.mark.parametrize("content", ["{", "[1, 2]", "null"])
def test_a_report_that_cannot_be_read_is_listed(small, unread, content):
    small.write("responses/2014.json", content)
    assert any("2014, which has an unreadable report" in text for text in review(small.root, "2013", "2014").missing)


def test_questions_and_labels_that_changed_appeared_or_vanished_are_listed(small, unread):
    codebook(small, "2013", grade=("Welk cijfer?", {"1": "slecht", "2": "matig"}), old=("Oud?", {}))
    codebook(small, "2014", grade=("Welk rapportcijfer?", {"1": "zeer slecht", "3": "goed"}))
    changes = review(small.root, "2013", "2014").changes
    assert [tuple(change) for change in changes] == [
        ("grade", "label of code 1", "slecht", "zeer slecht", ""),
        ("grade", "label of code 2", "matig", "", ""),
        ("grade", "label of code 3", "", "goed", ""),
        ("grade", "question", "Welk cijfer?", "Welk rapportcijfer?", ""),
        ("old", "question", "Oud?", "", ""),
    ]


RESPONSES = """
[waves.{year}.responses]
source = "report"
locator = "file"
columns = {{grade = "v1"}}
asked_if = {{grade = {{v0 = [{codes}]}}}}
"""


def test_a_question_that_went_to_others_is_listed(pair, unread):
    for year, codes in (("2016", "1"), ("2018", "1, 2")):
        grade(pair, year, "7")
        toml = pair.path("waves.toml").read_text(encoding="utf-8")
        pair.write("waves.toml", toml + RESPONSES.format(year=year, codes=codes))
    changes = review(pair.root, "2016", "2018").changes
    assert [tuple(c) for c in changes] == [("grade", "asked if", "v0 in 1", "v0 in 1, 2", "")]
