"""What notebooks select for their charts, which a pin keeps with the figures of one wave."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from wavebook.core import files
from wavebook.core.notebooks import cells_of
from wavebook.publish.desk import edits, subjects
from wavebook.publish.desk.proofs import Proof, parsed

Content = dict[str, tuple[bytes, bytes]]


def pinned(root: Path, wave: str, what: str, indicators: Iterable[str], changed: Content) -> Iterator[tuple[str, str]]:
    """Pin each selection of figures of the edition's wave in which an indicator or answer is.

    A selection of a whole series (``waves="all"``) has other waves than the newest to show, and stays. ``changed`` are
    notebooks before and after, to which these changes are added; what is told is the file and the keys.
    """
    for path in files.notebooks(root):
        file = path.relative_to(root).as_posix()
        before, content = changed.get(file, (edits.seen(root, file),) * 2)
        while found := next(_floating(file, content, what, {*indicators}), None):
            content = found.extended(f'.as_of("{wave}")')
            yield file, found.name
        if content != before:
            changed[file] = before, content


def _floating(file: str, content: bytes, what: str, indicators: set[str]) -> Iterator[Proof]:
    """The selections with it that float, each with the figures that it selects from as what would change."""
    cells = cells_of(content)
    named = subjects.assigned(cells)
    for cell in cells:
        for call in ast.walk(parsed(cell)):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "select"):
                continue
            source = call.func.value
            if isinstance(source, ast.Name) and _is_loaded(source.id, named) and _waves(call, named) != {"all"}:
                keys = subjects.keys_of((text for one in call.args for text in subjects.texts(one, named)), indicators)
                if what in subjects.names(key for key in keys if subjects.floats(key)):
                    yield Proof(", ".join(sorted(keys)), file, content, cell["source"], source, "")


def _is_loaded(name: str, named: Mapping[str, list[ast.expr]]) -> bool:
    """Tell whether a name stands for what ``load`` returned, and for nothing else."""
    calls = [value.func for value in named.get(name, ()) if isinstance(value, ast.Call)]
    names = [getattr(called, "attr", getattr(called, "id", "")) for called in calls]
    return names == ["load"] and len(named[name]) == 1


def _waves(call: ast.Call, named: Mapping[str, list[ast.expr]]) -> set[str]:
    return {text for word in call.keywords if word.arg == "waves" for text in subjects.texts(word.value, named)}
