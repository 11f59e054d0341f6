"""A file of a language, read as data and never run: names for texts, tables of them, and the forms of the lexicon."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from wavebook.core.unseen import unseen
from wavebook.language import lexicon
from wavebook.language.lexicon import Words

_FORMS: Mapping[str, Callable[..., Any]] = {
    form.__name__: form
    for form in (lexicon.Words, lexicon.Notation, lexicon.Prose, lexicon.Patterns, lexicon.Theme, tuple, frozenset)
}


def read_words(path: Path) -> Words:
    """The words in a file that is written as those of this library are.

    Raises
    ------
    ValueError
        The file is no such file; the message says where and why.
    """
    content = path.read_text(encoding="utf-8")
    try:
        names = _read(ast.parse(content))
    except SyntaxError as error:
        raise ValueError(f"line {error.lineno}: {error.msg}") from None
    except (RecursionError, MemoryError):
        raise ValueError("is nested too deeply") from None
    if not isinstance(words := names.get("WORDS"), Words):
        raise ValueError("has no WORDS")
    return words


def _read(tree: ast.Module) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for part in tree.body:
        match part:
            case ast.Expr(value=ast.Constant()) | ast.ImportFrom(module="wavebook.language.lexicon"):
                continue
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                names[name] = _value(value, names)
            case _:
                raise ValueError(f"line {part.lineno}: only texts and the forms of the lexicon may stand here")
    return names


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    """The value of an expression that holds nothing but data."""
    match node:
        case ast.Constant(value=str() as value) if found := unseen(value):
            raise ValueError(f"line {node.lineno}: holds {found.said}")
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.Tuple(elts=items):
            return tuple(_value(item, names) for item in items)
        case ast.Dict(keys=keys, values=values) if None not in keys:
            return {_value(key, names): _value(value, names) for key, value in zip(keys, values, strict=True) if key}
        case ast.JoinedStr(values=parts):
            return "".join(str(_value(part, names)) for part in parts)
        case ast.FormattedValue(value=ast.Name() as value, conversion=-1, format_spec=None):
            return _value(value, names)
        case ast.Call(func=ast.Attribute(value=text, attr="split"), args=[], keywords=[]):
            return str(_value(text, names)).split()
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords) if name in _FORMS:
            given = {keyword.arg: _value(keyword.value, names) for keyword in keywords if keyword.arg}
            try:
                return _FORMS[name](*(_value(arg, names) for arg in args), **given)
            except TypeError as error:
                raise ValueError(f"line {node.lineno}: {str(error).partition(') ')[2] or error}") from None
        case _:
            raise ValueError(f"line {node.lineno}: only texts and the forms of the lexicon may stand here")
