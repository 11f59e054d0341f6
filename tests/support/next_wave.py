"""The measurement after the newest one of this book, added to a copy: in preparation, or published.

Once it is published the book is about it. Its editors would then rewrite the story; here the story is pinned instead:
pages and notebooks stay about the wave that they were about, which is true whatever the new one found.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import nbformat

from book import ROOT, wavebook
from wavebook.figures import load

HELD = ROOT / "tests" / "book" / "wave2015"
WAVE = "2015"
_OPEN = r"\{(value|number|word|n|spark|change|trend)\}`([^`]+)`"


def repository(folder: Path) -> Path:
    """A copy of everything that is kept of this project, as a git repository of its own."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (source := ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / name)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    return folder


def add(root: Path, *, published: bool) -> Path:
    """Add the wave to the book in ``root``; a published one has the story pinned to the wave before it."""
    before = load(root).wave
    shutil.copy2(HELD / "data" / "figures" / f"{WAVE}.csv", root / "data" / "figures" / f"{WAVE}.csv")
    path = root / "data" / "waves.toml"
    declared = (HELD / "waves.toml").read_text(encoding="utf-8")
    more = "published = true\nreleased = 2026-12-01\n" if published else ""
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{declared}{more}", encoding="utf-8")
    if published:
        _pin(root, before)
    return root


def _pin(root: Path, wave: str) -> None:
    for page in [*(root / "book").glob("*.md"), *(root / "book" / "en").glob("*.md")]:
        text = page.read_text(encoding="utf-8")
        text = re.sub(r"\{wave\}`((?:in |In )?)wave`", rf"{{wave}}`\g<1>{wave}`", text)
        text = re.sub(_OPEN, lambda found: f"{{{found[1]}}}`{_pinned(found[1], found[2], wave)}`", text)
        page.write_text(text, encoding="utf-8")
    for path in (root / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            cell.source = cell.source.replace("load(wave=wave,", f'load(wave="{wave}",')
        nbformat.write(notebook, path)
    marked = wavebook(root, "review", "--all")
    assert marked.code == 0, marked.err


def _pinned(role: str, text: str, wave: str) -> str:
    """What a role shows, of a wave that is named."""
    form, opened, key = text.rpartition("<") if text.endswith(">") else ("", "", text)
    key, closed = key.removesuffix(">"), ">" if opened else ""
    name, _, place = key.partition("@")
    if text.startswith("fact:") or re.search(r"baseline|previous|\d{4}", place):
        return text
    since = f"baseline..{wave}" if role in ("change", "trend") else wave
    places = [*filter(None, [place]), since]
    return text if role == "spark" else f"{form}{opened}{name}@{','.join(places)}{closed}"
