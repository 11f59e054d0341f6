"""The Sphinx extension: live numbers, tested statements and charts in MyST pages.

What a page shows is looked up while the page is read, so it works in text, headings, captions, tables and
admonitions alike. Each use leaves a record on the environment: what was asked, where, what was shown, what
is wrong with it, and a stamp of what it was made from. Stamps that no longer match make exactly those pages
be read again; whatever is wrong stops the build before a page is written, or is marked in a draft.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from html import escape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util import logging

from wavebook import figures
from wavebook.charts import explore
from wavebook.core import files, hashes, links, outputs, yaml_files
from wavebook.core.problems import Problem, ProblemsError, by_place
from wavebook.core.text import decoded
from wavebook.definitions import find_root
from wavebook.language.words import LANGUAGES, words_in
from wavebook.pages import (
    chart_kit,
    directives,
    downloads,
    figure_tables,
    panels,
    roles,
    tables,
    transforms,
    verdicts,
)
from wavebook.pages.records import (
    Book,
    below,
    book_of,
    charts_of,
    keep_book,
    records,
    source_of,
)
from wavebook.pages.uses import live_link
from wavebook.runs import execute
from wavebook.site import bibliography, enclosure, speed
from wavebook.survey.disclosure import subtraction

LOG = logging.getLogger(__name__)
EDITION = ("wave", "baseline", "population", "segment")


class UntrueError(SphinxError):
    """The book says what its figures do not; the message lists every problem."""

    category = "The book cannot be published"

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n" + "\n".join(map(str, self.problems)))


def _load(app: Sphinx) -> None:
    """Check the data and run the stale notebooks before any page is read."""
    root = find_root(Path(app.srcdir))
    enclosure.enter(root)
    if outside := [*links.problems(root), *enclosure.settings(app, root)]:
        raise UntrueError(outside)
    asked = {name: app.config[f"wavebook_{name}"] or None for name in EDITION}
    asked["population"], asked["segment"] = asked["population"] or "total", asked["segment"] or ""
    try:
        found = figures.load(root, language=app.config.language or "nl", **asked)
        subtraction.check(root)
    except ProblemsError as error:
        raise UntrueError(error.problems) from None
    code = files.digest([*files.library(), *files.shared(root)])
    archive = json.loads(app.config.wavebook_archive)
    book = Book(root, found, bool(app.config.wavebook_draft), code=code, archive=archive)
    shown = Path(app.srcdir, "notebooks")
    parameters = execute.parameters_of(found)
    with enclosure.resting():
        book.results = execute.run_notebooks(root, parameters, pages=shown, tell=LOG.info, here=bool(book.among))
    keep_book(app.srcdir, book)
    if book.about:
        app.config.html_title = f"{app.config.html_title}: {book.about}"
    ahead = app.config.wavebook_ahead and book.language == "nl" and not book.among
    if ahead and (english := root / "book" / "en").is_dir():
        # The English build, which follows, finds what was run.
        book.ahead = book.beside.submit(
            execute.run_notebooks, root, {**parameters, "language": "en"}, pages=english / "notebooks"
        )


def _page_context(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """What the theme's templates know of the edition."""
    book = book_of(app.env)
    context["docstitle"] = context["docstitle"] or app.config.html_title  # the singlehtml builder sets none
    context["theme_wave"] = str(book.figures.wave)
    context["theme_about"] = book.about
    if book.among:
        _share_assets(app, context)
    context["theme_draft"] = str(book.draft).lower()
    context |= _editions(app, pagename)
    if pagename == "404" and book.language == "nl":  # readers of each language may come to it
        others = {code: words for code, words in LANGUAGES.items() if code != book.language}
        briefs = [{"lang": code, "text": words.theme.words["missing_brief"]} for code, words in others.items()]
        context["elsewhere"] = briefs
    if pagename == "404" and app.config.html_baseurl:  # a host shows it at any depth, so no address may be relative
        _make_absolute(app.config.html_baseurl, context)
    theme = words_in(book.language).theme
    context |= {"strings": theme.words, "found_in_pages": {"phrases": theme.phrases, "permalinks": theme.permalinks}}
    context["parts"] = list(_parts(app.env, pagename, context["pathto"]))
    context["theme_made_up"] = str(_made_up(book)).lower()
    for turn in filter(None, (context.get("prev"), context.get("next"))):
        if book.language != "nl" and urljoin(pagename, turn["link"]).startswith("notebooks/"):
            turn["lang"] = "nl"


