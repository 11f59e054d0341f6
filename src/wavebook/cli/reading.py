"""The command with which people say that they have read pages."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from wavebook.cli.terminal import say
from wavebook.core.root import find_root


def add_review(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add ``wavebook review``."""
    parser = add("review", help="mark pages as read with the figures of a wave, and translations as compared")
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="a page, such as book/index.md")
    parser.add_argument("--all", action="store_true", help="every page, in every language")
    parser.add_argument("--wave", metavar="WAVE", help="the wave (default: the newest, also one in preparation)")
    parser.add_argument("--by", default="", metavar="NAME", help="who read them: kept beside the mark, with the day")
    parser.add_argument("--note", default="", metavar="TEXT", help="what to remember of it: kept there too")
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
