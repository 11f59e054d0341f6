"""One of many editions: its inputs, and the site that these give, the same on every machine."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wavebook.charts import renderer
from wavebook.core import files, hashes, temporary
from wavebook.core.languages import shipped
from wavebook.core.problems import Problem, ProblemsError
from wavebook.definitions import Definitions, Language
from wavebook.figures import excerpt
from wavebook.language.words import words_in
from wavebook.runs import child, engine, shell
from wavebook.site.languages import make_pages

SHARED = "_static"  # style sheets and scripts, which a folder of editions needs once for each language
_NEEDLESS = (".buildinfo", "objects.inv", "jupyter_execute")  # of Sphinx, for its own use or for other books


@dataclass(frozen=True, order=True)
class Edition:
    """The waves, population and languages of an edition; ``segment`` as in ``municipality=utrecht``, or empty.

    Of the languages, that of the root comes first.
    """

    wave: str
    baseline: str
    population: str = ""
    segment: str = ""
    languages: tuple[Language, ...] = ()
    usual: str = ""  # the default baseline

    @property
    def slug(self) -> str:
        """The edition's folder, which does not depend on the other editions."""
        parts = [self.wave]
        parts += [f"since-{self.baseline}"] if self.baseline != self.usual else []
        parts += [f"population-{self.population}"] if self.population else []
        parts += [self.segment.replace("=", "-")] if self.segment else []
        return "-".join(parts).replace("_", "-")

    def name(self, d: Definitions, language: Language) -> str:
        """The readers' name for it: its segment, its population, or everyone."""
        breakdown, _, segment = self.segment.partition("=")
        parts = [d.segments[breakdown].values[segment][language]] if segment else []
        if self.population or not parts:
            people = d.people(self.population)
            parts.append(people[language] if people else words_in(language).tables["everyone"])
        return ", ".join(parts)

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters for ``make_pages``."""
        return {n: getattr(self, n) for n in ("wave", "baseline", "population", "segment")}


@dataclass
class Made:
    """The result of an edition: its number of pages and omissions, or its problems."""

    pages: int = 0
    left_out: list[dict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def sources(root: Path) -> dict[str, bytes]:
    """The inputs of all editions besides data, by name in the book's folder: pages, notebooks, settings, pins."""
    wanted = [path for path in files.book(root) if root / "data" not in path.parents and root in path.parents]
    library = set(files.library())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in wanted if path not in library}


def in_languages(shared: dict[str, bytes], languages: tuple[Language, ...]) -> dict[str, bytes]:
    """The sources without the pages of other languages."""
    others = tuple(f"book/{code}/" for code in shipped() if code not in languages)
    return {name: text for name, text in shared.items() if not name.startswith(others)}


def key(made_from: dict[str, object]) -> str:
    """A hash of everything that an edition depends on; see ``ingredients``."""
    return hashes.of(repr(sorted(made_from.items())))


def ingredients(edition: Edition, shared: dict[str, bytes], data: dict[str, bytes], library: str) -> dict[str, object]:
    """The inputs of an edition: a hash of each source and each file of data that it reads, and of the library."""
    own = in_languages(shared, edition.languages) | data
    return {"edition": repr(edition), "library": library, **hashes.by_name(own)}


def make(edition: Edition, shared: dict[str, bytes], data: dict[str, bytes], site: Path, scratch: Path) -> Made:
    """Make the strict site of ``edition`` in the new folder ``site``, from its sources and its excerpt of the data.

    ``scratch`` is a folder for temporary files.
    """
    root = Path(tempfile.mkdtemp(dir=scratch, prefix="edition-"))  # held with the folder that it is in
    try:
        lay(root, in_languages(shared, edition.languages) | data)
        return _make(edition, root, site)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _make(edition: Edition, root: Path, site: Path) -> Made:
    among, out = {"among": f"{edition.slug}/"}, root / "site"
    shell.prepare()
    try:
        wanted = {"languages": edition.languages, "archive": among, **edition.parameters}
        report = make_pages(root, root / "work", "html", draft=False, outdir=out, **wanted)
    except ProblemsError as error:
        return Made(problems=list(error.problems))
    if report.problems:
        return Made(problems=report.problems)
    for folder in (out, *(out / code for code in edition.languages[1:])):
        for name in _NEEDLESS:
            shutil.rmtree(folder / name) if (folder / name).is_dir() else (folder / name).unlink(missing_ok=True)
    shutil.copytree(out, site)
    return Made(report.pages, told(report.records))


def told(records: dict[str, list]) -> list[dict]:
    """The parts that an edition does not show, and why: each a dict that JSON can hold."""
    return [
        {
            "page": page,
            "line": record.line,
            "what": record.kind,
            "name": record.text,
            "left_out": record.left_out,
            "instead": record.instead,
            "why": record.reason,
        }
        for page, noted in records.items()
        for record in noted
        if record.reason and record.outcome != "holds" and record.left_out and not record.spare
    ]


def lay(root: Path, content: dict[str, bytes]) -> None:
    """Write files below a folder that belongs to this process."""
    for name, text in content.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)


def scratch() -> AbstractContextManager[Path]:
    """A folder for temporary files during a block: in memory where there is room."""
    memory = temporary.MEMORY
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**30
    return temporary.folder(memory if roomy else None)


def preload(shared: dict[str, bytes]) -> None:
    """Import the modules that notebooks import, so that their runs need not."""
    engine.preload(text for name, text in shared.items() if name.startswith("notebooks/"))


def warm_up(shared: dict[str, bytes], data: dict[str, bytes], edition: Edition) -> None:
    """Make an edition and forget it: forks then share everything imported, read and compiled.

    The renderer does the drawing, since vl-convert's threads would not survive a fork.
    """
    preload(shared)
    renderer.start()
    with scratch() as folder:
        make(edition, shared, data, folder / "site", folder)
        child.use_once(sys.modules)  # patterns that have since been evicted from its cache


def same_shared(site: Path, kept: Path) -> bool:
    """Move style sheets and scripts of a site to ``kept`` if there are none yet; tell whether they equal those."""
    alike = True
    for name in (SHARED, *(f"{code}/{SHARED}" for code in shipped())):
        if not (site / name).is_dir():
            continue
        if (kept / name).is_dir():
            alike = alike and _contents(site / name) == _contents(kept / name)
            shutil.rmtree(site / name)
        else:
            (kept / name).parent.mkdir(parents=True, exist_ok=True)
            os.rename(site / name, kept / name)
    return alike


def _contents(folder: Path) -> str:
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return excerpt.digest(found)
