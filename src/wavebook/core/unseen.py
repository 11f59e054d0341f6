"""Characters that no reader sees, or that each font draws in its own way: the one place that decides on them.

They make two names that look alike differ, keep a word from being found, turn the text around them, hide a message, or
cannot be held by XML. So no text that readers see, or that is a key, may have them: Unicode's *control* and *format*
characters, *default ignorables*, line separators, letters without ink, private use, surrogates and noncharacters.

What a language or an emoji is written with stays where it does its work (``_is_needed``): joiners in emoji and in
scripts that join their letters, spaces without width in those that write no spaces, variants of emoji and of Chinese
characters, marks of direction beside writing from right to left. A soft hyphen does not: browsers and printers
hyphenate by the language of a page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

REWRITE = "Remove it: delete the letters on both sides too, and write these again."
"""What to do about such a character, which an editor cannot see either."""

FORMAT = r"\xad\u034f\u061c\u070f\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
"""Characters that take no room, as a regular expression's class has them, for Python and for Polars."""
_ASCII = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
_BEYOND = "".join(
    (
        r"\x80-\x9f",  # controls
        FORMAT,
        r"\U00013430-\U00013440\U0001bca0-\U0001bca3\U0001d173-\U0001d17a",
        r"\u2028\u2029",  # ends of lines that few programs take for one
        r"\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U00016fe4\U0001d159",  # letters and signs without ink
        r"\ufe00-\ufe0f\ufff0-\ufff8\U000e0000-\U000e0fff",  # variation selectors, tags, and what is ignored
        r"\ue000-\uf8ff\U000f0000-\U0010ffff",  # private use
        r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff",  # halves of characters, and what is none
        *(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 15)),
    )
)
_SUSPECT_ASCII, _SUSPECT = re.compile(f"[{_ASCII}]"), re.compile(f"[{_ASCII}{_BEYOND}]")
# Bytes with which one of them never begins in UTF-8: all of ASCII and of the letters of most European languages.
_SAFE = bytes(code for code in range(0x20, 0x100) if code not in (0x7F, 0xC2, 0xCD, 0xD8, 0xDC, *range(0xE1, 0xF5)))

_EMOJI = re.compile("[©®‼⁉™ℹ↔-↪⌚-⏿Ⓜ▪-➿⤴⤵⬅-⭕〰〽㊗㊙\U0001f000-\U0001faff]")
_VARIED = re.compile(r"[\ufe0e\ufe0f]")  # an emoji as text, or in colour
_KEYCAP = "\u20e3"
_FLAGS = tuple(
    f"\U0001f3f4{''.join(chr(0xE0000 + ord(letter)) for letter in region)}\U000e007f"
    for region in ("gbeng", "gbsct", "gbwls")
)
_KHMER = r"\u1780-\u17b3\u17b6-\u17ff"  # but for two vowels without ink
_JOINED = re.compile(  # Arabic to Sinhala, Burmese, Khmer, Mongolian
    rf"[\u0600-\u061b\u061d-\u070e\u0710-\u0dff\u1000-\u109f{_KHMER}\u1820-\u18af]"
)
_UNSPACED = re.compile(rf"[\u0e00-\u0eff\u1000-\u109f{_KHMER}]")  # Thai, Lao, Burmese, Khmer
_MONGOLIAN = re.compile(r"[\u1820-\u18af]")
_DIRECTIONS = ("\u200e", "\u200f", "\u061c")
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_NEAR = 60  # characters on each side of a mark of direction in which a letter that needs it is looked for
_QUOTED = 20  # characters before one that is unseen, by which it can be found


class Unseen(NamedTuple):
    """A character that may not be in a text: its place in it, and what it is, as a message says it after *holds*."""

    at: int
    said: str


def unseen(text: str) -> Unseen | None:
    """The first character of a text that no reader sees; None if there is none.

    >>> unseen("ver\\u200btrouwen").said
    'an invisible character (U+200B, zero width space) after “ver”'
    >>> unseen("Müller’s café – 10 000 €"), unseen("می\\u200cخواهم"), unseen("❤️ 👩‍🚒")
    (None, None, None)
    """
    at = next(every(text), None)
    return None if at is None else Unseen(at, _said(text, at))


def every(text: str) -> Iterator[int]:
    """The places of all characters of a text that no reader sees."""
    pattern = _SUSPECT_ASCII if text.isascii() else _SUSPECT
    return (found.start() for found in pattern.finditer(text) if not _is_needed(text, found.start()))


def may_be_unseen(content: bytes) -> bool:
    """Tell quickly, of text in UTF-8, that ``unseen`` could find something: in most files of figures it cannot."""
    return bool(content.translate(None, _SAFE).strip(b"\t\n\r"))


def visible(text: str) -> str:
    """The text as readers see it: separators of lines as spaces, everything else that is unseen left out.

    >>> visible("ver\\u200btrouwen\\u2028in \\uf0b7de\\u00ad overheid")
    'vertrouwen in de overheid'
    """
    if unseen(text) is None:
        return text
    return _SUSPECT.sub(_instead, text)


def _instead(found: re.Match[str]) -> str:
    if _is_needed(found.string, found.start()):
        return found[0]
    return " " if found[0] in "\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029" else ""


def _is_needed(text: str, at: int) -> bool:
    """Tell whether a character does what it is for, where it stands."""
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    match char:
        case "\u200d":  # joins emoji to one, or letters to each other
            drawn = _EMOJI.match(before) or (_VARIED.match(before) and _EMOJI.match(text[at - 2 : at - 1]))
            return bool((drawn and _EMOJI.match(after)) or _JOINED.match(before))
        case "\u200c":  # keeps letters apart within a word
            return bool(_JOINED.match(before) and _JOINED.match(after))
        case "\u200b":  # where a line may end
            return bool(_UNSPACED.match(before) and _UNSPACED.match(after))
        case "\ufe0e" | "\ufe0f":
            return bool(_EMOJI.match(before)) or (before in tuple("#*0123456789") and after == _KEYCAP)
        case "\u200e" | "\u200f" | "\u061c":
            near = text[max(0, at - _NEAR) : at + _NEAR]
            return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in near if letter not in _DIRECTIONS)
        case "\u180b" | "\u180c" | "\u180d" | "\u180e" | "\u180f":
            return bool(_MONGOLIAN.match(before))
    if "\ufe00" <= char <= "\ufe02" or "\U000e0100" <= char <= "\U000e01ef":
        return bool(_CHINESE.match(before))
    if "\U000e0061" <= char <= "\U000e007f":  # of the flags of England, Scotland and Wales
        start = text.rfind("\U0001f3f4", max(0, at - len(_FLAGS[0])), at)
        return start >= 0 and text.startswith(_FLAGS, start) and at < start + len(_FLAGS[0])
    return False


def _said(text: str, at: int) -> str:
    """What a character is, and where."""
    char = text[at]
    code, kind = f"U+{ord(char):04X}", unicodedata.category(char)
    name = unicodedata.name(char, "").lower()
    if kind == "Cc":
        what = f"a control character ({code})"
    elif kind == "Co":
        what = f"a character that each font draws in its own way ({code})"
    elif kind == "Cs":
        what = f"half a character ({code})"
    else:
        what = f"an invisible character ({', '.join(filter(None, (code, name)))})"
    line = re.split(r"[\r\n]", text[max(0, at - 3 * _QUOTED) : at])[-1]
    told = visible(line).strip()[-_QUOTED:].strip()
    return f"{what} after “{told}”" if told else what
