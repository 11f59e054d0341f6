"""Files of a book spoilt by a number: the same number spoils a file in the same way each time."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile

from hostile import BYTES, TOKENS

TEXTS = (".toml", ".md", ".ipynb", ".yml", ".bib", ".csv", ".html", ".js", ".json", "SHA256SUMS")
OTHERS = [
    *(
        "0",
        "-1",
        "1e308",
        "nan",
        "inf",
        "-inf",
        "9" * 25,
        "0.5",
        "1_0",
        '""',
        '" "',
        '"x"',
        "[]",
        "{}",
        "[[]]",
        "{a=1}",
    ),
    *(
        '["x"]',
        "true",
        "null",
        "2014-02-30",
        "2014-01-01",
        "07:32:00",
        '"../../x"',
        '"\\u0000"',
        '"2014"',
        "x",
        "'",
        '"',
    ),
    *(
        "yes",
        "no",
        "missing",
        "blank",
        "total",
        "grade",
        "2014",
        "percent",
        "full",
        "1..5",
        "5..1",
        "..",
        "=1+1",
        "14%",
    ),
]
_VALUE = re.compile(r'"[^"\n]*"|(?<=[=:,\[; ])-?\d[\w.:-]*|\b(?:true|false|null)\b')
_NAME = re.compile(r'[\w.-]+(?=" ?:|: | = |\])')


def spoilt(name: str, good: bytes, seed: int) -> bytes:
    """The file ``name`` with one to three places spoilt; a workbook within its parts as often as from outside."""
    chance = random.Random(f"{name} {seed}")
    content = good
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        if name.endswith(".xlsx") and content == good and chance.random() < 0.7:
            content = _within(content, chance)
        elif name.endswith(TEXTS) and chance.random() < 0.8:
            content = _as_text(content, chance)
        else:
            content = _as_bytes(content, chance)
    return content


def _within(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([*parts])
    parts[name] = _as_text(parts[name], chance) if chance.random() < 0.8 else _as_bytes(parts[name], chance)
    if chance.random() < 0.1:
        del parts[chance.choice([*parts])]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, inside in parts.items():
            archive.writestr(part, inside)
    return out.getvalue()


def _as_bytes(content: bytes, chance: random.Random) -> bytes:
    size = len(content)
    near = chance.choice([size, min(size, 400)])  # a file says at its start and end how it is to be read
    start = chance.randrange(near + 1)
    start = chance.choice([start, size - start])
    end = min(size, start + chance.choice([1, 1, 4, 8, 100]))
    number = struct.pack("<i", chance.choice([-1, 0, 1, 255, 2**31 - 1, -(2**31)]))
    match chance.randrange(6):
        case 0:
            return content[:start]
        case 1:
            return content[:start] + content[end:]
        case 2:
            return content[:end] + content[start:]
        case 3:
            return content[:start] + number + content[start + 4 :]
        case 4:
            return content[:start] + chance.choice(BYTES) + content[end:]
    return content[:start] + chance.randbytes(end - start) + content[end:]


def _as_text(content: bytes, chance: random.Random) -> bytes:
    text = content.decode("utf-8", "replace")
    lines = text.split("\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.choice(["value"] * 6 + ["name"] * 3 + ["token"] * 2 + ["gone", "twice", "swapped", "saved", "cut"]):
        case "value" if found := [*_VALUE.finditer(text)]:
            place = chance.choice(found)
            return _replaced(text, place, chance.choice([*OTHERS, chance.choice(found)[0]]))
        case "name" if found := [*_NAME.finditer(text)]:
            place = chance.choice(found)
            return _replaced(text, place, chance.choice([f"{place[0]}x", chance.choice(found)[0], "", "a b", "é"]))
        case "token":
            start = chance.randrange(len(text) + 1)
            return (text[:start] + chance.choice(TOKENS) + text[start:]).encode("utf-8", "replace")
        case "gone":
            lines[at : at + chance.choice([1, 1, 5])] = []
        case "twice":
            lines[at:at] = lines[at : at + chance.choice([1, 1, 5])]
        case "swapped":
            lines[at], lines[other] = lines[other], lines[at]
        case "saved":
            return text.encode(chance.choice(["utf-16", "utf-16-le", "cp1252", "utf-32", "utf-8-sig"]), "replace")
        case _:
            return text[: chance.randrange(len(text) + 1)].encode("utf-8", "replace")
    return "\n".join(lines).encode("utf-8", "replace")


def _replaced(text: str, place: re.Match[str], new: str) -> bytes:
    return (text[: place.start()] + new + text[place.end() :]).encode("utf-8", "replace")
