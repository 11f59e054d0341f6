"""A made-up wave after the last one: all reverses in it, or nothing moved, or all is as at the start.

The statements that hold are worked out by hand from the tables of the lending book and the rule of each wave.
"""

import csv
import re

import lending
import pytest
from sweeps import LONG

import book

BASE = {  # of 2008
    "mark_library": 6.7,
    "mark_desk": 7.0,
    "mark_website": 6.2,
    "mark_band_library.high": 29,
    "mark_band_library.fail": 13,
    "books_per_visit": 3.3,
}
RULES = {
    "reversed": lambda now, base: 2 * base - now,
    "unmoved": lambda now, base: now,
    "as at the start": lambda now, base: base,
}
ALWAYS = {"weinig-app", "wegen-volgorde", "balie-boven", "altijd-boven"}  # of one wave, or between two series
HOLD = {
    "reversed": ALWAYS,
    "unmoved": ALWAYS | {"cijfer-steeg", "kleine-stap", "een-zevende", "minder-boeken", "doel-gehaald"},
    "as at the start": ALWAYS,
}
WORDS = {  # of those who read on: the trend of the grade since 2008, and the grade beside 2014
    ("reversed", "nl"): ("daalde", "0,4 punt lager dan in 2014"),
    ("reversed", "en"): ("fell", "0.4 points lower than in 2014"),
    ("unmoved", "nl"): ("steeg", "afgerond even hoog als in 2014"),
    ("unmoved", "en"): ("rose", "as high as in 2014 once rounded"),
    ("as at the start", "nl"): ("bleef vrijwel gelijk", "0,2 punt lager dan in 2014"),
    ("as at the start", "en"): ("hardly changed", "0.2 points lower than in 2014"),
}
STIFF = {"bleef vrijwel gelijk", "hardly changed"}  # beside from and to: no sentence


def next_wave(root, rule):
    """Add a wave of 2016 to the lending book, say that all was read with it, and let its pages compare with 2014."""
    with (root / "data/figures/2014.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        base = BASE.get(".".join(filter(None, (row["indicator"], row["category"]))))
        row["wave"], decimals = "2016", 1 if "." in row["value"] else 0
        if base is not None and not row["segment"]:
            row["value"] = f"{rule(float(row['value']), base):.{decimals}f}"
    with (root / "data/figures/2016.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    lending.declare_wave(root, "2016")
    for page in ("book/index.md", "book/en/index.md"):
        book.edit(root, page, ". {spark}`mark_library`", ", {compared}`mark_library@previous`. {spark}`mark_library`")
    assert book.wavebook(root, "review", "--all").code == 0


@pytest.fixture(scope="module", params=[pytest.param(name, marks=LONG[0].marks) for name in RULES])
def world(request, tmp_path_factory):
    root = lending.copy(tmp_path_factory.mktemp("next") / "book", english=True)
    next_wave(root, RULES[request.param])
    return request.param, book.wavebook(root, "check", "--wave", "2016"), book.wavebook(root, "check")


def listed(run):
    """Verdict, what was typed and what readers see, of each line of a check, by page."""
    pattern = re.compile(r'^(book/\S+?):\d+  (.{10})  (\S+)  "(.*?)"  \[', re.MULTILINE)
    return [(page, verdict.strip(), typed, shown) for page, verdict, typed, shown in pattern.findall(run.out)]


def test_no_statement_holds_that_does_not(world):
    name, run, _ = world
    holds = {typed[1:] for page, verdict, typed, _ in listed(run) if verdict == "holds"}
    assert holds == HOLD[name]
    assert (run.code == 0) == (name == "unmoved")


def test_the_words_are_those_of_the_wave_and_a_sentence_that_they_break_is_named(world):
    name, run, _ = world
    for language, page in (("nl", "book/index.md"), ("en", "book/en/index.md")):
        shown = {typed: text for where, _, typed, text in listed(run) if where == page}
        words = shown["{trend}`mark_library`"], shown["{compared}`mark_library@previous`"]
        assert words == WORDS[name, language]
        broken = [verdict for where, verdict, typed, _ in listed(run) if where == page and typed.startswith("{trend}")]
        assert broken == (["wrong"] if words[0] in STIFF else ["live"])


def test_the_book_about_the_wave_before_stays_as_it_was(world):
    _, _, before = world
    assert before.code == 0
    assert {problem.code for problem in before.problems} <= {"W452", "W453", "W454"}
    assert {"W453", "W454"} <= {problem.code for problem in before.problems}
