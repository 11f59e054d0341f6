"""Cells of notebooks that failed: their problems, and what is missing because of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wavebook.core import files
from wavebook.core.notebooks import crowd
from wavebook.core.problems import Problem

_UNNAMED = re.compile(r"name '(\w+)' is not defined")


@dataclass(frozen=True)
class Failed:
    """A cell that failed, or the whole of a notebook that did not run: its problems and its code."""

    problems: tuple[Problem, ...]
    code: str

    def makes(self, name: str) -> bool:
        """Tell whether its code names a chart or claim, which it would then have made."""
        return re.search(rf"""(["\']){re.escape(name)}\1""", self.code) is not None


def failed(text: str | None, path: Path, problems: list[Problem]) -> list[Failed]:
    """What failed in a notebook with these problems; ``text`` is None where it was not run to its end."""
    content = b""
    try:
        content = files.read(path, files.TABLE) if text is None else text.encode()
        own = [] if crowd(content) else list(numbered(json.loads(content)["cells"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        own = []
    if text is None and not own:  # whatever it names, it would have made
        return [Failed(tuple(problems), content.decode(errors="replace").replace('\\"', '"'))]
    if text is None:
        return [Failed(tuple(problems), "\n".join("".join(cell["source"]) for _, cell in own))]
    found = []
    for number, cell in own:
        if any(error_in(output)[0] for output in cell.get("outputs", [])):
            its = tuple(p for p in problems if p.place.endswith(f", cell {number}"))
            found.append(Failed(its or tuple(problems[:1]), "".join(cell["source"])))
    return found


def numbered(cells) -> Iterator[tuple[int, dict]]:
    """The cells that the editor wrote, with the numbers that problems give them."""
    own = (cell for cell in cells if "injected-parameters" not in cell["metadata"].get("tags", []))
    yield from enumerate(own, 1)


def problems(notebook, place: str) -> list[Problem]:
    """Every missing figure, and the first other error: those after it may be its consequences.

    So may an unknown name that a cell that failed would have given.
    """
    found: list[Problem] = []
    lost: list[str] = []  # the code of cells that failed
    for number, cell in numbered(notebook.cells):
        for output in cell.get("outputs", []):
            kind, said = error_in(output)
            if not kind or (kind == "SystemExit" and said in ("", "0")):
                continue  # for papermill, sys.exit() is no error
            where = f"{place}, cell {number}"
            if kind == "FirstWaveError":
                found.append(Problem("W434", where, said, "Take it out until there is a second wave."))
            elif kind in ("MissingFigureError", "AbsentFigureError"):
                action = "Add the figure, or take the chart out for this wave."
                found.append(Problem("W304", where, said, action))
            elif not any(p.code == "W303" for p in found):
                unnamed = _UNNAMED.search(said) if kind == "NameError" else None
                if unnamed and any(re.search(rf"\b{unnamed[1]}\b[^=\n]*=", code) for code in lost):
                    continue
                action = "Open the notebook in Jupyter and correct the cell."
                found.append(Problem("W303", where, f"{kind}: {one_line(said)}", action))
            if found:
                lost.append("".join(cell["source"]))
    return found


def error_in(output: Mapping[str, Any]) -> tuple[str, str]:
    """The kind of an error that a cell ended in, and its message; two empty texts for any other output.

    Of a command of its own that it does not know IPython speaks on the error stream, and the run goes on.
    """
    if output.get("output_type") == "error":
        return output.get("ename", "Error"), output.get("evalue", "")
    text = output.get("text", "") if output.get("name") == "stderr" else ""  # or, in a file, a list of lines
    usage = next((line for line in "".join(text).splitlines() if line.startswith("UsageError: ")), "")
    kind, _, said = usage.partition(": ")
    return kind, said


def one_line(error: object) -> str:
    """The message of an error on one line, not too long, without its stop."""
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    return re.sub(r"\s+", " ", str(error)).strip().rstrip(".")[:300]
