"""Figures of two waves: what moved, and by more than chance explains."""

from dataclasses import replace

import pytest
from waves import BREAK, SE, add_wave, grade, share

from wavebook.publish.review.compare import review
from wavebook.publish.review.figures import compare_figures, in_order, only_in
from wavebook.publish.review.report import change_text


def moved(book, before="2016", after="2018"):
    """Every move between two waves, by the name and group of its figure."""
    moves = compare_figures(book.load(wave=after, baseline=before, language="en"))
    return {m.key.name + (f" {m.key.segment}" if m.key.segment else ""): m for m in moves if m.key.population == ""}


# --- figures ----------------------------------------------------------------------------------------------


def test_a_change_beyond_chance_rose_and_has_its_interval(pair):
    grade(pair, "2016", "6.7", se="0.03")
    grade(pair, "2018", "6.9", se="0.04")
    move = moved(pair)["grade"]
    assert (move.verdict, change_text(move)) == ("rose", "+0.2 points")
    assert (move.low, move.high) == pytest.approx((0.2 - 1.96 * 0.05, 0.2 + 1.96 * 0.05), abs=1e-5)


def test_a_fall_prints_with_a_minus(pair):
    share(pair, "2016", "yes", "60", se="1")
    share(pair, "2018", "yes", "49", se="1")
    move = moved(pair)["share.yes"]
    assert (move.verdict, change_text(move)) == ("fell", "−11 percentage points")


def test_p_values_are_holms_over_the_whole_set(pair):
    # differences of 2.5758, 2.1701 and 2.0537 standard errors: p is 0.01, 0.03 and 0.04 alone
    for category, after in (("yes", "52.8258"), ("no", "52.4201"), ("maybe", "52.3037")):
        share(pair, "2016", category, "50.25", se=SE)
        share(pair, "2018", category, after, se=SE)
    moves = moved(pair)
    assert [round(moves[f"share.{c}"].p, 3) for c in ("yes", "no", "maybe")] == [0.03, 0.06, 0.06]
    assert [moves[f"share.{c}"].verdict for c in ("yes", "no", "maybe")] == ["rose", "chance", "chance"]


def test_what_prints_alike_has_not_moved_however_small_its_error(pair):
    grade(pair, "2016", "6.71", se="0.001")
    grade(pair, "2018", "6.74", se="0.001")
    assert moved(pair)["grade"].verdict == "alike"


def test_published_figures_rise_beyond_rounding_without_interval_or_p(pair):
    grade(pair, "2016", "6.7")
    grade(pair, "2018", "6.9")
    move = moved(pair)["grade"]
    assert (move.verdict, move.low, move.p) == ("rose", None, None)
    assert move.remark == "beyond rounding; error of 2016 and 2018 not known"


def test_a_change_within_rounding_is_left_open(pair):
    grade(pair, "2016", "6.84")
    grade(pair, "2018", "6.86")
    assert moved(pair)["grade"].verdict == "open"


def test_with_one_known_error_there_is_a_p_and_no_interval(pair):
    share(pair, "2016", "yes", "50")
    share(pair, "2018", "yes", "60", se="1")
    move = moved(pair)["share.yes"]
    assert (move.verdict, move.half_known, move.low) == ("rose", True, None)
    assert "error of 2016 not known" in move.remark


def test_nothing_is_computed_across_a_full_break(small):
    add_wave(small, "2016")
    add_wave(small, "2018", BREAK)
    grade(small, "2016", "6.0", se="0.01")
    grade(small, "2018", "8.0", se="0.01")
    move = moved(small)["grade"]
    assert (move.verdict, move.change, move.p) == ("full", None, None)


def test_what_may_not_be_compared_does_not_make_other_tests_stricter(small):
    add_wave(small, "2016")
    add_wave(small, "2018", BREAK)
    for wave, value in (("2016", "50.25"), ("2018", "52.45")):  # p is 0.028 alone, 0.056 in a family of two
        grade(small, wave, "7", se="0.1")
        share(small, wave, "yes", value, se=SE)
    assert moved(small)["share.yes"].verdict == "rose"


def test_a_noted_break_is_remarked_on(loaded):
    assert [b.kind for b in loaded.definitions.breaks] == ["noted"]
    moves = {m.key.name: m for m in compare_figures(loaded) if not m.key.segment and m.key.population == ""}
    assert moves["grade"].remark.startswith("across the noted break 2013–2014")


@pytest.mark.parametrize(("name", "verdict"), [("share.no", "new"), ("grade school", "suppressed")])
def test_a_figure_of_one_wave_only_says_so(small, name, verdict):
    assert moved(small, "2013", "2014")[name].verdict == verdict


def test_a_figure_that_is_gone_vanished(small):
    assert moved(small, "2010", "2013")["share.no"].verdict == "vanished"


def test_everyone_comes_before_breakdowns_whatever_moved_there(pair):
    for wave, everyone, work in (("2016", "6.7", "5.0"), ("2018", "6.8", "9.0")):
        grade(pair, wave, work, segment_by="theme", segment="work")
        grade(pair, wave, everyone)
    assert [m.key.segment for m in in_order(moved(pair).values())] == ["", "work"]


def test_the_largest_change_in_printed_steps_comes_first(pair):
    for wave, value, percent in (("2016", "6.5", "50"), ("2018", "7.0", "54")):  # five steps of 0.1, four of 1
        share(pair, wave, "yes", percent)
        grade(pair, wave, value)
    assert [m.key.name for m in in_order(moved(pair).values())] == ["grade", "share.yes"]


def test_a_figure_behind_a_sentence_that_no_longer_holds_comes_first(pair):
    for wave, value, percent in (("2016", "6.5", "50"), ("2018", "6.6", "90")):
        share(pair, wave, "yes", percent)
        grade(pair, wave, value)
    moves = moved(pair)
    flipped = [moves["share.yes"], replace(moves["grade"], flips=True)]
    assert [m.key.name for m in in_order(flipped)] == ["grade", "share.yes"]


def test_an_indicator_that_vanished_takes_its_answers_with_it(pair, unread):
    grade(pair, "2016", "7")
    share(pair, "2016", "yes", "50")
    grade(pair, "2018", "7")
    found = review(pair.root, "2016", "2018")
    assert only_in(found.figures, "2016", "2018") == ["indicator “answer” (share), base: people"]


def test_a_figure_that_moved_the_other_way_since_the_baseline_says_so(small):
    add_wave(small, "2016")
    grade(small, "2016", "6.8")  # 6.7 in 2010, 6.9 in 2014
    share(small, "2016", "yes", "12")  # 13 in 2010, 14 in 2014
    share(small, "2016", "no", "60")  # 80 in 2010, 70 in 2014
    moves = moved(small, "2014", "2016")
    assert {name: moves[name].verdict for name in ("grade", "share.yes", "share.no")} == dict.fromkeys(
        ("grade", "share.yes", "share.no"), "fell"
    )
    assert [moves[name].against for name in ("grade", "share.yes", "share.no")] == ["2010", "", ""]
    assert moves["grade"].remark.startswith("higher than in 2010, the baseline; ")


def test_against_the_baseline_itself_or_across_a_full_break_there_is_no_other_way(small):
    small.edit("waves.toml", 'kind = "noted"', 'kind = "full"')
    add_wave(small, "2016")
    grade(small, "2016", "6.8")
    assert moved(small, "2014", "2016")["grade"].against == ""
    assert moved(small, "2010", "2013")["grade"].against == ""
