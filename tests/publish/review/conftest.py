"""Two empty waves, a book that cannot be read, and one that was reviewed."""

import shutil
import textwrap

import lending
import pytest
from small import SmallBook
from waves import CELLS, INDEX, add_wave, grade, notebook, share

from wavebook.publish.review import compare
from wavebook.publish.review.compare import review
from wavebook.publish.review.differences import Edition


@pytest.fixture
def pair(small):
    """The small book with two empty waves, 2016 and 2018, and no break between them."""
    add_wave(small, "2016")
    add_wave(small, "2018")
    return small


@pytest.fixture
def unread(monkeypatch):
    """No edition can be read: what is left is figures, questions and what was kept."""
    monkeypatch.setattr(compare, "_edition", lambda root, baseline, wave, *_: Edition(missing=f"no edition of {wave}"))


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    """A book of one page, and the review of a wave in which the grade falls and an answer is gone."""
    book = SmallBook(tmp_path_factory.mktemp("reviewed"))
    add_wave(book, "2016")
    grade(book, "2016", "6.2")
    share(book, "2016", "yes", "15")
    book.write("context.toml", "")
    shutil.copy(lending.SOURCE / "_config.yml", book.root)
    book.speak("nl")
    (book.root / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    for folder in ("book", "notebooks"):
        (book.root / folder).mkdir()
    (book.root / "book" / "index.md").write_text(textwrap.dedent(INDEX), encoding="utf-8")
    for name, cells in CELLS.items():
        (book.root / "notebooks" / f"{name}.ipynb").write_text(notebook(*cells), encoding="utf-8")
    return review(book.root, "2014", "2016")
