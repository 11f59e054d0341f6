"""No respondent's answer leaves data/responses: marks in every field of a file, and a search in all that is made."""

from __future__ import annotations

import csv
import json
import os
import pickle
import re
import resource
import shutil
import signal
import subprocess
import sys
import tarfile
import time
import zlib
from functools import cache
from pathlib import Path

import lending
import polars as pl
import pytest
from canaries import FORMATS, PRIVATE, answers, found_in, in_git, leaks, text, write
from mishaps import Mishaps
from small import ROOT, SmallBook
from sweeps import often

import book
from wavebook.figures import NUMBER_COLUMNS
from wavebook.survey import demo, wave
from wavebook.survey.files import staging

WAVE = """
[disclosure]
minimum_base = 30
dominance_share = 50
source = "test"

[waves.2016]
name = {{ nl = "meting", en = "wave" }}
bureau = "{bureau}"
client = {{ nl = "klant", en = "client" }}
source = "{source}"
{more}
[waves.2016.responses]
source = "{source}"
locator = "bestand"
"""
DESIGN = {"respondent": '"respnr"', "weight": '"weegfactor"', "strata": '"regio"', "missing_in": "{ antwoord = [9] }"}
COLUMNS = {"grade": '"cijfer"', "share": '"antwoord"', "theme": '"thema"', "population": '"doelgroep"'}
THEMES = 'theme = { 01 = "work", 02 = "school" }'
CODES = f"""
{THEMES}
share = {{ 1 = "yes", 2 = "no", 3 = "maybe" }}
population = {{ B = "citizens", O = "other" }}
"""
# What a file says about itself rather than about a respondent: `inspect` shows it, and nothing else does.
METADATA = {text(field) for field in ("kolom", "label", "etiket", "titel", "notitie", "vraag", "som", "blad")}


def declare(root: Path, kind: str, *, design=DESIGN, columns=COLUMNS, codes=CODES, more="", source="report") -> None:
    """Add the wave to data/waves.toml."""
    path = root / "data" / "waves.toml"
    bureau = re.findall(r'bureau = "(.+)"', path.read_text(encoding="utf-8"))[-1]  # as in the wave before
    lines = [WAVE.format(source=source, bureau=bureau, more="")]
    lines += [f"{name} = {value}" for name, value in design.items()]
    lines += ['sheet = "antwoorden"'] if kind == "xlsx" else []
    lines += ["[waves.2016.responses.columns]", *(f"{name} = {value}" for name, value in columns.items())]
    lines += ["[waves.2016.responses.codes]", codes, more]
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(lines), encoding="utf-8")


def marked(folder: Path, kind: str = "sav", frame: pl.DataFrame | None = None, **declared) -> Path:
    """A small book with the marked respondents of 2016."""
    SmallBook(folder)
    declare(folder, kind, **declared)
    write(folder, kind, frame)
    return folder


# --- what is made -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", often(FORMATS, "sav", "xlsx"))
def test_no_mark_of_a_respondent_is_in_what_an_estimate_makes_or_says(tmp_path, kind):
    root = marked(tmp_path / "book", kind)
    run = book.wavebook(root, "estimate", "2016")
    assert run.code == 0, run.err
    assert (root / "data/figures/2016.csv").is_file()
    assert (root / "data/codebooks/2016.json").is_file()
    assert leaks(root) == {}
    assert found_in((run.out + run.err).encode()) == []


@pytest.mark.parametrize("kind", often(FORMATS, "sav", "xlsx"))
def test_an_inspection_shows_what_a_file_says_of_itself_and_no_respondents_answer(tmp_path, kind):
    root = marked(tmp_path / "book", kind)
    run = book.wavebook(root, "inspect", f"data/responses/2016.{kind}")
    assert run.code == 0, run.err
    labelled = {"731955900003"} if kind == "sav" else set()  # a code that has a label is no answer by itself
    assert set(found_in((run.out + run.err).encode())) <= METADATA | labelled
    assert text("kolom") in run.out
    assert leaks(root) == {}


