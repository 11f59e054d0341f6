"""Large tables are kept by column once they are checked, and never shown when anything differs."""

import struct

import pytest
from crossed import cross

from wavebook.core.problems import ProblemsError
from wavebook.figures import kept, load, loading

LIMIT = '\n[disclosure]\nminimum_base = 30\ndominance_share = 50\nsource = "us"\n'


@pytest.fixture(autouse=True)
def large(monkeypatch):
    """Take every table for a large one."""
    monkeypatch.setattr(kept, "LARGE", 1)


def again(small, monkeypatch, **edition):
    """The figures as another process loads them, and whether it checked the tables."""
    checked = []

    def load_rows(*arguments, **options):
        checked.append(True)
        return read(*arguments, **options)

    read = loading.load_rows
    with monkeypatch.context() as patched:
        patched.setattr(loading, "load_rows", load_rows)
        patched.setattr(loading, "_CHECKED", {})
        return load(small.root, **edition), bool(checked)


def files_of(small):
    return sorted((small.root / "_build/.wavebook/tables").iterdir(), key=lambda path: path.stat().st_mtime)


def test_a_table_is_checked_once_for_each_state_of_its_files(small, monkeypatch):
    cross(small)
    small.row("2014", 2, n="1000", se="0.1", ci_low="6.7", ci_high="7.1")
    first, checked = again(small, monkeypatch)
    assert checked
    second, checked = again(small, monkeypatch)
    assert not checked
    assert [*first] == [*second]
    assert first.rows.digest == second.rows.digest
    assert str(second["grade"].unit) == "grade"
    small.row("2014", 2, value="6.8")
    changed, checked = again(small, monkeypatch)
    assert checked
    assert changed["grade"].value == 6.8


@pytest.mark.parametrize("change", ["declaration", "library", "language"])
def test_what_the_checks_depend_on_is_part_of_the_state(small, monkeypatch, change):
    again(small, monkeypatch)
    if change == "declaration":
        small.edit("waves.toml", "baseline = 2010\n", "baseline = 2010\n" + LIMIT)
    elif change == "library":
        monkeypatch.setattr(kept.files, "library", list)
    else:
        monkeypatch.setattr(loading.languages, "declared", lambda root: ("nl",))
    assert again(small, monkeypatch)[1]


def test_a_declaration_that_the_table_does_not_fit_any_more_is_told(small, monkeypatch):
    again(small, monkeypatch)
    small.edit("indicators.toml", "grade", "mark")
    with pytest.raises(ProblemsError, match="grade"):
        again(small, monkeypatch)


@pytest.mark.parametrize("damage", [lambda c: c[:-1], lambda c: c + b"0", lambda c: b"", lambda c: c[:100] + c[101:]])
def test_a_damaged_file_is_read_as_if_it_were_not_there_and_mended(small, monkeypatch, damage):
    before = [*again(small, monkeypatch)[0]]
    (path,) = files_of(small)
    path.write_bytes(damage(path.read_bytes()))
    figures, checked = again(small, monkeypatch)
    assert checked
    assert [*figures] == before
    assert not again(small, monkeypatch)[1]


def test_no_figure_of_too_few_people_is_kept(small, monkeypatch):
    small.edit("waves.toml", "baseline = 2010\n", "baseline = 2010\n" + LIMIT)
    small.row("2014", 2, value="6.54321", n="29")
    figures, _ = again(small, monkeypatch)
    assert "grade@2014" in {str(figure.key) for figure in figures if figure.status == "suppressed"}
    (path,) = files_of(small)
    assert struct.pack("<d", 6.54321) not in path.read_bytes()
    assert [*again(small, monkeypatch)[0]] == [*figures]


def test_only_the_newest_tables_stay(small, monkeypatch):
    for value in ("6.1", "6.2", "6.3", "6.4"):
        small.row("2014", 2, value=value)
        again(small, monkeypatch)
    assert len(files_of(small)) == 2
    assert not again(small, monkeypatch)[1]


def test_a_book_that_nobody_may_write_in_is_loaded_all_the_same(small, monkeypatch):
    (small.root / "_build").mkdir(exist_ok=True)
    (small.root / "_build/.wavebook").write_text("a file where a folder should be")
    for _ in range(2):
        figures, checked = again(small, monkeypatch)
        assert checked
        assert figures["grade"].value == 6.9


def test_a_small_table_is_not_kept(small, monkeypatch):
    monkeypatch.undo()
    load(small.root)
    assert not (small.root / "_build/.wavebook/tables").exists()
