import io
import struct
import zipfile
import zlib

import polars as pl
import pytest
from hostile import in_time
from opened import problems, saved

from wavebook.survey.files import limits
from wavebook.survey.files.opening import open_file
from wavebook.survey.files.unpacking import check_unpacked

PARTS = {"a.xml": b"<a/>", "b.xml": b"<b>" + b" " * 5_000_000 + b"</b>", "c.xml": b""}


def zipped(parts, said=None):
    """A zip file whose list says of some parts that they are shorter than they are."""
    out, listed = io.BytesIO(), []
    for name, content in parts.items():
        told = content[: (said or {}).get(name, len(content))]
        pack = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = pack.compress(content) + pack.flush()
        sizes = (zlib.crc32(told), len(packed), len(told), len(name))
        listed.append((name, sizes, out.tell()))
        out.write(struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, *sizes, 0) + name.encode() + packed)
    start = out.tell()
    for name, sizes, at in listed:
        head = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 33, *sizes, 0, 0, 0, 0, 0, at)
        out.write(head + name.encode())
    size = out.tell() - start
    out.write(struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(listed), len(listed), size, start, 0))
    return out.getvalue()


def checked(folder, content, most=10_000_000, tags=9):
    path = folder / "a.zip"
    path.write_bytes(content)
    with zipfile.ZipFile(path) as archive, in_time(5):
        check_unpacked(path, archive, most, tags)


def test_a_file_that_holds_what_it_says_is_taken(folder):
    checked(folder, zipped(PARTS))


def test_more_tags_than_are_parsed_in_time_are_refused_before_that(folder):
    many = zipped({"a.xml": b"<c><v>1</v></c>" * 500_000})
    checked(folder, many, tags=2_000_000)
    with pytest.raises(OSError, match="more than 1,999,999 tags;"):
        checked(folder, many, tags=1_999_999)


@pytest.mark.parametrize("length", [0, 7, 4_999_999])
def test_a_part_that_is_larger_than_it_says_is_named(folder, length):
    with pytest.raises(OSError, match=r"its part b\.xml is larger than it says"):
        checked(folder, zipped(PARTS, {"b.xml": length}))


def test_parts_that_are_too_large_together_are_refused(folder):
    with pytest.raises(OSError, match="unpacked, it is larger than"):
        checked(folder, zipped(PARTS), 4_000_000)


def test_a_part_packed_as_no_workbook_is_named(folder):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.xml", b"<a/>")
    with pytest.raises(OSError, match=r"its part a\.xml is packed in a way that workbooks are not"):
        checked(folder, content.getvalue())


def parts_of(folder):
    path = saved(folder, "xlsx", pl.DataFrame({"v": [1.0], "w": [1.0]}))
    with zipfile.ZipFile(path) as archive:
        return path, {name: archive.read(name) for name in archive.namelist()}


def test_a_workbook_that_hides_its_size_is_refused(folder):
    path, parts = parts_of(folder)
    texts = "xl/sharedStrings.xml"
    long = {**parts, texts: parts[texts] + b" " * 3_000_000}
    path.write_bytes(zipped(long, {texts: len(parts[texts])}))
    assert problems(open_file, path) == [
        f"W103 data/responses/2016.xlsx: cannot be read: its part {texts} is larger than it says."
    ]


def test_a_sheet_whose_part_has_another_suffix_is_measured_too(folder):
    path, parts = parts_of(folder)
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    for name in [*parts]:
        parts[name] = parts[name].replace(b"sheet1.xml", b"sheet1.dat").replace(b"</sheetData>", cell)
    parts["xl/worksheets/sheet1.dat"] = parts.pop("xl/worksheets/sheet1.xml")
    path.write_bytes(zipped(parts))
    assert "room for 17,179,869,184 cells" in problems(open_file, path)[0]


def sheet(new):
    return "xl/worksheets/sheet1.xml", b"</sheetData>", b"</sheetData>" + new


LARGE = {
    "a text": ("xl/sharedStrings.xml", b"<t>v<", b"<t>" + b"v" * 101 + b"<", "a text in it is longer than 100 letters"),
    "sheets": ("xl/workbook.xml", b"</sheets>", b'<sheet name="a" sheetId="9"/>' * 100 + b"</sheets>", "100 sheets"),
    "merged cells": (*sheet(b'<mergeCell ref="A2:A3"/>' * 101), "more than 100 of its cells are merged"),
    "styles": ("xl/styles.xml", b"</cellXfs>", b"<xf/>" * 1000 + b"</cellXfs>", "more than 1,000 elements"),
}


@pytest.mark.parametrize("name", LARGE)
def test_what_no_workbook_has_so_much_of_is_refused(folder, monkeypatch, name):
    for limit, most in {"TEXT": 100, "SHEETS": 100, "MERGED": 100, "ELEMENTS": 1_000}.items():
        monkeypatch.setattr(limits, limit, most)
    path, parts = parts_of(folder)
    part, old, new, found = LARGE[name]
    assert old in parts[part]
    path.write_bytes(zipped(parts | {part: parts[part].replace(old, new, 1)}))
    assert found in problems(open_file, path)[0]


def test_a_tag_without_an_end_is_refused_at_once(folder):
    path, parts = parts_of(folder)
    name = "xl/worksheets/sheet1.xml"
    row = b'<row r="3" x="' + b"y" * 30_000_000 + b'"/></sheetData>'
    path.write_bytes(zipped(parts | {name: parts[name].replace(b"</sheetData>", row)}))
    with in_time(5):
        assert "a tag in it is longer than 8 MB" in problems(open_file, path)[0]
