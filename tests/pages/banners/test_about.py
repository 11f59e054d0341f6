"""What a tables book says of itself."""

import pytest
from bannered import ABOUT, sourced
from by_hand import made

from wavebook.language.words import LANGUAGES
from wavebook.pages.banners import about
from wavebook.pages.banners.layout import Layout, Options

SERIES = {"grade": {"2010": 6.4, "2014": {"value": 7, "status": "provisional"}}}


def layout(**options):
    return Layout(sourced(made(SERIES)), Options(**options))


def test_only_signs_that_are_used_are_explained():
    assert [sign for sign, _ in about.signs(layout())] == ["A, B, …", "–", "·", "*", "[v]"]
    signs = [sign for sign, _ in about.signs(layout(ninety=True, since="2010"))]
    assert signs == ["A, B, …", "a, b, …", "▲", "▼", "–", "·", "*", "[v]"]


@pytest.mark.parametrize("code", [*LANGUAGES])
def test_every_text_is_whole_in_every_language(code):
    for options in ({"since": "2010"}, {"holm": False, "independent": True}):
        found = layout(**options)
        found.figures.language = code
        words = about.LETTERS, about.LEAST
        told = " ".join(text for _, text in about.method(found))
        assert all(str(number) in told for number in (len(words[0]), words[1]))
        assert "{" not in told + " ".join(text for _, text in about.signs(found))


def test_what_is_made_up_is_said_first():
    found = layout()
    waves = found.figures.definitions.waves
    waves["2014"] = waves["2014"].model_copy(update={"made_up": True})
    term, _ = next(about.read_me(found, ABOUT))
    assert term == "Verzonnen cijfers."
