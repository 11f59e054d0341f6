"""The languages that a book declares, and where its pages in each stand."""

import pytest

from wavebook.core import languages
from wavebook.core.problems import ProblemsError


@pytest.fixture
def root(tmp_path):
    """A folder and a function that writes its settings."""

    def written(text):
        (tmp_path / "_config.yml").write_text(text, encoding="utf-8")
        return tmp_path

    return written


def page(root, name):
    path = root / "book" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("languages: [nl, en]", ("nl", "en")),
        ("languages: [en]\nsphinx: {config: {language: en}}", ("en",)),
        ("title: Boek", ("en",)),
        ("sphinx: {config: {language: nl}}", ("nl",)),
        ("sphinx: {config: [language]}", ("en",)),
        ("sphinx: nl", ("en",)),
    ],
)
def test_the_first_is_that_of_the_root_and_without_any_it_is_that_of_sphinx(root, text, declared):
    assert languages.declared(root(text)) == declared


def test_data_without_settings_are_in_the_usual_language(tmp_path):
    assert languages.declared(tmp_path) == (languages.EDITORS,)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("languages: nl", "W206 _config.yml, languages: is not a list of codes"),
        ("languages: []", "is not a list of codes"),
        ("languages: [no]", "is not a list of codes"),  # a truth in YAML
        ("languages: [nl, english]", "'english' is no language known here"),
        ("languages: [nl, en, nl]", "nl stands there twice"),
        ("sphinx: {config: {language: xx}}", "'xx' is no language known here"),
        ("languages: [", "W202 _config.yml: cannot be read"),
        ("- nl", "W202 _config.yml: holds no settings"),
    ],
)
def test_what_cannot_be_the_languages_of_a_book_is_named_each_time(root, text, found):
    for _ in range(2):
        with pytest.raises(ProblemsError) as caught:
            languages.declared(root(text))
        assert found in str(caught.value)
        assert len(caught.value.problems) == 1


def test_they_are_read_again_when_they_change(root):
    assert languages.declared(root("languages: [nl]")) == ("nl",)
    assert languages.declared(root("languages: [en, nl]")) == ("en", "nl")


def test_pages_stand_in_the_folder_of_their_language(root):
    made = root("languages: [en, nl]")
    assert languages.source(made, "en") == made / "book"
    assert languages.source(made, "nl") == made / "book" / "nl"
    assert languages.of_page("book/nl/index.md", ("en", "nl")) == "nl"
    assert languages.of_page("book/nl.md", ("en", "nl")) == "en"
    assert languages.of_page("notebooks/book/nl/n.ipynb", ("en", "nl")) == "en"


def test_a_language_has_pages_and_pages_have_a_language(root):
    made = root("languages: [nl, en]")
    assert [p.found for p in languages.undeclared(made)] == ["book/en/ has no pages"]
    page(made, "en/index.md")
    assert languages.undeclared(made) == []
    page(made, "de/index.md")
    page(made, "deel/een.md")
    (problem,) = languages.undeclared(made)
    assert (problem.code, problem.place) == ("W207", "book/de/")
    assert "languages: [nl, en, de]" in problem.action


def test_a_language_is_shipped_where_it_has_words():
    assert {"nl", "en"} <= set(languages.shipped())
    assert all(len(code) == 2 for code in languages.shipped())
