"""A narrative publication whose numbers are live and whose statements are re-tested when the figures change.

Notebooks and scripts need no more than these names; everything else is this library's own and may change. They are
looked up when they are first used: importing one module of the library does not import the others.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as typing has it, which takes longer to import than all else that a command begins with
if TYPE_CHECKING:
    from wavebook import charts, claims
    from wavebook.core.problems import Problem, ProblemsError
    from wavebook.figures import Figures, Key, load

__version__ = "0.2.0"
__all__ = ["Figures", "Key", "Problem", "ProblemsError", "__version__", "charts", "claims", "load"]

_HOMES = {
    "Figures": "wavebook.figures",
    "Key": "wavebook.figures",
    "Problem": "wavebook.core.problems",
    "ProblemsError": "wavebook.core.problems",
    "load": "wavebook.figures",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name in ("charts", "claims"):
        return import_module(f"wavebook.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
