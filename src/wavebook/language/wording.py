"""Numbers and words as readers see them, in each language: the one place that formats a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from math import isfinite
from typing import Literal, Protocol

from wavebook.core.units import Language, Unit
from wavebook.language.plurals import form_of
from wavebook.language.words import words_in

Direction = Literal["up", "down", "same"]
Style = Literal["prose", "chart", "bare"]

_MINUS = "−"  # U+2212: as wide as the plus sign, and screen readers say "min"


def round_half_up(value: float | Decimal, decimals: int) -> Decimal:
    """``value`` with ``decimals`` decimals, halves away from zero, never minus zero.

    Rounds the decimal number that the float prints as: for readers and SPSS, 6.85 becomes 6.9.

    >>> round_half_up(6.85, 1), round_half_up(-0.04, 1)
    (Decimal('6.9'), Decimal('0.0'))
    """
    rounded = exact(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def exact(value: float | Decimal) -> Decimal:
    """The decimal number that ``value`` prints as."""
    return value if isinstance(value, Decimal) else Decimal(repr(float(value)))


def decimals_of(value: float | Decimal) -> int:
    """The number of decimals that ``value`` prints with.

    >>> decimals_of(2.50), decimals_of(20)
    (1, 0)
    """
    exponent = exact(value).normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def number(value: float | Decimal, decimals: int, language: Language, *, signed: bool = False) -> str:
    """``value`` with the language's decimal and thousands marks.

    >>> number(1234.5, 1, "nl"), number(-3, 0, "nl", signed=True)
    ('1.234,5', '−3')
    """
    rounded = round_half_up(value, decimals)
    return _sign(rounded, signed) + _size(rounded, language)


def _sign(rounded: Decimal, signed: bool) -> str:
    return _MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""


def _size(rounded: Decimal, language: Language) -> str:
    """A number without its sign, with all decimals that it has."""
    notation = words_in(language).notation
    return f"{abs(rounded):,}".translate({44: notation.thousands, 46: notation.decimal})


def quantity(
    value: float | Decimal,
    unit: Unit,
    decimals: int,
    language: Language,
    *,
    style: Style = "prose",
    signed: bool = False,
) -> str:
    """``value`` with its unit: in words in prose, as a sign in charts and tables where it has one, nothing when bare.

    >>> from wavebook.core.units import PERCENT
    >>> quantity(40, PERCENT, 0, "nl"), quantity(40, PERCENT, 0, "nl", style="chart")
    ('40 procent', '40%')
    """
    rounded = round_half_up(value, decimals)
    sign = _sign(rounded, signed)
    text = _clock(rounded, unit, language) if unit.clock else _size(rounded, language)
    notation, forms = words_in(language).notation, unit.forms
    if unit.currency and style != "bare":
        return notation.currency.format(sign=sign, symbol=_symbol(unit.currency, words_in(language).locale), n=text)
    if style == "bare" or (style == "chart" and unit.kind == "points"):
        return sign + text
    if style == "chart" and forms.symbol:
        return _beside(sign + text, forms.symbol[language])
    if style == "chart" and unit.is_share and not forms.many:
        return notation.percent.format(n=sign + text)
    words = _names(unit, language)
    return _beside(sign + text, form_of(words, words_in(language).plurals, abs(rounded)) if any(words) else "")


def counted(name: str, size: Decimal, language: Language) -> str:
    """The word for what is counted, in its form after a number as it is written, with the space before it."""
    words = words_in(language)
    return _beside("", form_of(words.units[name], words.plurals, size))


def has_symbol(unit: Unit) -> bool:
    """Tell whether numbers in a chart carry their unit; the words of any other stand once, beside the axis."""
    return bool(unit.currency or unit.forms.symbol or (unit.is_share and not unit.forms.many))


def _names(unit: Unit, language: Language) -> tuple[str, ...]:
    """The words for a unit by the forms of plurals; empty ones where a number stands by itself."""
    words = words_in(language)
    if unit.forms.one and unit.forms.many:
        one, many = unit.forms.one[language], unit.forms.many[language]
        return *(one if form == "one" else many for form in words.plurals), many
    known, by_kind = words.units, {"share": "percent", "points": "point"}
    name = "clock" if unit.clock else unit.duration or (unit.name if unit.name in known else by_kind.get(unit.kind))
    return known[name] if name else ("",)


def _beside(text: str, word: str) -> str:
    """A number with a word after it, or around it where the word says where."""
    if "{}" in word:
        return word.replace("{}", text)
    return f"{text}{'' if not word or word[:1].isspace() else ' '}{word}"


def _clock(size: Decimal, unit: Unit, language: Language) -> str:
    """A time as hours and minutes."""
    hours, minutes = divmod(int(round_half_up(abs(size) * (60 if unit.duration == "hour" else 1), 0)), 60)
    return words_in(language).notation.clock.format(hours=hours, minutes=f"{minutes:02}")


@cache
def _symbol(currency: str, locale: str) -> str:
    """The sign of a currency."""
    from babel.numbers import get_currency_symbol

    return get_currency_symbol(currency, locale)


@cache
def _currency_name(currency: str, locale: str) -> str:
    from babel.numbers import get_currency_name

    return get_currency_name(currency, 2, locale)


def scale_name(unit: Unit, language: Language) -> str:
    """The words for a unit beside an axis, with the ends of its scale if it is one that respondents saw.

    >>> from wavebook.core.units import SCORE, built_in
    >>> scale_name(SCORE.on(1, 5), "en"), scale_name(built_in("EUR"), "nl")
    ('score (1–5)', 'euro')
    """
    words = words_in(language)
    if unit.forms.axis:
        name = unit.forms.axis[language]
    elif unit.clock:
        name = words.axes["clock"]
    elif unit.currency:
        return _currency_name(unit.currency, words.locale)
    elif (many := _names(unit, language)[-1].strip()) and unit.name not in words.axes and not unit.is_share:
        name = many.replace("{}", "").strip()
    else:
        name = words.axes[unit.name if unit.name in words.axes else "percent" if unit.is_share else unit.kind]
    low, high = (number(end, decimals_of(end), language) if isfinite(end) else "" for end in unit.ends)
    return name.replace("{low}", low).replace("{high}", high)


def difference(value: float | Decimal, unit: Unit, decimals: int, language: Language) -> str:
    """The size of a difference between two figures in ``unit``, without sign, with its unit.

    A difference of two percentages is in percentage points, one of two scores in points, one of two amounts an amount.

    >>> from wavebook.core.units import PERCENT, SCORE
    >>> difference(-3, PERCENT, 0, "nl"), difference(0.2, SCORE, 1, "nl")
    ('3 procentpunt', '0,2 punt')
    """
    size = abs(exact(value))
    return quantity(size, unit.difference, decimals, language)


def date(text: str, language: Language) -> str:
    """A date as far as it is known, as running text has it.

    >>> date("2016-12-01", "nl"), date("2016-12-01", "de"), date("2015-08", "en"), date("2014", "nl")
    ('1 december 2016', '1. Dezember 2016', 'August 2015', '2014')
    """
    notation, (year, *rest) = words_in(language).notation, map(int, text.split("-"))
    if not rest:
        return str(year)
    month, *days = rest
    pattern, months = (notation.day, notation.months) if days else (notation.month, notation.alone or notation.months)
    day = notation.first if days == [1] and notation.first else "".join(map(str, days))
    return pattern.format(day=day, month=months[month - 1], year=year)


def foreign(text: str, own: Language | None, page: Language) -> Language | None:
    """The language of a text where it is known to be another than its page's: a screen reader changes its voice for it.

    A text without words has none: a number, a sign, p. 18.

    >>> foreign("paragraaf 2", "nl", "en"), foreign("paragraaf 2", "nl", "nl"), foreign("p. 18", "nl", "en")
    ('nl', None, None)
    """
    return own if own and own != page and re.search(r"[^\W\d_]{3}", text) else None


def trend_word(form: str, direction: Direction | None, language: Language) -> str:
    """The word for ``direction`` (None: not certain) in the grammatical form of ``form``, itself the word for a rise.

    Raises KeyError with the known forms when there is no such form.
    """
    forms = {trend[0]: trend for trend in words_in(language).trends}
    if form not in forms:
        raise KeyError(f"{form} is not a word for a rise; use one of: {', '.join(forms)}")
    return forms[form][("up", "down", "same", None).index(direction)]


class Cited(Protocol):
    """A source as running text names it: its author, the second of two, whether there are more, year and letter."""

    author: str
    second: str
    others: bool
    year: str
    letter: str


def cited(source: Cited, language: Language) -> str:
    """A source as running text names it: De Vries e.a., 2015; 2015a where another would be named alike."""
    return f"{named(source.author, source.second, source.others, language)}, {source.year}{source.letter}"


def named(first: str, second: str, others: bool, language: Language) -> str:
    """The authors of a source: both of two, and the first of more.

    >>> named("Bos", "", False, "nl"), named("Bos", "De Wit", False, "nl"), named("Bos", "", True, "nl")
    ('Bos', 'Bos en De Wit', 'Bos e.a.')
    """
    words = words_in(language).references
    return f"{first}{words['and']}{second}" if second else f"{first}{words['others'] if others else ''}"


def listing(items: list[str], language: Language) -> str:
    """Items as readers list them: "a, b en c"."""
    if len(items) < 2:
        return "".join(items)
    notation, (text, *rest) = words_in(language).notation, items
    for item in rest[:-1]:
        text = notation.others.format(text, item)
    return notation.pair.format(text, rest[-1])


def ended(text: str) -> str:
    """A text as a sentence: with a full stop, unless it has an end of its own.

    >>> ended("What people said"), ended("What did you say?"), ended("“Why?”"), ended("To be continued…")
    ('What people said.', 'What did you say?', '“Why?”', 'To be continued…')
    """
    return text if re.search(r"[.!?…][\s\"'”’“»)]*$", text) else text + "."  # which keeps Markup


def headed(heading: str, text: str, language: Language) -> str:
    """A heading and what follows it on the same line.

    >>> headed("Quelle", "Amt", "de"), headed("Source", "Insee", "fr")
    ('Quelle: Amt', 'Source\\xa0: Insee')
    """
    return f"{heading}{words_in(language).notation.colon}{text}"


def in_series(parts: Iterable[str], language: Language) -> str:
    """Parts that may hold commas themselves, one after the other: "a; b"."""
    return words_in(language).notation.semicolon.join(parts)


def number_word(value: float | Decimal, language: Language) -> str:
    """A number as people say it: a whole one up to twelve in words, round millions with that word, any other in digits.

    >>> number_word(7, "nl"), number_word(70, "nl"), number_word(1_400_000, "nl"), number_word(1_432_000, "nl")
    ('zeven', '70', '1,4 miljoen', '1.432.000')
    """
    words, size = words_in(language).numbers, exact(value)
    whole = size == int(size)
    if whole and 0 <= size < len(words):
        return words[int(size)]
    name, one = ("billion", 10**9) if abs(size) >= 10**9 else ("million", 10**6)
    if abs(size) >= one and size % (one // 10) == 0:
        many = round_half_up(size / one, decimals_of(size / one))
        return number(many, decimals_of(many), language) + counted(name, abs(many), language)
    return number(size, 0 if whole else 1, language)
