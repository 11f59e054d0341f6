import asyncio
import gc
import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor

import nbformat
import papermill
import psutil
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from papermill.engines import NBClientEngine
from papermill.exceptions import PapermillExecutionError

from wavebook.runs import engine, kernel, server

pytestmark = pytest.mark.skipif(not engine.can_fork(), reason="the stock engine serves here")

# Run in this order in one notebook by both engines, errors allowed.
SAME = {
    "stdout": "print('one')\nprint('two')",
    "stdout and stderr, coalesced": (
        "import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c', flush=True)\nprint('d')"
    ),
    "output between displays": "from IPython.display import display\nprint(1)\ndisplay(2)\nprint(3)\ndisplay(4)",
    "the last expression": "6 * 7",
    "a semicolon's silence": "6 * 7;",
    "underscore variables": "print(_, __, _5, Out[5], In[5])",
    "rich results": "from IPython.display import HTML\nHTML('<b>bold</b>')",
    "display with metadata": (
        "display({'text/plain': 'x', 'image/png': b'\\x89PNG'}, raw=True, metadata={'image/png': {'width': 5}})"
    ),
    "updates by display id": (
        "handle = display('before', display_id='one')\nhandle.update('after')\ndisplay('same', display_id='two')"
    ),
    "updates from a later cell": (
        "from IPython.display import update_display\nupdate_display('later', display_id='two')"
    ),
    "clear_output": "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('kept')",
    "clear_output that waits": "print('gone')\nclear_output(wait=True)\nprint('kept')",
    "a traceback": "def fails(x):\n    return 1 / x\n\nprint('before')\nfails(0)",
    "chained tracebacks": "try:\n    {}['key']\nexcept KeyError as e:\n    raise ValueError('outer') from e",
    "a syntax error": "def (:",
    "an error in a repr": "class Bad:\n    def __repr__(self):\n        raise RuntimeError('repr')\n\nBad()",
    "a warning": "import warnings\nwarnings.warn('careful')",
    "a deprecation warning": "warnings.warn('old', DeprecationWarning)",
    "logging": "import logging\nlogging.warning('to stderr')",
    "a line magic": "%precision 2\n3.14159",
    "an unknown magic": "%nonesuch",
    "a cell magic": "%%capture caught\nprint('hidden')",
    "what a cell magic kept": "caught.stdout",
    "bash": "%%bash\necho from bash",
    "a shell escape": "!echo from the shell",
    "a shell escape's lines": "lines = !printf 'x\\ny\\n'\nlines",
    "matplotlib magic": "%matplotlib inline",
    "help": "len?",
    "input": "input('name? ')",
    "top-level await": "import asyncio\nawait asyncio.sleep(0.01)\nprint('awaited')",
    "a task that outlives its cell": "task = asyncio.create_task(asyncio.sleep(0.01, 'result'))",
    "that task's result": "await task",
    "sys.exit": "sys.exit('stop')",
    "life after sys.exit": "print('still here')",
    "output of a subprocess": ("import os, time\nos.system('echo through the file descriptor')\ntime.sleep(0.3);"),
    "output of a thread": (
        "import threading\nt = threading.Thread(target=print, args=['threaded'])\nt.start()\nt.join()"
    ),
    "output of a forked child": (
        "import multiprocessing\np = multiprocessing.get_context('fork').Process(target=print, args=['forked'])\n"
        "p.start()\np.join()\ntime.sleep(0.3)"
    ),
    "the kernel's surroundings": (
        "sys.path[0], __name__, __doc__, type(get_ipython()).__name__, os.getcwd() == os.environ['PWD'],"
        "'JPY_PARENT_PID' in os.environ, os.environ['MPLBACKEND'], os.environ['TERM'], sys.stdin.isatty()"
    ),
    "warning filters": "[f[:3] for f in warnings.filters if 'numpy' not in repr(f)]",
    "a frame": "import pandas as pd\npd.DataFrame({'a': [1, 2], 'b': ['x', 'y']})",
    "a chart": (
        "import altair as alt\n"
        "alt.Chart(pd.DataFrame({'a': [1, 2]})).mark_bar().encode(x='a:Q').add_params(alt.selection_point())"
    ),
    "a numpy error": "import numpy as np\nnp.zeros(2) + np.zeros(3)",
    "a comm": (
        "import comm\nc = comm.create_comm(target_name='jupyter.widget', data={'state': {'_model_name': 'M',"
        " '_model_module': 'm', '_model_module_version': '1'}, 'buffer_paths': []}, comm_id='abc')"
    ),
}

