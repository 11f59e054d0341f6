"""Names for readers that cannot be told apart: two towns called Bergen in one chart, one row under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wavebook.core.alike import same
from wavebook.core.problems import Problem
from wavebook.core.units import Language
from wavebook.definitions.base import Text
from wavebook.definitions.model import Definitions

_FILE = "data/indicators.toml"


def problems(d: Definitions) -> Iterator[Problem]:
    """List answers, segments, breakdowns, populations and indicators with the same name in a language."""
    for name, indicator in d.indicators.items():
        yield from _in_list(f"indicators.{name}.categories", dict(indicator.categories), d.languages)
    for name in d.segments:
        yield from _in_segments(d, name)
    yield from _in_list("segments", dict(d.segments), d.languages)
    yield from _in_list("populations", dict(d.populations), d.languages)
    yield from _in_list("indicators", {name: one.name for name, one in d.indicators.items()}, d.languages)


def _in_list(place: str, texts: Mapping[str, Text], languages: tuple[Language, ...]) -> Iterator[Problem]:
    for language in languages:
        names = {key: text.words[language] for key, text in texts.items() if language in text.words}
        yield from _told(place, names, language)


def _in_segments(d: Definitions, breakdown: str) -> Iterator[Problem]:
    """Compare segments as readers see them: those of equal name have that of their parent after it."""
    for language in d.languages:
        names = {
            key: f"{text.words[language]}\n{_above(d, breakdown, key, language)}"
            for key, text in d.segments[breakdown].values.items()
            if language in text.words
        }
        yield from _told(f"segments.{breakdown}.values", names, language)


def _above(d: Definitions, breakdown: str, segment: str, language: Language) -> str:
    """The names of the segments that this one lies in, from the nearest."""
    found: list[str] = []
    seen = {breakdown}
    while (outer := d.segments[breakdown].within) and outer in d.segments and outer not in seen:
        segment = d.segments[breakdown].parents.get(segment, "")
        if segment not in d.segments[outer].values:
            break
        found.append(d.segments[outer].values[segment].words.get(language, ""))
        breakdown = outer
        seen.add(outer)
    return ", ".join(found)


def _told(place: str, names: Mapping[str, str], language: Language) -> Iterator[Problem]:
    for group in same(names.values()):
        keys = [key for key, name in names.items() if name in group]
        shown = group[0].partition("\n")[0].strip()
        found = f"{', '.join(keys[:-1])} and {keys[-1]} are all called “{shown}” in {language}"
        found = found.replace(" are all called", " are both called") if len(keys) == 2 else found
        action = "Readers could not tell them apart: add to each name what differs, as in Bergen (Limburg)."
        yield Problem("W203", f"{_FILE}, {place}", found, action)
