"""What chance explains: errors that are measured or follow from what is declared, and respondents in common."""

import math

import pytest
from by_hand import WORDS, F, H, N, O, gap, made, outcome, shares, two, verdict
from scipy import stats

from wavebook.claims import Evidence, above, at_most, below, largest, linear, more, ranked, rises, stable, widens
from wavebook.figures import Figures


@pytest.fixture
def kept(monkeypatch):
    """Correlations as they may be kept of estimates, by the ends of keys."""

    def keep(*pairs):
        known = {frozenset(pair[:2]): pair[2:] for pair in pairs}
        monkeypatch.setattr(Figures, "correlation", lambda self, a, b: known.get(frozenset((str(a), str(b)))))

    return keep


def weigh(figures, *terms):
    return Evidence(figures).weigh([(c, figures[key]) for c, key in terms])


def error(figures, *terms, level=0.05):
    """The largest and smallest standard error of a sum of means."""
    most, least = weigh(figures, *terms).errors.reach(level, up=True)
    return most / stats.norm.isf(level / 2), least / stats.norm.isf(level / 2)


# --- respondents in common --------------------------------------------------------------------------------

PAIR = {
    "grade_a": {"2010": (6.52, 0.03), "2014": (6.52, 0.03)},
    "grade_b": {"2010": (6.41, 0.04), "2014": (6.41, 0.04)},
}


def test_two_grades_of_the_same_people_may_have_anything_in_common():
    assert error(made(PAIR), (1, "grade_a"), (-1, "grade_b")) == pytest.approx((0.07, 0.01))


def test_a_kept_correlation_narrows_that(kept):
    kept(("grade_a@2014", "grade_b@2014", 0.5, 0.6))
    # 9 + 16 − 2ρ·12 in ten-thousandths
    expected = [math.sqrt(25 - 24 * r) / 100 for r in (0.5, 0.6)]
    assert error(made(PAIR), (1, "grade_a"), (-1, "grade_b")) == pytest.approx(expected)
    expected = [math.sqrt(25 + 24 * r) / 100 for r in (0.6, 0.5)]
    assert error(made(PAIR), (1, "grade_a"), (1, "grade_b")) == pytest.approx(expected)


@pytest.mark.parametrize(("kept_of_it", "expected"), [((), O), ((0.8, 0.9), H), ((-0.1, 0.0), N), ((-0.5, 0.9), O)])
def test_what_the_overlap_decides_is_open_while_it_is_not_known(kept, kept_of_it, expected):
    # 0.08 less 0.01 for rounding; the error is 0.07 at most, 0.01 at least, √(25 − 24 × 0.8) / 100 = 0.024 if ρ is 0.8
    series = {"grade_a": {"2014": (6.52, 0.03)}, "grade_b": {"2014": (6.44, 0.04)}}
    kept(*([("grade_a@2014", "grade_b@2014", *kept_of_it)] if kept_of_it else []))
    assert outcome(more("grade_a", "grade_b"), series) == expected


def test_waves_are_independent_and_their_figures_not():
    terms = [(1, "grade_a"), (-1, "grade_a@2010"), (-1, "grade_b"), (1, "grade_b@2010")]
    assert error(made(PAIR), *terms) == pytest.approx((0.07 * math.sqrt(2), 0.01 * math.sqrt(2)))


def test_the_same_panel_in_two_waves_makes_a_change_more_certain(kept):
    kept(("grade_a@2010", "grade_a@2014", 0.5, 0.5))
    assert error(made(PAIR), (1, "grade_a"), (-1, "grade_a@2010")) == pytest.approx((0.03, 0.03))


def test_a_correlation_across_waves_counts_only_with_all_others_unless_it_makes_less_certain(kept):
    kept(("grade_a@2010", "grade_a@2014", 0.5, 0.5))
    figures = made(PAIR)
    terms = [(1, "grade_a"), (-1, "grade_a@2010"), (-1, "grade_b"), (1, "grade_b@2010")]
    assert error(figures, *terms)[0] == pytest.approx(0.07 * math.sqrt(2))
    # the sum of two waves of the same people is less certain
    series = {"grade": {"2008": (6.52, 0.03), "2010": (6.52, 0.03), "2014": (6.52, 0.03)}}
    kept(("grade@2008", "grade@2014", 0.5, 0.5))
    terms = [(1, "grade@2008"), (-2, "grade@2010"), (1, "grade@2014")]
    assert error(made(series), *terms)[0] == pytest.approx(0.03 * math.sqrt(1 + 4 + 1 + 1))


