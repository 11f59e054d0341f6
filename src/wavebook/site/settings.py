"""Sphinx's settings of the book, from _config.yml as Jupyter Book reads it, but without Jupyter Book.

A file of a few lines will do: ``implied`` holds the rest. Jupyter Book's own command gives the same pages; a test
compares the bytes. The book needs nothing of it but the form of this file, which keeps the way open to every later
Sphinx.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wavebook.core import languages
from wavebook.core.problems import Problem, raise_all
from wavebook.site import added, implied, titles

# Keys of _config.yml that the theme and extensions of a book follow, and Sphinx's names for them.
NAMES = {
    "title": "html_title",
    "author": "author",
    "copyright": "copyright",
    "logo": "html_logo",
    "exclude_patterns": "exclude_patterns",
    "only_build_toc_files": "external_toc_exclude_missing",
    "bibtex_bibfiles": "bibtex_bibfiles",
    "html.baseurl": "html_baseurl",
    "html.favicon": "html_favicon",
    "parse.myst_enable_extensions": "myst_enable_extensions",
    "parse.myst_substitutions": "myst_substitutions",
    "parse.myst_url_schemes": "myst_url_schemes",
    "sphinx.extra_extensions": "extensions",
}
# Those that are options of the theme.
OPTIONS = {
    "repository.url": "repository_url",
    "repository.branch": "repository_branch",
    "repository.path_to_book": "path_to_docs",
    "html.use_repository_button": "use_repository_button",
    "html.use_edit_page_button": "use_edit_page_button",
    "html.use_issues_button": "use_issues_button",
}
# Faults that Sphinx would stumble over without naming them.
_FORMS = {
    list: (
        *("exclude_patterns", "bibtex_bibfiles", "myst_enable_extensions", "myst_url_schemes"),
        *("suppress_warnings", "extensions", "html_extra_path", "html_static_path"),
    ),
    dict: ("myst_substitutions", "html_theme_options"),
    str: ("html_title", "author", "html_baseurl", "html_favicon", "html_logo", "html_theme", "language"),
}
_PICTURES = {"html_logo": "logo", "html_favicon": "html.favicon"}
_EMPTY = (("sphinx.config", None), ("sphinx", None), ("html", None), ("parse", None), ("repository", None))
_BUTTONS = ("use_repository_button", "use_edit_page_button", "use_issues_button")


def settings(root: Path, language: str = "", archive: dict | None = None) -> dict[str, Any]:
    """Sphinx's settings by name, for the language of the root unless another is given.

    Another language has book/<language>/_config.yml over _config.yml. ``archive`` is the data about other editions for
    the pages; see ``run_sphinx``.

    Raises
    ------
    ProblemsError
        A file that cannot be read, or settings that are not known here, all at once (W202, W203).
    """
    archive, book, spoken = archive or {}, languages.read(root, languages.SETTINGS), languages.declared(root)
    language = language or spoken[0]
    folder, pages = languages.below(language, spoken), languages.source(root, language)
    own = f"book/{folder}_config.yml" if folder else languages.SETTINGS
    book.pop("languages", None)
    if folder:
        _merge(book, {"sphinx": {"config": {"language": language}}})  # which is all that pages need to differ in
        if (root / own).is_file():
            _merge(book, languages.read(root, own))
    found: dict[str, Any] = implied.implied(root, language, pages)
    problems = [] if "among" in archive else languages.undeclared(root)  # one of many may lack a language
    options: dict[str, Any] = {}
    contents = languages.read(root, "_toc.yml") if (root / "_toc.yml").is_file() else {}
    problems += _beside(root, pages, contents)
    problems += _nameless(book)
    for key, value in _flat(book):
        if key in NAMES:
            found[NAMES[key]] = _joined(key, found.get(NAMES[key]), value)
        elif key in OPTIONS:
            options[OPTIONS[key]] = value
        elif key == "sphinx.config" and isinstance(value, dict):
            found.update((name, one) for name, one in value.items() if isinstance(name, str))
        elif not _means_nothing(key) and (key, value) not in _EMPTY:
            action = f"Remove it, or set what Sphinx calls it under sphinx: config. Known here: {', '.join(NAMES)}."
            problems.append(Problem("W203", f"_config.yml, {key}", "is not a setting of this book", action))
    if options and isinstance(said := found.get("html_theme_options", {}), dict):
        found["html_theme_options"] = options | said
    problems += _forms(found)
    if isinstance(said := found.setdefault("language", language), str) and said != language:
        text = f"is {said}, and the pages that it is for are those in {language}"
        problems.append(Problem("W203", f"{own}, language", text, f"Write {language}."))
    problems += _commanded(found, own)
    problems += titles.typed(found, {} if folder else contents, language, own)
    problems += _addresses(found, options)
    problems += _pictures(root, pages, found)
    if not folder and isinstance(places := found.get("html_extra_path", []), list):
        problems += added.taken(root, pages, [place for place in places if isinstance(place, str)])
    raise_all(problems)
    found["exclude_patterns"] = implied.no_pages(found["exclude_patterns"])
    found["bibtex_bibfiles"] = _sources(root, pages, found["bibtex_bibfiles"])
    found["extensions"], _ = implied.extensions(found["extensions"])
    if folder:
        found.pop("html_extra_path", None)  # what an editor adds stands in the site once
    if (root / "book" / "_static").is_dir():
        found["html_static_path"] = [*found.get("html_static_path", []), str(root / "book" / "_static")]
    if address := found.get("html_baseurl"):
        below = archive.get("place", archive.get("among", "")) + folder
        found["html_baseurl"] = f"{address.rstrip('/')}/{below}"
    return {**found, "wavebook_archive": json.dumps(archive, sort_keys=True), "wavebook_root": spoken[0]}


def notices(root: Path) -> list[Problem]:
    """The settings of Jupyter Book that mean nothing here, as one notice (W525); settings() has found no fault."""
    said: dict[str, Any] = dict(_flat(languages.read(root, languages.SETTINGS)))
    own, reasons = said.get("sphinx.config"), dict[str, list[str]]()
    for key, value in said.items():
        if (why := _means_nothing(key)) and value not in (None, "", "off", False, [], {}):
            reasons.setdefault(why, []).append(key)
    unseen = [name for name in implied.NOT_SHOWN if isinstance(own, dict) and own.get(name)]
    if unseen:
        reasons["the theme does not follow them; colours and fonts are in book/_static/house-style.css"] = unseen
    asked = [
        *_listed(said.get("sphinx.extra_extensions")),
        *_listed(own.get("extensions") if isinstance(own, dict) else None),
    ]
    if unused := implied.extensions(asked)[1]:
        reasons["the theme does not load what they need"] = unused
    if not reasons:
        return []
    told = "; ".join(f"{', '.join(keys)} ({why})" for why, keys in reasons.items())
    return [Problem("W525", "_config.yml", f"holds settings that mean nothing here: {told}", "They may go.")]


def _nameless(book: dict) -> Iterator[Problem]:
    """Settings of Jupyter Book or Sphinx whose names are no text, which YAML makes of on, no, null and numbers."""
    sphinx = book.get("sphinx")
    own = sphinx.get("config") if isinstance(sphinx, dict) else None
    for place, names in (("_config.yml", book), ("_config.yml, sphinx.config", own)):
        for name in names if isinstance(names, dict) else ():
            if not isinstance(name, str):
                action = "Give the setting by its name; in YAML, on, off, yes, no, null and numbers are none."
                yield Problem("W203", place, f"{name!r} is not the name of a setting", action)


def _commanded(found: dict[str, Any], file: str) -> Iterator[Problem]:
    """What a command says of the edition that it makes, and no setting can: its wave, or that it is a draft."""
    for name in found:
        if name.startswith("wavebook_") and name != "wavebook_rows":
            action = "Remove it: `wavebook build --wave` and its other options say which edition is made."
            yield Problem("W203", f"{file}, {name}", "is not a setting of a book", action)


def _means_nothing(key: str) -> str:
    """The reason why a setting of Jupyter Book means nothing here; empty for any other."""
    return implied.NOT_HERE.get(key) or implied.NOT_HERE.get(key.partition(".")[0], "")


def _joined(key: str, before: Any, value: Any) -> Any:
    """A setting as the file has it; a list of things to add goes on after those that every book has."""
    if key in ("parse.myst_enable_extensions", "sphinx.extra_extensions", "bibtex_bibfiles"):
        before = _listed(before)
        return [*before, *(item for item in _listed(value) if item not in before)]
    return value


def _listed(value: Any) -> list:
    return value if isinstance(value, list) else [value] if value else []


def _sources(root: Path, pages: Path, asked: list[str]) -> list[str]:
    """Files of sources: data/references.bib under whatever name, and others that are there."""
    ours, found = (root / "data" / "references.bib").resolve(), []
    for name in asked:
        path = (pages / name).resolve()
        if path == ours or (name == ours.name and not path.exists()):
            path, name = ours, os.path.relpath(ours, pages.resolve())
        if name not in found:
            found.append(name)
    return found


def _beside(root: Path, pages: Path, contents: dict) -> Iterator[Problem]:
    """Problem of pages that are beside the folder of pages, where Jupyter Book's command puts them."""
    names = [name for name in named(contents) if not name.startswith("notebooks/") and ".." not in name]
    out = sorted({found for name in names if not _file(pages, name) and (found := _file(root, name))})
    if out:
        action = (
            f"Move them: pages to {os.path.relpath(pages, root)}/, notebooks to notebooks/, naming those notebooks/…."
        )
        found = f"names pages that stand outside {os.path.relpath(pages, root)}/: {', '.join(out)}"
        yield Problem("W419", "_toc.yml", found, action)