@pytest.mark.parametrize("kind", often(FORMATS, "sav"))
def test_a_mapping_holds_what_a_file_says_of_itself_and_no_respondents_answer(tmp_path, kind):
    root = marked(tmp_path / "book", kind)
    (root / "data/codebooks").mkdir()
    kept = {"question": "Wat vindt u ervan?", "labels": {"1": "ja", "2": "nee"}, "columns": ["v1"]}
    questions = dict.fromkeys(("grade", "share", "theme", "visits"), kept)
    (root / "data/codebooks/2014.json").write_text(json.dumps({"questions": questions}))
    run = book.wavebook(root, "inspect", f"data/responses/2016.{kind}", "--mapping")
    assert run.code == 0, run.err
    written = (root / "data/mappings/2016.toml").read_bytes()
    assert b"[variables.share]" in written
    assert set(found_in(written + (run.out + run.err).encode())) <= METADATA
    said = written.decode().replace('answer = ""', 'answer = "same"').replace('reason = ""', 'reason = "idem"')
    (root / "data/mappings/2016.toml").write_text(said)
    run = book.wavebook(root, "sign", "2016", "--by", "een redacteur")
    assert run.code == 0, run.err
    assert found_in((run.out + run.err).encode()) == []
    run = book.wavebook(root, "estimate", "2016")
    assert run.code == 0, run.err
    assert {place for place in leaks(root) if not place.endswith("data/mappings/2016.toml")} == set()


# The commands of the week, and the draft as `wavebook serve` builds and shows it, with what is wrong on its pages.
WEEK = """
from pathlib import Path
from wavebook.cli import main
from wavebook.publish.serve import Preview
for order in ("estimate 2016", "diff 2014 2016"):
    print("==", order)
    assert main(order.split()) == 0
with Preview(Path.cwd(), port=0) as preview:
    print(preview.build(), *preview.problems, sep="\\n")
    page = (preview.site / "index.html").read_bytes()
    Path("_build/dressed.html").write_bytes(preview.dressed(page, "index"))
"""


@pytest.fixture(scope="module")
def chain(tmp_path_factory):
    """A whole book with a marked wave, its editor's week, and what was said; all below one folder."""

    def make(folder: Path):
        root = lending.copy(folder / "book")
        shutil.copy(ROOT / ".gitignore", root)
        columns = {"mark_library": '"cijfer"', "app_used": '"antwoord"', "theme": '"thema"'}
        codes = 'theme = { 01 = "novels", 02 = "science" }\napp_used = { 1 = "yes", "2..3" = "no" }\n'
        declare(root, "sav", columns=columns, codes=codes, source="vraagbaak2015")
        write(root, "sav")
        subprocess.run(["git", "init", "-q"], cwd=root, check=True)
        places = {name: str(folder / name.lower()) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "IPYTHONDIR")}
        for place in places.values():
            Path(place).mkdir()
        said = book.command(root, "python", "-c", WEEK, **places)
        subprocess.run(["git", "add", "-A"], cwd=root, check=True)
        return folder, said

    return book.once(tmp_path_factory, "marked", make)


def test_no_mark_is_in_a_page_chart_notebook_cache_or_log_of_the_whole_week(chain):
    folder, said = chain
    print(said.out, said.err, sep="\n")
    assert said.code == 0
    assert "== diff" in said.out
    assert "/-/preview.js" in (folder / "book/_build/dressed.html").read_text(encoding="utf-8")
    assert found_in((said.out + said.err).encode()) == []
    made = {path.suffix for path in (folder / "book/_build").rglob("*") if path.is_file()}
    assert {".html", ".svg", ".png", ".csv", ".json", ".xlsx", ".ipynb", ".doctree", ".pickle"} <= made
    assert leaks(folder, beside=("book/data/responses",)) == {}


def test_the_search_finds_a_mark_in_every_kind_of_file_that_a_build_makes(tmp_path):
    import vl_convert
    import xlsxwriter

    frame = answers()
    number = frame["respnr"][7]
    (tmp_path / "a.pickle").write_bytes(b"x" + pickle.dumps([number]))
    frame.select("weegfactor").write_parquet(tmp_path / "b.parquet", compression="uncompressed")
    with xlsxwriter.Workbook(tmp_path / "c.xlsx") as workbook:
        workbook.add_worksheet().write_string(0, 0, text("opm", 3))
    drawn = vl_convert.svg_to_png('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    body = b"iTXt" + b"Title\0\1\0\0\0" + zlib.compress(text("mail", 4).encode())
    (tmp_path / "d.png").write_bytes(drawn[:33] + (len(body) - 4).to_bytes(4, "big") + body + b"crc0" + drawn[33:])
    (tmp_path / f"{text('naam')}.txt").write_text("")
    assert {name.partition("!")[0] for name in leaks(tmp_path)} == {
        f"{tmp_path.name}/{name}" for name in ("a.pickle", "b.parquet", "c.xlsx", "d.png", f"{text('naam')}.txt")
    }


def test_git_takes_no_respondents_with_everything_else(chain):
    folder, _ = chain
    root = folder / "book"
    listed = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True).stdout.split()
    assert "data/figures/2016.csv" in listed
    assert not [name for name in listed if "responses" in name]
    assert in_git(root) == []


