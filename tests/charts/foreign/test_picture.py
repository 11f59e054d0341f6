"""A picture of matplotlib has words, source and figures beside it."""

import pytest
from drawn import codes
from opinions import opinions
from plotted import Figure

from wavebook import charts
from wavebook.core.problems import ProblemsError

NOW = opinions().select("oordeel")
TOLD = "Liggende staven, van zeer tevreden tot ontevreden"


def test_a_picture_has_what_a_chart_has_but_nothing_to_explore():
    own = charts.picture("plaat", Figure(), NOW, summary=TOLD).payload
    other = charts.bars("plaat", NOW).payload
    assert own.keys() == other.keys()
    assert (own["summary"], own["csv"], own["sources"]) == (f"{TOLD}.", other["csv"], other["sources"])
    assert own["points"] == []
    assert own["table"]["rows"][1] == ["Tevreden", "29%"]


def test_it_says_that_what_it_draws_was_not_tested():
    notes = charts.picture("plaat", Figure(), NOW, summary=TOLD).payload["notes"]
    assert any("niet getoetst" in note for note in notes)


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(ProblemsError) as error:
        charts.picture("Plaat", 3, NOW)
    assert codes(error) == ["W331", "W341", "W342"]


def test_numbers_in_its_words_are_figures():
    with pytest.raises(ProblemsError) as error:
        charts.picture("plaat", Figure(), NOW, summary="Van de mensen is 39 procent tevreden")
    assert codes(error) == ["W344"]


def test_an_edition_about_a_segment_without_the_figures_leaves_it_out(small):
    figures = small.load(segment="theme=school")
    assert charts.picture("a", None, figures.select("grade@theme=school"), summary=TOLD).payload["absent"]
