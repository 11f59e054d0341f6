"""How often statements hold that are not true, and how often those that are.

``python tests/claims/simulation.py`` (with src/ on the path) makes the tables of docs/claims.md. With ``--old FILE`` it
tries the rules in that file instead, and writes what comes of them to tests/claims/old_rules.json.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import multiprocessing
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from types import ModuleType

import numpy as np
from by_hand import made
from measures import UNITS
from scipy import special, stats

from wavebook import claims
from wavebook.claims import ALPHA, Evidence, Predicate
from wavebook.core.multiplicity import holm_level
from wavebook.figures import Figure, Figures

SEED = 20_261_129
DEVIATION = 1.5  # of the grades that people give
PEOPLE = (100, 400, 1000, 2385, 10_000)
CLUSTERS = (4, 10, 40)
STEP = {"grade": 100, "share": 1000}  # one unit of the last decimal that readers see, in the thousandths of truths
Truths = np.ndarray  # what is true in thousandths: draw × series × wave


@dataclass(frozen=True)
class Case:
    """A statement, and where it is only just true or false (``edge``, ``ties``), clearly true and clearly false.

    At an ``edge`` one comparison decides and the others are beyond doubt; at ``ties`` all of them are even.
    """

    name: str
    make: Callable[[ModuleType], Predicate]
    series: tuple[str, ...]
    waves: tuple[int, ...]
    holds: Callable[[np.ndarray], bool]
    true: Callable[[np.ndarray], np.ndarray]
    false: Callable[[np.ndarray], np.ndarray]
    edge: Callable[[np.random.Generator, np.ndarray], np.ndarray]
    ties: Callable[[np.random.Generator, np.ndarray], np.ndarray] | None = None
    old: bool = True  # whether the old rules had it

    @property
    def unit(self) -> str:
        return "share" if self.series[0].startswith("share") else "grade"

    def start(self, rng: np.random.Generator, draws: int) -> Truths:
        """One level for all figures of a draw, anywhere between two decimals."""
        low, high = (6200, 7400) if self.unit == "grade" else (15_000, 27_000)
        level = rng.integers(low, high, draws)
        return np.broadcast_to(level[:, None, None], (draws, len(self.series), len(self.waves))).copy()

    def at_edge(self, rng: np.random.Generator, draws: int, *, ties: bool = False) -> Truths:
        return ((ties and self.ties) or self.edge)(rng, self.start(rng, draws))

    def at_random(self, rng: np.random.Generator, draws: int) -> Truths:
        """Truths at, on and near where the statement turns, as adversaries choose them."""
        half = draws // 2
        truths = np.concatenate([self.at_edge(rng, half), self.at_edge(rng, draws - half, ties=True)])
        jitter = np.array([0, 0, 0, 0.01, 0.3, 0.5, 0.6, 1, 2, 3]) * STEP[self.unit]
        truths = truths + (rng.choice(jitter, truths.shape) * rng.choice([-1, 1], truths.shape)).astype(int)
        return np.clip(truths, 1000, 10_000 if self.unit == "grade" else 100_000)


def even(*given):
    """All at one level."""
    return given[-1]


def moved(size: int, *where: tuple[int, int]) -> Callable:
    """All at one level but those (series, wave), which lie ``size`` higher."""

    def move(*given):
        level = given[-1].copy()
        for series, wave in where:
            level[:, series, wave] += size
        return level

    return move


def either(*makes: Callable) -> Callable:
    """One of several, by draw."""

    def make(*given):
        tried = np.stack([one(*given) for one in makes])
        chosen = np.arange(tried.shape[1]) % len(makes)
        return tried[chosen, np.arange(tried.shape[1])]

    return make


def at(*values: int, wave: int = -1) -> Callable:
    """Series at these levels."""

    def put(*given):
        level = given[-1].copy()
        level[:, : len(values), :] = np.array(values)[None, :, None]
        return level

    return put


def steps(*sizes: int) -> Callable:
    """Every series at its level plus these sizes, by wave."""
    return lambda *given: given[-1] + np.array(sizes)[None, None, :]


GAPS = ("grade_a", "grade_b")
TWO, THREE = ("2010", "2014"), ("2008", "2010", "2014")
ANSWERS = ("share.a", "share.b", "share.c")
FAR = 1500  # beyond doubt
FAR_SHARE = 30_000
GROUPS = ("grade@theme=work", "grade@theme=school")


def distance(v):
    return abs(v[0, 1] - v[1, 1]) - abs(v[0, 0] - v[1, 0])


def bend(v):
    return abs(2 * v[0, 1] - v[0, 0] - v[0, 2])


CASES = [
    Case(
        "rises", lambda m: m.rises("grade"), ("grade",), TWO,
        lambda v: v[0, 1] > v[0, 0], steps(0, 200), steps(0, -200), even,
    ),
    Case(
        "falls", lambda m: m.falls("grade"), ("grade",), TWO,
        lambda v: v[0, 1] < v[0, 0], steps(0, -200), steps(0, 200), even,
    ),
    Case(
        "rises (a share)", lambda m: m.rises("share.a"), ("share.a",), TWO,
        lambda v: v[0, 1] > v[0, 0], steps(0, 7000), steps(0, -7000), even,
    ),
    Case(
        "stable", lambda m: m.stable("grade", within=0.2), ("grade",), TWO,
        lambda v: abs(v[0, 1] - v[0, 0]) <= 200, even, steps(0, 400),
        either(steps(0, 200), steps(0, -200)),
    ),
    Case(
        "always_rises", lambda m: m.always_rises("grade"), ("grade",), THREE,
        lambda v: v[0, 0] < v[0, 1] < v[0, 2], steps(0, 250, 500), steps(0, 250, 0),
        either(steps(0, 0, FAR), steps(0, FAR, FAR)), even,
    ),
    Case(
        "always_falls", lambda m: m.always_falls("grade"), ("grade",), THREE,
        lambda v: v[0, 0] > v[0, 1] > v[0, 2], steps(0, -250, -500), steps(0, -250, 0),
        either(steps(0, 0, -FAR), steps(0, -FAR, -FAR)), even, old=False,
    ),
    Case(
        "rises & ~always_rises", lambda m: m.rises("grade") & ~m.always_rises("grade"), ("grade",), THREE,
        lambda v: v[0, 2] > v[0, 0] and not v[0, 0] < v[0, 1] < v[0, 2],
        steps(0, -300, 300), steps(0, 250, 500),
        either(steps(0, 0, FAR), steps(0, FAR, FAR), steps(0, -FAR, 0)), even,
    ),
    Case(
        "linear", lambda m: m.linear("grade", within=0.2) if m is claims else m.linear("grade"), ("grade",),
        ("2008", "2009", "2010"), lambda v: bend(v) <= 800, steps(0, 100, 200), steps(0, 600, 0),
        either(steps(0, 400, 0), steps(0, -400, 0)),
    ),
    Case(
        "peaks", lambda m: m.peaks("grade", "2010"), ("grade",), THREE,
        lambda v: v[0, 1] > max(v[0, 0], v[0, 2]), steps(0, 250, 0), steps(0, -250, 0),
        either(steps(0, 0, -FAR), steps(-FAR, 0, 0)), even,
    ),
    Case(
        "bottoms", lambda m: m.bottoms("grade", "2010"), ("grade",), THREE,
        lambda v: v[0, 1] < min(v[0, 0], v[0, 2]), steps(0, -250, 0), steps(0, 250, 0),
        either(steps(0, 0, FAR), steps(FAR, 0, 0)), even,
    ),
    Case(
        "more", lambda m: m.more("share.a", "share.b"), ANSWERS[:2], ("2014",),
        lambda v: v[0, 0] > v[1, 0], at(40_000, 28_000), at(28_000, 40_000), even,
    ),
    Case(
        "more (grades)", lambda m: m.more(*GAPS), GAPS, ("2014",),
        lambda v: v[0, 0] > v[1, 0], moved(250, (0, 0)), moved(250, (1, 0)), even,
    ),
    Case(
        "ranked", lambda m: m.ranked(*ANSWERS), ANSWERS, ("2014",),
        lambda v: v[0, 0] > v[1, 0] > v[2, 0], at(48_000, 31_000, 17_000), at(31_000, 48_000, 17_000),
        either(at(35_000, 35_000, 5_000), at(60_000, 15_000, 15_000)), even,
    ),
    Case(
        "always_more", lambda m: m.always_more(*GAPS), GAPS, TWO,
        lambda v: (v[0] > v[1]).all(), moved(250, (0, 0), (0, 1)), moved(250, (1, 0), (1, 1)),
        either(moved(FAR, (0, 0)), moved(FAR, (0, 1))), even,
    ),
    Case(
        "largest", lambda m: m.largest("share.a"), ANSWERS, ("2014",),
        lambda v: v[0, 0] > max(v[1, 0], v[2, 0]), at(45_000, 31_000, 20_000), at(31_000, 45_000, 20_000),
        either(at(40_000, 40_000, 5_000), at(38_000, 6_000, 38_000)), even,
    ),
    Case(
        "smallest", lambda m: m.smallest("share.a"), ANSWERS, ("2014",),
        lambda v: v[0, 0] < min(v[1, 0], v[2, 0]), at(18_000, 31_000, 45_000), at(31_000, 18_000, 45_000),
        either(at(20_000, 20_000, 55_000), at(4_000, 60_000, 4_000)), even, old=False,
    ),
    Case(
        "above", lambda m: m.above("grade", 7), ("grade",), ("2014",),
        lambda v: v[0, 0] > 7000, at(7200), at(6800), at(7000),
    ),
    Case(
        "below", lambda m: m.below("grade", 7), ("grade",), ("2014",),
        lambda v: v[0, 0] < 7000, at(6800), at(7200), at(7000),
    ),
    Case(
        "below (a small share)", lambda m: m.below("share.a", 4), ("share.a",), ("2014",),
        lambda v: v[0, 0] < 4000, at(2000), at(7000), at(4000),
    ),
    Case(
        "at_least", lambda m: m.at_least("grade", 7), ("grade",), ("2014",),
        lambda v: v[0, 0] >= 7000, at(7200), at(6800), at(7000), old=False,
    ),
    Case(
        "at_most", lambda m: m.at_most("grade", 7), ("grade",), ("2014",),
        lambda v: v[0, 0] <= 7000, at(6800), at(7200), at(7000), old=False,
    ),
    Case(
        "majority", lambda m: m.majority("share.a"), ("share.a",), ("2014",),
        lambda v: v[0, 0] > 50_000, at(56_000), at(44_000), at(50_000),
    ),
    Case(
        "about", lambda m: m.about("share.a", 1 / 4, within=5), ("share.a",), ("2014",),
        lambda v: abs(v[0, 0] - 25_000) <= 5000, at(25_000), at(36_000), either(at(30_000), at(20_000)),
    ),
    Case(
        "widens", lambda m: m.widens(*GAPS), GAPS, TWO,
        lambda v: distance(v) > 0, moved(400, (0, 1)), moved(400, (0, 0)),
        either(moved(800, (0, 0), (0, 1)), moved(800, (1, 0), (0, 1))), even,
    ),
    Case(
        "narrows", lambda m: m.narrows(*GAPS), GAPS, TWO,
        lambda v: distance(v) < 0, moved(400, (0, 0)), moved(400, (0, 1)),
        either(moved(800, (0, 0), (0, 1)), moved(800, (1, 0), (0, 1))), even,
    ),
    Case(
        "widens by more",
        lambda m: m.widens(*GAPS, by=0.2),
        GAPS,
        TWO,
        lambda v: distance(v) > 200,
        moved(600, (0, 1)),
        moved(800, (0, 0), (0, 1)),
        either(moved(200, (0, 1)), moved(200, (1, 0), (0, 1), (0, 1))),
        moved(200, (0, 0), (0, 1), (0, 1)),
    ),
    Case(
        "gains_on", lambda m: m.gains_on(*GAPS), GAPS, TWO,
        lambda v: v[0, 1] - v[0, 0] > v[1, 1] - v[1, 0], moved(400, (0, 1)), moved(400, (1, 1)),
        either(even, moved(800, (0, 0), (0, 1))), old=False,
    ),
    Case(
        "in_each", lambda m: m.in_each("theme", m.rises, "grade"), GROUPS, TWO,
        lambda v: (v[:, 1] > v[:, 0]).all(), moved(250, (0, 1), (1, 1)), moved(-250, (0, 1), (1, 1)),
        either(moved(FAR, (0, 1)), moved(FAR, (1, 1))), even, old=False,
    ),
]  # fmt: skip


# --- surveys, and what is published of them ---------------------------------------------------------------


@dataclass
class Published:
    """What a table says of each draw × series × wave; ``people`` and ``clusters`` by draw where they vary."""

    value: np.ndarray
    se: np.ndarray | None = None
    low: np.ndarray | None = None
    high: np.ndarray | None = None
    n: int | None = None
    declared: int | None = None
    status: str = "published"


def half_up(values: np.ndarray, decimals: int) -> np.ndarray:
    """Rounded as sources do; the values here are above zero."""
    return np.floor(values * 10**decimals + 0.5) / 10**decimals


def rounded(case: Case, truths: Truths) -> Published:
    """Truths themselves, as they are printed, in whole numbers of thousandths until then."""
    step = STEP[case.unit]
    return Published(((truths + step // 2) // step) * step / 1000)


def together(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Standard normal errors: draw × … × series × wave, of people that the series and waves have in common.

    Two grades of the same people go together or against each other, by draw; waves are of other people, or a panel.
    """
    draws, *_, series, waves = shape
    errors = rng.standard_normal(shape)
    blank = (slice(None),) + (None,) * (len(shape) - 2)
    if series > 1:
        common = rng.choice([-0.95, -0.5, 0.0, 0.5, 0.95], draws)[blank]
        first = errors[..., 0, :].copy()
        for place in range(1, series):
            errors[..., place, :] = common * first + np.sqrt(1 - common**2) * errors[..., place, :]
    if waves > 1:
        panel = rng.choice([0.0, 0.0, 0.3, 0.8], draws)[blank]
        for place in range(1, waves):
            errors[..., place] = panel * errors[..., place - 1] + np.sqrt(1 - panel**2) * errors[..., place]
    return errors


