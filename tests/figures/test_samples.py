"""How well a figure is known, by what is declared of its sample."""

import math
import textwrap

import pytest

from wavebook.claims import falls, rises
from wavebook.figures.accuracy import accuracy

SAMPLES = """
    [[waves.2014.samples]]
    n = 1000
    n_effective = 800
    source = "report"
    locator = "page 3"

    [[waves.2014.samples]]
    indicators = ["grade"]
    deviation = 1.5
    assumption.nl = "zoals in vergelijkbaar onderzoek"
    assumption.en = "as in similar surveys"
"""


@pytest.fixture
def sampled(small):
    """The small book with what is declared of the people of 2014."""
    text = small.path("waves.toml").read_text(encoding="utf-8")
    small.write("waves.toml", f"{text}\n{textwrap.dedent(SAMPLES)}")
    return small


def test_an_error_follows_from_what_is_declared_of_everyone(sampled):
    figures = sampled.load()
    known = accuracy(figures["share.yes"], figures.definitions)
    # 14 is anything up to 14.5; √(14.5 · 85.5 / 800) = 1.245
    assert (known.basis, round(known.se, 3)) == ("declared", 1.245)
    grade = accuracy(figures["grade"], figures.definitions)
    assert (grade.basis, round(grade.se, 4)) == ("declared", round(1.5 / math.sqrt(800), 4))


@pytest.mark.parametrize("key", ["grade@theme=work", "grade@population=citizens", "grade@2013", "share.yes@2010"])
def test_nobody_said_how_many_are_in_a_part_or_another_wave(sampled, key):
    figures = sampled.load()
    assert (accuracy(figures[key], figures.definitions).basis) == "figures only"


def test_a_verdict_rests_on_the_weakest_of_its_figures(sampled):
    figures = sampled.load()
    assert rises("share.yes").verdict(figures).basis == "figures only"  # of 2010 nothing is declared
    text = sampled.path("waves.toml").read_text(encoding="utf-8")
    sampled.write("waves.toml", text + textwrap.dedent(SAMPLES.replace("2014", "2010")))
    verdict = rises("share.yes").verdict(sampled.load())
    assert (verdict.basis, verdict.outcome) == ("declared", "not certain")
    assert falls("share.no").verdict(sampled.load()).outcome == "holds"  # 80 → 70


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("n = 1000\nn_effective = 800\n", "", "declares neither n, n_effective nor deviation"),
        ('locator = "page 3"\n', "", "needs a source with its locator, or an assumption"),
        ('locator = "page 3"\n', 'locator = "p"\nassumption = { nl = "a", en = "a" }\n', "and not both"),
        ("n_effective = 800", "n_effective = 2001", "more than twice its n"),
        ("n_effective = 800", "n_effective = 1.234", "below a hundredth of its n"),
        (
            'source = "report"\nlocator = "page 3"',
            'source = "rapport"\nlocator = "p"',
            "source rapport is not declared",
        ),
        ('indicators = ["grade"]', 'indicators = ["grades"]', "indicator grades is not declared"),
    ],
)
def test_a_declaration_that_cannot_be_is_named(sampled, old, new, told):
    head, samples = sampled.path("waves.toml").read_text(encoding="utf-8").split("[[waves.2014.samples]]", 1)
    assert old in samples
    sampled.write("waves.toml", f"{head}[[waves.2014.samples]]{samples.replace(old, new, 1)}")
    (problem,) = sampled.problems()
    assert told in problem
    assert "data/waves.toml, waves.2014.samples" in problem
