"""The user guide: its reference is made from the code, and what its examples name exists and has the right form."""

from __future__ import annotations

import ast
import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import book
from book import ROOT
from wavebook import charts
from wavebook.claims import STATEMENTS
from wavebook.cli.commands import parser
from wavebook.pages import figure_tables
from wavebook.pages.roles import ROLES

DOCS = ROOT / "docs"
WRITTEN = sorted(
    p
    for p in DOCS.rglob("*.md")
    if "reference" not in p.parts and p.name not in ("claims.md", "problems.md", "tried.md")
)
GUIDE = [*WRITTEN, ROOT / "README.md"]
BLOCK = re.compile(r"^(`{3,}|:{3,})([\w-]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
DIRECTIVES = {
    "chart",
    "claims",
    "waves",
    "changes",
    "accessibility",
    "code-block",
    "code-cell",
    "download",
    *figure_tables.TABLES,
}
OTHERS = {"cite", "credit", "download", "spark", "feed", "doc", "ref", "eq"}


def blocks(*languages: str) -> list:
    """The examples of the guide in these languages, each with its page and first line."""
    return [
        pytest.param(
            found[3], id=f"{page.relative_to(ROOT)}:{page.read_text('utf-8')[: found.start()].count(chr(10)) + 2}"
        )
        for page in GUIDE
        for found in BLOCK.finditer(page.read_text("utf-8"))
        if found[2] in languages
    ]


def test_the_reference_is_that_of_the_code():
    done = subprocess.run([sys.executable, ROOT / "tools/reference", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_page_of_the_guide_is_in_its_contents():
    listed = re.findall(r"(?:file|root): (\S+)", (DOCS / "_toc.yml").read_text("utf-8"))
    assert sorted(listed) == sorted(p.relative_to(DOCS).with_suffix("").as_posix() for p in DOCS.rglob("*.md"))


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_commands_that_a_page_names_exist(page):
    known = set(parser()._subparsers._group_actions[0].choices)
    named = set(re.findall(r"`wavebook ([a-z]+)", page.read_text("utf-8")))
    assert named <= known


@pytest.mark.parametrize("example", blocks("text", "console"))
def test_a_command_has_the_arguments_that_it_takes(example):
    for line in example.splitlines():
        command = re.split(r"\s{2,}|\s#", line.strip().removeprefix("$ "))[0]
        if command.startswith("wavebook ") and "…" not in command:
            parser().parse_args(shlex.split(command)[1:])  # ends the test if they are not


@pytest.mark.parametrize("example", blocks("python"))
def test_what_a_notebook_calls_exists(example):
    for node in ast.walk(ast.parse(example)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "claims":
                assert node.attr in {*STATEMENTS, "judge"}
            elif node.value.id == "charts":
                assert node.attr in charts.__all__


@pytest.mark.parametrize("example", blocks("toml"))
def test_a_declaration_can_be_read(example):
    assert tomllib.loads(example)


@pytest.mark.parametrize("example", blocks("yaml"))
def test_settings_can_be_read(example):
    assert yaml.safe_load(example)


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_roles_and_directives_that_a_page_names_exist(page):
    text = page.read_text("utf-8")
    roles = set(re.findall(r"\{([a-z-]+)(?::[a-z]+)?\}`", text))
    assert roles <= {*ROLES, *OTHERS}
    named = set(re.findall(r"^(?:`{3}|:{3})\{([a-z-]+)\}", text, re.MULTILINE))
    assert named <= DIRECTIVES


# --- the tutorial ------------------------------------------------------------------------------------------


def changed(path: Path, diff: str) -> None:
    """Apply an example of a change to a file; in a notebook, to the cell that it is about."""
    lines = diff.splitlines()
    old = "\n".join(line[1:] for line in lines if line[0] in " -")
    new = "\n".join(line[1:] for line in lines if line[0] in " +")
    if path.suffix == ".ipynb":
        notebook = json.loads(path.read_text("utf-8"))
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"]).replace(old + "\n", new + "\n" if new else "")
        path.write_text(json.dumps(notebook), "utf-8")
    else:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.slow
def test_the_tutorial_leads_where_it_says(tmp_path):
    text = (DOCS / "tutorial.md").read_text("utf-8")
    where, stopped = tmp_path, ""
    for found in BLOCK.finditer(text):
        language, example = found[2], found[3]
        if language == "python":
            (where / "make.py").write_text(example, "utf-8")
        elif language == "diff":
            named = re.findall(r"`([\w/.]+\.(?:toml|md|ipynb))`", text[: found.start()])
            changed(where / named[-1], example)
        elif language == "text":
            assert example.strip() in stopped
        elif language == "console":
            for line in example.splitlines():
                command, _, remark = line.removeprefix("$ ").partition("  # ")
                if command.startswith("cd "):
                    where /= command.removeprefix("cd ")
                elif not command.startswith("pip "):
                    program, *words = shlex.split(command)
                    run = book.wavebook if program == "wavebook" else book.command
                    done = run(where, *([] if program == "wavebook" else [program]), *words)
                    assert done.code == (remark == "stops"), done.out + done.err
                    stopped = done.err
    assert (where / "_build/html/answers.html").is_file()
    page = re.sub(r"<[^>]+>", "", (where / "_build/html/answers.html").read_text("utf-8"))
    assert "Young visitors are less satisfied than others" in page


@pytest.mark.slow
def test_the_guide_is_built_without_a_warning(tmp_path):
    command = [Path(sys.executable).with_name("jupyter-book"), "build", DOCS, "-W", "-n", "--keep-going"]
    done = subprocess.run([*command, "--path-output", tmp_path], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
