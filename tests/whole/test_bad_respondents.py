"""Damaged and hostile files of respondents: refused in the one form or read right, within memory and time.

What may crash the library that reads it runs in a process of its own with little memory and time.
"""

import csv
import io
import os
import resource
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pyreadstat
import pytest
import xlsxwriter
from hostile import FEW, codes, damaged, in_time, is_proper, outcome, refused
from hypothesis import given, settings
from hypothesis import strategies as st
from margins import MARGINS, margins_are_refused_or_right
from opened import saved
from small import RESPONDENTS, SmallBook

import book
from wavebook.core.problems import ProblemsError
from wavebook.survey.answers import questions
from wavebook.survey.files import limits
from wavebook.survey.files.damage import readable
from wavebook.survey.files.headers import header_of
from wavebook.survey.files.opening import open_file
from wavebook.survey.files.staging import Staging

# --- answers ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Path:
    """A book with a wave whose respondents a test writes."""
    small = SmallBook(tmp_path_factory.mktemp("office"))
    small.write("waves.toml", small.path("waves.toml").read_bytes() + RESPONDENTS.encode())
    (small.root / "data" / "responses").mkdir()
    return small.root


@pytest.fixture(autouse=True)
def emptied(request):
    """Take away the file that a test wrote there, which the next would find beside its own."""
    yield
    if "office" in request.fixturenames:
        for path in (request.getfixturevalue("office") / "data" / "responses").iterdir():
            path.unlink()


def save(folder: Path, kind: str, frame: pl.DataFrame) -> Path:
    return saved(folder, kind, frame, {frame.columns[0]: "Vraag één"})


def estimated(office: Path, *arguments: str) -> tuple[book.Run, dict | None]:
    """What ``wavebook estimate`` says, and the row it made for the grade."""
    made = office / "data" / "figures" / "2016.csv"
    made.unlink(missing_ok=True)
    with in_time():
        run = book.wavebook(office, "estimate", "2016")
    if run.code:
        assert is_proper(run.err), run.err
        assert not made.exists()
        return run, None
    with made.open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    return run, row


ANSWERS = ["1", "5", "7.5", "10", "", "0", "11", "-3", "x", "nan", "1e400", "98", "\x00", "7,5", " 8 ", "٧"]
WEIGHTS = ["1", "2.5", "0.001", "", "0", "-1", "nan", "inf", "1e308", "1e-308", "x", "1,5"]


@settings(max_examples=10)
@given(st.data())
def test_strange_answers_and_weights_are_refused_or_give_the_right_mean(office, data):
    n = data.draw(st.integers(0, 6))
    odd = data.draw(st.booleans())
    answers = data.draw(st.lists(st.sampled_from(ANSWERS if odd else ANSWERS[:5]), min_size=n, max_size=n))
    weights = data.draw(st.lists(st.sampled_from(WEIGHTS if odd else WEIGHTS[:3]), min_size=n, max_size=n))
    path = office / "data" / "responses" / "2016.csv"
    path.write_text("v;w;s\n" + "".join(f"{v};{w};a\n" for v, w in zip(answers, weights, strict=True)), "utf-8")
    _, row = estimated(office)
    if row is None:
        return
    told = [
        (float(v.replace(",", ".")), float(w.replace(",", "."))) for v, w in zip(answers, weights, strict=True) if v
    ]
    if row["status"] == "suppressed":
        assert row["value"] == ""
        return
    assert all(1 <= v <= 10 and 1e-60 < w < 1e60 for v, w in told)
    mean = sum(v * w for v, w in told) / sum(w for _, w in told)
    assert float(row["value"]) == pytest.approx(mean, abs=1e-3)  # to a side, where it would be rounded twice
    assert int(float(row["n"])) == len(told)


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx", "sav", "zsav"])
def test_one_among_ten_thousand_columns_is_read_right(office, kind):
    width = 10_000 if kind == "csv" else 300
    columns = {f"c{i}": [1.0, 2.0, 3.0, 4.0] for i in range(width)}
    answers = {"v": [6.0, 7.0, 8.0, 9.0], "w": [1.0, 1.0, 1.0, 5.0], "s": ["a", "a", "b", "b"]}
    save(office / "data" / "responses", kind, pl.DataFrame({**columns, **answers}))
    _, row = estimated(office)
    assert float(row["value"]) == (6 + 7 + 8 + 45) / 8


