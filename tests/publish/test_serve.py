"""The live preview: what is on the screen after a save, and what is left when it ends."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import leaf
import lending
import psutil
import pytest

import book
from wavebook.core import files
from wavebook.core.problems import Problem, ProblemsError
from wavebook.publish import build, preview_handler, serve

PATIENCE = 60  # seconds: this machine may be busy
TITLE = "Wie een boek leent"


def get(url: str, **headers: str) -> tuple[int, bytes]:
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def wait_for(url: str, *texts: str, without: str = "\0") -> str:
    """The page once it holds all ``texts`` and not ``without``."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        page = get(url)[1].decode()
        if all(text in page for text in texts) and without not in page:
            return page
        time.sleep(0.02)
    raise AssertionError(f"{texts} without {without!r} did not come: {page}")


class Draft:
    """A book of one page, whose build is a copy; saves of certain words break it."""

    def __init__(self, root: Path, monkeypatch):
        self.root, self.builds, self.seconds = root, 0, 0.0
        monkeypatch.setattr(build, "build", self.build)

    def save(self, text: str) -> None:
        path = self.root / "book" / "index.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def build(self, root: Path, *, output: Path, draft: bool, **_) -> build.Report:
        self.builds += 1
        text = (root / "book" / "index.md").read_text(encoding="utf-8")
        time.sleep(self.seconds)
        if text == "untrue":
            raise ProblemsError([Problem("W212", "data/figures/2014.csv:3", "has <9> cells", "Mend it")])
        if text == "unforeseen":
            raise KeyError("surprise")
        if text == "exit":
            sys.exit("a tool that exits")
        site = root / "_build" / "work"
        files.write_whole(site / "index.html", f'<html><body class="a">{text} é</body></html>'.encode())
        files.write_whole(site / "style.css", f"/* </body> {text} */".encode())
        build.publish(site, output)
        marked = [Problem("W408", f"book/{page}.md:1", f"{page} is typed", "Mend it") for page in ("a", "index")]
        noticed = [Problem("W452", "book/index.md:1", "turned", "Look at it.")] if text == "noticed" else []
        return build.Report(output, problems=marked if text == "marked" else [], turned=noticed)


@pytest.fixture
def draft(tmp_path, monkeypatch) -> Draft:
    monkeypatch.setattr(serve, "POLL", 0.02)
    monkeypatch.setattr(serve, "SETTLE", 0.02)
    monkeypatch.setattr(serve.server, "stop", lambda: None)  # it runs the notebooks of other tests
    made = Draft(tmp_path, monkeypatch)
    made.save("first")
    return made


@pytest.fixture
def preview(draft):
    with serve.Preview(draft.root, port=0) as made:
        following = threading.Thread(target=made.follow)
        following.start()
        wait_for(made.url, "first")
        yield made
        made.end()
        following.join(PATIENCE)


def test_a_saved_page_is_shown(draft, preview):
    draft.save("second")
    wait_for(preview.url, "second é")


@pytest.mark.parametrize(
    ("save", "texts"),
    [
        ("untrue", ["W212", "data/figures/2014.csv:3", "has &lt;9&gt; cells", "Mend it"]),
        ("unforeseen", ["W503", "KeyError: &#39;surprise&#39;"]),
        ("exit", ["W503", "SystemExit: a tool that exits"]),
    ],
)
def test_a_save_that_cannot_be_built_shows_why_above_the_last_good_page(draft, preview, save, texts):
    draft.save(save)
    page = wait_for(preview.url, *texts)
    assert page.index('role="alert"') < page.index("first é")


def test_a_mended_save_takes_the_problems_away(draft, preview):
    draft.save("untrue")
    wait_for(preview.url, "W212")
    draft.save("mended")
    wait_for(preview.url, "mended", without="W212")