def answers(rng: np.random.Generator, case: Case, truths: Truths, n: int) -> np.ndarray:
    """The share of n people that gave each answer; everyone gives one."""
    shares = np.moveaxis(truths / 100_000, 1, -1)  # draw × wave × series
    rest = np.clip(1 - shares.sum(-1, keepdims=True), 0, 1)
    counts = rng.multinomial(n, np.concatenate([shares, rest], -1))
    return 100 * np.moveaxis(counts[..., : len(case.series)], -1, 1) / n


def declared(rng: np.random.Generator, case: Case, truths: Truths, n: int) -> Published:
    """A survey of n people, of which only rounded figures are published, and n and deviation are declared."""
    if case.unit == "share":
        return Published(half_up(answers(rng, case, truths, n), 0), declared=n)
    found = truths / 1000 + together(rng, truths.shape) * DEVIATION / np.sqrt(n)
    return Published(np.clip(half_up(found, 1), 1, 10), declared=n)


def measured(rng: np.random.Generator, case: Case, truths: Truths, n: int) -> Published:
    """Shares of n people as ``wavebook estimate`` gives them, or grades from n clusters with their t interval."""
    if case.unit == "share":
        share = np.round(answers(rng, case, truths, n), 4)
        part = np.clip(share / 100, 0, 1)
        se = np.sqrt(part * (1 - part) / (n - 1))
        with np.errstate(divide="ignore", invalid="ignore"):
            reach = special.stdtrit(n - 1, 0.975) * se / (part * (1 - part))
            low, high = (100 * special.expit(special.logit(part) + side * reach) for side in (-1, 1))
        return Published(share, 100 * se, low, high, n, status="estimated")
    draws, series, waves = truths.shape
    clusters = together(rng, (draws, n, series, waves)) * DEVIATION / np.sqrt(1000) * np.sqrt(n)
    value = np.round(truths / 1000 + clusters.mean(1), 4)
    se = clusters.std(1, ddof=1) / np.sqrt(n)
    reach = special.stdtrit(n - 1, 0.975) * se
    return Published(value, se, value - reach, value + reach, status="estimated")


