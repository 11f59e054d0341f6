"""Nothing outside book/ and nothing from a network enters a site, by whatever means a page or setting asks for it."""

import os
import shutil
from contextlib import contextmanager
from importlib import import_module
from types import SimpleNamespace

import hosting
import pytest
from leaf import END, TOC, TOP, make_leaf
from sweeps import often

import book
from wavebook.site import enclosure

ANSWERS = "v\nqzkgeheimvw\n"  # what no file of a build may hold
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"><title>qzkgeheimvw</title></svg>'


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A book of one page with respondents, and a folder of somebody else beside it."""
    folder = tmp_path_factory.mktemp("enclosure")
    root = make_leaf(folder / "book")
    (root / "data" / "responses").mkdir()
    for place in (root / "data" / "responses", folder / "elsewhere"):
        place.mkdir(exist_ok=True)
        (place / "2014.csv").write_text(ANSWERS, encoding="utf-8")
        (place / "picture.svg").write_text(PICTURE, encoding="utf-8")
        (place / "page.md").write_text(f"# {ANSWERS}", encoding="utf-8")
    assert book.wavebook(root, "build").code == 0
    return folder


@contextmanager
def with_page(root, text, config=""):
    page, settings = root / "book" / "index.md", root / "_config.yml"
    before = settings.read_text(encoding="utf-8")
    page.write_text(TOP + text + END, encoding="utf-8")
    settings.write_text(before + config, encoding="utf-8")
    try:
        yield
    finally:
        page.write_text(TOP + END, encoding="utf-8")
        settings.write_text(before, encoding="utf-8")


def made_files_hold(root, text=b"qzkgeheim"):
    """The files under _build that hold it."""
    found = [path for path in (root / "_build").rglob("*") if path.is_file()]
    return [path.relative_to(root).as_posix() for path in found if text in path.read_bytes()]


def is_kept_out(root, code, *commands):
    """Whether a draft, which stops at little, stops at ``code``, makes no file that holds it, and leaves the site."""
    site = book.listing(root / "_build" / "html")
    for command in commands or [["build", "--draft", "--output", "_build/draft"]]:
        run = book.wavebook(root, *command)
        assert run.code == 1, run.out
        assert code in {problem.code for problem in run.problems}, run.err
        assert "qzkgeheim" not in run.out + run.err
        assert "Traceback" not in run.err
    assert made_files_hold(root) == []
    assert book.listing(root / "_build" / "html") == site
    assert not (root / "_build" / "draft").exists()


def rst(text):
    return "```{eval-rst}\n" + text + "\n```\n"


# What a page can say to have a file read or copied; PATH is its path from the page, URI its address.
ASKED = {
    "raw": "```{raw} html\n:file: PATH\n```\n",
    "raw, by address": "```{raw} html\n:url: URI\n```\n",
    "raw, by address of this machine": "```{raw} html\n:url: file:ABSOLUTE\n```\n",
    "a table": "```{csv-table}\n:file: PATH\n```\n",
    "a table, by address": "```{csv-table}\n:url: URI\n```\n",
    "include": "```{include} PATH\n```\n",
    "include, as it is": "```{include} PATH\n:literal:\n```\n",
    "code": "```{literalinclude} PATH\n```\n",
    "a difference": "```{literalinclude} index.md\n:diff: PATH\n```\n",
    "a download": "{download}`PATH`\n",
    "a link": "[antwoorden](PATH)\n",
    "a picture": "![](PATH)\n",
    "a picture of any form": "![](STEM.*)\n",
    "an image": "```{image} PATH\n```\n",
    "a figure": "```{figure} PATH\nBijschrift\n```\n",
    "a figure as wide as its picture": "```{figure} PATH\n:figwidth: image\n\nBijschrift\n```\n",
    "rst: raw": rst(".. raw:: html\n   :file: PATH"),
    "rst: raw, by address": rst(".. raw:: html\n   :url: URI"),
    "rst: a table": rst(".. csv-table::\n   :file: PATH"),
    "rst: a table, by address": rst(".. csv-table::\n   :url: URI"),
    "rst: include": rst(".. include:: PATH"),
    "rst: include, as it is": rst(".. include:: PATH\n   :literal:"),
    "rst: include, as code": rst(".. include:: PATH\n   :code: text"),
    "rst: code": rst(".. literalinclude:: PATH"),
    "rst: a picture": rst(".. image:: PATH"),
    "rst: a figure": rst(".. figure:: PATH"),
    "rst: a download": rst(":download:`PATH`"),
    "rst: within another": rst(".. note::\n\n   .. raw:: html\n      :url: URI"),
    "within another": "````{note}\n```{raw} html\n:url: URI\n```\n````\n",
    "within a table": rst(".. list-table::\n\n   * - .. raw:: html\n          :url: URI"),
    "a substitution": rst("|x|\n\n.. |x| image:: PATH"),
}


FEW = ("raw, by address", "include", "a picture", "rst: include")


@pytest.mark.parametrize("place", often(["responses", "elsewhere"], "responses"))
@pytest.mark.parametrize("name", often(ASKED, *FEW))
def test_a_page_shows_no_file_outside_the_book(made, name, place):
    root = made / "book"
    folder = root / "data" / "responses" if place == "responses" else made / "elsewhere"
    picture = any(word in name for word in ("picture", "image", "figure", "substitution"))
    path = folder / ("picture.svg" if picture else "2014.csv")
    near = os.path.relpath(path, root / "book")
    text = ASKED[name].replace("STEM", near.removesuffix(".svg")).replace("PATH", near)
    with with_page(root, text.replace("URI", path.as_uri()).replace("ABSOLUTE", str(path))):
        is_kept_out(root, "W419")


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize(
    "name", often(["raw", "raw, by address", "code", "a link", "a picture", "rst: include"], "raw")
)
def test_neither_does_a_strict_build_nor_a_check(made, name, command):
    root = made / "book"
    path = root / "data" / "responses" / ("picture.svg" if "picture" in name else "2014.csv")
    with with_page(
        root, ASKED[name].replace("PATH", os.path.relpath(path, root / "book")).replace("URI", path.as_uri())
    ):
        is_kept_out(root, "W419", [command])


@pytest.mark.parametrize(
    "name",
    often([name for name in ASKED if "address" in name or "within" in name], "raw, by address", "within a table"),
)
def test_a_page_asks_nothing_of_a_network(made, name):
    root = made / "book"
    with hosting.served(made / "elsewhere") as address:
        text = ASKED[name].replace("URI", f"{address}/2014.csv").replace("file:ABSOLUTE", f"{address}/2014.csv")
        with with_page(root, text):
            is_kept_out(root, "W430")


EXTENSIONS = {
    "a file": "import pathlib; text = pathlib.Path('data/responses/2014.csv').read_text()",
    "a file, by the system's call": "import os; text = os.read(os.open('data/responses/2014.csv', os.O_RDONLY), 99)",
    "a program": "import subprocess; text = subprocess.check_output(['cat', 'data/responses/2014.csv'])",
    "a shell": "import os; text = os.popen('cat data/responses/2014.csv').read()",
    "a connection": "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
    "a name": "import socket; socket.getaddrinfo('example.org', 80)",
    "a page of the web": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/x')",
}


@pytest.mark.parametrize("name", often(EXTENSIONS, "a file", "a shell", "a connection"))
def test_a_directive_that_nobody_foresaw_is_kept_in_too(made, monkeypatch, tmp_path, name):
    root = made / "book"
    code = f"""
