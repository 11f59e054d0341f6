"""Respondents of any size: read in parts, summed while they stream by, and nothing left of them on the disk."""

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl
import pyreadstat
import pytest
import respondents
from answered import INDICATORS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from sweeps import often

from wavebook.definitions import load_definitions
from wavebook.survey import wave
from wavebook.survey.answers import checks
from wavebook.survey.answers.responses import read_responses
from wavebook.survey.estimation import sample
from wavebook.survey.estimation.design import Band, Design, Mean, Multiple, Ratio, Share, Total
from wavebook.survey.estimation.sample import Run
from wavebook.survey.files import limits
from wavebook.survey.files.opening import open_file
from wavebook.survey.files.staging import Staging
from wavebook.survey.inspection.inspect import inspect

# --- sums in many passes over many parts are those of one table in memory -----------------------------------


@st.composite
def surveys(draw):
    """A made-up sample of any design, and the design."""
    seed, n = draw(st.integers(0, 2**32)), draw(st.integers(8, 120))
    rng = np.random.default_rng(seed)
    stratum = np.arange(n) % draw(st.integers(1, 3))
    frame = pl.DataFrame(
        {
            "wave": np.arange(n) // 3 % 2,
            "stratum": stratum,
            "cluster": rng.integers(0, draw(st.integers(2, 9)), n) * 10 + stratum,
            "size": np.full(n, 10_000),
            "weight": rng.gamma(2, 1, n) * (rng.random(n) > 0.1),
            "kind": [(None, "a", "b")[i] for i in rng.choice(3, n, p=[0.1, 0.5, 0.4])],
            "area": rng.integers(0, draw(st.integers(1, 4)), n),
            "grade": np.where(rng.random(n) < 0.1, np.nan, rng.integers(1, 11, n)),
            "hours": rng.gamma(2, 3, n),
            "choice": rng.integers(1, 4, n),
        }
    ).with_columns(pl.col("kind").fill_null("a").alias("margin"))
    design = Design(
        weight=draw(st.sampled_from([None, "weight"])),
        strata=draw(st.sampled_from([(), "stratum"])),
        clusters=draw(st.sampled_from([(), "cluster"])),
        population_size=draw(st.sampled_from([None, "size"])),
        nest=True,
        lonely=draw(st.sampled_from(["adjust", "remove", "average"])),
        calibrated_on=draw(st.sampled_from([(), "margin", ("margin", "area")])),
    )
    return frame, design


WHAT = [
    Mean("mean", "grade"),
    Band("band", "grade", low=7, high=9),
    Ratio("ratio", "grade", "hours"),
    Share("share", "choice", {1: "one", 2: "two", 3: "three"}),
    Total("total", "hours"),
    Multiple("multiple", {"first": "choice", "second": "wave"}),
]


def agree(streamed: Run, whole: Run) -> None:
    """The same groups, units and sums, up to the order of adding; what follows from them is computed in one way."""
    assert np.array_equal(streamed.sample.n, whole.sample.n)
    tables = [*zip([*streamed.tables, *streamed.fits], [*whole.tables, *whole.fits], strict=True)]
    if whole.design.margins:
        tables += [(streamed.sample.cells.sums, whole.sample.cells.sums)]
        tables += [(streamed.sample.cells.names, whole.sample.cells.names)]
        assert np.array_equal(streamed.sample.cells.columns, whole.sample.cells.columns)
    for one, other in tables:
        assert_frame_equal(one, other, rel_tol=1e-12, abs_tol=0)


PASSES = given(surveys(), st.integers(5, 40), st.integers(3, 12), st.sampled_from([None, ("wave", 0, 1)]))


@pytest.mark.slow
@settings(max_examples=60)
@PASSES
def test_sums_in_very_many_passes_too(survey, rows, sums, across):
    in_passes(survey, rows, sums, across)


@settings(max_examples=12)
@PASSES
def test_sums_in_many_passes_over_parts_are_those_of_a_table_in_memory(survey, rows, sums, across):
    in_passes(survey, rows, sums, across)


