"""Files of another kind than their name says: a workbook saved as .csv, a password, a page of a browser as .xlsx."""

from __future__ import annotations

from pathlib import Path

_LENGTH = 64  # bytes that tell a kind
_SHEET = "In Excel, save it as .xlsx without a password."
_PLAIN = "In SPSS, save it as .sav without a password."
_NAME = "Give it the suffix of what it is, or save it again from the program that made it."

# How a file begins, what it is then, the suffixes that it may have, and what to do.
_KINDS: tuple[tuple[bytes, str, tuple[str, ...], str], ...] = (
    (b"\x1c\0\0\0\0\0\0\0ENCRYPTED", "it is protected by a password", (), _PLAIN),
    (bytes.fromhex("d0cf11e0a1b11ae1"), "it is protected by a password, or a workbook of before 2007", (), _SHEET),
    (b"$FL2", "it is an SPSS file", (".sav", ".zsav"), _NAME),
    (b"$FL3", "it is an SPSS file", (".sav", ".zsav"), _NAME),
    (b"PAR1", "it is a Parquet file", (".parquet",), _NAME),
    (b"ARROW1", "it is an Arrow file (Feather)", (), "Save it as .parquet."),
    (b"\x1f\x8b", "it is packed with gzip", (), "Unpack it."),
    (b"\x28\xb5\x2f\xfd", "it is packed with zstd", (), "Unpack it."),
    (b"BZh", "it is packed with bzip2", (), "Unpack it."),
    (b"\xfd7zXZ\0", "it is packed with xz", (), "Unpack it."),
    (b"7z\xbc\xaf\x27\x1c", "it is packed with 7-Zip", (), "Unpack it."),
    (b"PK\x03\x04", "it is a workbook, or packed as a zip file", (".xlsx",), _NAME),
    (b"<stata_dta>", "it is a Stata file", (), "Save it as .sav or .csv."),
    (b"%PDF-", "it is a PDF", (), "Ask for the answers themselves, as .sav or .csv."),
)
_PAGES = (b"<!doctype html", b"<html", b"<table", b"<?xml")


def disguised(path: Path) -> tuple[str, str] | None:
    """What a file is whose first bytes say otherwise than its suffix, and what to do; None if they agree."""
    with path.open("rb") as file:
        start = file.read(_LENGTH)
    suffix = path.suffix.lower()
    for sign, found, suffixes, action in _KINDS:
        if start.startswith(sign) and suffix not in suffixes:
            return found, action
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGES):
        return "it is a page of a browser, or XML", "Open it in Excel, and save it as .xlsx."
    return None
