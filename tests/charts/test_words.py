"""What a chart says beside its picture."""

import pytest
from drawn import edition

from wavebook import charts


@pytest.mark.parametrize(
    ("counts", "note"),
    [
        ((None, None, None), "Aantal respondenten niet bekend."),
        ((1234, 1234, 1234), "n = 1.234."),
        ((None, 900, 1234), "n = 900 (2010); 1.234 (2014); niet bekend (2008)."),
        ((None, None, 1234), "n = 1.234 (2014); niet bekend (2008 en 2010)."),
    ],
)
def test_the_number_of_respondents_is_told_as_far_as_it_is_known(counts, note):
    rows = [(year, "a", 6.5, {"n": n}) for year, n in zip(("2008", "2010", "2014"), counts, strict=True)]
    chart = charts.lines("a", edition(rows, a=("grade", ())).select("a", waves="all"))
    assert note in chart.payload["notes"]


def test_a_point_says_what_it_is_its_value_interval_respondents_and_status():
    more = {"ci_low": 38.4, "ci_high": 41.6, "n": 1234, "status": "provisional"}
    rows = [("2008", "a.c0", 30), ("2014", "a.c0", 40, more)]
    found = edition(rows, a=("percent", ("zeer tevreden",)))
    line = charts.lines("a", found.select("a.c0", waves="all")).payload["points"]
    assert ["".join(point["says"]) for point in line] == [
        "Zeer tevreden, 2008: 30%",
        "Zeer tevreden, 2014: 40%\xa0[v]; 95%-interval 38 tot 42; n = 1.234; voorlopig cijfer",
    ]
    assert line[1]["says"][1] == "40%\xa0[v]"
    (bar,) = charts.bars("a", found.select("a.c0")).payload["points"]
    assert "".join(bar["says"]).startswith("Zeer tevreden. A, 2014: 40%")
    pair = charts.change("a", found.select("a.c0", waves="both")).payload["points"]
    assert pair[1]["says"][2].endswith("; voorlopig cijfer; verschil met 2008: +10 procentpunt")
