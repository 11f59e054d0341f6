"""Files of pictures that editors bring: their size on a page, and which are too large for readers."""

from __future__ import annotations

from pathlib import Path

from sphinx.util.images import get_image_size

_BYTES = 2_000_000
_PIXELS = 25_000_000  # a browser needs four bytes for each, however small the file is


def pixels(path: Path) -> tuple[int, int] | None:
    """The width and height of a picture in pixels; None of what is no picture, or does not say so."""
    size = get_image_size(str(path))
    return size if size and min(size) > 0 else None


def excess(path: Path) -> str:
    """What is said of a picture that is too large for readers; empty of any other, and of what is not there."""
    try:
        weight = path.stat().st_size
    except (OSError, ValueError):  # a name that no file can have is one of a file that is not there
        return ""
    if weight > _BYTES:
        return f"weighs {weight / 1e6:.1f} MB, and {_BYTES / 1e6:.0f} is the most"
    width, height = pixels(path) or (0, 0)
    if width * height > _PIXELS:
        return f"is {width:,} × {height:,} pixels, and {_PIXELS / 1e6:.0f} million is the most"
    return ""


def fitting(path: Path, width: str, height: str) -> tuple[str, str]:
    """Width and height of a picture in pixels, in proportion to one of them that is given, so that it has its room
    on a page before it is there; what is given otherwise stays as it is.
    """
    given = [size.removesuffix("px") for size in (width, height)]
    if all(given) or not all(not size or size.isdecimal() for size in given) or not (size := pixels(path)):
        return width, height
    if given[0]:
        return given[0], str(round(int(given[0]) * size[1] / size[0]))
    if given[1]:
        return str(round(int(given[1]) * size[0] / size[1])), given[1]
    return str(size[0]), str(size[1])
