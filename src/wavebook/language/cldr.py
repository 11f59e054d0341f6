"""The forms of numbers, dates and lists that CLDR gives for a locale, as Babel has them.

The languages hold these forms themselves, so that no reader or notebook waits for Babel: this module is for those who
write a language, and for the test that compares.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_DATE = {"d": "day", "M": "month", "L": "month", "y": "year"}


def forms_of(locale: str) -> Mapping[str, Any]:
    """The fields of ``Notation`` that CLDR has, and ``plurals``.

    Raises
    ------
    LookupError
        Babel has no such locale.
    """
    from babel import Locale, UnknownLocaleError

    try:
        found = Locale.parse(locale)
    except (UnknownLocaleError, ValueError, TypeError):
        raise LookupError(locale) from None
    # numbers in Latin digits, which this library writes
    symbols, lists = found.number_symbols["latn"], found.list_patterns["standard"]
    months = {width: tuple(found.months[width]["wide"][n] for n in range(1, 13)) for width in ("format", "stand-alone")}
    month = str(found.datetime_skeletons["yMMMM"].pattern)
    percent = re.sub(r"[#0.,]*[#0]", "{n}", found.percent_formats[None].pattern)
    return {
        "decimal": symbols["decimal"],
        "thousands": symbols["group"],
        "percent": percent.replace("%", symbols["percentSign"]),
        "currency": _currency(found.currency_formats["standard"].pattern),
        "months": months["format"],
        "alone": months["stand-alone"] if "L" in month and months["stand-alone"] != months["format"] else (),
        "day": _date(str(found.date_formats["long"].pattern)),
        "month": _date(month),
        "pair": lists["end"],
        "others": lists["middle"],
        "plurals": {name: _rule(rule) for name, rule in found.plural_form.rules.items() if name != "other"},
    }


def _date(pattern: str) -> str:
    """A pattern of CLDR as one of ours: ``d. MMMM y`` is ``{day}. {month} {year}``."""
    parts = re.findall(r"'[^']*'|d+|M+|L+|y+|[^dMLy']+", pattern)
    return "".join(f"{{{_DATE[part[0]]}}}" if part[0] in _DATE else part.strip("'") for part in parts)


def _rule(rule: str) -> str:
    """A plural rule as CLDR writes it; Babel gives it in an older form."""
    for old, new in ((" not in ", " != "), (" in ", " = "), (" mod ", " % ")):
        rule = rule.replace(old, new)
    return rule


def _currency(pattern: str) -> str:
    """The form of an amount, from a pattern with its sign and number."""
    positive, _, negative = pattern.partition(";")
    signed = negative.replace("-", "{sign}") if negative else "{sign}" + positive
    return re.sub(r"[#0.,]*[#0]", "{n}", signed).replace("¤", "{symbol}")
