"""Whatever is in a file or on the command line ends in problems of the one form, or in the right result.

Never in a traceback, a hang, memory without bound, or a number that changed in silence. What may crash the library that
reads it, or the machine, runs in a process of its own with little memory and time.
"""

import csv
import io
import json
import os
import re
import resource
import signal
import subprocess
import sys
import textwrap
import zipfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import polars as pl
import pyreadstat
import pytest
import xlsxwriter
from conftest import SmallBook
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook

import book
from wavebook import engine, execute, figures, responses, surveyfile, weights
from wavebook.definitions import load_definitions
from wavebook.problems import Problem, ProblemsError
from wavebook.settings import settings as settings_of
from wavebook.surveyfile import Staging, open_file, readable

FEW, MANY = settings(max_examples=25), settings(max_examples=3000, suppress_health_check=list(HealthCheck))
PATIENCE = 20  # seconds that nothing here may take: this machine may be busy

_FORM = re.compile(r"W\d{3} [^\n]+: [^\n]+\.\n {5}[^\n]+")


def is_proper(text: str) -> bool:
    """Whether what a command says of problems has the documented form, and is not of the program's own mistakes."""
    listed, _, count = text.partition("\n\n")
    problems = re.split(r"\n(?=W\d{3} )", listed)
    ours = all(_FORM.fullmatch(problem) for problem in problems)
    said = re.fullmatch(r"(\d+) problems?; nothing was published\.\n", count)
    return ours and bool(said) and int(said[1]) == len(problems) and "W508" not in text


def codes(error: ProblemsError) -> set[str]:
    """The codes of problems, after a look at their form."""
    assert is_proper(f"{error}\n\n{len(error.problems)} problems; nothing was published.\n"), str(error)
    return {problem.code for problem in error.problems}


def outcome(call, *arguments, wanted: set[str], **options):
    """What a call gives in time, or the codes of its problems, which are among ``wanted``."""
    try:
        with in_time():
            return call(*arguments, **options)
    except ProblemsError as error:
        found = codes(error)
    assert found <= wanted, found
    return found


def refused(run: book.Run, *wanted: str) -> None:
    """A command ended in proper problems, these among them."""
    assert run.code == 1, (run.code, run.out, run.err)
    assert is_proper(run.err), run.err
    assert set(wanted) <= {problem.code for problem in run.problems}, run.err


@contextmanager
def in_time(seconds: int = PATIENCE):
    """Fail when what is inside takes longer: a hang."""

    def late(*_):
        raise AssertionError(f"takes longer than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def apart(root: Path, *arguments: str, memory: int = 3 << 30) -> book.Run:
    """A command in a process with little memory and time, as a shell starts it."""
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory))  # noqa: E731
    command = [Path(sys.executable).with_name("wavebook"), *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=90, check=False, preexec_fn=limit)
    return book.Run(done.returncode, done.stdout, done.stderr)


# --- what hostile text is made of -------------------------------------------------------------------------

TOKENS = [
    *("", " ", "x", "é", "7", "-7", "6.85", "6,85", "1e5", "1e400", "-1e400", "nan", "NaN", "inf", "-Infinity", "0x10"),
    *("1_000", "٣", "9007199254740993", "9" * 400, "9" * 5000, "true", "null", "2014", "2014.0", "-0.0", "1e-400"),
    *("../../etc/passwd", "/etc/passwd", "a/b", "..", "a\\b", "<script>alert(1)</script>", "'; drop table x; --"),
    *("\x00", "\x1b[2J", "\ufeff", "\u202e", "\u2028", "\ufffe", "a" * 10_000, "{0}", "%s", "${x}", "\\", '"', "'"),
    *("=1+1", "@x", "#", ";", "|", "\t", "\r", "\n", "[[", "{{", "]", "}", "&a", "*a", "!!python/name:os.system"),
]
BYTES = [b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\x80", b"\r", b"\n\n", b'"', b"\xc3\x28", b"\xed\xa0\x80"]


@st.composite
def damaged(draw, good: bytes) -> bytes:
    """A file with a few places cut, doubled, replaced or filled, or saved in another encoding."""
    content = good
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(len(content), start + 60)))
        kind = draw(st.sampled_from(["token", "bytes", "cut", "double", "end", "line", "encode"]))
        if kind == "token":
            content = content[:start] + draw(st.sampled_from(TOKENS)).encode() + content[end:]
        elif kind == "bytes":
            content = content[:start] + draw(st.sampled_from(BYTES)) + content[end:]
        elif kind == "cut":
            content = content[:start] + content[end:]
        elif kind == "double":
            content = content[:end] + content[start:]
        elif kind == "end":
            content = content[:start]
        elif kind == "line":
            lines = content.split(b"\n")
            at = draw(st.integers(0, len(lines) - 1))
            content = b"\n".join([*lines[:at], *draw(st.sampled_from([[], lines[at : at + 1] * 2])), *lines[at + 1 :]])
        elif kind == "encode":
            text = content.decode("utf-8", "replace")
            content = text.encode(draw(st.sampled_from(["utf-16", "utf-16-le", "cp1252", "utf-32"])), "replace")
    return content


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> SmallBook:
    """A small book of which one file is replaced at a time."""
    return SmallBook(tmp_path_factory.mktemp("shelf"))


