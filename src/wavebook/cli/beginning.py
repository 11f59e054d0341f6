"""The command that begins a book, and what it asks on a terminal."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from pathlib import Path

from wavebook.cli.terminal import Adder, say
from wavebook.core.languages import EDITORS
from wavebook.core.problems import how_many


def add_init(add: Adder) -> None:
    """Add ``wavebook init``."""
    parser = add("init", help="begin a book: from a file of answers, or from made-up ones")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new folder, or one without files of the same names")
    parser.add_argument(
        "--from", dest="file", type=Path, metavar="FILE", help="answers: .sav, .zsav, .csv, .parquet, .xlsx"
    )
    parser.add_argument(
        "--language", metavar="CODES", help="such as en, or nl,en: the first is at the root (default: en)"
    )
    parser.add_argument(
        "--wave", default="", metavar="KEY", help="such as 2024 or 2024-03 (default: that in the file's name)"
    )
    parser.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook that holds the answers")
    parser.add_argument("--title", default="", metavar="TEXT", help="the title of the book")
    parser.add_argument(
        "--weight", default="", metavar="COLUMN", help="the column of weights; - for none (default: as found)"
    )
    parser.add_argument(
        "--minimum-base", type=int, default=30, metavar="N", help="respondents behind a figure (default: 30)"
    )
    parser.add_argument("--yes", action="store_true", help="ask nothing, and take the defaults")
    parser.add_argument("--example", action="store_true", help="copy the example book instead")
    parser.set_defaults(
        run=_init,
        needs=("survey", "wavebook init"),
        respondents=lambda options: (options.file or options.folder, str(options.file or options.folder)),
    )


def _init(options: argparse.Namespace) -> int:
    from wavebook.start import begin, example
    from wavebook.start.declare import weight_in
    from wavebook.start.options import Options, asked, completed, languages_in

    if options.example:
        if options.file:
            print("wavebook init: --example and --from do not go together", file=sys.stderr)
            return 2
        laid = example.copied(options.folder)
        say(f"{options.folder}: the example, {how_many(len(laid), 'file')}; now: cd {options.folder} && wavebook build")
        return 0
    given = {"wave": options.wave, "title": options.title, "weight": options.weight, "minimum": options.minimum_base}
    given["sheet"] = options.sheet
    languages = languages_in(EDITORS if options.language is None else options.language)
    wanted = Options(options.folder, languages, file=options.file, **given)
    if sys.stdin.isatty() and not options.yes:
        wanted = asked(wanted, _answer, weight_in)
    made = begin.begin(completed(wanted))
    say("\n".join(made.files))
    if made.doubted:
        say(f"\nin comments in data/indicators.toml, to look at first: {len(made.doubted)}")
    say(f"\n{options.folder}: {how_many(len(made.shown), 'question')}; what is to be confirmed is in README.md")
    say(f"now: cd {options.folder} && wavebook build")
    return 0


def _answer(question: str, default: str) -> str:
    """The answer that is typed to a question; its default for an empty one, or where nobody types any more."""
    with suppress(EOFError):
        return input(f"{question} [{default}]: ").strip() or default
    return default
