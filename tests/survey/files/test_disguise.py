import gzip

import polars as pl
import pytest
from opened import problems, saved

from wavebook.survey.files.disguise import disguised
from wavebook.survey.files.opening import FORMATS, open_file

ROWS = b"v;w\n" + b"1;2\n" * 100
FILES = {
    "2016.sav": (b"\x1c\0\0\0\0\0\0\0ENCRYPTEDSAV" + b"x" * 100, "it is protected by a password"),
    "2016.xlsx": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "it is protected by a password, or a workbook of"),
    "2016.csv": (gzip.compress(ROWS), "it is packed with gzip"),
    "2017.csv": (b"PK\x03\x04" + b"x" * 100, "it is a workbook, or packed as a zip file"),
    "2018.xlsx": (b"\xef\xbb\xbf\n<html><table><tr><td>v</td></tr></table></html>", "it is a page of a browser"),
    "2017.parquet": (b"ARROW1\0\0" + b"x" * 100, "it is an Arrow file (Feather)"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_another_kind_than_its_name_says_is_named_for_what_it_is(folder, name):
    content, found = FILES[name]
    (folder / name).write_bytes(content)
    (told,) = problems(open_file, folder / name)
    assert told.startswith(f"W103 data/responses/{name}: cannot be read: {found}")


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_is_read_by_the_suffix_of_its_kind_alone(folder, kind, suffix):
    frame = pl.DataFrame({"v": [1.0, 2.0], "w": [1.0, 1.0]})
    made = saved(folder, kind[1:], frame)
    path = made.rename(folder / f"2017{suffix}")
    alike = {kind, suffix} <= {".sav", ".zsav"}
    assert (disguised(path) is None) == (kind == suffix or alike or kind == ".csv")
    if kind != suffix and not alike:
        assert "W103" in problems(open_file, path)[0]
