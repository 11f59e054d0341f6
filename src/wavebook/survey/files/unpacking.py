"""The parts of a workbook, as large as they say they are, and read in bounded time."""

from __future__ import annotations

import struct
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import IO, BinaryIO
from xml.parsers.expat import XMLParserType

_BLOCK, _LOCAL = 1 << 20, 30  # bytes read at once, and those before a part's name where it stands
_LONGEST = 8_000_000  # bytes of one tag: a workbook has none of a thousand
_READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def check_unpacked(path: Path, archive: zipfile.ZipFile, most: int, tags: int) -> None:
    """Raise OSError where the parts are larger than ``most`` bytes together, or one is larger than is said of it.

    Counting their ``tags`` takes a second where a parser takes a minute.
    """
    parts, found = archive.infolist(), 0
    if sum(part.file_size for part in parts) > most:
        raise OSError(f"unpacked, it is larger than {most // 10**9} GB")
    with path.open("rb") as file:
        for part in parts:
            if part.compress_type not in _READ:
                raise OSError(f"its part {part.filename} is packed in a way that workbooks are not")
            if part.compress_type == zipfile.ZIP_DEFLATED:
                found += _tags_in(file, part)
            if found > tags:
                raise OSError(f"it has more than {tags:,} tags; as .sav or .csv, as many answers are read")


def parse(parser: XMLParserType, content: IO[bytes]) -> None:
    """Parse a part of XML. Raises OSError for a tag without an end, which a parser would begin again and again."""
    read = 0
    while block := content.read(_BLOCK):
        parser.Parse(block, False)
        read += len(block)
        if read - parser.CurrentByteIndex > _LONGEST:
            raise OSError(f"a tag in it is longer than {_LONGEST // 10**6} MB")
    parser.Parse(b"", True)


def _tags_in(file: BinaryIO, part: zipfile.ZipInfo) -> int:
    """How many tags begin in a part, about; raises OSError if it is larger than it says."""
    file.seek(part.header_offset)
    head = file.read(_LOCAL)
    if len(head) < _LOCAL:
        return 0
    file.seek(sum(struct.unpack_from("<HH", head, 26)), 1)
    unpack, left, total, found = zlib.decompressobj(-zlib.MAX_WBITS), part.compress_size, 0, 0
    with suppress(zlib.error):  # it is damaged, which its reader names
        while left > 0 and not unpack.eof and (block := file.read(min(left, _BLOCK))):
            left -= len(block)
            while made := unpack.decompress(block, _BLOCK):
                total, block = total + len(made), unpack.unconsumed_tail
                found += made.count(b"<")
                if total > part.file_size:
                    raise OSError(f"its part {part.filename} is larger than it says")
    return found
