"""The bibliography: entries of a BibTeX file as far as source lines need them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from wavebook.core.problems import Problem
from wavebook.core.units import Language
from wavebook.core.unseen import REWRITE, unseen

if TYPE_CHECKING:
    from pybtex.database import Entry

# The names that BibLaTeX gives to languages under langid; a code, as in langid = {pt}, will do too.
_LANGID = {
    **dict.fromkeys(("dutch",), "nl"),
    **dict.fromkeys(("english", "american", "USenglish", "british", "UKenglish", "canadian", "australian"), "en"),
    **dict.fromkeys(("german", "ngerman", "austrian", "naustrian", "swissgerman", "nswissgerman"), "de"),
    **dict.fromkeys(("french", "acadian", "canadien"), "fr"),
    **{"spanish": "es", "italian": "it", "portuguese": "pt", "brazilian": "pt", "catalan": "ca", "polish": "pl"},
    **{"danish": "da", "swedish": "sv", "norsk": "nb", "nynorsk": "nn", "finnish": "fi", "icelandic": "is"},
    **{"czech": "cs", "hungarian": "hu", "greek": "el", "turkish": "tr", "russian": "ru", "ukrainian": "uk"},
}


def language_of(langid: str) -> Language | None:
    """The code of the language that a source says it is in; None for a name that is not known.

    >>> language_of("dutch"), language_of("pt"), language_of("Klingon")
    ('nl', 'pt', None)
    """
    return _LANGID.get(langid) or (langid if re.fullmatch("[a-z]{2,3}", langid) else None)


def is_key(text: str) -> bool:
    """Tell whether this can be the key of a source."""
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_:-]*", text) is not None


def settle(entry: Entry) -> Entry:
    """Give an entry as reference managers write it for BibLaTeX the fields that BibTeX has, and a year.

    Works without an author are those of their editors.
    """
    fields = entry.fields or {}
    day = re.match(r"\d{4}", fields.get("date", ""))
    if "year" not in fields and day:
        fields["year"] = day[0]
    for new, name in (("journaltitle", "journal"), ("location", "address"), ("maintitle", "booktitle")):
        if name not in fields and new in fields:
            fields[name] = fields[new]
    people = entry.persons
    if people and not people.get("author") and (editors := people.get("editor")):
        people["author"] = editors
    return entry


def plain(text: str) -> str:
    """A name or title as lists are sorted by it: without capitals, accents and braces."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign) and sign not in "{}").casefold()


def letters(works: Mapping[str, tuple[Sequence[str], str, str]]) -> dict[str, str]:
    """The letter that tells a source from others of the same authors and year, by key: Bos, 2014a.

    ``works`` gives authors, year and title; the order is that of titles, and of keys where these are alike too.

    >>> letters({"x": (["Bos"], "2014", "Twee"), "y": (["Bos"], "2014", "Een"), "z": (["Bos"], "2015", "Een")})
    {'y': 'a', 'x': 'b'}
    """
    alike: dict[tuple[str, ...], list[str]] = {}
    for key, (names, year, _) in works.items():
        shown = (names[0], names[1] if len(names) == 2 else "", str(len(names) > 2))  # as a citation names them
        alike.setdefault((*map(plain, shown), year), []).append(key)
    found: dict[str, str] = {}
    for keys in alike.values():
        ordered = sorted(keys, key=lambda key: (plain(works[key][2]), key))
        found |= {key: _letter(place) for place, key in enumerate(ordered)} if len(keys) > 1 else {}
    return found


def _letter(place: int) -> str:
    """The letter at a place of the alphabet; after z comes aa."""
    first = _letter(place // 26 - 1) if place > 25 else ""
    return first + chr(ord("a") + place % 26)


def read_sources(text: str, place: str, problems: list[Problem]) -> dict[str, dict[str, object]]:
    """The entries of a bibliography as fields of Source, by key; their faults join ``problems``."""
    from pybtex.database import BibliographyDataError, parse_string
    from pybtex.exceptions import PybtexError

    if re.search(r"@\s*string\s*[({]", text, re.IGNORECASE):
        # abbreviations made of others, twenty times over, fill the memory
        action = "Write what it stands for in each entry."
        problems.append(Problem("W202", place, "has abbreviations (@string), which are not read", action))
        return {}
    try:
        entries = parse_string(text, "bibtex").entries
    except (PybtexError, BibliographyDataError, RecursionError) as error:
        problems.append(Problem("W202", place, f"cannot be read as BibTeX: {error}", "Correct the entry it names."))
        return {}

    sources: dict[str, dict[str, object]] = {}
    works = {}
    for key, entry in entries.items():
        people = (settle(entry).persons or {}).get("author", [])
        texts = [*(entry.fields or {}).values(), *(str(p) for some in (entry.persons or {}).values() for p in some)]
        if told := unseen(" ".join(map(_shown, texts))):
            action = f"{REWRITE} In BibTeX, \\- makes a soft hyphen."
            problems.append(Problem("W203", place, f"{key} holds {told.said}", action))
        names = [_shown(" ".join([*p.prelast_names, *p.last_names])) for p in people]
        fields = entry.fields or {}
        if not names or "title" not in fields or "year" not in fields:
            found = f"{key} lacks author, title or year"
            problems.append(Problem("W203", place, f"{found} (@{entry.type})", "Add the missing field."))
            continue
        problems += _wrong(key, entry.type, fields, place)
        works[key] = names, fields["year"], fields["title"]
        sources[key] = {
            "author": names[0],
            "second": names[1] if len(names) == 2 else "",
            "others": len(names) > 2,
            "title": _shown(fields["title"]),
            "year": fields["year"],
            "url": fields.get("url"),
            "language": language_of(fields.get("langid", "")),
        }
    for key, letter in letters(works).items():
        sources[key]["letter"] = letter
    return sources


def _shown(latex: str) -> str:
    """A field as readers see it, without the commands of LaTeX."""
    from pybtex.richtext import Text as Rich

    return str(Rich.from_latex(latex))


def _wrong(key: str, kind: str, fields: Mapping[str, str], place: str) -> Iterator[Problem]:
    """The faults of an entry that has all fields that it needs."""
    if not re.fullmatch(r"\d{4}[a-z]?|[^\W\d][^{}\n]{0,30}", fields["year"]):
        found = f"the year of {key} is {fields['year'][:40]!r} (@{kind})"
        yield Problem("W203", place, found, "Write a year of four digits, or a word: n.d., in print.")
    if not is_key(key):
        action = "Use letters, digits, hyphens, colons and underscores: it becomes part of addresses."
        yield Problem("W203", place, f"{key} is not a valid key for a source", action)
    if not re.match(r"https?://[^\s\"<>]+$", fields.get("url", "https://x")):
        yield Problem("W203", place, f"the url of {key} is no address", "Begin it with https://.")
    if "langid" in fields and not language_of(fields["langid"]):
        action = "Write it as BibLaTeX does (dutch, english, ngerman), or as a code (nl, en, de)."
        yield Problem("W203", place, f"the langid of {key} is not a language known here", action)
