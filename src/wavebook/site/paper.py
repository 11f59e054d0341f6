"""The print edition: its cover and contents, the pages that stand in it, end notes, terms and imprint.

Sphinx puts all pages in one; here that becomes a book. It is the story: pages about the publication, and notebooks,
come with it only where they are asked for. What an editor marks ``screen-only`` is left out, and ``paper-only``
elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import urljoin

from docutils import nodes
from markupsafe import Markup
from sphinx import addnodes
from sphinx.application import Sphinx

from wavebook.core import files
from wavebook.language.words import words_in
from wavebook.pages import chart_kit, embargo, glossary, panels
from wavebook.pages.ancestors import above
from wavebook.pages.endnotes import Notes
from wavebook.pages.parts import part
from wavebook.pages.records import Book, book_of, domain_of
from wavebook.pages.uses import Generated
from wavebook.site import context, imprint

SHEETS = {"a4": ("A4", 210, 297), "letter": ("letter", 215.9, 279.4)}  # CSS's name, width and height in mm
PARTS = ("about", "code")  # what may be asked for beside the story
SCREEN, PAPER = "screen-only", "paper-only"  # classes of text
BUILDER = "singlehtml"


class made(Generated, nodes.section):
    """A section that the print edition adds."""


made.__name__ = "section"  # by which visitors know it


def _arrange(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make a book of the one page that Sphinx makes; elsewhere, leave out what is for paper alone."""
    if app.builder.name != BUILDER:
        _leave_out(doctree, PAPER)
        return
    _leave_out(doctree, SCREEN)
    book, words = book_of(app.env), words_in(app.config.language).paper
    opening = next(doctree.findall(nodes.section), None)
    if opening is None:
        return
    chapters, sources = _chapters(app, doctree)
    cover = _cover(app, book, doctree)
    opening.attributes["ids"] = ["opening"]
    _, *rest = opening.children
    text = [node for node in rest if not _is_contents(node)]
    first = _section("opening", words["opening"], *text, classes=["chapter"])
    whole = nodes.section("", nodes.raw("", cover, format="html"), first, *chapters, classes=["book"])
    if sources:
        whole += _section("sources", words["sources"], nodes.container("", *sources), classes=["end"])
    doctree.children = []
    doctree += whole
    _Links(app, doctree).mend()
    terms = _terms(app, doctree)
    notes = Notes(book.figures)
    notes.mark(doctree)
    if len(notes):
        whole += _section("notes", words["notes"], nodes.raw("", notes.html(doctree), format="html"), classes=["end"])
    whole += terms
    whole += _imprint(app, book)
    *numbered, last = _chapters_of(whole)
    for number, chapter in enumerate(numbered, 1):
        chapter["classes"].append(f"part-{number}")
    last["classes"].append(f"part-{len(numbered)}")  # the imprint follows what is before it, on the same page
    listed = part("contents", words, list(_contents(whole)))
    whole.insert(1, nodes.raw("", listed, format="html"))
    _once(doctree)
    for link in doctree.findall(panels.panel_link):
        link["panel"] = ""


# --- pages --------------------------------------------------------------------------------------------------------


def _leave_out(doctree: nodes.document, what: str) -> None:
    for node in [node for node in doctree.findall(nodes.Element) if what in node.get("classes", ())]:
        node.parent.remove(node)


def _is_contents(node: nodes.Node) -> bool:
    return isinstance(node, nodes.compound) and "toctree-wrapper" in node["classes"]


def _chapters(app: Sphinx, doctree: nodes.document) -> tuple[list[addnodes.start_of_file], list[nodes.citation]]:
    """Take the pages of the book out of the tree, and the sources that other pages list.

    A page below another one stays within that. One with the list of sources is part of the story, unless it holds all
    figures or statements as well.
    """
    asked = app.config.wavebook_paper
    lists, sources = context.pages_of_lists(app.env), list[nodes.citation]()
    about = set() if "about" in asked else context.pages_about(app.env)

    def wanted(page: addnodes.start_of_file) -> bool:
        if page["docname"].startswith("notebooks/"):
            return "code" in asked
        if page["docname"] not in about:
            return True
        return page["docname"] not in lists and next(page.findall(nodes.citation), None) is not None

    found = []
    for page in list(doctree.findall(addnodes.start_of_file)):
        around = _page_around(page)
        if not wanted(page):
            page.parent.remove(page)
            sources += [
                source for source in page.findall(nodes.citation) if page["docname"] in lists and source not in sources
            ]
        elif around is None or not wanted(around):
            page.parent.remove(page)
            found.append(page)
            next(page.findall(nodes.section))["classes"].append("chapter")
    return found, sources


