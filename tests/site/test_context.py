"""What the theme's templates know of a page and its edition."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from page import Page, book_with
from sphinx import addnodes

from wavebook.language.words import words_in
from wavebook.site import context


@pytest.fixture
def app(small, tmp_path):
    """An application and a function that gives the context of a page."""

    def made(language="nl", *, draft=False, baseurl="", name="index", wave=None, given=(), options=None, **archive):
        book = book_with(small.load(language=language, wave=wave), tmp_path, draft=draft)
        book.archive, book.title = archive, "Boek"
        page = Page(book, tmp_path / "book")
        page.env.config.html_baseurl = baseurl
        page.env.config.html_theme_options = options or {}
        page.env.tocs = {"index": nodes.bullet_list()}
        app = page.env.app
        app.builder = SimpleNamespace(get_target_uri=lambda name: f"{name}.html")

        def pathto(uri, resource=False, *_, **__):
            return f"{'../' * name.count('/')}{uri}" + ("" if resource else ".html")

        said = {"pathto": pathto, "pagename": name, **dict(given)}
        context._page_context(app, name, "page.html", said, None)
        return said

    return made


def test_a_page_knows_its_edition_and_the_words_of_its_language(app):
    said = app()
    assert (said["docstitle"], said["theme_wave"], said["theme_about"]) == ("Boek", "2014", "")
    assert (said["theme_draft"], said["theme_made_up"]) == ("false", "false")
    assert said["strings"] is words_in("nl").theme.words
    assert (said["editions"], said["newest"]) == ([], "")
    assert app("en", draft=True)["theme_draft"] == "true"
    assert app("en")["strings"] is words_in("en").theme.words


REPOSITORY = {"use_repository_button": True, "use_edit_page_button": True, "use_issues_button": True}


@pytest.mark.parametrize(
    ("address", "edit", "issues"),
    [
        ("https://github.com/a/b/", "https://github.com/a/b/edit/main/book/index.md", "https://github.com/a/b/issues"),
        (
            "https://gitlab.com/a/b",
            "https://gitlab.com/a/b/-/edit/main/book/index.md",
            "https://gitlab.com/a/b/-/issues",
        ),
    ],
)
def test_a_page_leads_to_its_repository_as_far_as_it_is_asked_to(app, address, edit, issues):
    assert app()["repository"] == []
    assert app(options={"repository_url": address})["repository"] == []
    found = app(options={"repository_url": address, **REPOSITORY})["repository"]
    words = words_in("nl").theme.words
    assert [one["label"] for one in found] == [words[name] for name in ("repository", "edit_page", "issues")]
    assert [one["href"] for one in found] == [address.rstrip("/"), edit, issues]
    place = {"repository_url": address, "repository_branch": "x", "path_to_docs": "/deep/book/", **REPOSITORY}
    assert app(options=place)["repository"][1]["href"].endswith("edit/x/deep/book/index.md")
    assert len(app(name="search", options=place)["repository"]) == 2


def test_a_wave_that_nobody_measured_marks_its_own_edition_and_later_ones(app, small):
    small.edit("waves.toml", "[waves.2014]\n", "[waves.2014]\nmade_up = true\n")
    assert [app(wave=wave)["theme_made_up"] for wave in ("2013", "2014")] == ["false", "true"]
    small.edit("waves.toml", "made_up = true\n", "")
    small.edit("waves.toml", "[waves.2013]\n", "[waves.2013]\nmade_up = true\n")
    assert [app(wave=wave)["theme_made_up"] for wave in ("2013", "2014")] == ["true", "true"]


def test_a_page_leads_to_itself_in_other_editions_or_to_their_first_page(app):
    held = {
        "2008": ["index.html"],
        "2012": ["een.html", "en/index.html"],
        "2013": ["deel/een.html", "en/deel/een.html"],
    }
    found = {e["wave"]: e["href"] for e in app(name="deel/een", editions=held)["editions"]}
    assert found == {"2013": "../2013/deel/een.html", "2012": "../2012/index.html", "2008": "../2008/index.html"}
    assert list(found) == ["2013", "2012", "2008"]
    found = {e["wave"]: e["href"] for e in app("en", name="deel/een", editions=held)["editions"]}
    assert found == {
        "2013": "../../2013/en/deel/een.html",
        "2012": "../../2012/en/index.html",
        "2008": "../../2008/index.html",
    }


@pytest.mark.parametrize(
    ("language", "name", "newest"),
    [("nl", "index", "../index.html"), ("en", "index", "../../en/index.html"), ("nl", "a/b", "../../index.html")],
)
def test_a_frozen_edition_leads_to_the_newest(app, language, name, newest):
    assert app(language, name=name, place="2013/")["newest"] == newest


def test_the_page_for_what_is_missing_is_for_readers_of_each_language_and_at_any_depth(app):
    said = app(name="404", baseurl="https://x.nl/b/", given={"alternates": [1], "pageurl": "x"})
    assert [item["lang"] for item in said["elsewhere"]] == ["en"]
    assert said["elsewhere"][0]["text"] == words_in("en").theme.words["missing_brief"]
    assert said["pathto"]("_static/a.css", True) == "https://x.nl/b/_static/a.css"
    assert (said["alternates"], said["editions"], said["pageurl"]) == ([], [], None)
    said = app("en", name="404")
    assert "elsewhere" not in said
    assert said["pathto"]("a") == "a.html"


@pytest.mark.parametrize(
    ("language", "name", "style", "all_editions"),
    [
        ("nl", "index", "../_static/a.css", "../index.html"),
        ("nl", "deel/een", "../../_static/a.css", "../../index.html"),
        ("en", "index", "../../en/_static/a.css", "../../en/index.html"),
    ],
)
def test_one_edition_of_many_uses_what_lies_beside_it(app, language, name, style, all_editions):
    said = app(language, name=name, among="2014-x/")
    assert said["pathto"]("_static/a.css", True) == style
    assert said["pathto"]("_static/a") == f"{'../' * name.count('/')}_static/a.html"
    assert said["pathto"]("_images/_static/a.png", True).endswith("_images/_static/a.png")
    assert said["all_editions"] == all_editions
    assert "all_editions" not in app(language, name=name)


def test_a_turn_to_a_notebook_is_marked_as_dutch_in_another_language(app):
    def turns(language):
        given = {"prev": {"link": "../notebooks/n.html"}, "next": {"link": "twee.html"}}
        said = app(language, name="deel/een", given=given)
        return [said[turn].get("lang") for turn in ("prev", "next")]

    assert (turns("en"), turns("nl")) == (["nl", None], [None, None])


def test_the_menu_has_the_parts_with_their_chapters_and_where_the_reader_is():
    first = addnodes.toctree(entries=[(None, "self"), ("Kort", "een"), (None, "weg")])
    second = addnodes.toctree(entries=[(None, "https://x.nl"), (None, "twee")], caption="Deel")
    titles = {name: nodes.title("", name.title()) for name in ("index", "een", "twee", "drie")}
    env = SimpleNamespace(
        config=SimpleNamespace(root_doc="index", html_theme_options={}),
        tocs={"index": nodes.bullet_list("", first, second)},
        titles=titles,
        toctree_includes={"index": ["een", "twee"], "twee": ["drie"]},
        toc_secnumbers={},
    )
    plain, part = context._parts(env, "drie", lambda name: f"{name}.html")
    assert (plain["caption"], part["caption"]) == (None, "Deel")
    assert [c["title"] for c in plain["chapters"]] == ["Index", "Kort"]
    assert part["chapters"] == [
        {"title": "https://x.nl", "href": "https://x.nl"},
        {"title": "Twee", "href": "twee.html", "here": False, "within": True},
    ]
    assert not any(c["within"] for c in plain["chapters"])  # all is below the first page, which holds nobody
    (here,) = [c for p in context._parts(env, "een", str) for c in p["chapters"] if c.get("here")]
    assert (here["title"], here["within"]) == ("Kort", True)


@pytest.mark.parametrize(
    ("page", "prev", "next_", "left"),
    [
        ("end", "start", "method", {"prev"}),
        ("method", "end", "notebooks/n", {"next"}),
        ("notebooks/n", "../method", "../words", {"prev", "next"}),
        ("start", "index", "end", {"prev", "next"}),
        ("other", "method", "start", {"next"}),
    ],
)
def test_no_page_turns_from_the_story_to_what_is_about_it_or_back(page, prev, next_, left):
    parts = [{"apart": False, "names": ["start", "end"]}, {"apart": True, "names": ["method", "words"]}]
    parts.append({"apart": False, "names": ["other"]})
    env = SimpleNamespace(toctree_includes={"method": ["notebooks/n"]})
    said = {"prev": {"link": f"{prev}.html"}, "next": {"link": f"{next_}.html"}}
    context._stay(env, page, said, parts)
    assert {turn for turn in said if said[turn]} == left


def test_a_part_with_a_page_about_the_publication_stands_apart(app, monkeypatch):
    entries = {"first": [("Een", "one")], "second": [("Hoe", "method"), ("Woorden", "words")]}
    found = [addnodes.toctree(entries=value) for value in entries.values()]
    env = SimpleNamespace(
        tocs={"index": nodes.bullet_list("", *found)},
        titles={name: nodes.title("", name) for name in ("one", "method", "words")},
        toc_secnumbers={},
        toctree_includes={},
        config=SimpleNamespace(root_doc="index", html_theme_options={"accountability_page": "method"}),
    )
    parts = list(context._parts(env, "one", lambda name: name))
    assert [part["apart"] for part in parts] == [False, True]
