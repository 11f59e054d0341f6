"""A build that reads only what changed gives the site, and finds the problems, of a build from nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import book

DRAFT = ("build", "--draft")
LINKS = "\nZie [dit](meer-digitaal.md#anker), {ref}`anker`, {numref}`kanalen` en [](puberteit.md).\n"
PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="{height}"/>'


def _change(file: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda root: book.edit(root, file, old, new)


def _add(file: str, text: str) -> Callable[[Path], None]:
    def add(root: Path) -> None:
        with (root / file).open("a", encoding="utf-8") as page:
            page.write(text)

    return add


def _remove(file: str) -> Callable[[Path], None]:
    return lambda root: (root / file).unlink()


def _prepare(root: Path) -> None:
    """What the changes below change: links, a picture, an included file, a download, a style sheet, a spare page."""
    _change("book/meer-digitaal.md", "\n## [Telefoon", "\n(anker)=\n## [Telefoon")(root)
    _add("book/verder-lezen.md", LINKS)
    for name in ("plaatje", "ander"):
        (root / f"book/{name}.svg").write_text(PIXEL.format(height=1))
    (root / "book/deel.txt").write_text("Een ingevoegd deel.\n")
    (root / "book/bijlage.txt").write_text("Een bijlage.\n")
    _add(
        "book/begrippen.md",
        "\n![Plaatje](plaatje.svg)\n\n```{include} deel.txt\n```\n\n{download}`Bijlage <bijlage.txt>`\n",
    )(root)
    (root / "book/_static/eigen.css").write_text("h1 { color: red }\n")
    (root / "book/extra.md").write_text("# Extra\n\nEen pagina meer, met [een link](data.md).\n")
    _change("_toc.yml", "      - file: verder-lezen", "      - file: verder-lezen\n      - file: extra")(root)


CHANGES: dict[str, Callable[[Path], None]] = {
    "the title of a page": _change("book/meer-digitaal.md", "# Meer digitaal", "# Nog meer digitaal"),
    "the title of an English page": _change("book/en/meer-digitaal.md", "# ", "# Even "),
    "a heading with a label": _change("book/meer-digitaal.md", "(anker)=\n## [Telefoon", "(anker)=\n## [De telefoon"),
    "a label that goes": _change("book/meer-digitaal.md", "(anker)=\n", ""),
    "a label that moves": lambda root: (
        _change("book/meer-digitaal.md", "(anker)=\n", "")(root),
        _add("book/puberteit.md", "\n(anker)=\n## Elders\n")(root),
    ),
    "a page that goes": _remove("book/extra.md"),
    "a page that goes with its place": lambda root: (
        _remove("book/extra.md")(root),
        _change("_toc.yml", "      - file: extra\n", "")(root),
    ),
    "a page that others link to": _remove("book/verantwoording.md"),
    "an English page that goes": _remove("book/en/data.md"),
    "a page of another name": lambda root: (
        (root / "book/extra.md").rename(root / "book/anders.md"),
        _change("_toc.yml", "file: extra", "file: anders")(root),
    ),
    "another order": _change(
        "_toc.yml", "      - file: verder-lezen\n      - file: extra", "      - file: extra\n      - file: verder-lezen"
    ),
    "a style sheet": _change("book/_static/eigen.css", "red", "blue"),
    "a style sheet that goes": _remove("book/_static/eigen.css"),
    "a picture": _change("book/plaatje.svg", 'height="1"', 'height="2"'),
    "another picture": _change("book/begrippen.md", "plaatje.svg", "ander.svg"),
    "a picture that goes": _remove("book/plaatje.svg"),
    "an included file": _change("book/deel.txt", "Een", "Nog een"),
    "a download": _change("book/bijlage.txt", "Een", "Nog een"),
    "a download that goes": _change("book/begrippen.md", "{download}`Bijlage <bijlage.txt>`", "Niets."),
    "a source": _change("data/references.bib", "Kanne, Peter and {De Haan}", "Kanne, Pieter and {De Haan}"),
    "the name of a source": _change("data/references.bib", "I\\&O Research}}", "Ipsos I\\&O}}"),
    "the title of the book": _change("_config.yml", "title: Overheid in de puberteit", "title: Een andere titel"),
    "the author": _change("_config.yml", "author: De makers van wavebook", "author: Iemand"),
    "the address": _change("_config.yml", "sphinx:\n", f"html:\n  baseurl: {book.ADDRESS}\n\nsphinx:\n"),
    "the licence": _change("_config.yml", "CC BY 4.0", "CC BY-SA 4.0"),
    "a day": _change("data/waves.toml", "released = ", "released = 2026-11-20 # "),
    "a fact": _change("data/context.toml", "value = 39", "value = 40"),
    "the name of an indicator": _change("data/indicators.toml", 'name.nl = "', 'name.nl = "x'),
    "a chart that goes": _change("book/een-overheid.md", "{chart} rapportcijfers", "{chart} niets"),
    "a figure": _change(*book.FLIP),
    "the source of a figure": _change(
        "data/figures/2014.csv", ",,,,7.1,grade,,,,,,published,io2016", ",,,,7.1,grade,,,,,,published,io2015"
    ),
    "a heading": _change("book/verantwoording.md", "\n## ", "\n## Nog eens: "),
    "the sentence below the first chart": _change("book/een-overheid.md", "[In elke meting krijgt", "[Overal krijgt"),
    "a term": _change("book/begrippen.md", "  keten: ketens\n", ""),
    "an English setting": _change("book/en/_config.yml", "The wavebook authors", "Somebody"),
    "a notebook": _change("notebooks/meer-digitaal.ipynb", "# Meer digitaal: de", "# Meer digitaal: alle"),
    "a citation": _add("book/puberteit.md", "\nZie {cite:p}`rekenkamer2018`.\n"),
    "a page of sources that goes": lambda root: (
        _remove("book/verder-lezen.md")(root),
        _change("_toc.yml", "      - file: verder-lezen\n", "")(root),
    ),
    "a test of the site": _change("data/accessibility.json", "{", "{ "),
    "all English pages": lambda root: (
        shutil.rmtree(root / "book/en"),
        _change("_config.yml", "languages: [nl, en]", "languages: [nl]")(root),
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, Path]:
    """The book with all that will change, built as a draft, so that no problem stops the others; and a copy of it."""
    folder = tmp_path_factory.mktemp("incremental")
    root = book.copy(folder / "book", book.fresh(tmp_path_factory)[0], english=True)
    _prepare(root)
    assert book.wavebook(root, *DRAFT).code == 0
    return root, shutil.copytree(root, folder / "copy")


def _found(run: book.Run) -> tuple[dict[str, str], list[str]]:
    """The bytes of the site and all problems."""
    return {name: content for name, (content, _) in run.site.items()}, sorted(map(str, run.problems))


# A few at every run of the tests, the others in the long one.
OFTEN = {"the title of a page", "an English page that goes"}


@pytest.mark.parametrize("change", [c if c in OFTEN else pytest.param(c, marks=pytest.mark.slow) for c in CHANGES])
def test_after_a_change_the_site_and_its_problems_are_those_of_a_build_from_nothing(built, change):
    root, copy = built
    shutil.rmtree(root)
    shutil.copytree(copy, root)
    CHANGES[change](root)
    site, problems = _found(book.wavebook(root, *DRAFT))
    assert _found(book.wavebook(root, *DRAFT)) == (site, problems)
    for made in ("html", ".wavebook/edition-draft"):
        shutil.rmtree(root / "_build" / made)
    whole, all_problems = _found(book.wavebook(root, *DRAFT))
    assert {name for name in site.keys() | whole.keys() if site.get(name) != whole.get(name)} == set()
    assert problems == all_problems