@cache
def edition(series: tuple[str, ...], waves: tuple[int, ...], people: int | None) -> Figures:
    """Figures without values, of which the samples are declared."""
    samples = {year: [{"n": people, "deviation": DEVIATION}] for year in waves} if people else None
    return made({name: dict.fromkeys(waves, 5) for name in series}, samples=samples)


@dataclass
class Draw:
    """What is published of one draw; ``figures`` is the same edition for all draws of a case, with other rows each."""

    case: Case
    published: Published
    place: int

    @cached_property
    def figures(self) -> Figures:
        return edition(self.case.series, self.case.waves, self.published.declared)

    @cached_property
    def values(self) -> tuple:
        return tuple(map(tuple, self.published.value[self.place].tolist()))

    @cached_property
    def rows(self) -> dict:
        """The figures by their keys."""
        unit, decimals = (UNITS["percent"], 0) if self.case.unit == "share" else (UNITS["grade"], 1)
        said = self.published
        rows = {}
        for (place, when), key in keys_of(self.figures, self.case.series, self.case.waves):
            columns = [None if c is None else c[self.place, place, when] for c in (said.se, said.low, said.high)]
            columns = [None if c is None or np.isnan(c) else round(float(c), 6) for c in columns]
            value = self.values[place][when]
            rows[key] = Figure(key, value, unit, decimals, said.n, None, *columns, said.status, "s", "p")
        return rows

    def with_figures(self) -> Figures:
        """The edition, with the figures of this draw."""
        self.figures._rows = self.rows
        return self.figures


