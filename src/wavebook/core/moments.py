"""Dates and times as files write them: one format a column, compared as moments in time and never as texts.

A format is the order of year, month and day, and the separators between them; every format accepts one or two digits,
names of months in English or Dutch, and a time after the date. A year has four digits: 05-10-16 may be three days.
Time zones are ignored: a date and time are those on the writer's clock.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from dataclasses import dataclass

import polars as pl

from wavebook.core.spans import Span, halves, span

_MONTHS = {
    name: f"{number:02}"
    for number, names in enumerate(
        ("jan", "feb", "mar mrt maa", "apr", "may mei", "jun", "jul", "aug", "sep", "oct okt", "nov", "dec"), 1
    )
    for name in names.split()
}
_PARTS = {"y": "(?P<y>[0-9]{4})", "m": "(?P<m>[0-9]{1,2}|[A-Za-z]{3,9}[.]?)", "d": "(?P<d>[0-9]{1,2})"}
_CLOCK = "(?P<H>[0-9]{1,4}):(?P<M>[0-5][0-9])(?::(?P<S>[0-5][0-9](?:[.,][0-9]{1,9})?))?(?: ?(?P<p>[AaPp])[.]?[Mm][.]?)?"
_ZONE = "(?: ?(?:Z|UTC|GMT)?(?: ?[+-][0-9]{1,2}(?::?[0-9]{2})?)?)"
_YEAR = re.compile("[12][0-9]{3}")
_DATE_LIKE = re.compile(
    "[0-9]{4}-(0[1-9]|1[0-2])|([0-9]{1,2}|[0-9]{4})([-/. ])([0-9]{1,2}|[A-Za-z]{3,9}[.]?)[-/. ]([0-9]{4}|[0-9]{1,2})"
    "([T ,].*)?"
)
_SHORT_YEAR = "^[0-9]{1,2}([-/.])[0-9]{1,2}[-/.][0-9]{2}( .*)?$"
_TIME_LIKE = re.compile("[0-9]{1,4}:[0-5][0-9](:.*)?( ?[AaPp][.]?[Mm][.]?)?")
_INSTANT = datetime.timedelta(microseconds=1)

Moment = datetime.datetime | datetime.timedelta


@dataclass(frozen=True)
class Format:
    """Form of the dates in a column, or of its times where ``order`` is empty; ``str`` is its name in waves.toml."""

    order: str
    mark: str = ""

    def __str__(self) -> str:
        return self.mark.join({"y": "yyyy", "m": "mm", "d": "dd"}[part] for part in self.order) or "hh:mm"

    @property
    def pattern(self) -> str:
        """A regular expression with the groups y, m, d, H, M, S and p, for Python and for Polars."""
        if not self.order:
            return f"^(?P<minus>-)?(?:(?P<D>[0-9]{{1,6}}) )?{_CLOCK}$"
        parts = dict(_PARTS, m="(?P<m>[0-9]{2})", d="(?P<d>[0-9]{2})") if not self.mark else _PARTS
        date = re.escape(self.mark).join(parts[part] for part in self.order)
        if "d" not in self.order:
            return f"^{date}$"
        return f"^{date}(?:(?:T|,? +){_CLOCK}{_ZONE})?$"

    def moment(self, text: pl.Expr) -> pl.Expr:
        """The moment in each text, a Datetime, or a Duration since midnight; null where a text has another format."""
        groups = text.str.extract_groups(self.pattern)
        if not self.order:
            days = groups.struct.field("D").cast(pl.Int64).fill_null(0)
            length = days * 86_400_000_000 + _clock(groups)
            return pl.when(groups.struct.field("minus") == "-").then(-length).otherwise(length).cast(pl.Duration("us"))
        month = groups.struct.field("m").str.to_lowercase().str.head(3).replace(_MONTHS).str.zfill(2)
        day = groups.struct.field("d").str.zfill(2) if "d" in self.order else pl.lit("01")
        date = pl.concat_str([groups.struct.field("y"), month, day], separator="-").str.to_date(
            "%Y-%m-%d", strict=False
        )
        if "d" not in self.order:
            return date.cast(pl.Datetime("us"))
        clock = pl.when(groups.struct.field("M").is_null()).then(0).otherwise(_clock(groups))
        within_day = pl.when(clock < 86_400_000_000).then(clock)
        return (date.cast(pl.Datetime("us")).cast(pl.Int64) + within_day).cast(pl.Datetime("us"))

    def ends(self, text: str) -> tuple[Moment, Moment]:
        """The first and the last moment that a text names, which may be a whole day, minute or second.

        Raises ValueError when it is not written in this format.

        >>> Format("dmy", "-").ends("5-10-2016")[1]
        datetime.datetime(2016, 10, 5, 23, 59, 59, 999999)
        """
        found = re.fullmatch(self.pattern[1:-1], text.strip())
        if not found:
            raise ValueError(f"{text!r} is not written as {self}")
        part = found.groupdict()
        start, length = _start(part), datetime.timedelta(days=1)
        if part.get("H"):
            seconds = part["S"] or ""
            length = datetime.timedelta(minutes=1) if not seconds else datetime.timedelta(seconds=1)
            length = _INSTANT if not seconds.isdigit() and seconds else length
        elif isinstance(start, datetime.datetime) and "d" not in self.order:
            length = datetime.timedelta(days=monthrange(start.year, start.month)[1])
        return start, start + length - _INSTANT

    def span(self, code: str) -> Span | tuple[Moment, Moment]:
        """The first and last moment of a code or range in this format, as 2016-09-30 or as a year; else a plain code.

        Raises ValueError when an end of a range is not a moment, or when a range ends before it begins.
        """
        first, last = halves(code)
        ranged = ".." in code and not (self._numbers(first) and self._numbers(last))
        try:
            low = self._named(first)[0] if first else self._first
            high = self._named(last)[1] if last else self._last
        except ValueError:
            if ranged:
                raise
            return span(code)
        if _is_before(high, low):
            raise ValueError(f"{code!r} ends before it begins")
        return low, high

    def _numbers(self, text: str) -> bool:
        """Tell whether an end of a range is a number that is not a moment in this format."""
        return bool(re.fullmatch("[+-]?[0-9]*([.,][0-9]+)?", text)) and not re.fullmatch(self.pattern[1:-1], text)

    @property
    def _first(self) -> Moment:
        return datetime.datetime.min if self.order else datetime.timedelta(days=-999_999)

    @property
    def _last(self) -> Moment:
        return datetime.datetime.max if self.order else datetime.timedelta(days=999_999)

    def _named(self, text: str) -> tuple[Moment, Moment]:
        if self.order and _YEAR.fullmatch(text):
            return ISO.ends(f"{text}-01-01")[0], ISO.ends(f"{text}-12-31")[1]
        for form in (self, *((ISO, ISO_MONTH) if self.order else ())):
            try:
                return form.ends(text)
            except ValueError:
                pass
        other = " or as 2016-09-30" if self.order and self != ISO else ""
        raise ValueError(f"{text!r} is not written as {self}{other}")


def _is_before(one: Moment, other: Moment) -> bool:
    """Tell whether ``one`` of two dates, or of two times, comes before the other."""
    if isinstance(one, datetime.datetime):
        return isinstance(other, datetime.datetime) and one < other
    return isinstance(other, datetime.timedelta) and one < other


def _clock(groups: pl.Expr) -> pl.Expr:
    """Microseconds since midnight; null where there is no time."""
    hour, half = groups.struct.field("H").cast(pl.Int64), groups.struct.field("p").str.to_lowercase()
    on_dial = pl.when(hour.is_between(1, 12)).then(hour % 12 + pl.when(half == "p").then(12).otherwise(0))
    hour = pl.when(half.is_null()).then(hour).otherwise(on_dial)
    minute = groups.struct.field("M").cast(pl.Int64)
    second = groups.struct.field("S").str.replace(",", ".", literal=True).cast(pl.Float64).fill_null(0)
    whole = hour * 3_600_000_000 + minute * 60_000_000 + (second * 1e6).round().cast(pl.Int64)
    return whole


def _start(part: dict[str, str | None]) -> Moment:
    hour, half = int(part.get("H") or 0), (part.get("p") or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(f"there is no hour {hour} before or after noon")
        hour = hour % 12 + 12 * (half == "p")
    second = float((part.get("S") or "0").replace(",", "."))
    clock = datetime.timedelta(hours=hour, minutes=int(part.get("M") or 0), seconds=second)
    if "y" not in part:
        length = datetime.timedelta(days=int(part["D"] or 0)) + clock
        return -length if part["minus"] else length
    if hour > 23:
        raise ValueError(f"there is no hour {hour}")
    name = (part["m"] or "").lower()
    month = int(name) if name.isdigit() else int(_MONTHS.get(name[:3], 0))
    return datetime.datetime(int(part["y"] or 0), month, int(part.get("d") or 1)) + clock


ISO, ISO_MONTH, COMPACT, CLOCK = Format("ymd", "-"), Format("ym", "-"), Format("ymd"), Format("")
FORMATS = (
    *(Format(order, mark) for mark in "-/. " for order in ("ymd", "dmy", "mdy")),
    *(Format(order, mark) for mark in "-/." for order in ("ym", "my")),
    COMPACT,
    CLOCK,
)


def format_of(name: str) -> Format:
    """The format that waves.toml calls ``name``, as in dd-mm-yyyy; raises ValueError when there is none."""
    letters = re.sub(r"(.)\1*", r"\1", re.sub(r"(?<=[ydm])[ T]+h.*", "", name.strip().lower()))
    if name.strip().lower() in ("hh:mm", "hh:mm:ss", "h:mm", "h:mm:ss"):
        return CLOCK
    known = {form.mark.join(form.order): form for form in FORMATS}
    if letters not in known or "yyyy" not in name.lower():
        some = ", ".join(map(str, (Format("dmy", "-"), Format("mdy", "/"), ISO, COMPACT, CLOCK)))
        raise ValueError(f"{name!r} is not a format for dates or times; examples are {some}; a year has four digits")
    return known[letters]


def looks_like_moment(text: str) -> bool:
    """Tell whether a text seems to be a date or a time, in any format, even one that cannot be read."""
    return bool(_DATE_LIKE.fullmatch(text.strip()) or _TIME_LIKE.fullmatch(text.strip()))


def is_year(text: str) -> bool:
    """Tell whether a text is a year of four digits."""
    return bool(_YEAR.fullmatch(text.strip()))


def short_year(text: pl.Expr) -> pl.Expr:
    """Tell whether a text is a date whose year has two digits."""
    return text.str.contains(_SHORT_YEAR)
