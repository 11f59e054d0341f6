"""A language that the library does not have: a copy of the English words in capitals, which nobody else would write."""

import dataclasses
import re
from collections.abc import Mapping
from itertools import chain

import pytest
from measures import UNITS

from wavebook import charts, claims
from wavebook.definitions import Text
from wavebook.language import wording
from wavebook.language.words import LANGUAGES, words_in
from wavebook.pages import figure_tables, panels

KEPT = ("locale", "bibtex", "stemmer", "patterns", "prose", "plurals")


def shouted(part):
    """Words in capitals, but for what is filled in."""
    if isinstance(part, str):
        return "".join(text if text.startswith("{") else text.upper() for text in re.split(r"(\{[\w:]+\})", part))
    if isinstance(part, Mapping):
        return {name: shouted(inner) for name, inner in part.items()}
    if isinstance(part, tuple):
        return tuple(map(shouted, part))
    return dataclasses.replace(
        part, **{f.name: shouted(getattr(part, f.name)) for f in dataclasses.fields(part) if f.name not in KEPT}
    )


@pytest.fixture
def figures(monkeypatch, small):
    """The figures of the small book in the third language, in which its own texts are all ~."""
    monkeypatch.setitem(LANGUAGES, "xx", shouted(words_in("en")))
    monkeypatch.setattr(Text, "__getitem__", lambda self, language: "~" if language == "xx" else self.en)
    small.row("2013", 2, ci_low="6.7", ci_high="6.9", n="1000", status="provisional")
    small.row("2014", 2, ci_low="6.8", ci_high="7.0", n="1100")
    small.row("2010", 2, n="900")
    found = small.load(language="en")
    found.language = "xx"
    return found


def lower_case(*told):
    """The words that are not of the third language; n is a sign."""
    text = re.sub(r"<[^>]*>", " ", " ".join(map(str, told)))
    return set(re.findall(r"\b[a-z]\w+", text)) - {"page"}  # the place in a source


def test_numbers_and_words(figures):
    assert wording.quantity(40, UNITS["percent"], 0, "xx") == "40 PER CENT"
    assert wording.difference(1, UNITS["percent"], 0, "xx") == "1 PERCENTAGE POINT"
    assert wording.difference(2, UNITS["grade"], 1, "xx") == "2.0 POINTS"
    assert wording.number_word(7, "xx") == "SEVEN"
    assert wording.listing(["a", "b", "c"], "xx") == "a, b AND c"
    assert wording.date("2016-12-01", "xx") == "1 DECEMBER 2016"
    assert wording.trend_word("ROSE", "down", "xx") == "FELL"
    assert figures["grade@2013"].text("xx", "chart") == "6.8\u00a0[P]"


FORMS = {
    "lines": lambda f: charts.lines("a", f.select("grade", waves="all")),
    "bars": lambda f: charts.bars("a", f.select("share")),
    "part": lambda f: charts.part("a", f.select("share.yes")),
    "tally": lambda f: charts.tally("a", f, "towns"),
    "change": lambda f: charts.change("a", f.select("grade", "share.yes", waves="both")),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_chart_says_nothing_in_another_language(figures, form):
    payload = FORMS[form](figures).payload
    says = [part for point in payload["points"] for part in point["says"]]
    drawn = re.findall(r"<text[^>]*>(.*?)</text>", "".join(payload["svg"].values()))
    told = [payload["summary"], *payload["notes"], *payload["table"]["head"], *chain(*payload["table"]["rows"]), *says]
    assert lower_case(*told, *drawn) == set()
    assert drawn
    assert words_in("xx").charts[form].partition(" {")[0] in payload["summary"]


def test_a_chart_of_nothing_says_so(figures):
    figures.segment = "theme=work"
    empty = figures.select("grade", waves="all")
    assert "THERE ARE NO FIGURES" in charts.lines("a", dataclasses.replace(empty, keys=())).payload["absent"]


STATEMENTS = [
    claims.rises("grade"),
    ~claims.falls("grade"),
    claims.stable("grade", within=0.3),
    claims.peaks("grade", "2013"),
    claims.more("share.no", "share.yes", times=2),
    claims.largest("share.no"),
    claims.smallest("grade@theme=work"),
    claims.about("share.no", 1 / 2, within=5),
    claims.above("grade", "fact:towns"),
    claims.widens("share.no", "share.yes", by=3),
    claims.always_rises("grade", known=True),
    claims.in_each("theme", claims.rises, "grade"),
    claims.rises("grade") & ~claims.unknown("grade"),
]


@pytest.mark.parametrize("predicate", STATEMENTS, ids=lambda predicate: predicate.text)
def test_a_statement_is_said_in_it(figures, predicate):
    said = predicate.said.text(figures)
    assert lower_case(said) == set()
    assert re.search("[A-Z]{2}", said)


def test_a_panel_and_the_tables_are_in_it(figures):
    waves = panels.of_figures(figures, (figures["grade@2010"], figures["grade@2013"], figures["grade"]))
    fact = panels.of_fact(figures, "towns", figures.definitions.facts["towns"])
    tables = figure_tables.figures_tables(figures, lambda source: [])
    tables += figure_tables.facts_table(figures, lambda source: [])
    told = [waves[1], fact[1], *(node.astext() for made in tables for node in made.findall() if not node.children)]
    assert {"ASKED", "RESPONDENTS", "PROVISIONAL", "UNKNOWN"} <= set(re.findall(r"\w+", " ".join(told)))
    assert lower_case(*told) <= {"csv", "json"}
