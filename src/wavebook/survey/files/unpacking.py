"""A zip file that holds as much as it says: a workbook whose list of parts is false would unpack to anything."""

from __future__ import annotations

import struct
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_BLOCK, _LOCAL = 1 << 20, 30  # bytes read at once, and those before a part's name where it stands
_READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def check_unpacked(path: Path, archive: zipfile.ZipFile, most: int) -> None:
    """Raise OSError where the parts are larger than ``most`` bytes together, or one is larger than is said of it."""
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > most:
        raise OSError(f"unpacked, it is larger than {most // 10**9} GB")
    with path.open("rb") as file:
        for part in parts:
            if part.compress_type not in _READ:
                raise OSError(f"its part {part.filename} is packed in a way that workbooks are not")
            if part.compress_type == zipfile.ZIP_DEFLATED and _unpacks_to_more(file, part):
                raise OSError(f"its part {part.filename} is larger than it says")


def _unpacks_to_more(file: BinaryIO, part: zipfile.ZipInfo) -> bool:
    file.seek(part.header_offset)
    head = file.read(_LOCAL)
    if len(head) < _LOCAL:
        return False
    file.seek(sum(struct.unpack_from("<HH", head, 26)), 1)
    unpack, left, total = zlib.decompressobj(-zlib.MAX_WBITS), part.compress_size, 0
    with suppress(zlib.error):  # it is damaged, which its reader names
        while left > 0 and not unpack.eof and (block := file.read(min(left, _BLOCK))):
            left -= len(block)
            while made := unpack.decompress(block, _BLOCK):
                total, block = total + len(made), unpack.unconsumed_tail
                if total > part.file_size:
                    return True
    return False
