"""The whole book as one tagged PDF with bookmarks: Sphinx puts it on one page, Chromium prints that page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from wavebook.core import files
from wavebook.core.problems import Problem, ProblemsError, fail
from wavebook.publish import build
from wavebook.site.settings import settings

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


# Files beside the site are not beside the PDF, and their addresses name this machine's folders.
_UNLINK = """for (const link of [...document.links])  // the list itself shrinks as links lose their address
    if (link.protocol === "file:" && link.pathname !== location.pathname) link.removeAttribute("href")"""


@files.one_at_a_time
def make(root: Path, *, tell: Callable[[str], None] = lambda _: None, **edition: object) -> list[Path]:
    """Print one edition of the book to _build/pdf/<root page's title>.pdf, one file a language; each is replaced whole.

    Raises
    ------
    ProblemsError
        Everything that is not true or not there in either language, or nothing to print with (W520); no file
        is changed then.
    """
    languages = ["nl", "en"] if build.has_english(root) else ["nl"]
    work, found, made = root / "_build" / ".wavebook" / "pdf", [], {}
    for language in languages:
        report = build.run_sphinx(
            root, work, "singlehtml", language=language, draft=False, outdir=work / language, tell=tell, **edition
        )
        found += report.problems
        name = re.sub(r"\W+", "-", settings(root, language)["html_title"].lower()).strip("-") or language
        made[root / "_build" / "pdf" / f"{name}.pdf"] = work / language / "index.html"
    if found:
        raise ProblemsError(found)
    tell("printing")
    fresh = _print({work / output.name: page for output, page in made.items()})
    for output, printed in zip(made, fresh, strict=True):
        files.write_whole(output, printed.read_bytes())
        printed.unlink()
    return list(made)


def chromium() -> str | None:
    """The system's Chromium, or None for Playwright's own."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def _print(pages: dict[Path, Path]) -> list[Path]:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        fail(Problem("W520", "wavebook pdf", "needs Playwright to print with", "Use make pdf: it installs it."))
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            for output, page in pages.items():
                opened = browser.new_page()
                opened.goto(page.as_uri())
                opened.evaluate(_UNLINK)
                opened.pdf(path=output, prefer_css_page_size=True, tagged=True, outline=True)
            browser.close()
    except Error as error:
        said = str(error).strip().splitlines()[0]
        fail(Problem("W520", "Chromium", f"could not print: {said}", "Install Chromium: tools/browser does."))
    return list(pages)
