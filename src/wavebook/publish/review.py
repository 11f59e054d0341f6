"""What a new wave changes: figures, sentences, charts and questions of two waves side by side, for editors to judge."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from textwrap import fill, shorten
from typing import NamedTuple

import polars as pl

from wavebook.claims import Evidence
from wavebook.core.files import THEME
from wavebook.core.problems import Problem, ProblemsError, raise_all
from wavebook.definitions import Break, Definitions, Language, ResponseFile, load_definitions
from wavebook.figures import Figure, Figures, Key, load
from wavebook.figures.accuracy import accuracy
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages.records import Record
from wavebook.publish import build
from wavebook.runs import execute
from wavebook.survey.answers import questions
from wavebook.survey.answers.questions import Change
from wavebook.survey.estimation import estimate

ALPHA = 0.05
VERDICTS = {  # in order of what matters; rose and fell matter alike
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
    "turned": "worded anew by themselves: reread",
    "now": "true only now",
    "holds": "true in both",
}


@dataclass(frozen=True)
class Move:
    """One figure in two waves.

    ``change``, ``low`` and ``high`` (its 95 % interval) are in the figure's unit; ``p`` is adjusted by Holm over all
    figures compared, and too small where only one of the two errors is known (``half_known``). ``flips``: a sentence
    that rests on it no longer holds.
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

    @property
    def order(self) -> tuple:
        """What matters first: flips, then the verdict, then the change in steps of the last decimal readers see."""
        steps = abs(self.change).scaleb(self.after.decimals) if self.change is not None else 0
        return (not self.flips, max(1, list(VERDICTS).index(self.verdict)), -steps, str(self.key))


@dataclass(frozen=True)
class Sentence:
    """A claim, trend word or size of a change on a page, as both editions have it.

    ``verdict`` is the later edition's on a claim: predicate, outcome, reason, instead; ``words`` is a trend word that
    would hold, ``twin`` the same in English where that stands alike.
    """

    page: str
    text: str
    standing: str
    before: Record | None
    after: Record | None
    verdict: dict = field(default_factory=dict)
    words: str = ""
    twin: Sentence | None = None

    @property
    def record(self) -> Record:
        """The later record that there is."""
        return self.after or self.before

    @property
    def language(self) -> Language:
        """The language of its page."""
        return _language(self.page)


@dataclass(frozen=True)
class Edition:
    """The book with one wave as its newest; ``missing`` says why there is none."""

    report: build.Report = field(default_factory=build.Report)
    results: execute.Results = field(default_factory=execute.Results)
    missing: str = ""


@dataclass(frozen=True)
class Review:
    """All that differs between the waves ``before`` and ``after``.

    ``figures`` has them as baseline and wave; ``editions`` and ``estimates`` are by wave; ``changes`` are those of
    questions, labels and who was asked; ``missing`` lists what cannot be known.
    """

    before: int
    after: int
    figures: Figures
    editions: dict[int, Edition]
    moves: list[Move]
    sentences: list[Sentence]
    changes: list[Change] = field(default_factory=list)
    estimates: dict[int, dict] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def review(
    root: Path, before: int, after: int, *, population: str = "total", tell: Callable[[str], None] = lambda _: None
) -> Review:
    """Everything that differs between two waves of the book at ``root``.

    Parameters
    ----------
    before, after
        Years. Sentences are tested in the edition of each, against the baseline of data/waves.toml.
    population
        Whose edition; figures of every population are compared.

    Raises
    ------
    ProblemsError
        A wave or population is not known or the waves are out of order (W501), or declarations or tables are wrong.
        What only a part of the report needs is listed in ``missing`` instead.
    """
    definitions = load_definitions(root)
    raise_all(_asked(definitions, before, after))
    figures = load(root, wave=after, baseline=before, population=population, language="en")
    editions = {w: _edition(root, definitions.baseline, w, population, tell) for w in (before, after)}
    sentences = compare_sentences(editions[before], editions[after])
    flipping = {key for s in sentences if s.standing == "flipped" for key in s.record.keys}
    moves = [replace(move, flips=str(move.key) in flipping) for move in compare_figures(figures)]
    estimates, changes, missing = _kept(root, definitions, before, after)
    missing = [*(e.missing for e in editions.values() if e.missing), *_without_errors(moves, before, after), *missing]
    return Review(before, after, figures, editions, in_order(moves), sentences, changes, estimates, missing)


