"""Evidence: sums of figures, weighed against rounding, chance and unknown figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from wavebook.claims.closest import Weighing, kind_of
from wavebook.claims.errors import Errors
from wavebook.definitions import Fact
from wavebook.figures import Figure, Figures, FirstWaveError, Key, MissingFigureError, span_names, wave_names
from wavebook.figures.accuracy import BASES, Accuracy, Basis, accuracy
from wavebook.figures.key import LATEST
from wavebook.language.wording import exact

Kind = Literal["rounding", "chance", "unknown"]  # the reason that something is not shown
Relation = Literal[">", ">=", "<", "<="]
Term = tuple[int | Decimal, Figure]
ALPHA = 0.05  # two-sided: a false statement about one direction holds in at most half of this


class UntestableError(Exception):
    """A statement cannot be tested; the message says why."""


class OpenError(UntestableError):
    """Known figures leave a statement open, because rounding allows both true and false."""


@dataclass(frozen=True)
class Test:
    """A difference that was weighed against chance: its size, 95 % margin and two-sided p-value."""

    difference: float
    margin: float
    p: float

    __test__ = False  # nothing for pytest


@dataclass(frozen=True)
class Finding:
    """The finding about a statement: shown (True), its opposite shown (False), or neither (None) for these reasons.

    ``test`` is the difference that decided, if it was weighed against chance.
    """

    truth: bool | None
    reason: str = ""
    kinds: frozenset[Kind] = frozenset()
    test: Test | None = None

    def __invert__(self) -> Finding:
        return replace(self, truth=None if self.truth is None else not self.truth)

    def told(self, reason: str) -> Finding:
        """The same finding in other words."""
        return replace(self, reason=reason)


def unknown(reason: str) -> Finding:
    """A finding neither shown nor refuted, as something is not known."""
    return Finding(None, reason, frozenset({"unknown"}))


def all_of(findings: Iterable[Finding]) -> Finding:
    """The finding that all hold (Kleene's logic): a refuted one settles it, whatever the others leave open."""
    found = list(findings)
    refuted, left = ([f for f in found if f.truth is truth] for truth in (False, None))
    told = "; ".join(dict.fromkeys(f.reason for f in left or found if f.reason))
    if refuted:
        told = "; ".join(dict.fromkeys(f.reason for f in found if f.reason))
        return Finding(False, told, test=min((f.test for f in refuted if f.test), key=lambda t: t.p, default=None))
    kinds = frozenset().union(*(f.kinds for f in left))
    tests = (f.test for f in left or found if f.test)
    return Finding(None if left else True, told, kinds, max(tests, key=lambda t: t.p, default=None))


def any_of(findings: Iterable[Finding]) -> Finding:
    """The finding that at least one holds."""
    return ~all_of(~f for f in findings)


@dataclass(frozen=True)
class Weighed:
    """A sum Σ cᵢ·figureᵢ + constant, in the unit of the figures.

    ``low`` and ``high`` bound it before rounding (``closed``: whether these are included), ``point`` is the sum as
    the table has it, ``printed`` as readers see it; ``errors`` tell how far chance reaches beyond these bounds.
    """

    low: Decimal
    high: Decimal
    closed: tuple[bool, bool]
    point: Decimal
    printed: Decimal
    errors: Errors

    def shows(self, relation: Relation, alpha: float) -> bool:
        """Tell whether the sum is shown to stand in this relation to 0, as it does in print, at two-sided ``alpha``."""
        agrees = {">": self.printed > 0, ">=": self.printed >= 0, "<": self.printed < 0, "<=": self.printed <= 0}
        return agrees[relation] and self._beyond(relation, self._reach(relation, alpha)[0])

    def might(self, relation: Relation, alpha: float) -> Kind | None:
        """The one thing that keeps the sum from being shown to stand in this relation; None if that is chance."""
        most, least = self._reach(relation, alpha)
        exactly = replace(self, low=self.point, high=self.point, closed=(True, True), printed=self.point)
        if not self.errors or exactly._beyond(relation, most):  # noqa: SLF001  (of its own class)
            return "rounding"
        return "unknown" if exactly._beyond(relation, least) else None  # noqa: SLF001

    def _reach(self, relation: Relation, alpha: float) -> tuple[float, float]:
        return self.errors.reach(alpha, up=relation in ("<", "<="))

    def _nearest(self, relation: Relation) -> Decimal:
        """The bound that decides on a relation: above 0 where every value that rounding allows stands in it."""
        return self.low if relation in (">", ">=") else -self.high

    def _beyond(self, relation: Relation, reach: float) -> bool:
        nearest = self._nearest(relation) - exact(reach)
        touches = relation in (">=", "<=") or not (reach or self.closed[0 if relation == ">" else 1])
        return nearest > 0 or (nearest == 0 and touches)

    def p(self, relation: Relation) -> float:
        """The two-sided level at which the sum would just be shown to stand in this relation to 0; 1 if at none."""
        nearest = float(self._nearest(relation))
        if not self.errors:
            return 0.0 if nearest >= 0 else 1.0
        if nearest <= 0:
            return 1.0
        return self.errors.level(nearest, up=relation in ("<", "<="))


@dataclass
class Evidence:
    """The figures that a predicate looks at while it is tested, and everything it met there.

    ``alpha`` is the two-sided level of a single test. ``named`` are the waves as the statement names them, ``every``
    whether it speaks of all of them; ``newest`` the
    waves of figures that are the newest there is; ``absent`` the figures it is about that no source gives.
    """

    figures: Figures
    alpha: float = ALPHA
    seen: dict[Key, None] = field(default_factory=dict)
    absent: dict[Key, None] = field(default_factory=dict)
    named: dict[str, None] = field(default_factory=dict)
    newest: dict[str, None] = field(default_factory=dict)
    crossed: dict[tuple[str, str], None] = field(default_factory=dict)
    facts: dict[str, None] = field(default_factory=dict)
    tests: list[Test] = field(default_factory=list)
    weighed: list[Weighing] = field(default_factory=list)
    every: bool = False
    _accuracy: dict[Key, Accuracy] = field(default_factory=dict)

    def _name(self, names: Iterable[str], wave: str) -> None:
        """Note the waves that a figure or change names; what is the newest there is must be of one wave."""
        names = tuple(names)
        self.named |= dict.fromkeys(names)
        self.newest |= {wave: None} if LATEST in names else {}
        now = {self.figures.wave: None} if "wave" in self.named else {}
        if self.newest and len(waves := self.newest | now) > 1:
            told = " and ".join(sorted(waves, key=self.figures.definitions.order))
            raise UntestableError(f"the newest figures are of {told}, and a statement compares those of one wave")

    # --- looking figures up ---

    def figure(self, text: str | Key) -> Figure:
        """The figure that ``text`` names, noted as evidence."""
        figure = self.figures[text]
        self.seen[figure.key] = None
        if isinstance(text, str):
            self._name(wave_names(text), figure.key.wave)
        return figure

    def span(self, text: str) -> tuple[Figure, Figure]:
        """The first and last figure of a change, noted as evidence, if they may be compared."""
        first, last = self.figures.between(text)
        self._name(span_names(text), last.key.wave)
        self.line([first, last])
        return first, last

    def pair(self, one: str, two: str) -> tuple[Figure, Figure]:
        """Two figures of one unit, noted as evidence, if they may be compared."""
        a, b = self.figure(one), self.figure(two)
        self.apart(a, b, one, two)
        self.line(sorted((a, b), key=lambda f: self.figures.definitions.order(f.key.wave)))
        if a.unit != b.unit:
            raise UntestableError(f"{one} is in {a.unit.described}, {two} in {b.unit.described}")
        return a, b

    @staticmethod
    def apart(a: Figure, b: Figure, one: str, two: str) -> None:
        """Refuse to compare a figure with itself: that it is not higher would be shown by nothing."""
        if a.key == b.key:
            raise UntestableError(f"{one} and {two} are the same figure")

    def line(self, figures: list[Figure]) -> tuple[Figure, ...]:
        """The figures of one series, noted as evidence, if no full break lies between them."""
        for figure in figures:
            self.seen[figure.key] = None
        for a, b in pairwise(figures):
            for indicator in dict.fromkeys((a.key.indicator, b.key.indicator)):
                self._cross(indicator, a.key.wave, b.key.wave)
        return tuple(figures)

    def _cross(self, indicator: str, first: str, last: str) -> None:
        for item in self.figures.definitions.breaks_between(indicator, first, last):
            if item.kind == "full":
                raise UntestableError(f"the series {indicator} breaks between {item.start} and {item.end}")
            self.crossed[item.start, item.end] = None

    def asked(self, text: str) -> list[str]:
        """The waves of the edition in which a figure's indicator was asked, oldest first."""
        name = self.figures.resolve(text).indicator
        if name not in self.figures.definitions.indicators:
            raise MissingFigureError(f"there is no indicator {name}")
        return self.figures.definitions.asked(name, self.figures.wave)

    def series(self, text: str, least: int, among: Collection[str] | None = None) -> tuple[Figure, ...]:
        """The figures of one key in all waves in which it was asked, or in those ``among`` them, oldest first.

        Waves without a figure are noted as absent. Raises UntestableError when fewer than ``least`` have one.
        """
        key = self.figures.resolve(text)
        years = [year for year in self.asked(text) if among is None or year in among]
        found = self.known(key._replace(wave=year) for year in years)
        self.every = True
        self.named |= dict.fromkeys(years)
        if least and not found:
            raise MissingFigureError(f"there is no figure {text} in any wave")
        if len(found) < least and self.figures.is_first:
            raise FirstWaveError(f"{text}: {FirstWaveError.FOUND}")
        if len(found) < least:
            raise UntestableError(f"{text} has {len(found)} of the {least} waves this needs")
        return self.line(found)

    def known(self, keys: Iterable[Key]) -> list[Figure]:
        """The existing figures with these keys; the others are noted as absent."""
        keys = list(keys)
        self.absent |= dict.fromkeys(key for key in keys if not self.figures.has(key))
        return [self.figures[key] for key in keys if self.figures.has(key)]

    def complete(self, finding: Finding, known: bool) -> Finding:
        """The finding about the known figures, as one about all; unless the statement is about the ``known`` alone."""
        if known or not self.absent or finding.truth is False:
            return finding
        named = ", ".join(map(str, list(self.absent)[:4])) + (" and more" if len(self.absent) > 4 else "")
        return unknown(f"{finding.reason}; not known: {named}")

    def fact(self, text: str) -> Fact:
        """The dated fact that ``fact:name`` names."""
        name = text.removeprefix("fact:")
        fact = self.figures.definitions.facts.get(name)
        if fact is None:
            raise UntestableError(f"there is no fact {name} in data/context.toml")
        self.facts[name] = None
        self.named[fact.date[:4]] = None
        return fact

    def accuracy(self, figure: Figure) -> Accuracy:
        """The accuracy of a figure."""
        if figure.key not in self._accuracy:
            self._accuracy[figure.key] = accuracy(figure, self.figures.definitions)
        return self._accuracy[figure.key]

    @property
    def basis(self) -> Basis:
        """The weakest basis of the errors of all figures looked at."""
        found = (self.accuracy(self.figures[key]).basis for key in self.seen)
        return BASES[max(map(BASES.index, found), default=0)]

    # --- weighing them ---

    def weigh(self, terms: Iterable[Term], constant: Decimal = Decimal(0)) -> Weighed:
        """A sum of figures with everything known about its accuracy; a figure that comes twice counts once."""
        together: dict[Key, tuple[Decimal, Figure]] = {}
        for c, figure in terms:
            before = together.get(figure.key, (Decimal(0), figure))[0]
            together[figure.key] = before + Decimal(c), figure
        parts = [(c, f, self.accuracy(f)) for c, f in together.values() if c]
        low = sum((c * (a.low if c > 0 else a.high) for c, _, a in parts), constant)
        high = sum((c * (a.high if c > 0 else a.low) for c, _, a in parts), constant)
        below, above = (all(a.closed[side if c > 0 else 1 - side] for c, _, a in parts) for side in (0, 1))
        point = sum((c * exact(f.number) for c, f, _ in parts), constant)
        printed = sum((c * f.printed for c, f, _ in parts), constant)
        return Weighed(low, high, (below, above), point, printed, Errors(self.figures, parts))

    def positive(
        self, terms: Iterable[Term], constant: Decimal = Decimal(0), *, strictly: bool = True, told: bool = True
    ) -> Finding:
        """The finding that a sum of figures is above 0 (or, not ``strictly``, at least 0), or its opposite.

        It is not ``told`` to readers where it is a condition of the test and not what it is about.
        """
        terms = list(terms)
        weighed = self.weigh(terms, constant)
        yes: Relation = ">" if strictly else ">="
        no: Relation = "<=" if strictly else "<"
        test = self._note(weighed, min(weighed.p(yes), weighed.p(no)))
        if weighed.shows(yes, self.alpha):
            finding = Finding(True, test=test)
        elif weighed.shows(no, self.alpha):
            finding = Finding(False, test=test)
        else:
            finding = self._neither([weighed.might(yes, self.alpha), weighed.might(no, self.alpha)], test)
        if told:
            self._tell(terms, constant, finding)
        return finding

    def within(
        self, terms: Iterable[Term], margin: Decimal, constant: Decimal = Decimal(0), *, times: int | Decimal = 1
    ) -> Finding:
        """The finding that a sum of figures is at most ``margin`` from 0, or shown to be farther: two one-sided tests.

        Terms and margin may be given multiplied by ``times``.

        Source: Schuirmann (1987), A comparison of the two one-sided tests procedure, J. Pharmacokin. Biopharm. 15.
        """
        terms = list(terms)
        under, over = self.weigh(terms, constant - margin), self.weigh(terms, constant + margin)
        inside, outside = max(under.p("<="), over.p(">=")), min(under.p(">"), over.p("<"))
        test = self._note(self.weigh(terms, constant), min(inside, outside), times)
        if under.shows("<=", self.alpha) and over.shows(">=", self.alpha):
            finding = Finding(True, test=test)
        elif under.shows(">", self.alpha) or over.shows("<", self.alpha):
            finding = Finding(False, test=test)
        else:
            farther: list[Kind | None] = [under.might(">", self.alpha), over.might("<", self.alpha)]
            sides: list[tuple[Weighed, Relation]] = [(under, "<="), (over, ">=")]
            nearer: list[Kind | None] = [w.might(r, self.alpha) for w, r in sides if not w.shows(r, self.alpha)]
            finding = self._neither([*farther, None if None in nearer else nearer[0]], test)
        if times == 1:
            self._tell(terms, constant, finding, margin)
        return finding

    @staticmethod
    def _neither(might: list[Kind | None], test: Test | None) -> Finding:
        """A finding shown neither way: for rounding if exact figures would show it, else for overlap or chance."""
        kind: Kind = "rounding" if "rounding" in might else "unknown" if "unknown" in might else "chance"
        return Finding(None, "", frozenset({kind}), test)

    def _note(self, weighed: Weighed, p: float, times: int | Decimal = 1) -> Test | None:
        if not weighed.errors:
            return None
        margin = max(weighed.errors.reach(ALPHA, up=up)[0] for up in (False, True))
        self.tests.append(Test(float(weighed.point) / float(times), margin / float(times), p))
        return self.tests[-1]

    def _tell(self, terms: list[Term], constant: Decimal, finding: Finding, margin: Decimal | None = None) -> None:
        """Note a sum that readers can be told of, with what rounding and chance can do to it."""
        kind = kind_of([(c, str(figure.key)) for c, figure in terms], near=margin is not None)
        if kind is None:
            return
        # of a gap that must have grown by so much, readers are told how much it grew
        weighed = self.weigh(terms, Decimal(0) if kind == "gap" else constant)
        rounding = max(weighed.high - weighed.point, weighed.point - weighed.low)
        chance = max(weighed.errors.reach(self.alpha, up=up)[0] for up in (False, True)) if weighed.errors else None
        far = abs(weighed.point) if margin is None else abs(abs(weighed.point) - margin)
        slack = float(far - rounding) - (chance or 0.0)
        size = float(abs(weighed.point))
        self.weighed.append(Weighing(kind, str(terms[0][1].key), size, float(rounding), chance, finding.truth, slack))
