"""The search of readers: an index of passages, made at the build, and the script that looks in it.

Sphinx's own index knows which page has which stem, and no more: it finds no number and shows no sentence, as a page
opened from disk can read no other. ``docs/explanation/search.md`` compares it with others, and says why it is our own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from docutils import nodes
from sphinx import package_dir
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.search import SearchLanguage, languages

from wavebook.core import files
from wavebook.core.units import Language
from wavebook.language.words import words_in
from wavebook.pages.passages import Passages, passages
from wavebook.pages.records import Book, book_of, in_order
from wavebook.site.context import pages_apart

HOOKED = ("sphinx.builders.html:StandaloneHTMLBuilder.index_page", "sphinx.builders.html:StandaloneHTMLBuilder.search")
INDEX, SCRIPT = "searchindex.js", "search.js"
_OURS = "wavebook-search.js"  # in the theme; no page loads it under that name
_STORY, _ABOUT, _CODE = range(3)  # ranks of pages
_NOTEBOOKS = "notebooks/"
_SITE = ("wavebook", "html")  # theme and builder


def is_ours(app: Sphinx) -> bool:
    """Tell whether the site has this search: one with another theme has Sphinx's."""
    return isinstance(app.builder, StandaloneHTMLBuilder) and (app.config.html_theme, app.builder.name) == _SITE


class Index:
    """The passages of the pages of one run of Sphinx, by page; of those that it does not write, as they were."""

    def __init__(self) -> None:
        self.found: dict[str, list] = {}

    def begin(self, app: Sphinx) -> None:
        """Have the builder give each page that it writes to this index, instead of to Sphinx's."""
        if not is_ours(app):
            return
        with suppress(OSError, ValueError):
            self.found = json.loads(_note(app).read_bytes())

        def index_page(pagename: str, doctree: nodes.document, title: str) -> None:
            hidden = {"nosearch", "no-search"} & app.env.metadata.get(pagename, {}).keys()
            made = Passages() if hidden else passages(doctree, app.config.language)
            self.found[pagename] = [made.title, made.sections, made.found]

        setattr(app.builder, "search", False)  # noqa: B010 (no public way)
        setattr(app.builder, "index_page", index_page)  # noqa: B010

    def missing(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """The pages to write again, as nothing is known of them."""
        return sorted(env.found_docs - self.found.keys()) if is_ours(app) else []

    def write(self, app: Sphinx, error: Exception | None) -> None:
        """Write index and script, once all pages are written."""
        if error is not None or not is_ours(app):
            return
        found = {name: made for name, made in self.found.items() if name in app.env.found_docs}
        files.write_whole(_note(app), _compact(found).encode())
        files.write_whole(Path(app.outdir, INDEX), f"Search.fill({_compact([*_pages(app.env, found)])});\n".encode())
        folder = Path(app.outdir, "_static")
        if (folder / _OURS).is_file():  # Sphinx copies it only when it writes a page
            files.write_whole(folder / SCRIPT, script(book_of(app.env), (folder / _OURS).read_text("utf-8")).encode())
            (folder / _OURS).unlink()


def _note(app: Sphinx) -> Path:
    """The file that keeps the passages of pages that need not be written again."""
    return Path(app.doctreedir, "passages.json")


def _collect(app: Sphinx) -> Iterator[tuple[str, dict[str, object], str]]:
    """Add the page that readers search on."""
    if is_ours(app):
        yield "search", {}, "search.html"


def _pages(env: BuildEnvironment, found: Mapping[str, list]) -> Iterator[list]:
    """The pages in their order: address, rank, title, sections and passages."""
    apart, order = pages_apart(env), in_order(env)
    for name in [*(name for name in order if name in found), *sorted(found.keys() - {*order})]:
        title, sections, passages = found[name]
        if passages:
            rank = _CODE if name.startswith(_NOTEBOOKS) else _ABOUT if name in apart else _STORY
            yield [f"{name}.html", rank, title, sections, passages]


def _compact(made: object) -> str:
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def script(book: Book, own: str) -> str:
    """The script of the search page in the language of a book: its words, its stems, and what looks in the index."""
    said = dict(words_in(book.language).theme.search)
    return f"const SAID = {_compact(said)}, ROOT = {_compact(book.languages[0])};\n{stemmer(book.language)}\n{own}"


def stemmer(language: Language) -> str:
    """A script that defines ``Stemmer``, Sphinx's own; in a language without one it changes nothing."""
    known: Mapping[str, type[SearchLanguage] | str] = languages
    found = known.get(words_in(language).stemmer, SearchLanguage)
    if isinstance(found, str):
        module, _, name = found.rpartition(".")
        found = getattr(import_module(module), name)
    if not found.js_stemmer_rawcode:
        return found.js_stemmer_code
    folder = Path(package_dir, "search", "minified-js")
    parts = [(folder / name).read_text("utf-8") for name in ("base-stemmer.js", found.js_stemmer_rawcode)]
    return "\n".join([*parts, f"var Stemmer = {found.language_name}Stemmer;"])


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    index = Index()
    app.connect("builder-inited", index.begin)
    app.connect("env-get-updated", index.missing)
    app.connect("html-collect-pages", _collect)
    app.connect("build-finished", index.write, priority=400)  # before the files that no page uses are removed