def test_a_figure_that_comes_twice_counts_once():
    figures = made(PAIR)
    assert error(figures, (1, "grade_a"), (1, "grade_a")) == pytest.approx((0.06, 0.06))
    assert not weigh(figures, (1, "grade_a"), (-1, "grade_a")).errors


# --- few clusters -----------------------------------------------------------------------------------------


def clustered(value, se, clusters):
    """A mean with the t interval of its clusters."""
    reach = stats.t.isf(0.025, clusters - 1) * se
    return {"value": value, "se": se, "ci_low": round(value - reach, 6), "ci_high": round(value + reach, 6)}


@pytest.mark.parametrize("clusters", [3, 4, 10, 40, 200])
def test_degrees_of_freedom_are_those_of_the_interval(clusters):
    figures = made({"grade": {"2014": clustered(6.52, 0.1, clusters)}})
    assert weigh(figures, (1, "grade")).errors.df == pytest.approx(clusters - 1, rel=0.02)


@pytest.mark.parametrize("clusters", [4, 10])
def test_those_of_a_share_are_told_from_its_logit_interval(clusters):
    share, se = 0.1, 0.02
    reach = stats.t.isf(0.025, clusters - 1) * se / (share * (1 - share))
    low, high = (100 / (1 + math.exp(-(math.log(share / (1 - share)) + s * reach))) for s in (-1, 1))
    figures = made({"share": {"2014": {"value": 10, "se": 2, "ci_low": round(low, 6), "ci_high": round(high, 6)}}})
    assert weigh(figures, (1, "share")).errors.df == pytest.approx(clusters - 1, rel=0.02)


def test_an_interval_from_the_normal_distribution_has_no_limit():
    figures = made({"grade": {"2014": {"value": 6.52, "se": 0.1, "ci_low": 6.324, "ci_high": 6.716}}})
    assert weigh(figures, (1, "grade")).errors.df == math.inf


def test_respondents_themselves_limit_the_degrees_of_freedom():
    figures = made({"grade": {"2014": {"value": 6.52, "se": 0.1, "n": 20}}})
    assert weigh(figures, (1, "grade")).errors.df == 19


def test_a_difference_of_waves_has_the_degrees_of_welch_and_satterthwaite():
    # (1 + 4)² / (1/3 + 16/9)
    series = {"grade": {"2010": clustered(6.52, 0.1, 4), "2014": clustered(6.52, 0.2, 10)}}
    assert weigh(made(series), (1, "grade"), (-1, "grade@2010")).errors.df == pytest.approx(
        25 / (1 / 3 + 16 / 9), rel=0.02
    )


def test_the_same_clusters_in_two_waves_are_no_more_clusters(kept):
    series = {"grade": {"2010": clustered(6.52, 0.1, 4), "2014": clustered(6.52, 0.1, 4)}}
    kept(("grade@2010", "grade@2014", 0.2, 0.3))
    assert weigh(made(series), (1, "grade"), (-1, "grade@2010")).errors.df == pytest.approx(3, rel=0.02)


def test_a_kept_correlation_leaves_a_wave_its_weight_among_the_degrees(kept):
    # in 2014 the difference has nearly no error: the four clusters of 2010 decide
    many, few = {"value": 6.52, "se": 0.1}, clustered(6.52, 0.1, 4)
    kept(("grade_a@2014", "grade_b@2014", 0.99, 0.99))
    figures = made({"grade_a": {"2010": few, "2014": many}, "grade_b": {"2014": many}})
    found = weigh(figures, (1, "grade_a"), (-1, "grade_b"), (-1, "grade_a@2010"))
    assert found.errors.df == pytest.approx(3 * (0.01 + 0.0002) ** 2 / 0.01**2, rel=0.02)


@pytest.mark.parametrize(("clusters", "expected"), [(4, N), (40, H)])
def test_few_clusters_explain_more_by_chance(clusters, expected):
    # 0.39 is 2.76 times the error 0.1414: enough with 78 degrees of freedom, not with 6 (2.45) among four
    series = {"grade": {"2010": clustered(6.52, 0.1, clusters), "2014": clustered(6.82, 0.1, clusters)}}
    assert outcome(rises("grade"), series) == expected


# --- shares -----------------------------------------------------------------------------------------------


def among(n, value, **columns):
    return {"value": value, "n": n} | columns


@pytest.mark.parametrize(("limit", "expected"), [(4.5, O), (4.6, H)])
def test_the_limits_of_a_share_are_exact(limit, expected):
    # printed 0, and so less than 0.5 of 100 people: Clopper and Pearson's upper limit of half a person is 4.6 at 95 %
    assert stats.beta.isf(0.025, 1.5, 99.5) * 100 == pytest.approx(4.58, abs=0.01)
    assert outcome(below("share", limit), {"share": {"2014": among(100, 0)}}) == expected


