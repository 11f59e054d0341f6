"""What a new book is asked for: its folder, title, languages, wave and answers; checked, each fault by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from wavebook.core.hints import before
from wavebook.core.languages import EDITORS
from wavebook.core.problems import Problem, raise_all
from wavebook.core.unseen import REWRITE, unseen
from wavebook.definitions.waves import period_of
from wavebook.language.words import LANGUAGES
from wavebook.start.phrases import phrases_in
from wavebook.survey.files.opening import FORMATS

MINIMUM = 30
"""Respondents behind a figure that is shown, unless the editor says otherwise."""


@dataclass(frozen=True)
class Options:
    """The answers to what is asked; empty for what follows from the rest.

    ``file`` is the file of answers, None for made-up ones; ``weight`` its column of weights,
    ``sheet`` its sheet, if it is a workbook.
    """

    folder: Path
    languages: tuple[str, ...] = (EDITORS,)
    wave: str = ""
    file: Path | None = None
    title: str = ""
    weight: str = ""
    minimum: int = MINIMUM
    sheet: str = ""

    @property
    def root(self) -> str:
        """The language of the book's root."""
        return self.languages[0]


def languages_in(text: str) -> tuple[str, ...]:
    """The languages of a list such as nl,en."""
    return tuple(dict.fromkeys(filter(None, (part.strip().lower() for part in text.split(",")))))


def completed(options: Options) -> Options:
    """The options with a default for each that is empty. Raises ProblemsError (W513) for what cannot be."""
    found = re.search(r"(?:19|20)\d\d(?:-\d\d|[HQ]\d)?", options.file.stem if options.file else "")
    key = found.group() if found and period_of(found.group()) else str(date.today().year)
    options = replace(options, wave=options.wave or key)
    raise_all(problems(options))
    words = phrases_in(options.root)
    return replace(options, title=options.title or str(words["title" if options.file else "sample_title"]))


def problems(options: Options) -> Iterator[Problem]:
    """List what cannot be: languages without words, a wave without a period, a file that is none."""
    shipped = ", ".join(sorted(LANGUAGES))
    if not options.languages:
        yield Problem("W513", "--language", "is empty", f"Write one or more of {shipped}, as in nl,en.")
    for code in options.languages:
        if code not in LANGUAGES:
            action = f"{before(code, LANGUAGES, '')} There are words in {shipped}.".strip()
            yield Problem("W513", "--language", f"there are no words in {code:.40}", action)
    if period_of(options.wave) is None:
        action = "Write a year, half-year, quarter, month or week: 2024, 2024H1, 2024Q3, 2024-03."
        yield Problem("W513", "--wave", f"{options.wave:.40} names no period", action)
    if options.file is not None and options.file.suffix.lower() not in FORMATS:
        found = f"{options.file.suffix or 'no suffix'} is not one of {', '.join(FORMATS)}"
        yield Problem("W513", str(options.file), found, "Export the answers as one of these.")
    elif options.file is not None and not options.file.is_file():
        yield Problem("W513", str(options.file), "there is no such file", "Correct its name.")
    if not 2 <= options.minimum <= 10**6:
        found = f"{options.minimum} is no number of respondents that protects one of them"
        yield Problem("W513", "--minimum-base", found, f"Write {MINIMUM}, or what the owner of the data asks.")
    if told := unseen(options.title):
        yield Problem("W513", "--title", f"holds {told.said}", REWRITE)
    elif any(c in "\r\n\t" for c in options.title):
        yield Problem("W513", "--title", "has several lines", "Write it in one line.")


def asked(options: Options, ask: Callable[[str, str], str], weight: Callable[[Options], str]) -> Options:
    """The options as somebody completes them: ``ask`` gives the answer to a question, or its default.

    ``weight`` finds the column of weights in the file; a hyphen where there is none.
    """
    listed = ask("Languages of the book, the first at its root", ",".join(options.languages))
    options = replace(options, languages=languages_in(listed))
    raise_all(p for p in problems(replace(options, wave="2000")) if p.place == "--language")
    options = replace(options, wave=ask("Key of the wave", completed(options).wave))
    options = replace(options, title=ask("Title", completed(options).title))
    if options.file is not None:
        options = replace(options, weight=ask("Column of weights (none: -)", options.weight or weight(options)))
        least = ask("Respondents that a figure needs to be shown", str(options.minimum))
        options = replace(options, minimum=int(least) if least.isdecimal() else 0)
    return options