@cache
def hook() -> str:
    """The pattern of files that the hook refuses."""
    import yaml

    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    return next(hook["files"] for hook in hooks if hook["id"] == "no-respondents")


@pytest.fixture(scope="module")
def ignoring(tmp_path_factory) -> Path:
    """An empty repository with the rules of this one on what git ignores."""
    folder = tmp_path_factory.mktemp("ignoring")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    shutil.copy(ROOT / ".gitignore", folder)
    return folder


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("data/responses/2016.csv", True),
        ("data/responses/2016.json", True),
        ("data/responses/.staging-x/utf8.csv", True),
        ("data/2016.sav", True),
        ("respondenten.ZSAV", True),
        ("data/2016.parquet", True),
        ("docs/2016.xlsx", True),
        ("2016.SaV", True),
        ("data/2016.POR", True),
        ("data/2016.dta", True),
        ("book/2016.xls", True),
        ("notebooks/antwoorden.XLSX", True),
        ("data/2016.tsv", True),
        ("2016.zip", True),
        ("data/2016.ods", True),
        ("data/2016.csv", True),
        ("data/2016.txt", True),
        ("2016.txt", True),
        ("2016.CSV", True),
        ("book/_static/antwoorden.csv", True),
        ("notebooks/2016.csv", True),
        ("data/figures/antwoorden.csv", True),
        ("data/figures/2016 kopie.csv", True),
        ("data/figures/2016.CSV", True),
        ("data/Responses/2016.sas7bdat", True),
        ("data/antwoorden/2016", True),
        ("data/2016.feather", True),
        ("data/2016.rds", True),
        ("data/2016.RData", True),
        ("data/2016.sav.bak", True),
        ("2016.sav~", True),
        ("2016.csv.old", True),
        ("2016.csv.gz", True),
        ("2016.7z", True),
        ("2016.json", True),
        (".x8f3.part", True),
        ("~$2016.docx", True),
        (".~lock.2016.txt#", True),
        ("core", True),
        ("core.4711", True),
        ("notebooks/core", True),
        ("data/figures/2016.csv", False),
        ("data/figures/2024-03.csv", False),
        ("data/margins/2016.csv", False),
        ("data/correlations/2016.csv", False),
        ("data/codebooks/2016.json", False),
        ("data/published/2016.csv", False),
        ("data/published/questions/2024-03.csv", False),
        ("data/published/antwoorden.csv", True),
        ("data/published/questions/kopie.csv", True),
        ("data/published/other/2016.csv", True),
        ("data/revisions.csv", False),
        ("data/corrections.toml", False),
        ("data/accessibility.json", False),
        ("examples/tweede/data/figures/2020.csv", False),
        ("web/data/figures.csv", False),  # what was published, which git keeps
        ("web/2014/en/data/figures.parquet", False),
        ("web/2014/charts/keten.xlsx", False),
        ("web/2014/data/responses/2016.csv", True),
        ("web/2014/data/2016.sav", True),
        ("web/2016.csv", True),
        ("web/2016.xlsx", True),
        ("src/wavebook/core/__init__.py", False),
        ("requirements.txt", False),
        ("book/picture.png", False),
    ],
)
def test_a_respondent_file_in_another_folder_is_refused_by_the_hook_and_ignored_by_git(ignoring, name, refused):
    assert bool(re.search(hook(), name)) == refused
    ignored = subprocess.run(["git", "check-ignore", "-q", name], cwd=ignoring, check=False).returncode == 0
    assert ignored == refused


