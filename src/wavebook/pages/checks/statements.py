"""Sentences compared with what their tests looked at.

A claim's verdict is about figures; readers get a sentence. This module compares both: the waves, figures and sources
that the sentence shows, the margin its test allows, whether it is about today, about all or about what is known, and
whether it says more than a figure without a margin of error can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment

from wavebook.core.problems import Problem
from wavebook.figures import Figures, FirstWaveError, Key, MissingFigureError, span_names, wave_names
from wavebook.language.words import words_in
from wavebook.pages.ancestors import above, block_of, is_in, line_of, nearest
from wavebook.pages.blocks import Piece, Sentence, pieces_of, read_block, replace_node
from wavebook.pages.checks import newest, recent, told_directions, told_numbers, told_universals
from wavebook.pages.places import find_line
from wavebook.pages.records import Book, Record, fact_in, note, place_of, read_trend, records, wave_typed
from wavebook.pages.uses import Use, Used, live, statement, use_of

_WORST = ("fails", "open", "not certain", "holds")
_CODES = {"fails": "W403", "open": "W404", "not certain": "W420"}
_SAYS = {"fails": "no longer holds", "open": "cannot be tested", "not certain": "is not certain"}
_CHANGES = ("change", "trend", "compared")
_SHOWS_FIGURES = ("value", "number", "word", "n", "spark", *_CHANGES)


# --- the verdict on one sentence --------------------------------------------------------------------------


def bind(document: nodes.document) -> list[statement]:
    """Turn each sentence that is marked as a claim, or as an alternative to one, into a statement."""
    made = []
    for node in list(document.findall(nodes.inline)):
        if {"claim", "else"} & set(node["classes"]):
            bound = statement(node.rawsource, "", *node.children, **node.attributes, use=Use("claim"))
            bound.source, bound.line = node.source, node.line
            replace_node(node, bound)
            document.ids.update(dict.fromkeys(node["ids"], bound))
            made.append(bound)
    return made


def judge(env: BuildEnvironment, book: Book, node: statement) -> None:
    """Note the verdict on a claim or an alternative to one."""
    name = node.name
    line = find_line(env, f"#{name}", line_of(node))
    sentence = " ".join(node.astext().split())
    verdict = _verdict(book, node, name)
    outcome, problem = verdict["outcome"], None
    if outcome != "holds":
        holds = f"; what holds: {verdict['instead']}" if verdict.get("instead") else ""
        found = f"“{sentence}” {_SAYS[outcome]} ({name}: {verdict['reason']}{holds})"
        code = "W434" if FirstWaveError.FOUND in verdict["reason"] else _CODES[outcome]
        problem = Problem(code, place_of(env, line), found, "Rewrite or drop the sentence.")
    keys, stamp = tuple(verdict["figures"]), book.stamp("claim", name)
    record = Record("claim", name, line, sentence, keys, outcome, verdict["reason"], stamp, problem)
    node["use"] = Use(
        "claim",
        name,
        line,
        note(env, record),
        keys,
        breaks=tuple((start, end) for start, end in verdict["breaks"]),
        basis=verdict["basis"] if keys else "exact",
        outcome=outcome,
        unfit=name in book.results.claims and outcome != "holds",
    )


def _verdict(book: Book, node: nodes.inline, name: str) -> dict:
    """The verdict that counts for a sentence: if it is about today, also the one against the previous wave."""
    verdict = book.results.claims.get(name)
    if verdict is None:
        failed = [p.place for p in book.results.problems if p.code.startswith("W3")]
        if failed:
            reason = f"not tested, because {', '.join(sorted(set(failed)))} failed"
        else:
            nearest = book.results.nearest(name, book.results.claims)
            reason = f"no notebook tests a claim {name or '(without #name)'}{nearest}"
        return {"outcome": "open", "reason": reason, "figures": [], "breaks": [], "basis": "exact"}
    against = verdict["recent"] if _is_now(verdict, node) else None
    if against is None or _WORST.index(against["outcome"]) >= _WORST.index(verdict["outcome"]):
        return verdict
    reason = f"against {against['since']}, the wave before, as it speaks of today: {against['reason']}"
    return against | {"reason": reason}


def _is_now(verdict: dict, node: nodes.Node) -> bool:
    """Tell whether a sentence is about today: as its claim declares, or else in a heading."""
    return verdict["now"] if verdict["now"] is not None else is_in(node, nodes.title)


# --- the sentence beside its test -------------------------------------------------------------------------


def check(env: BuildEnvironment, book: Book, document: nodes.document) -> None:
    """Note where sentences differ from their tests, their figures or their sources, and each tested one as a whole."""
    for block in _blocks(document):
        pieces, found, _ = read_block(block, book.language)
        _check_reported(env, pieces, found)
        told: list[str] = []  # the waves that the block speaks of
        turning: list[nodes.Node] = []
        for sentence in found:
            stated = [node for node in sentence.marked if isinstance(node, statement)]
            words = [node for node in sentence.marked if _is_trend(node) and nearest(node, statement) is None]
            _address(env, words)
            _note_whole(env, [*stated, *words], _worded(pieces, [sentence]))
            newest.mark(book, sentence)
            if sentence.alternative or (
                book.figures.segment and any(isinstance(node, Used) and node.use.unfit for node in sentence.marked)
            ):
                continue
            told += [*_waves_said(book, sentence), *_waves_of_figures(sentence), *_waves_tested(book, stated)]
            turning += sentence.marked
            for node in stated:
                for code, what, action in _of_claim(book, node, sentence, document):
                    _note(env, code, node, node.name, what, action)
            if not stated:
                _check_untested(env, book, sentence)
            for code, what, action in _of_waves(book, sentence, stated):
                _note(env, code, [*stated, *sentence.marked][0], "", what, action)
            for word in sentence.marked:
                if isinstance(word, live) and word.use.kind == "trend":
                    _check_trend(env, book, word, sentence)
        recent.note_turned(env, book, told, turning)


def _check_untested(env: BuildEnvironment, book: Book, sentence: Sentence) -> None:
    """Note a sentence without a test whose words are the opposite of its figures."""
    shown = [node for node in sentence.marked if _typed(node)[0] in _SHOWS_FIGURES]
    if not shown or any(_typed(node)[0] in ("trend", "compared", "spark") for node in shown) or sentence.wrong:
        return
    keys = [key for node in shown for key in _keys_of(node)]
    for what in told_directions.contradicted_by_figures(book, sentence, keys, waves_in):
        _note(
            env,
            "W536",
            shown[0],
            "",
            what,
            "Say what the figures do, with {trend}, or make it a statement with a test.",
        )


def _waves_tested(book: Book, stated: Iterable[statement]) -> Iterator[str]:
    """The waves that the tests of statements name."""
    yield from (name for node in stated for name in book.results.claims.get(node.name, {}).get("waves", ()))


def _blocks(document: nodes.document) -> Iterator[nodes.TextElement]:
    """The blocks of text that hold a statement or a live number or word."""
    found: dict[int, nodes.TextElement] = {}
    for node in document.findall(nodes.Element):
        use = use_of(node)
        shows = use is not None and use.kind in (*_SHOWS_FIGURES, "wave", "fact", "margin")
        if shows or isinstance(node, statement) or _is_reported(node):
            block = block_of(node)
            if block is not None:
                found[id(block)] = block
    return iter(found.values())


def _is_reported(node: nodes.Element) -> bool:
    return isinstance(node, nodes.inline) and "reported" in node["classes"]


def _note(env: BuildEnvironment, code: str, node: nodes.Element, name: str, found: str, action: str) -> None:
    use = use_of(node)
    line = use.line if use is not None else find_line(env, f"#{name}" if name else "", line_of(node))
    note(env, Record("statement", name, line, problem=Problem(code, place_of(env, line), found, action)))


def _of_claim(
    book: Book, node: statement, sentence: Sentence, document: nodes.document
) -> Iterator[tuple[str, str, str]]:
    """Faults of a claim's sentence: it hides a margin or its scope, or says more than its test shows."""
    name, patterns = node.name, words_in(book.language).patterns
    verdict = book.results.claims.get(name)
    if verdict is None or node.use.outcome != "holds":
        return
    if verdict["margins"] and name not in _margins_near(node, document):
        sizes = ", ".join(dict.fromkeys(f"{size:g}" for _, size in verdict["margins"]))
        found = f"“{sentence.text}” rests on a margin of {sizes} that readers do not see"
        yield "W421", found, f"Say it beside the sentence, with {{margin}}`{name}`."
    if verdict["known"] and not re.search(patterns.known, sentence.text, re.IGNORECASE):
        found = f"“{sentence.text}” is tested only on what is known, and does not say so"
        yield "W423", found, "Say in the sentence that it is about the known ones, or test it without known=True."
    further = re.search(patterns.further, node.astext(), re.IGNORECASE)
    if verdict["basis"] == "figures only" and verdict["figures"] and further:
        found = f"“{sentence.text}” says “{further[0]}”, and no error of its figures is known: it may be chance"
        action = "Say what the figures do (rose, fell, higher, lower), or declare the wave's samples."
        yield "W425", found, action
    yield from told_numbers.untested(book, verdict, node, sentence.text)
    yield from told_directions.contradicted(book, verdict, node, sentence.text, waves_in)
    yield from told_universals.unproven(book, verdict, node, sentence.text)
    inside = {key for live in node.findall(nodes.Element) for key in _keys_of(live)}
    if strange := inside - set(verdict["figures"]):
        found = f"“{sentence.text}” shows {', '.join(sorted(strange))}, which its test {name} does not look at"
        yield "W424", found, "Test what the sentence shows, or let the number stand outside the statement."


