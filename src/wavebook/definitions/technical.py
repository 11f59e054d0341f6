"""Checks of what is told of a measurement: numbers and dates that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from wavebook.core.problems import Problem
from wavebook.definitions.measurements import Wave
from wavebook.definitions.model import Definitions

_ROUNDED = 1e-9  # what a sum of decimals may be off


def problems(d: Definitions) -> Iterator[Problem]:
    """List numbers of people that cannot both be right, and dates in an impossible order."""
    for key, wave in d.waves.items():
        place = f"data/waves.toml, waves.{key}"
        yield from _in_numbers(wave, place)
        yield from _in_dates(d, key, wave, place)


def _in_numbers(wave: Wave, place: str) -> Iterator[Problem]:
    steps = [(name, number) for name in ("drawn", "screened", "responded") if (number := getattr(wave, name))]
    for i, (more, many) in enumerate(steps):
        for fewer, few in steps[i + 1 :]:
            if few > many:
                found = f"{few} {fewer} of {many} {more} cannot be"
                yield Problem("W221", f"{place}.{fewer}", found, "Correct one of the two.")
    if wave.response is not None and wave.drawn and wave.responded:
        rate = 100 * wave.responded / wave.drawn
        decimals = len(f"{wave.response:.10f}".rstrip("0").partition(".")[2])
        if abs(rate - wave.response) > 0.5 * 10.0**-decimals + _ROUNDED:
            found = f"{wave.response:g} per cent is not {wave.responded} of {wave.drawn}, which is {rate:.1f}"
            yield Problem("W221", f"{place}.response", found, "Leave it out, or correct one of the three.")
    for number, sample in enumerate(wave.samples, 1):
        if sample.n and wave.responded and sample.n > wave.responded:
            found = f"an n of {sample.n} is more than the {wave.responded} who responded"
            yield Problem("W221", f"{place}.samples, number {number}", found, "Correct one of the two.")


def _in_dates(d: Definitions, key: str, wave: Wave, place: str) -> Iterator[Problem]:
    period, fieldwork = d.period_of(key), wave.fieldwork
    if fieldwork and period and (fieldwork.end < period.start or period.end < fieldwork.start):
        found = f"{fieldwork.start} to {fieldwork.end} lies outside the wave, {period.start} to {period.end}"
        yield Problem("W222", f"{place}.fieldwork", found, "Correct it, or give the wave another key or period.")
    if fieldwork and wave.released and wave.released <= fieldwork.end.isoformat():
        found = f"{wave.released} is not after the last day of fieldwork, {fieldwork.end}"
        yield Problem("W222", f"{place}.released", found, "Correct one of the two.")
    began = fieldwork or period
    source = d.sources.get(wave.report or "")
    if began and source and source.year.isdecimal() and int(source.year) < began.start.year:
        found = f"{wave.report} is of {source.year}, and the wave began in {began.start.year}"
        yield Problem("W222", f"{place}.report", found, "Name the report of this wave, or correct a year.")
