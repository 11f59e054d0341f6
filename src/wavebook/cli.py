"""The command line: what an editor types."""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from wavebook.core.problems import Problem, ProblemsError, how_many


def command() -> None:
    """The command ``wavebook``: the main function of a process that has nothing else to do."""
    code: object = 1

    @atexit.register  # first, so it comes last: taking apart what Sphinx leaves behind costs half a second
    def end() -> None:
        with suppress(OSError):
            sys.stdout.flush()
        os._exit(code)

    gc.set_threshold(20_000, 20, 50)  # nearly all that Sphinx makes lives to the end: 0.5 s less, 10 MB more
    try:
        code = main()
    except SystemExit as stopped:
        code = stopped.code or 0


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 when all is well, 1 when something is not true, 2 for wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        if arguments is None and options.run in (_inspect, _estimate):
            _stand_apart(options)
        code = options.run(options)
        sys.stdout.flush()
        return code
    except ProblemsError as error:
        problems = error
    except BrokenPipeError:  # whoever reads a listing has seen enough, as in `wavebook check | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        action = "Make room, or change who may read and write there, and run it again: nothing has to be cleaned up."
        found = f"cannot be used: {error.strerror or error}"
        problems = ProblemsError([Problem("W506", str(error.filename or "the disk"), found, action)])
    except MemoryError:
        action = "End other programs, or use a larger machine, and run it again."
        problems = ProblemsError([Problem("W507", "this machine", "has too little memory for this", action)])
    except KeyboardInterrupt:
        _say("interrupted; nothing was published", file=sys.stderr)
        return 130
    except Exception as error:  # without its message, which may quote respondents' answers
        frame = error.__traceback__
        while frame.tb_next:
            frame = frame.tb_next
        place = f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}"
        action = "It is a mistake of this program: report this line with the command that you ran."
        problems = ProblemsError([Problem("W508", place, f"met a {type(error).__name__}", action)])
    count = how_many(len(problems.problems), "problem")
    _say(f"{problems}\n\n{count}; nothing was published.", file=sys.stderr)
    return 1


def _stand_apart(options: argparse.Namespace) -> None:
    """Go on in a process of its own: a damaged respondent file can crash the libraries that read it.

    It has the machine's memory and no more, and what those libraries write of a crash is not shown. The parent does
    not return: it ends as its child does, and takes the child along when it is killed.

    Raises ProblemsError (W103) in the parent when the child crashed.
    """
    if not hasattr(os, "fork"):
        return
    import ctypes
    import resource

    child = os.fork()
    if not child:
        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: no run outlives its caller
            ctypes.CDLL(None).prctl(4, 0)  # PR_SET_DUMPABLE: a crash leaves no core, with no program that collects them
        sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.getrlimit(resource.RLIMIT_DATA)[1]))
        return
    while True:
        try:
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            break
        except KeyboardInterrupt:
            pass  # the child got it too
    if code >= 0:
        raise SystemExit(code)
    from wavebook.definitions import find_root
    from wavebook.survey.files.staging import Staging

    place = str(options.file) if options.run is _inspect else f"data/responses/{options.year}"
    Staging(options.file if options.run is _inspect else find_root() / place)  # removes what the child left
    found = f"cannot be read: what reads it crashed ({signal.Signals(-code).name})"
    action = "Save or export it again; if it is very large, use a machine with more memory."
    raise ProblemsError([Problem("W103", place, found, action)])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wavebook", description="Build and check a book whose numbers are live.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    edition = argparse.ArgumentParser(add_help=False)
    edition.add_argument("--wave", type=int, metavar="YEAR", help="the wave the book is about (default: the newest)")
    edition.add_argument("--baseline", type=int, metavar="YEAR", help="the wave it is compared with")
    edition.add_argument("--population", metavar="NAME", help="whose figures (default: total)")
    edition.add_argument(
        "--segment", metavar="NAME=VALUE", help="of which segment, as in theme=education (default: all)"
    )

    build = commands.add_parser("build", parents=[edition], help="build the site into _build/html")
    build.add_argument("--draft", action="store_true", help="mark what is not true instead of refusing it")
    build.add_argument(
        "--explain", action="store_true", help="say why each notebook ran or not, and each page was written"
    )
    build.add_argument("--output", type=Path, metavar="DIR", help="where the site goes (default: _build/html)")
    build.add_argument(
        "--editions",
        action="append",
        metavar="FILE|QUERY",
        help="many editions into _build/editions: a TOML file, or as in municipality=*,wave=2016; may be repeated",
    )
    build.add_argument("--cluster", metavar="tcp://HOST:PORT", help="make them on a Dask cluster, by its scheduler")
    build.set_defaults(run=_build)

    pdf = commands.add_parser("pdf", parents=[edition], help="print the whole book, in each language, into _build/pdf")
    pdf.set_defaults(run=_pdf)

    check = commands.add_parser("check", parents=[edition], help="list every number and statement, with its verdict")
    check.add_argument(
        "--table",
        action="store_true",
        help="the statements alone, as a reviewer's table: test, figures, basis, verdict",
    )
    check.set_defaults(run=_check)

    publish = commands.add_parser("publish", help="lay the edition beside those published before")
    publish.add_argument("folder", type=Path, metavar="DIR", help="the folder that is put on the web as it is")
    publish.add_argument("--wave", type=int, metavar="YEAR", help="the wave the edition is about (default: the newest)")
    publish.set_defaults(run=_publish)

    verify = commands.add_parser("verify", help="prove that published editions are what they were when published")
    verify.add_argument("folder", type=Path, metavar="DIR")
    verify.set_defaults(run=_verify)

    inspect = commands.add_parser("inspect", help="what is in a respondent file, and the block it needs in waves.toml")
    inspect.add_argument("file", type=Path, metavar="FILE", help="a .sav, .zsav, .csv, .parquet or .xlsx")
    inspect.add_argument("--wave", type=int, metavar="YEAR", help="its wave (default: the year in its name)")
    inspect.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="NAME",
        help="only this column, with its values; may be repeated",
    )
    inspect.add_argument("--all", action="store_true", help="every column, where a wide file shows some of them")
    inspect.set_defaults(run=_inspect)

    estimate = commands.add_parser("estimate", help="respondents to data/figures/YEAR.csv, or every problem at once")
    estimate.add_argument("year", type=int, metavar="YEAR")
    estimate.add_argument("--revise", metavar="REASON", help="why the figures of a published wave change")
    estimate.add_argument("--revise-en", metavar="REASON", default="", help="the same in English")
    estimate.set_defaults(run=_estimate)

    diff = commands.add_parser("diff", help="the review report: what moved, and which sentences no longer hold")
    diff.add_argument("before", type=int, metavar="YEAR")
    diff.add_argument("after", type=int, metavar="YEAR")
    diff.add_argument("--population", default="total", metavar="NAME", help="whose figures (default: total)")
    diff.add_argument("--html", type=Path, metavar="FILE", help="default: _build/review-YEAR-YEAR.html")
    diff.set_defaults(run=_diff)

    serve = commands.add_parser("serve", parents=[edition], help="a live preview that follows every save")
    serve.add_argument("--port", type=_port, default=8000, metavar="N", help="on this machine alone (default: 8000)")
    serve.add_argument("--open", action="store_true", help="show it in the browser")
    serve.set_defaults(run=_serve)

    demo = commands.add_parser("demo", help="walk the four commands on a made-up wave, apart from the book")
    demo.add_argument("--folder", type=Path, default=Path("_build/demo"), metavar="DIR")
    demo.set_defaults(run=_demo)

    explain = commands.add_parser("explain", help="what the code of a problem means, and what to do")
    explain.add_argument("code", nargs="?", metavar="CODE", help="W403, say (default: list all codes)")
    explain.set_defaults(run=_explain)
    return parser


