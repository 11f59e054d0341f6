"""Extras: packages that only some commands need, and the message shown when they are not installed."""

from __future__ import annotations

from importlib.util import find_spec

from wavebook.core.problems import Problem, fail

MODULES = {  # by the extras of pyproject.toml
    "survey": ("polars", "pyreadstat", "python_calamine", "pytauargus"),
    "pdf": ("playwright", "axe_playwright_python", "pypdf"),
    "cluster": ("distributed",),
}


def need(extra: str, command: str) -> None:
    """Raise ProblemsError (W511) unless all modules of an extra can be imported; ``command`` is what asks for it."""
    missing = [name for name in MODULES[extra] if find_spec(name) is None]
    if missing:
        found = f"needs {', '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed"
        fail(Problem("W511", command, found, f"Install the extra {extra}: pip install 'wavebook[{extra}]'."))
