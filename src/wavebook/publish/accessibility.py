"""The test of accessibility, which reads every page of a built site as readers with other needs do."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from wavebook.core.problems import Problem, fail, raise_all
from wavebook.definitions import Deviation, load_definitions
from wavebook.pages import accessibility
from wavebook.publish import chromium
from wavebook.publish.reader import CHECKS, Found, Reader


def check(root: Path, *, tell: Callable[[str], None] = lambda _: None) -> int:
    """Read every page of the site in _build/html, keep the results in data/accessibility.json, and count the pages.

    Raises
    ------
    ProblemsError
        A page that was not built (W523), no browser (W520), and every fault on a page without a deviation that states
        it, or the reverse (W524); the results then stay as they were.
    """
    site, found = root / "_build" / "html", {}
    declared = load_definitions(root)
    pages = accessibility.site_pages(root, declared.languages)
    if missing := [page for page in pages if not (site / f"{page}.html").is_file()]:
        action = "Build the whole site first: wavebook build."
        fail(Problem("W523", f"_build/html/{missing[0]}.html", "is not there to be read", action))
    with chromium.browser("read the pages", patience=3600) as browser:
        reader = Reader(browser, site)
        for page in pages:
            tell(page)
            found[page] = reader.read(page)
        version = browser.version
    raise_all(surprises(found, declared.deviations))
    accessibility.save(root, results(found, root, chromium=version, axe=reader.axe_version))
    return len(pages)


def surprises(found: dict[str, dict[str, Found]], deviations: tuple[Deviation, ...]) -> list[Problem]:
    """List faults on a page that no deviation states, and deviations that no page shows any more."""
    described = "Correct it, or describe it in data/accessibility.toml."
    wrong = [
        Problem("W524", f"{page}, {check}", fault.rstrip("."), described)
        for page, results in found.items()
        for check, result in results.items()
        for fault in result.faults
        if not accessibility.excused(deviations, check, page)
    ]
    for deviation in deviations:
        for page in deviation.pages:
            if not found[page][deviation.check].faults:
                said = f"finds nothing, and {deviation.what.said!r} says that it does"
                action = "Take the page from that deviation in data/accessibility.toml."
                wrong.append(Problem("W524", f"{page}, {deviation.check}", said, action))
    return wrong


def results(
    found: dict[str, dict[str, Found]], root: Path, *, chromium: str, axe: str, today: datetime.date | None = None
) -> accessibility.Results:
    """The results, as the book keeps them."""
    checks = {
        check: accessibility.Checked(
            seen=sum(of_page[check].seen for of_page in found.values()),
            faulty=tuple(page for page, of_page in found.items() if of_page[check].faults),
        )
        for check in CHECKS
    }
    day, look = (today or datetime.date.today()).isoformat(), accessibility.look(root)
    return accessibility.Results(date=day, chromium=chromium, axe=axe, look=look, pages=tuple(found), checks=checks)
