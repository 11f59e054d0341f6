"""Editions beside each other in one folder: the newest at its root, each frozen at an address of its own for ever.

A list of checksums lies in each edition and, for everything, at the root: a file that differs from it has changed.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from wavebook import figures
from wavebook.core import files, outputs, periods
from wavebook.core.problems import Problem, ProblemsError, fail, how_many, raise_all
from wavebook.core.turns import one_at_a_time
from wavebook.core.writing import json_file
from wavebook.definitions import Definitions, is_wave_key, load_definitions, waves
from wavebook.definitions.model import Correction, Revision
from wavebook.figures import published as kept
from wavebook.site.languages import make_pages

SUMS = "SHA256SUMS"  # in the format of sha256sum, of everything else in its folder
RECORD = "edition.json"


def publish(
    root: Path, folder: Path, *, wave: str | None = None, tell: Callable[[str], None] = lambda _: None
) -> tuple[str, bool]:
    """Add the strict edition about ``wave`` (the newest published one unless given) to those in ``folder``.

    ``folder/<wave>/`` is that edition, whose bytes do not change afterwards; if there is no later one,
    ``folder/`` is the same with links to the earlier ones. When an earlier edition changes, the newest is made again
    too, so that its page of changes and the feed tell of it. Everything is put in place by one exchange of folders. A
    file of this edition that has been damaged since is restored.

    Returns
    -------
    tuple
        The wave, and whether anything changed.

    Raises
    ------
    ProblemsError
        Problems that keep the book from being published; a wave not declared as published and released (W203)
        or under embargo (W542); a
        folder that holds something else (W502); an edition that would change although no revision or correction
        of it was recorded since (W521); files of other editions that are not as they were published (W522).
    """
    folder = outputs.chosen(root, folder, what="published editions", is_ours=_are_editions)
    return _publish_in_turn(root, folder, wave, tell=tell)


def notices(root: Path, wave: str) -> list[Problem]:
    """A notice of each wave that is in preparation after the one that was published (W453)."""
    definitions = load_definitions(root)
    return (
        [*waves.preparing(definitions.current, {w: definitions.waves[w].embargo for w in definitions.in_preparation})]
        if wave == definitions.current
        else []
    )


@one_at_a_time
def _publish_in_turn(root: Path, folder: Path, wave: str | None, *, tell: Callable[[str], None]) -> tuple[str, bool]:
    with files.alone(folder.parent, tell):
        outputs.beside(folder)  # brings the editions back where a run was killed between two steps of their exchange
        outputs.chosen(root, folder, what="published editions", is_ours=_are_editions)  # others may have been at work
        return _publish(root, folder, wave, tell)


def _are_editions(folder: Path) -> bool:
    """Tell whether a folder holds editions that were published here, or one site, and nothing else."""
    return outputs.is_site(folder, also={SUMS, RECORD, *editions(folder)})


def _publish(root: Path, folder: Path, wave: str | None, tell: Callable[[str], None]) -> tuple[str, bool]:
    held = editions(folder)
    found = figures.load(root, wave=wave)
    wave, d = found.wave, found.definitions
    takes_root = max([wave, *held], key=partial(_time, d))
    raise_all(
        Problem("W203", f"data/waves.toml, waves.{wave}.{field}", "is missing: this edition is about to be public", do)
        for field, do in (("published", "Set it to true."), ("released", "Write the day on which it comes out."))
        if not getattr(d.waves[wave], field)
    )
    raise_all(_too_early(folder, held, wave, d.waves[wave].released))
    raise_all(_unlike(folder, {other for other in held if other != wave} | ({""} if takes_root != wave else set())))
    made = {wave: _frozen(root, folder, found, tell)}
    if takes_root != wave and takes_root in d.waves and _differs(folder, wave, made[wave].site):  # which it tells of
        made[takes_root] = _frozen(root, folder, figures.load(root, wave=takes_root), tell)
    newest = None
    if takes_root in made:
        pages = {other: _pages(made[other].site if other in made else folder / other) for other in {*held, *made}}
        newest = _build(root, "newest", takes_root, {"editions": pages}, tell)
    raise_all(_under_embargo(folder, d, made))
    laid = _lay(folder, made, newest, takes_root)
    for shown in filter(found.is_shown, d.waves):
        if d.waves[shown].published:
            kept.keep(root, d, shown)
    return wave, laid


def _under_embargo(folder: Path, d: Definitions, made: Collection[str]) -> Iterator[Problem]:
    """Report editions that may not go out yet; they were made all the same, so that nothing else is in their way."""
    for wave in made:
        if embargo := d.waves[wave].embargo:
            found = (
                f"is under embargo until {embargo.isoformat(' ', 'minutes')}; the edition is ready, and not in {folder}"
            )
            yield Problem("W542", f"data/waves.toml, waves.{wave}.released", found, "Publish it then.")


class Frozen(NamedTuple):
    """An edition as it will lie at its own address, and the record of it."""

    site: Path
    record: dict


def _frozen(root: Path, folder: Path, found: figures.Figures, tell: Callable[[str], None]) -> Frozen:
    """Make an edition for its own address; raises ProblemsError (W521) when it changed and nothing was recorded."""
    wave, d = found.wave, found.definitions
    site = _build(root, "frozen", wave, {"place": f"{wave}/"}, tell)
    dates = sorted(c.date for c in _changes(found))
    record: dict[str, object] = {"wave": d.plain(wave), "released": d.waves[wave].released}
    record["changed"] = dates[-1] if dates else None
    record |= {"made_from": files.digest(files.book(root)), "changes": sorted(c.identity for c in _changes(found))}
    return Frozen(site, _recorded(site, folder, record))


def _differs(folder: Path, wave: str, site: Path) -> bool:
    """Tell whether an edition is not there as it would be now."""
    return sums(site) != {name: digest for name, digest in _published(folder, wave).items() if name != RECORD}


def lacking(root: Path, folder: Path) -> Iterator[Problem]:
    """A notice of each edition that does not have what was recorded since of its own wave (W540)."""
    d = load_definitions(root)
    for wave in editions(folder):
        try:
            told = {*json.loads(files.read(folder / wave / RECORD))["changes"]}
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            continue
        changes: list[Revision | Correction] = [*d.revisions, *d.corrections]
        since = [change for change in changes if change.wave == wave and change.identity not in told]
        if since:
            found = f"does not have {how_many(len(since), 'change')} that readers are told of in later editions"
            action = f"Run wavebook publish {folder} --wave {wave}."
            yield Problem("W540", str(folder / wave), found, action)


def editions(folder: Path) -> list[str]:
    """The waves whose editions lie in ``folder`` or are listed there, each with a list of its own files."""
    there = {path.parent.name for path in folder.glob(f"*/{SUMS}")}
    listed = {name.removesuffix(f"/{SUMS}") for name in _listed(folder) or () if name.endswith(f"/{SUMS}")}
    return sorted(name for name in there | listed if is_wave_key(name))


def _time(d: Definitions, wave: str) -> tuple[datetime.date, ...]:
    """The period of a wave; of one that is not declared any more, the one that its key names, or none."""
    return d.period(wave) if wave in d.waves else periods.named(wave) or (datetime.date.min,)


def _build(root: Path, name: str, wave: str, archive: dict, tell: Callable[[str], None]) -> Path:
    """The strict site, made in a work folder of that name: Sphinx regards pages that it has read as written there."""
    work = root / "_build" / ".wavebook" / f"publish-{wave}-{name}"
    report = make_pages(root, work, "html", draft=False, archive=archive, tell=tell, wave=wave)
    if report.problems:
        raise ProblemsError(report.problems)
    (work / "html" / outputs.MARK).unlink(missing_ok=True)  # the list of checksums marks a folder of editions
    return work / "html"


def _changes(found: figures.Figures) -> list[Revision | Correction]:
    """The recorded changes to the edition: revisions of figures and corrections of mistakes."""
    d = found.definitions
    recorded: list[Revision | Correction] = [*d.revisions, *d.corrections]
    return [change for change in recorded if found.is_shown(change.wave)]


def _too_early(folder: Path, held: Collection[str], wave: str, released: str | None) -> Iterator[Problem]:
    """Report the day on which a new edition comes out where one that is out already has a later one."""
    if wave in held:  # it may be older than editions that followed
        return
    for other in held:
        try:
            before = json.loads(files.read(folder / other / RECORD))["released"]
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            continue
        if str(released) < str(before or ""):
            found = f"{released} is before {before}, when the edition about {other} came out, which is there already"
            yield Problem(
                "W203", f"data/waves.toml, waves.{wave}.released", found, "Write the day on which it comes out."
            )


def _pages(edition: Path) -> list[str]:
    return sorted(p.relative_to(edition).as_posix() for p in edition.rglob("*.html"))


def _recorded(made: Path, folder: Path, record: dict) -> dict:
    """The record for the edition: that of the existing one when nothing differs.

    Raises ProblemsError (W521) when something differs without a recorded change.
    """
    there = folder / str(record["wave"])
    published = _published(folder, str(record["wave"]))
    if not published:
        return record
    try:
        before = json.loads(files.read(there / RECORD))
        recorded = Counter(before["changes"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        before, recorded = record, Counter()
    if sums(made) == {name: digest for name, digest in published.items() if name != RECORD}:
        return before
    if not Counter(record["changes"]) - recorded:
        found = "is published and would change, and no revision or correction of it was recorded since"
        action = "Use wavebook revise for figures, and wavebook correct, or data/corrections.toml, for anything else."
        fail(Problem("W521", str(there), found, action))
    return record


def _lay(folder: Path, made: Mapping[str, Frozen], newest: Path | None, takes_root: str) -> bool:
    """Put the new folder together beside the old one and exchange them; tell whether it differs."""
    fresh, held = outputs.beside(folder), editions(folder)
    if folder.is_dir():
        shutil.copytree(folder, fresh, copy_function=files.link_or_copy)
    if newest is not None:
        for path in fresh.iterdir() if fresh.is_dir() else ():
            if path.name not in held:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(newest, fresh, dirs_exist_ok=True)
        files.write_whole(fresh / RECORD, json_file(made[takes_root].record))
    for wave, (site, record) in made.items():
        shutil.rmtree(fresh / wave, ignore_errors=True)
        shutil.copytree(site, fresh / wave)
        files.write_whole(fresh / wave / RECORD, json_file(record))
    for edition in (*(fresh / wave for wave in made), fresh):
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums(edition).items()))
        files.write_whole(edition / SUMS, lines.encode())
    if folder.is_dir() and _everything(fresh) == _everything(folder):
        shutil.rmtree(fresh)
        return False
    outputs.exchange(fresh, folder)
    return True


def sums(edition: Path) -> dict[str, str]:
    """SHA-256 by name of every file in an edition, or in a folder of editions, except its own list."""
    found = _everything(edition)
    found.pop(SUMS, None)
    return found


def _everything(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _sum(path) for path in paths}


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _listed(folder: Path) -> dict[str, str] | None:
    """SHA-256 by name from the list in ``folder``; None when there is no readable list."""
    try:
        lines = files.read(folder / SUMS, files.TABLE).decode().splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _published(folder: Path, wave: str) -> dict[str, str]:
    """SHA-256 by name of an edition as it was published, by the list at the root or else its own; empty if unknown."""
    whole = _listed(folder)
    if whole is None:
        return _listed(folder / wave) or {}
    below = f"{wave}/"
    return {n.removeprefix(below): d for n, d in whole.items() if n.startswith(below) and n != f"{below}{SUMS}"}


def verify(folder: Path) -> list[str]:
    """Give a line for each edition in ``folder`` and one for the folder, if every file is as it was published.

    Raises
    ------
    ProblemsError
        Every file that is missing, changed or added, and every list of files that cannot be read (W522).
    """
    raise_all(_unlike(folder))
    places = [*(folder / wave for wave in editions(folder)), folder]
    return [f"{place}: {len(sums(place))} files as published" for place in places]


def _unlike(folder: Path, parts: Collection[str] | None = None) -> Iterator[Problem]:
    """Changes in a folder of editions since its publication: in all, or in ``parts`` (waves, and "" for its root)."""
    if parts is not None and not parts:
        return
    listed, there, held = _listed(folder), _everything(folder), editions(folder)
    if listed is None:
        place, found = str(folder / SUMS), "is missing, or is not a list of checksums"
        yield Problem("W522", place, found, "Restore it from the files that the host was given.")
        return
    for name in sorted((listed.keys() | there.keys()) - {SUMS}):
        first = name.partition("/")[0]
        if listed.get(name) != there.get(name) and (parts is None or (first if first in held else "") in parts):
            word = "is missing" if name not in there else "was added" if name not in listed else "was changed"
            action = "Publish the edition again, or restore the files that the host was given."
            yield Problem("W522", str(folder / name), f"{word} since it was published", action)
