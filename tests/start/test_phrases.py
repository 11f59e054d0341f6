"""The sentences of a new book: each language has all of them, with what they are about."""

import re
from pathlib import Path

import pytest

from wavebook.language.words import LANGUAGES, words_in
from wavebook.start import phrases

FOLDER = Path(phrases.__file__).parent / "words"


def flat(table, above=""):
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


SPOKEN = sorted(path.stem for path in FOLDER.glob("*.toml"))


def test_there_are_sentences_in_four_languages_of_pages():
    assert {"nl", "en", "de", "fr"} <= set(SPOKEN) <= set(LANGUAGES)


@pytest.mark.parametrize("language", SPOKEN)
def test_every_language_has_all_sentences_and_each_names_what_the_english_one_does(language):
    english, own = dict(flat(phrases.phrases_in("en"))), dict(flat(phrases.phrases_in(language)))
    assert own.keys() == english.keys()
    for name, said in own.items():
        if isinstance(said, str):
            one, two = (
                re.findall(r"\$\w+|\{\w+\}", text.replace("$period", "$wave")) for text in (said, english[name])
            )
            assert set(one) == set(two), name  # a wave as titles or as sentences have it
            assert said.strip()
        else:
            assert len(said) == len(english[name]), name


@pytest.mark.parametrize("language", SPOKEN)
def test_what_asks_for_a_screen_is_not_on_paper(language):
    asks = re.compile(words_in(language).patterns.screen, re.IGNORECASE)
    said = [text for _, text in flat(phrases.phrases_in(language)) if isinstance(text, str) and asks.search(text)]
    assert said
    for text in said:
        assert "{.paper-only}" in text
        assert not asks.search(re.sub(r"\[[^]]*\]\{\.screen-only\}", "", text))


def test_names_of_pages_are_addresses():
    for language in SPOKEN:
        names = phrases.phrases_in(language)["pages"].values()
        assert all(re.fullmatch(r"[a-z-]+", name) for name in names)
        assert len({*names, "index"}) == 4


def test_a_language_without_sentences_has_the_english_ones():
    assert phrases.phrases_in("xx") == phrases.phrases_in("en")


def test_what_is_not_known_stays():
    assert phrases.filled("\n$a ${{ b }} $c\n", a=1) == "1 ${{ b }} $c"
