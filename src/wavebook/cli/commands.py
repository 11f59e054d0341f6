"""The commands: for each, a function that adds it to the parser, followed by its work."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from wavebook import __version__
from wavebook.cli.after import add_correct, add_publish, add_revise, add_verify, reason
from wavebook.cli.beginning import add_init
from wavebook.cli.editing import add_pin, add_reword, add_undo
from wavebook.cli.language import add_language
from wavebook.cli.reading import add_diff, add_review, add_sign, respondents_of
from wavebook.cli.terminal import Adder, adder, progress, say, shortest, tell, words
from wavebook.core import extras, files
from wavebook.core.problems import ProblemsError, counted, how_many
from wavebook.core.root import find_root


def parser() -> argparse.ArgumentParser:
    """The parser of all commands; its result has ``run``, the function to call with it."""
    made = argparse.ArgumentParser(
        prog="wavebook",
        description="Build and check a book whose numbers are live.",
        epilog="wavebook COMMAND --help says what a command takes.",
    )
    made.add_argument("--version", action="version", version=f"wavebook {__version__}")
    add = adder(made.add_subparsers(required=True, metavar="COMMAND"))
    for add_command in _COMMANDS:
        add_command(add)
    return made


def _edition_options() -> argparse.ArgumentParser:
    """The options that name the edition a command is about."""
    edition = argparse.ArgumentParser(add_help=False)
    edition.add_argument("--wave", metavar="WAVE", help="the wave the book is about (default: the newest published)")
    edition.add_argument("--baseline", metavar="WAVE", help="the wave it is compared with")
    edition.add_argument("--population", metavar="NAME", help="the population (default: the first declared)")
    edition.add_argument("--segment", metavar="NAME=VALUE", help="the segment, as in theme=work (default: all)")
    return edition


def _edition(options: argparse.Namespace) -> dict[str, Any]:
    return {name: getattr(options, name) for name in ("wave", "baseline", "population", "segment")}


def _port(text: str) -> int:
    if not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port; choose one from 0 to 65535")
    return int(text)


def add_build(add: Adder) -> None:
    """Add ``wavebook build``."""
    parser = add("build", parents=[_edition_options()], help="build the site into _build/html")
    parser.add_argument("--draft", action="store_true", help="mark untrue statements instead of refusing them")
    parser.add_argument(
        "--explain", action="store_true", help="say why each notebook did or did not run, and why each page was written"
    )
    parser.add_argument("--output", type=Path, metavar="DIR", help="the folder for the site (default: _build/html)")
    parser.add_argument(
        "--editions",
        action="append",
        metavar="FILE|QUERY",
        help="many editions into _build/editions, by a TOML file or municipality=*,wave=2016; may be repeated",
    )
    parser.add_argument("--cluster", metavar="tcp://HOST:PORT", help="make them on the Dask cluster of this scheduler")
    parser.set_defaults(run=_build)


def _build(options: argparse.Namespace) -> int:
    if options.editions:
        return _build_editions(options)
    from wavebook.publish import build
    from wavebook.site.settings import notices

    root = find_root()
    report = build.build(root, output=options.output, draft=options.draft, tell=tell, **_edition(options))
    for problem in [*notices(root), *report.notices, *report.problems]:
        say(problem, file=sys.stderr)
    if options.explain:
        say("\n".join(f"{what}: {reason}" for what, reason in report.why.items()))
    pages, ran = how_many(report.pages, "page"), how_many(len(report.ran), "notebook")
    marked = f"; {counted(report.problems)} marked" if report.problems else ""
    place = shortest(report.output) if report.output else "the site"
    say(f"{place}: {pages}, {len(report.written)} written; {ran} run{marked}")
    return 0


def _build_editions(options: argparse.Namespace) -> int:
    """Build many editions; failures are listed at the end, and do not keep the rest from being published."""
    from wavebook.publish.editions import plan
    from wavebook.publish.editions.queries import asked

    if options.draft:
        print("wavebook build: --draft is for one edition; name it with --segment", file=sys.stderr)
        return 2
    defaults = {"waves": options.wave, "baseline": options.baseline, "population": options.population}
    defaults |= {"segment": options.segment}
    queries = asked(options.editions, {k: v for k, v in defaults.items() if v is not None})
    makers = None
    if options.cluster:
        extras.need("cluster", "wavebook build --cluster")
        from wavebook.publish.editions import cluster

        makers = cluster.makers(options.cluster)
    found = plan.build_all(find_root(), queries, output=options.output, makers=makers, progress=progress())
    wrong = plan.problems(found)
    for problem in wrong:
        say(problem, file=sys.stderr)
    if options.explain:
        say("\n".join(f"{slug}: {reason}" for slug, reason in found.why.items()))
    say(
        f"{shortest(found.output)}: {found.editions} editions, {found.made} made, {len(found.failed)} failed; "
        f"{found.replaced} statements replaced and {found.left_out} left out, see {shortest(found.report)}"
    )
    return 1 if wrong else 0


def add_pdf(add: Adder) -> None:
    """Add ``wavebook pdf``."""
    parser = add("pdf", parents=[_edition_options()], help="print the story, in each language, into _build/pdf")
    parser.add_argument(
        "--about", action="store_true", help="with the pages about the publication: method, all figures"
    )
    parser.add_argument("--code", action="store_true", help="with the notebooks")
    parser.add_argument("--sheet", choices=("a4", "letter"), default="a4", help="the size of the paper (default: a4)")
    parser.set_defaults(run=_pdf, needs=("pdf", "wavebook pdf"))


def _pdf(options: argparse.Namespace) -> int:
    from wavebook.publish import pdf

    asked = {"about": options.about, "code": options.code, "sheet": options.sheet}
    for made, told in pdf.make(find_root(), tell=tell, **asked, **_edition(options)).items():
        for problem in told:
            say(problem, file=sys.stderr)
        say(f"{shortest(made)}: the print edition")
    return 0


def add_tables(add: Adder) -> None:
    """Add ``wavebook tables``."""
    parser = add("tables", help="write all figures of a wave by group, with their letters, as an Excel workbook")
    parser.add_argument("--wave", metavar="WAVE", help="the wave that the tables are of (default: the newest)")
    parser.add_argument("--since", default="", metavar="WAVE", help="compare it with: previous, baseline or a wave")
    parser.add_argument("--population", default="", metavar="NAME", help="the population (default: the first declared)")
    parser.add_argument(
        "--breakdown",
        action="append",
        default=[],
        metavar="NAME",
        help="only this breakdown; may be repeated (default: all)",
    )
    parser.add_argument("--ninety", action="store_true", help="small letters too, for differences at 90%% alone")
    parser.add_argument(
        "--adjust",
        choices=("holm", "none"),
        default="holm",
        help="judge the pairs of a row together, or each by itself (default: holm)",
    )
    parser.add_argument(
        "--independent",
        action="store_true",
        help="take groups as independent where no correlation was kept (default: the least favourable)",
    )
    parser.add_argument("--pages", action="store_true", help="also as pages, one for each indicator")
    parser.add_argument("--language", metavar="CODE", help="only in this language (default: each of the book)")
    parser.add_argument("--output", type=Path, metavar="DIR", help="the folder for them (default: _build/tables)")
    parser.set_defaults(run=_tables)


def _tables(options: argparse.Namespace) -> int:
    from wavebook.pages.banners.layout import Options
    from wavebook.publish import tables

    ways = {"holm": options.adjust == "holm", "ninety": options.ninety, "independent": options.independent}
    asked = Options(since=options.since, breakdowns=tuple(options.breakdown), **ways)
    edition = {"wave": options.wave, "population": options.population, "language": options.language}
    made = {"output": options.output, "as_pages": options.pages}
    for path, count in tables.make(find_root(), asked, tell=tell, **made, **edition):
        say(f"{shortest(path)}: {how_many(count, 'table')}")
    return 0


def add_accessibility(add: Adder) -> None:
    """Add ``wavebook accessibility``."""
    parser = add("accessibility", help="read every page in _build/html by keyboard, enlarged, without scripts and more")
    parser.set_defaults(run=_accessibility, needs=("pdf", "wavebook accessibility"))


def _accessibility(options: argparse.Namespace) -> int:
    from wavebook.publish import accessibility

    read = accessibility.check(find_root(), tell=tell)
    say(f"data/accessibility.json: {how_many(read, 'page')} read; build the book again to show it")
    return 0


def add_check(add: Adder) -> None:
    """Add ``wavebook check``."""
    parser = add("check", parents=[_edition_options()], help="list every number and statement, with its verdict")
    parser.add_argument(
        "--table",
        action="store_true",
        help="only the statements, as a reviewer's table: test, figures, basis, verdict",
    )
    parser.add_argument(
        "--each", action="store_true", help="also each problem of translations that nobody has finished, by itself"
    )
    parser.add_argument(
        "--reread", action="store_true", help="only what no test can tell to be still true, page by page, to tick off"
    )
    parser.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    from wavebook.publish import build

    if options.reread:
        from wavebook.figures import load
        from wavebook.publish import rereading

        asked = {name: value for name, value in _edition(options).items() if value is not None}
        say(rereading.listing(find_root(), load(find_root(), **asked)))
        return 0
    report = build.check(find_root(), tell=tell, **_edition(options))
    say(build.claim_table(report) if options.table else build.listing(report))
    for notice in [*report.notices, *report.turned]:
        say(notice, file=sys.stderr)
    if report.problems:
        raise ProblemsError([*report.problems, *(report.waiting if options.each else [])])
    return 0


def add_inspect(add: Adder) -> None:
    """Add ``wavebook inspect``."""
    parser = add("inspect", help="show what is in a respondent file, and the block it needs in waves.toml")
    parser.add_argument("file", type=Path, metavar="FILE", help="a .sav, .zsav, .csv, .parquet or .xlsx")
    parser.add_argument("--wave", metavar="WAVE", help="its wave (default: the one in its name)")
    parser.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook that holds the answers")
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="NAME",
        help="only this column, with its values; may be repeated",
    )
    parser.add_argument("--all", action="store_true", help="every column; a wide file otherwise shows only some")
    about = "write data/mappings/WAVE.toml: which variable was which in the wave before, and what changed, to be signed"
    parser.add_argument("--mapping", action="store_true", help=about)
    parser.set_defaults(
        run=_inspect,
        needs=("survey", "wavebook inspect"),
        respondents=lambda options: (options.file, str(options.file)),
    )


def _inspect(options: argparse.Namespace) -> int:
    from wavebook.definitions import load_definitions
    from wavebook.survey.inspection.inspect import inspect

    root = find_root()
    if options.mapping:
        from wavebook.survey.inspection import mappings

        say(mappings.listing(mappings.propose(root, options.file, options.wave, sheet=options.sheet)))
        return 0
    asked = {"wave": options.wave, "columns": options.column, "everything": options.all, "sheet": options.sheet}
    say(inspect(options.file, load_definitions(root), root=root, **asked))
    return 0


def add_estimate(add: Adder) -> None:
    """Add ``wavebook estimate``."""
    parser = add("estimate", help="turn respondents into data/figures/WAVE.csv, or list every problem at once")
    parser.add_argument("wave", metavar="WAVE", help="the wave, as in data/waves.toml")
    about = "the reason why the figures of a published wave change, in the first language of the book"
    parser.add_argument("--revise", type=words, metavar="REASON", help=about)
    about = "the same in another language of the book, by its code; once for each"
    parser.add_argument("--reason", metavar="CODE=REASON", type=reason, action="append", default=[], help=about)
    parser.set_defaults(run=_estimate, needs=("survey", "wavebook estimate"), respondents=respondents_of)


def _estimate(options: argparse.Namespace) -> int:
    from wavebook.survey import wave

    found = wave.estimate_wave(find_root(), options.wave, revise=options.revise, reasons=dict(options.reason))
    say(wave.summary(found))
    return 0


def add_serve(add: Adder) -> None:
    """Add ``wavebook serve``."""
    parser = add("serve", parents=[_edition_options()], help="show a live preview that follows every save")
    parser.add_argument("--port", type=_port, default=8000, metavar="N", help="a local port (default: 8000)")
    parser.add_argument("--open", action="store_true", help="open it in the browser")
    parser.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    from wavebook.publish import serve

    serve.serve(find_root(), port=options.port, open_browser=options.open, tell=say, **_edition(options))
    return 0


def add_demo(add: Adder) -> None:
    """Add ``wavebook demo``."""
    parser = add("demo", help="inspect, estimate, compare and build a made-up wave, outside the book")
    about = "the folder for it (default: _build/demo)"
    parser.add_argument("--folder", type=Path, default=Path("_build/demo"), metavar="DIR", help=about)
    parser.set_defaults(run=_demo, needs=("survey", "wavebook demo"))


def _demo(options: argparse.Namespace) -> int:
    """Do an editor's week of work on a made-up wave, in a folder of its own; of two such weeks one after the other."""
    root = find_root()
    with files.alone(root / "_build" / ".wavebook" / "demo", tell):
        return _demonstrate(options, root)


