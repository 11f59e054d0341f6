"""No name of a folder or file is a pattern, a home, an address or a template: a book reads its own files."""

import shutil

import polars as pl
import pyreadstat
import pytest
import xlsxwriter
from leaf import END, TOP, make_leaf
from small import SmallBook

import book
from wavebook.definitions import load_definitions
from wavebook.survey import wave
from wavebook.survey.files import limits
from wavebook.survey.inspection.inspect import inspect

# Folders, and the neighbour that each would fit if it were a pattern.
NAMES = {
    "peiling [2]": "peiling 2",
    "wat? 2016": "wat! 2016",
    "a*b": "a and b",
    "{x,y}": "x",
    "[!a]": "b",
    "**": "c",
    "50% (kopie)": "50",
    "%5B": "[",
    "~": "home",
    "$HOME": "root",
    "wave=2014": "wave",
    "{0}": "0",
    "s3:": "s3",
}
OFTEN = ("peiling [2]", "~")  # the others in the long run
TRIED = [name if name in OFTEN else pytest.param(name, marks=pytest.mark.slow) for name in NAMES]
DECLARED = """
[disclosure]
minimum_base = 5
dominance_share = 90
source = "test"

[waves.2014.responses]
source = "report"
locator = "2014"
[waves.2014.responses.columns]
grade = "v"
"""


def write(path, values):
    frame = pl.DataFrame({"v": values}, schema={"v": pl.Float64})
    match path.suffix:
        case ".csv":
            frame.write_csv(path)
        case ".parquet":
            frame.write_parquet(path)
        case ".sav" | ".zsav":
            pyreadstat.write_sav(frame, str(path.absolute()), compress=path.suffix == ".zsav")
        case ".xlsx":
            with xlsxwriter.Workbook(path) as workbook:
                workbook.add_worksheet().write_column(0, 0, ["v", *values])


def with_answers(folder, kind, value):
    """A book in which everybody answers ``value``."""
    small = SmallBook(folder)
    small.write("waves.toml", small.path("waves.toml").read_text(encoding="utf-8") + DECLARED)
    path = small.path("responses") / f"2014{kind}"
    path.parent.mkdir()
    write(path, [value] * 20)
    return path


def estimated(root):
    wave.estimate_wave(root, "2014")
    rows = (root / "data" / "figures" / "2014.csv").read_text(encoding="utf-8").splitlines()
    return next(row.split(",")[6] for row in rows if row.endswith("estimated,report,2014"))


@pytest.mark.parametrize("staged", [False, True], ids=["in memory", "staged"])
@pytest.mark.parametrize("kind", [".csv", ".parquet", ".sav", ".zsav", ".xlsx"])
@pytest.mark.parametrize("name", TRIED)
def test_a_wave_is_estimated_from_the_book_s_own_respondents(tmp_path, monkeypatch, name, kind, staged):
    if staged:
        monkeypatch.setattr(limits, "IN_MEMORY", 100)
    with_answers(tmp_path / NAMES[name], kind, 4.0)
    with_answers(tmp_path / name, kind, 8.0)
    assert estimated(tmp_path / name) == "8.0"
    assert [path.name for path in (tmp_path / name / "data/responses").glob(".*")] == []


@pytest.mark.parametrize("kind", [".csv", ".parquet", ".sav", ".xlsx"])
@pytest.mark.parametrize("name", TRIED)
def test_inspect_shows_the_file_that_is_named(tmp_path, monkeypatch, name, kind):
    with_answers(tmp_path / NAMES[name], kind, 4.0)
    path = with_answers(tmp_path / name, kind, 8.0)
    monkeypatch.chdir(tmp_path)
    found = inspect(path.relative_to(tmp_path), load_definitions(tmp_path / name), root=tmp_path / name)
    assert (found.rows, [(c.answers, c.low, c.high) for c in found.columns]) == (20, [(20, 8.0, 8.0)])


@pytest.mark.parametrize("name", ["2014 [a].csv", "wat?.csv", "*.csv", "~.csv", "{a}.parquet", "[0-9]*.parquet"])
def test_the_name_of_a_file_is_no_pattern_either(tmp_path, monkeypatch, name):
    definitions = load_definitions(SmallBook(tmp_path).root)
    kind = name[name.rindex(".") :]
    for other, value in (("2014 a", 4.0), ("wat!", 4.0), ("a", 4.0), ("1", 4.0)):
        write(tmp_path / f"{other}{kind}", [value] * 20)
    write(tmp_path / name, [8.0] * 20)
    monkeypatch.chdir(tmp_path)
    (column,) = inspect(tmp_path.joinpath(name).relative_to(tmp_path), definitions).columns
    assert (column.answers, column.low, column.high) == (20, 8.0, 8.0)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return make_leaf(tmp_path_factory.mktemp("page"))


@pytest.mark.parametrize("name", TRIED)
def test_a_site_is_built_from_the_book_s_own_pages(tmp_path, page, name):
    for folder, colour in ((NAMES[name], "red"), (name, "blue")):
        root = shutil.copytree(page, tmp_path / folder)
        (root / "book" / "picture.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" fill="{colour}"/>')
        (root / "book" / "unfinished.md").write_text("# Not in the table of contents\n", encoding="utf-8")
    text = TOP + "![Een vlak](picture.*)\n" + END
    (tmp_path / name / "book" / "index.md").write_text(text, encoding="utf-8")
    run = book.wavebook(tmp_path / name, "build")
    assert (run.err, run.code) == ("", 0)
    assert "blue" in (tmp_path / name / "_build/html/_images/picture.svg").read_text(encoding="utf-8")
    assert "unfinished.html" not in run.site