def test_a_share_of_which_all_said_the_same_is_not_known_exactly():
    nobody = {"share": {"2014": {"value": 0, "se": 0, "n": 100, "status": "estimated"}}}
    assert outcome(at_most("share", 2), nobody) == N
    assert verdict(at_most("share", 2), nobody).basis == "measured"
    unknown_n = {"share": {"2014": {"value": 0, "se": 0, "status": "estimated"}}}
    assert verdict(at_most("share", 2), unknown_n).basis == "figures only"


def test_a_share_far_from_both_ends_has_nearly_the_normal_error():
    figures = made({"share": {"2014": among(10_000, 40)}})
    most, least = weigh(figures, (1, "share")).errors.reach(0.05, up=True)
    assert most == least == pytest.approx(1.96 * math.sqrt(0.405 * 0.595 / 10_000) * 100, rel=0.02)


@pytest.mark.parametrize("relation", [">", "<"])
@pytest.mark.parametrize(("first", "last"), [(30, 34), (34, 30), (1, 4), (50, 62)])
def test_p_is_the_level_at_which_something_would_just_be_shown(relation, first, last):
    figures = made(two(among(1000, first), among(800, last)))
    found = weigh(figures, (1, "share"), (-1, "share@2010"))
    p = found.p(relation)
    if p < 1:
        assert found.shows(relation, p * 1.001)
        assert not found.shows(relation, p * 0.999)
    else:
        assert not found.shows(relation, 0.999)


# --- what is declared -------------------------------------------------------------------------------------


def declared(*samples, years=("2010", "2014")):
    return {"samples": dict.fromkeys(years, samples)}


def test_figures_without_a_sample_rest_on_figures_only_and_may_say_what_they_do():
    found = verdict(rises("share"), two(30, 32))
    assert (found.outcome, found.basis, found.tests) == (H, "figures only", ())


@pytest.mark.parametrize(("n", "expected"), [(1000, N), (20_000, H)])
def test_the_error_of_a_share_follows_from_the_number_of_people(n, expected):
    # 1 at the least; the error of 1,000 people is 2.06, that of 20,000 is 0.46
    found = verdict(rises("share"), two(30, 32), **declared({"n": n}))
    assert (found.outcome, found.basis) == (expected, "declared")
    assert found.tests[0].margin == pytest.approx(1.96 * math.sqrt(2 * 0.31 * 0.69 / n) * 100, rel=0.04)


def test_an_effective_number_counts_before_the_number():
    options = declared({"n": 20_000, "n_effective": 1000})
    assert outcome(rises("share"), two(30, 32), **options) == N


def test_a_grade_needs_a_deviation_too():
    series = two(6.5, 6.7, "grade")
    assert verdict(rises("grade"), series, **declared({"n": 1000})).basis == "figures only"
    found = verdict(rises("grade"), series, **declared({"n": 1000, "deviation": 1.5}))
    # 0.1 at the least; 1.96 × 1.5 × √(2 / 1000) = 0.131, and 0.2 would do
    assert (found.outcome, found.basis) == (O, "declared")
    assert found.tests[0].margin == pytest.approx(0.1315, abs=1e-3)
    assert outcome(rises("grade"), series, **declared({"n": 4000, "deviation": 1.5})) == H
    assert outcome(rises("grade"), series, **declared({"n": 400, "deviation": 1.5})) == N


@pytest.mark.parametrize("order", [1, -1])
def test_what_is_declared_of_an_indicator_goes_before_what_is_declared_of_all(order):
    samples = ({"n": 4000, "deviation": 1.5}, {"indicators": ["grade"], "n": 100})[::order]
    assert outcome(rises("grade"), two(6.5, 6.7, "grade"), **declared(*samples)) == N
    other = two(6.5, 6.7, "grade") | {"grade_b": {"2014": 7}}
    samples = ({"n": 4000, "deviation": 1.5}, {"indicators": ["grade_b"], "n": 100})[::order]
    assert outcome(rises("grade"), other, **declared(*samples)) == H


def test_a_more_particular_number_has_no_effective_one_of_all():
    samples = ({"n": 4000, "n_effective": 100.0, "deviation": 1.5}, {"indicators": ["grade"], "n": 4000})
    assert outcome(rises("grade"), two(6.5, 6.7, "grade"), **declared(*samples)) == H


