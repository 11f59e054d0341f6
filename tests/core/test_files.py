"""Whatever happens to a run, readers see the old or the new, whole, and the next run needs no cleaning by hand."""

from __future__ import annotations

import itertools
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import lending
import pytest
from hostile import is_proper
from mishaps import Mishaps
from sweeps import LONG, often

import book
from wavebook.core import files
from wavebook.publish import archive, build
from wavebook.survey import demo

SENTENCE = ("book/lenen.md", "Wie een boek leent", "Wie een dik boek leent")
FIGURE = ("data/figures/2014.csv", "app_used,total,,,,22,", "app_used,total,,,,21,")


LIMITED = """
import resource, sys
from wavebook.cli import command
from wavebook.core import memory
memory.need = lambda _: None  # so that it begins, and runs out on the way
resource.setrlimit(resource.RLIMIT_DATA, {memory})
sys.argv = ["wavebook", "build"]
command()
"""


@pytest.fixture(scope="module")
def mishaps():
    with Mishaps() as server:
        yield server


def contents(folder: Path) -> dict[str, str]:
    """Every file below ``folder``, by a hash of its bytes; what is hidden is no reader's."""
    return {name: digest for name, (digest, _) in book.listing(folder).items() if not name.startswith(".")}


def moments(total: int, number: int) -> list[int]:
    """``number`` moments spread over a run of ``total`` changes, always the first and the last; the same each time."""
    between = range(2, total)
    return sorted({1, total, *random.Random(number).sample(between, min(number, len(between)))})


# --- building ---------------------------------------------------------------------------------------------


class Turning:
    """A book that is built now with one sentence and one figure, now with others; both have run before."""

    def __init__(self, folder: Path, runs: Path, mishaps: Mishaps):
        self.root, self.mishaps = lending.copy(folder, runs), mishaps
        self.sites = []
        for _ in range(2):
            run = mishaps.run(self.root, "wavebook", "build")
            assert run["code"] == 0, run["err"]
            self.sites.append(self.seen())
            self.turn()
        self.changes = mishaps.run(self.root, "wavebook", "build")["changes"]

    def turn(self) -> None:
        """The other sentence and figure."""
        for file, one, other in (SENTENCE, FIGURE):
            text = (self.root / file).read_text(encoding="utf-8")
            book.edit(self.root, file, *((one, other) if one in text else (other, one)))

    def seen(self) -> dict[str, str]:
        """What readers see."""
        return contents(self.root / "_build/html")

    def meet(self, at: int, fault: str) -> str:
        """Build the other one with a mishap, then without; what readers saw in between."""
        old, new = self.sites
        self.turn()
        self.sites.reverse()
        old, new = self.seen(), self.sites[0]
        run = self.mishaps.run(self.root, "wavebook", "build", at=at, fault=fault)
        assert "traceback" not in run["err"]
        assert run["code"] in ((-9, 0) if fault == "kill" else (0, 1)), run["err"]
        if run["code"] == 1:
            assert re.match(r"W506 ", run["err"])
        seen = self.seen()
        assert seen in (old, new), {name for name in old if seen.get(name) not in (old[name], new.get(name))}
        again = self.mishaps.run(self.root, "wavebook", "build")
        assert again["code"] == 0, again["err"]
        assert self.seen() == new
        return "new" if seen == new else "old"


@pytest.fixture(scope="module", params=LONG)
def turning(tmp_path_factory, mishaps):
    return Turning(tmp_path_factory.mktemp("turning") / "book", lending.fresh(tmp_path_factory), mishaps)


MOMENTS = [(0.3, "kill"), (0.9, "kill"), (0.5, "full"), (0.95, "read-only")]


@pytest.mark.parametrize(("part", "fault"), often(MOMENTS, (0.9, "kill")))
def test_a_build_leaves_the_old_site_or_the_new_one(turning, part, fault):
    turning.meet(int(part * turning.changes), fault)


@pytest.mark.slow
@pytest.mark.parametrize(("fault", "number"), [("kill", 60), ("full", 20), ("read-only", 10)])
def test_a_build_leaves_the_old_site_or_the_new_one_at_any_moment(turning, fault, number, tally):
    outcomes = Counter(turning.meet(at, fault) for at in moments(turning.changes, number))
    tally(f"moments of a build survived, {fault}", outcomes.total())


