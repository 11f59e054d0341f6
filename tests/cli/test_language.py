"""The commands for those who write a language."""

import pytest

from wavebook.cli import main
from wavebook.language.words import LANGUAGES


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_a_language_of_this_library_is_complete(code, capsys):
    assert main(["language", "check", code]) == 0
    assert capsys.readouterr().out.startswith(f"{code}: complete, ")


def test_a_new_language_is_a_file_to_translate(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["language", "new", "pl"]) == 0
    assert capsys.readouterr().out.rstrip().endswith("wavebook language check pl pl.py")
    assert main(["language", "check", "pl", "pl.py"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert "charts, lines: is left in English: Line chart" in told
    assert "units, point: has 2 forms, not 4" in told
    assert told[-1].startswith(f"pl: {len(told) - 1} faults in ")
    before = (tmp_path / "pl.py").read_text(encoding="utf-8")
    assert main(["language", "new", "pl"]) == 1
    assert "is there already" in capsys.readouterr().err
    assert (tmp_path / "pl.py").read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("check qq", 2, "there are no words in qq"),
        ("new qq", 2, "CLDR has no language qq"),
        ("check pl nothing.py", 1, "nothing.py: cannot be read: No such file"),
        ("check pl bad.py", 1, "bad.py: cannot be read: line 1: only texts"),
    ],
)
def test_what_cannot_be_says_why(tmp_path, monkeypatch, capsys, line, code, told):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.py").write_text("import os\n", encoding="utf-8")
    assert main(["language", *line.split()]) == code
    assert told in capsys.readouterr().err


def test_a_code_that_is_none_is_refused(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["language", "check", "German"])
    assert stopped.value.code == 2
    assert "two small letters" in capsys.readouterr().err
