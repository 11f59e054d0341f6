"""The claims of the book can fail."""

import copy
import re
from dataclasses import replace
from types import SimpleNamespace

import nbformat
import pytest

from book import story_wave
from wavebook import claims
from wavebook.figures import load

SLUGS = ("een-overheid", "menselijker-contact", "meer-digitaal", "puberteit")


def predicates_of(root, slug, figures):
    """The predicates of a notebook's claims cell, by name."""
    caught = {}
    ours = SimpleNamespace(**{**vars(claims), "judge": lambda figures, predicates: caught.update(predicates)})
    for cell in nbformat.read(root / "notebooks" / f"{slug}.ipynb", as_version=4).cells:
        if cell.id == "claims":
            exec(cell.source, {"figures": figures, "claims": ours})
    return caught


@pytest.fixture(scope="module")
def book(root):
    figures = load(root, wave=story_wave())
    return figures, {slug: predicates_of(root, slug, figures) for slug in SLUGS}


def changed(figures, key, value):
    """The same figures but one."""
    other = copy.copy(figures)
    other._rows = {**figures._rows, key: replace(figures._rows[key], value=value)}
    return other


def other_values(figure):
    """Values all over a figure's range, close to its own and far off."""
    unit = 10.0**-figure.decimals
    low, high = {"grade": (1, 10), "percent": (0, 100)}.get(figure.unit.name, (0, 3 * figure.value))
    near = [figure.value + step * unit for step in (1, -1, 2, -2, 3, -3, 5, -5)]
    return [round(value, 6) for value in (*near, low, high) if low <= value <= high]


def other_facts(figures):
    d = figures.definitions
    for name, fact in d.facts.items():
        for value in (1, 10 * fact.value):
            other = copy.copy(figures)
            facts = {**d.facts, name: fact.model_copy(update={"value": value})}
            other.definitions = d.model_copy(update={"facts": facts})
            yield other


def flips(predicate, figures):
    """Keys of the figures whose change alone makes a statement fail or untestable; "fact" for a dated fact."""
    found = set()
    for text in predicate.verdict(figures).figures:
        figure = figures[text]
        if any(
            predicate.verdict(changed(figures, figure.key, value)).outcome != "holds" for value in other_values(figure)
        ):
            found.add(text)
    if any(predicate.verdict(other).outcome != "holds" for other in other_facts(figures)):
        found.add("fact")
    return found


@pytest.mark.parametrize("slug", SLUGS)
def test_every_statement_of_the_book_holds(book, slug):
    figures, predicates = book
    assert {name: p.verdict(figures).outcome for name, p in predicates[slug].items()} == dict.fromkeys(
        predicates[slug], "holds"
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_every_statement_of_the_book_fails_for_other_figures(book, slug):
    figures, predicates = book
    unmoved = {name for name, p in predicates[slug].items() if not flips(p, figures)}
    without = {name for name in unmoved if "is unknown" in predicates[slug][name].text}  # these rest on no figure
    assert unmoved == without


def test_what_is_said_to_be_unknown_fails_once_it_is_known(book):
    figures, predicates = book
    for predicate in (p for named in predicates.values() for p in named.values() if "is unknown" in p.text):
        keys = re.findall(r"([\w.]+@\d{4}) is unknown", predicate.text)
        assert keys
        for text in keys:
            key = figures.resolve(text)
            known = copy.copy(figures)
            known._rows = {**figures._rows, key: replace(next(iter(figures)), key=key, value=50.0)}
            assert predicate.verdict(known).outcome == "fails"


def live_figures(root, figures):
    """Keys of the figures that the Dutch pages print."""
    live = set()
    for page in (root / "book").glob("*.md"):
        for role, text in re.findall(r"\{(value|number|word|change|trend)\}`([^`]+)`", page.read_text("utf-8")):
            text = re.sub(r".*<(.*)>", r"\1", text)
            if text.startswith("fact:"):
                continue
            found = figures.between(text) if role in ("change", "trend") else [figures[text]]
            live |= {str(figure.key) for figure in found}
    return live


def test_every_figure_that_a_statement_rests_on_is_printed_or_moves_a_statement(book, root):
    figures, predicates = book
    every = [p for named in predicates.values() for p in named.values()]
    used = {key for p in every for key in p.verdict(figures).figures}
    guarded = live_figures(root, figures).union(*(flips(p, figures) for p in every))
    assert used
    assert used - guarded == set()
