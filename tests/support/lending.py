"""A made-up book about those who borrow from a library, in Dutch and English, as whole as a book is: see lending/.

Two pages of a story and the pages that any book has, two notebooks with a chart of each form, four waves of figures
with a break. It is built in a third of the time of the book of this repository.
"""

from __future__ import annotations

import re
from pathlib import Path

import book
from wavebook.core.front_matter import twin_of

SOURCE = Path(__file__).parent / "lending"
PAGES = ("index", "lenen", "app")  # the story
APPENDIX = ("verantwoording", "begrippen", "data", "bronnen", "notebooks/lenen")
ADDRESS = "https://voorbeeld.example/plank/"


def copy(folder: Path, runs: Path | None = None, *, english: bool = False) -> Path:
    """The book's sources in ``folder``; with the runs of ``runs`` no notebook needs to run again."""
    root = book.copy(folder, runs, english=english, source=SOURCE)
    twins(root)
    return root


def twins(root: Path) -> None:
    """Say of every English page that it was compared with its Dutch twin as that is now."""
    for page in (root / "book" / "en").glob("*.md"):
        text = re.sub(r"^twin: .*\n", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        twin = twin_of(root / "book" / page.name)
        page.write_text(text.replace("---\n", f"---\ntwin: '{twin}'\n", 1), encoding="utf-8")


def declare_wave(root: Path, key: str, *, published: bool = False) -> None:
    """Declare a wave that was measured as that of 2014 was, with nothing that names a day or a report."""
    waves = (root / "data" / "waves.toml").read_text(encoding="utf-8")
    block = waves[waves.index("[waves.2014]") : waves.index("[[breaks]]")].replace("2014]", f"{key}]")
    dropped = "fieldwork|report|described" + ("" if published else "|published|released")
    block = re.sub(rf"^(?:{dropped}) = .*\n", "", block, flags=re.MULTILINE)
    book.edit(root, "data/waves.toml", "[[breaks]]", f"{block}[[breaks]]")


def fresh(factory) -> Path:
    """The book built from nothing in both languages, with its site in _build/html; once for all workers."""

    def make(folder: Path) -> Path:
        root = copy(folder, english=True)
        run = book.wavebook(root, "build")
        assert (run.code, run.err) == (0, "")
        return root

    return book.once(factory, "lending", make)


def addressed(factory) -> Path:
    """Its site with an address in _config.yml; beside it, in "without", as it is once that is gone again."""

    def make(folder: Path) -> Path:
        root = copy(folder, fresh(factory), english=True)
        line = f"html:\n  baseurl: {ADDRESS}\n\n"
        for kept, old, new in (("with", "sphinx:\n", f"{line}sphinx:\n"), ("without", line, "")):
            book.edit(root, "_config.yml", old, new)
            run = book.wavebook(root, "build", keep=folder / "_build" / "kept" / kept)
            assert run.code == 0, run.err
        return folder / "_build" / "kept" / "with"

    return book.once(factory, "lending-addressed", make)