FORMS = [  # what may differ between two runs of one engine
    (r"ipykernel_\d+/\d+\.py", "ipykernel/cell.py"),
    (r"0x[0-9a-f]+", "0x"),
    (r"altair-viz-\w+", "altair-viz"),
    (r"\d{4}-\d\d-\d\dT[\d:.+Z]+", "time"),
    (r"(\"duration\": )[\d.]+", r"\1duration"),
    (r"(\"(?:out|in)put_path\": )\"[^\"]*\"", r"\1path"),
]


def notebook(*cells, **metadata):
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    return new_notebook(cells=cells, metadata={"kernelspec": kernelspec, **metadata})


def run(folder, nb, engine_name="wavebook", **options):
    """The executed notebook and the error that ended it."""
    folder.mkdir(exist_ok=True)
    nbformat.write(nb, folder / "in.ipynb")
    error = None
    try:
        papermill.execute_notebook(
            folder / "in.ipynb", folder / "out.ipynb", engine_name=engine_name, progress_bar=False, **options
        )
    except BaseException as raised:
        error = raised
    return nbformat.read(folder / "out.ipynb", as_version=4), error


def texts(nb):
    """What each code cell printed to stdout."""
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    return ["".join(o.text for o in cell.outputs if o.get("name") == "stdout").strip() for cell in cells]


def formed(text):
    for pattern, replacement in FORMS:
        text = re.sub(pattern, replacement, text)
    return text


def joined(outputs):
    """Outputs with neighbouring texts of one stream as one: where a kernel cuts them is a matter of its timer."""
    made = []
    for output in map(dict, outputs):
        if made and output["output_type"] == "stream" and output.get("name") == made[-1].get("name"):
            made[-1]["text"] += output["text"]
        else:
            made.append(output)
    return made


def comparable(cell_or_metadata):
    node = dict(cell_or_metadata)
    node.pop("id", None)
    if node.get("outputs"):
        node["outputs"] = joined(node["outputs"])
    return formed(nbformat.from_dict(node).__repr__().replace("'", '"'))


def gone(pid, seconds=3):
    """Whether the process ends in time; init may take a second to bury an orphan that was killed."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


@pytest.fixture(scope="module", autouse=True)
def outside_pytest():
    """ipykernel leaves file descriptors alone when it sees pytest's variable, so these runs have a server without it.

    That of other tests is set aside, not ended: they would have to start another.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTEST_CURRENT_TEST", raising=False)
        patch.setattr(server, "_servers", {})
        yield
        server.stop()


@pytest.fixture
def no_server(monkeypatch):
    monkeypatch.setattr(server, "_servers", {})
    yield
    server.stop()


