"""The charts of the book, as its notebooks make them."""

import ast
import contextlib
import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import combinations

import altair as alt
import nbformat
import pytest
import spotted
from drawn import codes, crowded_charts, edition, layers, rows_of, texts, words

from book import ROOT, story_wave
from wavebook import charts
from wavebook.charts.layout import WIDTHS
from wavebook.charts.svg import size
from wavebook.charts.theme import COLOURS
from wavebook.core.problems import ProblemsError
from wavebook.definitions import Fact
from wavebook.figures import MissingFigureError, load

SLUGS = ("een-overheid", "menselijker-contact", "meer-digitaal", "puberteit")


def run_notebook(path):
    """The charts that the chart cells of a notebook end in, by name."""
    shown, names = {}, {}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.id in ("parameters", "figures") or cell.id.startswith("chart-"):
            *body, last = ast.parse(cell.source).body
            if not isinstance(last, ast.Expr):
                exec(cell.source, names)
                continue
            exec(compile(ast.Module(body, []), path.name, "exec"), names)
            chart = eval(compile(ast.Expression(last.value), path.name, "eval"), names)
            shown[chart.name] = chart
    return shown


@pytest.fixture(scope="module")
def figures():
    return load(ROOT, wave=story_wave())


@pytest.fixture(scope="module")
def book():
    """Every chart of the book, by name, as the notebooks make them."""
    with contextlib.chdir(ROOT):
        made = [run_notebook(ROOT / "notebooks" / f"{slug}.ipynb") for slug in SLUGS]
    return {name: chart for shown in made for name, chart in shown.items()}


@pytest.fixture(scope="module")
def crowded():
    return crowded_charts()


# --- lines --------------------------------------------------------------------------------------------------


def published(indicator, category, figures):
    """A series of everyone as the data folder holds it, up to the wave that the story is about: [(wave, value)]."""
    found = []
    for wave in figures.definitions.until(figures.wave):
        rows = csv.DictReader((ROOT / f"data/figures/{wave}.csv").read_text(encoding="utf-8").splitlines())
        of = [r for r in rows if (r["indicator"], r["category"], r["segment_by"]) == (indicator, category, "")]
        found += [(int(wave), float(row["value"])) for row in of]
    return found


def test_lines_draw_every_published_value_of_the_series(book, figures):
    points = rows_of(book["rapportcijfers"], "line", "year")
    chain = [(row["year"], row["value"]) for row in points if row["series"] == "keten"]
    assert chain[:5] == [(2008, 6.7), (2009, 6.6), (2010, 6.7), (2013, 6.8), (2014, 6.9)]
    assert chain == published("grade_chain", "", figures)
    assert len(points) == 2 * len(chain)


def test_the_time_axis_is_true_and_names_only_measured_years(book, figures):
    measured = [wave for wave, _ in published("grade_chain", "", figures)]
    line = next(part for part in layers(book["rapportcijfers"].to_dict()) if part["mark"]["type"] == "line")
    assert line["encoding"]["x"]["type"] == "quantitative"
    assert line["encoding"]["x"]["scale"]["domain"] == [measured[0], measured[-1]]
    assert line["encoding"]["x"]["axis"]["values"] == measured


def test_grades_say_from_where_to_where_their_axis_runs(book):
    shown = [text for text, *_ in texts(book["rapportcijfers"].payload["svg"]["narrow"])]
    assert "Rapportcijfer (1–10), as van 6,0 tot 7,5" in shown
    assert {"6,0", "6,5", "7,5"} <= set(shown)


def test_percentages_start_at_zero(book):
    line = next(part for part in layers(book["tevreden-ontevreden"].to_dict()) if part["mark"]["type"] == "line")
    assert line["encoding"]["y"]["scale"]["domain"] == [0, 40]
    assert "0%" in [text for text, *_ in texts(book["tevreden-ontevreden"].payload["svg"]["wide"])]


def test_ends_highest_and_lowest_values_stand_beside_their_points(book):
    for svg in book["rapportcijfers"].payload["svg"].values():
        shown = [text for text, *_ in texts(svg)]
        assert [shown.count(value) for value in ("6,6", "6,7", "6,8", "6,9", "7,1")] == [1, 1, 0, 2, 1]
    for svg in book["tevreden-ontevreden"].payload["svg"].values():
        assert "17%" in [text for text, *_ in texts(svg)]


