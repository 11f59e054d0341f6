"""The numbers behind a table and how they hang together, by hand."""

from dataclasses import replace

import numpy as np
import pytest
from estimates import SETTINGS, row, table_of

from wavebook.survey.disclosure.cells import System
from wavebook.survey.disclosure.groups import Strays
from wavebook.survey.disclosure.rules import ALIKE, COVER, DOMINATED


def system(*rows, settings=SETTINGS, **more):
    known, within, sums = more.pop("known", None), more.pop("within", ()), more.pop("sums", ())
    return System(table_of(*rows), settings, known, within, sums, **more)


def share(n, value, segment="", indicator="used", **more):
    return row(n, value, indicator=indicator, unit="percent", segment=segment and f"theme={segment}", **more)


def told(made):
    """Equations with the truths of their cells: the whole and what it lacks, and the parts."""
    truth = made.truth
    return [
        (truth[[e.whole, *e.beside]].round(9).tolist(), truth[list(e.parts)].round(9).tolist()) for e in made.equations
    ]


def named(made, name):
    (cell,) = [cell for cell in made.cells if cell.name == name]
    return cell


def test_behind_a_share_lie_its_base_and_its_count():
    made = system(share(50, 40))
    assert [(cell.truth, cell.is_base) for cell in made.cells] == [(50, True), (20, False), (30, False)]
    assert told(made) == [([50], [20, 30])]  # yes and no


def test_behind_a_mean_lies_its_place_on_the_scale():
    made = system(row(50, 5.5))
    assert made.count.tolist() == [25]
    assert made.cells[made.count_of[0]].bounded


def test_a_sum_is_a_count_without_a_base():
    made = system(row(50, 700, indicator="spent", unit="count"), sums=["spent"])
    cell = made.cells[made.count_of[0]]
    assert (cell.truth, cell.base, cell.bounded, cell.scale) == (700, None, False, 700)


def test_all_that_is_stated_holds_of_the_truth():
    rows = [share(200, 45), share(80, 40, "a"), share(60, 50, "b")]
    rows += [row(190, 6.4, n_effective=190), row(75, 7.0, segment="theme=a", n_effective=75)]
    made = system(*rows)
    assert np.abs(made.relations @ made.truth).max() < 1e-9
    assert made.limits.shape[0] > 0
    assert (made.limits @ made.truth).min() > -1e-9


def test_parts_and_those_outside_them_make_up_the_whole():
    made = system(share(200, 45), share(80, 40, "a"), share(60, 50, "b"))
    assert ([200], [80, 60, 60]) in told(made)
    assert ([90], [32, 30, 28]) in told(made)
    assert ([60], [28, 32]) in told(made)  # those outside who say yes and no
    assert not named(made, "the base of those outside a and b").why


def test_those_outside_who_are_too_few_are_protected():
    made = system(share(160, 45), share(80, 40, "a"), share(60, 50, "b"))
    few = "fewer than 30 respondents"
    assert [named(made, f"{what} of those outside a and b").why for what in ("the base", "used")] == [few, few]


def test_those_outside_who_all_answer_alike_are_protected():
    nobody = system(share(200, 50), share(100, 100, "a"))
    everybody = system(share(200, 50), share(100, 0, "a"))
    some = system(share(200, 50), share(100, 99, "a"))
    for made, why in ((nobody, ALIKE), (everybody, ALIKE), (some, "")):
        assert named(made, "used of those outside a").why == why


def test_nobody_is_outside_parts_that_fill_the_whole():
    made = system(share(100, 50), share(60, 50, "a"), share(40, 50, "b"))
    assert ([100], [60, 40]) in told(made)
    assert not made.absent.any()


def test_that_a_group_has_no_row_tells_that_nobody_is_in_it():
    # in 2015 there was a third segment, so that here it might have been left out
    rows = [share(100, 50), share(60, 50, "a"), share(40, 50, "b")]
    made = system(
        *rows,
        share(100, 50, indicator="other"),
        share(60, 50, "a", indicator="other"),
        share(30, 50, "b", indicator="other"),
        share(10, 50, "c", indicator="other"),
    )
    assert made.absent.any()
    assert set(made.truth[made.absent]) == {0}
    nothing_shown = np.ones(len(made.keys), bool)
    assert (made.seen(nothing_shown) == made.absent).all()
    assert (made.fixed == made.absent).all()


def test_figures_of_the_same_respondents_share_their_bases():
    made = system(
        share(100, 50),
        share(60, 50, "a"),
        share(100, 20, indicator="b"),
        share(60, 20, "a", indicator="b"),
        share(99, 20, indicator="c"),
    )
    assert made.base_of[:2] == made.base_of[2:4]
    assert made.base_of[4] not in made.base_of[:4]
    assert made.cells[made.base_of[0]].owners == (0, 2)


def test_categories_that_add_to_everyone_have_no_no():
    made = system(share(100, 40, category="a"), share(100, 60, category="b"))
    assert told(made) == [([100], [40, 60])]


def test_a_category_that_is_not_in_the_table_is_what_the_others_leave():
    full = [share(100, 40, category="a"), share(100, 35, category="b"), share(100, 25, category="c")]
    made = system(*full, share(50, 40, "a", category="a"), share(50, 40, "a", category="b"))
    assert ([50], [20, 20, 10]) in told(made)


def test_answers_of_which_several_may_be_given_each_have_their_no():
    made = system(share(100, 40, category="a"), share(100, 70, category="b"))
    assert told(made) == [([100], [40, 60]), ([100], [70, 30])]


