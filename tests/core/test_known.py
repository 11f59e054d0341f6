"""A large file is read again when the disk says that anything about it changed, and only then."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from wavebook.core import known
from wavebook.core.known import Known


@pytest.fixture
def large(tmp_path, monkeypatch):
    """A file of more than the size from which hashes are kept, which changed an hour ago by the clock."""
    monkeypatch.setattr(known, "LARGE", 10)
    monkeypatch.setattr(time, "time_ns", lambda now=time.time_ns: now() + 3600 * 10**9)
    path = tmp_path / "table.csv"
    path.write_text("0123456789 a")
    return path


@pytest.fixture
def reads(monkeypatch):
    """The names of files that are opened."""
    opened, before = [], Path.open
    monkeypatch.setattr(Path, "open", lambda self, *rest: opened.append(self.name) or before(self, *rest))
    return opened


def test_a_large_file_is_read_once_also_by_a_later_run(large, reads):
    first = Known()
    found = [first.digest([large]), first.digest([large])]
    later = Known(json.loads(json.dumps(first.kept())))
    assert {*found, later.digest([large])} == {found[0]}
    assert reads == ["table.csv"]


def test_a_change_of_the_same_size_and_with_its_time_set_back_is_seen(large):
    files, times = Known(), large.stat()
    before = files.digest([large])
    large.write_text("0123456789 b")
    os.utime(large, ns=(times.st_atime_ns, times.st_mtime_ns))
    changed = files.digest([large])
    other = large.with_name("other")
    other.write_text("0123456789 c")
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    os.replace(other, large)
    assert len({before, changed, files.digest([large])}) == 3


def test_what_changed_a_moment_ago_is_not_kept(large, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(known, "LARGE", 10)
    files = Known()
    assert files.digest([large]) == Known().digest([large])
    assert files.kept() == {}


def test_names_and_order_count_and_files_that_are_gone_do_not(large):
    small = large.with_name("small")
    small.write_text("1")
    files = Known()
    assert files.digest([large, small, large.with_name("gone")]) == files.digest([large, small])
    assert len({files.digest(paths) for paths in ([large, small], [small, large], [large], [small], [])}) == 5
    assert small.name not in "".join(files.kept())


@pytest.mark.parametrize("damaged", [None, 3, [1], {"a": 1}, {"a": []}, {"a": [1, 2]}, {"a": ["x"]}])
def test_a_damaged_record_is_as_none(large, damaged):
    assert Known(damaged).digest([large]) == Known().digest([large])