def _file(folder: Path, name: str) -> str:
    """The file in ``folder`` that a table of contents means by ``name``; empty when it is not there."""
    found = (f"{name}{suffix}" for suffix in ("", ".md", ".ipynb"))
    return next((file for file in found if os.path.isfile(os.path.join(folder, file))), "")


def named(contents: object) -> Iterator[str]:
    """The pages that a table of contents names."""
    for key, value in contents.items() if isinstance(contents, dict) else ():
        if key in ("root", "file") and isinstance(value, str):
            yield value
        for item in value if isinstance(value, list) else ():
            yield from named(item)


def _forms(found: dict[str, Any]) -> Iterator[Problem]:
    """Problems of settings that are of another type than Sphinx takes them to be."""
    for form, names in _FORMS.items():
        for name in names:
            value = found.get(name, form())
            if not isinstance(value, form) or (form is list and not all(isinstance(item, str) for item in value)):
                kind = {list: "a list of texts", dict: "a table", str: "a text"}[form]
                yield Problem("W203", f"_config.yml, {name}", f"is not {kind}", "Correct it.")


def _addresses(found: dict[str, Any], options: dict[str, Any]) -> Iterator[Problem]:
    """Problems of the addresses of the site, its repository and its pages."""
    if not re.match(r"(https?://|$)", str(found.get("html_baseurl") or "")):
        yield Problem("W203", "_config.yml, html.baseurl", "is no address", "Begin it with https://.")
    if any(options.get(name) for name in _BUTTONS) and not options.get("repository_url"):
        asked = "is empty, and a button needs the address of the repository"
        yield Problem("W203", "_config.yml, repository.url", asked, "Write it, or leave the button out.")
    for name in (name for name in implied.REFUSED if found.get(name) not in (None, "", ".html")):
        action = "Remove it: links between languages, editions and pages count on .html."
        yield Problem("W203", f"_config.yml, {name}", f"is {found[name]}, and pages end in .html", action)