FRAME = pl.DataFrame({"v": [6.0, 7.0, None] * 20, "w": [1.0, 1.5, 2.0] * 20, "s": ["a", "bé", ""] * 20})


@cache
def whole_file(kind: str) -> bytes:
    """The bytes of a respondent file, the same each time: some formats hold the moment at which they were written."""
    with TemporaryDirectory() as folder:
        return save(Path(folder), kind, FRAME).read_bytes()


def read_whole(path: Path, **options) -> pl.DataFrame:
    file = open_file(path, **options)
    with readable(file.place):
        return file.load(list(file.variables), Staging(path))[0].collect()


def opened(path: Path) -> set[str]:
    """The codes of what is wrong with a respondent file that is opened and read whole; none when nothing is."""
    found = outcome(read_whole, path, wanted={"W103", "W105", "W108"})
    return found if isinstance(found, set) else set()


def respondents_are_refused_or_read(folder: Path, content: bytes, kind: str = "csv") -> set[str]:
    path = folder / f"2016.{kind}"
    path.write_bytes(content)
    return opened(path)


@FEW
@given(st.data(), st.sampled_from(["csv", "xlsx"]))
def test_a_damaged_respondent_file_is_refused_or_read(tmp_path_factory, data, kind):
    folder = tmp_path_factory.getbasetemp() / "damaged"
    folder.mkdir(exist_ok=True)
    respondents_are_refused_or_read(folder, data.draw(damaged(whole_file(kind))), kind)


def packed(**parts) -> bytes:
    """A workbook with the texts of some of its parts put through a function."""
    made, out = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate((["v", "w", "s"], [7, 1, "a"])):
            sheet.write_row(number, 0, row)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            change = parts.get(Path(name).stem, lambda content: content)
            target.writestr(name, change(source.read(name)))
    return out.getvalue()


def before_the_end(content: bytes):
    return lambda sheet: sheet.replace(b"</sheetData>", content + b"</sheetData>")


MANY_CELLS = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (i, i) for i in range(3, 3000))
WORKBOOKS = {
    "a cell in the far corner": (
        {"sheet1": before_the_end(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')},
        "room for 17,179,869,184 cells",
    ),
    "a part that unpacks to much": ({"sheet1": lambda sheet: sheet + b" " * 12_000_000}, "unpacked"),
    "one long text in all cells": (
        {"sheet1": before_the_end(MANY_CELLS), "sharedStrings": lambda t: t.replace(b">v<", b">" + b"y" * 9000 + b"<")},
        "its texts",
    ),
    "entities": (
        {"sharedStrings": lambda t: t.replace(b"<sst", b'<!DOCTYPE l [<!ENTITY a "haha">]><sst', 1)},
        "document type",
    ),
    "no XML": ({"sheet1": lambda sheet: b"\x00" + sheet}, "fails"),
    "a number for a text that is not there": (
        {"sheet1": before_the_end(b'<row r="3"><c r="A3" t="s"><v>99</v></c></row>')},
        "",
    ),
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path, monkeypatch, name):
    for name_of in ("LETTERS", "UNPACKED"):
        monkeypatch.setattr(limits, name_of, 10_000_000)
    parts, found = WORKBOOKS[name]
    path = tmp_path / "2016.xlsx"
    path.write_bytes(packed(**parts))
    assert path.stat().st_size < 100_000
    with in_time(), pytest.raises(ProblemsError) as error:
        read_whole(path)
    assert codes(error.value) == {"W103"}
    assert found in str(error.value)


def test_a_workbook_as_it_is_is_read(tmp_path):
    path = tmp_path / "2016.xlsx"
    path.write_bytes(packed())
    assert opened(path) == set()


def test_a_file_that_says_it_has_more_rows_than_there_are_people_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "ROWS", 1_000_000)
    path = tmp_path / "2016.parquet"
    pl.select(pl.repeat(1, 2_000_000, dtype=pl.Int8).alias("v")).write_parquet(path)
    assert path.stat().st_size < 100_000
    assert opened(path) == {"W103"}


def test_a_file_of_wide_texts_is_read_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "IN_MEMORY", 1_000_000)
    path = tmp_path / "2016.zsav"
    pyreadstat.write_sav(pl.DataFrame({"t": ["x" * 20_000] * 100, "v": list(range(100))}), path, compress=True)
    file, staging = open_file(path), Staging(path)
    frame = file.load(["t", "v"], staging)[0]
    assert len(list(staging.folder.glob("part-*.parquet"))) > 1
    assert frame.collect()["v"].to_list() == list(range(100))


