"""Each check of a page sees what it is there for."""

import re

import pytest
from sweeps import often

from wavebook.publish import reader


@pytest.fixture(scope="module")
def reading(site, browser):
    return reader.Reader(browser, site)


FIRST = "document.querySelector('main p')"
SHAPES = "document.querySelectorAll('.chart svg [fill*=chart-1] path')"
PLANTED = [  # a check, what is done to a page, and what must be found then
    ("language", f"{FIRST}.lang = 'en'", "is not in en"),
    ("language", "document.querySelector('nav').ariaLabel = 'This is the search of the site'", "aria-label"),
    ("language", "document.documentElement.removeAttribute('lang')", "has no language"),
    ("keyboard", "document.querySelector('.skip').remove()", "first stop does not skip"),
    ("keyboard", "document.querySelector('.page-turn a').tabIndex = 1", "comes after what it precedes"),
    ("keyboard", "document.querySelector('.site-footer').style.cssText = 'position: absolute; top: 0'", "stands below"),
    (
        "keyboard",
        "document.querySelector('main').addEventListener('keydown', (event) => event.preventDefault())",
        "there: Tab does not leave",
    ),
    (
        "keyboard",
        "document.addEventListener('keydown', (event) => { if (event.shiftKey) event.preventDefault(); })",
        "back: Shift.Tab does not leave",
    ),
    ("focus", "document.querySelector('main p a').style.outline = '0'", "shows no focus"),
    ("focus", "document.querySelector('main p a').style.outlineColor = '#eee'", "320 light False: has a ring"),
    (
        "focus",
        "document.querySelector('.skip').after(Object.assign(document.createElement('div'), {id: 'cover'}));"
        "document.getElementById('cover').style.cssText = 'position: fixed; inset: 0; background: white; z-index: 9'",
        "out of sight",
    ),
    ("axe", "document.querySelector('.search input').removeAttribute('aria-label')", "320 light: label"),
    ("contrast", f"{FIRST}.style.color = '#999'", "contrast of 2"),
    ("contrast", f"{FIRST}.style.color = '#1b1c1e'", "1280 dark: has a contrast of 1"),
    ("charts", "document.querySelector('.chart-narrow title').textContent = 'overzicht'", "no name for readers"),
    ("charts", "document.querySelector('.chart-narrow desc').remove()", "no description"),
    ("charts", "document.querySelector('.chart details:has(table)').remove()", "no table"),
    ("charts", f"{SHAPES}.forEach((e) => {{ e.style.fill = '#dddddd'; }})", "contrast of 1.* in colour"),
    ("charts", f"{SHAPES}.forEach((e) => {{ e.style.opacity = 0.3; }})", "contrast of"),
    (
        "charts",
        f"const shape = {SHAPES}[0], twin = shape.cloneNode(); shape.after(twin); twin.setAttribute('fill', "
        "'var(--chart-2)'); document.querySelectorAll('.chart svg text').forEach((e) => e.remove())",
        "only colour tells",
    ),
    ("charts", f"{SHAPES}.forEach((e) => {{ e.setAttribute('fill', 'var(--chart-zero)'); }})", "--chart-zero .*1.* in"),
    (
        "contrast",
        "const text = [...document.querySelectorAll('.chart svg text')].find((e) => e.checkVisibility()), "
        "box = text.getBBox(), rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect'); "
        "for (const at of ['x', 'y', 'width', 'height']) rect.setAttribute(at, box[at]); "
        "rect.style.fill = '#333'; text.before(rect); if (text.getAttribute('transform')) "
        "rect.setAttribute('transform', text.getAttribute('transform'))",
        "light: has a contrast of 1",
    ),
    ("reflow", f"{FIRST}.style.width = '1300px'", "scrolls sideways"),
    ("reflow", f"{FIRST}.style.cssText = 'height: 1em; overflow: hidden'", "is cut off"),
    ("reflow", f"{FIRST}.style.cssText = 'height: 1em'", "lie over each other"),
    ("reflow", "document.querySelector('h1').style.display = 'none'", "not shown"),
    ("text-size", f"{FIRST}.style.cssText = 'height: 500px; overflow: hidden'", "320: is cut off"),
    ("text-spacing", f"{FIRST}.style.cssText = 'height: 5lh; overflow: hidden'", "320: is cut off"),
    ("forced-colours", "document.querySelectorAll('button').forEach((e) => { e.style.border = '0'; })", "has no edge"),
    (
        "forced-colours",
        f"{SHAPES}.forEach((e) => {{ e.style.cssText = 'forced-color-adjust: none; fill: #111'; }})",
        "dark True: .*contrast",
    ),
    ("reduced-motion", f"{FIRST}.style.setProperty('transition', 'color 1s', 'important')", "moves"),
    ("offline", "new Image().src = 'https://example.org/counter.png'", "asks for https://example.org"),
    ("offline", "console.warn('attention')", "warning: attention"),
    ("no-script", f"{FIRST}.after('Only with scripts')", "is not there: Only with scripts"),
]


FIRST_OF_EACH = {check: (check, *planted) for check, *planted in reversed(PLANTED)}.values()


@pytest.mark.browser
@pytest.mark.parametrize(("check", "deed", "fault"), often(PLANTED, *FIRST_OF_EACH))
def test_a_check_finds_a_planted_fault(reading, check, deed, fault):
    reading.open("puberteit" if SHAPES in deed or ".chart" in deed else "wijzigingen")
    reading.page.evaluate(f"(() => {{ {deed} }})()")
    if check == "focus":
        reader.CHECKS["keyboard"](reading)
    assert re.search(fault, "\n".join(reader.CHECKS[check](reading).faults))


def test_every_check_has_a_planted_fault():
    assert {check for check, *_ in PLANTED} == set(reader.CHECKS)
