"""A book of a page in two languages, on which sentences, live numbers and a trend hang on one test: a grade rose."""

from __future__ import annotations

from pathlib import Path

from plain import TOP, make_plain
from waves import notebook

PAGE = TOP + (
    "# Kop\n\n[Het cijfer steeg.]{.claim #steeg} Dan {value}`grade`.\n\n- Ook hier: [het steeg]{.claim #steeg}, naar\n"
    "  {value}`grade`.\n\nHet {trend}`steeg<grade>` in {wave}`wave`.\n"
)
ENGLISH = "# Title\n\n[The grade rose.]{.claim #steeg}\n"


def make(folder: Path) -> Path:
    """The book in a folder."""
    root = make_plain(folder, {"p.md": PAGE, "en/p.md": ENGLISH})
    (root / "_config.yml").write_text("title: T\nauthor: A\nlanguages: [nl, en]\n", encoding="utf-8")
    text = notebook("1", '"steeg": claims.rises("grade")')
    (root / "notebooks" / "cijfers.ipynb").write_text(text, encoding="utf-8")
    return root


def read(root: Path, name: str = "book/p.md") -> str:
    """The text of one of its files."""
    return (root / name).read_text(encoding="utf-8")
