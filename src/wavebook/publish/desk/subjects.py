"""What the tests in notebooks are about: the keys of figures that they name, read from the code and never run."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterable, Iterator, Mapping

from wavebook.core.notebooks import cells_of
from wavebook.figures import wave_names
from wavebook.figures.key import typed
from wavebook.publish.desk.pins import FLOATS
from wavebook.publish.desk.proofs import Proof, parsed

FACT = "fact:"
_MOST = 200  # texts that one expression may stand for


def keys(proof: Proof, indicators: Iterable[str]) -> set[str]:
    """The keys of figures and the facts in a test.

    Names to which its notebook gives a value are followed, and f-strings; what code makes in other ways is not seen.
    """
    return keys_of(texts(proof.test, assigned(cells_of(proof.content))), indicators)


def keys_of(found: Iterable[str], indicators: Iterable[str]) -> set[str]:
    """The texts that are a key of one of these indicators, or a fact."""
    known = {*indicators}
    return {text for text in found if text.startswith(FACT) or ((key := typed(text)) and key.indicator in known)}


def names(keys: Iterable[str]) -> set[str]:
    """The indicators and the answers in keys.

    >>> sorted(names(["channel.phone@2014", "grade"]))
    ['channel', 'channel.phone', 'grade']
    """
    found = {key.partition("@")[0].strip() for key in keys}
    return found | {name.partition(".")[0] for name in found}


def floats(key: str) -> bool:
    """Tell whether a key or change is of another wave once there is a newer one; a dated fact is of none.

    >>> floats("grade"), floats("grade@2008"), floats("grade@2008..2010"), floats("grade@previous")
    (True, False, False, True)
    >>> floats("fact:towns")
    False
    """
    return not key.startswith(FACT) and not set(wave_names(key)).isdisjoint(FLOATS)


def is_pinned(proof: Proof) -> bool:
    """Tell whether a test is about one wave already, whatever its keys say."""
    test = proof.test
    return isinstance(test, ast.Call) and isinstance(test.func, ast.Attribute) and test.func.attr == "as_of"


def assigned(cells: Iterable[Mapping]) -> dict[str, list[ast.expr]]:
    """The values that a notebook gives to each name; those of a tuple one by one."""
    found: dict[str, list[ast.expr]] = {}
    for cell in cells:
        for node in ast.walk(parsed(cell)):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    for name, value in _pairs(target, node.value):
                        found.setdefault(name, []).append(value)
            elif isinstance(node, ast.comprehension):
                for name, value in _pairs(node.target, node.iter):
                    found.setdefault(name, []).append(value)
    return found


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List):
        alike = isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts)
        values = value.elts if alike and isinstance(value, ast.Tuple | ast.List) else [value] * len(target.elts)
        for one, its in zip(target.elts, values, strict=True):
            yield from _pairs(one, its)


def texts(node: ast.AST, named: Mapping[str, list[ast.expr]], seen: frozenset[str] = frozenset()) -> list[str]:
    """Every text that an expression holds."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.Name):
        values = named.get(node.id, []) if node.id not in seen else []
        return [text for value in values for text in texts(value, named, seen | {node.id})][:_MOST]
    if isinstance(node, ast.JoinedStr):
        parts = [texts(part, named, seen) or [""] for part in node.values]
        return ["".join(chosen) for chosen in itertools.islice(itertools.product(*parts), _MOST)]
    return [text for part in ast.iter_child_nodes(node) for text in texts(part, named, seen)][:_MOST]
