"""What a reader's browser is sent for one page, as far as the HTML says."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote


@dataclass(frozen=True)
class Weight:
    """Bytes of the page and its own files, as they are and compressed, and requests to this and other sites."""

    raw: int
    compressed: int
    own: int
    elsewhere: int


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        loads = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src"}
        kinds = set((attributes.get("rel") or "").split())
        if tag == "link" and not kinds & {"stylesheet", "icon", "preload", "modulepreload"}:
            return
        address = attributes.get(loads.get(tag, ""))
        if address and not address.startswith("data:"):
            self.found[address.partition("#")[0].partition("?")[0]] = None


def weigh(page: Path) -> Weight:
    """One page; fonts and scripts that its files ask for in turn are not counted."""
    html = page.read_text(encoding="utf-8")
    links = _Links()
    links.feed(html)
    away = {address for address in links.found if re.match(r"(?:https?:)?//", address)}
    # Altair's page loads these by script, so no tag names them.
    away |= set(re.findall(r"https://cdn\.jsdelivr\.net/npm/vega[\w.@/-]*", html))
    files = [page, *(page.parent / unquote(address) for address in links.found if address not in away)]
    contents = [path.read_bytes() for path in files if path.is_file()]
    return Weight(sum(map(len, contents)), sum(len(gzip.compress(c)) for c in contents), len(contents), len(away))
