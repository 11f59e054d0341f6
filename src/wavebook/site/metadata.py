"""What machines read of the site: descriptions for search engines and shared links, citations, and a list of pages.

A Sphinx extension of its own. What must be absolute (canonical links, the sitemap) needs ``html_baseurl``, the address
of the site; without it, addresses are relative or left out. Nothing here knows the date of the build.
"""

from __future__ import annotations

import json
import re
import uuid
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole

from wavebook.charts import pictures
from wavebook.core.files import keep_only, write_whole
from wavebook.language.words import words_in
from wavebook.pages import changes, downloads
from wavebook.pages.records import Book, below, book_of, charts_of, records
from wavebook.pages.uses import break_mark, draft_note
from wavebook.site.settings import source

FEED = "feed.xml"
SOCIAL = (1200, 630)  # px, the size that OpenGraph's readers crop least
_LENGTH = 200  # characters of a description


# --- the head of each page --------------------------------------------------------------------------------


def _describe(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document | None) -> None:
    """Description, OpenGraph and JSON-LD of a page, in its head."""
    if doctree is None or pagename not in app.env.found_docs:
        return
    book, site = book_of(app.env), app.config.html_title
    title = app.env.titles[pagename].astext()
    description = _summary(doctree)
    image, alt = _picture(app, pagename)
    root = app.config.html_baseurl or "../" * pagename.count("/")
    others = [words_in(other["lang"]).locale for other in context.get("alternates") or ()]
    named = {
        "og:title": title,
        "og:description": description,
        "og:type": "website" if pagename == app.config.root_doc else "article",
        "og:locale": words_in(book.language).locale,
        "og:locale:alternate": "".join(others),
        "og:site_name": site,
        "og:url": context.get("pageurl") or "",
        "og:image": f"{root}{image}" if image else "",
        "og:image:width": str(SOCIAL[0]) if image else "",
        "og:image:height": str(SOCIAL[1]) if image else "",
        "og:image:alt": alt,
    }
    metas = [f'<meta name="description" content="{escape(description)}">'] if description else []
    metas += [f'<meta property="{name}" content="{escape(value)}">' for name, value in named.items() if value]
    metas += ['<meta name="twitter:card" content="summary_large_image">'] if image else []
    about = _linked_data(app, pagename, title, description, f"{root}{image}" if image else "")
    metas.append(f'<script type="application/ld+json">{_script_safe(about)}</script>')
    if _entries(app):
        context["feed"] = _feed_address(app, pagename)
    context["metatags"] = context.get("metatags", "") + "\n" + "\n".join(metas)


def _summary(doctree: nodes.document) -> str:
    """The first sentences of a page as plain text, at most 200 characters, cut between words."""
    paragraph = next((p for p in doctree.findall(nodes.paragraph) if isinstance(p.parent, nodes.section)), None)
    if paragraph is None:
        return ""
    copy = paragraph.deepcopy()
    for node in list(copy.findall(nodes.Element)):
        if isinstance(node, (nodes.raw, break_mark, draft_note)):
            node.parent.remove(node)  # markup and marks, not words
    text = " ".join(copy.astext().split())
    if len(text) <= _LENGTH:
        return text
    whole, space, _ = text[:_LENGTH].rpartition(" ")
    return (whole if space else text[: _LENGTH - 1]).rstrip(",;:.") + "…"


