"""What value labels say, as they stand in files of bureaus and of public surveys."""

import pytest

from wavebook.survey.answers.labels import (
    no_answer,
    no_value,
    numbers,
    opposites,
    percent,
    polarity,
    sense,
    several,
    spelled,
)

NO_ANSWER = """
9 weet niet | [9] weet niet | z) weet niet | k. A. | <i>weet niet</i> | weet niet | Weet ik niet / geen mening
Weet niet/geen mening | Weet ik niet of wil ik niet zeggen | WN/GA | GA | (SPONTAAN) weet niet
[NIET VOORLEZEN] weet niet | 99. weet niet | 99 = weet niet | Kan niet kiezen | Weet het echt niet
ik heb geen mening | Daar heb ik geen mening over | Nog geen mening | ik wil het niet zeggen | liever geen antwoord
n.v.t. | NVT | n.v.t. (geen contact) | niet van toepassing voor mij | Niet relevant | Geen ervaring
kan ik niet beoordelen | Weigering | Niet ingevuld | ontbreekt | Kan me niet herinneren | weet niet meer
geen antwoord/weigert | Don't know | Don’t know/refused | dont know | Spontaneous: Don't know | 88: don't know | DK
DK/NA | Refusal | Refused | Not applicable | N/A | n.a. | No answer | No opinion | No reply | Non-response
Can't choose | can't say | Prefer not to say | I do not wish to answer | Rather not say | Declined | Hard to say
Difficult to say | Unsure | Not stated | missing | SYSMIS | weiß nicht | Weiss nicht | Weiß ich nicht
weiß nicht / keine Angabe | keine Angabe | Keine Angabe möglich | k.A. | verweigert | möchte ich nicht sagen
keine Aussage | Schwer zu sagen | unbekannt | ne sait pas | Je ne sais pas | NSP | NSP/SR
Ne sait pas / non réponse | sans opinion | sans réponse | refus | non concerné | Je préfère ne pas répondre
Ne souhaite pas répondre
"""
ANSWERS = """
Weet niet waar ik moet zijn | Geen antwoord gekregen | No answer was given by the office | Niet bekend met DigiD
na de zomer | Geen ervaring met DigiD | neutraal | nee | Nee, geen mening | Unknown person helped me
niet tevreden | geen | nooit
"""
SIDES = """
1 ja + | [1] Ja + | a) nee - | <b>Ja</b> + | 2 niet gebruikt - | 5 heel moeilijke - | J = Ja + | Nee / No - | ja +
Ja, zeker + | Yes + | Oui + | Yes, definitely + | Eher ja + | Plutôt oui + | Zeker wel + | wel + | J + | Waar +
True + | nee - | Nee, dat heb ik niet - | No, never - | No - | nein, gar nicht - | non - | plutôt non -
zeker niet - | Niet waar - | N - | gekozen + | Wel genoemd + | Aangekruist + | Quoted + | genannt +
niet gekozen - | Not mentioned - | Nicht ausgewählt - | Unchecked - | eens + | mee eens +
Ik ben het er helemaal mee eens + | Totally agree + | stimme voll zu + | trifft eher zu + | d'accord + | oneens -
niet mee eens - | Ik ben het er helemaal niet mee eens - | Tend to disagree - | stimme überhaupt nicht zu -
trifft eher nicht zu - | Lehne eher ab - | Pas d'accord du tout - | Strongly disagree - | zeer tevreden +
10 = heel tevreden + | Extremely satisfied + | sehr zufrieden + | tout à fait satisfait + | goed + | voldoende +
ontevreden - | 1 = heel slecht - | Niet zo tevreden - | Not at all satisfied - | helemaal niet tevreden -
onvoldoende - | poor - | sehr unzufrieden - | pas du tout satisfait - | très mauvaise - | Zéér slecht - | Unhappy -
niet tevreden, niet ontevreden 0 | noch eens noch oneens 0 | neither agree nor disagree 0 | neutraal 0
teils, teils 0 | ni satisfait ni insatisfait 0 | weder zufrieden noch unzufrieden 0 | waarschijnlijk niet -
zeer onwaarschijnlijk - | extremely likely + | Weinig vertrouwen - | Tend to trust + | nooit - | altijd +
heel makkelijk + | zeer moeilijk - | onduidelijk - | niet onduidelijk + | to a great extent ?
High school diploma or less ? | very high + | zeer laag - | Niet oneens en niet eens 0 | matig 0 | Gaat wel ?
Yes and no ? | Ja en nee ? | ja/nee ? | Oui et non ? | Ja oder nein ? | Nee, weet niet ? | No, don't know ?
No (not applicable) ? | Nee, geen mening ? | yes, no problems + | Ja / Yes + | Ja en graag +
Ja, maar ontevreden ? | telefoon ? | weet niet ? | geen contact ? | Weet niet waar ik moet zijn ?
"""


