"""Texts of questions that are the same to whoever is asked."""

import pytest

from wavebook.survey.answers.wording import folded, is_cut, is_same, key_of, says_what

LONG = "In welke mate bent u het eens of oneens met de volgende stellingen over uw laatste bezoek aan het loket? " * 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoe  tevreden BENT u?", "hoe tevreden bent u"),
        ("<p>Hoe <b>tevreden</b> bent u?</p>", "Hoe tevreden bent u?"),
        ("Hoe tevreden<br/>bent u&nbsp;?", "Hoe tevreden bent u ?"),
        ("Bent u tevreden over ${q://QID12/ChoiceGroup}?", "Bent u tevreden over ${e://Field/loket}?"),
        ("Over [% q4 %]: hoe ging dat?", "Over {{ loket }}: hoe ging dat?"),
        ("Over {Q4.label}: hoe ging dat?", "Over ^f('q4').label()^: hoe ging dat?"),
        ("‘t loket – “balie”", '\'t loket - "balie"'),
        (LONG, LONG[:256]),
        (LONG, LONG[:255] + "é"[:0]),
        (LONG[:256], f"<b>{LONG}</b>"),
    ],
)
def test_markup_and_what_is_filled_in_or_cut_off_make_no_other_question(one, other):
    assert is_same(one, other)
    assert is_same(other, one)
    assert key_of(one)[:100] == key_of(other)[:100]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoe tevreden bent u?", "Hoe ontevreden bent u?"),
        ("Jonger dan <18 jaar", "Jonger dan <21 jaar"),
        ("a<b en c>d", "a en c"),
        (LONG, LONG.replace("laatste", "eerste")),
        (LONG + "Stelling 1", LONG + "Stelling 2"),  # both whole
        (LONG, LONG[:120]),  # no program cuts there
        ("Hoe tevreden bent u?", ""),
    ],
)
def test_another_question_is_another_question(one, other):
    assert not is_same(one, other)
    assert not is_same(other, one)


def test_texts_of_which_the_end_is_lost_have_one_key():
    items = [f"{LONG}Stelling {i}"[:256] for i in range(3)]
    assert len({key_of(item) for item in (*items, LONG)}) == 1
    assert all(map(is_cut, items))
    assert not is_cut(LONG)


def test_less_than_and_percentages_are_no_markup():
    assert folded("100% zeker: 5 < 6 & {}") == "100% zeker: 5 < 6 & {}"
    assert folded("Meer dan 50%% van %%naam%%") == "meer dan 50%% van …"


@pytest.mark.parametrize("name", ["v11", "Q3_2", "vraag", "vraag_a", "tevreden_3", "item", "abc", "VAR00001", ""])
def test_a_name_with_a_number_or_without_a_word_says_nothing(name):
    assert not says_what(name)


@pytest.mark.parametrize("name", ["leeftijd", "Weegfactor", "tevreden_balie", "vraag_bezoek", "Âge_classe"])
def test_a_name_with_a_word_says_what_it_holds(name):
    assert says_what(name)
