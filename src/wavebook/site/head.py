"""The head of each page for machines: description, OpenGraph and JSON-LD.

Absolute addresses need ``html_baseurl``, the address of the site; without it they are relative or left out.
"""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from wavebook.figures import Figures
from wavebook.language import wording
from wavebook.language.words import words_in
from wavebook.pages import downloads
from wavebook.pages.parts import part
from wavebook.pages.records import Book, book_of
from wavebook.pages.uses import break_mark, draft_note
from wavebook.site import feed, social

_LENGTH = 200  # characters of a description


def _describe(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: nodes.document | None) -> None:
    """Put description, OpenGraph and JSON-LD of a page in its head."""
    if doctree is None or pagename not in app.env.found_docs:
        return
    book = book_of(app.env)
    title = app.env.titles[pagename].astext()
    description = _summary(doctree)
    image, alt = social.picture(app, pagename)
    root = app.config.html_baseurl or "../" * pagename.count("/")
    named = {
        "og:title": title,
        "og:description": description,
        "og:type": "website" if pagename == app.config.root_doc else "article",
        "og:locale": words_in(book.language).locale,
        "og:locale:alternate": [words_in(other["lang"]).locale for other in context.get("alternates") or ()],
        "og:site_name": book.title,
        "og:url": context.get("pageurl") or "",
        "og:image": f"{root}{image}" if image else "",
        "og:image:width": str(social.SIZE[0]) if image else "",
        "og:image:height": str(social.SIZE[1]) if image else "",
        "og:image:alt": alt,
    }
    about = Markup(_script_safe(_linked_data(app, pagename, title, description, f"{root}{image}" if image else "")))
    values = ((name, [value] if isinstance(value, str) else value) for name, value in named.items())
    properties = [(name, value) for name, several in values for value in several if value]
    metas = part("metas", description, properties, image, about)
    if feed.entries(app):
        context["feed"] = feed.address(app, pagename)
    context["metatags"] = f"{context.get('metatags', '')}\n{metas}"


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
    """The page in terms of schema.org: an Article of the publication, or the Dataset behind it."""
    book, base = book_of(app.env), app.config.html_baseurl
    options = app.config.html_theme_options
    country = {"@type": "Country", "name": options["country"]} if options.get("country") else {}
    about = {
        "@context": "https://schema.org",
        "name": title,
        "description": description,
        "inLanguage": book.language,
        "license": options.get("licence_url", ""),
        "temporalCoverage": _covered(book.figures),
        "spatialCoverage": country,
        "url": urljoin(base, app.builder.get_target_uri(pagename)) if base else "",
        "isPartOf": {"@type": "WebSite", "name": book.title, "url": base or ""},
        "author": {"@type": "Organization", "name": app.config.author},
        "datePublished": book.released,
        "image": image,
    }
    if app.env.metadata.get(pagename, {}).get("wavebook_data"):
        about |= _dataset(book, base or "../" * pagename.count("/")) | {"name": f"{title}: {book.title}"}
    else:
        about |= {"@type": "Article", "headline": title, "citation": _reports(book)}
    return _without_empty(about)


def _covered(figures: Figures) -> str:
    """The time that the figures cover, in years or in days, as schema.org has it."""
    d = figures.definitions
    waves = d.until(figures.wave)
    if d.yearly:
        return f"{waves[0]}/{waves[-1]}"
    return f"{d.period(waves[0]).start}/{max(d.period(wave).end for wave in waves)}"


def _dataset(book: Book, root: str) -> dict:
    d, language = book.figures.definitions, book.language
    used = book.figures.rows.words["indicator"].used()
    files = downloads.figure_files(book.figures)
    bureaus = dict.fromkeys(d.waves[key].bureau for key in d.until(book.figures.wave))
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
                "unitText": d.indicators[name].unit.name,
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
                "creditText": wording.cited(sources[key], book.language),
                "datePublished": sources[key].year,
                "url": sources[key].url or "",
            }
        )
        for key in sorted(book.figures.rows.words["source"].used())
    ]


def _without_empty(content: dict) -> dict:
    kept = {}
    for name, value in content.items():
        value = _without_empty(value) if isinstance(value, dict) else value
        if value not in ("", None, {}, []):
            kept[name] = value
    return kept


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    app.connect("html-page-context", _describe, priority=600)  # once the twins in the other language are known