def with_file(shelf: SmallBook, name: str, content: bytes | None):
    """The figures of the book with other content in a file, or the codes of what is wrong."""
    path = shelf.path(name)
    before = path.read_bytes() if path.is_file() else None
    shelf.write(name, content)
    try:
        with in_time():
            return shelf.load()
    except ProblemsError as error:
        return codes(error)
    finally:
        path.write_bytes(before) if before is not None else path.unlink()


# --- figures ----------------------------------------------------------------------------------------------

TABLE = (
    "wave,indicator,population,segment_by,segment,category,value,unit,n,n_effective,se,ci_low,ci_high,status,source,locator"
    "\n2014,grade,total,,,,6.9,grade,1000,900.5,0.04,6.8,7.0,estimated,report,page 1"
    "\n2014,grade,total,theme,work,,7.0,grade,,,,,,published,report,page 1"
    "\n2014,grade,total,theme,school,,,grade,,,,,,suppressed,report,page 1"
    "\n2014,grade,citizens,,,,6.8,grade,,,,,,published,report,page 1"
    "\n2014,share,total,,,yes,14,percent,,,,,,published,report,page 1"
    "\n2014,share,total,,,no,70,percent,,,,,,published,report,page 1"
    "\n2014,share,total,,,maybe,16,percent,,,,,,revised,report,page 1\n"
)


