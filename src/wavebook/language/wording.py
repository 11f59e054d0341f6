"""Numbers and words as readers see them, in Dutch and English: the one place that formats a figure."""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from wavebook.core.units import Language, Unit

Direction = Literal["up", "down", "same"]
Style = Literal["prose", "chart", "bare"]

_SEPARATORS = {"nl": str.maketrans(",.", ".,"), "en": {}}
_NUMBER_WORDS = {
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf".split(),
    "en": "zero one two three four five six seven eight nine ten eleven twelve".split(),
}
_MINUS = "−"  # U+2212: as wide as the plus sign, and screen readers say "min"

# One row a word form. The first word is what an editor types: the form for a rise. The others are for a fall, for a
# change too small to speak of, and for one that chance may explain.
TREND_WORDS: dict[Language, dict[str, tuple[str, str, str, str]]] = {
    "nl": {
        row[0]: row
        for row in (
            ("steeg", "daalde", "bleef vrijwel gelijk", "veranderde niet aantoonbaar"),
            ("stegen", "daalden", "bleven vrijwel gelijk", "veranderden niet aantoonbaar"),
            ("stijgt", "daalt", "blijft vrijwel gelijk", "verandert niet aantoonbaar"),
            ("stijgen", "dalen", "blijven vrijwel gelijk", "veranderen niet aantoonbaar"),
            ("gestegen", "gedaald", "vrijwel gelijk gebleven", "niet aantoonbaar veranderd"),
            ("stijging", "daling", "vrijwel gelijke stand", "niet aantoonbaar andere stand"),
            ("hoger", "lager", "vrijwel even hoog", "niet aantoonbaar hoger of lager"),
            ("hoger dan", "lager dan", "vrijwel even hoog als", "niet aantoonbaar hoger of lager dan"),
            ("groter", "kleiner", "vrijwel even groot", "niet aantoonbaar groter of kleiner"),
            ("meer", "minder", "vrijwel evenveel", "niet aantoonbaar meer of minder"),
            ("meer dan", "minder dan", "vrijwel evenveel als", "niet aantoonbaar meer of minder dan"),
            ("vaker", "minder vaak", "vrijwel even vaak", "niet aantoonbaar vaker of minder vaak"),
            ("groeide", "kromp", "bleef vrijwel gelijk", "veranderde niet aantoonbaar"),
        )
    },
    "en": {
        row[0]: row
        for row in (
            ("rose", "fell", "hardly changed", "did not demonstrably change"),
            ("rises", "falls", "hardly changes", "does not demonstrably change"),
            ("rise", "fall", "hardly change", "do not demonstrably change"),
            ("risen", "fallen", "hardly changed", "not demonstrably changed"),
            # with its article, which differs
            ("an increase", "a decrease", "hardly any change", "no demonstrable change"),
            ("higher", "lower", "about as high", "not demonstrably higher or lower"),
            ("higher than", "lower than", "about as high as", "not demonstrably higher or lower than"),
            ("larger", "smaller", "about as large", "not demonstrably larger or smaller"),
            ("more", "fewer", "about as many", "not demonstrably more or fewer"),
            ("more than", "fewer than", "about as many as", "not demonstrably more or fewer than"),
            ("more often", "less often", "about as often", "not demonstrably more or less often"),
            ("grew", "shrank", "hardly changed", "did not demonstrably change"),
        )
    },
}


