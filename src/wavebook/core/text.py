"""Text that people write and others read: decoded, and without what nobody sees; faults name their line."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

from wavebook.core import files
from wavebook.core.problems import Problem, at_line, fail
from wavebook.core.unseen import REWRITE, every, unseen

_MOST = 20  # characters of which the line is told
_HALF = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?|\n")


class NotTextError(ValueError):
    """Error that the content of a file is not text; ``found`` says why, and ``line`` where."""

    def __init__(self, found: str, line: int, action: str):
        super().__init__(f"{found}, on line {line}")
        self.found, self.line, self.action = found, line, action


def decoded(content: bytes, again: str = "Save the file again as UTF-8.") -> str:
    """Decode the content of a file, with or without a byte order mark.

    Raises NotTextError where it is not UTF-8, for which ``again`` says what to do, or holds a character that nobody
    sees.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        whole = error.object[: error.start].decode("utf-8")
        raise NotTextError("is not UTF-8", _line(whole), again) from None
    if found := unseen(text):
        raise NotTextError(f"holds {found.said}{_further(text)}", _line(text[: found.at]), REWRITE)
    return text


def _further(text: str) -> str:
    """The other lines with such a character, so that all can be mended at once; empty if there are none."""
    lines = list(dict.fromkeys(_line(text[:at]) for at in islice(every(text), _MOST)))[1:]
    return f"; there are more, on line {', '.join(map(str, lines))}" if lines else ""


def _line(before: str) -> int:
    """The number of the line on which a text ends."""
    return len(_LINE_END.findall(before)) + 1


def read(
    path: Path,
    place: str,
    code: str,
    *,
    most: int = files.TEXT,
    again: str = "Save the file again as UTF-8.",
    restore: str = "Restore it.",
) -> str:
    """Read the text of a file that has at most ``most`` bytes.

    Raises ProblemsError with ``code``: at its line where it is not text (``again`` says what to do), at ``place`` where
    it is missing or cannot be read (``restore`` says what to do).
    """
    try:
        return decoded(files.read(path, most), again)
    except NotTextError as error:
        fail(Problem(code, at_line(place, error.line), error.found, error.action))
    except FileNotFoundError:
        fail(Problem(code, place, "the file is missing", restore))
    except OSError as error:
        fail(Problem(code, place, f"cannot be read: {error.strerror}", restore))


def legible(text: str) -> str:
    """The text with the sign of a lost letter for each half of one (a lone surrogate), which no file can hold.

    >>> legible("\\ud83d!")
    '\ufffd!'
    """
    return _HALF.sub("\ufffd", text)


def capital(text: str) -> str:
    """The text with a capital at its start, the rest as it is.

    >>> capital("iedereen met DigiD")
    'Iedereen met DigiD'
    """
    return text[:1].upper() + text[1:]
