import pytest

from wavebook.core.problems import ProblemsError


def test_all_wrong_names_are_listed_at_once(small):
    small.edit("indicators.toml", 'base = "people"', 'base = "peeple"')
    small.edit("waves.toml", "baseline = 2010", "baseline = 2011")
    small.edit("context.toml", 'source = "report"', 'source = "raport"')
    assert len(small.problems()) == 3


def test_a_wrong_name_comes_with_the_nearest_right_one(small):
    small.edit("indicators.toml", 'base = "people"', 'base = "peeple"')
    with pytest.raises(ProblemsError, match=r"Declare it, or write people\."):
        small.load()


SLIP = """
[[corrections]]
date = 2016-01-01
wave = 2014
pages = ["index"]
what = { nl = "dat", en = "that" }
reason = { nl = "slip", en = "slip" }
"""


def test_a_correction_names_a_wave_that_is_declared_and_stands_there_once(small):
    small.write("corrections.toml", SLIP + SLIP.replace("2014", "1999") + SLIP)
    assert [p.split(":")[0] for p in small.problems()] == [
        "W204 data/corrections.toml, corrections, number 2",
        "W203 data/corrections.toml, corrections, number 3",
    ]


def test_a_fact_is_told_since_a_wave_that_is_declared(small):
    small.edit("context.toml", "[towns]\n", "[towns]\nsince = 2015\n")
    assert small.problems() == ["W204 data/context.toml, towns.since: wave 2015 is not declared"]
