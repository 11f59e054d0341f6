"""The answers of the live preview to a browser: files of the site, pages with what the preview adds, and the desk."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qsl, unquote

from wavebook.core import files
from wavebook.core.languages import EDITORS
from wavebook.core.problems import Problem, ProblemsError
from wavebook.publish.local_server import LocalHandler, is_file

CHANGES = "/-/changes"
DESK = "/-/desk/"
MOST_TYPED = 100_000  # bytes of a form

# Files that the preview adds to pages, whose own security policy allows no style or script within them.
_STYLE = """
#wavebook-preview { position: sticky; top: 0; z-index: 9999; max-height: 40vh; overflow: auto; padding: .5rem 1rem;
  background: #fff; color: #1a1a1a; border-bottom: 4px solid #b3261e; font: 1rem/1.4 system-ui, sans-serif; }
#wavebook-preview summary { cursor: pointer; font-weight: bold; }
#wavebook-preview li { margin: .5rem 0; }
@media print { #wavebook-preview { display: none; } }
"""

# A browser keeps at most six connections to a server, so hidden tabs give theirs back.
_SCRIPT = """
{
  const { src, dataset: { version } } = document.currentScript;
  let changes;
  const listen = () => {
    changes = new EventSource(new URL("changes", src));
    changes.onmessage = (event) => { if (event.data !== version) location.reload(); };
  };
  document.addEventListener("visibilitychange", () => document.hidden ? changes?.close() : listen());
  if (!document.hidden) listen();
}
"""

_MARK = ":target { outline: 3px solid currentcolor; outline-offset: 4px; scroll-margin-top: 6rem; }"

_ADDED = {
    "/-/preview.css": ("text/css", _STYLE),
    "/-/preview.js": ("text/javascript", _SCRIPT),
    "/-/mark.css": ("text/css", _MARK),
    "/-/desk.css": ("text/css", (files.THEME / "desk.css").read_text(encoding="utf-8")),
    "/-/desk.js": ("text/javascript", (files.THEME / "desk.js").read_text(encoding="utf-8")),
}

_STUB = b"""<!doctype html>
<html lang="%s"><head><meta charset="utf-8"><title>%s</title></head><body><h1>%s</h1></body></html>
"""


class Shown(Protocol):
    """What a handler asks of the preview that it answers for."""

    site: Path
    problems: tuple[Problem, ...]

    @property
    def desk_version(self) -> str:
        """The version of what the desk shows."""
        ...

    def opened(self) -> Any:
        """The desk; None before it is there."""
        ...

    def waiting(self) -> str:
        """The desk before it is there."""
        ...

    def dressed(self, page: bytes, name: str, *, framed: bool = False) -> bytes:
        """A page of the site with the preview's additions."""
        ...

    def versions(self, *, of_desk: bool = False) -> Iterator[str | None]:
        """The version now and at every change."""
        ...


class PreviewHandler(LocalHandler):
    """A handler of requests: files of the site as they are, and pages with the preview's additions."""

    def __init__(self, preview: Shown, *args: Any):
        self.preview = preview
        super().__init__(*args, directory=str(preview.site))

    def do_GET(self) -> None:
        """Send a file of the site, or the stream of changes."""
        with contextlib.suppress(OSError):  # the reader has gone to another page, or to sleep
            if self.path in (CHANGES, f"{DESK}changes"):
                self._send_changes(of_desk=self.path != CHANGES)
            elif self.path.startswith(DESK):
                self._send_desk(HTTPStatus.OK)
            elif self.path in _ADDED:
                self._send(*_ADDED[self.path])
            else:
                super().do_GET()

    def do_POST(self) -> None:
        """Do what a form of the desk says, and lead back to its page; a form of any other page is refused."""
        with contextlib.suppress(OSError):
            length = self.headers.get("Content-Length", "")
            typed = self.headers.get("Content-Type", "") == "application/x-www-form-urlencoded"
            if not self.asks_from_own_page():
                self.send_error(HTTPStatus.FORBIDDEN)
            elif not self.path.startswith(DESK):
                self.send_error(HTTPStatus.METHOD_NOT_ALLOWED)
            elif not typed or not length.isdecimal() or len(length) > 9 or int(length) > MOST_TYPED:
                self.send_error(HTTPStatus.BAD_REQUEST)
            else:
                self._do(dict(parse_qsl(self.rfile.read(int(length)).decode("utf-8", "replace"), True)))

    def _do(self, form: dict[str, str]) -> None:
        desk = self.preview.opened()
        if desk is None:
            self._send("text/html", self.preview.waiting(), HTTPStatus.SERVICE_UNAVAILABLE)
            return
        try:
            desk.do(unquote(self.path.removeprefix(DESK)), form)
        except ProblemsError as error:
            self._send_desk(HTTPStatus.CONFLICT, problems=error.problems, typed=form)
            return
        except OSError as error:
            found = f"cannot be used: {error.strerror or error}"
            problem = Problem("W506", str(error.filename or "the disk"), found, "Make room, and try again.")
            self._send_desk(HTTPStatus.CONFLICT, problems=(problem,), typed=form)
            return
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", f"/{self.local.token}{self.path}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_desk(self, status: HTTPStatus, **more: Any) -> None:
        desk = self.preview.opened()
        if desk is None:
            self._send("text/html", self.preview.waiting())
            return
        try:
            desk.version = self.preview.desk_version
            page = desk.page(unquote(self.path.removeprefix(DESK).partition("?")[0]), **more)
        except ProblemsError as error:  # a page that cannot be read any more
            page, status = _STUB.decode() % (EDITORS, "The desk", str(error)), HTTPStatus.CONFLICT
        if page:
            self._send("text/html", page, status)
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def send_head(self):
        """Send the headers, and return the body for ``do_GET`` to copy; None when an error was sent."""
        path = Path(self.translate_path(self.path))
        if self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        if path.suffix == ".html":
            return self._send_page(path)
        if is_file(path):
            return super().send_head()
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def _send_page(self, path: Path) -> BytesIO:
        status = HTTPStatus.OK
        try:
            page = path.read_bytes()
        except (OSError, ValueError):  # there may be one after the next save, so this page listens too
            waiting = not self.preview.problems and not self.preview.site.is_dir()
            status = HTTPStatus.SERVICE_UNAVAILABLE if waiting else HTTPStatus.NOT_FOUND
            title = b"The book is being built" if waiting else b"There is no such page"
            page = _STUB % (EDITORS.encode(), title, title)
        body = self.preview.dressed(page, path.stem, framed=self.headers.get("Sec-Fetch-Dest") == "iframe")
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def _send(self, kind: str, text: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def _send_changes(self, *, of_desk: bool = False) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for version in self.preview.versions(of_desk=of_desk):
            self.wfile.write(b": still here\n\n" if version is None else f"data: {version}\n\n".encode())
            self.wfile.flush()
