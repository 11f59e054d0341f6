import pytest

from wavebook.survey.answers.doubts import (
    doubts_of_categories,
    doubts_of_names,
    doubts_of_numbers,
    doubts_of_shares,
    labelled,
)
from wavebook.survey.files.codes import Codebook, Column
from wavebook.survey.files.surveyfile import Variable

COLUMN = Column("v1", text=False)


def book(**meanings):
    return Codebook(COLUMN, {code.lstrip("_"): meaning for code, meaning in meanings.items()}, [])


def codes(doubts):
    return [doubt.code for doubt in doubts]


def test_yes_that_is_labelled_no_is_doubted_with_its_no():
    assert codes(doubts_of_shares(book(_1="yes", _2="no"), {"1": "nee", "2": "ja"}, [])) == ["1", "2"]
    assert codes(doubts_of_shares(book(_1="yes", _2="no"), {"1": "ja", "2": "nee"}, [])) == []


def test_yes_may_be_dissatisfied_where_that_is_asked():
    labels = {"1": "ontevreden", "2": "tevreden"}
    assert codes(doubts_of_shares(book(_1="yes", _2="no"), labels, ["tevreden"])) == ["1", "2"]
    assert codes(doubts_of_shares(book(_1="yes", _2="no"), labels, ["ontevreden"])) == []


def test_no_answer_that_is_declared_an_answer_is_doubted():
    assert codes(doubts_of_shares(book(_1="yes", _2="yes"), {"1": "ja", "2": "weet niet"}, [])) == ["2"]


def test_a_cell_of_no_value_that_is_declared_an_answer_is_doubted_and_a_dash_as_a_label_is_not():
    words = Codebook(Column("v1", text=True), {"Ja": "yes", "NULL": "yes"}, [])
    assert codes(doubts_of_shares(words, {"Ja": "Ja", "NULL": "NULL"}, [])) == ["NULL"]
    assert codes(doubts_of_shares(book(_1="yes", _2="yes"), {"1": "ja", "2": "-"}, [])) == []


def test_a_label_that_names_another_category_is_doubted():
    names = {"phone": ["telefoon"], "desk": ["balie"]}
    assert doubts_of_names({"1": "balie", "2": "balie"}, {"1": "phone", "2": "desk"}, names) == ["1"]
    assert codes(doubts_of_categories(book(_1="phone", _2="desk"), {"1": "Telefoon", "2": "balie"}, names)) == []


@pytest.mark.parametrize(
    ("labels", "doubted", "undeclared", "ends"),
    [
        ({"1": "zeer ontevreden", "10": "zeer tevreden"}, [], [], None),
        ({"1": "zeer tevreden", "10": "zeer ontevreden"}, ["1", "10"], [], None),
        ({"1": "zeer ontevreden", "5": "zeer tevreden"}, [], [], (1.0, 5.0)),
        ({"1": "zeer ontevreden", "10": "zeer tevreden", "9": "weet niet"}, [], ["9"], None),
        ({"1": "zeer ontevreden", "10": "zeer tevreden", "3": "niet gebruikt"}, [], ["3"], None),
        ({"4": "5 keer"}, ["4"], [], None),
    ],
)
def test_the_labels_of_a_scale_are_held_against_its_numbers(labels, doubted, undeclared, ends):
    found = doubts_of_numbers(book(), labels, 1, 10, [], scale=True)
    assert (codes(found.doubts), found.undeclared, found.ends) == (doubted, undeclared, ends)


def test_what_the_file_calls_missing_and_is_declared_so_has_no_label_to_compare():
    variable = Variable("v1", "number", "", {"1": "ja", "9": "weet niet"}, ((9.0, 9.0),))
    assert labelled(Codebook(COLUMN, {"1": "yes"}, [(9.0, 9.0)]), variable) == {"1": "ja"}
    assert labelled(Codebook(COLUMN, {"1": "yes", "9": "no"}, [(9.0, 9.0)]), variable) == {"1": "ja", "9": "weet niet"}
