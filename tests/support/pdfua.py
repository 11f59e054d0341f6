"""PDF/UA-1 as its validators read it. Their module has the name of one of these helpers, hence a process of its own."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from wavebook.core.problems import Problem
from wavebook.publish import pdf

_READ = """
import page, sys
report = page.validate_pdf_bytes(sys.stdin.buffer.read(), profile="ua1")
print(report.rules.total, *(f"{fault.rule_id}: {fault.message}" for fault in report.failures), sep="\\n")
"""


def faults(pdf: bytes) -> list[str]:
    """The rules that a PDF breaks, each with the first place where it does; all of veraPDF's but two are read."""
    run = subprocess.run([sys.executable, "-c", _READ], input=pdf, capture_output=True, check=True, cwd="/")
    rules, *found = run.stdout.decode().splitlines()
    assert int(rules) > 100
    return found


def printed(root: Path) -> dict[Path, list[Problem]]:
    """What `pdf.make` tells, in a thread of its own: the browser of other tests may be open in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(pdf.make, root).result()
