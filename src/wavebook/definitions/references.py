"""The bibliography: entries of a BibTeX file as far as source lines need them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from wavebook.core.problems import Problem, at_line
from wavebook.core.units import Language
from wavebook.core.unseen import REWRITE, unseen

if TYPE_CHECKING:
    from pybtex.database import Entry, Person

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

_YEAR = re.compile(r"\d{4}")
_ENDS = tuple("?!.:")
# The names of BibLaTeX for kinds of reports, theses and data.
_TYPES = {"techreport", "resreport", "mathesis", "bathesis", "phdthesis", "candthesis", "mastersthesis"}
_TYPES |= {"software", "datacd", "audiocd"}
_RESOLVER = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_LETTERS = re.compile(r"\\(?:text(?:it|bf|sl|sc|rm|md|up|normal)|emph|mkbibemph|mkbibitalic)\s*\{([^{}]*)\}")
# The fields that readers see.
_SHOWN = {"title", "journal", "booktitle", "series", "institution", "school", "organization", "publisher", "type"}
_SHOWN |= {"howpublished", "note", "number", "volume", "pages", "year"}
# Words that are in names of organisations, and in none of people.
_OF_ORGANISATIONS = {"voor", "for", "für", "pour", "of", "en", "and", "und", "et", "the", "inzake", "sur", "&"}


_ENTRY = re.compile(r"@\s*\w+\s*[{(]\s*([^\s,]+)\s*,")
_MOST = 5_000  # entries, which take a millisecond each, several times in a build


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

    Works without an author are those of their editors. Where there are more than are named, *others* stands in their
    place, so often that a citation names the first alone.
    """
    fields = entry.fields or {}
    day = _YEAR.match(fields.get("date", ""))
    if "year" not in fields and day:
        fields["year"] = day[0]
    for new, name in (("journaltitle", "journal"), ("location", "address"), ("maintitle", "booktitle")):
        if name not in fields and new in fields:
            fields[name] = fields[new]
    if "subtitle" in fields and "title" in fields:
        fields["title"] += f"{'' if fields['title'].rstrip('}')[-1:] in _ENDS else ':'} {fields.pop('subtitle')}"
    if fields.get("type", "").lower() in _TYPES:
        del fields["type"]  # a name for programs, which BibLaTeX words in each language
    if "doi" in fields:
        fields["doi"] = _RESOLVER.sub("", fields["doi"].strip())
    for name in _SHOWN & fields.keys():
        fields[name] = _LETTERS.sub(r"\1", fields[name])
    people = entry.persons
    if people and not people.get("author") and (editors := people.get("editor")):
        people["author"] = editors
    if people and (authors := people.get("author")) and is_others(authors[-1]):
        people["author"] = [*authors, *authors[-1:] * (3 - len(authors))]
    return entry


