import os

import pytest

from wavebook.core import links

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need rights there")


@pytest.fixture
def root(tmp_path):
    for folder in ("book/_static", "notebooks", "data/responses", "elsewhere"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "book/index.md").write_text("# Boek\n")
    (tmp_path / "elsewhere/page.md").write_text("# Elders\n")
    return tmp_path


def found(root) -> list[tuple[str, str]]:
    return [(problem.code, problem.place) for problem in links.problems(root)]


def test_a_link_within_the_folder_is_no_problem(root):
    (root / "book/again.md").symlink_to("index.md")
    assert found(root) == []


def test_links_that_lead_out_of_the_folder_are_named_by_what_they_would_bring(root):
    (root / "book/page.md").symlink_to(root / "elsewhere/page.md")
    (root / "book/_static/all").symlink_to(root / "elsewhere")
    (root / "notebooks/page.md").symlink_to(root / "elsewhere/page.md")
    assert sorted(found(root)) == [
        ("W418", "book/page.md"),
        ("W419", "book/_static/all"),
        ("W419", "notebooks/page.md"),
    ]


def test_a_link_to_a_link_counts_by_where_it_ends(root):
    (root / "book/first").symlink_to(root / "book/second")
    (root / "book/second").symlink_to(root / "elsewhere")
    assert found(root) == [("W419", "book/first"), ("W419", "book/second")]


def test_what_is_no_file_is_named(root):
    os.mkfifo(root / "book/pipe")
    assert found(root) == [("W419", "book/pipe")]


def test_a_book_that_is_itself_a_link_is_refused(root):
    (root / "book").rename(root / "real")
    (root / "book").symlink_to(root / "real")
    assert ("W419", "book") in found(root)


@pytest.mark.parametrize(
    ("path", "places", "inside"),
    [
        ("/a/b", ["/a"], True),
        ("/a", ["/a"], True),
        ("/ab", ["/a"], False),
        ("/a", ["/b", "/"], True),
        ("/a", [""], False),
    ],
)
def test_a_path_lies_in_a_folder_by_whole_names(path, places, inside):
    assert links.lies_in(path, *places) is inside


def test_a_file_that_goes_while_links_are_looked_for_is_no_problem(root, monkeypatch):
    """As one that a notebook's run is written to, under a name that it has for a moment."""
    (root / "book/notebooks").mkdir()
    (root / "book/outside.md").symlink_to(root / "elsewhere/page.md")
    listed, looked = os.walk, type(root).lstat

    def walk(folder):
        for place, folders, names in listed(folder):
            passing = root / place / ".x8f3.part"
            passing.write_bytes(b"{")
            yield place, folders, [passing.name, *names]

    def gone(path):
        path.unlink() if path.suffix == ".part" else None
        return looked(path)

    monkeypatch.setattr(links.os, "walk", walk)
    monkeypatch.setattr(type(root), "lstat", gone)
    assert found(root) == [("W418", "book/outside.md")]