def _port(text: str) -> int:
    if not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port; choose one up to 65535")
    return int(text)


def _edition(options: argparse.Namespace) -> dict[str, object]:
    return {name: getattr(options, name) for name in ("wave", "baseline", "population", "segment")}


def _say(text: object, **options) -> None:
    """Print ``text`` as it is, but for what a terminal would obey: labels and names come from files of others."""
    print("".join(c if c == "\n" or c.isprintable() else " " for c in str(text)), **options)


def _tell(line: str) -> None:
    """Show progress on a terminal only."""
    if sys.stderr.isatty():
        _say(f"wavebook: {line}", file=sys.stderr)


def _build(options: argparse.Namespace) -> int:
    if options.editions:
        return _build_editions(options)
    from wavebook.definitions import find_root
    from wavebook.publish import build

    report = build.build(find_root(), output=options.output, draft=options.draft, tell=_tell, **_edition(options))
    for problem in report.problems:
        _say(problem, file=sys.stderr)
    if options.explain:
        _say("\n".join(f"{what}: {reason}" for what, reason in report.why.items()))
    pages, ran = how_many(report.pages, "page"), how_many(len(report.ran), "notebook")
    marked = f"; {how_many(len(report.problems), 'problem')} marked" if report.problems else ""
    _say(f"{_shortest(report.output)}: {pages}, {len(report.written)} written; {ran} run{marked}")
    return 0


def _build_editions(options: argparse.Namespace) -> int:
    """Many editions; what fails is told at the end, and does not keep the rest from being published."""
    from wavebook.definitions import find_root
    from wavebook.publish.editions import plan

    if options.draft:
        print("wavebook build: --draft is for one edition; name it with --segment", file=sys.stderr)
        return 2
    defaults = {"waves": options.wave, "baseline": options.baseline, "population": options.population}
    defaults |= {"segment": options.segment}
    queries = plan.asked(options.editions, {k: v for k, v in defaults.items() if v is not None})
    makers = None
    if options.cluster:
        from wavebook.publish.editions import cluster

        makers = cluster.makers(options.cluster)
    found = plan.build_all(find_root(), queries, output=options.output, makers=makers, progress=_progress())
    wrong = plan.problems(found)
    for problem in wrong:
        _say(problem, file=sys.stderr)
    if options.explain:
        _say("\n".join(f"{slug}: {reason}" for slug, reason in found.why.items()))
    _say(
        f"{_shortest(found.output)}: {found.editions} editions, {found.made} made, {len(found.failed)} failed; "
        f"{found.replaced} statements replaced and {found.left_out} left out, see {_shortest(found.report)}"
    )
    return 1 if wrong else 0


