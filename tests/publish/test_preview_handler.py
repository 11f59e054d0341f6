"""The answers of the preview to a browser: what may be asked, and that only a form of the desk changes anything."""

from __future__ import annotations

import http.client
import threading
import urllib.error
import urllib.request
from functools import partial

import pytest

from wavebook.core.problems import Problem, ProblemsError
from wavebook.publish.local_server import LocalServer
from wavebook.publish.preview_handler import PreviewHandler

PATIENCE = 60  # seconds: this machine may be busy


class Notes:
    """A desk that notes what it is asked."""

    def __init__(self):
        self.version, self.done = "", []

    def page(self, path, *, problems=(), typed=None):
        return f"<p>{path}|{self.version}|{[p.code for p in problems]}|{typed}" if path != "none" else ""

    def do(self, path, form):
        if form == {"do": "fail"}:
            raise ProblemsError([Problem("W457", "book/a.md", "was changed", "Look.")])
        if form == {"do": "full"}:
            raise OSError(28, "No space left on device", "book/a.md")
        self.done.append((path, form))


class Preview:
    """A preview of one page, with a desk."""

    problems, desk_version = (), "7"

    def __init__(self, site, desk):
        self.site, self.desk, self.url = site, desk, ""

    def opened(self):
        return self.desk

    def waiting(self):
        return "wait"

    def dressed(self, page, name, *, framed=False):
        return page + (b"framed" if framed else b"alone")

    def versions(self, *, of_desk=False):
        yield from ("desk" if of_desk else "page", None)


@pytest.fixture
def desk():
    return Notes()


@pytest.fixture
def preview(tmp_path, desk):
    (tmp_path / "index.html").write_text("a page")
    made = Preview(tmp_path, desk)
    with LocalServer(0, partial(PreviewHandler, made), "0123" * 8) as running:
        threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
        made.url = running.url
        yield made
        running.shutdown()


def get(url: str, **headers: str) -> tuple[int, bytes]:
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def post(preview, path: str, body: str = "do=x&words=", **headers: str):
    host = preview.url.split("/")[2]
    sent = {"Origin": f"http://{host}", "Content-Type": "application/x-www-form-urlencoded"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    connection.request("POST", f"/{preview.url.split('/')[3]}{path}", body.encode(), sent)
    answer = connection.getresponse()
    return answer.status, answer.headers["Location"], answer.read().decode()


def test_a_form_of_the_desk_is_done_and_leads_back(preview, desk):
    status, place, _ = post(preview, "/-/desk/a-1", "do=reword&words=%C3%A9%26+%0D%0A")
    assert (status, place) == (303, f"/{preview.url.split('/')[3]}/-/desk/a-1")
    assert desk.done == [("a-1", {"do": "reword", "words": "é& \r\n"})]


@pytest.mark.parametrize(("sent", "said"), [("do=fail", "['W457']"), ("do=full", "['W506']")])
def test_a_form_that_is_refused_is_shown_again_with_what_was_typed(preview, desk, sent, said):
    status, _, page = post(preview, "/-/desk/a-1", sent)
    assert status == 409
    assert said in page
    assert sent.partition("=")[2] in page


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/-/desk/a", {"Origin": "null"}, 403),
        (
            "/-/desk/a",
            {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"},
            403,
        ),
        ("/-/desk/a", {"Content_Type": "text/plain"}, 400),
        ("/-/desk/a", {"Content_Length": "100001"}, 400),
        ("/-/desk/a", {"Content_Length": "-1"}, 400),
        ("/index.html", {}, 405),
    ],
)
def test_any_other_form_does_nothing(preview, desk, path, headers, status):
    assert post(preview, path, "do=x" if "Content_Length" not in headers else "", **headers)[0] == status
    assert desk.done == []


def test_a_form_without_the_whole_address_does_nothing(preview, desk):
    url = preview.url.replace(preview.url.split("/")[3], "0" * 32)
    request = urllib.request.Request(f"{url}-/desk/a", data=b"do=x", headers={"Origin": url[:-34]})
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(request, timeout=PATIENCE)
    assert desk.done == []


def test_nothing_changes_by_opening_an_address(preview, desk):
    assert get(f"{preview.url}-/desk/a?do=accept")[1].startswith(b"<p>a|")
    assert get(f"{preview.url}-/desk/none")[0] == 404
    assert desk.done == []


def test_before_the_desk_is_there_it_is_waited_for(preview, desk):
    preview.desk = None
    assert get(f"{preview.url}-/desk/") == (200, b"wait")
    assert post(preview, "/-/desk/a")[::2] == (503, "wait")


def test_pages_and_the_desk_hear_of_their_own_changes(preview):
    assert get(f"{preview.url}-/changes")[1] == b"data: page\n\n: still here\n\n"
    assert get(f"{preview.url}-/desk/changes")[1] == b"data: desk\n\n: still here\n\n"


def test_a_page_knows_whether_it_stands_on_the_desk(preview):
    assert get(preview.url)[1] == b"a pagealone"
    framed = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin"}
    assert get(preview.url, **framed)[1] == b"a pageframed"
    assert get(f"{preview.url}none.html")[0] == 404


@pytest.mark.parametrize("name", ["preview.css", "preview.js", "mark.css", "desk.css", "desk.js"])
def test_what_the_preview_adds_is_no_file_of_the_site(preview, name):
    assert get(f"{preview.url}-/{name}")[0] == 200
    assert get(f"{preview.url}{name}")[0] == 404