def test_an_error_gives_away_the_sum_of_squares():
    made = system(row(100, 5.5, se=0.18, n_effective=100))
    # on a scale of 0 to 1: a variance of 0.02² × 99, times 100, and 50² / 100
    assert made.cells[made.square_of[0]].truth == pytest.approx(3.96 + 25)
    assert system(row(100, 5.5, se=0.18)).square_of == [None]  # without an effective number it tells nothing


def test_a_sum_of_squares_lies_where_answers_allow():
    above, below = (system(row(100, 5.5, se=se, n_effective=100)) for se in (9.0, 1e-6))
    assert above.cells[above.square_of[0]].truth == 50  # no square is above its root
    assert below.cells[below.square_of[0]].truth == pytest.approx(50 - 100 * 20 / 81)  # half fives, half sixes


def test_squares_of_parts_and_of_those_outside_add_up():
    made = system(row(100, 5.5, se=0.2, n_effective=100), row(40, 5.5, se=0.3, n_effective=40, segment="theme=a"))
    assert np.abs(made.squares @ made.truth).max() < 1e-9
    assert made.squares.shape[0] == 1


def test_how_far_apart_bounds_must_be():
    rows = [share(100, 50), share(20, 50, "a"), row(100, 900, indicator="spent", unit="count")]
    made = system(*rows, sums=["spent"])
    assert made.need(made.base_of[1]) == 30
    assert made.need(made.count_of[1]) == 2  # a tenth of 20
    assert made.need(made.count_of[2]) == 90  # a tenth of itself
    made.most[:] = 0.05
    assert made.need(made.base_of[1]) == 0.05
    assert made.need(made.count_of[1]) == 1


def alike(settings=SETTINGS, n=50):
    rows = [share(200, 50), share(50, 100, "a"), row(200, 7.0), row(n, 7.0, segment="theme=a")]
    return system(*rows, settings=settings)


def test_that_a_group_is_large_enough_does_not_show_where_all_of_it_answered_alike():
    made = alike()
    assert made.why == ["", ALIKE, "", COVER]
    assert made.cells[made.base_of[1]].why == COVER
    assert made.need(made.base_of[1]) == 50  # it may be anything, too small as well


def test_a_base_that_differs_by_enough_covers_nothing():
    assert alike(n=79).why[3] == COVER
    assert alike(n=80).why[3] == ""


def test_the_owner_of_the_data_may_let_the_reason_show():
    assert alike(replace(SETTINGS, reason_may_show=True)).why == ["", ALIKE, "", ""]


def test_all_of_a_survey_may_answer_alike():
    assert system(share(200, 100), row(200, 7.0)).why == [ALIKE, ""]


def test_what_an_earlier_edition_showed_is_public():
    known = table_of(share(100, 50), share(60, 40, "a"), share(40, 65, "b", status="suppressed"))
    made = system(share(100, 50), share(40, 65, "b"), known=known)
    assert [(key.segment, public) for key, public in zip(made.keys, made.public.tolist(), strict=True)] == [
        ("", True),
        ("b", False),
        ("a", True),
    ]
    seen = made.seen(np.ones(3, bool))
    assert seen[made.count_of[0]]
    assert seen[made.count_of[2]]
    assert not seen[made.count_of[1]]


def test_hiding_costs_most_for_everyone_and_least_for_who_is_hidden_already():
    made = system(
        share(100, 50),
        share(20, 50, "a"),
        share(50, 50, "b"),
        row(80, 50, indicator="used", unit="percent", population="young"),
    )
    price = made.costs(np.array([False, True, False, False]))[made.count_of].tolist()
    assert price == [1000 * 1110, 1000 + 10, 1060 + 25, 100 * 1100]
    assert made.costs(np.zeros(4, bool))[made.count_of[1]] == 1070


def weighted(n, value, weight, largest, segment=""):
    return share(n, value, segment, weight=weight, largest_weight=largest)


def test_a_weighted_count_is_of_its_weight_which_is_known():
    made = system(weighted(100, 50, 200, 4), weighted(60, 50, 80, 4, "a"))
    # 160 respondents weigh 280
    assert made.size == pytest.approx([200 * 160 / 280, 80 * 160 / 280])
    assert made.count == pytest.approx(made.size / 2)
    assert made.given[made.size_of].all()
    assert made.seen(np.ones(2, bool))[made.size_of].all()
    assert not made.given[made.base_of].any()


def test_who_weighs_most_of_those_outside_is_protected():
    def outside(largest, of_part):
        made = system(weighted(100, 50, 200, largest), weighted(50, 50, 100, of_part, "a"))
        return named(made, "the base of those outside a").why

    assert outside(60, 4) == DOMINATED  # more than half of 100
    assert outside(45, 4) == ""
    assert outside(60, 60) == ""  # who weighs most is in the part


def test_who_is_coded_elsewhere_stands_beside_the_whole():
    inner, outer = ("event", "moving"), ("theme", "a")
    rows = [share(100, 50, "a"), row(63, 50, indicator="used", unit="percent", segment="event=moving")]
    astray = {(inner, outer, "", "used"): Strays(3, 3.0, 100.0)}
    made = system(*rows, within={(inner, outer)}, astray=astray)
    assert ([100, 3], [63, 40]) in told(made)
    assert ([50, 3], [31.5, 21.5]) in told(made)
    strays = named(made, "the base of those of moving who are elsewhere")
    assert (strays.truth, strays.given, strays.why) == (3, True, "")
    assert named(made, "used of those of moving who are elsewhere").why == "fewer than 30 respondents"
