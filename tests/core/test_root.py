"""The book is found from any folder inside it."""

from __future__ import annotations

import pytest

from wavebook.core.problems import ProblemsError
from wavebook.core.root import find_root


def test_the_book_is_found_from_any_folder_inside_it(small):
    folder = small.root / "book" / "deep"
    folder.mkdir(parents=True)
    assert find_root(folder) == small.root


def test_outside_a_book_the_problem_says_so(tmp_path):
    with pytest.raises(ProblemsError, match="W201"):
        find_root(tmp_path)
