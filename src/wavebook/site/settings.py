"""Sphinx's settings of the book, from _config.yml as Jupyter Book reads it, but without Jupyter Book.

Jupyter Book's own command gives the same pages; a test compares the bytes. The book needs nothing of it but the form of
this file, which keeps the way open to every later Sphinx.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wavebook.core import text, yaml_files
from wavebook.core.problems import Problem, fail, raise_all

# Keys of _config.yml that the theme and extensions of a book follow, and Sphinx's names for them.
NAMES = {
    "title": "html_title",
    "author": "author",
    "copyright": "copyright",
    "exclude_patterns": "exclude_patterns",
    "only_build_toc_files": "external_toc_exclude_missing",
    "bibtex_bibfiles": "bibtex_bibfiles",
    "execute.execute_notebooks": "nb_execution_mode",
    "html.baseurl": "html_baseurl",
    "html.favicon": "html_favicon",
    "parse.myst_enable_extensions": "myst_enable_extensions",
    "parse.myst_substitutions": "myst_substitutions",
    "parse.myst_url_schemes": "myst_url_schemes",
}
# Defaults of _config.yml: Jupyter Book's own values.
DEFAULTS = {
    "author": "The Jupyter Book community",
    "html_title": "My Jupyter Book",
    "external_toc_exclude_missing": False,
    "html_sourcelink_suffix": "",
    "myst_url_schemes": ["mailto", "http", "https"],
    "nb_execution_mode": "off",  # this project's own default: papermill runs the notebooks
    "numfig": True,
    "pygments_style": "sphinx",
    "suppress_warnings": ["myst.domains"],
}
# Faults that Sphinx would stumble over without naming them.
_FORMS = {
    list: (
        *("exclude_patterns", "bibtex_bibfiles", "myst_enable_extensions", "myst_url_schemes"),
        *("suppress_warnings", "extensions"),
    ),
    dict: ("myst_substitutions", "html_theme_options"),
    str: ("html_title", "author", "html_baseurl", "html_favicon", "html_theme", "language"),
}
# Settings of features that only Jupyter Book has.
_NOT_HERE = {"latex.use_jupyterbook_latex", "html.use_multitoc_numbering"}
_NO_PAGES = ["**.ipynb_checkpoints", ".DS_Store", "Thumbs.db", "_build"]


def source(root: Path, language: str) -> Path:
    """The folder of the pages in one language."""
    return root / "book" if language == "nl" else root / "book" / language


def settings(root: Path, language: str = "nl", archive: dict | None = None) -> dict[str, object]:
    """Sphinx's settings by name; those of another language have book/<language>/_config.yml over _config.yml.

    ``archive`` is the data about other editions for the pages; see ``run_sphinx``.

    Raises
    ------
    ProblemsError
        A file that cannot be read, or settings that are not known here, all at once (W202, W203).
    """
    archive, own = archive or {}, source(root, language) / "_config.yml"
    book = _read(root / "_config.yml", root)
    if language != "nl":
        _merge(book, {"sphinx": {"config": {"language": language}}})  # which is all that pages need to differ in
        if own.is_file():
            _merge(book, _read(own, root))
    found: dict[str, Any] = {**DEFAULTS, "exclude_patterns": [], "external_toc_path": (root / "_toc.yml").as_posix()}
    if (root / "_toc.yml").is_file():
        _read(root / "_toc.yml", root)
    problems = []
    for key, value in _flat(book):
        if key in NAMES:
            found[NAMES[key]] = value
        elif key == "sphinx.config" and isinstance(value, dict):
            found.update(value)
        elif key not in _NOT_HERE:
            action = f"Remove it, or set what Sphinx calls it under sphinx: config. Known here: {', '.join(NAMES)}."
            problems.append(Problem("W203", f"_config.yml, {key}", "is not a setting of this book", action))
    for form, names in _FORMS.items():
        for name in names:
            value = found.get(name, form())
            if not isinstance(value, form) or (form is list and not all(isinstance(item, str) for item in value)):
                kind = {list: "a list of texts", dict: "a table", str: "a text"}[form]
                problems.append(Problem("W203", f"_config.yml, {name}", f"is not {kind}", "Correct it."))
    if isinstance(said := found.setdefault("language", language), str) and said != language:
        place = "_config.yml" if language == "nl" else f"book/{language}/_config.yml"
        text_ = f"is {said}, and the pages that it is for are those in {language}"
        problems.append(Problem("W203", f"{place}, language", text_, f"Write {language}."))
    if not re.match(r"(https?://|$)", str(found.get("html_baseurl") or "")):
        problems.append(Problem("W203", "_config.yml, html.baseurl", "is no address", "Begin it with https://."))
    raise_all(problems)
    found["exclude_patterns"] = sorted({*_NO_PAGES, *found["exclude_patterns"]})
    if found["nb_execution_mode"] is False:  # so YAML reads "off"
        found["nb_execution_mode"] = "off"
    if "extensions" in found:
        found["extensions"] = [name for name in found["extensions"] if name != "jupyter_book"]
    if (root / "book" / "_static").is_dir():
        found["html_static_path"] = [str(root / "book" / "_static")]
    if address := found.get("html_baseurl"):
        below = archive.get("place", archive.get("among", "")) + ("" if language == "nl" else f"{language}/")
        found["html_baseurl"] = f"{address.rstrip('/')}/{below}"
    return {**found, "wavebook_archive": json.dumps(archive, sort_keys=True)}


def _read(path: Path, root: Path) -> dict:
    place, action = path.relative_to(root).as_posix(), "Restore it; CONTRIBUTING.md lists the settings."
    try:
        found = yaml_files.parse(text.read(path, place, "W202", restore=action))
    except ValueError as error:
        fail(Problem("W202", place, f"cannot be read: {' '.join(str(error).split())}", action))
    if not isinstance(found, dict):
        fail(Problem("W202", place, "holds no settings", action))
    return found


def _merge(settings: dict, other: dict) -> None:
    for key, value in other.items():
        if isinstance(value, dict) and isinstance(settings.get(key), dict):
            _merge(settings[key], value)
        else:
            settings[key] = value


def _flat(book: dict) -> Iterator[tuple[str, object]]:
    """Settings by path of two names, as Jupyter Book groups them."""
    for name, value in book.items():
        if isinstance(value, dict) and name not in NAMES:
            yield from ((f"{name}.{key}", below) for key, below in value.items())
        else:
            yield name, value
