"""Downloads of a table that is too large to make in memory: CSV, workbook and Parquet, written part by part."""

from __future__ import annotations

import io
import json
import math
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape

import numpy as np

from wavebook.core import hashes, outputs, parquet
from wavebook.core.files import write_whole, writing
from wavebook.core.writing import as_text, csv_lines
from wavebook.figures import COLUMNS, Figures
from wavebook.figures.rows import Rows

LARGE = 20_000
"""From so many figures on a table is written part by part."""
MOST_SERIES = 10_000
"""The most figures of a series that has a JSON file: one line a number, it is five times as large as the CSV."""
SHEET = 1_048_575
"""The most figures on a sheet: Excel has one row more, for the names of the columns."""
_PART = 20_000
_SHEET_DATA = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)


class Made:
    """What the downloads of the last build were made from, as kept in a file; ``code`` stands for all but figures."""

    def __init__(self, kept: Path, code: str):
        self.kept, self.code = kept, code

    def is_there(self, folder: Path, figures: Figures) -> bool:
        """Tell whether ``folder`` holds, as they were written, the downloads of these figures."""
        with suppress(OSError, ValueError):
            return json.loads(self.kept.read_bytes()) == self._state(folder, figures)
        return False

    def note(self, folder: Path, figures: Figures) -> None:
        """Keep that ``folder`` holds them now."""
        write_whole(self.kept, json.dumps(self._state(folder, figures)).encode())

    def _state(self, folder: Path, figures: Figures) -> list[object]:
        return [hashes.of(f"{self.code}\0{figures!r}\0{figures.rows.digest}"), outputs.listing(folder)]


def contents(figures: Figures, name: str) -> list[Any]:
    """What the codes of a column of words stand for in a table that readers get."""
    values = figures.rows.words[name].values
    if name == "population":
        return [value or figures.definitions.population for value in values]
    if name == "wave":
        return [figures.definitions.plain(value) for value in values]
    return [value.name for value in values] if name == "unit" else list(values)


def examples(rows: Rows) -> Rows:
    """Rows with each indicator, source, segment, and wave with a status: enough to explain the whole table."""
    words = rows.words
    pairs = (("wave", "status"), ("segment_by", "segment"))
    kinds = [words["indicator"].codes, words["source"].codes]
    kinds += [words[one].codes.astype(np.int64) * len(words[two].values) + words[two].codes for one, two in pairs]
    first = [np.unique(codes, return_index=True)[1] for codes in kinds]
    return rows.take(np.unique(np.concatenate(first)))


def write_tables(folder: Path, figures: Figures) -> None:
    """Write all figures as CSV, and those of each wave and each indicator."""
    rows = figures.rows
    texts = {name: [_csv(name, value) for value in contents(figures, name)] for name in COLUMNS if name in rows.words}
    head = csv_lines([COLUMNS])
    with ExitStack() as stack:

        def opened(name: object) -> IO[bytes]:
            file = stack.enter_context(writing(folder / f"{name}.csv"))
            file.write(head.encode())
            return file

        whole = opened("figures")
        parts = {
            name: [(code, opened(rows.words[name].values[code])) for code in np.unique(rows.words[name].codes).tolist()]
            for name in ("wave", "indicator")
        }
        for start in range(0, len(rows), _PART):
            some = slice(start, start + _PART)
            columns = [_cells(rows, name, some, texts) for name in COLUMNS]
            lines = np.array([",".join(row) for row in zip(*columns, strict=True)], object)
            whole.write(_joined(lines))
            for name, files in parts.items():
                codes = rows.words[name].codes[some]
                for code, file in files:
                    own = lines[codes == code]
                    file.write(_joined(own) if len(own) else b"")


def _csv(name: str, value: object) -> str:
    return csv_lines([[as_text(str(value)) if name == "locator" else value, ""]])[: -len(",\n")]


def _cells(rows: Rows, name: str, some: slice, texts: Mapping[str, list[str]]) -> list[str]:
    if name in texts:
        return [texts[name][code] for code in rows.words[name].codes[some].tolist()]
    numbers = rows.numbers[name][some].tolist()
    return ["" if math.isnan(x) else str(int(x)) if name == "n" else repr(x) for x in numbers]


def _joined(lines: np.ndarray) -> bytes:
    return ("\n".join(lines.tolist()) + "\n").encode()


def write_parquet(file: IO[bytes], figures: Figures) -> None:
    """Write all figures as Parquet."""
    rows, columns = figures.rows, []
    for name in COLUMNS:
        if name in rows.words:
            values = contents(figures, name)
            kind: parquet.Kind = "whole" if values and isinstance(values[0], int) else "text"
            columns.append(parquet.Column(name, kind, rows.words[name].codes, values))
        else:
            used, codes = np.unique(rows.numbers[name], return_inverse=True)
            known = used[~np.isnan(used)]  # what is not known comes last
            cells = [int(value) for value in known] if name == "n" else known.tolist()
            codes = np.where(codes < len(known), codes, -1)
            columns.append(parquet.Column(name, "whole" if name == "n" else "number", codes, cells))
    parquet.write(file, columns)


# --- the workbook -----------------------------------------------------------------------------------------


