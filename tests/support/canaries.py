"""A respondent file with a mark in every field, and a search for the marks in all that is made from it.

Nothing in the file is a finding. A mark tells by itself that it is one: letters that no word has, or digits that no
figure has; numbers are found as text and as the bytes of a double.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pyreadstat
import xlsxwriter

ROWS = 240
# Letters for texts, twelve digits for numbers, and decimals that follow the first two for weights.
MARK = re.compile(rb"qzk\w{1,12}vw|731955\d{6}|0?\.\d\d731957\d+", re.IGNORECASE)
PRIVATE = ("respnr", "weegfactor", "opm", "mail", "inkomen")  # columns of which every value is a mark
FORMATS = ("sav", "csv", "parquet", "xlsx")


def text(field: str, row: object = "") -> str:
    """A mark in letters, of one field of one respondent."""
    return f"qzk{field}{row}vw"


def answers() -> pl.DataFrame:
    """The respondents: a few columns that a book declares, and many that it does not."""
    chance = np.random.default_rng(2016)
    row = np.arange(ROWS)
    return pl.DataFrame(
        {
            "respnr": 731955000000.0 + chance.permutation(ROWS),
            "weegfactor": [float(f"{w:.2f}731957{i:03}") for i, w in enumerate(chance.uniform(0.5, 2, ROWS))],
            "regio": (row % 4 + 1).astype(float),
            "thema": np.where(row % 3 == 0, "02", "01"),
            "doelgroep": np.where(row % 4 == 0, "O", "B"),
            "cijfer": chance.integers(4, 10, ROWS).astype(float),
            "antwoord": chance.choice([1.0, 2.0, 3.0, 9.0], ROWS, p=[0.3, 0.4, 0.2, 0.1]),
            "opm": [f"Ik werkte bij {text('opm', i)} en klaagde." for i in row],
            "mail": [f"{text('mail', i)}@voorbeeld.nl" for i in row],
            "inkomen": 731955900000.0 + row,
            text("kolom"): [text("waarde", i) for i in row],
        }
    )


def write(folder: Path, kind: str, frame: pl.DataFrame | None = None) -> Path:
    """The respondents as data/responses/2016.<kind>, with marks in all that a format has beside its cells."""
    frame = answers() if frame is None else frame
    path = folder / "data" / "responses" / f"2016.{kind}"
    path.parent.mkdir(parents=True, exist_ok=True)
    match kind:
        case "sav":
            _write_sav(path, frame)
        case "csv":
            frame.write_csv(path, separator=";")
        case "parquet":
            frame.write_parquet(path, metadata={"comment": text("bestand")})
        case "xlsx":
            _write_xlsx(path, frame)
    return path


def _write_sav(path: Path, frame: pl.DataFrame) -> None:
    codes = {1.0: "ja", 2.0: "nee", 3.0: "misschien", 9.0: f"anders: {text('label')}"}
    labels = {"antwoord": codes, "inkomen": {731955900003.0: text("etiket")}}
    pyreadstat.write_sav(
        frame,
        path,
        file_label=text("titel"),
        note=[text("notitie")],
        column_labels={"cijfer": "Welk cijfer geeft u?", "opm": text("vraag"), "inkomen": text("som")},
        variable_value_labels={name: item for name, item in labels.items() if name in frame.columns},
        missing_ranges={"antwoord": [9.0]} if "antwoord" in frame.columns else {},
    )


def _write_xlsx(path: Path, frame: pl.DataFrame) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"author": text("auteur"), "comments": text("eigenschap")})
        sheet = workbook.add_worksheet("antwoorden")
        for column, name in enumerate(frame.columns):
            sheet.write_column(0, column, [name, *frame[name].to_list()])
        sheet.write_comment("A2", text("opmerking"))
        workbook.add_worksheet(text("blad")).write_string(0, 0, text("cel"))


# --- the search -------------------------------------------------------------------------------------------


def numbers() -> np.ndarray:
    """The marks that are numbers, as the eight bytes of each in both orders: pickle writes the first byte first."""
    frame = answers()
    values = np.concatenate([frame[name].to_numpy() for name in ("respnr", "weegfactor", "inkomen")])
    words = values.view(np.uint64)
    return np.unique(np.concatenate([words, words.byteswap()]))


_NUMBERS = numbers()
# Of the sixteen bits in this place the marks have few: nearly every other word is ruled out by looking them up.
_TELLING = 2
_MAY_BE = np.zeros(1 << 16, bool)
_MAY_BE[_NUMBERS.view(np.uint16)[_TELLING::4]] = True


def found_in(content: bytes) -> list[str]:
    """The marks in some bytes, in letters and digits or as doubles at any place."""
    found = {match.decode() for match in MARK.findall(content)}
    for start in range(8):
        whole = (len(content) - start) // 8
        if whole > 0:
            words = np.frombuffer(content, np.uint64, whole, start)
            words = words[_MAY_BE[words.view(np.uint16)[_TELLING::4]]]
            met = words[_NUMBERS[np.searchsorted(_NUMBERS, words).clip(max=len(_NUMBERS) - 1)] == words]
            found |= {f"bytes {word.tobytes().hex()}" for word in met}
    return sorted(found)


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file as it is, and what is packed in it: members of a zip, texts of a PNG, gzip."""
    yield name, content
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from unpacked(f"{name}!{member}", archive.read(member))
    elif content[:8] == b"\x89PNG\r\n\x1a\n":
        at = 8
        while at < len(content):
            size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
            body = content[at + 8 : at + 8 + size]
            _, _, rest = body.partition(b"\0")
            if kind == b"zTXt":
                yield f"{name}!zTXt", zlib.decompress(rest[1:])
            elif kind == b"iTXt" and rest[:1] == b"\1":
                yield f"{name}!iTXt", zlib.decompress(rest[2:].split(b"\0", 2)[2])
            at += 12 + size
    elif content[:2] == b"\x1f\x8b":
        yield f"{name}!gzip", gzip.decompress(content)


def leaks(*folders: Path, beside: tuple[str, ...] = ("data/responses",)) -> dict[str, list[str]]:
    """The marks in all files below some folders, hidden ones too, but for what lies ``beside`` where it belongs."""
    found = {}
    for folder in folders:
        # os.walk bears with a folder that goes meanwhile: what cleans up after a killed run may be at work.
        for path in sorted(Path(place, name) for place, _, names in os.walk(folder) for name in names):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not name.startswith(beside):
                for part, content in unpacked(name, path.read_bytes()):
                    marks = found_in(content) + found_in(part.encode())
                    if marks:
                        found[f"{folder.name}/{part}"] = marks[:5]
    return found


def in_git(root: Path) -> list[str]:
    """The marks in everything that git keeps of a book."""
    everything = ["git", "cat-file", "--batch-all-objects", "--batch"]
    return found_in(subprocess.run(everything, cwd=root, capture_output=True, check=True).stdout)
