"""A notebook as its editor wrote it, whichever program or machine it comes from: its language, and its parameters."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wavebook.core.problems import Problem

_OURS = {"name": "python3", "display_name": "Python 3", "language": "python"}
_MAGIC = re.compile(r"^[ \t]*[%!?].*$", re.MULTILINE)


def check_shape(notebook: Any) -> None:
    """Raise ValueError where a notebook has not the shape that nbformat describes, and a run needs it to have."""
    metadata = notebook.get("metadata")
    parts = {"metadata": metadata}
    if isinstance(metadata, Mapping):
        parts |= {name: metadata.get(name, {}) for name in ("kernelspec", "language_info")}
    for name, part in parts.items():
        if not isinstance(part, Mapping):
            raise ValueError(f"its {name} is no object")
    if not isinstance(notebook.get("cells"), list):
        raise ValueError("its cells are no list")
    for number, cell in enumerate(notebook["cells"], 1):
        if not isinstance(cell, Mapping) or cell.get("cell_type") not in ("code", "markdown", "raw"):
            raise ValueError(f"cell {number} is neither code, markdown nor raw")
        if not isinstance(cell.get("source"), str):
            raise ValueError(f"cell {number} has a source that is no text")
        tags = cell["metadata"].get("tags", []) if isinstance(cell.get("metadata"), Mapping) else None
        if not isinstance(tags, list):
            raise ValueError(f"cell {number} has metadata or tags of another shape than Jupyter's")
        if not isinstance(cell.get("outputs", []), list):
            raise ValueError(f"cell {number} has outputs that are no list")


def problems(notebook: Any, parameters: Iterable[str], place: str) -> list[Problem]:
    """What keeps a notebook from being run: another language than Python, or parameters that it lacks."""
    if (language := _language(notebook)) != "python":
        found = f"is written in {language[:40]}, and notebooks are run in Python"
        return [Problem("W315", place, found, "Write it in Python, or keep it elsewhere.")]
    parameters = list(parameters)
    cells = [cell.source for cell in notebook.cells if "parameters" in cell.metadata.get("tags", ())]
    if not cells:
        if not parameters:
            return []
        action = f"Give the first cell of code the tag parameters, and in it: {', '.join(parameters)}."
        return [Problem("W302", place, "has no cell tagged parameters", action)]
    try:
        declared = {*_declared(cells[0])}
    except (SyntaxError, ValueError, RecursionError):
        return []  # the run fails at that cell, and says why
    lacking = [name for name in parameters if name not in declared]
    found = f"has no parameter{'s' * (len(lacking) > 1)} {', '.join(lacking)}"
    action = f"Add {'them' if len(lacking) > 1 else 'it'} to the cell tagged parameters."
    return [Problem("W302", place, found, action)] if lacking else []


def settle(notebook: Any) -> None:
    """Let a notebook whose kernel is not on this machine, or that names none, run in this Python."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    kernel = notebook.metadata.get("kernelspec", {})
    name = kernel.get("name")
    try:
        KernelSpecManager().get_kernel_spec(name if isinstance(name, str) else "")
    except (NoSuchKernel, ValueError):
        notebook.metadata["kernelspec"] = type(notebook.metadata)(_OURS)
    else:
        kernel["language"] = _OURS["language"]
    if told := notebook.metadata.get("language_info"):
        told["name"] = _OURS["language"]


def _language(notebook: Any) -> str:
    """The language of a notebook, as its kernel or the program that saved it says; Python if nothing does."""
    kernel, told = (notebook.metadata.get(name, {}) for name in ("kernelspec", "language_info"))
    told = (kernel.get("language"), told.get("name"))
    named = next((str(name) for name in told if name), "python")
    return "python" if re.fullmatch(r"i?python[\d.]*", named, re.IGNORECASE) else named


def _declared(code: str) -> Iterator[str]:
    """The names that a cell gives a value to, or declares, at its top level."""
    for statement in ast.parse(_MAGIC.sub("pass", code)).body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if isinstance(statement, ast.AnnAssign):
            targets = [statement.target]
        yield from (node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))