@cache
def keys_of(figures: Figures, series: tuple[str, ...], waves: tuple[int, ...]) -> list:
    return [
        ((place, when), figures.resolve(f"{name}{',' if '@' in name else '@'}{year}"))
        for place, name in enumerate(series)
        for when, year in enumerate(waves)
    ]


def draws_of(case: Case, published: Published) -> list[Draw]:
    return [Draw(case, published, place) for place in range(len(published.value))]


# --- judging them -----------------------------------------------------------------------------------------

_FOUND: dict[tuple, tuple[bool | None, list[float]]] = {}  # many draws are published alike, where nothing is measured


def find(predicate: Predicate, draw: Draw, alpha: float = ALPHA) -> tuple[bool | None, list[float]]:
    """Whether a statement holds (True), its denial does (False), or neither, and the p-values of its tests."""
    alike = draw.published.se is None
    same = predicate.text, draw.case.series, draw.published.declared, draw.values, alpha
    if alike and same in _FOUND:
        return _FOUND[same]
    evidence = Evidence(draw.with_figures(), alpha)
    found = predicate.find(evidence).truth, [test.p for test in evidence.tests]
    if alike:
        _FOUND[same] = found
    return found


def judged(predicate: Predicate, family: list[Draw]) -> list[bool | None]:
    """What ``judge`` makes of a statement about each of these figures, all in one section."""
    alone = [find(predicate, draw) for draw in family]
    level = holm_level((p for _, p_values in alone for p in p_values), ALPHA)
    if level == ALPHA:
        return [truth for truth, _ in alone]
    return [
        None if truth is None else find(predicate, d, level)[0] for (truth, _), d in zip(alone, family, strict=True)
    ]


