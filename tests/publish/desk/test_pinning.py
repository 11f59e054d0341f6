"""Pins of a sentence, a page, or all about an indicator, with the tests and sentences that hang on them."""

import pytest
import risen
from plain import TOP, make_plain
from risen import ENGLISH, PAGE, read
from waves import notebook

from wavebook.core.problems import ProblemsError
from wavebook.publish.desk import edits, pinning


@pytest.fixture
def root(tmp_path):
    return risen.make(tmp_path / "book")


def test_a_pin_reaches_the_test_and_each_sentence_with_its_claim(root):
    before = [read(root, name) for name in ("book/p.md", "book/en/p.md", "notebooks/cijfers.ipynb")]
    places = pinning.plan(root, "book/p.md:6:1", "2013").write(root)
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
    assert pinning.plan(root, "book/p.md:11", "2013").write(root) == ["book/p.md:11"]
    assert read(root) == PAGE.replace("steeg<grade>` in {wave}`wave`", "steeg<grade@baseline..2013>` in {wave}`2013`")


def test_a_pin_to_no_wave_or_without_a_test_changes_nothing(root):
    (root / "notebooks" / "cijfers.ipynb").write_text(notebook("1", '"zakte": 1'), encoding="utf-8")
    for wave, code in (("1999", "W501"), ("2013", "W459")):
        with pytest.raises(ProblemsError) as caught:
            pinning.plan(root, "book/p.md:6:1", wave)
        assert [problem.code for problem in caught.value.problems] == [code]
    assert (read(root), read(root, "book/en/p.md")) == (PAGE, ENGLISH)


MANY = {
    "p.md": TOP
    + "# Kop\n\nHet was {value}`grade` in {wave}`wave`. Toen {value}`grade@2010`. En {value}`share.no` zei nee.\n\n"
    + "[Het steeg.]{.claim #steeg} [Ooit steeg het.]{.claim #ooit} [De meesten zeiden nee.]{.claim #nee}\n\n"
    + "[Het was hoog.]{.claim #vast} [Er zijn dorpen.]{.claim #dorpen} Zomaar een zin.\n",
    "q.md": "# Nog\n\n{value}`grade@theme=work` op het werk, [en nee]{.claim #nee}.\n",
    "en/p.md": "# Title\n\nIt was {value}`grade`. [It rose.]{.claim #steeg}\n",
}
TESTS = """"steeg": claims.rises(key), "ooit": claims.rises(f"{key}@2010..2013"), "nee": claims.majority(no),
    "vast": claims.as_of(2010, claims.above("grade", 5)), "dorpen": claims.below("fact:towns", 50)"""


@pytest.fixture
def many(tmp_path):
    made = make_plain(tmp_path / "book", MANY)
    (made / "_config.yml").write_text("title: T\nauthor: A\nlanguages: [nl, en]\n", encoding="utf-8")
    text = notebook('key, (no, maybe) = "grade", [f"share.{n}" for n in ("no", "maybe")]', TESTS)
    (made / "notebooks" / "cijfers.ipynb").write_text(text, encoding="utf-8")
    return made


def kept(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.suffix in (".md", ".ipynb")}


@pytest.mark.parametrize(
    ("what", "places", "tests"),
    [
        ("book/p.md", ["p.md:6", "p.md:6", "p.md:8", "p.md:8", "q.md:3", "en/p.md:3", "en/p.md:3"], ["nee", "steeg"]),
        (
            "book/en/p.md",
            ["p.md:6", "p.md:6", "p.md:8", "p.md:8", "q.md:3", "en/p.md:3", "en/p.md:3"],
            ["nee", "steeg"],
        ),
        ("grade", ["p.md:6", "p.md:8", "p.md:8", "q.md:3", "en/p.md:3", "en/p.md:3"], ["nee", "steeg"]),
        ("share.no", ["p.md:6", "p.md:8", "q.md:3"], ["nee"]),
        ("share.maybe", ["p.md:8", "q.md:3"], ["nee"]),
        ("share.yes", [], []),
    ],
)
def test_all_that_floats_on_a_page_or_about_an_indicator_is_pinned_with_what_hangs_on_it(many, what, places, tests):
    before = kept(many)
    made = pinning.plan(many, what, "2013")
    assert kept(many) == before
    assert [f"{spot.page.name}:{spot.passage.line}" for spot in made.spots] == [f"book/{one}" for one in places]
    assert [*made.tests.values()] == ([tests] if tests else [])
    assert made.write(many) == made.places
    assert not pinning.plan(many, what, "2013").places
    if places:
        assert edits.undo(many) == f"pinned {what} to 2013"
    assert kept(many) == before