@pytest.fixture(autouse=True)
def no_pytest_variable(monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST", raising=False)


# ---- outputs equal those of the stock engine ----


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """One notebook with all cells of SAME, parameters, prose and tags, executed by both engines."""
    prepared = [
        new_code_cell("a = 1", metadata={"tags": ["parameters"]}),
        new_markdown_cell("prose"),
        new_code_cell("raise SystemError", metadata={"tags": ["skip-execution"]}),
        new_code_cell(""),
    ]
    nb = notebook(*(new_code_cell(source, metadata={"name": name}) for name, source in SAME.items()), *prepared)
    executed = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTEST_CURRENT_TEST", raising=False)
        for name in "nbclient", "wavebook":
            folder = tmp_path_factory.mktemp(name)
            patch.setenv("PWD", str(folder))
            executed[name] = run(folder, nb, name, allow_errors=True, cwd=folder, parameters={"a": 2})
    return executed["nbclient"], executed["wavebook"]


@pytest.mark.parametrize("name", SAME)
def test_a_cell_gives_what_the_stock_engine_gives(both, name):
    stock, warm = ([cell for cell in nb.cells if cell.metadata.get("name") == name] for nb, _ in both)
    assert comparable(warm[0]) == comparable(stock[0])


def test_the_compared_cells_ran_and_had_outputs(both):
    silent = {"a semicolon's silence", "updates from a later cell", "a cell magic", "a comm"}
    silent |= {"a task that outlives its cell", "help"}
    (stock, _), _ = both
    outputs = {cell.metadata.name: cell.outputs for cell in stock.cells if "name" in cell.metadata}
    assert {name for name, found in outputs.items() if not found} <= silent | {"matplotlib magic"}


def test_every_cell_and_the_metadata_equal_those_of_the_stock_engine(both):
    (stock, _), (warm, _) = both
    assert [comparable(cell) for cell in warm.cells] == [comparable(cell) for cell in stock.cells]
    assert comparable(warm.metadata) == comparable(stock.metadata)
    assert "language_info" in warm.metadata
    assert "widgets" in warm.metadata


def test_papermill_raises_the_same_error(both):
    (_, stock), (_, warm) = both
    assert type(warm) is type(stock) is PapermillExecutionError
    assert formed(str(warm)) == formed(str(stock))
    assert warm.cell_index == stock.cell_index


def test_a_failing_cell_stops_the_run_as_it_does_with_the_stock_engine(tmp_path):
    nb = notebook(new_code_cell("1 / 0", metadata={"tags": ["raises-exception"]}), "print(1)", "{}[0]", "print(2)")
    stock, stock_error = run(tmp_path / "stock", nb, "nbclient")
    warm, warm_error = run(tmp_path / "warm", nb)
    assert [comparable(cell) for cell in warm.cells] == [comparable(cell) for cell in stock.cells]
    assert formed(str(warm_error)) == formed(str(stock_error))
    assert [text for text in texts(warm) if text] == ["1"]


# ---- nothing leaks from run to run ----

# What the first run spoils, and what the next prints about it.
LEAKS = {
    "globals": ("leaked = 1", "'leaked' in globals()"),
    "modules": ("import wave", "'wave' in sys.modules"),
    "environment": ("os.environ['LEAKED'] = '1'", "'LEAKED' in os.environ, os.getenv('HOME')"),
    "working directory": ("os.chdir('/')", "os.getcwd() == os.environ['WHERE']"),
    "module search path": ("sys.path.append('/leaked')", "'/leaked' in sys.path"),
    "arguments": ("sys.argv.append('leaked')", "'leaked' in sys.argv"),
    "open files": (
        "fd = os.open('/', os.O_RDONLY); keep = open('/proc/self/stat')",
        "len(os.listdir('/proc/self/fd'))",
    ),
    "umask": ("os.umask(0o077)", "os.umask(0o22)"),
    "warning filters": ("warnings.simplefilter('error')", "warnings.filters[0][0]"),
    "log level": ("logging.disable()", "logging.root.manager.disable"),
    "recursion limit": ("sys.setrecursionlimit(5000)", "sys.getrecursionlimit()"),
    "builtins": ("import builtins; builtins.leaked = 1", "hasattr(__builtins__, 'leaked')"),
    "pandas options": ("pd.options.display.max_rows = 3", "pd.options.display.max_rows"),
    "patched pandas": ("pd.DataFrame.leaked = 1", "hasattr(pd.DataFrame, 'leaked')"),
    "altair theme": ("alt.theme.enable('dark')", "alt.theme.active"),
    "altair renderer": ("alt.renderers.enable('svg')", "alt.renderers.active"),
    "altair row limit": ("alt.data_transformers.disable_max_rows()", "alt.data_transformers.options"),
    "numpy print options": ("np.set_printoptions(precision=1)", "np.get_printoptions()['precision']"),
    "locale": ("import locale; locale.setlocale(locale.LC_ALL, 'C.UTF-8')", "__import__('locale').localeconv()"),
    "threads": ("threading.Thread(target=time.sleep, args=[9], daemon=True).start()", "threading.active_count()"),
    "signal handlers": ("signal.signal(signal.SIGUSR1, print)", "signal.getsignal(signal.SIGUSR1)"),
    "history": ("In.append('leaked')", "'leaked' in In"),
    "exit hooks": ("atexit.register(os._exit, 1)", "1"),
}
IMPORTS = (
    "import atexit, logging, os, random, signal, sys, threading, time, warnings\n"
    "import numpy as np, pandas as pd, altair as alt"
)


@pytest.fixture(scope="module")
def successive(tmp_path_factory):
    """Printed lines of a clean run, and of one after a run that spoils all it can and seeds its generators."""
    folder = tmp_path_factory.mktemp("leaks")
    draws = "print(random.random(), np.random.random())"
    probe = notebook(IMPORTS, *(f"print({clean})" for _, clean in LEAKS.values()), draws)
    spoil = notebook(IMPORTS, *(spoil for spoil, _ in LEAKS.values()), "random.seed(1); np.random.seed(1)", draws)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WHERE", str(folder))
        patch.delenv("PYTEST_CURRENT_TEST", raising=False)
        runs = [run(folder / str(i), nb, cwd=folder) for i, nb in enumerate([probe, spoil, probe])]
    assert [error for _, error in runs] == [None] * 3
    return [texts(nb)[1:] for nb, _ in runs]


@pytest.mark.parametrize("name", LEAKS)
def test_a_run_does_not_see_what_the_run_before_did_to(successive, name):
    before, _, after = successive
    i = list(LEAKS).index(name)
    assert after[i] == before[i] != ""


def test_every_run_draws_its_own_random_numbers(successive):
    first, seeded, last = (lines[-1].split() for lines in successive)
    assert not {*first} & {*last} | {*last} & {*seeded}


def test_a_run_sees_the_callers_environment_and_directory_of_that_moment(tmp_path, monkeypatch):
    nb = notebook("import os; print(os.getenv('MOMENT'), os.getcwd())")
    for moment in "one", "two":
        monkeypatch.setenv("MOMENT", moment)
        (tmp_path / moment).mkdir()
        executed, _ = run(tmp_path, nb, cwd=tmp_path / moment)
        assert texts(executed) == [f"{moment} {tmp_path / moment}"]


def test_variables_that_python_reads_when_it_starts_hold_for_the_next_run(tmp_path, monkeypatch):
    nb = notebook("import of_tomorrow; print(of_tomorrow.x)")
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/of_tomorrow.py").write_text("x = 5")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "lib"), prepend=os.pathsep)
    executed, _ = run(tmp_path, nb)
    assert texts(executed) == ["5"]


# ---- what a run leaves behind ----


def test_files_left_open_are_written_and_exit_hooks_and_threads_finish(tmp_path):
    nb = notebook(
        "import atexit, threading, time, zipfile\nfrom pathlib import Path",
        "left = open('left', 'w'); left.write('text')",
        "open('displayed', 'w')",
        "_.write('text')",
        "packed = zipfile.ZipFile('packed.zip', 'w'); packed.writestr('a', 'b')",
        "time.kept = open('kept', 'w'); time.kept.write('text')",
        "atexit.register(lambda: Path('hook').write_text('text'));",
        "threading.Thread(target=lambda: (time.sleep(0.3), Path('thread').write_text('text'))).start()",
    )
    _, error = run(tmp_path, nb, cwd=tmp_path)
    assert error is None
    written = {path.name: path.read_text() for path in tmp_path.iterdir() if not path.suffix}
    assert written == dict.fromkeys(["left", "displayed", "kept", "hook", "thread"], "text")
    assert zipfile.ZipFile(tmp_path / "packed.zip").namelist() == ["a"]


def test_a_run_leaves_no_process_and_no_file(tmp_path, monkeypatch):
    for variable in "TMPDIR", "JUPYTER_RUNTIME_DIR":
        monkeypatch.setenv(variable, str(tmp_path / variable))
        (tmp_path / variable).mkdir()
    nb = notebook(
        "import os, subprocess; print(os.getpid(), os.getppid())",
        "print(subprocess.Popen(['sleep', '60']).pid)",
        "def f(:",
    )
    executed, error = run(tmp_path, nb)
    assert isinstance(error, PapermillExecutionError)
    pid, server, sleeper = map(int, " ".join(texts(executed)).split())
    assert gone(pid)
    assert gone(sleeper)
    assert psutil.wait_procs(psutil.Process(server).children(), timeout=3)[1] == []  # the server buries them
    assert [*(tmp_path / "TMPDIR").iterdir(), *(tmp_path / "JUPYTER_RUNTIME_DIR").iterdir()] == []


def descriptors() -> set[tuple[str, str]]:
    """What this process has open: of each descriptor its number and what it leads to."""
    links = {number: f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")}
    return {(number, os.readlink(link)) for number, link in links.items() if os.path.islink(link)}


def test_the_caller_keeps_no_descriptor_of_a_run(tmp_path):
    run(tmp_path, notebook("1"))
    before = descriptors()  # those of tests before this one may be closed meanwhile
    run(tmp_path, notebook("1"))
    run(tmp_path, notebook("import time; time.sleep(60)"), execution_timeout=1)
    assert descriptors() <= before


def test_runs_share_a_server_until_it_is_stopped(no_server, tmp_path):
    nb = notebook("import os; print(os.getppid())")
    first, second = (texts(run(tmp_path, nb)[0]) for _ in range(2))
    server.stop()
    third = texts(run(tmp_path, nb)[0])
    assert first == second != third
    assert gone(int(first[0]))


def test_a_server_that_died_is_replaced(tmp_path):
    nb = notebook("import os; print(os.getppid())")
    server = int(texts(run(tmp_path, nb)[0])[0])
    os.kill(server, signal.SIGKILL)
    assert gone(server)
    assert int(texts(run(tmp_path, nb)[0])[0]) != server


# ---- time-outs, interrupts, death ----

STUCK = "import os, subprocess, time\nprint(os.getpid(), subprocess.Popen(['sleep', '60']).pid, flush=True)\n"


@pytest.mark.parametrize(
    ("last", "code", "error_type"),
    [
        ("time.sleep(60)", "W311", CellTimeoutError),
        ("import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\ntime.sleep(60)", "W311", CellTimeoutError),
        ("os._exit(0)", "W312", DeadKernelError),
        ("os.kill(os.getpid(), 11)", "W312", DeadKernelError),
    ],
    ids=["slow", "slow and deaf", "exit", "segmentation fault"],
)
def test_a_cell_that_does_not_end_well_is_named(tmp_path, monkeypatch, last, code, error_type):
    monkeypatch.setattr(kernel, "LAST_SECONDS", 0.2)
    nb = notebook("1", new_markdown_cell("prose"), f"{STUCK}time.sleep(0.1)\n{last}", "print('not reached')")
    executed, error = run(tmp_path, nb, execution_timeout=1)
    assert type(error) is error_type
    assert str(error).startswith(f"{code} {tmp_path / 'in.ipynb'}, cell 3: ")
    _, pids, never = texts(executed)
    assert never == ""
    assert [gone(int(pid)) for pid in pids.split()] == [True, True]


def test_an_interrupt_of_the_caller_ends_the_run_and_names_the_cell(tmp_path, caplog):
    interrupt = "time.sleep(0.3)\nos.kill(int(os.environ['JPY_PARENT_PID']), 2)\ntime.sleep(60)"
    executed, error = run(tmp_path, notebook(STUCK + interrupt))
    assert type(error) is KeyboardInterrupt
    assert str(error).startswith(f"W313 {tmp_path / 'in.ipynb'}, cell 1: ")
    assert [gone(int(pid)) for pid in texts(executed)[0].split()] == [True, True]
    assert texts(run(tmp_path, notebook("print(1)"))[0]) == ["1"]
    gc.collect()
    assert caplog.text == ""  # asyncio reports lost tasks there


def test_a_caller_that_imports_the_engine_before_papermill_and_is_killed_takes_everything_with_it(tmp_path):
    nb = notebook(
        "import os, pathlib, subprocess, time",
        "pathlib.Path('pids').write_text(f\"{os.getpid()} {os.getppid()} {subprocess.Popen(['sleep', '60']).pid}\")",
        "time.sleep(60)",
    )
    nbformat.write(nb, tmp_path / "in.ipynb")
    script = (
        "from wavebook.runs.engine import WarmEngine\n"  # before papermill, which loads it while it is half imported
        "import papermill\n"
        'papermill.execute_notebook("in.ipynb", "out.ipynb", engine_name="wavebook", progress_bar=False)'
    )
    caller = subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path, stderr=subprocess.DEVNULL)
    while not (tmp_path / "pids").exists() or len((tmp_path / "pids").read_text().split()) < 3:
        assert caller.poll() is None
        time.sleep(0.02)
    caller.kill()
    caller.wait()
    assert all(gone(int(pid)) for pid in (tmp_path / "pids").read_text().split())


def test_an_interrupt_on_time_out_lets_the_run_go_on(tmp_path):
    nb = notebook("import time; time.sleep(60)", "print('on')")
    executed, error = run(tmp_path, nb, execution_timeout=1, interrupt_on_timeout=True, allow_errors=True)
    assert executed.cells[-2].outputs[0].ename == "KeyboardInterrupt"
    assert texts(executed)[-1] == "on"
    assert "KeyboardInterrupt" in str(error)


# ---- many at once, and where the stock engine serves ----


def test_runs_from_several_threads_go_side_by_side(tmp_path):
    def work(i):
        nb = notebook("import time; began = time.time(); time.sleep(0.5)", f"print({i}, began, time.time())")
        return texts(run(tmp_path / str(i), nb)[0])[1].split()

    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(work, range(4)))
    assert [i for i, _, _ in runs] == ["0", "1", "2", "3"]
    assert max(float(began) for _, began, _ in runs) < min(float(ended) for _, _, ended in runs)


