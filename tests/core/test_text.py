import os

import pytest

from wavebook.core import text
from wavebook.core.problems import ProblemsError
from wavebook.core.unseen import REWRITE


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        (b"\x92", "is not UTF-8"),
        (b"\x07", "holds a control character"),
        ("\u202e".encode(), "holds an invisible character"),
    ],
)
def test_what_is_no_text_is_named_with_its_line(wrong, found, mark, ends):
    content = mark + f"één{ends}twee{ends}".encode() + wrong
    with pytest.raises(text.NotTextError, match=f"{found}.* on line 3$"):
        text.decoded(content)


def test_text_is_read_without_the_mark_that_an_editor_put_before_it():
    assert text.decoded(b"\xef\xbb\xbfregel\r\n\ttweede") == "regel\r\n\ttweede"


def test_all_lines_with_a_character_that_nobody_sees_are_named_at_once():
    with pytest.raises(text.NotTextError) as caught:
        text.decoded("a\u200bb\r\nc\r\nd\u200be\u200b\r\n\u202ef".encode())
    assert (caught.value.line, caught.value.found.partition("; ")[2]) == (1, "there are more, on line 3, 4")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"a\nb\xff", "W212 x.csv:2: is not UTF-8.\n     Save it."),
        (b"a\n\x00", f"W212 x.csv:2: holds a control character (U+0000).\n     {REWRITE}"),
        (None, "W212 x.csv: the file is missing.\n     Find it."),
        (b"a" * 11_000, "W212 x.csv: cannot be read: is larger than 0 MB.\n     Find it."),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem_with_what_to_do(tmp_path, content, problem):
    path = tmp_path / "some.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ProblemsError) as caught:
        text.read(path, "x.csv", "W212", most=10_000, again="Save it.", restore="Find it.")
    assert str(caught.value) == problem


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ProblemsError, match="cannot be read: is not a regular file"):
        text.read(tmp_path / "pipe", "pipe", "W212")


@pytest.mark.parametrize(
    ("before", "after"), [("", ""), ("één", "Één"), ("de DigiD", "De DigiD"), ("7 op 10", "7 op 10")]
)
def test_a_capital_changes_the_first_letter_only(before, after):
    assert text.capital(before) == after
