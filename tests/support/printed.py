"""A book of three pages and a notebook as its print edition has it, before it is printed: one page of HTML."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from leaf import put_notebook
from nbformat.v4 import new_markdown_cell
from plain import TOP, make_plain

import book
from wavebook.site.sphinx import run_sphinx

TOC = """
format: jb-book
root: index
parts:
  - chapters:
      - file: een
      - file: bronnen
  - chapters:
      - file: data
        sections:
          - file: notebooks/n
"""
FIRST = """# Een

Het cijfer was {value}`grade`, na {value}`grade@2013`. Van ja was het {value}`share.yes`. Kijk op
[de site](https://elders.example/a), [nog eens](https://elders.example/a), in
[het rapport](https://report.example/r) {cite:p}`report` of bij [alle cijfers](data.md).

[Druk op een getal.]{.screen-only} [Zie noot.]{.paper-only}

## Een kop met {value}`grade@2010`

Het [eerste deel](index.md) kwam hiervoor.
"""
PAGES = {
    "index.md": f"{TOP}# Klein boek\n\nEen lezer leest.\n\n## Kop\n\nNa {{value}}`grade`.\n",
    "een.md": TOP + FIRST,
    "bronnen.md": f"{TOP}# Bronnen\n\n```{{bibliography}}\n```\n",
    "data.md": f"{TOP}# Cijfers\n\n```{{figures}}\n```\n",
}
SOURCE = (
    "@misc{report, author = {Jansen, Jan}, title = {Het rapport}, year = {2015}, url = {https://report.example/r}}\n"
)


def html(factory, **asked) -> str:
    """The page; ``asked`` are ``paper`` and ``sheet``, made once each."""

    def make(folder: Path) -> str:
        root = make_plain(
            folder, PAGES, TOC, html_theme_options={"subtitle": "Onder <de> titel", "contact": "a@b.example"}
        )
        titled = nbformat.read(path := put_notebook(root, "1 + 1"), 4)
        titled.cells.insert(0, new_markdown_cell("# Berekening", id="title"))
        nbformat.write(titled, path)
        (root / "data" / "references.bib").write_text(SOURCE, encoding="utf-8")
        work = root / "_build" / ".wavebook" / "pdf"
        report = run_sphinx(root, work, "singlehtml", draft=False, outdir=work / "nl", **asked)
        assert report.problems == []
        page = (work / "nl" / "index.html").read_text(encoding="utf-8")
        return page + (work / "nl" / "_static" / "paper-pages.css").read_text(encoding="utf-8")

    return book.once(factory, f"printed-{sorted(asked.items())}", make)


def text(part: str) -> str:
    """The text of a piece of HTML, with its notes in brackets."""
    part = re.sub(r'<sup class="note-mark"><a [^>]*>(\d+)</a></sup>', r"[\1]", part)
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())