def _keys_of(node: nodes.Element) -> tuple[str, ...]:
    """The keys of the figures that a live number shows."""
    use = use_of(node)
    return use.keys if use is not None and use.kind in _SHOWS_FIGURES else ()


def _margins_near(node: nodes.Element, document: nodes.document) -> set[str]:
    """The claims whose margin is given in the same block; below a heading or beside a caption, in the same section."""
    place: nodes.Element | None = block_of(node)
    if isinstance(place, (nodes.title, nodes.caption, nodes.term)):
        place = nearest(place, nodes.section, nodes.document)
    return {told.use.text for told in (place or document).findall(live) if told.use.kind == "margin"}


def _of_waves(book: Book, sentence: Sentence, stated: list[statement]) -> Iterator[tuple[str, str, str]]:
    """Faults of waves and sources that a sentence names and that its test or figures do not concern."""
    verdicts = [v for v in (book.results.claims.get(node.name) for node in stated) if v is not None]
    missing = any("missing" in node["classes"] for node in sentence.marked)
    if missing or len(verdicts) < len(stated) or any(v["outcome"] != "holds" for v in verdicts):
        return  # its fault has been reported already
    shown, about = dict.fromkeys(_waves_said(book, sentence)), set()
    of_figures = set(_waves_of_figures(sentence))
    if verdicts:
        shown |= dict.fromkeys(of_figures)
        about = {_as_here(book, verdict, name) for verdict in verdicts for name in verdict["waves"]}
    elif of_figures:
        about = of_figures
    if about and "*" not in about and (strange := [name for name in shown if name not in about]):
        tested = "its test compares" if verdicts else "its figures are of"
        found = f"“{sentence.text}” names {', '.join(strange)}, and {tested} {', '.join(sorted(about))}"
        action = "Name the waves in both alike: {wave}`baseline` floats with the edition, {wave}`2008` does not."
        yield "W424", found, action
    cited = {key for node in sentence.marked for key in _cited(node)}
    sources = {s for verdict in verdicts for s in _sources(book, verdict["figures"], verdict["facts"])}
    sources |= {s for node in sentence.marked for s in _sources(book, _keys_of(node), _facts_of(node))}
    if cited and sources and not cited & sources:
        found = f"“{sentence.text}” cites {', '.join(sorted(cited))}; its figures are from {', '.join(sorted(sources))}"
        yield "W424", found, "Cite the source of the figures, or give the other one a sentence of its own."


