import pytest

from wavebook.core import yaml_files


def test_yaml_is_read_as_plain_values():
    assert yaml_files.parse("title: Boek\nsphinx:\n  config: {a: 1, b: [x, y]}") == {
        "title": "Boek",
        "sphinx": {"config": {"a": 1, "b": ["x", "y"]}},
    }
    assert yaml_files.parse("") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: [1", "expected"),
        ("a: 1\nb: &x 2\nc: *x", "line 3 refers to something else by \\*x"),
        ("a: 1\nb: {c: 1, d: [{c: 2}, {c: 3}],\n  c: 4}", "line 3 has c for the second time"),
        ("a: 1\nb: [a, a]\na: 2", "line 3 has a for the second time"),
        ("[" * 60 + "]" * 60, "line 1 is nested too deep"),
        ("a:\n" + "- {b: c}\n" * 7_000, "more than 20,000 keys and values: line 6667 has one more"),
        ("a: !!python/object/apply:os.getcwd []", "could not determine a constructor"),
        ("a: 2015-13-45", "month must be in"),
        ('a: 1\nb: ["ver\\u200btrouwen"]', "line 2 holds an invisible character .* after “ver”"),
        ('"a\\x07": 1', "line 1 holds a control character"),
    ],
)
def test_what_is_no_plain_yaml_is_refused(text, found):
    with pytest.raises(ValueError, match=found):
        yaml_files.parse(text)
