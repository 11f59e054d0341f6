"""The colours of a house style, for pictures outside a page: nothing there sets custom properties."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from wavebook.charts.theme import COLOURS
from wavebook.core import files

Palette = Mapping[str, str]
"""Colours by custom property, as ``theme.COLOURS`` has them: each in a form that any program can draw."""

_NAMES = frozenset(  # of CSS, which SVG knows too
    "aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood "
    "cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod "
    "darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon "
    "darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray "
    "dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green "
    "greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon "
    "lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon "
    "lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen "
    "magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue "
    "mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy "
    "oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip "
    "peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown "
    "seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal "
    "thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen".split()
)
_NUMBER = r"([\d.]+)(%|deg)?"
_FUNCTION = re.compile(rf"(rgb|hsl)a?\(\s*{_NUMBER}[\s,]+{_NUMBER}[\s,]+{_NUMBER}\s*\)")


def style_sheet(root: Path) -> Path:
    """The style sheet with the colours of the book in ``root``: its own, or else that of the theme."""
    own = root / "book" / "_static" / "house-style.css"
    return own if own.is_file() else files.THEME / "static" / "house-style.css"


def palette(css: str) -> Palette:
    """The colours of charts on a light page, by a style sheet; those of the theme where it has none that can be drawn.

    >>> palette(":root { --ink: #123; --chart-text: var(--ink) } @media print { :root { --chart-text: red } }")[
    ...     "--chart-text"
    ... ]
    '#112233'
    """
    found = _properties(css)
    return COLOURS | {name: value for name in COLOURS if name in found and (value := _colour(_resolved(found, name)))}


def faults(css: str) -> Iterator[tuple[str, str]]:
    """The properties that charts draw with and that no picture can be drawn in, each with its value."""
    found = _properties(css)
    return ((name, found[name]) for name in COLOURS if name in found and not _colour(_resolved(found, name)))


def _properties(css: str) -> dict[str, str]:
    """The custom properties of the root, outside every rule with a condition: those of a light page on a screen."""
    found, plain = dict[str, str](), re.sub(r"/\*.*?(?:\*/|$)", " ", css, flags=re.DOTALL)
    for selector, block in _rules(plain):
        if ":root" in (part.strip() for part in selector.split(",")):
            found |= {name: value.strip() for name, value in re.findall(r"(--[\w-]+)\s*:\s*([^;{}]*)", block)}
    return found


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """The selector and content of each rule that stands in no other."""
    depth, start, selector = 0, 0, ""
    for match in re.finditer(r"[{}]", css):
        if match[0] == "{":
            depth += 1
            if depth == 1:
                selector, start = css[start : match.start()].rpartition(";")[2].strip(), match.end()
        elif depth:
            depth -= 1
            if depth == 0:
                yield selector, css[start : match.start()]
                start = match.end()


def _resolved(found: Mapping[str, str], name: str) -> str:
    """The value of a property, where each ``var()`` is filled in; empty when these go round in a circle."""
    value = found[name]
    for _ in range(len(found) + 1):
        match = re.search(r"var\(\s*(--[\w-]+)\s*(?:,\s*((?:[^()]|\([^()]*\))*))?\)", value)
        if match is None:
            return value
        value = value.replace(match[0], found.get(match[1], match[2] or ""), 1)
    return ""


def _colour(value: str) -> str:
    """A colour as ``#rrggbb``, or its name; empty for any other text, and for one that lets through what is below."""
    value = value.strip().lower()
    if value in _NAMES:
        return value
    if re.fullmatch(r"#[0-9a-f]{6}", value):
        return value
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "#" + "".join(2 * digit for digit in value[1:])
    if (match := _FUNCTION.fullmatch(value)) is None:
        return ""
    kind, parts = match[1], [(float(match[i]), match[i + 1] or "") for i in (2, 4, 6)]
    if kind == "rgb":
        levels = [number / 100 if sign == "%" else number / 255 for number, sign in parts]
    else:
        (hue, _), (saturation, _), (lightness, _) = parts
        levels = list(colorsys.hls_to_rgb(hue % 360 / 360, lightness / 100, saturation / 100))
    return "#" + "".join(f"{round(255 * level):02x}" for level in levels) if max(levels) <= 1 else ""
