"""A server for one person: who gets nothing, and that no request or connection harms it."""

from __future__ import annotations

import contextlib
import socket
import stat
import threading
import time
import urllib.error
import urllib.request
from functools import partial

import pytest

from wavebook.publish import local_server
from wavebook.publish.local_server import LocalHandler, LocalServer, token_of

PATIENCE = 30


@pytest.fixture
def server(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "figures.js").write_text("secret")
    handler = partial(LocalHandler, directory=str(tmp_path / "site"))
    with LocalServer(0, handler, token_of(tmp_path / "token")) as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield made
        made.shutdown()


def status(url: str, **headers: str) -> int:
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def connect(server) -> socket.socket:
    return socket.create_connection(server.server_address, timeout=PATIENCE)


def exchange(server, request: bytes) -> bytes:
    with connect(server) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_the_whole_address_opens_a_file_and_any_other_does_not(server):
    root = f"http://127.0.0.1:{server.server_port}"
    assert status(server.url + "figures.js") == 200
    for path in ("", "figures.js", "0" * 32 + "/figures.js", server.token[:-1] + "/figures.js", f"x/{server.token}/"):
        assert status(f"{root}/{path}") == 404
    assert status(f"{root}/{server.token}x/figures.js") == 404
    assert status(f"{root}/{server.token}") == 200  # leads to the folder


@pytest.mark.parametrize("by", ["cross-site", "same-site"])
@pytest.mark.parametrize(("mode", "to"), [("no-cors", "script"), ("no-cors", "image"), ("navigate", "iframe")])
def test_a_page_elsewhere_reads_nothing(server, by, mode, to):
    asked = {"Sec_Fetch_Site": by, "Sec_Fetch_Mode": mode, "Sec_Fetch_Dest": to}
    assert status(server.url + "figures.js", **asked) == 403
    assert status(server.url + "figures.js", **asked | {"Sec_Fetch_Site": "same-origin"}) == 200


def test_a_link_from_elsewhere_opens(server):
    asked = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    assert status(server.url + "figures.js", **asked) == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "0.0.0.0", "", "localhost:1@evil.example"]
)
def test_another_name_for_this_machine_gets_nothing(server, host):
    assert status(server.url + "figures.js", Host=host) == 403


class Writing(LocalHandler):
    """A handler that tells who would be allowed to change a file."""

    def do_POST(self):
        self.send_response(200 if self.asks_from_own_page() else 403)
        self.send_header("Content-Length", "0")
        self.end_headers()


OWN = {"Origin": "http://127.0.0.1:{port}", "Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (OWN, 200),
        ({"Origin": "http://127.0.0.1:{port}"}, 200),  # a browser that does not say by whom
        ({"Host": "localhost:{port}", "Origin": "http://localhost:{port}"}, 200),
        ({}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "https://127.0.0.1:{port}"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        (OWN | {"Origin": "http://localhost:{port}"}, 403),
        (OWN | {"Host": "evil.example:{port}", "Origin": "http://evil.example:{port}"}, 403),
        (OWN | {"Sec-Fetch-Site": "none"}, 403),
        (OWN | {"Sec-Fetch-Site": "same-site"}, 403),
        (OWN | {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 403),
    ],
)
def test_only_a_page_of_its_own_may_have_something_changed(tmp_path, headers, expected):
    with LocalServer(0, partial(Writing, directory=str(tmp_path)), "token") as made:
        threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
        sent = {name: value.format(port=made.server_port) for name, value in headers.items()}
        request = urllib.request.Request(made.url, data=b"", headers=sent, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                status = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
        assert status == expected
        made.shutdown()


@pytest.mark.browser
def test_a_browser_keeps_it_from_a_page_elsewhere_that_knows_the_address(server, browser, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    page = f'<script src="{server.url}figures.js" onerror="document.title=\'kept\'"></script>'
    (tmp_path / "elsewhere" / "index.html").write_text(page)
    handler = partial(LocalHandler, directory=str(tmp_path / "elsewhere"))
    with LocalServer(0, handler, "elsewhere") as other:
        threading.Thread(target=other.serve_forever, args=(0.02,), daemon=True).start()
        tab = browser.new_page()
        tab.goto(other.url + "index.html")
        tab.wait_for_function("document.title === 'kept'")
        tab.close()
        other.shutdown()


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % i for i in range(200)) + b"\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET\r\n\r\n",
        b"BREW / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /%TOKEN%/%ff%fe%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /%TOKEN%/" + b"y" * 300 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /%TOKEN%/../../../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /%TOKEN%/%2e%2e/token HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /%TOKEN%/..%2ftoken HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /%TOKEN%/..\\token HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /%TOKEN%/figures.js\r\n\r\n",
        b"GET http://evil.example/%TOKEN%/figures.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /%TOKEN%/figures.js HTTP/1.1\r\nHost: evil.example\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /%TOKEN%/figures.js HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
        b"GET /%TOKEN%/figures.js HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://evil.example\r\n\r\n",
        b"GET /%TOKEN%/figures.js HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: null\r\n\r\n",
        b"POST /%TOKEN%/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"GET /%TOKEN%/figures.js HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n",
        b"GET /%TOKEN%/figures.js HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /%TOKEN%/figures.js HTTP/1.x\r\nHost: 127.0.0.1\r\n\r\n",
        b"POST /%TOKEN%/figures.js HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\nsecret?",
        b"PUT /%TOKEN%/figures.js HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9999999999\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    ],
    ids=[
        *("long", "many headers", "long header", "tls", "word", "verb", "bytes", "long part", "up", "up in bytes"),
        *("up with a slash in bytes", "up with a backslash", "HTTP/0.9", "another host's address", "two hosts"),
        *("two hosts, the other one last", "origin elsewhere", "no origin", "length of 5,000 digits"),
        *("space in a header", "HTTP/9.9", "HTTP/1.x", "length below zero", "length of 10 GB", "star", "connect"),
    ],
)
def test_what_is_no_good_request_gets_an_error_and_harms_nothing(server, request_, capfd):
    answer = exchange(server, request_.replace(b"%TOKEN%", server.token.encode()))
    assert b"secret" not in answer
    assert answer == b"" or b"Error code: 4" in answer or b"Error code: 5" in answer
    assert status(server.url + "figures.js") == 200
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "more",
    [
        b"Content-Length: -1",
        b"Content-Length: 99999999999999999999",
        b"Content-Length: seven",
        b"Content-Length: 3\r\nContent-Length: 7",
        b"Transfer-Encoding: chunked\r\nContent-Length: 7",
        b"Expect: 100-continue",
        b"Range: bytes=0-0,-99999999999999",
        b"If-Modified-Since: Sat, 99 Nov 99999999999 99:99:99 GMT",
        b"Connection: keep-alive",
    ],
)
def test_odd_headers_change_no_answer_and_what_follows_is_not_taken_for_a_request(server, more, capfd):
    asked = b"GET /%s/figures.js HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n\r\n" % (server.token.encode(), more)
    answer = exchange(server, asked + b"GET /etc/passwd HTTP/1.1\r\n\r\n" + asked)
    head, _, body = answer.rpartition(b"\r\n\r\n")
    assert head.count(b"HTTP/1.0 200") == 1
    assert body == b"secret"
    assert capfd.readouterr().err == ""


