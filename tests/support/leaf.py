"""A book of one page, to be filled with whatever a test likes."""

import functools
import tempfile
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
    """A book of one page and one notebook, which holds; the run of its notebook is kept."""
    for name, content in _made().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@functools.cache
def _made() -> dict[str, bytes]:
    """The files of that book, which is checked once for all tests."""
    with tempfile.TemporaryDirectory() as folder:
        root = SmallBook(Path(folder)).root
        (root / "book").mkdir()
        (root / "book" / "index.md").write_text(TOP + END, encoding="utf-8")
        settings = (lending.SOURCE / "_config.yml").read_text(encoding="utf-8")
        (root / "_config.yml").write_text(settings, encoding="utf-8")
        speak(root, "nl")
        (root / "_toc.yml").write_text(TOC, encoding="utf-8")
        put_notebook(root)
        checked = book.wavebook(root, "check")
        assert (checked.code, checked.err) == (0, "")
        made = [path for path in root.rglob("*") if path.is_file()]
        others = root / "_build"
        kept = [path for path in made if others not in path.parents or path.parent == others / ".wavebook" / "runs"]
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in kept}