def each(text):
    return [item.strip() for line in text.strip().splitlines() for item in line.split("|")]


@pytest.mark.parametrize("label", each(NO_ANSWER))
def test_no_answer_is_known_in_four_languages(label):
    assert no_answer(label)
    assert no_answer(label.upper())


@pytest.mark.parametrize("label", each(ANSWERS))
def test_an_answer_with_such_words_in_it_is_an_answer(label):
    assert not no_answer(label)


@pytest.mark.parametrize("item", each(SIDES))
def test_a_label_is_on_one_side_or_between_or_says_nothing(item):
    label, expected = item.rsplit(" ", 1)
    found = sense(label)
    assert ("?" if found is None else {1: "+", 0: "0", -1: "-"}[found.sign]) == expected


def test_an_indicator_may_speak_of_the_other_side():
    assert polarity(["ontevreden over dit aspect", "dissatisfied"], "satisfied") == -1
    assert polarity(["oordeel", "Deel dat ontevreden is"], "satisfied") == -1
    assert polarity(["oordeel", "tevreden of ontevreden"], "satisfied") == 1
    assert polarity(["ontevreden"], "agree") == 1
    assert polarity(["laag cijfer", "low mark"], "satisfied") == -1
    assert sense("hoog").family == sense("goed").family


def test_of_a_pair_the_one_with_a_negation_is_no():
    found = opposites({"1": "niet verhuisd", "2": "Verhuisd", "3": "gescheiden"})
    assert {code: side.sign for code, side in found.items()} == {"1": -1, "2": 1}
    assert opposites({"1": "geen van beide", "2": "allebei"}) == {}


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("7", {7}),
        ("10 of meer", {10}),
        ("1 = heel slecht", {1}),
        ("2,5 uur", {2.5}),
        ("1.000", {1, 1000}),
        ("€ 12.500 of meer", {12.5, 12500}),
        ("3–5 keer", {3}),
        ("-1", {-1}),
        ("ongeveer 3", set()),
        ("vaak", set()),
    ],
)
def test_the_number_that_a_label_begins_with(label, read):
    assert numbers(label) == read


def test_a_class_and_a_percentage_are_known_as_such():
    assert [several(text) for text in ("18-24", "3 tot 5 keer", "2 – 3", "1 - zeer slecht", "65+", "10 of meer")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
    assert [percent(text) for text in ("100%", "50 procent zeker", "10 keer")] == [True, True, False]


def test_a_number_may_be_spelled():
    assert [spelled(text) for text in ("geen", "Twee keer", "once", "één", "een beetje", "twee van de drie keer")] == [
        0, 2, 1, 1, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["NA", "#N/B", "NaN", "NULL", "null", "<NA>", "-", "–", ".", "?", "weet niet", "s.o."])
def test_a_cell_of_a_program_may_hold_no_value(cell):
    assert no_value(cell)


@pytest.mark.parametrize("cell", ["0", "Null", "None", "geen", "-1", "a", "na een uur", "N", "so"])
def test_other_cells_hold_one(cell):
    assert not no_value(cell)


def test_a_dash_may_label_a_point_of_a_scale():
    assert not no_answer("-")
    assert not no_answer(".")


def test_minus_one_is_no_yes():
    assert (sense("1"), sense("-1"), sense("−1")) == (sense("ja"), None, None)
