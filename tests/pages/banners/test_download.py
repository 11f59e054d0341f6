"""The tables book beside the pages: for which editions there is one, and the link to it."""

from dataclasses import replace

import openpyxl
import pytest
from bannered import bannered
from small import SmallBook

from wavebook.pages import downloads
from wavebook.pages.banners import download
from wavebook.pages.banners.about import Publication
from wavebook.pages.banners.download import Beside


@pytest.fixture
def small(tmp_path):
    return bannered(SmallBook(tmp_path))


def written(figures, folder, **more):
    downloads.write_figures(folder / "data", figures, title="Boek", licence={"name": "", "path": ""}, **more)
    return {path.name for path in (folder / "data").iterdir()}


def test_an_edition_whose_wave_has_breakdowns_has_one(small, tmp_path):
    figures = small.load()
    names = written(figures, tmp_path / "site", tables=Beside(Publication("Boek", "Iemand")))
    assert download.NAME in names
    assert names == {*downloads.figure_files(figures)}
    book = openpyxl.load_workbook(tmp_path / "site" / "data" / download.NAME)
    assert [book["Lees mij"].cell(row, 2).value for row in (3, 4)] == ["Boek", "Iemand"]
    (line,) = download.link(figures)
    assert line.astext() == "Tabellen naar groep: Excel-werkmap"
    assert line[1]["refuri"] == "data/tables.xlsx"


@pytest.mark.parametrize("edition", [{"wave": "2013"}, {"segment": "theme=work"}])
def test_one_without_breakdowns_or_about_a_segment_has_none(small, tmp_path, edition):
    figures = small.load(**edition)
    assert download.NAME not in written(figures, tmp_path / "site")
    assert download.link(figures) == []


def test_a_large_book_has_one_only_by_command(small, monkeypatch):
    monkeypatch.setattr(download, "MOST", 3)
    assert not download.is_there(small.load())


def test_it_is_made_again_only_when_something_it_shows_changed(small, tmp_path, monkeypatch):
    made = []
    own = Beside._content
    monkeypatch.setattr(Beside, "_content", lambda self, figures: made.append(1) or own(self, figures))
    folder, kept = tmp_path / "site", tmp_path / "kept"
    beside = Beside(Publication("Boek"), kept, "code")
    folder.mkdir()

    def count(which, figures):
        which.write(folder, figures)
        return len(made)

    figures = small.load()
    assert [count(beside, figures), count(beside, figures)] == [1, 1]
    assert count(replace(beside, code="other"), figures) == 2
    small.row("2014", 2, value="6.94")
    assert count(replace(beside, code="other"), small.load()) == 3
    (folder / download.NAME).write_bytes(b"damaged")
    assert count(replace(beside, code="other"), small.load()) == 4
