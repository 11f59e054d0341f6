"""Published figures that change with a reason: recorded for readers, marked, and kept."""

import csv
import datetime

import pytest

from wavebook.core.problems import ProblemsError
from wavebook.figures import published
from wavebook.pages import changes
from wavebook.publish import revising

BOTH = {"nl": "Telfout.", "en": "A slip."}


@pytest.fixture
def out(small):
    small.edit("waves.toml", "[waves.2014]\n", "[waves.2014]\npublished = true\n")
    small.edit("waves.toml", "[waves.2013]\n", "[waves.2013]\npublished = true\n")
    assert revising.revise(small.root) == [
        f"data/published/{wave}.csv: the figures are kept as they came out; commit them with the book"
        for wave in ("2013", "2014")
    ]
    return small


def table(book, wave="2014"):
    with book.path(f"figures/{wave}.csv").open(encoding="utf-8", newline="") as file:
        return [row["status"] for row in csv.DictReader(file)]


def records(book):
    path = book.path("revisions.csv")
    return [tuple(row.values()) for row in csv.DictReader(path.open(encoding="utf-8"))] if path.is_file() else []


def codes(book, *waves, **said):
    with pytest.raises(ProblemsError) as caught:
        revising.revise(book.root, waves, **said)
    return [(p.code, p.place) for p in caught.value.problems]


def is_as_kept(book):
    return published.compared(book.root, book.load().definitions).problems == []


def test_a_figure_that_changed_is_recorded_marked_and_kept(out):
    out.row("2014", 2, value="6.8")
    assert not is_as_kept(out)
    assert revising.revise(out.root, ["2014"], reasons=BOTH) == [
        "data/revisions.csv: 1 change of 2014 recorded and kept; commit all of it"
    ]
    today = datetime.date.today().isoformat()
    assert records(out) == [(today, "2014", "grade@2014", "6.9", "6.8", "Telfout.", "A slip.")]
    assert table(out).count("revised") == 1
    figures = out.load()
    assert figures["grade"].text("nl") == "6,8\u00a0[r]"
    assert is_as_kept(out)
    assert revising.revise(out.root, reasons=BOTH)[1] == "data/published/2014.csv: as it came out: nothing changed"
    assert len(records(out)) == 1


def test_lines_that_did_not_change_stay_as_they_were_typed(out):
    path = out.path("figures/2014.csv")
    typed = path.read_bytes().replace(b"page 1", b'"page 1,\n2"', 1).replace(b"\n2014", b"\r\n2014")
    typed = typed.replace(b"14,percent", b"15,percent")
    out.write("figures/2014.csv", typed)
    revising.revise(out.root, ["2014"], reasons=BOTH)
    now = path.read_bytes()
    differing = [(a, b) for a, b in zip(typed.split(b"\n"), now.split(b"\n"), strict=True) if a != b]
    assert [(b"15,percent" in a, b"revised" in b, b.endswith(b"\r")) for a, b in differing] == [(True, True, True)]


@pytest.mark.parametrize("reasons", [{}, {"nl": "Telfout."}, {"nl": "Telfout.", "en": " "}])
def test_without_a_reason_in_each_language_nothing_is_written(out, reasons):
    out.row("2014", 2, value="6.8")
    before = out.path("figures/2014.csv").read_bytes()
    assert codes(out, "2014", reasons=reasons) == [("W229", "data/figures/2014.csv")]
    assert (out.path("figures/2014.csv").read_bytes(), records(out)) == (before, [])
    assert not is_as_kept(out)


def test_what_is_asked_for_must_be_a_published_wave_and_a_language_of_the_book(out):
    assert codes(out, "2010") == [("W501", "wave '2010'")]
    assert [code for code, _ in codes(out, "2010", "x")] == ["W501", "W501"]
    assert [code for code, _ in codes(out, reasons={"de": "Fehler"})] == ["W501"]


def test_a_figure_that_comes_goes_or_is_hidden_is_recorded_as_such(out):
    out.row("2014", 3, value="", status="suppressed")
    out.row("2014", 4, value="6.1", status="published")
    revising.revise(out.root, reasons=BOTH)
    assert [row[2:5] for row in records(out)] == [
        ("grade@theme=school,2014", "", "6.1"),
        ("grade@theme=work,2014", "7", ""),
    ]
    assert table(out)[1:3] == ["suppressed", "revised"]


def test_a_number_of_people_or_a_status_is_told_in_readers_words(out):
    out.row("2014", 2, n="1200")
    out.row("2014", 5, status="provisional")
    revising.revise(out.root, reasons=BOTH)
    assert table(out)[:4:3] == ["revised", "provisional"]
    figures = out.load()
    told = [changes.revised_figure(figures, r) for r in figures.definitions.revisions]
    assert told == [
        ("cijfer", "Aantal deelnemers geen", "Aantal deelnemers 1.200"),
        ("cijfer", "definitief", "voorlopig"),
    ]


def test_a_record_made_by_hand_is_not_made_again(out):
    out.row("2014", 2, value="6.8")
    out.write("revisions.csv", "date,wave,figure,before,after,reason\n2016-01-01,2014,grade@2014,6.9,6.8,slip\n")
    revising.revise(out.root, ["2014"])
    assert len(records(out)) == 1
    assert table(out)[0] == "revised"


def test_words_that_mean_the_same_are_kept_and_not_recorded(out):
    out.edit("indicators.toml", 'definition.nl = "Rapportcijfer"', 'definition.nl = "Cijfer"')
    assert {code for code, _ in codes(out)} == {"W229"}
    revising.revise(out.root, reworded=True)
    assert is_as_kept(out)
    assert records(out) == []


def test_words_that_mean_something_else_are_recorded_once_for_the_first_wave_that_has_them(out):
    out.edit("indicators.toml", 'definition.nl = "Rapportcijfer"', 'definition.nl = "Cijfer"')
    revising.revise(out.root, reasons=BOTH)
    assert [row[1:5] for row in records(out)] == [("2013", "grade@2013 (question)", "Rapportcijfer", "Cijfer")]
    assert is_as_kept(out)
    figures = out.load()
    (revision,) = figures.definitions.revisions
    assert changes.revised_figure(figures, revision) == ("cijfer, wat werd gevraagd", "Rapportcijfer", "Cijfer")
    assert set(table(out)) <= {"published", "suppressed"}


def test_a_changed_value_is_not_passed_off_as_other_words(out):
    out.row("2014", 2, value="6.8")
    assert codes(out, reworded=True) == [("W229", "data/figures/2014.csv")]
