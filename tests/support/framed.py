"""How much of a figure's room on a page is its message: headline, subtitle and picture."""

from __future__ import annotations

from pathlib import Path

PHONE = {"width": 360, "height": 800}

MEASURE = """
    figures => figures.map((figure) => {
        const high = (element) => element.getBoundingClientRect().height;
        const picture = [...figure.querySelectorAll("svg[role=img]")].find((svg) => high(svg) > 0);
        return [figure.id, (high(figure.querySelector("figcaption")) + high(picture)) / high(figure)];
    })
"""


def shares(browser, pages: list[Path]) -> dict[str, float]:
    """The part of each figure's height on a phone that is picture and message, by page and chart."""
    context = browser.new_context(viewport=PHONE)
    tab, found = context.new_page(), {}
    for page in pages:
        tab.goto(page.as_uri())
        measured = tab.locator("figure.chart").evaluate_all(MEASURE)
        found |= {f"{page.parent.name}/{page.stem}#{name}": share for name, share in measured}
    context.close()
    return found
