"""What was published is put back from wherever the same bytes are, and nothing else is taken for it."""

from __future__ import annotations

import json
import os
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


def spoilt(text: str, how: str) -> str:
    lines = text.splitlines(keepends=True)
    of_edition = next(n for n, line in enumerate(lines) if line.endswith("  2014/index.html\n"))
    its_list = next(n for n, line in enumerate(lines) if line.endswith("  2014/SHA256SUMS\n"))
    return {
        "cut": text[:-20],
        "empty": "",
        "page of an error": "<html>404</html>\n",
        "more": f"{text}and so on\n",
        "a sum short": text.replace(lines[of_edition][:64], lines[of_edition][:10]),
        "capitals": text.upper(),
        "a line gone": "".join(lines[:of_edition] + lines[of_edition + 1 :]),
        "a line twice": text + "0" * 64 + lines[of_edition][64:],
        "another sum of a file": text.replace(lines[of_edition], "0" * 64 + lines[of_edition][64:]),
        "another sum of a list": text.replace(lines[its_list], "0" * 64 + lines[its_list][64:]),
        "a name elsewhere": text + "0" * 64 + "  ../mine\n",
        "an edition by another name": text.replace("  2014/SHA256SUMS", "  2014-01-01/SHA256SUMS"),
        "a list of an edition gone": text.replace(lines[its_list], ""),
        "a list of no edition": text + lines[its_list].replace("  2014/", "  2019/"),
    }[how]


HOW = "cut,empty,page of an error,more,a sum short,capitals,a line gone,a line twice,another sum of a file"


LISTS = (
    "another sum of a list,a name elsewhere,an edition by another name,a list of an edition gone,a list of no edition"
)


@pytest.mark.parametrize("how", [*HOW.split(","), *LISTS.split(",")])
def test_a_damaged_list_is_named_itself_and_accuses_no_file(web, tmp_path, how):
    copy, list_ = shutil.copytree(web, tmp_path / "host"), web / "SHA256SUMS"
    list_.write_text(spoilt(list_.read_text(), how), encoding="utf-8")
    (found,) = checksums.unlike(web)
    assert (found.place, "--repair --source" in found.action) == (str(list_), True)
    assert repair.mend(web) == []
    assert {name for name in seen(web) if seen(web)[name] != seen(copy).get(name)} == {"SHA256SUMS"}
    assert repair.mend(web, [copy]) == ["SHA256SUMS"]
    assert seen(web) == seen(copy)


def test_a_list_of_another_archive_or_of_a_damaged_copy_is_not_taken(web, tmp_path):
    copy = shutil.copytree(web, tmp_path / "host")
    (web / "SHA256SUMS").unlink()
    (copy / "index.html").write_text("changed", encoding="utf-8")
    assert repair.mend(web, [copy]) == []
    (copy / "2014" / "index.html").write_text("of another", encoding="utf-8")
    for folder in (copy / "2014", copy):
        (folder / "SHA256SUMS").write_bytes(checksums.lines(checksums.sums(folder)))
    assert repair.mend(web, [copy]) == []


def test_publishing_again_makes_a_lost_list_from_the_edition_as_it_was_published(web, tmp_path):
    """Also on a machine with other fonts, whose pictures differ."""
    before = seen(web)
    (web / "SHA256SUMS").write_text("?", encoding="utf-8")
    for made in ("frozen-2016", "newest-2016"):
        site(tmp_path / made, charts__one_html="chart in another font")
    record = checksums.record(web / "2016")

    def make(_):
        return {"2016": archive.Frozen(tmp_path / "frozen-2016", record)}, tmp_path / "newest-2016"

    assert archive._as_published(web, "2016", make, takes_root=True)
    assert seen(web) == before


@pytest.mark.parametrize("kind", ["folder", "pipe", "file for a folder"])
def test_what_stands_in_the_way_of_a_published_file_is_named_and_the_rest_is_put_back(web, kind):
    before, path = seen(web), web / "2014" / "charts" / "one.html"
    (web / "2016" / "SHA256SUMS").unlink()
    path.unlink()
    if kind == "file for a folder":
        path.parent.rmdir()
        path.parent.write_text("?", encoding="utf-8")
    else:
        path.mkdir() if kind == "folder" else os.mkfifo(path)
    blocked = path.parent if kind == "file for a folder" else path
    assert repair.mend(web) == ["2016/SHA256SUMS"]
    named = [problem for problem in checksums.unlike(web) if problem.place == str(blocked)]
    assert [problem.action for problem in named] == ["Move it elsewhere, and run wavebook verify --repair."]
    blocked.rename(web.parent / "elsewhere")
    assert repair.mend(web) == ["2014/charts/one.html"]
    assert seen(web) == before