@pytest.mark.slow
@pytest.mark.parametrize("umask", often([0o000, 0o077], 0o000))
def test_what_is_made_beside_respondents_its_owner_alone_can_read(tmp_path, umask):
    """Whatever the umask, and also where an earlier version left it open."""
    code = f"""
import os, stat, sys
from pathlib import Path
from wavebook.survey.disclosure import suppression
from wavebook.survey.files import staging
from wavebook.survey import wave
os.umask({umask})
root, seen = Path({str(tmp_path / "book")!r}), set()
suppress = suppression.suppress
def look(*arguments, folder, **options):
    seen.update((path.name, stat.S_IMODE(path.stat().st_mode)) for path in (folder,))
    return suppress(*arguments, folder=folder, **options)
suppression.suppress = look
wave.estimate_wave(root, "2016")
assert seen and all(mode == 0o700 for _, mode in seen), seen
assert stat.S_IMODE((root / "data/responses/2016.json").stat().st_mode) == 0o600
assert stat.S_IMODE((root / "data/figures/2016.csv").stat().st_mode) == 0o644
"""
    demo.make_wave(tmp_path / "book", root=lending.SOURCE, respondents=600)
    beside = tmp_path / "book" / "data" / "responses" / "2016.json"
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        beside.chmod(0o644)  # as an earlier version left it; its content does not change


@pytest.mark.parametrize(
    "work", often(["estimate 2016", "inspect data/responses/2016.sav", "open_file"], "estimate 2016")
)
def test_a_crash_leaves_nothing_of_the_memory(tmp_path, work):
    root = demo.make_wave(tmp_path / "book", root=lending.SOURCE, respondents=600).root
    arguments = work.split()
    crash = "import os, pyreadstat; pyreadstat.read_sav = lambda *_, **__: os.abort()\n"
    crash += f"import sys; sys.argv[1:] = {arguments!r}\n"
    if work == "open_file":
        crash += "from pathlib import Path; from wavebook.survey.files.surveyfile import open_file\n"
        crash += "open_file(Path('data/responses/2016.sav'))\n"
    else:
        crash += "from wavebook.cli import command; command()\n"

    def with_cores():
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))

    done = subprocess.run(
        [sys.executable, "-c", crash], cwd=root, capture_output=True, preexec_fn=with_cores, check=False
    )
    assert done.returncode in (1, -signal.SIGABRT)
    left = [path.relative_to(root).as_posix() for path in root.rglob("*") if "core" in path.name]
    assert left == []


def test_no_file_of_the_repository_is_taken_for_respondents():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    names = list(filter(None, listed.decode().split("\0")))
    assert [name for name in names if re.search(hook(), name)] == []
    ignored = subprocess.run(["git", "ls-files", "-i", "-c", "--exclude-standard"], cwd=ROOT, capture_output=True)
    assert ignored.stdout == b""


@pytest.mark.slow
def test_a_package_of_the_library_holds_no_respondents(tmp_path):
    copy = tmp_path / "copy"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file() and not name.startswith("tests/"):  # the marks stand in this file
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    write(copy, "sav"), write(copy, "xlsx")
    make = "from setuptools import build_meta as b; b.build_wheel('../out'); b.build_sdist('../out')"
    (tmp_path / "out").mkdir()
    subprocess.run([sys.executable, "-c", make], cwd=copy, check=True, capture_output=True)
    (source,) = (tmp_path / "out").glob("*.tar.gz")
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path / "out" / "source", filter="data")
    assert len(list((tmp_path / "out").glob("*.whl"))) == 1
    assert leaks(tmp_path / "out") == {}
    assert not list((tmp_path / "out" / "source").rglob("*responses/*"))


# --- what is said when something is wrong -----------------------------------------------------------------


def misread(role: str, column: str) -> dict:
    """A wave that takes a private column for something else."""
    design, columns, more = dict(DESIGN), dict(COLUMNS), ""
    if role in ("respondent", "weight", "strata", "clusters", "population_size"):
        design[role] = f'"{column}"'
    elif role == "filter":
        design["filter"] = f'{{ {column} = ["x"] }}'
    elif role == "asked_if":
        more = f'[waves.2016.responses.asked_if]\ngrade = {{ {column} = ["1"] }}'
    elif role == "lonely":
        design["strata"] = f'["regio", "{column}"]'
    else:
        columns[role] = f'"{column}"'
    return {"design": design, "columns": columns, "more": more}


ROLES = "respondent weight strata clusters population_size filter asked_if lonely".split() + list(COLUMNS)