def test_the_number_of_a_figure_itself_goes_before_all():
    assert outcome(rises("share"), two(among(100, 30), among(100, 32)), **declared({"n": 20_000})) == N
    # whoever declares an effective number of all cannot have more of those than answered this
    few = two(among(100, 30), among(100, 32))
    assert outcome(rises("share"), few, **declared({"n_effective": 20_000.0})) == N


def test_one_wave_alone_leaves_the_other_figures_only():
    found = verdict(rises("share"), two(30, 32), **declared({"n": 1000}, years=("2014",)))
    assert (found.outcome, found.basis) == (N, "figures only")


def test_a_sample_says_nothing_of_segments():
    series = {"share@theme=work": {"2010": 30, "2014": 32}}
    found = verdict(rises("share@theme=work"), series, **declared({"n": 1000}))
    assert (found.outcome, found.basis) == (H, "figures only")
    series = {"share@theme=work": {"2010": among(1000, 30), "2014": among(1000, 32)}}
    found = verdict(rises("share@theme=work"), series)
    assert (found.outcome, found.basis) == (N, "declared")


def test_a_sample_says_nothing_of_things():
    found = verdict(rises("things"), two(30, 32, "things"), **declared({"n": 100, "deviation": 5.0}))
    assert (found.outcome, found.basis, found.tests) == (H, "exact", ())


def test_what_is_measured_goes_before_what_is_declared():
    found = verdict(rises("share"), two((30, 0.1), (32, 0.1)), **declared({"n": 100}))
    assert (found.outcome, found.basis) == (H, "measured")


def test_a_basis_is_the_weakest_of_all_figures():
    series = {"share.a": {"2014": (30, 0.1)}, "share.b": {"2014": 20}, "things": {"2014": 3}}
    assert verdict(above("things", 2), series).basis == "exact"
    assert verdict(above("things", 2) & above("share.a", 20), series).basis == "measured"
    found = verdict(ranked("share.a", "share.b"), series, **declared({"n": 1000}, years=("2014",)))
    assert found.basis == "declared"
    assert verdict(ranked("share.a", "share.b"), series).basis == "figures only"


@pytest.mark.parametrize("sample", [{"assumption": WORDS}, {"source": "s", "locator": "p", "assumption": None}])
def test_a_sample_has_a_source_or_is_an_assumption(sample):
    options = {"samples": {year: [{"n": 1000, **sample}] for year in ("2010", "2014")}}
    assert verdict(rises("share"), two(30, 32), **options).basis == "declared"


def test_an_error_from_an_interval_alone_is_that_of_its_longer_side():
    found = verdict(rises("share"), two({"value": 30, "ci_low": 28, "ci_high": 33}, 34))
    assert found.tests[0].margin == pytest.approx(3.0, rel=0.05)


# --- what small samples show ------------------------------------------------------------------------------


def test_a_small_sample_shows_nothing_either_way():
    options = declared({"n": 100, "deviation": 1.5})
    for last in (6.5, 6.6, 6.7, 6.8):
        series = two(6.5, last, "grade")
        for predicate in (stable("grade"), ~stable("grade"), rises("grade"), ~rises("grade")):
            assert outcome(predicate, series, **options) in (N, O)


def test_a_dip_is_neither_linear_nor_shown_to_be_otherwise_by_small_samples():
    series = {"grade": {"2008": 6.7, "2009": 6.6, "2013": 6.8, "2014": 6.9}}
    few, many = (declared({"n": n, "deviation": 1.5}, years=series["grade"]) for n in (1000, 100_000))
    assert {outcome(p, series, **few) for p in (linear("grade"), linear("grade", within=0.05))} <= {N, O}
    assert outcome(linear("grade", within=0.5), series, **many) == H
    assert outcome(linear("grade"), {"grade": {"2008": 6.7, "2009": 6.3, "2013": 6.8, "2014": 6.9}}, **many) == F


def test_answers_to_one_question_are_not_independent():
    # 4 ± 1 apart; independent errors of 1,000 people would explain 1.96 × 1.45 × √2 = 4.0 and exclude 0 with 5.1
    found = verdict(largest("share.a"), shares(30, 25.1), **declared({"n": 1000}, years=("2014",)))
    assert found.outcome == O
    assert found.tests[0].margin > 5.5


def test_a_gap_of_four_estimates_has_the_error_of_all_four():
    series = gap((30, 0.2), (34, 0.2), (20, 0.2), (20, 0.2))
    # 4 ± 2, and chance explains 1.96 × √2 × 0.4 = 1.1
    assert outcome(widens("share.a", "share.b"), series) == H
    series["share.a"]["2014"] = (33, 0.2)  # 3 ± 2
    assert outcome(widens("share.a", "share.b"), series) == O
