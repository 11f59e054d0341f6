"""Words that would hold in the place of others: certain ones alone, and each holds once it is accepted."""

import json
import random

import pytest
from small import SmallBook
from waves import notebook

from wavebook import claims
from wavebook.core.languages import shipped
from wavebook.core.units import built_in
from wavebook.definitions import load_definitions
from wavebook.figures import Figure, Figures, Key
from wavebook.language.words import words_in
from wavebook.publish.desk import proofs
from wavebook.publish.review.turning import turn, turned_word

ANSWERS = ("yes", "no", "maybe")
WAVES = ("2010", "2014")
TESTS = [  # with the rows of words that a sentence about it may have, and the one that says so
    *((f'claims.{name}("grade")', "trends", place) for place, name in enumerate(("rises", "falls", "stable"))),
    *((f'claims.{name}("share.yes", "share.no")', "gaps", n) for n, name in enumerate(("widens", "narrows"))),
    ('claims.more("share.yes", "share.no")', "compared", 0),
    ('claims.as_of(2014, claims.more("share.yes", "share.no", now=False))', "compared", 1),
    *((f'claims.{name}("share.yes", known=True)', "extreme", n) for n, name in enumerate(("largest", "smallest"))),
    ('claims.largest("share.yes", among=["no", "maybe"])', "extreme", 0),
    *((f'claims.{n}("share.yes", 40)', "bound", k) for k, n in enumerate(("above", "below", "at_least", "at_most"))),
    ('claims.majority("share.yes")', "half", 0),
    *((f'claims.{n}("share.yes", 50)', "half", k) for k, n in enumerate(("above", "below", "at_least", "at_most"))),
]


@pytest.fixture(scope="module")
def definitions(tmp_path_factory):
    return load_definitions(SmallBook(tmp_path_factory.mktemp("turning")).root)


def world(definitions, seed):
    """Figures of two waves, of which many are alike or at a limit."""
    chance = random.Random(seed)
    rows = []
    for wave in WAVES:
        cells = {
            "grade": ("", chance.choice((6.5, 6.6, 7.2))),
            **{n: (n, chance.choice((20, 39, 50, 70))) for n in ANSWERS},
        }
        for name, (category, value) in cells.items():
            key = Key(wave, "grade" if name == "grade" else "share", "total", "", "", category)
            unit = built_in("grade" if name == "grade" else "percent")
            rows.append(Figure(key, value, unit, 1 if name == "grade" else 0, *[None] * 5, "published", "report", "1"))
    return Figures(definitions, rows, wave="2014", baseline="2010", population="total", language="en")


def sentence(kind, row, place, language):
    """A sentence as an editor types it: what it is compared with comes after the word."""
    rest = {"compared": words_in(language).turns["than"][0][0] + " x", "bound": "40"}
    return f"Xyz {row[place]} {rest.get(kind, 'xyz')}."


def rows_of(kind, language):
    words = words_in(language)
    columns = {"trends": slice(3), "gaps": slice(2)}
    return [row[columns[kind]] for row in words.trends] if kind in columns else words.turns[kind]


def judged(code, figures):
    made = eval(code, {"claims": claims})  # one of those above
    return claims.judge(figures, {"zo": made}).verdicts["zo"]


@pytest.mark.parametrize(("code", "kind", "place"), TESTS, ids=[code for code, *_ in TESTS])
def test_what_is_accepted_holds_when_it_is_tested_anew(definitions, tmp_path, code, kind, place):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "a.ipynb").write_text(notebook("1", f'"zo": {code}'), encoding="utf-8")
    proof, turned = proofs.find(tmp_path, "zo"), 0
    for seed in range(20):
        figures = world(definitions, seed)
        verdict = judged(code, figures)
        there = turn(verdict["predicate"], verdict["instead"])
        if there is None:
            assert verdict["outcome"] == "holds" or not verdict["instead"]
            continue
        cells = json.loads(proof.turned(there.test))["cells"]
        after = "".join(cells[-1]["source"]).removeprefix('claims.judge(figures, {"zo": ').removesuffix("})")
        assert judged(after, figures)["outcome"] == "holds"
        for language in shipped():
            for row in filter(lambda row: row[place], rows_of(kind, language)):
                found = turned_word(sentence(kind, row, place, language), there, language)
                if found is not None:
                    other = there.holds if there.holds is not None else 1 - place
                    assert found[1] in {one[other] for one in rows_of(kind, language)}
                    turned += 1
    assert turned


@pytest.mark.parametrize(
    ("text", "predicate", "instead", "words"),
    [
        ("Dat is hoger dan de balie.", "a is more than b", "b is more than a", ("hoger", "lager")),
        ("Minder vaak dan bellen.", "a is more than b", "b is more than a", ("minder vaak", "vaker")),
        ("Dat is hoger.", "a is more than b", "b is more than a", None),
        ("Niet hoger dan de balie.", "a is more than b", "b is more than a", None),
        ("Hoger dan de balie, en meer dan ooit.", "a is more than b", "b is more than a", None),
        ("Hoger dan x.", "a is more than 2 × b", "b is more than a", None),
        ("Ruim de helft belt.", "s is above 50", "s is below 50", ("ruim de helft", "minder dan de helft")),
        ("Een minderheid belt.", "s is below 50", "s is at least 50", ("een minderheid", "minstens de helft")),
        ("Een minderheid belt.", "s is below 25", "s is above 25", None),
        ("Minder dan een kwart belt.", "s is below 25", "s is above 25", ("minder dan", "meer dan")),
        ("Meer dan ooit belt men.", "s is above 25", "s is below 25", None),
        ("Meer dan een kwart belt.", "s is below 25", "s is above 25", None),
        ("Nog geen 25 procent belt.", "s is below 25", "s is above 25", ("nog geen", "ruim")),
        ("Bellen staat bovenaan.", "s.a is the largest", "s.a is the smallest", ("bovenaan", "onderaan")),
        ("Bellen staat bovenaan.", "s.a is the largest across x", "s.a is the smallest", None),
        ("De afstand groeide.", "a and b move apart", "a and b move closer", ("groeide", "kromp")),
        ("De afstand groeide.", "a and b move apart by more than 2", "a and b move closer", None),
        ("De kloof werd groter, en het cijfer steeg.", "a and b move apart", "a and b move closer", None),
        ("Het steeg.", "grade rises, as of 2014", "grade falls", None),
    ],
)
def test_only_one_word_that_says_what_the_test_says_is_turned(text, predicate, instead, words):
    there = turn(predicate, instead)
    assert (turned_word(text, there, "nl") if there else None) == words
