"""The feed, which tells followers of the site about editions, revisions and corrections."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from wavebook.core.files import write_whole
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages import changes
from wavebook.pages.parts import part
from wavebook.pages.records import book_of

FEED = "feed.xml"


class Entry(NamedTuple):
    """A piece of news: ``to`` is the address, below that of the site, of what it tells of."""

    day: str
    identity: str
    title: str
    text: str
    to: str


def entries(app: Sphinx) -> list[Entry]:
    """The news for followers of the site, newest first: each edition and change."""
    book = book_of(app.env)
    figures, language = book.figures, book.language
    d, words = figures.definitions, words_in(language).news
    found = []
    for key, wave in d.waves.items():
        if wave.released and not wave.embargo and figures.is_shown(key):
            title = words["edition"].format(wave=figures.called(key))
            found.append(
                Entry(wave.released, f"edition {key}", title, f"{wording.ended(book.title)} {title}.", _start(app, key))
            )
    for r in d.revisions:
        if figures.is_shown(r.wave):
            figure, before, after = changes.revised_figure(figures, r)
            what = words["revised"].format(figure=figure, before=before, after=after)
            reason = r.reasons.get(language, r.reason)
            title = words["revision"].format(wave=figures.called(r.wave))
            found.append(Entry(r.date, r.identity, title, f"{what} {reason}", _changes(app, "revisions")))
    for c in d.corrections:
        if figures.is_shown(c.wave):
            title = words["correction"].format(wave=figures.called(c.wave))
            text = f"{c.what[language]} {c.reason[language]}"
            found.append(Entry(c.date, c.identity, title, text, _changes(app, "corrections")))
    return sorted(set(found), reverse=True)


def _feed(app: Sphinx, entries: list[Entry]) -> str:
    """The entries as Atom 1.0 (RFC 4287); identities hold at whatever address the site is."""
    language, title, base = book_of(app.env).language, book_of(app.env).title, app.config.html_baseurl
    items = [(_urn(entry.identity), entry.title, entry.day, urljoin(base, entry.to), entry.text) for entry in entries]
    itself, start = urljoin(base, FEED), urljoin(base, "index.html")
    return part(
        "feed", language, _urn(f"{language} {title}"), title, items[0][2], app.config.author, itself, start, items
    )


def _start(app: Sphinx, wave: str) -> str:
    """The way to the edition about ``wave``: its own folder if it lies frozen there, else the newest edition."""
    book = book_of(app.env)
    start = f"{book.below}index.html"
    if start in book.archive.get("editions", {}).get(wave, ()):
        return f"{'../' if book.below else ''}{wave}/{start}"
    return "index.html"


def _changes(app: Sphinx, section: str) -> str:
    """The way to a section of the page about changes; to the first page if there is none."""
    found = (name for name, told in sorted(app.env.metadata.items()) if told.get("wavebook_changes"))
    page = next(found, "")
    return f"{page}.html#{section}" if page else f"{app.env.config.root_doc}.html"


def _urn(text: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"wavebook {text}").urn


def _frozen(app: Sphinx) -> bool:
    """Tell whether this is an edition at an address of its own, below the newest."""
    return bool(book_of(app.env).archive.get("place"))


def address(app: Sphinx, pagename: str) -> str:
    """The relative address of the feed in a page's language; the newest edition's also covers the frozen ones."""
    up = "../" * pagename.count("/")
    folder = book_of(app.env).below
    frozen = (f"../../{folder}" if folder else "../") if _frozen(app) else ""
    return f"{up}{frozen}{FEED}"


class FeedRole(SphinxRole):
    """A link to the feed, with this text. ``{feed}`Follow this book` ``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The text as a link."""
        to = address(self.env.app, self.env.docname)
        return [nodes.raw("", part("link", to, self.text), format="html")], []


def _write(app: Sphinx, error: Exception | None) -> None:
    """Write the feed of the newest edition, or remove an earlier build's if there are no entries."""
    if error is not None or app.builder.name != "html":
        return
    path = Path(app.outdir, FEED)
    if not _frozen(app) and (found := entries(app)):
        write_whole(path, _feed(app, found).encode())
    else:
        path.unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.add_role("feed", FeedRole())
    app.connect("build-finished", _write, priority=600)
