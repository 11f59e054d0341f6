"""The commands that change sentences in the files of pages, as the desk does."""

from __future__ import annotations

import argparse

from wavebook.cli.terminal import Adder, say
from wavebook.core import extras
from wavebook.core.root import find_root

_PLACE = "its page and line, book/index.md:12 (book/index.md:12:2 for the second there), or book/index.md#claim"


def add_reword(add: Adder) -> None:
    """Add ``wavebook reword``."""
    parser = add("reword", help="give one sentence of a page other words, and leave all else in its file as it is")
    parser.add_argument("place", metavar="PLACE", help=_PLACE)
    about = "the sentence as it is to be typed; empty drops it (default: the words that would hold, if any are known)"
    parser.add_argument("words", nargs="?", metavar="WORDS", help=about)
    parser.add_argument("--wave", metavar="WAVE", help="the wave in which those words would hold (default: the newest)")
    parser.set_defaults(run=_reword)


def _reword(options: argparse.Namespace) -> int:
    from wavebook.publish.desk import sentences

    root = find_root()
    page, passage = sentences.at(root, options.place)
    if options.words is None:
        extras.need("survey", "wavebook reword without words")
        from wavebook.publish.desk import model

        say("\n".join(f"{place}: reworded" for place in model.accept_at(root, page, passage, options.wave)))
        return 0
    changed = sentences.reword(root, page, passage, options.words)
    say(f"{page.name}:{passage.line}: {'reworded' if changed else 'nothing changed: it reads so already'}")
    return 0


def add_pin(add: Adder) -> None:
    """Add ``wavebook pin``."""
    about = "keep a sentence about one wave, with the test of its claim and every sentence that this is bound to"
    parser = add("pin", help=about)
    parser.add_argument("place", metavar="PLACE", help=_PLACE)
    parser.add_argument("wave", metavar="WAVE", help="the wave that it stays about")
    parser.set_defaults(run=_pin)


def _pin(options: argparse.Namespace) -> int:
    from wavebook.publish.desk import sentences, wording

    root = find_root()
    places = wording.pin(root, [sentences.at(root, options.place)], options.wave)
    say("\n".join(f"{place}: pinned to {options.wave}" for place in places) or "nothing changed: it is pinned already")
    return 0


def add_undo(add: Adder) -> None:
    """Add ``wavebook undo``."""
    parser = add("undo", help="take back the last change that reword, pin, review or the desk made")
    parser.set_defaults(run=_undo)


def _undo(options: argparse.Namespace) -> int:
    from wavebook.publish.desk import edits

    undone = edits.undo(find_root())
    say(f"undone: {undone}" if undone else "nothing to undo")
    return 0
