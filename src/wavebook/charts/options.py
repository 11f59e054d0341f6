"""What an editor may ask of a chart, with the same words for every form."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypedDict, TypeVar, cast, get_args

from wavebook.charts.naming import fits, names_in
from wavebook.core.hints import after
from wavebook.core.text import capital
from wavebook.definitions import Unit
from wavebook.figures import Figure, Figures, Key, MissingFigureError, Selection, SourceLine
from wavebook.language.wording import headed, number, quantity

Sort = Literal["descending", "ascending", "declared", "selected"]
Label = Literal["ends", "peaks", "all", "none"]
Part = Literal["population", "indicator", "segment", "category", "wave"]
HEIGHTS = (120, 900)  # px

Finding = tuple[str, str, str]  # code, what is wrong, what to do
Item = TypeVar("Item")


class Asked(TypedDict, total=False):
    """The options of the forms; each form takes those that mean something in it.

    - ``sort``: "descending" (largest first), "ascending", "declared" (as the declarations have them) or "selected".
    - ``order``: names in the order that is wanted; what is not named follows.
    - ``highlight``: names of what keeps its colour, while all else is grey.
    - ``label``: the values that are written: "ends", "peaks" (ends, highest and lowest), "all", "none", or names.
    - ``note``: remarks at points, by name; a remark is a text, or a text for each language.
    - ``reference``: keys of figures, or facts of data/context.toml, each drawn as a rule with its name and value.
    - ``scale``: the ends of the axis of values, low and high, in its unit.
    - ``height``: px of the plot in the wide picture.
    - ``beside``: what stands beside each other on a row: "wave", "segment", "population", "category", "indicator", or a
      breakdown by its name.
    - ``middle``: the answer in the middle of a scale, or the two between which it lies.
    - ``apart``: answers outside a scale, as don't know.

    A name is what stands in a figure's key, ``topic.health``, ``health``, ``age=young``, ``young`` or ``2024``, or the
    whole key.
    """

    sort: Sort
    order: str | Sequence[str]
    highlight: str | Sequence[str]
    label: Label | str | Sequence[str]
    note: Mapping[str, str | Mapping[str, str]]
    reference: str | Sequence[str]
    scale: tuple[float, float]
    height: int
    beside: str
    middle: str | Sequence[str]
    apart: str | Sequence[str]


class Reference(NamedTuple):
    """A value to compare with: its name and value for readers, where it is from, and the fact that it is, if any."""

    text: str
    value: float
    key: Key | None
    source: SourceLine
    fact: str = ""


@dataclass(frozen=True)
class Options:
    """The options of one chart, checked; a form asks them about its figures. ``panel``: it is one of several."""

    figures: Figures
    sort: Sort | None = None
    order: tuple[str, ...] = ()
    highlight: tuple[str, ...] = ()
    label: str | tuple[str, ...] | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    scale: tuple[float, float] | None = None
    height: int | None = None
    beside: str | None = None
    middle: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    panel: bool = False

    def is_lit(self, *keys: Key) -> bool:
        """Tell whether a mark of these figures keeps its colour: nothing is highlighted, or one of them is."""
        return not self.highlight or any(self._named(self.highlight, key) for key in keys)

    def is_labelled(self, key: Key) -> bool:
        """Tell whether the value of a figure is written because ``label`` names it, or says "all"."""
        return self.label == "all" or (isinstance(self.label, tuple) and self._named(self.label, key))

    def notes_at(self, key: Key) -> list[str]:
        """The remarks at the point of a figure."""
        return [text for name, text in self.notes.items() if fits(name, key, self.figures)]

    def sorted(
        self, items: Iterable[Item], key: Callable[[Item], Key], value: Callable[[Item], float], *, default: Sort
    ) -> list[Item]:
        """Items, each with the key and the value of a figure, in the order that is asked for."""
        ranked, how = list(items), self.sort or default
        if how == "declared":
            ranked.sort(key=lambda item: declared_rank(self.figures, key(item)))
        elif how != "selected":
            ranked.sort(key=value, reverse=how == "descending")
        if self.order:
            ranked.sort(key=lambda item: self._place(key(item)))
        return ranked

    def _place(self, key: Key) -> int:
        return next((i for i, name in enumerate(self.order) if fits(name, key, self.figures)), len(self.order))

    def _named(self, names: Iterable[str], key: Key) -> bool:
        return any(fits(name, key, self.figures) for name in names)


def declared_rank(figures: Figures, key: Key) -> tuple[float, ...]:
    """The place of a key in the order of the declarations: indicator, category, segments, population, wave."""
    d = figures.definitions

    def place(name: str, names: Iterable[str]) -> int:
        return next((i for i, known in enumerate(names) if known == name), -1)

    segments = [rank for by, one in key.parts for rank in (place(by, d.segments), place(one, d.segments[by].values))]
    categories = d.indicators[key.indicator].categories
    where = place(key.indicator, d.indicators), place(key.category, categories)
    return (*where, *segments, place(key.population, d.populations), d.time(key.wave))


def read(asked: Asked, takes: Sequence[str], form: str, selection: Selection) -> tuple[Options, list[Finding]]:
    """The options that are asked for, and all that is wrong with them; options that are wrong are left out."""
    wrong: list[Finding] = []
    for name in asked:
        if name not in Asked.__annotations__:
            wrong.append(
                ("W336", f"has an option {name}, which does not exist{after(name, takes)}", _offer(form, takes))
            )
        elif name not in takes:
            wrong.append(("W336", f"has the option {name}, which means nothing in {form}", _offer(form, takes)))
    given = cast(Asked, {name: value for name, value in asked.items() if name in takes and value is not None})
    reader = _Reader(selection, wrong)
    options = Options(
        selection.figures,
        cast("Sort | None", reader.one_of("sort", given.get("sort"), get_args(Sort))),
        reader.names("order", given.get("order", ())),
        reader.names("highlight", given.get("highlight", ())),
        reader.label(given.get("label")),
        reader.notes(given.get("note", {})),
        reader.references(given.get("reference", ())),
        reader.scale(given.get("scale")),
        reader.height(given.get("height")),
        reader.one_of("beside", given.get("beside"), [*get_args(Part), *selection.figures.definitions.segments]),
        reader.names("middle", given.get("middle", ())),
        reader.names("apart", given.get("apart", ())),
    )
    return options, wrong


def _offer(form: str, takes: Sequence[str]) -> str:
    return f"charts.{form} takes {', '.join(takes)}." if takes else f"charts.{form} takes no options."


class _Reader:
    """Reads the options of a chart one by one; what is wrong is added to ``wrong``."""

    def __init__(self, selection: Selection, wrong: list[Finding]) -> None:
        self.selection, self.figures, self.wrong = selection, selection.figures, wrong
        self.compared: list[float] = []

    def one_of(self, option: str, value: object, known: Sequence[str]) -> str | None:
        if value is None or value in known:
            return cast("str | None", value)
        self.wrong.append(("W336", f"has {option}={value!r}", f"Write one of {', '.join(map(repr, known))}."))
        return None

    def names(self, option: str, value: object) -> tuple[str, ...]:
        """Names that each fit a figure of the chart."""
        names = (value,) if isinstance(value, str) else value
        if not isinstance(names, Sequence) or not all(isinstance(name, str) for name in names):
            self.wrong.append(("W336", f"has {option}={value!r}", "Write a name, or a list of names."))
            return ()
        if self.figures.segment:  # an edition about a segment leaves out what it has no figures of
            return tuple(names)
        for name in names:
            if not any(fits(name, key, self.figures) for key in self.selection.keys):
                found = f"has {option} {name!r}, which is in none of its figures{after(name, names_in(self.selection))}"
                self.wrong.append(("W337", found, "Name a category, segment, indicator, wave or key that it draws."))
        return tuple(names)

    def label(self, value: object) -> str | tuple[str, ...] | None:
        return value if value is None or value in get_args(Label) else self.names("label", value)  # type: ignore[return-value]

    def notes(self, value: object) -> Mapping[str, str]:
        """Remarks in the language of the chart, by name."""
        if not isinstance(value, Mapping):
            action = "Write {name: text}, or {name: {language: text}} with a text for each language of the book."
            self.wrong.append(("W336", f"has note={value!r}", action))
            return {}
        self.names("note", list(value))
        found: dict[str, str] = {}
        for name, remark in value.items():
            text = remark.get(self.figures.language, "") if isinstance(remark, Mapping) else remark
            if isinstance(text, str) and text.strip():
                found[name] = " ".join(text.split())
            else:
                action = "Write the remark, in each language of the book."
                self.wrong.append(("W336", f"has no text in {self.figures.language} for its note at {name!r}", action))
        return found

    def references(self, value: object) -> tuple[Reference, ...]:
        """Figures and facts to compare with, in the unit of the chart."""
        names = (value,) if isinstance(value, str) else value
        if not isinstance(names, Sequence) or not all(isinstance(name, str) for name in names):
            action = "Write the key of a figure, or the name of a fact of data/context.toml."
            self.wrong.append(("W338", f"has reference={value!r}, which nothing vouches for", action))
            return ()
        units = {figure.unit for figure in self.selection}
        made = []
        for name in names:
            reference = self._fact(name, units) if name in self.figures.definitions.facts else self._figure(name, units)
            made += [reference] if reference else []
        self.compared = [reference.value for reference in made]
        return tuple(made)

    def _fact(self, name: str, units: set[Unit]) -> Reference | None:
        fact, language = self.figures.definitions.facts[name], self.figures.language
        unit = next(iter(units), None)
        if unit and unit.is_bounded and not unit.low <= fact.value <= unit.high:
            found = f"has the reference {name}, {fact.value}, which is no value in {unit.described}"
            self.wrong.append(("W338", found, "Name a fact that is on the axis."))
            return None
        plain = number(fact.value, fact.decimals, language)
        shown = quantity(fact.value, unit, fact.decimals, language, style="chart") if unit else plain
        text = headed(capital(fact.name[language]), shown, language)
        return Reference(text, fact.value, None, self.figures.sourced(fact.source, fact.locator), name)

    def _figure(self, name: str, units: set[Unit]) -> Reference | None:
        try:
            figure = self.figures[name]
        except MissingFigureError as error:
            self.wrong.append(("W338", f"has a reference that is not there: {error}", "Name a figure, or a fact."))
            return None
        if figure.unit not in units:
            found = f"has a reference in {figure.unit.described}, {name}"
            self.wrong.append(("W338", found, "Compare with a figure of the same unit."))
            return None
        text = headed(capital(self._told(figure)), figure.text(self.figures.language, "chart"), self.figures.language)
        return Reference(text, figure.number, figure.key, self.figures.sources([figure.key])[0])

    def _told(self, figure: Figure) -> str:
        """The name of a figure that is compared with, by what sets it apart from those that are drawn."""
        key, figures = figure.key, self.figures
        label = figures.label(key)
        same_label = any(figures.label(other) == label for other in self.selection.keys)
        everyone = (
            figures.whole(next((by for other in self.selection.keys for by, _ in other.parts), ""))
            if (not key.parts and any(other.parts for other in self.selection.keys))
            else ""
        )
        parts = [everyone or _label(key, self.selection)]
        if same_label and any(other.wave != key.wave for other in self.selection.keys):
            parts.append(figures.called(key.wave))
        return ", ".join(parts)

    def scale(self, value: object) -> tuple[float, float] | None:
        """The ends of the axis; all values lie between them."""
        if value is None:
            return None
        ends = tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else ()
        if len(ends) != 2 or not all(isinstance(end, int | float) and math.isfinite(end) for end in ends):
            self.wrong.append(("W339", f"has scale={value!r}", "Write the two ends, low and high."))
            return None
        low, high = float(ends[0]), float(ends[1])
        reach = [v for f in self.selection for v in (f.value, f.ci_low, f.ci_high) if v is not None] + self.compared
        if not low < high or min(reach, default=low) < low or max(reach, default=high) > high:
            least, most = min(reach, default=low), max(reach, default=high)
            found = f"has a scale from {low:g} to {high:g}, and values from {least:g} to {most:g}"
            self.wrong.append(("W339", found, "Choose ends that cut nothing off."))
            return None
        return low, high

    def height(self, value: object) -> int | None:
        if value is None or (isinstance(value, int) and HEIGHTS[0] <= value <= HEIGHTS[1]):
            return value
        self.wrong.append(("W336", f"has height={value!r}", f"Write px from {HEIGHTS[0]} to {HEIGHTS[1]}."))
        return None


def _label(key: Key, selection: Selection) -> str:
    """The label of a key, after its indicator where a selection has figures of another one too."""
    figures, label = selection.figures, selection.figures.label(key)
    name = figures.definitions.indicators[key.indicator].name[figures.language]
    several = any(other.indicator != key.indicator for other in selection.keys)
    return f"{name}, {label}" if several and label != name else label


def remarks(options: Options, selection: Selection) -> list[str]:
    """The remarks of a chart as sentences, each with the name and the wave of its point."""
    figures, found = options.figures, list[str]()
    for name, text in options.notes.items():
        keys = [key for key in selection.keys if fits(name, key, figures)]
        labels = dict.fromkeys(_label(key, selection) for key in keys)
        waves = dict.fromkeys(figures.called(key.wave) for key in keys)
        where = [*(labels if len(labels) == 1 else ()), *(waves if len(waves) == 1 else ())]
        sentence = text if text.endswith((".", "?", "!", "…")) else f"{text}."
        if keys:
            found.append(headed(capital(", ".join(where)), sentence, figures.language) if where else sentence)
    return found
