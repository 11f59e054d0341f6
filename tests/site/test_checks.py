"""What keeps a book from being published, before a page is read and before one is written."""

from types import SimpleNamespace

import pytest
from page import Page, book_with

from wavebook.core.problems import Problem
from wavebook.pages.records import Record, records
from wavebook.site import checks
from wavebook.site.checks import UntrueError


@pytest.mark.parametrize(
    ("content", "kind", "wrong"),
    [
        (b"# T\n", ".md", ""),
        (b"# \xff\n", ".md", "UTF-8"),
        (b"---\nfixed: {a: b}\nforms: {a: b}\n---\n# T\n", ".md", ""),
        (b"---\nfixed: a\n---\n", ".md", "has fixed at its top, which is not a table"),
        (b"---\r\nforms: [a]\r\n---\r\n", ".md", "has forms at its top, which is not a table"),
        (b"---\nfixed: [\n---\n", ".md", "has front matter that cannot be read"),
        (b"---\nreviewed: 2014\n\n# T\n", ".md", "has marks at its top that no line of --- closes"),
        (b"---\nreviewed: 2014\nreviewed: 2010\n---\n", ".md", "line 3 has reviewed for the second time"),
        (b"---\na: &x 1\nb: *x\n---\n", ".md", "read: line 3 refers to something else"),
        (b"---\nfixed:\n  2014-01-02: dag\n---\n", ".md", "YAML reads as 2014-01-02: put it between quotes"),
        (b"---\nfixed:\n  6.70: x\n---\n", ".md", "YAML reads as 6.7: put it between quotes"),
        (b"---\nfixed:\n  12:30: x\n---\n", ".md", "YAML reads as 750: put it between quotes"),
        (b"---\nfixed:\n  yes: x\n---\n", ".md", "YAML reads as True: put it between quotes"),
        (b'---\nfixed:\n  "7":\n---\n', ".md", "has '7' under fixed, without the reason"),
        (b'---\nfixed:\n  7: jaar\n  "6.70": x\n---\n', ".md", ""),
        (b"---\nfixed: a\n---\n", ".ipynb", ""),
        (b"# T\n---\nfixed: a\n---\n", ".md", ""),
        (b"---\n- a\n---\n", ".md", ""),
    ],
)
def test_a_page_is_looked_at_before_it_is_read(content, kind, wrong):
    if wrong:
        with pytest.raises(ValueError, match=wrong):
            checks._check_text(content, kind)
    else:
        checks._check_text(content, kind)


def test_every_page_that_cannot_be_read_is_named_at_once(loaded, tmp_path):
    page = Page(book_with(loaded, tmp_path), tmp_path / "book")
    (tmp_path / "book" / "a.md").write_bytes(b"# T\r\n\r\n\xff")
    (tmp_path / "book" / "b.md").write_bytes(b"# T\n\n\n\nvorm\x0cvoer\n")
    with pytest.raises(UntrueError) as caught:
        checks._check_pages(None, page.env, ["index", "a", "b", "gone"])
    places = [(p.code, p.place) for p in caught.value.problems]
    assert places == [("W418", "book/a.md:3"), ("W418", "book/b.md:5"), ("W418", "book/gone.md")]
    assert "cannot be read: No such file" in caught.value.problems[2].found
    assert str(caught.value.problems[0]) in str(caught.value)
    checks._check_pages(None, page.env, ["index"])


@pytest.fixture
def page(small):
    """A page of a book in which nothing is wrong, with the records of its uses."""
    book = book_with(
        small.load(),
        small.root,
        claims={"a": {}},
        charts={"line": {}},
        origin={"a": "notebooks/n", "line": "notebooks/n"},
    )
    made = Page(book, small.root / "book")
    made.env.srcdir, made.env.app.outdir = str(small.root / "book"), str(small.root / "site")
    made.env.doctreedir = str(small.root / "doctrees")
    made.env.dependencies, made.env.images, made.env.dlfiles, made.env.domains = {}, {}, {}, {}
    made.env.metadata["index"]["reviewed"] = "2014"
    uses = [Record("claim", "a", 1), Record("chart", "line", 2), Record("fact", "towns.of", 3)]
    records(made.env)["index"] = uses
    return made


@pytest.fixture(autouse=True)
def nothing_refused(monkeypatch):
    monkeypatch.setattr(checks.enclosure, "refused", lambda: [])


def wrong(page):
    return [(p.code, p.place, p.found) for p in checks.problems(page.env)]