def _script_safe(content: dict) -> str:
    """JSON in which no text can end the script element that holds it."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return re.sub(r"[<>&\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", text)


def _linked_data(app: Sphinx, pagename: str, title: str, description: str, image: str) -> dict:
    """The page as schema.org has it: an Article of the publication, or the Dataset behind it."""
    book, base = book_of(app.env), app.config.html_baseurl
    waves = sorted(year for year in book.figures.definitions.waves if year <= book.figures.wave)
    licence = app.config.html_theme_options.get("licence_url", "")
    about = {
        "@context": "https://schema.org",
        "name": title,
        "description": description,
        "inLanguage": book.language,
        "license": licence,
        "temporalCoverage": f"{waves[0]}/{waves[-1]}",
        "spatialCoverage": {"@type": "Country", "name": words_in(book.language).country},
        "url": urljoin(base, app.builder.get_target_uri(pagename)) if base else "",
        "isPartOf": {"@type": "WebSite", "name": app.config.html_title, "url": base or ""},
        "author": {"@type": "Organization", "name": app.config.author},
        "datePublished": book.released,
        "image": image,
    }
    if app.env.metadata.get(pagename, {}).get("wavebook_data"):
        about |= _dataset(book, base or "../" * pagename.count("/")) | {"name": f"{title}: {app.config.html_title}"}
    else:
        about |= {"@type": "Article", "headline": title, "citation": _reports(book)}
    return _without_empty(about)


def _dataset(book: Book, root: str) -> dict:
    d, language = book.figures.definitions, book.language
    used = list(dict.fromkeys(f.key.indicator for f in book.figures))
    files = downloads.figure_files(book.figures)
    bureaus = dict.fromkeys(w.bureau for year, w in sorted(d.waves.items()) if year <= book.figures.wave)
    return {
        "@type": "Dataset",
        "creator": [{"@type": "Organization", "name": name} for name in bureaus],
        "isAccessibleForFree": True,
        "isBasedOn": _reports(book),
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "name": d.indicators[name].name[language],
                "description": d.indicators[name].definition[language],
                "unitText": d.indicators[name].unit,
            }
            for name in used
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "contentUrl": f"{root}data/{name}",
                "encodingFormat": downloads.MEDIA[name.rpartition(".")[2]],
            }
            for name in files
        ],
    }


def _reports(book: Book) -> list[dict]:
    """The sources of the figures."""
    sources = book.figures.definitions.sources
    return [
        _without_empty(
            {
                "@type": "CreativeWork",
                "name": sources[key].title,
                "creditText": sources[key].short(book.language),
                "datePublished": sources[key].year,
                "url": sources[key].url or "",
            }
        )
        for key in sorted({f.source for f in book.figures})
    ]


def _without_empty(content: dict) -> dict:
    kept = {}
    for name, value in content.items():
        value = _without_empty(value) if isinstance(value, dict) else value
        if value not in ("", None, {}, []):
            kept[name] = value
    return kept


# --- files ------------------------------------------------------------------------------------------------


def _charts(app: Sphinx, pagename: str) -> list[tuple[str, str]]:
    """Name and caption of the charts that a page shows, in its order."""
    return list(charts_of(records(app.env).get(pagename, ())).items())


def _picture(app: Sphinx, pagename: str) -> tuple[str, str]:
    """Address and text of the picture that stands for a page: its first chart, or else the book's."""
    if book_of(app.env).among:
        return "", ""
    for name in (pagename, *_in_order(app)):
        if charts := _charts(app, name):
            of_page = name == pagename
            return f"social/{pagename if of_page else app.config.root_doc}.png", charts[0][1]
    return "", ""


def _in_order(app: Sphinx) -> list[str]:
    """The pages in the order of the table of contents."""
    return [app.config.root_doc, *below(app.env, app.config.root_doc)]


def _write_files(app: Sphinx, error: Exception | None) -> None:
    """Pictures of pages, citations of the publication and, where its address is known, the list of its pages."""
    if error is not None or app.builder.name != "html":
        return
    out, order = Path(app.outdir), _in_order(app)
    among = book_of(app.env).among
    pictures = {} if among else _pictures(app)
    keep_only(out / "social", [f"{name}.png" for name in pictures])
    made = _citations(app)
    frozen = _frozen(app)
    if not frozen and (entries := _entries(app)):
        made[FEED] = _feed(app, entries)
    if app.config.html_baseurl and not (frozen or among) and book_of(app.env).language == "nl":
        made["sitemap.xml"] = _sitemap(app, order)
        made["robots.txt"] = f"User-agent: *\nAllow: /\n\nSitemap: {urljoin(app.config.html_baseurl, 'sitemap.xml')}\n"
    for name, text in made.items():
        write_whole(out / name, text.encode())
    earlier = {FEED, "sitemap.xml", "robots.txt"} - made.keys()  # of a build that had an address, or something to tell
    for name in earlier:
        (out / name).unlink(missing_ok=True)