def test_a_book_that_never_was_built_says_why(draft):
    draft.save("untrue")
    with serve.Preview(draft.root, port=0) as preview:
        preview.build()
        status, page = get(preview.url)
    assert status == 404
    assert b"W212" in page
    assert b"-/preview.js" in page


def test_the_problems_of_the_page_come_before_those_of_others(draft, preview):
    draft.save("marked")
    page = wait_for(preview.url, "2 problems in this draft")
    assert page.index("book/index.md") < page.index("book/a.md")


def test_a_hundred_rapid_saves_are_a_few_builds_and_the_last_one_shows(draft, preview):
    draft.seconds = 0.05
    before = draft.builds
    for number in range(100):
        draft.save(f"save {number:02}")
        time.sleep(0.005)
    wait_for(preview.url, "save 99")
    assert draft.builds - before < 30


def test_a_save_during_a_build_is_built_next(draft, preview):
    draft.seconds = 0.5
    before = draft.builds
    draft.save("early")
    while draft.builds == before:
        time.sleep(0.01)
    draft.save("late")
    wait_for(preview.url, "late")


def test_nothing_is_built_when_nothing_is_saved(draft, preview):
    time.sleep(5 * serve.POLL)
    assert draft.builds == 1


def test_the_answers_of_respondents_are_not_watched(draft, preview):
    answers = draft.root / "data" / "responses" / "2016.csv"
    answers.parent.mkdir(parents=True)
    answers.write_text("v1\n7\n")
    time.sleep(5 * serve.POLL)
    assert draft.builds == 1


def test_the_script_is_served_and_never_written(preview):
    assert b"/-/preview.js" in get(preview.url)[1]
    assert b"script" not in (preview.site / "index.html").read_bytes()


def test_other_files_are_served_as_they_are(preview):
    assert get(preview.url + "style.css") == (200, (preview.site / "style.css").read_bytes())


def test_a_missing_page_waits_for_the_save_that_makes_it(preview):
    status, page = get(preview.url + "later.html")
    assert status == 404
    assert b"-/preview.js" in page


@pytest.mark.parametrize("path", ["../../book/index.md", "%2e%2e/%2e%2e/book/index.md", "nothing.css", "%00.html"])
def test_nothing_outside_the_site_is_served(preview, path):
    assert get(preview.url + path)[0] == 404


@pytest.mark.parametrize("path", ["", "index.html", "style.css", preview_handler.CHANGES[1:]])
def test_a_site_elsewhere_gets_nothing(preview, path):
    assert get(preview.url + path, Host="evil.example:80")[0] == 403


def test_listening_pages_hear_of_each_change_and_of_the_end(draft, preview):
    listening = http.client.HTTPConnection(preview.url.split("/")[2], timeout=PATIENCE)
    listening.request("GET", f"/{preview.url.split('/')[3]}{preview_handler.CHANGES}")
    stream = listening.getresponse()
    first = preview.version
    assert stream.readline() == f"data: {first}\n".encode()
    draft.save("second")
    wait_for(preview.url, "second")
    heard = [stream.readline(), stream.readline()]
    assert heard == [b"\n", f"data: {preview.version}\n".encode()]
    assert preview.version != first
    preview.end()
    assert stream.read() == b"\n"  # and then no more


def test_a_save_that_changes_no_page_loads_nothing_anew(draft, preview):
    before, builds = preview.version, draft.builds
    draft.save("first")
    while draft.builds == builds:
        time.sleep(0.01)
    time.sleep(0.1)
    assert preview.version == before


@pytest.fixture
def still(draft):
    """A preview that builds when it is told to."""
    with serve.Preview(draft.root, port=0) as made:
        yield made


@pytest.mark.parametrize(
    ("save", "line"),
    [
        ("first", r"0 pages written, 0 notebooks run in \d+\.\d s"),
        ("marked", r"0 pages written, 0 notebooks run in \d+\.\d s; 2 problems"),
        ("untrue", r"not built in \d+\.\d s; 1 problem"),
    ],
)
def test_each_build_is_told_in_one_line(draft, still, save, line):
    draft.save(save)
    assert re.fullmatch(rf"\d\d:\d\d:\d\d {line}", still.build())


