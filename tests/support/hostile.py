"""What hostile files are made of, and what may become of them: problems of the one form, or what is right."""

from __future__ import annotations

import re
import signal
from contextlib import contextmanager

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

import book
from wavebook.core.problems import ProblemsError

FEW, MANY = settings(max_examples=10), settings(max_examples=3000, suppress_health_check=list(HealthCheck))
PATIENCE = 20  # seconds that nothing here may take: this machine may be busy

_FORM = re.compile(r"W\d{3} [^\n]+: [^\n]+\.(?:\n {5}[^\n]+)+")


def is_proper(text: str) -> bool:
    """Whether what a command says of problems has the documented form, and is not of the program's own mistakes."""
    listed, _, count = text.partition("\n\n")
    problems = re.split(r"\n(?=W\d{3} )", listed)
    ours = all(_FORM.fullmatch(problem) for problem in problems)
    said = re.fullmatch(r"(\d+) problems?(?: in \d+ places)?; nothing was published\.\n", count)
    return ours and bool(said) and int(said[1]) == len(problems) and "W508" not in text


def codes(error: ProblemsError) -> set[str]:
    """The codes of problems, after a look at their form."""
    assert is_proper(f"{error}\n\n{len(error.problems)} problems; nothing was published.\n"), str(error)
    return {problem.code for problem in error.problems}


def outcome(call, *arguments, wanted: set[str], **options):
    """What a call gives in time, or the codes of its problems, which are among ``wanted``."""
    try:
        with in_time():
            return call(*arguments, **options)
    except ProblemsError as error:
        found = codes(error)
    assert found <= wanted, found
    return found


def refused(run: book.Run, *wanted: str) -> None:
    """A command ended in proper problems, these among them."""
    assert run.code == 1, (run.code, run.out, run.err)
    assert is_proper(run.err), run.err
    assert set(wanted) <= {problem.code for problem in run.problems}, run.err


@contextmanager
def in_time(seconds: int = PATIENCE):
    """Fail when what is inside takes longer: a hang."""

    def late(*_):
        raise AssertionError(f"takes longer than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


# --- what hostile text is made of -------------------------------------------------------------------------

TOKENS = [
    *("", " ", "x", "é", "7", "-7", "6.85", "6,85", "1e5", "1e400", "-1e400", "nan", "NaN", "inf", "-Infinity", "0x10"),
    *("1_000", "٣", "9007199254740993", "9" * 400, "9" * 5000, "true", "null", "2014", "2014.0", "-0.0", "1e-400"),
    *("../../etc/passwd", "/etc/passwd", "a/b", "..", "a\\b", "<script>alert(1)</script>", "'; drop table x; --"),
    *("\x00", "\x1b[2J", "\ufeff", "\u202e", "\u2028", "\ufffe", "a" * 10_000, "{0}", "%s", "${x}", "\\", '"', "'"),
    *("=1+1", "@x", "#", ";", "|", "\t", "\r", "\n", "[[", "{{", "]", "}", "&a", "*a", "!!python/name:os.system"),
]
BYTES = [b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\x80", b"\r", b"\n\n", b'"', b"\xc3\x28", b"\xed\xa0\x80"]


@st.composite
def damaged(draw, good: bytes) -> bytes:
    """A file with a few places cut, doubled, replaced or filled, or saved in another encoding."""
    content = good
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(len(content), start + 60)))
        kind = draw(st.sampled_from(["token", "bytes", "cut", "double", "end", "line", "encode"]))
        if kind == "token":
            content = content[:start] + draw(st.sampled_from(TOKENS)).encode() + content[end:]
        elif kind == "bytes":
            content = content[:start] + draw(st.sampled_from(BYTES)) + content[end:]
        elif kind == "cut":
            content = content[:start] + content[end:]
        elif kind == "double":
            content = content[:end] + content[start:]
        elif kind == "end":
            content = content[:start]
        elif kind == "line":
            lines = content.split(b"\n")
            at = draw(st.integers(0, len(lines) - 1))
            content = b"\n".join([*lines[:at], *draw(st.sampled_from([[], lines[at : at + 1] * 2])), *lines[at + 1 :]])
        elif kind == "encode":
            text = content.decode("utf-8", "replace")
            content = text.encode(draw(st.sampled_from(["utf-16", "utf-16-le", "cp1252", "utf-32"])), "replace")
    return content
