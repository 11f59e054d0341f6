"""What respondents say of a made-up wave, what was known of it before, and what may be published."""

import lending
import pytest

from wavebook.definitions import load_definitions
from wavebook.survey import demo, wave
from wavebook.survey.protection import Before, Estimates, protected


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return demo.make_wave(tmp_path_factory.mktemp("demo") / "book", root=lending.SOURCE).root


@pytest.fixture(scope="module")
def found(root):
    return Estimates.of(root, load_definitions(root), "2016")


def test_what_follows_from_others_is_apart_from_them(found):
    assert set(found.table["indicator"]).isdisjoint(found.made_of)
    assert len(found.table) + len(found.following) == len(found.every)


def test_of_a_wave_in_preparation_nothing_is_known_but_what_was_entered_by_hand(root, found):
    none = Before.of(root, found)
    assert (none.public, none.entered, len(none.history.rows)) == (None, None, 0)
    wave.estimate_wave(root, "2016")
    with (root / "data/figures/2016.csv").open("a") as file:
        file.write("2016,questions,total,,,,72,count,,,,,,published,vraagbaak2015,hoofdstuk 1\n")
    now = Before.of(root, found)
    assert now.public is None
    assert [*now.entered["indicator"]] == ["questions"]
    assert now.history.rows["edition"].nunique() == 1
    assert {"questions"} == set(protected(root, found, now).result["indicator"]) - set(found.every["indicator"])