def _asked(d: Definitions, before: int, after: int) -> Iterator[Problem]:
    known = ", ".join(map(str, sorted(d.waves)))
    for wave in (before, after):
        if wave not in d.waves:
            yield Problem("W501", f"wave {wave!r}", "is not known", f"Choose one of: {known}.")
    if before >= after:
        yield Problem("W501", f"wave {before}", f"does not come before wave {after}", "Give the earlier one first.")


def _edition(root: Path, baseline: int, wave: int, population: str, tell: Callable[[str], None]) -> Edition:
    try:
        # None where it is the default: pages that `wavebook check` has read are then not read again
        report = build.check(root, wave=wave, population=None if population == "total" else population, tell=tell)
        parameters = {"wave": wave, "baseline": baseline, "population": population, "language": "nl"}
        return Edition(report, execute.run_notebooks(root, parameters, tell=tell))
    except ProblemsError as error:
        return Edition(missing=f"No sentence or chart of {wave}, because there is no such edition: {error.problems[0]}")


# --- figures ----------------------------------------------------------------------------------------------


def compare_figures(figures: Figures) -> list[Move]:
    """Every figure of the baseline and the wave of ``figures``, with its change.

    Waves are independent samples. Nothing is computed across a full break, or of a suppressed figure.
    """
    table = {f.key: f for f in figures}
    keys = {key._replace(wave=figures.wave): None for key in table if key.wave in (figures.baseline, figures.wave)}
    pairs = {key: (table.get(key._replace(wave=figures.baseline)), table.get(key)) for key in keys}
    barred = {key: _barred(figures, key, *pair) for key, pair in pairs.items()}
    tests = _tests(figures, {key: pair for key, pair in pairs.items() if not barred[key]})
    # Holm's last step: what k of m differences exceeded, and no other; the same for those that are rounded too
    found = sum(test["p"] <= ALPHA for test in tests.values())
    level = ALPHA / max(1, len(tests) - max(found, 1) + 1)
    return [_move(figures, key, *pairs[key], barred[key] or level, tests.get(key, {})) for key in keys]


def in_order(moves: Iterable[Move]) -> list[Move]:
    """Everyone first, then other populations, then each breakdown; within these what matters first."""
    return sorted(moves, key=lambda m: (m.key.segment_by, m.key.population != "total", m.group, m.order))


def _barred(figures: Figures, key: Key, before: Figure | None, after: Figure | None) -> str:
    """The verdict on two figures that are not compared; empty on all others."""
    if any(f is not None and f.status == "suppressed" for f in (before, after)):
        return "suppressed"
    if before is None or after is None:
        return "new" if before is None else "vanished"
    return "full" if figures.definitions.full_break(key.indicator, figures.baseline, figures.wave) else ""


def _tests(figures: Figures, pairs: dict[Key, tuple[Figure, Figure]]) -> dict[Key, dict]:
    """Interval and adjusted p-value of changes of which at least one error is known.

    One that is not counts as none, which makes p too small.
    """
    errors = {key: [accuracy(f, figures.definitions).se for f in pair] for key, pair in pairs.items()}
    pairs = {key: pair for key, pair in pairs.items() if any(errors[key])}
    before, after = (
        pl.DataFrame(
            [(str(key), pair[side].value, errors[key][side] or 0.0) for key, pair in pairs.items()],
            schema={"indicator": pl.String, "value": pl.Float64, "se": pl.Float64},
            orient="row",
        )
        for side in (0, 1)
    )
    rows = estimate.difference(before, after).to_dicts()
    tests = {}
    for key, row, p in zip(pairs, rows, estimate.adjust(row["p"] for row in rows), strict=True):
        half_known = None in errors[key]
        interval = {} if half_known else {"low": row["ci_low"], "high": row["ci_high"]}
        tests[key] = {"p": p, "half_known": half_known, **interval}
    return tests