def test_what_was_not_built_is_an_alert_that_stands_open_and_a_draft_s_problems_are_not(draft, still):
    draft.save("marked")
    still.build()
    marked = get(still.url)[1].decode()
    assert '<aside id="wavebook-preview" role="region"' in marked
    assert "<details><summary>2 problems in this draft</summary>" in marked
    draft.save("untrue")
    still.build()
    failed = get(still.url)[1].decode()
    assert '<aside id="wavebook-preview" role="alert"' in failed
    assert "<details open><summary>Not built: 1 problem. You see the book as it was before.</summary>" in failed


def test_notices_are_shown_with_the_problems_and_apart_from_them(draft, still):
    draft.save("noticed")
    assert not still.build().endswith("problem")
    page = get(still.url)[1].decode()
    assert '<aside id="wavebook-preview" role="region"' in page
    assert "<summary>1 notice</summary>" in page
    assert "To know, and nothing that keeps the book from being published:</p><ul>" in page
    assert "<code>W452</code> <strong>book/index.md:1</strong>: turned." in page
    version = still.version
    draft.save("first")
    still.build()
    assert still.version != version
    assert "wavebook-preview" not in get(still.url)[1].decode()


def test_a_page_without_problems_has_no_banner(still):
    still.build()
    page = get(still.url)[1].decode()
    assert "wavebook-preview" not in page
    assert page.startswith('<html><body class="a">first')


def test_before_the_first_build_a_page_says_that_it_is_being_made(still):
    status, page = get(still.url)
    assert status == 503
    assert b"<h1>The book is being built</h1>" in page


def test_a_missing_page_of_a_site_that_is_there_says_so(still):
    still.build()
    status, page = get(still.url + "later.html")
    assert status == 404
    assert b"<h1>There is no such page</h1>" in page


@pytest.mark.parametrize("path", ["", "?q=1", "index.html?q=1"])
def test_a_page_is_found_by_its_folder_and_with_a_question_behind_it(still, path):
    still.build()
    status, page = get(still.url + path)
    assert (status, b"first" in page) == (200, True)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("style.css", "text/css"),
        ("-/preview.js", "text/javascript; charset=utf-8"),
        ("-/preview.css", "text/css; charset=utf-8"),
    ],
)
def test_nothing_is_kept_by_the_browser_and_each_file_says_what_it_is(still, path, kind):
    still.build()
    with urllib.request.urlopen(still.url + path, timeout=PATIENCE) as answer:
        body = answer.read()
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Type"] == kind
        assert int(answer.headers["Content-Length"]) == len(body) > 0


def test_pages_that_went_away_are_found_out_by_a_sign_of_life(still, monkeypatch):
    monkeypatch.setattr(serve, "HEARTBEAT", 0.01)
    versions = still.versions()
    assert [next(versions) for _ in range(3)] == [still.version, None, None]
    still.build()
    assert next(versions) == still.version
    still.end()
    assert list(versions) == []


def test_two_previews_have_no_version_in_common(draft, still):
    with serve.Preview(draft.root, port=0) as other:
        assert other.version != still.version


def test_an_error_of_a_library_is_told_in_one_line_of_bounded_length(draft, still, monkeypatch):
    def fail(*_, **__):
        raise ValueError("een\n  twee " + "x" * 1000 + ".")

    monkeypatch.setattr(build, "build", fail)
    still.build()
    (problem,) = still.problems
    assert problem.found.startswith("ValueError: een twee xxx")
    assert len(problem.found) == len("ValueError: ") + 500


