"""What a reader of workbooks does not tell: errors, formulas without a result, and numbers shown as percentages."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from wavebook.survey.files import limits
from wavebook.survey.files.errors import UNCOMPUTED
from wavebook.survey.files.unpacking import parse

_BLOCK = 1 << 20
_LONGEST = 100  # letters of a number, or of an error
_PERCENT = {9, 10}  # formats that every workbook has: 0% and 0.00%

Place = tuple[int, int]  # row and column, from 0
ByRow = dict[int, list[tuple[int, str | None]]]


@dataclass
class Marks:
    """Places of cells in a sheet: the text of those with an error, and those that are shown as percentages."""

    errors: dict[Place, str] = field(default_factory=dict)
    percent: set[Place] = field(default_factory=set)

    def by_row(self) -> ByRow:
        """The marked columns of each row, with the text of an error, or None for a percentage."""
        rows: ByRow = {}
        for (row, column), text in self.errors.items():
            rows.setdefault(row, []).append((column, text))
        for row, column in self.percent:
            rows.setdefault(row, []).append((column, None))
        return rows


def marks_of(path: Path, sheet: str) -> Marks:
    """The marks of a sheet; none where its part is not found, as in a workbook by another maker."""
    found = Marks()
    with zipfile.ZipFile(path) as archive:
        part = part_of(archive, sheet)
        if part is None:
            return found
        percent = _percent_styles(archive)
        if holds(archive, part, b't="e"', b"<f", *([b' s="'] if percent else [])):
            with archive.open(part) as content:
                _collect(content, percent, found)
    return found


def holds(archive: zipfile.ZipFile, part: str, *signs: bytes) -> bool:
    """Tell whether a part holds one of these bytes: most sheets hold numbers and texts alone."""
    rest, length = b"", max(map(len, signs))  # as one may begin in a block and end in the next
    with archive.open(part) as content:
        while block := content.read(_BLOCK):
            if any(sign in rest + block for sign in signs):
                return True
            rest = (rest + block)[-length:]
    return False


def part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The name of the part that holds a sheet."""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}
    for name, attributes in elements(archive, "xl/workbook.xml"):
        if name == "sheet":
            ids[attributes.get("name", "")] = next((v for k, v in attributes.items() if k.endswith(":id")), "")
    for name, attributes in elements(archive, "xl/_rels/workbook.xml.rels"):
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")
    target = targets.get(ids.get(sheet, ""))
    if not target:
        return None
    whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    return next((name for name in archive.namelist() if name.lower() == whole.lower()), None)


def parts_named(archive: zipfile.ZipFile) -> set[str]:
    """The file names, in small letters, of the parts that a workbook says are its sheets and texts."""
    return {
        attributes.get("Target", "").rpartition("/")[2].lower()
        for _, attributes in elements(archive, "xl/_rels/workbook.xml.rels")
        if attributes.get("Type", "").lower().endswith(("/worksheet", "/sharedstrings"))
    }


def _percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """The numbers of styles that show a number as a percentage."""
    formats = {str(number) for number in _PERCENT}
    styles: set[str] = set()
    number, within = 0, False
    for name, attributes in elements(archive, "xl/styles.xml"):
        if name == "numFmt":
            bare = re.sub(r'"[^"]*"|\\.', "", attributes.get("formatCode", ""))
            formats |= {attributes.get("numFmtId", "")} if "%" in bare else set()
        elif name in ("cellXfs", "cellStyles", "dxfs"):
            within = name == "cellXfs"
        elif name == "xf" and within:
            styles |= {str(number)} if attributes.get("numFmtId") in formats else set()
            number += 1
    return styles


def elements(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The elements of a part, each by its name and attributes; none where there is no such part."""
    name = next((name for name in archive.namelist() if name.lower() == part.lower()), None)
    found: list[tuple[str, dict[str, str]]] = []
    letters = 0

    def keep(tag: str, attributes: dict[str, str]) -> None:
        nonlocal letters
        found.append((tag, attributes))
        letters += sum(map(len, attributes.values()))
        if letters > limits.DICTIONARY:
            raise OSError(f"its part {part} takes more than {limits.DICTIONARY // 10**6} MB")
        if len(found) > limits.ELEMENTS:
            raise OSError(f"its part {part} has more than {limits.ELEMENTS:,} elements")

    if name is not None:
        with archive.open(name) as content:
            parsed(content, keep)
    return iter(found)


def parsed(
    content: IO[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] = lambda _: None,
    text: Callable[[str], None] = lambda _: None,
) -> None:
    """Parse a part, and call these functions with names that have lost their prefix."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    parse(parser, content)


def _refuse(*_: object) -> None:
    raise OSError("it declares a document type, as no workbook does")


def _collect(content: IO[bytes], percent: set[str], found: Marks) -> None:
    row = column = -1
    kind = style = ""
    formula = False
    said: list[str] | None = None
    value = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, kind, style, formula, said, value
        match name:
            case "row":
                row, column = int(attributes.get("r", row + 2)) - 1, -1
            case "c":
                at = re.fullmatch("([A-Z]{1,3})([0-9]+)", attributes.get("r", ""))
                column = column_number(at[1]) if at else column + 1
                row = int(at[2]) - 1 if at else row
                kind, style, formula, value = attributes.get("t", "n"), attributes.get("s", ""), False, ""
            case "f":
                formula = True
            case "v":
                said = []

    def end(name: str) -> None:
        nonlocal said, value
        if name == "v":
            value, said = "".join(said or ()), None
        elif name == "c":
            if len(found.errors) + len(found.percent) > limits.MARKED:
                raise OSError(f"more than {limits.MARKED:,} of its cells are percentages or hold an error")
            if kind == "e":
                found.errors[row, column] = value or UNCOMPUTED
            elif formula and not value and kind != "str":
                found.errors[row, column] = UNCOMPUTED
            elif kind == "n" and value and style in percent:
                found.percent.add((row, column))

    def text(letters: str) -> None:
        if said is not None:
            said.append(letters[:_LONGEST])

    parsed(content, start, end, text)


def column_number(letters: str) -> int:
    """The number of a column, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
