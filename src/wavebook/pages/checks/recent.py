"""Sentences that hold since the baseline, and the opposite since the wave before: an editor is told of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from docutils import nodes
from sphinx.environment import BuildEnvironment

from wavebook import claims
from wavebook.claims import Evidence, UntestableError
from wavebook.core.problems import Problem
from wavebook.figures import Figures, MissingFigureError, span_names
from wavebook.pages.records import Book, place_of, read_trend, records
from wavebook.pages.uses import Used, live, live_link, statement

_OPPOSITE = {"up": ("down",), "down": ("up",), "same": ("up", "down")}


def note_turned(env: BuildEnvironment, book: Book, told: Iterable[str], marked: Iterable[nodes.Node]) -> None:
    """Note each sentence and trend of a block that turned since the wave before, unless the block speaks of that.

    ``told`` are the waves that the block names or shows, ``marked`` its live nodes and statements.
    """
    before = previous(book.figures)
    if before is None or {"previous", before} & set(told):
        return
    seen: set[str] = set()
    for node in marked:
        reason = _turned(book, node, before) if isinstance(node, (statement, live, live_link)) else ""
        if reason and reason not in seen and isinstance(node, Used):
            seen.add(reason)
            _note(env, book, node, reason, before)


def previous(figures: Figures) -> str | None:
    """The wave before that of the edition, unless it is the baseline anyway."""
    try:
        before = figures.wave_of("previous")
    except MissingFigureError:
        return None
    return before if before != figures.baseline else None


def _turned(book: Book, node: Used, before: str) -> str:
    """The figures by which a statement or a trend turned; empty if it did not."""
    use = node.use
    if isinstance(node, statement):
        verdict = book.results.claims.get(node.name, {})
        recent = verdict.get("recent")
        if use.outcome != "holds" or recent is None or verdict["now"]:
            return ""
        return recent["reason"] if recent["outcome"] == "fails" else ""
    text = read_trend(use.text)[1]
    if use.kind not in ("trend", "change") or span_names(text) != ("baseline", "wave"):
        return ""
    ways = [_direction(figures, text) for figures in (book.figures, book.figures.since(before))]
    if ways[1] not in _OPPOSITE.get(ways[0], ()):
        return ""
    first, last = book.figures.since(before).between(text)
    return f"{last.key.name} {first.printed} ({first.key.wave}) → {last.printed} ({last.key.wave})"


def _direction(figures: Figures, text: str) -> str:
    try:
        return claims.direction(Evidence(figures), text) or ""
    except (UntestableError, MissingFigureError):
        return ""


def _note(env: BuildEnvironment, book: Book, node: Used, reason: str, before: str) -> None:
    noted, number = records(env)[env.docname], node.use.number
    if number is None or noted[number].problem:
        return
    said = " ".join(node.astext().split()) if isinstance(node, statement) else f"{{{node.use.kind}}}`{node.use.text}`"
    found = f"“{said}” holds against {book.figures.baseline}, and the opposite since {before}: {reason}"
    action = "Tell readers beside it, for example with {compared}`key@previous` or a claim about it, or leave it."
    notice = Problem("W452", place_of(env, node.use.line), found, action)
    noted[number] = replace(noted[number], notice=notice)