def test_a_folder_that_goes_while_it_is_read_is_looked_at_again(draft, preview, monkeypatch):
    def gone(root):
        raise FileNotFoundError(root)

    with monkeypatch.context() as broken:
        broken.setattr(serve.files, "book", gone)
        time.sleep(3 * serve.POLL)
        draft.save("second")
        time.sleep(3 * serve.POLL)
        assert draft.builds == 1
    wait_for(preview.url, "second")


def test_all_files_may_go_and_come_back(draft, preview):
    book_, aside = draft.root / "book", draft.root / "aside"
    book_.rename(aside)
    wait_for(preview.url, "FileNotFoundError")
    aside.rename(book_)
    wait_for(preview.url, "first", without="FileNotFoundError")


def test_saves_without_end_are_built_all_the_same(draft, still, monkeypatch):
    times = iter(range(10**6))
    monkeypatch.setattr(serve, "_saved", lambda _: {"file": next(times)})
    monkeypatch.setattr(serve, "UNSETTLED", 0.2)
    began = time.monotonic()
    still._settled(None)
    assert time.monotonic() - began > 0.2


def test_problems_are_told_when_they_change_and_not_again(draft):
    told = []
    draft.save("marked")
    with serve.Preview(draft.root, port=0) as preview:
        following = threading.Thread(target=preview.follow, args=(told.append,))
        following.start()
        wait_for(preview.url, "2 problems")
        builds = draft.builds
        draft.save("marked ")
        draft.save("marked")
        while draft.builds == builds:
            time.sleep(0.01)
        preview.end()
        following.join(PATIENCE)
    assert [line for line in told if line.startswith("W408")] == [str(p) for p in preview.problems]
    assert len([line for line in told if "problems" in line]) >= 2


def test_a_port_in_use_is_a_problem(preview):
    port = int(preview.url.split(":")[2].split("/")[0])
    with pytest.raises(ProblemsError, match=rf"W504 port {port}: cannot be used"):
        serve.Preview(preview.root, port=port)


def test_code_that_changed_since_the_start_is_not_trusted(draft, tmp_path, monkeypatch):
    code = tmp_path / "module.py"
    code.write_text("old")
    monkeypatch.setattr(files, "library", lambda: [code])
    with serve.Preview(draft.root, port=0) as preview:
        preview.build()
        assert not preview.problems
        code.write_text("newer")
        preview.build()
    assert [problem.code for problem in preview.problems] == ["W505"]


@pytest.mark.browser
def test_an_open_page_loads_itself_anew(draft, preview, browser):
    page = browser.new_page()
    page.goto(preview.url)
    draft.save("second")
    page.get_by_text("second é").wait_for()
    draft.save("untrue")
    page.get_by_role("alert").get_by_text("data/figures/2014.csv:3").wait_for()
    assert page.get_by_text("second é").is_visible()
    page.close()


@pytest.mark.browser
def test_a_page_of_a_book_shows_problems_and_loads_itself_anew_under_its_security_policy(browser, tmp_path_factory):
    root = lending.fresh(tmp_path_factory)
    with serve.Preview(root, port=0) as preview:
        preview.site, preview.failed = root / "_build" / "html", True
        preview.problems = (Problem("W403", "book/lenen.md:1", "the first", "Mend it."),)
        page, said = browser.new_page(), []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{preview.url}lenen.html")
        assert page.locator('meta[http-equiv="Content-Security-Policy"]').count() == 1
        page.get_by_text("the first").wait_for()
        assert page.get_by_role("alert").evaluate("e => getComputedStyle(e).position") == "sticky"
        with preview._changed:
            preview.problems = (Problem("W403", "book/lenen.md:1", "the second", "Mend it."),)
            preview._count += 1
            preview._changed.notify_all()
        page.get_by_text("the second").wait_for()
        assert said == []
        page.close()


# --- a real book ----------------------------------------------------------------------------------------