def as_written(content: bytes) -> dict[tuple, tuple]:
    """Every figure of a table by its key, as anybody's CSV reader has it."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    number = lambda text: float(text) if text.strip() else None  # noqa: E731
    return {
        (int(row["wave"]), *(row[name] for name in figures.KEY_COLUMNS[1:])): (
            *(number(row[name]) for name in figures.NUMBER_COLUMNS),
            row["status"],
        )
        for row in rows
    }


def table_is_refused_or_right(shelf: SmallBook, content: bytes) -> bool:
    found = with_file(shelf, "figures/2014.csv", content)
    if isinstance(found, set):
        assert found <= {"W205", "W211", "W212", "W213", "W214", "W215"}
        return False
    read = {tuple(f.key): (*(getattr(f, name) for name in figures.NUMBER_COLUMNS), f.status) for f in found}
    assert {key: row for key, row in read.items() if key[0] == 2014} == as_written(content)
    return True


def test_the_table_as_it_is_is_right(shelf):
    assert table_is_refused_or_right(shelf, TABLE.encode())


@FEW
@given(damaged(TABLE.encode()))
def test_a_damaged_table_is_refused_or_read_right(shelf, content):
    table_is_refused_or_right(shelf, content)


CELLS = st.tuples(st.integers(1, 7), st.integers(0, 15), st.sampled_from(TOKENS))


def with_cells(changes) -> bytes:
    rows = [row.split(",") for row in TABLE.splitlines()]
    for line, column, token in changes:
        rows[line][column] = token
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


@FEW
@given(st.lists(CELLS, min_size=1, max_size=3))
def test_a_table_with_a_strange_cell_is_refused_or_read_right(shelf, changes):
    table_is_refused_or_right(shelf, with_cells(changes))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ten thousand columns", ",".join(f"c{i}" for i in range(10_000)).encode() + b"\n" + b"1," * 9_999 + b"1\n"),
        ("a cell of a megabyte", TABLE.replace("page 1", "x" * 10**6, 1).encode()),
        ("a file of a hundred megabytes", TABLE.encode() + b"\n" * 100_000_000),
        ("a control character", TABLE.replace("page 1", "page\x01", 1).encode()),
        ("UTF-16", TABLE.encode("utf-16")),
        ("more than floating point can tell apart", TABLE.replace(",1000,", ",9007199254740993,").encode()),
        ("no end of quotes", TABLE.replace("page 1", '"page', 1).encode()),
        ("a hundred thousand rows that are alike", TABLE.encode() + TABLE.splitlines()[1].encode() + b"\n" * 1),
    ],
)
def test_a_table_that_cannot_be_one_is_refused(shelf, name, content):
    assert isinstance(with_file(shelf, "figures/2014.csv", content), set)


# --- declarations -----------------------------------------------------------------------------------------

CORRECTIONS = """
[[corrections]]
date = 2016-12-01
wave = 2014
pages = ["index"]
what.nl = "a"
what.en = "b"
reason.nl = "c"
reason.en = "d"
"""
REVISIONS = "date,wave,figure,before,after,reason,reason_en\n2016-12-01,2014,grade@2014,6.8,6.9,reden,reason\n"
DECLARED = ["indicators.toml", "waves.toml", "context.toml", "references.bib", "corrections.toml", "revisions.csv"]


def content_of(shelf: SmallBook, name: str) -> bytes:
    made = {"corrections.toml": CORRECTIONS.encode(), "revisions.csv": REVISIONS.encode()}
    return made.get(name) or shelf.path(name).read_bytes()


def declaration_is_refused_or_right(shelf: SmallBook, name: str, content: bytes) -> None:
    """What stands in the table of figures never changes by what is declared beside it."""
    found = with_file(shelf, name, content)
    if isinstance(found, set):
        assert found <= {"W202", "W203", "W204", "W205", "W211", "W212", "W213", "W214", "W501"}
        return
    values = {tuple(f.key): f.value for f in found}
    assert values == {tuple(f.key): f.value for f in shelf.load() if f.key.wave <= found.wave}


@pytest.mark.parametrize("name", DECLARED)
def test_a_declaration_as_it_is_is_right(shelf, name):
    assert not isinstance(with_file(shelf, name, content_of(shelf, name)), set)


@FEW
@given(st.data(), st.sampled_from(DECLARED))
def test_a_damaged_declaration_is_refused_or_changes_no_number(shelf, data, name):
    declaration_is_refused_or_right(shelf, name, data.draw(damaged(content_of(shelf, name))))


VALUES = [
    *('""', '" "', '"x"', "0", "-1", "1", "1.5", "nan", "inf", "-inf", "true", "[]", "{}", '["x"]', "[[1]]", "{a=1}"),
    *(
        "2014-01-01",
        "07:32:00",
        "9" * 20,
        "9" * 5000,
        '"\\u0000"',
        '"\\u001b[2J"',
        '"../../x"',
        '"' + "a" * 10**5 + '"',
    ),
    *(
        "[" * 5000 + "]" * 5000,
        "'''\n'''",
        '"percent"',
        '"full"',
        '"2014"',
        '"<b>"',
        '"\\ufffe"',
        "{ nl = 1, en = [] }",
    ),
]


@st.composite
def redeclared(draw, good: bytes) -> bytes:
    """A TOML file with another value somewhere, a name twice, or a name too few."""
    lines = good.decode().splitlines()
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.sampled_from([i for i, line in enumerate(lines) if "=" in line]))
        name = lines[at].partition("=")[0]
        kind = draw(st.sampled_from(["value", "value", "value", "twice", "gone", "unknown", "deep"]))
        lines[at] = {
            "value": f"{name}= {draw(st.sampled_from(VALUES))}",
            "twice": f"{lines[at]}\n{lines[at]}",
            "gone": "",
            "unknown": f"{lines[at]}\n{name.strip().replace('.', '_')}_x = 1",
            "deep": "a." * 30_000 + "b = 1",
        }[kind]
        lines = "\n".join(lines).splitlines()
    return "\n".join(lines).encode()


@FEW
@given(st.data(), st.sampled_from(["indicators.toml", "waves.toml", "context.toml", "corrections.toml"]))
def test_a_strange_value_in_a_declaration_is_refused_or_changes_no_number(shelf, data, name):
    declaration_is_refused_or_right(shelf, name, data.draw(redeclared(content_of(shelf, name))))


LAUGHS = "@string{a0 = {haha}}\n" + "".join(f"@string{{a{i} = a{i - 1} # a{i - 1}}}\n" for i in range(1, 60))
SOURCE = "@misc{{report, author = {{Jansen, Jan}}, title = {{{}}}, year = {{2015}}{}}}\n"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("references.bib", LAUGHS + SOURCE.format("T", ", note = a59"), "W202"),
        ("references.bib", SOURCE.format("{" * 5000 + "}" * 5000, ""), "W202"),
        ("references.bib", SOURCE.format("T", ", url = {javascript:alert(1)}"), "W203"),
        ("references.bib", SOURCE.format("T", "").replace("report", "../../report"), "W203"),
        ("references.bib", SOURCE.format("T", "") * 2, "W202"),
        ("references.bib", SOURCE.format("T\x00", ""), "W202"),
        ("context.toml", 'a.date = "2015-13"\n', "W203"),
        ("context.toml", "[towns]\n" + 'date = "2015-02-31"\n', "W203"),
        ("context.toml", "a = " + "9" * 5000, "W202"),
        ("context.toml", "a = " + "[" * 5000, "W202"),
        ("context.toml", "a." * 300_000 + "b = 1", "W202"),
        ("context.toml", "#" * 2_000_000, "W202"),
        ("corrections.toml", CORRECTIONS * 2, "W203"),
        ("corrections.toml", CORRECTIONS.replace("2016-12-01", "2016-12-32"), "W202"),
        ("revisions.csv", REVISIONS.replace("2014,", "-1,"), "W203"),
        ("revisions.csv", REVISIONS.replace("grade@2014", "x\x1b[2J"), "W202"),
    ],
)
def test_a_hostile_declaration_is_named_for_what_it_is(shelf, name, content, code):
    assert code in with_file(shelf, name, content.encode())


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("value = 39", "value = 394", "394 is no part of 393"),
        ("value = 39", "value = -1", "greater than or equal to 0"),
        ("of = 393", "of = 0", "greater than 0"),
        ('date = "2015-08"', 'date = "2015-13"', "no day"),
    ],
)
def test_a_fact_that_contradicts_itself_is_refused(small, old, new, found):
    small.edit("context.toml", old, new)
    assert [found in problem for problem in small.problems()] == [True]


def test_two_breaks_that_contradict_each_other_are_refused(small):
    small.edit("waves.toml", "[[breaks]]", WAVE_BREAK)
    assert small.problems() == ["W203 data/waves.toml, breaks, number 2: is noted, and number 1 says full of the same"]


WAVE_BREAK = textwrap.dedent("""
    [[breaks]]
    from = 2013
    to = 2014
    kind = "full"
    reason.nl = "x"
    reason.en = "x"

    [[breaks]]
