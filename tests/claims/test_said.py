"""Every statement and its denial in every language, about figures whose names are all Ω."""

import re

import pytest
from by_hand import made
from test_words import SAID, SERIES

from wavebook.claims import (
    about,
    above,
    always_more,
    bottoms,
    falls,
    gains_on,
    largest,
    linear,
    more,
    narrows,
    peaks,
    ranked,
    rises,
    stable,
    unknown,
    widens,
)
from wavebook.definitions import Text
from wavebook.language.checking import texts_of
from wavebook.language.words import LANGUAGES, words_in

FIXED = "\u00a0"
STATEMENTS = [case[0] for case in SAID]
GOLDEN = [
    (rises("grade"), "Ω: 2014 höher als 2010", "Ω : hausse entre 2010 et 2014"),
    (~falls("grade"), "Ω: 2014 nicht niedriger als 2010", "Ω : pas de baisse entre 2010 et 2014"),
    (
        stable("grade", within=1),
        "Ω: zwischen 2010 und 2014 höchstens 1 Punkt Unterschied",
        "Ω : au plus 1 point d’écart entre 2010 et 2014",
    ),
    (
        linear("grade", within=0.2),
        "Ω: jede Erhebung liegt höchstens 0,2 Punkte neben ein und derselben Geraden",
        "Ω : toutes les enquêtes sont à 0,2 point au plus d’une même droite",
    ),
    (
        peaks("grade", 2014),
        "Ω: 2014 höher als bei jeder anderen Erhebung",
        "Ω, 2014 : niveau plus élevé que dans toute autre enquête",
    ),
    (
        ~bottoms("grade", 2014),
        "Ω: bei mindestens einer anderen Erhebung so niedrig wie 2014 oder niedriger",
        "Ω : dans au moins une autre enquête, niveau égal ou inférieur à celui de l’enquête 2014",
    ),
    (
        more("share.a", "share.b", times=1.5),
        "Ω (Ω) 2014: höher als das 1,5-Fache von Ω (Ω) 2014",
        "Ω (Ω), 2014 : niveau supérieur à 1,5 fois Ω (Ω), 2014",
    ),
    (
        ranked("share.a", "share.b"),
        "in absteigender Reihenfolge: Ω (Ω) 2014 und Ω",
        "par ordre décroissant : Ω (Ω), 2014 et Ω",
    ),
    (
        ~always_more("share.a", "share.b"),
        "Ω (Ω): bei mindestens einer Erhebung nicht höher als Ω (Ω)",
        "Ω (Ω) : niveau inférieur ou égal à Ω (Ω) dans au moins une enquête",
    ),
    (
        largest("share.a"),
        "Ω (Ω) 2014: höher als die anderen Antworten",
        "Ω (Ω), 2014 : niveau supérieur à celui des autres réponses",
    ),
    (
        above("share.a", 50),
        "Ω (Ω) 2014: höher als 50 Prozent",
        "Ω (Ω), 2014 : plus de 50 %",
    ),
    (
        about("share.a", 1 / 7),
        "Ω (Ω) 2014: höchstens 1 Prozentpunkt entfernt von 14,3 Prozent",
        "Ω (Ω), 2014 : écart d’au plus 1 point de pourcentage avec 14,3 %",
    ),
    (
        widens("share.a", "share.b", by=5),
        "Unterschied zwischen Ω (Ω) und Ω (Ω): 2014 um mehr als 5 Prozentpunkte größer als 2010",
        "écart entre Ω (Ω) et Ω (Ω) : hausse de plus de 5 points de pourcentage entre 2010 et 2014",
    ),
    (
        ~narrows("share.a", "share.b"),
        "Unterschied zwischen Ω (Ω) und Ω (Ω): 2014 nicht kleiner als 2010",
        "écart entre Ω (Ω) et Ω (Ω) : pas de baisse entre 2010 et 2014",
    ),
    (
        gains_on("share.a", "share.b"),
        "Ω (Ω): zwischen 2010 und 2014 stärker gestiegen als Ω (Ω) oder weniger gesunken",
        "Ω (Ω) : entre 2010 et 2014, hausse plus forte, ou baisse moins forte, que pour Ω (Ω)",
    ),
    (
        unknown("share.b"),
        "die Quellen nennen keinen Wert für Ω (Ω) 2014",
        "les sources ne donnent pas de chiffre pour Ω (Ω), 2014",
    ),
]


@pytest.fixture
def figures(monkeypatch):
    """A function that gives figures in a language, whose names are all Ω."""
    monkeypatch.setattr(Text, "__getitem__", lambda self, language: "Ω")
    return lambda language: made(SERIES, language=language)


@pytest.mark.parametrize(("predicate", "german", "french"), GOLDEN, ids=lambda v: getattr(v, "text", ""))
def test_a_statement_is_said_as_an_editor_would(figures, predicate, german, french):
    said = [predicate.said.text(figures(language)) for language in ("de", "fr")]
    assert [re.sub(r"[\u00a0\u202f]", " ", text) for text in said] == [german, french]


def own_words(language):
    """The words of a language's statements."""
    claims = " ".join(text for place, text in texts_of(words_in(language)) if place[0] in ("claims", "units"))
    return set(re.findall(r"[^\W\d_]+", re.sub(r"\{\w+\}", " ", claims).lower())) | {"ω"}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_statement_has_no_word_of_another_language_and_nothing_left_to_fill_in(figures, language):
    said = [one.said.text(figures(language)) for predicate in STATEMENTS for one in (predicate, ~predicate)]
    left = re.compile(r"[{}@_]|\bfact:|\s\s|^\s|\s$|\s[,.)]|\(\s")
    own = own_words(language)
    assert [text for text in said if left.search(text)] == []
    assert [text for text in said if not set(re.findall(r"[^\W\d_]+", text.lower())) <= own] == []


def test_french_marks_have_the_space_that_they_need(figures):
    said = [one.said.text(figures("fr")) for predicate in STATEMENTS for one in (predicate, ~predicate)]
    assert [text for text in said if re.search(r"(?<!\u00a0)[:%]|(?<!\u202f)[;!?]", text)] == []


def test_every_french_text_has_the_space_that_its_marks_need():
    texts = {place: re.sub(r"\$\{\w+\}|\{\w+:\w+\}|%s", "", text) for place, text in texts_of(words_in("fr"))}
    wrong = re.compile(r"(?<!\u00a0)[:%»]|(?<!\u202f)[;!?]|«(?!\u00a0)|'")
    assert len(texts) > 500
    assert {place: text for place, text in texts.items() if wrong.search(text)} == {}
