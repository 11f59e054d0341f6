"""The registry of problems: every entry is whole, and the command line tells what it holds."""

from __future__ import annotations

import re

import pytest

from wavebook import cli
from wavebook.core.registry import families, kinds


def test_codes_stand_in_order_each_in_a_family():
    assert list(kinds()) == sorted(kinds())
    assert {code[:2] for code in kinds()} == set(families())


def test_each_entry_is_whole():
    for kind in kinds().values():
        assert re.fullmatch(r"W\d{3}", kind.code)
        assert kind.title.strip() == kind.title, kind.code
        assert kind.title[-1] not in ".:;,", kind.code
        assert "|" not in kind.title, kind.code  # it becomes a row of a table
        assert kind.means.endswith("."), kind.code
        assert kind.do.endswith("."), kind.code
        assert re.match(r"\S.*?: \S", kind.example), kind.code
        assert not kind.example.endswith("."), kind.code


def test_explain_prints_meaning_action_and_example(capsys):
    assert cli.main(["explain", "w403"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    kind = kinds()["W403"]
    assert all(part in told for part in (kind.code, kind.title, kind.means, kind.do, kind.example))


@pytest.mark.parametrize(
    ("typed", "hint"), [("W405b", "W405"), ("999", list(kinds())[-1]), ("hello", "lists all codes")]
)
def test_an_unknown_code_is_answered_with_the_nearest(typed, hint, capsys):
    assert cli.main(["explain", typed]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert hint in shown.err


def test_explain_without_a_code_lists_all(capsys):
    assert cli.main(["explain"]) == 0
    listed = capsys.readouterr().out
    assert re.findall(r"^W\d{3}", listed, re.MULTILINE) == list(kinds())