def _parts(env: BuildEnvironment, pagename: str, pathto: Callable[[str], str]) -> Iterator[dict[str, object]]:
    """For the theme's menu: the parts of the book, each with its caption, if any, and its chapters.

    Not Sphinx's ``toctree()``, which copies and writes a tree of nodes for every page.
    """
    root = env.config.root_doc
    for node in env.tocs[root].findall(addnodes.toctree):
        chapters = []
        for title, ref in node["entries"]:
            name = root if ref == "self" else ref
            if name in env.titles:
                text, href, here = title or env.titles[name].astext(), pathto(name), name == pagename
                within = here or (name != root and pagename in below(env, name))
                chapters.append({"title": text, "href": href, "here": here, "within": within})
            elif "://" in ref:  # what is neither was told as a problem
                chapters.append({"title": title or ref, "href": ref})
        yield {"caption": node.get("caption"), "chapters": chapters}


def _share_assets(app: Sphinx, context: dict) -> None:
    """Let a page of one edition of many use the style sheets and scripts that all of them share, beside them."""
    own, language = context["pathto"], app.config.language
    beside = "../_static/" if language == "nl" else f"../../{language}/_static/"

    def pathto(otheruri: str, resource: bool = False, *args, **more) -> str:
        path = own(otheruri, resource, *args, **more)
        return path.replace("_static/", beside, 1) if resource and otheruri.startswith("_static/") else path

    context["pathto"] = pathto
    context["all_editions"] = "../" * context["pagename"].count("/") + beside.replace("_static/", "index.html")


def _make_absolute(base: str, context: dict) -> None:
    """Let everything that a page links lie at ``base``."""
    relative = context["pathto"]
    context["pathto"] = lambda *args, **more: urljoin(base, relative(*args, **more))
    context["alternates"] = context["editions"] = []
    context["pageurl"] = None  # it stands for every address that is not there


def _editions(app: Sphinx, pagename: str) -> dict[str, object]:
    """For the theme: ``editions``, links to this page in each one published; ``newest``, the way there if frozen."""
    book = book_of(app.env)
    archive = book.archive
    language = "" if book.language == "nl" else f"{book.language}/"
    up = "../" * (pagename.count("/") + (1 if language else 0))
    here = f"{language}{app.builder.get_target_uri(pagename)}"
    links = []
    for year, held in sorted(archive.get("editions", {}).items(), reverse=True):
        target = here if here in held else f"{language}index.html" if f"{language}index.html" in held else "index.html"
        links.append({"wave": year, "href": f"{up}{year}/{target}"})
    return {"editions": links, "newest": f"{up}../{language}index.html" if archive.get("place") else ""}


def _made_up(book: Book) -> bool:
    """Whether the edition shows a wave that nobody measured: then every page says so."""
    return any(wave.made_up for year, wave in book.figures.definitions.waves.items() if year <= book.figures.wave)


def _outdated(app: Sphinx, env: BuildEnvironment, added, changed, removed) -> list[str]:
    """The pages that show something which is no longer made from the same."""
    book = book_of(env)
    book.why |= dict.fromkeys(changed, "its file or a setting changed") | dict.fromkeys(added, "not written before")
    before, texts = getattr(env, "wavebook_before", {}).get("texts", {}), _texts(env)
    _changed(env, "texts", texts)
    # Sphinx goes by the clock, which misses a file that was put back with an older time
    other = [name for name, text in texts.items() if before.get(name, text) != text]
    _forget_look(app, env)
    if _unfinished(app).exists():
        return book.because(env.found_docs, "the last build was stopped while it wrote")
    if _changed(env, "code", book.code):
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
    """Remove style sheets and pictures that were copied for an earlier build and are the book's no more."""
    folder = book_of(env).root / "book" / "_static"
    before = getattr(env, "wavebook_before", {}).get("look", [])
    now = [path.relative_to(folder).as_posix() for path in files.look(book_of(env).root)]
    _changed(env, "look", now)
    for name in set(before) - set(now):
        Path(app.outdir, "_static", name).unlink(missing_ok=True)