def in_passes(survey, rows, sums, across):
    frame, design = survey
    asked = design, WHAT, ["area", "stratum"], "kind", across
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for number, part in enumerate(frame.iter_slices(rows)):
            part.write_parquet(Path(folder, f"{number:04}.parquet"))
        whole = sample.run_over(frame, *asked)
        for name in ("FEWEST_SUMS", "MOST_SUMS", "GROUPS_TIMES_SUMS"):
            patch.setattr(sample, name, sums)
        agree(sample.run_over(pl.scan_parquet(Path(folder, "*.parquet")), *asked), whole)


# --- files read in parts have the answers of files read whole ------------------------------------------------

WAVE = """
baseline = 2016

[disclosure]
minimum_base = 2
dominance_share = 90
source = "verzonnen"

[waves.2016]
name = { nl = "meting", en = "wave" }
bureau = "bureau"
client = { nl = "klant", en = "client" }
source = "bureau"
made_up = true

[waves.2016.responses]
source = "bureau"
locator = "verzonnen"
respondent = "number"
weight = "weight"
strata = "stratum"
clusters = "cluster"
missing = [99]
lonely = "adjust"

[waves.2016.responses.columns]
mark = "v1"
used = "v2"
visits = "v3"
theme = "t"

[waves.2016.responses.codes]
used = { 1 = "yes", 2 = "no", 9 = "missing" }
theme = { 01 = "education", 02 = "housing", 97 = "other" }
"""


def declared(root: Path) -> Path:
    """A book with some indicators and two themes, and no respondents yet."""
    (root / "data/responses").mkdir(parents=True)
    (root / "data/indicators.toml").write_text(INDICATORS, encoding="utf-8")
    (root / "data/waves.toml").write_text(WAVE, encoding="utf-8")
    (root / "data/context.toml").write_text("", encoding="utf-8")
    source = "@misc{bureau, author = {Bureau}, title = {T}, year = {2016}}"
    (root / "data/references.bib").write_text(source, encoding="utf-8")
    return root


def answers(seed: int, n: int) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    cluster = np.sort(rng.integers(0, 6, n))  # in the order of fieldwork, so that parts cut through clusters
    return pl.DataFrame(
        {
            "number": np.arange(n) + 1.0,
            "weight": rng.gamma(4, 0.25, n).round(4) + 0.01,
            "stratum": cluster % 2 + 1.0,
            "cluster": cluster + 100.0,
            "v1": rng.choice([*range(1, 11), 99.0], n),
            "v2": rng.choice([1.0, 2.0, 9.0], n),
            "v3": rng.choice([0.0, 1.0, 2.5, 99.0], n),
            "t": rng.choice(["01", "02", "97"], n),
        }
    )


def write(frame: pl.DataFrame, root: Path, kind: str) -> Path:
    path = root / "data/responses" / f"2016.{kind}"
    if kind == "csv":
        frame.write_csv(path, separator=";")
    elif kind == "parquet":
        frame.write_parquet(path, row_group_size=7)
    else:
        labels = {"v1": {1.0: "slecht", 10.0: "goed", 99.0: "weet niet"}, "t": {"01": "onderwijs", "02": "wonen"}}
        options = {"missing_ranges": {"v1": [99], "v3": [99]}, "variable_value_labels": labels}
        pyreadstat.write_sav(frame, path, compress=kind == "zsav", row_compress=kind == "sav", **options)
    return path


