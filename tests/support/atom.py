"""What is wrong with an Atom feed, by its schema, by what RFC 4287 says beside that, and by a feed reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import feedparser
from lxml import etree

_NAMES = {"a": "http://www.w3.org/2005/Atom"}


@cache
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(file=str(Path(__file__).with_name("atom.rng")))


def faults(path: Path) -> list[str]:
    """One line for each fault of the feed in ``path``; none when it is valid."""
    return list(_faults(path.read_bytes()))


def _faults(content: bytes) -> Iterator[str]:
    try:
        feed = etree.fromstring(content)
    except etree.XMLSyntaxError as error:
        yield f"no XML: {error}"
        return
    schema = _schema()
    if not schema.validate(feed):
        yield from (f"line {entry.line}: {entry.message}" for entry in schema.error_log)
    identities = Counter(feed.xpath("//a:id/text()", namespaces=_NAMES))
    yield from (f"identity {name} stands {times} times" for name, times in identities.items() if times > 1)
    for owner in feed.xpath("/a:feed | //a:entry", namespaces=_NAMES):  # sections 4.1.1 and 4.1.2
        links = owner.xpath("a:link[not(@rel) or @rel='alternate']", namespaces=_NAMES)
        kinds = Counter((link.get("type"), link.get("hreflang")) for link in links)
        yield from (f"{times} alternates of one kind, {kind}" for kind, times in kinds.items() if times > 1)
    if len(feed.xpath("a:link[@rel='self']", namespaces=_NAMES)) != 1:
        yield "the feed does not say where it is itself"
    read = feedparser.parse(content)
    if read.bozo:
        yield f"feedparser: {read.bozo_exception}"
    if read.version != "atom10" or len(read.entries) != len(feed.xpath("//a:entry", namespaces=_NAMES)):
        yield "feedparser does not read every entry as Atom 1.0"