def _typed(node: nodes.Element) -> tuple[str, str]:
    """The role that an editor typed, and its text; empty if no role made the node."""
    use = use_of(node)
    return (use.kind, use.text) if use is not None else ("", "")


def _as_here(book: Book, verdict: dict[str, Any], name: str) -> str:
    """The name on a page of a wave that a test names: its key, where its notebook is about another edition."""
    own = verdict.get("edition", {}).get(name)
    return own if own is not None and own != getattr(book.figures, name) else name


def _waves_said(book: Book, sentence: Sentence) -> Iterator[str]:
    """The waves that a sentence names: by role, by a dated fact, or by their names or keys in its text."""
    for node in sentence.marked:
        kind, text = _typed(node)
        if kind == "wave":
            named = wave_typed(text)[1]
            yield from wave_names(named) if "@" in named else (named,)
        elif kind == "fact" and text.endswith(".date"):
            yield book.figures.definitions.facts[text.partition(".")[0]].date[:4]
    yield from waves_in(sentence.typed, book.figures)


def waves_in(text: str, figures: Figures) -> Iterator[str]:
    """The waves that a text names, as readers know them (March 2024, Round 8) or by their keys."""
    waves = figures.definitions.waves
    named = {name.lower(): wave for wave in waves for name in (wave, *figures.called(wave).said)}
    longest_first = "|".join(re.escape(name) for name in sorted(named, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w.,])(?:{longest_first})(?![\w%]|[.,]\d)", re.IGNORECASE)
    yield from (named[found.lower()] for found in pattern.findall(" ".join(text.split())))


