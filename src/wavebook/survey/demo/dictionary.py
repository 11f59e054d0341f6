"""Multiple response sets in the dictionary of an SPSS file, which pyreadstat reads and does not write."""

from __future__ import annotations

import struct
from collections.abc import Mapping


def with_sets(content: bytes, sets: Mapping[str, tuple[str, list[str]]]) -> bytes:
    """A .sav with multiple response sets: record 7, subtype 7, before the end of the dictionary.

    pyreadstat reads them but does not write them. Layout: PSPP, System File Format, section Multiple Response Sets.
    """
    text = b""
    for name, (label, columns) in sets.items():
        words = label.encode()
        text += b"$%b=D1 1 %d %b %b\n" % (name.encode(), len(words), words, " ".join(columns).encode())
    if not text:
        return content
    end = _end_of_dictionary(content)
    return content[:end] + struct.pack("<4i", 7, 7, 1, len(text)) + text + content[end:]


def _end_of_dictionary(content: bytes) -> int:
    """The position of record 999, found by walking the records before it."""

    def number(at: int) -> int:
        return struct.unpack_from("<i", content, at)[0]

    at = 176
    while (kind := number(at)) != 999:
        if kind == 2:  # variable: label, then missing values
            label, missing, at_label = number(at + 8), number(at + 12), at + 32
            at = at_label + (4 + -(-number(at_label) // 4) * 4 if label else 0) + 8 * abs(missing)
        elif kind == 3:  # value labels
            count, at = number(at + 4), at + 8
            for _ in range(count):
                at += 8 + -(-(1 + content[at + 8]) // 8) * 8
        elif kind == 4:  # the variables that these are for
            at += 8 + 4 * number(at + 4)
        elif kind == 6:  # notes
            at += 8 + 80 * number(at + 4)
        elif kind == 7:
            at += 16 + number(at + 8) * number(at + 12)
        else:
            raise ValueError(f"record {kind} at byte {at} is not of an SPSS dictionary")
    return at
