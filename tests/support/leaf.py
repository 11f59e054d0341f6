"""A book of one page, to be filled with whatever a test likes."""

from pathlib import Path

import lending
import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from small import SmallBook, speak

import book

TOC = "format: jb-book\nroot: index\n"
TOP = "---\nreviewed: 2014\n---\n# T\n\n{fact}`towns` {fact}`towns.of` {cite:p}`report`\n\n"
END = "\n\n```{bibliography}\n```\n"
PARAMETERS = 'wave: int = 2014\nbaseline: int = 2010\npopulation: str = "total"\nlanguage: str = "nl"'


def put_notebook(root: Path, *sources: str) -> Path:
    cells = [new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}), *map(new_code_cell, sources)]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    path = root / "notebooks" / "n.ipynb"
    path.parent.mkdir(exist_ok=True)
    nbformat.write(new_notebook(cells=cells, metadata=kernel), path)
    return path


def make_leaf(folder: Path) -> Path:
    """A book of one page and one notebook, which holds."""
    root = SmallBook(folder).root
    (root / "book").mkdir()
    (root / "book" / "index.md").write_text(TOP + END, encoding="utf-8")
    (root / "_config.yml").write_text((lending.SOURCE / "_config.yml").read_text(encoding="utf-8"), encoding="utf-8")
    speak(root, "nl")
    (root / "_toc.yml").write_text(TOC, encoding="utf-8")
    put_notebook(root)
    checked = book.wavebook(root, "check")
    assert (checked.code, checked.err) == (0, "")
    return root