def shown(case: Case, published: Published, size: int = 1) -> np.ndarray:
    """Of each draw, or of each family of ``size`` draws: whether the statement holds, and whether its denial does."""
    predicate, draws = case.make(claims), draws_of(case, published)
    families = [draws[start : start + size] for start in range(0, len(draws) - size + 1, size)]
    verdicts = [judged(predicate, family) for family in families]
    return np.array([[[truth is True, truth is False] for truth in family] for family in verdicts])


class Old:
    """The rules of before, from a file that holds them."""

    def __init__(self, path: Path):
        spec = importlib.util.spec_from_file_location("old_claims", path)
        self.module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = self.module
        spec.loader.exec_module(self.module)

    def shown(self, case: Case, published: Published, size: int = 1) -> np.ndarray:
        """As ``shown``: before, what did not hold failed, and then its denial held."""
        predicate, draws = case.make(self.module), draws_of(case, published)
        known: dict[tuple, object] = {}

        def verdict(draw: Draw, critical: float = self.module.Z95):
            same = draw.values, critical, draw.place if published.se is not None else None
            if same not in known:
                known[same] = predicate.verdict(draw.with_figures(), critical)
            return known[same]

        outcomes = []
        for start in range(0, len(draws) - size + 1, size):
            family = draws[start : start + size]
            level = self.module.holm(p for draw in family for p in verdict(draw).p_values)
            outcomes.append([verdict(draw, -special.ndtri(level / 2)).outcome for draw in family])
        return np.array([[[outcome == "holds", outcome == "fails"] for outcome in family] for family in outcomes])


