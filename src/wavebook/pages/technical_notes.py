"""Technical notes: how each wave was measured, as far as it is known, on a page and in the downloads."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from docutils import nodes

from wavebook.core.periods import Period
from wavebook.core.text import capital
from wavebook.core.units import PERCENT, Language
from wavebook.definitions import Definitions, Text, Wave
from wavebook.figures import Figures
from wavebook.language import wave_names, wording
from wavebook.language.words import words_in
from wavebook.pages.tables import Cite
from wavebook.pages.uses import made_paragraph, made_section

TOLD = (
    *("bureau", "client", "population", "mode", "panel", "fieldwork", "drawn", "screened", "responded", "response"),
    *("weighting", "questionnaire", "report", "remark"),
)
"""What a note tells of a wave, in its order."""
_ASKED_FOR = ("population", "mode", "fieldwork", "drawn", "responded", "weighting", "questionnaire")
"""What readers may expect to be told: where it is not known, a note says so."""

Link = Callable[[str, str], list[nodes.Node]]
"""The nodes that lead to a questionnaire: of its file or address, with their text."""


class Credit(NamedTuple):
    """Who measured a wave, in what report, for whom; ``language`` is that of the title, where it is another one."""

    bureau: str
    title: str
    language: Language | None
    commissioned: str

    def __str__(self) -> str:
        """The theme's form, with the title between asterisks."""
        title = f"*{self.title.replace('*', '')}*" if self.title else ""
        return ", ".join(filter(None, (self.bureau.replace("*", ""), title, self.commissioned.replace("*", ""))))


def credit(d: Definitions, wave: str, language: Language) -> Credit:
    """Name the bureau, the report and the client of a wave."""
    declared = d.waves[wave]
    report = d.sources[declared.report] if declared.report else None
    words, client = words_in(language).methods, declared.client
    commissioned = words["commissioned"].format(client=client[language]) if client else ""
    title = report.title if report else ""
    beside = report.language if report and report.language != language else None
    return Credit(declared.bureau, title, beside, commissioned)


def source_line(d: Definitions, wave: str, language: Language) -> str:
    """Who measured the wave of an edition and those before it, for its footer."""
    own = d.waves[wave].bureau
    others = dict.fromkeys(d.waves[key].bureau for key in d.before(wave) if d.waves[key].bureau != own)
    told = [str(credit(d, wave, language))]
    if others:
        bureaus = wording.listing([bureau.replace("*", "") for bureau in others], language)
        told.append(words_in(language).methods["earlier"].format(bureaus=bureaus))
    return wording.in_series(told, language)


def notes(figures: Figures, cite: Cite, link: Link, waves: Sequence[str] = ()) -> list[nodes.Element]:
    """A section for each wave, the newest first, or for these; what is not known of them is told once, first."""
    shown = [*waves] or [key for key in reversed(figures.definitions.waves) if figures.is_shown(key)]
    unknown = " ".join(_unknown(figures, shown))
    made: list[nodes.Element] = [made_paragraph("", unknown)] if unknown else []
    for key in shown:
        fields = nodes.definition_list(classes=["field-list"])
        for term, told in _rows(figures, key, cite, link):
            holder = nodes.definition("", nodes.paragraph("", "", *told))
            fields += nodes.definition_list_item("", nodes.term("", term), holder)
        name = f"note-{nodes.make_id(f'wave {key}').removeprefix('wave-')}"
        made.append(made_section("", nodes.title("", _title(figures, key)), fields, ids=[name], names=[name]))
    return made


def _unknown(figures: Figures, shown: Sequence[str]) -> Iterator[str]:
    """What is not known: of all these waves together first, then of some of them."""
    words, language, d = words_in(figures.language).methods, figures.language, figures.definitions
    bare: dict[tuple[str, ...], list[str]] = {}
    for name in _ASKED_FOR:
        of = tuple(key for key in d.waves if key in shown and _is_unknown(d.waves[key], name))
        bare.setdefault(of, []).append(words[f"unknown_{name}"])
    for of, names in sorted(bare.items(), key=lambda item: -len(item[0])):
        named = wording.listing([figures.called(key).the for key in of], language)
        which = "all_unknown" if len(of) == len(shown) > 1 else "some_unknown"
        if of:
            yield words[which].format(waves=named, what=wording.listing(names, language))


