"""What _config.yml says, as Sphinx is told."""

from pathlib import Path

import jupyter_book
import pytest

from wavebook.core.problems import ProblemsError
from wavebook.site import implied
from wavebook.site.settings import notices, settings


@pytest.fixture
def book(tmp_path):
    """A folder with a _config.yml; the function writes it and gives the settings."""

    def written(text: str, language: str = "", own: str = "", spoken: str = "nl, en", **archive):
        (tmp_path / "book" / "en").mkdir(parents=True, exist_ok=True)
        content = text.encode() if isinstance(text, str) else text
        (tmp_path / "_config.yml").write_bytes(f"languages: [{spoken}]\n".encode() + content if spoken else content)
        (tmp_path / "book" / "en" / "_config.yml").write_text(own or "{}", encoding="utf-8")
        (tmp_path / "book" / "en" / "index.md").touch()
        return settings(tmp_path, language, archive)

    return written


def test_names_of_jupyter_book_become_those_of_sphinx(book):
    found = book("title: Boek\nhtml: {baseurl: https://x.nl/a}\nparse: {myst_enable_extensions: [deflist]}")
    assert (found["html_title"], found["html_baseurl"]) == ("Boek", "https://x.nl/a/")
    found = book("sphinx: {config: {myst_enable_extensions: [deflist]}}")
    assert found["myst_enable_extensions"] == ["deflist"]


def test_a_file_of_two_lines_implies_the_rest(book, tmp_path):
    found = book("title: Boek\nauthor: Wij")
    assert (found["html_title"], found["author"], found["html_theme"]) == ("Boek", "Wij", "wavebook")
    assert found["extensions"] == list(implied.EXTENSIONS)
    assert found["bibtex_bibfiles"] == ["../data/references.bib"]
    assert {"attrs_inline", "colon_fence", "dollarmath"} <= set(found["myst_enable_extensions"])
    assert settings(tmp_path, "en")["bibtex_bibfiles"] == ["../../data/references.bib"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_implied_is_in_the_language_of_the_pages(book, language):
    found = book("title: Boek", language)
    assert found["numfig_format"]["figure"] == {"nl": "Figuur %s", "en": "Figure %s"}[language]
    assert found["bibtex_default_style"] == "wavebook"


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("sphinx: {config: {html_use_index: true}}", "html_use_index", True),
        ("sphinx: {config: {numfig: false}}", "numfig", False),
        ("sphinx: {config: {bibtex_default_style: plain}}", "bibtex_default_style", "plain"),
        ("sphinx: {config: {numfig_format: {figure: Fig. %s}}}", "numfig_format", {"figure": "Fig. %s"}),
    ],
)
def test_the_file_may_set_otherwise_what_is_implied(book, text, name, value):
    assert book(f"title: Boek\n{text}")[name] == value


@pytest.mark.parametrize(
    "text",
    ["sphinx: {extra_extensions: [a, jupyter_book, sphinx_thebe]}", "sphinx: {config: {extensions: [myst_nb, a]}}"],
)
def test_a_books_own_extensions_come_after_those_of_every_book(book, text):
    assert book(text)["extensions"] == [*implied.EXTENSIONS, "a"]


def test_syntax_that_the_file_asks_for_is_added_to_what_every_book_has(book):
    found = book("parse: {myst_enable_extensions: [linkify, deflist]}")["myst_enable_extensions"]
    assert found == [*implied.SYNTAX, "linkify"]


@pytest.mark.parametrize("name", ["references.bib", "../data/references.bib", "./../data/references.bib"])
def test_the_sources_are_those_of_the_data_under_whatever_name(book, name):
    assert book(f"bibtex_bibfiles: [{name}]")["bibtex_bibfiles"] == ["../data/references.bib"]


JUPYTER_BOOK = Path(jupyter_book.__file__).parent / "book_template"


def test_the_settings_that_jupyter_book_writes_are_accepted_and_named_once_where_they_mean_nothing(book, tmp_path):
    text = (JUPYTER_BOOK / "_config.yml").read_text(encoding="utf-8")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "logo.png").touch()
    found = book(text)
    assert (found["html_title"], found["html_logo"]) == ("My sample book", "logo.png")
    assert found["html_theme_options"]["use_repository_button"] is True
    (notice,) = notices(tmp_path)
    assert notice.code == "W525"
    assert "execute.execute_notebooks (notebooks are run" in notice.found
    assert "latex.latex_documents" in notice.found


