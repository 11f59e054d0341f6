"""A small book with settings of two lines, to be given pages, other settings or another table of contents."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from leaf import put_notebook
from small import SmallBook

import book

TOP = "---\nreviewed: 2014\n---\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
TOC = "format: jb-book\nroot: index\n"
SETTINGS: dict[str, Any] = {"title": "Klein boek", "author": "Wij", "languages": ["nl"]}
INDEX = TOP + "# Begin\n\n{cite:p}`report`\n\n## Bronnen\n\n```{bibliography}\n```\n"


def make_plain(folder: Path, pages: dict[str, str | bytes] | None = None, toc: str = TOC, **sphinx: Any) -> Path:
    """A book in ``folder`` with these files in book/ and these settings of Sphinx; what was there goes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    root = SmallBook(folder).root
    (root / "data" / "context.toml").write_text("", encoding="utf-8")
    config = SETTINGS | ({"sphinx": {"config": sphinx}} if sphinx else {})
    (root / "_config.yml").write_text(json.dumps(config), encoding="utf-8")
    (root / "_toc.yml").write_text(toc, encoding="utf-8")
    put_notebook(root)
    for name, content in {"index.md": INDEX, **(pages or {})}.items():
        write(root, name, content)
    return root


def write(root: Path, name: str, content: str | bytes) -> None:
    """Put a file in book/."""
    path = root / "book" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def article(root: Path, name: str = "index") -> str:
    """The HTML of a page's own text."""
    text = (root / "_build" / "html" / f"{name}.html").read_text(encoding="utf-8")
    return text[text.index("<article>") : text.index("</article>")]


def contents(site: dict[str, tuple[str, int]]) -> dict[str, str]:
    """The hash of each file of a site."""
    return {name: digest for name, (digest, _) in site.items()}


def built(root: Path) -> book.Run:
    """The book built strictly, which must succeed."""
    run = book.wavebook(root, "build")
    assert run.code == 0, run.err
    return run
