"""Corrections of published editions: recorded whole, or not at all."""

import datetime
import json
import tomllib

import pytest

from wavebook.core.problems import Problem, ProblemsError, fail
from wavebook.publish import archive, correcting

WORDS = {"nl": "Er stond <b>.", "en": 'It said "b".'}
OLD = """[[corrections]]
date = 2016-01-01
wave = 2013
pages = ["index"]
what.nl = "a"
what.en = "b"
reason.nl = "c"
reason.en = "d\""""


@pytest.fixture
def web(small, tmp_path, monkeypatch):
    """A folder in which an edition lies, and what would be published in it."""
    (tmp_path / "web" / "2014").mkdir(parents=True)
    (tmp_path / "web" / "2014" / archive.SUMS).write_text("")
    monkeypatch.setattr(archive, "publish", lambda root, folder, *, wave, tell: (wave, bool(small.load())))
    return tmp_path / "web"


def correct(small, web, wave="2014", pages=("index",), what=WORDS, **others):
    return correcting.correct(small.root, web, wave, pages=pages, what=what, reasons=WORDS, **others)


@pytest.mark.parametrize("old", [None, OLD, OLD.replace("\n", "\r\n")])
def test_a_correction_is_added_to_those_there_are(small, web, old):
    if old:
        small.write("corrections.toml", old)
    assert correct(small, web, before="6,8", after="6,9")
    content = small.path("corrections.toml").read_bytes()
    last = tomllib.loads(content.decode())["corrections"][-1]
    assert last == {
        "date": datetime.date.today(),
        "wave": "2014",
        "pages": ["index"],
        "what": WORDS,
        "reason": WORDS,
        "before": "6,8",
        "after": "6,9",
    }
    assert [c.wave for c in small.load().definitions.corrections] == ["2013", "2014"][not old :]
    assert content.count(b"\n") == content.count(b"\r\n") or b"\r" not in content


@pytest.mark.parametrize("old", [None, OLD])
def test_nothing_stays_recorded_of_what_could_not_be_published(small, web, monkeypatch, old):
    if old:
        small.write("corrections.toml", old)
    monkeypatch.setattr(
        archive, "publish", lambda *_, **__: fail(Problem("W403", "book", "is not true", "Correct it."))
    )
    with pytest.raises(ProblemsError):
        correct(small, web)
    path = small.path("corrections.toml")
    assert (path.read_text() if path.is_file() else None) == old


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"wave": "2013"}, "web"),
        ({"pages": ()}, "--page"),
        ({"what": {"nl": "a"}}, "--what"),
        ({"what": {"nl": "a", "en": " "}}, "--what"),
        ({"what": {**WORDS, "de": "c"}}, "--what"),
    ],
)
def test_a_correction_that_is_not_complete_is_refused(small, web, given, place):
    with pytest.raises(ProblemsError) as caught:
        correct(small, web, **given)
    assert [(p.code, p.place.endswith(place)) for p in caught.value.problems] == [("W541", True)]
    assert not small.path("corrections.toml").exists()


def test_an_edition_without_what_was_recorded_since_is_told_of(small, web):
    (web / "2014" / archive.RECORD).write_text('{"changes": []}')
    assert [*archive.lacking(small.root, web)] == []
    correct(small, web)
    assert [(n.code, n.place) for n in archive.lacking(small.root, web)] == [("W540", str(web / "2014"))]
    (change,) = small.load().definitions.corrections
    (web / "2014" / archive.RECORD).write_text(json.dumps({"changes": [change.identity]}))
    assert [*archive.lacking(small.root, web)] == []
