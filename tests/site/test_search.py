"""The search of readers: what the build gives to its script, and what the script finds."""

import json
from types import SimpleNamespace

import pytest
from docutils import nodes
from page import Page, book_with
from sphinx.builders.html import StandaloneHTMLBuilder

from wavebook.core import files
from wavebook.language.words import LANGUAGES, words_in
from wavebook.site import search

OWN = (files.THEME / "static" / "wavebook-search.js").read_text(encoding="utf-8")

# --- the index --------------------------------------------------------------------------------------------


@pytest.fixture
def app(loaded, tmp_path):
    def made(*, theme="wavebook", name="html"):
        app = Page(book_with(loaded, tmp_path), tmp_path / "book").env.app
        app.builder = StandaloneHTMLBuilder.__new__(StandaloneHTMLBuilder)
        app.builder.name, app.config.html_theme = name, theme
        app.outdir, app.doctreedir = str(tmp_path / "site"), str(tmp_path / "trees")
        for folder in ("trees", "site/_static"):
            (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        app.env.tocs = {"index": nodes.bullet_list()}
        app.env.toctree_includes = {"index": ["een", "notebooks/een"]}
        app.env.found_docs |= {"een", "notebooks/een"}
        return app

    return made


def read(app):
    made = (files.Path(app.outdir) / search.INDEX).read_text(encoding="utf-8")
    return json.loads(made.removeprefix("Search.fill(").removesuffix(");\n"))


def written(app, *names):
    index = search.Index()
    index.begin(app)
    for name in names:
        document = nodes.document(None, None)
        document += nodes.section("", nodes.title("", f"Over {name}"), nodes.paragraph("", f"Een zin in {name}."))
        app.builder.index_page(name, document, "")
    return index


def test_pages_stand_in_their_order_those_of_notebooks_last_in_rank(app):
    made = app()
    written(made, "notebooks/een", "een", "index").write(made, None)
    assert [(address, rank, title) for address, rank, title, *_ in read(made)] == [
        ("index.html", 0, "Over index"),
        ("een.html", 0, "Over een"),
        ("notebooks/een.html", 2, "Over notebooks/een"),
    ]
    assert read(made)[1][4][1] == [0, "s", "", "Een zin in een."]


def test_a_page_that_is_not_written_is_found_as_it_was_and_one_that_is_gone_no_more(app):
    first = app()
    written(first, "index", "een", "notebooks/een").write(first, None)
    second = app()
    second.env.found_docs -= {"notebooks/een"}
    index = written(second, "index")
    assert index.missing(second, second.env) == []
    index.write(second, None)
    assert [address for address, *_ in read(second)] == ["index.html", "een.html"]


def test_a_page_of_which_nothing_is_kept_is_written_again(app, tmp_path):
    made = app()
    (tmp_path / "trees" / "passages.json").write_text("{damaged", encoding="utf-8")
    assert written(made).missing(made, made.env) == ["een", "index", "notebooks/een"]


def test_a_page_that_asks_for_it_is_not_found(app):
    made = app()
    made.env.metadata["een"]["nosearch"] = True
    index = written(made, "index", "een", "notebooks/een")
    index.write(made, None)
    assert [address for address, *_ in read(made)] == ["index.html", "notebooks/een.html"]
    assert index.missing(made, made.env) == []


@pytest.mark.parametrize("other", [{"theme": "basic"}, {"name": "singlehtml"}])
def test_a_site_with_another_theme_and_a_page_for_paper_have_no_such_search(app, other):
    made = app(**other)
    index = search.Index()
    index.begin(made)
    assert (made.builder.search, list(search._collect(made)), index.missing(made, made.env)) == (True, [], [])
    index.write(made, None)
    assert not (files.Path(made.outdir) / search.INDEX).exists()


def test_a_build_that_failed_leaves_the_index_as_it_was(app):
    made = app()
    written(made, "index").write(made, ValueError())
    assert not (files.Path(made.outdir) / search.INDEX).exists()


def test_the_script_is_made_of_the_themes_and_takes_its_place(app):
    made = app()
    folder = files.Path(made.outdir) / "_static"
    (folder / "wavebook-search.js").write_text("own();", encoding="utf-8")
    written(made, "index").write(made, None)
    assert [path.name for path in folder.iterdir()] == ["search.js"]
    script = (folder / "search.js").read_text(encoding="utf-8")
    assert script.startswith("const SAID = {")
    assert script.endswith("own();")
    assert all(text in script for text in words_in("nl").theme.search.values())


def test_what_sphinx_is_asked_for_is_still_there():
    assert StandaloneHTMLBuilder.search is True
    assert callable(StandaloneHTMLBuilder.index_page)


# --- what the script finds --------------------------------------------------------------------------------


def page(address, rank, title, *texts, kind="s"):
    """A page of an index; a text with a # begins a section."""
    sections, found = [["", ""]], [[0, "h", "", title]]
    for text in texts:
        if text.startswith("# "):
            sections.append([f"s{len(sections)}", text[2:]])
            found.append([len(sections) - 1, "h", "", text[2:]])
        else:
            found.append([len(sections) - 1, kind, "", text])
    return [address, rank, title, sections, found]


BOOKS = {
    "nl": [
        page(
            "een.html",
            0,
            "Eén loket",
            "Alle gemeenten samen krijgen een 6,9.",
            "Dat is het beeld van één loket in 2009.",
        ),
        page(
            "post.html", 0, "Post", "# Hoe de e-mail won", "Van 393 mensen mailt 40 procent.", "MijnPost bleef achter."
        ),
        page("apart.html", 1, "Verantwoording", "Over één loket is 17% ontevreden.", "Een ander loket, en nog één."),
        page("cijfers.html", 1, "Alle cijfers", "gemeenten · 6,9 · 1.400.000", kind="r"),
        page("code.html", 2, "Eén loket: de berekeningen", "gemeenten = 6.9", "xyzzyplug_b", kind="c"),
        page("bron.html", 1, "Bronnen", "Post over overheid: https://voorbeeld.nl/overheidsloket-post."),
    ],
    "en": [
        page("a.html", 0, "Towns", "Both cities gave 6.9 of 1,400,000.", "Per cent is not 40%."),
        page("b.html", 1, "Notes", "A city."),
    ],
    "de": [
        page("a.html", 0, "Größe", "Die Gemeinden der Bürger sind größer: 6,9 Prozent."),
        page("b.html", 1, "Quellen", "Der Bürger."),
    ],
    "fr": [
        page("a.html", 0, "Enquête", "Les communes sont fières : 6,9 pour cent de 1\u202f400\u202f000."),
        page("b.html", 1, "Sources", "Une commune."),
    ],
}


@pytest.fixture(scope="module")
def scripts(browser):
    """A page with the script, filled with the book of a language."""
    made = {}

    def ask(language, run, *given):
        if language not in made:
            made[language] = browser.new_page()
            book = SimpleNamespace(language=language, languages=[language])
            made[language].add_script_tag(content=search.script(book, OWN).replace("const Search =", "var Search ="))
            made[language].evaluate("made => Search.fill(made)", BOOKS[language])
        return made[language].evaluate(run, *given)

    yield ask
    for tab in made.values():
        tab.close()


FIND = """query => {
  const found = Search.find(query);
  const marked = ({ text, marks }) => marks.map(([from, to]) => text.slice(from, to)).join("|");
  const pages = found.pages.map(({ page, hits }) => [page.href.replace(".html", ""), ...hits.map(marked)]);
  return [pages, found.meant, found.maybe.map(([, to]) => to)];
}"""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "query", "first"),
    [
        *(("nl", query, "een") for query in ("één loket", "een loket", "Eén Loket", "EEN LOKET", "2009", "6,9", "6.9")),
        *(("nl", query, "een") for query in ("gemeentes", "gemeentn", "beelden", "samen")),
        *(
            ("nl", query, "post")
            for query in ("e-mail", "email", "393", "40%", "40 procent", "40 %", "mijnpots", "post")
        ),
        *(("nl", query, "apart") for query in ("17 procent", "17%", "verantwoording", "ontevredenen")),
        ("nl", "1400000", "cijfers"),
        ("nl", "alle cijfers", "cijfers"),
        ("nl", "berekening", "code"),
        *(
            ("en", query, "a")
            for query in ("city", "cities", "town", "6,9", "1400000", "1.400.000", "40 percent", "40 per cent")
        ),
        *(
            ("de", query, "a")
            for query in ("burger", "Bürger", "buerger", "GRÖSSE", "grosse", "gemeinde", "6,9%", "6.9 prozent")
        ),
        *(
            ("fr", query, "a")
            for query in ("commune", "communes", "enquete", "ENQUÊTE", "fiere", "6,9 %", "6,9 pour cent", "1 400 000")
        ),
    ],
)
def test_a_query_leads_first_to_the_page_that_it_is_about(scripts, language, query, first):
    pages, *_ = scripts(language, FIND, query)
    assert pages
    assert pages[0][0] == first


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("één loket", ["een", "apart", "code"]),  # the story, what is about it, code
        ("6,9", ["een", "cijfers", "code"]),
        ("loket ontevreden", ["apart"]),  # the words of a question belong together
        ("394", []),  # no number is near another one
        ("loketje", ["een", "apart", "code"]),
        ("overheid", ["bron"]),  # of which the Dutch stem is over
        ("over overheid", ["bron"]),
    ],
)
def test_the_story_comes_before_what_is_about_it_and_code_last(scripts, query, pages):
    assert [name for name, *_ in scripts("nl", FIND, query)[0]] == pages


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "meant", "maybe"),
    [
        ("mijnpots", [["mijnpots", "MijnPost"]], []),  # a slip of the hand is found at once
        ("gemeentes", [], []),  # and a word that is only bent is no slip
        ("beeldbuis", [], ["beeld"]),  # farther away: offered
        ("loketvriendelijk", [], ["loket"]),
        ("xyzzyplugh", [], []),
        ("kat", [], []),
        ("overheidslokt", [], ["overheid"]),  # an address holds no words
        ("6,8", [], []),
    ],
)
def test_a_word_that_nobody_finds_has_near_ones(scripts, query, meant, maybe):
    assert scripts("nl", FIND, query)[1:] == [meant, maybe]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("één loket", ["Eén|loket", "één|loket"]),
        ("gemeente", ["gemeenten"]),
        ("email", ["e-mail"]),
        ("40 procent", ["40|procent"]),
        ("een e-mail", ["e|mail"]),
    ],
)
def test_the_hits_are_marked_and_a_word_as_common_as_one_only_beside_another(scripts, query, marked):
    pages, *_ = scripts("nl", FIND, query)
    assert [found for found in pages[0][1:] if found] == marked


@pytest.mark.browser
@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("De e-mail’s 6,9% van 1.400.000", ["de", "e", "mail", "email", "s", "6.9", "%", "van", "1400000"]),
        ("0,125 en 12.5; in 2009.", ["0.125", "en", "12.5", "in", "2009"]),
        ("Ze gaven veertig procent", ["ze", "gaven", "veertig", "%"]),
        ("2008-2014", ["2008", "2014"]),
    ],
)
def test_a_text_is_divided_into_words_and_numbers(scripts, text, forms):
    assert scripts("nl", "text => Search.tokens(text).map((token) => token.form)", text) == forms


@pytest.mark.browser
@pytest.mark.parametrize(("one", "more"), [("nl", "xx")])
def test_a_language_without_a_stemmer_is_searched_by_whole_words(browser, monkeypatch, one, more):
    from dataclasses import replace

    monkeypatch.setitem(LANGUAGES, more, replace(words_in(one), stemmer=""))
    tab = browser.new_page()
    tab.add_script_tag(content=search.stemmer(more))
    assert tab.evaluate("new Stemmer().stemWord('gemeenten')") == "gemeenten"
    tab.close()
