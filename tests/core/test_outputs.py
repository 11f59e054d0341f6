"""What stands where a site is to go stays as it is, unless it is an empty or new folder, or one that was made here."""

import os
import socket
import stat

import pytest
from hostile import in_time
from leaf import make_leaf
from sweeps import often

import book
from wavebook.core import marker, outputs
from wavebook.core.problems import ProblemsError

COMMANDS = {
    "build": (["build", "--output"], "W502"),
    "draft": (["build", "--draft", "--output"], "W502"),
    "editions": (["build", "--editions", "theme=work", "--output"], "W502"),
    "publish": (["publish"], "W502"),
    "demo": (["demo", "--folder"], "W110"),
}


@pytest.fixture(scope="module")
def leaf(tmp_path_factory):
    return make_leaf(tmp_path_factory.mktemp("outputs") / "book")


def identity(path):
    """What stands there: kind, number, and what it holds."""
    found = os.lstat(path)
    inside = sorted(p.relative_to(path).as_posix() for p in path.rglob("*")) if path.is_dir() else None
    return stat.S_IFMT(found.st_mode), found.st_ino, inside, os.readlink(path) if path.is_symlink() else None


def put(kind, path):
    match kind:
        case "a pipe":
            os.mkfifo(path)
        case "a socket":
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(os.path.relpath(path))
        case "a file":
            path.write_text("mine", encoding="utf-8")
        case "a link to a device":
            path.symlink_to("/dev/null")
        case "a link to a pipe":
            os.mkfifo(path.with_name("pipe"))
            path.symlink_to("pipe")
        case "a link to a file":
            path.with_name("file").write_text("mine", encoding="utf-8")
            path.symlink_to("file")
        case "a link that leads nowhere":
            path.symlink_to("nowhere")
        case "a link to itself":
            path.symlink_to(path.name)
        case "a folder with a file":
            path.mkdir()
            (path / "thesis.doc").write_text("mine", encoding="utf-8")
        case "a link to a folder with a file":
            put("a folder with a file", path.with_name("folder"))
            path.symlink_to("folder")
        case "a folder with a folder":
            (path / "photos").mkdir(parents=True)
        case "a folder with a hidden file":
            path.mkdir()
            (path / ".profile").write_text("mine", encoding="utf-8")
        case "a site of another Sphinx":
            (path / "_static").mkdir(parents=True)
            for name in (".buildinfo", "index.html", "objects.inv", "searchindex.js", "_static/basic.css"):
                (path / name).write_text("theirs", encoding="utf-8")
        case "a book's data":
            (path / "data").mkdir(parents=True)
            (path / "data" / "waves.toml").write_text("baseline = 2010\n", encoding="utf-8")
        case "editions of something else":
            path.mkdir()
            (path / "editions.json").write_text('{"editions": ["first", "second"]}', encoding="utf-8")
        case "a mark of another program":
            path.mkdir()
            (path / marker.MARK).write_text("{}", encoding="utf-8")
            (path / "thesis.doc").write_text("mine", encoding="utf-8")
        case "a link to a site":
            path.with_name("site").mkdir()
            marker.write(path.with_name("site"), marker.SITE)
            path.symlink_to("site")
        case "a demonstration's name alone":
            (path / "data").mkdir(parents=True)
            (path / "_config.yml").write_text("title: mine", encoding="utf-8")