def _page_around(node: nodes.Node) -> addnodes.start_of_file | None:
    return next((holder for holder in above(node) if isinstance(holder, addnodes.start_of_file)), None)


# --- what is added ------------------------------------------------------------------------------------------------


def _section(name: str, title: str, *content: nodes.Node, classes: list[str]) -> made:
    return made("", nodes.title("", title), *content, ids=[name], classes=classes)


def _cover(app: Sphinx, book: Book, doctree: nodes.document) -> Markup:
    """Title, subtitle and picture, and who made it, for whom and when."""
    options = app.config.html_theme_options
    wanted = f"fig-{options.get('cover') or ''}"
    drawn = next((c for c in doctree.findall(chart_kit.chart) if c["ids"][0] == wanted and c.get("svg")), None)
    picture = ""
    if drawn is not None:
        svg = drawn["svg"].get("wide") or next(iter(drawn["svg"].values()))
        picture = re.sub(r"<svg ", '<svg aria-hidden="true" ', svg, count=1)
    words = words_in(book.language).theme.words
    marks = [words["made_up"]] if book.made_up else []
    marks += filter(None, [embargo.told(book.figures, book.language)])
    edition = f"{words['wave']} {book.figures.called(book.figures.wave)}"
    kicker = " · ".join(filter(None, (edition, book.about)))
    told = [line for line in imprint.lines(book, app.config) if line.label != words["cite"]]
    byline = imprint.byline(book, app.config)[1:]
    return part("cover", book.title, options.get("subtitle") or "", kicker, Markup(picture), told, byline, marks)


def _terms(app: Sphinx, doctree: nodes.document) -> list[nodes.Node]:
    """The terms of the glossary that the book uses, marked where it first does; none where it has the glossary."""
    page, terms = domain_of(app.env).glossary
    used = list(glossary.mark_terms(doctree, terms, "", app.config.language)) if page else []
    held = {start["docname"] for start in doctree.findall(addnodes.start_of_file)}
    if not used or page in held:
        return []
    words = words_in(app.config.language).paper
    listed = [(terms[name].anchor, name, terms[name].meaning) for name in sorted(used, key=str.casefold)]
    return [
        _section("terms", words["terms"], nodes.raw("", part("terms", words, listed), format="html"), classes=["end"])
    ]


def _imprint(app: Sphinx, book: Book) -> made:
    words, options = words_in(book.language), app.config.html_theme_options
    lines = list(imprint.lines(book, app.config))
    titles = book.figures.definitions.titles_beside(book.language)
    source, licence, address = (
        imprint.source(book, app.config),
        chart_kit.licence_of(options),
        app.config.html_baseurl or "",
    )
    html = part("colophon", words.theme.words, words.paper, lines, source, titles, licence, address)
    return _section("imprint", words.theme.words["about"], nodes.raw("", html, format="html"), classes=["end"])


def _chapters_of(whole: nodes.section) -> list[nodes.section]:
    return [section for section in whole.findall(nodes.section) if {"chapter", "end"} & {*section["classes"]}]


def _contents(whole: nodes.section) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """The chapters and their sections: the address and title of each."""
    for chapter in _chapters_of(whole):
        yield (*_named(chapter), [_named(inner) for inner in chapter if isinstance(inner, nodes.section)])


def _named(section: nodes.section) -> tuple[str, str]:
    title = next(iter(section.findall(nodes.title)), nodes.title())
    return section["ids"][0], " ".join(title.astext().split())


# --- links --------------------------------------------------------------------------------------------------------


