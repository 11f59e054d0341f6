"""Faults of a language: each is found in words that have nothing else wrong."""

import dataclasses

import pytest

from wavebook.language.checking import braces, faults, texts_of
from wavebook.language.words import LANGUAGES, words_in


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_a_language_of_this_library_has_no_fault(code):
    assert faults(code, words_in(code)) == []


def changed(part, **fields):
    """German with one part changed."""
    german = words_in("de")
    return dataclasses.replace(german, **{part: dataclasses.replace(getattr(german, part), **fields)})


def with_texts(topic, **texts):
    """German with other texts in a topic; None takes one out."""
    german = words_in("de")
    kept = {name: text for name, text in {**getattr(german, topic), **texts}.items() if text is not None}
    return dataclasses.replace(german, **{topic: kept})


def with_fields(**fields):
    return dataclasses.replace(words_in("de"), **fields)


GERMAN = words_in("de")
FAULTS = {
    "charts, lines: is missing": with_texts("charts", lines=None),
    "charts, kuchen: is in no other language": with_texts("charts", kuchen="Kuchendiagramm"),
    "charts, in: has {value}, and others have {value} {wave}": with_texts("charts", **{"in": "{value}"}),
    "charts, no_n: has {n}, and others have no braces": with_texts("charts", no_n="{n} unbekannt."),
    "charts, no_n: is left in English: Number of respondents unknown.": with_texts(
        "charts", no_n="Number of respondents unknown."
    ),
    "charts, no_n: is empty": with_texts("charts", no_n=" "),
    "charts, no_n: has two spaces in a row": with_texts("charts", no_n="Zahl  unbekannt."),
    "claims, rises: its denial says the same": with_texts("claims", rises=(GERMAN.claims["rises"][0],) * 2),
    "claims, times, 1: is in no other language": with_texts("claims", times=("{times} ", "{times}")),
    "units, point: has 3 forms, not 2": with_fields(units={**GERMAN.units, "point": ("a", "b", "c")}),
    "units, point: is missing": with_fields(units={n: f for n, f in GERMAN.units.items() if n != "point"}),
    "trends, rose: is left in English": with_fields(trends=(*GERMAN.trends, words_in("en").trends[0])),
    "trends, kletterte: needs four words that differ": with_fields(
        trends=(*GERMAN.trends, ("kletterte", "fiel", "fiel", "schwankte"))
    ),
    "trends, fiel: a word serves for two directions, or stands twice": with_fields(
        trends=(*GERMAN.trends, ("fiel", "stieg", "blieb", "schwankte"))
    ),
    "trends: has too few forms to write with": with_fields(trends=GERMAN.trends[:3]),
    "turns, than: is missing": with_fields(turns={k: v for k, v in GERMAN.turns.items() if k != "than"}),
    "turns, most: is in no other language": with_fields(turns={**GERMAN.turns, "most": (("x", "y"),)}),
    "turns, extreme, x: needs 2 words that differ": with_fields(turns={**GERMAN.turns, "extreme": (("x", "x"),)}),
    "turns, extreme, x: says two things": with_fields(turns={**GERMAN.turns, "extreme": (("x", "y"), ("z", "x"))}),
    "numbers: needs words from nought to nine or further, all different": with_fields(numbers=("null", "eins")),
    "patterns, known: finds what is not there": changed("patterns", known="x?"),
    "patterns, each: has no group named of": changed("patterns", each=r"\balle \w+"),
    "patterns, number: does not find “drei Prozent”": changed(
        "patterns", number=GERMAN.patterns.number.replace("|drei|", "|", 1)
    ),
    "locale: Babel has no locale 'qq_QQ'": with_fields(locale="qq_QQ"),
    "stemmer: Sphinx has none for de: the search finds whole words only": with_fields(stemmer=""),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_alone(fault):
    found = faults("de", FAULTS[fault])
    assert fault in found
    place = fault.partition(":")[0].split(", ")[0]
    assert {told.partition(":")[0].split(", ")[0] for told in found} == {place}


def test_a_pattern_that_is_none_says_so():
    (told,) = faults("de", changed("patterns", moved="(von"))
    assert told.startswith("patterns, moved: is no regular expression: ")


def test_a_form_that_is_not_that_of_cldr_needs_a_reason():
    swiss = {"decimal": ".", "thousands": "’"}
    assert [told.partition(":")[0] for told in faults("de", changed("notation", **swiss))] == [
        "notation, decimal",
        "notation, thousands",
    ]
    reasons = dict.fromkeys(swiss, "as the Swiss write them")
    assert faults("de", changed("notation", **swiss, own=reasons)) == []


def test_a_language_that_sphinx_does_not_speak_is_named():
    found = faults("qq", words_in("de"))
    assert [told.split(" has no catalogue")[0] for told in found] == ["Sphinx", "Docutils"]


def test_numbers_left_in_english_are_found():
    assert "numbers: are left in English" in faults("de", with_fields(numbers=words_in("en").numbers))


def test_a_brace_that_is_not_closed_is_found():
    assert braces("{a} of {b") == {"a brace that is not closed"}
    assert braces("${resultCount} of %s") == {"resultCount", "%s"}


def test_every_text_has_its_place():
    found = dict(texts_of(words_in("nl")))
    assert found["claims", "rises", 1] == words_in("nl").claims["rises"][1]
    assert found["theme", "words", "skip"] == "Naar de inhoud"
    assert len(found) > 300