def _progress() -> Callable[[int, int, int, float | None], None]:
    """Shows how far the work is: one line that changes on a terminal, else a line for each twentieth part."""
    terminal, shown = sys.stderr.isatty(), [-1]

    def show(done: int, total: int, failed: int, left: float | None) -> None:
        part = 20 * done // total if total else 20
        if not total or (not terminal and part == shown[0]):
            return
        shown[0] = part
        time = "" if left is None or done == total else f", {_duration(left)} left"
        line = f"{done} of {total} editions" + (f", {failed} failed" if failed else "") + time
        end = ("\n" if done == total else "") if terminal else "\n"
        print(f"\r\x1b[K{line}" if terminal else line, end=end, file=sys.stderr, flush=True)

    return show


def _duration(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    return f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"


def _pdf(options: argparse.Namespace) -> int:
    from wavebook.definitions import find_root
    from wavebook.publish import pdf

    for made in pdf.make(find_root(), tell=_tell, **_edition(options)):
        _say(f"{_shortest(made)}: the whole book")
    return 0


def _check(options: argparse.Namespace) -> int:
    from wavebook.definitions import find_root
    from wavebook.publish import build

    report = build.check(find_root(), tell=_tell, **_edition(options))
    _say(build.claim_table(report) if options.table else build.listing(report))
    if report.problems:
        raise ProblemsError(report.problems)
    return 0


def _publish(options: argparse.Namespace) -> int:
    from wavebook.definitions import find_root
    from wavebook.publish import archive

    wave, changed = archive.publish(find_root(), options.folder, wave=options.wave, tell=_tell)
    _say(f"{options.folder}: edition {wave} {'published' if changed else 'is there already'}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from wavebook.publish import archive

    _say("\n".join(archive.verify(options.folder)))
    return 0


def _inspect(options: argparse.Namespace) -> int:
    from wavebook.definitions import find_root, load_definitions
    from wavebook.survey.inspection.inspect import inspect

    root = find_root()
    asked = {"wave": options.wave, "columns": options.column, "everything": options.all}
    _say(inspect(options.file, load_definitions(root), root=root, **asked))
    return 0


def _estimate(options: argparse.Namespace) -> int:
    from wavebook.definitions import find_root
    from wavebook.survey import wave

    _say(
        wave.summary(wave.estimate_wave(find_root(), options.year, revise=options.revise, revise_en=options.revise_en))
    )
    return 0


def _diff(options: argparse.Namespace) -> int:
    from wavebook.core.files import write_whole
    from wavebook.definitions import find_root
    from wavebook.publish.review import report
    from wavebook.publish.review.compare import review

    root = find_root()
    found = review(root, options.before, options.after, population=options.population, tell=_tell)
    target = options.html or root / "_build" / f"review-{options.before}-{options.after}.html"
    write_whole(target.resolve(), report.html(found).encode(), private=True)  # it tells why figures are suppressed
    _say(report.terminal(found))
    _say(f"{_shortest(target.resolve())}: the whole report")
    return 0


def _serve(options: argparse.Namespace) -> int:
    from wavebook.definitions import find_root
    from wavebook.publish import serve

    serve.serve(find_root(), port=options.port, open_browser=options.open, tell=_say, **_edition(options))
    return 0


def _demo(options: argparse.Namespace) -> int:
    """The editor's week on a made-up wave, in a folder of its own."""
    from wavebook.definitions import find_root
    from wavebook.survey import demo

    root = find_root()
    folder = demo.clear(options.folder, root)
    made = demo.make_wave(folder, root=root)
    for name in ("book", "notebooks"):
        shutil.copytree(
            root / name, folder / name, ignore=shutil.ignore_patterns("notebooks" if name == "book" else "")
        )
    for name in ("_config.yml", "_toc.yml", "requirements.txt"):
        shutil.copy2(root / name, folder / name)
    os.chdir(folder)
    file = made.path.relative_to(folder).as_posix()
    for line in (f"inspect {file}", "estimate 2016", "diff 2014 2016", "build --wave 2016 --draft"):
        _say(f"\n$ wavebook {line}", flush=True)
        code = main(line.split())
        if code:
            return code
    return 0


def _explain(options: argparse.Namespace) -> int:
    from wavebook.core import registry

    if options.code is None:
        _say(registry.listing())
        return 0
    told = registry.explain(options.code)
    if told is None:
        nearest = registry.nearest(options.code)
        hint = f"the nearest is {nearest.code}, {nearest.title}" if nearest else "wavebook explain lists all codes"
        _say(f"wavebook explain: there is no code {options.code}; {hint}", file=sys.stderr)
        return 2
    _say(told)
    return 0


def _shortest(path: Path) -> str:
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