def _move(
    figures: Figures, key: Key, before: Figure | None, after: Figure | None, rule: str | float, test: dict
) -> Move:
    """``rule`` is the verdict where nothing is compared, else the two-sided level of each test."""
    d, indicator = figures.definitions, figures.definitions.indicators[key.indicator]
    label = indicator.name.en + (f": {indicator.categories[key.category].en}" if key.category else "")
    group = [f"{d.segments[key.segment_by].en}: {figures.segment_label(key)}"] if key.segment_by else []
    everyone = "everyone: " if key.population == "total" else ""
    group += [everyone + d.populations[key.population].en] if not (key.segment_by and everyone) else []
    if isinstance(rule, str):
        return Move(key, ", ".join(group), label, rule, before, after)
    verdict = _verdict(figures, before, after, rule)
    crossed = d.breaks_between(key.indicator, figures.baseline, figures.wave)
    remarks = [f"across the noted break {b.start}–{b.end}" for b in crossed]
    unknown = [str(f.key.wave) for f in (before, after) if accuracy(f, d).se is None]
    if unknown and verdict in ("rose", "fell"):
        remarks.append(f"beyond rounding; error of {' and '.join(unknown)} not known")
    change = wording.exact(after.value) - wording.exact(before.value)
    return Move(key, ", ".join(group), label, verdict, before, after, change, remark="; ".join(remarks), **test)


def _verdict(figures: Figures, before: Figure, after: Figure, level: float) -> str:
    if before.printed == after.printed:
        return "alike"
    found = Evidence(figures, level).positive([(1, after), (-1, before)])
    if found.truth is not None:
        return "rose" if found.truth else "fell"
    return "chance" if found.kinds == {"chance"} else "open"


def _without_errors(moves: Iterable[Move], before: int, after: int) -> Iterator[str]:
    for wave, side in ((before, "before"), (after, "after")):
        shown = [f for f in (getattr(m, side) for m in moves) if f is not None and f.status != "suppressed"]
        without = sum(f.se is None for f in shown)
        if without:
            yield f"Sampling error of {without} of the {len(shown)} figures of {wave}: their changes have no interval."


def only_in(figures: Figures, here: int, there: int) -> list[str]:
    """Indicators, answers, segments and populations that have figures in one wave and none in the other."""
    d, seen = figures.definitions, {here: {}, there: {}}
    for key in (f.key for f in figures if f.key.wave in seen):
        item, found = d.indicators[key.indicator], seen[key.wave]
        found[key.indicator,] = f"indicator “{item.name.en}” ({key.indicator}), base: {d.bases[item.base].en}"
        if key.category:
            found[key.indicator, key.category] = f"answer “{item.categories[key.category].en}” ({key.name})"
        if key.segment_by:
            found["", key.segment_by, key.segment] = f"{key.segment_by} “{figures.segment_label(key)}”"
        found["", key.population] = f"population “{d.populations[key.population].en}”"
    gone = seen[here].keys() - seen[there].keys()  # an indicator that is gone takes its answers with it
    return sorted(seen[here][part] for part in gone if len(part) == 1 or part[:1] not in gone)


# --- sentences --------------------------------------------------------------------------------------------


