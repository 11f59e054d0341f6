"""Statements that set figures beside each other, by hand: each in each way that it can turn out."""

import pytest
from by_hand import CONTRARY, F, H, N, O, ident, outcome, shares, two, verdict
from crossed import cross

from wavebook.claims import above, always_more, in_each, largest, more, ranked, rises, smallest, stable

CASES = [
    (more("share.a", "share.b"), shares(33, 26), H),
    (more("share.a", "share.b"), shares(33, 33), O),
    (more("share.a", "share.b"), shares(26, 33), F),
    (more("share.a", "share.b"), shares(26, None), O),
    (more("share.a", "share.b", times=2), shares(52, 25), H),
    (more("share.a", "share.b", times=2), shares(48, 25), F),  # 48.5 is less than twice 24.5
    (more("share.a", "share.b", times=2), shares(50, 25), O),
    (more("share.a", "share.b", times=2), shares(51, 25), O),  # 50.5 and 25.49
    (more("share", "grade"), {"share": {"2014": 52}, "grade": {"2014": 6.9}}, O),  # not of one unit
    (more("grade", "grade@2010"), two((6.7, 0.1), (6.8, 0.1), "grade"), N),  # of other people in another year
    (ranked("share.a", "share.b", "share.c"), shares(3, 2, 1), H),
    (ranked("share.a", "share.b", "share.c"), shares(3, 1, 2), F),
    (ranked("share.a", "share.b", "share.c"), shares(3, 3, 2), O),
    (ranked("share.a", "share.b", "share.c"), shares(3, 2), O),
    (ranked("grade", "grade@2010"), two((6.7, 0.1), (6.8, 0.1), "grade"), N),
    (
        always_more("grade_a", "grade_b"),
        {"grade_a": {"2010": 7, "2014": 7.1}, "grade_b": {"2010": 6.7, "2014": 6.9}},
        H,
    ),
    (always_more("grade_a", "grade_b"), {"grade_a": {"2010": 7, "2014": 7.1}, "grade_b": {"2010": 7, "2014": 6.9}}, O),
    (
        always_more("grade_a", "grade_b"),
        {"grade_a": {"2010": 7, "2014": 7.1}, "grade_b": {"2010": 7.1, "2014": 6.9}},
        F,
    ),
    (always_more("grade_a", "grade_b"), {"grade_a": {"2010": 7, "2014": 7.1}, "grade_b": {"2014": 6.9}}, O),
    (always_more("grade_a", "grade_b"), {"grade_a": {"2010": 7.0}, "grade_b": {"2014": 6.9}}, O),
    (largest("share.a"), shares(25, 23), H),
    (largest("share.a"), shares(25, 25), O),
    (largest("share.a"), shares(25, 26), F),
    (largest("share.a"), shares(25, None), O),
    (largest("share.a"), shares(25, 26, None), F),  # whatever c is
    (largest("share.a"), shares(25), O),
    (largest("share.a", among=["b"]), shares(25, 23, 40), H),
    (smallest("share.a"), shares(23, 25), H),
    (smallest("share.a"), shares(25, 25), O),
    (smallest("share.a"), shares(26, 25), F),
    (smallest("share.a"), shares(23, None), O),
    (smallest("share.a", among=["b"]), shares(23, 25, 2), H),
    (in_each("theme", more, "share.a", "share.b"), shares(2, 1, theme="@theme=work"), O),  # nothing of school
    (
        in_each("theme", more, "share.a", "share.b"),
        shares(2, 1, theme="@theme=work") | shares(5, 3, theme="@theme=school"),
        H,
    ),
    (
        in_each("theme", more, "share.a", "share.b"),
        shares(2, 1, theme="@theme=work") | shares(3, 5, theme="@theme=school"),
        F,
    ),
    (in_each("theme", more, "share.a", "share.b"), shares(1, 2, theme="@theme=work"), F),  # whatever school has
    (
        in_each("theme", above, "share", limit=1),
        {"share@theme=work": {"2014": (3, 3)}, "share@theme=school": {"2014": 3}},
        N,
    ),
    (in_each("topic", more, "share.a", "share.b"), shares(2, 1), O),
]


@pytest.mark.parametrize(("predicate", "series", "expected"), CASES, ids=ident)
def test_a_statement_turns_out_as_its_figures_say(predicate, series, expected):
    assert outcome(predicate, series) == expected


@pytest.mark.parametrize(("predicate", "series", "expected"), CASES, ids=ident)
def test_its_denial_turns_out_the_other_way(predicate, series, expected):
    assert outcome(~predicate, series) == CONTRARY[expected]


