"""The commands for those who write the words of a language."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from wavebook.cli.terminal import Adder, adder, say
from wavebook.core.problems import how_many


def add_language(add: Adder) -> None:
    """Add ``wavebook language check`` and ``wavebook language new``."""
    parser = add("language", help="check the words of a language, or begin those of a new one")
    task = adder(parser.add_subparsers(required=True, metavar="TASK"))
    check = task("check", help="say what is missing, left in English, or unlike the other languages")
    check.add_argument("code", type=_code, metavar="CODE", help="such as de")
    check.add_argument("file", nargs="?", type=Path, metavar="FILE", help="its file, if it is not one of this library")
    check.set_defaults(run=_check)
    new = task("new", help="write a file to translate, with the numbers and dates that CLDR has for it")
    new.add_argument("code", type=_code, metavar="CODE", help="such as pl")
    new.add_argument("--output", type=Path, metavar="FILE", help="the file to write (default: CODE.py)")
    new.set_defaults(run=_new)


def _code(text: str) -> str:
    if not re.fullmatch(r"[a-z]{2}", text):
        raise argparse.ArgumentTypeError(f"{text} is not the code of a language, which has two small letters: de")
    return text


def _check(options: argparse.Namespace) -> int:
    from wavebook.language import checking
    from wavebook.language.reading import read_words
    from wavebook.language.words import LANGUAGES, words_in

    if options.file is None and options.code not in LANGUAGES:
        known = ", ".join(sorted(LANGUAGES))
        say(f"wavebook language: there are no words in {options.code}, only in {known}; name its file", file=sys.stderr)
        return 2
    try:
        words = words_in(options.code) if options.file is None else read_words(options.file)
    except (OSError, ValueError) as error:
        told = error.strerror if isinstance(error, OSError) else error
        say(f"{options.file}: cannot be read: {told}", file=sys.stderr)
        return 1
    found = checking.faults(options.code, words)
    for fault in found:
        say(fault)
    size = how_many(len(list(checking.texts_of(words))), "text")
    say(f"{options.code}: {how_many(len(found), 'fault')} in {size}" if found else f"{options.code}: complete, {size}")
    return int(bool(found))


def _new(options: argparse.Namespace) -> int:
    from wavebook.language.drafting import draft

    path = options.output or Path(f"{options.code}.py")
    try:
        text = draft(options.code)
    except LookupError:
        say(f"wavebook language: CLDR has no language {options.code}", file=sys.stderr)
        return 2
    if path.exists():
        say(f"wavebook language: {path} is there already; choose another file with --output", file=sys.stderr)
        return 1
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    say(f"{path}: translate its texts, then run: wavebook language check {options.code} {path}")
    return 0
