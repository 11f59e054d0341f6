"""The enclosure of a site: only files of book/ and of packages may enter it, and nothing from a network.

It watches reading itself, not the directives that can read a file: Python reports every file that is opened, every
connection and every program that is started. So it makes no difference which directive, role, setting or extension
asks. Nothing is read, the problem names the page that asks, and the build stops, even of a draft.

========  ==========================================================================================
Code      Problem
========  ==========================================================================================
W419      A page or setting asks for a file that lies outside book/.
W430      A page or setting asks for something from a network.
W431      A page starts a program.
========  ==========================================================================================
"""

from __future__ import annotations

import errno
import glob
import mimetypes
import os
import sys
import sysconfig
import threading
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from weakref import WeakSet

from docutils.frontend import OptionParser
from sphinx.application import Sphinx
from sphinx.environment.collectors.toctree import TocTreeCollector

from wavebook.core.files import PACKAGE
from wavebook.core.links import lies_in
from wavebook.core.problems import Problem
from wavebook.pages import accessibility, records

CODES = ("W418", "W419", "W430", "W431")
_CONNECTS = {"urllib.Request", "socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}
_STARTS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn"}
# Settings that name files or folders to copy to a site or to make its pages from.
_SETTINGS = (
    *("html_static_path", "html_extra_path", "html_logo", "html_favicon", "latex_logo"),
    *("templates_path", "html_theme_path", "bibtex_bibfiles"),
)
# Sphinx and its table of contents look for files here: no public way lets them take a folder's name literally.
PATTERNS = ("sphinx.environment.collectors.asset:glob", "sphinx.project:glob", "sphinx_external_toc.events:glob")
_COPY = "Copy what may be public to book/ and show that."

# --- a run of Sphinx --------------------------------------------------------------------------------------


class Enclosure:
    """One run of Sphinx, in one thread and those it starts: the files it may read, and the requests refused."""

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.others: WeakSet[threading.Thread] = WeakSet(threading.enumerate())
        self.app: Sphinx | None = None
        self.root = self.answers = ""
        self.packages: tuple[str, ...] = ()
        self.places: tuple[str, ...] | None = None  # while pages are read: everything that may be opened
        self.resting = False
        self.refused: dict[tuple[str, str, str], None] = {}  # code, page, what it asks for

    def opened(self, path: str, flags: int) -> None:
        """Raise PermissionError when ``path`` may not be read."""
        if flags & (os.O_WRONLY | os.O_RDWR) == os.O_WRONLY or flags & (os.O_TRUNC | os.O_EXCL):
            return
        if not self.root or (path.startswith(self.packages) and os.pardir not in path):
            return  # a quick answer for most files
        real = os.path.realpath(path)
        outside = self.places is not None and not lies_in(real, *self.places) and not _is_of_packages(real, self.root)
        if (outside or lies_in(real, self.answers)) and os.path.exists(real) and not os.path.isdir(real):
            self.refuse("W419", os.path.relpath(real, self.root) if lies_in(real, self.root) else real)

    def refuse(self, code: str, what: str) -> None:
        """Note that the page being read asks for something, and raise PermissionError."""
        page = ""
        with suppress(KeyError):  # no page is being read
            if self.app is not None and getattr(self.app, "env", None) is not None:
                page = self.app.env.docname
        self.refused[code, page, what] = None
        raise PermissionError(errno.EACCES, "is not of this book", what)


_runs: list[Enclosure] = []


def _mine() -> Enclosure | None:
    """The run of Sphinx in this thread."""
    thread = threading.get_ident()
    return next((run for run in reversed(_runs) if run.thread == thread), None)


def _watch(event: str, arguments: tuple) -> None:
    """Audit hook, which Python calls at every event; see ``sys.addaudithook``."""
    if not _runs:
        return
    if event == "open":
        path, _, flags = arguments
        if not isinstance(path, int) and (run := _mine()) is not None:
            run.opened(os.fsdecode(path), flags)
    elif event in _CONNECTS:
        thread = threading.current_thread()
        run = _mine() or next((run for run in _runs if thread not in run.others), None)
        if run is not None and not run.resting and (what := _asked_of(event, arguments)):
            run.refuse("W419" if what.lower().startswith("file:") else "W430", what)
    elif event in _STARTS and (run := _mine()) is not None and run.places is not None:
        run.refuse("W431", os.path.basename(str(arguments[0])))


def _asked_of(event: str, arguments: tuple) -> str:
    """The address that a request goes to; empty if that is not another machine but a socket between processes here."""
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        return str(address[0]) if isinstance(address, tuple) else ""
    return str(arguments[0])


@cache
def _begin_watching() -> None:
    sys.addaudithook(_watch)


@contextmanager
def closed() -> Iterator[Enclosure]:
    """Keep the run of Sphinx in this block within the book."""
    _begin_watching()
    run = Enclosure()
    _runs.append(run)
    try:
        yield run
    finally:
        _runs.remove(run)
        if run.app is not None:
            _let_go(run.app)


def _let_go(app: Sphinx) -> None:
    """Let the next run of Sphinx in this process keep its listeners.

    The table of contents disconnects Sphinx's own collectors wherever they are in memory, and the numbers of this run's
    listeners may be those of the listeners that keep the next run within the book.
    """
    for listener in (one for several in app.events.listeners.values() for one in several):
        if isinstance(owner := getattr(listener.handler, "__self__", None), TocTreeCollector):
            owner.listener_ids = None


def _this() -> Enclosure:
    """The run of Sphinx in this thread, which exists wherever Sphinx calls."""
    run = _mine()
    if run is None:
        raise LookupError("no run of Sphinx in this thread")
    return run


@contextmanager
def resting() -> Iterator[None]:
    """Let notebooks in this block do whatever their editor may do."""
    run = _this()
    run.resting = True
    try:
        yield
    finally:
        run.resting = False


def _is_of_packages(path: str, root: str) -> bool:
    """Tell whether a file belongs to Python or a package, even one in the book's folder, as in .venv."""
    found = (place for place in _packages(root, tuple(sys.path)) if lies_in(path, place))
    return any(not (lies_in(root, place) and lies_in(path, root)) for place in found)


@cache
def _packages(root: str, modules: tuple[str, ...]) -> tuple[str, ...]:
    """The folders of Python and its packages, and the files of the system that it reads."""
    paths = [sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values(), PACKAGE]
    paths += [*map(str, OptionParser.standard_config_files), *mimetypes.knownfiles, *zoneinfo.TZPATH, os.devnull]
    paths += [sys.pycache_prefix] if sys.pycache_prefix else []  # where modules are kept compiled, if not beside them
    paths += [path for path in modules if os.path.isabs(path) and not lies_in(root, os.path.realpath(path))]
    return tuple(dict.fromkeys(os.path.realpath(os.path.expanduser(str(path))) for path in paths))


def _begin(app: Sphinx, env, docnames) -> None:
    """Start the watch: from here on pages are read, which may ask for anything."""
    run, root = _this(), Path(_this().root)
    own = (app.doctreedir, Path(app.outdir).parent / "jupyter_execute", root / "_toc.yml", accessibility.path(root))
    run.places = (os.path.realpath(root / "book"), *map(os.path.realpath, own))


def _end(app: Sphinx, env) -> None:
    _this().places = None


# --- requests ------------------------------------------------------------------------------------


def refused() -> list[Problem]:
    """Problems of refused requests by the run of Sphinx in this thread, at the page or setting that asked."""
    run = _this()
    env = getattr(run.app, "env", None)  # which a run that stops at its settings has not yet
    return [
        _problem(code, records.source_of(env, page) if env is not None and page else "_config.yml", what)
        for code, page, what in run.refused
    ]


def _problem(code: str, place: str, what: str) -> Problem:
    if code == "W430":
        action = "A build takes nothing from a network: save it in book/ and show that."
        return Problem(code, place, f"asks for {what}, which is not in the book", action)
    if code == "W431":
        return Problem(code, place, f"starts the program {what}", "Run it yourself, and show what it makes.")
    return Problem(code, place, f"shows {what}, which lies outside book/", _COPY)


def settings(app: Sphinx, root: Path) -> Iterator[Problem]:
    """Problems of settings that would bring in files from elsewhere."""
    ours = (os.path.realpath(root / "book"), os.path.realpath(root / "data" / "references.bib"))
    asked = [(name, value) for name in _SETTINGS for value in _values(getattr(app.config, name, None))]
    if theme := getattr(app.builder, "theme", None):
        asked += [("html_theme", os.fspath(folder)) for folder in theme.get_theme_dirs()]
    for name, value in asked:
        real = os.path.realpath(os.path.join(app.confdir, value))
        if "://" not in value and not lies_in(real, *ours) and not _is_of_packages(real, os.path.realpath(root)):
            yield Problem("W419", f"_config.yml, {name}", f"names {value}, which lies outside book/", _COPY)


def _values(value) -> list[str]:
    """The paths in a setting: one, a list, or none."""
    values = [value] if isinstance(value, str | os.PathLike) else value or ()
    return [os.fsdecode(item) for item in values if isinstance(item, str | os.PathLike)]


# --- folders' names ---------------------------------------------------------------------------------------


def found(pattern: str, **options) -> list[str]:
    """Like ``glob.glob``, but an existing folder's name is not a pattern: a book in ``poll [2]``."""
    parents = (path for path in Path(pattern).parents if path.is_absolute() and path.is_dir())
    folder = str(next(parents, ""))
    return glob.glob(glob.escape(folder) + pattern.removeprefix(folder), **options)


def _take_names_as_they_are() -> None:
    """Let Sphinx and its table of contents look for files in the book, not in any folder that its name matches."""
    for name in PATTERNS:
        module, _, function = name.partition(":")
        there = getattr(import_module(module), function, None)
        if there is None:  # Sphinx 9 looks for pages below the folder itself, whose name is then no pattern
            continue
        whole = isinstance(there, ModuleType | SimpleNamespace)
        setattr(import_module(module), function, SimpleNamespace(glob=found, iglob=found) if whole else found)


def setup(app: Sphinx) -> None:
    """Keep this run of Sphinx within the book, if it is not within ``closed`` already."""
    _take_names_as_they_are()
    run = _mine()
    if run is None or run.app is not None:
        block = closed()
        run = block.__enter__()
        app.connect("build-finished", lambda *_: block.__exit__(None, None, None), priority=1000)
    run.app = app
    app.connect("env-before-read-docs", _begin)
    app.connect("env-updated", _end, priority=1)


def enter(root: Path) -> None:
    """Set the folder of the book for this thread's run of Sphinx."""
    run = _this()
    run.root, run.answers = os.path.realpath(root), os.path.realpath(root / "data" / "responses")
    around = (place for place in _packages(run.root, tuple(sys.path)) if not lies_in(run.root, place))
    run.packages = tuple(f"{place}{os.sep}" for place in around)
