"""A new book in its folder: whole, from answers or from made-up ones, or nothing."""

import json
import os
import re
import shutil
import subprocess

import listeners
import pytest

import book
from wavebook.core.problems import ProblemsError
from wavebook.definitions import load_definitions
from wavebook.start import begin as start
from wavebook.start.options import Options, completed

PAGES = ["answers", "data", "index", "methods"]


def begun(folder, **options):
    return start.begin(completed(Options(folder, **options)))


@pytest.fixture(scope="module")
def bureau(tmp_path_factory):
    """A book from a labelled file of a bureau: its folder, and what was laid."""
    folder = tmp_path_factory.mktemp("bureau")
    path = listeners.spss(folder / "answers.sav")
    made = begun(folder / "mybook", wave="2024-03", file=path, title="Broadcaster 2024")
    assert not (folder / "mybook" / "_build").exists()
    return folder / "mybook", made


def test_a_dozen_files_are_for_the_editor_and_the_rest_is_made_from_the_answers(bureau):
    root, made = bureau
    from_answers = {name for name in made.files if re.match(r"data/(responses|figures|codebooks|correlations)/", name)}
    own = set(made.files) - from_answers
    assert own == {
        *("_config.yml", "_toc.yml", ".gitignore", ".github/workflows/book.yml", "README.md"),
        *(f"data/{name}" for name in ("waves.toml", "indicators.toml", "references.bib", "accessibility.toml")),
        *(f"book/{name}.md" for name in PAGES),
        *("book/_static/house-style.css", "notebooks/answers.ipynb"),
    }
    assert len(own) <= 15
    assert [path.name for path in root.parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("name", "ignored"),
    [
        ("web/2024/data/figures.parquet", False),
        ("web/data/tables.xlsx", False),
        ("web/2024/en/charts/trust.csv", False),
        ("web/2024.csv", True),
        ("web/2024/data/2024.sav", True),
        ("data/responses/2024.csv", True),
        ("2024.xlsx", True),
    ],
)
def test_git_takes_what_was_published_and_no_answers(bureau, tmp_path, name, ignored):
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    shutil.copy(bureau[0] / ".gitignore", tmp_path)
    assert (subprocess.run(["git", "check-ignore", "-q", name], cwd=tmp_path, check=False).returncode == 0) == ignored


def test_labels_become_declarations_that_can_be_loaded(bureau):
    root, made = bureau
    d = load_definitions(root)
    units = {name: (i.unit.kind, *(i.unit.ends if i.unit.kind == "score" else ())) for name, i in d.indicators.items()}
    assert units == {
        "matters": ("share",),
        "trusted": ("score", 0, 10),
        "happyeco": ("score", 0, 10),
        "pbldmn": ("share",),
        "news": ("share",),
        "income": ("amount",),
        "happy": ("score", 1, 4),
        "hours": ("count",),
    }
    assert d.indicators["income"].unit.currency == "EUR"
    assert set(d.segments) == {"gndr"}
    plan = d.waves["2024-03"].responses
    assert (plan.respondent, plan.weight, plan.strata) == ("idno", "pspwght", ())
    assert d.disclosure.minimum_base == 30
    assert "confirm" in d.disclosure.source
    assert made.doubted == ("Age of respondent",)


def test_pages_have_live_numbers_and_sentences_that_hold(bureau):
    root, _ = bureau
    index = (root / "book/index.md").read_text(encoding="utf-8")
    assert "{value}`matters.agree`" in index
    assert "[The answer given most often to “The broadcaster tells what matters” is “Agree”.]{.claim" in index
    assert re.findall(r"(?<![\w-])\d+(?![\w-])", index.partition("# ")[2].partition("\n")[2]) == []
    run = book.wavebook(root, "check")
    assert (run.code, run.err) == (0, "")
    assert "holds" in run.out


def test_answers_stay_out_of_git_wherever_they_are(bureau, tmp_path):
    root, made = bureau
    copy = shutil.copytree(root, tmp_path / "mybook")
    shutil.copy2(copy / "data/responses/2024-03.sav", copy / "book" / "copy.SAV")
    (copy / "answers.csv").write_text("id\n1\n")
    subprocess.run(["git", "init", "-q"], cwd=copy, check=True)
    subprocess.run(["git", "add", "-A"], cwd=copy, check=True)
    added = subprocess.run(["git", "ls-files"], cwd=copy, capture_output=True, text=True, check=True).stdout.split()
    assert set(added) == {name for name in made.files if not name.startswith("data/responses/")}
    if os.name == "posix":
        assert (root / "data/responses/2024-03.sav").stat().st_mode & 0o077 == 0


def test_the_book_builds_strictly(bureau):
    root, _ = bureau
    run = book.wavebook(root, "build")
    assert (run.code, run.err) == (0, "")
    assert {f"{name}.html" for name in PAGES} <= run.site.keys()
    page = (root / "_build/html/index.html").read_text(encoding="utf-8")
    assert "Broadcaster 2024" in page
    assert "made up" not in page.casefold()


