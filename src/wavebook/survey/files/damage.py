"""Problems of a file that cannot be read, whatever its reader raised."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import polars as pl
import pyreadstat

from wavebook.core.problems import Problem, ProblemsError


@contextmanager
def readable(place: str) -> Iterator[None]:
    """Turn the readers' errors into W101 or W103, without the answers that Polars quotes."""
    try:
        yield
    except FileNotFoundError:
        raise ProblemsError([Problem("W101", place, "there is no such file", "Correct its name.")]) from None
    except LookupError as error:
        raise ProblemsError([unreadable(place, str(error))]) from None
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        why = "its rows or columns do not fit together"
        raise ProblemsError([unreadable(place, why)]) from None
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, csv.Error, OSError) as error:
        raise ProblemsError([unreadable(place, str(error).splitlines()[0])]) from None


@contextmanager
def foreign(place: str) -> Iterator[None]:
    """Turn any other error of a library at a damaged file into W103; ``readable`` knows the documented ones."""
    known = (LookupError, pl.exceptions.PolarsError, pyreadstat.ReadstatError, pyreadstat.PyreadstatError, csv.Error)
    try:
        yield
    except (*known, OSError, ProblemsError, KeyboardInterrupt):
        raise
    except (Exception, pl.exceptions.PanicException) as error:
        raise ProblemsError([unreadable(place, f"what reads it fails ({type(error).__name__})")]) from None


def unreadable(place: str, why: str) -> Problem:
    """Make the problem that tells why a file cannot be read."""
    return Problem("W103", place, f"cannot be read: {why}", "Save or export it again.")


def not_utf8(place: str, columns: Sequence[str] = ()) -> Problem:
    """Make the problem of a file that is not in the encoding it names; in these ``columns``, if known."""
    action = 'Write encoding = "cp1252" under responses in data/waves.toml if its letters are right then.'
    if columns:
        action = f"Look at column {', '.join(columns)}: a text may be cut within a letter. {action}"
    return Problem("W105", place, "says that it holds UTF-8 and does not: letters would be lost", action)
