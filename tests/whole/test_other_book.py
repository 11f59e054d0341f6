"""The library makes another book than this one, of which it knows nothing: every role and directive, two languages."""

import re
import shutil
from unittest.mock import MagicMock

import lending
import pytest
from leaf import END, make_leaf, put_notebook
from lxml import html
from small import speak

import book
from wavebook.core.front_matter import twin_of
from wavebook.site import extension

SOURCES = (
    "from wavebook import charts, claims\nfrom wavebook.figures import load",
    "figures = load(wave=wave, baseline=baseline, population=population, language=language)",
    'charts.lines("line", figures.select("grade", waves="all"))',
    'claims.judge(figures, {"risen": claims.rises("grade"), "near": claims.about("share.yes", 1 / 7, within=2)})',
)
PAGE = """---
reviewed: 2014
fixed: {}
---
# Cijfers

{value}`grade`, {number}`grade`, {word}`fact:towns`, {n}`grade`, {spark}`grade`, {wave}`baseline`, {segment}`theme`,
{feed}`wijzigingen`.
{trend}`grade` {change}`grade`. {compared}`grade@previous`, {credit}`wave`.
{fact}`towns` {fact}`towns.of` {cite:p}`report`.
[Ongeveer, binnen {margin}`near`.]{.claim #near}

:::{chart} line
[Steeg.]{.claim #risen}
:::

"""
BARE = ("figures", "facts", "changes", "accessibility", "claims", "notes")
TABLES = "".join(f"```{{{name}}}\n```\n\n" for name in BARE)
WAVES = "```{waves}\n```\n\n```{waves}\n:indicators: grade, share.yes\n```\n"


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """A book of which no name is one of another book's, in two languages, and its pages."""
    root = make_leaf(tmp_path_factory.mktemp("other"))
    put_notebook(root, *SOURCES)
    page = root / "book" / "index.md"
    page.write_text(PAGE + TABLES + WAVES + END, encoding="utf-8")
    english = root / "book" / "en" / "index.md"
    english.parent.mkdir()
    shutil.copy(lending.SOURCE / "book" / "en" / "_config.yml", english.parent)
    top = f"---\ntwin: '{twin_of(page)}'\n"
    speak(root, "nl", "en")
    english.write_text(page.read_text(encoding="utf-8").replace("---\n", top, 1), encoding="utf-8")
    (root / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n  - file: notebooks/n\n", encoding="utf-8")
    return root, book.wavebook(root, "build")


def test_every_role_and_directive_is_on_its_page(monkeypatch, tmp_path):
    used = set(re.findall(r"\{([a-z]+)\}", PAGE + TABLES + WAVES))
    for part in ("enclosure", "speed"):
        monkeypatch.setattr(getattr(extension, part), "setup", lambda app: None)
    monkeypatch.setattr(extension.bibliography, "register", lambda language: None)
    app = MagicMock()
    app.config.language, app.doctreedir = "nl", str(tmp_path)
    extension.setup(app)
    registered = [*app.add_role.call_args_list, *app.add_directive.call_args_list]
    assert {call.args[0] for call in registered} == used


def test_another_book_builds(other):
    _, run = other
    assert (run.code, run.err) == (0, "")


@pytest.mark.parametrize(
    ("page", "heads"), [("index", ["Cijfer", "Antwoord, ja"]), ("en/index", ["Grade", "Answer, yes"])]
)
def test_the_table_of_waves_has_the_columns_that_its_page_asks_for(other, page, heads):
    root, _ = other
    tree = html.parse(root / "_build" / "html" / f"{page}.html")
    found = [[cell.text_content() for cell in table.iter("th")] for table in tree.iter("table")]
    bare, asked = [head for head in found if "Bureau" in head]
    assert [name for name in asked if name not in bare] == heads
    rows = [[cell.text_content() for cell in row] for row in tree.iter("tr")]
    (last,) = [row for row in rows if row[0].startswith("2014 (") and len(row) == len(asked)]
    assert last[3:5] == (["6,9", "14%"] if page == "index" else ["6.9", "14%"])


def test_a_table_of_waves_says_where_what_it_should_list_is_not_there(other):
    root, _ = other
    book.edit(root, "book/index.md", ":indicators: grade, share.yes", ":indicators: grad")
    run = book.wavebook(root, "build")
    assert [problem.file for problem in run.of("W401")] == ["book/index.md"]
    assert "nearest" in run.err
