"""Reading of every page like readers who press keys, enlarge text, force colours, or have no scripts and no network.

The checks within a page are in ``reader.js``. The browser tests call this, and so does ``wavebook accessibility``,
which keeps the results in data/accessibility.json.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
Scheme = Literal["light", "dark"]
NARROW, WIDE = 320, 1280
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } \
    p { margin-bottom: 2em !important }"  # WCAG 2.2, 1.4.12
COLOUR_RULES = ["color-contrast", "link-in-text-block"]  # all rules that depend on the colour scheme
AXE = """rules => axe.run({preload: false, selectors: false, resultTypes: ["violations"], ...rules}).then(found => ({
    version: found.testEngine.version,
    seen: ["passes", "violations", "incomplete", "inapplicable"].reduce((sum, kind) => sum + found[kind].length, 0),
    faults: found.violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 120)}`)),
}))"""


class Found(NamedTuple):
    """The number of things that a check looked at on a page, and their faults."""

    seen: int
    faults: list[str]


class Reader:
    """A tab of a browser without network, in which pages of a site are read in every way that ``CHECKS`` has."""

    def __init__(self, browser: Browser, site: Path) -> None:
        from axe_playwright_python.sync_playwright import Axe

        self.site, self.axe = site, Axe().axe_script
        self.context = browser.new_context(offline=True)
        self.page = self.context.new_page()
        self.tools = self.context.new_cdp_session(self.page)
        self.axe_version = ""
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", lambda request: self.said.append(f"failed: {request.url}"))
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def read(self, name: str) -> dict[str, Found]:
        """The findings of every check on a page."""
        self.open(name)
        return {check: look(self) for check, look in CHECKS.items()}

    def open(self, name: str) -> None:
        """Show a page as most readers have it, with everything that can be opened open."""
        self.page.goto("about:blank")  # so that the last page makes no more requests
        self.asked.clear()
        self.said.clear()
        self.show()
        self.page.goto((self.site / f"{name}.html").as_uri())
        self.page.evaluate(SCRIPT)
        self.page.evaluate("reader.open()")

    def show(self, width: int = WIDE, scheme: Scheme = "light", *, forced: bool = False, reduced: bool = False) -> None:
        """Show the page in one way; settings not given are as most readers have them."""
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.emulate_media(
            color_scheme=scheme,
            forced_colors="active" if forced else "none",
            reduced_motion="reduce" if reduced else "no-preference",
        )

    def look(self, check: str, *ways: dict[str, Any]) -> Found:
        """The findings of a function of the script in each way of showing the page."""
        found = []
        for way in ways or ({},):
            self.show(**way)
            found.append((" ".join(map(str, way.values())), Found(**self.page.evaluate(f"reader.{check}()"))))
        return together(found)

    def press(self, key: str, times: int) -> None:
        """Press a key this many times, then until the focus has left the page or is trapped."""
        for _ in range(times):
            self.page.keyboard.press(key)
        for _ in range(25):
            if self.page.evaluate("reader.left()"):
                break
            self.page.keyboard.press(key)


def together(found: Iterable[tuple[str, Found]]) -> Found:
    """Several findings as one; each fault names the way of showing the page in which it occurs."""
    found = list(found)
    return Found(sum(f.seen for _, f in found), [f"{way}: {fault}" for way, f in found for fault in f.faults])


# --- the checks, in an order in which each leaves the page fit for the next ---------------------------------


def _language(reader: Reader) -> Found:
    return reader.look("languages")


def _keyboard(reader: Reader) -> Found:
    """Move through the page and back."""
    reader.show(NARROW)
    stops = reader.page.evaluate("reader.setOut()")
    reader.press("Tab", stops)
    there = Found(**reader.page.evaluate("reader.walked()"))
    reader.press("Shift+Tab", there.seen - 1)
    return together([("there", there), ("back", Found(0, reader.page.evaluate("reader.walkedBack()")["faults"]))])


def _focus(reader: Reader) -> Found:
    schemes = ("light", "dark")
    ways = [{"width": NARROW, "scheme": scheme, "forced": forced} for scheme in schemes for forced in (False, True)]
    return reader.look("focus", *ways)


def _axe(reader: Reader) -> Found:
    reader.page.evaluate(reader.axe)
    found = []
    ways: list[tuple[int, Scheme, dict[str, Any]]] = [(NARROW, "light", {}), (WIDE, "dark", {"runOnly": COLOUR_RULES})]
    for width, scheme, rules in ways:
        reader.show(width, scheme)
        answer = reader.page.evaluate(AXE, rules)
        reader.axe_version = answer.pop("version")
        found.append((f"{width} {scheme}", Found(**answer)))
    return together(found)


def _contrast(reader: Reader) -> Found:
    return reader.look("ink", *({"width": w, "scheme": s} for w in (NARROW, WIDE) for s in ("light", "dark")))


def _charts(reader: Reader) -> Found:
    ways = [{"width": w, "scheme": s} for w in (NARROW, WIDE) for s in ("light", "dark")]
    drawn = reader.look("charts", {"width": NARROW}, {"width": WIDE})
    return Found(drawn.seen // 2, drawn.faults + reader.look("marks", *ways).faults)


def _reflow(reader: Reader) -> Found:
    return reader.look("layout", {"width": NARROW}, {"width": 360}, {"width": WIDE})


def _text_size(reader: Reader) -> Found:
    """Read the page like a reader who set the browser's text to twice its size."""
    sizes = {"standard": 32, "fixed": 26}
    reader.tools.send("Page.setFontSizes", {"fontSizes": sizes})
    found = reader.look("layout", {"width": WIDE}, {"width": NARROW})
    reader.tools.send("Page.setFontSizes", {"fontSizes": {name: size // 2 for name, size in sizes.items()}})
    return found


def _text_spacing(reader: Reader) -> Found:
    sheet = "const sheet = new CSSStyleSheet(); sheet.replaceSync(rules); document.adoptedStyleSheets = [sheet];"
    reader.page.evaluate(f"rules => {{ {sheet} }}", SPACED)
    found = reader.look("layout", {"width": WIDE}, {"width": NARROW})
    reader.page.evaluate("document.adoptedStyleSheets = []")
    return found


def _forced_colours(reader: Reader) -> Found:
    ways = [{"scheme": scheme, "forced": True} for scheme in ("light", "dark")]
    edges, marks = reader.look("edges", *ways), reader.look("marks", *ways)
    return Found(edges.seen + marks.seen, edges.faults + marks.faults)


def _reduced_motion(reader: Reader) -> Found:
    return reader.look("motion", {"reduced": True})


def _offline(reader: Reader) -> Found:
    """Check all requests and console messages so far: nothing from elsewhere, and no complaint."""
    root = f"{reader.site.as_uri()}/"
    outside = {url for url in reader.asked if not url.startswith((root, "data:"))}
    return Found(len(reader.asked), [*sorted(f"asks for {url}" for url in outside), *reader.said])


def _no_script(reader: Reader) -> Found:
    """Read the same page with scripts off: all text is there, and no part says that it needs scripts."""
    reader.show()
    texts = reader.page.evaluate("reader.read()")
    reader.tools.send("Emulation.setScriptExecutionDisabled", {"value": True})
    reader.page.reload()
    reader.page.evaluate(SCRIPT)
    reader.page.evaluate("reader.open()")
    without, needy = reader.page.evaluate("[reader.read(), document.querySelectorAll('noscript').length]")
    reader.tools.send("Emulation.setScriptExecutionDisabled", {"value": False})
    faults = [f"is not there: {text}" for text in dict.fromkeys(texts) if text not in set(without)]
    return Found(len(texts), faults + ["a part of it needs scripts"] * bool(needy))


CHECKS: dict[str, Callable[[Reader], Found]] = {
    "language": _language,
    "keyboard": _keyboard,
    "focus": _focus,
    "axe": _axe,
    "contrast": _contrast,
    "charts": _charts,
    "reflow": _reflow,
    "text-size": _text_size,
    "text-spacing": _text_spacing,
    "forced-colours": _forced_colours,
    "reduced-motion": _reduced_motion,
    "offline": _offline,
    "no-script": _no_script,
}
