"""A book about a library, from its first wave to its second: what readers and editors meet in each."""

import json
import random
import re
import textwrap

import nbformat
import pytest
import rounds

from book import wavebook

PAGE = """\
---
reviewed: {wave}
---
# Visits

In {{wave}}`wave`, {{value}}`visits` of all readers visited the library.

[More than half of them did.]{{.claim #most}}

:::{{chart}} visits
Share of readers who visited the library.
:::
{more}"""
CONFIG = """\
title: The library
author: Friends of the library
languages: [en]
only_build_toc_files: true
execute: {execute_notebooks: "off"}
bibtex_bibfiles: [../data/references.bib]
sphinx:
  config:
    html_theme: wavebook
    extensions: [myst_nb, jupyter_book, sphinx_external_toc, sphinxcontrib.bibtex, wavebook.site]
    myst_enable_extensions: [attrs_inline, colon_fence]
"""
RESPONSES = """
[waves.{key}.responses]
source = "library"
locator = "{key}.csv"
[waves.{key}.responses.columns]
visits = "visited"
[waves.{key}.responses.codes.visits]
1 = "yes"
0 = "no"
"""
RULES = '[disclosure]\nminimum_base = 5\ndominance_share = 90\nsource = "nobody"\n'
FIRST, SECOND = "2024-03", "2024-09"


def declared(*keys):
    ready = "published = true\n    released = 2024-10-01"
    waves = "".join(rounds.WAVE.format(key=key, more=ready) for key in keys)
    return textwrap.dedent(RULES) + textwrap.dedent(waves) + "".join(RESPONSES.format(key=key) for key in keys)


def answers(root, key, share):
    path = root / "data" / "responses" / f"{key}.csv"
    path.parent.mkdir(exist_ok=True)
    chance = random.Random(key)
    path.write_text("visited\n" + "".join(f"{int(chance.random() < share)}\n" for _ in range(400)))
    return str(path)


def page(root, wave, more=""):
    (root / "book" / "index.md").write_text(PAGE.format(wave=wave, more=more))


def notebook(root, *claims):
    cell = nbformat.v4.new_code_cell
    parameters = cell(f'wave = "{FIRST}"\nbaseline = "{FIRST}"\nlanguage = "en"')
    parameters.metadata["tags"] = ["parameters"]
    load = "from wavebook import charts, claims, load\nfigures = load(wave=wave, baseline=baseline, language=language)"
    draw = 'charts.lines("visits", figures.select("visits", waves="all"))'
    made = nbformat.v4.new_notebook(cells=[parameters, *map(cell, (load, draw))])
    made.cells.append(cell(f"claims.judge(figures, {{{', '.join(claims)}}})"))
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python", "language": "python"}
    (root / "notebooks" / "visits.ipynb").write_text(nbformat.writes(made))


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = rounds.write(tmp_path_factory.mktemp("library"), {}, [])
    for name in ("book", "notebooks"):
        (root / name).mkdir()
    (root / "_config.yml").write_text(CONFIG)
    (root / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    (root / "data" / "waves.toml").write_text(declared(FIRST))
    page(root, FIRST)
    notebook(root, '"most": claims.above("visits", 50)')
    return root


def run(root, *arguments):
    found = wavebook(root, *arguments)
    assert found.code == 0, found.err
    return found.out


def test_from_the_first_wave_to_the_second(root):
    path = answers(root, FIRST, 0.65)
    assert "visited" in run(root, "inspect", path)
    run(root, "estimate", FIRST)
    assert "published" in run(root, "publish", "web")
    assert "In March 2024" in (root / "web/index.html").read_text()
    assert json.loads((root / "web" / FIRST / "edition.json").read_text())["wave"] == FIRST

    # a change has nothing to be compared with
    page(root, FIRST, "\nThe share {trend}`visits`.\n\n[It rose.]{.claim #rose}\n")
    notebook(root, '"most": claims.above("visits", 50)', '"rose": claims.rises("visits")')
    found = wavebook(root, "build")
    assert found.code == 1
    assert {problem.code for problem in found.problems} == {"W434"}

    # the second wave has
    path = answers(root, SECOND, 0.85)
    assert f"[waves.{SECOND}]" in run(root, "inspect", path)
    (root / "data" / "waves.toml").write_text(declared(FIRST, SECOND))
    run(root, "inspect", path, "--mapping")
    run(root, "sign", SECOND, "--by", "a tester")
    run(root, "estimate", SECOND)
    assert "September 2024 against March 2024" in run(root, "diff", FIRST, SECOND)
    page(root, SECOND, "\nThe share {trend}`visits`.\n\n[It rose.]{.claim #rose}\n")
    run(root, "publish", "web")
    index = (root / "web" / "index.html").read_text()
    assert "The share rose." in " ".join(re.sub(r"</?span\b[^>]*>", "", index).split())
    assert f'href="{FIRST}/index.html"' in index
    assert "March 2024" in index
    assert (root / "web" / SECOND / "index.html").is_file()
    assert "as published" in run(root, "verify", "web")