FEW = ("weegfactor", "opm")  # a number, and what was typed
TAKEN = [(role, FEW) for role in ("respondent", "filter", "grade")]


@pytest.mark.parametrize(("role", "columns"), often([*TAKEN, *((role, PRIVATE) for role in ROLES)], *TAKEN))
def test_a_private_column_that_is_taken_for_something_else_is_not_quoted(tmp_path, role, columns):
    for column in columns:
        root = marked(tmp_path / column, **misread(role, column))
        run = book.wavebook(root, "estimate", "2016")
        assert found_in((run.out + run.err).encode()) == [], (column, run.err)
        assert leaks(root) == {}
        assert run.code == 0 or run.problems


@pytest.mark.parametrize("column", ["respondent", "strata", "weight", "grade", "share.yes"])
def test_a_margin_of_another_column_quotes_nobody(tmp_path, column):
    root = marked(tmp_path)
    (root / "data/margins").mkdir()
    (root / "data/margins/2016.csv").write_text(f"column,category,total\n{column},een,900\n{column},twee,100\n")
    run = book.wavebook(root, "estimate", "2016")
    assert {problem.code for problem in run.problems} & {"W161", "W162", "W163"}
    assert found_in(run.err.encode()) == []


def put(column: str, value, rows: int = 1):
    """The respondents with something else in the first rows of a column."""

    def change(frame: pl.DataFrame) -> pl.DataFrame:
        old = frame[column]
        kind = pl.String if isinstance(value, str) else old.dtype
        new = pl.Series(column, [value] * rows, kind, strict=False)
        return frame.with_columns(pl.concat([new, old[rows:].cast(kind)]))

    return change


def mails(root: Path, content) -> None:
    """Spoil the bytes of the file."""
    (path,) = (root / "data/responses").iterdir()
    path.write_bytes(content(path.read_bytes()))


