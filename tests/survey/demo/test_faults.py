"""Faults that are planted in a made-up wave: each is where it is said to be."""

import numpy as np
import pytest

from wavebook.survey.demo.faults import spoil


@pytest.fixture
def spoilt(drafted):
    draft = drafted()
    return draft, spoil(draft)


def test_there_is_one_of_every_kind_that_the_questions_have_a_place_for(spoilt):
    draft, found = spoilt
    mark, theme, used, visits, later = map(draft.column_of, ("mark", "theme", "used", "visits", "later_mark"))
    empty, renamed = (draft.columns["contact"][name] for name in ("phone", "desk"))
    assert found.keys() == {
        ("W105", ""),
        ("W111", mark), ("W104", mark), ("W104", theme), ("W104", used),
        ("W121", "respnr"), ("W122", "respnr"), ("W131", "weegfactor"), ("W132", "weegfactor"), ("W133", "weegfactor"),
        ("W134", "landsdeel"), ("W135", "gemeenten"), ("W126", theme),
        ("W123", later), ("W124", later), ("W112", visits),
        ("W113", empty), ("W107", renamed), ("W109", draft.columns["channel"]),
    }  # fmt: skip


def test_as_many_respondents_have_each_as_is_told(spoilt):
    draft, found = spoilt
    kept, data = draft.complete, draft.data

    def many(column, values):
        return int(np.isin(data[column], values)[kept].sum())

    mark, theme, used = map(draft.column_of, ("mark", "theme", "used"))
    assert many(mark, [11]) == found["W111", mark] == found["W104", mark]
    assert many(theme, ["77"]) == found["W104", theme]
    assert many(used, [7]) == found["W104", used]
    assert np.isnan(data["weegfactor"][kept]).sum() == found["W131", "weegfactor"]
    assert many("weegfactor", [0]) == found["W132", "weegfactor"]
    assert np.isnan(data["landsdeel"][kept]).sum() == found["W134", "landsdeel"]
    assert np.isnan(data["respnr"][kept]).sum() == found["W122", "respnr"]
    numbers = data["respnr"][kept]
    shared = [number for number in numbers if (numbers == number).sum() > 1]
    assert len(shared) == found["W121", "respnr"]


def test_routing_is_broken_both_ways_and_a_number_is_a_text(spoilt):
    draft, found = spoilt
    visits, later = map(draft.column_of, ("visits", "later_mark"))
    count = np.array([float(text) if text.strip().isdigit() else np.nan for text in draft.data[visits]])
    grade = draft.data[later]
    asked = draft.complete & (count >= 2) & (count != 98)
    assert (asked & np.isnan(grade)).sum() == found["W124", later] == 6
    assert (draft.complete & (draft.data[visits] == "geen idee")).sum() == found["W112", visits] == 3
    assert (draft.complete & (count < 2) & (grade == 7)).sum() == found["W123", later] == 5
    assert visits not in draft.labels
    assert visits not in draft.missing


def test_the_last_segment_is_empty_and_what_was_in_it_is_the_rest(spoilt):
    draft, _ = spoilt
    assert "02" not in set(draft.data[draft.column_of("theme")])
    assert "97" in set(draft.data[draft.column_of("theme")])


def test_of_a_block_one_question_is_empty_and_one_has_another_name(spoilt):
    draft, _ = spoilt
    empty, renamed = (draft.columns["contact"][name] for name in ("phone", "desk"))
    assert np.isnan(draft.data[empty]).all()
    assert renamed not in draft.data
    assert f"{renamed}_nieuw" in draft.data


def test_a_set_has_a_column_without_a_meaning(spoilt):
    draft, _ = spoilt
    ((_, members),) = draft.sets.values()
    assert [member for member in members if member not in draft.codes["channel"]] == ["v99_9"]


def test_what_a_book_does_not_ask_is_not_spoilt(drafted):
    draft = drafted()
    draft.roles = type(draft.roles)((), (), (), (), {}, {}, (), ())
    draft.sets = {}
    codes = {code for code, _ in spoil(draft)}
    assert not codes & {"W111", "W123", "W124", "W112", "W113", "W107", "W109"}
    assert {"W104", "W121", "W131", "W126"} <= codes
