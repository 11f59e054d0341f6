"""What readers download: tables, series, the workbook, and pictures of charts."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from crossed import cross, nested, without_populations

from wavebook.pages import downloads


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_title_with_accents_and_signs_gives_a_name_that_programs_take():
    assert downloads.slug("Eén plank: lezers & boeken (2014)") == "een-plank-lezers-boeken-2014"


def test_the_series_together_are_all_figures_and_so_are_the_waves(site):
    everything = sorted(map(str, table(site / "data/figures.csv")))
    series = [p for p in (site / "data").glob("*.csv") if p.with_suffix(".json").exists()]
    waves = [p for p in (site / "data").glob("*.csv") if p.stem.isdigit()]
    assert sorted(str(row) for path in series for row in table(path)) == everything
    assert sorted(str(row) for path in waves for row in table(path)) == everything


def test_a_series_as_json_says_what_was_asked_and_holds_its_rows(site):
    series = json.loads((site / "data/mark_library.json").read_text(encoding="utf-8"))
    assert series["definition"].startswith("Rapportcijfer van 1 tot 10")
    assert series["breaks"][0]["kind"] == "noted"
    rows = table(site / "data/mark_library.csv")
    assert [(o["wave"], o["value"]) for o in series["observations"]] == [
        (int(r["wave"]), float(r["value"])) for r in rows
    ]
    assert {o["source"] for o in series["observations"]} == series["sources"].keys()


def test_a_break_after_the_wave_of_an_edition_is_no_part_of_it(small):
    """Neither is it out yet, nor may it change an edition that was published before."""
    told = {wave: downloads.series(small.load(wave=wave), "grade", [])["breaks"] for wave in ("2013", "2014")}
    assert [(wave, [item["to"] for item in breaks]) for wave, breaks in told.items()] == [
        ("2013", []),
        ("2014", [2014]),
    ]


def test_the_data_package_describes_every_table(site):
    package = json.loads((site / "datapackage.json").read_text(encoding="utf-8"))
    paths = {resource["path"] for resource in package["resources"]}
    assert paths == {p.relative_to(site).as_posix() for p in (site / "data").glob("*.csv")}
    assert len({resource["name"] for resource in package["resources"]}) == len(paths)
    assert package["licenses"] == [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/deed.nl"}]
    for resource in package["resources"]:
        assert re.fullmatch(r"[-a-z0-9._/]+", resource["name"])


def test_text_in_the_workbook_is_never_a_formula(loaded):
    import zipfile

    hostile = '=HYPERLINK("http://example.org","x")'
    rows = [row | {"locator": hostile} for row in downloads.rows_of(loaded)]
    made = downloads.workbook(loaded, rows, "Titel")
    sheet = zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert pd.read_excel(io.BytesIO(made), engine="calamine")["locator"].unique().tolist() == [hostile]


def test_the_workbook_has_the_same_bytes_whenever_it_is_made(loaded):
    rows = downloads.rows_of(loaded)
    assert downloads.workbook(loaded, rows, "Titel") == downloads.workbook(loaded, rows, "Titel")


MEASURED = """[waves.2014]
mode = { nl = "online", en = "online" }
fieldwork = "2014-10..2014-11"
drawn = 9000
responded = 1500
"""


def test_what_is_known_of_a_wave_goes_with_the_downloads(small, tmp_path):
    small.edit("waves.toml", "[waves.2014]\n", MEASURED)
    figures = small.load()
    told = downloads.data_package(figures, title="Boek", licence={"name": ""}, folder="data")["waves"]
    assert [(w["wave"], w.get("responded"), w.get("mode")) for w in told] == [
        *((2010, None, None), (2013, None, None), (2014, 1500, "online")),
    ]
    made = io.BytesIO(downloads.workbook(figures, downloads.rows_of(figures), "Boek"))
    sheet = pd.read_excel(made, engine="calamine", sheet_name="Metingen").set_index("wave")
    known = sheet.loc[2014, ["Manier van vragen", "veldwerk, eerste dag", "Uitgenodigd", "Respons"]]
    assert known.tolist() == ["online", "2014-10-01", 9000, 16.7]
    assert sheet["Uitgenodigd"].isna().tolist() == [True, True, False]
    assert "Weging" not in sheet.columns


def test_a_picture_is_drawn_again_after_a_run_that_stopped_between_its_two_files(tmp_path, monkeypatch):
    drawing, picture = tmp_path / "a.svg", tmp_path / "a.png"
    monkeypatch.setattr(downloads.pictures, "png", lambda content, scale: content.encode() * scale)
    downloads.write_picture(drawing, picture, "old", scale=1)

    def stop(path, content):
        path.write_bytes(content)
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(downloads, "write_whole", stop)
        with pytest.raises(KeyboardInterrupt):
            downloads.write_picture(drawing, picture, "new", scale=1)
    downloads.write_picture(drawing, picture, "new", scale=1)
    assert (drawing.read_text(), picture.read_text()) == ("new", "new")


def test_an_unchanged_picture_is_not_drawn_again(tmp_path, monkeypatch):
    drawn = []
    monkeypatch.setattr(downloads.pictures, "png", lambda content, scale: drawn.append(content) or b"png")
    for _ in range(2):
        downloads.write_picture(tmp_path / "a.svg", tmp_path / "a.png", "same", scale=1)
    assert drawn == ["same"]


# breakdowns


def test_what_is_downloaded_has_the_names_of_segments_beside_their_codes(small, tmp_path):
    nested(small)
    figures = cross(small).load(language="en")
    downloads.write_figures(tmp_path / "data", figures, title="Trust", licence={"name": "", "path": ""})
    segments = json.loads((tmp_path / "data/grade.json").read_text(encoding="utf-8"))["segments"]
    assert segments["theme*age"]["name"] == "theme × age"
    assert segments["theme*age"]["values"]["work*35_up"] == "work, 35 and over"
    assert segments["town"] == {
        "name": "town",
        "values": {"a": "A", "b": "B"},
        "within": "theme",
        "parents": {"a": "work", "b": "school"},
    }
    sheet = pd.read_excel(tmp_path / "data/figures.xlsx", "Breakdowns", dtype=str, engine="openpyxl").fillna("")
    rows = {(row.segment_by, row.segment): (row.name, row.within) for row in sheet.itertuples(index=False)}
    assert rows["theme*age", "work*18_34"] == ("work, 18–34", "")
    assert rows["town", "b"] == ("B", "school")
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    told = {field["name"]: field.get("description", "") for field in package["resources"][0]["schema"]["fields"]}
    assert "with * between them" in told["segment_by"]
    assert "segments" not in json.loads((tmp_path / "data/share.json").read_text(encoding="utf-8"))


def test_a_book_without_populations_has_none_in_its_downloads(small, tmp_path):
    without_populations(small)
    downloads.write_figures(tmp_path / "data", small.load(), title="Trust", licence={"name": "", "path": ""})
    assert {row["population"] for row in table(tmp_path / "data/figures.csv")} == {""}
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    (field,) = [f for f in package["resources"][0]["schema"]["fields"] if f["name"] == "population"]
    assert "constraints" not in field
