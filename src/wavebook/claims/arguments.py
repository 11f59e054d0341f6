"""What a predicate may be given: keys are texts, sizes are numbers that can be reached."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from numbers import Real
from typing import Any

_KEYS = ("text", "one", "two", "keys")
_RANGES = {  # by the name of a parameter: the least it may be, the most, and whether these are included
    "within": (0.0, math.inf, True),
    "by": (0.0, math.inf, True),
    "times": (0.0, math.inf, False),
    "share": (0.0, 1.0, True),
    "limit": (-math.inf, math.inf, False),
}


def check_arguments(name: str, given: Mapping[str, Any]) -> None:
    """Raise an error for what no statement can mean: a margin below nought, a share of 14, a number for a key.

    A margin of -5 would be told to readers as one of 5.
    """
    for parameter, value in given.items():
        if parameter in _KEYS:
            for key in value if isinstance(value, tuple) else (value,):
                if not isinstance(key, str):
                    raise TypeError(f"{name}: {key!r} is no key of a figure; give a number by its name")
        elif parameter in _RANGES and not (value is None and parameter == "within"):
            _check_size(name, parameter, value)


def _check_size(name: str, parameter: str, value: Any) -> None:
    if parameter == "limit" and isinstance(value, str):
        if not value.startswith("fact:"):
            raise TypeError(f"{name}: limit={value!r} is neither a number nor fact:name")
        return
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        raise TypeError(f"{name}: {parameter}={value!r} is no number")
    least, most, included = _RANGES[parameter]
    size = float(value)
    if not (least < size < most or (included and size in (least, most) and math.isfinite(size))):
        wanted = f"from {least:g} to {most:g}" if math.isfinite(most) else f"{least:g} or more" if included else ""
        wanted = wanted or ("a finite number" if math.isinf(least) else f"more than {least:g}")
        raise ValueError(f"{name}: {parameter}={value!r}, which must be {wanted}")
