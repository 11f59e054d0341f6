"""SPSS files of some hundred bytes that say they hold far more: refused for what they say, at once."""

import struct
import zlib

import pytest
from hostile import in_time
from opened import answers, problems

from wavebook.survey.files import limits
from wavebook.survey.files.opening import open_file

END, ONE = struct.pack("<ii", 999, 0), 101  # the byte for a cell that holds 1
UTF8 = struct.pack("<iiii", 7, 20, 1, 5) + b"UTF-8"


def top(rows=8, *, packed=1, width=1, kind=b"$FL2"):
    told = struct.pack("<iiiiid", 2, width, packed, 0, rows, 100.0)
    return kind + b"@(#) SPSS DATA FILE".ljust(60) + told + b"01 Jan 2400:00:00" + b" " * 67


def column(number=1):
    shown = struct.pack("<i", 5 << 16 | 8 << 8)
    return struct.pack("<iiii", 2, 0, 0, 0) + shown * 2 + f"V{number}".encode().ljust(8)


def labels(codes, of):
    each = b"".join(struct.pack("<d", code) + b"\x01a      " for code in range(codes))
    return struct.pack("<ii", 3, codes) + each + struct.pack("<ii", 4, of) + struct.pack("<i", 1) * of


def sav(*, dictionary=b"", columns=1, **said):
    named = b"".join(map(column, range(1, columns + 1)))
    return top(**said) + named + dictionary + UTF8 + END + bytes([ONE]) * 8


def zsav(*blocks, largest=0x3FF000, rows=8):
    """A compressed file of blocks, each its bytes and the size that it is said to have."""
    start = top(rows, packed=2, kind=b"$FL3") + column() + UTF8 + END
    packed = [(zlib.compress(content), said) for content, said in blocks]
    body = b"".join(content for content, _ in packed)
    trailer = len(start) + 24 + len(body)
    told = [struct.pack("<qqii", -100, 0, largest, len(packed))]
    told += [struct.pack("<qqii", len(start), len(start) + 24, said, len(content)) for content, said in packed]
    return start + struct.pack("<qqq", len(start), trailer, 24 * len(told)) + body + b"".join(told)


ONES = bytes([ONE]) * 8


def written(folder, content):
    path = folder / f"2016.{'zsav' if content.startswith(b'$FL3') else 'sav'}"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("content", [sav(), zsav((ONES, 8)), sav(dictionary=labels(3, 1))])
def test_a_file_that_says_what_it_holds_is_read(folder, content):
    assert answers(written(folder, content)) == {"V1": [1.0] * 8}


HUGE = 2**31 - 1
SAID = {
    "rows": (sav(rows=HUGE), "it says that it has 2,147,483,647 rows, and at most 100,000,000 are read"),
    "columns": (sav(columns=20_001), "it has 20,001 columns, and at most 20,000 are read"),
    "labels": (
        sav(dictionary=struct.pack("<ii", 3, HUGE)),
        "its columns have 2,147,483,647 labels of codes, and at most 2,000,000 are read",
    ),
    "labels of many columns": (
        sav(dictionary=labels(2000, 1100)),
        "its columns have 2,200,000 labels of codes, and at most 2,000,000 are read",
    ),
    "notes": (
        sav(dictionary=struct.pack("<ii", 6, HUGE)),
        "it has 2,147,483,647 lines of notes, and at most 20,000 are read",
    ),
    "what later versions added": (
        sav(dictionary=struct.pack("<iiii", 7, 99, HUGE, 9)),
        "what it says of its columns takes more than 50 MB",
    ),
    "a block": (zsav((ONES, HUGE)), "it has blocks of 2,147,483,647 bytes, and at most 64,000,000 are read"),
    "all blocks": (zsav((ONES, 8), largest=HUGE), "blocks of 2,147,483,647 bytes, and at most 64,000,000 are read"),
    "what is packed": (
        zsav(*[(ONES, limits.BLOCK)] * 4),
        "bytes says that it unpacks to 256,000,000",
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_a_file_that_says_it_holds_more_than_is_read_is_refused(folder, name):
    content, found = SAID[name]
    path = written(folder, content)
    with in_time(5):
        (told,) = problems(open_file, path)
    assert told.startswith(f"W103 data/responses/{path.name}: cannot be read: ")
    assert found in told


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ROWS", "it has 28,444,444 rows or more, and at most 10,000 are read"),
        ("MOST_CELLS", "it has 28,444,444 cells or more, and at most 10,000 are read"),
    ],
)
def test_blocks_that_have_room_for_more_than_is_read_are_refused(folder, monkeypatch, name, found):
    monkeypatch.setattr(limits, name, 10_000)
    monkeypatch.setattr(limits, "PACKED", 1_000_000_000)
    assert found in problems(open_file, written(folder, zsav(*[(ONES, limits.BLOCK)] * 4)))[0]


@pytest.mark.parametrize("length", [10, 100, 176, 180, 200, 230])
def test_a_file_that_ends_too_early_is_left_to_its_reader_to_name(folder, length):
    assert "W103" in problems(open_file, written(folder, sav()[:length]))[0]
