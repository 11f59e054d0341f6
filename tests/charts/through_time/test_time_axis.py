"""The axis of time under lines."""

import re

import pytest
from drawn import apart, crowded_charts, edition, texts

from wavebook import charts


def test_breaks_that_lie_close_together_are_all_named_in_short():
    drawn = texts(crowded_charts()["lijnen"].payload["svg"]["wide"])
    assert [text for text, *_ in drawn].count("breuk") == 3


@pytest.mark.parametrize(
    "years",
    [
        (1990, *range(2005, 2025)),
        (*range(1990, 2010), 2024),
        (2008, 2009, 2010, 2024),
        range(1985, 2025),
        (1990, 2023, 2024),
    ],
    ids=str,
)
def test_the_baseline_keeps_its_name_on_the_axis_whatever_the_distances(years):
    rows = [(str(year), "a", 20) for year in years]
    found = edition(rows, baseline=str(years[0]), wave=str(years[-1]), a=("percent", ()))
    for svg in charts.lines("a", found.select("a", waves="all")).payload["svg"].values():
        named = [text for text in texts(svg) if re.fullmatch(r"\d{4}|’\d\d", text[0])]
        assert {str(years[0])[2:], str(years[-1])[2:]} <= {text[-2:] for text, *_ in named}
        assert apart(named)


def test_a_baseline_beside_the_newest_wave_keeps_its_name_too():
    rows = [(str(year), "a", 20) for year in (1960, 2023, 2024)]
    found = edition(rows, baseline="2023", wave="2024", a=("percent", ()))
    for svg in charts.lines("a", found.select("a", waves="all")).payload["svg"].values():
        named = [text for text in texts(svg) if re.fullmatch(r"\d{4}|’\d\d", text[0])]
        assert {"23", "24"} <= {text[-2:] for text, *_ in named}
        assert apart(named)
