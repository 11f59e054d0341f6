"""Settings of Sphinx that every book has, and need not write: extensions, the theme, the syntax of pages, numbering.

A book may set any of them otherwise under ``sphinx: config``. ``NOT_HERE`` names what Jupyter Book's own file may hold
and what means nothing to a book of this library, each with the reason.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from wavebook.language.words import words_in

EXTENSIONS = ("myst_nb", "sphinx_external_toc", "sphinxcontrib.bibtex", "wavebook.site")
# Extensions that Jupyter Book adds by itself, for scripts that the theme does not load and for its own commands.
_OF_JUPYTER_BOOK = (
    "jupyter_book", "sphinx_book_theme", "sphinx_comments", "sphinx_copybutton", "sphinx_jupyterbook_latex",
    "sphinx_multitoc_numbering", "sphinx_thebe", "sphinx_togglebutton",
)  # fmt: skip
SYNTAX = (
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist", "html_admonition",
    "html_image", "strikethrough", "substitution", "tasklist",
)  # fmt: skip
_NO_PAGES = ("**.ipynb_checkpoints", ".DS_Store", "Thumbs.db", "_build")
NOT_HERE = {
    "launch_buttons": "pages load no scripts from elsewhere",
    "latex": "wavebook pdf prints the site",
    "execute": "notebooks are run by papermill, with the parameters of an edition",
    "html.analytics": "pages load nothing from elsewhere",
    "html.google_analytics_id": "pages load nothing from elsewhere",
    "html.comments": "pages load nothing from elsewhere",
    "html.announcement": "the theme has no place for it",
    "html.extra_footer": "the theme has no place for it",
    "html.extra_navbar": "the theme has no place for it",
    "html.navbar_footer_text": "the theme has no place for it",
    "html.home_page_in_navbar": "the theme links it by the title",
    "html.navbar_number_sections": "write numbered in _toc.yml",
    "html.use_multitoc_numbering": "the table of contents numbers parts onwards",
    "sphinx.recursive_update": "settings are always merged",
    "sphinx.local_extensions": "name installed modules under sphinx: extra_extensions",
    "parse.myst_dmath_double_inline": "it always holds",
    "project": "the title is the name",
}

# Settings of Sphinx that the theme does not follow, and those that would break what others count on.
NOT_SHOWN = (
    *("html_search_language", "html_search_options", "html_search_scorer"),
    *("html_codeblock_linenos_style", "html_css_files", "html_js_files", "html_last_updated_fmt", "html_math_renderer"),
    *(
        "html_short_title",
        "html_show_copyright",
        "html_show_sphinx",
        "html_sidebars",
        "html_style",
        "html_use_opensearch",
    ),
)
REFUSED = ("html_file_suffix", "html_link_suffix")


def implied(root: Path, language: str, pages: Path) -> dict[str, Any]:
    """Settings of the book in ``root`` by Sphinx's names; those of ``language``, whose pages stand in ``pages``."""
    words = words_in(language).theme.words
    return {
        "author": "The Jupyter Book community",
        "html_title": "My Jupyter Book",
        "bibtex_bibfiles": [os.path.relpath(root / "data" / "references.bib", pages)],
        "bibtex_default_style": "wavebook",
        "bibtex_reference_style": "wavebook",
        "exclude_patterns": [],
        "extensions": [],
        "external_toc_exclude_missing": False,
        "external_toc_path": (root / "_toc.yml").as_posix(),
        "html_copy_source": False,
        "html_show_sourcelink": False,
        "html_sourcelink_suffix": "",
        "html_theme": "wavebook",
        "html_use_index": False,
        "myst_dmath_allow_digits": False,  # so that $5 and $10 are amounts
        "myst_dmath_allow_space": False,
        "myst_enable_extensions": list(SYNTAX),
        "myst_update_mathjax": False,  # formulas are MathML
        "myst_url_schemes": ["mailto", "http", "https"],
        "nb_execution_mode": "off",
        "numfig": True,
        "numfig_format": {kind: words[f"numbered_{kind}"] for kind in ("figure", "table", "code-block", "section")},
        "pygments_style": "sphinx",
        "suppress_warnings": [
            "myst.domains",
            "myst.strikethrough",
            "design.card_legacy",
        ],  # which looks as it should in HTML
    }


def extensions(asked: list[str]) -> tuple[list[str], list[str]]:
    """The extensions of a book that asks for these: all to load, and those that mean nothing here."""
    unknown = [name for name in asked if name in _OF_JUPYTER_BOOK]
    own = [name for name in asked if name not in EXTENSIONS and name not in unknown]
    return [*EXTENSIONS, *own], [name for name in unknown if name != "jupyter_book"]


def no_pages(asked: list[str]) -> list[str]:
    """Patterns of files in the folder of pages that are no pages: these, and what programs leave there."""
    return sorted({*_NO_PAGES, *asked})
