"""The claims of a section, judged together."""

import pytest
from by_hand import FACTS, F, H, N, O, made, two

from wavebook import claims
from wavebook.claims import above, always_rises, judge, rises, stable

ONE, BOTH = {"a": rises("share.a")}, {c: rises(f"share.{c}") for c in "ab"}


def outcomes(series, predicates, **options):
    return {name: found["outcome"] for name, found in judge(made(series, **options), predicates).verdicts.items()}


def grades(**ends):
    return {f"grade_{name}": {"2010": (first, 0.05), "2014": (last, 0.05)} for name, (first, last) in ends.items()}


def test_a_section_of_many_statements_asks_more_of_each():
    # 0.175 apart, 0.0055 lost to rounding: 2.40 times the error 0.0707, p = 0.0165, enough for three and not for four
    for count, expected in ((3, H), (4, N)):
        names = "abcd"[:count]
        series = grades(**dict.fromkeys(names, (6.5, 6.5)) | {"a": (6.52, 6.695)})
        assert outcomes(series, {c: rises(f"grade_{c}") for c in names})["a"] == expected


def test_what_is_shown_beyond_doubt_leaves_the_others_their_level():
    certain = {f"grade_{c}": {"2010": (5.0, 0.05), "2014": (8.0, 0.05)} for c in "bcdefgh"}
    series = {"grade_a": {"2010": (6.52, 0.05), "2014": (6.8, 0.05)}} | certain
    assert set(outcomes(series, {c: rises(f"grade_{c}") for c in "abcdefgh"}).values()) == {H}


@pytest.mark.parametrize("count", [1, 4, 19])
def test_more_statements_never_make_one_easier(count):
    # a rise of 2.8 standard errors is not certain among nineteen; it is no "hardly changed" there either
    series = {f"grade_{c}": {"2010": (6.5, 0.05), "2014": (6.5, 0.05)} for c in "abcdefghijklmnopqrs"}
    series["grade_a"] = {"2010": (6.5, 0.05), "2014": (6.7, 0.05)}
    predicates = {c: rises(f"grade_{c}") for c in "abcdefghijklmnopqrs"[1:count]}
    found = outcomes(series, predicates | {"stable": stable("grade_a"), "not": ~rises("grade_a")})
    assert H not in (found["stable"], found["not"])


@pytest.mark.parametrize("last", [45, 60, 99])  # 10, 21 and 49 standard errors: p-values that doubles barely hold
def test_a_change_far_beyond_chance_holds(last):
    series = {"share.a": {"2010": (30, 1.0), "2014": (last, 1.0)}, "share.b": {"2010": (30, 1.0), "2014": (31, 1.0)}}
    assert outcomes(series, BOTH) == {"a": H, "b": N}


def test_published_figures_do_not_count_as_tests():
    # 3.8 apart, 0.55 lost to rounding: 2.3 times the error 1.41, enough alone and not for two
    series = {"share.a": {"2010": (30.2, 1.0), "2014": (34, 1.0)}, "share.b": {"2010": 13, "2014": 14}}
    assert outcomes(series, BOTH) == {"a": H, "b": H}


def test_a_section_shows_its_verdicts_as_text_and_as_data():
    shown = judge(made(two(13, 14)), {"groei": rises("share")})._repr_mimebundle_()
    assert shown["text/plain"] == "groei: holds (share 13 (2010) → 14 (2014))"
    verdict = shown[claims.MIME]["groei"]
    assert verdict["figures"] == ["share@2010", "share@2014"]
    assert (verdict["basis"], verdict["waves"], verdict["known"], verdict["now"]) == (
        "figures only",
        ["baseline", "wave"],
        False,
        None,
    )


def test_margins_that_a_sentence_must_tell_are_named():
    found = judge(made(two(13, 14)), {"a": stable("share", within=2), "b": stable("share")}).verdicts
    assert [found[name]["margins"] for name in "ab"] == [[["share", 2]], []]


THREE = {"share": {"2008": 30, "2013": 40, "2014": 36}}


def test_each_statement_is_tried_against_the_previous_wave_too():
    found = judge(made(THREE), {"a": rises("share"), "b": rises("share", now=True)}).verdicts
    assert [(found[name]["outcome"], found[name]["recent"]["outcome"]) for name in "ab"] == [(H, F), (H, F)]
    assert found["a"]["recent"]["since"] == "2013"
    assert found["a"]["recent"]["figures"] == ["share@2013", "share@2014"]
    assert [found[name]["now"] for name in "ab"] == [None, True]


def test_where_the_previous_wave_is_the_baseline_nothing_is_tried_twice():
    for options in ({"baseline": "2013"}, {"wave": "2013"}):
        assert judge(made(THREE, **options), {"a": rises("share")}).verdicts["a"]["recent"] is None
    assert judge(made(THREE, wave="2008"), {"a": above("share", 20)}).verdicts["a"]["recent"] is None


def test_fixed_years_are_the_same_whatever_the_baseline():
    found = judge(made(THREE), {"a": rises("share@2008..2014")}).verdicts["a"]
    assert found["recent"]["outcome"] == found["outcome"] == H
    assert found["waves"] == ["2008", "2014"]


def test_recent_tests_are_a_family_of_their_own():
    # ten grades that rose for certain since 2008 and hardly since 2013 do not make an eleventh harder to show
    names = "abcdefghijk"
    series = {f"grade_{c}": {"2008": (5.0, 0.05), "2013": (6.5, 0.05), "2014": (6.5, 0.05)} for c in names}
    series["grade_a"] = {"2008": (6.5, 0.05), "2013": (5.0, 0.05), "2014": (6.75, 0.05)}
    found = judge(made(series), {c: rises(f"grade_{c}") for c in names}).verdicts
    assert (found["a"]["outcome"], found["a"]["recent"]["outcome"]) == (H, H)
    assert found["b"]["recent"]["outcome"] == N


def test_facts_and_waves_that_a_statement_rests_on_are_named():
    verdict = above("grade", "fact:target").verdict(made({"grade": {"2010": 6.9, "2014": 7.2}}))
    assert (verdict.facts, verdict.waves) == (("target",), ("2008", "wave"))
    assert FACTS["target"]["date"] == "2008"
    assert always_rises("grade").verdict(made({"grade": {"2010": 6.9, "2014": 7.2}})).waves == ("*", "2010", "2014")
    assert rises("grade").verdict(made({"grade": {"2014": 7.2}})).outcome == O


def test_a_verdict_knows_the_edition_that_it_is_about():
    for wave in ("2013", "2014"):
        found = judge(made(THREE, wave=wave), {"a": rises("share")}).verdicts["a"]
        assert found["edition"] == {"wave": wave, "baseline": "2008"}
