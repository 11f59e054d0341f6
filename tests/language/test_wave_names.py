"""Waves in sentences: in each language and for each kind of period, as an editor there would write it."""

import pytest
import rounds

from wavebook.core import periods
from wavebook.definitions import load_definitions
from wavebook.figures import called
from wavebook.language.wave_names import WaveName, of_label, of_months, of_period
from wavebook.language.words import words_in

KEYS = ("2018", "2023H2", "2020Q3", "2024-03", "2023-W07", "2024-03-01")
# By key: the name, the form after a preposition, and the form with the preposition for when it was.
FORMS = {
    "en": [
        ("2018", "2018", "in 2018"),
        ("H2 2023", "the second half of 2023", "in the second half of 2023"),
        ("Q3 2020", "the third quarter of 2020", "in the third quarter of 2020"),
        ("March 2024", "March 2024", "in March 2024"),
        ("week 7 of 2023", "week 7 of 2023", "in week 7 of 2023"),
        ("1 March 2024", "1 March 2024", "on 1 March 2024"),
    ],
    "nl": [
        ("2018", "2018", "in 2018"),
        ("2e halfjaar 2023", "de tweede helft van 2023", "in de tweede helft van 2023"),
        ("3e kwartaal 2020", "het derde kwartaal van 2020", "in het derde kwartaal van 2020"),
        ("maart 2024", "maart 2024", "in maart 2024"),
        ("week 7 van 2023", "week 7 van 2023", "in week 7 van 2023"),
        ("1 maart 2024", "1 maart 2024", "op 1 maart 2024"),
    ],
    "de": [
        ("2018", "2018", "2018"),
        ("2. Halbjahr 2023", "dem 2. Halbjahr 2023", "im 2. Halbjahr 2023"),
        ("3. Quartal 2020", "dem 3. Quartal 2020", "im 3. Quartal 2020"),
        ("März 2024", "März 2024", "im März 2024"),
        ("7. Kalenderwoche 2023", "der 7. Kalenderwoche 2023", "in der 7. Kalenderwoche 2023"),
        ("1. März 2024", "dem 1. März 2024", "am 1. März 2024"),
    ],
    "fr": [
        ("2018", "2018", "en 2018"),
        ("2e semestre 2023", "le second semestre 2023", "au second semestre 2023"),
        ("3e trimestre 2020", "le troisième trimestre 2020", "au troisième trimestre 2020"),
        ("mars 2024", "mars 2024", "en mars 2024"),
        ("semaine 7 de 2023", "la semaine 7 de 2023", "pendant la semaine 7 de 2023"),
        ("1er mars 2024", "le 1er mars 2024", "le 1er mars 2024"),
    ],
}
SPANS = {
    "en": "in the period January 2024 to March 2024",
    "nl": "in de periode januari 2024 tot en met maart 2024",
    "de": "im Zeitraum Januar 2024 bis März 2024",
    "fr": "pendant la période de janvier 2024 à mars 2024",
}
RISES = {
    "en": "share: higher in the third quarter of 2020 than in the first quarter of 2020",
    "nl": "share: in het derde kwartaal van 2020 hoger dan in het eerste kwartaal van 2020",
    "de": "share: im 3. Quartal 2020 höher als im 1. Quartal 2020",
    "fr": "share\u00a0: hausse entre le premier trimestre 2020 et le troisième trimestre 2020",
}
STABLE = {
    "en": "share: the first half of 2023 and the second half of 2023 differ by at most 2",
    "nl": "share: tussen de eerste helft van 2023 en de tweede helft van 2023 hooguit 2 verschil",
    "de": "share: zwischen dem 1. Halbjahr 2023 und dem 2. Halbjahr 2023 höchstens 2 Unterschied",
    "fr": "share\u00a0: au plus 2 d’écart entre le premier semestre 2023 et le second semestre 2023",
}
SINCE = {
    "en": "difference from the first quarter of 2020: +3",
    "nl": "verschil met het eerste kwartaal van 2020: +3",
    "de": "Differenz gegenüber dem 1. Quartal 2020: +3",
    "fr": "écart depuis le premier trimestre 2020\u00a0: +3",
}
BANNERS = {
    "en": "You are reading the edition on the survey of the third quarter of 2020.",
    "nl": "U leest de uitgave over de meting van het derde kwartaal van 2020.",
    "de": "Sie lesen die Ausgabe zur Erhebung 3. Quartal 2020.",
    "fr": "Vous lisez l’édition sur l’enquête 3e trimestre 2020.",
}


@pytest.mark.parametrize("language", FORMS)
def test_a_period_has_a_name_and_its_forms_in_a_sentence(language):
    names = [of_period(key, language) for key in KEYS]
    assert [(str(name), name.the, name.within) for name in names] == FORMS[language]


@pytest.mark.parametrize("language", SPANS)
def test_months_together_are_a_period(language):
    assert of_months(periods.declared("2024-01..2024-03"), language).within == SPANS[language]
    assert of_months(periods.declared("2024-03"), language).within == FORMS[language][3][2]


@pytest.mark.parametrize("language", RISES)
def test_sentences_made_of_templates_read_as_written_by_hand(language):
    words = words_in(language)
    half = [of_period(key, language) for key in ("2023H1", "2023H2")]
    first, last = (of_period(key, language) for key in ("2020Q1", "2020Q3"))
    assert words.claims["rises"][0].format(what="share", first=first, last=last) == RISES[language]
    told = words.claims["stable"][0].format(what="share", first=half[0], last=half[1], margin=2)
    assert told == STABLE[language]
    assert words.charts["since"].format(wave=first, size="+3") == SINCE[language]
    assert words.theme.words["frozen"].format(wave=last) == BANNERS[language]


def test_a_label_has_the_form_that_is_declared_for_sentences():
    assert [of_label("Round 8", "the eighth round", "en").the, of_label("Round 8", "Round 8", "en").within] == [
        "the eighth round",
        "in Round 8",
    ]
    assert of_label("Vague 8", "la vague 8", "fr").within == "dans la vague 8"


def test_a_declared_form_is_that_of_sentences_and_the_label_that_of_tables(tmp_path):
    waves = {"R1": rounds.ROUNDS["R1"] + '\n    prose.nl = "de eerste ronde"\n    prose.en = "the first round"'}
    d = load_definitions(rounds.write(tmp_path, waves, [50]))
    assert f"{called(d, 'R1', 'nl')}, {called(d, 'R1', 'nl'):in}" == "Ronde 1, in de eerste ronde"


def test_an_unknown_form_is_named():
    with pytest.raises(ValueError, match="no form of"):
        "{wave:of}".format(wave=WaveName("Round 8"))
