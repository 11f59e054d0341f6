"""Links between pages once all are known: of live numbers to their rows, of terms to their meaning; lists of claims."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from wavebook.figures import Key
from wavebook.language.words import words_in
from wavebook.pages import directives, panels, proof_marks, verdicts
from wavebook.pages.glossary import mark_terms
from wavebook.pages.records import (
    STATED,
    Book,
    Record,
    book_of,
    domain_of,
    in_order,
    list_of_statements,
    records,
)
from wavebook.pages.uses import Use, live_link


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Point live numbers at the data page, explain terms, and fill the list of claims, now that all pages are known."""
    env = app.env
    _unlink(doctree)
    _untitle(doctree, book_of(env))
    _list_statements(app, doctree, docname)
    if app.builder.name == "singlehtml":  # of the print edition, which explains numbers and terms in its own way
        dict(_link_numbers(app, doctree, docname))
        return
    explained = dict(_explain_terms(app, doctree, docname))
    _mark_tested(app, doctree, docname)
    shown = dict(_link_numbers(app, doctree, docname)) | explained
    if shown and app.builder.name == "html":
        doctree += nodes.raw("", "\n".join(shown.values()), format="html")


def _explain_terms(app: Sphinx, doctree: nodes.document, docname: str) -> Iterator[tuple[str, str]]:
    """Make terms links to their meaning; yields its panel, by identity."""
    env = app.env
    glossary, terms = domain_of(env).glossary
    if glossary not in ("", docname) and not docname.startswith("notebooks/"):
        language, address = book_of(env).language, app.builder.get_relative_uri(docname, glossary)
        for name in mark_terms(doctree, terms, address, language, docname):
            term = terms[name]
            identity, html = panels.of_term(term.anchor, name, term.meaning, language)
            yield identity, html.replace(panels.ROW, escape(f"{address}#{term.anchor}"))


def _list_statements(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Fill the list of statements."""
    env = app.env
    for node in list(doctree.findall(directives.claim_list)):
        pages = [
            verdicts.Told(name, app.builder.get_relative_uri(docname, name), env.titles[name].astext(), found)
            for name in in_order(env)
            if (found := _statements(env, name))
        ]
        node.replace_self(verdicts.proofs(pages, book_of(env)))


def _mark_tested(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Lead from each sentence that passed its tests to its place in the list of statements, if the book has one."""
    env = app.env
    book, page = book_of(env), list_of_statements(env)
    if page:
        tested = [record for record in _statements(env, docname) if record.kind != "reported"]
        addresses = {verdicts.first_address(record) for record in tested}
        addresses -= {verdicts.first_address(record) for record in tested if record.outcome not in ("holds", "")}
        base = f"{'' if page == docname else app.builder.get_relative_uri(docname, page)}#"
        label = words_in(book.language).tables["proof"]
        proof_marks.put_marks(doctree, book.language, addresses, base + verdicts.proof_id(docname, ""), label)


def _statements(env: BuildEnvironment, docname: str) -> list[Record]:
    """The statements that a page shows, in its order."""
    found = sorted(records(env).get(docname, ()), key=lambda record: record.line)
    return [record for record in found if record.kind in STATED and not record.left_out and _is_stated(record)]


def _is_stated(record: Record) -> bool:
    """Tell whether a record is of a statement in running text: a word that a test chose may stand elsewhere."""
    return record.kind != "trend" or bool(record.sentence)


def _link_numbers(app: Sphinx, doctree: nodes.document, docname: str) -> Iterator[tuple[str, str]]:
    """Make each live number a link to its row; yields its panel, by identity."""
    env = app.env
    data = next((name for name, m in sorted(env.metadata.items()) if m.get("wavebook_data")), None)
    for node in list(doctree.findall(live_link)):
        if data is None:
            node.replace_self(nodes.inline("", node.astext(), classes=["figure-value"]))
            continue
        place = _row_page(book_of(env), node.use) or data
        if place != data and app.builder.name == "singlehtml":
            node.replace_self(nodes.inline("", node.astext(), classes=["figure-value"]))
            continue
        page = "" if place == docname else app.builder.get_relative_uri(docname, place)
        identity, html = node.use.panel
        address = f"{page}#{node.use.anchor}"
        described = identity if app.builder.name == "html" else ""
        node.replace_self(
            panels.panel_link("", "", *node.children, classes=node["classes"], refuri=address, panel=described)
        )
        yield identity, html.replace(panels.ROW, escape(address))


def _row_page(book: Book, use: Use) -> str:
    """The page of figures with the row of a live number; empty where all rows are on one page, and for facts."""
    key = Key.read(use.keys[-1]) if use.keys and book.layout.pages else None
    return book.layout.page_of(key) if key and key.anchor == use.anchor else ""


def _untitle(doctree: nodes.document, book: Book) -> None:
    """Take titles in another language than the page's off its links: of a citation, it is its source."""
    elsewhere = book.figures.definitions.titles_beside(book.language)
    for link in doctree.findall(nodes.reference):
        if any(title in link.get("reftitle", "") for title in elsewhere):
            del link["reftitle"]


def _unlink(doctree: nodes.document) -> None:
    """Keep only the text of links that do not lead to a page: a script in a bibliography, for example."""
    for node in list(doctree.findall(nodes.reference)):
        scheme = urlsplit(node.get("refuri", "")).scheme.lower()
        if scheme not in ("", "http", "https", "mailto"):
            node.replace_self(nodes.inline("", "", *node.children))


def _without_ids(app: Sphinx, document: nodes.document) -> None:
    """Leave to headings the ids of what stands in them; a list of contents holds copies."""
    for node in app.env.tocs[app.env.docname].findall(nodes.inline):
        node["ids"] = []


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.connect("doctree-resolved", _resolve)
    app.connect("doctree-read", _without_ids, priority=900)  # after Sphinx has taken the titles
