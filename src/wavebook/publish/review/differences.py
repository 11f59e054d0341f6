"""The differences between two waves, as the review compares and reports them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from wavebook.definitions import Language
from wavebook.figures import Figure, Figures, Key
from wavebook.pages.records import Record
from wavebook.publish import build
from wavebook.runs import execute
from wavebook.survey.answers.changes import Change

VERDICTS = {  # in order of importance; rose and fell are equally important
    "rose": "rose",
    "fell": "fell",
    "suppressed": "suppressed",
    "vanished": "vanished",
    "new": "new",
    "open": "rounding leaves it open",
    "full": "not comparable: full break",
    "chance": "no difference beyond chance",
    "alike": "prints alike",
}
STANDINGS = {
    "flipped": "no longer true",
    "false": "true in neither",
    "unsure": "no longer certain",
    "lost": "no longer testable",
    "open": "certain or testable in neither",
    "turned": "reworded automatically: reread",
    "recent": "true, and the opposite since the wave before",
    "now": "true only now",
    "holds": "true in both",
}


@dataclass(frozen=True)
class Move:
    """One figure in two waves.

    ``change``, ``low`` and ``high`` (its 95 % interval) are in the figure's unit; ``p`` is adjusted by Holm over all
    figures compared, and too small where only one of the two errors is known (``half_known``). ``flips``: a sentence
    that rests on it no longer holds. ``against``: the baseline of the book, since which it moved the other way.
    """

    key: Key
    group: str
    label: str
    verdict: str
    before: Figure | None
    after: Figure | None
    change: Decimal | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    half_known: bool = False
    remark: str = ""
    flips: bool = False
    against: str = ""

    @property
    def order(self) -> tuple[bool, int, Decimal, str]:
        """Sort key by importance: flips, then the verdict, then the change in steps of the last decimal shown."""
        steps = Decimal(0)
        if self.change is not None and self.after is not None:
            steps = abs(self.change).scaleb(self.after.decimals)
        return (not self.flips, max(1, list(VERDICTS).index(self.verdict)), -steps, str(self.key))


@dataclass(frozen=True)
class Sentence:
    """A claim, trend word or size of a change on a page, as both editions have it.

    ``verdict`` is the later edition's on a claim: predicate, outcome, reason, instead; ``words`` is a trend word that
    would hold, ``language`` that of its page, ``twins`` the same in other languages where that stands alike. ``nth`` is
    its number among the sentences of its page with this claim, or this role.
    """

    page: str
    text: str
    standing: str
    before: Record | None
    after: Record | None
    verdict: dict = field(default_factory=dict)
    words: str = ""
    language: Language = ""
    twins: tuple[Sentence, ...] = ()
    nth: int = 1

    @property
    def record(self) -> Record:
        """The later of its records."""
        record = self.after or self.before
        if record is None:
            raise ValueError("a sentence is in at least one of the editions")
        return record

    @property
    def alike(self) -> tuple[Sentence, ...]:
        """The sentence itself, and its twins."""
        return (self, *self.twins)


@dataclass(frozen=True)
class Edition:
    """The book with one wave as its newest; ``missing`` gives the reason if there is none."""

    report: build.Report = field(default_factory=build.Report)
    results: execute.Results = field(default_factory=execute.Results)
    missing: str = ""


@dataclass(frozen=True)
class Review:
    """All that differs between the waves ``before`` and ``after``.

    ``figures`` has them as baseline and wave; ``editions`` and ``estimates`` are by wave; ``changes`` are those of
    questions, labels and who was asked; ``missing`` lists everything that cannot be known.
    """

    before: str
    after: str
    figures: Figures
    editions: dict[str, Edition]
    moves: list[Move]
    sentences: list[Sentence]
    changes: list[Change] = field(default_factory=list)
    estimates: dict[str, dict] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
