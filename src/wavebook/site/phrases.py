"""The words of Sphinx and myst-nb in the language of the pages, where their own catalogues have none."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform

from wavebook.language.words import words_in


class PromptTransform(SphinxPostTransform):
    """Label the code that readers may open or close in the language of the page: myst-nb has only English."""

    default_priority = 500  # after myst-nb has hidden the code (199)

    def run(self, **kwargs: object) -> None:
        """Change the page's doctree in place."""
        phrases = words_in(self.config.language).theme.phrases
        for node in self.document.findall(HideCodeCellNode):
            for prompt in ("prompt_show", "prompt_hide"):
                node[prompt] = phrases.get(node[prompt], node[prompt])


def _add_catalogue(app: Sphinx) -> None:
    """Give Sphinx a catalogue of its own phrases, for those that its own catalogue leaves untranslated."""
    language = app.config.language
    catalogue = Catalog(locale=language)
    for phrase, said in words_in(language).theme.permalinks.items():
        catalogue.add(phrase, said)
    folder = Path(app.doctreedir, "locale")
    path = folder / language / "LC_MESSAGES" / "sphinx.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)
    app.add_message_catalog("sphinx", str(folder))


def _name_index(app: Sphinx) -> None:
    """Name the index of modules in the language of this run: Sphinx keeps that of the run that first imported it.

    No page shows it, but the inventory of the site does, whose bytes would depend on what ran before.
    """
    labels = cast(StandardDomain, app.env.get_domain("std")).labels
    name, anchor, _ = labels["py-modindex"]
    labels["py-modindex"] = name, anchor, get_translation("sphinx")("Python Module Index")


def setup(app: Sphinx) -> None:
    """Register this part of the extension with Sphinx."""
    _add_catalogue(app)
    app.connect("builder-inited", _name_index)
    app.add_post_transform(PromptTransform)
