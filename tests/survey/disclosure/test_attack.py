"""What an attacker can make of hidden figures, by hand."""

import numpy as np
import pytest
from estimates import SETTINGS, row, table_of

from wavebook.survey.disclosure.attack import attack, concede, targets
from wavebook.survey.disclosure.cells import System
from wavebook.survey.disclosure.suppression import audit


def test_the_auditor_wants_a_range_of_the_minimum_base():
    table = table_of(
        row(200, 7.0),
        row(5, 7.0, segment="theme=a"),
        row(6, 6.5, segment="theme=b"),
        row(189, 7.0, segment="theme=c"),
    )
    published = table[table["n"] > 30]
    attacks = audit(table, published, SETTINGS)
    assert {(a.n_low, a.n_high, a.safe) for a in attacks} == {(0, 11, False)}


def test_the_auditor_knows_that_a_share_of_nobody_is_a_share_of_nobody_in_every_part():
    table = table_of(
        row(300, 20.0, unit="percent"),
        row(20, 0.0, unit="percent", segment="theme=a"),
        row(80, 0.0, unit="percent", segment="theme=b"),
        row(200, 30.0, unit="percent", segment="theme=c"),
    )
    published = table[table["value"] > 0]
    assert {(a.key.segment, a.low, a.high, a.safe) for a in audit(table, published, SETTINGS)} == {
        ("a", 0, 0, False),
        ("b", 0, 0, False),
    }


def system(*rows, **more):
    return System(table_of(*rows), SETTINGS, more.pop("known", None), (), more.pop("sums", ()))


def share(n, value, segment="", **more):
    return row(n, value, indicator="used", unit="percent", segment=segment and f"theme={segment}", **more)


def bounds(found):
    return found.low, found.high, found.n_low, found.n_high


def test_what_alone_is_hidden_is_what_the_others_leave_of_the_whole():
    (found,) = attack(system(share(100, 50), share(20, 50, "a"), share(80, 50, "b")), np.array([False, True, False]))
    assert bounds(found) == pytest.approx((50, 50, 20, 20))
    assert (found.key.segment, found.name, found.safe) == ("a", "used@theme=a,2016", False)


def test_a_mean_is_told_on_its_own_scale():
    rows = row(100, 7.0), row(20, 5.0, segment="theme=a"), row(80, 7.5, segment="theme=b")
    (found,) = attack(system(*rows), np.array([False, True, False]))
    assert bounds(found) == pytest.approx((5, 5, 20, 20))  # 700 less 600, over 20


def test_a_sum_is_the_figure_itself():
    rows = [
        row(n, value, indicator="spent", unit="count", segment=s)
        for n, value, s in ((100, 1000, ""), (40, 100, "theme=a"), (60, 900, "theme=b"))
    ]
    (found,) = attack(system(*rows, sums=["spent"]), np.array([False, True, False]))
    assert (found.low, found.high) == pytest.approx((100, 100))


def test_two_that_are_hidden_together_leave_each_other_open():
    rows = share(100, 50), share(20, 50, "a"), share(40, 50, "b"), share(40, 50, "c")
    one, other = attack(system(*rows), np.array([False, True, True, False]))
    assert (one.key.segment, other.key.segment) == ("a", "b")
    assert one.safe
    assert other.safe
    assert one.high - one.low >= 10  # in per cent of its scale
    assert one.n_high - one.n_low >= 30
    assert other.low < 50 < other.high or other.high - other.low >= 0.01  # fit to be shown: however little will do


def test_what_is_hidden_for_the_sake_of_others_counts_as_computed_once_it_is_known():
    rows = share(100, 50), share(40, 25, "a"), share(60, 200 / 3, "b")
    (found,) = attack(system(*rows), np.array([False, True, False]))
    assert (found.low, found.high, found.safe) == (pytest.approx(25), pytest.approx(25), False)
    assert system(*rows).why == ["", "", ""]


def test_a_group_that_is_not_in_the_table_is_attacked_as_a_share_of_its_scale():
    base, count = attack(system(share(100, 50), share(80, 52.5, "b")), np.array([False, False]))
    assert (base.key, base.name, base.n_low, base.n_high) == (None, "the base of those outside b", 20, 20)
    assert (count.key, count.name) == (None, "used of those outside b")
    assert (count.low, count.high) == pytest.approx((0.4, 0.4))  # 50 less 42, of 20
    assert not base.safe
    assert not count.safe


def test_targets_are_what_is_hidden_and_what_may_not_be_shown():
    rows = system(share(100, 50), share(20, 50, "a"), share(80, 50, "b"))
    shown, both = (targets(rows, np.array([False, False, hidden])) for hidden in (False, True))
    assert [(t.key.segment, t.need, t.need_n) for t in shown] == [("a", 0.1, 30.0)]
    assert [(t.key.segment, t.need, t.need_n) for t in both] == [("a", 0.1, 30.0), ("b", 0.01 / 80, 0.0)]


def conceded(*rows):
    made = system(*rows, known=table_of(*(r for r in rows if r["n"] > 30)))
    hidden = ~made.public
    before = [found.safe for found in attack(made, hidden)]
    concede(made)
    return made, before, [found.safe for found in attack(made, hidden)]


def test_what_all_that_is_public_tells_already_need_not_stay_unknown():
    made, before, after = conceded(share(100, 50), share(20, 50, "a"), share(80, 50, "b"))
    assert (before, after) == ([False], [True])
    assert [made.need(made.base_of[1]), made.need(made.count_of[1])] == [0, 0]


def test_what_is_public_in_part_must_stay_as_unknown_as_it_is():
    made, before, after = conceded(share(100, 50), share(8, 50, "a"), share(12, 50, "c"), share(80, 50, "b"))
    assert (before, after) == ([False, False], [True, True])
    assert made.need(made.base_of[1]) == pytest.approx(19.98)  # of 0 to 20, and a bit less
