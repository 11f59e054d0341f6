"""Measurements of a series: who made each, how, and among whom; where the series breaks, and where it does not."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from wavebook.core.units import LARGEST, Method
from wavebook.definitions.base import Declaration, Name, ReleaseMoment, Text, Words
from wavebook.definitions.responses import ResponseFile
from wavebook.definitions.waves import DeclaredPeriod, WaveKey


class Sample(Declaration):
    """Grounds for the sampling errors of a wave's published figures; for all indicators when ``indicators`` is empty.

    ``n`` people answered, worth ``n_effective`` in a simple random sample; ``deviation`` is the standard
    deviation of their answers, in the unit of the figures. Either a source gives them, at a locator, or they are an
    assumption, with the grounds for it.
    """

    NUMBERS: ClassVar = ("n", "n_effective", "deviation")

    indicators: tuple[Name, ...] = Field(default=(), strict=False)
    n: int | None = Field(default=None, gt=1, le=LARGEST)
    n_effective: float | None = Field(default=None, gt=1)
    deviation: float | None = Field(default=None, gt=0)
    source: Words | None = None
    locator: Words | None = None
    assumption: Text | None = None

    @model_validator(mode="after")
    def _is_told(self) -> Sample:
        if all(getattr(self, name) is None for name in self.NUMBERS):
            raise PydanticCustomError("words", "declares neither n, n_effective nor deviation")
        if bool(self.source and self.locator) == bool(self.assumption):
            raise PydanticCustomError("words", "needs a source with its locator, or an assumption, and not both")
        if self.n and self.n_effective and self.n_effective > 2 * self.n:
            raise PydanticCustomError("words", "has an effective number more than twice its n")
        if self.n and self.n_effective and self.n_effective < self.n / 100:
            raise PydanticCustomError(
                "words", "has an effective number below a hundredth of its n: write it without a point"
            )
        return self

    def is_about(self, indicator: str) -> bool:
        """Tell whether it applies to this indicator."""
        return not self.indicators or indicator in self.indicators


class Described(Declaration):
    """The place that tells how a wave was measured, where that is not the wave's ``source`` as a whole."""

    source: Words
    locator: Words


class Wave(Declaration):
    """A measurement: who made it, how, among whom, and where to read it; ``responses`` when there is a respondent file.

    ``period``: its first and last day, where its key is no year, half-year, quarter, month or week.
    ``label``: its name for readers, where that is not the period that its key names.
    ``name``: what it is in the series, such as baseline; ``client``: who commissioned it, where that is not the bureau.
    ``prose``: that name as sentences have it after a preposition, with its article: the eighth round.
    ``samples``: the grounds for the errors of figures without one of their own.

    The technical note of the wave is made from these, each as far as it is known. ``mode``: how people were asked.
    ``population``: who could take part. ``panel``: the name of the panel; waves with the same one asked the same
    people, as far as their numbers are the same. ``fieldwork``: its first and last day, or months. ``drawn``: the
    people who were asked; ``screened``: those who answered a short questionnaire beforehand; ``responded``: those
    who answered the questionnaire itself. ``response``: the percentage that its report gives, which follows from the
    others where these are known. ``weighting``: how answers were weighted, in words. ``questionnaire``: a file in
    ``book/`` or an address. ``report``: the key of the wave's own report, which the foot of the pages names; ``source``
    may be any that tells of the wave. ``remark``: what else readers must know. ``described``: where all this is told.

    ``published``: its figures change only with a reason, which readers can find. The book is about the newest published
    wave; a later one is in preparation, and only ``--wave`` makes an edition about it.
    ``released``: the day on which this book's edition about the wave came out; or the moment, with its zone, as in
    ``2026-12-01T06:00:00+01:00``, until which it is under embargo: nothing of it goes out before.
    ``made_up``: a demonstration, not a measurement, and every page must say so.
    ``method``, ``noise``: those of its table, where they differ from ``[disclosure]``.
    """

    name: Text | None = None
    period: DeclaredPeriod | None = None
    label: Text | None = None
    prose: Text | None = None
    bureau: Words
    client: Text | None = None
    mode: Text | None = None
    population: Text | None = None
    panel: Words | None = None
    fieldwork: DeclaredPeriod | None = None
    drawn: int | None = Field(default=None, gt=0, le=LARGEST)
    screened: int | None = Field(default=None, gt=0, le=LARGEST)
    responded: int | None = Field(default=None, gt=0, le=LARGEST)
    response: float | None = Field(default=None, gt=0, le=100)
    weighting: Text | None = None
    questionnaire: Words | None = None
    report: Words | None = None
    remark: Text | None = None
    described: Described | None = None
    source: Words
    published: bool = False
    release: ReleaseMoment | None = Field(default=None, alias="released")
    made_up: bool = False
    method: Method | None = None
    noise: float | None = Field(default=None, ge=0.5, le=100)
    samples: tuple[Sample, ...] = Field(default=(), strict=False)
    responses: ResponseFile | None = None

    @property
    def released(self) -> str | None:
        """The day on which the edition about it comes out."""
        return self.release.day if self.release else None

    @property
    def embargo(self) -> datetime.datetime | None:
        """The moment until which nothing of it may go out, while that is to come."""
        return self.release.moment if self.release and self.release.is_to_come else None

    @property
    def is_out(self) -> bool:
        """Tell whether readers can have it: it is published, and under no embargo."""
        return self.published and self.embargo is None

    @property
    def rate(self) -> float | None:
        """The response in per cent: as declared, or else the part of ``drawn`` that responded; None where unknown."""
        if self.response is not None or not (self.drawn and self.responded):
            return self.response
        return 100 * self.responded / self.drawn


class Break(Declaration):
    """A break in the series between two waves; for all indicators when ``indicators`` is empty.

    ``noted``: the publisher treats the series as one; comparisons are made and carry the remark.
    ``full``: nothing is compared across it.
    """

    start: WaveKey = Field(alias="from")
    end: WaveKey = Field(alias="to")
    kind: Literal["noted", "full"]
    indicators: tuple[Name, ...] = Field(default=(), strict=False)
    reason: Text


class Unknown(Declaration):
    """Figures of a wave that nobody knows, with the reason: readers see it where a number would stand.

    ``figures``: an indicator, with its answer or selectors if not all of it is meant: ``channel.phone@theme=work``.
    """

    wave: WaveKey
    figures: tuple[Words, ...] = Field(strict=False, min_length=1)
    reason: Text

    def names(self, indicator: str, category: str, selectors: Collection[str]) -> bool:
        """Tell whether a figure is one of them; ``selectors`` are its segments and population, as in ``theme=work``."""
        for text in self.figures:
            name, _, wanted = text.partition("@")
            named, _, answer = name.strip().partition(".")
            parts = {part.replace(" ", "") for part in wanted.split(",") if part.strip()}
            if named == indicator and answer in ("", category) and parts <= set(selectors):
                return True
        return False


Changeable = Literal["bureau", "panel", "mode", "population", "weighting"]
"""What may break a series when it changes from one wave to the next."""


class Same(Declaration):
    """A change between two waves that is no break in the series, with the reason: readers of the technical note see it.

    ``despite``: what changed.
    """

    start: WaveKey = Field(alias="from")
    end: WaveKey = Field(alias="to")
    despite: tuple[Changeable, ...] = Field(strict=False, min_length=1)
    reason: Text
