"""What a new wave asks of each sentence: in every language, with its figures, charts and words that would hold."""

import pytest

from wavebook.core.problems import ProblemsError
from wavebook.publish.desk import edits, model


@pytest.fixture
def there(book, found):
    return {matter.id: matter for matter in model.matters(book.root, found)}


def test_a_matter_is_a_sentence_in_each_language_by_where_it_stands(there):
    assert list(there) == ["index-claim-steeg-1", "index-trend-grade-1"]
    claim, trend = there.values()
    assert [place.name for place in claim.places] == ["book/index.md:6", "book/en/index.md:6"]
    assert [place.passage.typed for place in trend.places] == [
        "Het {trend}`grade` van {value}`grade@baseline` naar {value}`grade`.",
        "It {trend}`grade`.",
    ]
    assert [place.address for place in claim.places] == ["index.html#steeg", "en/index.html#steeg"]
    assert trend.places[0].address == "index.html#trend-index-1"
    assert (claim.sentence.standing, trend.sentence.standing) == ("flipped", "turned")


def test_figures_come_with_their_margin_by_wave(found, there):
    rows = model.rows(found, there["index-claim-steeg-1"])
    assert [(row.name, row.wave, row.value, row.margin, row.n) for row in rows] == [
        ("grade", "2010", "6.7", "", ""),
        ("grade", "2014", "6.9", "", ""),
        ("grade", "2016", "6.2", "6.0 to 6.4", "900"),
    ]


def test_what_the_test_turns_on_is_told_in_words(found, there):
    ((said, told),) = model.turning(found, there["index-claim-steeg-1"])
    assert said == "cijfer: hoger"
    assert "0.7" in told


def test_only_charts_of_what_it_is_about_stand_beside_it(found, there):
    assert model.charts_beside(found, there["index-claim-steeg-1"]) == ["cijfers"]


def test_words_that_would_hold_are_accepted_in_each_language_with_the_test(book, found, there):
    matter = there["index-claim-steeg-1"]
    assert [spot.words for spot in model.proposal(book.root, found, matter)] == [
        "[Het cijfer daalde.]{.claim #steeg}",
        "[The grade fell.]{.claim #steeg}",
    ]
    before = {name: (book.root / name).read_bytes() for name in ("book/index.md", "book/en/index.md")}
    changed = model.accept(book.root, found, matter)
    assert changed == ["book/index.md:6", "book/en/index.md:6", "notebooks/cijfers.ipynb"]
    assert (book.root / "book/index.md").read_bytes() == before["book/index.md"].replace(b"steeg.]", b"daalde.]")
    assert b"claims.falls" in (book.root / "notebooks/cijfers.ipynb").read_bytes()
    assert edits.undo(book.root) == "reworded book/index.md:6"
    assert {name: (book.root / name).read_bytes() for name in before} == before


def test_without_such_words_for_one_of_the_languages_none_are_proposed(book, found, there):
    path = book.root / "book" / "en" / "index.md"
    path.write_text("# Report\n\n[It was a good year.]{.claim #steeg}\n", encoding="utf-8")
    assert model.proposal(book.root, found, there["index-claim-steeg-1"]) == []
    assert model.proposal(book.root, found, there["index-trend-grade-1"]) == []
    with pytest.raises(ProblemsError) as caught:
        model.accept(book.root, found, there["index-claim-steeg-1"])
    assert [problem.code for problem in caught.value.problems] == ["W458"]


def test_where_the_test_cannot_be_turned_no_words_are_proposed(book, found, there):
    path = book.root / "notebooks" / "cijfers.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("claims.rises(", "up("), encoding="utf-8")
    assert model.proposal(book.root, found, there["index-claim-steeg-1"]) == []


def test_a_sentence_that_is_typed_in_another_form_has_no_passage(book, found):
    (book.root / "book" / "index.md").write_text("# Rapport\n\nNiets.\n", encoding="utf-8")
    assert [m.places[0].passage for m in model.matters(book.root, found)] == [None, None]


def test_the_words_for_a_place_are_accepted_by_command(book, found, monkeypatch):
    from wavebook.publish.desk import sentences

    monkeypatch.setattr(model, "review", lambda *_: found)
    assert model.accept_at(book.root, *sentences.at(book.root, "book/index.md#steeg"), None)[0] == "book/index.md:6"
    with pytest.raises(ProblemsError) as caught:
        model.accept_at(book.root, *sentences.at(book.root, "book/index.md:5"), "2016")
    assert [problem.code for problem in caught.value.problems] == ["W456"]
