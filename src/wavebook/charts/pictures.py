"""Charts as pictures of their own: to download, to share, and beside a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from wavebook.charts import renderer
from wavebook.charts.house import Palette
from wavebook.charts.svg import described, escaped, size, with_real_colours
from wavebook.charts.theme import COLOURS, FILE_FONT, SIZE, wrap


class Imprint(NamedTuple):
    """What a picture says of itself outside its page.

    ``below`` are the lines under the chart: notes, sources in full, address, licence and day.
    """

    headline: str
    subtitle: str
    below: Sequence[str]


def standalone(payload: dict[str, Any], told: Imprint, palette: Palette = COLOURS) -> str:
    """The wide chart as a file of its own: real colours, and the imprint inside the picture."""
    margin, small = 24, 11
    svg = with_real_colours(payload["svg"]["wide"], palette)
    width, height = size(svg)
    heading, under = wrap(told.headline, 0.9 * width, 16), wrap(told.subtitle, width) if told.subtitle else []
    below = [line for text in told.below for line in wrap(text, width, small)]
    top = margin + 21 * len(heading) + 18 * len(under) + 10
    bottom = top + height + 24
    total = (width + 2 * margin, bottom + 15 * len(below) + margin - 15)

    def set_text(lines: list[str], y: float, line: int, style: str) -> str:
        spans = "".join(
            f'<tspan x="{margin}" y="{y + i * line:g}">{escaped(text)}</tspan>' for i, text in enumerate(lines)
        )
        return f"<text {style}>{spans}</text>" if lines else ""

    ink = palette["--chart-text"]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total[0]:g}" height="{total[1]:g}" '
        f'viewBox="0 0 {total[0]:g} {total[1]:g}" font-family="{FILE_FONT}">',
        f'<rect width="100%" height="100%" fill="{palette["--chart-surface"]}"/>',
        set_text(heading, margin + 14, 21, f'font-size="16" font-weight="bold" fill="{ink}"'),
        set_text(under, margin + 14 + 21 * len(heading), 18, f'font-size="{SIZE}" fill="{ink}"'),
        svg.replace("<svg ", f'<svg x="{margin}" y="{top:g}" width="{width:g}" height="{height:g}" ', 1),
        set_text(below, bottom, 15, f'font-size="{small}" fill="{ink}"'),
        "</svg>",
    ]
    naming = {"title": told.headline, "description": payload["summary"], "language": payload["language"]}
    return described("".join(parts), id=payload["name"], **naming) + "\n"


def social(payload: dict[str, Any], told: Imprint, *, card: tuple[int, int], palette: Palette = COLOURS) -> str:
    """A picture of ``card`` px that represents a chart where a link to it is shared.

    Headline and subtitle on the left, the variant of the chart that fits largest on the right, the imprint below.
    """
    width, height = card
    margin, foot = 56, 84

    def scale_of(drawing: str) -> float:
        across, up = size(drawing)
        return min((width / 2 - margin) / across, (height - foot - margin) / up)

    drawing = max((with_real_colours(drawing, palette) for drawing in payload["svg"].values()), key=scale_of)
    scale, (across, up) = scale_of(drawing), size(drawing)
    left = width - margin - across * scale
    ink = palette["--chart-text"]
    y, texts = float(margin), []
    for text, font, lines, fill in ((told.headline, 44, 7, ink), (told.subtitle, 26, 4, ink)):
        for line in _clip(text, left - 2 * margin, font, lines) if text else ():
            y += 1.25 * font
            texts.append(_line(line, margin, y, font, fill))
        y += 24
    credit = _clip(" ".join(told.below), width - 2 * margin, 20, 2)
    texts += [_line(line, margin, height - 36 - 26 * i, 20, ink) for i, line in enumerate(reversed(credit))]
    chart = f'<svg x="{left:g}" y="{margin:g}" width="{across * scale:g}" height="{up * scale:g}" '
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{FILE_FONT}"><rect width="100%" height="100%" fill="{palette["--chart-surface"]}"/>'
        f'<rect width="100%" height="12" fill="{palette["--chart-1"]}"/>{"".join(texts)}'
        f"{drawing.replace('<svg ', chart, 1)}</svg>"
    )


def _clip(text: str, width: float, font: int, most: int) -> list[str]:
    """``text`` in at most ``most`` lines; an ellipsis says that there is more."""
    lines = wrap(text, width, font)
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1].rstrip(" ,;:.") + "…"]


def _line(text: str, x: float, y: float, font: int, fill: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{font}" fill="{fill}">{escaped(text)}</text>'


def picture(payload: dict[str, Any]) -> str:
    """The wide chart in its own size, for Jupyter and for the executed notebooks."""
    svg = with_real_colours(payload["svg"]["wide"])
    width, height = size(svg)
    sized = f'<svg width="{width:g}" height="{height:g}" style="background:{COLOURS["--chart-surface"]}" '
    naming = {"title": payload["name"], "description": payload["summary"], "language": payload["language"]}
    return described(svg.replace("<svg ", sized, 1), id=f"{payload['name']}-output", **naming)


def png(svg: str, scale: int = 2) -> bytes:
    """A stand-alone SVG as PNG, ``scale`` pixels for each px of the SVG."""
    return renderer.png(svg, scale)
