"""Who the respondents of a made-up file are, and what they answer."""

import numpy as np
import pytest

from wavebook.survey.demo import MADE_UP
from wavebook.survey.files.opening import open_file


def answers(draft, name):
    """The numbers that were answered by who completed the questionnaire, without those that are none."""
    values = draft.data[draft.column_of(name)]
    return values[draft.complete & ~np.isnan(values) & ~np.isin(values, [98, 99])]


def test_half_of_every_stratum_is_of_the_second_population(drafted):
    draft = drafted(400)
    strata = draft.data["landsdeel"]
    assert [int((strata == h).sum()) for h in (1, 2, 3, 4)] == [100] * 4
    assert [int(draft.second[strata == h].sum()) for h in (1, 2, 3, 4)] == [50] * 4
    assert set(np.unique(draft.data["doelgroep"])) == {"B", "O"}
    assert draft.codes["population"] == {"B": "citizens", "O": "firms"}


def test_towns_lie_in_one_stratum_and_numbers_are_given_once(drafted):
    draft = drafted()
    assert (draft.data["gemeente"] // 100 == draft.data["landsdeel"]).all()
    assert len(set(draft.data["respnr"])) == draft.rows
    assert {float(h): set(draft.data["gemeenten"][draft.data["landsdeel"] == h]) for h in (1, 4)} == {1: {60}, 4: {133}}


def test_weights_have_a_mean_of_one_and_bring_back_the_population(drafted):
    draft = drafted()
    weight = draft.data["weegfactor"]
    assert np.isnan(weight[~draft.complete]).all()
    kept = weight[draft.complete]
    assert kept.mean() == pytest.approx(1)
    assert weight[draft.complete & draft.second].sum() / kept.sum() == pytest.approx(0.2)


def test_who_did_not_complete_the_questionnaire_answered_nothing(drafted):
    draft = drafted()
    assert 0 < (~draft.complete).sum() < 30
    questions = [name for name in draft.data if name[0] == "v" and name[1].isdigit()]
    assert len(questions) > 10
    assert all(np.isnan(draft.data[name][~draft.complete]).all() for name in questions)
    assert not np.isnan(draft.data["compleet"]).any()


def test_a_breakdown_is_named_and_coded_as_text_with_a_rest_that_is_not_published(drafted):
    draft = drafted()
    assert draft.columns["theme"] == "thema"
    assert draft.codes["theme"] == {"01": "education", "02": "housing", "97": "other"}
    assert draft.labels["thema"] == {"01": "onderwijs", "02": "wonen", "97": "iets anders"}
    assert set(draft.data["thema"]) == {"01", "02", "97"}


def test_marks_are_whole_and_keep_their_mean_and_bands(drafted):
    draft = drafted(8000, **{"mark": 6.9})
    marks = answers(draft, "mark")
    assert set(marks) <= set(range(1, 11))
    assert marks.mean() == pytest.approx(draft.truths["mark"], abs=0.1)
    assert 100 * (marks >= 8).mean() == pytest.approx(40, abs=3)
    assert 100 * (marks <= 5).mean() == pytest.approx(20, abs=3)
    assert draft.columns["mark_band"] == draft.columns["mark"]
    assert draft.codes["mark_band"] == {"8..10": "good", "6..7": "other", "1..5": "bad"}


def test_a_mean_that_its_bands_do_not_allow_is_another_truth(drafted):
    assert drafted(mark=6.9).truths["mark"] == 6.9
    # a fifth at 4.2, two fifths at 6.4 and two fifths at 9.8 at most
    assert drafted(mark=9.0).truths["mark"] == pytest.approx(0.2 * 4.2 + 0.4 * 6.4 + 0.4 * 9.8)


def test_counts_keep_their_mean_and_a_code_for_no_answer_that_is_none(drafted):
    few = drafted(8000)
    assert answers(few, "visits").mean() == pytest.approx(3, abs=0.1)
    assert answers(few, "visits").min() == 1
    assert few.missing[few.column_of("visits")] == [98]
    assert few.missing_in.get(few.column_of("visits")) is None
    many = drafted(visits=120.0)
    assert many.missing_in[many.column_of("visits")] == many.missing[many.column_of("visits")] == [9998]
    assert drafted(visits=49.0).missing_in.keys() == {few.column_of("lead")}


def test_a_grade_is_asked_of_who_counts_two_or_more(drafted):
    draft = drafted()
    count, grade = (draft.data[draft.column_of(name)] for name in ("visits", "later_mark"))
    asked = draft.complete & (count >= 2) & (count != 98)
    assert np.isnan(grade[~asked]).all()
    assert not np.isnan(grade[asked]).any()
    assert draft.asked_if == {"later_mark": {draft.column_of("visits"): ["2..97"]}}
    many = drafted(visits=120.0)
    assert many.asked_if["later_mark"] == {many.column_of("visits"): ["2..9997"]}


def test_shares_are_higher_in_the_second_population(drafted):
    draft = drafted(8000, used=50.0)
    column = draft.data[draft.column_of("used")]
    yes = {side: (column[draft.complete & (draft.second == side) & (column < 9)] == 1).mean() for side in (True, False)}
    assert yes[True] == pytest.approx(0.66, abs=0.03)  # sixteen points above everyone
    assert 0.2 * yes[True] + 0.8 * yes[False] == pytest.approx(0.5, abs=0.02)
    assert draft.codes["used"] == {"1": "yes", "2": "no"}


def test_who_chose_nothing_of_a_set_chose_something_else(drafted):
    draft = drafted()
    ((name, (question, members)),) = draft.sets.items()
    assert draft.columns["channel"] == f"${name}"
    assert question == "Welke antwoorden zijn op u van toepassing? (channel nl)"
    assert list(draft.codes["channel"].values()) == ["phone", "desk", "other"]
    assert list(draft.codes["channel"]) == members
    chosen = np.array([draft.data[member] == 1 for member in members])
    assert chosen[:, draft.complete].any(axis=0).all()


def test_a_scale_says_yes_on_the_side_that_its_words_speak_of(drafted):
    draft = drafted(8000)
    assert draft.codes["contact"] == {"1..2": "yes", "3..5": "no"}
    with pytest.raises(TypeError, match="contact has several columns"):
        draft.column_of("contact")
    column = draft.data[draft.columns["contact"]["phone"]]
    given = column[draft.complete & (column < 9)]
    weights = draft.data["weegfactor"][draft.complete & (column < 9)]
    assert 100 * np.average(given <= 2, weights=weights) == pytest.approx(draft.truths["contact.phone"], abs=3)


def test_one_answer_of_several_leaves_some_for_something_else(drafted):
    draft = drafted(**{"aspect.a": 40.0, "aspect.b": 40.0, "aspect.c": 15.0, "aspect.d": 5.0})
    assert sum(draft.truths[f"aspect.{name}"] for name in "abcd") == pytest.approx(95)
    assert draft.codes["aspect"] == {"1": "a", "2": "b", "3": "c", "4": "d", "5": "other"}


def test_a_difference_may_be_any_number_of_its_scale(drafted):
    draft = drafted(lead=90.0)
    column = draft.column_of("lead")
    values = draft.data[column][draft.complete]
    assert values.max() == 100
    assert draft.missing_in[column] == []  # 98 and 99 are answers


def test_the_same_seed_gives_the_same_file(drafted):
    one, same, other = drafted(), drafted(), drafted(seed=2)
    for name, values in one.data.items():
        assert np.array_equal(values, same.data[name], equal_nan=values.dtype.kind == "f"), name
    assert not np.array_equal(one.data["respnr"], other.data["respnr"])


def test_the_file_says_what_it_is_and_how_it_is_read(drafted, tmp_path):
    draft = drafted(40)
    draft.write(tmp_path / "2018.sav", spoilt=False)
    file = open_file(tmp_path / "2018.sav")
    assert set(file.variables) == set(draft.data)
    assert file.title.startswith("VERZONNEN")
    assert MADE_UP in file.notes
    assert {name: item.columns for name, item in file.sets.items()} == {
        f"${name}": tuple(members) for name, (_, members) in draft.sets.items()
    }
    assert file.variables[draft.column_of("used")].labels == {"1": "ja", "2": "nee", "9": "weet niet"}
    assert file.problems == ()
    draft.write(tmp_path / "2018.sav", spoilt=True)
    assert [problem.code for problem in open_file(tmp_path / "2018.sav").problems] == ["W105"]
