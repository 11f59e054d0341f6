"""A notebook as its editor wrote it, whichever program or machine it comes from: its language, and its parameters."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Any

from wavebook.core.problems import Problem

_OURS = {"name": "python3", "display_name": "Python 3", "language": "python"}
_MAGIC = re.compile(r"^[ \t]*[%!?].*$", re.MULTILINE)


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

    try:
        KernelSpecManager().get_kernel_spec(notebook.metadata.get("kernelspec", {}).get("name") or "")
    except (NoSuchKernel, ValueError):
        notebook.metadata["kernelspec"] = type(notebook.metadata)(_OURS)


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
