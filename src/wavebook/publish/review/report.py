"""A review in words: the most important parts on a terminal, and all of it on a page of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from textwrap import fill, shorten
from typing import NamedTuple

from wavebook.core.files import THEME
from wavebook.core.languages import EDITORS
from wavebook.core.problems import Problem, counted, how_many
from wavebook.definitions import Break
from wavebook.figures import Figure
from wavebook.language import wording
from wavebook.publish.review.differences import STANDINGS, VERDICTS, Move, Review, Sentence
from wavebook.publish.review.figures import only_in
from wavebook.publish.review.sentences import state


def change_text(move: Move) -> str:
    """The change with its sign and unit: +11 percentage points."""
    if move.after is None or move.change is None:
        raise ValueError(f"{move.key} is compared with nothing")
    unit, decimals = move.after.unit, move.after.decimals
    sign = wording.number(move.change, decimals, EDITORS, signed=True).rstrip("0123456789.,")
    return sign + wording.difference(move.change, unit, decimals, EDITORS)


class Headline(NamedTuple):
    """One of the most important things: its text, the sentence it is about, and the words that would hold."""

    text: str
    sentence: Sentence | None = None

    def __str__(self) -> str:
        if self.sentence is None:
            return self.text
        hints = "; ".join(filter(None, (self.sentence.verdict.get("instead"), self.sentence.words)))
        return f"{self.text}: “{self.sentence.text}”" + (f"; holds: {hints}" if hints else "")


def headlines(found: Review) -> list[Headline]:
    """The ten most important things: sentences that no longer hold (at most half of them), breaks, then figures."""
    flipped = [s for s in found.sentences if s.standing == "flipped"]
    sentences = [Headline(f"{s.page}:{s.record.line} no longer holds", s) for s in flipped]
    lines = []
    for standing in ("unsure", "lost", "recent"):
        if lost := [s for s in found.sentences if s.standing == standing]:
            first = f"{lost[0].page}:{lost[0].record.line}"
            lines.append(Headline(f"{STANDINGS[standing]}: {how_many(len(lost), 'sentence')}, first {first}"))
    full = [b for b in breaks(found) if b.kind == "full"]
    lines += [Headline(f"full break {_span(found, b)}: {b.reason[found.figures.language]}") for b in full]
    for m in (m for m in found.moves if m.verdict in ("rose", "fell", "suppressed", "vanished")):
        where = f" ({m.group})" if m.key.segment_by or m.key.population else ""
        size = ""
        if m.change is not None and m.after is not None:
            size = f" by {change_text(m).lstrip('+−')} to {m.after.text(EDITORS, 'chart')}"
        other = f", {m.remark.partition(';')[0]}" if m.against else ""
        lines.append(Headline(f"{m.label}{where} {VERDICTS[m.verdict]}{size}{other}"))
    return [*sentences[: max(5, 10 - len(lines))], *lines][:10]


def _span(found: Review, item: Break) -> str:
    """The two waves on either side of a break."""
    return f"{found.figures.called(item.start)}–{found.figures.called(item.end)}"


def hidden(found: Review, wave: str) -> list[Figure]:
    """The figures that are suppressed in ``wave``."""
    return [f for f in found.figures if f.key.wave == wave and f.status == "suppressed"]


def breaks(found: Review) -> list[Break]:
    """The breaks between both waves, full ones first."""
    d = found.figures.definitions
    crossed: list[Break] = []
    for name in d.indicators:
        crossed += [b for b in d.breaks_between(name, found.before, found.after) if b not in crossed]
    return sorted(crossed, key=lambda b: (b.kind != "full", d.order(b.start), b.indicators))


def problems(found: Review) -> list[Problem]:
    """The problems that stop a strict build of the later edition, as ``wavebook check`` lists them."""
    return found.editions[found.after].report.problems


def counts(found: Review) -> dict[str, str]:
    """The number of each kind of difference, in words."""

    def told(items: Iterable[tuple[str, int]]) -> str:
        return ", ".join(f"{count} {name}" for name, count in items if count) or "none"

    verdicts, standings = Counter(m.verdict for m in found.moves), Counter(s.standing for s in found.sentences)
    waves = (found.before, found.after)
    indicators = {"appeared": only_in(found.figures, *reversed(waves)), "vanished": only_in(found.figures, *waves)}
    return {
        "sentences": told((text, standings[name]) for name, text in STANDINGS.items()),
        "figures": told((text, verdicts[name]) for name, text in VERDICTS.items()),
        "baseline": told([("that moved the other way than since then", sum(bool(m.against) for m in found.moves))]),
        "suppressed": told((f"in {found.figures.called(wave)}", len(hidden(found, wave))) for wave in waves),
        "breaks": told(Counter(b.kind for b in breaks(found)).items()),
        "indicators": told((name, len(items)) for name, items in indicators.items()),
        "questions": told([("differences in wording or routing", len(found.changes))]),
        "to publish": f"{counted(problems(found))} to solve" if problems(found) else "none",
    }


def terminal(found: Review) -> str:
    """The ten most important things and counts of the rest, at most 100 columns wide."""
    d = found.figures.definitions
    after, before = (found.figures.called(wave) for wave in (found.after, found.before))
    people = found.figures.people(found.figures.population) or "everyone"
    lines = [f"{after} against {before}: {people}"]
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
    """The whole review as one self-contained page: no script, no other file, no request."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from wavebook.charts.svg import described

    def picture(name: str, wave: str) -> Markup:
        chart = found.editions[wave].results.charts[name]
        words = {"title": f"{name}, {wave}", "description": chart["summary"], "language": chart["language"]}
        return Markup(described(chart["svg"]["wide"], id=f"chart-{name}-{wave}", **words))

    made = {wave: edition.results.charts for wave, edition in found.editions.items()}
    names = {name: None for wave in (found.after, found.before) for name in made[wave]}
    shown = {f.source for m in found.moves for f in (m.before, m.after) if f is not None}
    parts: dict[str, object] = {item.__name__: item(found) for item in (headlines, counts, breaks, problems)}
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
        editors=EDITORS,
    )
