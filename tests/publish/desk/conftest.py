"""A book of one page, and the review of a wave in which the grade falls: on its pages in two languages."""

import textwrap

import pytest
from small import SmallBook
from waves import CELLS, INDEX, add_wave, edition, grade, notebook, share

from wavebook.pages.records import Record
from wavebook.publish.review import compare
from wavebook.publish.review.compare import review

ENGLISH = "---\nreviewed: 2014\n---\n# Report\n\n[The grade rose.]{.claim #steeg} It {trend}`grade`.\n"
CLOSEST = {"kind": "apart", "key": "grade@2016", "size": 0.7, "rounding": 0.1, "chance": None}
VERDICT = {
    "predicate": "grade rises",
    "outcome": "fails",
    "instead": "grade falls",
    "basis": "figures only",
    "parts": [{"said": "cijfer: hoger", "closest": CLOSEST | {"truth": False, "among": 1}}],
}


@pytest.fixture
def book(tmp_path):
    """Its files: two pages, their notebook, and figures of 2016."""
    made = SmallBook(tmp_path)
    add_wave(made, "2016")
    grade(made, "2016", "6.2", ci_low="6.0", ci_high="6.4", se="0.1", n="900")
    share(made, "2016", "yes", "15")
    made.write("context.toml", "")
    (tmp_path / "_config.yml").write_text("title: T\nauthor: A\nlanguages: [nl, en]\n", encoding="utf-8")
    for name, text in {"index.md": textwrap.dedent(INDEX), "en/index.md": ENGLISH}.items():
        path = tmp_path / "book" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "cijfers.ipynb").write_text(notebook(*CELLS["cijfers"]), encoding="utf-8")
    return made


@pytest.fixture
def found(book, monkeypatch):
    """The review of 2016, with what was read of its pages in either edition."""
    sides = {wave: _side(wave, verdict) for wave, verdict in (("2014", "holds"), ("2016", "fails"))}
    monkeypatch.setattr(compare, "_edition", lambda root, d, wave, *_: sides[wave])
    return review(book.root, "2014", "2016")


def _side(wave, outcome):
    """What was read of the pages in one edition."""
    rose = outcome == "holds"
    keys = ("grade@2010", f"grade@{wave}")

    def claimed(text):
        return Record("claim", "steeg", 6, text, keys, outcome, "6.7 → 6.2", sentence=((text, "steeg"),))

    def trend(word):
        return Record("trend", "grade", 6, word, keys, sentence=(("x ", ""), (word, "trend-index-1")))

    charts = [
        Record("chart", name, 8, "Zo.", (f"{key}@{wave}",)) for name, key in (("cijfers", "grade"), ("x", "share.no"))
    ]
    words = ("steeg", "rose") if rose else ("daalde", "fell")
    made = edition(claimed("Het cijfer steeg."), trend(words[0]), *charts, **({} if rose else {"steeg": VERDICT}))
    made.report.records["book/en/index.md"] = [claimed("The grade rose."), trend(words[1])]
    svg = {"wide": f"<svg><text>{wave}</text></svg>"}
    made.results.charts["cijfers"] = {"summary": "Het cijfer.", "language": "nl", "svg": svg}
    return made
