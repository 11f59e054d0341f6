"""The commands for what people say of a new wave: of its variables, of what moved, and of the pages they read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wavebook.cli.terminal import Adder, say, shortest, tell, words
from wavebook.core.root import find_root


def add_diff(add: Adder) -> None:
    """Add ``wavebook diff``."""
    parser = add("diff", help="write the review report: figures that moved, and sentences that no longer hold")
    parser.add_argument("waves", nargs="*", metavar="WAVE", help="two waves (default: the newest and the one before)")
    parser.add_argument("--population", default="", metavar="NAME", help="the population (default: the first declared)")
    parser.add_argument("--html", type=Path, metavar="FILE", help="the report (default: _build/review-WAVE-WAVE.html)")
    parser.set_defaults(run=_diff, needs=("survey", "wavebook diff"))


def _diff(options: argparse.Namespace) -> int:
    from wavebook.core.files import write_whole
    from wavebook.publish.review import report
    from wavebook.publish.review.compare import compared, review

    if len(options.waves) > 2:
        print("wavebook diff: name two waves at most", file=sys.stderr)
        return 2
    root = find_root()
    before, after = compared(root, options.waves)
    found = review(root, before, after, population=options.population, tell=tell)
    target = options.html or root / "_build" / f"review-{before}-{after}.html"
    write_whole(target.resolve(), report.html(found).encode(), private=True)  # it gives the reasons for suppression
    say(report.terminal(found))
    say(f"{shortest(target.resolve())}: the whole report")
    return 0


def add_review(add: Adder) -> None:
    """Add ``wavebook review``."""
    parser = add("review", help="mark pages as read with the figures of a wave, and translations as compared")
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="a page, such as book/index.md")
    parser.add_argument("--all", action="store_true", help="every page, in every language")
    parser.add_argument("--wave", metavar="WAVE", help="the wave (default: the newest, also one in preparation)")
    parser.add_argument(
        "--by", type=words, default="", metavar="NAME", help="who read them: kept beside the mark, with the day"
    )
    parser.add_argument("--note", type=words, default="", metavar="TEXT", help="what to remember of it: kept there too")
    parser.set_defaults(run=_review)


def _review(options: argparse.Namespace) -> int:
    from wavebook.publish import marks

    if bool(options.pages) == options.all:
        print("wavebook review: name pages, or --all", file=sys.stderr)
        return 2
    said = {"wave": options.wave, "by": options.by, "note": options.note}
    marked = [*marks.review(find_root(), options.pages, **said)]
    say("\n".join(marked) or "nothing changed: they were marked so already")
    return 0


def add_sign(add: Adder) -> None:
    """Add ``wavebook sign``."""
    parser = add("sign", help="sign data/mappings/WAVE.toml: which variable was which in the wave before")
    parser.add_argument("wave", metavar="WAVE", help="the wave whose mapping was read")
    parser.add_argument(
        "--by", type=words, required=True, metavar="NAME", help="who has read it: kept in the file, with the day"
    )
    parser.add_argument("--note", type=words, default="", metavar="TEXT", help="what to remember of it: kept there too")
    parser.set_defaults(run=_sign, needs=("survey", "wavebook sign"), respondents=respondents_of)


def respondents_of(options: argparse.Namespace) -> tuple[Path, str]:
    """The file of a wave without its extension, and its name for messages."""
    place = f"data/responses/{options.wave}"
    return find_root() / place, place


def _sign(options: argparse.Namespace) -> int:
    from wavebook.survey.inspection import mappings

    say(mappings.sign(find_root(), options.wave, by=options.by, note=options.note))
    return 0
