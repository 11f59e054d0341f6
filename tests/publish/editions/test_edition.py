"""One edition of many: its name, what it is made from, and what becomes of it."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from wavebook.core import temporary
from wavebook.core.problems import Problem, ProblemsError
from wavebook.pages.records import Record
from wavebook.publish.editions import edition
from wavebook.publish.editions.edition import Edition
from wavebook.site.sphinx import Report


@pytest.mark.parametrize(
    ("parts", "slug"),
    [
        ({}, "2014"),
        ({"baseline": "2010"}, "2014-since-2010"),
        ({"population": "sole_traders"}, "2014-population-sole-traders"),
        ({"segment": "theme=work_hard"}, "2014-theme-work-hard"),
        ({"baseline": "2010", "population": "c", "segment": "t=w"}, "2014-since-2010-population-c-t-w"),
    ],
)
def test_the_folder_of_an_edition_says_what_is_not_usual(parts, slug):
    assert Edition(**{"wave": "2014", "baseline": "2008", "usual": "2008"} | parts).slug == slug


@pytest.mark.parametrize(
    ("parts", "nl", "en"),
    [
        ({}, "iedereen", "everyone"),
        ({"population": "citizens"}, "burgers", "citizens"),
        ({"segment": "theme=work"}, "werk", "work"),
        ({"segment": "theme=work", "population": "citizens"}, "werk, burgers", "work, citizens"),
    ],
)
def test_readers_call_an_edition_by_whom_it_is_about(loaded, parts, nl, en):
    item = Edition("2014", "2010", **parts)
    assert (item.name(loaded.definitions, "nl"), item.name(loaded.definitions, "en")) == (nl, en)


SHARED = {"book/index.md": b"# T", "book/en/index.md": b"# T", "notebooks/n.ipynb": b"{}"}


def test_an_edition_in_dutch_alone_has_no_english_sources():
    assert list(edition.in_languages(SHARED, ("nl",))) == ["book/index.md", "notebooks/n.ipynb"]
    assert edition.in_languages(SHARED, ("nl", "en")) == SHARED


def test_an_edition_depends_on_each_source_of_its_own_its_data_and_the_library():
    item, data = Edition("2014", "2010", languages=("nl",)), {"data/waves.toml": b"x"}

    def key(item=item, shared=SHARED, data=data, library="l"):
        return edition.key(edition.ingredients(item, shared, data, library))

    assert key() == key(shared=dict(reversed(SHARED.items())))
    assert key() == key(shared=SHARED | {"book/en/index.md": b"# other"})  # which it does not show
    others = [
        key(item=Edition("2014", "2010", segment="theme=work", languages=("nl",))),
        key(shared=SHARED | {"book/index.md": b"# other"}),
        key(data={"data/waves.toml": b"y"}),
        key(library="m"),
        key(item=Edition("2014", "2010", languages=("nl", "en"))),
    ]
    assert len({key(), *others}) == 6


def test_sources_are_those_of_the_book_without_its_data_and_the_library(small):
    for name in ("book/index.md", "notebooks/n.ipynb", "_config.yml", "_toc.yml", "requirements.txt"):
        path = small.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    found = edition.sources(small.root)
    assert found["book/index.md"] == b"book/index.md"
    assert {"notebooks/n.ipynb", "_config.yml", "_toc.yml"} <= found.keys()
    assert not any(name.startswith(("data/", "/", "..")) or name.endswith(".py") for name in found)


@pytest.fixture
def made(monkeypatch, tmp_path):
    """What is asked of the pages; ``report`` or an error is what comes of it."""
    state = {"report": Report(pages=3), "asked": []}

    def make_pages(root, work, builder, *, outdir, **options):
        laid = {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}
        state["asked"].append((laid, builder, options))
        for name in (
            "index.html",
            "objects.inv",
            ".buildinfo",
            "jupyter_execute/n.py",
            "en/index.html",
            "en/objects.inv",
        ):
            (outdir / name).parent.mkdir(parents=True, exist_ok=True)
            (outdir / name).touch()
        if isinstance(state["report"], Exception):
            raise state["report"]
        return state["report"]

    monkeypatch.setattr(edition, "make_pages", make_pages)
    (tmp_path / "scratch").mkdir()

    def make(item=Edition("2014", "2010", languages=("nl", "en"))):  # noqa: B008
        return edition.make(item, SHARED, {"data/waves.toml": b"x"}, tmp_path / "site", tmp_path / "scratch")

    return make, state


def test_an_edition_is_made_strictly_in_a_folder_that_is_gone_afterwards(made, tmp_path):
    make, state = made
    assert make().pages == 3
    ((laid, builder, options),) = state["asked"]
    assert laid == {*SHARED, "data/waves.toml"}
    parameters = {"wave": "2014", "baseline": "2010", "population": "", "segment": ""}
    assert builder == "html"
    archive = {"among": "2014-since-2010/"}
    assert options == {"draft": False, "archive": archive, "languages": ("nl", "en"), **parameters}
    site = {p.relative_to(tmp_path / "site").as_posix() for p in (tmp_path / "site").rglob("*") if p.is_file()}
    assert site == {"index.html", "en/index.html"}
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.parametrize("how", ["raised", "reported"])
def test_what_is_wrong_with_an_edition_is_told_and_nothing_is_made(made, tmp_path, how):
    make, state = made
    problem = Problem("W401", "book/index.md:1", "x", "y")
    state["report"] = ProblemsError([problem]) if how == "raised" else Report(problems=[problem])
    assert make().problems == [problem]
    assert not (tmp_path / "site").exists()
    assert list((tmp_path / "scratch").iterdir()) == []


def test_what_readers_are_not_told_is_told_with_its_reason():
    missing = Record("value", "grade", 3, reason="suppressed", left_out="Weg.", instead="Ander.")
    noted = [
        missing,
        Record("claim", "a", 4, reason="higher", outcome="holds", left_out="Weg."),
        Record("claim", "b", 5, reason="lower", outcome="fails"),
        Record("claim", "c", 6, outcome="fails", left_out="Weg."),
        Record("claim", "d", 7, reason="x", outcome="fails", left_out="Weg.", spare=True),
    ]
    (told,) = edition.told({"book/index.md": noted})
    assert json.loads(json.dumps(told)) == {
        **{"page": "book/index.md", "line": 3, "what": "value", "name": "grade"},
        **{"left_out": "Weg.", "instead": "Ander.", "why": "suppressed"},
    }


def put(folder: Path, **content: str) -> Path:
    for name, text in content.items():
        path = folder / f"_static/{name}.css"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_style_sheets_of_all_editions_are_kept_once_and_compared(tmp_path):
    kept = tmp_path / "kept"
    first, alike, other = (put(tmp_path / name, a=text) for name, text in (("1", "x"), ("2", "x"), ("3", "y")))
    assert edition.same_shared(first, kept)
    assert (kept / "_static/a.css").read_text() == "x"
    assert edition.same_shared(alike, kept)
    assert not edition.same_shared(other, kept)
    assert not edition.same_shared(put(tmp_path / "4", b="x"), kept)
    assert not list(tmp_path.glob("[1-4]/_static"))
    english = put(tmp_path / "5" / "en", a="z")
    assert edition.same_shared(english.parent, kept)
    assert (kept / "en/_static/a.css").read_text() == "z"


def test_work_that_is_soon_gone_is_done_in_memory_where_there_is_room(monkeypatch, tmp_path):
    monkeypatch.setattr(temporary, "MEMORY", tmp_path)
    monkeypatch.setattr(edition.shutil, "disk_usage", lambda _: SimpleNamespace(free=2**31))
    with edition.scratch() as folder:
        assert folder.parent == tmp_path
    monkeypatch.setattr(edition.shutil, "disk_usage", lambda _: SimpleNamespace(free=2**30))
    with edition.scratch() as elsewhere:
        assert elsewhere.parent != tmp_path
    assert not folder.exists()
    assert not elsewhere.exists()
