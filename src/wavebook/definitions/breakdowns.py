"""Breakdowns: ways to split respondents, segments that lie within those of another, and crossings of two."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from wavebook.core.units import Language
from wavebook.definitions.base import Declaration, Name, SegmentName, Text, Words

ShapesFile = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][\w.-]*\.(geo|topo)?json$")]  # in data/ itself
CROSS = "*"
"""The mark between the names of crossed breakdowns, and between those of their segments."""


class Breakdown(Text):
    """A way to split respondents, with its segments; ``whole`` is readers' name for all, unless that is everyone.

    ``within`` names a breakdown in whose segments these lie, as municipalities lie in provinces, and ``parents`` says
    for each segment in which.

    ``shapes`` names a GeoJSON or TopoJSON file in data/ with the shape of each segment, and ``id`` the property that
    says which it is, by the segment's key or name; without it, that is the id of the shape itself.
    """

    whole: Text | None = None
    values: dict[SegmentName, Text] = Field(default_factory=dict)
    within: Name | None = None
    parents: dict[SegmentName, SegmentName] = Field(default_factory=dict)
    shapes: ShapesFile | None = None
    id: Words | None = None

    @cached_property
    def shared(self) -> dict[Language, frozenset[str]]:
        """By language, the names that several segments have."""
        codes = {code for text in self.values.values() for code in text.words}
        counts = {code: Counter(text[code] for text in self.values.values() if code in text.words) for code in codes}
        return {code: frozenset(name for name, times in found.items() if times > 1) for code, found in counts.items()}


def doubled(segments: Mapping[str, Breakdown]) -> dict[Language, frozenset[str]]:
    """By language, the names that segments of several breakdowns have."""
    codes = {code for breakdown in segments.values() for text in breakdown.values.values() for code in text.words}
    found = {}
    for code in codes:
        names = ({t.words[code] for t in item.values.values() if code in t.words} for item in segments.values())
        counts = Counter(itertools.chain.from_iterable(names))
        found[code] = frozenset(name for name, times in counts.items() if times > 1)
    return found


class Crossing(Declaration):
    """Two breakdowns whose segments are crossed, in the order in which tables name them: ``["sex", "age"]``."""

    of: tuple[Name, ...] = Field(strict=False)

    @model_validator(mode="after")
    def _is_of_two(self) -> Crossing:
        if len(set(self.of)) != 2 or len(self.of) != 2:
            raise PydanticCustomError("words", "is not of two breakdowns")
        return self

    @property
    def name(self) -> str:
        """The name that tables give it: ``sex*age``."""
        return CROSS.join(self.of)


def crossed(crossing: Crossing, segments: Mapping[str, Breakdown]) -> Breakdown:
    """A crossing as a breakdown, with the combinations of segments in the order of their declarations."""
    parts = [segments[name] for name in crossing.of]
    combined = itertools.product(*(part.values.items() for part in parts))
    values = {CROSS.join(key for key, _ in found): _joined(", ", (text for _, text in found)) for found in combined}
    name = _joined(" × ", parts)
    named: dict[str, Any] = {**name.words, "whole": parts[0].whole, "values": values}
    return Breakdown.model_construct(None, **named)  # unchecked: the keys of values are no names


def _joined(mark: str, texts: Iterable[Text]) -> Text:
    """The words of several texts as one."""
    said = [text.words for text in texts]
    shared = [code for code in said[0] if all(code in words for words in said)]
    return Text.model_validate({code: mark.join(words[code] for words in said) for code in shared})


def parts_of(by: str, segment: str) -> tuple[tuple[str, str], ...]:
    """The breakdowns and segments that a crossing consists of, one for a plain breakdown, none for everyone.

    >>> parts_of("sex*age", "woman*old"), parts_of("sex", "man"), parts_of("", "")
    ((('sex', 'woman'), ('age', 'old')), (('sex', 'man'),), ())
    """
    return tuple(zip(by.split(CROSS), segment.split(CROSS), strict=False)) if by else ()


def nesting(
    segments: Mapping[str, Breakdown], crossings: Iterable[Crossing]
) -> set[tuple[tuple[str, str], tuple[str, str]]]:
    """The segments that lie within others by declaration, inner and outer, also where both are crossed with a third."""
    found: set[tuple[tuple[str, str], tuple[str, str]]] = set()
    names = {item.of: item.name for item in crossings}
    for name, breakdown in segments.items():
        outer = breakdown.within or ""
        for segment, parent in breakdown.parents.items():
            found.add(((name, segment), (outer, parent)))
            for of, crossing in names.items():
                for third in set(of) - {name} if name in of else ():
                    for larger in names.keys() & {(outer, third), (third, outer)}:
                        for value in segments[third].values:
                            ends = ({name: segment, third: value}, of), ({outer: parent, third: value}, larger)
                            inside, whole = (CROSS.join(values[part] for part in order) for values, order in ends)
                            found.add(((crossing, inside), (names[larger], whole)))
    return found
