"""Files that change whole or not at all, and go back."""

import os
import stat

import pytest

from wavebook.core.problems import ProblemsError
from wavebook.publish.desk import edits


@pytest.fixture
def root(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "a.md").write_bytes("\ufeffEén.\r\nTwee.\r\n".encode())
    (tmp_path / "book" / "b.md").write_bytes(b"b\n")
    return tmp_path


def read(root, name="book/a.md"):
    return (root / name).read_bytes()


def code(error) -> list[str]:
    return [f"{problem.code} {problem.place}" for problem in error.value.problems]


def test_a_change_is_undone_to_the_byte_and_then_there_is_none(root):
    before = read(root)
    after = before.replace("é".encode(), "è".encode())  # which share a byte
    assert edits.write(root, "reworded a", {"book/a.md": (before, after)})
    assert read(root) == after
    assert [entry["about"] for entry in edits.made(root)] == ["reworded a"]
    assert edits.undo(root) == "reworded a"
    assert read(root) == before
    assert edits.undo(root) == ""


def test_changes_are_undone_in_turn(root):
    for old, new in ((b"b", b"c"), (b"c", b"d")):
        edits.write(root, f"made {new}", {"book/b.md": (old + b"\n", new + b"\n")})
    edits.undo(root)
    assert read(root, "book/b.md") == b"c\n"
    edits.undo(root)
    assert read(root, "book/b.md") == b"b\n"


def test_what_changes_nothing_is_not_kept(root):
    assert not edits.write(root, "nothing", {"book/b.md": (b"b\n", b"b\n")})
    assert edits.made(root) == []


def test_a_file_that_changed_in_the_meantime_keeps_all_files_as_they_are(root):
    before = read(root)
    changes = {"book/a.md": (before, b"x"), "book/b.md": (b"old\n", b"x")}
    with pytest.raises(ProblemsError) as caught:
        edits.write(root, "reworded", changes)
    assert code(caught) == ["W457 book/b.md"]
    assert (read(root), read(root, "book/b.md")) == (before, b"b\n")


def test_a_file_that_changed_since_is_not_undone(root):
    edits.write(root, "reworded b", {"book/b.md": (b"b\n", b"c\n")})
    (root / "book" / "b.md").write_bytes(b"c\nmore\n")
    with pytest.raises(ProblemsError) as caught:
        edits.undo(root)
    assert code(caught) == ["W457 book/b.md"]
    assert read(root, "book/b.md") == b"c\nmore\n"
    assert len(edits.made(root)) == 1


def test_a_file_that_is_gone_is_a_problem(root):
    (root / "book" / "b.md").unlink()
    with pytest.raises(ProblemsError) as caught:
        edits.write(root, "reworded b", {"book/b.md": (b"b\n", b"c\n")})
    assert code(caught) == ["W457 book/b.md"]


def test_where_one_file_cannot_be_written_the_others_are_as_they_were(root, monkeypatch):
    write, there = edits.files.write_whole, root / "book" / "b.md"

    def full(path, content, **how):
        if path == there:
            raise OSError(28, "No space left on device", str(path))
        return write(path, content, **how)

    monkeypatch.setattr(edits.files, "write_whole", full)
    before = read(root)
    with pytest.raises(OSError, match="No space"):
        edits.write(root, "reworded", {"book/a.md": (before, b"x"), "book/b.md": (b"b\n", b"x")})
    assert (read(root), edits.made(root)) == (before, [])


def test_a_link_stays_a_link_and_a_file_has_the_rights_it_had(root):
    path, kept = root / "book" / "b.md", root / "elsewhere.md"
    path.rename(kept)
    path.symlink_to(kept)
    os.chmod(kept, 0o664)
    edits.write(root, "reworded b", {"book/b.md": (b"b\n", b"c\n")})
    assert path.is_symlink()
    assert kept.read_bytes() == b"c\n"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o664


@pytest.mark.parametrize("kept", ["", "{", "3", "[3]", '[{"about": "x"}]'])
def test_a_damaged_list_of_changes_is_none(root, kept):
    path = root / "_build" / ".wavebook" / "desk" / "changes.json"
    path.parent.mkdir(parents=True)
    path.write_text(kept)
    assert edits.made(root) == []
    assert edits.undo(root) == ""