class _Links:
    """The links of the book: within it, to its site for what it leaves out, or none."""

    def __init__(self, app: Sphinx, doctree: nodes.document):
        self.app, self.doctree = app, doctree
        self.pages = {
            start["docname"]: next(start.findall(nodes.section))["ids"][0]
            for start in doctree.findall(addnodes.start_of_file)
        }
        self.pages[app.config.root_doc] = "opening"
        self.there: set[str] = set().union(*(node.get("ids", ()) for node in doctree.findall(nodes.Element)))

    def mend(self) -> None:
        """Let each link lead to its place in the book, else to the site; without an address it is no link."""
        for link in list(self.doctree.findall(nodes.reference)):
            address = link.get("refuri", "") or (f"#{link['refid']}" if link.get("refid") else "")
            if isinstance(link, Generated) or re.match(r"(?i)(https?|mailto):", address):
                continue
            found = re.match(r"(?:#document-([^#]*))?(?:#(.*))?$", address)
            page, anchor = found.groups("") if found else ("", "")
            inside = self.pages.get(page, "") if page and not anchor else anchor
            if inside in self.there:
                link["refuri"] = f"#{inside}"
                link.attributes.pop("refid", None)
                if page and not anchor:
                    at = part("to_page", words_in(self.app.config.language).paper, inside)
                    link.parent.insert(link.parent.index(link) + 1, nodes.raw("", at, format="html"))
            elif page and (base := self.app.config.html_baseurl):
                link["refuri"] = urljoin(base, f"{page}.html" + (f"#{anchor}" if anchor else ""))
                link["internal"] = False
            else:
                link.replace_self(nodes.inline("", "", *link.children))


def _once(doctree: nodes.document) -> None:
    """Leave each id to the first that has it: pages that each had it stand on one now.

    A section has one all the same, another: Sphinx and the contents ask for it.
    """
    seen: set[str] = set()
    for node in doctree.findall(nodes.Element):
        if node.get("ids"):
            own = [name for name in node["ids"] if name not in seen]
            if not own and isinstance(node, nodes.section):
                own = [next(name for number in count(2) if (name := f"{node['ids'][0]}-{number}") not in seen)]
            node["ids"] = own
            seen |= {*own}


# --- the page -----------------------------------------------------------------------------------------------------


def _page(app: Sphinx, pagename: str, templatename: str, given: dict, doctree: nodes.document | None) -> str | None:
    """Choose the template of the book, and write the style sheet of its pages: their size, and the titles below."""
    if app.builder.name != BUILDER or doctree is None:
        return None
    chapters = [_named(chapter)[1] for chapter in _chapters_of(next(doctree.findall(nodes.section)))]
    options = app.config.html_theme_options
    about = {
        "author": app.config.author,
        "subtitle": options.get("subtitle") or "",
        "released": book_of(app.env).released,
    }
    given["paper"] = {**about, "style": "_static/paper-pages.css"}
    styles = _styles(app.config.wavebook_sheet, str(given["docstitle"]), chapters)
    files.write_whole(Path(app.outdir, given["paper"]["style"]), styles.encode())
    return "paper.html"


def _styles(sheet: str, title: str, chapters: list[str]) -> str:
    """Each chapter has pages of its own, as only these can have its title at their foot."""
    name, _, height = SHEETS[sheet]
    rules = [f"@page {{ size: {name}; }}", f".cover {{ height: {height - 0.5}mm; }}"]
    rules.append(f"@page turned {{ size: {name} landscape; @bottom-left {{ content: {_quoted(title)}; }} }}")
    for number, chapter in enumerate(chapters, 1):
        foot = f"@bottom-left {{ content: {_quoted(f'{title} · {chapter}')}; }}"
        rules += [f".part-{number} {{ page: part-{number}; }}", f"@page part-{number} {{ {foot} }}"]
    return "\n".join(rules) + "\n"


def _quoted(text: str) -> str:
    """A string of CSS: all but letters, digits and spaces by their number."""
    return '"' + re.sub(r"[^\w ]", lambda sign: f"\\{ord(sign[0]):x} ", text) + '"'


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.add_config_value("wavebook_paper", [], "", types=(list,))
    app.add_config_value("wavebook_sheet", "a4", "", types=(str,))
    app.connect("doctree-resolved", _arrange, priority=400)  # before numbers lead to their rows
    app.connect("html-page-context", _page, priority=900)  # after the values of the edition
