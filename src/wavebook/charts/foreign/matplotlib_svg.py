"""A figure of matplotlib as SVG that a page shows: no style, no link, no image within it, text that stays text."""

from __future__ import annotations

import io
import math
import re
import sys
import warnings
import xml.etree.ElementTree as ET
from contextlib import nullcontext
from typing import Any

from wavebook.charts.svg import clean

_INCH = 96  # px
_SPILL = 0.05  # inches outside a figure that nobody misses
_LEAST = 0.6  # inches of a plot in which anything can be seen
_FLATTEST = 0.75  # of its height that a figure keeps where it is narrower
_EDGES = ("left", "right", "bottom", "top", "wspace", "hspace")
_KEPT = set(
    "svg g path rect circle ellipse line polyline polygon text tspan defs use symbol clipPath linearGradient "
    "stop".split()
)
_DROPPED = {"metadata", "title", "desc", "style"}
_ATTRIBUTES = set(
    "id d x y x1 y1 x2 y2 cx cy r rx ry dx dy width height points transform viewBox clip-path offset href fill "
    "fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-dasharray "
    "stroke-dashoffset opacity font-size font-weight font-style text-anchor stop-color stop-opacity "
    "gradientUnits gradientTransform clipPathUnits".split()
)
_FONT = re.compile(r"(?:(italic|oblique)\s+)?(?:(bold|\d{3})\s+)?([\d.]+)px\b")


class NoFigureError(ValueError):
    """Error that something is no figure that a page can show; the message says what it is."""

    def __init__(self, code: str, found: str, action: str) -> None:
        super().__init__(found)
        self.code, self.action = code, action


def drawn_by(figure: object, width: int, prefix: str) -> str:
    """A figure in a width in px, as SVG for a page; ids start with ``prefix``.

    Raises NoFigureError where there is no figure, or what it draws cannot be shown.
    """
    made = _figure(figure, width)
    library = sys.modules.get("matplotlib")  # of whoever made the figure: it is imported nowhere here
    look = {"svg.hashsalt": prefix, "svg.fonttype": "none", "svg.image_inline": True}
    try:
        with library.rc_context(look) if library else nullcontext():
            svg, cut = _drawn(made, width / _INCH)
    except Exception as error:  # of whatever drew it
        found = f"cannot be drawn: {type(error).__name__}: {' '.join(str(error).split())[:160]}".rstrip(".: ")
        raise NoFigureError("W342", found, "Draw it in a cell by itself, and correct it.") from None
    if cut:
        action = "Give a function of a width in px that makes the figure, with less text or layout='constrained'."
        raise NoFigureError("W345", f"has no room for its text where it is {width} px wide", action)
    return _shown(svg, width, prefix)