def compare_sentences(old: Edition, new: Edition) -> list[Sentence]:
    """Every claim, trend word and change of the book in two editions, in the order of ``STANDINGS``, then of pages."""
    sides = [_by_place(edition.report.records) for edition in (old, new)]
    found: dict[tuple, Sentence] = {}
    for place in sorted({**sides[0], **sides[1]}, key=lambda p: _language(p[0]) == "en"):
        page, kind, name, nth = place
        before, after = (side.get(place) for side in sides)
        text = " ".join((after or before).shown.split()) if kind == "claim" else f"{{{kind}}}`{name}`"
        verdict = new.results.claims.get(name, {}) if kind == "claim" else {}
        words = words_that_hold(text, verdict.get("predicate", ""), verdict.get("instead", ""), _language(page))
        sentence = Sentence(page, text, _standing(before, after), before, after, verdict, words)
        dutch = (page.replace("book/en/", "book/", 1), kind, name, nth)
        alike = dutch in found and found[dutch].standing == sentence.standing
        found[dutch if alike else place] = replace(found[dutch], twin=sentence) if alike else sentence
    ranks = list(STANDINGS)
    return sorted(found.values(), key=lambda s: (ranks.index(s.standing), s.page, s.record.line))


def _language(page: str) -> Language:
    return "en" if page.startswith("book/en/") else "nl"


def _by_place(records: dict[str, list[Record]]) -> dict[tuple, Record]:
    """Claims, trend words and changes by page, kind, name, and which of the same it is."""
    found, seen = {}, Counter()
    for page, noted in records.items():
        for record in sorted(noted, key=lambda r: r.line):
            remark = record.problem is not None and record.problem.code == "W407"  # on a change noted before
            if record.kind in ("claim", "trend", "change") and not remark and not record.left_out:
                place = (page, record.kind, record.text)
                seen[place] += 1
                found[*place, seen[place]] = record
    return found


def state(record: Record | None) -> str:
    """A claim's verdict, or the words that readers see."""
    return (record.outcome or record.shown or "open") if record else "open"


def _standing(before: Record | None, after: Record | None) -> str:
    old, new = state(before) if before else "holds", state(after)  # without an earlier edition nothing says otherwise
    unproven = ("open", "not certain")
    if new == "fails":
        return "false" if old == "fails" else "flipped"
    if new in unproven:
        return "open" if old in unproven else "unsure" if new == "not certain" else "lost"
    if old in ("fails", *unproven):
        return "now"
    return "turned" if before and after.kind == "trend" and old != new else "holds"


_DIRECTIONS = {"rises": 0, "falls": 1, "is stable": 2}  # columns of the trends of a language


def words_that_hold(sentence: str, predicate: str, instead: str, language: Language) -> str:
    """The trend word for ``instead`` in the form the sentence has; empty when one of both is not about a trend.

    >>> words_that_hold("Het cijfer steeg.", "grade rises", "grade falls", "nl")
    '“steeg” → “daalde”'
    """
    pattern = rf"\S+ ({'|'.join(_DIRECTIONS)})( within [\d.e+-]+)?"
    found = [re.fullmatch(pattern, text) for text in (predicate, instead)]
    if not all(found):
        return ""
    wrong, right = (_DIRECTIONS[match[1]] for match in found)
    rows = words_in(language).trends
    for row in sorted(rows, key=lambda row: -len(row[wrong])):
        if re.search(rf"\b{re.escape(row[wrong])}\b", sentence, re.IGNORECASE):
            return f"“{row[wrong]}” → “{row[right]}”"
    return f"“{rows[0][right]}”"


# --- what was kept of each wave ---------------------------------------------------------------------------


def _kept(root: Path, d: Definitions, before: int, after: int) -> tuple[dict[int, dict], list[Change], list[str]]:
    """Estimation reports by wave, changes of wording and of who was asked, and what is missing of them."""
    estimates, books, missing = {}, {}, []
    for wave in (before, after):
        path = root / "data" / "responses" / f"{wave}.json"
        try:
            estimates[wave] = dict(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, RecursionError) as error:
            why = "was not estimated here" if isinstance(error, FileNotFoundError) else "has an unreadable report"
            missing.append(f"Weights and reasons for suppression of {wave}, which {why} (data/responses/{wave}.json).")
        try:
            books[wave] = questions.load_codebook(root, wave)
        except ProblemsError as error:
            missing += map(str, error.problems)
        if not books.get(wave):
            missing.append(f"Questions and labels of {wave}: there is no data/codebooks/{wave}.json.")
    files = [d.waves[wave].responses for wave in (before, after)]
    changes = _routing(*files) if all(files) else []
    if all(books.get(wave) for wave in (before, after)):
        changes = _wordings(books[before], books[after]) + changes
    return estimates, changes, missing