def seeded(case: Case, *more: int) -> np.random.Generator:
    return np.random.default_rng([SEED, *case.name.encode(), *more])


def false_by_rounding(case: Case, draws: int, show: Callable = shown) -> tuple[int, int]:
    """How often the statement holds that is false, and its denial where it is true, of rounded figures."""
    truths = case.at_random(seeded(case), draws)
    holds = np.array([bool(case.holds(one)) for one in truths])
    found = show(case, rounded(case, truths))[:, 0]
    return int((found[:, 0] & ~holds).sum()), int((found[:, 1] & holds).sum())


Survey = tuple[str, Callable, int]  # its name, what is published of it, and of how many people or clusters


def surveys(case: Case) -> list[Survey]:
    """The kinds of surveys in which a statement is tried."""
    sizes = (100, 1000, 10_000) if case.unit == "share" else CLUSTERS
    kinds = [("measured", measured, size) for size in sizes]
    if not case.series[0].count("@"):  # nothing is declared of groups
        kinds += [("declared", declared, n) for n in PEOPLE]
    return kinds


@dataclass
class Count:
    """Of so many draws or families: where the statement held, where its denial did, and where either did."""

    yes: int
    no: int
    any: int
    draws: int

    def too_many(self, size: int = 1) -> bool:
        """Whether more is shown than the level allows, which a true level does in one of a million simulations."""
        alone = max(self.yes, self.no) if size == 1 else 0
        return more_than(alone, self.draws, ALPHA / 2) or more_than(self.any, self.draws, ALPHA)


def more_than(count: int, draws: int, level: float) -> bool:
    """Whether a count is above what this level lets happen in all but one of a million simulations."""
    return bool(stats.binom.sf(count - 1, draws, level) < 1e-6)