def _frozen(app: Sphinx) -> bool:
    """Whether this is an edition at an address of its own, below the newest."""
    return bool(book_of(app.env).archive.get("place"))


def _feed_address(app: Sphinx, pagename: str) -> str:
    """The way from a page to the feed in its language; that of the newest edition also tells of those frozen."""
    up = "../" * pagename.count("/")
    frozen = {"nl": "../", "en": "../../en/"}[book_of(app.env).language] if _frozen(app) else ""
    return f"{up}{frozen}{FEED}"


class FeedRole(SphinxRole):
    """{feed}`text`: a link to the feed."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The text as a link."""
        address = _feed_address(self.env.app, self.env.docname)
        return [nodes.raw("", f'<a href="{address}">{escape(self.text)}</a>', format="html")], []


def _pictures(app: Sphinx) -> dict[str, tuple[str, str]]:
    """Page and title that each social picture shows, by its name; the opening page has one of its own."""
    titles = {name: app.env.titles[name].astext() for name in _in_order(app) if _charts(app, name)}
    shown = {name: (name, title) for name, title in titles.items()}
    if titles and app.config.root_doc not in titles:
        shown[app.config.root_doc] = (next(iter(titles)), app.config.html_title)
    return shown


def _draw_later(app: Sphinx, env) -> list[str]:
    """Have the social pictures drawn while the pages are written."""
    if app.builder.name == "html" and not book_of(env).among:
        for name, (shows, title) in _pictures(app).items():
            book_of(env).later(_draw, app, shows, title, name)
    return []


def _draw(app: Sphinx, shows: str, title: str, name: str) -> None:
    """The social picture social/<name>.png with the first chart of the page ``shows``, unless it is there already."""
    book = book_of(app.env)
    chart, caption = _charts(app, shows)[0]
    picture = pictures.social(
        book.results.charts[chart], title=title, caption=caption, site=app.config.html_title, card=SOCIAL
    )
    kept, target = Path(app.doctreedir, "social", f"{name}.svg"), Path(app.outdir, "social", f"{name}.png")
    downloads.write_picture(kept, target, picture, scale=1)


def _citations(app: Sphinx) -> dict[str, str]:
    """The publication as BibTeX, RIS and CSL-JSON, for reference managers; its day is that of the edition.

    The edition is told in words: of a bare 2014 they make "2014th edition".
    """
    book, key = book_of(app.env), downloads.slug(app.config.html_title)
    title, author = (" ".join(text.split()) for text in (app.config.html_title, app.config.author))
    address, day = app.config.html_baseurl or "", book.released
    edition = words_in(book.language).news["edition"].format(wave=book.figures.wave)
    bib = {"author": f"{{{_bibtex(author)}}}", "title": _bibtex(title), "year": day[:4], "date": day}
    bib |= {"edition": edition, "langid": words_in(book.language).bibtex, "url": address}
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in bib.items() if value)
    ris = {"TY": "ELEC", "AU": author, "TI": title, "PY": day[:4], "DA": day.replace("-", "/"), "ET": edition}
    ris |= {"LA": book.language, "UR": address}
    lines = "".join(f"{name}  - {value}\n" for name, value in ris.items() if value)
    issued = {"date-parts": [[int(part) for part in day.split("-")]]} if day else {}
    csl = {"id": key, "type": "webpage", "author": [{"literal": author}], "title": title, "issued": issued}
    csl |= {"edition": edition, "language": book.language, "URL": address}
    return {
        "citation.bib": f"@online{{{key},\n{fields}}}\n",
        "citation.ris": f"{lines}ER  - \n",
        "citation.json": json.dumps([_without_empty(csl)], ensure_ascii=False, indent=1) + "\n",
    }