@pytest.mark.parametrize("kind", ["csv", "parquet", "sav", "xlsx"])
def test_a_file_with_more_columns_than_a_survey_has_is_refused(tmp_path, monkeypatch, kind):
    frame = pl.DataFrame({f"c{place}": [1.0] for place in range(30)})
    monkeypatch.setattr(limits, "COLUMNS", 30)
    assert opened(save(tmp_path, kind, frame)) == set()
    monkeypatch.setattr(limits, "COLUMNS", 29)
    assert opened(tmp_path / f"2016.{kind}") == {"W103"}


def test_thousands_of_columns_with_one_name_are_numbered_in_a_moment():
    with in_time(5):
        assert header_of([["x"] * 20_000]).names[-1] == "x (20000)"


@pytest.mark.slow
def test_a_long_header_is_read_whole(tmp_path):
    names = [f"{'Hoe tevreden bent u hierover? ' * 8}{place}" for place in range(2000)]
    path = tmp_path / "2016.csv"
    path.write_text(";".join(names) + "\n" + ";".join(["7"] * 2000) + "\n", encoding="utf-8")
    frame = read_whole(path)
    assert (frame.width, frame.height) == (2000, 1)


BOMBS = {
    "quotes": b"v;w\n" + b'"' * 24_000_000,
    "quotes in a cell": b'v;w\n1;"' + b'""' * 12_000_000 + b'"\n',
    "no line ends": b"v;w;" + b"1;2;" * 6_000_000,
    "no line ends below the header": b'v;w\n"' + b"a;" * 12_000_000,
    "one word": b"v" * 24_000_000,
}
PEAK = """
import os, sys
from pathlib import Path
from wavebook.core.problems import ProblemsError
from wavebook.survey.files.opening import open_file

for path in map(Path, sys.argv[1:]):
    child = os.fork()
    if not child:
        try:
            open_file(path)
        except ProblemsError as error:
            print(*(problem.code for problem in error.problems), end=" ", flush=True)
        os._exit(0)
    print(os.wait4(child, 0)[2].ru_maxrss // 1024, flush=True)
"""


