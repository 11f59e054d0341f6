"""Statements that can be tested, the ways to join and deny them, and the results of tests."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from wavebook.claims.arguments import check_arguments
from wavebook.claims.closest import closest
from wavebook.claims.evidence import ALPHA, Evidence, Finding, Test, UntestableError, all_of, any_of, unknown
from wavebook.claims.words import Said
from wavebook.figures import Figures, MissingFigureError
from wavebook.figures.accuracy import Basis

Outcome = Literal["holds", "fails", "not certain", "open"]
Way = Literal[
    "up", "down", "same", "wider", "closer", "more", "gains", "most", "least", "ranked", "over", "under", "none", "any"
]


@dataclass(frozen=True)
class Verdict:
    """The result of a test: the outcome with its reason, the figures looked at, and the basis of their errors.

    The outcome is ``fails`` only where the opposite is shown; *not certain* where chance may explain it, *open* where
    rounding, or something unknown, leaves it undecided. ``figures`` are keys, ``absent`` those that the statement is
    about and no source gives, ``facts`` dated facts; ``waves`` as the statement names them. ``breaks`` are the noted
    breaks that it crosses, ``tests`` the differences weighed against chance, ``closest`` the one that readers are told
    of, ``instead`` the rival that holds.
    """

    outcome: Outcome
    reason: str
    basis: Basis = "exact"
    figures: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    waves: tuple[str, ...] = ()
    breaks: tuple[tuple[str, str], ...] = ()
    tests: tuple[Test, ...] = ()
    closest: dict[str, Any] | None = None
    instead: str = ""


@dataclass(frozen=True)
class Predicate:
    """A statement that can be tested.

    ``text`` words it in English with keys, for editors; ``said`` in the words of a reader's language. ``test`` gives
    the finding on the evidence: shown, refuted, or neither. ``margins`` are those that its sentence must tell (key and
    size), ``known`` means that it is only about what sources give, and ``now`` that it must hold against the previous
    wave too (None: if it is a heading). ``all`` are the statements that it joins by *and*. ``sizes`` are the
    numbers that it is about, shares in percent, which its sentence may say in words, and ``ways`` the ways that its
    parts show a figure or a distance to go, or how they compare; a part that may be told in any way has *any*.
    """

    text: str
    test: Callable[[Evidence], Finding]
    said: Said
    rivals: Callable[[], tuple[Predicate, ...]] = tuple
    margins: tuple[tuple[str, float], ...] = ()
    known: bool = False
    now: bool | None = None
    all: tuple[Predicate, ...] = ()
    sizes: tuple[float, ...] = ()
    ways: tuple[Way, ...] = ("any",)

    def verdict(self, figures: Figures, alpha: float = ALPHA) -> Verdict:
        """The verdict on ``figures``, each test by itself at the two-sided level ``alpha``.

        A missing figure leaves it open. If it does not hold, ``instead`` names the rival that does.
        """
        evidence = Evidence(figures, alpha)
        finding = self.find(evidence)
        outcome = outcome_of(finding)
        instead = ""
        if outcome != "holds":
            true = (rival.text for rival in self.rivals() if rival.find(Evidence(figures, alpha)).truth)
            instead = next(true, "")
        return Verdict(
            outcome,
            finding.reason + _told(evidence, finding.test),
            evidence.basis,
            tuple(map(str, evidence.seen)),
            tuple(map(str, evidence.absent)),
            tuple(evidence.facts),
            ("*",) * evidence.every + tuple(evidence.named),
            tuple(evidence.crossed),
            tuple(evidence.tests),
            None if self.said.name in ("and", "or") else closest(evidence.weighed),
            instead,
        )

    def find(self, evidence: Evidence) -> Finding:
        """The finding about the statement; one that cannot be tested is not known.

        Figures that another statement on the same evidence misses do not concern this one.
        """
        before, evidence.absent = evidence.absent, {}
        try:
            return self.test(evidence)
        except (UntestableError, MissingFigureError) as error:
            return unknown(str(error))
        finally:
            evidence.absent = before | evidence.absent

    def __invert__(self) -> Predicate:
        return replace(
            self,
            text=f"not ({self.text})",
            test=lambda evidence: ~self.find(evidence),
            said=self.said.denied(),
            rivals=lambda: (self,),
            all=(),
            ways=("any",),
        )

    def __and__(self, other: Predicate) -> Predicate:
        return _join(self, other, all_of, "and")

    def __or__(self, other: Predicate) -> Predicate:
        return _join(self, other, any_of, "or")


def outcome_of(finding: Finding) -> Outcome:
    """The verdict's word for a finding."""
    if finding.truth is not None:
        return "holds" if finding.truth else "fails"
    return "not certain" if finding.kinds == {"chance"} else "open"


def _told(evidence: Evidence, test: Test | None) -> str:
    """The difference that decides, with its margin, p and basis."""
    if test is None:
        return ""
    more = f", one of {len(evidence.tests)} tests" if len(evidence.tests) > 1 else ""
    return f"; difference {test.difference:.3g} ± {test.margin:.2g}, p = {test.p:.2g} ({evidence.basis}{more})"


def _join(one: Predicate, two: Predicate, combine: Callable, word: Literal["and", "or"]) -> Predicate:
    now = {one.now, two.now}
    return Predicate(
        f"({one.text} {word} {two.text})",
        lambda evidence: combine([one.find(evidence), two.find(evidence)]),
        one.said.joined(two.said, word),
        lambda: (),
        (*one.margins, *two.margins),
        one.known or two.known,
        True if True in now else False if False in now else None,
        tuple(part for side in (one, two) for part in side.all or (side,)) if word == "and" else (),
        (*one.sizes, *two.sizes),
        (*one.ways, *two.ways),
    )


STATEMENTS: dict[str, Callable[..., Predicate]] = {}  # every predicate that an editor can write, by its name


def statement(make: Callable[..., Predicate]) -> Callable[..., Predicate]:
    """A function that makes predicates, which takes ``now`` too: whether the sentence is about today.

    One in the present tense must hold against the previous wave as well as against the baseline.
    """

    told = inspect.signature(make)

    @functools.wraps(make)
    def made(*args, now: bool | None = None, **options) -> Predicate:
        check_arguments(make.__name__, told.bind(*args, **options).arguments)
        found = make(*args, **options)
        return found if now is None else replace(found, now=now)

    also = inspect.Parameter("now", inspect.Parameter.KEYWORD_ONLY, default=None, annotation="bool | None")
    parameters = sorted([*told.parameters.values(), also], key=lambda parameter: parameter.kind)
    made.__signature__ = told.replace(parameters=parameters)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]  # inspect reads it, and stubs do not know it
    STATEMENTS[make.__name__] = made
    return made
