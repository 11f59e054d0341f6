"""Formulas as MathML, made with the page: browsers show it without a script, and screen readers read it.

The converter is that of docutils, which refuses what it does not know. Two things it reads otherwise than TeX are put
right first: a digit right behind a command is an argument by itself, and braces must match.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ENVIRONMENT = re.compile(r"\s*\\begin\{(\w+)(\*?)\}(.*)\\end\{\1\2\}\s*", re.DOTALL)
_WITHIN = {"align": "aligned", "eqnarray": "aligned", "gather": "gathered", "multline": "gathered", "equation": ""}
_TWO = re.compile(r"(\\(?:[dtc]?frac|[dt]?binom))\s*(\{(?:[^{}]|\{[^{}]*\})*\}|\w)\s*(\{(?:[^{}]|\{[^{}]*\})*\}|\w)")
_ONE = re.compile(r"([\^_]|\\(?:sqrt|hat|bar|tilde|vec|dot|overline|underline|mathbf|mathrm)(?![A-Za-z]))\s*(\w)")
_ALIKE = {  # what docutils does not know, and the same in what it knows
    "dots": r"\ldots",
    "iff": r"\Longleftrightarrow",
    "bm": r"\boldsymbol",
    "stackrel": r"\overset",
    "cr": r"\\",
    "textbf": r"\mathbf",
    "textit": r"\mathit",
    **dict.fromkeys(("big", "Big", "bigg", "Bigg", "nonumber", "notag"), ""),
}
_OLDER = re.compile(r"\{\\(rm|bf|it|sf|tt|cal)(?![A-Za-z])\s*([^{}]*)\}|\\(rm|bf|it|sf|tt|cal)(?=\{)")
_NUMBER = re.compile(r"[\d\s.,{}%\\+−-]*\d[\d\s.,{}%\\+−-]*")
_WORDS = re.compile(r"\\(?:text\w*|mbox|mathrm|operatorname\*?)\{([^{}]*)\}")
_SHIFTED = re.compile(r"[\^_]\s*(?:\{[^{}]*\}|\d)|\\[dt]?(?:frac|binom)\s*\d\s*\d")  # exponents, indices, \frac12
_VALUE = re.compile(r"\d+[.,]\d[\d.,]*\s?[%‰]?|\d+\s?[%‰]|\d{2,}(?!\s?(?:pt|em|ex|mm|cm|mu))")


@lru_cache(maxsize=10_000)
def mathml(tex: str, *, block: bool = False) -> str:
    """The MathML of a formula.

    Raises ValueError for a formula that cannot be shown, with the reason.
    """
    from docutils.utils.math.latex2mathml import tex2mathml

    source = _prepared(tex)
    if (depth := _open_braces(source)) != 0:
        raise ValueError("its braces do not match" if depth > 0 else "a brace closes that was not opened")
    try:
        made = tex2mathml(source, as_block=block)
    except (ValueError, SyntaxError, IndexError, AttributeError, TypeError) as error:
        told = " ".join(str(error).split()).rstrip(".!")
        lacks = isinstance(error, IndexError) or "missing child" in told
        told = (
            "a command has nothing behind it" if lacks else told if isinstance(error, SyntaxError | ValueError) else ""
        )
        raise ValueError(told or "it cannot be read") from None
    return re.sub(r">\s+<", "><", made).strip()


def is_number(tex: str) -> bool:
    """Tell whether a formula is a number and nothing else, as prose may have it."""
    return _NUMBER.fullmatch(tex) is not None


def numbers(tex: str) -> str:
    r"""What of a formula may be a figure: the numbers with decimals, percentages or several digits, and its words.

    A single digit within a formula, an exponent and an index are parts of it; a formula that is a number is one.

    >>> numbers("x_{10} = \\frac{1}{2} + 6{,}4"), numbers("7"), numbers("n = 393"), numbers("x^2 + \\text{7 keer}")
    ('6,4', '7', '393', '7 keer')
    """
    plain = tex.replace("{,}", ",").replace("{.}", ".").replace("\\%", "%").replace("\\,", " ")
    if is_number(tex):
        return plain
    found = [(match.start(), match[1]) for match in _WORDS.finditer(plain)]
    rest = plain
    for pattern in (_WORDS, _SHIFTED):
        rest = pattern.sub(lambda match: " " * len(match[0]), rest)
    found += [(match.start(), match[0]) for match in _VALUE.finditer(rest)]
    told, passed = "", 0
    for place, text in sorted(found):
        told += "\n" * plain.count("\n", passed, place) + (" \0 " if told.strip() else "") + text
        passed = place
    return told.strip(" ")


def _prepared(tex: str) -> str:
    """A formula with the environments of amsmath as those that stand within one, and arguments in braces."""
    if (whole := _ENVIRONMENT.fullmatch(tex)) and whole[1] in _WITHIN:
        inner = _WITHIN[whole[1]]
        tex = f"\\begin{{aligned}}{whole[3]}\\end{{aligned}}" if inner else whole[3]
    tex = re.sub(r"\A\s*(?=[\^_])", "{}", tex)  # ^\circ is raised, whatever it is of
    tex = _OLDER.sub(lambda found: f"\\math{found[1] or found[3]}" + (f"{{{found[2]}}}" if found[1] else ""), tex)
    tex = re.sub(r"\\([A-Za-z]+)", lambda found: _ALIKE.get(found[1], found[0]), tex)
    tex = _TWO.sub(lambda found: found[1] + _braced(found[2]) + _braced(found[3]), tex)
    return _ONE.sub(lambda found: found[1] + _braced(found[2]), tex).strip()


def _braced(argument: str) -> str:
    return argument if argument.startswith("{") else f"{{{argument}}}"


def _open_braces(tex: str) -> int:
    """The braces left open at the end; less than 0 where one closes too soon."""
    depth = 0
    for brace in re.findall(r"\\.|[{}]", tex, re.DOTALL):
        depth += (brace == "{") - (brace == "}")
        if depth < 0:
            return depth
    return depth
