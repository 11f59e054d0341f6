"""The words of myst-nb in the language of the pages; those of Sphinx are tested with the HTML they stand in."""

import zlib
from types import SimpleNamespace

import pytest
from docutils.utils import new_document
from myst_nb.sphinx_ import HideCodeCellNode

from wavebook.site.phrases import PromptTransform


@pytest.mark.parametrize(("language", "shown"), [("nl", "Toon de code"), ("en", "Show code cell source")])
def test_code_that_can_be_opened_is_named_in_the_language_of_the_page(language, shown):
    document = new_document("page")
    document.settings.env = SimpleNamespace(config=SimpleNamespace(language=language))
    document += HideCodeCellNode(prompt_show="Show code cell source", prompt_hide="Mine")
    PromptTransform(document).run()
    assert (document[0]["prompt_show"], document[0]["prompt_hide"]) == (shown, "Mine")


def test_every_prompt_of_myst_nb_has_words_in_every_language():
    from myst_nb.core.config import NbParserConfig

    from wavebook.language.words import LANGUAGES

    config = NbParserConfig()
    prompts = {
        prompt.replace("{type}", kind)
        for prompt in (config.code_prompt_show, config.code_prompt_hide)
        for kind in ("source", "content", "output", "outputs")
    }
    for words in LANGUAGES.values():
        assert prompts <= words.theme.phrases.keys()


def test_the_inventory_of_each_language_is_in_that_language_whatever_ran_before_in_its_process(site):
    def listed(folder):
        packed = (site / folder / "objects.inv").read_bytes().split(b"\n", 4)[4]
        return [line.split(" ", 4)[4] for line in zlib.decompress(packed).decode().splitlines() if "modindex " in line]

    assert listed("") == ["Module-index", "Python-moduleïndex"]
    assert listed("en") == ["Module Index", "Python Module Index"]
