"""The sparks of a page, drawn beside each other."""

import re

import pytest
from docutils import nodes
from page import Page, book_with

from wavebook.pages.sparks import SparkTransform

TEXT = """# T

- Een {spark}`share.yes`
- Twee {spark}`share.no`

Drie {spark}`share.yes`.
"""


@pytest.fixture(scope="module")
def pictures(loaded, tmp_path_factory):
    """The sparks of two findings in a list, and of one in a sentence; alone, and beside each other."""
    page = Page(book_with(loaded), tmp_path_factory.mktemp("page"), TEXT)
    alone = [node.astext() for node in page.all(nodes.raw)]
    return alone, [node.astext() for node in page.transformed(SparkTransform).all(nodes.raw)]


def test_each_spark_stays_a_picture_that_is_for_eyes_alone(pictures):
    for found in pictures:
        assert len(found) == 3
        assert all(text.startswith("<svg") and 'aria-hidden="true"' in text for text in found)


def test_those_of_a_list_share_their_scale_and_one_in_a_sentence_does_not(pictures):
    (yes, no, again), (shared, widest, sentence) = pictures
    assert yes == again == sentence
    assert (widest, shared != yes) == (no, True)
    rises = [
        max(heights) - min(heights)
        for heights in ([float(y) for y in re.findall(r"[ML][\d.]+,([\d.]+)", text)] for text in (shared, yes))
    ]
    assert rises[0] == pytest.approx(rises[1] * 8 / 10, abs=0.2)