def round_half_up(value: float | Decimal, decimals: int) -> Decimal:
    """``value`` with ``decimals`` decimals, halves away from zero, never minus zero.

    Rounds the decimal number that the float prints as: readers and SPSS say 6.85 → 6.9.

    >>> round_half_up(6.85, 1), round_half_up(-0.04, 1)
    (Decimal('6.9'), Decimal('0.0'))
    """
    rounded = exact(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def exact(value: float | Decimal) -> Decimal:
    """The decimal number that ``value`` prints as."""
    return value if isinstance(value, Decimal) else Decimal(repr(float(value)))


def number(value: float | Decimal, decimals: int, language: Language, *, signed: bool = False) -> str:
    """``value`` with the language's decimal and thousands marks.

    >>> number(1234.5, 1, "nl"), number(-3, 0, "nl", signed=True)
    ('1.234,5', '−3')
    """
    rounded = round_half_up(value, decimals)
    text = f"{abs(rounded):,}".translate(_SEPARATORS[language])
    sign = _MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + text


def quantity(
    value: float | Decimal,
    unit: Unit,
    decimals: int,
    language: Language,
    *,
    style: Style = "prose",
    signed: bool = False,
) -> str:
    """``value`` with its unit: "procent" in prose, "%" in charts and tables, nothing when bare.

    >>> quantity(40, "percent", 0, "nl"), quantity(40, "percent", 0, "nl", style="chart")
    ('40 procent', '40%')
    """
    text = number(value, decimals, language, signed=signed)
    if style == "bare" or unit in ("grade", "count"):
        return text
    if unit == "percent":
        word = {"nl": "procent", "en": "per cent"}[language]
        return f"{text}%" if style == "chart" else f"{text} {word}"
    one = abs(round_half_up(value, decimals)) == 1
    word = {"nl": "procentpunt", "en": "percentage point" if one else "percentage points"}[language]
    return f"{text} {word}"


def difference(value: float | Decimal, unit: Unit, decimals: int, language: Language) -> str:
    """The size of a difference between two figures in ``unit``, without sign, with its unit.

    A difference of two percentages is in percentage points and of two grades in points.

    >>> difference(-3, "percent", 0, "nl"), difference(0.2, "grade", 1, "nl")
    ('3 procentpunt', '0,2 punt')
    """
    size = abs(exact(value))
    if unit == "grade":
        one = round_half_up(size, decimals) == 1
        word = {"nl": "punt", "en": "point" if one else "points"}[language]
        return f"{number(size, decimals, language)} {word}"
    return quantity(size, "percentage_point" if unit == "percent" else unit, decimals, language)


def date(text: str, language: Language) -> str:
    """A date as far as it is known, as it is written in running text.

    >>> date("2016-12-01", "nl"), date("2015-08", "en"), date("2014", "nl")
    ('1 december 2016', 'August 2015', '2014')
    """
    from babel.dates import format_date

    year, *rest = map(int, text.split("-"))
    pattern = ("y", "MMMM y", "d MMMM y")[len(rest)]
    return format_date(datetime.date(year, *rest, *[1] * (2 - len(rest))), pattern, locale=language)


def in_dutch(html: str, page: Language) -> str:
    """Dutch HTML for a page in the language ``page``: a screen reader changes its voice for it.

    >>> in_dutch("paragraaf 2", "en"), in_dutch("paragraaf 2", "nl")
    ('<span lang="nl">paragraaf 2</span>', 'paragraaf 2')
    """
    return html if page == "nl" else f'<span lang="nl">{html}</span>'


def trend_word(form: str, direction: Direction | None, language: Language) -> str:
    """The word for ``direction`` (None: not certain) in the grammatical form of ``form``, itself the word for a rise.

    Raises KeyError with the known forms when there is no such form.
    """
    words = TREND_WORDS[language]
    if form not in words:
        raise KeyError(f"{form} is not a word for a rise; use one of: {', '.join(words)}")
    return words[form][("up", "down", "same", None).index(direction)]


def listing(items: list[str], language: Language) -> str:
    """Items as readers list them: "a, b en c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {'en' if language == 'nl' else 'and'} {items[-1]}"


def number_word(value: float | Decimal, language: Language) -> str:
    """A whole number up to twelve in words, any other in digits, as running text has it.

    >>> number_word(7, "nl"), number_word(70, "nl")
    ('zeven', '70')
    """
    words = _NUMBER_WORDS[language]
    whole = exact(value) == int(value)
    return words[int(value)] if whole and 0 <= value < len(words) else number(value, 0 if whole else 1, language)
