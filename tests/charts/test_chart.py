"""What every chart has, whatever its form."""

import pytest
from drawn import crowded_charts, edition, texts

from wavebook import charts


@pytest.fixture(scope="module")
def crowded():
    return crowded_charts()


def test_markup_in_a_label_stays_text(crowded):
    rows = [("2014", "a.c0", 50), ("2014", "a.c1", 20), ("2008", "a.c0", 1)]
    label = '<script>alert("x")</script> & meer'
    chart = charts.bars("a", edition(rows, a=("percent", (label, "gewoon"))).select("a"))
    assert "<script" not in chart._repr_mimebundle_()["text/html"]
    for svg in chart.payload["svg"].values():
        assert "<script" not in svg
        assert " ".join(text for text, *_ in texts(svg) if "alert" in text or "meer" in text) == label


def test_english_charts_have_decimal_points():
    rows = [("2008", "cijfer", 6.5), ("2014", "cijfer", 6.9)]
    found = edition(rows, language="en", cijfer=("grade", ()))
    chart = charts.lines("a", found.select("cijfer", waves="all"))
    shown = " ".join(text for text, *_ in texts(chart.payload["svg"]["wide"]))
    assert "6.5" in shown
    assert "," not in shown.replace("Cijfer, grade (1–10), axis", "")
