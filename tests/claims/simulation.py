"""How often statements hold that are not true, and how often those that are.

``python tests/claims/simulation.py`` (with src/ on the path) makes the table of docs/claims.md; ``--old FILE`` tries the
rules in a file instead and prints the numbers that stand in ``OLD``.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np
from by_hand import made
from scipy import special, stats

from wavebook import claims
from wavebook.claims import ALPHA, Evidence, Predicate, holm
from wavebook.figures import Figure, Figures

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
TWO, THREE = (2010, 2014), (2008, 2010, 2014)
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
        (2008, 2009, 2010), lambda v: bend(v) <= 800, steps(0, 100, 200), steps(0, 600, 0),
        either(steps(0, 400, 0), steps(0, -400, 0)),
    ),
    Case(
        "peaks", lambda m: m.peaks("grade", 2010), ("grade",), THREE,
        lambda v: v[0, 1] > max(v[0, 0], v[0, 2]), steps(0, 250, 0), steps(0, -250, 0),
        either(steps(0, 0, -FAR), steps(-FAR, 0, 0)), even,
    ),
    Case(
        "bottoms", lambda m: m.bottoms("grade", 2010), ("grade",), THREE,
        lambda v: v[0, 1] < min(v[0, 0], v[0, 2]), steps(0, -250, 0), steps(0, 250, 0),
        either(steps(0, 0, FAR), steps(FAR, 0, 0)), even,
    ),
    Case(
        "more", lambda m: m.more("share.a", "share.b"), ANSWERS[:2], (2014,),
        lambda v: v[0, 0] > v[1, 0], at(40_000, 28_000), at(28_000, 40_000), even,
    ),
    Case(
        "more (grades)", lambda m: m.more(*GAPS), GAPS, (2014,),
        lambda v: v[0, 0] > v[1, 0], moved(250, (0, 0)), moved(250, (1, 0)), even,
    ),
    Case(
        "ranked", lambda m: m.ranked(*ANSWERS), ANSWERS, (2014,),
        lambda v: v[0, 0] > v[1, 0] > v[2, 0], at(48_000, 31_000, 17_000), at(31_000, 48_000, 17_000),
        either(at(35_000, 35_000, 5_000), at(60_000, 15_000, 15_000)), even,
    ),
    Case(
        "always_more", lambda m: m.always_more(*GAPS), GAPS, TWO,
        lambda v: (v[0] > v[1]).all(), moved(250, (0, 0), (0, 1)), moved(250, (1, 0), (1, 1)),
        either(moved(FAR, (0, 0)), moved(FAR, (0, 1))), even,
    ),
    Case(
        "largest", lambda m: m.largest("share.a"), ANSWERS, (2014,),
        lambda v: v[0, 0] > max(v[1, 0], v[2, 0]), at(45_000, 31_000, 20_000), at(31_000, 45_000, 20_000),
        either(at(40_000, 40_000, 5_000), at(38_000, 6_000, 38_000)), even,
    ),
    Case(
        "smallest", lambda m: m.smallest("share.a"), ANSWERS, (2014,),
        lambda v: v[0, 0] < min(v[1, 0], v[2, 0]), at(18_000, 31_000, 45_000), at(31_000, 18_000, 45_000),
        either(at(20_000, 20_000, 55_000), at(4_000, 60_000, 4_000)), even, old=False,
    ),
    Case(
        "above", lambda m: m.above("grade", 7), ("grade",), (2014,),
        lambda v: v[0, 0] > 7000, at(7200), at(6800), at(7000),
    ),
    Case(
        "below", lambda m: m.below("grade", 7), ("grade",), (2014,),
        lambda v: v[0, 0] < 7000, at(6800), at(7200), at(7000),
    ),
    Case(
        "below (a small share)", lambda m: m.below("share.a", 4), ("share.a",), (2014,),
        lambda v: v[0, 0] < 4000, at(2000), at(7000), at(4000),
    ),
    Case(
        "at_least", lambda m: m.at_least("grade", 7), ("grade",), (2014,),
        lambda v: v[0, 0] >= 7000, at(7200), at(6800), at(7000), old=False,
    ),
    Case(
        "at_most", lambda m: m.at_most("grade", 7), ("grade",), (2014,),
        lambda v: v[0, 0] <= 7000, at(6800), at(7200), at(7000), old=False,
    ),
    Case(
        "majority", lambda m: m.majority("share.a"), ("share.a",), (2014,),
        lambda v: v[0, 0] > 50_000, at(56_000), at(44_000), at(50_000),
    ),
    Case(
        "about", lambda m: m.about("share.a", 1 / 4, within=5), ("share.a",), (2014,),
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


def figures_of(case: Case, published: Published) -> Iterable[Figures]:
    """An edition a draw: the same one with other figures."""
    figures = edition(case.series, case.waves, published.declared)
    places = [
        ((place, when), figures.resolve(f"{name}{',' if '@' in name else '@'}{year}"))
        for place, name in enumerate(case.series)
        for when, year in enumerate(case.waves)
    ]
    unit, decimals = ("percent", 0) if case.unit == "share" else ("grade", 1)
    columns = [published.se, published.low, published.high]
    for draw, values in enumerate(published.value.tolist()):
        rows = {}
        for (place, when), key in places:
            known = [None if c is None or np.isnan(c[draw, place, when]) else round(float(c[draw, place, when]), 6) for c in columns]
            given = (key, values[place][when], unit, decimals, published.n, None, *known, published.status, "s", "p")
            rows[key] = Figure(*given)
        figures._rows = rows
        yield figures


# --- judging them -----------------------------------------------------------------------------------------


@dataclass
class Tried:
    """A statement on the figures of one draw, at the level of a single test."""

    predicate: Predicate
    figures: Figures
    rows: dict
    truth: bool | None = None
    p_values: list[float] = field(default_factory=list)

    def find(self, alpha: float = ALPHA) -> bool | None:
        """Whether it holds (True), its denial does (False), or neither."""
        self.figures._rows = self.rows
        evidence = Evidence(self.figures, alpha)
        self.truth = self.predicate.find(evidence).truth
        self.p_values = [test.p for test in evidence.tests]
        return self.truth


def judged(family: list[Tried]) -> list[bool | None]:
    """What ``judge`` makes of statements that stand in one section, each on figures of its own."""
    found = [tried.find() for tried in family]
    level = holm(p for tried in family for p in tried.p_values)
    return [None if truth is None else tried.find(level) for truth, tried in zip(found, family, strict=True)]


def tries(case: Case, published: Published) -> list[Tried]:
    predicate = case.make(claims)
    return [Tried(predicate, figures, figures._rows) for figures in figures_of(case, published)]


def shown(case: Case, published: Published, size: int = 1) -> np.ndarray:
    """Of each draw, or of each family of ``size`` draws: whether the statement holds, and whether its denial does."""
    found = tries(case, published)
    families = [found[start : start + size] for start in range(0, len(found) - size + 1, size)]
    verdicts = [judged(family) for family in families]
    return np.array([[[truth is True, truth is False] for truth in family] for family in verdicts])


class Old:
    """The rules of before, from a file that holds them."""

    def __init__(self, path: Path):
        spec = importlib.util.spec_from_file_location("old_claims", path)
        self.module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = self.module
        spec.loader.exec_module(self.module)

    def shown(self, case: Case, published: Published) -> np.ndarray:
        """As ``shown`` of single statements: before, what did not hold failed, and then its denial held."""
        predicate = case.make(self.module)
        outcomes = [predicate.verdict(figures).outcome for figures in figures_of(case, published)]
        return np.array([[[outcome == "holds", outcome == "fails"]] for outcome in outcomes])


def false_by_rounding(case: Case, draws: int, seed: int, show=shown) -> tuple[int, int]:
    """How often the statement holds that is false, and its denial where it is true, of rounded figures."""
    rng = np.random.default_rng([seed, len(case.name)])
    truths = case.at_random(rng, draws)
    holds = np.array([bool(case.holds(one)) for one in truths])
    found = show(case, rounded(case, truths))[:, 0]
    return int((found[:, 0] & ~holds).sum()), int((found[:, 1] & holds).sum())


def surveys(case: Case) -> list[tuple[str, Callable, int]]:
    """The kinds of surveys that are tried: what is published of them, and of how many people or clusters."""
    sizes = (100, 1000, 10_000) if case.unit == "share" else CLUSTERS
    kinds = [("measured", measured, size) for size in sizes]
    if not case.series[0].count("@"):  # nothing is declared of groups
        kinds += [("declared", declared, n) for n in PEOPLE]
    return kinds


def false_by_chance(case: Case, kind, draws: int, seed: int, size: int = 1) -> np.ndarray:
    """How many families of a survey have a statement, or a denial, or either, that holds where it turns."""
    name, publish, n = kind
    counts = []
    for ties in (False, True):
        rng = np.random.default_rng([seed, len(case.name), len(name), n, size, ties])
        truths = case.at_edge(rng, draws * size // 2, ties=ties)
        found = shown(case, publish(rng, case, truths, n), size)
        counts.append([found[..., 0].any(1).sum(), found[..., 1].any(1).sum(), found.any((1, 2)).sum(), len(found)])
    return np.sum(counts, axis=0)


def too_many(count: int, draws: int, level: float) -> bool:
    """Whether so many are more than this level lets happen in one of a million simulations."""
    return bool(stats.binom.sf(count - 1, draws, level) < 1e-6)
