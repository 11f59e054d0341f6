from types import SimpleNamespace

import pytest
from by_hand import made
from docutils import nodes

from wavebook.claims import about, above, falls, in_each, judge, more, narrows, rises, stable, undecided, widens
from wavebook.pages.statements import waves_in
from wavebook.pages.told_directions import contradicted
from wavebook.pages.uses import Use, live

FIGURES = made({"grade": {"2010": 6.6, "2014": 6.9}, "share": {"2010": 40, "2014": 20}})


def said(predicate, *parts, language="nl", around=""):
    """The words that a statement about these figures may not say."""
    verdict = judge(FIGURES, {"a": predicate}).verdicts["a"]
    node = nodes.inline("", "", *(nodes.Text(part) if isinstance(part, str) else part for part in parts))
    shown = SimpleNamespace(figures=FIGURES, language=language)
    found = [*contradicted(shown, verdict, node, around or node.astext(), waves_in)]
    assert all(code == "W536" for code, *_ in found)
    return [what.split("says “")[1].split("”")[0] for _, what, _ in found]


UP, DOWN, WIDER, CLOSER = rises("grade"), falls("share"), widens("grade", "share"), narrows("grade", "share")


@pytest.mark.parametrize(
    ("predicate", "language", "sentence", "word"),
    [
        (UP, "nl", "Het cijfer daalde.", "daalde"),
        (UP, "nl", "Het cijfer nam in alle jaren af.", "nam in alle jaren af"),
        (UP, "nl", "Het is lager dan in 2010.", "lager dan"),
        (UP, "nl", "In 2010 was het hoger dan in 2014.", "hoger dan"),
        (UP, "nl", "Er zijn er minder dan in 2010.", "minder dan"),
        (DOWN, "nl", "Er zijn er meer dan in 2010.", "meer dan"),
        (DOWN, "nl", "Het aandeel steeg.", "steeg"),
        (UP & about("share", 0.2), "nl", "Het aandeel daalde tot een vijfde.", "daalde"),
        (DOWN & above("share", 10), "nl", "Het aandeel groeide.", "groeide"),
        (stable("grade", within=0.2), "nl", "Het cijfer steeg.", "steeg"),
        (WIDER, "nl", "De kloof werd kleiner.", "kleiner"),
        (CLOSER, "nl", "De kloof is opgelopen.", "opgelopen"),
        (in_each("age", rises, "grade"), "nl", "Bij iedereen zakte het.", "zakte"),
        (UP, "en", "The grade fell.", "fell"),
        (DOWN, "en", "There are more than in 2010.", "more than"),
        (WIDER, "en", "The gap narrowed.", "narrowed"),
        (UP, "de", "Die Note ging leicht zurück.", "ging leicht zurück"),
        (DOWN, "de", "Der Anteil ist höher als 2010.", "höher als"),
        (CLOSER, "de", "Der Abstand wurde größer.", "größer"),
        (UP, "fr", "La note a baissé.", "baissé"),
        (DOWN, "fr", "La part est plus élevée qu’en 2010.", "plus élevée qu’"),
        (WIDER, "fr", "L’écart s’est réduit.", "réduit"),
    ],
)
def test_a_sentence_that_says_the_opposite_of_its_test_is_named(predicate, language, sentence, word):
    assert said(predicate, sentence, language=language) == [word]


@pytest.mark.parametrize(
    ("predicate", "language", "sentence"),
    [
        (UP, "nl", "Het cijfer steeg."),
        (UP, "nl", "Het daalde niet, integendeel."),  # denied
        (UP, "nl", "Na de daling van 2009 klom het cijfer."),  # both
        (UP, "nl", "De terugval bleek tijdelijk."),  # over
        (DOWN, "nl", "Aan de stijging kwam een einde."),
        (UP, "en", "The decline ended."),
        (UP, "de", "Der Rückgang ist gestoppt."),
        (UP, "fr", "La baisse a pris fin."),
        (UP, "nl", "Bij de nulmeting waren het er minder."),  # seen from the other end
        (UP, "nl", "In 2010 was het lager dan in 2014."),
        (UP, "nl", "Meer dan de helft van de lagere scholen doet mee."),
        (UP, "en", "The grade fell short of what we hoped."),
        (~UP, "nl", "Het cijfer daalde."),
        (UP & DOWN, "nl", "Het daalde."),
        (UP & more("grade", "share"), "nl", "De keten zakte."),  # may be told of what it compares
        (undecided(UP), "nl", "Of het daalde, is onbekend."),
        (above("share", 10), "nl", "Het daalde."),  # of a limit alone nothing is known about a direction
        (WIDER, "nl", "Bij jongeren daalde het harder."),
        (DOWN, "nl", "De opgelopen achterstand is ingehaald."),
        (DOWN, "en", "The increased share came down to earth."),
        (CLOSER, "de", "Der gewachsene Abstand ist aufgeholt."),
        (UP, "nl", "Sinds 2010 is het gestegen, na een daling."),
        (CLOSER, "en", "The narrowing came after years of growth."),
        (DOWN, "fr", "La part a baissé."),
        (DOWN, "de", "Der Anteil ist niedriger als 2010."),
    ],
)
def test_where_there_is_any_doubt_nothing_is_named(predicate, language, sentence):
    assert said(predicate, sentence, language=language) == []


def test_words_that_a_test_chose_and_a_sentence_that_denies_are_left_alone():
    assert said(UP, "Het cijfer ", live("", "daalde", use=Use("trend")), ".") == []
    assert said(UP, "het cijfer daalde", around="Het is niet zo dat het cijfer daalde.") == []