@pytest.mark.parametrize("kind", often(["sav", "zsav", "csv", "parquet"], "zsav", "csv"))
@settings(max_examples=settings.default.max_examples // 6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32), st.integers(30, 150), st.integers(1, 60))
def test_a_file_read_in_parts_has_the_answers_and_labels_of_one_read_whole(tmp_path_factory, kind, seed, n, rows):
    root = declared(tmp_path_factory.mktemp("book"))
    write(answers(seed, n), root, kind)
    found = {}
    for memory in (limits.IN_MEMORY, rows * 8 * 8 * 2):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(limits, "IN_MEMORY", memory)
            patch.setattr(limits, "SAMPLE_ROWS", 5)
            patch.setattr(checks, "ROWS_AT_ONCE", rows)
            patch.setattr(checks, "COUNTS_AT_ONCE", 3)
            read = read_responses(root, load_definitions(root), "2016")
            found[memory] = read.frame.collect(), read.questions, read.notices, read.respondents
    whole, parts = found.values()
    assert parts[0].equals(whole[0])
    assert parts[1:] == whole[1:]
    assert whole[3] == n


@pytest.mark.parametrize("kind", ["sav", "csv"])
def test_figures_from_parts_are_those_from_the_whole_file(tmp_path, monkeypatch, kind):
    root = declared(tmp_path)
    write(answers(1, 400), root, kind)
    wave.estimate_wave(root, "2016")
    figures = (root / "data/figures/2016.csv").read_bytes()
    (root / "data/figures/2016.csv").unlink()
    monkeypatch.setattr(limits, "IN_MEMORY", 33 * 8 * 8 * 2)  # 33 rows: parts end within clusters
    wave.estimate_wave(root, "2016")
    assert (root / "data/figures/2016.csv").read_bytes() == figures


@pytest.mark.parametrize("rows", [1, 10, 15, 30, 31])
def test_a_file_of_whole_parts_ends_with_its_last_row(tmp_path, monkeypatch, rows):
    path = tmp_path / "2016.sav"
    pyreadstat.write_sav(pl.DataFrame({"v": [1.0] * 30, "t": ["a"] * 29 + [""]}), path)
    monkeypatch.setattr(limits, "IN_MEMORY", rows * 16 * 2)
    read = open_file(path).load(["t", "v"], staging := Staging(path))[0].collect()
    assert read.to_dict(as_series=False) == {"t": ["a"] * 29 + [None], "v": [1] * 30}
    del staging


@pytest.mark.parametrize("kind", often(["sav", "csv", "parquet"], "csv"))
def test_a_wide_file_inspected_in_parts_shows_what_one_inspected_whole_shows(tmp_path, monkeypatch, kind):
    root = declared(tmp_path)
    frame = answers(3, 90)  # first narrow columns, then wide ones: these are read in more and smaller parts, or fewer
    narrow, texts = frame.drop("t"), pl.col("t") + "-" * 40
    columns = [narrow.rename(lambda name, i=i: f"{name}_{i}") for i in range(11)]
    columns += [frame.select(texts.alias(f"t_{i}")) for i in range(5)]
    for wide in (columns, columns[::-1]):
        path = write(pl.concat([frame, *wide], how="horizontal"), root, kind)
        with monkeypatch.context() as patch:
            whole = inspect(path, load_definitions(root))
            patch.setattr(limits, "IN_MEMORY", 20 * 8 * 80 * 2)
            assert inspect(path, load_definitions(root)).columns == whole.columns
            assert len(whole.columns) == frame.width + 11 * narrow.width + 5


def test_a_text_deep_in_a_column_of_numbers_is_met_in_a_large_file_too(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "IN_MEMORY", 1000)
    monkeypatch.setattr(limits, "SAMPLE_ROWS", 5)
    for cell in ("zeven", "nan", "1,5"):
        path = tmp_path / "2016.csv"
        path.write_text("v;w\n" + "7;1\n" * 500 + f"{cell};2\n" + "8;1\n" * 500)
        read = open_file(path).load(["v", "w"], staging := Staging(path))[0].collect()
        assert read["v"].to_list() == ["7"] * 500 + [cell] + ["8"] * 500
        del staging


def test_names_keep_their_zeros_in_a_large_file(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "IN_MEMORY", 1000)
    path = tmp_path / "2016.csv"
    path.write_text("number;v\n" + "".join(f"{i:03};07\n" for i in range(600)))
    staging = Staging(path)
    read = open_file(path).load(["number", "v"], staging, ["number"])[0].collect()
    assert read["number"].to_list() == [f"{i:03}" for i in range(600)]
    assert read["v"].to_list() == [7] * 600


# --- nothing stays on the disk ------------------------------------------------------------------------------

RUN = """
import sys, time
from pathlib import Path
from wavebook import cli; from wavebook.survey.files import limits; from wavebook.survey import protection

limits.IN_MEMORY = 1000
then = sys.argv.pop()
weighed = protection.weighed

def reached(*given):
    print("reached", flush=True)
    if then == "wait":
        time.sleep(60)
    if then == "fail":
        raise RuntimeError("an answer: 7")
    return weighed(*given)

protection.weighed = reached
sys.exit(cli.main())
"""


def run(root: Path, then: str) -> subprocess.Popen:
    command = [sys.executable, "-c", RUN, "estimate", "2016", then]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def left(root: Path, seconds: float = 10) -> list[str]:
    """What stays beside the respondent file, once those that tidy up had their time."""
    end = time.monotonic() + seconds
    while (found := [p.name for p in (root / "data/responses").glob(".*")]) and time.monotonic() < end:
        time.sleep(0.02)
    return found


@pytest.fixture(params=often(["sav", "csv"], "csv"))
def large(request, tmp_path):
    root = declared(tmp_path)
    write(answers(2, 300), root, request.param)
    return root


@pytest.mark.parametrize(("then", "code"), often([("go on", 0), ("fail", 1)], ("fail", 1)))
def test_parts_of_a_file_are_gone_when_a_run_ends_well_or_with_an_error(large, then, code):
    process = run(large, then)
    _, said = process.communicate(timeout=60)
    assert process.returncode == code, said
    assert left(large, 0) == []


@pytest.mark.parametrize("number", often([signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], signal.SIGTERM))
def test_parts_of_a_file_are_gone_when_a_run_is_ended(large, number):
    process = run(large, "wait")
    assert process.stdout.readline() == "reached\n"
    (folder,) = (large / "data/responses").glob(".staging-*")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert list(folder.glob("*.parquet"))
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode in (-number, 128 + number)  # to a shell, the same
    assert left(large) == []
    assert not (large / "data/figures/2016.csv").exists()


# --- memory -------------------------------------------------------------------------------------------------

PEAK = """
import re, sys
from pathlib import Path
from wavebook import cli
code = cli.main(["estimate", "2016"])
print(re.search(r"VmHWM:\\s+([0-9]+) kB", Path("/proc/self/status").read_text())[1])
sys.exit(code)
"""
SLOW = pytest.mark.slow


def peak(root: Path, people: int, kind: str, design: str) -> int:
    """The most memory in MiB that an estimate of so many respondents took."""
    root = respondents.make(root, people, kind)
    respondents.declare(root, kind, design)
    done = subprocess.run([sys.executable, "-c", PEAK], cwd=root, capture_output=True, text=True, check=True)
    assert len((root / "data/figures/2016.csv").read_text().splitlines()) == 1 + 60 * 31
    shutil.rmtree(root)
    return int(done.stdout.splitlines()[-1]) // 1024


@pytest.mark.parametrize(
    ("kind", "design", "few", "many"),
    [
        pytest.param("parquet", "weights", 100_000, 600_000, marks=SLOW),
        pytest.param("parquet", "weights, strata and clusters", 500_000, 3_000_000, marks=SLOW),
        pytest.param("csv", "weights", 500_000, 3_000_000, marks=SLOW),
        pytest.param("sav", "weights", 500_000, 3_000_000, marks=SLOW),
    ],
)
def test_more_respondents_take_no_more_memory(tmp_path, tally, kind, design, few, many):
    """More by less than a quarter of what the answers of those who came take as numbers; the figures are all there."""
    answers = (many - few) * 64 * 8 // 2**20
    taken = [peak(tmp_path / str(people), people, kind, design) for people in (few, many)]
    for people, mebibytes in zip((few, many), taken, strict=True):
        tally(f"MiB for {people:,} respondents, {kind}, {design}", mebibytes)
    assert taken[1] - taken[0] < answers / 4
    assert taken[1] < 1e9 / 2**20
