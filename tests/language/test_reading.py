"""Files of a language, which are data."""

import re
from pathlib import Path

import pytest

import wavebook
from wavebook.language.reading import read_words
from wavebook.language.words import LANGUAGES, words_in

HOME = Path(wavebook.__file__).parent / "language"


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_a_file_of_this_library_reads_as_it_runs(code):
    assert read_words(HOME / f"{code}.py") == words_in(code)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "has no WORDS"),
        ("WORDS = 'nl'", "has no WORDS"),
        ("import os", "line 1: only texts and the forms of the lexicon may stand here"),
        ("A = 'a'\nWORDS = open('/etc/passwd').read()", "line 2: only texts"),
        ("WORDS = __import__('os').system('true')", "line 1: only texts"),
        ("WORDS = [text for text in 'ab']", "line 1: only texts"),
        ("WORDS = f'{__file__}'", "line 1: only texts"),
        ("WORDS = 'a'.format(1)", "line 1: only texts"),
        ("WORDS = {**{}}", "line 1: only texts"),
        ("WORDS = Words(name='Polski')", "line 1: missing"),
        ("WORDS = (", "line 1: '(' was never closed"),
        ("WORDS = " + "(" * 500 + ")" * 500, ""),
    ],
)
def test_anything_else_is_refused_with_its_line(tmp_path, text, told):
    path = tmp_path / "xx.py"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=rf"^{re.escape(told)}"):
        read_words(path)