def test_five_hundred_at_once_get_the_file_or_nothing(server, tmp_path, capfd):
    content = (b"secret" * 1000)[:5000]
    (tmp_path / "site" / "figures.js").write_bytes(content)
    asked = b"GET /%s/figures.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" % server.token.encode()
    all_ = [connect(server) for _ in range(500)]
    bodies = []
    for connection in all_:
        with contextlib.suppress(OSError):
            connection.sendall(asked)
    for connection in all_:
        with connection, contextlib.suppress(OSError):
            bodies.append(b"".join(iter(partial(connection.recv, 65536), b"")).rpartition(b"\r\n\r\n")[2])
    assert set(bodies) <= {content, b""}
    assert bodies.count(content) >= local_server.MOST // 2
    assert status(server.url + "figures.js") == 200
    assert capfd.readouterr().err == ""


def test_who_reads_nothing_is_hung_up_on(server, tmp_path, monkeypatch):
    monkeypatch.setattr(LocalHandler, "timeout", 0.3)
    with (tmp_path / "site" / "large.bin").open("wb") as file:
        file.truncate(50_000_000)
    with connect(server) as lazy:
        lazy.sendall(b"GET /%s/large.bin HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" % server.token.encode())
        lazy.recv(1)
        end = time.monotonic() + PATIENCE
        while any(t.name.endswith("(process_request_thread)") for t in threading.enumerate()):
            assert time.monotonic() < end
            time.sleep(0.02)


def drip(connection: socket.socket) -> float:
    """Seconds for which a request may be sent a letter at a time."""
    began = time.monotonic()
    with contextlib.suppress(OSError):
        while time.monotonic() - began < PATIENCE:
            connection.sendall(b"G")
            time.sleep(0.05)
    return time.monotonic() - began


def test_who_asks_nothing_or_too_slowly_is_hung_up_on(server, monkeypatch):
    monkeypatch.setattr(local_server, "IDLE", 0.3)
    with connect(server) as silent, connect(server) as slow:
        assert drip(slow) < PATIENCE
        assert silent.recv(1) == b""
    assert status(server.url + "figures.js") == 200


def test_many_idle_connections_leave_room_again(server, monkeypatch):
    monkeypatch.setattr(local_server, "IDLE", 0.5)
    idle = [connect(server) for _ in range(local_server.MOST + 50)]
    end = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < end:
            try:
                assert status(server.url + "figures.js") == 200
                break
            except OSError:
                time.sleep(0.05)
        assert time.monotonic() < end
    finally:
        for connection in idle:
            connection.close()


def test_a_token_is_kept_for_its_owner_alone_and_made_anew_when_it_is_none(tmp_path):
    path = tmp_path / "made" / "token"
    made = token_of(path)
    assert len(made) == 32
    assert token_of(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("../")
    assert token_of(path) not in ("../", made)


def test_answers_are_for_this_origin_alone(server):
    with urllib.request.urlopen(server.url + "figures.js", timeout=PATIENCE) as answer:
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'self'"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
