"""What all commands share: their parsers, and their output of texts, paths from here, and the progress of the work."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from wavebook.cli.surroundings import UnheardError
from wavebook.core.unseen import unseen

Adder = Callable[..., argparse.ArgumentParser]
"""What adds the parser of a command, and returns it: see ``adder``."""


def adder(commands: argparse._SubParsersAction) -> Adder:
    """The function that adds a command by its name, with ``help`` as the first sentence of its own help too."""

    def add(name: str, *, help: str, **settings: Any) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}.", **settings)

    return add


def say(text: object, *, file: TextIO | None = None, end: str = "\n", flush: bool = False) -> None:
    """Print ``text`` without control codes for a terminal: labels and names come from other people's files.

    Raises BrokenPipeError when nobody reads it any more, and UnheardError when it cannot be written.
    """
    try:
        print("".join(c if c == "\n" or c.isprintable() else " " for c in str(text)), file=file, end=end, flush=flush)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UnheardError(*error.args) from None


def heard() -> None:
    """Write all that was said; raises as ``say`` does."""
    say("", end="", flush=True)


def words(text: str) -> str:
    """An argument that becomes a text of the book; raises ArgumentTypeError where it holds what nobody sees."""
    if found := unseen(text):
        raise argparse.ArgumentTypeError(f"holds {found.said}: type it anew")
    return text


def tell(line: str) -> None:
    """Show progress on a terminal only."""
    if sys.stderr.isatty():
        say(f"wavebook: {line}", file=sys.stderr)


def shortest(path: Path) -> str:
    """A path relative to the current folder, if it lies below that."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def progress() -> Callable[[int, int, int, float | None], None]:
    """Show the progress of the work: one changing line on a terminal, else a line for each twentieth part."""
    terminal, shown = sys.stderr.isatty(), [-1]

    def show(done: int, total: int, failed: int, left: float | None) -> None:
        part = 20 * done // total if total else 20
        if not total or (not terminal and part == shown[0]):
            return
        shown[0] = part
        time = "" if left is None or done == total else f", {duration(left)} left"
        line = f"{done} of {total} editions" + (f", {failed} failed" if failed else "") + time
        end = ("\n" if done == total else "") if terminal else "\n"
        print(f"\r\x1b[K{line}" if terminal else line, end=end, file=sys.stderr, flush=True)

    return show


def duration(seconds: float) -> str:
    """A duration in words: 75 is 1 min 15 s."""
    minutes, left = divmod(round(seconds), 60)
    return f"{minutes} min {left:02} s" if minutes else f"{left} s"
