"""The whole book as one tagged PDF with bookmarks: Sphinx puts it on one page, Chromium prints that page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wavebook.core import files, languages
from wavebook.core.problems import Problem, ProblemsError
from wavebook.publish import chromium
from wavebook.site.settings import settings
from wavebook.site.sphinx import run_sphinx

# Files beside the site are not beside the PDF, and their addresses name this machine's folders.
_UNLINK = """for (const link of [...document.links])  // the list itself shrinks as links lose their address
    if (link.protocol === "file:" && link.pathname !== location.pathname) link.removeAttribute("href")"""


@files.one_at_a_time
def make(root: Path, *, tell: Callable[[str], None] = lambda _: None, **edition: Any) -> list[Path]:
    """Print one edition of the book to _build/pdf/<root page's title>.pdf, one file a language; each is replaced whole.

    Raises
    ------
    ProblemsError
        Everything that is not true or missing in any language, or no browser to print with (W520); no file
        is changed then.
    """
    work = root / "_build" / ".wavebook" / "pdf"
    found: list[Problem] = []
    made: dict[Path, Path] = {}
    for language in languages.declared(root):
        report = run_sphinx(
            root, work, "singlehtml", language=language, draft=False, outdir=work / language, tell=tell, **edition
        )
        found += report.problems
        name = re.sub(r"\W+", "-", str(settings(root, language)["html_title"]).lower()).strip("-") or language
        made[root / "_build" / "pdf" / f"{name}.pdf"] = work / language / "index.html"
    if found:
        raise ProblemsError(found)
    tell("printing")
    fresh = _print({work / output.name: page for output, page in made.items()})
    for output, printed in zip(made, fresh, strict=True):
        files.write_whole(output, printed.read_bytes())
        printed.unlink()
    return list(made)


def _print(pages: dict[Path, Path]) -> list[Path]:
    with chromium.browser("print") as browser:
        for output, page in pages.items():
            opened = browser.new_page()
            opened.goto(page.as_uri())
            opened.evaluate(_UNLINK)
            opened.pdf(path=output, prefer_css_page_size=True, tagged=True, outline=True)
    return list(pages)