def test_a_comparison_tells_the_figures_that_it_sets_beside_each_other():
    assert verdict(more("share.a", "share.b"), shares(33, 26)).reason == "share.a@2014 33, share.b@2014 26"
    assert verdict(ranked("share.a", "share.b"), shares(33, 26)).reason == "share.a 33, share.b 26"
    assert verdict(largest("share.a"), shares(33, 26)).reason == "a 33, b 26"


def test_twice_as_much_has_no_rival_and_more_has_its_opposite():
    assert [rival.text for rival in more("a", "b").rivals()] == ["b is more than a"]
    assert more("a", "b", times=2).rivals() == ()
    assert more("a", "b", times=1.5).text == "a is more than 1.5 × b"


def test_the_largest_has_others_to_compare_with():
    assert verdict(largest("share"), {"share": {"2014": 1}}).reason == "share has no others to compare with"
    assert verdict(smallest("share.a", among=["a"]), shares(1, 2)).reason == "share.a has no others to compare with"


def test_a_group_is_the_largest_of_its_breakdown():
    groups = {"share@theme=work": {"2014": 30}, "share@theme=school": {"2014": 20}}
    assert outcome(largest("share@theme=work"), groups) == H
    assert outcome(smallest("share@theme=work"), groups) == F
    assert verdict(largest("share@theme=work"), groups).reason == "work 30, school 20"


def test_what_was_never_asked_in_one_wave_is_not_always_more():
    found = verdict(always_more("share", "grade"), {"share": {"2010": 1}, "grade": {"2014": 7}})
    assert found.reason == "share and grade share no wave"
    found = verdict(always_more("share", "grade"), {"share": {"2014": 1}, "grade": {"2014": 7}})
    assert found.reason == "share is in percent, grade in grade 1 to 10"


def test_in_each_group_the_segment_stands_before_other_selectors():
    series = {f"share@theme={name}": {"2010": 1, "2014": 3} for name in ("work", "school")}
    assert outcome(in_each("theme", above, "share@2010", limit=2), series) == F
    assert outcome(in_each("theme", above, "share", limit=2), series) == H
    assert verdict(in_each("topic", above, "share", limit=2), series).reason == "there is no breakdown topic"
    assert in_each("theme", above, "share", limit=2).text == "in each theme: share is above 2"


def test_in_each_keeps_the_margins_of_what_is_said_of_each():
    assert in_each("theme", stable, "share", within=2).margins == (("share", 2),)
    assert in_each("theme", rises, "share", known=True).text == "in each theme: share rises, of what is known"


# combinations of two breakdowns


def judged(small, predicate, **edition):
    return predicate.verdict(cross(small).load(**edition))


def test_the_highest_of_one_breakdown_at_a_segment_of_the_other(small):
    young = "grade@theme=work,age=18_34"  # 7.2; work 35 and over 6.8, school 6.4 and 6.1
    assert judged(small, largest(young, across="age")).outcome == H
    figures = small.load()
    assert largest(young, across="theme").verdict(figures).outcome == H
    assert smallest(young, across="age").verdict(figures).outcome == F
    assert smallest("grade@theme=work,age=35_up", across="age").verdict(figures).outcome == H
    assert largest("grade@theme=school,age=18_34", across="theme").verdict(figures).outcome == F
    assert largest(young, across="age").verdict(figures).reason.startswith("work*18_34 7.2, work*35_up 6.8")


def test_of_two_breakdowns_it_is_said_which_one_is_compared(small):
    found = judged(small, largest("grade@theme=work,age=18_34"))
    assert found.outcome == O
    assert 'say which is compared, as across="age"' in found.reason
    other = largest("grade@theme=work", across="age").verdict(small.load())
    assert "is not split by age, but by theme" in other.reason


def test_in_an_edition_about_a_segment_the_other_breakdown_is_compared(small):
    assert judged(small, largest("grade@age=18_34"), segment="theme=work").outcome == H
    assert largest("grade@age=18_34").verdict(small.load()).outcome == H


def test_in_each_segment_of_one_breakdown_at_a_segment_of_the_other(small):
    each = in_each("theme", more, "grade@age=18_34", "grade@age=35_up")
    assert judged(small, each).outcome == H


def test_it_is_said_across_what(small):
    figures = cross(small).load(language="en")
    told = largest("grade@theme=work,age=18_34", across="age").said.text(figures)
    assert told == "grade (work, 18–34) in 2014 is higher than the other groups (age)"


def test_one_that_is_meant_may_stand_by_itself():
    shares = {"share.aa": {"2014": 60}, "share.a": {"2014": 70}, "share.b": {"2014": 20}}
    assert outcome(largest("share.aa", among="b"), shares) == H
    assert outcome(largest("share.b", among="aa"), shares) == F
