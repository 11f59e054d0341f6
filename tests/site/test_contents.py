"""Which files are pages in one language."""

from types import SimpleNamespace

import pytest

from wavebook.site import contents


@pytest.mark.parametrize(("language", "left_out"), [("nl", ["a", "en"]), ("en", ["a"])])
def test_pages_in_another_language_are_not_those_of_the_root(small, language, left_out):
    config = SimpleNamespace(language=language, exclude_patterns=["a"])
    contents._leave_out_languages(SimpleNamespace(srcdir=str(small.root / "book")), config)
    assert config.exclude_patterns == left_out


class Map(dict):
    def globs(self):
        return ["notebooks/all-*"]


@pytest.mark.parametrize("missing", [True, False])
def test_notebooks_that_stand_nowhere_in_the_contents_are_left_out_before_their_pages_are_made(small, missing):
    folder = small.root / "notebooks"
    folder.mkdir()
    for name in ("listed", "named", "all-of-them", "out", "known"):
        (folder / f"{name}.ipynb").touch()
    config = SimpleNamespace(
        exclude_patterns=["notebooks/known.ipynb"],
        external_toc_exclude_missing=missing,
        external_site_map=Map({"notebooks/listed": 1, "notebooks/named.ipynb": 1}),
    )
    app = SimpleNamespace(srcdir=str(small.root / "book"))
    (small.root / "book").mkdir()
    contents._leave_out_notebooks(app, config)
    assert config.exclude_patterns == ["notebooks/known.ipynb", "notebooks/out.ipynb"]


def test_without_a_table_of_contents_of_that_kind_nothing_is_left_out():
    config = SimpleNamespace(exclude_patterns=[])
    contents._leave_out_notebooks(None, config)
    assert config.exclude_patterns == []


def test_english_is_left_out_before_the_table_of_contents_lists_files_and_notebooks_after():
    said = {}
    contents.setup(SimpleNamespace(connect=lambda event, what, priority: said.setdefault(what.__name__, priority)))
    assert said["_leave_out_languages"] < 900 < said["_leave_out_notebooks"]