def _demonstrate(options: argparse.Namespace, root: Path) -> int:
    from wavebook.survey import demo

    folder = demo.clear(options.folder, root)
    made = demo.make_wave(folder, root=root)
    for name in ("book", "notebooks"):
        shutil.copytree(
            root / name, folder / name, ignore=shutil.ignore_patterns("notebooks" if name == "book" else "")
        )
    for path in (*files.settings(root), *files.pins(root)):
        shutil.copy2(path, folder)
    os.chdir(folder)
    file = made.path.relative_to(folder).as_posix()
    lines = [f"inspect {file}", f"estimate {made.wave}"]
    lines += [f"diff {made.before} {made.wave}"] if made.before else []
    for line in (*lines, f"build --wave {made.wave} --draft"):
        say(f"\n$ wavebook {line}", flush=True)
        asked = parser().parse_args(line.split())
        code = asked.run(asked)
        if code:
            return code
    return 0


def add_explain(add: Adder) -> None:
    """Add ``wavebook explain``."""
    parser = add("explain", help="explain the code of a problem, and what to do about it")
    parser.add_argument("code", nargs="?", metavar="CODE", help="such as W403 (default: list all codes)")
    parser.set_defaults(run=_explain)


def _explain(options: argparse.Namespace) -> int:
    from wavebook.core import registry

    if options.code is None:
        say(registry.listing())
        return 0
    told = registry.explain(options.code)
    if told is None:
        nearest = registry.nearest(options.code)
        hint = f"the nearest is {nearest.code}, {nearest.title}" if nearest else "wavebook explain lists all codes"
        say(f"wavebook explain: there is no code {options.code}; {hint}", file=sys.stderr)
        return 2
    say(told)
    return 0


_COMMANDS = (  # as an editor meets them: a book, its next wave, its sentences, what readers get, and the rest
    add_init,
    add_serve,
    add_build,
    add_check,
    add_inspect,
    add_sign,
    add_estimate,
    add_diff,
    add_review,
    add_reword,
    add_pin,
    add_undo,
    add_publish,
    add_revise,
    add_correct,
    add_verify,
    add_pdf,
    add_tables,
    add_accessibility,
    add_explain,
    add_language,
    add_demo,
)
