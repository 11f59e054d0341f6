"""A mistake in an edition that was published: recorded for readers, and the edition made again from today's sources."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli_w

from wavebook.core import files
from wavebook.core.problems import Problem, raise_all
from wavebook.core.units import Language
from wavebook.definitions import Definitions, load_definitions
from wavebook.publish import archive


def correct(
    root: Path,
    folder: Path,
    wave: str,
    *,
    pages: Sequence[str],
    what: Mapping[Language, str],
    reasons: Mapping[Language, str],
    before: str = "",
    after: str = "",
    tell: Callable[[str], None] = lambda _: None,
) -> bool:
    """Record a mistake that has been put right, and publish the edition about ``wave``, and the newest, once more.

    The record in data/corrections.toml has ``what`` was wrong and the ``reasons`` in each language of the book, the
    ``pages`` that it was on, and the figures that readers saw ``before`` and see ``after``, if it was in a figure.
    Everything or nothing: where the edition cannot be published, nothing stays recorded. Tell whether it differed.

    Raises
    ------
    ProblemsError
        An edition that is not in ``folder``, a language without words or that the book does not have (W541), and
        whatever keeps an edition from being published.
    """
    d = load_definitions(root)
    raise_all(_wrong(d, folder, wave, pages, {"--what": what, "--reason": reasons}))
    entry: dict[str, Any] = {"date": datetime.date.today(), "wave": wave, "pages": [*pages]}
    entry |= {"what": _texts(d, what), "reason": _texts(d, reasons)}
    entry |= {name: said for name, said in (("before", before), ("after", after)) if said}
    path = root / "data" / "corrections.toml"
    old = path.read_bytes() if path.is_file() else None
    files.write_whole(path, _joined(old, tomli_w.dumps({"corrections": [entry]})))
    try:
        return archive.publish(root, folder, wave=wave, tell=tell)[1]
    except BaseException:
        path.unlink() if old is None else files.write_whole(path, old)
        raise


def _texts(d: Definitions, said: Mapping[Language, str]) -> dict[Language, str]:
    return {code: said[code].strip() for code in d.languages}


def _joined(old: bytes | None, entry: str) -> bytes:
    """The file with an entry at its end, with line ends as it has them."""
    text = (old or b"").decode("utf-8-sig")
    end = "\r\n" if "\r\n" in text else "\n"
    text += "" if not text or text.endswith("\n") else end
    return f"{text}{end if text else ''}{entry.replace(chr(10), end)}".encode()


def _wrong(
    d: Definitions, folder: Path, wave: str, pages: Sequence[str], said: Mapping[str, Mapping[Language, str]]
) -> Iterator[Problem]:
    held = archive.editions(folder)
    if wave not in held:
        action = f"Choose from: {', '.join(held)}." if held else "Publish an edition first: wavebook publish."
        yield Problem("W541", str(folder), f"no edition about {wave} lies there", action)
    for option, texts in said.items():
        for code in d.languages:
            if not texts.get(code, "").strip():
                yield Problem("W541", option, f"is not given in {code}", f'Add {option} {code}="…".')
        for code in texts.keys() - set(d.languages):
            yield Problem("W541", option, f"{code} is no language of this book", f"One of: {', '.join(d.languages)}.")
    if not pages:
        yield Problem("W541", "--page", "is not given", "Name each page that it was on, such as --page index.")
