import re
from types import SimpleNamespace

import pytest
from by_hand import made
from docutils import nodes

from wavebook.claims import about, above, falls, in_each, judge, more, narrows, rises, stable, undecided, widens
from wavebook.pages.blocks import Sentence
from wavebook.pages.checks.statements import waves_in
from wavebook.pages.checks.told_directions import contradicted, contradicted_by_figures
from wavebook.pages.uses import Use, live

NAMED = {"share": {"nl": "antwoord", "en": "answer"}}
FIGURES = made({"grade": {"2010": 6.6, "2014": 6.9}, "share": {"2010": 40, "2014": 20}}, words=NAMED)


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
        (more("share@2010", "share@2014", times=1.5), "nl", "Het aandeel steeg.", "steeg"),
        (more("share@2010", "share@2014"), "nl", "Het aandeel is hoger dan in 2010.", "hoger dan"),
        (more("grade@2014", "grade@2010"), "en", "The grade fell.", "fell"),
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


WORDS = {
    (
        "nl",
        "down",
    ): "kelderde|is gekelderd|duikelde|tuimelt|zakte weg|viel terug, het is teruggevallen|slonk|brokkelde af|"
    "ging naar beneden|vertoont een dalende lijn",
    ("nl", "up"): "ging naar boven|zit in de lift|is aan een opmars bezig|verdrievoudigde|vertoont een stijgende lijn",
    ("nl", "same"): "bleef gelijk|bleef vrijwel stabiel|is gelijk gebleven|stagneert|is onveranderd",
    ("en", "down"): "slipped|plunged|dipped|sank|plummeted|edged down|slid",
    ("en", "up"): "soared|surged|jumped|tripled|crept up",
    ("en", "same"): "stayed the same|remained stable|was stagnating|is unchanged",
    ("de", "down"): "fiel|fielen|stürzte ab|rutschte ab|ging nach unten",
    ("de", "up"): "ging nach oben|verdreifachte sich",
    ("de", "same"): "blieb gleich|blieb nahezu unverändert|stagnierte|ist stabil geblieben",
    ("fr", "down"): "a plongé|a dégringolé|s’est effondré",
    ("fr", "up"): "a grimpé|a bondi",
    ("fr", "same"): "est restée stable|reste inchangée|a stagné",
}


@pytest.mark.parametrize("language", ["nl", "en", "de", "fr"])
def test_what_goes_one_way_is_not_told_of_another(language):
    for (of, way), told in WORDS.items():
        for words in told.split("|") if of == language else ():
            tests = {"up": UP, "down": DOWN}
            own = tests.pop(way, None)
            assert own is None or said(own, f"x {words}.", language=language) == [], words
            for other in tests.values():
                assert len(said(other, f"x {words}.", language=language)) == 1, words


def test_words_for_ages_rounding_and_attention_tell_no_direction():
    for language, sentence in [
        ("nl", "De cijfers zijn naar boven afgerond."),
        ("de", "Es fiel auf, dass mehr antworteten."),
        ("en", "People of 65 and upwards answered; some jump the queue."),
        ("nl", "Waar het bij school gelijk bleef, ging het hier van zes naar zeven."),
    ]:
        assert said(UP, sentence, language=language) == said(DOWN, sentence, language=language) == []


def test_words_that_a_test_chose_and_a_sentence_that_denies_are_left_alone():
    assert said(UP, "Het cijfer ", live("", "daalde", use=Use("trend")), ".") == []
    assert said(UP, "het cijfer daalde", around="Het is niet zo dat het cijfer daalde.") == []


def shown(sentence, *keys, language="nl"):
    """The words of a sentence without a test that are the opposite of the figures that it shows."""
    book = SimpleNamespace(figures=FIGURES, language=language)
    typed = re.sub(r"\d[\d,]*", "", sentence)
    told = contradicted_by_figures(book, Sentence((0, 0), sentence, (), (), False, False, typed), keys, waves_in)
    return [what.split("says “")[1].split("”")[0] for what in told]


GREW, SHRANK = ("grade@2010", "grade@2014"), ("share@2010", "share@2014")


@pytest.mark.parametrize(
    ("keys", "language", "sentence", "word"),
    [
        (GREW, "nl", "Het cijfer daalde van 6,6 naar 6,9.", "daalde"),
        (GREW, "nl", "Een daling van 0,3.", "daling"),
        (GREW, "nl", "Het is 6,9, lager dan in 2010 (6,6).", "lager dan"),
        (GREW, "nl", "In 2010 was het 6,6, hoger dan in 2014 (6,9).", "hoger dan"),
        (SHRANK, "en", "The share rose from 40 to 20.", "rose"),
        (SHRANK, "de", "Der Anteil stieg von 40 auf 20.", "stieg"),
        (SHRANK, "fr", "La part a augmenté de 40 à 20.", "augmenté"),
        (("share@2010",), "nl", "Een meerderheid, 40 procent, antwoordt zo.", "Een meerderheid"),
        (GREW, "nl", "Het cijfer verdubbelde van 6,6 naar 6,9.", "verdubbelde"),
        (GREW, "fr", "La note a doublé de 6,6 à 6,9.", "doublé"),
        (SHRANK, "en", "The share fell fourfold from 40 to 20.", "fourfold"),
    ],
)
def test_a_sentence_without_a_test_may_not_be_the_opposite_of_its_figures(keys, language, sentence, word):
    assert shown(sentence, *keys, language=language)[:1] == [word]


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (GREW, "Het cijfer steeg van 6,6 naar 6,9."),
        (GREW, "Terwijl het aantal klachten daalde, ging het cijfer van 6,6 naar 6,9."),
        (GREW, "Het aantal klachten daalde en het cijfer ging van 6,6 naar 6,9."),
        (GREW, "Het daalde niet, van 6,6 naar 6,9."),
        (GREW, "Het bleef vrijwel gelijk: van 6,6 naar 6,9."),
        (GREW, "Het budget verdubbelde in die tijd ruimschoots; het cijfer ging van 6,6 naar 6,9."),
        (GREW, "Het is niet verdubbeld: van 6,6 naar 6,9."),
        (SHRANK, "Het aandeel halveerde van 40 naar 20."),
        (GREW, "Toen was het 6,6, lager dan in 2014 (6,9)."),
        (("grade@2010", "share@2014"), "Het daalde van 6,6 tot 20."),
        (("share@2010",), "Een minderheid, 40 procent, antwoordt zo."),
    ],
)
def test_where_a_sentence_speaks_of_something_else_nothing_is_named(keys, sentence):
    assert shown(sentence, *keys) == []