def test_series_differ_in_shape_as_well_as_colour_and_need_no_legend(book):
    spec = book["rapportcijfers"].to_dict()
    points = next(part for part in layers(spec) if part["mark"]["type"] == "point")["encoding"]
    assert len(set(points["shape"]["scale"]["range"])) == len(set(points["color"]["scale"]["range"])) == 2
    assert points["shape"]["legend"] is points["color"]["legend"] is None


def test_a_break_is_drawn_between_its_waves_with_its_reason_and_no_line_runs_through_it(book):
    chart = book["rapportcijfers"]
    rule = rows_of(chart, "rule", "x")
    scale = next(part for part in layers(chart.to_dict()) if part["mark"]["type"] == "line")["encoding"]["x"]["scale"]
    start, stop = scale["range"]
    assert rule[0]["x"] == pytest.approx(start + (2013.5 - 2008) / 6 * (stop - start))
    assert [row["part"] for row in rows_of(chart, "line", "part")] == [0, 0, 0, 0, 1] * 2
    for svg in chart.payload["svg"].values():
        shown = " ".join(text for text, *_ in texts(svg))
        assert "breuk: ander bureau en panel, langere lijst levensgebeurtenissen" in shown


def test_the_remark_of_a_break_stands_in_notes_and_summary(book):
    remark = "Tussen 2013 en 2014: ander bureau en panel, langere lijst levensgebeurtenissen."
    for name in ("rapportcijfers", "tevreden-ontevreden", "overzicht"):
        assert remark in book[name].payload["notes"]
        assert remark in book[name].payload["summary"]


def test_without_intervals_nothing_is_said_or_drawn_of_them(book):
    for chart in book.values():
        assert not rows_of(chart, "rule", "low")
        assert "95%" not in chart.payload["summary"] + " ".join(chart.payload["notes"])


# --- bars, part, tally --------------------------------------------------------------------------------------


def test_bars_start_at_zero(book):
    chart = book["kanalen"]
    rects = [part for part in layers(chart.to_dict()) if part["mark"]["type"] == "rect"]
    bars = next(part for part in rects if "color" in part["encoding"])
    assert bars["encoding"]["x2"] == {"datum": 0}
    assert bars["encoding"]["x"]["scale"]["domain"] == [0, 100]


def test_each_theme_and_question_has_its_own_group_of_bars(book):
    payload = book["aspecten"].payload
    assert payload["table"]["head"][1:] == [
        "Tevreden over een onderdeel, onderwijs en opleiding, 2014",
        "Tevreden over een onderdeel, werk en inkomen, 2014",
        "Ontevreden over een onderdeel, onderwijs en opleiding, 2014",
    ]
    assert payload["table"]["rows"][0] == ["Betrouwbaarheid, ook digitaal", "70%", "67%", "–"]
    assert len(rows_of(book["aspecten"], "rect", "value")) == 10


def test_the_notes_of_the_aspects_say_that_only_the_highest_are_known(book):
    assert sum("wij kennen alleen de hoogste" in note for note in book["aspecten"].payload["notes"]) == 2


def test_the_part_fills_as_much_of_the_bar_as_its_percentage(book, figures):
    wave, share = published("mijnoverheid_used", "", figures)[-1]
    payload = book["mijnoverheid"].payload
    rect = max(float(width) for width in re.findall(r'd="M0?\.?\d*,\d+h([\d.]+)v30', payload["svg"]["wide"]))
    filled = min(float(width) for width in re.findall(r'd="M0?\.?\d*,\d+h([\d.]+)v30', payload["svg"]["wide"]))
    assert filled / rect == pytest.approx(share / 100, abs=0.002)
    assert (
        payload["summary"]
        == f"Balk van 100 procent, deels gevuld. Gebruik van MijnOverheid, {wave}: {share:g} procent."
    )


def test_a_part_is_of_one_percentage(figures):
    for selection in (figures.select("channel_used"), figures.select("grade_chain")):
        with pytest.raises(ProblemsError) as error:
            charts.part("deel", selection)
        assert codes(error) == ["W332"]


