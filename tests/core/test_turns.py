"""One run at a time in a book, which begins by removing what no living process owns."""

import os
from pathlib import Path

import pytest

from wavebook.core import files, outputs, processes, temporary, turns


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setattr(temporary, "MEMORY", tmp_path / "memory")
    for name in ("memory", "root/data/figures", "root/book/en", "root/_build/.wavebook/edition/html/charts"):
        (tmp_path / name).mkdir(parents=True)
    return tmp_path / "root"


def half(folder: Path) -> Path:
    """Half a file, as a run that was killed has left it."""
    path = folder / f"{temporary.PREFIX}0{temporary.PART}"
    path.write_bytes(b"half")
    return path


@turns.one_at_a_time
def work(root: Path, then=lambda: None) -> None:
    then()


@turns.one_at_a_time
def killed(root: Path, pipe) -> None:
    half(root / "_build" / ".wavebook" / "edition" / "html" / "charts")
    pipe.send(None)
    pipe.recv()


def names(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if not path.is_dir())


def test_the_next_run_removes_what_one_that_was_killed_has_left(root):
    for folder in (root / "data/figures", root / "book/en", root, temporary.MEMORY):
        half(folder)
    fork = processes.Fork(lambda pipe: killed(root, pipe))
    fork.pipe.recv()
    fork.end(kill=True)
    assert len(names(root)) == 2  # the half in the work folder, and that a run is under way
    work(root)
    assert names(root) == []
    assert os.listdir(temporary.MEMORY) == []


def test_a_run_that_ends_in_a_problem_leaves_nothing_to_look_for(root):
    with pytest.raises(ZeroDivisionError):
        work(root, lambda: 1 / 0)
    assert names(root) == []


def test_what_a_run_in_another_book_has_in_memory_stays(root):
    with temporary.folder(temporary.MEMORY) as made:
        work(root)
        assert made.is_dir()


@pytest.mark.parametrize("left", [".html.wavebook-new", ".html.wavebook-old"])
def test_folders_that_were_to_be_exchanged_go(root, left):
    (root / "_build" / "html").mkdir()
    half(root / "_build" / "html")
    (root / "_build" / left / "charts").mkdir(parents=True)
    work(root)
    assert sorted(os.listdir(root / "_build")) == [".wavebook", "html"]


def test_those_of_a_run_that_is_at_work_there_stay(root):
    (root / ".web.wavebook-new").mkdir()
    with files.alone(root):
        work(root)
    assert (root / ".web.wavebook-new").is_dir()


def test_editions_are_given_back_where_a_run_was_killed_between_two_steps_of_their_exchange(root, monkeypatch):
    for name, wave in (("web", "2014"), (".web.wavebook-new", "2016")):
        (root / name).mkdir()
        (root / name / wave).touch()
    monkeypatch.setattr(outputs.sys, "platform", "another")  # the exchange takes three steps
    rename, steps = os.rename, []

    def one_step(source, target):
        if steps:
            raise KeyboardInterrupt
        steps.append(rename(source, target))

    monkeypatch.setattr(os, "rename", one_step)
    with pytest.raises(KeyboardInterrupt):
        outputs.exchange(root / ".web.wavebook-new", root / "web")
    assert not (root / "web").exists()
    monkeypatch.setattr(os, "rename", rename)
    work(root)
    assert sorted(os.listdir(root)) == ["_build", "book", "data", "web"]
    assert os.listdir(root / "web") == ["2014"]