def _waves_of_figures(sentence: Sentence) -> Iterator[str]:
    for node in sentence.marked:
        kind, text = _typed(node)
        if kind in _CHANGES:
            yield from span_names(read_trend(text)[1])
        elif kind in _SHOWS_FIGURES and kind != "spark" and not text.startswith("fact:"):
            yield from wave_names(text)


def _cited(node: nodes.Element) -> Iterator[str]:
    if node.attributes.get("refdomain") == "cite":
        yield from (key.strip() for key in node.attributes.get("reftarget", "").split(","))


def _facts_of(node: nodes.Element) -> tuple[str, ...]:
    kind, text = _typed(node)
    return tuple(filter(None, [fact_in(kind, text)]))


def _sources(book: Book, keys: Iterable[str], facts: Iterable[str]) -> Iterator[str]:
    for key in keys:
        try:
            yield book.figures[Key.read(key)].source
        except (LookupError, MissingFigureError):
            continue
    yield from (book.figures.definitions.facts[name].source for name in facts if name in book.figures.definitions.facts)


def _check_trend(env: BuildEnvironment, book: Book, node: live, sentence: Sentence) -> None:
    """Note a word for no change in a sentence that says from what to what, or by how much."""
    if node.use.direction in ("up", "down", None) or not _moves(book, node, sentence):
        return
    line = node.use.line
    said = "nothing moved" if node.use.direction == "same" else "it is not certain whether anything moved"
    found = f"“{sentence.text}” says that {said}, and from where and to where"
    problem = Problem("W422", place_of(env, line), found, "Rewrite the sentence for a figure that did not move.")
    noted, number = records(env)[env.docname], node.use.number
    if number is not None:
        noted[number] = replace(noted[number], problem=problem)
    node.become_unfit()


