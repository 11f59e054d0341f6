"""The words of each language against those of the others: the same names, the same braces, nothing left out."""

import dataclasses
import re
import string
import subprocess
import sys
from collections.abc import Mapping

import pytest

from wavebook.language.words import LANGUAGES, words_in

CODES = sorted(LANGUAGES)
FIRST = CODES[0]
OWN = (
    "trends",
    "numbers",
    "patterns",
    "notation",
    "prose",
    "plurals",
    "units",
)  # a language has as many forms as it needs


def texts(part, *place):
    """Every text of a language, by its place in it."""
    if dataclasses.is_dataclass(part):
        part = {field.name: getattr(part, field.name) for field in dataclasses.fields(part) if field.name not in OWN}
    if isinstance(part, Mapping):
        for name, inner in part.items():
            yield from texts(inner, *place, name)
    elif isinstance(part, tuple):
        for at, inner in enumerate(part):
            yield from texts(inner, *place, at)
    else:
        yield place, part


def braces(text):
    """What is filled in, here or by a script."""
    filled = {name for _, name, _, _ in string.Formatter().parse(text.replace("${", "{")) if name}
    return filled | set(re.findall("%s", text))


@pytest.mark.parametrize("code", CODES)
def test_a_language_has_the_words_that_the_others_have(code):
    assert dict(texts(words_in(code))).keys() == dict(texts(words_in(FIRST))).keys()


@pytest.mark.parametrize("code", CODES)
def test_a_language_counts_what_the_others_count(code):
    assert words_in(code).units.keys() == words_in(FIRST).units.keys()


@pytest.mark.parametrize("code", CODES)
def test_the_same_is_filled_in_in_each_language(code):
    others = dict(texts(words_in(FIRST)))
    found = {place: braces(text) for place, text in texts(words_in(code))}
    assert found == {place: braces(others[place]) for place in found}


@pytest.mark.parametrize("code", CODES)
def test_no_words_are_empty_but_the_denials_of_parts_of_a_sentence(code):
    empty = {place for place, text in texts(words_in(code)) if not text.strip()}
    assert empty == {("claims", name, 1) for name in ("dated", "others", "other_parts", "by", "times")}


@pytest.mark.parametrize("code", CODES)
def test_a_language_writes_numbers_in_a_way_that_can_be_read(code):
    words = words_in(code)
    assert re.fullmatch(r"[a-z]{2}_[A-Z]{2}", words.locale)
    assert len({words.notation.decimal, words.notation.thousands, "−", "+"}) == 4
    assert len(set(words.numbers)) == len(words.numbers) >= 10
    assert len({rise for rise, *_ in words.trends}) == len(words.trends) > 5


@pytest.mark.parametrize(
    ("code", "numbers"),
    [
        ("nl", "veertien procent, een op de vijf"),
        ("en", "one in five, half of"),
        ("de", "vierzehn Prozent, jeder Fünfte"),
        ("fr", "quatorze pour cent, une personne sur cinq"),
    ],
)
def test_patterns_find_what_they_are_for(code, numbers):
    patterns = words_in(code).patterns
    assert len(re.findall(patterns.number, numbers, re.IGNORECASE)) == 2
    for field in dataclasses.fields(patterns):
        pattern = re.compile(getattr(patterns, field.name), re.IGNORECASE)
        assert not pattern.search("")
        assert not pattern.search("xyz 7")


def test_a_language_is_found_by_its_file(tmp_path):
    (tmp_path / "xx.py").write_text(
        "import dataclasses\nfrom wavebook.language import en\n"
        'notation = dataclasses.replace(en.WORDS.notation, decimal="·")\n'
        'WORDS = dataclasses.replace(en.WORDS, name="Xish", notation=notation)\n',
        encoding="utf-8",
    )
    script = (
        f"from wavebook import language; language.__path__.append({str(tmp_path)!r})\n"
        "from wavebook.language.words import LANGUAGES; from wavebook.language.wording import number\n"
        "print(sorted(LANGUAGES), LANGUAGES['xx'].name, number(1.5, 1, 'xx'))"
    )
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{sorted([*CODES, 'xx'])} Xish 1·5"
    assert words_in("en").notation.decimal == "."
