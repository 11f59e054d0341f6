"""Other words for sentences, written together with the tests that hang on them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from wavebook.pages.typed import Passage
from wavebook.publish.desk import edits
from wavebook.publish.desk.sentences import Page

CLAIM = re.compile(r"\{[^{}]*\.claim[^{}]*?#([\w-]+)[^{}]*\}")
MARKUP = re.compile(r"\{[\w:]+\}`[^`]*`|\{[^{}]*\}|\]\([^)]*\)|`[^`]*`")


@dataclass(frozen=True)
class Spot:
    """A sentence in its file, and other words for it."""

    page: Page
    passage: Passage
    words: str


def turned(typed: str, wrong: str, right: str) -> str:
    """A sentence as it is typed with another word for a direction; empty unless that stands in it once.

    >>> turned("[Trust\nrose {value}`rose`.]{.claim #rose}", "rose", "fell"), turned("Rose, rose.", "rose", "fell")
    ('[Trust\\nfell {value}`rose`.]{.claim #rose}', '')
    """
    plain = MARKUP.sub(lambda found: "\0" * len(found[0]), typed)
    words = r"\s+".join(map(re.escape, wrong.split()))
    found = [*re.finditer(rf"(?<![\w-]){words}(?![\w-])", plain, re.IGNORECASE)]
    if len(found) != 1:
        return ""
    word = right[:1].upper() + right[1:] if found[0][0][:1].isupper() else right
    return typed[: found[0].start()] + word + typed[found[0].end() :]


def reword(root: Path, about: str, spots: Iterable[Spot], changed: dict[str, tuple[bytes, bytes]]) -> bool:
    """Write other words for sentences, and the notebooks that are ``changed`` with them; all or nothing."""
    changes = dict(changed)
    for spot in sorted(spots, key=lambda spot: -spot.passage.start):
        before, content = changes.get(spot.page.name, (spot.page.content, spot.page.content))
        page = Page(spot.page.name, content, spot.page.language)  # what comes before this sentence is as it was
        changes[spot.page.name] = before, page.reworded(spot.passage, spot.words)
    return edits.write(root, about, changes)
