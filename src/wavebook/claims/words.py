"""Tests in readers' words: what was tested, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from wavebook.definitions import Language
from wavebook.figures import Figures, Key, MissingFigureError, wave_names
from wavebook.language import wording

# What is stated and what its denial states, by predicate.
TEMPLATES: dict[Language, dict[str, tuple[str, str]]] = {
    "nl": {
        "rises": ("{what}: in {last} hoger dan in {first}", "{what}: in {last} niet hoger dan in {first}"),
        "falls": ("{what}: in {last} lager dan in {first}", "{what}: in {last} niet lager dan in {first}"),
        "stable": (
            "{what}: tussen {first} en {last} hooguit {margin} verschil",
            "{what}: tussen {first} en {last} meer dan {margin} verschil",
        ),
        "always_rises": (
            "{what}: in elke meting hoger dan in de meting ervoor",
            "{what}: niet in elke meting hoger dan in de meting ervoor",
        ),
        "always_falls": (
            "{what}: in elke meting lager dan in de meting ervoor",
            "{what}: niet in elke meting lager dan in de meting ervoor",
        ),
        "linear": (
            "{what}: elke meting ligt hooguit {margin} van één rechte lijn",
            "{what}: bij elke rechte lijn ligt minstens één meting er meer dan {margin} naast",
        ),
        "straight": (
            "{what}: er is één rechte lijn die bij alle metingen past",
            "{what}: geen rechte lijn past bij alle metingen",
        ),
        "peaks": (
            "{what}: in {wave} hoger dan in elke andere meting",
            "{what}: in minstens één andere meting even hoog als in {wave} of hoger",
        ),
        "bottoms": (
            "{what}: in {wave} lager dan in elke andere meting",
            "{what}: in minstens één andere meting even laag als in {wave} of lager",
        ),
        "more": ("{one} is hoger dan {times}{two}", "{one} is niet hoger dan {times}{two}"),
        "ranked": ("van hoog naar laag: {keys}", "niet van hoog naar laag: {keys}"),
        "always_more": (
            "{one}: in elke meting hoger dan {two}",
            "{one}: in minstens één meting niet hoger dan {two}",
        ),
        "largest": ("{what} is hoger dan {among}", "{what} is niet hoger dan {among}"),
        "smallest": ("{what} is lager dan {among}", "{what} is niet lager dan {among}"),
        "above": ("{what}: hoger dan {limit}", "{what}: niet hoger dan {limit}"),
        "below": ("{what}: lager dan {limit}", "{what}: niet lager dan {limit}"),
        "at_least": ("{what}: minstens {limit}", "{what}: minder dan {limit}"),
        "at_most": ("{what}: hooguit {limit}", "{what}: meer dan {limit}"),
        "about": ("{what}: hooguit {margin} van {limit}", "{what}: meer dan {margin} van {limit}"),
        "widens": (
            "het verschil tussen {one} en {two}: in {last} {by}groter dan in {first}",
            "het verschil tussen {one} en {two}: in {last} niet {by}groter dan in {first}",
        ),
        "narrows": (
            "het verschil tussen {one} en {two}: in {last} {by}kleiner dan in {first}",
            "het verschil tussen {one} en {two}: in {last} niet {by}kleiner dan in {first}",
        ),
        "gains_on": (
            "{one}: tussen {first} en {last} meer gestegen dan {two}, of minder gedaald",
            "{one}: tussen {first} en {last} niet meer gestegen dan {two}, en niet minder gedaald",
        ),
        "in_each": ("in elk deel ({breakdown}): {inner}", "niet in elk deel ({breakdown}): {inner}"),
        "unknown": ("de bronnen geven geen cijfer voor {what}", "de bronnen geven een cijfer voor {what}"),
        "undecided": (
            "door afronding blijft open of dit klopt: {inner}",
            "afronding laat niet open of dit klopt: {inner}",
        ),
        "uncertain": (
            "door toeval is niet zeker of dit klopt: {inner}",
            "toeval laat geen twijfel of dit klopt: {inner}",
        ),
        "and": ("{one}; en {two}", "niet allebei: {one}; en {two}"),
        "or": ("{one}; of {two}", "geen van beide: {one}; of {two}"),
        "known": ("{inner} (van wat bekend is)", "{denied} (van wat bekend is)"),
        "dated": ("{what} in {wave}", ""),
        "others": ("de andere antwoorden", ""),
        "other_parts": ("de andere groepen", ""),
        "by": ("meer dan {by} ", ""),
        "times": ("{times} keer ", ""),
    },
    "en": {
        "rises": ("{what}: higher in {last} than in {first}", "{what}: not higher in {last} than in {first}"),
        "falls": ("{what}: lower in {last} than in {first}", "{what}: not lower in {last} than in {first}"),
        "stable": (
            "{what}: {first} and {last} differ by at most {margin}",
            "{what}: {first} and {last} differ by more than {margin}",
        ),
        "always_rises": (
            "{what}: higher in each wave than in the one before",
            "{what}: not higher in each wave than in the one before",
        ),
        "always_falls": (
            "{what}: lower in each wave than in the one before",
            "{what}: not lower in each wave than in the one before",
        ),
        "linear": (
            "{what}: every wave lies within {margin} of one straight line",
            "{what}: whatever the straight line, at least one wave lies more than {margin} from it",
        ),
        "straight": (
            "{what}: one straight line fits all waves",
            "{what}: no straight line fits all waves",
        ),
        "peaks": (
            "{what}: higher in {wave} than in any other wave",
            "{what}: in at least one other wave as high as in {wave}, or higher",
        ),
        "bottoms": (
            "{what}: lower in {wave} than in any other wave",
            "{what}: in at least one other wave as low as in {wave}, or lower",
        ),
        "more": ("{one} is higher than {times}{two}", "{one} is not higher than {times}{two}"),
        "ranked": ("from high to low: {keys}", "not from high to low: {keys}"),
        "always_more": ("{one}: higher than {two} in every wave", "{one}: not higher than {two} in at least one wave"),
        "largest": ("{what} is higher than {among}", "{what} is not higher than {among}"),
        "smallest": ("{what} is lower than {among}", "{what} is not lower than {among}"),
        "above": ("{what}: higher than {limit}", "{what}: not higher than {limit}"),
        "below": ("{what}: lower than {limit}", "{what}: not lower than {limit}"),
        "at_least": ("{what}: at least {limit}", "{what}: less than {limit}"),
        "at_most": ("{what}: at most {limit}", "{what}: more than {limit}"),
        "about": ("{what}: within {margin} of {limit}", "{what}: more than {margin} from {limit}"),
        "widens": (
            "the difference between {one} and {two}: {by}larger in {last} than in {first}",
            "the difference between {one} and {two}: not {by}larger in {last} than in {first}",
        ),
        "narrows": (
            "the difference between {one} and {two}: {by}smaller in {last} than in {first}",
            "the difference between {one} and {two}: not {by}smaller in {last} than in {first}",
        ),
        "gains_on": (
            "{one}: rose more than {two} between {first} and {last}, or fell less",
            "{one}: rose no more than {two} between {first} and {last}, and fell no less",
        ),
        "in_each": ("in each part ({breakdown}): {inner}", "not in each part ({breakdown}): {inner}"),
        "unknown": ("the sources give no figure for {what}", "the sources give a figure for {what}"),
        "undecided": (
            "rounding leaves open whether this is so: {inner}",
            "rounding does not leave open whether this is so: {inner}",
        ),
        "uncertain": (
            "chance makes it uncertain whether this is so: {inner}",
            "chance leaves no doubt whether this is so: {inner}",
        ),
        "and": ("{one}; and {two}", "not both: {one}; and {two}"),
        "or": ("{one}; or {two}", "neither: {one}; or {two}"),
        "known": ("{inner} (of what is known)", "{denied} (of what is known)"),
        "dated": ("{what} in {wave}", ""),
        "others": ("the other answers", ""),
        "other_parts": ("the other groups", ""),
        "by": ("more than {by} ", ""),
        "times": ("{times} times ", ""),
    },
}
Part = Callable[[Figures], str]


@dataclass(frozen=True)
class Said:
    """A statement in words: the name of its template and what fills that, each worded for the figures at hand."""

    name: str
    parts: dict[str, Part] = field(default_factory=dict)
    negative: bool = False

    def text(self, figures: Figures) -> str:
        """The statement in the language of ``figures``."""
        template = TEMPLATES[figures.language][self.name][self.negative]
        return template.format(**{name: part(figures) for name, part in self.parts.items()})

    def denied(self) -> Said:
        """The words for its denial."""
        return replace(self, negative=not self.negative)

    def joined(self, other: Said, word: Literal["and", "or"]) -> Said:
        """The words for both together."""
        return Said(word, {"one": self.text, "two": other.text})

    def of_known(self) -> Said:
        """The words of a statement about what sources give, and no more."""
        return Said("known", {"inner": self.text, "denied": self.denied().text})


def phrase(name: str, **parts: Part) -> Part:
    """A part that has a template of its own."""
    return Said(name, parts).text


def plain(text: object) -> Part:
    """A part that is the same in every language."""
    return lambda figures: str(text)


def figure(text: str, *, dated: bool = True) -> Part:
    """What readers call the figure of a key, or a dated fact; with its wave if it is ``dated``."""

    def said(figures: Figures) -> str:
        if text.startswith("fact:"):
            fact = figures.definitions.facts.get(text.removeprefix("fact:"))
            return fact.name[figures.language] if fact else text
        try:
            key = figures.resolve(text.partition("@")[0] + _without_span(text))
        except MissingFigureError:
            return text
        name = name_of(figures, key)
        return TEMPLATES[figures.language]["dated"][0].format(what=name, wave=key.wave) if dated else name

    return said


def _without_span(text: str) -> str:
    """The selectors of a change as those of a key: without its two waves."""
    kept = [part for part in text.partition("@")[2].split(",") if part and ".." not in part]
    return f"@{','.join(kept)}" if kept else ""


def name_of(figures: Figures, key: Key) -> str:
    """What readers call a figure, without its wave: indicator, answer, group."""
    indicator = figures.definitions.indicators.get(key.indicator)
    if indicator is None:
        return key.name
    language, apart = figures.language, []
    if key.category:
        answer = indicator.categories.get(key.category)
        apart.append(answer[language] if answer else key.category)
    if key.population != "total":
        apart.append(figures.definitions.populations[key.population][language])
    try:
        apart += [segment] if (segment := figures.segment_label(key)) else []
    except KeyError:
        apart.append(key.segment)
    return indicator.name[language] + (f" ({', '.join(apart)})" if apart else "")


def wave(text: str, end: int = 0) -> Part:
    """The year of a wave that a change names: its first (0) or last (-1)."""

    def said(figures: Figures) -> str:
        names = wave_names(text)
        name = (names if len(names) > 1 else ("baseline", "wave"))[end]
        try:
            return str(figures.wave_of(name))
        except MissingFigureError:
            return name

    return said


def factor(times: float) -> Part:
    """A number by which something is multiplied."""
    return lambda figures: wording.number(times, _decimals(times), figures.language)


def _decimals(size: float) -> int:
    return min(max(-wording.exact(size).normalize().as_tuple().exponent, 0), 2)


def amount(text: str, size: float, *, apart: bool = True) -> Part:
    """A size in the unit of a key: as a difference if it is ``apart``, else as a value."""

    def said(figures: Figures) -> str:
        name = text.partition("@")[0].partition(".")[0]
        indicator = figures.definitions.indicators.get(name)
        unit = "percent" if indicator is None else indicator.unit
        told = wording.difference if apart else wording.quantity
        return told(size, unit, _decimals(size), figures.language)

    return said


def limit(text: str, bound: float | str) -> Part:
    """What the figure of a key is held against: a number in its unit, or the value of a dated fact with its name."""
    if not isinstance(bound, str):
        return amount(text, bound, apart=False)

    def said(figures: Figures) -> str:
        fact = figures.definitions.facts.get(bound.removeprefix("fact:"))
        if fact is None:
            return bound
        return f"{wording.number(fact.value, 0, figures.language)} ({fact.name[figures.language]})"

    return said


def listed(parts: list[Part]) -> Part:
    """Parts as readers list them."""
    return lambda figures: wording.listing([part(figures) for part in parts], figures.language)
