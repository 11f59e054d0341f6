"""What differs between two waves of a question."""

import pytest

from wavebook.survey.answers.changes import (
    ANSWERS,
    BASE,
    DIRECTION,
    ENDS,
    EVIDENCE,
    Change,
    all_changes,
    is_turned,
    told_of,
)
from wavebook.survey.answers.questions import Question

FIVE = {"1": "zeer tevreden", "2": "tevreden", "3": "neutraal", "4": "ontevreden", "5": "zeer ontevreden"}
TURNED = dict(zip(FIVE, reversed(FIVE.values()), strict=True))
TEXT = "Hoe tevreden bent u over het loket?"


def asked(text=TEXT, labels=FIVE, columns=("v11",), **more):
    return Question(text, labels, columns, **more)


def changed(old, new):
    return [tuple(change[1:4]) for change in all_changes({"mark": old}, {"mark": new})]


def test_the_same_question_in_another_column_has_not_changed():
    assert changed(asked(), asked(columns=("v14",))) == []


def test_a_scale_that_was_turned_is_one_change():
    ends = "1 zeer tevreden … 5 zeer ontevreden", "1 zeer ontevreden … 5 zeer tevreden"
    assert changed(asked(), asked(labels=TURNED)) == [(DIRECTION, *ends)]
    kinds = [what for what, *_ in changed(asked(), asked("Hoe tevreden bent u nu?", TURNED))]
    assert kinds == [DIRECTION, "question"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"1": "ja", "2": "nee"}, {"1": "nee", "2": "ja"}),
        ({"1": "helemaal eens", "5": "helemaal oneens"}, {"1": "zeer mee oneens", "5": "zeer mee eens"}),
        ({"1": "very satisfied", "5": "very dissatisfied"}, {"1": "sehr unzufrieden", "7": "sehr zufrieden"}),
        ({"0": "slecht", "10": "goed"}, {"1": "goed", "5": "slecht"}),
    ],
)
def test_a_turned_scale_is_known_by_its_labels_or_by_the_sides_of_its_ends(old, new):
    assert is_turned(old, new)
    assert is_turned(new, old)


@pytest.mark.parametrize(
    "new",
    [
        FIVE,
        {"1": "heel tevreden", "5": "heel ontevreden"},
        {"1": "zeer tevreden", "7": "zeer ontevreden"},
        {"1": "blauw", "2": "rood"},
        {"1": "neutraal"},
        {},
    ],
)
def test_other_labels_do_not_turn_a_scale(new):
    assert not is_turned(FIVE, new)


def test_answers_that_were_added_or_dropped_are_named():
    six = FIVE | {"6": "heel erg ontevreden"}
    assert changed(asked(), asked(labels=six)) == [(ANSWERS, "", "heel erg ontevreden")]
    assert changed(asked(labels=six), asked()) == [(ANSWERS, "heel erg ontevreden", "")]
    towns = [{str(code): f"gemeente {code}" for code in codes} for codes in (range(1, 9), range(8, 20))]
    ((what, before, after),) = changed(*(asked(labels=labels) for labels in towns))
    assert (what, before[-10:], after[-10:]) == (ANSWERS, "and 2 more", "and 6 more")


def test_five_points_that_became_seven_are_told():
    seven = dict(zip("1234567", ["zeer tevreden", *"bcdef", "zeer ontevreden"], strict=True))
    kinds = {what for what, *_ in changed(asked(), asked(labels=seven))}
    assert {ANSWERS, "label of code 2", "label of code 5"} <= kinds
    ends = [asked(labels={}, ends=ends) for ends in ((1.0, 5.0), (1.0, 7.0))]
    assert changed(*ends) == [(ENDS, "1 to 5", "1 to 7")]


def test_what_is_in_one_wave_only_cannot_be_compared():
    assert changed(asked(), asked(labels={})) == [(EVIDENCE, "1 zeer tevreden … 5 zeer ontevreden", "no labels")]
    assert changed(asked(""), asked()) == [(EVIDENCE, "no text", TEXT)]


def test_without_texts_only_a_name_that_says_something_is_evidence():
    bare = {"labels": {}, "text": ""}
    assert changed(asked(**bare), asked(**bare)) == [(EVIDENCE, "v11, without a text", "v11, without a text")]
    said = bare | {"columns": ("tevredenheid",)}
    assert changed(asked(**said), asked(**said)) == []
    assert changed(asked(**said), asked(**bare))[0][0] == EVIDENCE


def test_a_text_that_other_columns_have_too_is_no_evidence():
    ((what, before, after),) = changed(asked(twins=("v12",)), asked())
    assert (what, before, after) == (EVIDENCE, "v11, alike v12", "v11")
    assert changed(asked(twins=("v12",)), asked("Iets anders?"))[0][0] == "question"


def test_of_columns_with_one_text_the_labels_tell_which_is_which():
    assert changed(asked(namesakes=("v12",)), asked(namesakes=("v15",), columns=("v14",))) == []
    assert EVIDENCE in {what for what, *_ in changed(asked(namesakes=("v12",)), asked(labels=TURNED))}
    assert EVIDENCE in {what for what, *_ in changed(asked(labels={}, namesakes=("v12",)), asked(labels={}))}


def test_a_box_is_told_from_that_of_another_set_by_the_set_that_it_is_in():
    box = asked("telefoon", {"1": "genoemd"}, namesakes=("b1",))
    old = {"way": asked("Welke wegen?", {}, ("a1", "a2")), "way.phone": box}
    assert all_changes(old, old) == []
    new = {"way": asked("Welke manieren?", {}, ("a1", "a2")), "way.phone": box}
    assert [(change.name, change.what) for change in all_changes(old, new)] == [
        ("way", "question"),
        ("way.phone", EVIDENCE),
    ]


def test_a_set_without_a_label_is_known_by_its_answers():
    old = {"way": asked("", {}, ("a", "b")), "way.phone": asked("telefoon", {})}
    assert all_changes(old, old) == []


def test_the_question_of_another_is_one_change():
    other = asked("Gebruikte u de app?", {"1": "ja", "2": "nee"}, ("v12",))
    found = all_changes({"mark": asked(), "used": other}, {"mark": other, "used": asked()})
    assert [(change.name, change.what, change.other) for change in found] == [
        ("mark", "question", "used"),
        ("used", "question", "mark"),
    ]


def test_a_change_is_told_in_a_line():
    said = [told_of(Change("mark", what, "a", "b")) for what in (ANSWERS, BASE, DIRECTION, EVIDENCE)]
    assert said == [
        "answers: no longer “a”, newly “b”",
        "asked of a, and now of b",
        "direction of the scale: “a” → “b”",
        "nothing tells whether it is the same: “a”, then “b”",
    ]


def test_answers_in_words_are_their_own_labels():
    assert changed(asked(labels={"1": "ja", "2": "nee"}), asked(labels={"ja": "ja", "nee": "nee"})) == []