def _put_away(figure: object) -> None:
    """Close a figure: at the end of a cell, a notebook shows all that are open."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot and hasattr(figure, "number"):  # which pyplot gives to those that it made
        pyplot.close(figure)


def _drawn(figure: Any, inches: float) -> tuple[str, bool]:
    """The SVG of a figure in this width, which it has only for that, and whether it is cut off."""
    across, high = (float(size) for size in figure.get_size_inches())
    edges = getattr(figure, "subplotpars", None)
    kept = {name: getattr(edges, name) for name in _EDGES if hasattr(edges, name)}
    ground = {} if _is_painted(figure) else {"facecolor": "white"}
    held = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of layouts that do not fit: that is told as a problem
        try:
            figure.set_size_inches(inches, high * min(1.0, max(_FLATTEST, inches / across)))
            arranged = getattr(figure, "get_layout_engine", lambda: None)()
            if arranged and hasattr(figure, "draw_without_rendering"):
                figure.draw_without_rendering()
            if kept and not arranged and _is_cut(figure):
                figure.tight_layout()
            figure.savefig(held, format="svg", metadata={"Date": None, "Creator": None}, **ground)
            return held.getvalue().decode("utf-8", "replace"), _is_cut(figure)
        finally:
            _put_away(figure)
            figure.set_size_inches(across, high)
            if kept:
                figure.subplots_adjust(**kept)


def _is_cut(figure: Any) -> bool:
    """Tell whether something lies outside a figure, or a plot in it has no room."""
    if not hasattr(figure, "get_tightbbox"):
        return False
    around, (across, high) = figure.get_tightbbox(), figure.get_size_inches()
    outside = (-around.x0, -around.y0, around.x1 - across, around.y1 - high)
    spilled = any(math.isfinite(far) and far > _SPILL for far in outside)
    return spilled or any(axes.get_position().width * across < _LEAST for axes in getattr(figure, "axes", ()))


def _figure(given: Any, width: int) -> Any:
    """The figure of matplotlib that is given, or of axes, of a grid, or made by a function of the width."""
    draws = any(hasattr(given, name) for name in ("savefig", "draw", "figure"))
    given = given if draws or not callable(given) else given(width)
    for found in (given, getattr(given, "figure", None), getattr(given, "fig", None)):
        if hasattr(found, "savefig") and hasattr(found, "set_size_inches"):
            return found
    draw = getattr(given, "draw", None)
    if callable(draw) and hasattr(made := draw(), "savefig"):
        return made
    action = "Give a figure of matplotlib, its axes, or a function of a width in px that makes one."
    raise NoFigureError("W342", f"is drawn by something that is no figure: {type(given).__name__}", action)


def _is_painted(figure: Any) -> bool:
    """Tell whether a figure has a ground of its own."""
    ground: Any = figure.get_facecolor() if hasattr(figure, "get_facecolor") else ()
    return len(ground) == 4 and ground[3] > 0


def _shown(svg: str, width: int, prefix: str) -> str:
    """SVG of matplotlib without what a page blocks, as wide as it is there."""
    svg = re.sub(r"<!DOCTYPE[^>\[]*>", "", svg)
    if "<!DOCTYPE" in svg or "<!ENTITY" in svg:
        raise NoFigureError("W342", "is drawn as SVG with entities", "Give a figure of matplotlib.")
    try:
        root = ET.fromstring(svg)
    except ET.ParseError as error:
        raise NoFigureError(
            "W342", f"is drawn as SVG that cannot be read: {error}", "Give a figure of matplotlib."
        ) from None
    _keep(root)
    _clear(root)
    box = re.fullmatch(r"0 0 ([\d.]+) ([\d.]+)", root.get("viewBox", ""))
    if box is None:
        raise NoFigureError("W342", "is drawn as SVG without a size", "Give a figure of matplotlib.")
    across, down = float(box[1]), float(box[2])
    high = down * width / across
    inner = ET.tostring(root, encoding="unicode")
    inner = re.sub(
        r"^<svg[^>]*>", f'<svg viewBox="0 0 {across:g} {down:g}" width="{width}" height="{high:.1f}">', inner
    )
    outer = f'<svg viewBox="0 0 {width} {high:.1f}"><g stroke-linecap="butt" stroke-linejoin="round">{inner}</g></svg>'
    return clean(outer, prefix)


def _keep(element: ET.Element) -> None:
    """Keep what a page shows of an element and all below it, with its style as attributes."""
    element.tag = element.tag.rpartition("}")[2]
    if element.tag == "image":
        action = "Draw shapes: pcolormesh instead of imshow, plots without rasterized=True."
        raise NoFigureError("W343", "holds an image made of dots", action)
    if element.tag == "a":
        raise NoFigureError("W343", "holds a link", "Put links in the caption of the chart.")
    if element.tag not in _KEPT:
        raise NoFigureError("W342", f"is drawn with <{element.tag}>, which a page does not show", "Draw plain shapes.")
    given = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
    given = _styles(given.pop("style", "")) | given
    element.attrib = {name: value for name, value in given.items() if name in _ATTRIBUTES and _is_within(name, value)}
    for child in list(element):
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] not in _DROPPED:
            _keep(child)
        else:
            element.remove(child)


def _clear(root: ET.Element) -> None:
    """Take the white grounds of a figure and its plots out: a page gives the whole picture one."""
    for group in root.iter("g"):
        if group.get("id", "").startswith(("figure_", "axes_")):
            for ground in group[0].iter("path") if len(group) else ():
                if ground.get("fill") in ("#ffffff", "#fff", "white") and ground.get("stroke", "none") == "none":
                    ground.set("fill", "none")


def _styles(style: str) -> dict[str, str]:
    """The declarations of a style as attributes; a font is its size, weight and slant, as the page has its own."""
    found: dict[str, str] = {}
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name == "font" and (font := _FONT.search(value)):
            told = {"font-style": font[1], "font-weight": font[2], "font-size": font[3]}
            found |= {key: text for key, text in told.items() if text}
        elif name:
            found[name] = value.removesuffix("px")
    return found


def _is_within(name: str, value: str) -> bool:
    """Tell whether an attribute refers to nothing outside its drawing."""
    return value.startswith("#") if name == "href" else not re.search(r"url\((?!['\"]?#)", value)
