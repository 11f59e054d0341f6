"""Parts of a whole, of figures made by hand."""

import pytest
from drawn import codes, edition, rows_of

from wavebook import charts
from wavebook.core.problems import ProblemsError

ROWS = [("2014", "deel.c0", 40, {"ci_low": 38, "ci_high": 42}), ("2014", "deel.c1", 60)]
FOUND = edition(ROWS, deel=("percent", ("A", "B")))


def test_the_bar_is_as_long_as_the_percentage_with_its_interval():
    chart = charts.part("deel", FOUND.select("deel.c0"))
    assert [row["value"] for row in rows_of(chart, "rect", "value")] == [40]
    assert {(row["low"], row["high"]) for row in rows_of(chart, "rule", "low")} == {(38, 42)}
    assert chart.payload["table"]["rows"] == [["Deel, A, 2014", "40% (38 tot 42)"]]
    assert chart.payload["figures"] == ["deel.c0@2014"]


def test_two_figures_are_no_part():
    with pytest.raises(ProblemsError) as error:
        charts.part("deel", FOUND.select("deel"))
    assert codes(error) == ["W332"]
