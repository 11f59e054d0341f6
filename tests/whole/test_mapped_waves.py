"""A second wave of answers by the commands alone: looked at, declared, mapped, signed, estimated."""

import re

import pytest
from series import COLUMNS, LABELS, TEXTS, Series

from wavebook.cli import main

RULES = '[disclosure]\nminimum_base = 5\ndominance_share = 90\nsource = "wij"\n'
BLOCK = {"v11": "v14", "v12": "v11", "v13": "v12"}  # the first question stands behind the others now
NOW = {BLOCK[column]: text for column, text in TEXTS.items()}


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    series = Series(tmp_path)
    for name in ("_config.yml", "_toc.yml"):
        (tmp_path / name).write_text("title: Boek\nlanguages: [nl, en]\n" if name == "_config.yml" else "root: index\n")
    monkeypatch.chdir(tmp_path)

    def made(*words):
        code = main([*words])
        told = capsys.readouterr()
        return code, told.out + told.err

    made.series = series
    return made


def test_a_second_wave_is_estimated_once_its_mapping_is_answered_and_signed(run):
    series = run.series
    labels = {BLOCK[column]: table for column, table in LABELS.items()}
    series.respondents("2018", NOW, labels | {"v12": {1.0: "nee", 2.0: "ja"}})
    code, told = run("inspect", "data/responses/2018.sav")
    assert 'mark = "v14"' in told
    assert 'other_mark = "v11"' in told
    columns = {name: BLOCK[column] for name, column in COLUMNS.items()}
    series.declare_wave("2018", columns, {"used": '{ 1 = "no", 2 = "yes" }'}, breaks=RULES)
    code, told = run("estimate", "2018")
    assert code == 1
    assert re.search("W117 .*the scale of used runs the other way", told)
    code, told = run("inspect", "data/responses/2018.sav", "--mapping")
    assert code == 0
    assert "to answer: used: direction of the scale: “1 ja … 2 nee” → “1 nee … 2 ja”" in told
    assert run("sign", "2018", "--by", "A. de Vries")[0] == 1
    path = series.root / "data/mappings/2018.toml"
    text = path.read_text(encoding="utf-8").replace('answer = ""', 'answer = "mended"')
    path.write_text(text.replace('reason = ""', 'reason = "de codes zijn omgedraaid"'), encoding="utf-8")
    code, told = run("estimate", "2018")
    assert (code, "W127 data/mappings/2018.toml: nobody has signed it" in told) == (1, True)
    code, told = run("sign", "2018", "--by", "A. de Vries", "--note", "nagelopen")
    assert (code, told) == (0, "data/mappings/2018.toml: signed by A. de Vries; 3 variables, 1 changed (1 mended)\n")
    code, told = run("estimate", "2018")
    assert code == 0, told
    assert (series.root / "data/codebooks/2018.json").is_file()
    assert "The codes make up for it: de codes zijn omgedraaid" in told
