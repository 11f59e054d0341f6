"""Maps, of made-up regions."""

import json
from itertools import combinations

import pytest
from drawn import codes, rows_of, texts
from regions import NAMES, geojson, with_regions

from wavebook import charts
from wavebook.core.problems import ProblemsError

SEVEN = (*NAMES, "Klein")


@pytest.fixture
def regions(small):
    return with_regions(small, SEVEN, hidden=("Westerwolde",))


def grades(book, **edition):
    return book.load(**{"language": "nl", **edition}).select("grade@region=*")


def test_a_map_has_its_regions_a_legend_in_words_and_a_ranking(regions):
    chart = charts.map("a", grades(regions))
    for width in ("wide", "narrow"):
        shown = [text for text, *_ in texts(chart.payload["svg"][width])]
        assert {"onder 6,5", "6,5 tot 7,0", "7,0 en hoger", "geen cijfer", "Van hoog naar laag"} <= {*shown}
        ranked = [text for text in shown if text in SEVEN][-6:]  # after those on the map
        assert ranked == ["Middelveld", "Kustrand", "Zuidhoek", "Klein", "Oostmark", "Noordland"]
    assert chart.payload["table"]["head"] == ["Regio", "Cijfer, 2014"]
    assert chart.payload["table"]["rows"][0] == ["Middelveld", "7,5"]
    assert chart.payload["table"]["rows"][-1] == ["Westerwolde", "verborgen"]


def test_a_region_without_a_figure_is_hatched_and_told(regions):
    regions.row("2014", 9, value="", status="suppressed")
    path = regions.path("figures/2014.csv")
    path.write_text("".join(line for line in path.read_text().splitlines(True) if ",oostmark," not in line))
    regions.edit("indicators.toml", 'oostmark = {nl = "Oostmark", en = "Oostmark"}\n', "")
    regions.write("regions.geojson", json.dumps(geojson((SEVEN[0], *SEVEN[2:]))))
    chart = charts.map("a", grades(regions))
    assert "Verborgen wegens te weinig deelnemers (2): Noordland en Westerwolde." in chart.payload["summary"]
    assert len(rows_of(chart, "rule", "x2")) > 20


def test_outlines_stay_small_and_meet(regions):
    regions.write("regions.geojson", json.dumps(geojson(SEVEN, points=800)))
    payload = charts.map("a", grades(regions)).payload
    assert all(len(payload["svg"][width]) < 30_000 for width in ("wide", "narrow"))


def test_words_tell_ends_and_the_side_towards_which_values_rise(regions):
    payload = charts.map("a", grades(regions), reference="grade@everyone").payload
    assert payload["summary"].startswith("Kaart waarin de kleur met de waarde toeneemt. Het hoogst: Middelveld, 7,5.")
    assert (
        "Het laagst: Noordland, 6,1. Naar het zuiden toe zijn de waarden in het algemeen hoger." in payload["summary"]
    )
    assert "Iedereen: 6,9." in payload["notes"]


def test_readers_explore_in_the_order_of_the_ranking_with_dots_on_top(regions):
    payload = charts.map("a", grades(regions)).payload
    series = [point["series"] for point in payload["points"]]
    assert series == ["Middelveld", "Kustrand", "Zuidhoek", "Oostmark", "Noordland", "Westerwolde", "Klein"]
    assert "".join(payload["points"][5]["says"]) == "Westerwolde: verborgen: te weinig deelnemers"
    for spots in payload["spots"].values():
        assert len(spots["points"]) == len(series)
        for point in spots["points"]:
            shape, *row = point["rings"]
            assert shape == point["area"]
            assert len(row) <= 1  # its place in the ranking


def test_names_stand_on_the_map_where_they_cover_nothing(regions):
    def names(**options):
        shown = texts(charts.map("a", grades(regions), **options).payload["svg"]["wide"])
        return [text for text, left, *_ in shown if text in SEVEN and left < 380]

    assert sorted(names()) == ["Middelveld", "Noordland"]
    assert sorted(names(label=["klein"])) == ["Klein"]
    assert names(label="none") == []
    assert len(names(label="all")) >= 5
    chart = charts.map("a", grades(regions), label="all")
    on_map = [box for text, *box in texts(chart.payload["svg"]["wide"]) if box[0] < 380 and box[1] > 70]
    assert not [
        1 for a, b in combinations(on_map, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] - 1 and b[1] < a[3] - 1
    ]


def test_what_is_not_highlighted_is_grey_on_the_map(regions):
    fills = [row["fill"] for row in rows_of(charts.map("a", grades(regions), highlight="klein"), "point", "path")]
    assert sum("grid" in fill for fill in fills if fill) >= 5


def test_an_edition_about_one_region_has_no_map(regions):
    payload = charts.map("a", regions.load(segment="region=klein").select("grade")).payload
    assert payload["absent"]


def test_figures_of_no_region_and_several_of_one_are_refused(regions):
    with pytest.raises(ProblemsError) as error:
        charts.map("a", regions.load().select("grade"))
    assert codes(error) == ["W366"]
    regions.add("2013", indicator="grade", segment_by="region", segment="klein", value="6", unit="grade")
    with pytest.raises(ProblemsError, match="several figures of klein") as error:
        charts.map("a", regions.load().select("grade@region=*", "grade@region=klein,2013"))
    assert codes(error) == ["W367"]


def test_a_map_shows_the_larger_region_within_which_all_others_lie(regions):
    regions.edit("indicators.toml", 'id = "naam"\n', 'id = "naam"\nwithin = "theme"\n')
    parents = "".join(f'{name.lower()} = "{"work" if i < 3 else "school"}"\n' for i, name in enumerate(SEVEN))
    regions.edit("indicators.toml", "[bases.people]", f"[segments.region.parents]\n{parents}\n[bases.people]")
    chart = charts.map("a", regions.load(language="en").select("grade@theme=work,region=*"))
    assert [row[0] for row in chart.payload["table"]["rows"]] == ["Zuidhoek", "Oostmark", "Noordland"]