ASKED = '[waves.2016.responses.asked_if]\ngrade = { regio = ["1"] }'
# Code → what is wrong: the file's kind, its respondents, its declaration, and what happens to its bytes.
FAULTS = {
    "W101": {"after": lambda root: mails(root, lambda _: b"") or (root / "data/responses/2016.sav").unlink()},
    "W102": {"after": lambda root: write(root, "csv")},
    "W103": {"after": lambda root: mails(root, lambda old: old[: len(old) // 2])},
    "W103 csv": {"kind": "csv", "after": lambda root: mails(root, lambda old: old.replace(b"mail3vw", b"mail3vw;x"))},
    "W103 parquet": {"kind": "parquet", "after": lambda root: mails(root, lambda old: old[:-100] + old[-90:])},
    "W103 xlsx": {"kind": "xlsx", "after": lambda root: book.edit(root, "data/waves.toml", '"antwoorden"', '"ander"')},
    "W104": {"frame": put("antwoord", 7.0, 3)},
    "W104 text": {"frame": put("thema", text("thema"))},
    "W105": {
        "kind": "csv",
        "columns": {"theme": '"opm"'},
        "after": lambda root: mails(root, lambda old: b"\xef\xbb\xbf" + old.replace(b"klaagde", b"klaagd\xe9")),
    },
    "W107": {"columns": {"grade": '"cijfers"'}},
    "W108": {"kind": "csv", "after": lambda root: mails(root, lambda old: old.replace(b"mail", b"opm", 1))},
    "W109": {"columns": {"share": '"$set"'}},
    "W111": {"frame": put("cijfer", 731955000123.0)},
    "W112": {"kind": "csv", "frame": put("cijfer", text("cijfer"))},
    "W113": {"frame": put("cijfer", None, 240)},
    "W114": {
        "kind": "csv",
        "columns": {"grade": '"inkomen"'},
        "frame": lambda frame: put("inkomen", "731955000123,5")(put("inkomen", "731955000124.5", 2)(frame)),
    },
    "W115": {
        "kind": "csv",
        "columns": {"theme": '"opm"'},
        "frame": lambda frame: pl.concat(
            [frame.with_columns(pl.col("opm") + f" {i}", pl.col("respnr") + 1000 * i) for i in range(5)]
        ),
    },
    "W121": {"frame": put("respnr", 731955000239.0, 3)},
    "W122": {"frame": put("respnr", None)},
    "W123": {"more": ASKED},
    "W124": {"more": ASKED, "frame": put("cijfer", None, 9)},
    "W125": {"design": {"filter": "{ regio = [9] }"}},
    "W126": {"frame": lambda frame: frame.with_columns(thema=pl.lit("01"))},
    "W131": {"frame": put("weegfactor", None)},
    "W132": {"frame": put("weegfactor", 0.0)},
    "W133": {"design": {"weight_sum": "1000"}},
    "W134": {"frame": put("regio", None)},
    "W135": {"design": {"population_size": '"cijfer"'}},
    "W136": {"design": {"filter": '{ thema = ["X", "01"] }'}, "frame": put("thema", "x", 9)},
    "W137": {"design": {"strata": '"thema"'}, "frame": put("thema", "#N/B")},
    "W141": {"frame": put("weegfactor", 99.017319570)},
    "W143": {"frame": lambda frame: frame.with_columns(pl.col("antwoord").replace(3.0, 2.0))},
    "W144": {"codes": CODES.replace('02 = "school"', '02 = "other"')},
    "W145": {"earlier": {"question": "Een andere vraag?", "labels": {}}},
    "W147": {"kind": "csv", "after": lambda root: mails(root, lambda old: old.replace(b"klaagde", b"klaagd\xe9"))},
    "W149": {"kind": "csv", "after": lambda root: mails(root, lambda old: b"Titel\n" + old)},
    "W154": {"design": {"clusters": '"thema"'}},
    "W157": {"frame": put("regio", 731955000001.0)},
    "W157 named": {"frame": put("regio", 7.0)},
    "W160": {"margins": "theme,work,veel\ntheme,school,1\n"},
    "W161": {"margins": "mail,x,1\n"},
    "W162": {"margins": "theme,work,1\ntheme,school,1\ntheme,thuis,1\n"},
    "W163": {"margins": "theme,work,1000\n"},
    "W164": {"margins": "theme,work,1\ntheme,school,1\npopulation,citizens,9\n"},
    "W165": {"margins": "population,citizens,100\n"},
    "W167": {"margins": "theme,work,1\ntheme,school,1000\n", "design": {"weighting": "{ trim = 1.1 }"}},
    "W180": {
        "frame": lambda frame: frame.with_columns(hokje=pl.when(pl.col("antwoord") == 1).then(1.0)),
        "columns": {"share": '{ yes = "hokje" }'},
        "codes": CODES.replace('1 = "yes", 2 = "no", 3 = "maybe"', '1 = "yes"'),
    },
    "W181": {"codes": CODES.replace('1 = "yes", 2 = "no"', '1 = "no", 2 = "yes"')},
    "W182": {"columns": {"grade": '"antwoord"'}},
    "W183": {
        "kind": "csv",
        "frame": lambda frame: put("antwoord", "1;2", 9)(
            frame.with_columns(pl.col("antwoord").cast(pl.Int64).cast(pl.String))
        ),
    },
    "W184": {"design": {"missing": "[9]", "missing_in": "{}"}},
}


@pytest.mark.parametrize("code", often(FAULTS, *list(FAULTS)[::4]))
def test_what_is_wrong_with_a_file_is_told_without_a_mark(tmp_path, code):
    fault = {"kind": "sav", "frame": lambda frame: frame, "after": lambda root: None, **FAULTS[code]}
    declared = {"design": DESIGN | fault.get("design", {}), "columns": COLUMNS | fault.get("columns", {})}
    declared |= {name: fault[name] for name in ("codes", "more") if name in fault}
    root = marked(tmp_path / "book", fault["kind"], fault["frame"](answers()), **declared)
    if "margins" in fault:
        (root / "data/margins").mkdir()
        (root / "data/margins/2016.csv").write_text(f"column,category,total\n{fault['margins']}")
    if "earlier" in fault:
        (root / "data/codebooks").mkdir()
        kept = {"questions": {"grade": {**fault["earlier"], "columns": ["v1"]}}}
        (root / "data/codebooks/2014.json").write_text(json.dumps(kept))
    fault["after"](root)
    run = book.wavebook(root, "estimate", "2016")
    assert re.search(rf"^ *{code[:4]} ", run.err + run.out, re.MULTILINE), run.err + run.out
    assert set(found_in((run.out + run.err).encode())) <= {text("blad")}  # the name of a sheet to choose from
    assert leaks(root) == {}


def test_labels_that_spss_made_of_typed_answers_are_kept_nowhere(tmp_path):
    root = marked(tmp_path / "book", codes=CODES.replace('3 = "maybe"', '3 = "maybe", "4..99" = "other"'))
    run = book.wavebook(root, "estimate", "2016")
    assert run.code == 0, run.err
    kept = json.loads((root / "data/codebooks/2016.json").read_text())["questions"]["share"]
    assert kept["labels"] == {"1": "ja", "2": "nee", "3": "misschien"}


# --- a run that is killed ---------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_estimate_that_is_killed_leaves_answers_in_their_own_folder_alone(tmp_path, monkeypatch):
    for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name))
    # what is removed by those who wait for a run to end, and what it held
    (tmp_path / "rm").write_text('#!/bin/sh\nls "$@" >> "$0.log" 2> /dev/null\nexec /bin/rm "$@"\n')
    (tmp_path / "rm").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    # letters of cp1252 make the reader write a copy in UTF-8
    root = marked(tmp_path / "book", "csv")
    mails(root, lambda old: old.replace(b"klaagde", b"klaagd\xe9"))
    with Mishaps() as server:
        for _ in range(2):  # the second writes no table: it is there
            total = server.run(root, "wavebook", "estimate", "2016")["changes"]
        for at in sorted({1, 2, 3, 4, total // 3, total // 2, total - 1}):
            assert server.run(root, "wavebook", "estimate", "2016", at=at)["code"] == -9
            assert leaks(tmp_path, beside=("book/data/responses",)) == {}
            gone = time.monotonic() + 10  # its guard takes away what a killed run left
            while copies(root) and time.monotonic() < gone:
                time.sleep(0.01)
            assert copies(root) == []
        assert "utf8.csv" in (tmp_path / "rm.log").read_text(), "no run was killed while a copy was there"
        assert server.run(root, "wavebook", "estimate", "2016")["code"] == 0
    assert {path.name for path in (root / "data/responses").iterdir()} == {"2016.csv", "2016.json"}


def copies(root: Path) -> list[Path]:
    return list((root / "data/responses").glob(".staging-*"))


def test_a_copy_that_another_run_works_on_is_left_alone(tmp_path):
    first = staging.Staging(tmp_path / "2016.csv")
    (first.folder / "part.parquet").write_bytes(b"")
    staging.Staging(tmp_path / "2016.csv")
    assert first.folder.is_dir()
    gone = tmp_path / ".staging-of-a-run-that-was-killed"
    gone.mkdir()
    staging.Staging(tmp_path / "2016.csv")
    assert not gone.exists()


# --- what is public of a table with suppressed figures ----------------------------------------------------


def figures(root: Path) -> dict[str, dict]:
    with (root / "data/figures/2016.csv").open(encoding="utf-8") as file:
        return {
            ".".join(filter(None, (row["indicator"], row["category"], row["segment"], row["population"]))): row
            for row in csv.DictReader(file)
        }


def few(count: int):
    """So many respondents in one theme, all others in the other."""
    return lambda frame: frame.with_columns(
        thema=pl.when(pl.int_range(pl.len()) < count).then(pl.lit("02")).otherwise(pl.lit("01"))
    )


def test_reasons_and_sizes_of_suppressed_groups_stay_beside_the_respondents(tmp_path):
    root = marked(tmp_path / "book", frame=few(11)(answers()))
    (root / "data/margins").mkdir()
    (root / "data/margins/2016.csv").write_text("column,category,total\ntheme,work,900\ntheme,school,100\n")
    report = wave.estimate_wave(root, "2016")
    assert any("fewer than 30" in line for line in report.suppressed)
    assert {m["respondents"] for m in report.weighting["margins"]} == {11, 229}
    assert json.loads((root / "data/responses/2016.json").read_text())["suppressed"] == report.suppressed
    public = [p for p in (root / "data").rglob("*") if p.is_file() and "responses" not in p.parts]
    for path in public:
        content = path.read_text(encoding="utf-8")
        assert "fewer than 30" not in content
        assert not re.search(r"(?<![\d.])(11|229)\b", content) or path.suffix == ".toml", path
    hidden = [row for row in figures(root).values() if row["status"] == "suppressed"]
    assert hidden
    assert {row[name] for row in hidden for name in NUMBER_COLUMNS} == {""}


def test_a_group_that_gives_the_same_grade_is_not_shown(tmp_path):
    same = few(60)(answers()).with_columns(
        cijfer=pl.when(pl.col("thema") == "02").then(7.0).otherwise(pl.col("cijfer"))
    )
    root = marked(tmp_path / "book", frame=same, columns={"grade": '"cijfer"', "theme": '"thema"'}, codes=THEMES)
    wave.estimate_wave(root, "2016")
    assert figures(root)["grade.school.total"]["status"] == "suppressed"


def test_a_breakdown_within_another_is_protected_from_who_knows_what_lies_in_what(tmp_path):
    # ten people moved; without the nesting, the cheapest group to hide with them would be of the other theme
    sizes = {"moving": ("02", 10), "renting": ("02", 90), "study": ("01", 40), "grant": ("01", 100)}
    events = [(theme, event) for event, (theme, size) in sizes.items() for _ in range(size)]
    frame = answers().with_columns(
        thema=pl.Series([theme for theme, _ in events]), gebeurtenis=pl.Series([event for _, event in events])
    )
    columns = {"grade": '"cijfer"', "theme": '"thema"', "event": '"gebeurtenis"'}
    root = marked(tmp_path / "book", frame=frame, columns=columns, codes=THEMES)
    with (root / "data/indicators.toml").open("a") as file:
        file.write('\n[segments.event]\nnl = "x"\nen = "x"\n[segments.event.values]\n')
        file.writelines(f'{event} = {{ nl = "{event}", en = "{event}" }}\n' for event in sizes)
    wave.estimate_wave(root, "2016")
    found = figures(root)
    assert {name for name in sizes if found[f"grade.{name}.total"]["status"] == "suppressed"} == {"moving", "renting"}


def published(folder: Path, count: int) -> Path:
    root = marked(folder, frame=few(count)(answers()))
    wave.estimate_wave(root, "2016")
    book.edit(root, "data/waves.toml", 'bureau = "Twee"\n', 'bureau = "Twee"\npublished = true\n')
    return root


@pytest.mark.slow
def test_the_record_of_revisions_does_not_repeat_what_is_suppressed_from_then_on(tmp_path):
    root = published(tmp_path / "book", 60)
    before = figures(root)["grade.school.total"]
    assert before["value"]
    book.edit(root, "data/waves.toml", "minimum_base = 30", "minimum_base = 70")
    wave.estimate_wave(root, "2016", revise="strenger", reasons={"en": "stricter"})
    assert figures(root)["grade.school.total"]["status"] == "suppressed"
    with (root / "data/revisions.csv").open(encoding="utf-8") as file:
        record = {row["figure"]: row for row in csv.DictReader(file)}
    row = record["grade@theme=school,2016"]
    assert (row["before"], row["after"], row["reason"]) == ("", "", "strenger")
    assert f"{float(before['value']):g}" not in (root / "data/revisions.csv").read_text()


def test_a_revision_for_a_few_respondents_needs_the_leave_of_who_owns_the_data(tmp_path):
    root = published(tmp_path / "book", 100)
    write(root, "sav", few(100)(answers())[3:])
    run = book.wavebook(root, "estimate", "2016", "--revise", "drie te veel", "--reason", "en=three too many")
    assert [problem.code for problem in run.problems] == ["W175"]
    assert not (root / "data/revisions.csv").exists()
    book.edit(root, "data/waves.toml", "minimum_base = 30\n", "minimum_base = 30\nrevise_few = true\n")
    run = book.wavebook(root, "estimate", "2016", "--revise", "drie te veel", "--reason", "en=three too many")
    assert run.code == 0, run.err


def test_a_figure_entered_by_hand_counts_as_known(tmp_path):
    root = marked(tmp_path / "book", frame=few(11)(answers()))
    wave.estimate_wave(root, "2016")
    assert figures(root)["grade.total"]["value"]
    path = root / "data/figures/2016.csv"
    row = "2016,grade,total,theme,work,,6.5,grade,229,,,,,published,report,bladzijde 1\n"
    path.write_text(re.sub(r"(?m)^2016,grade,total,theme,work.*\n", row, path.read_text()))
    wave.estimate_wave(root, "2016")
    assert not figures(root)["grade.total"]["value"], "the eleven others follow from it and the total"