""")


@pytest.mark.parametrize("kind", ["a pipe", "a device without end", "a link to itself", "a folder", "a dead link"])
@pytest.mark.parametrize("name", ["figures/2014.csv", "waves.toml", "references.bib", "revisions.csv"])
def test_what_is_no_file_is_refused_at_once(small, kind, name):
    path = small.path(name)
    path.unlink(missing_ok=True)
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a folder":
        path.mkdir()
    else:
        path.symlink_to({"a device without end": "/dev/zero", "a link to itself": path.name}.get(kind, "nowhere"))
    if name == "revisions.csv" and not path.is_file():
        return  # it need not be there
    with in_time():
        assert small.problems()


# --- settings ---------------------------------------------------------------------------------------------

CONFIG = (book.ROOT / "_config.yml").read_text(encoding="utf-8")
TOC = "format: jb-book\nroot: index\n"


def settings_are_refused_or_read(root: Path, name: str, content: bytes) -> None:
    for file, text in (("_config.yml", CONFIG), ("_toc.yml", TOC)):
        (root / file).write_text(text, encoding="utf-8")
    (root / name).write_bytes(content)
    assert isinstance(outcome(settings_of, root, wanted={"W202", "W203"}), dict | set)


@FEW
@given(st.data(), st.sampled_from(["_config.yml", "_toc.yml"]))
def test_damaged_settings_are_refused_or_read(tmp_path_factory, data, name):
    good = {"_config.yml": CONFIG, "_toc.yml": TOC}[name].encode()
    root = tmp_path_factory.getbasetemp() / "settings"
    root.mkdir(exist_ok=True)
    settings_are_refused_or_read(root, name, data.draw(damaged(good)))


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "a: " + "[" * 100_000,
        "a: " + "{b: " * 10_000,
        '!!python/object/apply:os.system ["true"]',
        "a: " + "9" * 5000,
        "a: 2015-99-99",
        "a: !!binary x",
        "? [a]: b",
        "exclude_patterns: 5",
        "html: {baseurl: 'javascript:alert(1)'}",
        "html: {baseurl: 5}",
        "title: [a]",
        "sphinx: {config: {extensions: wavebook}}",
        "sphinx: {config: 5}",
        "title: x" + " " * 2_000_000,
        "- a",
        "",
        "\x00",
    ],
)
def test_hostile_settings_are_refused_at_once(tmp_path, text):
    (tmp_path / "_config.yml").write_text(text, encoding="utf-8")
    with in_time(), pytest.raises(ProblemsError) as error:
        settings_of(tmp_path)
    assert codes(error.value) <= {"W202", "W203"}


# --- a book of one page -----------------------------------------------------------------------------------

TOP = "---\nreviewed: 2014\n---\n# T\n\n{fact}`towns` {fact}`towns.of` {cite:p}`report`\n\n"
END = "\n\n```{bibliography}\n```\n"
PARAMETERS = 'wave: int = 2014\nbaseline: int = 2010\npopulation: str = "total"\nlanguage: str = "nl"'


def put_notebook(root: Path, *sources: str) -> Path:
    cells = [new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}), *map(new_code_cell, sources)]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    path = root / "notebooks" / "n.ipynb"
    path.parent.mkdir(exist_ok=True)
    nbformat.write(new_notebook(cells=cells, metadata=kernel), path)
    return path


@pytest.fixture(scope="module")
def leaf(tmp_path_factory) -> Path:
    """A book of one page and one notebook, which holds."""
    root = SmallBook(tmp_path_factory.mktemp("leaf")).root
    (root / "book").mkdir()
    (root / "book" / "index.md").write_text(TOP + END, encoding="utf-8")
    (root / "_config.yml").write_text(CONFIG, encoding="utf-8")
    (root / "_toc.yml").write_text(TOC, encoding="utf-8")
    put_notebook(root)
    run = book.wavebook(root, "check")  # the first finds the page of the notebook outside the table of contents
    assert [problem.code for problem in run.problems] == ["W412"]
    assert (book.wavebook(root, "check").code, book.wavebook(root, "check").err) == (0, "")
    return root


def checked(root: Path, page: str | bytes) -> book.Run:
    """What ``wavebook check`` says of another page."""
    path = root / "book" / "index.md"
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    try:
        with in_time():
            return book.wavebook(root, "check")
    finally:
        path.write_text(TOP + END, encoding="utf-8")


PAGES = {
    "roles": (
        "{trend}`a>b<c>` {trend}`<<<>>>` {value}`<script>` {n}`@` {change}`a@..` {spark}`x` {word}`fact:` {fact}`.`",
        "W401",
    ),
    "roles without end": ("{value}`" + "a" * 10**5 + "` {trend}`a" + " " * 10**5 + "b`", "W401"),
    "a page in itself": ("```{include} index.md\n```", "W503"),
    "directives in directives": ("".join(":" * (400 - i) + "{note}\n" for i in range(300)), "W503"),
    "a file that is not there": ("```{include} nope.md\n```", "W412"),
    "another file of the machine": ("```{raw} html\n:file: /etc/passwd\n```", "W419"),
    "another file of the book": ("```{literalinclude} ../data/waves.toml\n```", "W419"),
    "a chart with a path for a name": (":::{chart} ../../x\nx\n:::", "W405"),
    "twenty thousand numbers": ("7 " * 20_000, "W408"),
    "a claim without a name": ("[x]{.claim}", "W404"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_strange_text_is_refused(leaf, name):
    text, code = PAGES[name]
    refused(checked(leaf, TOP + text + END), code)


TOPS = {
    "a bomb": b"---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n# T\n",
    "a bomb saved on Windows": b"\xef\xbb\xbf---\r\na: &a [x, x]\r\nb: [*a, *a]\r\n---\r\n# T\r\n",
    "fixed that is a number": b"---\nfixed: 5\n---\n# T\n",
    "a day that is none": b"---\nreviewed: 2014-99-99\n---\n# T\n",
    "UTF-16": TOP.encode("utf-16"),
    "no UTF-8": TOP.encode() + b"\xff",
    "a control character": TOP.encode() + b"\x1b[2J",
    "two megabytes": TOP.encode() + b"x" * 2_000_000,
}


@pytest.mark.parametrize("name", TOPS)
def test_a_page_that_cannot_be_read_is_named(leaf, name):
    run = checked(leaf, TOPS[name])
    refused(run, "W418")
    assert run.problems[0].place == "book/index.md"


def test_a_page_that_is_a_link_to_elsewhere_is_refused(leaf):
    path = leaf / "book" / "index.md"
    path.unlink()
    path.symlink_to("../data/waves.toml")
    try:
        refused(book.wavebook(leaf, "check"), "W418")
    finally:
        path.unlink()
        path.write_text(TOP + END, encoding="utf-8")


MORE_PAGES = {
    "quotes in quotes": ">" * 5000 + " x",
    "lists in lists": "\n".join("  " * i + "- x" for i in range(500)),
    "brackets": "[" * 20_000 + "x" + "]" * 20_000,
    "links": "[a](" * 5000,
    "stars": "*a **b " * 5000,
    "backticks": "".join("`" * i + "a " for i in range(400)),
    "no end": "```{figures\n{value}`grade",
    "other markup": "```{eval-rst}\n.. include:: index.md\n```",
    "pictures": "![](../../../../etc/passwd) ![x](/etc/passwd)",
    "downloads": "{download}`/etc/passwd`",
    "a table of figures": "```{csv-table} t\n:file: ../data/figures/2014.csv\n```",
    "a table of thousands": "| a | b |\n|---|---|\n" + "| x | {value}`grade` |\n" * 1000,
    "a line of a megabyte": "x" * 900_000,
    "words": "woord " * 150_000,
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))",
    "names": "[a]{.claim #x} [b]{.claim #x} [d]{.claim #" + "y" * 1000 + "}",
    "formulas": "$$" + "{" * 5000 + "$$",
    "substitutions": "{{ x }} {{ x.__class__ }}",
    "Mac lines": "a\rb\r",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", MORE_PAGES)
def test_a_page_of_any_form_is_refused_or_read(leaf, name):
    run = checked(leaf, TOP + MORE_PAGES[name] + END)
    assert run.code == 0 or is_proper(run.err), run.err


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(damaged((TOP + "{value}`grade` {trend}`grade` [x]{.claim #x}\n\n:::{chart} x\ny\n:::\n" + END).encode()))
def test_a_damaged_page_is_refused_or_read(leaf, content):
    run = checked(leaf, content)
    assert run.code == 0 or is_proper(run.err), run.err


OPTIONS = """numfig_format=5 numfig={} html_static_path=5 html_theme=nope language=xx language=../../etc
bibtex_bibfiles=[no.bib] extensions=[os] extensions=[no.such] myst_enable_extensions=[no] bibtex_reference_style=no
source_suffix=5 wavebook_wave=abc wavebook_wave=1999 external_toc_path=/no html_js_files=5 version={} html_sidebars=5
html_context=5""".split()
TOCS = [
    *("", "- a", "format: jb-book\n", "root: no\n", "root: ../../etc/passwd\n", "format: z\nroot: index\n"),
    *("root: [a]\n", "root: index\nentries:\n- 5\n", "root: index\nsubtrees:\n- entries: 5\n"),
    *("root: index\nentries:\n- url: javascript:x\n", "root: index\nentries:\n- file: /etc/passwd\n"),
    *(
        "root: index\nentries:\n- file: index\n",
        "root: index\nentries: &a [*a]\n",
        "root: index\nentries: " + "[" * 9000,
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("file", "text"), [("_config.yml", o) for o in OPTIONS] + [("_toc.yml", t) for t in TOCS])
def test_settings_that_sphinx_stumbles_over_are_refused(leaf, file, text):
    path = leaf / file
    good = path.read_text(encoding="utf-8")
    path.write_text(f"{good}    {text.replace('=', ': ', 1)}\n" if file == "_config.yml" else text, encoding="utf-8")
    try:
        with in_time():
            run = book.wavebook(leaf, "check")
    finally:
        path.write_text(good, encoding="utf-8")
    assert run.code == 0 or is_proper(run.err), run.err
    assert run.code == 1 or text == "html_theme=nope"


# --- notebooks --------------------------------------------------------------------------------------------

NOTEBOOKS = {
    "nothing": b"",
    "half": b'{"cells": [',
    "lists in lists": b"[" * 100_000,
    "a list": b"[]",
    "another version": b'{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}',
    "cells that are none": b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [5]}',
    "UTF-16": "{}".encode("utf-16"),
    "no number": b'{"nbformat": 4, "nbformat_minor": NaN, "metadata": {}, "cells": []}',
    "twenty megabytes and more": b" " * 20_000_001,
}


def run_alone(root: Path, content: bytes | None = None) -> set[str]:
    if content is not None:
        (root / "notebooks" / "n.ipynb").write_bytes(content)
    edition = {"wave": 2014, "baseline": 2010, "population": "total", "language": "nl"}
    with in_time():
        results = execute.run_notebooks(root, edition)
    return codes(ProblemsError(results.problems)) if results.problems else set()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_what_is_no_notebook_is_named(small, name):
    put_notebook(small.root)
    assert run_alone(small.root, NOTEBOOKS[name]) == {"W301"}


def test_a_notebook_that_is_a_pipe_is_named(small):
    path = put_notebook(small.root)
    path.unlink()
    os.mkfifo(path)
    assert run_alone(small.root) == {"W301"}


SHOW = "from IPython.display import display\ndisplay({{'{}': {}}}, raw=True)"
CHART, CLAIMS = "application/vnd.wavebook.chart+json", "application/vnd.wavebook.claims+json"
CELLS_OF = {
    "exits": ("import sys; sys.exit(3)", "W303"),
    "ends its process": ("import os; os._exit(3)", "W312"),
    "hangs": ("import time; time.sleep(1000)", "W311"),
    "prints without end": ("while True: print('x' * 100_000)", "W314"),
    "asks for memory": ("b'a' * (1 << 60)", "W303"),
    "asks for input": ("input()", "W303"),
    "raises what a terminal obeys": ("raise ValueError('\\x1b[2J\\x00')", "W303"),
    "shows a chart that is none": (SHOW.format(CHART, 5), "W306"),
    "shows claims that are none": (SHOW.format(CLAIMS, "[1]"), "W306"),
    "shows a verdict that is none": (SHOW.format(CLAIMS, "{'x': 1}"), "W306"),
}


@pytest.mark.parametrize("name", CELLS_OF)
def test_a_cell_that_misbehaves_is_named(small, monkeypatch, name):
    if name == "hangs":
        monkeypatch.setattr(execute, "CELL_SECONDS", 2)
    monkeypatch.setattr(engine, "MOST_OUTPUT", 300_000)
    source, code = CELLS_OF[name]
    put_notebook(small.root, source)
    assert run_alone(small.root) == {code}


def test_a_kept_run_that_was_damaged_is_run_again(small):
    put_notebook(small.root)
    assert run_alone(small.root) == set()
    for path in (small.root / "_build" / ".wavebook" / "runs").glob("*.ipynb"):
        path.write_text('{"cells":', encoding="utf-8")
    assert run_alone(small.root) == set()


# --- respondents ------------------------------------------------------------------------------------------

WAVE = """
[waves.2016]
name.nl = "a"
name.en = "a"
bureau = "a"
client.nl = "a"
client.en = "a"
source = "report"