def is_others(person: Person) -> bool:
    """Tell whether a person of an entry stands for all that are not named: ``and others``."""
    return str(person) == "others"


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
    from pybtex.database import BibliographyDataError
    from pybtex.database.input.bibtex import Parser  # by name: to look it up reads all that is installed
    from pybtex.exceptions import PybtexError

    if re.search(r"@\s*string\s*[({]", text, re.IGNORECASE):
        # abbreviations made of others, twenty times over, fill the memory
        action = "Write what it stands for in each entry."
        problems.append(Problem("W202", place, "has abbreviations (@string), which are not read", action))
        return {}
    if (count := len(_ENTRY.findall(text))) > _MOST:
        found = f"has {count:,} entries, and at most {_MOST:,} are read"
        problems.append(Problem("W202", place, found, "Leave out those that the book does not cite."))
        return {}
    try:
        entries = Parser().parse_string(text).entries
    except (PybtexError, BibliographyDataError, RecursionError) as error:
        found = f"cannot be read as BibTeX: {error}"
        problems.append(Problem("W202", _at(text, place, str(error)), found, "Correct the entry it names."))
        return {}

    sources: dict[str, dict[str, object]] = {}
    works = {}
    lines = _lines(text)
    for key, entry in entries.items():
        there = at_line(place, lines[key.lower()]) if key.lower() in lines else place
        problems += (Problem("W203", there, *fault) for fault in _misread(key, entry))
        people = (settle(entry).persons or {}).get("author", [])
        texts = [*(entry.fields or {}).values(), *(str(p) for some in (entry.persons or {}).values() for p in some)]
        if told := unseen(" ".join(map(_plainly, texts))):
            action = f"{REWRITE} In BibTeX, \\- makes a soft hyphen."
            problems.append(Problem("W203", there, f"{key} holds {told.said}", action))
        names = [_plainly(" ".join([*p.prelast_names, *p.last_names])) for p in people]
        fields = entry.fields or {}
        if lacking := _lacking(names, fields):
            problems.append(Problem("W203", there, f"{key} lacks {lacking} (@{entry.type})", "Add the missing field."))
            continue
        problems += _wrong(key, entry.type, fields, there)
        works[key] = names, fields["year"], fields["title"]
        sources[key] = {
            "author": names[0],
            "second": names[1] if len(names) == 2 else "",
            "others": len(names) > 2,
            "title": _plainly(fields["title"]),
            "year": fields["year"],
            "url": fields.get("url"),
            "language": language_of(fields.get("langid", "")),
        }
    for key, letter in letters(works).items():
        sources[key]["letter"] = letter
    return sources


def _lines(text: str) -> dict[str, int]:
    """The line of each entry by its key in small letters; the last of several."""
    found, line, before = {}, 1, 0
    for entry in _ENTRY.finditer(text):
        line += text.count("\n", before, entry.start())
        before = entry.start()
        found[entry[1].lower()] = line
    return found


def _at(text: str, place: str, about: str) -> str:
    """The place of an entry with a key, or of what an error of BibTeX names, with its line where that is found."""
    if told := re.search(r"in line (\d+)", about):
        return at_line(place, int(told[1]))
    key = about.removeprefix("repeated bibliography entry: ").removeprefix("entry with key ").partition(" has ")[0]
    there = [*re.finditer(rf"@\s*\w+\s*[{{(]\s*{re.escape(key)}\s*,", text, re.IGNORECASE)]
    quoted = re.search(r"'(.+)'", about)
    start = there[-1].start() if there else text.find(quoted[1]) if quoted else -1
    return at_line(place, text.count("\n", 0, start) + 1) if start >= 0 else place


def _lacking(names: Sequence[str], fields: Mapping[str, str]) -> str:
    """What an entry lacks of author, title and year."""
    lacking = [what for what, there in (("author", names), ("title", fields.get("title"))) if not there]
    if "year" not in fields:
        date = fields.get("date")
        lacking.append(f"a year, as its date {date[:40]!r} is not like 2015-03-04" if date else "year")
    return ", ".join(lacking)


def _misread(key: str, entry: Entry) -> Iterator[tuple[str, str]]:
    """What would be shown to readers of an entry, and is not what its editor meant: that, and what to do."""
    fields = entry.fields or {}
    year, day = fields.get("year", ""), _YEAR.match(fields.get("date", ""))
    if day and _YEAR.fullmatch(year) and day[0] != year:
        yield f"{key} is of {year} by its year, and of {day[0]} by its date", "Leave the wrong one out."
    for person in (person for some in (entry.persons or {}).values() for person in some):
        if "=" in str(person):
            yield f"{key} has a name that is not read: {person}", "Write it as Vries, Jan de."
        elif _OF_ORGANISATIONS & {name.strip("{}") for name in person.prelast_names}:
            last = " ".join([*person.prelast_names, *person.last_names])
            action = "Put the name of an organisation in a second pair of braces: author = {{...}}."
            yield f"{key} would be cited as {last!r}, as of a person of that name", action
    for name in sorted(_SHOWN & fields.keys()):
        if left := re.search(r"\\[A-Za-z]+|\$[^$]+\$", _plainly(_LETTERS.sub(r"\1", fields[name]))):
            yield f"the {name} of {key} would show {left[0]!r}", "Write it without that command of LaTeX."


def _plainly(latex: str) -> str:
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
