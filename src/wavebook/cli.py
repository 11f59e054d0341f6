"""The command line: what an editor types."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wavebook.problems import ProblemsError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 when all is well, 1 when something is not true, 2 for wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except ProblemsError as error:
        print(error, file=sys.stderr)
        count = len(error.problems)
        print(f"\n{count} problem{'s' if count > 1 else ''}; nothing was published.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted; nothing was published", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wavebook", description="Build and check a book whose numbers are live.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    edition = argparse.ArgumentParser(add_help=False)
    edition.add_argument("--wave", type=int, metavar="YEAR", help="the wave the book is about (default: the newest)")
    edition.add_argument("--baseline", type=int, metavar="YEAR", help="the wave it is compared with")
    edition.add_argument("--population", metavar="NAME", help="whose figures (default: total)")

    build = commands.add_parser("build", parents=[edition], help="build the site into _build/html")
    build.add_argument("--draft", action="store_true", help="mark what is not true instead of refusing it")
    build.add_argument("--output", type=Path, metavar="DIR", help="where the site goes (default: _build/html)")
    build.set_defaults(run=_build)

    check = commands.add_parser("check", parents=[edition], help="list every number and statement, with its verdict")
    check.set_defaults(run=_check)
    return parser


def _edition(options: argparse.Namespace) -> dict[str, object]:
    return {name: getattr(options, name) for name in ("wave", "baseline", "population")}


def _tell(line: str) -> None:
    """Show progress on a terminal only."""
    if sys.stderr.isatty():
        print(f"wavebook: {line}", file=sys.stderr)


def _build(options: argparse.Namespace) -> int:
    from wavebook import build
    from wavebook.definitions import find_root

    report = build.build(find_root(), output=options.output, draft=options.draft, tell=_tell, **_edition(options))
    for problem in report.problems:
        print(problem, file=sys.stderr)
    print(
        f"{_shortest(report.output)}: {report.pages} pages, {len(report.written)} written; "
        f"{len(report.ran)} notebooks run" + (f"; {len(report.problems)} problems marked" if report.problems else "")
    )
    return 0


def _check(options: argparse.Namespace) -> int:
    from wavebook import build
    from wavebook.definitions import find_root

    report = build.check(find_root(), tell=_tell, **_edition(options))
    print(build.listing(report))
    if report.problems:
        raise ProblemsError(report.problems)
    return 0


def _shortest(path: Path) -> str:
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
