"""The sentences of a page as they are typed: where each begins and ends, whatever stands around it."""

import pytest

from wavebook.pages.typed import passages


def found(text, language="en"):
    return [passage.typed for passage in passages(text, language)]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("One. Two\nlines. Three.\n", ["One.", "Two\nlines.", "Three."]),
        ("---\nreviewed: 2014\n---\n\n# A title\n\nText.\n", ["A title", "Text."]),
        ("# A title\nText.\n", ["A title", "Text."]),
        ("- One. Two.\n  Three\n  lines.\n- Four.\n", ["One.", "Two.", "Three\n  lines.", "Four."]),
        ("- [x] Done.\n1. First.\n2. Second.\n", ["Done.", "First.", "Second."]),
        ("It was so in\n2014. Then it was not.\n", ["It was so in\n2014.", "Then it was not."]),
        ("It was.[^1] So it is.\n\n[^1]: A note. And more.\n", ["It was.[^1]", "So it is.", "A note.", "And more."]),
        ("> Quoted\n> on two lines. And\n> more.\n", ["Quoted\n> on two lines.", "And\n> more."]),
        ("| a | Bee. Cee. |\n|---|---|\n| `x|y` | \\| |\n", ["a", "Bee.", "Cee.", "`x|y`"]),
        (
            "[It rose.]{.claim #up} [It fell.]{.claim\n#down} Then.\n",
            ["[It rose.]{.claim #up}", "[It fell.]{.claim\n#down}", "Then."],
        ),
        ("That [it rose]{.claim #up} is so. Yes.\n", ["That [it rose]{.claim #up} is so.", "Yes."]),
        (
            "Indeed. {value}`a.b@2014` it was. {trend}`Rose<a>` it.\n",
            ["Indeed.", "{value}`a.b@2014` it was.", "{trend}`Rose<a>` it."],
        ),
        ("So {cite:p}`a`. Then, in e.g. Bonn.\n", ["So {cite:p}`a`.", "Then, in e.g. Bonn."]),
        (":::{chart} one\n:alt: No. Text.\nA headline. More.\n:::\n", ["A headline.", "More."]),
        ("```{admonition} Title\nInside. More.\n```\nAfter.\n", ["Inside.", "More.", "After."]),
        ("```python\nNo. Text.\n```\nAfter.\n", ["After."]),
        ("~~~{code-block}\nNo. Text.\n~~~\n% No. Text.\n<!-- No.\nText. -->\n(label)=\nAfter.\n", ["After."]),
        ("A title\n=======\n\nOne line\n---\n", ["A title", "One line"]),
        ("Term\n: What it is. And more.\n", ["Term", "What it is.", "And more."]),
        ("", []),
    ],
)
def test_every_sentence_has_its_place(text, typed):
    assert found(text) == typed
    for passage in passages(text, "en"):
        assert text[passage.start : passage.end] == passage.typed
        assert text.split("\n")[passage.line - 1].find(passage.typed.split("\n")[0]) >= 0


def test_words_are_on_one_line():
    (passage,) = passages("Two\n  lines.\n", "en")
    assert passage.words == "Two lines."
