"""The page on which readers pick an edition: a list that a small script filters, in each language."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from wavebook.core.files import THEME, write_whole
from wavebook.core.languages import below
from wavebook.core.writing import json_file
from wavebook.definitions import Definitions
from wavebook.figures import called
from wavebook.language.words import words_in
from wavebook.pages import technical_notes
from wavebook.publish.editions.edition import Edition
from wavebook.site.settings import settings as site_settings

RECORD = "editions.json"  # in the folder: the list of its editions


def write(folder: Path, root: Path, editions: list[Edition], d: Definitions) -> None:
    """Write the page in each language of the editions, and the list of editions for machines, in ``folder``."""
    languages = [code for code in d.languages if any(code in item.languages for item in editions)]
    for language in languages:
        page = _page(root, [item for item in editions if language in item.languages], d, language, languages)
        write_whole(folder / below(language, d.languages) / "index.html", page.encode())
    listed = [
        {
            "folder": item.slug,
            **item.parameters,
            **{name: d.plain(item.parameters[name]) for name in ("wave", "baseline")},
            "languages": list(item.languages),
            "name": {language: item.name(d, language) for language in item.languages},
        }
        for item in editions
    ]
    write_whole(folder / RECORD, json_file({"editions": listed}))


def _page(root: Path, editions: list[Edition], d: Definitions, language: str, languages: list[str]) -> str:
    settings = site_settings(root, language)
    options = settings.get("html_theme_options")
    options = options if isinstance(options, dict) else {}
    own = below(language, d.languages)
    up = "../" if own else ""
    alternates = [
        {"lang": other, "label": words_in(other).name, "href": f"{up}{below(other, d.languages)}index.html"}
        for other in languages
        if other != language
    ]
    groups = []
    for (wave, breakdown), found in groupby(editions, key=lambda item: (item.wave, item.segment.partition("=")[0])):
        links = [{"name": item.name(d, language), "href": f"{up}{item.slug}/{own}index.html"} for item in found]
        groups.append(
            {
                "wave": called(d, wave, language),
                "what": d.segments[breakdown][language] if breakdown else "",
                "links": links,
            }
        )
    address = settings.get("html_baseurl")
    context = {
        "language": language,
        "strings": words_in(language).theme.words,
        "docstitle": settings["html_title"] or settings["project"],
        "pagename": "editions",
        "root_doc": "index",
        "builder": "html",
        "content_root": "./",
        "metatags": "",
        "alternates": alternates,
        "pageurl": f"{address}index.html" if address else None,
        "pathto": lambda name, resource=False: name if resource else f"{name}.html",
        "hasdoc": lambda name: False,
        "theme_draft": "false",
        "theme_made_up": str(any(w.made_up for w in d.waves.values())).lower(),
        "theme_source": options.get("source") or technical_notes.source_line(d, d.newest, language),
        "theme_licence": options.get("licence", ""),
        "theme_licence_url": options.get("licence_url", ""),
        "titles": d.titles_beside(language),
        "groups": groups,
        "count": len(editions),
    }
    return _environment().get_template("editions.html").render(context)


def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(THEME))
    environment.filters["tobool"] = lambda value: str(value).lower() in ("true", "1", "yes", "on")
    return environment