@contextlib.contextmanager
def serving(folder: Path):
    """The preview of a book of one page in a process of its own: its folder, address and process."""
    root = leaf.make_leaf(folder)
    leaf.put_notebook(root, "'of this run'")
    book.edit(root, "book/index.md", "# T", f"# {TITLE}")
    script = """
        import sys
        from pathlib import Path
        from wavebook.publish.serve import serve
        serve(Path(sys.argv[1]), port=0, tell=lambda line: print(line, flush=True))
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(root)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        url = process.stdout.readline().split()[0]
        # What it tells is read, so that it never waits for us.
        threading.Thread(target=process.stdout.read, daemon=True).start()
        wait_for(url, "<h1>", without="is being built")
        yield root, url, process
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def previews(tmp_path_factory):
    """Gives a preview that runs: that of tests before, unless one of them ended it."""
    with contextlib.ExitStack() as stack:
        found = []

        def running():
            if not found or found[-1][2].poll() is not None:
                found.append(stack.enter_context(serving(tmp_path_factory.mktemp("served"))))
            return found[-1]

        yield running


@pytest.fixture
def served(previews):
    """The folder and address of a book's preview."""
    root, url, _ = previews()
    return root, url


def test_a_saved_sentence_is_on_the_page(served):
    root, url = served
    book.edit(root, "book/index.md", TITLE, f"{TITLE}\n\nEen dik boek.")
    wait_for(url, "Een dik boek.")


def test_a_broken_declaration_leaves_the_page_and_is_named(served):
    root, url = served
    book.edit(root, "data/waves.toml", "baseline = 2010", "baseline = ")
    wait_for(url, 'role="alert"', "data/waves.toml", TITLE)
    book.edit(root, "data/waves.toml", "baseline = ", "baseline = 2010")
    wait_for(url, without='role="alert"')


def test_broken_settings_leave_the_page(served):
    root, url = served
    book.edit(root, "_config.yml", "title: ", "title: [")
    wait_for(url, 'role="alert"', TITLE)
    book.edit(root, "_config.yml", "title: [", "title: ")
    wait_for(url, without='role="alert"')


def test_a_failing_cell_is_named(served):
    root, url = served
    book.cell(root, "n", "cell-1", "'of this run'", "1 / 0")
    wait_for(url, "W303", "notebooks/n.ipynb, cell 2", "ZeroDivisionError")
    book.cell(root, "n", "cell-1", "1 / 0", "'of this run'")
    wait_for(url, without="W303")


@pytest.mark.parametrize("swallowed", [0, 1])
def test_ctrl_c_ends_it_also_when_a_library_swallows_it(draft, monkeypatch, swallowed):
    def busy(*_, **__):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(swallowed):
            os.kill(os.getpid(), signal.SIGINT)  # while it ends: adds nothing

    def swallow(*_, **__):
        with contextlib.suppress(KeyboardInterrupt):
            busy()
        return build.Report(draft.root, problems=[])

    monkeypatch.setattr(build, "build", swallow)
    before = signal.getsignal(signal.SIGINT)
    serve.serve(draft.root, port=0, tell=lambda _: None)
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_ends_it_and_all_that_it_started(previews, tmp_path):
    root, _, ended = previews()
    process, begun = psutil.Process(ended.pid), tmp_path / "begun"
    runs = f"import pathlib, time; pathlib.Path({str(begun)!r}).touch(); time.sleep(60)"
    book.cell(root, "n", "cell-1", "'of this run'", runs)
    end = time.monotonic() + PATIENCE
    while not begun.exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert begun.exists()
    started = process.children(recursive=True)
    assert len(started) >= 2  # what forks runs, and the run
    process.send_signal(signal.SIGINT)
    assert ended.wait(PATIENCE) == 0
    assert not psutil.wait_procs(started, timeout=10)[1]


