"""The year of a figure that is the newest there is, where that is not of the wave that the edition is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes

from wavebook.figures import Figures, Key, MissingFigureError
from wavebook.figures.key import LATEST, span_names, wave_names
from wavebook.pages.ancestors import is_in
from wavebook.pages.blocks import Sentence, put_after, replace_node
from wavebook.pages.records import Book, read_trend, wave_typed
from wavebook.pages.uses import Used, of_wave, statement

NUMBERS = ("value", "number", "word", "n")
CHANGES = ("change", "trend", "compared")
_ENDS = re.compile(r"[.!?…:;,]*[”’»\"']*\s*$")


def mark(book: Book, sentence: Sentence) -> None:
    """Put the wave behind what a sentence shows of it, in brackets, unless it is named with ``{wave}`key@latest```.

    What is shown several times of one wave is marked once, at the last number; without one, at the last word for a
    direction, or at the end of the statement.
    """
    showing = [node for node in sentence.marked if isinstance(node, Used) and not node.use.unfit]
    last: dict[str, Used] = {}
    for node in sorted(showing, key=lambda node: (not isinstance(node, statement), node.use.kind != "trend")):
        last |= dict.fromkeys(_waves(book, node), node)
    said = {wave for node in showing for wave in _said(book.figures, node)}
    for wave, node in last.items():
        if wave in said:
            continue
        made = of_wave("", f" ({book.figures.called(wave)})")
        if isinstance(node, statement):
            _put_at_end(node, made)
        else:
            put_after(node, made)


def _said(figures: Figures, node: Used) -> Iterator[str]:
    """The wave that a node names as that of the newest such figure."""
    named = wave_typed(node.use.text)[1] if node.use.kind == "wave" else ""
    if LATEST in wave_names(named):
        yield figures.wave_of(named)


def _waves(book: Book, node: Used) -> set[str]:
    """The waves before that of the edition that a node shows as the newest there is."""
    figures, use = book.figures, node.use
    if isinstance(node, statement):
        verdict = book.results.claims.get(node.name, {})
        keys = [Key.read(key) for key in verdict.get("figures", ())] if LATEST in verdict.get("waves", ()) else []
        found = {max((key.wave for key in keys), key=figures.definitions.order)} if keys else set()
    else:
        found = wave_shown(figures, use.kind, use.text)
    return found - {figures.wave}


def wave_shown(figures: Figures, kind: str, text: str) -> set[str]:
    """The wave of the newest figure that a role asks for; none for other figures, and where there is none."""
    key = read_trend(text)[1] if kind in CHANGES else text
    names = (
        () if kind in ("wave", "spark", "fact", "margin") else span_names(key) if kind in CHANGES else wave_names(key)
    )
    if LATEST not in names:
        return set()
    try:
        return {figures.ends(key)[1].wave if kind in CHANGES else figures.resolve(key).wave}
    except MissingFigureError:
        return set()


def _put_at_end(node: nodes.Element, made: nodes.Element) -> None:
    """Put a node at the end of a statement, before its full stop."""
    texts = [text for text in node.findall(nodes.Text) if not is_in(text, of_wave)]
    if not texts:
        return
    last, text = texts[-1], texts[-1].astext()
    ends = _ENDS.search(text)
    place = ends.start() if ends else len(text)
    parts = [nodes.Text(text[:place]), made, *([nodes.Text(text[place:])] if text[place:] else [])]
    replace_node(last, *parts)