def test_what_would_change_is_listed_as_it_is_typed(many):
    assert "\n".join(pinning.plan(many, "share.no", "2013").lines).split("\n") == [
        "book/p.md:6: En {value}`share.no` zei nee.",
        "  becomes: En {value}`share.no@2013` zei nee ({wave}`2013`).",
        "book/p.md:8: [De meesten zeiden nee.]{.claim #nee}",
        "  becomes: [De meesten zeiden nee ({wave}`2013`).]{.claim #nee}",
        "book/q.md:3: {value}`grade@theme=work` op het werk, [en nee]{.claim #nee}.",
        "  becomes: {value}`grade@theme=work,2013` op het werk, [en nee ({wave}`2013`)]{.claim #nee}.",
        "notebooks/cijfers.ipynb: as of 2013: nee",
    ]


@pytest.mark.parametrize(
    ("what", "hint"), [("grde", "grade"), ("share.nono", "share.no"), ("book/x.md", "Name one"), ("", "Name one")]
)
def test_what_is_neither_a_sentence_nor_a_page_nor_an_indicator_is_named(many, what, hint):
    with pytest.raises(ProblemsError) as caught:
        pinning.plan(many, what, "2013")
    ((problem),) = caught.value.problems
    assert (problem.code, hint in problem.action) == ("W456", True)


def test_tests_that_are_not_to_be_found_are_told_at_once_and_nothing_changes(many):
    (many / "notebooks" / "cijfers.ipynb").write_text(notebook("1", '"steeg": claims.rises("grade")'), encoding="utf-8")
    before = kept(many)
    with pytest.raises(ProblemsError) as caught:
        pinning.plan(many, "book/p.md", "2013")
    assert [problem.code for problem in caught.value.problems] == ["W459"] * 4
    assert kept(many) == before


@pytest.mark.parametrize(
    ("typed", "dated"),
    [
        ("Het was een {value}`grade`.", "Het was een {value}`grade` ({wave}`2013`)."),
        ("Een {value}`grade`.\n  {spark}`grade`", "Een {value}`grade` ({wave}`2013`).\n  {spark}`grade`"),
        ("Een [cijfer.]{.claim #a} {spark}`grade`", "Een [cijfer ({wave}`2013`).]{.claim #a} {spark}`grade`"),
        ("{spark}`grade`", "{spark}`grade`"),
        (
            "**{value}`grade@2013`** nu; in {wave}`baseline` {value}`grade@baseline`.",
            "**{value}`grade@2013`** ({wave}`2013`) nu; in {wave}`baseline` {value}`grade@baseline`.",
        ),
        (
            "In {wave}`baseline` {value}`grade@baseline`, en {value}`grade@2013`.",
            "In {wave}`baseline` {value}`grade@baseline`, en {value}`grade@2013` ({wave}`2013`).",
        ),
        ("{change}`grade@baseline..2013` erbij.", "{change}`grade@baseline..2013` erbij ({wave}`2013`)."),
        ("In {wave}`2013` een cijfer. {spark}`grade`", "In {wave}`2013` een cijfer. {spark}`grade`"),
    ],
)
def test_the_wave_stands_in_the_sentence_and_not_after_a_line_the_size_of_a_word(small, typed, dated):
    assert pinning.dated(typed, small.load(), "2013") == dated


def test_what_charts_show_of_an_indicator_is_pinned_too(many):
    text = notebook('shown = figures.select("grade", waves="both")', '"zo": claims.rises("grade")')
    (many / "notebooks" / "grafiek.ipynb").write_text(text, encoding="utf-8")
    made = pinning.plan(many, "grade", "2013")
    assert made.selections == {"notebooks/grafiek.ipynb": ["grade"]}
    assert "notebooks/grafiek.ipynb: as of 2013: what a chart shows of grade" in made.lines
    made.write(many)
    assert "figures.as_of" in (many / "notebooks" / "grafiek.ipynb").read_text(encoding="utf-8")
    assert edits.undo(many) == "pinned grade to 2013"
    assert (many / "notebooks" / "grafiek.ipynb").read_text(encoding="utf-8") == text


def test_a_sentence_with_its_wave_after_another_one_is_to_be_reread(many):
    page = many / "book" / "p.md"
    page.write_text(TOP + "[Niet hoger dan in {wave}`baseline`.]{.claim #steeg}\n", encoding="utf-8")
    made = pinning.plan(many, "book/p.md", "2013")
    assert made.mixed == ["book/p.md:4"]
    assert made.lines[0].endswith("({wave}`2013`).]{.claim #steeg}\n  reread: it names another wave before that")
