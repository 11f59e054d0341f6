"""Changes of a sentence together with all that hangs on it: its test, and each other sentence with the same claim."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from wavebook.core.problems import Problem, fail
from wavebook.definitions import load_definitions
from wavebook.figures import Figures, load
from wavebook.pages.statements import waves_in
from wavebook.pages.typed import Passage
from wavebook.publish import marks
from wavebook.publish.desk import edits, proofs, sentences
from wavebook.publish.desk.pins import pinned
from wavebook.publish.desk.sentences import Page

_CLAIM = re.compile(r"\{[^{}]*\.claim[^{}]*?#([\w-]+)[^{}]*\}")
_MARKUP = re.compile(r"\{[\w:]+\}`[^`]*`|\{[^{}]*\}|\]\([^)]*\)|`[^`]*`")
_SPARKS = re.compile(r"(?:\s*\{spark\}`[^`]*`)+\s*\Z")  # at the end of a sentence, after its full stop
_END = re.compile(r"[.!?…]?[’”\"»)]*(?:\]\{[^{}]*\})?(?:\[\^[\w-]+\])*[.!?…]?\Z")


@dataclass(frozen=True)
class Spot:
    """A sentence in its file, and other words for it."""

    page: Page
    passage: Passage
    words: str


def turned(typed: str, wrong: str, right: str) -> str:
    """A sentence as it is typed with another word for a direction; empty unless that stands in it once.

    >>> turned("[Trust\nrose {value}`rose`.]{.claim #rose}", "rose", "fell"), turned("Rose, rose.", "rose", "fell")
    ('[Trust\\nfell {value}`rose`.]{.claim #rose}', '')
    """
    plain = _MARKUP.sub(lambda found: "\0" * len(found[0]), typed)
    words = r"\s+".join(map(re.escape, wrong.split()))
    found = [*re.finditer(rf"(?<![\w-]){words}(?![\w-])", plain, re.IGNORECASE)]
    if len(found) != 1:
        return ""
    word = right[:1].upper() + right[1:] if found[0][0][:1].isupper() else right
    return typed[: found[0].start()] + word + typed[found[0].end() :]


def reword(root: Path, about: str, spots: Iterable[Spot], changed: dict[str, tuple[bytes, bytes]]) -> bool:
    """Write other words for sentences, and the notebooks that are ``changed`` with them; all or nothing."""
    changes = dict(changed)
    for spot in sorted(spots, key=lambda spot: -spot.passage.start):
        before, content = changes.get(spot.page.name, (spot.page.content, spot.page.content))
        page = Page(spot.page.name, content, spot.page.language)  # what comes before this sentence is as it was
        changes[spot.page.name] = before, page.reworded(spot.passage, spot.words)
    return edits.write(root, about, changes)


def of_claims(root: Path, names: Iterable[str]) -> list[tuple[Page, Passage]]:
    """Every sentence of the book that these claims are bound to, in all languages."""
    found = []
    for name in marks.pages(root):
        page = sentences.page(root, name)
        found += [(page, p) for p in page.passages if set(names) & set(_CLAIM.findall(p.typed))]
    return found


def pin(root: Path, chosen: Iterable[tuple[Page, Passage]], wave: str) -> list[str]:
    """Pin sentences to a wave, with the tests of their claims and each other sentence that these are bound to.

    A sentence that does not name the wave gets it in brackets at its end, as readers would not know it otherwise.

    Returns
    -------
    list
        The places that changed.

    Raises
    ------
    ProblemsError
        The wave is not known (W501), the test of a claim is not to be found (W459), or a file has changed (W457).
    """
    definitions = load_definitions(root)
    if wave not in definitions.waves:
        fail(Problem("W501", f"wave {wave!r}", "is not known", f"Choose one of: {', '.join(definitions.waves)}."))
    figures = load(root, wave=definitions.newest)
    spots = {(page.name, passage.start): (page, passage) for page, passage in chosen}
    names = dict.fromkeys(name for _, passage in spots.values() for name in _CLAIM.findall(passage.typed))
    spots |= {(page.name, passage.start): (page, passage) for page, passage in of_claims(root, names)}
    names |= dict.fromkeys(name for _, passage in spots.values() for name in _CLAIM.findall(passage.typed))
    then = figures.as_of(wave)
    made = [Spot(page, passage, _dated(pinned(passage.typed, then), figures, wave)) for page, passage in spots.values()]
    changed: dict[str, tuple[bytes, bytes]] = {}
    for name in names:
        proof = proofs.find(root, name, {file: after for file, (_, after) in changed.items()})
        changed[proof.file] = changed.get(proof.file, (proof.content,))[0], proof.pinned(wave)
    first = made[0]
    reword(root, f"pinned {first.page.name}:{first.passage.line} to {wave}", made, changed)
    places = [f"{s.page.name}:{s.passage.line}" for s in made if s.words != s.passage.typed]
    return [*places, *(file for file, (before, after) in changed.items() if before != after)]


def _dated(typed: str, figures: Figures, wave: str) -> str:
    """A pinned sentence that names its wave: with it in brackets at its end, if it did not."""
    if f"`{wave}`" in typed or re.search(rf"\{{wave\}}`[^`]*\b{re.escape(wave)}`", typed):
        return typed
    if wave in waves_in(_MARKUP.sub(" ", typed), figures):
        return typed
    said = _SPARKS.sub("", typed)
    if not said:
        return typed  # a line the size of a word, and no word
    end = _END.search(said)
    place = end.start() if end else len(said)
    return f"{typed[:place]} ({{wave}}`{wave}`){typed[place:]}"
