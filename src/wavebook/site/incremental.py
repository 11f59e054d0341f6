"""The choice of pages to read and write again, with the reasons.

Each use of a figure left a record with a stamp of what it was made from. A page with a stamp that no longer matches is
read again; pages that show changed parts of each other are written again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import cast

from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment

from wavebook.core import files, hashes
from wavebook.pages.records import (
    STATED,
    book_of,
    charts_of,
    domain_of,
    in_order,
    list_of_statements,
    records,
)
from wavebook.site.application import given_to


def _outdated(app: Sphinx, env: BuildEnvironment, added, changed, removed) -> list[str]:
    """The pages that show something that would now be made from other inputs."""
    book = book_of(env)
    book.why |= dict.fromkeys(changed, "its file or a setting changed") | dict.fromkeys(added, "not written before")
    domain = domain_of(env)
    before, texts = domain.before("texts") or {}, _texts(env)
    domain.changed("texts", texts)
    # Sphinx looks at times, and misses a file that was put back with an older one
    other = [name for name, text in texts.items() if before.get(name, text) != text]
    _forget_look(app, env)
    if _unfinished(app).exists():
        return book.because(env.found_docs, "the last build was stopped while it wrote")
    if domain.changed("code", book.code):
        return book.because(env.found_docs, "the library, the settings, the declarations or the look changed")
    found = book.because(other, "its file or a setting changed")
    found += book.because(_warned_of(app), "the last build had a warning about it")
    if added or removed:
        found += book.because(env.toctree_includes.keys() & env.found_docs, "a page came or went")
    for docname, noted in records(env).items():
        stale = [r for r in noted if r.stamp and r.stamp != book.stamp(r.kind, r.text)]
        if stale:
            shown = dict.fromkeys(f"{{{r.kind}}}`{r.text}`" if r.text else f"{{{r.kind}}}" for r in stale)
            what = ", ".join(list(shown)[:3]) + (f" and {len(shown) - 3} more" if len(shown) > 3 else "")
            found += book.because([docname], f"{what}: made from something else now")
    return found


def _forget_look(app: Sphinx, env: BuildEnvironment) -> None:
    """Remove style sheets and pictures that an earlier build copied and that have left the book."""
    folder = book_of(env).root / "book" / "_static"
    before = domain_of(env).before("look") or []
    now = [path.relative_to(folder).as_posix() for path in files.look(book_of(env).root)]
    domain_of(env).changed("look", now)
    for name in set(before) - set(now):
        Path(app.outdir, "_static", name).unlink(missing_ok=True)


def _texts(env: BuildEnvironment) -> dict[str, str]:
    """A hash of each page's file."""
    return {name: files.digest([Path(env.doc2path(name))]) for name in sorted(env.found_docs)}


def _unfinished(app: Sphinx) -> Path:
    """The file that exists while pages are written.

    Sphinx keeps its environment before it writes, so after a build that was stopped it would regard unwritten pages
    as written.
    """
    return Path(app.doctreedir, ".unfinished")


def _warned(app: Sphinx) -> Path:
    return Path(app.doctreedir, "warned.json")


def _warned_of(app: Sphinx) -> list[str]:
    """The pages noted by ``read_again`` that still exist."""
    with suppress(OSError, ValueError):
        return [name for name in json.loads(_warned(app).read_bytes()) if name in app.env.found_docs]
    return []


def read_again(app: Sphinx, paths: Iterable[Path]) -> None:
    """Have the next build read these pages even if unchanged: Sphinx warns only about pages that it reads or writes."""
    names = sorted(name for path in set(paths) if (name := app.env.path2doc(str(path))) in app.env.found_docs)
    files.write_whole(_warned(app), json.dumps(names).encode())


def _retell(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write again the pages that show text of others: the meaning of a term, or the tested sentences."""
    _unfinished(app).touch()
    said = [
        (d, r.text, r.shown, r.outcome, r.sentence)
        for d, noted in sorted(records(env).items())
        for r in noted
        if r.kind in STATED and not r.left_out
    ]
    listed = [name for name, data in env.metadata.items() if data.get("wavebook_claims")]
    _settle_targets(env)
    domain = domain_of(env)
    terms, claims = domain.changed("glossary", domain.glossary), domain.changed("claims", said)
    if terms:
        return book_of(env).because(env.found_docs, "the terms or what they mean changed")
    return book_of(env).because(listed, "the tested sentences changed") if claims else []


def _reframe(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write all pages when the parts that they show of each other have changed."""
    if not domain_of(env).changed("frame", _frame(env)):
        return []
    return book_of(env).because(env.found_docs, "a title, heading, first chart or the order of the pages changed")


def _settle_targets(env: BuildEnvironment) -> None:
    """Make a link to a sentence on several pages lead to the first, whichever of them was read last."""
    targets = _labels(env).anonlabels
    for page in reversed(in_order(env)):
        for record in records(env).get(page, ()):
            if record.kind == "claim" and not record.left_out and record.text in targets:
                targets[record.text] = page, targets[record.text][1]


def _labels(env: BuildEnvironment) -> StandardDomain:
    return cast(StandardDomain, env.get_domain("std"))


def _frame(env: BuildEnvironment) -> str:
    """A hash of what a page shows of other pages: titles, order, pictures and link targets."""
    folder = book_of(env).root / "book"
    made_from = {
        "pages": sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md")),  # in both languages
        "order": env.toctree_includes,
        "statements": list_of_statements(env),
        "titles": {name: title.astext() for name, title in env.titles.items()},
        "headings": {name: data.get("myst_slugs") for name, data in env.metadata.items()},
        "labels": [_labels(env).labels, _labels(env).anonlabels],
        "numbers": env.toc_fignumbers,
        "charts": {name: list(charts_of(noted).items())[:1] for name, noted in records(env).items()},
        "sources": sorted(book_of(env).figures.rows.words["source"].used()),
        "rows": book_of(env).layout.ends,
    }
    return hashes.of(json.dumps(made_from, sort_keys=True, default=str))


def _finish(app: Sphinx, error: Exception | None) -> None:
    """Record that the pages are whole once the work alongside is done too; wait for it if nobody else does."""
    beside = book_of(app.env).beside
    if error is None:
        beside.last(partial(_unfinished(app).unlink, missing_ok=True))
    if given_to(app) is None:
        beside.drop() if error else beside.finish()


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.connect("env-get-outdated", _outdated)
    app.connect("env-updated", _retell, priority=600)  # once the book is found to be true
    app.connect("env-get-updated", _reframe, priority=600)  # once Sphinx has numbered the charts
    app.connect("build-finished", _finish, priority=950)  # once the pages in other languages are made
