"""A new book laid in its folder: drafted and estimated in a folder of its own, then moved there as a whole."""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import tomli_w

from wavebook import __version__
from wavebook.core import files, temporary
from wavebook.core.links import lies_in
from wavebook.core.problems import Problem, fail
from wavebook.figures import load
from wavebook.start import declare, pages, sample
from wavebook.start.attempt import estimated
from wavebook.start.declare import Plan
from wavebook.start.options import Options
from wavebook.start.phrases import filled, phrases_in, plain

Made = TypeVar("Made")
_WORKFLOW = ".github/workflows/book.yml"


@dataclass(frozen=True)
class Begun:
    """What was laid: the files by name, and the questions that are shown and those in doubt."""

    folder: Path
    files: tuple[str, ...]
    shown: tuple[str, ...]
    doubted: tuple[str, ...]


def begin(options: Options) -> Begun:
    """Make a book in ``options.folder`` from its answers, or from made-up ones.

    Raises ProblemsError when the folder holds files of the same names (W512), the answers cannot be read, or they have
    no question of which figures can be made; then nothing is written.
    """
    folder = options.folder.absolute()
    _free(folder, _names(options))
    # read where it is: what reads a damaged file may crash, and then leaves no copy of answers behind
    read = declare.planned(options, options.file) if options.file else None
    plan, laid = lay(folder, lambda made: _drafted(made, options, read))
    questions = [draft.text for draft in plan.drafts if draft.doubt]
    return Begun(folder, laid, tuple(draft.text for draft in plan.live), tuple(questions))


def lay(folder: Path, make: Callable[[Path], Made]) -> tuple[Made, tuple[str, ...]]:
    """Let ``make`` fill a folder beside ``folder``, and move all of it there; return its result, and the files' names.

    Raises ProblemsError when the folder holds files of the same names (W512); then nothing is moved.
    """
    beside = next(parent for parent in folder.parents if parent.is_dir())
    with temporary.folder(beside) as above:
        (made := above / "book").mkdir()  # with the permissions that any new folder has
        result = make(made)
        names = sorted(p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file())
        with files.alone(beside):  # another run may lay a book there too
            _free(folder, names)
            _move(made, folder, names)
    return result, tuple(names)


def _names(options: Options) -> list[str]:
    """The files of which it is known beforehand that they will be laid."""
    own = ["_config.yml", "_toc.yml", ".gitignore", "README.md", _WORKFLOW]
    own += [f"data/{name}" for name in ("indicators.toml", "waves.toml", "references.bib", "accessibility.toml")]
    names = phrases_in(options.root)["pages"].values()
    return [*own, "book/index.md", *(f"book/{name}.md" for name in names)]


def _free(folder: Path, names: list[str]) -> None:
    """Refuse a folder that holds any of these files (W512)."""
    if folder.is_symlink():
        fail(Problem("W512", str(folder), "is a link", "Name the folder itself, or a new one."))
    if lies_in(os.path.realpath(Path.home()), os.path.realpath(folder)):
        fail(Problem("W512", str(folder), "is your home, or around it", "Name a new folder in it."))
    if os.path.lexists(folder) and not folder.is_dir():
        fail(Problem("W512", str(folder), "is not a folder", "Choose another name."))
    there = [name for name in names if os.path.lexists(folder / name)]
    blocked = {
        parent.as_posix()
        for name in names
        for parent in list(Path(name).parents)[:-1]
        if os.path.lexists(folder / parent) and not (folder / parent).is_dir()
    }
    if there or blocked:
        named = ", ".join(sorted([*there, *blocked]))
        fail(Problem("W512", str(folder), f"holds what would be written: {named}", "Choose an empty or new folder."))


def _move(made: Path, folder: Path, names: list[str]) -> None:
    """Move the files to their folder, a new one in one step; what was moved is removed again if one cannot be."""
    moved: list[Path] = []
    new = [p for p in (folder, *folder.parents) if not p.exists()]
    try:
        if folder in new:
            folder.parent.mkdir(parents=True, exist_ok=True)
            os.rename(made, folder)
            return
        for name in names:
            target = folder / name
            new += [p for p in target.parents if not p.exists() and p not in new]
            target.parent.mkdir(parents=True, exist_ok=True)
            _put(made / name, target)
            moved.append(target)
    except BaseException:
        for path in moved:
            path.unlink(missing_ok=True)
        for path in sorted(new, key=lambda p: -len(p.parts)):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
        raise