@pytest.mark.parametrize(("variant", "columns"), [("wide", 40), ("narrow", 20)])
def test_the_tally_has_a_dot_for_each_municipality(book, variant, columns):
    pitch = WIDTHS[variant] / columns
    strips = re.findall(r"<line [^>]*?(?:x2=\"([\d.]+)\")[^>]*", book["gemeenten"].payload["svg"][variant])
    dots = [int(float(length) / pitch + 0.02) + 1 for length in strips]
    # The last of the counted and the first of the rest are alone on their line, but for half a pixel.
    assert sum(dots) == 393
    assert sum(dots[: 39 // columns + 1]) == 39


def test_a_tally_tells_date_and_source_of_its_fact(book):
    payload = book["gemeenten"].payload
    assert payload["summary"].endswith("39 van 393 gemeenten aangesloten op MijnOverheid, augustus 2015.")
    assert payload["sources"] == ["Kanne, 2015 (paragraaf Meer digitaal)"]
    assert payload["figures"] == []
    assert payload["csv"].splitlines() == [
        "fact,fact_label,date,value,of,bound,source,locator",
        "municipalities_connected,gemeenten aangesloten op MijnOverheid,2015-08,39,393,,kanne2015,"
        "paragraaf Meer digitaal",
    ]


def test_a_bound_is_said(figures):
    fact = Fact(date="2016-03-01", value=3, of=9, bound="lower", name=words("dorpen"), source="report", locator="p. 1")
    found = edition([("2008", "a", 1), ("2014", "a", 2)], a=("percent", ()), facts={"villages": fact})
    summary = charts.tally("dorpen", found, "villages").payload["summary"]
    assert "Ten minste 3 van 9 dorpen, 1 maart 2016." in summary


@pytest.mark.parametrize("fact", ["accounts_2014", "no_such_fact"])
def test_a_fact_without_a_whole_cannot_be_drawn(figures, fact):
    with pytest.raises(ProblemsError, match="municipalities_connected") as error:
        charts.tally("accounts", figures, fact)
    assert codes(error) == ["W335"]


# --- change -------------------------------------------------------------------------------------------------


def test_the_overview_pairs_baseline_and_wave_for_each_figure(book):
    pairs = rows_of(book["overzicht"], "rule", "then")
    assert sorted((row["then"], row["now"]) for row in pairs) == [
        (6.2, 6.6),
        (6.7, 6.9),
        (7.0, 7.1),
        (13, 14),
        (29, 40),
    ]


def test_grades_and_percentages_have_each_their_own_scale(book):
    domains = {
        tuple(layer["encoding"]["x"]["scale"]["domain"])
        for layer in layers(book["overzicht"].to_dict())
        if layer["encoding"]["x"].get("scale")
    }
    assert domains == {(6, 7.5), (0, 40)}


def test_differences_have_a_sign_and_percentages_differ_in_percentage_points(book):
    rows = {row[0]: row[1:] for row in book["overzicht"].payload["table"]["rows"]}
    assert rows["Keten"] == ["6,7", "6,9", "+0,2"]
    assert rows["Zeer tevreden"] == ["29%", "40%", "+11 procentpunt"]


def test_a_figure_without_its_pair_is_a_problem_that_names_it(figures):
    with pytest.raises(ProblemsError, match=f"needs {figures.baseline} and {figures.wave} of keten") as error:
        charts.change("overzicht", figures.select("grade_chain"))
    assert codes(error) == ["W334"]


# --- what every chart has -----------------------------------------------------------------------------------


def test_no_text_is_cut_off_and_no_two_texts_overlap(book, crowded):
    for name, chart in {**book, **crowded}.items():
        for variant, svg in chart.payload["svg"].items():
            width, height = size(svg)
            found = texts(svg)
            for text, left, top, right, bottom in found:
                inside = left > -2 and right < width + 2 and top > -1 and bottom < height + 2
                assert inside, (name, variant, text, left, right)
            for a, b in combinations(found, 2):
                apart = a[3] <= b[1] + 1 or b[3] <= a[1] + 1 or a[4] <= b[2] + 1 or b[4] <= a[2] + 1
                assert apart, (name, variant, a, b)


def test_letters_are_at_least_12_px_on_a_phone_of_320_px(book):
    for chart in book.values():
        narrow = chart.payload["svg"]["narrow"]
        assert size(narrow)[0] == 320
        assert min(map(float, re.findall(r'font-size="([\d.]+)"', narrow))) >= 12


def test_every_svg_is_light(book, crowded):
    sizes = {name: len(svg.encode()) for name, c in book.items() for svg in c.payload["svg"].values()}
    assert max(sizes.values()) <= 8 * 1024, sizes
    assert max(len(svg.encode()) for c in crowded.values() for svg in c.payload["svg"].values()) <= 12 * 1024


def test_an_svg_holds_nothing_but_the_drawing(book):
    for chart in book.values():
        for svg in chart.payload["svg"].values():
            root = ET.fromstring(svg)
            assert root.attrib.keys() == {"viewBox", "font-size", "font-family"}
            names = {name for element in root.iter() for name in element.attrib}
            assert not names & {"class", "role", "id", "aria-label", "aria-roledescription", "aria-hidden", "href"}
            assert not [g for g in root.iter() if g.tag.endswith("}g") and len(g) == 0]
            assert all(element.text or len(element) for element in root.iter() if element.tag.endswith("text"))


def test_all_colours_are_custom_properties_of_the_theme_with_its_fallback(book, crowded):
    for chart in [*book.values(), *crowded.values()]:
        for svg in chart.payload["svg"].values():
            painted = re.findall(r'(?:fill|stroke)="([^"]+)"', svg)
            assert painted
            for value in set(painted) - {"none"}:
                name, fallback = re.fullmatch(r"var\((--chart-[a-z0-9]+), (#[0-9a-f]{6})\)", value).groups()
                assert COLOURS[name] == fallback


def test_all_text_has_the_colour_of_text_whatever_the_house_style(book):
    for chart in book.values():
        for svg in chart.payload["svg"].values():
            root = ET.fromstring(svg)
            parents = {child: parent for parent in root.iter() for child in parent}
            for element in root.iter("{*}text"):
                while "fill" not in element.attrib:
                    element = parents[element]
                assert element.get("fill").startswith("var(--chart-text,")


def test_only_what_is_shown_goes_into_the_spec(book):
    for chart in book.values():
        for layer in layers(chart.to_dict()):
            shown = {channel.get("field") for channel in layer["encoding"].values()}
            shown |= {"series"} if "of" in shown else set()  # its number says with which other marks it recedes
            assert {column for row in layer["data"]["values"] for column in row} <= shown


def test_every_spec_is_valid_vega_lite(book, crowded):
    for chart in (book["mijnoverheid"], book["gemeenten"], *crowded.values()):
        assert alt.LayerChart.from_dict(chart.to_dict(), validate=True)


def test_the_payload_names_its_figures_sources_and_edition(book, figures):
    payload = book["rapportcijfers"].payload
    assert payload["figures"][0] == "grade_chain@2008"
    assert len(payload["figures"]) == 2 * len(published("grade_chain", "", figures))
    assert payload["sources"] == ["Kanne e.a., 2016 (paragraaf 2.2, figuur 2.1)"]
    edition = "nl", int(figures.wave), int(figures.baseline), "lines"
    assert (payload["language"], payload["wave"], payload["baseline"], payload["form"]) == edition


def test_every_table_has_a_row_header_and_as_many_cells_as_heads(book):
    for chart in book.values():
        table = chart.payload["table"]
        assert all(len(row) == len(table["head"]) and row[0] for row in table["rows"])
        assert all(table["head"])


def test_the_csv_is_what_the_data_folder_holds_of_these_figures(book, figures):
    rows = list(csv.DictReader(io.StringIO(book["kanalen"].payload["csv"])))
    kept = csv.DictReader((ROOT / f"data/figures/{figures.wave}.csv").read_text(encoding="utf-8").splitlines())
    plain = [{name: text for name, text in row.items() if not name.endswith("_label")} for row in rows]
    assert plain == [row for row in kept if row["indicator"] == "channel_used"]
    assert "7.1" in book["rapportcijfers"].payload["csv"]


def test_the_summary_tells_every_value_in_words_of_the_language(book, figures):
    high, fail = (published("grade_band_chain", band, figures) for band in ("high", "fail"))
    assert high[:3] == [(2008, 29), (2013, 34), (2014, 40)]

    def told(series, many, last):
        *before, end = (f"{value:g} {many} in {wave}" for wave, value in series)
        return f"{', '.join(before)} {last} {end}."

    dutch = f"Zeer tevreden: {told(high, 'procent', 'en')} Ontevreden: {told(fail, 'procent', 'en')}"
    assert book["tevreden-ontevreden"].payload["summary"].startswith(f"Lijngrafiek. {dutch}")
    same = load(ROOT, wave=story_wave(), language="en").select("grade_band_chain.high", waves="all")
    assert f"Very satisfied: {told(high, 'per cent', 'and')}" in charts.lines("a", same).payload["summary"]


# --- what readers are told who explore a chart --------------------------------------------------------------


def test_every_point_says_a_value_of_the_table(book, crowded):
    for chart in [*book.values(), *crowded.values()]:
        payload = chart.payload
        cells = {cell for row in payload["table"]["rows"] for cell in row[1:]}
        whole = {re.sub(r" \(.+? tot .+?\)$", "", cell) for cell in cells}
        values = {point["says"][1] for point in payload["points"]}
        assert values <= whole or payload["form"] == "tally"
        assert len(payload["points"]) == max(1, len(payload["figures"]))


def test_every_point_has_an_area_of_its_own_around_its_mark_in_both_widths(book, crowded):
    for chart in [*book.values(), *crowded.values()]:
        payload = chart.payload
        for areas, marks in spotted.boxes(payload):
            assert len(areas) == len(payload["points"])
            for area, mark in zip(areas, marks, strict=True):
                assert area[0] - 0.1 < (mark[0] + mark[2]) / 2 < area[2] + 0.1  # a tenth of a pixel
                assert min(area[2] - area[0], area[3] - area[1]) > 8
            assert spotted.overlapping(areas) == []


def test_nothing_that_shows_a_point_is_in_the_static_picture(book):
    for chart in book.values():
        for svg in chart.payload["svg"].values():
            assert "transparent" not in svg
            assert 'opacity="0.3' not in svg


def test_a_chart_is_frozen(book):
    chart = book["kanalen"]
    chart.payload["notes"].clear()
    assert chart.payload["notes"]
    with pytest.raises(AttributeError):
        chart.name = "anders"


def test_jupyter_gets_the_payload_an_inline_picture_and_the_summary(book):
    bundle = book["kanalen"]._repr_mimebundle_()
    assert bundle.keys() == {"application/vnd.wavebook.chart+json", "text/html", "text/plain"}
    assert bundle["text/plain"] == book["kanalen"].payload["summary"]
    holder = ET.fromstring(bundle["text/html"])
    assert holder.tag == "div"
    assert holder[0].get("width") == "640"
    assert "var(" not in bundle["text/html"]


def test_the_payload_is_plain_sorted_json(book):
    text = book["overzicht"].json
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True)


@pytest.mark.slow
def test_another_process_makes_the_same_bytes(book):
    code = (
        "import hashlib; from pathlib import Path; from wavebook import charts; from wavebook.figures import load\n"
        f"figures = load(Path({str(ROOT)!r}), wave={story_wave()!r})\n"
        "grades = figures.select('grade_chain', 'grade_organisation', waves='all')\n"
        "print(hashlib.sha256(charts.lines('rapportcijfers', grades).json.encode()).hexdigest())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == hashlib.sha256(book["rapportcijfers"].json.encode()).hexdigest()


# --- what editors get wrong ---------------------------------------------------------------------------------


def test_all_problems_of_a_chart_come_at_once(figures):
    with pytest.raises(ProblemsError) as error:
        charts.lines("Mijn grafiek", figures.select("grade_chain", "grade_band_chain.high"))
    assert codes(error) == ["W331", "W332"]


def test_an_empty_selection_is_a_problem(figures):
    for form in (charts.lines, charts.bars, charts.change):
        with pytest.raises(ProblemsError, match="has no figures"):
            form("leeg", figures.select())


def test_a_missing_figure_stops_the_cell(figures):
    with pytest.raises(MissingFigureError, match="channel_used"):
        charts.bars("kanalen", figures.select("channel_used@baseline"))


# --- the notebooks ------------------------------------------------------------------------------------------


def test_the_notebooks_make_the_charts_of_the_book(book):
    assert set(book) == {
        "deurpost",
        "rapportcijfers",
        "tevreden-ontevreden",
        "aspecten",
        "kanalen",
        "mijnoverheid",
        "gemeenten",
        "overzicht",
    }


@pytest.mark.parametrize("slug", SLUGS)
def test_a_notebook_links_to_its_page_and_is_kept_without_outputs(slug):
    notebook = nbformat.read(ROOT / "notebooks" / f"{slug}.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert f"](../{slug}.md)" in notebook.cells[0].source
    assert notebook.cells[1].metadata["tags"] == ["parameters"]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    assert all(len(cell.source.splitlines()) <= 12 for cell in code if cell.id.startswith("chart-"))
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    assert not [cell for cell in notebook.cells if cell.cell_type == "markdown" and re.search(r"\d", cell.source)]
