"""A sentence and all that hangs on it: its test, and other sentences with the same claim."""

import pytest
from plain import TOP, make_plain, write
from waves import notebook

from wavebook.core.problems import ProblemsError
from wavebook.publish.desk import sentences, wording
from wavebook.publish.desk.wording import Spot, turned

PAGE = TOP + (
    "# Kop\n\n[Het cijfer steeg.]{.claim #steeg} Dan {value}`grade`.\n\n- Ook hier: [het steeg]{.claim #steeg}, naar\n"
    "  {value}`grade`.\n\nHet {trend}`steeg<grade>` in {wave}`wave`.\n"
)
ENGLISH = "# Title\n\n[The grade rose.]{.claim #steeg}\n"


@pytest.fixture
def root(tmp_path):
    made = make_plain(tmp_path / "book", {"p.md": PAGE, "en/p.md": ENGLISH})
    (made / "_config.yml").write_text("title: T\nauthor: A\nlanguages: [nl, en]\n", encoding="utf-8")
    text = notebook("1", '"steeg": claims.rises("grade")')
    (made / "notebooks" / "cijfers.ipynb").write_text(text, encoding="utf-8")
    return made


def read(root, name="book/p.md"):
    return (root / name).read_text(encoding="utf-8")


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