@pytest.mark.slow
@pytest.mark.parametrize("mebibytes", [60, 90, 120, 150, 180, 210, 240, 280, 320, 400, 500])
def test_a_build_that_runs_out_of_memory_leaves_the_old_site_or_the_new_one(turning, mebibytes, tally):
    turning.turn()
    turning.sites.reverse()
    old, new = turning.seen(), turning.sites[0]
    memory = (mebibytes << 20, mebibytes << 20)
    order = [sys.executable, "-c", LIMITED.format(memory=memory)]
    run = subprocess.run(order, cwd=turning.root, capture_output=True, text=True, timeout=120, check=False)
    assert turning.seen() in (old, new)
    assert run.returncode == 0 or is_proper(run.stderr), run.stderr
    again = turning.mishaps.run(turning.root, "wavebook", "build")
    assert again["code"] == 0, again["err"]
    assert turning.seen() == new
    tally("builds with too little memory survived", 1)


@pytest.mark.slow
@pytest.mark.parametrize(("before", "after"), often([(2040, 1995), (1995, 2040)], (2040, 1995)))
def test_a_clock_that_jumps_hides_no_change(tmp_path_factory, tmp_path, before, after):
    root = lending.copy(tmp_path / "book", lending.fresh(tmp_path_factory))
    assert book.wavebook(root, "build").code == 0

    def dated(year: int, paths: Iterable[Path]) -> None:
        for path in paths:
            os.utime(path, (time.mktime((year, 1, 1, 0, 0, 0, 0, 1, 0)),) * 2, follow_symlinks=False)

    dated(before, root.rglob("*"))
    book.edit(root, *SENTENCE)
    dated(after, [root / SENTENCE[0]])
    assert book.wavebook(root, "build").code == 0
    assert SENTENCE[2] in (root / "_build/html/lenen.html").read_text(encoding="utf-8")
    made = book.listing(root / "_build/html")
    assert book.wavebook(root, "build").code == 0
    assert book.listing(root / "_build/html") == made


