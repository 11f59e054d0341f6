"""What was published is put back from wherever the same bytes are, and nothing else is taken for it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import book
from wavebook.core.problems import ProblemsError
from wavebook.publish import archive, checksums, repair


def site(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_html", ".html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def web(tmp_path) -> Path:
    """Two editions: their charts are the same, their pages are not."""
    for wave in ("2014", "2016"):
        frozen = site(tmp_path / f"frozen-{wave}", index_html=f"of {wave}", charts__one_html="chart")
        newest = site(tmp_path / f"newest-{wave}", index_html=f"newest, of {wave}", charts__one_html="chart")
        record = {"wave": int(wave), "released": "2026-11-24", "changes": []}
        archive._lay(tmp_path / "web", {wave: archive.Frozen(frozen, record)}, newest, wave)
    return tmp_path / "web"


def seen(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


LOST = [
    "2014/charts/one.html",
    "charts/one.html",
    "2014/SHA256SUMS",
    "2016/SHA256SUMS",
    "2016/edition.json",
    "edition.json",
]


@pytest.mark.parametrize("damage", ["gone", "changed"])
@pytest.mark.parametrize("name", LOST)
def test_what_is_there_twice_or_follows_from_the_rest_is_put_back(web, name, damage):
    before = seen(web)
    (web / name).unlink() if damage == "gone" else (web / name).write_text("damaged", encoding="utf-8")
    assert repair.mend(web) == [name]
    assert seen(web) == before
    assert len(checksums.verify(web)) == 3


def test_what_is_nowhere_else_is_put_back_from_another_copy_alone(web, tmp_path):
    copy = shutil.copytree(web, tmp_path / "host")
    (web / "2014" / "index.html").write_text("damaged", encoding="utf-8")
    assert repair.mend(web) == []
    site(tmp_path / "false", index_html="made up")
    assert repair.mend(web, [tmp_path / "false"]) == []
    assert repair.mend(web, [copy]) == ["2014/index.html"]
    assert seen(web) == seen(copy)


def test_a_whole_edition_that_is_lost_comes_back(web, tmp_path):
    copy = shutil.copytree(web, tmp_path / "host")
    shutil.rmtree(web / "2014")
    assert set(repair.mend(web, [copy])) == {name for name in seen(copy) if name.startswith("2014/")}
    assert seen(web) == seen(copy)


def test_nothing_that_was_added_is_removed(web):
    (web / "2014" / "mine.html").write_text("mine", encoding="utf-8")
    repair.mend(web)
    with pytest.raises(ProblemsError, match="was added"):
        checksums.verify(web)
    assert (web / "2014" / "mine.html").is_file()


@pytest.mark.parametrize("name", ["../outside.html", "/etc/hostname", "2014/../../outside.html", "away/outside.html"])
def test_a_list_that_names_files_elsewhere_has_none_written(web, tmp_path, name):
    (tmp_path / "elsewhere").mkdir()
    (web / "away").symlink_to(tmp_path / "elsewhere")
    digest = checksums.digest(web / "charts" / "one.html")
    with (web / "SHA256SUMS").open("a", encoding="utf-8") as lines:
        lines.write(f"{digest}  {name}\n")
    assert repair.mend(web) == []
    assert not (tmp_path / "outside.html").exists()
    assert not list((tmp_path / "elsewhere").iterdir())


def test_verify_repairs_when_it_is_asked_to(web, tmp_path):
    copy = shutil.copytree(web, tmp_path / "host")
    (web / "2014" / "charts" / "one.html").unlink()
    (web / "2014" / "index.html").unlink()
    run = book.wavebook(tmp_path, "verify", str(web))
    assert [p.code for p in run.problems] == ["W522", "W522"]
    assert "wavebook verify --repair" in run.problems[0].action
    run = book.wavebook(tmp_path, "verify", str(web), "--repair")
    assert run.out == f"{web}/2014/charts/one.html: put back as it was published\n"
    assert [p.place for p in run.problems] == [f"{web}/2014/index.html"]
    run = book.wavebook(tmp_path, "verify", str(web), "--repair", "--source", str(copy))
    assert (run.code, run.err) == (0, "")
    assert seen(web) == seen(copy)


def test_the_sites_in_the_work_folder_are_a_source(web, tmp_path):
    made = tmp_path / "_build" / ".wavebook" / "publish-2014-frozen" / "html"
    shutil.copytree(tmp_path / "frozen-2014", made)
    (web / "2014" / "index.html").unlink()
    assert book.wavebook(tmp_path, "verify", str(web), "--repair").code == 0


def test_without_a_list_nothing_is_taken_for_what_was_published(web):
    (web / "SHA256SUMS").unlink()
    (web / "index.html").write_text("?", encoding="utf-8")
    assert repair.mend(web) == []
    (web / "2014" / "charts" / "one.html").unlink()
    assert repair.mend(web) == ["2014/charts/one.html"]  # its own list is there
    assert json.loads((web / "edition.json").read_text())["editions"] == ["2014", "2016"]
