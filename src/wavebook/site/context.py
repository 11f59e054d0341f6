"""The values that the theme's templates get for a page and its edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from wavebook.language.words import words_in
from wavebook.pages import embargo
from wavebook.pages.records import (
    Book,
    below,
    book_of,
    domain_of,
)
from wavebook.site import imprint

# Options of the theme that name a page about the publication, beside that of its data; a part of the book with one of
# them, after the first, is no story.
_ABOUT = ("accountability_page", "changes_page", "accessibility_page")


def _page_context(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Give the theme's templates the values of the edition."""
    book = book_of(app.env)
    context["docstitle"] = book.title
    context["theme_wave"] = wave = book.figures.called(book.figures.wave)
    context["frozen"] = words_in(book.language).theme.words["frozen"].format(wave=wave)
    context["theme_about"] = book.about
    context["theme_source"] = imprint.source(book, app.config)
    context["titles"] = book.figures.definitions.titles_beside(book.language)
    if book.among:
        _share_assets(book, context)
    context["theme_draft"] = str(book.draft).lower()
    context |= _editions(app, pagename)
    if pagename == "404" and book.of_root:  # readers of any language may arrive here
        others = book.languages[1:]
        context["elsewhere"] = [{"lang": code, "text": words_in(code).theme.words["missing_brief"]} for code in others]
    if pagename == "404" and app.config.html_baseurl:  # a host shows it at any depth, so no address may be relative
        _make_absolute(app.config.html_baseurl, context)
    context["strings"] = words_in(book.language).theme.words
    context["parts"] = parts = list(_parts(app.env, pagename, context["pathto"]))
    context["imprint"] = list(imprint.lines(book, app.config))
    context["byline"] = imprint.byline(book, app.config)
    _stay(app.env, pagename, context, parts)
    context["repository"] = list(_repository(app, pagename))
    context["embargo"] = embargo.told(book.figures, book.language)
    context["theme_made_up"] = str(book.made_up).lower()
    for turn in filter(None, (context.get("prev"), context.get("next"))):
        if not book.of_root and urljoin(pagename, turn["link"]).startswith("notebooks/"):
            turn["lang"] = book.languages[0]


def _parts(env: BuildEnvironment, pagename: str, pathto: Callable[[str], str]) -> Iterator[dict[str, object]]:
    """The parts of the book, for the theme's menu: each with its caption, if any, and its chapters.

    This replaces Sphinx's ``toctree()``, which copies and writes a tree of nodes for every page.
    """
    root = env.config.root_doc
    for node, names, apart in _lists(env):
        chapters = []
        for title, ref in node["entries"]:
            name = root if ref == "self" else ref
            if name in env.titles:
                text, href, here = title or env.titles[name].astext(), pathto(name), name == pagename
                if numbers := env.toc_secnumbers.get(name, {}).get(""):
                    text = f"{'.'.join(map(str, numbers))}. {text}"
                within = here or (name != root and pagename in below(env, name))
                chapters.append({"title": text, "href": href, "here": here, "within": within})
            elif "://" in ref:  # anything else was reported as a problem
                chapters.append({"title": title or ref, "href": ref})
        yield {"caption": node.get("caption"), "chapters": chapters, "names": names, "apart": apart}


def _about(env: BuildEnvironment) -> set[str]:
    """The pages about the publication that the theme knows by name."""
    options = env.config.html_theme_options
    return {options.get("data_page", "data"), *(options.get(name) for name in _ABOUT)} - {None, ""}


def _lists(env: BuildEnvironment) -> Iterator[tuple[addnodes.toctree, list[str], bool]]:
    """The lists of pages that are the parts of the book, with the names in each and whether it is no story."""
    about = _about(env)
    for number, node in enumerate(env.tocs[env.config.root_doc].findall(addnodes.toctree)):
        names = [ref for _, ref in node["entries"]]
        yield node, names, number > 0 and bool(about & {*names})


def pages_apart(env: BuildEnvironment) -> set[str]:
    """The pages that are about the publication, and no story."""
    return {name for _, names, apart in _lists(env) if apart for top in names for name in (top, *below(env, top))}


