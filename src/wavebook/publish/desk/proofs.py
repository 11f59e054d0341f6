"""The tests of statements in the notebooks, of which one can be turned or pinned without touching anything else."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from wavebook.core import files
from wavebook.core.notebooks import cells_of
from wavebook.core.problems import Problem, fail
from wavebook.publish.desk import edits

TURNS = (
    {"rises", "falls", "stable"},
    {"widens", "narrows"},
    {"largest", "smallest"},
    {"above", "below", "at_least", "at_most", "majority"},
)
"""The tests that can stand in each other's place, with what they are given."""


@dataclass(frozen=True)
class Proof:
    """The test of a statement: its notebook, the source of its cell, and where in that source it stands.

    ``library`` is what stands before the names of tests there: ``claims.``
    """

    name: str
    file: str
    content: bytes
    source: str | list[str]
    test: ast.expr
    library: str

    @property
    def _lines(self) -> list[str]:
        return ("".join(self.source)).splitlines(keepends=True)

    def pinned(self, wave: str) -> bytes:
        """The notebook with the test as of this wave."""
        plain = wave if wave.isdecimal() and wave[0] != "0" else json.dumps(wave)
        if (call := self._call("as_of")) is not None:
            return self._with(self._span(call.args[0]), plain)
        start, end = self._span(self.test)
        whole = "".join(self._lines)
        return self._with((start, end), f"{self.library}as_of({plain}, {whole[start:end]})")

    def turned(self, name: str) -> bytes:
        """The notebook with another of its ``TURNS``: ``falls`` in the place of ``rises``.

        Without a name the two figures of ``more`` change places. Raises ProblemsError (W459) where the test is not such
        a call, or is given what the other would not take.
        """
        test = pinned.args[1] if (pinned := self._call("as_of")) is not None else self.test
        called = test.func if isinstance(test, ast.Call) else None
        if not isinstance(test, ast.Call) or not isinstance(called, ast.Attribute) or not _takes(test, name):
            by_hand(self.file, f"the test of {self.name} is not a call that can be turned")
        first, last = (self._span(test.args[place]) for place in (0, -1))
        if not name:
            whole = "".join(self._lines)
            swapped = whole[slice(*last)] + whole[first[1] : last[0]] + whole[slice(*first)]
            return self._with((first[0], last[1]), swapped)
        _, end = self._span(called)
        if called.attr == "majority":  # of which 50 is the limit
            between = "".join(self._lines)[end : first[1]]
            return self._with((end - len(called.attr), first[1]), f"{name}{between}, 50")
        return self._with((end - len(called.attr), end), name)

    def extended(self, more: str) -> bytes:
        """The notebook with more code right after the expression."""
        end = self._span(self.test)[1]
        return self._with((end, end), more)

    def _call(self, name: str) -> ast.Call | None:
        test = self.test
        is_it = isinstance(test, ast.Call) and isinstance(test.func, ast.Attribute) and test.func.attr == name
        return test if isinstance(test, ast.Call) and is_it and len(test.args) == 2 else None

    def _span(self, node: ast.expr) -> tuple[int, int]:
        """The places in the source at which an expression begins and ends."""

        def place(line: int, column: int) -> int:  # a column counts bytes
            before = self._lines[line - 1].encode()[:column].decode()
            return sum(map(len, self._lines[: line - 1])) + len(before)

        return place(node.lineno, node.col_offset), place(node.end_lineno or 0, node.end_col_offset or 0)

    def _with(self, span: tuple[int, int], new: str) -> bytes:
        """The notebook with ``new`` in this part of the cell; its other lines stay as they are typed."""
        whole = "".join(self._lines)
        after = whole[: span[0]] + new + whole[span[1] :]
        text = self.content.decode("utf-8")
        pairs = [(whole, after)] if isinstance(self.source, str) else _lines_that_change(self._lines, after)
        for old, replacing in pairs:
            for ascii_only in (False, True):
                typed = json.dumps(old, ensure_ascii=ascii_only)
                if text.count(typed) == 1:
                    text = text.replace(typed, json.dumps(replacing, ensure_ascii=ascii_only))
                    break
            else:
                by_hand(self.file, f"the line with the test of {self.name} stands there more than once")
        return text.encode()


def _takes(test: ast.Call, name: str) -> bool:
    """Tell whether another test would take what this one is given."""
    said = getattr(test.func, "attr", "")
    family = next(
        (turns for turns in TURNS if {said, name} <= turns), {said} if (said, name) == ("more", "") else set()
    )
    given = {keyword.arg for keyword in test.keywords}
    if not family or any(isinstance(one, ast.Starred) for one in test.args):
        return False
    if "largest" in family:
        return bool(test.args) and given <= {"among", "known", "across", "now"}
    return given <= {"now"} and len(test.args) == (1 if said in {*TURNS[0], "majority"} else 2)


def _lines_that_change(before: list[str], after: str) -> Iterator[tuple[str, str]]:
    lines = after.splitlines(keepends=True)
    return ((old, new) for old, new in zip(before, lines, strict=True) if old != new)


def by_hand(place: str, found: str) -> NoReturn:
    """Raise ProblemsError: a test that only somebody who reads the notebook can change (W459)."""
    fail(Problem("W459", place, found, "Change the test in the notebook, and the sentence on its page."))


def find(root: Path, name: str, changed: Mapping[str, bytes] | None = None) -> Proof:
    """The test of a statement; raises ProblemsError (W459) unless it stands in one place, in a call of ``judge``.

    ``changed`` are notebooks with the content that they are about to get.
    """
    found = [proof for path in files.notebooks(root) for proof in _tests(root, path, name, changed or {})]
    if len(found) != 1:
        where = f"{len(found)} places" if found else "no dictionary that is given to judge"
        by_hand("notebooks/", f"the test of {name} stands in {where}")
    return found[0]


def _tests(root: Path, path: Path, name: str, changed: Mapping[str, bytes]) -> Iterator[Proof]:
    file = path.relative_to(root).as_posix()
    content = changed.get(file) or edits.seen(root, file)
    for cell in cells_of(content):
        if name in "".join(cell["source"]):
            for test, library in _judged(parsed(cell), name):
                yield Proof(name, file, content, cell["source"], test, library)


def parsed(cell: Mapping[str, Any]) -> ast.AST:
    """The code of a cell without what only IPython knows; nothing where it is no code, or is not finished."""
    try:
        code = "".join(cell["source"]) if cell.get("cell_type") == "code" else ""
        return ast.parse(re.sub(r"(?m)^([ \t]*)[%!].*$", r"\1pass", code))
    except (SyntaxError, ValueError, RecursionError):
        return ast.Module([], [])


def _judged(tree: ast.AST, name: str) -> Iterator[tuple[ast.expr, str]]:
    """The tests of this name that are judged, each with what stands before the names of tests."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "judge":
            for given in [*call.args, *(keyword.value for keyword in call.keywords)]:
                if isinstance(given, ast.Dict):
                    for key, test in zip(given.keys, given.values, strict=True):
                        if isinstance(key, ast.Constant) and key.value == name:
                            yield test, f"{ast.unparse(call.func.value)}."