def _moves(book: Book, node: live, sentence: Sentence) -> bool:
    """Tell whether the words around a trend are those of something that moved."""
    patterns = words_in(book.language).patterns
    before, word, after = sentence.text.partition(node.astext())
    if not word:
        return False
    sizes = [n.astext() for n in sentence.marked if _typed(n) == ("change", read_trend(node.use.text)[1])]
    beside = any(before.endswith(f"{size} ") for size in sizes)  # 0.0 points about as high as
    moved = re.search(patterns.moved, after, re.IGNORECASE | re.DOTALL)
    return beside or bool(moved or re.search(patterns.path, before, re.IGNORECASE))


# --- sentences as readers see them ------------------------------------------------------------------------


def _is_trend(node: nodes.Node) -> bool:
    """Tell whether a word was chosen by the test of a change."""
    return isinstance(node, live) and node.use.kind == "trend" and node.use.direction is not None


def _address(env: BuildEnvironment, words: Iterable[nodes.Element]) -> None:
    """Give words that a test chose an address on their page."""
    for node in words:
        if not node["ids"]:
            number = env.temp_data["wavebook_trends"] = env.temp_data.get("wavebook_trends", 0) + 1
            node["ids"] = [nodes.make_id(f"trend-{env.docname}-{number}")]


def _note_whole(env: BuildEnvironment, stated: Iterable[nodes.Element], sentence: tuple[tuple[str, str], ...]) -> None:
    """Keep the whole sentence with the records of the statements in it."""
    noted = records(env).get(env.docname, [])
    for node in stated:
        use = node.use if isinstance(node, Used) else None
        if use is not None and use.number is not None:
            noted[use.number] = replace(noted[use.number], sentence=sentence)


def _worded(pieces: list[Piece], sentences: Iterable[Sentence]) -> tuple[tuple[str, str], ...]:
    """The words of whole sentences without their citations, in pieces: text, address of the statement it is part of."""
    made: list[tuple[str, str]] = []
    parts = (found for sentence in sentences for found in pieces_of(pieces, sentence.span))
    for node, text in parts:
        if isinstance(node, nodes.system_message):
            continue
        holders = (n for n in (node, *above(node)) if isinstance(n, nodes.Element))
        stated = [n for n in holders if isinstance(n, statement) or _is_reported(n) or _is_trend(n)]
        holder = stated[-1] if stated else None  # a word within a statement belongs to it
        address = holder["ids"][0] if holder is not None and holder["ids"] else ""
        before = made.pop()[0] if made and made[-1][1] == address else ""
        cited = isinstance(node, nodes.Element) and any(_cited(node))
        made.append((before.rstrip() if cited else re.sub(r"[ \n]+", " ", before + text), address))
    texts = [text for text, _ in made]
    if texts:
        texts[0] = texts[0].lstrip()
        texts[-1] = texts[-1].rstrip()
    return tuple((text, address) for text, (_, address) in zip(texts, made, strict=True) if text)


def _check_reported(env: BuildEnvironment, pieces: list[Piece], found: list[Sentence]) -> None:
    """Note each statement that rests on a source alone: its sentence cites that source, or a note right after it."""
    reported = {id(node): node for sentence in found for node in sentence.marked if _is_reported(node)}
    for node in reported.values():
        own = [n for n, sentence in enumerate(found) if any(node is other for other in sentence.marked)]
        beside = [s for s in found[own[-1] + 1 : own[-1] + 2] if not re.search(r"\w", s.typed)]
        whole = [found[n] for n in own]
        cited = [key for sentence in [*whole, *beside] for other in sentence.marked for key in _cited(other)]
        line, problem = find_line(env, ".reported", line_of(node)), None
        text = " ".join(node.astext().split())
        if not cited:
            said = f"“{text}” is said to be reported, and its sentence cites nobody"
            problem = Problem("W426", place_of(env, line), said, "Cite who reports it in the same sentence.")
        if not node["ids"]:
            count = sum(record.kind == "reported" for record in records(env).get(env.docname, ()))
            node["ids"] = [nodes.make_id(f"reported-{env.docname}-{count + 1}")]
        sources = ",".join(dict.fromkeys(cited))
        note(env, Record("reported", sources, line, text, problem=problem, sentence=_worded(pieces, whole)))
