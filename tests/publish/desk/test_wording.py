"""A sentence and all that hangs on it: its test, and other sentences with the same claim."""

import pytest
import risen
from plain import write
from risen import PAGE, read

from wavebook.core.problems import ProblemsError
from wavebook.publish.desk import sentences, wording
from wavebook.publish.desk.wording import Spot, turned


@pytest.fixture
def root(tmp_path):
    return risen.make(tmp_path / "book")


def test_several_sentences_of_a_page_change_at_once_or_none_does(root):
    page, first = sentences.at(root, "book/p.md:6:1")
    other = sentences.at(root, "book/p.md:11")[1]
    spots = [Spot(page, first, "[Het cijfer daalde\nfors.]{.claim #steeg}"), Spot(page, other, "Einde.")]
    assert wording.reword(root, "reworded", spots, {})
    after = PAGE.replace("cijfer steeg", "cijfer daalde\nfors").replace(
        "Het {trend}`steeg<grade>` in {wave}`wave`.", "Einde."
    )
    assert read(root) == after
    write(root, "p.md", PAGE)
    with pytest.raises(ProblemsError):
        wording.reword(root, "reworded", [spots[0], Spot(page, other, "# Kop")], {})
    assert read(root) == PAGE


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Rose it did.", "Fell it did."),
        ("It had\nrisen, it rose.", "It had\nrisen, it fell."),
        ("A rose-garden.", ""),
        ("{trend}`rose<a>` [it](rose.md)", ""),
    ],
)
def test_only_a_word_that_readers_see_is_turned(typed, expected):
    assert turned(typed, "rose", "fell") == expected
