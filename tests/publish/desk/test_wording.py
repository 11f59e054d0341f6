"""A sentence and all that hangs on it: its test, and other sentences with the same claim."""

import pytest
from plain import TOP, make_plain, write
from waves import notebook

from wavebook.core.problems import ProblemsError
from wavebook.publish.desk import edits, sentences, wording
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


def test_a_pin_reaches_the_test_and_each_sentence_with_its_claim(root):
    before = [read(root, name) for name in ("book/p.md", "book/en/p.md", "notebooks/cijfers.ipynb")]
    places = wording.pin(root, [sentences.at(root, "book/p.md:6:1")], "2013")
    assert places == ["book/p.md:6", "book/p.md:8", "book/en/p.md:3", "notebooks/cijfers.ipynb"]
    assert read(root) == PAGE.replace("steeg.]", "steeg ({wave}`2013`).]").replace(
        "[het steeg]{.claim #steeg}, naar\n  {value}`grade`.",
        "[het steeg]{.claim #steeg}, naar\n  {value}`grade@2013` ({wave}`2013`).",
    )
    assert "[The grade rose ({wave}`2013`).]{.claim #steeg}" in read(root, "book/en/p.md")
    assert 'claims.as_of(2013, claims.rises(\\"grade\\"))' in read(root, "notebooks/cijfers.ipynb")
    assert edits.undo(root) == "pinned book/p.md:6 to 2013"
    assert [read(root, name) for name in ("book/p.md", "book/en/p.md", "notebooks/cijfers.ipynb")] == before


def test_a_sentence_without_a_claim_is_pinned_by_itself(root):
    assert wording.pin(root, [sentences.at(root, "book/p.md:11")], "2013") == ["book/p.md:11"]
    assert read(root) == PAGE.replace("steeg<grade>` in {wave}`wave`", "steeg<grade@baseline..2013>` in {wave}`2013`")


def test_a_pin_to_no_wave_or_without_a_test_changes_nothing(root):
    spot = sentences.at(root, "book/p.md:6:1")
    (root / "notebooks" / "cijfers.ipynb").write_text(notebook("1", '"zakte": 1'), encoding="utf-8")
    for wave, code in (("1999", "W501"), ("2013", "W459")):
        with pytest.raises(ProblemsError) as caught:
            wording.pin(root, [spot], wave)
        assert [problem.code for problem in caught.value.problems] == [code]
    assert (read(root), read(root, "book/en/p.md")) == (PAGE, ENGLISH)


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


@pytest.mark.parametrize(
    ("typed", "dated"),
    [
        ("Het was een {value}`grade`.", "Het was een {value}`grade` ({wave}`2013`)."),
        ("Een {value}`grade`.\n  {spark}`grade`", "Een {value}`grade` ({wave}`2013`).\n  {spark}`grade`"),
        ("Een [cijfer.]{.claim #a} {spark}`grade`", "Een [cijfer ({wave}`2013`).]{.claim #a} {spark}`grade`"),
        ("{spark}`grade`", "{spark}`grade`"),
        ("In {wave}`2013` een cijfer. {spark}`grade`", "In {wave}`2013` een cijfer. {spark}`grade`"),
    ],
)
def test_the_wave_stands_in_the_sentence_and_not_after_a_line_the_size_of_a_word(small, typed, dated):
    assert wording._dated(typed, small.load(), "2013") == dated
