import json
import re
import shutil
import tomllib
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from wavebook.definitions import load_definitions
from wavebook.demo import make_wave
from wavebook.inspection import inspect

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return make_wave(tmp_path_factory.mktemp("demo"), root=ROOT)


def responses_table(text):
    return tomllib.loads(text)["waves"]["2016"]["responses"]


def test_inspection_proposes_a_block_that_reads_the_file_as_declared(demo):
    definitions = load_definitions(ROOT)
    report = inspect(demo.path, definitions)
    proposed = responses_table(report.block)
    truth = responses_table((demo.root / "data" / "waves.toml").read_text(encoding="utf-8"))
    skipped = {"grade_band_chain"}  # which marks are a fail is for a person to say
    assert proposed["columns"] == {k: v for k, v in truth["columns"].items() if k not in skipped}
    for name in ("theme", "channel_used", "mijnoverheid_used"):
        assert {int(k) if k.isdigit() else k: v for k, v in proposed["codes"][name].items()} == {
            int(k) if k.isdigit() else k: v for k, v in truth["codes"][name].items()
        }
    for role in ("respondent", "weight", "strata", "clusters", "filter"):
        assert proposed[role] == truth[role]
    assert '# grade_band_chain = "v11"' in report.block


def test_the_proposed_block_can_be_pasted_once_its_gaps_are_filled(demo, tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("responses"))
    definitions = load_definitions(ROOT)
    block = inspect(demo.path, definitions).block.replace('= ""  # fill in', '= "ingevuld"')
    block = block.replace('"bureau2016"', '"io2016"')
    with (tmp_path / "data" / "waves.toml").open("a", encoding="utf-8") as waves:
        waves.write(f"\n{block}")
    assert load_definitions(tmp_path).waves[2016].responses.weight == "weegfactor"


def test_inspection_of_a_declared_wave_proposes_what_is_declared(demo):
    definitions = load_definitions(demo.root)
    block = responses_table(inspect(demo.path, definitions).block)
    declared = responses_table((demo.root / "data" / "waves.toml").read_text(encoding="utf-8"))
    for table in ("columns", "asked_if", "filter", "missing", "strata", "weight", "population_size"):
        assert block[table] == declared[table]
    assert {name: {k.lstrip("0"): v for k, v in t.items()} for name, t in block["codes"].items()} == {
        name: {k.lstrip("0"): v for k, v in t.items()} for name, t in declared["codes"].items()
    }


def test_the_report_shows_columns_in_counts_and_no_typed_text(demo):
    report = str(inspect(demo.path, load_definitions(ROOT)))
    assert re.search(r"v11 +number +1\d{3} +\d+ +\d+  \d+ to \d+  → grade_chain", report)
    assert re.search(r"thema +number .* stored as text  → theme", report)
    assert "Declared and not found: life_events" in report
    assert "$kanalen: multiple response set of v15_1" in report
    assert "verzonnen opmerking" not in report


def test_the_report_names_questions_that_changed_since_the_previous_wave(tmp_path):
    definitions = load_definitions(ROOT)
    name = definitions.indicators["grade_chain"].name.nl
    kept = {"wave": 2016, "questions": {"grade_chain": {"question": name, "labels": {}, "columns": ["v1"]}}}
    (tmp_path / "data" / "codebooks").mkdir(parents=True)
    (tmp_path / "data" / "codebooks" / "2016.json").write_text(json.dumps(kept))
    path = tmp_path / "2018.sav"
    pyreadstat.write_sav(pl.DataFrame({"v1": [7.0]}), path, column_labels={"v1": f"{name}, nu"})
    report = inspect(path, definitions, root=tmp_path)
    assert report.wave == 2018
    assert "Changed since 2016" in str(report)
    assert [(c.name, c.what, c.after) for c in report.changes] == [("grade_chain", "question", f"{name}, nu")]


def test_inspection_tells_which_encoding_a_lying_file_needs(tmp_path):
    path = tmp_path / "2016.sav"
    pyreadstat.write_sav(pl.DataFrame({"v1": [7.0]}), path, column_labels={"v1": "Vraag één"})
    path.write_bytes(path.read_bytes().replace("één".encode(), b"\xe9\xe9n  "))
    report = inspect(path, load_definitions(ROOT))
    assert 'encoding = "cp1252"' in report.block
    assert "Vraag één" in str(report)