def pages_about(env: BuildEnvironment) -> set[str]:
    """All pages about the publication, wherever they stand: with all figures or statements, the glossary, and such."""
    return pages_apart(env) | _about(env) | pages_of_lists(env) | ({domain_of(env).glossary[0]} - {""})


def pages_of_lists(env: BuildEnvironment) -> set[str]:
    """The pages with all figures or all statements."""
    return {name for name, told in env.metadata.items() if told.get("wavebook_data") or told.get("wavebook_claims")}


def _stay(env: BuildEnvironment, pagename: str, context: dict, parts: list[dict]) -> None:
    """Let readers who turn pages stay in the story, or out of it: no page leads from one to the other."""
    apart = {name for part in parts if part["apart"] for top in part["names"] for name in (top, *below(env, top))}
    story = {name for part in parts if not part["apart"] for top in part["names"] for name in (top, *below(env, top))}
    for turn in ("prev", "next"):
        to = urljoin(pagename, context[turn]["link"]).removesuffix(".html") if context.get(turn) else ""
        if to and ((to in apart and pagename in story) or (to in story and pagename in apart)):
            context[turn] = None


def _share_assets(book: Book, context: dict) -> None:
    """Let a page of one of many editions use the style sheets and scripts that all share, in the folder around them."""
    own = context["pathto"]
    beside = f"../../{book.below}_static/" if book.below else "../_static/"

    def pathto(otheruri: str, resource: bool = False, *args, **more) -> str:
        path = own(otheruri, resource, *args, **more)
        return path.replace("_static/", beside, 1) if resource and otheruri.startswith("_static/") else path

    context["pathto"] = pathto
    context["all_editions"] = "../" * context["pagename"].count("/") + beside.replace("_static/", "index.html")


def _make_absolute(base: str, context: dict) -> None:
    """Prefix every link of a page with ``base``."""
    relative = context["pathto"]
    context["pathto"] = lambda *args, **more: urljoin(base, relative(*args, **more))
    context["alternates"] = context["editions"] = []
    context["pageurl"] = None  # it is shown at every address that does not exist


def _editions(app: Sphinx, pagename: str) -> dict[str, object]:
    """Links for the theme: ``editions``, to this page in each one published; ``newest``, to that one if frozen."""
    book = book_of(app.env)
    archive = book.archive
    language = book.below
    up = "../" * (pagename.count("/") + (1 if language else 0))
    here = f"{language}{app.builder.get_target_uri(pagename)}"
    links = []
    d, published = book.figures.definitions, archive.get("editions", {})
    known = [wave for wave in reversed(d.waves) if wave in published]
    for wave in (*known, *sorted(published.keys() - d.waves.keys(), reverse=True)):
        held = published[wave]
        target = here if here in held else f"{language}index.html" if f"{language}index.html" in held else "index.html"
        name = book.figures.called(wave) if wave in d.waves else wave
        links.append({"wave": name, "href": f"{up}{wave}/{target}"})
    return {"editions": links, "newest": f"{up}../{language}index.html" if archive.get("place") else ""}


def _repository(app: Sphinx, pagename: str) -> Iterator[dict[str, str]]:
    """Links to the repository, this page in it, and its list of issues, as far as the settings ask for them."""
    options, words = app.config.html_theme_options, words_in(app.config.language).theme.words
    address = str(options.get("repository_url") or "").rstrip("/")
    page = Path(app.env.doc2path(pagename)) if pagename in app.env.found_docs else None
    if options.get("use_repository_button"):
        yield {"label": words["repository"], "href": address}
    if options.get("use_edit_page_button") and page is not None and page.suffix == ".md":
        folder = str(options.get("path_to_docs") or "book").strip("/")
        beside = page.relative_to(book_of(app.env).root.resolve() / "book").as_posix()
        edit = "/-/edit" if "gitlab" in address else "/edit"
        branch = options.get("repository_branch") or "main"
        yield {"label": words["edit_page"], "href": f"{address}{edit}/{branch}/{folder}/{beside}"}
    if options.get("use_issues_button"):
        yield {"label": words["issues"], "href": f"{address}/{'-/' * ('gitlab' in address)}issues"}


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.connect("html-page-context", _page_context)
