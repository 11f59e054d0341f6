"""Values, codes and remarks as a proposed table of TOML writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from wavebook.survey.files.values import text_of, value_of


def toml_key(name: str) -> str:
    """A key, in quotes where TOML wants them."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)


def toml(value) -> str:
    """A text, a number, or a list of them."""
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return text_of(value)


def remark(text: str) -> str:
    """A comment of one line: TOML allows no control characters there."""
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"  # {words if len(words) <= 160 else words[:159] + '…'}" if words else ""


def code_list(codes: Iterable[str]) -> str:
    """Codes as TOML: numbers as such, but 01 keeps its zero."""
    values = [(code, value_of(code)) for code in codes]
    return toml([v if isinstance(v, float) and not code.strip().startswith("0") else code for code, v in values])


def conditions(rules: Mapping[str, Iterable[str]]) -> str:
    """Columns with the codes that satisfy a rule, as an inline table."""
    inner = ", ".join(f"{toml_key(column)} = {code_list(codes)}" for column, codes in rules.items())
    return f"{{ {inner} }}"
