"""The folder of a demonstration: a copy of a book's declarations that says everywhere that it is made up."""

from __future__ import annotations

import csv
import io
import shutil
from contextlib import suppress
from pathlib import Path

from wavebook.core import files, outputs, periods
from wavebook.core.languages import SETTINGS
from wavebook.core.problems import Problem, fail
from wavebook.core.root import find_root
from wavebook.core.units import Language
from wavebook.definitions import Definitions, load_definitions
from wavebook.language.words import words_in

MADE_UP = "VERZONNEN GEGEVENS, geen onderzoeksresultaten (made-up data, no findings)"
MARK = f"# {MADE_UP}.\n"
# Of a demonstration; the folder with its mark comes last, so that one that was half removed is still known.
_PARTS = ("book", "notebooks", "_build", "_config.yml", "_toc.yml", "requirements.txt", "data")
_WHOLE = "everyone"
_POPULATIONS = ("made_up_one", "made_up_two")


def clear(folder: Path, root: Path) -> Path:
    """Remove an earlier demonstration and return the folder; raises ProblemsError (W110) if it is another folder.

    What is known not to be part of a demonstration stays where it is.
    """
    folder = outputs.chosen(root, folder, what="a demonstration", is_ours=_is_demonstration, code="W110")
    for path in (folder / name for name in _PARTS):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    with suppress(OSError):  # it holds something else, or is not there
        folder.rmdir()
    return folder


def _is_demonstration(folder: Path) -> bool:
    waves = folder / "data" / "waves.toml"  # with the mark that this module puts at its top
    return waves.is_file() and waves.read_text(encoding="utf-8", errors="replace").startswith(MARK)


def prepare(folder: Path, root: Path | None) -> Definitions:
    """Copy the declarations of the book at ``root``, marked as made up; return them as loaded."""
    data, waves = folder / "data", folder / "data" / "waves.toml"
    if waves.exists() and not waves.read_text(encoding="utf-8").startswith(MARK):
        action = "Choose an empty folder: a made-up wave never enters a real book."
        fail(Problem("W110", str(folder), "holds a book that is not a demonstration", action))
    if not waves.exists():
        source = (root or find_root()) / "data"
        files.write_whole(
            waves, (MARK + (source / "waves.toml").read_text(encoding="utf-8")).encode()
        )  # known from now
        for name in ("indicators.toml", "context.toml", "references.bib", "figures"):
            if name == "context.toml" and not (source / name).exists():
                continue
            copy = shutil.copytree if (source / name).is_dir() else shutil.copy
            copy(source / name, data / name)
        if (settings := source.parent / SETTINGS).is_file():
            shutil.copy(settings, folder / SETTINGS)
    d = load_definitions(folder)
    words = words_in(d.languages[0]).drafts
    if d.disclosure is None:
        limits = "minimum_base = 30\ndominance_share = 50"
        append(waves, f'\n[disclosure]\n{limits}\nsource = "{words["made_up"]}"\n')
    if "demo" not in d.sources:
        year = d.period(d.newest).end.year
        fields = f"author = {{{{{words['made_up']}}}}},\n  title = {{{words['no_findings']}}},\n  year = {{{year}}},"
        append(data / "references.bib", f"\n@misc{{demo,\n  {fields}\n}}\n")
    return load_definitions(folder)


def prepare_wave(folder: Path, wave: str | None, root: Path | None) -> tuple[Definitions, str, tuple[str, str]]:
    """Prepare one wave; return its key, and the two populations of its respondents.

    These are the first two that the book declares as parts of a whole; if it has fewer, two made-up ones.
    """
    d = prepare(folder, root)
    wave = periods.following(periods.following(d.newest)) if wave is None else wave
    if wave in d.waves:
        action = "Choose another wave, or another folder."
        fail(Problem("W110", str(folder), f"already has the wave {wave}", action))
    populations = list(d.parts)
    if len(populations) < 2:
        if not d.populations:
            _declare(folder, _WHOLE, {code: words_in(code).tables["everyone"] for code in d.languages})
            _name_everyone(folder / "data" / "figures")
        for number, name in enumerate(_POPULATIONS, 1):
            _declare(folder, name, {code: words_in(code).drafts["group"].format(number=number) for code in d.languages})
        populations = list(_POPULATIONS)
    return load_definitions(folder), wave, (populations[0], populations[1])


def _name_everyone(figures: Path) -> None:
    """Say of the figures of a book without populations that they are about everyone, now that it has some."""
    for path in figures.glob("*.csv"):
        head, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
        at = head.index("population")
        written = io.StringIO()
        named = ([*row[:at], row[at] or _WHOLE, *row[at + 1 :]] for row in rows)
        csv.writer(written, lineterminator="\n").writerows([head, *named])
        files.write_whole(path, written.getvalue().encode())


def _declare(folder: Path, name: str, said: dict[Language, str]) -> None:
    """Declare a made-up population."""
    lines = "".join(f'{code} = "{text}"\n' for code, text in said.items())
    append(folder / "data" / "indicators.toml", f"\n[populations.{name}]\n{lines}")


def put(path: Path, old: str, new: str, times: int = 1) -> None:
    """Replace ``old`` by ``new`` in a file, this many ``times`` (-1: everywhere)."""
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, times), encoding="utf-8")


def append(path: Path, text: str) -> None:
    """Add lines at the end of a file."""
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + text, encoding="utf-8")
