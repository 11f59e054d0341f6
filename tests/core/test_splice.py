"""A part of a file that changes, and all the rest that stays byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavebook.core.splice import Spliced

ENDS = [b"\n", b"\r\n", b"\r"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ENDS)
def test_line_ends_and_mark_stay(mark, end):
    content = mark + end.join([b"one", b"two", b"three", b""])
    made = Spliced(content)
    assert made.text == "one\ntwo\nthree\n"
    assert made.with_change(4, 7, "2\n2\u00e9") == mark + end.join([b"one", b"2", b"2\xc3\xa9", b"three", b""])


def test_mixed_ends_stay_as_they_are_and_new_lines_end_as_the_first_does():
    made = Spliced(b"a\r\nb\nc\rd")
    assert made.changed_to("a\nb\nC\nx\nd") == b"a\r\nb\nC\r\nx\rd"


@given(st.text("ab\n", max_size=12), st.text("ab\n", max_size=12), st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_content_says_what_it_is_changed_to(before, after, end):
    made = Spliced(before.replace("\n", end).encode())
    assert made.changed_to(before) == before.replace("\n", end).encode()
    assert Spliced(made.changed_to(after)).text == after
