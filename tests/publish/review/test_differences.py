"""What differs between two waves, in the order of what matters."""

from dataclasses import replace
from decimal import Decimal

import pytest

from wavebook.figures import Key
from wavebook.pages.records import Record
from wavebook.publish.review.differences import VERDICTS, Edition, Move, Sentence


@pytest.fixture
def move(loaded):
    return Move(Key.read("grade@2014"), "g", "cijfer", "rose", loaded["grade@2013"], loaded["grade"], Decimal("0.1"))


def test_a_figure_that_makes_a_sentence_untrue_comes_first_whatever_it_did(move):
    flips = replace(move, verdict="alike", change=Decimal(0), flips=True)
    assert sorted([move, flips], key=lambda m: m.order) == [flips, move]


def test_a_rise_and_a_fall_matter_alike_and_all_else_in_the_order_of_the_verdicts(move):
    by_verdict = {verdict: replace(move, verdict=verdict) for verdict in VERDICTS}
    assert by_verdict["rose"].order[1] == by_verdict["fell"].order[1]
    others = [by_verdict[verdict].order[1] for verdict in VERDICTS if verdict != "rose"]
    assert others == sorted(set(others))


def test_of_one_verdict_the_largest_change_comes_first_in_steps_that_readers_see(move, loaded):
    small, large = move, replace(move, change=Decimal("-0.3"))
    share = replace(move, after=loaded["share.yes"], change=Decimal(2))  # two steps, as whole numbers are printed
    unknown, gone = replace(move, change=None), replace(move, after=None)
    ordered = sorted([unknown, gone, small, share, large], key=lambda m: m.order)
    assert ordered[:3] == [large, share, small]
    assert {m.order[2] for m in (unknown, gone)} == {0}


def test_what_is_alike_comes_in_the_order_of_its_key(move):
    other = replace(move, key=Key.read("share.yes@2014"))
    assert sorted([other, move], key=lambda m: m.order) == [move, other]


def test_a_sentence_is_at_its_later_record_that_there_is():
    before, after = Record("claim", "a", 1), Record("claim", "a", 2)
    assert Sentence("book/index.md", "a", "holds", before, after).record is after
    assert Sentence("book/index.md", "a", "lost", before, None).record is before
    with pytest.raises(ValueError, match="in at least one of the editions"):
        _ = Sentence("book/index.md", "a", "lost", None, None).record


def test_two_editions_share_nothing_that_can_change():
    one, other = Edition(), Edition()
    one.report.problems.append("x")
    one.results.charts["x"] = {}
    assert (other.report.problems, other.results.charts, other.missing) == ([], {}, "")
