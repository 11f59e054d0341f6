"""The marks at the top of a page (its front matter), and the text below them as readers see it."""

from __future__ import annotations

import re
from pathlib import Path

from wavebook.core import hashes

_TOP = re.compile(r"(?:\ufeff)?-{3,}[ \t]*\n(?P<marks>(?:.*\n)*?)-{3,}[ \t]*(?:\n|\Z)")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_COMMENT = re.compile(r"(?P<code>(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))|<!--.*?-->", re.DOTALL)


def marks(text: str) -> str:
    """The lines between the dashes at the top of a page; empty where there are none."""
    found = _TOP.match(_lines(text))
    return found["marks"] if found else ""


def is_open(text: str) -> bool:
    """Tell whether marks begin at the top of a page, and no line of dashes ends them.

    >>> is_open("---\\nreviewed: 2014\\n\\n# T\\n"), is_open("---\\n---\\n# T\\n"), is_open("# T\\n\\n---\\n")
    (True, False, False)
    """
    lines = _lines(text)
    return re.match(r"-{3,}[ \t]*\n", lines) is not None and not _TOP.match(lines)


def marked(text: str, name: str, value: str) -> str:
    """A page with this mark at its top, in the place of an earlier one; the rest stays as it is.

    >>> marked("---\\nreviewed: 2014 # by me\\n---\\n# T\\n", "reviewed", "2016"), marked("# T\\n", "reviewed", "2016")
    ('---\\nreviewed: 2016\\n---\\n# T\\n', '---\\nreviewed: 2016\\n---\\n\\n# T\\n')
    """
    text, line = _lines(text), f"{name}: {value}\n"
    found = _TOP.match(text)
    if found is None:
        return f"---\n{line}---\n\n{text}"
    start, end = found.span("marks")
    there = re.compile(rf"^{re.escape(name)}:.*\n(?:[ \t]+.*\n)*", re.MULTILINE).search(text, start, end)
    first, last = there.span() if there else (start, start)
    return text[:first] + line + text[last:]


def as_read(text: str) -> str:
    """A page as far as readers see it: without its top, comments, and the way its lines are broken.

    In a fence of code or of a directive everything counts.

    >>> as_read("---\\nreviewed: 2014\\n---\\n# T\\n\\n% for editors\\nA long\\n  line. <!-- check -->\\n")
    '# T\\n\\nA long line.'
    """
    text = _lines(text)
    top = _TOP.match(text)
    parts, fence = [""], ""  # text and fences in turn
    for line in text[top.end() if top else 0 :].splitlines():
        opens = _FENCE.match(line)
        closes = bool(fence) and line.strip().startswith(fence) and not line.strip().strip(fence[0])
        if opens and not fence:
            fence = opens["fence"]
            parts.append("")
        parts[-1] += f"{line.rstrip()}\n"
        if closes:
            fence = ""
            parts.append("")
    shown = (part.strip() if number % 2 else _flowing(part) for number, part in enumerate(parts))
    return "\n\n".join(filter(None, shown))


def _flowing(text: str) -> str:
    """Text outside fences without comments, each block on one line."""
    text = _COMMENT.sub(lambda found: found["code"] or "", text)
    text = re.sub(r"^%.*\n?", "", text, flags=re.MULTILINE)
    return "\n\n".join(filter(None, (" ".join(block.split()) for block in re.split(r"\n\s*\n", text))))


def twin_mark(text: str) -> str:
    """The mark of a page for those that say the same in another language: it changes when what readers see does."""
    return hashes.of(as_read(text), hashes.COPIED)


def twin_of(path: Path) -> str:
    """The mark of the page in a file."""
    return twin_mark(path.read_text(encoding="utf-8-sig"))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