def test_a_book_without_answers_says_on_every_page_that_they_are_made_up(tmp_path):
    root = tmp_path / "a" / "b"
    begun(root, languages=("de", "en"), wave="2024")
    d = load_definitions(root)
    assert d.waves["2024"].made_up
    assert {unit.unit.kind for unit in d.indicators.values()} == {"share", "score"}
    run = book.wavebook(root, "build")
    assert (run.code, run.err) == (0, "")
    for name, words in (("index", "Erfundene"), ("antworten", "Erfundene"), ("en/index", "Made-up")):
        assert words in (root / "_build/html" / f"{name}.html").read_text(encoding="utf-8"), name
    german = (root / "_build/html/antworten.html").read_text(encoding="utf-8")
    assert "Am häufigsten" in german or "am häufigsten" in german


@pytest.mark.parametrize("name", ["_config.yml", "book/index.md", "data/waves.toml", "data/figures/2024.csv"])
def test_files_that_are_there_are_named_and_nothing_is_written(tmp_path, name):
    path = tmp_path / "mybook" / name
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    before = book.listing(tmp_path)
    with pytest.raises(ProblemsError) as error:
        begun(tmp_path / "mybook", wave="2024")
    (problem,) = error.value.problems
    assert problem.code == "W512"
    assert name in problem.found
    assert book.listing(tmp_path) == before


def test_other_files_in_the_folder_stay_as_they_are(tmp_path):
    (tmp_path / "mybook").mkdir()
    (tmp_path / "mybook" / "notes.txt").write_text("mine")
    begun(tmp_path / "mybook", wave="2024")
    assert (tmp_path / "mybook" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("blocked", ["mybook", "mybook/data", "mybook/book"])
def test_what_is_no_folder_is_named(tmp_path, blocked):
    path = tmp_path / blocked
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    with pytest.raises(ProblemsError) as error:
        begun(tmp_path / "mybook", wave="2024")
    assert [problem.code for problem in error.value.problems] == ["W512"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"id,name\n" + b"".join(b"%d,somebody %d\n" % (i, i) for i in range(50)), "W514"),
        (b"id,v1\n1,yes\n2,no\n", "W514"),
        (b"a,b\n1,2,3\n", "W103"),
        (b"", "W103"),
    ],
)
def test_answers_of_which_no_book_can_be_made_leave_nothing(tmp_path, content, code):
    path = tmp_path / "2024.csv"
    path.write_bytes(content)
    before = book.listing(tmp_path)
    with pytest.raises(ProblemsError) as error:
        begun(tmp_path / "mybook", file=path)
    assert [problem.code for problem in error.value.problems] == [code]
    assert book.listing(tmp_path) == before
    assert [p.name for p in tmp_path.iterdir()] == ["2024.csv"]


def test_a_move_that_fails_half_way_leaves_nothing(tmp_path, monkeypatch):
    moved = []

    def put(source, target):
        if len(moved) == 5:
            raise OSError(28, "No space left on device", str(target))
        moved.append(target)
        os.rename(source, target)

    monkeypatch.setattr(start, "_put", put)
    (tmp_path / "a" / "mybook").mkdir(parents=True)
    with pytest.raises(OSError, match="No space"):
        begun(tmp_path / "a" / "mybook", wave="2024")
    assert [*tmp_path.rglob("*")] == [tmp_path / "a", tmp_path / "a" / "mybook"]


def test_a_new_folder_is_there_whole_or_not_at_all(tmp_path, monkeypatch):
    def rename(source, target):
        assert target == tmp_path / "a" / "mybook"
        raise OSError(28, "No space left on device", str(target))

    with monkeypatch.context() as full:
        full.setattr(start.os, "rename", rename)
        with pytest.raises(OSError, match="No space"):
            begun(tmp_path / "a" / "mybook", wave="2024")
    assert [*tmp_path.iterdir()] == []
    begun(tmp_path / "a" / "mybook", wave="2024")
    assert (tmp_path / "a" / "mybook").stat().st_mode == (tmp_path / "a").stat().st_mode


def test_of_two_books_laid_in_one_folder_at_once_one_is_laid(tmp_path):
    (target := tmp_path / "mybook").mkdir()

    def other(made):
        start.lay(target, lambda made: (made / "README.md").write_text("first"))
        (made / "README.md").write_text("second")

    with pytest.raises(ProblemsError, match="W512"):
        start.lay(target, other)
    assert (target / "README.md").read_text() == "first"
    assert [*tmp_path.iterdir()] == [target]


def test_a_column_of_weights_can_be_named_or_refused(tmp_path):
    path = listeners.spss(tmp_path / "2024.sav")

    def weight(name):
        begun(tmp_path / f"b{name}", file=path, weight=name)
        return load_definitions(tmp_path / f"b{name}").waves["2024"].responses.weight

    assert weight("-") is None
    with pytest.raises(ProblemsError, match="W107"):
        weight("nothing")


def test_the_command_asks_nothing_without_a_terminal_and_says_what_comes_next(tmp_path):
    run = book.wavebook(tmp_path, "init", "mybook", "--wave", "2024-03", "--language", "fr")
    assert (run.code, run.err) == (0, "")
    assert "cd mybook && wavebook build" in run.out
    notebook = json.loads((tmp_path / "mybook/notebooks/reponses.ipynb").read_text(encoding="utf-8"))
    assert notebook["cells"][0]["source"].startswith("# Les réponses")
    assert notebook["cells"][1]["source"].startswith("wave = None\n")


def test_a_form_of_check_boxes_becomes_a_book(tmp_path):
    path = listeners.form(tmp_path / "2024-03.csv")
    made = begun(tmp_path / "mybook", file=path)
    assert "Which news do you use?" in made.shown
    assert book.wavebook(tmp_path / "mybook", "check").code == 0
