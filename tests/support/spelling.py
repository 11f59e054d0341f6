"""The words of texts that neither Hunspell's dictionaries nor the lists of this house (spelling/) know.

A list has groups of words by the reason why they are there, in small letters unless they are always written otherwise.
``tools/dictionaries`` brings the dictionaries.
"""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

HOUSE = Path(__file__).parent / "spelling"
DICTIONARIES = {"nl": "nl", "en": "en_GB", "de": "de_DE", "fr": "fr"}
_ADDRESS = re.compile(r"\S*(?://|@|\.[a-z]{2,4}/|[a-z]\.[a-z]|_)\S*")  # also names of files and in code, and n.v.t.
_MARKUP = re.compile(r"\$?\{[^{}]*\}|\$\w+|`[^`]*`|<[^>]*>|^[:`]{3,}.*$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def words(text: str) -> Iterator[str]:
    """The words of a text, without addresses, markup, and what is filled in between braces."""
    for found in _WORD.findall(_MARKUP.sub(" ", _ADDRESS.sub(" ", text))):
        yield found.replace("’", "'")


def listed(*lists: Path) -> set[str]:
    """The words of these lists."""
    groups = [group for path in lists for group in tomllib.loads(path.read_text(encoding="utf-8")).values()]
    return {word for group in groups for word in group}


def unknown(places: Mapping[str, str], language: str, known: set[str]) -> dict[str, str]:
    """The words, each with a place where it stands, that no dictionary knows; one with hyphens is, if its parts are."""
    parts = {word: {part for part in word.split("-") if part} for word in places}
    whole = _strange(set(places) - known, language)  # some dictionaries read the parts of a word with a hyphen
    strange = _strange(set().union(*(parts[word] for word in places if word in whole)) | whole, language)
    strange = {word for word in strange if word not in known and word.lower() not in known}
    return {
        word: places[word]
        for word in sorted(places)
        if word not in known and parts[word] & strange & (strange if word in whole else whole)
    }


def _strange(asked: set[str], language: str) -> set[str]:
    command = ["hunspell", "-d", DICTIONARIES[language], "-i", "utf-8", "-l"]
    done = subprocess.run(command, input="\n".join(sorted(asked)), capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, f"hunspell is not there, or has no {language}: run tools/dictionaries\n{done.stderr}"
    return set(done.stdout.split())