# The one command that makes a site in each way; the others, which choose their folder alike, in the long run.
TRIED = [name if name in ("build", "publish") else pytest.param(name, marks=pytest.mark.slow) for name in COMMANDS]
KINDS = [
    *("a pipe", "a socket", "a file", "a link to a device", "a link to a pipe", "a link to a file"),
    *("a link that leads nowhere", "a link to itself", "a folder with a file", "a link to a folder with a file"),
    *("a folder with a folder", "a folder with a hidden file", "a site of another Sphinx", "a book's data"),
    *("editions of something else", "a mark of another program", "a link to a site", "a demonstration's name alone"),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("command", TRIED)
def test_what_is_not_ours_is_refused_before_anything_is_written(leaf, tmp_path, monkeypatch, command, kind):
    monkeypatch.chdir(tmp_path)
    put(kind, tmp_path / "out")
    before, root = {path: identity(path) for path in tmp_path.iterdir()}, book.listing(leaf)
    arguments, code = COMMANDS[command]
    with in_time():
        run = book.wavebook(leaf, *arguments, str(tmp_path / "out"))
    assert (run.code, [problem.code for problem in run.problems]) == (1, [code]), run.err
    assert {path: identity(path) for path in tmp_path.iterdir()} == before
    assert book.listing(leaf) == root


@pytest.mark.parametrize("path", ["/dev/null", "/dev/zero", "/proc", "/dev", "/", "~", "~/.."])
@pytest.mark.parametrize("command", TRIED)
def test_devices_other_disks_and_the_home_folder_are_refused(leaf, tmp_path, monkeypatch, command, path):
    monkeypatch.setenv("HOME", str(tmp_path / "home" / "editor"))
    (tmp_path / "home" / "editor").mkdir(parents=True)
    path = os.path.expanduser(path)
    before = os.lstat(path)
    arguments, code = COMMANDS[command]
    with in_time():
        run = book.wavebook(leaf, *arguments, path)
    assert (run.code, [problem.code for problem in run.problems]) == (1, [code]), run.err
    assert (os.lstat(path).st_ino, os.lstat(path).st_mode) == (before.st_ino, before.st_mode)
    assert os.listdir(tmp_path / "home" / "editor") == []


FOLDERS = [".", "..", "book", "book/new", "data/responses/site", "notebooks/x", "_build"]


@pytest.mark.parametrize("folder", often(FOLDERS, ".", "book/new", "data/responses/site"))
@pytest.mark.parametrize("command", TRIED)
def test_a_folder_that_the_book_is_made_from_is_refused(tmp_path, command, folder):
    root = make_leaf(tmp_path / "around" / "book")
    before = {name: digest for name, (digest, _) in book.listing(root).items()}
    arguments, code = COMMANDS[command]
    run = book.wavebook(root, *arguments, folder)
    assert (run.code, [problem.code for problem in run.problems]) == (1, [code]), run.err
    assert {name: digest for name, (digest, _) in book.listing(root).items()} == before


def test_a_refusal_waits_for_no_other_run(leaf, tmp_path):
    from wavebook.core import files

    os.mkfifo(tmp_path / "pipe")
    with files.alone(leaf / "_build" / ".wavebook"), in_time():
        assert book.wavebook(leaf, "build", "--output", str(tmp_path / "pipe")).code == 1
        assert book.wavebook(leaf, "publish", str(tmp_path / "pipe")).code == 1


def test_a_site_takes_the_place_of_an_empty_folder_and_of_itself(leaf, tmp_path):
    (tmp_path / "out").mkdir()
    for output in ("out", "new/deep", "out", "new/deep"):
        run = book.wavebook(leaf, "build", "--output", str(tmp_path / output))
        assert (run.err, run.code) == ("", 0)
        assert (tmp_path / output / marker.MARK).is_file()
        with (leaf / "book" / "index.md").open("a", encoding="utf-8") as page:
            page.write("\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "out"]


def test_a_site_of_before_the_mark_or_of_jupyter_book_is_known(leaf, tmp_path):
    assert book.wavebook(leaf, "build", "--output", str(tmp_path / "out")).code == 0
    (tmp_path / "out" / marker.MARK).unlink()
    (tmp_path / "out" / marker.SPHINX_OWN).write_text("# Sphinx build info version 1\n", encoding="utf-8")
    (tmp_path / "out" / "CNAME").write_text("book.example\n", encoding="utf-8")
    with (leaf / "book" / "index.md").open("a", encoding="utf-8") as page:
        page.write("\nNog een alinea.\n")
    run = book.wavebook(leaf, "build", "--output", str(tmp_path / "out"))
    assert (run.err, run.code) == ("", 0)
    assert "Nog een alinea." in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "CNAME").is_file()
    assert (tmp_path / "out" / marker.MARK).is_file()


def test_a_folder_that_has_the_name_of_work_beside_it_stays(leaf, tmp_path):
    for name in (".out.new", ".out.old", "out.new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "thesis.doc").write_text("mine", encoding="utf-8")
    for _ in range(2):
        assert book.wavebook(leaf, "build", "--output", str(tmp_path / "out")).code == 0
        with (leaf / "book" / "index.md").open("a", encoding="utf-8") as page:
            page.write("\n")
    assert all((tmp_path / name / "thesis.doc").is_file() for name in (".out.new", ".out.old", "out.new"))


def test_what_came_to_stand_there_meanwhile_is_left_alone(tmp_path):
    (tmp_path / "site").mkdir()
    os.mkfifo(tmp_path / "out")
    with pytest.raises(NotADirectoryError):
        outputs.publish(tmp_path / "site", tmp_path / "out")
    assert stat.S_ISFIFO(os.lstat(tmp_path / "out").st_mode)


@pytest.mark.parametrize("kind", ["a pipe", "a link to a device", "a socket", "a folder with a file"])
def test_a_report_takes_the_place_of_no_device(leaf, tmp_path, monkeypatch, kind):
    monkeypatch.chdir(tmp_path)
    put(kind, tmp_path / "out.html")
    before, null = identity(tmp_path / "out.html"), os.lstat("/dev/null").st_ino
    with in_time():
        run = book.wavebook(leaf, "diff", "2013", "2014", "--html", str(tmp_path / "out.html"))
    assert (run.code, [problem.code for problem in run.problems]) == (1, ["W506"]), run.err
    assert (identity(tmp_path / "out.html"), os.lstat("/dev/null").st_ino) == (before, null)


def test_of_what_a_book_would_write_a_link_is_refused(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "elsewhere.csv").touch()
    (tmp_path / "data" / "2014.csv").symlink_to("../elsewhere.csv")
    with pytest.raises(ProblemsError, match=r"W533 data/2014\.csv: is a link"):
        outputs.no_links(tmp_path, "data", "data/2014.csv", "data/2013.csv")


def test_everybody_can_read_every_file_of_a_site_whoever_made_it(tmp_path):
    site, output = tmp_path / "site", tmp_path / "html"
    (site / "charts").mkdir(parents=True)
    for name in ("index.html", "charts/a.svg", "b.html"):
        (site / name).write_text(name)
    for path, mode in ((site / "index.html", 0o600), (site / "b.html", 0o777), (site / "charts", 0o700), (site, 0o770)):
        path.chmod(mode)
    outputs.publish(site, output)
    assert {stat.S_IMODE(p.stat().st_mode) for p in output.rglob("*") if p.is_file()} == {0o644}
    assert [stat.S_IMODE(p.stat().st_mode) for p in (output, output / "charts")] == [0o775, 0o755]


def test_what_somebody_else_put_beside_a_site_keeps_its_permissions(tmp_path):
    site, output = tmp_path / "site", tmp_path / "html"
    site.mkdir()
    (site / "index.html").write_text("1")
    outputs.publish(site, output)
    (output / "secret").write_text("mine")
    (output / "secret").chmod(0o600)
    (output / "link").symlink_to(output / "secret")
    (site / "index.html").write_text("another")
    outputs.publish(site, output)
    assert (output / "index.html").read_text() == "another"
    assert stat.S_IMODE((output / "secret").stat().st_mode) == 0o600
