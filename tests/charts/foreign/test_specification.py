"""What an editor gives as a chart, and what may not be in it."""

import altair as alt
import pytest
from opinions import opinions

from wavebook.charts.foreign.specification import NoChartError, maker, refused, specification, still

FRAME = opinions().select("oordeel").frame
BARS = alt.Chart(FRAME).mark_bar().encode(x="value:Q", y="label:N")


def found(chart):
    return [(code, text) for code, text, action in refused(specification(chart)) if action]


def test_a_plain_chart_is_taken_with_its_rows():
    spec = specification(BARS)
    assert found(BARS) == []
    assert len(next(iter(spec["datasets"].values()))) == 4
    assert specification(BARS.to_dict()) == spec | {"config": BARS.to_dict()["config"]}


def test_rows_are_in_the_chart_whatever_a_notebook_chose(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with alt.data_transformers.enable("json"), alt.theme.enable("dark"):
        spec = specification(BARS)
    assert "datasets" in spec
    assert "config" not in spec
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (alt.Chart("https://example.org/a.csv").mark_bar().encode(x="a:Q"), "loads https://example.org/a.csv"),
        (
            alt.Chart(FRAME).transform_lookup("label", alt.LookupData("b.json", "id", ["x"])).mark_bar(),
            "loads b.json",
        ),
        (alt.layer(BARS, alt.Chart(FRAME).mark_image(url="a.png")), "has marks that are images"),
        (alt.Chart(FRAME).mark_image().encode(url="label:N"), "has marks that are images"),
        (BARS.encode(href="label:N"), "has marks that are links"),
        (BARS.add_params(alt.param(name="p", bind=alt.binding_range(min=0, max=9))), "asks readers for input"),
        (BARS.transform_sample(3), "draws a sample, another one each time"),
        (BARS.transform_calculate(a="random() + 1"), "uses random(), which differs each time"),
        (BARS.transform_filter("datum.value < now()"), "uses now(), which differs each time"),
        (alt.hconcat(BARS, alt.Chart("c.csv").mark_bar().encode(x="a:Q")), "loads c.csv"),
    ],
)
def test_what_is_elsewhere_or_needs_a_script_is_refused(chart, said):
    assert ("W343", said) in found(chart)


def test_a_column_may_have_any_name():
    frame = FRAME.rename(columns={"label": "url", "value": "href"})
    assert found(alt.Chart(frame).mark_bar().encode(x="href:Q", y="url:N")) == []


@pytest.mark.parametrize("thing", [None, 3, "a chart", [], {}, {"data": {"values": []}}, object(), FRAME])
def test_anything_else_is_no_chart(thing):
    with pytest.raises(NoChartError):
        specification(thing)


def test_what_altair_refuses_is_told_in_one_line():
    with pytest.raises(NoChartError, match="'nonsense' is an invalid value for `stack`"):
        specification(BARS.encode(x=alt.X("value:Q", stack="nonsense")))


def test_zoom_goes_and_a_choice_in_a_legend_stays_without_its_pointer():
    chosen = alt.selection_point(name="c", fields=["label"], bind="legend")
    spec = still(specification(BARS.interactive().add_params(chosen)))
    assert [param["name"] for param in spec["params"]] == ["c"]
    assert "bind" not in spec["params"][0]


def test_a_function_makes_a_chart_for_each_width():
    make = maker(lambda width: BARS.properties(height=width))
    assert [make(width)["height"] for width in (640, 320)] == [640, 320]