def _put(source: Path, target: Path) -> None:
    if os.path.lexists(target):
        raise FileExistsError(17, "is there already", str(target))
    os.rename(source, target)


def _drafted(root: Path, options: Options, read: Plan | None) -> Plan:
    """Estimate and write the whole book below ``root``, as planned or, without a file, from made-up answers."""
    answers = _answers(root, options)
    source = f"answers{options.wave[:4]}"
    plan = read or declare.planned(options, answers)

    def write(now: Plan) -> None:
        locator = options.file.name if options.file else answers.name
        _write(root, "data/indicators.toml", declare.indicators_toml(now))
        _write(root, "data/waves.toml", declare.waves_toml(now, source, locator))
        _write(root, "data/references.bib", declare.references_bib(now, source))

    _write(root, "data/accessibility.toml", _accessibility(options))
    _write(root, "_config.yml", _config(options))
    plan = estimated(root, plan, write)
    figures = load(root, wave=options.wave, language=options.root)
    shown = pages.shown_in(plan, figures)
    if not shown:
        action = f"Choose a smaller --minimum-base than {options.minimum}, if the owner of the answers allows it."
        fail(Problem("W514", plan.file.place, "has no figure about enough respondents to be shown", action))
    sure = pages.certain(shown, figures)
    root_pages = pages.Pages(plan, options.root, shown, sure, source).files()
    for code in options.languages:
        for name, text in pages.Pages(plan, code, shown, sure, source).files().items():
            if code == options.root:
                _write(root, f"book/{name}", text)
            else:
                _write(root, f"book/{code}/{name}", pages.twinned(text, root_pages[name]))
    _write(root, f"notebooks/{phrases_in(options.root)['pages']['answers']}.ipynb", pages.notebook(plan, shown, sure))
    _write(root, "_toc.yml", _contents(options))
    _write(root, "book/_static/house-style.css", (files.THEME / "static" / "house-style.css").read_text("utf-8"))
    _write(root, ".gitignore", tomllib.loads(plain("ignored.toml"))["text"])
    _write(root, _WORKFLOW, filled(plain("workflow.yml"), version=__version__))
    _write(root, "README.md", _readme(options))
    shutil.rmtree(root / "_build", ignore_errors=True)
    return plan


def _answers(root: Path, options: Options) -> Path:
    """The file of answers, in its place."""
    folder = root / "data" / "responses"
    folder.mkdir(parents=True)
    if options.file is None:
        path = folder / f"{options.wave}.csv"
        path.write_text(sample.made_up(phrases_in(options.root)), encoding="utf-8", newline="")
    else:
        path = folder / f"{options.wave}{options.file.suffix.lower()}"
        shutil.copyfile(options.file, path)
    path.chmod(0o600)
    return path


def _write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")


def _accessibility(options: Options) -> str:
    """What every site of this library has that not all readers can use."""
    said = {code: phrases_in(code)["accessibility"] for code in options.languages}
    fields = ("what", "cause", "effect", "alternative", "measure")
    told = {name: {code: words[name] for code, words in said.items()} for name in fields}
    table = tomli_w.dumps({"deviations": [told | {"check": "no-script", "pages": ["search"]}]})
    return f"{said[options.root]['head'].strip()}\n\n{table}"


def _config(options: Options) -> str:
    words = phrases_in(options.root)
    lines = [
        f"title: {json.dumps(options.title, ensure_ascii=False)}",
        f"author: {json.dumps(words['author'], ensure_ascii=False)}",
        f"languages: [{', '.join(options.languages)}]",
        "sphinx:",
        "  config:",
        "    html_theme_options:",
        f"      accountability_page: {words['pages']['methods']}",
        f"      data_page: {words['pages']['data']}",
    ]
    return "\n".join(lines)


def _contents(options: Options) -> str:
    names = phrases_in(options.root)["pages"]
    lines = ["format: jb-book", "root: index", "chapters:", f"  - file: {names['answers']}"]
    lines += [f"  - file: {names['methods']}", "    sections:", f"      - file: notebooks/{names['answers']}"]
    return "\n".join([*lines, f"  - file: {names['data']}"])


def _readme(options: Options) -> str:
    words = phrases_in(options.root)["readme"]
    file = f"`{options.file.name}`" if options.file else filled(words["made_up"], wave=options.wave)
    return filled(words["text"], title=options.title, file=file)
