"""The publication in the formats of reference managers."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

from wavebook.core.files import write_whole
from wavebook.core.writing import json_file
from wavebook.language.words import words_in
from wavebook.pages import downloads
from wavebook.pages.records import book_of


def _citations(app: Sphinx) -> dict[str, str]:
    """The publication as BibTeX, RIS and CSL-JSON, for reference managers; its day is that of the edition.

    The edition is named in words: a bare 2014 would become "2014th edition".
    """
    book, key = book_of(app.env), downloads.slug(book_of(app.env).title)
    title, author = (" ".join(text.split()) for text in (book.title, app.config.author))
    address, day = book.lasting(app.config.html_baseurl or ""), book.released
    edition = words_in(book.language).news["edition"].format(wave=book.figures.called(book.figures.wave))
    bib = {"author": f"{{{_bibtex(author)}}}", "title": _bibtex(title), "year": day[:4], "date": day}
    bib |= {"edition": edition, "langid": words_in(book.language).bibtex, "url": address}
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in bib.items() if value)
    ris = {"TY": "ELEC", "AU": author, "TI": title, "PY": day[:4], "DA": day.replace("-", "/"), "ET": edition}
    ris |= {"LA": book.language, "UR": address}
    lines = "".join(f"{name}  - {value}\n" for name, value in ris.items() if value)
    issued = {"date-parts": [[int(part) for part in day.split("-")]]} if day else {}
    csl = {"id": key, "type": "webpage", "author": [{"literal": author}], "title": title, "issued": issued}
    csl |= {"edition": edition, "language": book.language, "URL": address}
    csl = {name: value for name, value in csl.items() if value}
    return {
        "citation.bib": f"@online{{{key},\n{fields}}}\n",
        "citation.ris": f"{lines}ER  - \n",
        "citation.json": json_file([csl]).decode(),
    }


def _bibtex(text: str) -> str:
    """``text`` with LaTeX's special characters escaped; pybtex would do that in addresses too."""
    return re.sub(r"[&%$#_]", r"\\\g<0>", re.sub(r"[{}\\]", "", text))


def _write(app: Sphinx, error: Exception | None) -> None:
    if error is None and app.builder.name == "html":
        for name, text in _citations(app).items():
            write_whole(Path(app.outdir, name), text.encode())


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.connect("build-finished", _write, priority=600)
