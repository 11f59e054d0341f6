"""A server for the person at this machine alone: on loopback, under an address that no other page can guess.

A page from elsewhere that the same browser shows may ask for any address on this machine, and may read a script from
there. So an address begins with a token, a request that another site makes is refused, and nothing may be shown
within other pages.
"""

from __future__ import annotations

import contextlib
import hmac
import re
import secrets
import socket
import time
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, cast

from wavebook.core import files

MOST = 256  # connections at once: every one takes a file and a thread from the builds
IDLE = 10  # seconds in which a request must have been made, whole
_OWN_NAME = re.compile(r"(?:127\.0\.0\.1|localhost)(?::\d{1,5})?").fullmatch
_HEADERS = {
    "Cache-Control": "no-store",  # the next save may change the file
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def token_of(path: Path) -> str:
    """The token kept in the file ``path``, so that open pages find the next server; made when there is none."""
    with contextlib.suppress(OSError, ValueError):
        kept = path.read_text("ascii")
        if re.fullmatch(r"[0-9a-f]{32}", kept):
            return kept
    made = secrets.token_hex(16)
    with contextlib.suppress(OSError):  # then open pages do not find the next one
        files.write_whole(path, made.encode(), private=True)
    return made


class LocalServer(ThreadingHTTPServer):
    """A server on 127.0.0.1 whose addresses begin with a token; raises OSError for a port that cannot be had."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, handler: Any, token: str) -> None:
        self.token = token
        self.reading: dict[socket.socket, float] = {}
        self._free = BoundedSemaphore(MOST)
        super().__init__(("127.0.0.1", port), handler)

    @property
    def url(self) -> str:
        """The address of its folder."""
        return f"http://127.0.0.1:{self.server_port}/{self.token}/"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer a request in a thread of its own, or hang up while there are too many."""
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        self.reading[request] = time.monotonic()
        try:
            super().process_request(request, client_address)
        except BaseException:
            self._free.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer a request."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.reading.pop(request, None)
            self._free.release()

    def service_actions(self) -> None:
        """Hang up on who has not made a request in time; several times a second."""
        late = time.monotonic() - IDLE
        for request, began in list(self.reading.items()):
            if began < late:
                with contextlib.suppress(OSError):
                    request.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a browser that hangs up is of no interest to an editor."""


class LocalHandler(SimpleHTTPRequestHandler):
    """A handler of requests for files of a folder; ``path`` is what follows the token."""

    timeout = IDLE  # seconds for each step of reading or writing

    @property
    def local(self) -> LocalServer:
        """The server that this is a handler of."""
        return cast(LocalServer, self.server)

    def parse_request(self) -> bool:
        """Read a request and tell whether it is to be answered; who may not make it hears why."""
        read = super().parse_request()
        self.local.reading.pop(self.request, None)
        return read and self._may_be_answered()

    def _may_be_answered(self) -> bool:
        """Tell whether a request is for this server and has its token, which is then left out of ``path``."""
        _, token, *rest = [*self.path.split("/", 2), ""][:3]
        if not self._is_ours():
            self.send_error(HTTPStatus.FORBIDDEN)
        elif not hmac.compare_digest(token.encode(), self.local.token.encode()):
            self.send_error(HTTPStatus.NOT_FOUND, "Open the address that was printed, whole")
        elif self.path == f"/{token}":
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"/{token}/")
            self.end_headers()
        else:
            self.path = f"/{rest[0]}"
            return True
        return False

    def _is_ours(self) -> bool:
        """Tell whether this server's own pages ask, or the person: no name for this machine, no page elsewhere."""
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not _OWN_NAME(hosts[0]):
            return False
        if self.headers.get("Origin", f"http://{hosts[0]}") != f"http://{hosts[0]}":
            return False  # also from a browser that tells nothing else
        by = self.headers.get("Sec-Fetch-Site", "none")
        opened = (self.headers.get("Sec-Fetch-Mode"), self.headers.get("Sec-Fetch-Dest")) == ("navigate", "document")
        return by in ("none", "same-origin") or opened

    def asks_from_own_page(self) -> bool:
        """Tell whether a page of this server asks, by every sign that a browser gives: only that may change a file."""
        host = self.headers.get("Host", "")
        known = host in (f"127.0.0.1:{self.local.server_port}", f"localhost:{self.local.server_port}")
        by = self.headers.get("Sec-Fetch-Site", "same-origin")
        return known and by == "same-origin" and self.headers.get("Origin") == f"http://{host}"

    def end_headers(self) -> None:
        """Add what keeps answers from other sites and from the browser's store."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: requests are of no interest to an editor."""


def is_file(path: Path) -> bool:
    """Tell whether there is such a file; no for a name that no file can have."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
