"""A print edition of the book, one tagged PDF a language: Sphinx puts its pages on one, Chromium prints that page.

Chromium knows no cross-references to pages. So the book is printed to see where its parts begin, the numbers are filled
in, and it is printed again until they are those of the pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wavebook.core import files, languages, outputs
from wavebook.core.problems import Problem, ProblemsError
from wavebook.core.turns import one_at_a_time
from wavebook.core.units import Language
from wavebook.language.words import words_in
from wavebook.publish import chromium
from wavebook.site.paper import SHEETS
from wavebook.site.settings import settings
from wavebook.site.sphinx import run_sphinx

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

    from wavebook.publish import tagging

MARGIN = 25  # mm on either side of the text, as in paper.css
TRIES = 4  # a number that becomes longer may move a line, and that a page; more than two are not known to happen
# Files beside the site are not beside the PDF, and their addresses name this machine's folders.
_UNLINK = """for (const link of [...document.links])  // the list itself shrinks as links lose their address
    if (link.protocol === "file:" && link.pathname !== location.pathname) link.removeAttribute("href")"""
# Chromium leaves empty cells out of the table that a screen reader walks through.
_CELLS = """for (const cell of document.querySelectorAll("td, th"))
    if (!cell.textContent.trim() && !cell.querySelector("svg, img")) cell.textContent = "\\u00a0";"""
# Fill in the pages of what is referred to; tells whether any number was another.
_FILL = """pages => [...document.querySelectorAll("[data-page]")].filter(place => {
    const page = String(pages[place.dataset.page] ?? ""), other = place.textContent !== page;
    place.textContent = page;
    return other;
}).length > 0"""
# Make tables that are wider than the text smaller, or turn their page, and return what is wider all the same.
_FIT = """turned => {
    const width = document.querySelector("main").getBoundingClientRect().right + 1;
    const wide = element => element.getBoundingClientRect().right > width;
    for (const name of ["tight", "tighter"])
        for (const table of document.querySelectorAll("table")) if (wide(table)) table.classList.add(name);
    for (const table of document.querySelectorAll("table")) {
        const around = table.closest(".table-scroll");
        if (wide(table) && around && table.scrollWidth <= turned) around.classList.add("turned");
    }
    const seen = [...document.querySelectorAll("main *")].filter(element =>
        !element.closest(".cover, .turned, svg > *, [aria-hidden=true], math") && element.getClientRects().length
        && wide(element));
    const outer = seen.filter(element => !seen.includes(element.parentElement));
    return outer.map(element => `${element.localName} “${element.textContent.trim().slice(0, 40)}”`);
}"""
_TEXTS = """() => [...document.querySelectorAll("main :is(p, li, td, h2, h3, h4)")]
    .filter(element => !element.querySelector("p, li")).map(element => element.textContent.replace(/\\s+/g, " "))"""


@one_at_a_time
def make(
    root: Path,
    *,
    about: bool = False,
    code: bool = False,
    sheet: str = "a4",
    tell: Callable[[str], None] = lambda _: None,
    **edition: Any,
) -> dict[Path, list[Problem]]:
    """Print one edition of the book to _build/pdf/<root page's title>.pdf, one file a language; each is replaced whole.

    It is the story; ``about`` brings the pages about the publication, ``code`` the notebooks. The result tells of each
    file what may be better in it (W528, W529).

    Raises
    ------
    ProblemsError
        Everything that is not true or missing in any language, or no browser to print with (W520); no file
        is changed then.
    """
    outputs.no_links(root, "_build/pdf")
    work = root / "_build" / ".wavebook" / "pdf"
    found: list[Problem] = []
    made: dict[Path, tuple[Language, Path]] = {}
    paper = [name for name, asked in (("about", about), ("code", code)) if asked]
    for language in languages.declared(root):
        report = run_sphinx(
            root,
            work,
            "singlehtml",
            language=language,
            draft=False,
            outdir=work / language,
            tell=tell,
            paper=paper,
            sheet=sheet,
            **edition,
        )
        found += report.problems
        name = re.sub(r"\W+", "-", str(settings(root, language)["html_title"]).lower()).strip("-") or language
        if (output := root / "_build" / "pdf" / f"{name}.pdf") in made:  # the title is the same in both languages
            output = output.with_stem(f"{name}-{language}")
        made[output] = language, work / language / "index.html"
    if found:
        raise ProblemsError(found)
    outputs.no_links(root, *(output.relative_to(root).as_posix() for output in made))
    from wavebook.publish import tagging  # with a package of the extra, as Playwright is

    tell("printing")
    told: dict[Path, list[Problem]] = {}
    printed: dict[Path, bytes] = {}
    with chromium.browser("print") as browser:
        for output, (language, source) in made.items():
            page = browser.new_page(viewport=_text_area(sheet))
            page.goto(source.as_uri())
            told[output] = _notices(page, output.name, language, _text_area(sheet)["height"])
            printed[output] = tagging.mended(_print(page), _about(page, language))
            page.close()
    for output, content in printed.items():
        files.write_whole(output, content)
    outputs.open_to_readers(root / "_build" / "pdf")
    return told


def _text_area(sheet: str) -> ViewportSize:
    """The width of the text on a page, and on one that is turned, in pixels of CSS."""
    _, *sides = SHEETS[sheet]
    width, height = (int((side - 2 * MARGIN) / 25.4 * 96) for side in sides)
    return {"width": width, "height": height}


def _notices(page: Page, name: str, language: Language, height: int) -> list[Problem]:
    """Fit what is wider than a page, and tell what cannot be, and what asks for a screen."""
    page.evaluate(_UNLINK)
    page.evaluate(_CELLS)
    page.emulate_media(media="print")
    wide = "Write it in fewer columns, or leave it out on paper with the class screen-only."
    told = [Problem("W529", name, f"is wider than the page: {what}", wide) for what in page.evaluate(_FIT, height)]
    asked = re.compile(rf"[^.!?]*{words_in(language).patterns.screen}[^.!?]*", re.IGNORECASE)
    found = dict.fromkeys(match[0].strip() for text in page.evaluate(_TEXTS) for match in asked.finditer(text))
    action = "Mark the sentence {.screen-only}, and write one for paper beside it: {.paper-only}."
    return [*told, *(Problem("W528", name, f"asks for a screen: “{text}”", action) for text in found)]


def _about(page: Page, language: Language) -> tagging.About:
    """What the page says of itself, in the words of its language."""
    from wavebook.publish import tagging

    told = page.evaluate("""() => Object.fromEntries(
        [...document.querySelectorAll("meta[name]")].map(meta => [meta.name, meta.content]))""")
    named = {"author": told["author"], "subject": told["description"], "released": told["date"]}
    return tagging.About(page.title(), language, words_in(language).paper["to_page"], **named)


def _print(page: Page) -> bytes:
    """Print a page until the numbers in it are those of its pages."""
    from wavebook.publish import tagging

    printed = b""
    for _ in range(TRIES):
        printed = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
        if not page.evaluate(_FILL, tagging.places(printed)):
            break
    return printed
