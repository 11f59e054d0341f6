"""The commands for what is published: editions beside each other, their proof, and figures that change later."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wavebook.cli.terminal import Adder, say, tell, words
from wavebook.core.root import find_root


def add_publish(add: Adder) -> None:
    """Add ``wavebook publish``."""
    parser = add("publish", help="add the edition to those published before")
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder that goes on the web as it is")
    parser.add_argument("--wave", metavar="WAVE", help="the wave the edition is about (default: the newest published)")
    parser.set_defaults(run=_publish)


def _publish(options: argparse.Namespace) -> int:
    from wavebook.publish import archive

    wave, changed = archive.publish(find_root(), options.folder, wave=options.wave, tell=tell)
    say(f"{options.folder}: edition {wave} {'published' if changed else 'is there already'}")
    for notice in [*archive.notices(find_root(), wave), *archive.lacking(find_root(), options.folder)]:
        say(notice, file=sys.stderr)
    return 0


def add_revise(add: Adder) -> None:
    """Add ``wavebook revise``."""
    parser = add("revise", help="record why published figures changed, for readers, and mark them")
    parser.add_argument("waves", nargs="*", metavar="WAVE", help="a published wave (default: each of them)")
    about = "why, in a language of the book, by its code; once for each"
    parser.add_argument("--reason", metavar="CODE=REASON", type=reason, action="append", default=[], help=about)
    about = "questions and answers have other words that mean the same: keep these, and record nothing for readers"
    parser.add_argument("--reworded", action="store_true", help=about)
    parser.set_defaults(run=_revise)


def _revise(options: argparse.Namespace) -> int:
    from wavebook.publish import revising

    asked = {"reasons": dict(options.reason), "reworded": options.reworded}
    say("\n".join(revising.revise(find_root(), options.waves, **asked)))
    return 0


def add_correct(add: Adder) -> None:
    """Add ``wavebook correct``."""
    parser = add("correct", help="record a mistake put right in a published edition, and publish that one once more")
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder with the editions")
    parser.add_argument("--wave", metavar="WAVE", required=True, help="the wave that the edition is about")
    about = "a page that it was on, by its name; may be repeated"
    parser.add_argument("--page", metavar="NAME", action="append", default=[], help=about)
    about = "what was wrong, in a language of the book, by its code; once for each"
    parser.add_argument("--what", metavar="CODE=TEXT", type=reason, action="append", default=[], help=about)
    about = "how that came about; once for each language"
    parser.add_argument("--reason", metavar="CODE=REASON", type=reason, action="append", default=[], help=about)
    for name, about in (("before", "the figure that readers saw"), ("after", "the figure that they see now")):
        parser.add_argument(f"--{name}", metavar="TEXT", type=words, default="", help=f"{about}, if it was in one")
    parser.set_defaults(run=_correct)


def _correct(options: argparse.Namespace) -> int:
    from wavebook.publish import correcting

    said = {"pages": options.page, "what": dict(options.what), "reasons": dict(options.reason)}
    figures = {"before": options.before, "after": options.after}
    correcting.correct(find_root(), options.folder, options.wave, tell=tell, **said, **figures)
    say(f"data/corrections.toml: recorded; {options.folder}: edition {options.wave} corrected")
    return 0


def add_verify(add: Adder) -> None:
    """Add ``wavebook verify``."""
    parser = add("verify", help="prove that editions have not changed since they were published")
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder with the editions")
    parser.add_argument(
        "--repair", action="store_true", help="put back what is missing or changed, from wherever the same bytes are"
    )
    parser.add_argument(
        "--source",
        type=Path,
        action="append",
        default=[],
        metavar="COPY",
        help="another copy of the editions to repair from, such as what the host was given; may be repeated",
    )
    parser.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    from wavebook.publish import checksums, repair

    if options.repair or options.source:
        for name in repair.mend(options.folder, [*repair.from_work(Path.cwd()), *options.source]):
            say(f"{options.folder / name}: put back as it was published")
    say("\n".join(checksums.verify(options.folder)))
    return 0


def reason(text: str) -> tuple[str, str]:
    """The code of a language and a reason in it."""
    code, equals, reason = words(text).partition("=")
    if not (equals and code.strip() and reason.strip()):
        raise argparse.ArgumentTypeError(f"{text!r} is not as en=reason")
    return code.strip(), reason