def write_workbook(path: Path, figures: Figures, model: bytes) -> None:
    """Write all figures as a workbook; ``model`` is that of some rows, on as many sheets as the figures take."""
    rows, texts = figures.rows, _Texts()
    with zipfile.ZipFile(io.BytesIO(model)) as given, writing(path) as file:
        texts.read(given.read("xl/sharedStrings.xml"))
        sheets = [f"xl/worksheets/sheet{1 + number}.xml" for number in range(sheets_of(figures))]
        with zipfile.ZipFile(file, "w") as made:
            for info in given.infolist():
                content, start = given.read(info), 0
                named = zipfile.ZipInfo(info.filename, info.date_time)
                named.compress_type = zipfile.ZIP_DEFLATED  # not taken over from the workbook
                with made.open(named, "w", force_zip64=True) as entry:
                    if info.filename in sheets:
                        start = sheets.index(info.filename) * SHEET
                        _write_sheet(entry, content, figures, range(start, min(start + SHEET, len(rows))), texts)
                    elif info.filename == "xl/workbook.xml":
                        entry.write(_filters(content, len(rows)))
                    elif info.filename == "xl/sharedStrings.xml":
                        entry.write(texts.written(figures))
                    else:
                        entry.write(content)


def sheets_of(figures: Figures) -> int:
    """The number of sheets that the figures take."""
    return max(math.ceil(len(figures) / SHEET), 1)


class _Texts:
    """The texts of a workbook, which cells name by number."""

    def read(self, content: bytes) -> None:
        """Take over those that are there."""
        self.content = content
        self.count = len(re.findall(rb"<si>", content))
        self.start: dict[str, int] = {}

    def number(self, figures: Figures, name: str) -> int:
        """The number of the first content of a column; those of all columns follow each other."""
        at = self.count
        for column in COLUMNS:
            if column == name:
                return at
            at += len(contents(figures, column)) if column in figures.rows.words else 0
        raise KeyError(name)

    def written(self, figures: Figures) -> bytes:
        """Those that were there and the contents of all columns."""
        named = [name for name in COLUMNS if name in figures.rows.words]
        more = [str(value) for name in named for value in contents(figures, name)]
        made = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in more).encode()
        content = re.sub(rb' count="\d+" uniqueCount="\d+"', b"", self.content, count=1)
        return content.replace(b"</sst>", made + b"</sst>")


def _write_sheet(entry: IO[bytes], model: bytes, figures: Figures, of: range, texts: _Texts) -> None:
    """A sheet with these figures, the names of columns and the forms of values as in the model."""
    data = _SHEET_DATA.search(model)
    if data is None:
        raise ValueError("the model has no rows")
    last = f"{chr(ord('A') + len(COLUMNS) - 1)}{len(of) + 1}".encode()
    before, after = (re.sub(rb'ref="A1:[A-Z]+\d+"', b'ref="A1:' + last + b'"', x) for x in model.split(data[0], 1))
    entry.write(before + b"<sheetData>" + data[0].removeprefix(b"<sheetData>").partition(b"</row>")[0] + b"</row>")
    rows, cells = figures.rows, {}
    for name in COLUMNS:
        if name in rows.words:
            first = texts.number(figures, name)
            cells[name] = [
                f"<c><v>{value}</v></c>" if isinstance(value, int) else f'<c t="s"><v>{first + at}</v></c>'
                for at, value in enumerate(contents(figures, name))
            ]
    style = _styles(data[0], figures)
    for start in range(of.start, of.stop, _PART):
        some = slice(start, min(start + _PART, of.stop))
        columns = [_sheet_cells(rows, name, some, cells, style) for name in COLUMNS]
        entry.write("".join(f"<row>{''.join(row)}</row>" for row in zip(*columns, strict=True)).encode())
    entry.write(b"</sheetData>" + after)


def _sheet_cells(rows: Rows, name: str, some: slice, cells: Mapping[str, list[str]], style: list[str]) -> list[str]:
    if name in cells:
        return [cells[name][code] for code in rows.words[name].codes[some].tolist()]
    numbers = rows.numbers[name][some].tolist()
    if name == "value":
        opened = [style[code] for code in rows.words["indicator"].codes[some].tolist()]
        return ["<c/>" if math.isnan(x) else f"{o}<v>{x!r}</v></c>" for o, x in zip(opened, numbers, strict=True)]
    return ["<c/>" if math.isnan(x) else f"<c><v>{int(x) if name == 'n' else repr(x)}</v></c>" for x in numbers]


def _styles(data: bytes, figures: Figures) -> list[str]:
    """The start of a cell with a value, by indicator, as the model has it; its rows are the examples."""
    column = chr(ord("A") + COLUMNS.index("value")).encode()
    found = re.finditer(rb'<c r="' + column + rb'(\d+)"( s="\d+")?><v>', data)
    style = {int(cell[1]): (cell[2] or b"").decode() for cell in found}
    keys = enumerate(examples(figures.rows), start=2)
    shown = {key.indicator: f"<c{style[row]}>" for row, key in keys if row in style}
    return [shown.get(name, "<c>") for name in figures.rows.words["indicator"].values]


def _filters(content: bytes, count: int) -> bytes:
    """The names of the ranges that can be filtered, with the rows that the sheets of figures have."""
    ends: Iterator[int] = iter(min(count - start, SHEET) + 1 for start in range(0, count, SHEET))

    def longer(match: re.Match[bytes]) -> bytes:
        end = next(ends, None)
        return match[0] if end is None else match[1] + str(end).encode()

    return re.sub(rb"(_FilterDatabase[^<]*\$[A-Z]+\$)\d+", longer, content)
