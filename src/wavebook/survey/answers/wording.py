"""The texts of questions and labels as they are compared: without what makes no difference to who is asked."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

_SAME = {ord(c): '"' for c in "“”„«»"} | {ord(c): "'" for c in "‘’‚`´"} | {ord(c): "-" for c in "‐‑‒–—"}
_BREAK = re.compile(r"</?(?:br|center|div|h[1-6]|hr|li|ol|p|table|tbody|td|th|tr|ul)\b[^<>]*>", re.IGNORECASE)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|big|em|font|i|img|small|span|strong|sub|sup|u)\b[^<>]*>|<[a-z/][^<>]*$", re.IGNORECASE
)
# What a program for questionnaires fills in for each respondent: ${q://QID1/Choice}, [% q1 %], {{ name }}, {Q1.label},
# ^f('q1')^, %%naam%%, [[Q1]].
_PIPED = re.compile(
    r"\$\w?\{[^{}]*\}|\[%.*?%\]|\{\{.*?\}\}|\{[A-Za-z_][\w.:/]*\}|\^\w+(?:\([^()]*\))?\.?\w*(?:\([^()]*\))?\^"
    r"|%%[^%\s]+%%|\[\[[^\[\]]*\]\]"
)
_CUT = range(250, 257)  # bytes: SPSS keeps 256 of a text, others 255, and a letter is not halved
_LONG = 230  # characters that two texts of which one was cut have in common at least
_CODE_WORDS = frozenset(
    "vraag vragen antwoord kolom item items question questions answer column variable frage spalte antwort code "
    "réponse reponse colonne stelling statement field veld".split()
)


@lru_cache(maxsize=100_000)
def folded(text: str) -> str:
    """A text for comparison: case, spaces, forms of quotes and dashes, a final stop, and markup do not count.

    >>> folded("Hoe <b>tevreden</b> bent u&nbsp;over ${q://QID1/Choice}?")
    'hoe tevreden bent u over …'
    """
    plain = html.unescape(_PIPED.sub("…", _INLINE.sub("", _BREAK.sub(" ", text))))
    plain = unicodedata.normalize("NFKC", plain.translate(_SAME)).casefold().replace("...", "…")
    return " ".join(plain.split()).rstrip(" .:?!")


def is_cut(text: str) -> bool:
    """Tell whether a text is so long that a program may have cut it off: SPSS does at 256 bytes."""
    return len(text.encode()) in _CUT or len(text) in _CUT


def key_of(text: str) -> str:
    """The part of a text that it shares with the same text where that is cut off.

    >>> key_of("Hoe oud bent u?"), len(key_of("lang " * 60))
    ('hoe oud bent u', 230)
    """
    return folded(text)[:_LONG].rstrip() if len(text) >= _CUT.start else folded(text)


def is_same(one: str, other: str) -> bool:
    """Tell whether two texts are the same question, as far as both go: one of them may be cut off."""
    short, long = sorted((one, other), key=len)
    if folded(short) == folded(long):
        return True
    return is_cut(short) and len(key_of(short)) > _LONG // 2 and folded(long).startswith(folded(short))


def says_what(name: str) -> bool:
    """Tell whether the name of a column says by itself what it holds: one with a number in it may be another's later.

    >>> says_what("leeftijd"), says_what("v11"), says_what("tevreden_3"), says_what("vraag")
    (True, False, False, False)
    """
    words = re.findall(r"[^\W\d_]{4,}", name.casefold())
    return not re.search(r"\d", name) and any(word not in _CODE_WORDS for word in words)
