"""Editions beside each other in one folder: the newest at its root, each frozen at an address of its own for ever.

A list of checksums lies in each edition and, for everything, at the root: see ``checksums`` and ``repair``.
"""

from __future__ import annotations

import datetime
import json
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from wavebook import figures
from wavebook.core import files, marker, outputs, periods
from wavebook.core.problems import Problem, ProblemsError, fail, how_many, raise_all
from wavebook.core.turns import one_at_a_time
from wavebook.core.writing import json_file
from wavebook.definitions import Definitions, load_definitions, waves
from wavebook.definitions.model import Correction, Revision
from wavebook.figures import published as kept
from wavebook.publish import checksums, repair
from wavebook.publish.checksums import EDITIONS, RECORD, SUMS, editions, is_sphinxs, sums, verify
from wavebook.site.languages import make_pages

__all__ = ["RECORD", "SUMS", "editions", "notices", "publish", "sums", "verify"]

_NEEDLESS = shutil.ignore_patterns(marker.MARK, marker.SPHINX_OWN)  # of the site that an edition is made from


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
    return _publish_in_turn(root, _chosen(root, folder), wave, tell=tell)


def _chosen(root: Path, folder: Path) -> Path:
    return outputs.chosen(root, folder, what="published editions", is_ours=checksums.are_editions)


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
        _chosen(root, folder)  # others may have been at work
        return _publish(root, folder, wave, tell)


def _publish(root: Path, folder: Path, wave: str | None, tell: Callable[[str], None]) -> tuple[str, bool]:
    held = editions(folder)
    found = figures.load(root, wave=wave)
    wave, d = found.wave, found.definitions
    raise_all(_of_another_book(folder, held, d))
    takes_root = max([wave, *held], key=partial(_time, d))
    raise_all(
        Problem("W203", f"data/waves.toml, waves.{wave}.{field}", "is missing: this edition is about to be public", do)
        for field, do in (("published", "Set it to true."), ("released", "Write the day on which it comes out."))
        if not getattr(d.waves[wave], field)
    )
    raise_all(_too_early(folder, held, wave, d.waves[wave].released))
    mended = repair.mend(folder)
    others = {other for other in held if other != wave} | ({""} if takes_root != wave else set())
    raise_all(checksums.unlike(folder, others))
    make = partial(_make, root, folder, found, tell, takes_root)
    record = _record(root, found)
    if _is_of_the_same(folder, record, takes_root=takes_root == wave):
        laid = _as_published(folder, wave, make, takes_root=takes_root == wave) or bool(mended)
    else:
        made, newest = make(lambda site, record: _recorded(site, folder, record))
        raise_all(_under_embargo(folder, d, made))
        laid = _lay(folder, made, newest, takes_root)
    for shown in filter(found.is_shown, d.waves):
        if d.waves[shown].published:
            kept.keep(root, d, shown)
    return wave, laid


def _of_another_book(folder: Path, held: Collection[str], d: Definitions) -> Iterator[Problem]:
    """Report a folder of editions of which this book knows none: its root would become this book's."""
    if held and not set(held) & d.waves.keys():
        found = f"holds the published editions of another book: {', '.join(held)}, none of which is a wave of this one"
        yield Problem("W502", str(folder), found, "Name the folder of this book's own editions, or a new one.")


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


def _make(
    root: Path,
    folder: Path,
    found: figures.Figures,
    tell: Callable[[str], None],
    takes_root: str,
    recorded: Callable[[Path, dict], dict],
) -> tuple[dict[str, Frozen], Path | None]:
    """Make an edition for its own address, and the newest for the root, which also changes when an earlier one does.

    ``recorded`` gives the record for a site; it raises ProblemsError (W521) when nothing was recorded of a change.
    """

    def frozen(found: figures.Figures) -> Frozen:
        site = _build(root, "frozen", found.wave, {"place": f"{found.wave}/"}, tell)
        return Frozen(site, recorded(site, _record(root, found)))

    wave, d = found.wave, found.definitions
    made = {wave: frozen(found)}
    if takes_root != wave and takes_root in d.waves and _differs(folder, wave, made[wave].site):  # which it tells of
        made[takes_root] = frozen(figures.load(root, wave=takes_root))
    if takes_root not in made:
        return made, None
    sites = {other: folder / other for other in editions(folder)} | {other: made[other].site for other in made}
    pages = {other: _pages(site) for other, site in sites.items()}
    return made, _build(root, "newest", takes_root, {"editions": pages}, tell)


def _record(root: Path, found: figures.Figures) -> dict[str, object]:
    """What an edition says of itself: its wave, its days, a hash of its sources, and what was changed in it."""
    d, changes = found.definitions, _changes(found)
    dates = sorted(change.date for change in changes)
    record: dict[str, object] = {"wave": d.plain(found.wave), "released": d.waves[found.wave].released}
    record["changed"] = dates[-1] if dates else None
    after = root / "data" / "published"  # publishing writes there itself
    made_from = files.digest(path for path in files.book(root) if after not in path.parents)
    return record | {"made_from": made_from, "changes": sorted(change.identity for change in changes)}


def _is_of_the_same(folder: Path, record: dict, *, takes_root: bool) -> bool:
    """Tell whether an edition was published from the very same sources, wherever, and its root knows all editions.

    Whatever differs then is the work of another machine's fonts or another Python: what was published stays.
    """
    wave = str(record["wave"])
    own, at_root = (checksums.record(place) for place in (folder / wave, folder))
    known = at_root.pop(EDITIONS, None)
    if own != record or not checksums.published(folder, wave):
        return False
    return not takes_root or (at_root == own and known in (None, editions(folder)))