def test_a_text_without_lines_takes_little_memory(tmp_path):
    for place, content in enumerate(BOMBS.values()):
        (tmp_path / f"{place}.csv").write_bytes(content)
    command = [sys.executable, "-c", PEAK, *(str(tmp_path / f"{place}.csv") for place in range(len(BOMBS)))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    told = dict(zip(BOMBS, (line.split() for line in done.stdout.splitlines()), strict=True))
    assert {name: codes_of[:-1] for name, codes_of in told.items()} == {name: ["W103"] for name in BOMBS}
    assert {name: peak for name, (_, peak) in told.items() if int(peak) > 350} == {}  # MB; 100 of these are imports


def wide_workbook(rows: int, cell: bytes) -> bytes:
    """A workbook of many rows of a thousand cells each, which takes a few bytes of a disk."""
    row = b"<row>" + cell * 1000 + b"</row>"
    return packed(sheet1=before_the_end(row * rows))


@pytest.mark.slow
@pytest.mark.parametrize("cell", [b"<c><v>1</v></c>", b'<c t="s"><v>0</v></c>', b'<c t="str"><v>ab</v></c>'])
def test_a_workbook_of_twenty_million_cells_takes_two_gigabytes(tmp_path, cell):
    path = tmp_path / "2016.xlsx"
    path.write_bytes(wide_workbook(19_900, cell))
    assert path.stat().st_size < 2_000_000
    done = subprocess.run([sys.executable, "-c", PEAK, path], capture_output=True, text=True, timeout=900, check=True)
    assert int(done.stdout.split()[-1]) < 3000


STRANGE = {
    "nothing.csv": b"",
    "zeros.csv": b"\x00" * 1000,
    "quotes.csv": b'a;b\n"1;2\n3;4\n',
    "line.csv": b"x" * 10_000_000,
    "cell.csv": b'a;b\n1;"' + b"x" * 10_000_000 + b'"\n',
    "sixteen.csv": "a;b\né;1\n".encode("utf-16-le"),
    "mac.csv": b"a;b\r1;2\r",
    "text.parquet": b"PAR1" + b"x" * 100 + b"PAR1",
    "text.sav": b"$FL2" + b"x" * 1000,
    "text.zsav": b"$FL3" + b"\xff" * 1000,
    "text.xlsx": b"PK\x03\x04" + b"x" * 100,
    "text.doc": b"x",
    "no suffix": b"x",
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_respondent_file_is_refused_by_inspect(office, name):
    path = office / name
    path.write_bytes(STRANGE[name])
    try:
        with in_time():
            refused(book.wavebook(office, "inspect", name))
    finally:
        path.unlink()


@pytest.mark.parametrize("kind", ["a pipe", "a device without end", "a link to itself", "a folder", "nothing"])
def test_inspect_never_waits_for_what_is_no_file(office, kind):
    path = office / "strange.csv"
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a folder":
        path.mkdir()
    elif kind != "nothing":
        path.symlink_to("/dev/zero" if kind == "a device without end" else path.name)
    try:
        with in_time():
            refused(book.wavebook(office, "inspect", "strange.csv"), "W101" if kind == "nothing" else "W103")
    finally:
        path.rmdir() if kind == "a folder" else path.unlink(missing_ok=True)


def test_names_in_a_respondent_file_cannot_move_the_cursor(office):
    (office / "odd.csv").write_text("\x1b[2Jv;\x07w\n1;2\n", encoding="utf-8")
    run = book.wavebook(office, "inspect", "odd.csv")
    assert run.code == 0
    assert all(line.isprintable() for line in run.out.split("\n"))


@pytest.mark.parametrize("encoding", ["hex", "idna", "no-such", "utf-7", "a\x00", "utf-16", "unicode_escape"])
def test_a_strange_encoding_is_refused_or_read(tmp_path, encoding):
    path = tmp_path / "2016.csv"
    path.write_text("v;w\né;2\n", encoding="utf-8")
    assert outcome(read_whole, path, encoding=encoding, wanted={"W103"}) is not None


CODEBOOKS = ["", "[]", "{}", '{"questions": []}', '{"questions": {"a": 5}}', "[" * 100_000, "\x00"]


@pytest.mark.parametrize("text", [*CODEBOOKS, '{"questions": {"a": {"question": 1, "labels": 2, "columns": 3}}}'])
def test_a_damaged_codebook_is_named(tmp_path, text):
    path = tmp_path / "data" / "codebooks" / "2014.json"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsError) as error:
        questions.load_codebook(tmp_path, "2014")
    assert codes(error.value) == {"W202"}


@FEW
@given(damaged(MARGINS))
def test_damaged_margins_are_refused_or_read_right(tmp_path_factory, content):
    margins_are_refused_or_right(tmp_path_factory.getbasetemp(), content)


# --- a reader that crashes --------------------------------------------------------------------------------


def apart(root: Path, *arguments: str, memory: int = 3 << 30) -> book.Run:
    """A command in a process with little memory and time, as a shell starts it."""
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory))  # noqa: E731
    command = [Path(sys.executable).with_name("wavebook"), *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=90, check=False, preexec_fn=limit)
    return book.Run(done.returncode, done.stdout, done.stderr)