from docutils import nodes
from docutils.parsers.rst import Directive
class Reads(Directive):
    def run(self):
        text = ""
        try:
            {EXTENSIONS[name]}
        except Exception:
            pass  # as a careless one would
        return [nodes.paragraph("", str(text))]
def setup(app):
    app.add_directive("reads", Reads)
"""
    module = f"reads_{abs(hash(name))}"
    (tmp_path / f"{module}.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    before = (root / "_config.yml").read_text(encoding="utf-8")
    (root / "_config.yml").write_text(before.replace("[wavebook.site]", f"[wavebook.site, {module}]"), encoding="utf-8")
    code = "W431" if "program" in name or "shell" in name else "W419" if "file" in name else "W430"
    try:
        with with_page(root, "```{reads}\n```\n"):
            is_kept_out(root, code)
    finally:
        (root / "_config.yml").write_text(before, encoding="utf-8")


def test_an_inventory_of_another_site_is_not_fetched(made):
    root = made / "book"
    before = (root / "_config.yml").read_text(encoding="utf-8")
    with hosting.served(made / "elsewhere") as address:
        text = before.replace("[wavebook.site]", "[wavebook.site, sphinx.ext.intersphinx]")
        (root / "_config.yml").write_text(f"{text}    intersphinx_mapping: {{x: [{address}, null]}}\n")
        try:
            run = book.wavebook(root, "build")
        finally:
            (root / "_config.yml").write_text(before, encoding="utf-8")
    assert (run.code, {problem.code for problem in run.problems} >= {"W430"}) == (1, True), run.err


SETTINGS = {
    "html_extra_path": "[../data/responses]",
    "html_static_path": "[../data/responses]",
    "html_logo": "../data/responses/picture.svg",
    "html_favicon": "../data/responses/picture.svg",
    "templates_path": "[../data/responses]",
    "html_theme_path": "[../data]",
    "bibtex_bibfiles": "[../data/references.bib, ../data/responses/2014.csv]",
}


@pytest.mark.parametrize("name", often(SETTINGS, *list(SETTINGS)[::3]))
def test_a_setting_brings_in_no_file_outside_the_book(made, name):
    root = made / "book"
    (root / "book" / "_static").mkdir(exist_ok=True)  # as most books have
    with with_page(root, "", f"    {name}: {SETTINGS[name]}\n"):
        is_kept_out(root, "W419")


LINKS = {
    "a file": ("_static/antwoorden.csv", "data/responses/2014.csv"),
    "a folder": ("_static/antwoorden", "data/responses"),
    "a folder of nothing that is shown": ("map", "data/responses"),
    "a page": ("bladzijde.md", "data/responses/page.md"),
    "a file elsewhere": ("_static/antwoorden.csv", "../elsewhere/2014.csv"),
    "a file of the data": ("_static/figures.csv", "data/figures/2014.csv"),
    "the way out": ("_static/boven", "."),
}


@pytest.mark.parametrize("how", often(["relative", "absolute", "by way of another link"], "relative"))
@pytest.mark.parametrize("name", LINKS)
def test_a_link_in_the_book_leads_to_nothing_outside_it(made, name, how):
    root = made / "book"
    path, target = root / "book" / LINKS[name][0], root / LINKS[name][1]
    path.parent.mkdir(exist_ok=True)
    links = [path]
    if how == "by way of another link":
        links.append(root / "_way")
        links[1].symlink_to(target)
        target = links[1]
    path.symlink_to(os.path.relpath(target, path.parent) if how == "relative" else target)
    try:
        commands = [["build"], ["build", "--draft"], ["build", "--editions", "theme=work"]]
        is_kept_out(root, "W418" if name == "a page" else "W419", *commands)
        assert not (root / "_build" / "editions").exists()
    finally:
        for link in links:
            link.unlink()


def test_a_link_in_the_folder_of_notebooks_leads_to_nothing_outside_it(made):
    root = made / "book"
    path = root / "notebooks" / "m.ipynb"
    path.symlink_to("../data/responses/2014.csv")
    try:
        is_kept_out(root, "W419")
    finally:
        path.unlink()


@pytest.mark.parametrize("command", [["build"], ["check"], ["build", "--editions", "theme=work"]])
def test_a_pipe_in_the_book_is_named_and_not_waited_for(made, command):
    root = made / "book"
    (root / "book" / "_static").mkdir(exist_ok=True)
    os.mkfifo(root / "book" / "_static" / "pijp")
    try:
        is_kept_out(root, "W419", command)
    finally:
        (root / "book" / "_static" / "pijp").unlink()


INSIDE = {
    "raw": "```{raw} html\n:file: deel/tabel.csv\n```\n",
    "raw, as typed": "```{raw} html\n<b>qzkopenvw</b>\n```\n",
    "a table": "```{csv-table}\n:file: deel/tabel.csv\n```\n",
    "include": "```{include} deel/deel.txt\n```\n",
    "code": "```{literalinclude} deel/tabel.csv\n```\n",
    "a way round": "```{literalinclude} ../book/deel/tabel.csv\n```\n",
    "a link within": "```{literalinclude} deel/link.csv\n```\n",
    "rst: include": rst(".. include:: deel/deel.txt"),
    "rst: raw": rst(".. raw:: html\n   :file: deel/tabel.csv"),
}


def test_what_lies_in_the_book_is_shown(made, tmp_path):
    root = shutil.copytree(made / "book", tmp_path / "book", symlinks=True)
    words = {name: f"qzkopenvw{'abcdefghi'[number]}" for number, name in enumerate(INSIDE)}
    for word in words.values():
        folder = root / "book" / word
        folder.mkdir()
        for name in ("tabel.csv", "deel.txt"):
            (folder / name).write_text(f"{word}\n", encoding="utf-8")
        (folder / "link.csv").symlink_to("tabel.csv")
    asked = [
        text.replace("deel/", f"{words[name]}/").replace("qzkopenvw<", f"{words[name]}<")
        for name, text in INSIDE.items()
    ]
    with with_page(root, "\n".join(asked)):
        run = book.wavebook(root, "build")
    assert (run.err, run.code) == ("", 0)
    page = (root / "_build" / "html" / "index.html").read_text(encoding="utf-8")
    assert [name for name, word in words.items() if word not in page] == []


def test_compiled_modules_may_be_kept_in_a_folder_of_their_own(made, monkeypatch, tmp_path):
    monkeypatch.setattr(enclosure.sys, "pycache_prefix", str(tmp_path))
    enclosure._packages.cache_clear()
    own = [enclosure._is_of_packages(str(path / "a.pyc"), str(made / "book")) for path in (tmp_path, tmp_path.parent)]
    enclosure._packages.cache_clear()
    assert own == [True, False]


def test_the_folder_of_pages_is_no_link_itself(made, tmp_path):
    root = shutil.copytree(made / "book", tmp_path / "book")
    (root / "book").rename(tmp_path / "pages")
    (root / "book").symlink_to("../pages")
    run = book.wavebook(root, "build")
    assert (run.code, [(problem.code, problem.place) for problem in run.problems]) == (1, [("W419", "book")])


def test_what_is_refused_is_named_with_its_page(made):
    root = made / "book"
    (root / "book" / "b.md").write_text(
        "---\nreviewed: 2014\n---\n# B\n\n" + ASKED["raw, by address"].replace("URI", "http://a.example/x")
    )
    (root / "_toc.yml").write_text(TOC + "chapters:\n- file: b\n", encoding="utf-8")
    try:
        run = book.wavebook(root, "build")
    finally:
        (root / "book" / "b.md").unlink()
        (root / "_toc.yml").write_text(TOC, encoding="utf-8")
    (problem,) = run.of("W430")
    assert (problem.place, "http://a.example/x" in problem.text) == ("book/b.md", True)


def test_what_a_run_that_stopped_at_its_settings_was_refused_is_named_with_them():
    with enclosure.closed() as run:
        run.app = SimpleNamespace(events=SimpleNamespace(listeners={}))  # which has read no page yet
        with pytest.raises(PermissionError):
            run.refuse("W430", "https://elsewhere.example")
        (problem,) = enclosure.refused()
    assert (problem.code, problem.place) == ("W430", "_config.yml")


def test_a_sphinx_that_looks_in_the_folder_itself_needs_no_change(monkeypatch):
    monkeypatch.setattr(enclosure, "PATTERNS", ("sphinx.project:not_there",))
    enclosure._take_names_as_they_are()
    assert not hasattr(import_module("sphinx.project"), "not_there")
