"""The figures behind the numbers and texts of an editor's own chart or table: every one is of a selected figure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from itertools import combinations
from math import isclose, isfinite

from wavebook.figures import Figure, Figures, Selection
from wavebook.language.wording import decimals_of, number, round_half_up, scale_name
from wavebook.language.words import words_in

Cell = str | float | None
_FEW = 6
_LEAST_DIGITS = 2  # of a number in a text that is rounded more than its figure


class Backing:
    """The selected figures, by the names that stand in a row beside a number."""

    def __init__(self, selection: Selection) -> None:
        self.selection, self.figures = selection, selection.figures
        self.all: list[Figure] = list(selection)
        self._named: dict[str, set[int]] = {}
        for place, figure in enumerate(self.all):
            for name in _names_of(figure, self.figures):
                self._named.setdefault(name, set()).add(place)
        self._numeral = _numeral(self.figures)
        long_ones = sorted(
            (name for name in {*self._named, *_other_names(selection)} if re.search(r"\d", name)), key=len, reverse=True
        )
        self._known = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in long_ones) or r"(?!)")

    def of(self, cells: Iterable[object]) -> list[Figure]:
        """The figures that all names among ``cells`` fit; cells that name none of the figures say nothing."""
        found = set(range(len(self.all)))
        for cell in cells:
            found &= self._named.get(_name(cell), found) if not _is_nothing(cell) else found
        return [self.all[place] for place in sorted(found)]

    def is_name(self, cell: object) -> bool:
        """Tell whether a cell names a part of the key of some figure."""
        return not _is_nothing(cell) and _name(cell) in self._named

    def backs(self, shown: float, figures: Sequence[Figure], *, text: bool = False) -> bool:
        """Tell whether a number is one of these figures, or the difference between two of them.

        It is as exact as the figure, or rounded as it is published; in a text it may be rounded more.
        """
        if shown == 0 or any(self._is_of(shown, figure, text) for figure in figures):
            return True
        return _are_related(figures) and any(
            _is_difference(shown, *pair) for pair in combinations(figures, 2) if self.comparable(*pair)
        )

    def on_axis(self, value: float) -> bool:
        """Tell whether a constant is a figure, or zero, or an end of a scale, which for shares may be one."""
        one = value == 1 and any(figure.unit.is_share for figure in self.all)
        return one or self._is_end(value) or any(self._is_of(value, figure, False) for figure in self.all)

    def _is_end(self, value: float) -> bool:
        return value == 0 or any(value in (*figure.unit.ends, figure.unit.base) for figure in self.all)

    def is_day(self, moment: float, figures: Iterable[Figure]) -> bool:
        """Tell whether a moment, in milliseconds since 1970, lies in the wave of one of these figures."""
        try:
            day = (datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=moment)).date()
        except OverflowError:
            return False
        near = datetime.timedelta(days=1)  # wherever the machine is
        for figure in figures:
            start, end = self.figures.definitions.period(figure.key.wave)
            if start - near <= day <= end + near:
                return True
            # a year that stands for the wave begins on its first day
            if start.year <= (day + near).year <= end.year and (day + near).timetuple().tm_yday <= 3:
                return True
        return False

    def unbacked(self, text: str, figures: Sequence[Figure]) -> list[str]:
        """The numbers in a text that are neither of these figures nor part of a name."""
        rest = self._known.sub(" ", text.casefold())
        found = []
        for match in self._numeral.finditer(rest):
            shown = self._number(match[0])
            if not self.backs(shown, figures, text=True) and not self._is_end(shown):
                found.append(match[0])
        return found

    def is_written(self, text: str) -> bool:
        """Tell whether a text that is a number is one as its language writes it."""
        bare = text.replace("%", "").replace("\u00a0", " ").strip()
        return bool(self._numeral.fullmatch(bare))

    def comparable(self, one: Figure, other: Figure) -> bool:
        """Tell whether two figures differ in one respect only, and no full break lies between them."""
        differ = sum(a != b for a, b in zip(one.key[2:], other.key[2:], strict=True)) - (
            one.key.segment_by != other.key.segment_by and one.key.segment != other.key.segment
        )
        differ += one.key.wave != other.key.wave
        same = one.key.indicator == other.key.indicator and one.unit == other.unit
        d = self.figures.definitions
        return same and differ == 1 and not d.full_break(one.key.indicator, one.key.wave, other.key.wave)

    def _is_of(self, shown: float, figure: Figure, text: bool) -> bool:
        d = self.figures.definitions
        if figure.value is None or not isfinite(shown):
            return False
        if shown == d.plain(figure.key.wave) or isclose(shown, d.time(figure.key.wave), abs_tol=1e-9):
            return True
        if figure.n is not None and shown == figure.n:
            return True
        known = [figure.value, *(figure.interval or ())]
        if figure.interval and figure.se is not None:
            known.append(figure.se)
        if any(_is_same(shown, value, figure.decimals, text) for value in known):
            return True
        if figure.unit.is_share and any(_is_same(100 * shown, value, figure.decimals, False) for value in known):
            return True
        ends = [abs(end - figure.value) for end in figure.interval or ()]
        return any(_is_same(abs(shown), reach, figure.decimals, False) for reach in ends)

    def _number(self, text: str) -> float:
        notation = words_in(self.figures.language).notation
        plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace(notation.thousands, "") if notation.thousands else text
        return float(plain.replace(notation.decimal, ".").replace("−", "-").replace("–", "-"))


def _are_related(figures: Sequence[Figure]) -> bool:
    """Tell whether a number beside the names of these may be a difference; among many, any number is one."""
    return len(figures) <= _FEW or len({figure.key._replace(wave="") for figure in figures}) == 1


def _is_same(shown: float, value: float, decimals: int, text: bool) -> bool:
    """Tell whether ``shown`` is a value, exactly or rounded as far as it is published; in a text, further."""
    if isclose(shown, value, rel_tol=1e-9, abs_tol=1e-9) or isclose(
        shown, float(round_half_up(value, decimals)), rel_tol=1e-9, abs_tol=1e-9
    ):
        return True
    places = decimals_of(round(shown, 9))
    digits = len(f"{abs(shown):.{places}f}".replace(".", "").lstrip("0"))
    coarse = places < decimals and not (text and digits >= _LEAST_DIGITS)
    return not coarse and abs(shown - value) <= 0.5 * 10.0**-places + 1e-9


def _is_difference(shown: float, one: Figure, other: Figure) -> bool:
    exact, published = one.number - other.number, float(one.printed - other.printed)
    return any(_is_same(abs(shown), abs(apart), one.decimals, False) for apart in (exact, published)) or (
        one.unit.is_share and _is_same(100 * abs(shown), abs(exact), one.decimals, False)
    )


def _name(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split()).casefold()


def _is_nothing(cell: object) -> bool:
    return cell is None or cell == "" or (isinstance(cell, float) and not isfinite(cell))


def _names_of(figure: Figure, figures: Figures) -> set[str]:
    """The names of a figure: those of the parts of its key, for editors and for readers."""
    key, d, language = figure.key, figures.definitions, figures.language
    indicator = d.indicators[key.indicator]
    names = {key.indicator, key.name, key.category, str(key), str(key).rpartition(",")[0]}
    names |= {indicator.name[language], figures.label(key), figures.apart(key), figures.segment_label(key)}
    names |= {key.segment, *(part for by, one in key.parts for part in (one, f"{by}={one}", figures.name_of(by, one)))}
    names |= {key.population or d.population, figures.people(key.population)}
    names |= {key.wave, str(figures.called(key.wave)), str(figures.called(key.wave, short=True))}
    wave = d.waves[key.wave]
    names |= {wave.name[language]} if wave.name else set()
    if key.category:
        names.add(indicator.categories[key.category][language])
    return {_name(name) for name in names if name}


def _other_names(selection: Selection) -> set[str]:
    """Texts with numbers in them that name no figure by itself: units, questions, breaks, sources."""
    figures, language = selection.figures, selection.figures.language
    indicators = [figures.definitions.indicators[name] for name in {key.indicator for key in selection.keys}]
    told = {scale_name(figure.unit, language) for figure in selection}
    told |= {indicator.definition[language] for indicator in indicators}
    told |= {text[language] for indicator in indicators for text in indicator.categories.values()}
    told |= {item.reason[language] for item in figures.breaks(selection.keys)} if selection.keys else set()
    told |= {str(source) for source in figures.sources(selection.keys)}
    told |= {f"{number(95, 0, language)}%", f"{number(95, 0, language)} %"}  # of an interval
    return {_name(text) for text in told if text}


def _numeral(figures: Figures) -> re.Pattern[str]:
    """A number as texts of the language have it."""
    notation = words_in(figures.language).notation
    mark = r"[\s\u00a0\u202f]" if notation.thousands.isspace() else re.escape(notation.thousands)
    return re.compile(
        rf"(?<![\w.,])[−-]?\d{{1,3}}(?:{mark}\d{{3}})+(?:{re.escape(notation.decimal)}\d+)?(?!\w)"
        rf"|(?<![\w.,])[−-]?\d+(?:{re.escape(notation.decimal)}\d+)?"
    )
