"""The live preview: a draft of the book on this machine that follows every save.

The book is built again and again in one process, so imports and the notebooks' server stay warm. The pages
served are those of the site, plus two things for the preview alone: a list of all problems and notices, and a script
that reloads the page. Neither is in a file.
"""

from __future__ import annotations

import contextlib
import re
import time
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any

from wavebook.core import extras, files, interruption
from wavebook.core.languages import EDITORS
from wavebook.core.problems import Problem, ProblemsError, counted, fail, how_many
from wavebook.pages.parts import part, whole
from wavebook.publish import build
from wavebook.publish.local_server import LocalServer, token_of
from wavebook.publish.preview_handler import DESK, PreviewHandler
from wavebook.runs import server

if TYPE_CHECKING:
    from wavebook.publish.desk.view import Desk

POLL = 0.1  # seconds between two looks at the files
SETTLE = 0.05  # seconds without a change after which a save is complete: editors write in several steps
UNSETTLED = 0.5  # seconds after which an endless stream of saves is built anyway
HEARTBEAT = 10  # seconds after which a closed page is noticed


def serve(
    root: Path,
    *,
    port: int = 8000,
    open_browser: bool = False,
    tell: Callable[[str], None] = print,
    **edition: Any,
) -> None:
    """Serve a draft of the book to this machine alone, and follow every save until Ctrl-C.

    Parameters
    ----------
    root
        The book's folder.
    port
        On 127.0.0.1; 0 takes a free one.
    open_browser
        Show the opening page at once.
    tell
        Called with a line for each build, and with the problems whenever they change.
    edition
        ``wave``, ``baseline`` and ``population``, as `build.build` takes them.

    Raises
    ------
    ProblemsError
        W504 when the port is taken. Problems of the book are shown on the page.
    """
    preview = Preview(root, port=port, **edition)
    with interruption.orderly(preview.end), preview, contextlib.suppress(KeyboardInterrupt):
        tell(f"{preview.url} follows every save; Ctrl-C ends it")
        tell(f"{preview.url}-/desk/ is the desk: what the wave asks of each sentence")
        if open_browser:
            webbrowser.open(preview.url)
        preview.follow(tell)


