"""A folder says itself what wavebook put there; what else is in it belongs to somebody, and stays."""

import os
from pathlib import Path

import pytest

from wavebook.core import marker, outputs
from wavebook.core.marker import Mark


@pytest.fixture
def site(tmp_path) -> Path:
    """A site that was made, ready to be put in place."""
    for name in ("index.html", "_static/own.css", "_sources/index.md"):
        put(tmp_path / "made" / name, "made")
    return tmp_path / "made"


def put(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


OTHERS = {"CNAME": "book.example", ".nojekyll": "", ".git/HEAD": "ref: refs/heads/pages", "old/page.html": "mine"}


def test_what_somebody_put_beside_a_site_stays_through_every_exchange(site, tmp_path):
    out = tmp_path / "out"
    outputs.publish(site, out)
    for name, content in OTHERS.items():
        put(out / name, content)
    (out / "latest").symlink_to("index.html")
    before = out.stat().st_ino
    outputs.publish(site, out)
    assert out.stat().st_ino == before  # there is nothing to exchange
    put(site / "index.html", "made again")
    (site / "_sources" / "index.md").unlink()
    (site / "_sources").rmdir()
    outputs.publish(site, out)
    assert (out / "index.html").read_text() == "made again"
    assert {name: (out / name).read_text() for name in OTHERS} == OTHERS
    assert os.readlink(out / "latest") == "index.html"
    assert not (out / "_sources").exists()  # that was ours


def test_what_a_book_puts_there_now_takes_the_place_of_what_somebody_had_put(site, tmp_path):
    outputs.publish(site, tmp_path / "out")
    put(tmp_path / "out" / "CNAME", "by hand")
    put(site / "CNAME", "by the book")
    outputs.publish(site, tmp_path / "out")
    assert (tmp_path / "out" / "CNAME").read_text() == "by the book"
    (site / "CNAME").unlink()
    outputs.publish(site, tmp_path / "out")
    assert not (tmp_path / "out" / "CNAME").exists()


def test_a_mark_says_what_is_there_and_what_an_editor_added(site):
    put(site / marker.SPHINX_OWN, "of this machine")
    marker.write(site, marker.SITE, added=["CNAME"], coming=["en"])
    mark = marker.read(site)
    assert mark == Mark(marker.SITE, frozenset({"_sources", "_static", "en", "index.html"}), frozenset({"CNAME"}))
    assert [name for name in ("index.html", "en", marker.MARK, "thesis.doc") if mark.owns(name)] == [
        "index.html",
        "en",
        marker.MARK,
    ]


def test_the_mark_of_an_earlier_version_is_known(tmp_path):
    put(tmp_path / marker.MARK, "A site that wavebook made, and for which it may exchange another.\nCNAME\n")
    mark = marker.read(tmp_path)
    assert marker.is_site(tmp_path)
    assert mark.added == {"CNAME"}
    assert all(mark.owns(name) for name in ("index.html", "page.html", "_static", "nl", "CNAME"))
    assert not mark.owns("thesis.doc")


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", "null", '{"wavebook": "a site"}', '{"wavebook": 1, "holds": 2, "added": []}', "\x00", "[" * 10**5],
)
def test_a_file_of_that_name_that_says_something_else_is_no_mark(tmp_path, content):
    put(tmp_path / marker.MARK, content)
    assert marker.read(tmp_path) is None


def test_a_link_to_the_mark_of_another_folder_is_none(site, tmp_path):
    marker.write(site, marker.SITE)
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / marker.MARK).symlink_to(site / marker.MARK)
    assert (marker.is_site(site), marker.read(tmp_path / "thesis")) == (True, None)


def test_no_names_make_a_folder_ours(tmp_path):
    for name in (".buildinfo", "index.html", "_static/basic.css", "searchindex.js", "objects.inv"):
        put(tmp_path / name, "of another Sphinx")
    assert not marker.is_site(tmp_path)


def test_sphinxs_note_with_the_paths_of_this_machine_is_not_published(site, tmp_path):
    put(site / marker.SPHINX_OWN, "one")
    put(site / "en" / marker.SPHINX_OWN, "one")
    outputs.publish(site, tmp_path / "out")
    before = (tmp_path / "out").stat().st_ino
    put(site / marker.SPHINX_OWN, "another")
    outputs.publish(site, tmp_path / "out")
    assert (tmp_path / "out").stat().st_ino == before
    assert names(tmp_path / "out") == [marker.MARK, "_sources", "_static", "en", "index.html"]
    assert names(tmp_path / "out" / "en") == []
