"""Numbers, dates, lists and words of change as an editor of each language writes them."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from measures import UNITS

from wavebook.language import wording
from wavebook.language.words import LANGUAGES

FIXED, NARROW = "\u00a0", "\u202f"
WRITTEN = {
    "a number": {
        "nl": "1.234,5", "en": "1,234.5", "de": "1.234,5", "fr": f"1{NARROW}234,5",
    },
    "a percentage in a sentence": {
        "nl": "40 procent", "en": "40 per cent", "de": "40 Prozent", "fr": f"40{FIXED}%",
    },
    "a percentage in a table": {
        "nl": "40%", "en": "40%", "de": f"40{FIXED}%", "fr": f"40{FIXED}%",
    },
    "a difference of one": {
        "nl": "1 procentpunt", "en": "1 percentage point", "de": "1 Prozentpunkt", "fr": "1 point de pourcentage",
    },
    "a difference of one and a half": {
        "nl": "1,5 procentpunt", "en": "1.5 percentage points", "de": "1,5 Prozentpunkte",
        "fr": "1,5 point de pourcentage",
    },
    "a difference of grades": {
        "nl": "0,2 punt", "en": "0.2 points", "de": "0,2 Punkte", "fr": "0,2 point",
    },
    "a fall": {"nl": "−3", "en": "−3", "de": "−3", "fr": "−3"},
    "a day": {
        "nl": "1 december 2016", "en": "1 December 2016", "de": "1. Dezember 2016", "fr": "1er décembre 2016",
    },
    "another day": {
        "nl": "2 maart 2016", "en": "2 March 2016", "de": "2. März 2016", "fr": "2 mars 2016",
    },
    "a month": {"nl": "augustus 2015", "en": "August 2015", "de": "August 2015", "fr": "août 2015"},
    "a list": {"nl": "a, b en c", "en": "a, b and c", "de": "a, b und c", "fr": "a, b et c"},
    "a small number": {"nl": "zeven", "en": "seven", "de": "sieben", "fr": "sept"},
    "a source": {
        "nl": "Muster e.a., 2015", "en": "Muster et al., 2015", "de": f"Muster u.{FIXED}a., 2015",
        "fr": "Muster et al., 2015",
    },
    "a heading": {"nl": "A: b", "en": "A: b", "de": "A: b", "fr": f"A{FIXED}: b"},
    "a series": {"nl": "a; b", "en": "a; b", "de": "a; b", "fr": f"a{NARROW}; b"},
}  # fmt: skip
MADE = {
    "a number": lambda code: wording.number(1234.5, 1, code),
    "a percentage in a sentence": lambda code: wording.quantity(40, UNITS["percent"], 0, code),
    "a percentage in a table": lambda code: wording.quantity(40, UNITS["percent"], 0, code, style="chart"),
    "a difference of one": lambda code: wording.difference(-1, UNITS["percent"], 0, code),
    "a difference of one and a half": lambda code: wording.difference(1.5, UNITS["percent"], 1, code),
    "a difference of grades": lambda code: wording.difference(0.2, UNITS["grade"], 1, code),
    "a fall": lambda code: wording.number(-3, 0, code, signed=True),
    "a day": lambda code: wording.date("2016-12-01", code),
    "another day": lambda code: wording.date("2016-03-02", code),
    "a month": lambda code: wording.date("2015-08", code),
    "a list": lambda code: wording.listing(["a", "b", "c"], code),
    "a small number": lambda code: wording.number_word(Decimal(7), code),
    "a source": lambda code: wording.cited(
        SimpleNamespace(author="Muster", second="", others=True, year="2015", letter=""), code
    ),
    "a heading": lambda code: wording.headed("A", "b", code),
    "a series": lambda code: wording.in_series(["a", "b"], code),
}
SENTENCES = [
    ("nl", "Het cijfer {steeg}.", ["steeg", "daalde", "bleef vrijwel gelijk", "veranderde niet aantoonbaar"]),
    ("en", "The grade {rose}.", ["rose", "fell", "hardly changed", "did not demonstrably change"]),
    ("de", "Die Note {stieg}.", ["stieg", "sank", "änderte sich kaum", "änderte sich nicht nachweisbar"]),
    (
        "de",
        "Es zeigt, dass die Note {anstieg}.",
        ["anstieg", "zurückging", "sich kaum änderte", "sich nicht nachweisbar änderte"],
    ),
    (
        "de",
        "Die Note ist {gestiegen}.",
        ["gestiegen", "gesunken", "nahezu gleich geblieben", "nicht nachweisbar gestiegen oder gesunken"],
    ),
    (
        "fr",
        "La note {a augmenté}.",
        ["a augmenté", "a diminué", "n’a presque pas changé", "n’a pas varié significativement"],
    ),
    (
        "fr",
        "La note est {plus élevée}.",
        ["plus élevée", "moins élevée", "à peu près aussi élevée", "ni plus ni moins élevée significativement"],
    ),
]


@pytest.mark.parametrize("what", WRITTEN)
def test_every_language_writes_it_as_its_editors_do(what):
    assert {code: MADE[what](code) for code in LANGUAGES} == WRITTEN[what]


@pytest.mark.parametrize(("language", "sentence", "said"), SENTENCES, ids=[text for _, text, _ in SENTENCES])
def test_a_sentence_stays_one_whatever_the_direction(language, sentence, said):
    form = sentence.partition("{")[2].partition("}")[0]
    assert [wording.trend_word(form, way, language) for way in ("up", "down", "same", None)] == said