def _as_published(folder: Path, wave: str, make: Callable, *, takes_root: bool) -> bool:
    """Restore what is damaged of an edition that is published, from what is made again; tell whether anything was.

    Raises ProblemsError (W522) for what this machine does not make as it was.
    """
    parts = {wave, *([""] if takes_root else [])}
    if not any(checksums.unlike(folder, parts)):
        return False
    made, newest = make(lambda _, record: record)
    restored = repair.mend(folder, [*(frozen.site for frozen in made.values()), *([newest] if newest else [])])
    if newest is not None and checksums.listed(folder) is None:
        return _root_anew(folder, made[wave], newest, wave)
    raise_all(checksums.unlike(folder, parts))
    return bool(restored)


def _root_anew(folder: Path, made: Frozen, newest: Path, wave: str) -> bool:
    """Make what is at the root again where its list of checksums is lost; the edition stays what was published."""
    raise_all(checksums.unlike(folder, {wave}))
    for name, digest in sums(made.site).items():
        if (newest / name).is_file() and checksums.digest(newest / name) == digest:
            shutil.copyfile(folder / wave / name, newest / name)  # with the fonts that it was published with
    return _lay(folder, {wave: Frozen(folder / wave, made.record)}, newest, wave)


def _differs(folder: Path, wave: str, site: Path) -> bool:
    """Tell whether an edition is not there as it would be now."""
    return _without_notes(sums(site)) != _without_notes(checksums.published(folder, wave))


def lacking(root: Path, folder: Path) -> Iterator[Problem]:
    """A notice of each edition that does not have what was recorded since of its own wave (W540)."""
    d = load_definitions(root)
    for wave in editions(folder):
        record = checksums.record(folder / wave)
        if "changes" not in record:
            continue
        changes: list[Revision | Correction] = [*d.revisions, *d.corrections]
        since = [change for change in changes if change.wave == wave and change.identity not in record["changes"]]
        if since:
            found = f"does not have {how_many(len(since), 'change')} that readers are told of in later editions"
            action = f"Run wavebook publish {folder} --wave {wave}."
            yield Problem("W540", str(folder / wave), found, action)


def _time(d: Definitions, wave: str) -> tuple[datetime.date, ...]:
    """The period of a wave; of one that is not declared any more, the one that its key names, or none."""
    return d.period(wave) if wave in d.waves else periods.named(wave) or (datetime.date.min,)


def _build(root: Path, name: str, wave: str, archive: dict, tell: Callable[[str], None]) -> Path:
    """The strict site, made in a work folder of that name: Sphinx regards pages that it has read as written there."""
    work = root / "_build" / ".wavebook" / f"publish-{wave}-{name}"
    report = make_pages(root, work, "html", draft=False, archive=archive, tell=tell, wave=wave)
    if report.problems:
        raise ProblemsError(report.problems)
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
    published = checksums.published(folder, str(record["wave"]))
    if not published:
        return record
    before = checksums.record(there) or record
    recorded = Counter(before.get("changes", ()))
    if _without_notes(sums(made)) == _without_notes(published):
        return before
    if not Counter(record["changes"]) - recorded:
        found = "is published and would change, and no revision or correction of it was recorded since"
        action = "Use wavebook revise for figures, and wavebook correct, or data/corrections.toml, for anything else."
        fail(Problem("W521", str(there), found, action))
    return record


def _without_notes(sums: dict[str, str]) -> dict[str, str]:
    """Checksums without those of the record, and of Sphinx's own notes, which earlier editions hold."""
    return {name: digest for name, digest in sums.items() if name != RECORD and not is_sphinxs(name)}


def _lay(folder: Path, made: Mapping[str, Frozen], newest: Path | None, takes_root: str) -> bool:
    """Put the new folder together beside the old one and exchange them; tell whether it differs."""
    fresh, held = outputs.beside(folder), editions(folder)
    mark = checksums.mark(folder) if folder.is_dir() else None
    fresh.mkdir(parents=True)
    for name in sorted(mark.holds or ()) if mark else ():
        if (folder / name).is_dir() and (name in held or newest is None) and name not in made:
            shutil.copytree(folder / name, fresh / name, copy_function=files.link_or_copy)
        elif (folder / name).is_file() and newest is None:
            files.link_or_copy(str(folder / name), str(fresh / name))
    if newest is not None:
        shutil.copytree(newest, fresh, dirs_exist_ok=True, ignore=_NEEDLESS)
        record = made[takes_root].record | {EDITIONS: sorted({*held, *made})}
        files.write_whole(fresh / RECORD, json_file(record))
    for wave, (site, record) in made.items():
        shutil.copytree(site, fresh / wave, ignore=_NEEDLESS)
        if checksums.record(folder / wave) == record:  # it stays what it was, to the byte
            for note in (folder / wave).rglob(marker.SPHINX_OWN):
                files.link_or_copy(str(note), str(fresh / note.relative_to(folder)))
        files.write_whole(fresh / wave / RECORD, json_file(record))
    for edition in (*(fresh / wave for wave in made), fresh):
        files.write_whole(edition / SUMS, checksums.lines(sums(edition)))
    marker.write(fresh, marker.ARCHIVE)
    outputs.open_to_readers(fresh)
    marker.take_along(folder, fresh, mark)
    if folder.is_dir() and checksums.everything(fresh) == checksums.everything(folder):
        shutil.rmtree(fresh)
        return False
    outputs.exchange(fresh, folder)
    return True
