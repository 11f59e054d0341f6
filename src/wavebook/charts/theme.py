"""The look of charts: their colours, the width of text, and its line breaks."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

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
    # A ramp from little to much, and the text on each of its steps: contrast 5.4 or more, 1.4 or more between steps.
    "--chart-ramp-1": "#dfeef9",
    "--chart-ramp-2": "#a5cdeb",
    "--chart-ramp-3": "#69a6d1",
    "--chart-ramp-4": "#256fa0",
    "--chart-ramp-5": "#02436b",
    "--chart-ramp-text-1": "#1b232b",
    "--chart-ramp-text-2": "#1b232b",
    "--chart-ramp-text-3": "#1b232b",
    "--chart-ramp-text-4": "#ffffff",
    "--chart-ramp-text-5": "#ffffff",
    # From one end of a scale through its middle to the other: no two equally light (1.3 or more apart).
    "--chart-minus-3": "#4c1500",
    "--chart-minus-2": "#8e3a0d",
    "--chart-minus-1": "#e49f6e",
    "--chart-zero": "#edebe5",
    "--chart-plus-1": "#add2ed",
    "--chart-plus-2": "#266aa8",
    "--chart-plus-3": "#043f70",
    "--chart-on-side": "#ffffff",
}
STEPS = 5  # of the ramp
SIDES = {  # the colour of text on each
    "minus-3": "on-side",
    "minus-2": "on-side",
    "minus-1": "text",
    "zero": "text",
    "plus-1": "text",
    "plus-2": "on-side",
    "plus-3": "on-side",
}
SIZE = 13  # px; the same in both variants, so a phone scales nothing
LINE = 16  # px from line to line
_WORD = 40  # characters: longer words are not in use
PAGE_FONT = "var(--font-sans, system-ui, sans-serif)"
FILE_FONT = "'Liberation Sans', Arial, Helvetica, sans-serif"


def colour(name: str) -> str:
    """A colour of the theme that pages may set: a custom property, with its light-mode value."""
    return f"var(--chart-{name}, {COLOURS[f'--chart-{name}']})"


def text_width(text: str, size: int = SIZE, bold: bool = False) -> float:
    """The width in px of ``text`` in the widest of the common sans-serif fonts, DejaVu Sans."""
    narrow, wide = "fijlrt.,:;’'|!()[]- ", "mwMW%@…"
    em = fsum(0.38 if c in narrow else 0.95 if c in wide else 0.64 for c in text)
    return size * em * (1.1 if bold else 1)


def wrap(text: str, width: float, size: int = SIZE, *, tight: bool = False) -> list[str]:
    """``text`` in lines of at most ``width`` px; a wider word stands alone, and a string too long for a word is cut.

    Where it is ``tight``, a wider word is cut too.
    """
    rows = [""]
    fits = max(1, int(width / text_width("o", size)))
    words = (
        part
        for word in text.split()
        for part in (_cut(word, fits) if len(word) > _WORD or (tight and text_width(word, size) > width) else [word])
    )
    for word in words:
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and text_width(longer, size) > width:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def _cut(word: str, length: int) -> Iterator[str]:
    return (word[start : start + length] for start in range(0, len(word), length))
