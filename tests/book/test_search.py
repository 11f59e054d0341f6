"""What readers of this book look for, and where it is."""

import pytest

pytestmark = pytest.mark.browser

FIND = """query => Search.find(query).pages.map(({ page, hits }) =>
  [page.href, page.rank, ...hits.filter(({ kind }) => kind !== "h").map(({ text }) => text)])"""


@pytest.fixture(scope="module")
def find(site, browser):
    """Ask the search of a language."""
    tabs = {}

    def found(language, query):
        if language not in tabs:
            tabs[language] = browser.new_page()
            tabs[language].goto((site / ("" if language == "nl" else language) / "search.html").as_uri())
        return tabs[language].evaluate(FIND, query)

    yield found
    for tab in tabs.values():
        tab.close()


@pytest.mark.parametrize(
    ("language", "query", "first", "said"),
    [
        ("nl", "één overheid", "een-overheid.html", ""),
        ("nl", "een overheid", "een-overheid.html", ""),
        ("nl", "Eén overheid", "een-overheid.html", ""),
        ("nl", "6,9", "index.html", "6,9"),
        ("nl", "6.9", "index.html", "6,9"),
        ("nl", "393", "meer-digitaal.html", "393"),
        ("nl", "40%", "een-overheid.html", "40 procent"),
        ("nl", "17 procent", "een-overheid.html", "17 procent"),
        ("nl", "2009", "een-overheid.html", "2009"),
        ("nl", "gemeentes", "meer-digitaal.html", "gemeenten"),
        ("nl", "mijnoverhied", "meer-digitaal.html", "MijnOverheid"),
        ("nl", "email", "meer-digitaal.html", "e-mail"),
        ("nl", "ontevreden", "een-overheid.html", "ontevreden"),
        ("nl", "toegankelijkheid", "toegankelijkheid.html", ""),
        ("en", "one government", "een-overheid.html", ""),
        ("en", "municipality", "meer-digitaal.html", "municipalit"),
        ("en", "6.9", "index.html", "6.9"),
        ("en", "40%", "een-overheid.html", "40"),
    ],
)
def test_what_readers_look_for_comes_first(find, language, query, first, said):
    pages = find(language, query)
    assert pages[0][0] == first
    assert any(said in text for text in pages[0][2:])


@pytest.mark.parametrize("query", ["ontevreden", "overheid", "gemeente", "6,9", "17 procent", "2014", "keten"])
def test_the_story_comes_before_what_is_about_it(find, query):
    ranks = [rank for _, rank, *_ in find("nl", query)]
    assert len(ranks) > 1
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("query", ["klantvriendelijk", "xyzzyplugh", "6,4"])
def test_what_is_not_there_is_not_found(find, query):
    assert find("nl", query) == []