FUZZ = """
import faulthandler, os, random, resource, sys
from pathlib import Path
sys.path[:0] = %r
os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what the libraries say of a crash
resource.setrlimit(resource.RLIMIT_DATA, (3 << 30, 3 << 30))
import test_bad_respondents as t
kind, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
path, good = Path(f"2016.{kind}"), t.whole_file(kind)
for number in range(first, last):
    path.write_bytes(t.mutated(good, random.Random(number)))
    print(number, *sorted(t.opened(path)), flush=True)
"""


def mutated(good: bytes, chance) -> bytes:
    """A file with a few bytes changed, at its start and end more often: there it says how it is to be read."""
    content = bytearray(good)
    if chance.random() < 0.15:
        return bytes(content[: chance.randrange(len(content))])
    for _ in range(chance.choice([1, 1, 2, 4, 16])):
        span = chance.choice([len(content), min(400, len(content))])
        place = chance.randrange(span)
        content[chance.choice([place, len(content) - 1 - place])] = chance.choice(
            [0, 255, 127, 128, chance.randrange(256)]
        )
    return bytes(content)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["parquet", "sav", "zsav", "xlsx", "csv"])
def test_thousands_of_damaged_respondent_files_are_refused_or_read(tmp_path, office, tally, kind):
    first, last, told, crashes = 0, 3000, [], []
    folders = [str(book.ROOT / folder) for folder in ("tests/whole", "tests/support", "benchmarks")]
    (tmp_path / "fuzz.py").write_text(FUZZ % folders, encoding="utf-8")
    while first < last:
        command = [sys.executable, "fuzz.py", kind, str(first), str(last)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=900, check=False)
        lines = [line.split() for line in done.stdout.splitlines()]
        told += lines
        first = int(lines[-1][0]) + 1 if lines else first
        if done.returncode:
            assert done.returncode < 0, (kind, first, done.stdout[-300:])
            crashes.append((tmp_path / f"2016.{kind}").read_bytes())
            first += 1
    assert {code for line in told for code in line[1:]} <= {"W103", "W105", "W108"}
    for number, content in enumerate(crashes[:5]):
        path = office / f"crash-{number}.{kind}"
        path.write_bytes(content)
        run = apart(office, "inspect", path.name, memory=8 << 30)
        assert run.code == 0 or is_proper(run.err), run.err
        path.unlink()
    tally(f"damaged {kind} files of respondents refused or read", len(told))
    tally("damaged files of respondents that crashed what reads them, told in a line", len(crashes))


CRASH = """
import os, signal, sys
from pathlib import Path
from wavebook import cli
from wavebook.cli import commands

def crash(options):
    (Path("data/responses") / ".staging-x").mkdir()
    os.write(2, b"thread panicked")
    os.kill(os.getpid(), signal.SIGSEGV)

commands._estimate = crash
sys.argv = ["wavebook", "estimate", "2016"]
sys.exit(cli.main())
"""


def test_a_file_that_crashes_its_reader_is_named_and_leaves_nothing(office):
    done = subprocess.run([sys.executable, "-c", CRASH], cwd=office, capture_output=True, text=True, check=False)
    refused(book.Run(done.returncode, done.stdout, done.stderr), "W103")
    assert "data/responses/2016: cannot be read: what reads it crashed (SIGSEGV)." in done.stderr
    assert list((office / "data" / "responses").glob(".staging-*")) == []