def _bibtex(text: str) -> str:
    """``text`` with what LaTeX would take for a command made plain; pybtex would do so in addresses too."""
    return re.sub(r"[&%$#_]", r"\\\g<0>", re.sub(r"[{}\\]", "", text))


def _entries(app: Sphinx) -> list[tuple[str, str, str, str]]:
    """What followers of the site are told, newest first: day, identity, title and text of each edition and change."""
    figures, language = book_of(app.env).figures, book_of(app.env).language
    d, words = figures.definitions, words_in(language).news
    found = []
    for year, wave in d.waves.items():
        if wave.released and year <= figures.wave:
            title = words["edition"].format(wave=year)
            found.append((wave.released, f"edition {year}", title, f"{app.config.html_title}. {title}."))
    for r in d.revisions:
        if r.wave <= figures.wave:
            figure, before, after = changes.revised_figure(figures, r)
            what = words["revised"].format(figure=figure, before=before, after=after)
            reason = r.reason if language == "nl" else r.reason_en or r.reason
            found.append((r.date, r.identity, words["revision"].format(wave=r.wave), f"{what} {reason}"))
    for c in d.corrections:
        if c.wave <= figures.wave:
            title = words["correction"].format(wave=c.wave)
            found.append((c.date, c.identity, title, f"{c.what[language]} {c.reason[language]}"))
    return sorted(set(found), reverse=True)


def _feed(app: Sphinx, entries: list[tuple[str, str, str, str]]) -> str:
    """The same as Atom 1.0 (RFC 4287); identities hold wherever the site lies."""
    language, title, base = book_of(app.env).language, app.config.html_title, app.config.html_baseurl
    page = changes_page(app.env)

    def entry(day: str, identity: str, name: str, text: str) -> str:
        return (
            f"<entry><id>{_urn(identity)}</id><title>{escape(name)}</title><updated>{day}T00:00:00Z</updated>"
            f'<link href="{escape(urljoin(base, page))}"/><summary>{escape(text)}</summary></entry>'
        )

    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">'
        f"<id>{_urn(f'{language} {title}')}</id><title>{escape(title)}</title>"
        f"<updated>{entries[0][0]}T00:00:00Z</updated>"
        f"<author><name>{escape(app.config.author)}</name></author>"
        f'<link rel="self" href="{escape(urljoin(base, FEED))}"/>'
        f'<link href="{escape(urljoin(base, "index.html"))}"/>\n'
        + "\n".join(entry(*item) for item in entries)
        + "\n</feed>\n"
    )


def changes_page(env: BuildEnvironment) -> str:
    """The address of the page that tells of changes; that of the first page where none does."""
    found = (name for name, told in sorted(env.metadata.items()) if told.get("wavebook_changes"))
    return f"{next(found, env.config.root_doc)}.html"


def _urn(text: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"wavebook {text}").urn


def _sitemap(app: Sphinx, order: list[str]) -> str:
    """Every page with its twin in the other language; no dates, since a build does not know them."""
    base = app.config.html_baseurl
    english = source(book_of(app.env).root, "en")
    urls = []
    for name in order:
        dutch = urljoin(base, app.builder.get_target_uri(name))
        pair = {"nl": dutch}
        if name.startswith("notebooks/") or (english / f"{name}.md").is_file():
            pair["en"] = urljoin(base, f"en/{app.builder.get_target_uri(name)}")
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(address)}"/>'
            for language, address in pair.items()
            if len(pair) > 1
        )
        urls += [f"<url><loc>{escape(address)}</loc>{links}</url>" for address in pair.values()]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n' + "\n".join(urls) + "\n</urlset>\n"
    )


def setup(app: Sphinx) -> dict[str, object]:
    """Register the extension with Sphinx."""
    app.add_role("feed", FeedRole())
    app.connect("env-updated", _draw_later, priority=600)  # once the book is found to be true
    app.connect("html-page-context", _describe, priority=600)  # once the twins in the other language are known
    app.connect("build-finished", _write_files, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