def test_a_book_in_which_all_is_used_and_read_has_no_problem(page):
    assert wrong(page) == []


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("claim", ("W410", "notebooks/n", "claim a is on no page")),
        ("chart", ("W411", "notebooks/n", "chart line is on no page")),
        ("fact", ("W205", "data/context.toml, towns", "no page uses this fact")),
    ],
)
def test_what_is_made_and_stands_on_no_page_is_named(page, kind, found):
    records(page.env)["index"] = [r for r in page.records if r.kind != kind]
    assert wrong(page) == [found]


def test_a_fact_in_words_is_used_too(page):
    records(page.env)["index"] = [*page.records[:2], Record("word", "fact:towns", 3)]
    assert wrong(page) == []


def test_a_fact_that_only_a_chart_draws_is_used_if_the_chart_is(page):
    book = page.env.get_domain("").book
    book.results.charts["line"]["facts"] = ["towns"]
    records(page.env)["index"] = [r for r in page.records if r.kind != "fact"]
    assert wrong(page) == []
    records(page.env)["index"] = [r for r in page.records if r.kind == "claim"]
    assert ("W205", "data/context.toml, towns", "no page uses this fact") in wrong(page)


def test_a_source_of_nothing_is_named_in_the_newest_edition_alone(page, small):
    more = "\n@misc{spare, author = {Bos, B}, title = {Los}, year = {2015}}\n"
    small.write("references.bib", small.path("references.bib").read_text() + more)
    book = page.env.get_domain("").book
    book.figures = small.load()
    assert wrong(page) == [("W205", "data/references.bib, spare", "nothing uses this source")]
    book.figures = small.load(wave="2013")
    page.env.metadata["index"]["reviewed"] = "2013"
    assert wrong(page) == []


def test_a_page_is_reviewed_for_the_wave_of_its_edition(page):
    page.env.metadata["index"]["reviewed"] = "2013"
    assert wrong(page) == [("W413", "book/index.md", "is reviewed for 2013, not for 2014")]
    del page.env.metadata["index"]["reviewed"]
    assert wrong(page)[0][2] == "is reviewed for no wave, not for 2014"
    page.env.found_docs.clear()
    page.env.found_docs.add("notebooks/n")  # which nobody writes
    assert wrong(page) == []


def test_problems_of_notebooks_and_pages_come_once_in_the_order_of_the_book(page):
    problems = [Problem("W401", f"book/index.md:{line}", "x", "y") for line in (14, 9)]
    noted = [Record("value", "x", p.place.count("4"), problem=p) for p in (*problems, problems[0])]
    records(page.env)["index"] = [*page.records, *noted]
    page.env.get_domain("").book.results.problems.append(Problem("W303", "notebooks/n.ipynb", "x", "y"))
    assert [place for _, place, _ in wrong(page)] == ["book/index.md:9", "book/index.md:14", "notebooks/n.ipynb"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("plaat.png", []),
        ("../notes.txt", ["shows notes.txt, which lies outside book/"]),
        ("../data/references.bib", []),
        ("../data/waves.toml", ["shows data/waves.toml, which lies outside book/"]),
        ("../jupyter_execute/a.png", []),
    ],
)
@pytest.mark.parametrize("how", ["dependencies", "images", "dlfiles"])
def test_what_a_page_shows_lies_in_the_book(page, name, told, how):
    setattr(page.env, how, {"index": [name]} if how == "dependencies" else {name: ({"index"}, "x")})
    assert wrong(page) == [("W419", "book/index.md", found) for found in told]


@pytest.mark.parametrize(
    ("draft", "code", "stops"),
    [(False, "W401", True), (True, "W401", False), (True, "W419", True), (False, "", False), (True, "W430", True)],
)
def test_a_strict_build_stops_at_any_problem_and_a_draft_at_what_is_not_the_books(page, draft, code, stops):
    page.env.get_domain("").book.draft = draft
    resolved = []
    page.env.check_dependents = lambda app, done: iter([resolved.append("numbers")])
    page.env.get_and_resolve_doctree = lambda name, builder: resolved.append(name)
    app = SimpleNamespace(builder=None)
    if code:
        problem = Problem(code, "book/index.md:1", "x", "y")
        records(page.env)["index"] = [*page.records, Record("value", "x", 1, problem=problem)]
    if stops:
        with pytest.raises(UntrueError):
            checks._judge(app, page.env)
        assert resolved == ["numbers", "index"]
    else:
        assert checks._judge(app, page.env) == []
        assert resolved == []