def test_two_builds_at_once_both_succeed(turning):
    turning.turn()
    turning.sites.reverse()
    order = [sys.executable, "-m", "wavebook", "build"]
    runs = [subprocess.Popen(order, cwd=turning.root, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [run.communicate(timeout=120)[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert turning.seen() == turning.sites[0]


def test_a_site_is_put_in_place_and_tidied_while_another_thread_writes_its_files(tmp_path):
    site, output, names = tmp_path / "site", tmp_path / "html", [f"{number}.csv" for number in range(20)]
    wrong: list[BaseException] = []
    done = threading.Event()

    def write() -> None:
        try:
            for number in itertools.takewhile(lambda _: not done.is_set(), itertools.count()):
                files.write_whole(site / "charts" / names[number % 20], f"a,b\n1,{number}\n".encode())
        except BaseException as error:
            wrong.append(error)

    (site / "charts").mkdir(parents=True)
    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(40):
            build.publish(site, output)
            files.keep_only(site / "charts", names)
            assert {path.name for path in output.rglob("*") if path.is_file()} <= {*names, ".wavebook"}
    finally:
        done.set()
        writer.join()
    assert wrong == []
    build.publish(site, output)
    assert book.listing(output) == book.listing(site)


def test_a_folder_goes_with_the_last_file_that_is_not_kept(tmp_path):
    for name in ("some/kept", "some/gone", "all/gone", "mixed/gone", "mixed/deeper/other"):
        files.write_whole(tmp_path / name, b"x")
    (tmp_path / "empty").mkdir()
    for folder in ("some", "all", "mixed", "empty", "nowhere"):
        files.keep_only(tmp_path / folder, ["kept"])
    assert [p.relative_to(tmp_path).as_posix() for p in sorted(tmp_path.rglob("*")) if p.is_file()] == [
        "mixed/deeper/other",
        "some/kept",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "mixed", "some"]


# --- publishing -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(tmp_path_factory, mishaps):
    """A folder with an edition, and the site that is to be laid beside it."""
    runs = lending.fresh(tmp_path_factory)
    folder = tmp_path_factory.mktemp("published")
    made = shutil.copytree(runs / "_build/html", folder / "made", ignore=shutil.ignore_patterns(".buildinfo"))
    archive._lay(folder / "web", {"2014": archive.Frozen(made, {"wave": "2014", "changes": []})}, made, "2014")
    (made / "index.html").write_text("another", encoding="utf-8")
    return folder


def _lay(published: Path, mishaps: Mishaps, folder: Path, at: int, fault: str) -> tuple[str, int]:
    site = shutil.copytree(published / "web", folder / "web")
    old = archive.sums(site)
    run = mishaps.run(folder, "__main__.lay", site, published / "made", at=at, fault=fault)
    seen = archive.sums(site)
    archive.verify(site)
    assert seen == old or (site / "2016/index.html").read_text(encoding="utf-8") == "another"
    again = mishaps.run(folder, "__main__.lay", site, published / "made")
    assert again["code"] == 0, again["err"]
    archive.verify(site)
    assert [path.name for path in folder.iterdir()] == ["web"]
    shutil.rmtree(folder / "web")
    return "old" if seen == old else "new", run["changes"]


@pytest.mark.parametrize(
    ("part", "fault"),
    often([(0.2, "kill"), (0.6, "kill"), (1, "kill"), (0.5, "full"), (0.5, "read-only")], (0.6, "kill")),
)
def test_a_publication_leaves_the_old_edition_or_the_new_one(published, mishaps, tmp_path, part, fault):
    _, changes = _lay(published, mishaps, tmp_path, 0, fault)
    _lay(published, mishaps, tmp_path, int(part * changes), fault)


@pytest.mark.slow
@pytest.mark.parametrize(("fault", "number"), [("kill", 200), ("full", 40), ("read-only", 20)])
def test_a_publication_leaves_the_old_edition_or_the_new_one_at_any_moment(
    published, mishaps, tmp_path, fault, number, tally
):
    _, changes = _lay(published, mishaps, tmp_path, 0, fault)
    outcomes = Counter(_lay(published, mishaps, tmp_path, at, fault)[0] for at in moments(changes, number))
    assert outcomes["old"]
    tally(f"moments of a publication survived, {fault}", outcomes.total())


# --- estimating -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def revised(tmp_path_factory, mishaps):
    """A published wave, made up, whose figures are about to change: before, and what it becomes."""
    folder = tmp_path_factory.mktemp("revised")
    root = demo.make_wave(folder / "before", root=lending.SOURCE).root
    assert mishaps.run(root, "wavebook", "estimate", "2016")["code"] == 0
    waves = root / "data/waves.toml"
    text = waves.read_text(encoding="utf-8").replace("made_up = true", "made_up = true\npublished = true")
    waves.write_text(re.sub(r"(?m)^weight = .*", "", text), encoding="utf-8")
    shutil.copytree(root, folder / "after")
    run = mishaps.run(folder / "after", "wavebook", "estimate", "2016", "--revise", "fout", "--reason", "en=wrong")
    assert run["code"] == 0, run["err"]
    return folder, run["changes"]


def _revise(revised: tuple[Path, int], mishaps: Mishaps, folder: Path, at: int, fault: str) -> str:
    made, _ = revised
    root = shutil.copytree(made / "before", folder / "book")
    order = ("wavebook", "estimate", "2016", "--revise", "fout", "--reason", "en=wrong")
    run = mishaps.run(root, *order, at=at, fault=fault)
    assert "traceback" not in run["err"]
    tables = [(path / "data/figures/2016.csv").read_bytes() for path in (root, made / "before", made / "after")]
    assert tables[0] in tables[1:]
    again = mishaps.run(root, *order)
    assert again["code"] == 0, again["err"]
    for name in ("figures/2016.csv", "revisions.csv", "codebooks/2016.json"):
        assert (root / "data" / name).read_bytes() == (made / "after" / "data" / name).read_bytes()
    shutil.rmtree(root)
    return "old" if tables[0] == tables[1] else "new"


@pytest.mark.parametrize(("part", "fault"), often([(0.5, "kill"), (1, "kill"), (0.7, "full")], (0.7, "full")))
def test_an_estimate_leaves_the_old_table_or_the_new_one(revised, mishaps, tmp_path, part, fault):
    _revise(revised, mishaps, tmp_path, int(part * revised[1]), fault)


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["kill", "full", "read-only"])
def test_an_estimate_leaves_the_old_table_or_the_new_one_at_any_moment(revised, mishaps, tmp_path, fault, tally):
    outcomes = Counter(_revise(revised, mishaps, tmp_path, at, fault) for at in range(1, revised[1] + 1))
    assert outcomes["old"]
    tally(f"moments of an estimate survived, {fault}", outcomes.total())


def test_the_oldest_are_outdated_and_never_the_newest_whatever_the_clock_says(tmp_path):
    now = time.time()
    ages = {"old": 300, "older": 400, "new": 10, "of a clock that was ahead": -(10**8), "newest": 500}
    for name, age in ages.items():
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (now - age, now - age))

    def outdated(most):
        return [path.name for path in files.outdated(tmp_path.iterdir(), most, newest=tmp_path / "newest")]

    assert outdated(5) == []
    assert outdated(4) == ["of a clock that was ahead"]
    assert outdated(2) == ["of a clock that was ahead", "older", "old"]
    assert outdated(1) == ["of a clock that was ahead", "older", "old", "new"]


def test_lines_are_read_in_pieces_that_are_the_file_together(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(content := b"one\ntwo,three\n\n" + b"x" * 30 + b"\nlast")
    for size in range(1, 60):
        pieces = list(files.read_pieces(path, 1000, size))
        assert b"".join(pieces) == content
        assert all(piece.endswith(b"\n") for piece in pieces[:-1])
    with pytest.raises(OSError, match="larger than 0 MB"):
        next(files.read_pieces(path, 10, 5))
