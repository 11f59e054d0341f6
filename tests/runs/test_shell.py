"""A run with IPython's shell gives the bytes that a kernel gives."""

from __future__ import annotations

import inspect
import os
import shutil
from importlib.metadata import version

import lending
import nbformat
import pytest
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from wavebook.runs import execute

PARAMETERS = {"wave": "2014", "baseline": "2008", "population": "total", "language": "nl"}
CELLS = {
    "what is printed": ["print('een')\nprint('twee', end='')", "import sys\nsys.stderr.write('fout\\n');"],
    "what is returned": ["1 + 1", "'tekst'", "None", "[1, 2]; 3;", "x = 5", "x"],
    "rich values": [
        "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
        "class A:\n    _repr_html_ = lambda s: '<b>a</b>'\nA()",
    ],
    "what is shown": [
        "from IPython.display import HTML, Image, Markdown, display\ndisplay(HTML('<i>a</i>'), Markdown('*b*'))",
        "h = display('eerst', display_id='d1')\nprint('tussen')\nh.update('daarna')",
        "display(Image(data=b'\\x89PNG\\r\\n\\x1a\\n0', format='png'))",
    ],
    "what fails": [
        "1 / 0",
        "print('verder')",
        "raise ValueError('é\\nmet twee regels')",
        "def f(:\n    pass",
        "nergens",
    ],
    "halves of letters": [
        "raise ValueError('é\\udfff')",
        "import sys\nsys.stderr.write('\\ud83d');",
    ],
    "magics and commands": ["%time_x = 1", "!echo hallo", "%%capture uit\nprint('weg')", "uit.stdout"],
    "several at once": ["print('a')\n1", "print('b')\ndisplay('c')\nprint('d')\n'e'", "_"],
    "awaiting": ["import asyncio\nawait asyncio.sleep(0)\n'klaar'"],
    "nothing": ["", "# niets"],
}


def notebook(path, sources):
    cells = [new_markdown_cell("# Titel"), *(new_code_cell(source) for source in sources)]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), path)
    return path


def both(path, parameters, root):
    """What either engine makes of a notebook: its text, and the problems."""
    from wavebook.charts import renderer
    from wavebook.runs import shell

    shell.register()
    renderer.start()  # vl-convert's threads, if this process has drawn, are not in its forks
    return [execute._run(path, parameters, root, engine) for engine in (shell.NAME, "wavebook")]


@pytest.mark.parametrize("name", CELLS)
def test_the_shell_writes_down_what_a_kernel_does(tmp_path, name):
    (here, found), (kernel, same) = both(notebook(tmp_path / "een.ipynb", CELLS[name]), {}, tmp_path)
    assert found == same
    if found:  # papermill's marks of what failed have ids of their own
        here, kernel = (
            [c for c in nbformat.reads(t, 4).cells if "papermill" not in str(c.metadata)] for t in (here, kernel)
        )
    assert here == kernel


def test_a_half_of_a_letter_fails_where_it_is_printed_and_hides_no_error(tmp_path):
    """A message that cannot be sent was lost, and a cell that failed passed for one that did not."""
    shown = "from IPython.display import HTML, display\ndisplay(HTML('\\ud83d'))"
    for number, source in enumerate(("print('\\ud800')", shown)):
        for _, problems in both(notebook(tmp_path / f"n{number}.ipynb", [source]), {}, tmp_path):
            assert [p.code for p in problems] == ["W303"]
            assert problems[0].found.startswith("UnicodeEncodeError: 'utf-8' codec can't encode")


def test_the_notebooks_of_a_book_are_the_same_bytes(tmp_path):
    root = lending.copy(tmp_path / "book")
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        here, kernel = both(path, PARAMETERS, root)
        assert here == kernel
        assert here[1] == []


def test_a_run_that_dies_names_its_cell_and_takes_nobody_along(tmp_path):
    path = notebook(tmp_path / "een.ipynb", ["1", "import os\nos._exit(3)", "2"])
    (text, problems), _ = both(path, {}, tmp_path)
    assert text is None
    assert [(p.code, p.place) for p in problems] == [("W312", "notebooks/een.ipynb")]


def test_runs_leave_no_mark_on_each_other_or_on_their_caller(tmp_path):
    spoil = "import os, sys\nos.chdir('/')\nos.environ['SPOILT'] = '1'\nsys.modules['spoilt_by_a_run'] = sys"
    look = "import os, sys\nos.environ.get('SPOILT'), 'spoilt_by_a_run' in sys.modules, os.getcwd() == '/'"
    before = os.getcwd()
    both(notebook(tmp_path / "een.ipynb", [spoil]), {}, tmp_path)
    (text, _), _ = both(notebook(tmp_path / "twee.ipynb", [look]), {}, tmp_path)
    assert "(None, False, False)" in text
    assert (os.getcwd(), os.environ.get("SPOILT")) == (before, None)


@pytest.fixture(autouse=True)
def _clean(tmp_path):
    yield
    shutil.rmtree(tmp_path, ignore_errors=True)


def test_a_cell_that_takes_too_long_is_named(tmp_path, monkeypatch):
    from wavebook.runs import shell

    shell.register()
    monkeypatch.setattr(execute, "CELL_SECONDS", 1)
    path = notebook(tmp_path / "een.ipynb", ["1", "import time; time.sleep(1000)"])
    text, problems = execute._run(path, {}, tmp_path, shell.NAME)
    assert text is None
    assert [(p.code, p.place) for p in problems] == [("W311", "notebooks/een.ipynb")]
    assert "the cell took longer than is allowed" in problems[0].found


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (InteractiveShell, ["_showtraceback", "display_pub_class", "displayhook_class", "compiler_class", "run_cell"]),
        (DisplayHook, ["write_output_prompt", "write_format_data", "finish_displayhook", "prompt_count"]),
        (DisplayPublisher, ["publish", "clear_output"]),
    ],
    ids=["shell", "hook", "publisher"],
)
def test_ipython_has_what_the_shell_overrides(kind, names):
    gone = [name for name in names if not hasattr(kind, name)]
    assert not gone, f"IPython {version('ipython')}: {kind.__name__} has no {', '.join(gone)}"


def test_ipython_puts_every_traceback_where_the_shell_takes_it():
    source = inspect.getsource(InteractiveShell.showtraceback)
    assert "self._showtraceback(" in source, f"IPython {version('ipython')}: showtraceback calls no _showtraceback"
    assert "side channel" in InteractiveShell._showtraceback.__doc__
