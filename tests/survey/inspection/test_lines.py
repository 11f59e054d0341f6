"""TOML as proposed tables write it."""

import tomllib

from wavebook.survey.inspection.lines import code_list, conditions, remark, toml, toml_key


def test_what_is_written_is_read_back():
    rules = {"a b": ["1", "02", "x"], "c": ["3"]}
    read = tomllib.loads(f"{toml_key('a b')} = {toml(['x', 1.5])}\nrules = {conditions(rules)}")
    assert read == {"a b": ["x", 1.5], "rules": {"a b": [1, "02", "x"], "c": [3]}}
    assert code_list(["7", "07"]) == '[7, "07"]'


def test_a_remark_is_one_line():
    assert remark("a\nb\x00") == "  # a b"
    assert remark(" ") == ""
