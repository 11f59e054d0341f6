"""The example book, copied."""

import pytest

from wavebook.core.problems import ProblemsError
from wavebook.start import example


@pytest.fixture
def source(tmp_path, monkeypatch):
    folder = tmp_path / "source"
    for name in ("data/indicators.toml", "book/index.md", "_build/x.html", "data/responses/2024.csv"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    monkeypatch.setattr(example, "sources", lambda: folder)
    return folder


def test_the_example_is_copied_without_answers_or_what_was_built(source, tmp_path):
    assert example.copied(tmp_path / "new") == ["book/index.md", "data/indicators.toml"]


def test_one_that_is_cut_off_leaves_nothing(source, tmp_path, monkeypatch):
    monkeypatch.setattr(example.shutil, "copytree", lambda _, made, **__: (made / "half").touch() or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        example.copied(tmp_path / "new")
    assert [*tmp_path.iterdir()] == [source]


def test_a_folder_that_holds_something_is_refused(source, tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mine").write_text("x")
    with pytest.raises(ProblemsError, match="W512"):
        example.copied(tmp_path / "new")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["mine"]


def test_an_installation_without_an_example_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(example, "sources", lambda: None)
    with pytest.raises(ProblemsError, match="W515"):
        example.copied(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_the_example_of_the_repository_is_found():
    assert (example.sources() / "_config.yml").is_file()