class Preview:
    """A draft site, its server and its problems; use it in a ``with`` block.

    ``version`` changes whenever a page or a problem does; ``problems`` are those of the last build, and
    ``failed`` tells whether that build made no site, so that the one before it is shown.
    """

    def __init__(self, root: Path, *, port: int = 8000, **edition: Any) -> None:
        self.root, self.edition = root.resolve(), edition
        self.site = self.root / "_build" / "preview"
        self.problems: tuple[Problem, ...] = ()
        self.notices: tuple[Problem, ...] = ()
        self.failed = False
        self._code = _saved(p for p in files.library() if p.suffix == ".py")
        self._started, self._count = time.time_ns(), 0
        self._shown: int | None = None
        self._reviews = 0
        self._changed = Condition()
        self._ended = False
        token = token_of(self.root / "_build" / ".wavebook" / "preview-token")
        try:
            self._server = LocalServer(port, partial(PreviewHandler, self), token)
        except OSError as error:
            action = "Choose another one with --port, or end what uses it."
            fail(Problem("W504", f"port {port}", f"cannot be used: {error.strerror}", action))
        self.desk: Desk | None = None
        self._desk_problems: tuple[Problem, ...] = ()
        self._wanted, self._unreviewed = False, True  # is the desk asked for; was the book built since

    def __enter__(self) -> Preview:
        # Checks for the end as often as for a save, so that Ctrl-C works at once.
        Thread(target=self._server.serve_forever, args=(POLL,), daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.end()
        self._server.shutdown()
        self._server.server_close()
        server.stop()

    @property
    def url(self) -> str:
        """The address of the opening page."""
        return self._server.url

    @property
    def version(self) -> str:
        """The version shown now; differs from any of an earlier preview."""
        return f"{self._started}-{self._count}"

    def end(self) -> None:
        """Let `follow` return, and notify the pages that listen."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def follow(self, tell: Callable[[str], None] = lambda _: None) -> None:
        """Build, and build again after every save, until `end` is called."""
        built = None
        while not self._ended:
            now = self._settled(built)
            if now == built:
                if self._wanted and (self._unreviewed or (self.desk is not None and self.desk.behind)):
                    self.review()
                time.sleep(POLL)
                continue
            before = self.problems, self.notices
            tell(self.build())
            built = now  # from before the build: files saved meanwhile are built next
            self._unreviewed = True
            if self.desk is not None:
                self.desk.behind = True
            if (self.problems, self.notices) != before:
                for problem in (*self.notices, *self.problems):
                    tell(str(problem))

    def build(self) -> str:
        """Build the draft once and show it; return a line about it. Never raises for problems of the book."""
        began, first = time.perf_counter(), self._count == 0
        self._shown, notices = _identity(self.site), self.notices
        try:
            self._check_code()
            report = build.build(self.root, output=self.site, draft=True, halfway=self._show, **self.edition)
        except ProblemsError as error:
            found, failed, done = error.problems, True, "not built"
        except (Exception, SystemExit) as error:  # any error of a library at a half-saved file
            found, failed, done = (_unforeseen(error),), True, "not built"
        else:
            found, failed = tuple(report.problems), False
            notices = (*report.notices, *report.turned)
            done = f"{how_many(len(report.written), 'page')} written, {how_many(len(report.ran), 'notebook')} run"
        with self._changed:
            told = (found, notices, failed)
            if first or told != (self.problems, self.notices, self.failed) or _identity(self.site) != self._shown:
                self._count += 1
            self.problems, self.notices, self.failed = told
            self._changed.notify_all()
        wrong = f"; {counted(found)}" if found else ""
        return f"{time.strftime('%H:%M:%S')} {done} in {time.perf_counter() - began:.1f} s{wrong}"

    def review(self) -> None:
        """Review the book for the desk, and let its pages show that. Never raises for problems of the book.

        Only the thread that builds does: two threads must not import the same libraries at once.
        """
        self._desk_problems, self._unreviewed = (), False
        try:
            if self.desk is None:
                extras.need("survey", "the desk")
                from wavebook.publish.desk.view import Desk

                self.desk = Desk(self.root, self.edition, f"/{self._server.token}")
            self.desk.look()
        except ProblemsError as error:
            self._desk_problems = error.problems
        except (Exception, SystemExit) as error:  # any error of a library at a half-saved file
            self._desk_problems = (_unforeseen(error),)
        if self.desk is not None and self._desk_problems:
            self.desk.problems = self._desk_problems
        with self._changed:
            self._reviews += 1
            self._changed.notify_all()

    def waiting(self) -> str:
        """The desk before it is there."""
        said = {"view": "waiting", "title": "The desk", "told": "", "refused": (), "undoable": None, "behind": False}
        said |= {"mappings": ()}
        about = {"base": f"/{self._server.token}", "version": self.desk_version, "problems": self._desk_problems}
        return whole("desk.html", **said, **about, path="", editors=EDITORS)

    def opened(self) -> Desk | None:
        """The desk; None before it is there, which the first who asks for it has to wait for."""
        self._wanted = True
        return self.desk

    @property
    def desk_version(self) -> str:
        """The version of what the desk shows."""
        return f"{self._started}-{self._reviews}"

    def _show(self) -> None:
        """Let pages that listen show those of the root, if they changed, while those in other languages are made."""
        with self._changed:
            if (now := _identity(self.site)) != self._shown:
                self._shown, self._count = now, self._count + 1
                self._changed.notify_all()

    def versions(self, *, of_desk: bool = False) -> Iterator[str | None]:
        """Yield the version now and at every change, or None after a while without one. Stops at the end."""
        shown = None
        while True:
            with self._changed:
                if self._version(of_desk) == shown and not self._ended:
                    self._changed.wait(HEARTBEAT)
                if self._ended:
                    return
                now = self._version(of_desk)
                news, shown = None if now == shown else now, now
            yield news

    def _version(self, of_desk: bool) -> str:
        return self.desk_version if of_desk else self.version

    def dressed(self, page: bytes, name: str, *, framed: bool = False) -> bytes:
        """A page of the site with the preview's additions; the problems of source ``name`` come first.

        One that is ``framed`` stands on the desk: it marks the sentence it was opened for, and lists no problems.
        """
        text = page.decode("utf-8")
        here = (f"book/{name}.", f"notebooks/{name}.")
        problems, notices = (
            sorted(told, key=lambda p: not any(place.startswith(here) for place in p.places))
            for told in (self.problems, self.notices)
        )
        ours = f"/{self._server.token}/-/preview"
        style = f'<link rel="stylesheet" href="{ours}.css">'
        desk = f"/{self._server.token}{DESK}"
        banner = f"{style}{_banner(problems, notices, self.failed, desk)}" if problems or notices else ""
        if framed:
            banner = f'<link rel="stylesheet" href="/{self._server.token}/-/mark.css">'
        text = re.sub(r"<body\b[^>]*>", lambda tag: tag[0] + banner, text, count=1)
        head, end, tail = text.rpartition("</body>")
        script = f'<script src="{ours}.js" data-version="{self.version}"></script>'
        return (head + script + end + tail).encode()

    def _settled(self, built: dict | None) -> dict | None:
        """The book's files once they differ from ``built`` and have settled; ``built`` if they do not differ."""
        try:
            now = _saved(files.book(self.root))
            began = time.monotonic()
            while now != built and time.monotonic() - began < UNSETTLED:
                time.sleep(SETTLE)
                before, now = now, _saved(files.book(self.root))
                if now == before:
                    break
        except OSError:  # a folder went while it was read: another one may come in its place
            return built
        return now

    def _check_code(self) -> None:
        """Stop when the library's code has changed: results of the imported code would be kept under a wrong hash."""
        if _saved(p for p in files.library() if p.suffix == ".py") != self._code:
            found, action = "changed since the preview started", "End the preview with Ctrl-C and start it again."
            fail(Problem("W505", "src/wavebook", found, action))


def _saved(paths: Iterable[Path]) -> dict[Path, tuple[int, ...]]:
    """The time and size of each file; a file that is just being replaced is left out."""
    found: dict[Path, tuple[int, ...]] = {}
    for path in paths:
        with contextlib.suppress(OSError):
            stat = path.stat()
            found[path] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    return found


def _identity(folder: Path) -> int | None:
    """The identity of the folder there: a build that changes the site puts another one in its place."""
    try:
        return folder.stat().st_ino
    except OSError:
        return None


def _unforeseen(error: BaseException) -> Problem:
    said = " ".join(str(error).split()).rstrip(".")[:500]
    action = "Correct the last file saved. If nothing is wrong with it, `wavebook build --draft` shows its origin."
    return Problem("W503", "the book", f"{type(error).__name__}: {said}", action)


def _banner(problems: list[Problem], notices: list[Problem], failed: bool, desk: str) -> str:
    """The problems as HTML, and then the notices; open when there is no newer site to show."""
    wrong = [f"{counted(problems)} in this draft"] if problems else []
    count = "; ".join([*wrong, *([how_many(len(notices), "notice")] if notices else [])])
    head = f"Not built: {counted(problems)}. You see the book as it was before." if failed else count
    return part("banner", head, problems, notices, failed, desk)
