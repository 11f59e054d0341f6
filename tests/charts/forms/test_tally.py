"""Facts in dots, of facts made by hand."""

import pytest
from drawn import codes, edition, rows_of, words

from wavebook import charts
from wavebook.core.problems import ProblemsError
from wavebook.definitions import Fact


def counted(value, of, **more):
    told = {"date": "2015", "name": words("gemeenten"), "source": "report", "locator": "p. 1", **more}
    fact = Fact(value=value, of=of, **told)
    return edition([("2014", "cijfer", 6.5)], facts={"gemeenten": fact}, cijfer=("grade", ()))


@pytest.mark.parametrize(("value", "of", "strips"), [(7, 50, 3), (40, 50, 2), (0, 40, 1), (40, 40, 1)])
def test_the_dots_of_a_row_are_one_line_of_those_counted_and_one_of_the_rest(value, of, strips):
    chart = charts.tally("gemeenten", counted(value, of), "gemeenten")
    assert len(rows_of(chart, "rule", "x2")) == strips
    assert chart.payload["table"]["rows"] == [["Gemeenten", str(value)], ["Totaal", str(of)]]
    assert chart.payload["notes"] == ["Stand: 2015."]
    assert chart.payload["csv"].splitlines()[1].startswith(f"gemeenten,gemeenten,2015,{value},{of},,")


@pytest.mark.parametrize(("value", "of"), [(5, None), (51, 50), (2, 1001)])
def test_what_is_no_part_of_a_whole_or_too_much_to_draw_is_refused(value, of):
    with pytest.raises(ProblemsError) as error:
        charts.tally("gemeenten", counted(value, of), "gemeenten")
    assert codes(error) == ["W335"]
