"""The key of a figure: the columns that identify it, and the form in which editors type it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import NamedTuple

from wavebook.definitions import is_wave_key
from wavebook.definitions.breakdowns import CROSS, Breakdown, parts_of

KEY_COLUMNS = ["wave", "indicator", "population", "segment_by", "segment", "category"]
NUMBER_COLUMNS = ["value", "n", "n_effective", "se", "ci_low", "ci_high"]
COLUMNS = [
    *KEY_COLUMNS,
    "value",
    "unit",
    *NUMBER_COLUMNS[1:],
    "status",
    "source",
    "locator",
]
PERTURBED, PERTURBED_REVISED = "perturbed", "perturbed_revised"  # these hold noise
STATUSES = ("published", "estimated", "provisional", "revised", PERTURBED, PERTURBED_REVISED, "suppressed")
_KEY = re.compile(r"(?P<indicator>[a-z][a-z0-9_]*)(?:\.(?P<category>[a-z0-9_]+))?(?:@(?P<selectors>[^@]+))?")
EARLIER = ("baseline", "previous")  # waves that a change can start from
WAVE_NAMES = ("wave", *EARLIER)
LATEST = "latest"  # the newest wave, up to that of the edition, with the figure that is asked for
EVERYONE = "everyone"  # the selector that leaves the segment of an edition


class Typed(NamedTuple):
    """The parts of a key as an editor types it: ``indicator.category@selectors``."""

    indicator: str
    category: str
    selectors: tuple[str, ...]


def typed(text: str) -> Typed | None:
    """Take a key apart; None for anything else.

    >>> typed("channel.phone@theme=work, 2024"), typed("two words")
    (Typed(indicator='channel', category='phone', selectors=('theme=work', '2024')), None)
    """
    match = _KEY.fullmatch(text.strip())
    if match is None:
        return None
    selectors = filter(None, (match["selectors"] or "").split(","))
    return Typed(match["indicator"], match["category"] or "", tuple(part.strip() for part in selectors))


class Key(NamedTuple):
    """Identity of a figure: the first six columns of the table.

    Of a crossing, ``segment_by`` is ``sex*age`` and ``segment`` is ``woman*18_34``, in the order of its declaration.
    ``population`` is empty for the first declared population, of all respondents, whatever its name in the table.
    """

    wave: str
    indicator: str
    population: str
    segment_by: str
    segment: str
    category: str

    def __str__(self) -> str:
        """The key as an editor types it, with its wave: ``channel.phone@theme=work,2024``."""
        selectors = [f"{by}={segment}" for by, segment in self.parts]
        if self.population:
            selectors.append(f"population={self.population}")
        return f"{self.name}@{','.join([*selectors, self.wave])}"

    @classmethod
    def read(cls, text: str) -> Key:
        """Read a key that ``str`` made; raises LookupError for anything else."""
        match = _KEY.fullmatch(text)
        *selectors, year = (match["selectors"] or "").split(",") if match else [""]
        named = {name: value for name, _, value in (part.partition("=") for part in selectors)}
        population = named.pop("population", "")
        if match is None or not is_wave_key(year) or len(named) > 2:
            raise LookupError(f"{text!r} is not a key with its wave")
        segment_by, segment = CROSS.join(named), CROSS.join(named.values())
        return cls(year, match["indicator"], population, segment_by, segment, match["category"] or "")

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Its breakdown and segment; two of them for a crossing, none for everyone."""
        return parts_of(self.segment_by, self.segment)

    def may_show(self, own: tuple[str, str]) -> bool:
        """Tell whether it is of no other segment of a breakdown than an edition's ``own`` one."""
        return shows(self.segment_by, self.segment, own)

    @property
    def name(self) -> str:
        """Indicator and category: ``channel.phone``."""
        return f"{self.indicator}.{self.category}" if self.category else self.indicator

    @property
    def anchor(self) -> str:
        """The id of this figure's row on the data page."""
        return re.sub(r"[^a-z0-9]+", "-", str(self).lower())


def shows(by: str, segment: str, own: tuple[str, str]) -> bool:
    """Tell whether an edition about its ``own`` segment may show figures of this breakdown and segment."""
    return all(name != own[0] or value == own[1] for name, value in parts_of(by, segment))


def each_segment(text: str, segments: Mapping[str, Breakdown]) -> list[str]:
    """The keys that one with ``theme=*`` stands for, with each of the ``segments``; only itself where it has no ``*``.

    Beside the segment that others lie within, as in ``province=gelderland,town=*``, it stands for those alone.
    """
    name, _, selectors = text.partition("@")
    parts = [part.strip() for part in selectors.split(",")]
    named = {by.strip(): value.strip() for by, _, value in (part.partition("=") for part in parts)}
    starred = {by: segments[by] for by, value in named.items() if value == "*" and by in segments}
    around = {item.within for item in starred.values()} & named.keys()
    options = []
    for part in parts:
        by = part.partition("=")[0].strip()
        if by in starred:
            inside, outer = starred[by].parents, named.get(starred[by].within or "", "*")
            options.append([f"{by}={value}" for value in starred[by].values if outer in ("*", inside.get(value))])
        elif by not in around:
            options.append([part])
    found = [f"{name}@{','.join(chosen)}" for chosen in itertools.product(*options)] if starred else []
    return found or [text]


def wave_names(text: str) -> tuple[str, ...]:
    """The names of waves in a key or change as it is typed: baseline, 2009, wave; ``wave`` where it has none.

    >>> wave_names("grade@theme=work,2009"), wave_names("grade@2008..2009"), wave_names("grade")
    (('2009',), ('2008', '2009'), ('wave',))
    """
    selectors = [part.strip() for part in text.partition("@")[2].split(",")]
    named = [part for part in selectors if part and "=" not in part and part != EVERYONE]
    return tuple(end.strip() for part in named or ["wave"] for end in part.split(".."))


def span_names(text: str) -> tuple[str, str]:
    """The names of the two waves of a change as it is typed: from the baseline unless it says since when.

    >>> span_names("grade@2008..2009"), span_names("grade@previous"), span_names("grade@theme=work")
    (('2008', '2009'), ('previous', 'wave'), ('baseline', 'wave'))
    >>> span_names("grade@latest"), span_names("grade@2008..latest")
    (('baseline', 'latest'), ('2008', 'latest'))
    """
    first, *later = wave_names(text)
    if later:
        return first, later[-1]
    return first if first in EARLIER else "baseline", LATEST if first == LATEST else "wave"