def _texts(env: BuildEnvironment) -> dict[str, str]:
    """A hash of each page's file."""
    return {name: files.digest([Path(env.doc2path(name))]) for name in sorted(env.found_docs)}


def _unfinished(app: Sphinx) -> Path:
    """Stands while pages are written.

    Sphinx keeps its environment before it writes, so after a build that was stopped it would take for written
    what is not.
    """
    return Path(app.doctreedir, ".unfinished")


def _warned(app: Sphinx) -> Path:
    return Path(app.doctreedir, "warned.json")


def _warned_of(app: Sphinx) -> list[str]:
    """The pages, if they are still there, that ``read_again`` has noted."""
    with suppress(OSError, ValueError):
        return [name for name in json.loads(_warned(app).read_bytes()) if name in app.env.found_docs]
    return []


def read_again(app: Sphinx, paths: Iterable[Path]) -> None:
    """Have the next build read these pages though they do not change: Sphinx warns only of what it reads or writes."""
    names = sorted({app.env.path2doc(str(path)) for path in paths} & app.env.found_docs)
    files.write_whole(_warned(app), json.dumps(names).encode())


def _check_pages(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Stop before a page is read that would take for ever or stop Sphinx half-way, and name every such page."""
    found = []
    for name in docnames:
        path = Path(env.doc2path(name))
        try:
            _check_text(files.read(path, files.TABLE if path.suffix == ".ipynb" else files.TEXT), path.suffix)
        except OSError as error:
            found.append((name, f"cannot be read: {error.strerror}"))
        except (ValueError, RecursionError) as error:
            found.append((name, " ".join(str(error).split())))
    if found:
        action = "Mend it; split it if it is too long."
        raise UntrueError(Problem("W418", source_of(env, name), why, action) for name, why in found)


def _check_text(content: bytes, kind: str) -> None:
    """Raise ValueError for a page that is no text, or whose top is not as it should be."""
    text = decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    if kind == ".md" and (top := re.match(r"-{3,}[ \t]*\n(.*?)\n-{3,}[ \t]*(?:\n|$)", text, re.DOTALL)):
        try:
            declared = yaml_files.parse(top[1])
        except ValueError as error:
            raise ValueError(f"has a top that cannot be read: {error}") from None
        for name in ("fixed", "forms"):
            if isinstance(declared, dict) and not isinstance(declared.get(name, {}), dict):
                raise ValueError(f"has at its top {name}, which is not a table of phrase: reason")


def _outside(env: BuildEnvironment) -> Iterator[Problem]:
    """What a page shows or copies and that is not the book's, and what it asked for in vain."""
    folder, root = Path(env.srcdir), book_of(env).root.resolve()
    drawn = [(page, folder / name) for page, names in env.dependencies.items() for name in names]
    for files_ in (env.images, env.dlfiles):
        drawn += [(page, folder / name) for name, (pages_, _) in files_.items() for page in pages_]
    made = Path(env.app.outdir).resolve().parent / "jupyter_execute"  # notebooks' pictures
    ours = ((root / "book").resolve(), made, root / "data" / "references.bib")
    for page, path in sorted(set(drawn)):
        if not any(path.resolve().is_relative_to(place) for place in ours):
            found = f"shows {os.path.relpath(path.resolve(), root)}, which lies outside book/"
            yield Problem("W419", source_of(env, page), found, "Copy what may be public to book/ and show that.")
    yield from enclosure.refused()


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    records(env).pop(docname, None)
    if _glossary(env)[0] == docname:
        del env.wavebook_glossary


def _merge(app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    records(env).update({name: records(other)[name] for name in docnames if name in records(other)})
    if getattr(other, "wavebook_glossary", ("",))[0] in docnames:
        env.wavebook_glossary = other.wavebook_glossary


def problems(env: BuildEnvironment) -> list[Problem]:
    """Everything that keeps this book from being published."""
    book = book_of(env)
    found = list(book.results.problems)
    found += [r.problem for noted in records(env).values() for r in noted if r.problem]
    found += _unused(env, book)
    return sorted(set(found), key=by_place)


def _unused(env: BuildEnvironment, book: Book) -> Iterator[Problem]:
    """What a notebook or data/ offers and no page uses."""
    uses = {(r.kind, r.text.partition(".")[0]) for noted in records(env).values() for r in noted}
    uses |= {("fact", text.removeprefix("fact:")) for kind, text in uses if kind == "word"}
    for kind, made, code in (("claim", book.results.claims, "W410"), ("chart", book.results.charts, "W411")):
        for name in made:
            if (kind, name) not in uses:
                found = f"{kind} {name} stands on no page"
                yield Problem(code, book.results.origin[name], found, f"Use it on a page, or remove the {kind}.")
    yield from _outside(env)
    yield from _unreviewed(env, book)
    yield from _untwinned(env, book)
    d = book.figures.definitions
    for name in d.facts:
        if ("fact", name) not in uses:
            yield Problem("W205", f"data/context.toml, {name}", "no page uses this fact", "Use it, or remove it.")
    cited = (
        {t.key for ref in env.get_domain("cite").citation_refs for t in ref.targets} if "cite" in env.domains else set()
    )
    used = {f.source for f in d.facts.values()} | {w.source for w in d.waves.values()} | cited
    used |= {f.source for f in book.figures} | {s.source for w in d.waves.values() for s in w.samples}
    for key in d.sources.keys() - used:
        # an earlier edition leaves out what came later, and one of many what others show
        if book.figures.wave == d.newest and not figures.is_excerpt(book.root):
            yield Problem("W205", f"data/references.bib, {key}", "nothing uses this source", "Cite it, or remove it.")


def _unreviewed(env: BuildEnvironment, book: Book) -> Iterator[Problem]:
    """Pages that nobody read with this wave's figures: tests see the marked statements, people see the rest."""
    wave = str(book.figures.wave)
    for docname in sorted(env.found_docs):
        reviewed = str(env.metadata.get(docname, {}).get("reviewed", "no wave"))
        if reviewed != wave and not docname.startswith("notebooks/"):
            action = f"Read the page with the figures of {wave}, then write reviewed: {wave} at its top."
            yield Problem("W413", source_of(env, docname), f"is reviewed for {reviewed}, not for {wave}", action)


def _untwinned(env: BuildEnvironment, book: Book) -> Iterator[Problem]:
    """English pages whose Dutch twin changed since they were last compared, or that lack one."""
    if book.language == "nl":
        return
    for docname in sorted(env.found_docs):
        twin = book.root / "book" / f"{docname}.md"
        if docname.startswith("notebooks/") or not twin.is_file():
            continue
        now = files.digest_text(twin)
        if str(env.metadata.get(docname, {}).get("twin", "")) != now:
            action = f"Bring the page in line with it, then write twin: {now!r} at its top."
            found = f"its Dutch twin book/{docname}.md changed since the two were compared"
            yield Problem("W414", source_of(env, docname), found, action)


def _judge(app: Sphinx, env: BuildEnvironment) -> list[str] | None:
    """Stop before a page is written when something is not true; in a draft, only when it is not the book's.

    Raised before Sphinx keeps its environment, so the pages concerned are read again next time.
    """
    found = problems(env)
    if found and (not book_of(env).draft or any(problem.code in enclosure.CODES for problem in found)):
        list(env.check_dependents(app, set()))  # numbers the charts
        for docname in sorted(env.found_docs):  # Sphinx finds dead links only now; they belong in the same list
            env.get_and_resolve_doctree(docname, app.builder)
        raise UntrueError(found)
    for problem in found:
        LOG.info(str(problem))
    _unfinished(app).touch()
    if app.builder.format == "html":
        _draw_later(app)
    said = [
        (d, r.text, r.shown, r.outcome)
        for d, noted in sorted(records(env).items())
        for r in noted
        if r.kind in ("claim", "reported") and not r.left_out
    ]
    listed = [name for name, data in env.metadata.items() if data.get("wavebook_claims")]
    _settle_targets(env)
    terms, claims = _changed(env, "glossary", _glossary(env)), _changed(env, "claims", said)
    if terms:
        return book_of(env).because(env.found_docs, "the terms or what they mean changed")
    return book_of(env).because(listed, "the tested sentences changed") if claims else []


def _reframe(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write all pages when what they show of each other changed."""
    if not _changed(env, "frame", _frame(env)):
        return []
    return book_of(env).because(env.found_docs, "a title, heading, first chart or the order of the pages changed")


def _settle_targets(env: BuildEnvironment) -> None:
    """Have a link to a sentence that stands on several pages lead to the first, whichever of them was read last."""
    targets, root = env.get_domain("std").anonlabels, env.config.root_doc
    for page in reversed([root, *below(env, root)]):
        for record in records(env).get(page, ()):
            if record.kind == "claim" and not record.left_out and record.text in targets:
                targets[record.text] = page, targets[record.text][1]


def _frame(env: BuildEnvironment) -> str:
    """A hash of what a page shows of other pages, their titles, order and pictures, and of all that it may link to."""
    folder = book_of(env).root / "book"
    made_from = {
        "pages": sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md")),  # in both languages
        "order": env.toctree_includes,
        "titles": {name: title.astext() for name, title in env.titles.items()},
        "headings": {name: data.get("myst_slugs") for name, data in env.metadata.items()},
        "labels": [env.get_domain("std").labels, env.get_domain("std").anonlabels],
        "numbers": env.toc_fignumbers,
        "charts": {name: list(charts_of(noted).items())[:1] for name, noted in records(env).items()},
        "sources": sorted({figure.source for figure in book_of(env).figures}),
    }
    return hashes.of(json.dumps(made_from, sort_keys=True, default=str))


def _glossary(env: BuildEnvironment) -> tuple[str, dict[str, tuple]]:
    """The page that explains terms, and its terms; empty when there is none."""
    page, terms = getattr(env, "wavebook_glossary", ("", {}))
    return (page, terms) if page in env.found_docs else ("", {})


def _changed(env: BuildEnvironment, name: str, now: object) -> bool:
    """Whether something that several pages show is not what it was in the last build."""
    before = getattr(env, "wavebook_before", {})
    env.wavebook_before = {**before, name: now}
    return before.get(name) != now


def _link_numbers(app: Sphinx, doctree: nodes.document, docname: str) -> Iterator[tuple[str, str]]:
    """Make each live number a link to its row; yields its panel, by identity."""
    env = app.env
    data = next((name for name, m in sorted(env.metadata.items()) if m.get("wavebook_data")), None)
    for node in list(doctree.findall(live_link)):
        if data is None:
            node.replace_self(nodes.inline("", node.astext(), classes=["figure-value"]))
            continue
        page = "" if data == docname else app.builder.get_relative_uri(docname, data)
        identity, html = node.use.panel
        address = f"{page}#{node.use.anchor}"
        described = identity if app.builder.name == "html" else ""
        node.replace_self(
            panels.panel_link("", *node.children, classes=node["classes"], refuri=address, panel=described)
        )
        yield identity, html.replace(panels.ROW, escape(address))


def _unlink(doctree: nodes.document) -> None:
    """Leave the text of links that lead to something else than a page: a script in a bibliography, say."""
    for node in list(doctree.findall(nodes.reference)):
        scheme = urlsplit(node.get("refuri", "")).scheme.lower()
        if scheme not in ("", "http", "https", "mailto"):
            node.replace_self(nodes.inline("", "", *node.children))


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Point live numbers at the data page, explain terms, and fill the list of claims, now that all pages are known."""
    env = app.env
    _unlink(doctree)
    if book_of(env).language != "nl":
        for node in doctree.findall(lambda n: isinstance(n, nodes.reference) and "reftitle" in n):
            node["classes"].append("language-nl")  # of a citation: its title is that of a Dutch source
    shown = dict(_link_numbers(app, doctree, docname))
    glossary, terms = _glossary(env)
    if glossary not in ("", docname) and not docname.startswith("notebooks/"):
        language, address = book_of(env).language, app.builder.get_relative_uri(docname, glossary)
        for name in panels.mark_terms(doctree, terms, address):
            identity, html = panels.of_term(name, terms[name][0], language)
            shown[identity] = html.replace(panels.ROW, escape(f"{address}#{panels.term_anchor(name)}"))
    if shown and app.builder.name == "html":
        doctree += nodes.raw("", "\n".join(shown.values()), format="html")
    for node in list(doctree.findall(directives.claim_list)):
        rows = [
            (app.builder.get_relative_uri(docname, name), env.titles[name].astext(), record)
            for name in [env.config.root_doc, *below(env, env.config.root_doc)]
            for record in sorted(records(env).get(name, ()), key=lambda record: record.line)
            if record.kind in ("claim", "reported") and not record.left_out
        ]
        node.replace_self(verdicts.claim_tables(rows, book_of(env).figures, book_of(env).results.claims))


# What Sphinx, its basic theme and myst-nb copy into every site, and the theme's style of the PDF; no page loads it.
_UNUSED = (
    "*-stemmer.js", "basic.css", "file.png", "minus.png", "mystnb.*.css", "plus.png", "pygments.css",
    "sphinx_highlight.js", "translations.js", "whole-book.css",
)  # fmt: skip
# The search page loads these as one file. The last settles what differs: it comes before their first call.
_SEARCH = ("documentation_options.js", "doctools.js", "searchtools.js", "language_data.js", "wavebook-search.js")


def _draw_later(app: Sphinx) -> None:
    """Have made what readers download of charts, or load to explore them, while the pages are written."""
    book = book_of(app.env)
    captions = charts_of(record for of_page in records(app.env).values() for record in of_page)
    folder = Path(app.outdir, "charts")
    files.keep_only(folder, [f"{name}.{kind}" for name in captions for kind in (*book.chart_files, "js")])
    for name, caption in sorted(captions.items()):
        book.later(downloads.write_chart, folder, book.results.charts[name], caption, book.chart_files)
    if (app.config.html_theme, app.builder.name) == ("wavebook", "html"):
        bundle = Path(app.outdir, "_static", "explore.js")
        book.later(explore.write_bundle, bundle, wanted=bool(captions))


def _write_files(app: Sphinx, error: Exception | None) -> None:
    """Put the downloads beside the pages, rewriting only what differs, and take away what no page uses."""
    if error is None and (app.config.html_theme, app.builder.name) == ("wavebook", "html"):
        _tidy_assets(Path(app.outdir, "_static"), book_of(app.env))
        _tidy_copies(app)
        with suppress(OSError):
            Path(app.outdir, "_sources").rmdir()  # Sphinx 9 makes it also when no source is copied
        _remove_pages(app)
    if error is None and app.builder.format == "html":
        book = book_of(app.env)
        if app.builder.name == "html" and book.language == "nl" and not book.among:
            outputs.mark(Path(app.outdir))
        options = app.config.html_theme_options
        licence = {"name": options.get("licence", "").replace(" ", "-"), "path": options.get("licence_url", "")}
        downloads.write_figures(Path(app.outdir, "data"), book.figures, title=app.config.html_title, licence=licence)


def _finish(app: Sphinx, error: Exception | None) -> None:
    """Wait for what is done beside the pages, those in English too."""
    if error is None:
        book_of(app.env).finish()
        _unfinished(app).unlink(missing_ok=True)
    else:
        book_of(app.env).drop()


def _remove_pages(app: Sphinx) -> None:
    """Sphinx leaves the page of a source that is gone."""
    made, out = {*app.env.found_docs, "search", "404"}, Path(app.outdir)
    for path in out.rglob("*.html"):
        name = path.relative_to(out).with_suffix("").as_posix()
        if name not in made and not (name.startswith("en/") and book_of(app.env).language == "nl"):
            path.unlink()


def _tidy_assets(folder: Path, book: Book) -> None:
    """Leave in ``folder`` only what a page of the theme loads; the scripts of the search page become one."""
    if not book.among:
        (folder / "editions.js").unlink(missing_ok=True)
    for path in (found for pattern in _UNUSED for found in folder.glob(pattern)):
        path.unlink()
    scripts = [folder / name for name in _SEARCH]
    if all(path.is_file() for path in scripts):  # Sphinx copies them only when it writes a page
        said = json.dumps(dict(words_in(book.language).theme.search), ensure_ascii=False)
        parts = [f"const SAID = {said};".encode(), *(path.read_bytes() for path in scripts)]
        files.write_whole(folder / "search.js", b"\n".join(parts))
        for path in scripts:
            path.unlink()


def _tidy_copies(app: Sphinx) -> None:
    """Remove copies of pictures and downloads that no page shows any more."""
    files.keep_only(Path(app.outdir, "_images"), [name for _, name in app.env.images.values()])
    wanted = {Path(name).parent.name for _, name in app.env.dlfiles.values()}
    for folder in Path(app.outdir, "_downloads").glob("*"):
        if folder.name not in wanted:
            shutil.rmtree(folder)


_STEMS: dict[str, dict[str, str]] = {"nl": {}, "en": {}}  # a few ten thousand words, however many editions


def _mend_search(app: Sphinx) -> None:
    """Stem in Python as Sphinx's own script does in the browser, and each word once for all editions.

    Sphinx before 8.2 ships the Porter stemmer for Dutch; snowballstemmer 3 renamed it, so words were indexed
    under stems that no reader's search could find.
    """
    import snowballstemmer
    from sphinx import version_info
    from sphinx.search.en import SearchEnglish
    from sphinx.search.nl import SearchDutch

    renamed = version_info < (8, 2) and "dutch_porter" in snowballstemmer.algorithms()

    class Once:
        def stem(self, word: str) -> str:
            if word not in _STEMS[self.lang]:
                _STEMS[self.lang][word] = super().stem(word)
            return _STEMS[self.lang][word]

    class Dutch(Once, SearchDutch):
        def init(self, options: dict) -> None:
            super().init(options)
            if renamed:
                self.stemmer = snowballstemmer.stemmer("dutch_porter")

    class English(Once, SearchEnglish):
        """Sphinx's own."""

    app.add_search_language(Dutch)
    app.add_search_language(English)


def _forget_lost_words(app: Sphinx) -> list:
    """Take words out of the search index that no page holds any more: Sphinx keeps them, without a page."""
    index = getattr(app.builder, "indexer", None)
    for words in (index._mapping, index._title_mapping) if index else ():
        for word in [word for word, holders in words.items() if not holders]:
            del words[word]
    return []


def _add_missing_page(app: Sphinx, config) -> None:
    """What a host shows for an address that is not there."""
    if config.html_theme == "wavebook" and "among" not in json.loads(config.wavebook_archive):
        config.html_additional_pages = {**config.html_additional_pages, "404": "404.html"}


def setup(app: Sphinx) -> dict[str, object]:
    """Register the extension with Sphinx."""
    for name in EDITION:
        app.add_config_value(f"wavebook_{name}", None, "env", types=(int, str, type(None)))
    app.add_config_value("wavebook_draft", False, "env", types=(bool,))
    app.add_config_value("wavebook_archive", "{}", "html", types=(str,))
    app.add_config_value("wavebook_ahead", True, "", types=(bool,))  # English runs beside Dutch pages, not after them
    for name in roles.ROLES:
        app.add_role(name, roles.LiveRole())
    app.add_role("spark", roles.SparkRole())
    app.add_directive("chart", directives.ChartDirective)
    app.add_directive("claims", directives.ClaimsDirective)
    app.add_directive("changes", directives.ChangesDirective)
    app.add_directive("accessibility", directives.AccessibilityDirective)
    app.add_directive("waves", directives.WavesDirective)
    for name in figure_tables.TABLES:
        app.add_directive(name, directives.TableDirective)
    app.add_enumerable_node(chart_kit.chart, "figure", html=(chart_kit.visit_chart, chart_kit.depart_chart))
    app.add_node(chart_kit.chart_kit, html=(chart_kit.visit_kit, None))
    app.add_node(directives.claim_list)
    app.add_node(tables.data_table, html=(tables.visit_table, None))
    app.add_node(panels.panel_link, html=(panels.visit_link, panels.depart_link))
    app.add_transform(transforms.TypewrittenTransform)
    app.add_transform(transforms.TrueTransform)
    app.add_transform(transforms.MarkTransform)
    _mend_search(app)
    bibliography.register()
    enclosure.setup(app)
    speed.setup(app)
    app.connect("config-inited", _add_missing_page)
    if (files.THEME / "theme.toml").is_file():
        app.add_html_theme("wavebook", str(files.THEME))
    app.connect("builder-inited", _load)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-before-read-docs", _check_pages)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _judge)
    app.connect("env-get-updated", _reframe, priority=600)  # once Sphinx has numbered the charts
    app.connect("doctree-resolved", _resolve)
    app.connect("html-page-context", _page_context)
    app.connect("html-collect-pages", _forget_lost_words)  # after all pages, before the index is written
    app.connect("build-finished", _write_files)
    app.connect("build-finished", _finish, priority=950)  # once the English pages are made
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