[waves.2016.responses]
source = "report"
locator = "bestand"
weight = "w"
strata = "s"

[waves.2016.responses.columns]
grade = "v"

[disclosure]
minimum_base = 2
dominance_share = 100
source = "de toets"
"""
WIDTH = 120


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Path:
    """A book with a wave whose respondents a test writes."""
    small = SmallBook(tmp_path_factory.mktemp("office"))
    small.write("waves.toml", small.path("waves.toml").read_bytes() + WAVE.encode())
    (small.root / "data" / "responses").mkdir()
    return small.root


def save(folder: Path, kind: str, frame: pl.DataFrame) -> Path:
    path = folder / f"2016.{kind}"
    if kind == "csv":
        frame.write_csv(path, separator=";")
    elif kind == "parquet":
        frame.write_parquet(path)
    elif kind == "xlsx":
        frame.write_excel(path)
    else:
        pyreadstat.write_sav(frame, path, compress=kind == "zsav", column_labels={frame.columns[0]: "Vraag één"})
    return path


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


@settings(max_examples=12)
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
    assert all(1 <= v <= 10 and 0 < w < 1e300 for v, w in told)
    mean = sum(v * w for v, w in told) / sum(w for _, w in told)
    assert float(row["value"]) == pytest.approx(mean, abs=1e-6)
    assert int(float(row["n"])) == len(told)


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx", "sav", "zsav"])
def test_one_among_ten_thousand_columns_is_read_right(office, kind):
    width = 10_000 if kind == "csv" else 300
    columns = {f"c{i}": [1.0, 2.0, 3.0, 4.0] for i in range(width)}
    answers = {"v": [6.0, 7.0, 8.0, 9.0], "w": [1.0, 1.0, 1.0, 5.0], "s": ["a", "a", "b", "b"]}
    path = save(office / "data" / "responses", kind, pl.DataFrame({**columns, **answers}))
    try:
        _, row = estimated(office)
        assert float(row["value"]) == (6 + 7 + 8 + 45) / 8
    finally:
        path.unlink()


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
    monkeypatch.setattr(surveyfile, "LETTERS", 10_000_000)
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
    monkeypatch.setattr(surveyfile, "ROWS", 1_000_000)
    path = tmp_path / "2016.parquet"
    pl.select(pl.repeat(1, 2_000_000, dtype=pl.Int8).alias("v")).write_parquet(path)
    assert path.stat().st_size < 100_000
    assert opened(path) == {"W103"}


def test_a_file_of_wide_texts_is_read_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(surveyfile, "IN_MEMORY", 1_000_000)
    path = tmp_path / "2016.zsav"
    pyreadstat.write_sav(pl.DataFrame({"t": ["x" * 20_000] * 100, "v": list(range(100))}), path, compress=True)
    file, staging = open_file(path), Staging(path)
    frame = file.load(["t", "v"], staging)[0]
    assert len(list(staging.folder.glob("part-*.parquet"))) > 1
    assert frame.collect()["v"].to_list() == list(range(100))


STRANGE = {
    "nothing.csv": b"",
    "zeros.csv": b"\x00" * 1000,
    "quotes.csv": b'a;b\n"1;2\n3;4\n',
    "line.csv": b"x" * 10_000_000,
    "cell.csv": b'a;b\n1;"' + b"x" * 10_000_000 + b'"\n',
    "sixteen.csv": "a;b\né;1\n".encode("utf-16-le"),
    "mac.csv": b"a;b\r1;2\r",
    "twice.csv": b"a;a\n1;2\n",
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
        responses.load_codebook(tmp_path, 2014)
    assert codes(error.value) == {"W202"}


MARGINS = b"column,category,total\nsex,f,50\nsex,m,50\n"


def margins_are_refused_or_right(folder: Path, content: bytes) -> None:
    path = folder / "margins.csv"
    path.write_bytes(content)
    found = outcome(weights.read_margins, path, wanted={"W160"})
    if isinstance(found, set):
        return
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert sum(len(categories) for categories in found.values()) == len(rows)
    assert {float(row["total"]) for row in rows} == {total for part in found.values() for total in part.values()}


@FEW
@given(damaged(MARGINS))
def test_damaged_margins_are_refused_or_read_right(tmp_path_factory, content):
    margins_are_refused_or_right(tmp_path_factory.getbasetemp(), content)


# --- a reader that crashes --------------------------------------------------------------------------------

FUZZ = """
import faulthandler, os, random, resource, sys
from pathlib import Path
sys.path.insert(0, %r)
os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what the libraries say of a crash
resource.setrlimit(resource.RLIMIT_DATA, (3 << 30, 3 << 30))
import test_bad_input as t
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
def test_thousands_of_damaged_respondent_files_are_refused_or_read(tmp_path, office, capsys, kind):
    first, last, told, crashes = 0, 3000, [], []
    (tmp_path / "fuzz.py").write_text(FUZZ % str(book.ROOT / "tests"), encoding="utf-8")
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
    with capsys.disabled():
        read = sum(len(line) == 1 for line in told)
        print(
            f"\n{kind}: {len(told)} damaged files refused or read ({read} read), {len(crashes)} crashed their reader",
            end="",
        )


