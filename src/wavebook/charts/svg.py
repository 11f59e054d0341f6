"""The book's pictures as SVG: its colours, vl-convert's drawings mended and named, and files to download."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from xml.sax.saxutils import escape, quoteattr

from wavebook.charts import renderer
from wavebook.definitions import Language
from wavebook.language.words import words_in

MIME = "application/vnd.wavebook.chart+json"  # of a chart in a notebook's outputs

# Light-mode values. Contrast on white 8.5, 4.5, 14.4, 3.2; steps in lightness between them 3 or more, so they
# differ in greyscale; at least 16 CIELAB apart under protanopia, deuteranopia and tritanopia.
COLOURS = {
    "--chart-1": "#14507d",
    "--chart-2": "#c05a07",
    "--chart-3": "#33204f",
    "--chart-4": "#2f9f97",
    "--chart-muted": "#5f6b76",
    "--chart-text": "#1b232b",
    "--chart-grid": "#d5dbe1",
    "--chart-surface": "#ffffff",
}
SIZE = 13  # px; the same in both variants, so a phone scales nothing
_WORD = 40  # characters: no longer word is in use
_PAGE_FONT = "var(--font-sans, system-ui, sans-serif)"
_FILE_FONT = "'Liberation Sans', Arial, Helvetica, sans-serif"

_NUMBER = re.compile(r"-?\d*\.?\d+(?:e[+-]?\d+)?")
_NUMERIC = set("viewBox d transform x y x1 y1 x2 y2 dx dy width height font-size stroke-width stroke-dasharray".split())
_NEEDLESS = re.compile(r"class|role|aria-.*|pointer-events|font-family|version|xmlns:.*|stroke-miterlimit|cursor")
_DEFAULTS = {("opacity", "1"), ("text-anchor", "start"), ("stroke-width", "1"), ("transform", "translate(0,0)")}
_INHERITED = (
    "fill",
    "stroke",
    "stroke-width",
    "font-weight",
    "text-anchor",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
)


def colour(name: str) -> str:
    """A colour of the theme that pages may set: a custom property, with its light-mode value."""
    return f"var(--chart-{name}, {COLOURS[f'--chart-{name}']})"


def text_width(text: str, size: int = SIZE, bold: bool = False) -> float:
    """The room in px that ``text`` takes in the widest of the common sans-serif fonts, DejaVu Sans."""
    narrow, wide = "fijlrt.,:;’'|!()[]- ", "mwMW%@…"
    em = sum(0.38 if c in narrow else 0.95 if c in wide else 0.64 for c in text)
    return size * em * (1.1 if bold else 1)


def wrap(text: str, width: float, size: int = SIZE) -> list[str]:
    """``text`` in lines of at most ``width`` px; a word that is wider stands alone, and what is no word is cut."""
    rows = [""]
    fits = max(1, int(width / text_width("o", size)))
    words = (w for word in text.split() for w in ([word] if len(word) <= _WORD else _cut(word, fits)))
    for word in words:
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and text_width(longer, size) > width:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def _cut(word: str, length: int) -> Iterator[str]:
    return (word[start : start + length] for start in range(0, len(word), length))


def clean(svg: str, prefix: str) -> str:
    """vl-convert's SVG without fixed size, background, English texts and dead weight; ids start with ``prefix``.

    Raises ValueError for markup with a document type or entities: vl-convert writes none.
    """
    if "<!" in svg:
        raise ValueError("SVG with a document type or entities is not accepted")
    root = ET.fromstring(svg)
    for child in root.findall("{*}rect"):
        root.remove(child)  # the background
    ids = {e.get("id"): f"{prefix}-{e.get('id')}" for e in root.iter() if e.get("id")}
    _strip(root, ids)
    sizes = Counter(e.get("font-size") for e in root.iter("text"))
    common = min(sizes, key=lambda size: (-sizes[size], size), default=str(SIZE))
    for element in root.iter("text"):
        if element.get("font-size") == common:
            del element.attrib["font-size"]
    _hoist(root)
    box = root.get("viewBox")
    root.attrib = {"viewBox": box, "font-size": common, "font-family": _PAGE_FONT}
    text = ET.tostring(root, encoding="unicode").replace(" />", "/>")
    return text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _strip(element: ET.Element, ids: dict[str, str]) -> None:
    """Take from ``element`` and all below it whatever shows nothing."""
    element.tag = element.tag.rpartition("}")[2]
    kept: dict[str, str] = {}
    for name, value in element.attrib.items():
        name = name.rpartition("}")[2]
        if name in _NUMERIC:
            value = _NUMBER.sub(_short, value).removesuffix("px")
        for old, new in ids.items():
            value = new if name == "id" and value == old else value.replace(f"#{old})", f"#{new})")
            value = f"#{new}" if name == "href" and value == f"#{old}" else value
        needless = _NEEDLESS.fullmatch(name) or (name, value) in _DEFAULTS
        if not needless and not (element.tag == "line" and value == "0"):
            kept[name] = value
    if "stroke" not in kept:
        kept.pop("stroke-width", None)
    element.attrib = kept
    children = []
    for child in element:
        _strip(child, ids)
        bare = child.tag == "g" and not child.attrib
        if bare:
            children += child
        elif not _invisible(child):
            children.append(child)
    element[:] = children


def _short(match: re.Match) -> str:
    """A number with at most one decimal: a tenth of a pixel."""
    text = f"{round(float(match[0]), 2 if abs(float(match[0])) < 1 else 1):g}"
    return "0" if text == "-0" else text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _invisible(element: ET.Element) -> bool:
    if element.tag in ("g", "text"):
        return len(element) == 0 and not (element.text or "").strip()
    if element.tag != "path":
        return False
    painted = {element.get("fill", "none"), element.get("stroke", "none")} - {"none", "transparent"}
    return not element.get("d") or not painted or element.get("display") == "none"


def _hoist(element: ET.Element) -> None:
    """Say once on a group what all in it, or some in a row, say."""
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
    for name in _INHERITED:
        values = {child.get(name) for child in group}
        if len(group) > 1 and len(values) == 1 and None not in values:
            group.set(name, values.pop())
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
        f"{head} {naming}><title id={quoteattr(f'{id}-title')}>{_xml(title)}</title>"
        f"<desc id={quoteattr(f'{id}-desc')}>{_xml(description)}</desc>{body}"
    )


def spark(points: list[tuple[int, float]], breaks: list[tuple[int, int, str]]) -> str:
    """A line without axes through (year, value), as large as two lines of text, with a dot at its end.

    Between the two years of a break it is dashed when the kind is noted, and absent when it is full. It says nothing
    to a screen reader: the sentence beside it does.
    """
    width, height, edge = 160, 40, 5
    (first, *_), (last, *_) = points[0], points[-1]
    values = [value for _, value in points]
    low, high = min(values), max(values)

    def at(year: int, value: float) -> str:
        x = edge + (year - first) / ((last - first) or 1) * (width - 2 * edge)
        y = height - edge - (value - low) / ((high - low) or 1) * (height - 2 * edge)
        return f"{x:g},{y:.1f}"

    strokes = []
    for (one, a), (two, b) in pairwise(points):
        kinds = {kind for start, end, kind in breaks if one <= start and end <= two}
        if "full" not in kinds:
            dashed = ' stroke-dasharray="3 3"' if kinds else ""
            strokes.append(f'<path d="M{at(one, a)}L{at(two, b)}"{dashed}/>')
    x, y = at(*points[-1]).split(",")
    return (
        f'<svg class="spark" viewBox="0 0 {width} {height}" aria-hidden="true" focusable="false">'
        f'<g fill="none" stroke="{colour("1")}" stroke-width="2" stroke-linecap="round">{"".join(strokes)}</g>'
        f'<circle cx="{x}" cy="{y}" r="4" fill="{colour("1")}"/></svg>'
    )


def standalone(payload: dict, *, title: str) -> str:
    """The wide chart as a file of its own: real colours, title, notes and source inside the picture."""
    margin, small = 24, 11
    svg = _with_real_colours(payload["svg"]["wide"])
    width, height = size(svg)
    heading = wrap(title, 0.9 * width, 16)
    source = f"{words_in(payload['language']).charts['source']}: {'; '.join(payload['sources'])}."
    below = [line for note in (*payload["notes"], source) for line in wrap(note, width, small)]
    top = margin + 21 * len(heading) + 10
    bottom = top + height + 24
    total = (width + 2 * margin, bottom + 15 * len(below) + margin - 15)

    def set_text(lines: list[str], y: float, line: int, style: str) -> str:
        spans = "".join(
            f'<tspan x="{margin}" y="{y + i * line:g}">{_xml(text)}</tspan>' for i, text in enumerate(lines)
        )
        return f"<text {style}>{spans}</text>"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total[0]:g}" height="{total[1]:g}" '
        f'viewBox="0 0 {total[0]:g} {total[1]:g}" font-family="{_FILE_FONT}">',
        f'<rect width="100%" height="100%" fill="{COLOURS["--chart-surface"]}"/>',
        set_text(heading, margin + 14, 21, f'font-size="16" font-weight="bold" fill="{COLOURS["--chart-text"]}"'),
        svg.replace("<svg ", f'<svg x="{margin}" y="{top:g}" width="{width:g}" height="{height:g}" ', 1),
        set_text(below, bottom, 15, f'font-size="{small}" fill="{COLOURS["--chart-muted"]}"'),
        "</svg>",
    ]
    naming = {"title": title, "description": payload["summary"], "language": payload["language"]}
    return described("".join(parts), id=payload["name"], **naming) + "\n"


def social(payload: dict, *, title: str, caption: str, site: str, card: tuple[int, int]) -> str:
    """A picture of ``card`` px that stands for a page where a link to it is shared.

    Title and caption on the left, the width of the chart that can stand largest on the right, the source below.
    """
    width, height = card
    margin, foot = 56, 84

    def scale_of(drawing: str) -> float:
        across, up = size(drawing)
        return min((width / 2 - margin) / across, (height - foot - margin) / up)

    drawing = max((_with_real_colours(drawing) for drawing in payload["svg"].values()), key=scale_of)
    scale, (across, up) = scale_of(drawing), size(drawing)
    left = width - margin - across * scale
    ink, quiet = COLOURS["--chart-text"], COLOURS["--chart-muted"]
    source = f"{site}. {words_in(payload['language']).charts['source']}: {'; '.join(payload['sources'])}."
    y, texts = float(margin), []
    for text, font, lines, fill in ((title, 50, 3, ink), (caption, 28, 7, ink)):
        for line in _clip(text, left - 2 * margin, font, lines):
            y += 1.25 * font
            texts.append(_line(line, margin, y, font, fill))
        y += 24
    credit = _clip(source, width - 2 * margin, 20, 2)
    texts += [_line(line, margin, height - 36 - 26 * i, 20, quiet) for i, line in enumerate(reversed(credit))]
    chart = f'<svg x="{left:g}" y="{margin:g}" width="{across * scale:g}" height="{up * scale:g}" '
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{_FILE_FONT}"><rect width="100%" height="100%" fill="{COLOURS["--chart-surface"]}"/>'
        f'<rect width="100%" height="12" fill="{COLOURS["--chart-1"]}"/>{"".join(texts)}'
        f"{drawing.replace('<svg ', chart, 1)}</svg>"
    )


def _clip(text: str, width: float, font: int, most: int) -> list[str]:
    """``text`` in at most ``most`` lines; an ellipsis says that there is more."""
    lines = wrap(text, width, font)
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1].rstrip(" ,;:.") + "…"]


def _line(text: str, x: float, y: float, font: int, fill: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{font}" fill="{fill}">{_xml(text)}</text>'


def picture(payload: dict) -> str:
    """The wide chart in its own size, for Jupyter and for the executed notebooks."""
    svg = _with_real_colours(payload["svg"]["wide"])
    width, height = size(svg)
    sized = f'<svg width="{width:g}" height="{height:g}" style="background:{COLOURS["--chart-surface"]}" '
    naming = {"title": payload["name"], "description": payload["summary"], "language": payload["language"]}
    return described(svg.replace("<svg ", sized, 1), id=f"{payload['name']}-output", **naming)


def size(svg: str) -> tuple[float, float]:
    """Width and height in px."""
    return tuple(float(part) for part in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())


def png(svg: str, scale: int = 2) -> bytes:
    """A stand-alone SVG as PNG, ``scale`` pixels for each of its own."""
    return renderer.png(svg, scale)


def _with_real_colours(svg: str) -> str:
    """For a picture outside a page, where nothing sets the custom properties."""
    return re.sub(r"var\(--chart-[a-z0-9]+, (#[0-9a-f]{6})\)", r"\1", svg).replace(_PAGE_FONT, _FILE_FONT)


def _xml(text: str) -> str:
    """``text`` escaped, without the control characters that XML cannot hold."""
    return escape(re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text))