def _pictures(root: Path, pages: Path, found: dict[str, Any]) -> Iterator[Problem]:
    """Problems of the logo and the icon, whose paths become those from the folder of the pages."""
    for name, key in _PICTURES.items():
        value = str(found.get(name) or "")
        if "://" in value:
            action = "A page takes nothing from a network: save it in book/ and name that file."
            yield Problem("W430", f"_config.yml, {key}", f"asks for {value}, which is not in the book", action)
        elif value and not (pages / value).is_file():
            if (path := root / "book" / value).is_file():
                found[name] = os.path.relpath(path, pages)
            else:
                action = (
                    f"Move it to book/{value}." if (root / value).is_file() else "Put it there, or correct the name."
                )
                yield Problem("W203", f"_config.yml, {key}", f"names {value}, which is not a file in book/", action)


def _merge(settings: dict, other: dict) -> None:
    for key, value in other.items():
        if isinstance(value, dict) and isinstance(settings.get(key), dict):
            _merge(settings[key], value)
        else:
            settings[key] = value


def _flat(book: dict) -> Iterator[tuple[str, object]]:
    """Settings by path of two names, as Jupyter Book groups them; what has no name is left out."""
    for name, value in book.items():
        if not isinstance(name, str):
            continue
        if isinstance(value, dict) and name not in NAMES:
            yield from ((f"{name}.{key}", below) for key, below in value.items())
        else:
            yield name, value
