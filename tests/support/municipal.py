"""A made-up book with municipalities, and its editions built once for all tests."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import lending

import book
from wavebook.survey import demo

COUNT = 4  # of which gemeente_003 has too few respondents to show anything
CANARY = "7.6543"  # a figure of too few people, that must be nowhere
SECRET = "8.7654"  # an answer, that must be nowhere


def make(folder: Path) -> Path:
    """The book about a library with the figures of municipalities, some of which may not be shown."""
    root = lending.copy(folder, english=True)
    shutil.rmtree(root / "data")
    demo.make_municipalities(root, COUNT, root=lending.SOURCE)
    _with_alternatives(root)
    _with_canaries(root)
    lending.twins(root)
    return root


ALTERNATIVES = {
    "book/index.md": (
        " [Lager dan in {wave}`baseline`.]{.else #cijfer-daalde}"
        " [Of het hoger is dan toen, is niet zeker.]{.else #cijfer-onzeker}"
        " [In {segment}`municipality` is dat hoger dan een acht.]{.claim .segment #boven-acht}"
        " [In {segment}`municipality` is het geen acht, zoals de {value}`mark_library@everyone` van het hele land.]"
        "{.else #geen-acht}"
    ),
    "book/en/index.md": (
        " [Lower than in {wave}`baseline`.]{.else #cijfer-daalde}"
        " [Whether it is higher than then is not certain.]{.else #cijfer-onzeker}"
        " [In {segment}`municipality` that is more than an eight.]{.claim .segment #boven-acht}"
        " [In {segment}`municipality` it is no eight, like the {value}`mark_library@everyone` of the whole country.]"
        "{.else #geen-acht}"
    ),
}
TESTS = (
    '"cijfer-daalde": claims.falls("mark_library"), "cijfer-onzeker": '
    'claims.uncertain(claims.rises("mark_library")) | claims.undecided(claims.rises("mark_library")), '
    '"boven-acht": claims.above("mark_library", 8), '
    '"geen-acht": claims.at_most("mark_library", 8) & claims.at_most("mark_library@everyone", 8), '
)


def _with_alternatives(root: Path) -> None:
    """What else may be true of a municipality, and a sentence that compares it with the whole country."""
    for page, more in ALTERNATIVES.items():
        book.edit(root, page, "#cijfer-steeg}", "#cijfer-steeg}" + more)
    tested = '"cijfer-steeg": claims.rises(library),'
    old, new = (text.replace('"', '\\"') for text in (tested, f"{tested} {TESTS}"))
    book.edit(root, "notebooks/lenen.ipynb", old, new)


def _with_canaries(root: Path) -> None:
    """A figure of too few people that the table holds all the same, and an answer."""
    path = root / "data" / "figures" / "2014.csv"
    text = path.read_text(encoding="utf-8")
    hidden = re.search(r"^2014,mark_library,total,municipality,gemeente_003,,.*$", text, re.MULTILINE)[0]
    shown = (
        f"2014,mark_library,total,municipality,gemeente_003,,{CANARY},grade,29,29,0.1,7.5,7.8,estimated,demo,verzonnen"
    )
    path.write_text(text.replace(hidden, shown), encoding="utf-8")
    answers = root / "data" / "responses" / "2014.csv"
    answers.parent.mkdir()
    answers.write_text(f"respnr,v1\n1,{SECRET}\n", encoding="utf-8")


def slug(number: int) -> str:
    """The folder of a municipality's edition."""
    return f"2014-municipality-gemeente-{number:03}"


def edit_figure(root: Path, number: int, indicator: str, value: str) -> None:
    """Give a municipality another figure, without an interval to contradict it."""
    path = root / "data" / "figures" / "2014.csv"
    pattern = rf"^(2014,{indicator},total,municipality,gemeente_{number:03},),([^,]*),(\w+),(\d+),.*$"
    text, times = re.subn(
        pattern, rf"\1,{value},\3,\4,,,,,estimated,demo,verzonnen", path.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert times == 1
    path.write_text(text, encoding="utf-8")


def built(factory):
    """The book and what building all editions gave."""

    def build(folder: Path):
        root = make(folder)
        return root, book.wavebook(root, "build", "--editions", "municipality=*", output="_build/editions")

    return book.once(factory, "municipal", build)
