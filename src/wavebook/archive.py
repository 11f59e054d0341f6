"""Editions beside each other in one folder: the newest at its root, each frozen at an address of its own for ever."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from wavebook import build, figures
from wavebook.problems import Problem, ProblemsError, raise_all

SUMS = "SHA256SUMS"  # in the format of sha256sum, over all else in an edition
RECORD = "edition.json"


def publish(
    root: Path, folder: Path, *, wave: int | None = None, tell: Callable[[str], None] = lambda _: None
) -> tuple[int, bool]:
    """Lay the strict edition about ``wave`` (the newest unless given) beside those in ``folder``.

    ``folder/<wave>/`` is that edition, whose bytes do not change afterwards; when no later one is there,
    ``folder/`` is the same with links to the earlier ones. All is put in place by one exchange of folders.

    Returns
    -------
    tuple
        The wave, and whether anything changed.

    Raises
    ------
    ProblemsError
        What keeps the book from being published; a folder that holds something else (W502); an edition that
        would change although no revision or correction of it was recorded since (W521).
    """
    folder = folder.resolve()
    held = editions(folder)
    build.check_output(root, folder, also={SUMS, RECORD, *map(str, held)})
    found = figures.load(root, wave=wave)
    wave = found.wave
    frozen = _build(root, "frozen", wave, {"place": f"{wave}/"}, tell)
    record = {"wave": wave, "changes": _changes(found)}
    _refuse_silent_change(frozen, folder / str(wave), record)
    newest = None
    if wave == max([wave, *held]):
        earlier = {year: _pages(folder / str(year)) for year in held if year != wave}
        newest = _build(root, "newest", wave, {"editions": {**earlier, wave: _pages(frozen)}}, tell)
    return wave, _lay(folder, wave, frozen, newest, record)


def editions(folder: Path) -> list[int]:
    """The waves whose editions lie in ``folder``, in order."""
    return sorted(int(p.name) for p in folder.glob("[0-9][0-9][0-9][0-9]") if (p / RECORD).is_file())


def _build(root: Path, name: str, wave: int, archive: dict, tell: Callable[[str], None]) -> Path:
    """The strict site, made in a work folder of that name: what Sphinx read for one site it takes for written there."""
    work = root / "_build" / ".wavebook" / f"publish-{wave}-{name}"
    report = build.run_sphinx(root, work, "html", draft=False, archive=archive, tell=tell, wave=wave)
    if report.problems:
        raise ProblemsError(report.problems)
    return work / "html"


def _changes(found: figures.Figures) -> list[str]:
    """What was recorded about the edition: revisions of figures and corrections of mistakes."""
    d = found.definitions
    return sorted(repr(change) for change in (*d.revisions, *d.corrections) if change.wave <= found.wave)


def _pages(edition: Path) -> list[str]:
    return sorted(p.relative_to(edition).as_posix() for p in edition.rglob("*.html"))


def _refuse_silent_change(made: Path, there: Path, record: dict) -> None:
    if not there.is_dir() or sums(made) == {n: s for n, s in sums(there).items() if n != RECORD}:
        return
    before = json.loads((there / RECORD).read_text(encoding="utf-8"))["changes"]
    if not set(record["changes"]) - set(before):
        found = "is published and would change, and no revision or correction of it was recorded since"
        action = "Use wavebook estimate --revise for figures; describe any other correction in data/corrections.toml."
        raise_all([Problem("W521", str(there), found, action)])


def _lay(folder: Path, wave: int, frozen: Path, newest: Path | None, record: dict) -> bool:
    """Put the new folder together beside the old one and exchange them; whether it differs."""
    fresh = folder.parent / f".{folder.name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    if folder.is_dir():
        shutil.copytree(folder, fresh, copy_function=os.link)
    if newest is not None:
        for path in fresh.iterdir() if fresh.is_dir() else ():
            if not path.name.isdecimal():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(newest, fresh, dirs_exist_ok=True)
    shutil.rmtree(fresh / str(wave), ignore_errors=True)
    shutil.copytree(frozen, fresh / str(wave))
    for edition in (fresh / str(wave), *([fresh] if newest is not None else [])):
        (edition / RECORD).write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums(edition).items()))
        (edition / SUMS).write_text(listed, encoding="utf-8")
    changed = not folder.is_dir() or sums(fresh, deep=True) != sums(folder, deep=True)
    if changed:
        build.put_in_place(fresh, folder)
    else:
        shutil.rmtree(fresh)
    return changed


def sums(edition: Path, *, deep: bool = False) -> dict[str, str]:
    """SHA-256 of every file of an edition but its list of them; ``deep``: of the editions below it too."""
    found = {}
    for path in sorted(edition.rglob("*")):
        name = path.relative_to(edition)
        if path.is_file() and name.as_posix() != SUMS and (deep or not name.parts[0].isdecimal()):
            found[name.as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def verify(folder: Path) -> list[str]:
    """One line for each edition in ``folder``, its root included, when every file is what it was when published.

    Raises
    ------
    ProblemsError
        Every file that is missing, changed or added, and every edition without a list of its files (W522).
    """
    places = [folder, *(folder / str(year) for year in editions(folder))]
    raise_all([problem for place in places for problem in _unlike(place)])
    return [f"{place}: {len(sums(place))} files as published" for place in places]


def _unlike(place: Path) -> Iterator[Problem]:
    action = "Publish again, or put back what the host was given."
    try:
        lines = (place / SUMS).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        yield Problem("W522", str(place / SUMS), f"cannot be read: {error.strerror}", action)
        return
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    there = sums(place)
    for name in sorted(listed.keys() | there.keys()):
        if listed.get(name) != there.get(name):
            word = "is missing" if name not in there else "was added" if name not in listed else "was changed"
            yield Problem("W522", str(place / name), f"{word} since it was published", action)
