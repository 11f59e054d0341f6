"""Whatever is in a file or on the command line ends in problems of the one form, or in the right result.

Never in a traceback, a hang, memory without bound, or a number that changed in silence. Files of respondents have tests
of their own.
"""

import csv
import hashlib
import io
import json
import os
import re
import textwrap
from pathlib import Path

import lending
import pytest
from hostile import FEW, MANY, TOKENS, codes, damaged, in_time, is_proper, outcome, refused
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from leaf import END, TOC, TOP, make_leaf, put_notebook
from margins import MARGINS, margins_are_refused_or_right
from small import SmallBook
from sweeps import often

import book
from wavebook import figures
from wavebook.core.problems import Problem, ProblemsError
from wavebook.definitions import load_definitions
from wavebook.runs import execute, kernel
from wavebook.site.settings import settings as settings_of


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
        tuple("" if (name, row[name]) == ("population", "total") else row[name] for name in figures.KEY_COLUMNS): (
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
    assert {key: row for key, row in read.items() if key[0] == "2014"} == as_written(content)
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
        ("a file of a hundred megabytes", TABLE.encode() + b"\n" * 210_000_000),
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
        assert all(code.startswith("W2") or code == "W501" for code in found), found  # of declarations, and of tables
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
        ("indicators.toml", "#" * 6_000_000, "W202"),
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
        ("value = 39", "value = 394", "394 cannot be part of 393"),
        ("value = 39", "value = -1", "greater than or equal to 0"),
        ("of = 393", "of = 0", "greater than 0"),
        ('date = "2015-08"', 'date = "2015-13"', "not a date"),
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

CONFIG = (lending.SOURCE / "_config.yml").read_text(encoding="utf-8")


def settings_are_refused_or_read(root: Path, name: str, content: bytes) -> None:
    for file, text in (("_config.yml", CONFIG), ("_toc.yml", TOC)):
        (root / file).write_text(text, encoding="utf-8")
    (root / name).write_bytes(content)
    assert isinstance(outcome(settings_of, root, wanted={"W202", "W203", "W206", "W207"}), dict | set)


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
        "?",
        "on: x",
        "2014: x",
        "sphinx: {config: {null: x}}",
        "sphinx: {config: {on: x}, 5: y}",
        "html: {null: x}",
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


@pytest.fixture(scope="module")
def leaf(tmp_path_factory) -> Path:
    return make_leaf(tmp_path_factory.mktemp("leaf"))


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
AFTER = TOP.count("\n") + 1
LINES = {"UTF-16": ":1", "no UTF-8": f":{AFTER}", "a control character": f":{AFTER}"}


@pytest.mark.parametrize("name", TOPS)
def test_a_page_that_cannot_be_read_is_named(leaf, name):
    run = checked(leaf, TOPS[name])
    refused(run, "W418")
    assert run.problems[0].place == f"book/index.md{LINES.get(name, '')}"


def test_a_character_that_nobody_sees_is_named_where_a_page_has_it_by_number(leaf):
    written = ["Goed ver&#8203;trouwen.", "<b>a&zwnj;b</b>", "`&#8203;` en caf&eacute; ❤\ufe0f"]
    run = checked(leaf, TOP + "\n\n".join(written) + END)
    first = TOP.count("\n") + 1
    assert [p.place for p in run.problems if p.code == "W545"] == [f"book/index.md:{first + 2 * n}" for n in range(2)]


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
    "directives in directives": "".join(":" * (400 - i) + "{note}\n" for i in range(300)),
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
    edition = {"wave": "2014", "baseline": "2010", "population": "total", "language": "nl"}
    with in_time():
        results = execute.run_notebooks(root, edition)
    return codes(ProblemsError(results.problems)) if results.problems else set()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_what_is_no_notebook_is_named(small, name):
    put_notebook(small.root)
    assert run_alone(small.root, NOTEBOOKS[name]) == {"W301"}


@pytest.mark.parametrize("source", ["x = 'ver\u200btrouwen'", r"print('ver\u200btrouwen')"])
def test_a_notebook_that_holds_or_shows_what_nobody_sees_is_named(small, source):
    put_notebook(small.root, source)
    assert run_alone(small.root) == {"W545"}


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


@pytest.mark.parametrize("name", often(CELLS_OF, *(name for name in CELLS_OF if name != "prints without end")))
def test_a_cell_that_misbehaves_is_named(small, monkeypatch, name):
    if name == "hangs":
        monkeypatch.setattr(execute, "CELL_SECONDS", 1)
    monkeypatch.setattr(kernel, "MOST_OUTPUT", 300_000)
    source, code = CELLS_OF[name]
    put_notebook(small.root, source)
    assert run_alone(small.root) == {code}


def test_a_kept_run_that_was_damaged_is_run_again(small):
    put_notebook(small.root)
    assert run_alone(small.root) == set()
    for path in (small.root / "_build" / ".wavebook" / "runs").glob("*.ipynb"):
        path.write_text('{"cells":', encoding="utf-8")
    assert run_alone(small.root) == set()


# --- the command line -------------------------------------------------------------------------------------


def test_a_mistake_of_the_program_itself_is_told_as_one_and_quotes_nothing(monkeypatch, tmp_path, capsys):
    from wavebook.cli import after, main

    def mistake(options):
        raise KeyError("somebody's answer")

    monkeypatch.setattr(after, "_verify", mistake)
    assert main(["verify", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert re.match(r"W508 test_bad_input\.py:\d+: met a KeyError\.\n     This is a fault in this program", said)
    assert "answer" not in said


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nope"],
        ["build", "--nope"],
        ["estimate"],
        ["serve", "--port", "99999"],
        ["serve", "--port", "-1"],
        ["verify"],
    ],
)
def test_a_command_that_is_none_explains_itself(small, arguments):
    run = book.wavebook(small.root, *arguments)
    assert run.code == 2
    assert run.err.startswith("usage: wavebook")
    assert "Traceback" not in run.err


@pytest.mark.parametrize(
    "arguments", [["build", "--wave", "abc"], ["build", "--wave", "9" * 5000], ["estimate", "2016.5"]]
)
def test_a_wave_that_no_book_has_is_a_problem(small, arguments):
    run = book.wavebook(small.root, *arguments)
    assert run.code == 1
    assert {problem.code for problem in run.problems} & {"W501", "W106"}
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


def test_an_output_that_is_a_link_is_refused_and_what_it_leads_to_is_left_alone(leaf, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (leaf / "_build" / "link").symlink_to(tmp_path / "site")
    run = book.wavebook(leaf, "build", "--output", "_build/link")
    refused(run, "W502")
    assert list((tmp_path / "site").iterdir()) == []
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
    (tmp_path / "page.html").write_text("x", encoding="utf-8")
    (tmp_path / "SHA256SUMS").write_text(f"{hashlib.sha256(b'x').hexdigest()}  page.html\n", encoding="utf-8")
    with in_time():
        run = book.wavebook(tmp_path, "verify", ".")
    assert run.code == 0


# --- names that become addresses --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../x", "a/b", "A", "a-b", "a\n", "", "a.b", "é", "a b", "con\x00"])
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
def test_a_wave_without_a_key_that_can_be_its_own_is_refused(small, year):
    text = small.path("waves.toml").read_text(encoding="utf-8").replace("[waves.2013]", f"[waves.{json.dumps(year)}]")
    small.write("waves.toml", text)
    with pytest.raises(ProblemsError) as error:
        load_definitions(small.root)
    assert codes(error.value) <= {"W202", "W203", "W204", "W208"}


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_problem_is_two_lines_whatever_it_names(place, found):
    text = str(Problem("W999", place, found, "Do."))
    assert all(line.isprintable() for line in text.split("\n"))
    assert text.count("\n") == 1


# --- sweeps -----------------------------------------------------------------------------------------------


NAMES = {"table": "tables of figures", "cells": "cells of figures", "toml": "declarations", "margins": "margins"}


@pytest.mark.slow
def test_thousands_of_damaged_text_files_are_refused_or_right(shelf, tmp_path, tally):
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
    for name, number in counts.items():
        tally(f"damaged {NAMES.get(name, name)} refused or right", number)
