"""Colours that an editor chose for a chart: each can be told from the page, in light and in dark."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from wavebook.charts import renderer
from wavebook.charts.theme import COLOURS

_CHANNELS = ("color", "fill", "stroke")
_PAGES = {"a light": COLOURS["--chart-surface"], "a dark": "#15171a"}  # as the theme has them
_LEAST = 3.0  # contrast of what carries meaning, by WCAG 2.2
_IDAT, _HEADER = b"IDAT", 8  # of a PNG: the name of its pixels, and the bytes before the first part


def unseen(spec: Mapping[str, Any]) -> Iterator[tuple[str, str, float]]:
    """Colours that cannot be told from a page: the colour, which page, and their contrast."""
    for colour in dict.fromkeys(_chosen(spec)):
        seen = _pixel(colour)
        for page, ground in _PAGES.items():
            if seen and (ratio := contrast(seen, _pixel(ground) or (0, 0, 0))) < _LEAST:
                yield colour, page, ratio


def _chosen(part: Any, channel: str = "") -> Iterator[str]:
    """The colours that a specification names, but for those of the house."""
    if isinstance(part, Mapping):
        for name, value in part.items():
            if name in ("values", "datasets", "field", "title", "legend"):
                continue
            inner = name if name in _CHANNELS else channel if name in ("value", "condition", "scale", "range") else ""
            yield from _chosen(value, inner)
    elif isinstance(part, list):
        for item in part:
            yield from _chosen(item, channel)
    elif isinstance(part, str) and channel and not part.startswith("var(") and part not in ("none", "transparent"):
        yield part


@functools.cache
def _pixel(colour: str) -> tuple[int, ...] | None:
    """Red, green and blue of a colour as CSS names it; None for what is not opaque."""
    fill = quoteattr(colour)
    try:
        dot = f'<rect width="1" height="1" fill={fill}/>'
        png = renderer.png(f'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">{dot}</svg>', 1)
        at = png.index(_IDAT)
        size = int.from_bytes(png[at - 4 : at])
        _, *channels = zlib.decompress(png[at + 4 : at + 4 + size])
    except ValueError:
        return None
    return tuple(channels[:3]) if len(channels) == 4 and channels[3] == 255 else None


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[int, ...]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
