"""Pins of one sentence, of those of a page, or of all about an indicator: what each would change, and the change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from wavebook.core import hints
from wavebook.core.languages import below, declared, of_page
from wavebook.core.problems import Problem, ProblemsError, fail, raise_all
from wavebook.core.units import Language
from wavebook.definitions import load_definitions
from wavebook.figures import Figures, load
from wavebook.pages.checks.newest import CHANGES
from wavebook.pages.checks.statements import waves_in
from wavebook.pages.records import read_trend, wave_typed
from wavebook.pages.typed import Passage
from wavebook.publish import marks
from wavebook.publish.desk import proofs, selections, sentences, subjects
from wavebook.publish.desk.pins import ROLE, pinned
from wavebook.publish.desk.sentences import Page
from wavebook.publish.desk.wording import CLAIM, MARKUP, Spot, reword
from wavebook.publish.rereading import named

_SPARKS = re.compile(r"(?:\s*\{spark\}`[^`]*`)+\s*\Z")  # at the end of a sentence, after its full stop
_END = re.compile(r"[.!?…]?[’”\"»)]*(?:\]\{[^{}]*\})?(?:\[\^[\w-]+\])*[.!?…]?\Z")

Sentence = tuple[Page, Passage]


@dataclass(frozen=True)
class Plan:
    """What a pin changes: sentences, and the notebooks with their tests. Nothing of it is written yet."""

    about: str
    wave: str
    spots: tuple[Spot, ...]
    notebooks: dict[str, tuple[bytes, bytes]]
    tests: dict[str, list[str]]
    selections: dict[str, list[str]]

    @property
    def places(self) -> list[str]:
        """The sentences and the notebooks, as problems name them."""
        return [*(f"{spot.page.name}:{spot.passage.line}" for spot in self.spots), *self.notebooks]

    @property
    def lines(self) -> list[str]:
        """What changes, place by place, each sentence as it is typed before and after."""
        found = [
            f"{spot.page.name}:{spot.passage.line}: {spot.passage.words}\n  becomes: {' '.join(spot.words.split())}"
            + ("\n  reread: it names another wave before that" if is_mixed(spot, self.wave) else "")
            for spot in self.spots
        ]
        return [*found, *self.code]

    @property
    def code(self) -> list[str]:
        """What changes in notebooks: tests by the names of their claims, and what charts select."""
        told = [f"{file}: as of {self.wave}: {', '.join(names)}" for file, names in self.tests.items()]
        told += [
            f"{file}: as of {self.wave}: what a chart shows of {one}"
            for file, ones in self.selections.items()
            for one in ones
        ]
        return told

    @property
    def mixed(self) -> list[str]:
        """The sentences in which readers may take the wave for that of another number: reword them."""
        return [f"{spot.page.name}:{spot.passage.line}" for spot in self.spots if is_mixed(spot, self.wave)]

    def write(self, root: Path) -> list[str]:
        """Write all of it or nothing, and return the places; raises ProblemsError (W457) if a file has changed."""
        reword(root, f"pinned {self.about} to {self.wave}", self.spots, self.notebooks)
        return self.places


def plan(root: Path, what: str, wave: str) -> Plan:
    """What pinning ``what`` to a wave changes.

    Parameters
    ----------
    what
        The place of a sentence, as ``sentences.at`` takes it; a page, which takes that page in every language; or an
        indicator or one of its answers (``channel.phone``), which takes every sentence that shows it or whose test is
        about it, and what charts show of it. Of a page or an indicator only what floats is pinned: what is about a
        fixed wave stays as it is.

    Raises
    ------
    ProblemsError
        There is no such thing (W456), the wave is not known (W501), or the test of a claim is not to be found (W459).
    """
    return _Pinning(root, wave).of(what)


def of_sentences(root: Path, chosen: Iterable[Sentence], wave: str) -> Plan:
    """What pinning these sentences to a wave changes."""
    return _Pinning(root, wave).of_sentences([*chosen])


class _Pinning:
    """One look at a book, of which sentences are to be pinned."""

    def __init__(self, root: Path, wave: str):
        definitions = load_definitions(root)
        if wave not in definitions.waves:
            fail(Problem("W501", f"wave {wave!r}", "is not known", f"Choose one of: {', '.join(definitions.waves)}."))
        self.root, self.wave, self.indicators = root, wave, definitions.indicators
        self.figures: Figures = load(root, wave=definitions.newest)
        self.then = self.figures.as_of(wave)

    @cached_property
    def pages(self) -> list[Page]:
        return [sentences.page(self.root, name) for name in marks.pages(self.root)]

    @property
    def typed(self) -> Iterator[Sentence]:
        yield from ((page, passage) for page in self.pages for passage in page.passages)

    def of(self, what: str) -> Plan:
        if re.search(r"[#:]", what):
            return self.of_sentences([sentences.at(self.root, what)])
        names = marks.pages(self.root)
        if what in names:
            spoken = declared(self.root)
            there = [one for one in self.typed if _root_of(one[0].name, spoken) == _root_of(what, spoken)]
            return self.of_sentences([one for one in there if self._floats(one[1].typed)], what)
        answers = [f"{name}.{answer}" for name, one in self.indicators.items() for answer in one.categories]
        if what not in (asked := [*self.indicators, *answers]):
            action = hints.before(what, [*names, *asked], "Name one, as in book/index.md:12, book/index.md or trust.")
            fail(Problem("W456", what, "is no sentence, page or indicator of this book", action))
        there = [one for one in self.typed if self._is_about(one[1].typed, what) and self._floats(one[1].typed)]
        plan = self.of_sentences(there, what)
        for file, told in selections.pinned(self.root, self.wave, what, self.indicators, plan.notebooks):
            plan.selections.setdefault(file, []).append(told)
        return plan

    def of_sentences(self, chosen: list[Sentence], about: str = "") -> Plan:
        spots = {(page.name, passage.start): (page, passage) for page, passage in chosen}
        names: dict[str, None] = {}
        while more := {n for _, passage in spots.values() for n in CLAIM.findall(passage.typed)} - names.keys():
            names |= dict.fromkeys(more)
            bound = [one for one in self.typed if more & {*CLAIM.findall(one[1].typed)}]
            spots |= {(page.name, passage.start): (page, passage) for page, passage in bound}
        made = [Spot(page, one, self._dated(pinned(one.typed, self.then))) for page, one in spots.values()]
        changed, tests = self._tests(sorted(names))
        about = about or next((f"{page.name}:{passage.line}" for page, passage in chosen), "")
        order = {page.name: number for number, page in enumerate(self.pages)}
        made = [spot for spot in made if spot.words != spot.passage.typed]
        made.sort(key=lambda spot: (order[spot.page.name], spot.passage.start))
        return Plan(about, self.wave, tuple(made), changed, tests, {})

    def _tests(self, names: Iterable[str]) -> tuple[dict[str, tuple[bytes, bytes]], dict[str, list[str]]]:
        """The notebooks before and after, and the names of the claims that change in each."""
        changed: dict[str, tuple[bytes, bytes]] = {}
        tests: dict[str, list[str]] = {}
        wrong: list[Problem] = []
        for name in names:
            try:
                proof = proofs.find(self.root, name, {file: after for file, (_, after) in changed.items()})
                after = proof.pinned(self.wave)
            except ProblemsError as error:
                wrong += error.problems
                continue
            if after != proof.content:
                changed[proof.file] = changed.get(proof.file, (proof.content,))[0], after
                tests.setdefault(proof.file, []).append(name)
        raise_all(wrong)
        return changed, tests

    def _floats(self, typed: str) -> bool:
        """Tell whether a sentence shows or says something of another wave once there is a newer one."""
        return pinned(typed, self.then) != typed or any(self._test_floats(name) for name in CLAIM.findall(typed))

    def _test_floats(self, name: str) -> bool:
        proof = self._proof(name)
        if proof is None:
            return True  # a problem of its own, told when it is pinned
        keys = subjects.keys(proof, self.indicators)
        return not subjects.is_pinned(proof) and (not keys or any(map(subjects.floats, keys)))

    def _is_about(self, typed: str, what: str) -> bool:
        if any(_named(found["kind"], found["text"]) & {what} for found in ROLE.finditer(typed)):
            return True
        found = (self._proof(name) for name in CLAIM.findall(typed))
        return any(what in subjects.names(subjects.keys(proof, self.indicators)) for proof in found if proof)

    def _proof(self, name: str) -> proofs.Proof | None:
        if name not in self._proofs:
            try:
                self._proofs[name] = proofs.find(self.root, name)
            except ProblemsError:
                self._proofs[name] = None
        return self._proofs[name]

    @cached_property
    def _proofs(self) -> dict[str, proofs.Proof | None]:
        return {}

    def _dated(self, typed: str) -> str:
        return dated(typed, self.figures, self.wave)


def _root_of(name: str, spoken: tuple[Language, ...]) -> str:
    """The name of a page in the first language of the book."""
    return name.replace(f"book/{below(of_page(name, spoken), spoken)}", "book/", 1)


def _named(kind: str, text: str) -> set[str]:
    """The indicator and the answer that a role is about; nothing of a fact or of a wave by its name."""
    key = read_trend(text)[1] if kind in CHANGES else wave_typed(text)[1] if kind == "wave" else text
    return subjects.names([key])


def dated(typed: str, figures: Figures, wave: str) -> str:
    """A pinned sentence that names its wave: with it in brackets at its end, if it did not.

    Where another wave is named after its last number, it stands behind that number: *6.9 (2014), and 6.7 in 2008*.
    """
    if f"`{wave}`" in typed or re.search(rf"\{{wave\}}`[^`]*\b{re.escape(wave)}`", typed):
        return typed
    if wave in waves_in(MARKUP.sub(" ", typed), figures):
        return typed
    said = _SPARKS.sub("", typed)
    if not said:
        return typed  # a line the size of a word, and no word
    if (place := _before_another(said, wave)) == 0:
        end = _END.search(said)
        place = end.start() if end else len(said)
    return f"{typed[:place]} ({{wave}}`{wave}`){typed[place:]}"


def _before_another(said: str, wave: str) -> int:
    """The place after the last number of this wave, if another wave is named after it; else 0."""
    last, place, others = wave, 0, False
    for found in ROLE.finditer(said):
        *_, last = ("", *named(found["kind"], found["text"]))
        if last == wave:
            marked = re.compile(r"[*_]*").match(said, found.end())
            place, others = marked.end() if marked else found.end(), False
        elif last:
            others = True
    return place if others else 0


def is_mixed(spot: Spot, wave: str) -> bool:
    """Tell whether a sentence got its wave at its end, after another one: *no less than in 2008 (2014)*."""
    added = f"({{wave}}`{wave}`)"
    before, _, _ = spot.words.rpartition(added)
    if added in spot.passage.typed or not before:
        return False
    waves = [waves[-1] for found in ROLE.finditer(before) if (waves := named(found["kind"], found["text"]))]
    return bool(waves) and waves[-1] != wave