CRASH = """
import os, signal, sys
from pathlib import Path
import wavebook.cli as cli

def crash(options):
    (Path("data/responses") / f".staging-{os.getpid()}-x").mkdir()
    os.write(2, b"thread panicked")
    os.kill(os.getpid(), signal.SIGSEGV)

cli._estimate = crash
sys.argv = ["wavebook", "estimate", "2016"]
sys.exit(cli.main())
"""


def test_a_file_that_crashes_its_reader_is_named_and_leaves_nothing(office):
    done = subprocess.run([sys.executable, "-c", CRASH], cwd=office, capture_output=True, text=True, check=False)
    refused(book.Run(done.returncode, done.stdout, done.stderr), "W103")
    assert "data/responses/2016: cannot be read: what reads it crashed (SIGSEGV)." in done.stderr
    assert list((office / "data" / "responses").glob(".staging-*")) == []


def test_a_mistake_of_the_program_itself_is_told_as_one_and_quotes_nothing(monkeypatch, tmp_path, capsys):
    from wavebook import cli

    def mistake(options):
        raise KeyError("somebody's answer")

    monkeypatch.setattr(cli, "_verify", mistake)
    assert cli.main(["verify", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert re.match(r"W508 test_bad_input\.py, line \d+: met a KeyError\.\n     It is a mistake of this program", said)
    assert "answer" not in said


# --- the command line -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nope"],
        ["build", "--wave", "abc"],
        ["build", "--wave", "9" * 5000],
        ["build", "--nope"],
        ["estimate"],
        ["estimate", "2016.5"],
        ["serve", "--port", "99999"],
        ["serve", "--port", "-1"],
        ["diff", "2014"],
        ["verify"],
    ],
)
def test_a_command_that_is_none_explains_itself(small, arguments):
    run = book.wavebook(small.root, *arguments)
    assert run.code == 2
    assert run.err.startswith("usage: wavebook")
    assert "Traceback" not in run.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["build", "--wave", "1999"], "W501"),
        (["build", "--wave", "9" * 30], "W501"),
        (["build", "--baseline", "2014"], "W501"),
        (["build", "--population", "../../../../tmp/x"], "W501"),
        (["build", "--population", "\x00"], "W501"),
        (["build", "--population", "x" * 5000], "W501"),
        (["check", "--population", "<b>"], "W501"),
        (["build", "--output", "data/waves.toml"], "W502"),
        (["build", "--output", "data"], "W502"),
        (["build", "--output", ".."], "W502"),
        (["build", "--output", "data/waves.toml/site"], "W506"),
        (["estimate", "1999"], "W106"),
        (["estimate", "-5"], "W106"),
        (["inspect", "nope.sav"], "W101"),
        (["inspect", "data"], "W103"),
        (["inspect", "/dev/zero"], "W103"),
        (["inspect", "x" * 5000], "W103"),
        (["verify", "nope"], "W522"),
        (["verify", "data/waves.toml"], "W522"),
        (["publish", "data"], "W502"),
        (["diff", "2014", "1999"], "W501"),
        (["demo", "--folder", "."], "W110"),
        (["demo", "--folder", "data"], "W110"),
        (["demo", "--folder", "data/waves.toml"], "W110"),
        (["demo", "--folder", "book"], "W110"),
    ],
)
def test_an_argument_that_cannot_be_is_refused_and_touches_nothing(leaf, arguments, code):
    before = {name: digest for name, (digest, _) in book.listing(leaf).items() if not name.startswith("_build")}
    beside = sorted(leaf.parent.iterdir())
    with in_time():
        run = book.wavebook(leaf, *arguments)
    refused(run, code)
    assert {n: d for n, (d, _) in book.listing(leaf).items() if not n.startswith("_build")} == before
    assert sorted(leaf.parent.iterdir()) == beside


