"""The rows of a chart and their labels."""

from drawn import edition

from wavebook import charts


def test_labels_tell_rows_apart_by_what_differs_and_no_more():
    rows = [(year, f"{name}.c0", 6.5) for year in ("2008", "2014") for name in ("keten", "organisatie")]
    found = edition(rows, keten=("grade", ("goed",)), organisatie=("grade", ("goed",)))
    chart = charts.change("oordeel", found.select("keten", "organisatie", waves="both"))
    assert [row[0] for row in chart.payload["table"]["rows"]] == ["Goed, keten", "Goed, organisatie"]
