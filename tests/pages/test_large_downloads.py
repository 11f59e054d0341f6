"""Downloads that are written part by part hold the same as those that are made at once."""

import csv
import io

import large
import numpy as np
import openpyxl
import polars as pl
import pytest

from wavebook.figures import COLUMNS, Figures, load
from wavebook.pages import downloads, large_downloads

LICENCE = {"name": "CC0", "path": ""}


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    root = large.make(tmp_path_factory.mktemp("towns"), towns=20, indicators=3)
    path = root / "data" / "figures" / "2013.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[3].split(",")
    lines[3] = ",".join([*cells[:6], "", cells[7], *([""] * 5), "suppressed", "report", '"=1+1, ""x"" & <y>"'])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load(root)


@pytest.fixture(scope="module")
def both(figures, tmp_path_factory):
    """The folders with downloads made at once, and part by part: seven rows in each, a hundred on a sheet."""
    folder = tmp_path_factory.mktemp("downloads")
    downloads.write_figures(folder / "once" / "data", figures, title="Steden", licence=LICENCE)
    with pytest.MonkeyPatch.context() as patched:
        for name, value in (("LARGE", 10), ("MOST_SERIES", 50), ("_PART", 7), ("SHEET", 100)):
            patched.setattr(large_downloads, name, value)
        for again in ("parts", "again"):
            downloads.write_figures(folder / again / "data", figures, title="Steden", licence=LICENCE)
    return folder / "once", folder / "parts", folder / "again"


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_tables_are_there_and_no_json_of_a_long_series(both):
    once, parts, _ = map(content, both)
    series = {"data/i00.json", "data/i01.json", "data/i02.json"}
    assert {name for name in once if name not in parts} == {*series, "data/tables.xlsx"}
    assert {name for name in parts if once[name] != parts[name]} == {"data/figures.xlsx"}


def test_the_same_figures_give_the_same_bytes(both):
    _, parts, again = map(content, both)
    assert parts == again


def test_parquet_holds_the_table(both):
    read = pl.read_parquet(both[1] / "data" / "figures.parquet")
    assert tuple(read.columns) == tuple(COLUMNS)
    rows = list(csv.DictReader(io.StringIO((both[1] / "data" / "figures.csv").read_text(encoding="utf-8"), newline="")))
    assert len(rows) == read.height
    for name in COLUMNS:
        if read[name].dtype.is_numeric():
            assert read[name].to_list() == [float(row[name]) if row[name] else None for row in rows]
        else:
            assert [downloads.as_text(cell) for cell in read[name]] == [row[name] for row in rows]


def test_the_workbook_holds_the_table_on_as_many_sheets_as_it_takes(both, figures):
    once, parts = (openpyxl.load_workbook(folder / "data" / "figures.xlsx") for folder in both[:2])
    sheets = parts.sheetnames
    count = -(-len(figures) // 100)
    assert sheets[:count] == [once.sheetnames[0], *(f"{once.sheetnames[0]} {n}" for n in range(2, count + 1))]
    assert sheets[count:] == once.sheetnames[1:]
    whole = list(once.worksheets[0].iter_rows())
    split = [row for sheet in parts.worksheets[:count] for row in list(sheet.iter_rows())[1:]]
    assert [[cell.value for cell in row] for row in split] == [[cell.value for cell in row] for row in whole[1:]]
    assert [row[6].number_format for row in split] == [row[6].number_format for row in whole[1:]]
    assert [cell.value for cell in next(parts.worksheets[1].iter_rows())] == list(COLUMNS)
    assert parts.worksheets[0].auto_filter.ref == "A1:P101"
    for name in once.sheetnames[1:]:
        assert [[c.value for c in row] for row in parts[name]] == [[c.value for c in row] for row in once[name]]


@pytest.fixture
def kept(figures, tmp_path, monkeypatch):
    """A folder with downloads that are noted; a function that writes them again, and tells which were written."""
    monkeypatch.setattr(large_downloads, "LARGE", 10)
    folder = tmp_path / "site" / "data"

    def write(of=figures, code="code"):
        before = {path: path.stat().st_ino for path in folder.glob("*")}
        made = large_downloads.Made(tmp_path / "made.json", code)
        downloads.write_figures(folder, of, title="Steden", licence=LICENCE, made=made)
        return {path.name for path in folder.glob("*") if before.get(path) != path.stat().st_ino}

    assert write() >= {"figures.csv", "figures.xlsx", "figures.parquet", "2013.csv", "i00.csv"}
    return folder, write


def test_downloads_are_written_only_when_something_changed(kept, figures):
    _, write = kept
    assert write() == set()
    assert "figures.xlsx" in write(code="other declarations")
    edition = {name: getattr(figures, name) for name in ("wave", "baseline", "population", "language")}
    fewer = Figures(figures.definitions, figures.rows.take(np.arange(1, len(figures))), **edition)
    assert "figures.parquet" in write(fewer, code="other declarations")
    earlier = Figures(figures.definitions, figures.rows, **edition | {"wave": "2013"})
    assert "figures.csv" in write(earlier)
    assert "2014.csv" in write(figures)


@pytest.mark.parametrize("change", [lambda path: path.unlink(), lambda path: path.write_bytes(b"")])
def test_downloads_that_are_not_as_they_were_written_are_written_again(kept, change):
    folder, write = kept
    before = content(folder)
    change(folder / "2013.csv")
    assert "2013.csv" in write()
    assert content(folder) == before


def test_a_few_figures_are_compared_with_what_is_there(figures, tmp_path):
    for again in (False, True):
        before = {path: path.stat().st_ino for path in tmp_path.rglob("*")}
        downloads.write_figures(tmp_path / "data", figures, title="Steden", licence=LICENCE)
        assert not again or before == {path: path.stat().st_ino for path in tmp_path.rglob("*")}
