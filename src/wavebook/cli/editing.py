"""The commands that change sentences in the files of pages, as the desk does."""

from __future__ import annotations

import argparse

from wavebook.cli.terminal import Adder, say
from wavebook.core import extras
from wavebook.core.problems import how_many
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
    about = "keep a sentence, a page or all about an indicator with one wave, with the tests and all else bound to them"
    parser = add("pin", help=about)
    about = f"a sentence by {_PLACE}; a page, book/index.md; or an indicator or an answer to it, channel.phone"
    parser.add_argument("what", metavar="WHAT", help=about)
    parser.add_argument("wave", metavar="WAVE", help="the wave that it stays about")
    parser.add_argument("--dry-run", action="store_true", help="list what would change, and change nothing")
    parser.set_defaults(run=_pin)


def _pin(options: argparse.Namespace) -> int:
    from wavebook.publish.desk import pinning

    root = find_root()
    plan = pinning.plan(root, options.what, options.wave)
    if not plan.places:
        say("nothing changed: it is pinned already" if ":" in options.what else "nothing there needs a pin")
    elif options.dry_run:
        count = how_many(len(plan.spots), "sentence")
        say("\n".join([*plan.lines, f"{count} and {how_many(len(plan.notebooks), 'notebook')} would change"]))
    else:
        say("\n".join(f"{place}: pinned to {options.wave}" for place in plan.write(root)))
        if plan.mixed:
            say(f"reread, as these name another wave before {options.wave}: {', '.join(plan.mixed)}")
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