@pytest.mark.slow
def test_the_dutch_pages_show_while_the_english_ones_are_made(tmp_path, tmp_path_factory):
    root = lending.copy(tmp_path / "book", lending.fresh(tmp_path_factory), english=True)
    site, seen = root / "_build/preview", []
    pages = {"nl": ("book/app.md", "app.html"), "en": ("book/en/data.md", "en/data.html")}

    def look() -> None:
        seen.append({language: "Nu anders." in (site / page).read_text() for language, (_, page) in pages.items()})

    build.build(root, output=site, draft=True)
    for file, _ in pages.values():
        with (root / file).open("a", encoding="utf-8") as page:
            page.write("\nNu anders.\n")
    report = build.build(root, output=site, draft=True, halfway=look)
    look()
    assert seen == [{"nl": True, "en": False}, {"nl": True, "en": True}]
    assert set(report.written) == {"app", "en/data", "index", "en/index"}  # and what lists them


def test_what_is_undone_while_it_is_built_is_gone_after_the_next_build(tmp_path):
    root = leaf.make_leaf(tmp_path)
    page, site = root / "book/index.md", root / "_build/preview"
    before = page.read_text(encoding="utf-8")

    def save(line: str) -> None:
        if line.startswith("reading the pages"):
            page.write_text(f"{before}\nNu anders.\n", encoding="utf-8")

    build.build(root, output=site, draft=True, tell=save)
    assert "Nu anders." in (site / "index.html").read_text()
    page.write_text(before, encoding="utf-8")
    build.build(root, output=site, draft=True)
    assert "Nu anders." not in (site / "index.html").read_text()


# --- the desk ---------------------------------------------------------------------------------------------


class Desk:
    """A desk that counts how often it is looked at."""

    behind, version, looks = True, "", 0

    def look(self):
        self.behind, self.looks = False, self.looks + 1


@pytest.fixture
def desk(preview):
    preview.desk = Desk()
    preview.opened()
    return preview.desk


def test_the_book_is_reviewed_for_the_desk_after_each_save_and_its_pages_hear_of_it(draft, preview, desk):
    heard = preview.versions(of_desk=True)
    first = next(heard)
    while desk.looks == 0:
        time.sleep(0.02)
    looks = desk.looks
    draft.save("second")
    wait_for(preview.url, "second")
    while desk.looks == looks:
        time.sleep(0.02)
    assert next(version for version in heard if version) != first


def test_nobody_waits_for_a_review_before_the_desk_is_opened(draft, preview):
    assert not preview._wanted
    draft.save("marked")
    assert f'{preview.url[len("http://") :].partition("/")[2][:-1]}/-/desk/">The desk</a>' in wait_for(
        preview.url, "in this draft"
    )


def test_a_page_on_the_desk_marks_its_sentence_and_lists_no_problems(draft, preview):
    draft.save("marked")
    wait_for(preview.url, "in this draft")
    framed = get(preview.url, **{"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin"})[1].decode()
    assert "in this draft" not in framed
    assert "/-/mark.css" in framed
    assert "outline" in get(f"{preview.url}-/mark.css")[1].decode()


def test_whatever_a_review_meets_is_told_on_the_desk_and_the_preview_goes_on(draft, preview, desk, monkeypatch):
    def fail():
        raise AttributeError("half of a <library>")

    monkeypatch.setattr(desk, "look", fail)
    preview.review()
    assert [problem.code for problem in desk.problems] == ["W503"]
    preview.desk = None
    assert "half of a &lt;library&gt;" in get(f"{preview.url}-/desk/")[1].decode()
    draft.save("second")
    wait_for(preview.url, "second")


def test_without_what_it_needs_the_desk_says_so(draft, preview, monkeypatch):
    monkeypatch.setitem(serve.extras.MODULES, "survey", ("no_such_module",))
    assert "being compared" in get(f"{preview.url}-/desk/")[1].decode()
    wait_for(f"{preview.url}-/desk/", "W511", "no_such_module")
    version = preview.desk_version
    time.sleep(5 * serve.POLL)
    assert get(f"{preview.url}-/desk/")[0] == 200
    assert preview.desk_version == version  # it is tried again after the next save, not for each look