def _wordings(old: dict[str, questions.Question], new: dict[str, questions.Question]) -> list[Change]:
    """Questions and labels that changed, appeared or vanished; empty where there is none."""
    found = questions.wording_changes(old, new)
    for name in old.keys() ^ new.keys():
        found.append(Change(name, "question", *(book[name].text if name in book else "" for book in (old, new))))
    for name in old.keys() & new.keys():
        one, two = old[name].labels, new[name].labels
        found += [Change(name, f"label of code {c}", one.get(c, ""), two.get(c, "")) for c in one.keys() ^ two.keys()]
    return sorted(found)


def _routing(old: ResponseFile, new: ResponseFile) -> list[Change]:
    """Who was kept and who had to answer, where two waves declare it differently."""

    def told(table: dict[str, Iterable[str]]) -> str:
        return "; ".join(f"{column} in {', '.join(codes)}" for column, codes in table.items())

    found = [Change("all indicators", "respondents kept", told(old.filter), told(new.filter))]
    for name in sorted(old.asked_if.keys() | new.asked_if.keys()):
        found.append(Change(name, "asked if", *(told(side.asked_if.get(name, {})) for side in (old, new))))
    return [change for change in found if change.before != change.after]


# --- in words ---------------------------------------------------------------------------------------------


def change_text(move: Move) -> str:
    """The change with its sign and unit: +11 percentage points."""
    unit, decimals = move.after.unit, move.after.decimals
    sign = wording.number(move.change, decimals, "en", signed=True).rstrip("0123456789.,")
    return sign + wording.difference(move.change, unit, decimals, "en")


class Headline(NamedTuple):
    """One of the things that matter first: text, the sentence it is about, and what would hold."""

    text: str
    sentence: Sentence | None = None

    def __str__(self) -> str:
        if self.sentence is None:
            return self.text
        hints = "; ".join(filter(None, (self.sentence.verdict.get("instead"), self.sentence.words)))
        return f"{self.text}: “{self.sentence.text}”" + (f"; holds: {hints}" if hints else "")


def headlines(found: Review) -> list[Headline]:
    """The ten things that matter first: sentences that no longer hold (half of the room), breaks, then figures."""
    flipped = [s for s in found.sentences if s.standing == "flipped"]
    sentences = [Headline(f"{s.page}:{s.record.line} no longer holds", s) for s in flipped]
    lines = []
    for standing in ("unsure", "lost"):
        if lost := [s for s in found.sentences if s.standing == standing]:
            first = f"{lost[0].page}:{lost[0].record.line}"
            lines.append(Headline(f"{STANDINGS[standing]}: {len(lost)} sentences, first {first}"))
    lines += [Headline(f"full break {b.start}–{b.end}: {b.reason.en}") for b in breaks(found) if b.kind == "full"]
    for m in (m for m in found.moves if m.verdict in ("rose", "fell", "suppressed", "vanished")):
        where = f" ({m.group})" if m.key.segment_by or m.key.population != "total" else ""
        size = f" by {change_text(m).lstrip('+−')} to {m.after.text('en', 'chart')}" if m.change is not None else ""
        lines.append(Headline(f"{m.label}{where} {VERDICTS[m.verdict]}{size}"))
    return [*sentences[: max(5, 10 - len(lines))], *lines][:10]


def hidden(found: Review, wave: int) -> list[Figure]:
    """The figures that are suppressed in ``wave``."""
    return [f for f in found.figures if f.key.wave == wave and f.status == "suppressed"]


