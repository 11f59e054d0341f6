"""The marks at the top of a page that say with which wave's figures it was read, and beside which text of its twin."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from wavebook.core import front_matter, hints, text
from wavebook.core.languages import declared, of_page
from wavebook.core.problems import Problem, fail, how_many, raise_all
from wavebook.core.splice import Spliced
from wavebook.definitions import load_definitions
from wavebook.publish.desk import edits

_FOLDERS = ("notebooks",)  # pages here are made


def pages(root: Path) -> list[str]:
    """The pages of the book in all its languages, those of the root first, as problems name them."""
    folder, spoken = root / "book", declared(root)
    found = [path.relative_to(root) for path in folder.rglob("*.md")]
    written = [p.as_posix() for p in found if not any(n in _FOLDERS or n[0] in "._" for n in p.parts[1:])]
    return sorted(written, key=lambda page: (spoken.index(of_page(page, spoken)), page))


def review(
    root: Path,
    chosen: Sequence[str] = (),
    *,
    wave: str | None = None,
    by: str = "",
    note: str = "",
    today: datetime.date | None = None,
) -> Iterator[str]:
    """Mark pages as read with the figures of a wave, and translations as in line with what they translate.

    Parameters
    ----------
    root
        The book's folder.
    chosen
        The pages, as ``book/index.md``; every page unless given.
    wave
        Its key; by default the newest wave, published or not.
    by, note
        Who read them, and what is to be remembered of it: kept beside the mark, with the day.

    Returns
    -------
    Iterator
        A line for each page whose marks changed.

    Raises
    ------
    ProblemsError
        Names of what is no page (W455), a wave that is not known (W501).
    """
    definitions, there = load_definitions(root), pages(root)
    wave = definitions.newest if wave is None else wave
    if wave not in definitions.waves:
        fail(Problem("W501", f"wave {wave!r}", "is not known", f"Choose one of: {', '.join(definitions.waves)}."))
    raise_all(
        Problem("W455", name, "is no page of this book", hints.before(name, there, "Name one in book/."))
        for name in chosen
        if name not in there
    )
    day = (today or datetime.date.today()).isoformat()
    said = " ".join(f"{by}, {day}: {note}".strip(" ,:").split()) if by or note else ""
    changes, lines = {}, []
    for name in dict.fromkeys(chosen or there):
        told, *changes[name] = _marked(root, name, wave, said)
        lines += [f"{name}: {told}"] if told else []
    edits.write(
        root, f"reviewed {how_many(len(lines), 'page')}", {name: (old, new) for name, (old, new) in changes.items()}
    )
    yield from lines


def _marked(root: Path, name: str, wave: str, said: str) -> tuple[str, bytes, bytes]:
    """One page with its marks: in words what changes, empty if nothing does, and its content before and after."""
    path, spoken = root / name, declared(root)
    text.read(path, name, "W418")
    content = edits.seen(root, name)
    page = Spliced(content)
    before = page.text
    key = wave if wave.isdecimal() and wave[0] != "0" else json.dumps(wave)  # YAML would read 07 as 7
    after = front_matter.marked(before, "reviewed", f"{key}  # {said}" if said else key)
    told = [f"read with the figures of {wave}"] if after != before else []
    language = of_page(name, spoken)
    twin = name.replace(f"book/{language}/", "book/", 1)
    if language != spoken[0] and (root / twin).is_file():
        compared = front_matter.marked(after, "twin", repr(front_matter.twin_of(root / twin)))
        told += [f"compared with {twin}"] if compared != after else []
        after = compared
    return ", ".join(told), content, page.changed_to(after)