def test_every_setting_that_jupyter_book_knows_is_known_here(book, tmp_path):
    text = (JUPYTER_BOOK.parent / "default_config.yml").read_text(encoding="utf-8")
    assert book(text)["nb_execution_mode"] == "off"
    assert len(notices(tmp_path)) == 1


def test_extensions_of_jupyter_books_own_are_named(book, tmp_path):
    book("sphinx: {extra_extensions: [sphinx_thebe], config: {extensions: [jupyter_book, sphinx_comments]}}")
    assert "sphinx_thebe, sphinx_comments (the theme" in notices(tmp_path)[0].found


@pytest.mark.parametrize("text", ["title: Boek", "execute: {execute_notebooks: off}", "latex: {x: false}"])
def test_a_setting_that_changes_nothing_is_not_named(book, tmp_path, text):
    book(text)
    assert notices(tmp_path) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_logo_is_one_file_for_all_languages(book, tmp_path, language):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "logo.svg").touch()
    assert book("logo: logo.svg", language)["html_logo"] == {"nl": "logo.svg", "en": "../logo.svg"}[language]


@pytest.mark.parametrize(
    ("text", "found", "action"),
    [
        (
            "logo: logo.png",
            "W203 _config.yml, logo: names logo.png, which is not a file in book/",
            "Move it to book/logo.png",
        ),
        ("html: {favicon: i.svg}", "W203 _config.yml, html.favicon: names i.svg", "correct the name"),
        ("logo: https://x.nl/l.png", "W430 _config.yml, logo: asks for https://x.nl/l.png", "save it in book/"),
        ("html: {use_repository_button: true}", "W203 _config.yml, repository.url: is empty", "leave the button out"),
    ],
)
def test_a_picture_or_button_without_what_it_needs_is_named(book, tmp_path, text, found, action):
    (tmp_path / "logo.png").touch()
    with pytest.raises(ProblemsError) as caught:
        book(text)
    assert found in str(caught.value)
    assert action in str(caught.value)


CONTENTS = (
    "format: jb-book\nroot: intro\nchapters:\n- file: a/b.md\n- file: notebooks/n\n- file: ../c\n- file: /etc/hosts\n"
)


def test_pages_beside_the_folder_of_pages_are_named_together(book, tmp_path):
    book("title: Boek")
    (tmp_path / "_toc.yml").write_text(CONTENTS, encoding="utf-8")
    for name in ("intro.md", "a/b.md", "notebooks/n.ipynb"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    with pytest.raises(ProblemsError, match=r"W419 _toc\.yml: .* outside book/: a/b\.md, intro\.md\.\n.*to book/"):
        settings(tmp_path)
    (tmp_path / "book" / "a").mkdir()
    for name in ("intro.md", "a/b.md"):
        (tmp_path / "book" / name).touch()
    assert settings(tmp_path)


def test_what_is_left_unsaid_and_does_not_differ_here_is_as_jupyter_book_has_it(book):
    from jupyter_book.config import get_final_config

    theirs, _ = get_final_config(user_yaml={"title": "Boek"}, cli_config={"latex_individualpages": False})
    ours = book("title: Boek")
    alike = ("author", "exclude_patterns", "external_toc_exclude_missing", "html_sourcelink_suffix", "html_title")
    alike += ("myst_url_schemes", "numfig", "pygments_style")
    assert {k: ours[k] for k in alike} == {k: theirs[k] for k in alike}
    assert set(theirs["suppress_warnings"]) <= set(ours["suppress_warnings"])


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
        ("html: {anouncement: hoi}", "W203", "_config.yml, html.anouncement"),
        ("sphinx: {config: {wavebook_wave: abc}}", "W203", "_config.yml, wavebook_wave: is not a setting of a book"),
        ("sphinx: {config: {wavebook_draft: true}}", "W203", "wavebook build --wave"),
        ("[", "W202", "cannot be read"),
        ("title: [a", "W202", "line 1"),
        ("", "W202", "holds no settings"),
        ("- a", "W202", "holds no settings"),
        (b"title: \xff", "W202", "is not UTF-8"),
    ],
)
def test_what_cannot_be_a_setting_is_named(book, text, code, found):
    with pytest.raises(ProblemsError, match=code) as caught:
        book(text, spoken="")
    assert found in str(caught.value)


def test_a_book_without_settings_is_a_problem(tmp_path):
    with pytest.raises(ProblemsError, match=r"W202 _config.yml: the file is missing"):
        settings(tmp_path)
