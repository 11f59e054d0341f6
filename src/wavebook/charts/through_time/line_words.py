"""The description of lines in words: all of a few points, and of many what stands out."""

from __future__ import annotations

from collections.abc import Iterable

from wavebook.charts.layout import Row
from wavebook.charts.series import Link
from wavebook.charts.through_time.line_plan import Plan, peaks
from wavebook.charts.words import said
from wavebook.core.text import capital
from wavebook.figures import Figure, Figures
from wavebook.language.wording import exact, headed, in_series, listing, quantity
from wavebook.language.words import words_in

_ALL = 6  # points of a series that are told one by one


def told(plan: Plan) -> list[str]:
    """Sentences that describe the picture: the kind of chart, its series, and where they are not known."""
    words = words_in(plan.figures.language).charts
    found = [words["lines"]]
    if plan.many:
        found += [*_range(plan), *_moves(plan)]
    for row, lit, between in zip(plan.rows, plan.lit, plan.between, strict=True):
        if lit or not plan.many:
            found.append(_course(row, between, plan.figures))
    return [*found, *gaps(plan)]


def _in(figure: Figure, figures: Figures) -> str:
    """A value with its wave."""
    words = words_in(figures.language).charts
    value = said(figure, figures.language, "prose")
    return words["in"].format(value=value, wave=figures.called(figure.key.wave))


def _course(row: Row, between: list[Link], figures: Figures) -> str:
    """A series: all of its values, or its ends, highest, lowest and largest step."""
    language, words = figures.language, words_in(figures.language).charts
    if len(row.figures) <= _ALL:
        return headed(capital(row.label), listing([_in(f, figures) for f in row.figures], language), language)
    parts = [words["from_to"].format(first=_in(row.figures[0], figures), last=_in(row.figures[-1], figures))]
    highest = max(row.figures, key=lambda f: f.printed)
    parts += [words["peak" if f is highest else "trough"].format(value=_in(f, figures)) for f in peaks(row.figures)]
    steps = [link for link in between if link.bond == "known" and link.start.printed != link.end.printed]
    if steps:
        largest = max(steps, key=lambda link: abs(_size(link.start, link.end)))
        ends = (figures.called(f.key.wave) for f in (largest.start, largest.end))
        size = _signed(largest.start, largest.end, figures)
        parts.append(words["largest_step"].format(size=size, **dict(zip(("start", "end"), ends, strict=True))))
    return headed(capital(row.label), in_series(parts, language), language)


def _range(plan: Plan) -> list[str]:
    """From which to which value the series run in the first and in the last wave in which all or most are known."""
    figures, words = plan.figures, words_in(plan.figures.language).charts
    found: list[str] = []
    known = [wave for wave in plan.waves if len(_of_wave(wave, plan)) > 1]
    for wave in dict.fromkeys([*known[:1], *known[-1:]]):
        here = sorted(_of_wave(wave, plan), key=lambda pair: pair[1].number)
        ends = [f"{said(f, figures.language, 'prose')} ({row.label})" for row, f in (here[0], here[-1])]
        text = words["series_range"].format(n=len(here), wave=figures.called(wave), low=ends[0], high=ends[1])
        found.append(capital(text))
    return found


def _of_wave(wave: str, plan: Plan) -> list[tuple[Row, Figure]]:
    return [(row, figure) for row in plan.rows for figure in row.figures if figure.key.wave == wave]


def _moves(plan: Plan) -> list[str]:
    """The series that rose most, and the one that fell most, from first to last figure with no break in between."""
    figures, words = plan.figures, words_in(plan.figures.language).charts
    whole = [
        (row, _size(row.figures[0], row.figures[-1]))
        for row in plan.rows
        if not figures.definitions.full_break(row.figures[0].key.indicator, *(row.figures[i].key.wave for i in (0, -1)))
    ]
    found: list[str] = []
    for name, pick, sign in (("rose_most", max, 1), ("fell_most", min, -1)):
        row, size = pick(whole, key=lambda pair: pair[1], default=(None, 0))
        if row and sign * size > 0:
            ends = row.figures[0], row.figures[-1]
            said_of = {"name": row.label, "size": _signed(*ends, figures)}
            waves = {"start": figures.called(ends[0].key.wave), "end": figures.called(ends[1].key.wave)}
            found.append(words[name].format(**said_of, **waves))
    return found


def _size(first: Figure, last: Figure) -> float:
    """The difference of two figures as readers see them."""
    return float(last.printed - first.printed)


def _signed(first: Figure, last: Figure, figures: Figures) -> str:
    size, unit = exact(_size(first, last)), last.unit.difference
    return quantity(size, unit, last.decimals, figures.language, style="prose", signed=True)


def gaps(plan: Plan) -> list[str]:
    """What a dotted line means, and through which waves of which series it runs."""
    figures, words = plan.figures, words_in(plan.figures.language).charts
    waves = {
        row.label: _named((w for link in between if link.bond == "unknown" for w in link.waves), figures)
        for row, between in zip(plan.rows, plan.between, strict=True)
    }
    waves = {label: text for label, text in waves.items() if text}
    if not waves:
        return []
    if len(set(waves.values())) == 1:
        return [words["gap"].format(waves=next(iter(waves.values())))]
    parts = [f"{label} ({text})" for label, text in waves.items()]
    return [words["gap"].format(waves=in_series(parts, figures.language))]


def _named(waves: Iterable[str], figures: Figures) -> str:
    return listing([figures.called(wave) for wave in dict.fromkeys(waves)], figures.language)
