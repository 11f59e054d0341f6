"""A list of checksums tells what was published from what was not, whatever else lies beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from wavebook.core import marker
from wavebook.core.problems import ProblemsError
from wavebook.publish import archive, checksums


@pytest.fixture
def web(tmp_path) -> Path:
    for wave in ("2014", "2016"):
        lay(tmp_path, wave)
    return tmp_path / "web"


def lay(folder: Path, wave: str, said: str = "") -> bool:
    """Lay an edition, which is the newest; tell whether the folder changed."""
    made = folder / f"made-{wave}"
    made.mkdir(exist_ok=True)
    (made / "index.html").write_text(f"of {wave}{said}", encoding="utf-8")
    (made / marker.SPHINX_OWN).write_text(str(folder), encoding="utf-8")
    record = {"wave": int(wave), "changes": []}
    return archive._lay(folder / "web", {wave: archive.Frozen(made, record)}, made, wave)


def test_a_folder_of_editions_has_a_mark_of_its_own_and_no_note_of_sphinx(web, tmp_path):
    assert marker.read(web).what == marker.ARCHIVE
    assert checksums.are_editions(web)
    assert not list(web.rglob(marker.SPHINX_OWN))
    assert not any(marker.MARK in line or "buildinfo" in line for line in (web / "SHA256SUMS").read_text().splitlines())
    assert not lay(tmp_path, "2016")


def test_editions_of_before_the_mark_are_known_and_stay_what_they_are(web, tmp_path):
    (web / marker.MARK).unlink()
    (web / "2014" / marker.SPHINX_OWN).write_text("of another machine", encoding="utf-8")
    for folder in (web / "2014", web):
        (folder / "SHA256SUMS").write_bytes(checksums.lines(checksums.sums(folder)))
    before = checksums.sums(web / "2014")
    assert checksums.are_editions(web)
    assert not lay(tmp_path, "2016")
    assert lay(tmp_path, "2016", ", corrected")
    assert checksums.sums(web / "2014") == before
    assert len(checksums.verify(web)) == 3


@pytest.mark.parametrize("name", ["CNAME", ".nojekyll", "old/index.html", ".git/HEAD"])
def test_what_somebody_put_beside_the_editions_stays_when_one_is_published(web, tmp_path, name):
    (web / name).parent.mkdir(exist_ok=True)
    (web / name).write_text("mine", encoding="utf-8")
    assert list(checksums.unlike(web, {"2014", "2016", ""})) == []  # it keeps no edition from being published
    assert not lay(tmp_path, "2016")
    assert lay(tmp_path, "2018")
    assert (web / name).read_text() == "mine"
    if name == ".git/HEAD":
        assert len(checksums.verify(web)) == 4
    else:
        with pytest.raises(ProblemsError, match=r"W522 .*: was added since(.|\n)*html_extra_path"):
            checksums.verify(web)


def test_of_the_newest_edition_what_is_there_no_longer_goes(web, tmp_path):
    (tmp_path / "made-2016" / "more.html").write_text("more", encoding="utf-8")
    assert lay(tmp_path, "2016")
    assert (web / "more.html").is_file()
    (tmp_path / "made-2016" / "more.html").unlink()
    assert lay(tmp_path, "2016")
    assert not (web / "more.html").exists()


def test_without_the_list_at_the_root_the_newest_edition_makes_it_anew(web, tmp_path):
    before = (web / "SHA256SUMS").read_bytes()
    (web / "SHA256SUMS").unlink()
    assert list(checksums.unlike(web, {"2014"})) == []
    (problem,) = checksums.unlike(web, {"2014", ""})
    assert "publish the newest edition again" in problem.action
    assert lay(tmp_path, "2016")
    assert (web / "SHA256SUMS").read_bytes() == before


def test_a_record_that_cannot_be_read_says_nothing(tmp_path):
    for content in ("", "[]", "{", "[" * 10**5):
        (tmp_path / "edition.json").write_text(content, encoding="utf-8")
        assert checksums.record(tmp_path) == {}


def test_from_the_same_sources_an_edition_is_the_same_wherever_it_is_made(web, tmp_path):
    record = checksums.record(web / "2016")
    assert archive._is_of_the_same(web, record, takes_root=True)
    assert not archive._is_of_the_same(web, record | {"made_from": "another"}, takes_root=True)
    assert not archive._is_of_the_same(web, record | {"wave": 2018}, takes_root=True)
    (tmp_path / "elsewhere").mkdir()
    lay(tmp_path / "elsewhere", "2018")
    (tmp_path / "elsewhere" / "web" / "2018").rename(web / "2018")
    assert not archive._is_of_the_same(web, record, takes_root=True)  # its pages do not lead to that of 2018
    assert archive._is_of_the_same(web, record, takes_root=False)
