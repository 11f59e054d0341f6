"""The published folder behind a plain static server, under load: the host needs nothing clever."""

from __future__ import annotations

import http.client
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import lending
import pytest

REQUESTS, READERS = 10_000, 8


@pytest.fixture
def port(tmp_path_factory):
    """Python's own server of files, in a process of its own, over the built site."""
    root = lending.fresh(tmp_path_factory)
    order = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", root / "_build/html"]
    server = subprocess.Popen(order, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    yield int(server.stdout.readline().split(" port ")[1].split()[0])
    server.terminate()
    server.wait()
    server.stdout.close()


@pytest.mark.slow
def test_ten_thousand_requests_at_full_speed_are_all_answered_whole(port, tmp_path_factory, tally):
    root = lending.fresh(tmp_path_factory)
    site = root / "_build/html"
    sizes = {p.relative_to(site).as_posix(): p.stat().st_size for p in sorted(site.rglob("*")) if p.is_file()}
    names = list(sizes)

    def read(reader: int) -> Counter:
        seen = Counter()
        for number in range(reader, REQUESTS, READERS):
            name = names[number % len(names)]
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", f"/{name}")
            answer = connection.getresponse()
            seen[answer.status, len(answer.read()) == sizes[name], bool(answer.headers["Last-Modified"])] += 1
            connection.close()
        return seen

    with ThreadPoolExecutor(READERS) as pool:
        answers = sum(pool.map(read, range(READERS)), Counter())
    assert answers == {(200, True, True): REQUESTS}
    tally("requests of the published folder answered whole", REQUESTS)
