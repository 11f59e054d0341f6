"""What _config.yml says, as Sphinx is told."""

import pytest

from wavebook.core.problems import ProblemsError
from wavebook.site.settings import settings


@pytest.fixture
def book(tmp_path):
    """A folder with a _config.yml; the function writes it and gives the settings."""

    def written(text: str, language: str = "nl", own: str = "", **archive):
        (tmp_path / "book" / "en").mkdir(parents=True, exist_ok=True)
        (tmp_path / "_config.yml").write_bytes(text.encode() if isinstance(text, str) else text)
        (tmp_path / "book" / "en" / "_config.yml").write_text(own or "{}", encoding="utf-8")
        return settings(tmp_path, language, archive)

    return written


def test_names_of_jupyter_book_become_those_of_sphinx(book):
    found = book("title: Boek\nhtml: {baseurl: https://x.nl/a}\nparse: {myst_enable_extensions: [deflist]}")
    assert (found["html_title"], found["html_baseurl"]) == ("Boek", "https://x.nl/a/")
    assert found["myst_enable_extensions"] == ["deflist"]


def test_what_is_left_unsaid_is_as_jupyter_book_has_it(book):
    from jupyter_book.config import get_final_config

    theirs, _ = get_final_config(user_yaml={"title": "Boek"}, cli_config={"latex_individualpages": False})
    ours = book("title: Boek")
    not_ours = {"external_toc_path", "wavebook_archive", "nb_execution_mode", "language"}
    assert {k: ours[k] for k in ours.keys() - not_ours} == {k: theirs[k] for k in ours.keys() - not_ours}


def test_a_setting_of_sphinx_itself_goes_through(book):
    assert book("sphinx: {config: {numfig: false, extensions: [jupyter_book, myst_nb]}}")["numfig"] is False


def test_the_english_pages_have_their_own_settings_over_the_books(book):
    text = "title: Boek\nauthor: Wij\nsphinx: {config: {html_theme_options: {source: a, licence: b}}}"
    found = book(text, "en", "title: Book\nsphinx: {config: {html_theme_options: {source: c}}}")
    assert (found["html_title"], found["author"]) == ("Book", "Wij")
    assert found["html_theme_options"] == {"source": "c", "licence": "b"}


@pytest.mark.parametrize("text", ["title: Boek", "sphinx: {config: {language: nl}}"])
def test_pages_are_in_the_language_of_their_folder_without_settings_of_their_own(book, tmp_path, text):
    assert [book(text, language)["language"] for language in ("nl", "en")] == ["nl", "en"]
    (tmp_path / "book" / "en" / "_config.yml").unlink()
    assert settings(tmp_path, "en")["language"] == "en"


@pytest.mark.parametrize(("language", "place"), [("nl", "_config.yml"), ("en", "book/en/_config.yml")])
def test_another_language_than_that_of_the_folder_is_named(book, language, place):
    text = "sphinx: {config: {language: de}}"
    with pytest.raises(ProblemsError, match=f"W203 {place}, language: is de,"):
        book(text if language == "nl" else "title: Boek", language, text)


@pytest.mark.parametrize(("language", "address"), [("nl", "https://x.nl/2014/"), ("en", "https://x.nl/2014/en/")])
def test_a_frozen_edition_knows_its_own_address(book, language, address):
    assert book("html: {baseurl: https://x.nl}", language, place="2014/")["html_baseurl"] == address


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("titel: Boek", "W203", "_config.yml, titel"),
        ("html: {announcement: hoi}", "W203", "_config.yml, html.announcement"),
        ("[", "W202", "cannot be read"),
        ("title: [a", "W202", "line 1"),
        ("", "W202", "holds no settings"),
        ("- a", "W202", "holds no settings"),
        (b"title: \xff", "W202", "is not UTF-8"),
    ],
)
def test_what_cannot_be_a_setting_is_named(book, text, code, found):
    with pytest.raises(ProblemsError, match=code) as caught:
        book(text)
    assert found in str(caught.value)


def test_a_book_without_settings_is_a_problem(tmp_path):
    with pytest.raises(ProblemsError, match=r"W202 _config.yml: the file is missing"):
        settings(tmp_path)