def false_by_chance(case: Case, survey: Survey, draws: int, size: int = 1, show: Callable = shown) -> Count:
    """What is shown where a statement turns: at its edge nothing that is shown is true, but for a hair."""
    name, publish, n = survey
    counts = []
    for ties in (False, True):
        rng = seeded(case, *name.encode(), n, size, ties)
        truths = case.at_edge(rng, -(-draws // 2) * size, ties=ties)
        found = show(case, publish(rng, case, truths, n), *((size,) if size > 1 else ()))
        counts.append([found[..., 0].any(1).sum(), found[..., 1].any(1).sum(), found.any((1, 2)).sum(), len(found)])
    return Count(*map(int, np.sum(counts, axis=0)))


def usual(case: Case) -> Survey:
    """A survey of a thousand people, of which respondents are at hand."""
    return "measured", measured, 1000 if case.unit == "share" else 40


def power(case: Case, draws: int, size: int = 1, show: Callable = shown) -> tuple[float, float]:
    """How often a statement that is clearly true holds, and a denial of one that is clearly false.

    In a family the others stand where they turn.
    """
    found = []
    for place, clearly in enumerate((case.true, case.false)):
        rng = seeded(case, 2, place, size)
        truths = case.at_edge(rng, draws * size)
        truths[::size] = clearly(case.start(rng, draws))
        _, publish, n = usual(case)
        held = show(case, publish(rng, case, truths, n), *((size,) if size > 1 else ()))
        found.append(float(held[:, 0, place].mean()))
    return found[0], found[1]


@dataclass(frozen=True)
class Effort:
    """How many draws, and families of four and nineteen, of each kind of survey."""

    rounding: int
    alone: int
    four: int
    nineteen: int
    power: int = 0


QUICK = Effort(rounding=1000, alone=16, four=4, nineteen=2)
LONG = Effort(rounding=30_000, alone=2000, four=500, nineteen=100, power=150)
TABLE = Effort(rounding=30_000, alone=800, four=150, nineteen=24, power=50)


@dataclass
class Row:
    """What was found of a statement."""

    name: str
    rounding: tuple[int, int]
    alone: dict[tuple[str, int], Count]
    families: dict[int, dict[tuple[str, int], Count]]
    power: dict[int, tuple[float, float]]

    def faults(self) -> list[str]:
        """Where more holds than may."""
        found = [f"{self.rounding} false by rounding"] if any(self.rounding) else []
        for size, counts in {1: self.alone, **self.families}.items():
            found += [f"{kind} {n}, {size} together: {c}" for (kind, n), c in counts.items() if c.too_many(size)]
        return found


def measure(case: Case, effort: Effort) -> Row:
    """A statement, tried in all ways."""
    kinds = surveys(case)
    few = [kinds[0], kinds[2], *kinds[4:5]]  # in families: few clusters or people, many, and a declared sample
    families = {
        size: {(k[0], k[2]): false_by_chance(case, k, draws, size) for k in few}
        for size, draws in ((4, effort.four), (19, effort.nineteen))
    }
    alone = {(k[0], k[2]): false_by_chance(case, k, effort.alone) for k in kinds}
    shown_of = {size: power(case, effort.power, size) for size in (1, 4, 19)} if effort.power else {}
    return Row(case.name, false_by_rounding(case, effort.rounding), alone, families, shown_of)


# --- the cases that were found before ---------------------------------------------------------------------


def change(size: int, text: str) -> Case:
    """A grade that changes by this much, and what is said of it."""
    makes = {
        "stable": lambda m: m.stable("grade", within=0.1) if m is claims else m.stable("grade"),
        "rises": lambda m: m.rises("grade"),
        "not rises": lambda m: ~m.rises("grade"),
    }
    return Case(text, makes[text], ("grade",), TWO, lambda v: False, even, even, steps(0, size))


DIP = Case(
    "a dip is linear",
    lambda m: m.linear("grade", within=0.05) if m is claims else m.linear("grade"),
    ("grade",), ("2008", "2010", "2013", "2014"), lambda v: False, even, even, steps(0, -100, 100, 200),
)  # fmt: skip


def estimates(rng: np.random.Generator, case: Case, truths: Truths, n: int) -> Published:
    """Grades that n people gave, with one decimal and their error."""
    se = DEVIATION / np.sqrt(n)
    found = half_up(truths / 1000 + rng.standard_normal(truths.shape) * se, 1)
    return Published(found, np.full(truths.shape, se))


FOUND_BEFORE: list[tuple[str, Case, Callable, int, int]] = [
    ("stable: a true change of 0.3, 100 people", change(300, "stable"), estimates, 100, 1),
    ("stable: a true change of 0.2, 2.8 standard errors", change(200, "stable"), estimates, 882, 1),
    ("the same among 4 statements", change(200, "stable"), estimates, 882, 4),
    ("the same among 19", change(200, "stable"), estimates, 882, 19),
    ("does not rise: a true change of 0.2, 2.8 standard errors", change(200, "not rises"), estimates, 882, 1),
    ("the same among 19", change(200, "not rises"), estimates, 882, 19),
    ("linear: 6.7, 6.6, 6.8, 6.9, 1,000 people", DIP, estimates, 1000, 1),
    ("rises: no true change, 2,385 people, rounded and declared", change(0, "rises"), declared, 2385, 1),
    ("rises: no true change, 1,000 people, rounded and declared", change(0, "rises"), declared, 1000, 1),
    ("rises: no true change, 400 people, rounded and declared", change(0, "rises"), declared, 400, 1),
]


def falsely(case: Case, publish: Callable, n: int, size: int, draws: int, show: Callable = shown) -> float:
    """How often a false statement holds that stands first among others, of which nothing is true."""
    rng = seeded(case, n, size)
    truths = case.start(rng, draws * size)
    truths[::size] = case.edge(rng, truths[::size])
    found = show(case, publish(rng, case, truths, n), *((size,) if size > 1 else ()))
    return float(found[:, 0, 0].mean())


# --- the tables -------------------------------------------------------------------------------------------

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "claims.md"
OLD_RULES = HERE / "old_rules.json"
START, END = "<!-- made by tests/claims/simulation.py -->", "<!-- end -->"
NOT_TRIED = {
    "unknown": "what sources give",
    "undecided": "what rounding leaves of figures",
    "uncertain": "what chance leaves of figures",
}


def percent(part: float, decimals: int = 1) -> str:
    return f"{100 * part:.{decimals}f}"


def rate(counts: Iterable[Count], side: str) -> str:
    """How often something held in all these surveys together, in percent."""
    counts = list(counts)
    draws = sum(count.draws for count in counts)
    return percent(sum(getattr(count, side) for count in counts) / draws) if draws else "–"


def of_kind(row: Row, kind: str) -> list[Count]:
    return [count for (name, _), count in row.alone.items() if name == kind]


def lines_of(row: Row, old: dict) -> list[str]:
    """Two lines of the table: the statement and its denial."""
    before = old.get(row.name)
    told = []
    for place, (side, name) in enumerate((("yes", row.name), ("no", f"not: {row.name}"))):
        alone = [rate(of_kind(row, kind), side) for kind in ("measured", "declared")]
        families = [rate(row.families[size].values(), "any") if side == "yes" else "" for size in (4, 19)]
        powers = [percent(row.power[size][place], 0) for size in (1, 4, 19)]
        was = [before["rounding"][place], percent(before["power"][place], 0)] if before else ["–", "–"]
        cells = [name, row.rounding[place], was[0], *alone, *families, *powers, was[1]]
        told.append("| " + " | ".join(map(str, cells)) + " |")
    return told


def total(rows: list[Row]) -> str:
    """The last line: all statements and their denials together."""
    alone = []
    for kind in ("measured", "declared"):
        counts = [count for row in rows for count in of_kind(row, kind)]
        both = sum(count.yes + count.no for count in counts) / (2 * sum(count.draws for count in counts))
        alone.append(percent(both))
    families = [rate((count for row in rows for count in row.families[size].values()), "any") for size in (4, 19)]
    cells = ["all", sum(sum(row.rounding) for row in rows), "", *alone, *families, "", "", "", ""]
    return "| " + " | ".join(map(str, cells)) + " |"


def tables(rows: list[Row], cases: list[tuple[str, float, float]], old: dict) -> str:
    """Both tables, as Markdown."""
    titles = ("statement", "false by rounding", "before", "by chance, measured, %", "declared, %", "any of 4, %")
    titles += ("any of 19, %", "shown where true, %", "of 4", "of 19", "before")
    lines = ["| " + " | ".join(titles) + " |", "|" + "---|" * len(titles)]
    lines += [line for row in rows for line in lines_of(row, old)] + [total(rows)]
    left = "; ".join(f"`{name}` is about {what}" for name, what in NOT_TRIED.items())
    found = ["| what was said, and what is true | holds now, % | before, % |", "|---|---|---|"]
    found += [f"| {name} | {percent(now)} | {percent(was, 0)} |" for name, now, was in cases]
    return "\n".join([*lines, "", f"Not simulated: {left}, not about what is true.", "", *found])


def _row(place: int) -> Row:
    return measure(CASES[place], TABLE)


def _now(place: int) -> float:
    _, case, publish, n, size = FOUND_BEFORE[place]
    return falsely(case, publish, n, size, 1000 if size < 19 else 200)


def _old(path: Path, name: str) -> dict:
    case = next(case for case in CASES if case.name == name)
    show = Old(path).shown
    return {"rounding": false_by_rounding(case, TABLE.rounding, show), "power": power(case, 150, 1, show)}


def _old_found(path: Path, place: int) -> float:
    _, case, publish, n, size = FOUND_BEFORE[place]
    return falsely(case, publish, n, size, 2000 if size < 19 else 400, Old(path).shown)


def _watched(rows: Iterable[Row], count: int) -> list[Row]:
    done = []
    for row in rows:
        done.append(row)
        print(f"{len(done)} of {count}: {row.name}, {'; '.join(row.faults()) or 'as it should be'}", flush=True)
    return done


def main() -> None:
    """Run all of it; minutes on each of two processors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--old", type=Path, help="a file with the rules of before")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    places = range(len(FOUND_BEFORE))
    with multiprocessing.Pool(given.jobs) as pool:
        if given.old:
            names = [case.name for case in CASES if case.old]
            found = pool.map(partial(_old, given.old), names, chunksize=1)
            was = pool.map(partial(_old_found, given.old), places, chunksize=1)
            told = {"statements": dict(zip(names, found, strict=True)), "cases": was}
            OLD_RULES.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
            return
        rows = _watched(pool.imap(_row, range(len(CASES))), len(CASES))
        now = pool.map(_now, places, chunksize=1)
    old = json.loads(OLD_RULES.read_text(encoding="utf-8"))
    cases = [(case[0], *rates) for case, *rates in zip(FOUND_BEFORE, now, old["cases"], strict=True)]
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.partition(START)[0], page.partition(END)[2]
    made_now = tables(rows, cases, old["statements"])
    PAGE.write_text(f"{before}{START}\n\n{made_now}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
