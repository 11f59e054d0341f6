"""A build that reads only what changed gives the site, and finds the problems, of a build from nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import lending
import pytest

import book
from wavebook.pages import accessibility

DRAFT = ("build", "--draft")
LINKS = "\nZie [dit](app.md#anker), {ref}`anker`, {numref}`wegen` en [](lenen.md).\n"
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
    _change("book/app.md", "\n## Telefoon", "\n(anker)=\n## Telefoon")(root)
    _add("book/bronnen.md", LINKS)
    for name in ("plaatje", "ander"):
        (root / f"book/{name}.svg").write_text(PIXEL.format(height=1))
    (root / "book/deel.txt").write_text("Een ingevoegd deel.\n")
    (root / "book/bijlage.txt").write_text("Een bijlage.\n")
    checks = {name: {"seen": 1, "faulty": []} for name in accessibility.CHECKS}
    told = {"date": "2026-11-27", "chromium": "156.0", "axe": "4.12", "look": "another", "pages": ["index"]}
    accessibility.save(root, accessibility.Results(**told, checks=checks))
    _add(
        "book/begrippen.md",
        "\n![Plaatje](plaatje.svg)\n\n```{include} deel.txt\n```\n\n{download}`Bijlage <bijlage.txt>`\n",
    )(root)
    (root / "book/_static").mkdir(exist_ok=True)
    (root / "book/_static/eigen.css").write_text("h1 { color: red }\n")
    (root / "book/extra.md").write_text("# Extra\n\nEen pagina meer, met [een link](data.md).\n")
    _change("_toc.yml", "      - file: bronnen", "      - file: bronnen\n      - file: extra")(root)


CHANGES: dict[str, Callable[[Path], None]] = {
    "the title of a page": _change("book/app.md", "# De app", "# Nog een app"),
    "the title of an English page": _change("book/en/app.md", "# ", "# Even "),
    "a heading with a label": _change("book/app.md", "(anker)=\n## Telefoon", "(anker)=\n## De telefoon"),
    "a label that goes": _change("book/app.md", "(anker)=\n", ""),
    "a label that moves": lambda root: (
        _change("book/app.md", "(anker)=\n", "")(root),
        _add("book/lenen.md", "\n(anker)=\n## Elders\n")(root),
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
        "_toc.yml", "      - file: bronnen\n      - file: extra", "      - file: extra\n      - file: bronnen"
    ),
    "a style sheet": _change("book/_static/eigen.css", "red", "blue"),
    "a style sheet that goes": _remove("book/_static/eigen.css"),
    "the colours of the house": lambda root: (root / "book/_static/house-style.css").write_text(
        ":root { --chart-1: #abcdef }"
    ),
    "a picture": _change("book/plaatje.svg", 'height="1"', 'height="2"'),
    "another picture": _change("book/begrippen.md", "plaatje.svg", "ander.svg"),
    "a picture that goes": _remove("book/plaatje.svg"),
    "an included file": _change("book/deel.txt", "Een", "Nog een"),
    "a download": _change("book/bijlage.txt", "Een", "Nog een"),
    "a download that goes": _change("book/begrippen.md", "{download}`Bijlage <bijlage.txt>`", "Niets."),
    "a source": _change("data/references.bib", "De Vries, An and", "De Vries, Anna and"),
    "the name of a source": _change("data/references.bib", "{{Vraagbaak}},\n  title", "{{Vraagbaken}},\n  title"),
    "the title of the book": _change("_config.yml", "title: De leesplank", "title: Een andere titel"),
    "the author": _change("_config.yml", "author: De bibliotheek", "author: Iemand"),
    "the address": _change("_config.yml", "sphinx:\n", f"html:\n  baseurl: {lending.ADDRESS}\n\nsphinx:\n"),
    "the licence": _change("_config.yml", "CC BY 4.0", "CC BY-SA 4.0"),
    "a day": _change("data/waves.toml", "released = ", "released = 2026-11-20 # "),
    "a fact": _change("data/context.toml", "value = 39", "value = 40"),
    "the name of an indicator": _change("data/indicators.toml", 'name.nl = "', 'name.nl = "x'),
    "a chart that goes": _change("book/lenen.md", "{chart} cijfers", "{chart} niets"),
    "an English chart that goes": _change("book/en/lenen.md", "{chart} cijfers", "{chart} niets"),
    "a figure": _change("data/figures/2014.csv", "mark_library,total,,,,6.9,", "mark_library,total,,,,6.5,"),
    "the source of a figure": _change(
        "data/figures/2014.csv",
        ",,,,7.1,grade,,,,,,published,vraagbaak2015",
        ",,,,7.1,grade,,,,,,published,leeslust2014",
    ),
    "a heading": _change("book/verantwoording.md", "\n## ", "\n## Nog eens: "),
    "the sentence below the first chart": _change("book/lenen.md", "[In elke meting krijgt", "[Overal krijgt"),
    "a term": _change("book/begrippen.md", "  loket: loketten\n", ""),
    "an English setting": _change("book/en/_config.yml", "The library", "Somebody"),
    "a notebook": _change("notebooks/app.ipynb", "# De app: de", "# De app: alle"),
    "a citation": _add("book/lenen.md", "\nZie {cite:p}`leeslust2008`.\n"),
    "a page of sources that goes": lambda root: (
        _remove("book/bronnen.md")(root),
        _change("_toc.yml", "      - file: bronnen\n", "")(root),
    ),
    "a test of the site": _change("data/accessibility.json", "156.0", "157.0"),
    "all English pages": lambda root: (
        shutil.rmtree(root / "book/en"),
        _change("_config.yml", "languages: [nl, en]", "languages: [nl]")(root),
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, Path]:
    """A book with all that will change, built as a draft, so that no problem stops the others; and a copy of it."""
    folder = tmp_path_factory.mktemp("incremental")
    root = lending.copy(folder / "book", lending.fresh(tmp_path_factory), english=True)
    _prepare(root)
    assert book.wavebook(root, *DRAFT).code == 0
    return root, shutil.copytree(root, folder / "copy")


def _found(run: book.Run) -> tuple[dict[str, str], list[str]]:
    """The bytes of the site and all problems."""
    return {name: content for name, (content, _) in run.site.items()}, sorted(map(str, run.problems))


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
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
