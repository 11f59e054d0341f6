"""The command that writes tables books: where they go, in which languages, and what it refuses."""

import openpyxl
import pytest
from bannered import bannered
from small import SmallBook

from wavebook.cli import main


@pytest.fixture
def root(tmp_path, monkeypatch):
    bannered(SmallBook(tmp_path))
    settings = tmp_path / "_config.yml"
    settings.write_text("title: Een Boek\nauthor: Iemand\n" + settings.read_text())
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    for folder in (tmp_path / "book", tmp_path / "book" / "en"):
        folder.mkdir()
        (folder / "index.md").write_text("# Een boek\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_language_has_a_file(root, capsys):
    assert main(["tables", "--since", "previous"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "_build/tables/een-boek-2014-nl.xlsx: 2 tables",
        "_build/tables/een-boek-2014-en.xlsx: 2 tables",
    ]
    book = openpyxl.load_workbook(root / "_build" / "tables" / "een-boek-2014-en.xlsx")
    assert book.sheetnames == ["Read me", "Contents", "Method", "1 Grade", "2 Answer"]
    assert (book.properties.title, book.properties.creator) == ("Een Boek: Tables by group, 2014", "Iemand")


def test_one_language_into_a_folder_of_choice(root, capsys):
    assert main(["tables", "--language", "nl", "--output", "elders", "--wave", "2010", "--adjust", "none"]) == 0
    assert [path.name for path in (root / "elders").iterdir()] == ["een-boek-2010-nl.xlsx"]


def test_pages_stand_beside_the_file(root, capsys):
    assert main(["tables", "--language", "nl", "--pages"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "_build/tables/een-boek-2014-nl/index.html: 2 tables"
    folder = root / "_build" / "tables" / "een-boek-2014-nl"
    assert {path.name for path in folder.iterdir()} == {"index.html", "method.html", "1.html", "2.html"}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("--since 1999", "W532"),
        ("--breakdown town", "W532"),
        ("--wave 2013 --population citizens", "W530"),
        ("--language pl", "W501"),
        ("--wave 1999", "W501"),
    ],
)
def test_what_cannot_be_made_is_named_and_nothing_is_written(root, capsys, asked, code):
    assert main(["tables", *asked.split()]) == 1
    assert code in capsys.readouterr().err
    assert not (root / "_build" / "tables").exists()
