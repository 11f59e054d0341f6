"""Editions made by the workers of a Dask cluster, which need this package and no shared disk.

The sources travel once, each edition with the part of the data that it may read, and its site comes back as bytes. When
a worker dies, Dask gives its work to another.
"""

from __future__ import annotations

import contextlib
import logging
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from urllib.parse import urlsplit

from wavebook.core import processes
from wavebook.core.problems import Problem, fail, raise_all
from wavebook.figures import excerpt
from wavebook.publish.editions import worker
from wavebook.publish.editions.edition import Made
from wavebook.publish.editions.plan import Makers, Task

WORKERLESS = 60  # seconds without any worker, or for the scheduler to answer
GREETING = 10  # seconds for a scheduler to say its first word, which it does before it is asked
_DISTRIBUTION = re.compile(r"^([A-Za-z0-9][\w.-]*)==", re.MULTILINE)


def makers(address: str) -> Makers:
    """Make editions on the cluster whose scheduler is at ``address``; for ``editions.build_all``.

    Raises ProblemsError (W510) when there is no such cluster, or a worker's packages differ from those here.
    """

    def make(
        tasks: list[Task], shared: dict[str, bytes], into: Path
    ) -> Iterator[tuple[Task, Made | processes.Failure, float]]:
        with _client(address) as client:
            names = tuple(sorted(set(_DISTRIBUTION.findall(shared.get("requirements.txt", b"").decode()))))
            expected = worker.identity(names)
            _check(client, address, names, expected)
            # as a task, not scattered: Dask makes it again if it was lost with a worker
            pages = client.submit(dict, shared, key=f"sources-{excerpt.digest(shared)[:16]}", pure=True)
            futures = {
                client.submit(
                    worker.make,
                    task.edition,
                    task.data,
                    pages,
                    names,
                    expected,
                    key=f"edition-{task.slug}-{time.time_ns()}",
                ): task
                for task in tasks
            }
            for future, task in _as_completed(client, futures):
                yield task, *_landed(future, into / task.slug)

    return make


def _client(address: str):
    """A client of the scheduler, which is closed at the end."""
    try:
        from distributed import Client
    except ImportError:
        action = "Install it beside wavebook: pip install 'wavebook[cluster]'."
        fail(Problem("W510", f"cluster {address}", "needs Dask, which is not installed", action))
    for name in ("distributed", *logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)  # errors are reported as problems
    _greeted(address)
    try:
        return Client(address, timeout=WORKERLESS, set_as_default=False)
    except (OSError, ValueError) as error:
        found = f"does not answer: {str(error).splitlines()[0].rstrip('.')}"
        fail(Problem("W510", f"cluster {address}", found, "Start it with: dask scheduler, and dask worker."))


def _greeted(address: str) -> None:
    """Raise ProblemsError (W510) when what is at an address does not greet as a Dask scheduler does."""
    at = urlsplit(address if "://" in address else f"tcp://{address}")
    if at.scheme != "tcp":
        return
    action = "Give the address of a Dask scheduler: start one with dask scheduler, and it tells its own."
    try:
        port = at.port or 8786
        with socket.create_connection((at.hostname or "", port), timeout=GREETING) as connection:
            first = connection.recv(4)
    except TimeoutError:
        silent = f"says nothing within {GREETING} seconds, as no Dask scheduler does"
        fail(Problem("W510", f"cluster {address}", silent, action))
    except (OSError, ValueError):  # it may be starting: Dask tries for a while, and says what is wrong
        return
    if not first or (first.isascii() and first.decode().isprintable()):
        fail(Problem("W510", f"cluster {address}", "answers, and is no Dask scheduler", action))


def _check(client, address: str, names: tuple[str, ...], expected: dict[str, str]) -> None:
    """Raise ProblemsError when there is no worker, and for each whose code or packages differ from those here."""
    try:
        client.wait_for_workers(1, timeout=WORKERLESS)
        found = client.run(worker.identity, names, on_error="return")
    except TimeoutError:
        action = f"Start one for each core: dask worker {address} --nthreads 1."
        fail(Problem("W510", f"cluster {address}", f"has no worker after {WORKERLESS} seconds", action))
    except (OSError, CancelledError) as error:
        lost = f"went away: {type(error).__name__}"
        fail(Problem("W510", f"cluster {address}", lost, "Start scheduler and workers again."))
    raise_all(
        Problem("W510", f"worker {name}", worker.unlike(there, expected), "Install the same there, and restart it.")
        for name, there in found.items()
        if there != expected
    )


def _as_completed(client, futures: dict) -> Iterator[tuple[object, Task]]:
    """Futures with their tasks as they finish; all the rest when there has been no worker for long, or no scheduler."""
    from distributed import wait

    seen = time.monotonic()
    while futures:
        gone = False
        try:
            with contextlib.suppress(TimeoutError), client.as_current():
                wait(list(futures), timeout=2, return_when="FIRST_COMPLETED")
            if client.scheduler_info().get("workers"):
                seen = time.monotonic()
        except (OSError, CancelledError):  # some are lost, or all with the scheduler
            gone = True
        done = [future for future in futures if future.done()]
        if not done and (gone or time.monotonic() - seen > WORKERLESS):
            done = list(futures)
        for future in done:
            yield future, futures.pop(future)
            future.release()  # its bytes need not stay on the worker


def _landed(future, site: Path) -> tuple[Made | processes.Failure, float]:
    """The result of an edition, whose site is laid at ``site``, and the memory it took in MiB."""
    if not future.done():
        return processes.Failure("there were no workers to make it"), 0
    try:
        made, packed, memory = future.result()
    except CancelledError:
        return processes.Failure("the scheduler went away before it was made"), 0
    except Exception as error:  # any error of Dask or the worker
        return processes.Failure(f"{type(error).__name__}: {error}"), 0
    if isinstance(made, Made) and not made.problems:
        worker.unpack(packed, site)
    return made, memory