def breaks(found: Review) -> list[Break]:
    """The breaks between both waves, full ones first."""
    d = found.figures.definitions
    crossed = {b for name in d.indicators for b in d.breaks_between(name, found.before, found.after)}
    return sorted(crossed, key=lambda b: (b.kind != "full", b.start, b.indicators))


def problems(found: Review) -> list[Problem]:
    """What else a strict build of the later edition stops at: sentences are listed on their own."""
    return [p for p in found.editions[found.after].report.problems if p.code not in ("W403", "W404", "W420")]


def counts(found: Review) -> dict[str, str]:
    """How much there is of everything, in words."""

    def told(items: Iterable[tuple[str, int]]) -> str:
        return ", ".join(f"{count} {name}" for name, count in items if count) or "none"

    verdicts, standings = Counter(m.verdict for m in found.moves), Counter(s.standing for s in found.sentences)
    waves = (found.before, found.after)
    indicators = {"appeared": only_in(found.figures, *reversed(waves)), "vanished": only_in(found.figures, *waves)}
    return {
        "sentences": told((text, standings[name]) for name, text in STANDINGS.items()),
        "figures": told((text, verdicts[name]) for name, text in VERDICTS.items()),
        "suppressed": told((f"in {wave}", len(hidden(found, wave))) for wave in waves),
        "breaks": told(Counter(b.kind for b in breaks(found)).items()),
        "indicators": told((name, len(items)) for name, items in indicators.items()),
        "questions": told([("differences in wording or routing", len(found.changes))]),
        "to publish": told([("more problems to solve", len(problems(found)))]),
    }


def terminal(found: Review) -> str:
    """The ten things that matter first and counts of the rest, at most 100 columns wide."""
    d = found.figures.definitions
    lines = [f"{found.after} against {found.before}: {d.populations[found.figures.population].en}"]
    if any(d.waves[wave].made_up for wave in (found.before, found.after)):
        lines.append("MADE-UP DATA: nothing in this report is a finding.")
    lines.append("")
    first = [shorten(str(line), 190, placeholder=" …") for line in headlines(found)]
    told = [(f"{number:2}.", line) for number, line in enumerate(first, 1)]
    told += [("", ""), *counts(found).items(), *(("not known", text) for text in found.missing)]
    for name, text in told:
        width = 4 if name.endswith(".") else 12
        lines.append(fill(f"{name:<{width}}{text}", 100, subsequent_indent=" " * width))
    return "\n".join(lines)


def html(found: Review) -> str:
    """The whole review as one page that needs nothing but itself: no script, no other file, no request."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from wavebook.charts.svg import described

    def picture(name: str, wave: int) -> Markup:
        chart = found.editions[wave].results.charts[name]
        words = {"title": f"{name}, {wave}", "description": chart["summary"], "language": chart["language"]}
        return Markup(described(chart["svg"]["wide"], id=f"chart-{name}-{wave}", **words))

    made = {wave: edition.results.charts for wave, edition in found.editions.items()}
    names = {name: None for wave in (found.after, found.before) for name in made[wave]}
    shown = {f.source for m in found.moves for f in (m.before, m.after) if f is not None}
    parts = {item.__name__: item(found) for item in (headlines, counts, breaks, problems)}
    parts |= {item.__name__: item for item in (change_text, hidden, only_in, state, picture)}
    loader = FileSystemLoader(THEME)
    page = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return page.get_template("review.html").render(
        parts,
        r=found,
        VERDICTS=VERDICTS,
        standings=[(name, [s for s in found.sentences if s.standing == name]) for name in STANDINGS],
        STANDINGS=STANDINGS,
        groups=[(name, list(moves)) for name, moves in groupby(found.moves, key=lambda m: m.group)],
        anchors={str(f.key): m.key.anchor for m in found.moves for f in (m.before, m.after) if f is not None},
        charts={name: {wave: charts[name] for wave, charts in made.items() if name in charts} for name in names},
        sources=[found.figures.definitions.sources[name] for name in sorted(shown)],
        number=wording.number,
    )