def test_a_run_from_within_an_event_loop(tmp_path):
    async def work():
        return run(tmp_path, notebook("print(1)"))

    # in a thread of its own: another test may have left a loop running in this one
    with ThreadPoolExecutor(1) as pool:
        executed, error = pool.submit(asyncio.run, work()).result()
    assert (texts(executed), error) == (["1"], None)


def test_the_command_line_runs_it_and_leaves_no_server(tmp_path):
    nbformat.write(notebook("import os; print(os.getppid())"), tmp_path / "in.ipynb")
    command = [sys.executable, "-m", "papermill", "--engine", "wavebook", "in.ipynb", "out.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    server = texts(nbformat.read(tmp_path / "out.ipynb", as_version=4))[0]
    assert done.returncode == 0
    assert gone(int(server))
    assert "rror" not in done.stderr


@pytest.fixture
def stock_calls(monkeypatch):
    calls = []
    monkeypatch.setattr(
        NBClientEngine, "execute_notebook", lambda nb, kernel_name, **options: calls.append(options) or nb
    )
    return calls


def test_the_stock_engine_serves_where_processes_cannot_fork(tmp_path, monkeypatch, stock_calls):
    monkeypatch.setattr(engine, "can_fork", lambda: False)
    run(tmp_path, notebook("1"))
    assert [options.get("km") for options in stock_calls] == [None]


@pytest.mark.parametrize(
    "spec",
    [
        {"argv": ["bash"], "language": "bash"},
        {"argv": ["/other/python", "-m", "ipykernel_launcher", "-f", "{connection_file}"], "language": "python"},
        {"argv": ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"], "env": {"A": "1"}},
        None,
    ],
    ids=["another language", "another python", "an environment of its own", "no such kernel"],
)
def test_the_stock_engine_serves_for_kernels_that_a_fork_does_not_equal(tmp_path, monkeypatch, stock_calls, spec):
    if spec is not None:
        folder = tmp_path / "kernels/other"
        folder.mkdir(parents=True)
        (folder / "kernel.json").write_text(json.dumps({"display_name": "Other", **spec}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    run(tmp_path, notebook("1"), kernel_name="other")
    assert [options.get("km") for options in stock_calls] == [None]


def test_the_server_imports_only_what_notebooks_name():
    nb = notebook(
        "import pandas as pd, numpy\nimport os, polars\n",
        "from wavebook.figures import load, lookup as look\nfrom wavebook import (charts,",
        new_markdown_cell("import altair"),
    )
    expected = "numpy pandas wavebook wavebook.charts wavebook.figures wavebook.figures.load wavebook.figures.lookup"
    assert engine.modules_of(nb.cells) == expected.split()


def test_a_server_that_was_started_beforehand_is_the_one_that_runs_fork_from(no_server, tmp_path):
    path = tmp_path / "in.ipynb"
    nbformat.write(notebook("import sys, pandas", "'altair' in sys.modules"), path)
    engine.start([path])
    (only,) = server.running()
    run(tmp_path, notebook("1"))
    assert server.running() == [only]


@pytest.mark.parametrize("content", ["{", "{}", "[]"])
def test_a_server_is_not_started_beforehand_for_what_cannot_run(no_server, tmp_path, content):
    path = tmp_path / "in.ipynb"
    path.write_text(content)
    engine.start([path])
    assert server.running() == []
