import json

import pytest

from wavebook.core.notebooks import cells_of, crowd

STRANGE = [
    "",
    "[" * 100_000,
    "[]",
    "5",
    '{"cells": 5}',
    '{"cells": {"a": 1}}',
    '{"cells": [5, null]}',
    b"\xff\xfe",
    "{",
]


@pytest.mark.parametrize("content", STRANGE)
def test_what_is_no_notebook_has_no_cells(content):
    assert cells_of(content) == []


def test_a_notebook_saved_in_another_encoding_has_no_cells():
    text = '{"cells": [{"source": "x"}]}'
    assert (cells_of(text.encode()), cells_of(text.encode("utf-16"))) == ([{"source": "x"}], [])


def test_only_cells_with_a_source_are_cells():
    good = [{"source": "x"}, {"source": ["a\n", "b"]}, {"source": []}]
    bad = [{}, {"source": None}, {"source": [1]}, {"source": {}}, []]
    assert cells_of(json.dumps({"cells": [*bad, *good]})) == good


def test_a_notebook_of_more_things_than_one_is_read_with_is_said_to_be():
    text = '{"cells": [{"source": "x", "outputs": [' + "{}," * 100_000 + "{}]}]}"
    assert crowd(text.encode()) == "it holds 100,005 lists and mappings, and at most 100,000 are read"
    assert cells_of(text) == []
    assert crowd(b'{"cells": ["' + b'\\"[{' * 100_000 + b'"]}') == ""