def test_an_output_that_is_a_link_is_followed_and_its_neighbours_are_left_alone(leaf, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (leaf / "_build" / "link").symlink_to(tmp_path / "site")
    run = book.wavebook(leaf, "build", "--output", "_build/link")
    assert (run.code, run.err) == (0, "")
    assert (tmp_path / "site" / "index.html").is_file()
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


SUMS = {
    "nothing": b"",
    "no list": b"\xff\xfe",
    "names that lead elsewhere": b"0" * 64 + b"  ../../etc/passwd\n" + b"1" * 64 + b"  /etc/passwd\n",
    "years that are none": b"0" * 64 + "  ２０１４/x\n".encode() + b"0" * 64 + "  ²²²²/x\n".encode(),
    "what a terminal obeys": b"0" * 64 + b"  \x1b[2J\n",
    "too large": b"0" * 20_000_001,
}


@pytest.mark.parametrize("name", SUMS)
def test_a_strange_list_of_checksums_proves_nothing(tmp_path, name):
    (tmp_path / "page.html").write_text("x", encoding="utf-8")
    (tmp_path / "SHA256SUMS").write_bytes(SUMS[name])
    with in_time():
        refused(book.wavebook(tmp_path, "verify", "."), "W522")


def test_verify_reads_no_file_that_never_ends(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "SHA256SUMS").write_text("", encoding="utf-8")
    with in_time():
        run = book.wavebook(tmp_path, "verify", ".")
    assert run.code == 0


# --- names that become addresses --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../x", "a/b", "A", "1a", "a-b", "a\n", "", "a.b", "é", "a b", "con\x00"])
@pytest.mark.parametrize("table", ["populations", "segments", "segments.theme.values", "indicators.share.categories"])
def test_a_name_that_would_be_a_path_is_refused(small, table, name):
    quoted = json.dumps(name)
    small.write(
        "indicators.toml", small.path("indicators.toml").read_text() + f'\n[{table}.{quoted}]\nnl = "x"\nen = "x"\n'
    )
    with pytest.raises(ProblemsError) as error:
        load_definitions(small.root)
    assert codes(error.value) <= {"W202", "W203"}


@pytest.mark.parametrize("year", ["../2014", "2014.5", "0000", "99999", "x", "-2014", "２０１４"])
def test_a_wave_that_is_no_year_is_refused(small, year):
    text = small.path("waves.toml").read_text(encoding="utf-8").replace("[waves.2013]", f"[waves.{json.dumps(year)}]")
    small.write("waves.toml", text)
    with pytest.raises(ProblemsError) as error:
        load_definitions(small.root)
    assert codes(error.value) <= {"W202", "W203", "W204"}


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_problem_is_two_lines_whatever_it_names(place, found):
    text = str(Problem("W999", place, found, "Do."))
    assert all(line.isprintable() for line in text.split("\n"))
    assert text.count("\n") == 1


# --- sweeps -----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_thousands_of_damaged_text_files_are_refused_or_right(shelf, tmp_path, capsys):
    counts = {}

    def count(name):
        counts[name] = counts.get(name, 0) + 1

    @MANY
    @given(st.data(), st.sampled_from(["table", "cells", *DECLARED, "toml", "margins", "_config.yml", "_toc.yml"]))
    def sweep(data, what):
        count(what)
        if what == "table":
            table_is_refused_or_right(shelf, data.draw(damaged(TABLE.encode())))
        elif what == "cells":
            table_is_refused_or_right(shelf, with_cells(data.draw(st.lists(CELLS, min_size=1, max_size=4))))
        elif what == "toml":
            name = data.draw(st.sampled_from([name for name in DECLARED if name.endswith(".toml")]))
            declaration_is_refused_or_right(shelf, name, data.draw(redeclared(content_of(shelf, name))))
        elif what in DECLARED:
            declaration_is_refused_or_right(shelf, what, data.draw(damaged(content_of(shelf, what))))
        elif what == "margins":
            margins_are_refused_or_right(tmp_path, data.draw(damaged(MARGINS)))
        else:
            good = {"_config.yml": CONFIG, "_toc.yml": TOC}[what].encode()
            settings_are_refused_or_read(tmp_path, what, data.draw(damaged(good)))

    sweep()
    with capsys.disabled():
        print(
            f"\n{sum(counts.values())} damaged files of text:", ", ".join(f"{k} {v}" for k, v in sorted(counts.items()))
        )
