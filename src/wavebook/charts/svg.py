"""The SVG of charts: vl-convert's drawings cleaned, and named for screen readers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr, unescape

from wavebook.charts.theme import COLOURS, FILE_FONT, PAGE_FONT, SIZE
from wavebook.definitions import Language

MIME = "application/vnd.wavebook.chart+json"  # of a chart in a notebook's outputs

_NUMBER = re.compile(r"-?\d*\.?\d+(?:e[+-]?\d+)?")
_NUMERIC = set("viewBox d transform x y x1 y1 x2 y2 dx dy width height font-size stroke-width stroke-dasharray".split())
_NEEDLESS = re.compile(r"class|role|aria-.*|pointer-events|font-family|version|xmlns:.*|stroke-miterlimit|cursor")
_DEFAULTS = {("opacity", "1"), ("text-anchor", "start"), ("stroke-width", "1"), ("transform", "translate(0,0)")}
_REFERRED = ("defs", "symbol", "clipPath")  # in these stands what is drawn, or cuts, elsewhere
SERIES = "series "  # and its number: by this description of a mark a page finds it
_INHERITED = (
    "data-of",
    "fill",
    "stroke",
    "stroke-width",
    "font-weight",
    "text-anchor",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
)


def clean(svg: str, prefix: str) -> str:
    """vl-convert's SVG without fixed size, background, English texts and dead weight; ids start with ``prefix``.

    Raises ValueError for markup with a document type or entities: vl-convert writes none.
    """
    if "<!" in svg:
        raise ValueError("SVG with a document type or entities is not accepted")
    root = ET.fromstring(svg)
    for child in root.findall("{*}rect"):
        root.remove(child)  # the background
    ids = {name: f"{prefix}-{name}" for e in root.iter() if (name := e.get("id"))}
    _strip(root, ids)
    sizes = Counter(size for e in root.iter("text") if (size := e.get("font-size")))
    common = min(sizes, key=lambda size: (-sizes[size], size), default=str(SIZE))
    for element in root.iter("text"):
        if element.get("font-size") == common:
            del element.attrib["font-size"]
    _hoist(root)
    box = root.get("viewBox", "")
    root.attrib = {"viewBox": box, "font-size": common, "font-family": PAGE_FONT}
    text = ET.tostring(root, encoding="unicode").replace(" />", "/>")
    return text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _strip(element: ET.Element, ids: dict[str, str]) -> None:
    """Strip ``element`` and everything below it of whatever shows nothing."""
    element.tag = element.tag.rpartition("}")[2]
    kept: dict[str, str] = {}
    for name, value in element.attrib.items():
        name = name.rpartition("}")[2]
        if name == "aria-label" and value.startswith(SERIES):
            name, value = "data-of", value.removeprefix(SERIES)
        if name in _NUMERIC:
            value = _NUMBER.sub(_short, value).removesuffix("px")
        for old, new in ids.items():
            value = new if name == "id" and value == old else value.replace(f"#{old})", f"#{new})")
            value = f"#{new}" if name == "href" and value == f"#{old}" else value
        needless = _NEEDLESS.fullmatch(name) or (name, value) in _DEFAULTS
        if not needless and not (element.tag == "line" and name in _NUMERIC and value == "0"):
            kept[name] = value
    if "stroke" not in kept:
        kept.pop("stroke-width", None)
    element.attrib = kept
    children: list[ET.Element] = []
    for child in element:
        _strip(child, ids)
        bare = child.tag == "g" and not child.attrib
        if bare:
            children += child
        elif element.tag in _REFERRED or not _invisible(child):
            children.append(child)
    element[:] = children


def _short(match: re.Match[str]) -> str:
    """A number with at most one decimal: a tenth of a pixel."""
    text = f"{round(float(match[0]), 2 if abs(float(match[0])) < 1 else 1):g}"
    return "0" if text == "-0" else text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _invisible(element: ET.Element) -> bool:
    if element.get("opacity") == "0":
        return True
    if element.tag in ("g", "text"):
        return len(element) == 0 and not (element.text or "").strip()
    if element.tag != "path":
        return False
    painted = {element.get("fill", "none"), element.get("stroke", "none")} - {"none", "transparent"}
    return not element.get("d") or not painted or element.get("display") == "none"


def _hoist(element: ET.Element) -> None:
    """Set once on a group the attributes that all its members, or several in a row, share."""
    for child in element:
        _hoist(child)
    if element.tag != "g":
        return
    _share(element)
    runs = [list(run) for _, run in groupby(element, lambda child: (child.get("fill"), child.get("stroke")))]
    element[:] = []
    for run in runs:
        if len(runs) == 1 or len(run) == 1:
            element.extend(run)
        else:
            group = ET.SubElement(element, "g")
            group.extend(run)
            _share(group)


def _share(group: ET.Element) -> None:
    if len(group) < 2:
        return
    for name in _INHERITED:
        first, *others = (child.get(name) for child in group)
        if first is not None and set(others) == {first}:
            group.set(name, first)
            for child in group:
                del child.attrib[name]


def described(svg: str, *, id: str, title: str, description: str, language: Language) -> str:
    """``svg`` with a name and a description for screen readers, in ``language``.

    ``id`` must be unique in the page; the name gets ``<id>-title``, the description ``<id>-desc``.
    """
    names = f"{id}-title {id}-desc"
    naming = f'role="img" aria-labelledby={quoteattr(names)} lang={quoteattr(language)}'
    head, _, body = svg.partition(">")
    return (
        f"{head} {naming}><title id={quoteattr(f'{id}-title')}>{escaped(title)}</title>"
        f"<desc id={quoteattr(f'{id}-desc')}>{escaped(description)}</desc>{body}"
    )


def texts(svg: str) -> list[str]:
    """What a drawing says, line by line."""
    return [unescape(text) for text in re.findall(r"<(?:text|tspan)\b[^>]*>([^<]+)<", svg)]


def size(svg: str) -> tuple[float, float]:
    """Width and height in px."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if found is None:
        raise ValueError("SVG without a viewBox has no size")
    return float(found[1]), float(found[2])


def with_real_colours(svg: str, palette: Mapping[str, str] = COLOURS) -> str:
    """Put real colours in a picture outside a page, where nothing sets the custom properties."""
    drawn = re.sub(r"var\((--chart-[a-z0-9-]+), (#[0-9a-f]{6})\)", lambda m: palette.get(m[1], m[2]), svg)
    return re.sub(r' data-of="\d+"', "", drawn).replace(PAGE_FONT, FILE_FONT)


def escaped(text: str) -> str:
    """``text`` escaped, without the control characters that XML cannot hold."""
    return escape(re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text))
