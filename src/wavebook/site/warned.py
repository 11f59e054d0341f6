"""Sphinx's warnings as problems: each is a hole in the book."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx

from wavebook.core import hints
from wavebook.core.problems import Problem, at_line
from wavebook.pages import records, roles
from wavebook.site import causes

_WARNING = re.compile(r"(?:(?P<place>.+?):? *: )?(?P<level>WARNING|ERROR|CRITICAL|SEVERE): (?P<found>.*)", re.DOTALL)
_TWICE = re.compile(r'Duplicate explicit target name: "([^"]+)"')
_UNKNOWN = re.compile(r"""Unknown (directive type|interpreted text role)[: ]+['"]([^'"]+)['"]""")
_DESIGN = ("bdg", "button-", "card", "dropdown", "grid", "octicon", "tab-")  # names of sphinx-design
_OF_NOTEBOOKS = ("embed", "glue", "code-cell")  # by which other books show what a notebook made
_FOOTNOTE = re.compile(r"Multiple footnote definitions found for label: '([^']+)'")
_LINES_OF_A_CELL = 10_000  # in the lines that myst-nb gives
_DIRECTIVES = (
    "accessibility admonition bibliography changes chart claims code-block csv-table facts figure figures glossary "
    "image include list-table math note notes table tip warning waves"
).split()
_ROLES = ("abbr", "cite:p", "cite:t", "credit", "doc", "math", "numref", "ref", "spark", "sub", "sup", "term")


def problems(app: Sphinx | None, warnings: str, root: Path) -> list[Problem]:
    """Sphinx's warnings.

    None about a claim that a page makes twice, of which the first sentence has the address, or about the page of a
    notebook that failed.
    """
    book = records.book_of(app.env) if app is not None and app.env is not None else None
    claims = book.results.claims if book else {}
    found = _messages(warnings)
    kept = [text for text in found if not ((twice := _TWICE.search(text)) and twice[1] in claims)]
    made = [as_problem(text, root) for text in kept if not (book and causes.follows(book, text))]
    return list(dict.fromkeys(made))


def _messages(warnings: str) -> Iterable[str]:
    """Each warning; what has no level goes on from the line before it."""
    made: list[str] = []
    for line in warnings.splitlines():
        if not made or _WARNING.match(line):
            made.append(line)
        elif line.strip():
            made[-1] += f" {line.strip()}"
    return [text for text in made if text.strip()]


def as_problem(warning: str, root: Path) -> Problem:
    """A warning as a problem at its place, with what to do."""
    told = _WARNING.match(warning.replace(f"{root}{os.sep}", ""))
    place, found = (told["place"] or "Sphinx", told["found"]) if told else ("Sphinx", warning)
    path, _, line = place.rpartition(":")
    place = f"{path}:{line}" if line.isdecimal() else place.rstrip(":")
    if path.endswith(".ipynb") and line.isdecimal():
        place = _cell(root, path, int(line) // _LINES_OF_A_CELL)
    if found.endswith(("[etoc.ref]", "[etoc.glob]")):
        place = "_toc.yml"
    if twice := _FOOTNOTE.match(found):
        place = _second_footnote(root, place, twice[1])
    found = found.rstrip(".")
    action = "Correct it; a published book has no warnings."
    if unknown := _UNKNOWN.search(found):
        action = _of_unknown(unknown[2], role="role" in unknown[1]) or action
    elif "glue data" in found:
        action = _SHOWN
    return Problem("W412", place, found, action)


def _second_footnote(root: Path, place: str, label: str) -> str:
    """The line on which a footnote stands for the second time, which MyST does not tell."""
    try:
        lines = (root / place.partition(":")[0]).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return place
    there = [number for number, line in enumerate(lines, 1) if line.lstrip(" >").startswith(f"[^{label}]:")]
    return at_line(place.partition(":")[0], there[1]) if len(there) > 1 else place


_SHOWN = "Show what a notebook made by its name: make a chart with charts, and write :::{chart} name."


def _of_unknown(name: str, *, role: bool) -> str:
    """What to do about a directive or role that is not known."""
    if name.startswith(_DESIGN):
        return "Install sphinx-design, and name sphinx_design in _config.yml under sphinx: extra_extensions."
    if name.startswith(_OF_NOTEBOOKS):
        return _SHOWN
    near = hints.nearest(name, (*roles.ROLES, *_ROLES) if role else _DIRECTIVES)
    return f"Correct it; the nearest is {near}." if near else ""


def _cell(root: Path, path: str, number: int) -> str:
    """The place of a cell of a notebook, as its editor knows it: without the one with the parameters of a run."""
    file = re.sub(r"^book/(?:[\w-]+/)?notebooks/", "notebooks/", path)
    if file != path:
        try:
            cells = json.loads((root / path).read_bytes())["cells"][:number]
            number -= sum("injected-parameters" in cell["metadata"].get("tags", ()) for cell in cells)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass  # it is gone, or its run failed
    return f"{file}, cell {number}"
