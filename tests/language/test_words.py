"""The languages of this library; whether each has all words is tested with the command that says so."""

import dataclasses
import re
import subprocess
import sys

import pytest

from wavebook.language.words import LANGUAGES, words_in

CODES = sorted(LANGUAGES)


def test_the_languages_are_those_that_the_documents_name():
    assert CODES == ["de", "en", "fr", "nl"]


@pytest.mark.parametrize("code", CODES)
def test_a_language_writes_numbers_in_a_way_that_can_be_read(code):
    words = words_in(code)
    assert re.fullmatch(r"[a-z]{2}_[A-Z]{2}", words.locale)
    assert len({words.notation.decimal, words.notation.thousands, "−", "+"}) == 4


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