def _title(figures: Figures, key: str) -> str:
    name = figures.definitions.waves[key].name
    told = figures.called(key)
    return f"{told} ({name[figures.language]})" if name else str(told)


def _is_unknown(wave: Wave, name: str) -> bool:
    """Tell whether nothing is declared; a response that is told says enough of those who were invited."""
    return getattr(wave, name) is None and not (name == "drawn" and wave.rate is not None)


def _rows(figures: Figures, key: str, cite: Cite, link: Link) -> Iterator[tuple[str, list[nodes.Node]]]:
    """What a note tells of one wave: (what it is, the text)."""
    words, language, d = words_in(figures.language).methods, figures.language, figures.definitions
    wave = d.waves[key]
    for name, text in told(figures, key).items():
        if name == "questionnaire":
            yield words[name], link(text, words["download"])
        elif name == "report":
            yield words[name], cite(text)
        else:
            yield words[name], [nodes.Text(text)]
    if wave.described:
        yield words["described"], [*cite(wave.described.source), nodes.Text(f", {wave.described.locator}")]
    elif not wave.report:
        yield words["described"], cite(wave.source)
    for name, declared in (("breaks", d.breaks), ("same", d.same)):
        for item in (item for item in declared if item.end == key):
            ends = {"start": figures.called(item.start), "end": figures.called(item.end)}
            reason = words["changed"].format(**ends, reason=item.reason[language])
            about = [d.indicators[one].name[language] for one in getattr(item, "indicators", ())]
            some = f" ({wording.listing(about, language)})" if about else ""
            yield words[name], [nodes.Text(f"{capital(reason)}{some}")]


def told(figures: Figures, key: str) -> dict[str, str]:
    """What is known of a wave in readers' words, by name; a questionnaire and a report as they are declared."""
    wave, language = figures.definitions.waves[key], figures.language
    people = words_in(language).methods["people"]
    found: dict[str, str] = {}
    for name in TOLD:
        match wave.rate if name == "response" else getattr(wave, name):
            case None:
                pass
            case Text() as text:
                found[name] = text[language]
            case Period() as period:
                found[name] = _dates(period, language)
            case float() as rate:
                decimals = wording.decimals_of(rate) if wave.response is not None else 0
                found[name] = wording.quantity(rate, PERCENT, decimals, language, style="chart")
            case int() as number:
                found[name] = people.format(n=wording.number(number, 0, language))
            case words:
                found[name] = words
    return found


def _dates(period: Period, language: Language) -> str:
    """The first and the last day; whole months by their names."""
    if period.start.day == 1 and (period.end + datetime.timedelta(1)).day == 1:
        return str(wave_names.of_months(period, language))
    first, last = (wording.date(day.isoformat(), language) for day in period)
    return words_in(language).methods["dates"].format(first=first, last=last) if first != last else first


def plain(figures: Figures, key: str) -> dict[str, Any]:
    """What is known of a wave, for programs: numbers as numbers, days as ISO 8601 has them."""
    wave, language = figures.definitions.waves[key], figures.language
    found: dict[str, Any] = {"wave": figures.definitions.plain(key)}
    for name in (*TOLD, "source"):
        match wave.rate if name == "response" else getattr(wave, name):
            case Text() as text:
                found[name] = text[language]
            case Period() as period:
                found[name] = {"start": period.start.isoformat(), "end": period.end.isoformat()}
            case float() as rate:
                found[name] = round(rate, 1)
            case str() as text if name in ("report", "source"):
                source = figures.definitions.sources[text]
                found[name] = {"title": source.title, **({"path": source.url} if source.url else {})}
            case str() as text if name == "questionnaire" and "://" not in text:
                pass  # a file of the site, whose address no program can know before it is made
            case None:
                pass
            case value:
                found[name] = value
    return found
