"""What somebody must read again when a wave is new: all that no test can tell to be still true, page by page.

Whether a sentence is in the present tense is not among it: no list of words tells a verb's tense in each language. A
claim about today says so (``now=True``) and is tested; words for a time that passes are listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wavebook.core import files
from wavebook.core.languages import below, of_page
from wavebook.core.notebooks import cells_of
from wavebook.core.problems import how_many
from wavebook.core.units import Language
from wavebook.definitions import Definitions
from wavebook.figures import Figures, MissingFigureError, span_names, wave_names
from wavebook.figures.absence import having
from wavebook.figures.key import WAVE_NAMES
from wavebook.language.words import words_in
from wavebook.pages.checks.newest import CHANGES, NUMBERS
from wavebook.pages.records import read_trend, wave_typed
from wavebook.pages.typed import passages

_ROLE = re.compile(r"\{([\w:]+)\}`([^`]*)`")
_YEAR = re.compile(r"(?<![\w.,/-])(?:19|20)\d\d(?![\w-]|[.,]\d)")
_KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?@[\w=,.* -]+")
_AS_OF = re.compile(r"\bas_of\(\s*[\"']?([\w-]+)")
_FLOATING = (*WAVE_NAMES, "latest")


class Item(NamedTuple):
    """A sentence or figure to read again: where, why, and the sentence as it is typed."""

    place: str
    why: str
    text: str = ""

    def __str__(self) -> str:
        said = f": {self.text}" if self.text else ""
        return f"[ ] {self.place}  {self.why}{said}"


def listing(root: Path, figures: Figures) -> str:
    """Everything to read again, by page, the translations of a page after it; to be ticked off."""
    spoken = figures.definitions.languages
    typed = (path for path in files.book(root) if path.suffix == ".md" and path.is_relative_to(root / "book"))
    pages = sorted(typed, key=lambda path: _order(path.relative_to(root).as_posix(), spoken))
    parts, count = [], 0
    for path in pages:
        name = path.relative_to(root).as_posix()
        if found := [*page(figures, name, path.read_text(encoding="utf-8-sig"), of_page(name, spoken))]:
            parts.append("\n".join([name, *map(str, found)]))
            count += len(found)
    for path in files.notebooks(root):
        name = path.relative_to(root).as_posix()
        if found := [*notebook(figures, name, path)]:
            parts.append("\n".join([name, *map(str, found)]))
            count += len(found)
    wave = figures.called(figures.wave)
    return "\n\n".join([*parts, f"{how_many(count, 'place')} to read again for {wave}"])


def _order(name: str, spoken: tuple[Language, ...]) -> tuple[str, int]:
    language = of_page(name, spoken)
    return name.replace(f"book/{below(language, spoken)}", "book/", 1), spoken.index(language)


def page(figures: Figures, name: str, text: str, language: Language) -> Iterator[Item]:
    """What to read again on one page, in its order."""
    lines = text.split("\n")
    for passage in passages(text, language):
        in_table = lines[passage.line - 1].lstrip().startswith("|")
        if not in_table and (why := "; ".join(_reasons(figures, passage.typed, language))):
            yield Item(f"{name}:{passage.line}", why, passage.words)


def _reasons(figures: Figures, sentence: str, language: Language) -> Iterator[str]:
    """The reasons to read a sentence again."""
    roles = _ROLE.findall(sentence)
    plain = re.sub(r"\{[^}]*\}`[^`]*`|\{[^}]*\}|`[^`]*`|\]\([^)]*\)", " ", sentence)
    waves = [wave for kind, text in roles for wave in named(kind, text)]
    floats = any(kind in (*NUMBERS, *CHANGES) for kind, _ in roles) and any(wave in _FLOATING for wave in waves)
    for kind, text in roles:
        if newer := newer_than(figures, kind, text):
            yield f"pinned, {{{kind}}}`{text}`, and {newer} is known"
    if "{.reported}" in sentence:
        yield "reported, not tested"
    elif floats and ".claim" not in sentence:
        yield "words around figures, not tested"
    for word in dict.fromkeys(re.findall(words_in(language).patterns.passing, plain, re.IGNORECASE)):
        yield f"“{word}” passes"
    if floats and (years := dict.fromkeys(_YEAR.findall(plain))):
        yield f"{', '.join(years)} stands still beside figures that move"
    for kind, text in roles:
        if kind.startswith("cite") and (old := _older(figures, text)):
            yield f"cites {', '.join(old)}, older than this wave's report"


def named(kind: str, text: str) -> tuple[str, ...]:
    """The waves that a role names, as it is typed."""
    if kind == "wave":
        wave = wave_typed(text)[1]
        return wave_names(wave) if "@" in wave else (wave,)
    if kind in CHANGES:
        return span_names(read_trend(text)[1])
    return wave_names(text) if kind in NUMBERS and not text.startswith("fact:") else ()


def newer_than(figures: Figures, kind: str, text: str) -> str:
    """The wave of this edition if it has what a role asks of the wave that was the last to have it; else empty.

    What is asked of a wave that was not the last is history, and stays what it was.
    """
    d, last = figures.definitions, [*named(kind, text), ""][-2 if named(kind, text) else 0]
    if last not in d.waves or last == figures.wave:
        return ""
    if kind == "wave":
        return figures.wave if d.previous(figures.wave) == last else ""
    key = read_trend(text)[1] if kind in CHANGES else text
    return _newer(figures, key, last)


def _newer(figures: Figures, text: str, last: str) -> str:
    """The wave of this edition if it has a figure of which that of ``last`` was the newest."""
    try:
        key = figures.ends(text)[1] if ".." in text else figures.resolve(text)
    except (MissingFigureError, KeyError):
        return ""
    return figures.wave if having(figures, key)[-2:] == [last, figures.wave] else ""


def _older(figures: Figures, text: str) -> list[str]:
    """The sources that came out before the report on the wave of the edition."""
    d = figures.definitions
    since = _year(d, d.waves[figures.wave].source)
    cited = [key.strip() for key in text.split(",")]
    return [key for key in cited if key in d.sources and 0 < _year(d, key) < since]


def _year(d: Definitions, source: str | None) -> int:
    year = d.sources[source].year if source in d.sources else ""
    return int(year) if str(year).isdecimal() else 0


def notebook(figures: Figures, name: str, path: Path) -> Iterator[Item]:
    """The figures of a notebook that are pinned to a wave of which a newer one is known."""
    d = figures.definitions
    for number, cell in enumerate(cells_of(path.read_bytes()), 1):
        for wave in dict.fromkeys(_AS_OF.findall("".join(cell["source"]))):
            if wave in d.waves and d.order(wave) < d.order(figures.wave):
                yield Item(f"{name}, cell {number}", f"pinned, as_of({wave}), and {figures.wave} is known")
        for text in dict.fromkeys(_KEY.findall("".join(cell["source"]))):
            waves = wave_names(text)
            if waves[-1] in figures.definitions.waves and (newer := _newer(figures, text.strip(), waves[-1])):
                yield Item(f"{name}, cell {number}", f"pinned, {text.strip()}, and {newer} is known")
